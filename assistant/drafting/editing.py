"""A section changed by a person: its blocks as lines to edit, and the lines as blocks again. Pure.

What the person left as it was keeps its citations; what they wrote has those of the sentences
still in it, and the gates look at it like at any other text. A line that begins with # is a heading,
one with ｜ a row of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from assistant.drafting.case import Case
from assistant.drafting.composing import clause_uses
from assistant.drafting.gates import check_section
from assistant.drafting.types import DraftSection, SectionStatus, shown
from assistant.export.official import MAX_LEVEL, Blank, Block, Heading, Inline, Paragraph, Table, Text
from assistant.export.text import in_one_line

MAX_SECTION_CHARS = 50_000
_CELL = "｜"
_ENDING = 6
"""Last characters of a sentence by which its footnotes find it again."""
_ALIKE = 0.5  # difflib's measure: below it a line is another one, not an edited one


def editable(section: DraftSection) -> str:
    """The section as lines a person can edit; "" for an empty one."""
    return "\n".join(line for block in section.blocks for line in _lines(block))


def edited(section: DraftSection, text: str, case: Case) -> DraftSection:
    """The section with the words a person gave it, as 已编辑, and what the gates say of them.

    The same words change nothing. Nothing the person wrote is taken out; the gates only warn.
    """
    if text.strip() == editable(section).strip():
        return section
    blocks = tuple(_blocks(text, section.blocks))
    changed = replace(section, blocks=blocks, status=SectionStatus.EDITED, before=SectionStatus.EDITED)
    changed = replace(changed, clauses=clause_uses(list(changed.citations)))
    return replace(changed, breaches=check_section(changed, case))


def locked(section: DraftSection, *, is_locked: bool) -> DraftSection:
    """The section locked, or as it was before the lock."""
    if is_locked:
        before = section.before if section.status is SectionStatus.STALE else section.status
        kept = section.before if section.status is SectionStatus.LOCKED else before
        return replace(section, status=SectionStatus.LOCKED, before=kept)
    if section.status is not SectionStatus.LOCKED:
        return section
    before = section.before
    return replace(section, status=SectionStatus.EDITED if before is SectionStatus.LOCKED else before)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield "#" * block.level + " " + block.text + "".join(shown(each) for each in block.rest)
        case Paragraph():
            yield _words(block.inlines)
        case Table():
            yield _CELL + _CELL.join(column.head for column in block.columns)
            for row in block.rows:
                yield _CELL + _CELL.join(_words(cell) for cell in row)


def _words(inlines: Sequence[Inline]) -> str:
    return "".join(shown(each) for each in inlines).replace("\n", " ")


def _blocks(text: str, before: tuple[Block, ...]) -> Iterator[Block]:
    known = {tuple(_lines(block)): block for block in before}
    lines = [line.rstrip() for line in text[:MAX_SECTION_CHARS].splitlines() if line.strip()]
    position = 0
    while position < len(lines):
        size = _rows_from(lines, position)
        these = tuple(lines[position : position + size])
        position += size
        if these in known:
            yield known[these]
        elif these[0].startswith(_CELL):
            yield from _table(these, before)
        else:
            yield _line_block(these[0], before)


def _rows_from(lines: Sequence[str], position: int) -> int:
    """How many lines from here belong together: the rows of a table, else one."""
    size = 0
    while position + size < len(lines) and lines[position + size].startswith(_CELL):
        size += 1
    return size or 1


def _table(lines: tuple[str, ...], before: tuple[Block, ...]) -> Iterator[Block]:
    """The table that had this head, with its cells as written now; lines of no table as paragraphs."""
    table = next(
        (each for each in before if isinstance(each, Table) and next(iter(_lines(each))) == lines[0]), None
    )
    rows = [line[1:].split(_CELL) for line in lines[1:]]
    if table is None or any(len(row) != len(table.columns) for row in rows):
        for line in lines:
            yield Paragraph((Text(line.strip(_CELL).replace(_CELL, "，")),))
        return
    old = {_words(cell): cell for row in table.rows for cell in row}
    cells = tuple(tuple(old.get(cell, (Text(cell),)) for cell in row) for row in rows)
    yield replace(table, rows=cells)


def _line_block(line: str, before: tuple[Block, ...]) -> Block:
    marks = len(line) - len(line.lstrip("#"))
    if marks and line.strip("# ").strip():
        return Heading(min(marks, MAX_LEVEL), line.lstrip("# ").strip())
    paragraphs = [each for each in before if isinstance(each, Paragraph)]
    near = max(paragraphs, key=lambda each: _likeness(_words(each.inlines), line), default=None)
    if near is None or _likeness(_words(near.inlines), line) < _ALIKE:
        return Paragraph((Text(line),))
    return Paragraph(tuple(_kept(line, near.inlines)))


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _kept(line: str, inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """The line cut where words of the old paragraph still stand; those keep citation or blank.

    Where the words before a quote were changed, the citation stays with its quote; a footnote without
    a quote in the text stays with the last words it stood behind.
    """
    rest = line
    for each in inlines:
        if isinstance(each, Text) and not each.citations:
            continue
        at, size, held = _still_there(each, rest)
        if at < 0:
            continue
        if isinstance(held, Blank):
            if rest[:at]:
                yield Text(rest[:at])
            yield held
        else:
            yield Text(rest[: at + size], held.citations)
        rest = rest[at + size :]
    if rest:
        yield Text(rest)


def _still_there(inline: Inline, line: str) -> tuple[int, int, Inline]:
    """Where in the line an inline stands, how long it is, and what of it stays; -1 where it is gone."""
    words = shown(inline)
    if isinstance(inline, Blank) or words in line:
        return (line.find(words) if words.strip() else -1), len(words), inline
    for citation in inline.citations:
        quote = f"“{in_one_line(citation.quote)}”"
        if quote in words and quote in line:
            return line.find(quote), len(quote), replace(inline, citations=(citation,))
    ending = words[-_ENDING:]
    if len(ending) == _ENDING and ending in line:
        return line.find(ending), len(ending), inline
    return -1, 0, inline
