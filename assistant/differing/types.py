"""What a difference is made of: pieces of text, pairs of clauses, the whole. Frozen, with tuples inside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Citation


class PieceKind(StrEnum):
    """Where a piece of text stands."""

    KEPT = "kept"  # on both sides
    REMOVED = "removed"  # on the first side only
    ADDED = "added"  # on the second side only


class PairKind(StrEnum):
    """What became of a clause."""

    SAME = "不变"
    MOVED = "移位"  # the same words at another place
    CHANGED = "修改"
    REMOVED = "删除"
    ADDED = "新增"


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters of one kind, verbatim."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of the first side and what stands for it on the second; one of them None where it has none."""

    kind: PairKind
    before: Citation | None
    after: Citation | None
    pieces: tuple[Piece, ...]  # kept and removed ones joined are the first text, kept and added the second

    @property
    def likeness(self) -> float:
        """Share of both texts that is kept, 0–1; 1.0 for two empty ones."""
        kept = sum(len(one.text) for one in self.pieces if one.kind is PieceKind.KEPT)
        other = sum(len(one.text) for one in self.pieces if one.kind is not PieceKind.KEPT)
        return 2 * kept / (2 * kept + other) if kept + other else 1.0


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things compared."""

    label: str  # 《…》（文号）第七条, with the version where two of one document are compared
    doc_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Differing:
    """All pairs in the order of the second side; what was removed stands where it stood."""

    before: Side
    after: Side
    pairs: tuple[Pair, ...]

    def count(self, kind: PairKind) -> int:
        """How many clauses are of a kind."""
        return sum(pair.kind is kind for pair in self.pairs)

    @property
    def changes(self) -> tuple[Pair, ...]:
        """The pairs that differ."""
        return tuple(pair for pair in self.pairs if pair.kind is not PairKind.SAME)
