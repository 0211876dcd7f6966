"""A clause inside its document, as the clause panel shows it: what stands around it, what is quoted.

Pure: a document and its clauses in, lines and marks out. Nothing is reworded; the text of
the blocks, joined, is the document's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistant.writing.citing import display_path
from indexing.standing import Standing, part_title, standing
from indexing.types import Clause, Document, Level, Span

MAX_AROUND_CHARS = 30_000
"""Text shown on either side: all of an ordinary document; a book would keep the browser busy."""

_HEADINGS = frozenset(
    {
        Level.PART,
        Level.TABLE,  # the names of its columns
        Level.CHAPTER,
        Level.SECTION,
        Level.HEADING1,
        Level.HEADING2,
        Level.HEADING3,
        Level.HEADING4,
        Level.HEADING5,
    }
)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that is quoted as a whole, or not at all."""

    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row, or the whole of an ordinary line."""

    runs: tuple[Run, ...]
    merged: str | None = None  # what a merged cell says further up, where this one is empty


@dataclass(frozen=True, slots=True)
class Line:
    """A line as issued; more than one cell makes it a row of a table."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What one citable clause says, or a heading or frame text between two of them."""

    path: str
    lines: tuple[Line, ...]
    is_focus: bool  # belongs to the clause that was asked for
    is_heading: bool
    is_table: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The clause before or after."""

    path: str
    label: str  # 第二十二条


@dataclass(frozen=True, slots=True)
class ClauseView:
    """Everything the panel shows of one clause."""

    document: Document
    place: str  # 第二十三条第二款
    chain: tuple[str, ...]  # headings above, outermost first
    responsible: tuple[str, ...]
    standing: Standing
    tables: tuple[tuple[Block, ...], ...]  # blocks in text order; rows of one table stand together
    is_cut_before: bool
    is_cut_after: bool
    previous: Step | None
    following: Step | None


def clause_view(
    document: Document, clauses: Sequence[Clause], clause: Clause, quotes: Sequence[Span], day: date
) -> ClauseView:
    """The view of `clause`, with `quotes` marked wherever they lie in the text shown.

    Args:
        document: the version the clause belongs to.
        clauses: all clauses of it.
        clause: one of them.
        quotes: spans of `document.text`; may be empty, overlap and leave the clause.
        day: the day for which validity is told.
    """
    known = {each.path: each for each in clauses}
    pieces, unit = _pieces(clauses, known), _holder(clause, known)
    inside = _focus(pieces, clause, unit, quotes)
    blocks = [
        _block(document, holder, span, quotes, is_focus=number in inside)
        for number, (holder, span) in enumerate(pieces)
    ]
    spans = [span for _, span in pieces]
    start = _reach(spans[: inside[0]][::-1], inside[0], -1)
    stop = _reach(spans[inside[-1] + 1 :], inside[-1], 1)
    previous, following = _steps([holder for holder, _ in pieces], inside[0])
    return ClauseView(
        document=document,
        place=display_path(clause.path),
        chain=clause.headings,
        responsible=clause.responsible or unit.responsible,
        standing=standing(document.metadata, day, part_title(clause, known.get)),
        tables=_tables(blocks[start : stop + 1]),
        is_cut_before=start > 0,
        is_cut_after=stop < len(blocks) - 1,
        previous=previous,
        following=following,
    )


def _pieces(clauses: Sequence[Clause], known: dict[str, Clause]) -> list[tuple[Clause, Span]]:
    """The whole text in order, cut where another citable clause (or frame text) begins."""
    owned = sorted((span, clause.path) for clause in clauses for span in clause.own)
    holders = [(_holder(known[path], known), span) for span, path in owned]
    out = []
    for _, group in groupby(holders, key=lambda each: each[0].path):
        members = list(group)
        out.append((members[0][0], (members[0][1][0], members[-1][1][1])))
    return out


def _holder(clause: Clause, known: dict[str, Clause]) -> Clause:
    """The citable unit a clause stands in or is; itself where there is none above."""
    above: Clause | None = clause
    while above is not None and not above.is_unit:
        above = known.get(above.parent) if above.parent is not None else None
    return above or clause


def _focus(
    pieces: Sequence[tuple[Clause, Span]], clause: Clause, unit: Clause, quotes: Sequence[Span]
) -> list[int]:
    """Which pieces are what was asked for: a unit's own words and what is quoted inside; never none."""
    inside = [
        number for number, (_, (start, end)) in enumerate(pieces) if start < clause.end and clause.start < end
    ]
    if not unit.is_unit:
        return inside
    own = [
        number
        for number, (holder, (start, end)) in enumerate(pieces)
        if holder.path == unit.path
        or (number in inside and any(quote[0] < end and start < quote[1] for quote in quotes))
    ]
    return own or inside


def _block(
    document: Document, holder: Clause, span: Span, quotes: Sequence[Span], *, is_focus: bool
) -> Block:
    lines, position = [], span[0]
    for text in document.text[span[0] : span[1]].split("\n"):
        if text.strip():
            lines.append(_line(text, position, quotes, holder))
        position += len(text) + 1
    is_heading = not holder.is_unit and (holder.level in _HEADINGS or holder.path.endswith("标题"))
    is_table = bool(lines) and all(len(line.cells) > 1 for line in lines)
    return Block(holder.path, tuple(lines), is_focus, is_heading, is_table)


def _line(text: str, start: int, quotes: Sequence[Span], holder: Clause) -> Line:
    cells, position = [], start
    texts = text.split("\t")
    # only where every column is there can an empty cell be told from a missing one
    values = [value for _, value in holder.cells] if len(holder.cells) == len(texts) else [""] * len(texts)
    for cell, value in zip(texts, values, strict=True):
        merged = value if value and not cell.strip() else None
        cells.append(Cell(_runs(cell, position, quotes), merged))
        position += len(cell) + 1
    return Line(tuple(cells))


def _runs(text: str, start: int, quotes: Sequence[Span]) -> tuple[Run, ...]:
    """`text`, which stands at `start` of the document, cut where a quote begins or ends."""
    end = start + len(text)
    edges = {start, end, *(edge for quote in quotes for edge in quote if start < edge < end)}
    runs, before = [], start
    for edge in sorted(edges - {start}):
        is_quoted = any(quote[0] <= before and edge <= quote[1] for quote in quotes)
        runs.append(Run(text[before - start : edge - start], is_quoted))
        before = edge
    return tuple(runs)


def _reach(spans: Sequence[Span], start: int, direction: int) -> int:
    """How far from block `start` the text shown goes: one block at least, then until it is enough."""
    shown, position = 0, start
    for begin, end in spans:
        if shown >= MAX_AROUND_CHARS:
            break
        shown += end - begin
        position += direction
    return position


def _steps(holders: Sequence[Clause], position: int) -> tuple[Step | None, Step | None]:
    """The citable clauses that begin before and after piece `position`, each counted where it begins."""
    begins: dict[str, int] = {}
    for number, holder in enumerate(holders):
        if holder.is_unit:
            begins.setdefault(holder.path, number)
    here = begins.get(holders[position].path, position)
    before = [path for path, number in begins.items() if number < here]
    after = [path for path, number in begins.items() if number > here]
    return _step(before[-1:]), _step(after[:1])


def _step(paths: Sequence[str]) -> Step | None:
    return Step(paths[0], display_path(paths[0])) if paths else None


def _tables(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], ...]:
    """Rows that follow one another as one table, everything else alone."""
    out: list[list[Block]] = []
    for block in blocks:
        if block.is_table and out and out[-1][-1].is_table:
            out[-1].append(block)
        else:
            out.append([block])
    return tuple(map(tuple, out))
