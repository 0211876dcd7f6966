"""Which sentences speak to a topic, and which of their parts do."""

from dataclasses import replace

import pytest

from assistant.comparing.passages import Readings, by_patterns, parts_of
from tests.comparisons import AREA, CARE, invented, readings

NOTICE = """甲市园林局关于印发《甲市口袋公园办法》的通知
甲园规〔2025〕3号
各区园林局：
请遵照执行。
甲市园林局
2025年2月10日

甲市口袋公园办法
第一条 口袋公园由街道养护，照明按照《乙市口袋公园养护导则（试行）》执行。（责任单位：市养护中心，各区政府）
第二条 坚持节约。（责任单位：市财政局）养护经费列入预算。
第三条 到2027年，完成改造。全市建成80个公园。
第四条 口袋公园由街道养护，照明按照《乙市口袋公园养护导则（试行）》执行。
"""


def said(topic, text=NOTICE):
    """Quotes of the passages on a topic in one invented document."""
    library = invented(text)
    (document,) = library.documents
    found = by_patterns(topic, [document.doc_id], Readings(library))
    return [document.text[one.start : one.end] for one in found]


def test_parts_stand_between_commas_and_brackets():
    """Spans are of the text as issued; 1,200 is not cut."""
    text = "面积1,200平方米，其中（不含地下）不少于 2 项。"
    parts = parts_of(text, (0, len(text)))
    assert [part.folded for part in parts] == ["面积1,200平方米", "其中", "不含地下", "不少于2项"]
    assert [text[part.start : part.end] for part in parts][3] == "不少于 2 项"


def test_a_title_is_not_cut_and_says_nothing():
    """What 《…导则（试行）》 is called is not what the sentence lays down."""
    text = "照明按照《养护导则（试行）》执行。"
    assert [part.folded for part in parts_of(text, (0, len(text)))] == ["照明按照《》执行"]


def test_the_same_wording_counts_once_and_bodies_count_for_nothing():
    """Clause 4 repeats clause 1, whose bracket only names bodies; the bracket before 养护经费 is left out."""
    assert said(CARE) == [
        "口袋公园由街道养护，照明按照《乙市口袋公园养护导则（试行）》执行。",
        "养护经费列入预算。",
    ]


def test_the_repeating_clause_is_an_echo():
    """Its 责任单位 count for the cell."""
    library = invented(NOTICE)
    found = by_patterns(CARE, [library.documents[0].doc_id], Readings(library))
    assert [clause.path for clause in found[0].echoes] == ["第四条"]


def test_every_group_must_be_said():
    """One word of each."""
    assert said(replace(CARE, says=(("养护",), ("经费",)))) == ["养护经费列入预算。"]


def test_a_part_that_speaks_of_something_else_does_not_count():
    """`unless` is looked for in each part alone."""
    assert said(replace(CARE, unless=("经费",))) == said(CARE)[:1]


def test_a_dated_topic_takes_what_stands_under_its_day():
    """到2027年 holds for the next sentence too; a topic that is not dated takes only the first."""
    goal = replace(CARE, says=(("到2027年",),), units=("个",))
    assert said(goal) == ["到2027年，完成改造。"]
    assert said(replace(goal, is_dated=True)) == ["到2027年，完成改造。", "全市建成80个公园。"]


def test_focus_is_the_part_that_speaks():
    """Strength and figures are read there."""
    read = readings()
    (nation, more) = by_patterns(AREA, ["国办发[2025]9号"], read)
    assert [nation.parts[index].folded for index in nation.focus] == ["口袋公园绿化面积平均不少于30平方米"]
    assert more.clause.path == nation.clause.path == "一"


@pytest.mark.parametrize("doc_ids", [[], ["没有的文件"]])
def test_no_document_no_passage(doc_ids):
    """An unknown one says nothing."""
    assert by_patterns(AREA, doc_ids, readings()) == ()
