"""Weights of signals from questions whose right units are known: one softmax over the units of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import numpy.typing as npt

RIDGE = 0.01
"""Strength of the pull towards small weights; chosen by the left-out documents among 0.02 … 4."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question: values of each signal for each unit found, and which units are right."""

    values: npt.NDArray[np.float64]  # shape (n_units, n_sources)
    is_right: npt.NDArray[np.bool_]  # shape (n_units,), at least one true
    weight: float = 1.0  # beside other examples


def weighing(found: Sequence[Example], total: float) -> list[Example]:
    """The examples with equal weights that sum to `total`; none for none."""
    return [replace(example, weight=total / len(found)) for example in found]


def learn(found: Sequence[Example], n_sources: int, ridge: float = RIDGE) -> npt.NDArray[np.float64]:
    """Weights, shape `(n_sources,)`, 0 or more, summing to 1.

    Raises:
        ValueError: there is no example to learn from.
    """
    from scipy.optimize import minimize

    if not found:
        raise ValueError("no example: no case has its clause among the units found")
    whole, penalty = sum(example.weight for example in found), ridge / 100

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        """Mean negative log-likelihood of the right units, and its gradient."""
        total, gradient = 0.0, np.zeros(n_sources)
        for example in found:
            scores = example.values @ weights
            odds = np.exp(scores - scores.max())
            right = odds * example.is_right
            total -= example.weight * float(np.log(right.sum()) - np.log(odds.sum()))
            gradient -= example.weight * (example.values.T @ (right / right.sum() - odds / odds.sum()))
        return total / whole + penalty * float(weights @ weights), gradient / whole + 2 * penalty * weights

    fitted = minimize(
        loss, np.full(n_sources, 3.0), jac=True, bounds=[(0.0, None)] * n_sources, method="L-BFGS-B"
    )
    weights = cast("npt.NDArray[np.float64]", fitted.x)
    normalised: npt.NDArray[np.float64] = weights / weights.sum()
    return normalised
