"""Numbers in table cells take their unit from the head of their column."""

import pytest

from assistant.judging.evidence import column_unit
from indexing.documents import read_document
from indexing.types import Clause, Level

TABLE = (
    "长沙市科学技术局关于公布补助名单的通知\n长科发〔2025〕8号\n各区：\n现公布如下。\n附件：补助名单\n"
    "长沙市科学技术局\n2025年3月1日\n\n附件\n补助名单\n"
    "序号\t名称（全称）\t面积（平方米）\t补助金额（单位：万元）\t比例/%\n"
    "1\t麓山园\t1200\t35.5\t30\n2\t湘江园\t800\t20\t25\n"
)


@pytest.fixture(scope="module")
def row() -> Clause:
    """The first row of the table."""
    clauses = read_document(TABLE.encode(), "a.txt").clauses
    return next(clause for clause in clauses if clause.level is Level.ROW)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [("1200", "平方米"), ("35.5", "万元"), ("30", "%"), ("1", None), ("麓山园", None), ("99", None)],
)
def test_the_head_of_a_column_gives_the_unit(cell, unit, row):
    """Brackets with or without 单位, or a stroke; serials, names and strangers have none."""
    assert column_unit(row, cell) == unit


def test_only_rows_have_columns(library):
    """A number in an article has no column."""
    article = library.clause("京发改规[2025]1号", "第二十三条")
    assert column_unit(article, "30") is None


def test_a_measure_without_subject_is_that_of_the_sentence_before(ask):
    """建筑面积…一般不应小于600平方米 speaks of the 综合体 named before it, and is not lost behind 每百户."""
    answer = ask("重庆社区综合体面积多大")
    assert "一般不应小于600平方米" in answer.text
    assert "有条件的不宜小于800平方米" in answer.text
