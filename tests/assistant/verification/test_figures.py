"""Figures compared: equal in any notation, different in any digit, never with a direction turned."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.library import Library
from assistant.types import Statement
from assistant.verification.verifying import first_doubt, first_doubt_of_model
from assistant.writing.citing import cite
from indexing.documents import read_document
from indexing.numerals import chinese_numeral

HEAD = (
    "甲市民政局关于印发《北京市社区图书角补助办法》的通知\n京民发〔2024〕3号\n各区民政局：\n现印发给你们。\n"
    "北京市民政局\n2024年1月5日\n\n北京市社区图书角补助办法\n第一条 为规范图书角补助，制定本办法。\n"
)


def doubt(rule: str, said: str, *, by_model: bool = True) -> str | None:
    """Why a sentence about a document whose 第二条 is `rule` is not shown; None when it is."""
    parsed = read_document(f"{HEAD}第二条 {rule}\n".encode(), "a.txt")
    library = Library([parsed.document], parsed.clauses)
    clause = library.clause(parsed.document.doc_id, "第二条")
    start = clause.start + clause.text.index(rule)
    statement = Statement(f"北京市：{said}", (cite(parsed.document, clause, start, start + len(rule)),))
    return (first_doubt_of_model if by_model else first_doubt)(statement, library)


AMOUNTS = st.integers(1, 9999)
BOUNDS = {"不超过": "≤", "不低于": "≥", "不少于": "≥", "最高": "≤", "": "=", "约": "≈"}


@settings(max_examples=60, deadline=None)
@given(AMOUNTS)
def test_one_amount_in_any_notation_is_the_same(number):
    """Arabic and Chinese numerals, 万 and 亿, with and without separators."""
    rule = f"每处图书角补助不超过{number}万元。"
    for written in (
        f"{number}万元",
        f"{number:,}万元",
        f"{chinese_numeral(number)}万元",
        f"{Decimal(number) / 10_000:f}亿元",
        f"{number * 10_000}元",
    ):
        assert doubt(rule, f"每处图书角补助不超过{written}。") is None, written


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, AMOUNTS)
def test_another_amount_is_seen_through(number, other):
    """Whatever its digits share with the true one."""
    assume(number != other)
    rule = f"每处图书角补助不超过{number}万元。"
    for written in (f"{other}万元", f"{chinese_numeral(other)}万元", f"{number}亿元", f"{number}元"):
        assert doubt(rule, f"每处图书角补助不超过{written}。") is not None, written
        assert doubt(rule, f"每处图书角补助不超过{written}。", by_model=False) is not None, written


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, st.sampled_from(sorted(BOUNDS)), st.sampled_from(sorted(BOUNDS)))
def test_a_bound_is_neither_turned_nor_dropped_nor_added(number, bound, other):
    """Words that bound alike may stand for each other; no others may."""
    said = doubt(f"每处图书角补助{bound}{number}万元。", f"每处图书角补助{other}{number}万元。")
    assert (said is None) == (BOUNDS[bound] == BOUNDS[other])


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("面积不少于30平方米。", "面积不少于30㎡。"),
        ("比例不超过百分之三十。", "比例不超过30%。"),
        ("有效期三年。", "有效期3年。"),
        ("有效期三年。", "有效期36个月。"),
        ("占地2公顷。", "占地20000平方米。"),
        ("到2027年建成三百个图书角。", "到2027年建成300个图书角。"),
    ],
)
def test_units_and_shares_are_equal_across_notations(rule, said):
    """㎡ and 平方米, % and 百分之, years and months, 公顷 and 平方米."""
    assert doubt(rule, said) is None


@pytest.mark.parametrize(
    ("rule", "said", "named"),
    [
        ("新建的补助10万元，改建的补助5万元。", "改建的补助10万元。", "对象"),
        ("图书角原则上不少于30平方米。", "图书角不少于30平方米。", "力度"),
        ("图书角可以不少于30平方米。", "图书角应当不少于30平方米。", "力度"),
        ("鼓励设置3个图书角。", "应当设置3个图书角。", "力度"),
        ("全市建设100个左右图书角。", "全市建设100个图书角。", "限定"),
        ("全市建设100个左右图书角。", "全市建设100个以上图书角。", "限定"),
        ("2025年12月底前建成图书角。", "2026年12月底前建成图书角。", "2026"),
        ("2025年12月底前建成图书角。", "自2025年12月起建成图书角。", "日期"),
        ("图书角不得收费。", "图书角收费。", "图书角收费"),
        ("图书角免费开放。", "图书角不得免费开放。", "不得"),
        ("由街道负责图书角。", "由区政府负责图书角。", "区政府"),
        ("图书角每周开放五天。", "上海市图书角每周开放五天。", "上海"),
        ("图书角每周开放五天。", "图书角每周至少开放五天。", "限定"),
        ("图书角补助8万元，烈士家属除外。", "图书角补助8万元，一律包括烈士家属。", "一律"),
    ],
)
def test_what_is_not_said_is_named(rule, said, named):
    """Each with a Chinese sentence that says in what it differs."""
    reason = doubt(rule, said)
    assert reason is not None
    assert named in reason
    assert reason.endswith("。")
