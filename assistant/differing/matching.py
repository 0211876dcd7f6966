"""Which clause of one document stands for which of the other: the same words, else the likest ones.

A clause renumbered because another was put in before it has kept its words; so words go before paths.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.differing.texts import pieces
from assistant.differing.types import Pair, PairKind, Piece, PieceKind
from assistant.library import opening_length
from assistant.types import Citation
from assistant.writing.citing import cite
from indexing.folding import fold_tight
from indexing.types import Clause, Document

LIKE = 0.4
"""Least likeness (Dice's coefficient of pairs of characters) of two clauses read as one that was changed."""

_SAME_PATH = 0.15  # what standing at the same path adds


@dataclass(frozen=True, slots=True)
class Units:
    """A document and its citable clauses, in order."""

    document: Document
    clauses: tuple[Clause, ...]


def units_of(document: Document, clauses: Iterable[Clause]) -> Units:
    """The clauses that may be cited on their own; none of them holds another."""
    return Units(document, tuple(one for one in clauses if one.is_unit and one.text.strip()))


def pair_up(before: Units, after: Units) -> tuple[Pair, ...]:
    """Every clause of both, paired where they belong together, in the order of the second document.

    A clause that was removed stands behind the one it followed.
    """
    matched = _by_wording(before.clauses, after.clauses)
    matched |= _by_likeness(before.clauses, after.clauses, matched)
    taken = {old: new for new, old in matched.items()}
    out: list[Pair] = []
    removed = _removed_after(before, taken)
    out += [_removed(before, old) for old in removed.get(-1, ())]
    for new in range(len(after.clauses)):
        old = matched.get(new)
        if old is None:
            out.append(_added(after, new))
            continue
        out.append(_pair(before, old, after, new))
        out += [_removed(before, gone) for gone in removed.get(old, ())]
    return tuple(out)


def _by_wording(before: Sequence[Clause], after: Sequence[Clause]) -> dict[int, int]:
    """New → old for clauses of the same words, those at the same path first, then in order."""
    old: dict[str, list[int]] = defaultdict(list)
    for place, clause in enumerate(before):
        old[_words(clause)].append(place)
    found: dict[int, int] = {}
    for is_same_path in (True, False):
        for place, clause in enumerate(after):
            held = old[_words(clause)]
            fits = next((o for o in held if not is_same_path or before[o].path == clause.path), None)
            if place not in found and fits is not None:
                found[place] = fits
                held.remove(fits)
    return found


def _words(clause: Clause) -> str:
    """What a clause says without its number, folded: the same words are the same rule."""
    return fold_tight(clause.text[opening_length(clause) :])


def _by_likeness(
    before: Sequence[Clause], after: Sequence[Clause], matched: dict[int, int]
) -> dict[int, int]:
    """New → old for what is left, the likest pairs first."""
    left = [place for place in range(len(before)) if place not in set(matched.values())]
    open_ = [place for place in range(len(after)) if place not in matched]
    old = {place: pairs_of(_words(before[place])) for place in left}
    scored = []
    for new in open_:
        mine = pairs_of(_words(after[new]))
        for place, its in old.items():
            bonus = _SAME_PATH if before[place].path == after[new].path else 0.0
            score = likeness(its, mine) + bonus
            if score >= LIKE:
                scored.append((-score, new, place))
    found: dict[int, int] = {}
    for _, new, place in sorted(scored):
        if new not in found and place not in found.values():
            found[new] = place
    return found


def pairs_of(words: str) -> Counter[str]:
    """The pairs of neighbouring characters of a folded text; of a single character, itself."""
    return Counter(words[place : place + 2] for place in range(len(words) - 1)) or Counter([words])


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags of character pairs, 0–1.

    >>> likeness(Counter(["甲乙", "乙丙"]), Counter(["甲乙", "乙丁"]))
    0.5
    """
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _removed_after(before: Units, taken: dict[int, int]) -> dict[int, list[int]]:
    """The last clause before it that was kept (-1 for none) → clauses removed."""
    found: dict[int, list[int]] = defaultdict(list)
    last = -1
    for place in range(len(before.clauses)):
        if place in taken:
            last = place
        else:
            found[last].append(place)
    return found


def _pair(before: Units, old: int, after: Units, new: int) -> Pair:
    mine, its = before.clauses[old], after.clauses[new]
    return paired(
        _cited(before.document, mine), _cited(after.document, its), is_same=_words(mine) == _words(its)
    )


def paired(before: Citation, after: Citation, *, is_same: bool) -> Pair:
    """Two clauses side by side; the same words at another path have been moved."""
    found = pieces(before.quote, after.quote)
    if not is_same:
        return Pair(PairKind.CHANGED, before, after, found)
    kind = PairKind.SAME if before.path == after.path else PairKind.MOVED
    return Pair(kind, before, after, found)


def _removed(units: Units, place: int) -> Pair:
    cited = _cited(units.document, units.clauses[place])
    return Pair(PairKind.REMOVED, cited, None, (Piece(PieceKind.REMOVED, cited.quote),))


def _added(units: Units, place: int) -> Pair:
    cited = _cited(units.document, units.clauses[place])
    return Pair(PairKind.ADDED, None, cited, (Piece(PieceKind.ADDED, cited.quote),))


def _cited(document: Document, clause: Clause) -> Citation:
    """The whole clause without white space at its ends."""
    start = clause.start + len(clause.text) - len(clause.text.lstrip())
    return cite(document, clause, start, clause.start + len(clause.text.rstrip()))
