"""A document as the lines and grids of its pages, each with its role.

Between `official` (what is said) and `docx` (how it is written). Two versions are compared in this
form, so a change of numbering shows as the change of text it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.export.official import Alignment, Blank
from assistant.types import Citation


class Role(StrEnum):
    """What a line is, and so how it is set."""

    AUTHORITY = "authority"  # 发文机关标志
    NUMBER_LINE = "number_line"  # 发文字号, with 签发人 in what goes up
    TITLE = "title"
    RECIPIENTS = "recipients"
    BODY = "body"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    HEADING4 = "heading4"
    EMPTY = "empty"
    ATTACHMENTS = "attachments"  # 附件说明
    UNIT = "unit"  # 发文机关署名
    DAY = "day"  # 成文日期
    REMARK = "remark"  # 附注
    ANNEX_MARK = "annex_mark"  # 附件1
    CAPTION = "caption"
    TABLE_NOTE = "table_note"
    PARTY = "party"


HEADINGS = (Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4)


class Change(StrEnum):
    """What a version does to a piece of the one before it."""

    INSERTED = "ins"
    DELETED = "del"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, a blank, or a footnote: a citation has no words of its own."""

    text: str = ""
    blank: Blank | None = None
    citation: Citation | None = None
    change: Change | None = None
    heading: bool = False  # in a heading with `rest`, the words that are the heading


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `gap` is the room, in characters, on the right of a signature."""

    role: Role
    pieces: tuple[Piece, ...] = ()
    gap: float = 0.0
    new_page: bool = False
    keep_next: bool = False  # stays on the page of the line that follows
    change: Change | None = None  # of the paragraph as a whole

    @property
    def text(self) -> str:
        """The words of the line, blanks as shown, without footnotes."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid: for each cell its paragraphs."""

    cells: tuple[tuple[Line, ...], ...]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first row is its head and repeats."""

    shares: tuple[float, ...]
    alignments: tuple[Alignment, ...]
    rows: tuple[Row, ...]
    landscape: bool = False


Flat = Line | Grid
