"""The tables of docs/search.md, made from the committed ablation (`eval/results/ablation.json`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from eval.ablation import SHOWN_FAILURES, Ablation, Condition, Failure, Row, read
from eval.report import REGISTER_NAMES, TYPE_NAMES
from ui.sources import SIGNAL_NAMES

_GROUPS = {
    "all": "全部",
    "formal": "公文用语",
    "everyday": "日常说法",
    "resident": "居民",
    "clerk": "窗口人员",
    "operator": "运营者",
    "officer": "干部",
    "held": "其中保留题",
    "table_row": "表格行",
    "figure": "数额",
}
_COLUMNS = ("all", "formal", "everyday")
_REVIEWED = {
    Condition.FULL: "全部用上",
    Condition.NO_THESAURUS: "去掉概念词表",
    Condition.NO_PHRASINGS: "去掉问法",
    Condition.NO_REVIEWED: "两样都去掉",
}
_MISTAKES = {
    "none": "没有改动",
    "sound": "同音字",
    "shape": "形近字",
    "swap": "前后颠倒",
    "pinyin": "写成拼音",
}


def measured_block() -> str:
    """What was measured, when, and the scores of the whole search by group."""
    run = _run()
    weights = "、".join(f"{_name(signal)} {weight:.3f}" for signal, weight in run.weights.items())
    head = (
        f"日期 {run.run_on.isoformat()}，代码 `{run.code[:12]}`，编码器 {run.encoder}，"
        f"五份文件，{run.rows[0].scores['all'].cases} 道有依据的题。权重：{weights}。"
    )
    rows = (
        (name, score.cases, _percent(score.recall_at_1), _percent(score.recall_at_5), f"{score.mrr:.3f}")
        for key, name in _GROUPS.items()
        if (score := run.rows[0].scores.get(key))
    )
    return f"{head}\n\n{_table(('', '题数', '召回@1', '召回@5', 'MRR'), rows)}"


def signals_block() -> str:
    """Each signal left out, and each alone: recall@1 and @5 by register."""
    full, run = _run().rows[0], _run()
    without = (
        (_name(row.signal), *_changes(row, full)) for row in run.rows if row.condition is Condition.WITHOUT
    )
    alone = (
        (_name(row.signal), *_values(row))
        for row in run.rows
        if row.condition is Condition.ALONE and row.scores["all"].recall_at_5
    )
    head = ("", *(f"{_GROUPS[key]} {what}" for key in _COLUMNS for what in ("@1", "@5")))
    return (
        f"去掉一项（与全部用上相比，百分点）：\n\n{_table(head, without)}\n\n"
        f"只用一项（%）：\n\n{_table(head, alone)}"
    )


def reviewed_block() -> str:
    """With and without the reviewed data."""
    rows = (
        (_REVIEWED[row.condition], *_values(row))
        for condition in _REVIEWED
        for row in _run().rows
        if row.condition is condition
    )
    return _table(("", *(f"{_GROUPS[key]} {what}" for key in _COLUMNS for what in ("@1", "@5"))), rows)


def spelling_block() -> str:
    """How mistyped questions were read."""
    rows = (
        (
            _MISTAKES[one.mistake],
            one.questions,
            _percent(one.right / one.questions),
            _percent(one.otherwise / one.questions),
            _percent((one.questions - one.right - one.otherwise) / one.questions),
        )
        for one in _run().spelling
        if one.questions
    )
    return _table(("改动", "题数", "读对", "读成别的", "没有更正"), rows)


def failing_block() -> str:
    """By type how many questions lack a gold clause in the first five, and TUNED ones in full."""
    run = _run()
    counts = (
        (TYPE_NAMES[kind], run.n_of_type[kind], run.n_failing.get(kind, 0))  # type: ignore[index]
        for kind in sorted(run.n_of_type, key=lambda kind: -run.n_failing.get(kind, 0))
    )
    shown = run.failures[:SHOWN_FAILURES]
    said = "\n".join(_failure(one) for one in shown)
    lead = f"调试题中没有全中的共 {len(run.failures)} 道，列出 {len(shown)} 道（保留题不列）："
    return f"{_table(('题类', '题数', '前五没有全中'), counts)}\n\n{lead}\n\n{said}"


@cache
def _run() -> Ablation:
    return read()


def _failure(one: Failure) -> str:
    kind, register = TYPE_NAMES[one.kind], REGISTER_NAMES[one.register]  # type: ignore[index]
    gold = " ＋ ".join("／".join(f"`{each}`" for each in group) for group in one.gold)
    rank = f"最先的一条在第 {one.rank}" if one.rank else "前十条里没有"
    first = "，".join(f"`{each}`" for each in one.first[:3])
    return f"- {one.case_id}（{kind}，{register}）{one.question}\n  - 应有 {gold}；{rank}\n  - 前三条 {first}"


def _values(row: Row) -> list[str]:
    return [
        _percent(value)
        for key in _COLUMNS
        for value in (row.scores[key].recall_at_1, row.scores[key].recall_at_5)
    ]


def _changes(row: Row, full: Row) -> list[str]:
    """Points won or lost against the whole search."""
    return [
        f"{100 * (value - whole):+.1f}"
        for key in _COLUMNS
        for value, whole in (
            (row.scores[key].recall_at_1, full.scores[key].recall_at_1),
            (row.scores[key].recall_at_5, full.scores[key].recall_at_5),
        )
    ]


def _name(signal: str | None) -> str:
    return SIGNAL_NAMES.get(signal or "", signal or "")


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
