"""Local against national, and what differs in a row; a slow obvious reference for bounds."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.relating import differences, of_figure, relation
from assistant.comparing.types import Cell, CellStatus, Difference, Relation
from assistant.norms import Operator, Strength
from tests.comparisons import figure, spoken

SILENT = Cell("甲市", CellStatus.NOT_FOUND)
MAY, MUST = Strength.MAY, Strength.MUST
LEAST, MOST, EQUAL = Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUAL


@pytest.mark.parametrize(
    ("local", "nation", "expected"),
    [
        (figure("40"), figure("30"), "严于"),
        (figure("20"), figure("30"), "宽于"),
        (figure("30"), figure("30"), "等于"),
        (figure("20", MOST), figure("30", MOST), "严于"),
        (figure("40", MOST), figure("30", MOST), "宽于"),
        (figure("3"), figure("3", strength=Strength.IN_PRINCIPLE), "严于"),
        (figure("3", strength=Strength.ENCOURAGED), figure("3"), "宽于"),
        (figure("40", strength=Strength.IN_PRINCIPLE), figure("30"), "不可比"),
        (figure("40", EQUAL), figure("30"), "不可比"),
        (figure("5", EQUAL), figure("3", EQUAL), "不可比"),
        (figure("5", MOST, MAY), figure("5", MOST, MAY), "等于"),
        (figure("7", MOST, MAY), figure("5", MOST, MAY), "不可比"),
        (figure("30", MOST, words="补助不超过30%"), figure("20", MOST), "不可比"),
        (figure("9", strength=Strength.TARGET), figure("3", strength=Strength.TARGET), "不可比"),
    ],
)
def test_two_figures(local, nation, expected):
    """A higher floor or a lower ceiling is stricter; a goal, a permission or a grant is neither."""
    assert of_figure(local, nation)[0].value == expected


@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from([LEAST, MOST]))
def test_bounds_agree_with_counting_what_they_allow(local, nation, operator):
    """Slow and obvious: stricter is who allows fewer of the numbers 0 to 60."""

    def allowed(bound: int) -> int:
        return sum(1 for n in range(61) if (n >= bound if operator is LEAST else n <= bound))

    found = of_figure(figure(str(local), operator), figure(str(nation), operator))[0]
    by_hand = {-1: Relation.STRICTER, 0: Relation.EQUAL, 1: Relation.LOOSER}
    sign = (allowed(local) > allowed(nation)) - (allowed(local) < allowed(nation))
    assert found is by_hand[sign]


def test_another_basis_is_never_ranked():
    """平均 beside 新建, whatever the numbers; the reason names both."""
    found = relation(
        spoken("甲市", figure("90", basis=["新旧:新建"])), spoken("国家", figure(basis=["统计:平均"]))
    )
    assert found == (Relation.INCOMPARABLE, "口径不同：本地新建，国家平均")


def test_another_unit_is_never_ranked():
    """㎡ beside 元."""
    found = relation(spoken("甲市", figure(unit="元")), spoken("国家", figure()))
    assert found == (Relation.INCOMPARABLE, "计量单位不同")


def test_silence_is_compared_with_nothing():
    """A silent city is not looser; a silent nation is said."""
    assert relation(SILENT, spoken("国家")) is None
    assert relation(spoken("甲市"), SILENT) == (Relation.NATION_SILENT, "国家文件未检出规定")
    assert relation(spoken("甲市", figure()), spoken("国家")) == (Relation.NATION_SILENT, "国家文件没有数值")
    assert relation(spoken("甲市"), spoken("国家", figure())) == (Relation.INCOMPARABLE, "本地没有数值")


def test_words_alone_are_comparable_only_where_they_are_nearly_the_same():
    """Then their strength decides."""
    same = spoken("甲市", quote="公园应当由专业单位养护。"), spoken("国家", quote="公园应由专业单位养护。")
    assert relation(*same)[0] is Relation.EQUAL
    other = spoken("甲市", quote="公园应当由专业单位养护。"), spoken("国家", quote="经费列入预算。")
    assert relation(*other) == (Relation.INCOMPARABLE, "没有数值，规定的内容不同")


@pytest.mark.parametrize(
    ("mine", "its", "found"),
    [
        ("向运营主体提供低成本设施场地空间。", "向服务运营主体提供低成本设施场地空间。", Relation.EQUAL),
        (
            "向运营主体提供免费或低成本设施场地空间。",
            "向运营主体提供低成本设施场地空间。",
            Relation.INCOMPARABLE,
        ),
        ("运营主体签订3年协议并报街道备案。", "运营主体签订5年协议并报街道备案。", Relation.INCOMPARABLE),
    ],
)
def test_a_weighty_word_keeps_like_sentences_apart(mine, its, found):
    """However alike the rest is."""
    cells = [spoken(name, quote=words) for name, words in (("甲市", mine), ("国家", its))]
    assert relation(*cells)[0] is found


def test_only_the_first_sentences_are_held_against_each_other():
    """A later one that is alike says nothing of the topic as a whole."""
    local, nation = (
        spoken("甲市", quote="运营主体应当依法登记。"),
        spoken("国家", quote="向运营主体提供低成本场地。"),
    )
    local = replace(local, quotes=(*local.quotes, *nation.quotes))
    assert relation(local, nation)[0] is Relation.INCOMPARABLE


def test_what_points_beyond_the_library_is_not_compared():
    """Nobody knows what it says."""
    found = relation(spoken("甲市", status=CellStatus.ELSEWHERE), spoken("国家"))
    assert found == (Relation.INCOMPARABLE, "指向库外文件")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([spoken("甲", figure()), spoken("乙", figure())], []),
        ([spoken("甲", figure()), spoken("乙", figure("40"))], [Difference.VALUE]),
        ([spoken("甲", figure()), spoken("乙", figure(unit="元"))], []),
        ([spoken("甲", figure()), SILENT], [Difference.PRESENCE]),
        ([spoken("甲"), spoken("乙", figure(strength=MAY))], [Difference.STRENGTH]),
        (
            [spoken("甲", figure(basis=["新旧:新建"])), spoken("乙", figure(basis=["统计:平均"]))],
            [Difference.BASIS],
        ),
        ([SILENT, SILENT], []),
        ([spoken("甲", figure("5", MOST)), spoken("乙", figure("5", MOST), figure("5", EQUAL))], []),
        (
            [spoken("甲", figure("5", MOST)), spoken("乙", figure("5", MOST), figure("6", EQUAL))],
            [Difference.VALUE],
        ),
    ],
)
def test_what_differs(cells, expected):
    """Value, strength, presence, basis; figures of different units are not other values."""
    assert list(differences(cells)) == expected
