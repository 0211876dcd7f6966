"""Lines and grids as paragraphs and tables of WordprocessingML."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from assistant.export.flat import Change, Grid, Line, Piece, Role, Row
from assistant.export.layout import NUMBER_LINE_GAP, TEXT_HEIGHT, TEXT_WIDTH, Faces
from assistant.export.official import Alignment, Blank
from assistant.export.ooxml import (
    Element,
    element,
    faces_of,
    first_line_indent,
    hanging_indent,
    paragraph_properties,
    right_indent,
    run_content,
    run_properties,
    wrapped,
)
from assistant.export.references import note
from assistant.export.settings import RED, SETTINGS, TABLE_HEAD, TABLE_TEXT, WIDE_HEAD, WIDE_TEXT, Setting
from assistant.export.title import width_of

AUTHOR = "政策助手"
"""Who signs comments and changes: the program, never the account of whoever runs it."""


@dataclass(slots=True)
class Paper:
    """What is collected while lines are written: footnotes, comments, numbers of changes."""

    made_on: date
    footnotes: bool = True  # False leaves the notes out: the clean copy
    comments: bool = True
    notes: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # titles a footnote has given in full
    remarks: list[tuple[Element, Blank]] = field(default_factory=list)  # run of a blank, what it asks
    n_changes: int = 0

    @property
    def stamp(self) -> str:
        """The time of every change and comment: midnight of the day passed in."""
        return f"{self.made_on.isoformat()}T00:00:00Z"

    def change(self, kind: Change, *content: Element) -> Element:
        """`content` as inserted or deleted; nothing inside marks a paragraph or row itself."""
        self.n_changes += 1
        return wrapped(kind.value, content, self.n_changes, AUTHOR, self.stamp)


def paragraph(line: Line, paper: Paper) -> Element:
    """The `w:p` of a line."""
    setting = _fitted(SETTINGS[line.role], line)
    made = element("p", _properties(line, setting, paper))
    for piece in line.pieces:
        made.extend(_runs(piece, line.role, setting, paper))
    return made


def _fitted(setting: Setting, line: Line) -> Setting:
    """The name in a red head is as large as one line allows, up to 42 pt."""
    if line.role is not Role.AUTHORITY:
        return setting
    points = min(42, int(TEXT_WIDTH / 20 / max(width_of(line.text), 1)))
    return replace(setting, size=2 * points, pitch=round(24 * points))


def _properties(line: Line, setting: Setting, paper: Paper) -> Element:
    extra = []
    if line.keep_next and not setting.keep_next:
        extra.append(element("keepNext"))
    if line.new_page:
        extra.append(element("pageBreakBefore"))
    if line.change:
        extra.append(element("rPr", paper.change(line.change)))
    if line.role is Role.NUMBER_LINE:
        extra += _red_line(line)
    return paragraph_properties(setting, *extra, indent=_indent(line))


def _red_line(line: Line) -> list[Element]:
    """The red line below the number, and the stop that carries 签发人 to the right edge (7.2.6–7.2.7)."""
    bottom = element("bottom", val="single", sz=12, space=round(NUMBER_LINE_GAP / 20), color=RED)
    made = [element("pBdr", bottom)]
    if "\t" in line.text:
        made.append(element("tabs", element("tab", val="right", pos=TEXT_WIDTH - 316)))
    return made


def _indent(line: Line) -> Element | None:
    """What the style cannot know: how far a signature stands from the edge, where a name goes on."""
    if line.role in {Role.UNIT, Role.DAY}:
        return right_indent(line.gap)
    if line.role is Role.ATTACHMENTS:
        first = 3.0 if line.text.startswith("附件：") else 0.0
        number = 1.5 if "\t" in line.text else 0.0
        return hanging_indent(5.0 + number, first + number)
    if line.role is Role.NUMBER_LINE and "\t" in line.text:
        return first_line_indent(1)  # not from the left: the red line is as wide as 版心
    return None


def _runs(piece: Piece, role: Role, setting: Setting, paper: Paper) -> list[Element]:
    if piece.citation is not None:
        if not paper.footnotes:
            return []
        paper.notes.append(note(piece.citation, is_known=piece.citation.title in paper.named))
        paper.named.add(piece.citation.title)
        made = [footnote_reference(len(paper.notes))]
    else:
        face = setting.face if piece.heading or role in _WHOLLY_SET else Faces.BODY
        deleted = piece.change is Change.DELETED
        marks = (element("highlight", val="yellow"),) if piece.blank else ()
        made = [
            _run(words, one, setting, marks, deleted=deleted) for one, words in faces_of(piece.text, face)
        ]
        if piece.blank and paper.comments and not deleted:
            paper.remarks.append((made[0], piece.blank))
    return [paper.change(piece.change, *made)] if piece.change else made


# in a heading that goes on as a sentence, only the heading itself is black or script
_WHOLLY_SET = frozenset(Role) - {Role.HEADING1, Role.HEADING2}


def _run(text: str, face: Faces, setting: Setting, marks: tuple[Element, ...], *, deleted: bool) -> Element:
    made = element("r", run_properties(face, setting.size, *marks, colour=setting.colour))
    made.extend(run_content(text, deleted=deleted))
    return made


def footnote_reference(number: int) -> Element:
    """The raised mark of footnote `number`."""
    raised = element("vertAlign", val="superscript")
    return element("r", run_properties(Faces.BODY, 32, raised), element("footnoteReference", id=number))


def table(grid: Grid, paper: Paper) -> Element:
    """The `w:tbl` of a grid, as wide as 版心; its first row is the head."""
    width = TEXT_HEIGHT if grid.landscape else TEXT_WIDTH
    columns = _columns(grid.shares, width)
    properties = element(
        "tblPr",
        element("tblW", w=sum(columns), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *(_border(side) for side in _SIDES)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", element("left", w=57, type="dxa"), element("right", w=57, type="dxa")),
    )
    made = element("tbl", properties, element("tblGrid", *(element("gridCol", w=one) for one in columns)))
    for number, row in enumerate(grid.rows):
        base = (
            (WIDE_HEAD if number == 0 else WIDE_TEXT)
            if grid.landscape
            else (TABLE_HEAD if number == 0 else TABLE_TEXT)
        )
        made.append(_row(row, columns, grid.alignments, base, paper, is_head=number == 0))
    return made


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _border(side: str, eighths: int = 4) -> Element:
    return element(side, val="single", sz=eighths, space=0, color="000000")


def _columns(shares: tuple[float, ...], width: int) -> list[int]:
    """Widths in twips that add up to `width`."""
    total = sum(shares)
    widths = [int(width * share / total) for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def _row(
    row: Row,
    columns: list[int],
    alignments: tuple[Alignment, ...],
    base: Setting,
    paper: Paper,
    *,
    is_head: bool,
) -> Element:
    properties = element("trPr", element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))
    if row.change:
        properties.append(paper.change(row.change))
    made = element("tr", properties)
    for cell, width, alignment in zip(row.cells, columns, alignments, strict=True):
        setting = base if is_head else replace(base, justify=alignment.value)
        frame = element("tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center"))
        made.append(element("tc", frame, *(_cell_line(line, setting, paper) for line in cell)))
    return made


def _cell_line(line: Line, setting: Setting, paper: Paper) -> Element:
    extra = [element("rPr", paper.change(line.change))] if line.change else []
    made = element("p", paragraph_properties(setting, *extra))
    for piece in line.pieces:
        made.extend(_runs(replace(piece, heading=True), Role.CAPTION, setting, paper))
    return made
