"""Sections of a document: paper, margins, grid, page numbers, the notice of origin, 版记."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.section import Section

from assistant.export.flat import Flat, Grid, Line, Role
from assistant.export.flattening import chinese_day
from assistant.export.layout import (
    DASH,
    FOOTER,
    GRID_CHARACTER_SPACE,
    GRID_PITCH,
    HEADER,
    IMPRINT_SIZE,
    LINE_PITCH,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    NOTE_SIZE,
    PAGE_HEIGHT,
    PAGE_NUMBER_SIZE,
    PAGE_WIDTH,
    TEXT_WIDTH,
    Faces,
)
from assistant.export.official import Imprint
from assistant.export.ooxml import Element, element, field, paragraph_properties, run
from assistant.export.parts import note_numbers
from assistant.export.settings import Setting
from assistant.export.text import in_one_line

_NUMBER = Setting("Normal", "", Faces.SONG, PAGE_NUMBER_SIZE, pitch=360)
_NOTICE = Setting("Normal", "", Faces.SONG, NOTE_SIZE, "left", pitch=240)
_IMPRINT = Setting("Normal", "", Faces.BODY, IMPRINT_SIZE, "left", pitch=500)
_ONE_SIGN = 280  # 空一字 at 14 pt, in twips


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages of one orientation."""

    landscape: bool
    items: tuple[Flat, ...]


def stretches(flats: tuple[Flat, ...]) -> tuple[Stretch, ...]:
    """`flats` in order, parted where the paper turns.

    An annex with a wide table lies on its side as a whole; in the body, only the table with its
    caption and note.
    """
    out: list[Stretch] = []
    for chapter in _chapters(flats):
        is_annex = isinstance(chapter[0], Line) and chapter[0].role is Role.ANNEX_MARK
        sides = [_is_wide(flat) for flat in chapter]
        if is_annex:
            sides = [any(sides)] * len(chapter)
        for place, flat in enumerate(chapter):
            side = sides[place] or _goes_with_wide(chapter, sides, place)
            if out and out[-1].landscape is side:
                out[-1] = Stretch(side, (*out[-1].items, flat))
            else:
                out.append(Stretch(side, (flat,)))
    return tuple(out)


def _chapters(flats: tuple[Flat, ...]) -> Iterator[list[Flat]]:
    chapter: list[Flat] = []
    for flat in flats:
        if chapter and isinstance(flat, Line) and flat.new_page:
            yield chapter
            chapter = []
        chapter.append(flat)
    if chapter:
        yield chapter


def _is_wide(flat: Flat) -> bool:
    return isinstance(flat, Grid) and flat.landscape


def _goes_with_wide(chapter: list[Flat], sides: list[bool], place: int) -> bool:
    flat = chapter[place]
    if not isinstance(flat, Line):
        return False
    above = flat.role is Role.CAPTION and place + 1 < len(chapter) and sides[place + 1]
    return above or (flat.role is Role.TABLE_NOTE and place > 0 and sides[place - 1])


def add_section(word: WordDocument) -> Section:
    """A section that begins on a new page; the first one is there already.

    python-docx ends the one before with an empty paragraph, which could fall on a page of its own; its
    properties go into the last paragraph that is ours instead.
    """
    section: Section = word.add_section(WD_SECTION.NEW_PAGE)
    empty = word.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    empty.getprevious().pPr.append(empty.pPr.sectPr)
    empty.getparent().remove(empty)
    return section


def set_paper(section: Section, *, landscape: bool) -> None:
    """Paper, margins and grid. On its side, the head of a table stands at the binding edge (28 mm)."""
    sides = (MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM, MARGIN_LEFT)
    if landscape:
        sides = (MARGIN_LEFT, MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM)
    top, right, bottom, left = sides
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    properties = section._sectPr
    for old in properties.xpath("./w:pgSz|./w:pgMar|./w:cols|./w:docGrid|./w:footnotePr"):
        properties.remove(old)
    size = element("pgSz", w=width, h=height)
    if landscape:
        size.set(size.tag.replace("pgSz", "orient"), "landscape")
    margins = {"top": top, "right": right, "bottom": bottom, "left": left}
    footer = min(FOOTER, bottom - _ONE_SIGN)
    grid = element("docGrid", type="linesAndChars", linePitch=GRID_PITCH, charSpace=GRID_CHARACTER_SPACE)
    notes = element("footnotePr", *note_numbers())
    kind = properties.find(notes.tag.replace("footnotePr", "type"))
    properties.insert(0 if kind is None else properties.index(kind), notes)
    for made in (
        size,
        element("pgMar", **margins, header=HEADER, footer=footer, gutter=0),
        element("cols", space=425),
        grid,
    ):
        properties.append(made)


def number_pages(section: Section, notice: str | None) -> None:
    """Footers with — 1 —, odd pages on the right and even ones on the left, one sign from the edge (7.5).

    With a notice of origin the first page has a header of its own, and so needs its footer too.
    """
    _fill(section.footer, _page_number("right"))
    _fill(section.even_page_footer, _page_number("left"))
    if notice:
        section.different_first_page_header_footer = True
        _fill(section.first_page_footer, _page_number("right"))
        words = run(in_one_line(notice), Faces.SONG, NOTE_SIZE)
        _fill(section.first_page_header, element("p", paragraph_properties(_NOTICE), words))


def _fill(story: object, paragraph: Element) -> None:
    story.is_linked_to_previous = False  # type: ignore[attr-defined]
    holder = story._element  # type: ignore[attr-defined]
    for old in list(holder):
        holder.remove(old)
    holder.append(paragraph)


def _page_number(side: str) -> Element:
    edge = (
        {"rightChars": 100, "right": _ONE_SIGN} if side == "right" else {"leftChars": 100, "left": _ONE_SIGN}
    )
    setting = Setting("Normal", "", Faces.SONG, PAGE_NUMBER_SIZE, side, pitch=360)
    dash = [run(f"{DASH} ", Faces.SONG, PAGE_NUMBER_SIZE), run(f" {DASH}", Faces.SONG, PAGE_NUMBER_SIZE)]
    shown = field("PAGE", Faces.SONG, PAGE_NUMBER_SIZE)
    return element(
        "p",
        paragraph_properties(setting, indent=element("ind", **edge, firstLine=0)),
        dash[0],
        *shown,
        dash[1],
    )


def imprint_table(imprint: Imprint) -> Element:
    """版记 (7.4): four-point lines at the foot of the last page, outer 0.35 mm, inner 0.25 mm thick."""
    rows = []
    if imprint.copied_to:
        names = "，".join(in_one_line(name).rstrip("。") for name in imprint.copied_to)
        rows.append([run(f"抄送：{names}。", Faces.BODY, IMPRINT_SIZE)])
    day = f"{chinese_day(imprint.printed_on)}印发" if imprint.printed_on else ""
    if imprint.printed_by or day:
        rows.append([run(f"{in_one_line(imprint.printed_by or '')}\t{day}", Faces.BODY, IMPRINT_SIZE)])
    place = element(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="margin",
        horzAnchor="margin",
        tblpXSpec="center",
        tblpYSpec="bottom",
    )
    lines = [
        element(side, val="single", sz=sz, space=0, color="000000")
        for side, sz in (("top", 8), ("bottom", 8), ("insideH", 6))
    ]
    properties = element(
        "tblPr",
        place,
        element("tblW", w=TEXT_WIDTH, type="dxa"),
        element("tblBorders", *lines),
        element("tblLayout", type="fixed"),
    )
    made = element("tbl", properties, element("tblGrid", element("gridCol", w=TEXT_WIDTH)))
    made.extend(_imprint_row(words) for words in rows)
    return made


def _imprint_row(words: list[Element]) -> Element:
    stop = element("tabs", element("tab", val="right", pos=TEXT_WIDTH - 2 * _ONE_SIGN))
    indent = element("ind", leftChars=100, left=_ONE_SIGN, rightChars=100, right=_ONE_SIGN, firstLine=0)
    line = element("p", paragraph_properties(_IMPRINT, stop, indent=indent), *words)
    return element("tr", element("tc", element("tcPr", element("tcW", w=TEXT_WIDTH, type="dxa")), line))


def spacer(*, tiny: bool) -> Element:
    """An empty paragraph: a full line between two tables, a hair where Word only wants one to exist."""
    setting = Setting("Normal", "", size=2, pitch=20) if tiny else Setting("Normal", "", pitch=LINE_PITCH)
    return element("p", paragraph_properties(setting))
