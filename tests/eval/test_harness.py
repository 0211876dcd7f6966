"""Cases run with a scripted search and scripted answers: every mark by hand."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.types import AnswerStatus
from eval.cases import parse_case
from eval.harness import (
    DEPTH,
    Measure,
    Outcome,
    assistant_asker,
    evaluate,
    index_searcher,
    library_of,
    together,
)
from indexing.types import SearchFilter, SearchMode
from tests.eval.conftest import NING, SU, WU, answer
from tests.eval.gold_lines import COMPARISON, FALSE_PREMISE, TABLE, UNANSWERABLE, line

SUZHOU_TEXT = "按照修缮费用的百分之四十给予补助，每处不超过60万元"


@pytest.fixture
def run(invented):
    """One case with what search and assistant give back."""

    def run_case(written: str, given, found=()) -> Outcome:
        case = parse_case(written, "gold.jsonl:1")
        (outcome,) = evaluate([case], invented, lambda *_: found, lambda *_: given)
        return outcome

    return run_case


def values(outcome: Outcome) -> dict[Measure, float | None]:
    """Each mark's value, those that do not apply left out."""
    return {measure: ratio.value for measure, ratio in outcome.marks.items() if ratio.whole}


def test_a_right_answer_scores_full_marks(run, state) -> None:
    """Clause first among the hits, figures shown, clause cited, nothing refused."""
    given = answer("问", state(f"苏州市：{SUZHOU_TEXT}。", (f"{SU}#第五条", SUZHOU_TEXT)))
    outcome = run(line(), given, [f"{SU}#第五条", f"{NING}#第六条"])
    assert outcome.is_right
    assert values(outcome) == {
        Measure.RECALL_AT_1: 1.0,
        Measure.RECALL_AT_3: 1.0,
        Measure.RECALL_AT_5: 1.0,
        Measure.RECALL_AT_10: 1.0,
        Measure.RECIPROCAL_RANK: 1.0,
        Measure.FULLY_RIGHT: 1.0,
        Measure.ANSWER_RECALL: 1.0,
        Measure.GOLD_RECALL: 1.0,
        Measure.GOLD_PRECISION: 1.0,
        Measure.CITATION_RECALL: 1.0,
        Measure.CITATION_PRECISION: 1.0,
        Measure.STATEMENTS_SUPPORTED: 1.0,
        Measure.QUOTES_VERBATIM: 1.0,
        Measure.FALSE_REFUSALS: 0.0,
    }


def test_half_a_comparison(run, state) -> None:
    """One city of two found at rank 4, cited and shown; one citation of two is beside the point."""
    given = answer(
        "问",
        state("南京市：新建口袋公园每处补助25万元。", (f"{NING}#第六条", "新建口袋公园每处补助25万元")),
        state(
            "苏州市：历史建筑由市人民政府认定。", (f"{SU}#第四条", "历史建筑由市人民政府组织专家委员会认定")
        ),
    )
    found = [f"{SU}#第四条", f"{SU}#第一条", f"{NING}#第五条", f"{NING}#第六条"]
    outcome = run(COMPARISON, given, found)
    marks = values(outcome)
    assert [marks[one] for one in (Measure.RECALL_AT_1, Measure.RECALL_AT_3, Measure.RECALL_AT_5)] == [
        0,
        0,
        0.5,
    ]
    assert marks[Measure.RECIPROCAL_RANK] == 0.25
    assert marks[Measure.ANSWER_RECALL] == 0.0
    assert (marks[Measure.GOLD_RECALL], marks[Measure.GOLD_PRECISION]) == (0.5, 0.5)
    assert marks[Measure.CITATION_RECALL] == 1.0
    assert marks[Measure.FULLY_RIGHT] == 0.0
    assert outcome.uncited == ((f"{SU}#第五条",),)
    assert outcome.lacking == (("百分之四十",),)


def test_a_statement_its_clause_does_not_say_is_unsupported(run, state) -> None:
    """One statement of two: recall and support a half, precision a half."""
    given = answer(
        "问",
        state(f"苏州市：{SUZHOU_TEXT}。", (f"{SU}#第五条", SUZHOU_TEXT)),
        state("苏州市：每处不超过90万元。", (f"{SU}#第五条", "每处不超过60万元")),
    )
    marks = values(run(line(), given))
    assert marks[Measure.CITATION_RECALL] == 0.5
    assert marks[Measure.CITATION_PRECISION] == 0.5
    assert marks[Measure.STATEMENTS_SUPPORTED] == 0.5


def test_an_altered_quote_is_not_verbatim(run, state) -> None:
    """One letter is enough, and so is the right text at the wrong place."""
    good = state("苏州市：每处不超过60万元。", (f"{SU}#第五条", "每处不超过60万元"))
    (citation,) = good.citations
    altered = replace(good, citations=(replace(citation, quote="每处不超过90万元"),))
    moved = replace(good, citations=(replace(citation, path="第四条"),))
    for bad in (altered, moved):
        assert values(run(line(), answer("问", good, bad)))[Measure.QUOTES_VERBATIM] == 0.5


def test_a_refusal_of_an_answerable_question(run) -> None:
    """Nothing shown, nothing cited: recalls 0, no precision, a false refusal."""
    outcome = run(line(), answer("问"), [])
    marks = values(outcome)
    assert marks[Measure.FALSE_REFUSALS] == 1.0
    assert marks[Measure.REFUSAL_PRECISION] == 0.0
    assert (marks[Measure.ANSWER_RECALL], marks[Measure.GOLD_RECALL]) == (0.0, 0.0)
    assert (marks[Measure.RECIPROCAL_RANK], marks[Measure.RECALL_AT_10]) == (0.0, 0.0)
    absent = {
        Measure.GOLD_PRECISION,
        Measure.CITATION_RECALL,
        Measure.QUOTES_VERBATIM,
        Measure.REFUSAL_RECALL,
    }
    assert not absent & marks.keys()


def test_a_question_without_an_answer(run, state) -> None:
    """Refused it is right and search is not asked to find; answered it is wrong."""
    refused = run(UNANSWERABLE, answer("问"), [f"{SU}#第五条"])
    assert refused.is_right
    assert values(refused) == {
        Measure.FULLY_RIGHT: 1.0,
        Measure.REFUSAL_PRECISION: 1.0,
        Measure.REFUSAL_RECALL: 1.0,
    }
    given = answer("问", state("苏州市：每处不超过60万元。", (f"{SU}#第五条", "每处不超过60万元")))
    answered = values(run(UNANSWERABLE, given))
    assert (answered[Measure.FULLY_RIGHT], answered[Measure.REFUSAL_RECALL]) == (0.0, 0.0)
    assert Measure.REFUSAL_PRECISION not in answered


def test_partial_is_neither_answered_nor_refused(run, state) -> None:
    """The status must be the one expected."""
    partly = answer(
        "问", state(f"苏州市：{SUZHOU_TEXT}。", (f"{SU}#第五条", SUZHOU_TEXT)), missing=("南京市未规定。",)
    )
    assert partly.status is AnswerStatus.PARTIAL
    assert not run(line(), partly).is_right
    assert run(line(expect="partial"), partly).is_right


def test_silence_may_be_told_where_the_missing_is_told(run, state) -> None:
    """未规定 in `missing` counts for a group that asks for it; a figure there does not."""
    shown = state(f"苏州市：{SUZHOU_TEXT}。", (f"{SU}#第五条", SUZHOU_TEXT))
    silent = line(must=[["百分之四十"], ["未规定", "未载明"]], expect="partial")
    assert run(silent, answer("问", shown, missing=("南京市未规定。",))).is_right
    assert run(silent, answer("问", shown, missing=("南京市没有。",))).lacking == (("未规定", "未载明"),)
    figure = line(must=[["25万元"]], expect="partial")
    assert run(figure, answer("问", shown, missing=("未找到25万元。",))).lacking == (("25万元",),)


def test_a_wrong_premise(run, state) -> None:
    """Corrected when the figure comes first, not when the wrong one is stated or nothing is."""
    told = state("南京市：每处补助25万元。", (f"{NING}#第六条", "每处补助25万元"))
    fallen = state("南京市：是的，补助50万元。", (f"{NING}#第六条", "每处补助25万元"))
    right, wrong = run(FALSE_PREMISE, answer("问", told)), run(FALSE_PREMISE, answer("问", fallen, told))
    assert (values(right)[Measure.PREMISES_CORRECTED], values(right)[Measure.MUST_NOT_SHOWN]) == (1.0, 0.0)
    assert (values(wrong)[Measure.PREMISES_CORRECTED], values(wrong)[Measure.MUST_NOT_SHOWN]) == (0.0, 1.0)
    assert wrong.against == ("补助50万元",)
    assert values(run(FALSE_PREMISE, answer("问")))[Measure.PREMISES_CORRECTED] == 0.0


def test_a_wrong_premise_about_nothing_we_hold_is_set_right_by_refusing(run) -> None:
    """Where the gold expects a refusal."""
    written = line(type="false_premise", expect="refused", gold=[], must=[])
    assert values(run(written, answer("问")))[Measure.PREMISES_CORRECTED] == 1.0


def test_marks_of_several_cases_add_up(run, state) -> None:
    """Three cases by hand: two answerable, one refused; one of two groups found."""
    good = run(TABLE, answer("问", state("武汉市：30。", (f"{WU}#附件/2", "30"))), [f"{WU}#附件/2"])
    refused = run(line(), answer("问"), [])
    unanswerable = run(UNANSWERABLE, answer("问"), [])
    total = together([good, refused, unanswerable])
    assert list(total) == list(Measure)
    assert total[Measure.RECALL_AT_1].value == 0.5
    assert total[Measure.FULLY_RIGHT].value == pytest.approx(2 / 3)
    assert total[Measure.REFUSAL_PRECISION].value == 0.5
    assert total[Measure.REFUSAL_RECALL].value == 1.0
    assert total[Measure.FALSE_REFUSALS].value == 0.5
    assert total[Measure.CITATION_RECALL].value == 1.0
    assert total[Measure.PREMISES_CORRECTED].value is None


def test_each_case_is_asked_on_its_own_day(invented) -> None:
    """Search and assistant are told the day the case names."""
    told = []

    def search(question: str, as_of: date):
        told.append(("search", as_of))
        return []

    def ask(question: str, as_of: date):
        told.append(("ask", as_of))
        return answer(question)

    cases = [parse_case(line(as_of="2020-06-01"), "a:1"), parse_case(TABLE, "a:2")]
    evaluate(cases, invented, search, ask)
    first, second = date(2020, 6, 1), date(2026, 1, 1)
    assert told == [("search", first), ("ask", first), ("search", second), ("ask", second)]


@pytest.mark.parametrize("mode", list(SearchMode))
def test_the_seam_runs_the_products_own_search(mode: SearchMode, shipped) -> None:
    """The searcher gives what `ClauseIndex.search` finds that day in that mode, best first."""
    question, day = "北京市对社区嵌入式服务设施项目补助多少？", date(2026, 1, 1)
    hits = shipped.index.search(question, top_k=DEPTH, mode=mode, filters=SearchFilter(as_of=day))
    assert index_searcher(shipped.index, mode)(question, day) == [hit.clause.clause_id for hit in hits]
    before = index_searcher(shipped.index, mode)(question, date(2024, 1, 1))
    assert not any(found.startswith("京发改规[2025]1号") for found in before)  # not yet in force


def test_the_seam_asks_the_assistant(shipped) -> None:
    """The same answer as a doorway gets, on the day named."""
    question, day = "北京市对社区嵌入式服务设施项目补助多少？", date(2026, 1, 1)
    given = assistant_asker(shipped)(question, day)
    assert (given.as_of, given.statements) == (day, shipped.ask(question, as_of=day).statements)
    assert library_of(shipped.index).documents == shipped.index.documents()
