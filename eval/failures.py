"""Cases that are not right, with what was expected and what came: the daily reading while tuning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.library import Library
from assistant.types import Answer, AnswerStatus
from eval.cases import Expect, Groups, Split
from eval.harness import Measure, Outcome
from eval.relations import right_groups
from eval.report import REGISTER_NAMES, TYPE_NAMES

_FIRST = 5  # gold that stands lower in the hits is a failure of search

_EXPECTED = {Expect.ANSWERED: "有依据", Expect.PARTIAL: "部分有依据", Expect.REFUSED: "拒答"}
_CAME = {
    AnswerStatus.ANSWERED: "有依据",
    AnswerStatus.PARTIAL: "部分有依据",
    AnswerStatus.NO_BASIS: "拒答",
}


def is_failing(outcome: Outcome) -> bool:
    """Whether the answer is not right in full, or a gold clause is not among the first five hits."""
    recall = outcome.marks.get(Measure.RECALL_AT_5)
    return not outcome.is_right or (recall is not None and recall.value != 1.0)


def failing(outcomes: Iterable[Outcome], *, held: bool) -> tuple[Outcome, ...]:
    """Failing cases in order; held-out ones only with `held`."""
    return tuple(
        outcome
        for outcome in outcomes
        if is_failing(outcome) and (held or outcome.case.split is not Split.HELD)
    )


def describe(outcome: Outcome, library: Library) -> str:
    """One failing case in a few lines of Chinese: question, expected, came, what is wrong."""
    case, answer = outcome.case, outcome.answer
    head = (
        f"{case.id} {TYPE_NAMES[case.type]}／{REGISTER_NAMES[case.register]}／{case.split}（{case.place}）",
        f"  问：{case.question}（{case.as_of.isoformat()}）",
        f"  应：{_expected(outcome)}",
        f"  得：{_CAME[answer.status]}",
    )
    said = [f"    {one.text}　〔{'；'.join(c.path for c in one.citations)}〕" for one in answer.statements]
    said += [f"    缺：{sentence}" for sentence in answer.missing]
    return "\n".join((*head, *said, *(f"  错：{wrong}" for wrong in _wrong(outcome, library))))


def values_of(outcome: Outcome) -> dict[str, object]:
    """One failing case for a program; the keys are those of docs/evaluation.md."""
    case, answer = outcome.case, outcome.answer
    cited = (f"{c.doc_id}#{c.path}" for one in answer.statements for c in one.citations)
    return {
        "id": case.id,
        "place": case.place,
        "split": case.split,
        "type": case.type,
        "register": case.register,
        "question": case.question,
        "as_of": case.as_of.isoformat(),
        "expect": case.expect,
        "status": answer.status,
        "answer": answer.text,
        "missing": answer.missing,
        "cited": tuple(dict.fromkeys(cited)),
        "uncited": outcome.uncited,
        "lacking": outcome.lacking,
        "against": outcome.against,
        "found": outcome.found,
    }


def _expected(outcome: Outcome) -> str:
    case = outcome.case
    parts = [_EXPECTED[case.expect]]
    if case.gold:
        parts.append(f"引 {_groups(case.gold)}")
    if case.must:
        parts.append(f"含 {_groups(case.must)}")
    return "；".join(parts)


def _wrong(outcome: Outcome, library: Library) -> list[str]:
    """Everything that is not as it should be, a line each."""
    case = outcome.case
    wrong = []
    if not _status_fits(case.expect, outcome.answer):
        wrong.append(f"应{_EXPECTED[case.expect]}，得{_CAME[outcome.answer.status]}")
    if outcome.uncited:
        wrong.append(f"没有引用 {_groups(outcome.uncited)}")
    if outcome.lacking:
        wrong.append(f"没有出现 {_groups(outcome.lacking)}")
    if outcome.against:
        wrong.append(f"不应出现 {'、'.join(outcome.against)}")
    recall = outcome.marks.get(Measure.RECALL_AT_5)
    if recall is not None and recall.value != 1.0:
        wrong.append(f"检索：{_ranks(outcome, library)}；前五是 {'、'.join(outcome.found[:_FIRST]) or '空'}")
    return wrong


def _status_fits(expect: Expect, answer: Answer) -> bool:
    return _EXPECTED[expect] == _CAME[answer.status]


def _ranks(outcome: Outcome, library: Library) -> str:
    """Where each gold group stands among the hits."""
    places = []
    for group, right in zip(outcome.case.gold, right_groups(outcome.case.gold, library), strict=True):
        rank = next((rank for rank, found in enumerate(outcome.found, start=1) if found in right), None)
        places.append(f"{group[0]} 在{f'第 {rank}' if rank else '前十之外'}")
    return "，".join(places)


def _groups(groups: Groups | Sequence[Sequence[str]]) -> str:
    """Alternatives parted by ／, groups by ＋."""
    return " ＋ ".join("／".join(group) for group in groups)
