"""Directions between figures against a slow obvious reference: sets of amounts that are allowed."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.relating import of_figure
from assistant.comparing.types import Relation
from assistant.norms import Operator, Strength
from tests.comparisons import figure

FLOORS = [Operator.AT_LEAST, Operator.MORE_THAN]
CEILINGS = [Operator.AT_MOST, Operator.LESS_THAN]
AMOUNTS = st.integers(1, 60)
BINDING = st.sampled_from([Strength.MUST, Strength.MUST_NOT])


def allowed(operator: Operator, value: int) -> frozenset[int]:
    """Every half unit from 0 to 70 that a bound allows, one by one."""
    tests = {
        Operator.AT_LEAST: lambda amount: amount >= 2 * value,
        Operator.MORE_THAN: lambda amount: amount > 2 * value,
        Operator.AT_MOST: lambda amount: amount <= 2 * value,
        Operator.LESS_THAN: lambda amount: amount < 2 * value,
        Operator.EQUAL: lambda amount: amount == 2 * value,
    }
    return frozenset(filter(tests[operator], range(140)))


def stated(operator: Operator, value: int, strength: Strength = Strength.MUST):
    """A figure, whose words say nothing of a subsidy."""
    return figure(str(value), operator, strength)


@given(st.sampled_from([FLOORS, CEILINGS]), st.data(), AMOUNTS, AMOUNTS)
def test_stricter_allows_less_and_looser_more(side, data, mine, its):
    """A bound of the same kind that allows fewer amounts is stricter, never the other way round."""
    one, other = data.draw(st.sampled_from(side)), data.draw(st.sampled_from(side))
    found = of_figure(stated(one, mine), stated(other, its))[0]
    local, nation = allowed(one, mine), allowed(other, its)
    if local == nation:
        assert found is Relation.EQUAL
    else:
        assert found is (Relation.STRICTER if local < nation else Relation.LOOSER)


@given(st.sampled_from([*FLOORS, *CEILINGS]), st.sampled_from([*FLOORS, *CEILINGS]), AMOUNTS, AMOUNTS)
def test_seen_from_the_other_side_the_verdict_is_the_opposite(one, other, mine, its):
    """Stricter one way is looser the other; equal and incomparable stay what they are."""
    opposite = {Relation.STRICTER: Relation.LOOSER, Relation.LOOSER: Relation.STRICTER}
    there = of_figure(stated(one, mine), stated(other, its))[0]
    back = of_figure(stated(other, its), stated(one, mine))[0]
    assert back is opposite.get(there, there)


@given(st.sampled_from(FLOORS), st.sampled_from([*CEILINGS, Operator.EQUAL]), AMOUNTS, AMOUNTS)
def test_a_floor_beside_a_ceiling_or_a_fixed_amount_is_never_ranked(floor, other, mine, its):
    """Whatever the numbers are."""
    assert of_figure(stated(floor, mine), stated(other, its))[0] is Relation.INCOMPARABLE
    assert of_figure(stated(other, its), stated(floor, mine))[0] is Relation.INCOMPARABLE


@given(st.sampled_from([*FLOORS, *CEILINGS]), AMOUNTS, AMOUNTS)
def test_a_goal_is_never_ranked(operator, mine, its):
    """On either side."""
    goal = stated(operator, mine, Strength.TARGET)
    assert of_figure(goal, stated(operator, its))[0] is Relation.INCOMPARABLE
    assert of_figure(stated(operator, its), goal)[0] is Relation.INCOMPARABLE
