"""From outcomes to what is read: scores by split, type and register, as JSON and as tables.

Every report names what was measured (hashes of code tree, encoder and library) and the day
it was told; nothing here asks the clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from rich.cells import cell_len

from eval.cases import Case, CaseType, Register, Split
from eval.clause_gold import ParseScore
from eval.conversations import ConversationScore
from eval.harness import Measure, Outcome, together
from eval.metrics import Ratio
from indexing.types import Document, Encoder

DIGITS = 4  # of a score in JSON: a case in ten thousand

TYPE_NAMES: Mapping[CaseType, str] = {
    CaseType.DEFINITION: "定义",
    CaseType.FIGURE: "数额",
    CaseType.DEADLINE: "时限",
    CaseType.RESPONSIBLE: "责任主体",
    CaseType.CONDITION: "条件",
    CaseType.PROCEDURE: "程序",
    CaseType.LIST: "清单",
    CaseType.YES_NO: "是否",
    CaseType.TABLE_ROW: "表格行",
    CaseType.SOURCE: "文件信息",
    CaseType.COMPARISON: "比较",
    CaseType.UNANSWERABLE: "无依据",
    CaseType.FALSE_PREMISE: "错误前提",
}
REGISTER_NAMES: Mapping[Register, str] = {
    Register.FORMAL: "公文用语",
    Register.RESIDENT: "居民",
    Register.CLERK: "窗口人员",
    Register.OPERATOR: "运营者",
    Register.OFFICER: "干部",
}
EVERYDAY = "everyday"  # all registers but the formal one, together
SPLIT_NAMES: Mapping[Split, str] = {Split.TUNED: "调试题（TUNED）", Split.HELD: "保留题（HELD）"}

_SEARCH_COLUMNS = (
    ("召回@1", Measure.RECALL_AT_1),
    ("@3", Measure.RECALL_AT_3),
    ("@5", Measure.RECALL_AT_5),
    ("@10", Measure.RECALL_AT_10),
    ("MRR", Measure.RECIPROCAL_RANK),
)
_ANSWER_COLUMNS = (
    ("全对", Measure.FULLY_RIGHT),
    ("要点齐", Measure.ANSWER_RECALL),
    ("引对", Measure.GOLD_RECALL),
    ("引准", Measure.GOLD_PRECISION),
    ("引文支持", Measure.CITATION_RECALL),
    ("引文必要", Measure.CITATION_PRECISION),
    ("拒答准", Measure.REFUSAL_PRECISION),
    ("拒答全", Measure.REFUSAL_RECALL),
    ("误拒", Measure.FALSE_REFUSALS),
    ("纠错", Measure.PREMISES_CORRECTED),
    ("禁语", Measure.MUST_NOT_SHOWN),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What was measured, and when its measurer says it was."""

    code: str  # `code_tree_hash`
    encoder: str
    encoder_fingerprint: str
    library: str  # `library_hash`
    run_on: date


@dataclass(frozen=True, slots=True)
class Group:
    """Some cases and what they scored together."""

    key: str  # "all", or a type's or register's value, or "everyday"
    name: str  # Chinese
    n_cases: int
    scores: Mapping[Measure, Ratio]


@dataclass(frozen=True, slots=True)
class SplitReport:
    """The scores of one split; groups without a case are left out."""

    split: Split
    whole: Group
    by_type: tuple[Group, ...]
    by_register: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One run of the evaluation."""

    subject: Subject
    parse: ParseScore
    splits: tuple[SplitReport, ...]  # TUNED, then HELD; one without a case is left out
    conversations: tuple[ConversationScore, ...] = ()  # TUNED, then HELD


def library_hash(documents: Iterable[Document]) -> str:
    """SHA-256 (hex) over id, version and file of each document, in any order."""
    lines = sorted(f"{each.doc_id}\0{each.version}\0{each.source_sha256}\n" for each in documents)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def subject_of(code: str, encoder: Encoder, documents: Iterable[Document], run_on: date) -> Subject:
    """What a run over this library with this encoder measures."""
    return Subject(code, encoder.name, encoder.fingerprint, library_hash(documents), run_on)


def summarise(outcomes: Sequence[Outcome]) -> tuple[SplitReport, ...]:
    """The scores of each split."""
    split_up = [(split, [one for one in outcomes if one.case.split is split]) for split in Split]
    return tuple(_split_report(split, mine) for split, mine in split_up if mine)


def _split_report(split: Split, outcomes: Sequence[Outcome]) -> SplitReport:
    def some(key: str, name: str, belongs: Callable[[Case], bool]) -> Group:
        mine = [outcome for outcome in outcomes if belongs(outcome.case)]
        return Group(key, name, len(mine), together(mine))

    by_type = [some(kind, name, _of_type(kind)) for kind, name in TYPE_NAMES.items()]
    by_register = [some(one, name, _in_register(one)) for one, name in REGISTER_NAMES.items()]
    everyday = _in_register(*(one for one in Register if one is not Register.FORMAL))
    by_register.append(some(EVERYDAY, "日常说法合计", everyday))
    return SplitReport(
        split,
        some("all", "全部", lambda _: True),
        tuple(group for group in by_type if group.n_cases),
        tuple(group for group in by_register if group.n_cases),
    )


def _of_type(kind: CaseType) -> Callable[[Case], bool]:
    return lambda case: case.type is kind


def _in_register(*registers: Register) -> Callable[[Case], bool]:
    return lambda case: case.register in registers


# ---- JSON ----


def as_json(report: Report) -> str:
    """One object, a line for each group; the keys are those of docs/evaluation.md."""
    subject, parse = report.subject, report.parse
    head = {
        "date": subject.run_on.isoformat(),
        "code": subject.code,
        "encoder": subject.encoder,
        "encoder_fingerprint": subject.encoder_fingerprint,
        "library": subject.library,
        "cases": sum(split.whole.n_cases for split in report.splits),
    }
    lines = [f" {_line(key)}: {_line(value)}" for key, value in head.items()]
    counts = {
        "documents": parse.documents,
        "expected": parse.expected,
        "exact": parse.exact,
        "extra": parse.extra,
    }
    lines.append(f' "parse": {_line(counts)}')
    lines += [_split_object(split) for split in report.splits]
    spoken = {
        one.split.value: {key: value for key, value in asdict(one).items() if key != "split"}
        for one in report.conversations
    }
    lines.append(f' "conversations": {_line(spoken)}')
    return "{\n" + ",\n".join(lines) + "\n}"


def _split_object(split: SplitReport) -> str:
    def groups(several: Sequence[Group]) -> str:
        return ",\n".join(f"   {_line(group.key)}: {_line(_values(group))}" for group in several)

    return (
        f' "{split.split}": {{\n  "all": {_line(_values(split.whole))},\n'
        f'  "by_type": {{\n{groups(split.by_type)}\n  }},\n'
        f'  "by_register": {{\n{groups(split.by_register)}\n  }}\n }}'
    )


def _values(group: Group) -> dict[str, float | None]:
    scores = {measure.value: rounded(ratio.value) for measure, ratio in group.scores.items()}
    return {"cases": group.n_cases, **scores}


def rounded(value: float | None) -> float | None:
    """A score as it is written; None stays None."""
    return None if value is None else round(value, DIGITS)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# ---- tables ----


def as_markdown(report: Report) -> str:
    """Tables for people, in Chinese: each split apart, search and answers apart."""
    subject, parse = report.subject, report.parse
    blocks = [
        f"# 评测结果\n\n日期 {subject.run_on.isoformat()}，代码 `{subject.code[:12]}`，"
        f"编码器 {subject.encoder} `{subject.encoder_fingerprint[:12]}`，文库 `{subject.library[:12]}`。",
        f"条款切分：{parse.documents} 份文件应有 {parse.expected} 个条款，{parse.exact} 个完全一致，"
        f"多出 {parse.extra} 个。",
    ]
    for split in report.splits:
        blocks.append(f"## {SPLIT_NAMES[split.split]}，{split.whole.n_cases} 题")
        groups = (split.whole, *split.by_type, *split.by_register)
        findable = [group for group in groups if group.scores[Measure.RECALL_AT_1].whole]
        if findable:
            blocks.append(f"检索（%）\n\n{_table(findable, _SEARCH_COLUMNS)}")
        blocks.append(f"回答（%）\n\n{_table(groups, _ANSWER_COLUMNS)}")
    if report.conversations:
        blocks.append(f"## 多轮对话\n\n{_spoken(report.conversations)}")
    return "\n\n".join(blocks)


def _spoken(scores: Sequence[ConversationScore]) -> str:
    """Turns, follow-ups and whole conversations right, of how many."""
    return "\n".join(
        f"- {SPLIT_NAMES[one.split]}：{one.turns_right}/{one.turns} 问全对，"
        f"其中承接上文的 {one.followups_right}/{one.followups} 问；"
        f"{one.conversations_right}/{one.conversations} 段对话每问都对"
        for one in scores
    )


def _table(groups: Sequence[Group], columns: Sequence[tuple[str, Measure]]) -> str:
    """A Markdown table whose columns also line up on a terminal."""
    rows = [["", "题数", *(head for head, _ in columns)]]
    for group in groups:
        values = (_percent(_shown(group, measure)) for _, measure in columns)
        rows.append([group.name, str(group.n_cases), *values])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_table_line(row, widths) for row in rows]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([lines[0], f"| {' | '.join(rule)} |", *lines[1:]])


def _table_line(row: Sequence[str], widths: Sequence[int]) -> str:
    first = row[0] + " " * (widths[0] - cell_len(row[0]))
    rest = (" " * (width - cell_len(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True))
    return f"| {' | '.join([first, *rest])} |"


def _shown(group: Group, measure: Measure) -> float | None:
    """A score; None for the precision of refusals where nothing should be refused, which is 0 at best."""
    idle = measure is Measure.REFUSAL_PRECISION and not group.scores[Measure.REFUSAL_RECALL].whole
    return None if idle else group.scores[measure].value


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{100 * value:.1f}"
