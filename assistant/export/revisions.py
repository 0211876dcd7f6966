"""Two versions of a document as one with its changes shown: Word's 修订, made from a comparison.

Accepting every change gives the words of the later version, rejecting every one those of the
earlier; a test does both. Lines are matched first, then the words of lines that belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from assistant.export.docx import write_flat
from assistant.export.flat import Change, Flat, Grid, Line, Piece, Row
from assistant.export.flattening import flatten
from assistant.export.official import OfficialDocument
from indexing.segmentation import cut_by_dictionary

# Below this two lines share too little to be read as one that was changed; difflib's own measure.
_SAME_LINE = 0.4
_LOOK_AHEAD = 12  # lines; where a whole section was rewritten, comparing each with each takes long
_TOO_LONG = 2_000  # characters of a line; comparing words is quadratic, so longer ones are replaced whole


def write_revision(before: OfficialDocument, after: OfficialDocument, made_on: date) -> bytes:
    """A .docx of `after` with what changed since `before` marked as inserted and deleted.

    Pages, origin and 版记 are those of `after`.
    """
    return write_flat(after, compare(flatten(before), flatten(after)), made_on)


def compare(before: tuple[Flat, ...], after: tuple[Flat, ...]) -> tuple[Flat, ...]:
    """The lines of both versions in reading order, each with its change; equal ones as in `after`."""
    out: list[Flat] = []
    for kind, old, new in _aligned([_key(flat) for flat in before], [_key(flat) for flat in after]):
        if kind == "equal":
            out.extend(after[new])
        else:
            out.extend(_replaced(before[old], after[new]))
    return tuple(out)


def _aligned(before: Sequence[object], after: Sequence[object]) -> Iterator[tuple[str, slice, slice]]:
    """The steps of difflib from one sequence to the other; nothing is thought too common to match."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        yield kind, slice(a_start, a_end), slice(b_start, b_end)


def _key(flat: Flat) -> object:
    if isinstance(flat, Line):
        return (flat.role, tuple(_token_key(piece) for piece in flat.pieces))
    return (flat.landscape, flat.shares, tuple(_row_key(row) for row in flat.rows))


def _row_key(row: Row) -> object:
    return tuple(tuple(_key(line) for line in cell) for cell in row.cells)


def _token_key(piece: Piece) -> object:
    return (piece.text, piece.blank is not None, piece.citation, piece.heading)


def _replaced(before: Sequence[Flat], after: Sequence[Flat]) -> Iterator[Flat]:
    """Pairs that belong together as one changed line or table; the rest deleted, then inserted."""
    waiting = list(before)
    for new in after:
        near = enumerate(waiting[:_LOOK_AHEAD])
        place = next((i for i, old in near if _belong(old, new)), None)
        if place is None:
            yield _whole(new, Change.INSERTED)
            continue
        for old in waiting[:place]:
            yield _whole(old, Change.DELETED)
        yield _merged(waiting[place], new)
        del waiting[: place + 1]
    for old in waiting:
        yield _whole(old, Change.DELETED)


def _belong(old: Flat, new: Flat) -> bool:
    if isinstance(old, Line) and isinstance(new, Line):
        if old.role is not new.role or max(len(old.text), len(new.text)) > _TOO_LONG:
            return False
        matcher = SequenceMatcher(None, old.text, new.text, autojunk=False)
        return matcher.quick_ratio() >= _SAME_LINE and matcher.ratio() >= _SAME_LINE
    if isinstance(old, Grid) and isinstance(new, Grid):
        return len(old.shares) == len(new.shares) and old.landscape is new.landscape
    return False


def _whole(flat: Flat, change: Change) -> Flat:
    """A line or table that is new or gone as a whole."""
    if isinstance(flat, Grid):
        return replace(flat, rows=tuple(_whole_row(row, change) for row in flat.rows))
    pieces = tuple(replace(piece, change=change) for piece in flat.pieces)
    return replace(flat, pieces=pieces, change=change, new_page=flat.new_page and change is Change.INSERTED)


def _whole_row(row: Row, change: Change) -> Row:
    cells = tuple(tuple(_changed_line(line, change) for line in cell) for cell in row.cells)
    return Row(cells, change)


def _changed_line(line: Line, change: Change) -> Line:
    """A line of a cell: its words change, its last paragraph mark stays, for a cell must keep one."""
    return replace(line, pieces=tuple(replace(piece, change=change) for piece in line.pieces))


def _merged(old: Flat, new: Flat) -> Flat:
    if isinstance(old, Grid) and isinstance(new, Grid):
        return replace(new, rows=tuple(_merged_rows(old.rows, new.rows)))
    assert isinstance(old, Line)
    assert isinstance(new, Line)
    return replace(new, pieces=tuple(_merged_pieces(old.pieces, new.pieces)))


def _merged_rows(before: tuple[Row, ...], after: tuple[Row, ...]) -> Iterator[Row]:
    for kind, old, new in _aligned([_row_key(row) for row in before], [_row_key(row) for row in after]):
        if kind == "equal":
            yield from after[new]
        elif kind == "replace" and len(before[old]) == len(after[new]):
            yield from map(_merged_row, before[old], after[new])
        else:
            yield from (_whole_row(row, Change.DELETED) for row in before[old])
            yield from (_whole_row(row, Change.INSERTED) for row in after[new])


def _merged_row(old: Row, new: Row) -> Row:
    return Row(tuple(map(_merged_cell, old.cells, new.cells)))


def _merged_cell(old: tuple[Line, ...], new: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a cell pair by pair; where their number differs, all old ones, then all new ones."""
    if len(old) == len(new):
        return tuple(
            replace(b, pieces=tuple(_merged_pieces(a.pieces, b.pieces)))
            for a, b in zip(old, new, strict=True)
        )
    gone = tuple(replace(_changed_line(line, Change.DELETED), change=Change.DELETED) for line in old)
    come = [replace(_changed_line(line, Change.INSERTED), change=Change.INSERTED) for line in new]
    return (*gone, *come[:-1], replace(come[-1], change=None))  # a cell must end with a mark of its own


def _merged_pieces(before: tuple[Piece, ...], after: tuple[Piece, ...]) -> Iterator[Piece]:
    """The words of both, common ones once; neighbours of one kind are one piece again."""
    old, new = list(_tokens(before)), list(_tokens(after))
    merged: list[Piece] = []
    for kind, a, b in _aligned([_token_key(one) for one in old], [_token_key(one) for one in new]):
        if kind == "equal":
            merged.extend(new[b])
        else:
            merged.extend(replace(one, change=Change.DELETED) for one in old[a])
            merged.extend(replace(one, change=Change.INSERTED) for one in new[b])
    return _joined(merged)


def _tokens(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.blank is not None or piece.citation is not None:
            yield piece
        else:
            yield from (replace(piece, text=word) for word in cut_by_dictionary(piece.text))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for piece in pieces:
        plain = piece.blank is None and piece.citation is None
        if held and plain and replace(held, text="") == replace(piece, text=""):
            held = replace(held, text=held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
