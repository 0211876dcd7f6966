"""Figures with one unit each, and what they are counted on."""

from dataclasses import replace

import pytest

from assistant.comparing.figures import basis_names, basis_of, figures_in
from assistant.comparing.passages import by_patterns
from assistant.comparing.topics import free_topic
from assistant.comparing.types import FigureNeed
from tests.comparisons import AREA, CARE, Readings, invented, readings

WIDE = replace(AREA, figure=FigureNeed.REQUIRED)


def figures(topic, doc_id, read=None):
    """(sign, value, unit, basis) of a topic's figures in one invented document."""
    read = read or readings()
    found = figures_in(topic, by_patterns(topic, [doc_id], read), read.norms, read.library)
    return [(one.operator.value, str(one.value), one.unit, one.basis) for one in found]


def test_figures_keep_direction_unit_and_basis():
    """平均 and 有条件 are told apart."""
    assert figures(WIDE, "国办发[2025]9号") == [
        ("≥", "30", "㎡", ("统计:平均",)),
        ("≥", "80", "㎡", ("对象:城市", "条件:有条件")),
    ]


def test_a_figure_in_another_unit_belongs_to_another_topic():
    """Only the topic's units are shown, and none where it has no figures."""
    assert figures(replace(WIDE, units=("元",)), "国办发[2025]9号") == []
    assert figures(replace(WIDE, figure=FigureNeed.NONE), "国办发[2025]9号") == []


def test_the_part_of_the_figure_decides():
    """`figure_says` and `figure_unless` look at the part it stands in, not at the sentence."""
    assert [one[1] for one in figures(replace(WIDE, figure_says=("有条件",)), "国办发[2025]9号")] == ["80"]
    assert [one[1] for one in figures(replace(WIDE, figure_unless=("有条件",)), "国办发[2025]9号")] == ["30"]


@pytest.mark.parametrize(
    ("said", "basis"),
    [
        ("新建小区", ("新旧:新建",)),
        ("新建或改建的小区", ()),
        ("改建的小区", ("新旧:既有",)),
        ("住宅", ("用房:住宅",)),
    ],
)
def test_what_is_said_of_new_and_old_alike_is_neither(said, basis):
    """A basis sets figures apart only where the words name one side."""
    assert basis_of(said) == basis


def test_area_of_a_hundred_households_has_a_unit_of_its_own():
    """每百户 is part of the unit; a subsidy for each centre is no total: 元/个, where 元 is asked for."""
    text = (
        "甲市办法\n（2025年3月1日甲市人民政府令第1号公布）\n"
        "第一条 绿化面积每百户居民不少于30平方米，综合体绿化面积不少于600平方米。\n"
        "第二条 对每个绿化面积达标的公园补助200万元。\n"
    )
    library = invented(text)
    read, doc_id = Readings(library), library.documents[0].doc_id
    topic = replace(WIDE, units=("㎡/百户", "㎡", "元"))
    assert [one[:3] for one in figures(topic, doc_id, read)] == [
        ("≥", "30", "㎡/百户"),
        ("≥", "600", "㎡"),
        ("=", "2000000", "元/个"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"), [("绿化面积", ["㎡", "㎡"]), ("绿化面积的补助金额", []), ("绿化", ["㎡", "㎡"])]
)
def test_a_free_topic_shows_figures_of_the_measure_it_names(name, expected):
    """补助 asks for money; 绿化 asks for any."""
    read = readings()
    passages = by_patterns(AREA, ["国办发[2025]9号"], read)
    found = figures_in(free_topic(name), passages, read.norms, read.library)
    assert [one.unit for one in found] == expected


def test_figures_of_a_clause_that_only_resembles_the_topic_are_not_shown():
    """The search may bring near clauses; what they measure is something else."""
    read = readings()
    passages = [replace(one, may_measure=False) for one in by_patterns(AREA, ["国办发[2025]9号"], read)]
    assert figures_in(free_topic("绿化面积"), passages, read.norms, read.library) == ()


def test_a_topic_without_figures_in_its_passages_has_none():
    """Nothing is made up."""
    assert figures(replace(CARE, figure=FigureNeed.REQUIRED, units=("㎡",)), "国办发[2025]9号") == []


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("新建试点社区每百户", ("新旧:新建",)),
        ("既有建筑改造", ("新旧:既有",)),
        ("平均", ("统计:平均",)),
        ("非住宅", ("用房:非住宅",)),
        ("其他", ()),
    ],
)
def test_what_a_figure_is_counted_on(words, basis):
    """As words say, nothing where they do not."""
    assert basis_of(words) == basis


def test_a_basis_is_read_as_words():
    """一般口径 where nothing is said."""
    assert (basis_names(("统计:平均", "新旧:新建")), basis_names(())) == ("平均、新建", "一般口径")
