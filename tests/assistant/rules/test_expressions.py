"""The little language of rules: three-valued, safe, and shown as it was computed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.dictionary import dictionary
from assistant.facts.types import Table
from assistant.rules.expression_text import arithmetic, steps
from assistant.rules.expressions import ExpressionError, evaluate, parse

FACTS = {
    "households": Decimal(1000),
    "community_service_area_m2": Decimal(300),
    "functions": ("养老服务", "社区助餐"),
    "site_owner": False,
    "is_pilot": False,
    "trial_start": date(2026, 1, 31),
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("community_service_area_m2 / households * 100 >= 30", True),
        ("count(functions & {'养老服务', '家政便民'}) >= 2", False),
        ("{'养老服务'} <= functions", True),
        ("functions <= {'养老服务'}", False),
        ("'社区助餐' in functions", True),
        ("'养老服务' not in functions", False),
        ("has(site_owner)", False),
        ("not is_pilot", True),
        ("months_after(trial_start, 1) == date('2026-02-28')", True),
        ("is_pilot and population > 0", False),  # a False decides
        ("not is_pilot or population > 0", True),  # a True decides
        ("is_pilot or population > 0", None),
        ("population > 0", None),
        ("claimed(land_user_change)", False),
        ("known(population)", False),
        ("first(population, households) == 1000", True),
        ("site_owner in {'甲', '乙'}", False),  # an explicit 无 is in nothing
        ("site_owner == '甲'", False),
        ("households / (households - 1000) > 1", None),  # nothing is divided by zero
        ("'甲' if is_pilot else '乙'", "乙"),
    ],
)
def test_what_expressions_come_to(source: str, value: object) -> None:
    """Kleene's tables, sets, dates, and what is absent."""
    assert evaluate(parse(source), FACTS).value == value


@given(st.sampled_from([True, False, None]), st.sampled_from([True, False, None]))
def test_and_or_follow_kleene(left: bool | None, right: bool | None) -> None:
    """All nine cases of both, compared with min and max over False < unknown < True."""
    facts = {key: value for key, value in (("is_pilot", left), ("on_list", right)) if value is not None}
    order = {False: 0, None: 1, True: 2}
    both = evaluate(parse("is_pilot and on_list"), facts).value
    either = evaluate(parse("is_pilot or on_list"), facts).value
    assert order[both] == min(order[left], order[right])  # type: ignore[index]
    assert order[either] == max(order[left], order[right])  # type: ignore[index]


def test_missing_facts_are_named_only_where_they_matter() -> None:
    """What a decided condition did not need is not asked for."""
    assert evaluate(parse("population > 0 and is_pilot"), FACTS).missing == ()
    assert evaluate(parse("population > 0 and households > 0"), FACTS).missing == ("population",)


@pytest.mark.parametrize(
    "source",
    ["__import__('os')", "households.real", "(lambda: 1)()", "[x for x in functions]", "open('/etc/passwd')",
     "households ** 9", "1 < households < 2", "households if", "f'{households}'", "count(functions, key=1)"],
)  # fmt: skip
def test_nothing_else_is_let_through(source: str) -> None:
    """The forms of the language and no other Python."""
    with pytest.raises(ExpressionError):
        parse(source)


def test_the_arithmetic_is_shown_with_its_units() -> None:
    """What a reader can compute again."""
    shown = arithmetic(parse("community_service_area_m2 / households * 100"), FACTS, dictionary())
    assert shown == "社区综合服务设施建筑面积 300㎡ ÷ 服务户数 1000户 × 100"


def test_each_condition_is_a_step_of_its_own() -> None:
    """With the facts filled in, whether it holds, and what is missing from a list."""
    shown = steps(parse("{'养老服务', '健康服务'} <= functions and population > 0"), FACTS, dictionary())
    assert [step.holds for step in shown] == [False, None]
    assert "缺健康服务" in shown[0].text
    assert "未知" in shown[1].text


def test_a_table_is_added_up_only_when_complete() -> None:
    """One empty amount leaves the sum unknown."""
    rows = Table(("来源", "金额"), (("甲", Decimal("1.1")), ("乙", Decimal("2.2"))))
    assert evaluate(parse("total(funding_sources, '金额')"), {"funding_sources": rows}).value == Decimal(
        "3.3"
    )
    gap = Table(("来源", "金额"), (("甲", Decimal(1)), ("乙", None)))
    assert evaluate(parse("total(funding_sources, '金额')"), {"funding_sources": gap}).value is None
