"""The first hits in the order a reranker gives them, as far as a time budget reaches."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexing.types import Reranker

_BATCH = 4  # passages between two looks at the clock


@dataclass(frozen=True, slots=True)
class RerankPlan:
    """Who reorders, how many of the first hits, and in what time."""

    reranker: Reranker
    depth: int = 20
    budget_s: float = 1.0


def rerank(
    query: str,
    ranked: Sequence[tuple[int, float]],
    text_of: Callable[[int], str],
    plan: RerankPlan,
    clock: Callable[[], float] = time.monotonic,
) -> list[tuple[int, float]]:
    """`ranked` with its first hits in the reranker's order.

    The first `plan.depth` are judged from the top in small batches, until the next batch
    would not fit into what is left of the budget (it is taken to last as long as the longest
    so far). Those judged are reordered among themselves and stay before the rest, whose
    fused order stands. At least one batch is judged; loading the model is not counted.

    Scores belong to places: the new first has the score the old first had. They stay
    comparable with those of the rest, and no two judged ones are equal.

    Args:
        query: the question.
        ranked: (unit, score), best first.
        text_of: what the reranker reads of a unit.
        plan: the reranker and its limits.
        clock: seconds.

    Raises:
        RerankerUnavailable: it cannot be loaded, or failed; nothing is reordered then.
    """
    if len(ranked) < 2:
        return list(ranked)
    plan.reranker.prepare()
    judged = _judged(query, [unit for unit, _ in ranked[: plan.depth]], text_of, plan, clock)
    order = sorted(range(len(judged)), key=lambda place: (-judged[place], place))
    units = [ranked[place][0] for place in order]
    scores = _descending([score for _, score in ranked[: len(judged)]], ranked[len(judged) :])
    return [*zip(units, scores, strict=True), *ranked[len(judged) :]]


def _judged(
    query: str,
    units: Sequence[int],
    text_of: Callable[[int], str],
    plan: RerankPlan,
    clock: Callable[[], float],
) -> list[float]:
    """Scores of the first units, as many as the budget allows, in the order of `units`."""
    scores: list[float] = []
    start = before = clock()
    longest = 0.0
    for first in range(0, len(units), _BATCH):
        if first and before - start + longest > plan.budget_s:
            break
        batch = units[first : first + _BATCH]
        scores.extend(plan.reranker.scores(query, [text_of(unit) for unit in batch]))
        now = clock()
        longest, before = max(longest, now - before), now
    return scores


def _descending(scores: Sequence[float], rest: Sequence[tuple[int, float]]) -> list[float]:
    """`scores`, which are in descending order, moved up by the least that makes each differ from the next."""
    out: list[float] = []
    below = rest[0][1] if rest else -math.inf
    for score in reversed(scores):
        below = max(score, math.nextafter(below, math.inf))
        out.append(below)
    return out[::-1]
