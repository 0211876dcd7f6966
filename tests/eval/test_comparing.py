"""Gold of the comparison: its format, how it is counted, and that the shipped scores hold."""

import json
from dataclasses import replace
from datetime import date

import pytest

from assistant.comparing.topics import shipped_topics
from eval.cases import CasesError
from eval.comparing import GoldCell, read_gold, report, score
from tests.comparisons import made

GOLD = (
    GoldCell(
        "area", "000000", "有规定", frozenset({("≥", "30", "㎡", "应")}), frozenset(), ("甲办法#第一条",)
    ),
    GoldCell(
        "area",
        "110000",
        "有规定",
        frozenset({("≥", "50", "㎡", "应")}),
        frozenset(),
        ("甲办法#第一条/第一款",),
    ),
    GoldCell("area", "310000", "未规定", frozenset(), frozenset(), ()),
    GoldCell("care", "000000", "原则性", frozenset(), frozenset(), ("甲办法#第九条",)),
)


def test_gold_has_every_cell_and_clauses_that_exist(shipped):
    """Fifty topics, five places, no clause that the documents lack."""
    gold = read_gold()
    codes = {document.metadata.jurisdiction for document in shipped.index.documents()}
    wanted = {(topic.id, code) for topic in shipped_topics() for code in codes}
    assert {(cell.topic, cell.jurisdiction) for cell in gold} == wanted
    held = {clause.clause_id for clause in shipped.index.clauses()}
    assert {clause for cell in gold for clause in cell.clauses} <= held


def test_figures_clauses_and_silence_are_counted():
    """One figure right, one missed, one too many; a quote inside or around the clause counts."""
    found = score(made(), GOLD)
    assert (found.cells, found.right) == (4, 3)
    assert (found.figures, found.matched, found.extra) == (2, 1, 1)
    assert found.exactness == pytest.approx(1 / 3)
    assert (found.spoken, found.cited) == (3, 2)
    assert [line.split("：")[0] for line in found.failures] == ["area 110000", "care 000000"]
    assert next(report(found)) == "单元格 4 个，状态一致 3 个（75.0%）"


def test_a_figure_that_belongs_to_a_neighbour_is_neither_wanted_nor_wrong():
    """`also`."""
    city = replace(GOLD[1], figures=frozenset(), also=frozenset({("≥", "40", "㎡", "应")}))
    assert score(made(), [city]).extra == 0


def test_a_figure_in_a_silent_cell_is_counted():
    """The worst that can happen."""
    silent = replace(GOLD[0], status="未规定", figures=frozenset(), clauses=())
    assert score(made(), [silent]).figures_in_silence == 1


@pytest.mark.parametrize(
    "row",
    [
        "{",
        '{"topic": "a"}',
        '{"topic":"a","jurisdiction":"1","status":"随便","figures":[],"also":[],"clauses":[]}',
        '{"topic":"a","jurisdiction":"1","status":"未规定","figures":[],"also":[],"clauses":["x"]}',
    ],
)
def test_a_wrong_line_is_named(tmp_path, row):
    """File and line."""
    (tmp_path / "a.jsonl").write_text(row + "\n", "utf-8")
    with pytest.raises(CasesError, match=r"a\.jsonl:1"):
        read_gold(tmp_path)


def test_a_cell_twice_is_named(tmp_path):
    """Second line."""
    line = json.dumps(
        {"topic": "a", "jurisdiction": "1", "status": "未规定", "figures": [], "also": [], "clauses": []}
    )
    (tmp_path / "a.jsonl").write_text(f"{line}\n{line}\n", "utf-8")
    with pytest.raises(CasesError, match=r"a\.jsonl:2"):
        read_gold(tmp_path)


def test_the_shipped_documents_are_compared_well(shipped):
    """At least nine cells and nine figures of ten, and never a figure where a document is silent."""
    found = score(shipped.compare(as_of=date(2026, 11, 22), reviewed=False), read_gold())
    assert found.right >= 0.9 * found.cells == 225
    assert found.exactness >= 0.9
    assert found.figures_in_silence == 0


def test_with_what_was_reviewed_every_cell_is_right(shipped):
    """Status everywhere, all but one figure of fifty at least."""
    found = score(shipped.compare(as_of=date(2026, 11, 22)), read_gold())
    assert found.right == found.cells == 250
    assert found.exactness >= 0.98
    assert found.figures_in_silence == 0
