"""What a reader hands to the clause parser: the reading text, cut into paragraphs.

Standard library only. A paragraph is one line of `ReadingText.text`; table rows
are paragraphs whose cells are separated by tabs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexing.types import OffsetMap


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text[start:end]`, without its line break."""

    start: int
    end: int
    text: str
    hashes: int = 0  # Markdown heading depth, 0 for none
    is_bold: bool = False
    gap: int = 0  # blank lines before it in the file
    cells: tuple[tuple[int, int], ...] = ()  # spans of a table row's cells
    table: int | None = None  # number of the table it belongs to, from 0
    is_header: bool = False  # the column names of its table


@dataclass(frozen=True, slots=True)
class ReadingText:
    """Text a person would read: wraps rejoined, page furniture and Markdown marks gone."""

    text: str
    offsets: OffsetMap
    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[str, ...] = field(default=())  # lines left out, as found, in order
