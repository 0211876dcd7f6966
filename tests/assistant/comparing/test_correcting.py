"""What a person types to correct a figure, and what becomes of it."""

from decimal import Decimal

import pytest

from assistant.comparing.correcting import read_correction
from assistant.errors import ReviewError
from assistant.norms import Operator, Strength


@pytest.mark.parametrize(
    ("text", "operator", "value", "high", "unit", "strength"),
    [
        ("不少于30平方米→≥60㎡/百户（应）", Operator.AT_LEAST, "60", None, "㎡/百户", Strength.MUST),
        ("a=>≤5000万元", Operator.AT_MOST, "50000000", None, "元", None),
        ("a -> 500—5000元", Operator.RANGE, "500", "5000", "元", None),
        ("a改为约50个", Operator.ABOUT, "50", None, "个", None),
        ("a→３０％", Operator.EQUAL, "30", None, "%", None),
        ("a→0.5倍(原则上)", Operator.EQUAL, "0.5", None, "倍", Strength.IN_PRINCIPLE),
        ("a→>100平方米", Operator.MORE_THAN, "100", None, "㎡", None),
    ],
)
def test_signs_scales_ranges_and_strengths_are_read(text, operator, value, high, unit, strength):
    """Units become those of the table; a strength that is not typed stays."""
    found = read_correction(text)
    assert (found.operator, found.value, found.unit, found.strength) == (
        operator,
        Decimal(value),
        unit,
        strength,
    )
    assert found.high == (Decimal(high) if high else None)


@pytest.mark.parametrize(
    "text",
    ["", "→", "30", "a→", "→30㎡", "a→30", "a→b→30㎡", "a→30㎡（随便）", "a→" + "9" * 200 + "㎡", "a→-5㎡"],
)
def test_what_cannot_be_read_is_one_sentence_with_an_example(text):
    """Nothing is guessed."""
    with pytest.raises(ReviewError, match="请照这样写"):
        read_correction(text)
