"""What changed from one version of a draft to another: by section, line and character. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.drafting.types import Draft, DraftSection

_ALIKE = 0.4
_TOO_LONG = 3_000  # characters of a line; comparing is quadratic, so longer ones count as replaced


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line with what became of them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is not as it was: added, removed, or both in its pieces."""

    pieces: tuple[Piece, ...]

    @property
    def is_added(self) -> bool:
        """Whether nothing of it was there before."""
        return all(piece.kind is Kind.ADDED for piece in self.pieces)

    @property
    def is_removed(self) -> bool:
        """Whether nothing of it is left."""
        return all(piece.kind is Kind.REMOVED for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that differs: its lines that changed, and how it stands now."""

    key: str
    title: str
    lines: tuple[LineChange, ...]
    status: str = ""  # 草稿 → 已锁定, where that changed


def changes(before: Draft, after: Draft) -> tuple[SectionChange, ...]:
    """The sections that differ, in the order of `after`, those only `before` has last; empty for equals."""
    found = []
    for section in after.sections:
        old = before.section(section.key)
        found.append(_section(old, section))
    for old in before.sections:
        if after.section(old.key) is None:
            found.append(_section(old, None))
    title = _title_change(before, after)
    return tuple(each for each in (title, *found) if each is not None)


def _title_change(before: Draft, after: Draft) -> SectionChange | None:
    old, new = (
        "".join(getattr(each, "text", None) or each.shown for each in draft.title)  # type: ignore[union-attr]
        for draft in (before, after)
    )
    return SectionChange("title", "标题", tuple(_lines([old], [new]))) if old != new else None


def _section(old: DraftSection | None, new: DraftSection | None) -> SectionChange | None:
    present = new or old
    if present is None:
        return None
    before = old.text.splitlines() if old else []
    after = new.text.splitlines() if new else []
    status = ""
    if old and new and old.status is not new.status:
        status = f"{old.status.value} → {new.status.value}"
    lines = tuple(_lines(before, after))
    if not lines and not status and old and new:
        return None
    return SectionChange(present.key, present.title or "标题和开头", lines, status)


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[LineChange]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        if kind != "equal":
            yield from _replaced(list(before[a_start:a_end]), after[b_start:b_end])


def _replaced(waiting: list[str], after: Sequence[str]) -> Iterator[LineChange]:
    """Lines that belong together as one changed line; the others removed, then added."""
    fresh: list[str] = []
    for new in after:
        place = next((at for at, old in enumerate(waiting) if _belong(old, new)), None)
        if place is None:
            fresh.append(new)
            continue
        yield from _exchanged(waiting[:place], fresh)
        yield LineChange(tuple(pieces(waiting[place], new)))
        fresh = []
        del waiting[: place + 1]
    yield from _exchanged(waiting, fresh)


def _exchanged(gone: Sequence[str], new: Sequence[str]) -> Iterator[LineChange]:
    yield from (LineChange((Piece(Kind.REMOVED, one),)) for one in gone)
    yield from (LineChange((Piece(Kind.ADDED, one),)) for one in new)


def _belong(old: str, new: str) -> bool:
    if max(len(old), len(new)) > _TOO_LONG:
        return False
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def pieces(old: str, new: str) -> Iterator[Piece]:
    """The characters of both, common ones once.

    >>> [(piece.kind.value, piece.text) for piece in pieces("共600户", "共650户")]
    [('same', '共6'), ('removed', '0'), ('added', '5'), ('same', '0户')]
    """
    for kind, a_start, a_end, b_start, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(Kind.SAME, old[a_start:a_end])
            continue
        if a_end > a_start:
            yield Piece(Kind.REMOVED, old[a_start:a_end])
        if b_end > b_start:
            yield Piece(Kind.ADDED, new[b_start:b_end])
