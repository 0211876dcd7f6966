"""Measures against slow and obvious versions, and against arithmetic done by hand."""

import random
from fractions import Fraction

import pytest

from eval.metrics import (
    Ratio,
    corrects,
    holds,
    missing_groups,
    recall_at_k,
    reciprocal_rank,
    refusal,
    share_held,
    share_right,
    shown_against,
)

CLAUSES = [f"d#{number}" for number in range(12)]


def random_trials(n: int):
    """Gold groups and a ranked list, many times over, the same every run."""
    rng = random.Random(7)
    for _ in range(n):
        gold = [set(rng.sample(CLAUSES, rng.randint(1, 3))) for _ in range(rng.randint(1, 4))]
        yield gold, rng.sample(CLAUSES, rng.randint(0, 10)), rng.randint(1, 10)


def test_recall_is_the_share_of_groups_hit() -> None:
    """Against a count with two loops and a flag."""
    for gold, found, k in random_trials(300):
        hit = 0
        for group in gold:
            seen = False
            for place in range(min(k, len(found))):
                if found[place] in group:
                    seen = True
            hit += seen
        assert recall_at_k(gold, found, k) == pytest.approx(float(Fraction(hit, len(gold))))
        assert share_held(gold, found) == recall_at_k(gold, found, 99)


def test_reciprocal_rank_is_of_the_first_right_hit() -> None:
    """Against ranks counted for every hit, the best taken at the end."""
    for gold, found, _ in random_trials(300):
        ranks = [place + 1 for place in range(len(found)) for group in gold if found[place] in group]
        assert reciprocal_rank(gold, found) == (1 / min(ranks) if ranks else 0.0)


def test_share_right_is_precision() -> None:
    """Right ones over all, each citation once."""
    for gold, found, _ in random_trials(300):
        if found:
            right = [one for one in found if one in set().union(*gold)]
            assert share_right(gold, found) == pytest.approx(len(right) / len(found))


@pytest.mark.parametrize("undefined", [lambda: recall_at_k([], ["d#1"], 1), lambda: share_held([], ())])
def test_without_gold_recall_is_not_defined(undefined) -> None:
    """A question without an answer must not count as found or as missed."""
    with pytest.raises(ValueError, match="gold"):
        undefined()


def test_precision_of_nothing_is_not_defined() -> None:
    """A refusal cites nothing, rightly or not."""
    with pytest.raises(ValueError, match="citations"):
        share_right([{"d#1"}], ())


def test_ratios_add_up_and_what_does_not_apply_leaves_no_trace() -> None:
    """1/1, 0/1 and a half, beside two cases the measure does not apply to: 1.5 of 3."""
    total = sum([Ratio(1, 1), Ratio(), Ratio(0, 1), Ratio(0.5, 1), Ratio()], Ratio())
    assert total == Ratio(1.5, 3)
    assert total.value == 0.5
    assert Ratio().value is None


@pytest.mark.parametrize(
    ("text", "wanted", "is_held"),
    [
        ("不超过 5000 万元", "5000万元", True),
        ("不超过５０００万元", "5000万元", True),
        ("15000万元", "5000万元", False),
        ("占30%", "30%", True),
        ("占130%", "30%", False),
        ("占2.30%", "30%", False),
        ("第1.5项", "1", False),
        ("3.5倍", "3.5", True),
        ("3.55倍", "3.5", False),
        ("有效期三年", "三年", True),
        ("有效期十三年", "三年", False),
        ("百分之四十五", "百分之四十", False),
        ("第二十条", "第二十", True),
        ("京发改规〔2025〕1号", "京发改规[2025]1号", True),
        ("一般不得", "不得", True),
        ("", "不得", False),
    ],
)
def test_a_string_is_held_whole_or_not_at_all(text: str, wanted: str, is_held: bool) -> None:
    """Spaces, widths and brackets do not count; digits and numerals beside it do."""
    assert holds(text, wanted) is is_held


def test_of_each_group_one_is_enough_and_every_group_is_needed() -> None:
    """The groups not shown come back, in order."""
    must = [["30%", "百分之三十"], ["5000万元"], ["市财政局"]]
    assert missing_groups(must, ["按百分之三十补助", "由市财政局拨付"]) == (("5000万元",),)
    assert missing_groups(must, []) == tuple(map(tuple, must))
    assert missing_groups([], ["任何"]) == ()


def test_a_string_is_not_pieced_together_from_two_texts() -> None:
    """The end of one quote and the beginning of the next show nothing together."""
    assert missing_groups([["5000万元"]], ["金额5000", "万元以下"]) == (("5000万元",),)


def test_what_must_not_be_stated_is_found() -> None:
    """Only as a whole number: 11亿元 is not 1亿元."""
    assert shown_against(["1亿元", "免费"], ["上限11亿元", "全部免费"]) == ("免费",)


def test_refusals_by_hand() -> None:
    """Four of nine refused, three rightly; four had no answer; one of five answerable refused."""
    should = [True, True, True, True, False, False, False, False, False]
    refused = [True, True, True, False, True, False, False, False, False]
    marks = [refusal(should=want, refused=got) for want, got in zip(should, refused, strict=True)]
    assert sum((one.precision for one in marks), Ratio()).value == 3 / 4
    assert sum((one.recall for one in marks), Ratio()).value == 3 / 4
    assert sum((one.false for one in marks), Ratio()).value == 1 / 5


@pytest.mark.parametrize(
    ("statements", "is_corrected"),
    [
        ([["北京市：不超过5000万元。"]], True),
        ([["北京市：见下。", "不超过5000万元"]], True),  # the quote of the first statement
        ([["北京市：支持建设。"], ["不超过5000万元。"]], False),  # not the first thing said
        ([["北京市：不超过5000万元，不是1亿元。"]], False),  # repeats what it must not
        ([["北京市：不超过1亿元。"]], False),
        ([], False),
    ],
)
def test_a_wrong_premise_is_set_right_first(statements, is_corrected: bool) -> None:
    """What holds, at once, and not what was presumed."""
    assert corrects([["5000万元"]], ["1亿元"], statements) is is_corrected


def test_a_correction_of_two_parts_begins_with_one_and_shows_both() -> None:
    """上限 first, 比例 in the second statement."""
    must = [["5000万元"], ["30%"]]
    assert corrects(must, [], [["不超过5000万元。"], ["给予30%补助。"]])
    assert not corrects(must, [], [["不超过5000万元。"], ["给予补助。"]])
