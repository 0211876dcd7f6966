"""From a document to its lines and grids: marks counted, the title broken, 附件 listed, 落款 set out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.export.flat import HEADINGS, Flat, Grid, Line, Piece, Role, Row
from assistant.export.official import (
    Attachment,
    Blank,
    Block,
    Heading,
    Inline,
    Letterhead,
    Numbering,
    OfficialDocument,
    Paragraph,
    Party,
    Signature,
    Table,
)
from assistant.export.text import in_one_line, printable
from assistant.export.title import title_lines, width_of
from indexing.numerals import chinese_numeral

ENCLOSED_APART = "（另附。）"
# what ends a heading or a title and is left out there: "概况。" yes; "（试行）" no
_STOPS = "。；，、："
# "【待补：服务户数（户）】", "【待补：主送机关】" yes; "【制定依据】" no
_BLANK = re.compile(r"【待补：(?P<name>[^【】（）]+)(?:（(?P<unit>[^【】]*)）)?】")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")


def flatten(document: OfficialDocument) -> tuple[Flat, ...]:
    """The lines and grids of `document` in order; 版记 belongs to the page and is not among them."""
    counter = _Counter(document.numbering)
    annexes = enumerate(document.attachments, start=1)
    several = len(document.attachments) > 1
    text = (
        *_head(document.letterhead),
        *_opening(document),
        *_blocks(document.blocks, counter),
        *_attachments(document.attachments),
    )
    return (
        *(_kept(text) if document.signature else text),
        *(_signed(document.signature) if document.signature else ()),
        *_parties(document.parties),
        *((Line(Role.REMARK, _words(f"（{in_one_line(document.remark)}）")),) if document.remark else ()),
        *(flat for number, one in annexes for flat in _annex(one, f"附件{number}" if several else "附件")),
    )


def _kept(text: tuple[Flat, ...]) -> tuple[Flat, ...]:
    """`text` with its end bound to what follows: no 落款 stands on a page without text (7.3.5.5).

    附件说明 stays together, with the line before it.
    """
    bound = len(text) - 1
    while bound > 0 and isinstance(last := text[bound], Line) and last.role in (Role.ATTACHMENTS, Role.EMPTY):
        bound -= 1
    return (
        *text[:bound],
        *(replace(line, keep_next=True) if isinstance(line, Line) else line for line in text[bound:]),
    )


def chinese_day(day: date) -> str:
    """The day as 成文日期 gives it: Arabic numerals, no leading zero (7.3.5.4).

    >>> chinese_day(date(2026, 1, 5))
    '2026年1月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


class _Counter:
    """Counts headings by level, and tables; a heading starts the levels below it again."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts = [0, 0, 0, 0]
        self._tables = 0

    def mark(self, level: int) -> str:
        """The mark of the next heading of `level`."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (len(HEADINGS) - level)
        count = self._counts[level - 1]
        numeral = chinese_numeral(count)
        if level == 1 and self._numbering is Numbering.ARTICLES:
            return f"第{numeral}条　"
        return (f"{numeral}、", f"（{numeral}）", f"{count}.", f"（{count}）")[level - 1]

    def table(self) -> str:
        """The name of the next table."""
        self._tables += 1
        return f"表{self._tables}"


def _head(head: Letterhead | None) -> Iterator[Line]:
    if head and head.authority:
        yield Line(Role.AUTHORITY, _words(head.authority))
        yield from (Line(Role.EMPTY), Line(Role.EMPTY))  # 7.2.5: two lines below stands the number
    if head and (head.document_number or head.signer):
        signer = f"\t签发人：{in_one_line(head.signer)}" if head.signer else ""
        yield Line(Role.NUMBER_LINE, (Piece(in_one_line(head.document_number or "") + signer),))
        yield from (Line(Role.EMPTY), Line(Role.EMPTY))  # 7.3.1: the title stands two lines below


def _opening(document: OfficialDocument) -> Iterator[Line]:
    lines = tuple(in_one_line(line) for line in document.title if line.strip())
    for line in title_lines(lines[0]) if len(lines) == 1 else lines:
        yield Line(Role.TITLE, _words(line))
    yield Line(Role.EMPTY)  # 7.3.2
    if document.recipients:
        names = _joined(document.recipients, "，")
        yield Line(Role.RECIPIENTS, (*names, Piece("：")))


def _blocks(blocks: tuple[Block, ...], counter: _Counter) -> Iterator[Flat]:
    for block in blocks:
        match block:
            case Heading():
                words = in_one_line(block.text).rstrip(_STOPS)
                rest = next(iter(_paragraphs(block.rest)), ())
                stop = "。" if rest else ""
                marked = _with_blanks(f"{counter.mark(block.level)}{words}{stop}")
                pieces = (replace(piece, heading=True) for piece in marked)
                yield Line(HEADINGS[block.level - 1], (*pieces, *rest))
            case Paragraph():
                yield from (Line(Role.BODY, pieces) for pieces in _paragraphs(block.inlines))
            case Table():
                yield from _table(block, counter)


def _table(table: Table, counter: _Counter) -> Iterator[Flat]:
    number = counter.table()
    if table.caption:
        yield Line(Role.CAPTION, _words(f"{number}　{in_one_line(table.caption).rstrip(_STOPS)}"))
    head = Row(tuple((Line(Role.BODY, _words(column.head)),) for column in table.columns))
    body = (Row(tuple(_cell(cell) for cell in row)) for row in table.rows)
    yield Grid(
        tuple(column.share for column in table.columns),
        tuple(column.alignment for column in table.columns),
        (head, *body),
        table.landscape,
    )
    if table.note:
        yield Line(Role.TABLE_NOTE, _words(f"注：{table.note}"))


def _cell(inlines: tuple[Inline, ...]) -> tuple[Line, ...]:
    return tuple(Line(Role.BODY, pieces) for pieces in _paragraphs(inlines)) or (Line(Role.BODY),)


def _attachments(attachments: tuple[Attachment, ...]) -> Iterator[Line]:
    """附件说明 (7.3.4): one line an annex, without a stop behind its name."""
    if attachments:
        yield Line(Role.EMPTY)
    for number, one in enumerate(attachments, start=1):
        name = _annex_title(one)
        first = "附件：" if number == 1 else ""
        numbered = f"{number}.\t{name}" if len(attachments) > 1 else name
        yield Line(Role.ATTACHMENTS, (Piece(f"{first}{numbered}"),))


def _annex_title(attachment: Attachment) -> str:
    """The name without a closing stop, nor the title marks around it as a whole."""
    title = in_one_line(attachment.title).rstrip(_STOPS)
    whole = title.startswith("《") and title.find("》") == len(title) - 1
    return title[1:-1] if whole else title


def _annex(attachment: Attachment, mark: str) -> Iterator[Flat]:
    """An annex: its mark on the first line of a page, its title on the third (7.3.7)."""
    yield Line(Role.ANNEX_MARK, (Piece(mark),), new_page=True)
    yield Line(Role.EMPTY)
    for line in title_lines(_annex_title(attachment)):
        yield Line(Role.TITLE, _words(line))
    yield Line(Role.EMPTY)
    if attachment.blocks:
        yield from _blocks(attachment.blocks, _Counter(Numbering.OFFICIAL))
    else:
        yield Line(Role.BODY, (Piece(ENCLOSED_APART),))


def _signed(signature: Signature) -> Iterator[Line]:
    """落款, set out by characters from the right edge.

    Bare (7.3.5.2): the unit 2 characters from the right, the day beginning 2 to the right of the unit's
    first; a longer day keeps 2 characters from the right and moves the unit. Sealed (7.3.5.1): the day 4
    characters from the right, the unit centred above it, with room for the seal before it.
    """
    day = chinese_day(signature.signed_on) if signature.signed_on else Blank("成文日期").shown
    day_piece = Piece(day) if signature.signed_on else Piece(day, blank=Blank("成文日期"))
    units = [_joined((unit,), "") for unit in signature.units]
    width = max((width_of("".join(piece.text for piece in unit)) for unit in units), default=0.0)
    day_width = width_of(day)
    day_gap = 4.0 if signature.sealed else max(width - day_width, 2.0)
    yield from (Line(Role.EMPTY, keep_next=True),) * (3 if signature.sealed else 1)
    for unit in units:
        own = width_of("".join(piece.text for piece in unit))
        gap = day_gap + (day_width - own) / 2 if signature.sealed else day_gap + day_width - width + 2
        yield Line(Role.UNIT, unit, gap=max(gap, 2.0))
    yield Line(Role.DAY, (day_piece,), gap=day_gap)


def _parties(parties: tuple[Party, ...]) -> Iterator[Line]:
    if parties:
        yield Line(Role.EMPTY)
    for party in parties:
        named = (Piece(f"{party.role}："), *_joined((party.name,), ""))
        yield Line(Role.PARTY, named, keep_next=bool(party.lines))
        for line in party.lines:  # nobody signs on another page than his name stands on
            yield Line(Role.PARTY, (Piece(line),), keep_next=line is not party.lines[-1])
        yield Line(Role.EMPTY)


def _words(text: str) -> tuple[Piece, ...]:
    return tuple(_with_blanks(in_one_line(text)))


def _with_blanks(text: str) -> Iterator[Piece]:
    """The words of a text and the blanks that stand in it as words."""
    start = 0
    for found in _BLANK.finditer(text):
        if found.start() > start:
            yield Piece(text[start : found.start()])
        yield Piece(found.group(), blank=Blank(found.group("name").strip(), found.group("unit")))
        start = found.end()
    if start < len(text) or not text:
        yield Piece(text[start:])


def _joined(names: tuple[str | Blank, ...], separator: str) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for name in names:
        if out:
            out.append(Piece(separator))
        if isinstance(name, Blank):
            out.append(_blank(name))
        else:
            out.extend(_with_blanks(in_one_line(name).rstrip("：:")))
    return tuple(out)


def _blank(blank: Blank) -> Piece:
    return Piece(in_one_line(blank.shown), blank=blank)


def _paragraphs(inlines: tuple[Inline, ...]) -> Iterator[tuple[Piece, ...]]:
    """The pieces of each paragraph; a line feed inside a text begins a new one, empty ones are left out."""
    pieces: list[Piece] = []
    for inline in inlines:
        if isinstance(inline, Blank):
            pieces.append(_blank(inline))
            continue
        for number, line in enumerate(printable(inline.text).split("\n")):
            if number and pieces:
                yield tuple(pieces)
                pieces = []
            # blanks are layout: indents and gaps are set, not typed
            words = _SPACES.sub(" ", line).lstrip("" if pieces else " ")
            if words.strip():
                pieces.extend(_with_blanks(words))
        pieces.extend(Piece(citation=citation) for citation in inline.citations)
    if pieces:
        yield tuple(pieces)
