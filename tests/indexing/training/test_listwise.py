"""Weights of signals: what tells the right unit weighs, what does not tells nothing."""

import numpy as np
import pytest

from indexing.training.listwise import Example, learn, weighing


def example(*rows: tuple[float, float], right: int) -> Example:
    """Two signals of some units, one of which is right."""
    return Example(np.array(rows), np.arange(len(rows)) == right)


TOLD_BY_FIRST = example((0.9, 0.1), (0.2, 0.8), (0.1, 0.3), right=0)
TOLD_BY_SECOND = example((0.9, 0.1), (0.2, 0.8), (0.1, 0.3), right=1)


def test_the_signal_that_tells_has_the_weight() -> None:
    """The other one points away from the right unit; a weight is never below 0, and they sum to 1."""
    assert learn([TOLD_BY_FIRST], 2) == pytest.approx([1.0, 0.0], abs=0.05)
    assert learn([TOLD_BY_SECOND], 2) == pytest.approx([0.0, 1.0], abs=0.05)


def test_what_weighs_more_decides_between_two() -> None:
    """The same two questions under two weightings."""
    for first, second in ((9.0, 1.0), (1.0, 9.0)):
        found = [*weighing([TOLD_BY_FIRST], first), *weighing([TOLD_BY_SECOND], second)]
        weights = learn(found, 2)
        assert (weights[0] > weights[1]) == (first > second)


def test_weights_are_those_of_the_best_likelihood() -> None:
    """Against a slow search over a grid, with the pull towards small weights left out."""
    found = [*weighing([TOLD_BY_FIRST] * 3, 0.6), *weighing([TOLD_BY_SECOND, TOLD_BY_FIRST], 0.4)]

    def likelihood(weights: np.ndarray) -> float:
        odds = [np.exp(one.values @ weights) for one in found]
        parts = zip(found, odds, strict=True)
        return sum(one.weight * np.log(each[one.is_right].sum() / each.sum()) for one, each in parts)

    steps = np.arange(0, 12.01, 0.05)
    best = max((np.array([a, b]) for a in steps for b in steps), key=likelihood)
    assert learn(found, 2, ridge=0.0) == pytest.approx(best / best.sum(), abs=0.02)


def test_examples_share_a_total() -> None:
    """A set of two and a set of two hundred can weigh the same."""
    assert [one.weight for one in weighing([TOLD_BY_FIRST] * 4, 2.0)] == [0.5] * 4
    assert weighing([], 1.0) == []


def test_nothing_to_learn_from_is_refused() -> None:
    """Weights are never made up."""
    with pytest.raises(ValueError, match="no example"):
        learn([], 2)
