"""What is done to a fused ranking: documents vouch for their units, what is named leads, the tail is mixed.

fuse ──► `vouch` ──► `balance` ──► `mix_tail` ──► `lift` ──► `drop_relatives`

Pure functions over (unit, score) pairs, best first; no score rises above the best of those given.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

from indexing.fusion import Source

Ranking = Sequence[tuple[int, float]]
"""(unit, score), best first."""

FEW_DOCUMENTS = 5
"""Among so many documents found none vouches for its units: places and titles tell them apart."""

_VOUCHING = 50  # units at the head of a ranking that say which documents speak of what is asked
_TRUST = 0.04
"""What a document's share weighs, times the logarithm of how many documents were found beside the few.

To know the document says that much more the more there are. Chosen with `_VOUCHING` on the tune parts of
STARD and EQUALS (59,716 articles of 1,349 laws, 71 articles of 10).
"""

_HEAD = 40
"""So many stand as fused; what is read and cited is among them. Chosen among 20, 40 and 60 on tune parts."""

_TAIL_SOURCES = (Source.BIGRAMS, Source.WHOLE)
"""The best list of words and the best of vectors, on the tune parts of five public sets."""
_TAIL_DEPTH = 100  # units of such a list that are mixed in


def vouch(ranked: Ranking, document: Callable[[int], Hashable]) -> list[tuple[int, float]]:
    """A ranking in which units of documents that the head of it often names come a little forward.

    The articles that answer a question stand in the same law more often than chance has it. The best
    document's units gain most; the best unit of it keeps its score.

    Args:
        ranked: best first.
        document: that of a unit.

    >>> vouch([(1, 0.5), (2, 0.4)], {1: "a", 2: "b"}.get)
    [(1, 0.5), (2, 0.4)]
    """
    n_found = len({document(unit) for unit, _ in ranked})
    if n_found <= FEW_DOCUMENTS:
        return list(ranked)
    trust = _TRUST * math.log(n_found / FEW_DOCUMENTS)
    spoken: defaultdict[Hashable, float] = defaultdict(float)
    for unit, score in ranked[:_VOUCHING]:
        spoken[document(unit)] += score
    best, most = ranked[0][1], max(spoken.values())
    vouched = [
        (unit, (score + trust * best * spoken[document(unit)] / most) / (1 + trust)) for unit, score in ranked
    ]
    return sorted(vouched, key=lambda pair: -pair[1])  # stable: equals stay in the order they had


def mix_tail(ranked: Ranking, lists: Mapping[Source, Ranking]) -> list[tuple[int, float]]:
    """A ranking whose tail takes turns with the best single lists, so that nothing they find is lost.

    Far down, the sum of many small values tells little; a list that is sure of a unit tells more. A unit
    that comes forward has a score just below its predecessor's.

    Args:
        ranked: best first.
        lists: what the signals found, best first; units that `ranked` lacks are left out.
    """
    scores, mixed = dict(ranked), list(ranked[:_HEAD])
    taken = {unit for unit, _ in mixed}
    own = [unit for unit, _ in ranked[_HEAD:]]
    others = [[unit for unit, _ in lists.get(source, ())[:_TAIL_DEPTH]] for source in _TAIL_SOURCES]
    for unit, is_own in _in_turn(own, others, lambda unit: unit in scores and unit not in taken):
        below = math.nextafter(mixed[-1][1], 0.0)
        mixed.append((unit, min(scores[unit], below) if is_own else below))
        taken.add(unit)
    return mixed


def _in_turn(
    own: Sequence[int], others: Sequence[Sequence[int]], is_new: Callable[[int], bool]
) -> Iterator[tuple[int, bool]]:
    """Each list's next new unit in turn, and whether it is from `own`; until all are told."""
    turns = [(iter(units), units is own) for units in (own, *others)]
    while turns:
        for turn in tuple(turns):
            unit = next(filter(is_new, turn[0]), None)
            if unit is None:
                turns.remove(turn)
            else:
                yield unit, turn[1]


def balance(
    ranked: Sequence[tuple[int, float]], place: Callable[[int], str | None], places: Collection[str]
) -> list[tuple[int, float]]:
    """A ranking in which each of `places` is represented by its best: its scores are scaled to reach the top.

    For a comparison: what one city says in many clauses must not push another's only one down, nor may
    what no place named says.

    Args:
        ranked: best first.
        place: the jurisdiction of a unit.
        places: those the question names; units of others keep their scores, below the top.

    >>> balance([(1, 1.0), (2, 0.8), (3, 0.5)], {1: "a", 2: "a", 3: "b"}.get, ["a", "b"])
    [(1, 1.0), (3, 1.0), (2, 0.8)]
    """
    best: dict[str, tuple[int, float]] = {}
    for unit, score in ranked:
        named = place(unit)
        if named in places and named is not None:
            best.setdefault(named, (unit, score))
    if not best:
        return list(ranked)
    top = max(score for _, score in best.values())
    firsts = {unit for unit, _ in best.values()}
    scaled = []
    for unit, score in ranked:
        _, first = best.get(place(unit) or "", (unit, top))
        below = score * (top / first) if first else score
        # rounding must not lift a second beside the firsts
        scaled.append((unit, top if unit in firsts else min(below, math.nextafter(top, 0.0))))
    return sorted(scaled, key=lambda pair: -pair[1])  # stable: equals stay in the order they had


def lift(ranked: Sequence[tuple[int, float]], named: Mapping[int, str]) -> list[tuple[int, float]]:
    """A ranking in which the best unit of each name in `named` (unit → name) has the highest score.

    For what a question names beyond doubt (第二十一条, the 文号): what else it says must not push that down.
    The others keep their scores, below the top, and their order.

    >>> lift([(1, 0.8), (2, 0.5), (3, 0.1)], {3: "N"})
    [(3, 0.8), (1, 0.7999999999999999), (2, 0.5)]
    """
    firsts: dict[str, int] = {}
    for unit, _ in ranked:
        if unit in named:
            firsts.setdefault(named[unit], unit)
    if not firsts:
        return list(ranked)
    top = max(score for _, score in ranked)
    below = math.nextafter(top, 0)
    chosen = set(firsts.values())
    lifted = [(unit, top if unit in chosen else min(score, below)) for unit, score in ranked]
    return sorted(lifted, key=lambda pair: -pair[1])  # stable: equals stay in the order they had


def drop_relatives(
    ranked: Sequence[tuple[int, float]], ancestors: Callable[[int], Collection[int]], top_k: int
) -> list[tuple[int, float]]:
    """The first `top_k` of `ranked` with no unit beside its own ancestor or descendant.

    Of two relatives the better-placed stays.

    Args:
        ranked: best first.
        ancestors: units that enclose a unit, without itself.
        top_k: at most this many.

    >>> drop_relatives([(5, 0.9), (1, 0.8), (2, 0.7)], {5: {1}, 1: set(), 2: set()}.__getitem__, 10)
    [(5, 0.9), (2, 0.7)]
    """
    kept: list[tuple[int, float]] = []
    taken: set[int] = set()
    enclosing: set[int] = set()
    for unit, score in ranked:
        if len(kept) >= top_k:
            break
        above = set(ancestors(unit))
        if unit in taken or unit in enclosing or above & taken:
            continue
        kept.append((unit, score))
        taken.add(unit)
        enclosing |= above
    return kept
