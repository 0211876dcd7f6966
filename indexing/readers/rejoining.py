"""Physical lines → paragraphs: sentences cut by a hard wrap or a page are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexing.folding import fold_tight
from indexing.marks import Family, Mark, read_mark
from indexing.numerals import NUMERAL
from indexing.readers.layout import ENDS, Layout, line_width, measure, stands_alone
from indexing.readers.lines import Line, Piece
from indexing.readers.patterns import (
    ANNEX_MARK,
    COPIED,
    DATE,
    DOCUMENT_NUMBER,
    NOTE,
    ORGANISATION,
    display_width,
    ends_sentence,
    ends_title,
    needs_space,
    open_bracket,
)

_JOINING_END = "，、,（(《“‘〔［—－-·第"
_NO_START = "，。、；：！？）》”’〕］】,;:!?)]…％%"
_STOPS = "。；，,;"

# "第二条的规定；", "第（三）项拨付的" cite, and go on with a sentence under way
_CITES = re.compile(
    rf"第(?:{NUMERAL})条(?:第[^条款项，。；]{{1,4}}[款项])*(?:的|规定|所)|第[（(]?(?:{NUMERAL})[）)]?[款项]"
)
# "1家。", "150.5元标准" after a whole sentence and half of another; a year may begin a paragraph
_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?!年)[\u4e00-\u9fff%％]")

_LONGEST_TITLE_LINE = 60
_LONGEST_HEADING = 45
# A title may still go on after what looks like its end: "…管理办法" + "（试行）的通知"
_TITLE_GOES_ON = (
    "的",
    "（试行",
    "(试行",
    "（暂行",
    "(暂行",
    "（修订",
    "(修订",
    "》",
    "〉",
    "和《",
    "及《",
    "、《",
    "（征求意见",
)


@dataclass(slots=True)
class Block:
    """Lines that make one paragraph."""

    lines: list[Line]
    text: str
    zone: str = ""  # "title": a title may be under way; "annexes": the list under 附件：
    pieces: list[Piece] = field(default_factory=list)


def rejoin(lines: Sequence[Line]) -> list[Block]:
    """Paragraphs in order; table rows stay one line each (`readers.tables` joins those)."""
    layout = measure(lines)
    blocks: list[Block] = []
    seen: dict[int, int] = {}
    zone = "title"
    for line in lines:
        current = blocks[-1] if blocks else None
        is_prose = current is not None and not line.is_table and not current.lines[-1].is_table
        if current is not None and is_prose and _joins(current, line, layout, seen):
            _extend(current, line)
            zone = _next_zone(current)
            continue
        if current is not None:
            mark = read_mark(current.text)
            if mark:
                seen[mark.family] = mark.number
        block = Block([line], line.text, zone)
        block.pieces = list(line.pieces)
        if zone == "title" and not _may_be_title_line(line):
            block.zone = ""
        zone = _next_zone(block)
        blocks.append(block)
    return blocks


def _joins(block: Block, line: Line, layout: Layout, seen: dict[int, int]) -> bool:
    """Whether `line` goes on with the paragraph `block`."""
    last = block.lines[-1]
    if stands_alone(line.text) or stands_alone(block.text) or COPIED.match(line.text):
        return False
    if line.text[0] in _NO_START:
        return True
    mark = read_mark(line.text)
    if block.zone == "title":
        return mark is None and _title_goes_on(block, line)
    if line.hashes or last.hashes:
        return bool(line.hashes == last.hashes and mark is None and open_bracket(block.text))
    if block.zone == "annexes":
        return mark is None and not ends_title(block.text) and not ORGANISATION.fullmatch(line.text)
    full = layout.is_wrapped and _is_full(last, line, layout)
    if open_bracket(block.text):
        return mark is None or not _is_expected(mark, seen, block)
    if ends_sentence(block.text):
        return full and mark is None and _may_run_on(line, layout)
    if _CITES.match(line.text) or (mark is None and "。" in block.text and _AMOUNT.match(line.text)):
        return True
    if block.text[-1] in _JOINING_END:
        return mark is None or block.text[-1] not in "，," or not _is_expected(mark, seen, block)
    return _open_text_joins(block, line, mark, full, layout, seen)


def _open_text_joins(
    block: Block, line: Line, mark: Mark | None, full: bool, layout: Layout, seen: dict[int, int]
) -> bool:
    """For text that stops in mid-sentence, or is a heading or a name."""
    heading = _is_heading(block.text, layout.inline_families)
    if mark is not None:
        is_long = len(block.text) >= 15 and _is_prose(block.text)
        cites = full or (is_long and mark.family is Family.ARTICLE)
        return cites and not heading and not _is_name(block.text) and not _is_expected(mark, seen, block)
    own = read_mark(block.text)
    if own is not None and own.family is Family.ARTICLE and not (layout.indents and line.indent):
        return True  # an article is no heading: without a full stop it goes on
    if layout.is_wrapped and layout.indents and not line.indent and not heading and not _is_name(block.text):
        return True
    if layout.is_wrapped:
        last = block.lines[-1]
        nearly = (
            line_width(last, layout.in_columns) >= 0.7 * layout.width
            and not heading
            and not _is_name(block.text)
        )
        return (full or nearly) and not (layout.indents and line.indent and not last.indent)
    if heading or ORGANISATION.fullmatch(block.text) or ORGANISATION.fullmatch(line.text):
        return False
    if len(block.text) >= 15 and _is_prose(block.text):
        return True
    goes_on = len(line.text) >= 15 and _is_prose(line.text)
    return len(block.text) >= 30 or (len(block.text) >= 20 and goes_on)


def _is_prose(text: str) -> bool:
    return any(stop in text for stop in _STOPS)


def _is_name(text: str) -> bool:
    """A line that is whole without a full stop: an authority, or a title."""
    return bool(ORGANISATION.fullmatch(text)) or (len(text) <= _LONGEST_TITLE_LINE and ends_title(text))


def _is_full(last: Line, line: Line, layout: Layout) -> bool:
    """Whether the next line's first word would not have fitted on the last one."""
    first = 1
    while first < len(line.text) and line.text[first - 1].isascii() and line.text[first].isascii():
        first += 1
    if first < len(line.text) and line.text[first] in _NO_START:
        first += 1
    if not layout.in_columns:
        return line_width(last, False) + first > layout.width
    return line_width(last, True) + display_width(line.text[:first]) > layout.width - 2


def _may_run_on(line: Line, layout: Layout) -> bool:
    """After a sentence that ends exactly at a full line: nothing says a new paragraph begins."""
    if layout.blank_separates and line.gap:
        return False
    return not (layout.indents and line.indent)


def _is_expected(mark: Mark, seen: dict[int, int], block: Block) -> bool:
    """Whether the number goes on where the last of its family stopped, or begins a list."""
    own = read_mark(block.text)
    last = seen.get(mark.family, 0)
    if own is not None and own.family == mark.family:
        last = own.number
    if mark.family is Family.ARTICLE and "之" in mark.name:
        return mark.number == last and mark.is_spaced
    if mark.number == last + 1:
        return True
    below = own is not None and own.family < mark.family
    return mark.number == 1 and (below or block.text[-1] in "：:")


def _is_heading(text: str, inline: frozenset[Family]) -> bool:
    """A numbered line that is all heading, in a file where that family's headings stand alone."""
    mark = read_mark(text)
    if mark is None or mark.family is Family.ARTICLE or len(text) > _LONGEST_HEADING:
        return False
    return mark.family not in inline and not any(stop in text for stop in ENDS)


def _may_be_title_line(line: Line) -> bool:
    return (
        len(line.text) <= _LONGEST_TITLE_LINE
        and not ends_sentence(line.text)
        and read_mark(line.text) is None
    )


def _title_goes_on(block: Block, line: Line) -> bool:
    """Whether a title set on several lines continues."""
    if not _may_be_title_line(line) or len(block.lines) >= 8:
        return False
    first = fold_tight(block.lines[0].text)
    if len(block.lines) > 1 and len(first) >= 8 and fold_tight(line.text).startswith(first):
        return False  # the title begins again: what stood above was the page's own heading
    if open_bracket(block.text) in {"《", "（", "("}:
        return True
    if line.text.startswith(_TITLE_GOES_ON):
        return True
    if ORGANISATION.fullmatch(block.text) or block.text.endswith("文件"):
        return line.text.startswith(("关于", "《")) and not block.text.endswith("文件")
    if ends_title(block.text):
        return False
    return not ORGANISATION.fullmatch(line.text) and (line.gap <= 2 or bool(block.lines[-1].gap))


def _next_zone(block: Block) -> str:
    """What the paragraph after `block` may be part of."""
    text = block.text
    if text.startswith(("附件：", "附件:")) and not ANNEX_MARK.fullmatch(text):
        return "annexes"
    if block.zone == "annexes" and read_mark(text) and len(text) <= 2 * _LONGEST_TITLE_LINE:
        return "annexes"
    if (
        ANNEX_MARK.fullmatch(text)
        or DATE.fullmatch(text)
        or NOTE.fullmatch(text)
        or DOCUMENT_NUMBER.fullmatch(text)
    ):
        return "title"
    if block.zone == "title" and (ORGANISATION.fullmatch(text) or text.endswith("文件")):
        return "title"
    if block.zone == "title" and not ends_sentence(text) and not ends_title(text):
        return "title"
    return ""


def _extend(block: Block, line: Line) -> None:
    if needs_space(block.text, line.text):
        block.pieces.append((-1, " "))
        block.text += " "
    block.pieces.extend(line.pieces)
    block.text += line.text
    block.lines.append(line)
