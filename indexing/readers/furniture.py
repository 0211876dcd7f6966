"""Lines that belong to the page, not to the document: page numbers and running heads."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from indexing.marks import read_mark
from indexing.readers.lines import Line
from indexing.readers.patterns import (
    ANNEX_MARK,
    COPIED,
    DATE,
    DATE_SOURCE,
    DOCUMENT_NUMBER,
    NOTE,
    ORGANISATION,
    PRINTED,
    RESPONSIBLE_LINE,
    WEB_TAIL,
    ends_sentence,
)

_DASH = r"[—–―\-－‐~·•一]"
# "— 3 —", "-3-", "第3页 共9页", "3/9" yes; "一、" and "2024年" no
_PAGE_NUMBER = re.compile(
    rf"{_DASH}+\s*\d{{1,4}}\s*{_DASH}+|第\s*\d{{1,4}}\s*页(?:\s*[/／,，]?\s*共\s*\d{{1,4}}\s*页)?"
    r"|共\s*\d{1,4}\s*页\s*[,，]?\s*第\s*\d{1,4}\s*页|\d{1,3}\s*[/／]\s*\d{1,3}|[Pp]age\s*\d+(?:\s*of\s*\d+)?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_DATE_INSIDE = re.compile(DATE_SOURCE)
_SPACES = str.maketrans("", "", " \t\u3000\xa0")
_DIGITS = str.maketrans("", "", "0123456789０１２３４５６７８９")
_SHORTEST_PAGE = 90  # characters between two page numbers; the numbers of a flattened table stand closer
_FRONT = 5  # lines at the top, where a banner belongs to the document
# "重庆市发展和改革委员会行政规范性文件" yes; "按照市民政局文件" no
_BANNER = re.compile(r"[\u4e00-\u9fff]{2,20}(?:委员会|政府|局|厅|部|委|办公室)(?:行政规范性文件|文件|公报)")
_LONGEST_HEAD = 45  # characters; a running head fits one line of a page


def find_furniture(lines: list[Line]) -> set[int]:
    """Indexes of the lines that are page numbers, running heads or the buttons of a web page."""
    found = {
        index
        for index, line in enumerate(lines)
        if _PAGE_NUMBER.fullmatch(line.raw.strip("*# \u3000\t")) or WEB_TAIL.fullmatch(line.text)
    }
    found |= _bare_numbers(lines, found)
    found |= _running_heads(lines, found)
    found |= _lone_heads(lines, found)
    return found | _bare_numbers(lines, found)  # a number beside a head is a page's


def _bare_numbers(lines: list[Line], found: set[int]) -> set[int]:
    """Numbers alone on a line that cut a sentence or a table in two, or stand at a page's edge."""
    bare = [i for i, line in enumerate(lines) if _BARE_NUMBER.fullmatch(line.text) and not line.is_table]
    out = {index for index in bare if _beside_page(lines, index, found) or _interrupts(lines, index, found)}
    if out:  # some are pages for certain; those that count on between them are too
        return out | {index for index in bare if _counts_on(lines, index, out)}
    steps = [int(lines[index].text) - int(lines[before].text) for before, index in pairwise(bare)]
    apart = all(_characters(lines, before, index) >= _SHORTEST_PAGE for before, index in pairwise(bare))
    return set(bare) if steps and apart and all(step == 1 for step in steps) else set()


def _counts_on(lines: list[Line], index: int, pages: set[int]) -> bool:
    """Whether a bare number follows the page before it and precedes the page after it."""
    before = max((each for each in pages if each < index), default=None)
    after = min((each for each in pages if each > index), default=None)
    low = int(lines[before].text) if before is not None else 0
    high = int(lines[after].text) if after is not None else low + 20
    return low < int(lines[index].text) < high


def _beside_page(lines: list[Line], index: int, found: set[int]) -> bool:
    after = lines[index + 1] if index + 1 < len(lines) else None
    edge = lines[index].is_page_start or (after is not None and after.is_page_start)
    return edge or index - 1 in found or index + 1 in found


def _characters(lines: list[Line], start: int, end: int) -> int:
    return sum(len(line.text) for line in lines[start + 1 : end])


def _running_heads(lines: list[Line], found: set[int]) -> set[int]:
    """Lines that come again at the edges of pages; a line that only repeats words of the text stays."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) <= _LONGEST_HEAD and index not in found:
            groups[_head_key(line.text)].append(index)
    out: set[int] = set()
    for alike in groups.values():
        indexes = [index for index in alike if len(alike) > 1 and _may_be_head(lines[index])]
        if len(indexes) < 2:
            continue
        skipped = found | set(indexes)
        cuts = {i for i in indexes if _interrupts(lines, i, skipped) and not _fills_line(lines, i)}
        edges = {
            index
            for index in indexes
            if _at_page_edge(lines, index) or index - 1 in found or index + 1 in found
        }
        if (cuts and len(cuts | edges) == len(indexes)) or (
            len(indexes) > 2 and 2 * len(edges) >= len(indexes)
        ):
            out.update(index for index in indexes if index in cuts or not _is_signature(lines, index))
    return out


def _fills_line(lines: list[Line], index: int) -> bool:
    """Whether the line is as long as the wrapped lines around it, and so may be one of them."""
    around = [len(each.text) for each in lines[max(0, index - 1) : index + 2] if each is not lines[index]]
    return bool(around) and len(lines[index].text) >= 0.8 * max(around)


def _head_key(text: str) -> str:
    """The head without the page's number, where words remain: 市政府公报 2024年第3期 15."""
    bare = text.translate(_SPACES)
    words = bare.translate(_DIGITS)
    return words if len(words) - len(words.encode("ascii", "ignore")) >= 4 else bare


def _lone_heads(lines: list[Line], found: set[int]) -> set[int]:
    """An authority's banner in the middle of a file: the head of its second and only other page.

    Nothing else that occurs once is taken for furniture; losing a line of text is the worse mistake.
    """
    return {
        index
        for index, line in enumerate(lines)
        if index >= _FRONT and index not in found and _BANNER.fullmatch(line.text) and _may_be_head(line)
    }


def _may_be_head(line: Line) -> bool:
    text = line.text
    if line.is_table or line.hashes or not 2 <= len(text) <= _LONGEST_HEAD or ends_sentence(text):
        return False
    structural = (DATE, ANNEX_MARK, NOTE, PRINTED, DOCUMENT_NUMBER)
    if (
        any(pattern.fullmatch(text) for pattern in structural)
        or COPIED.match(text)
        or RESPONSIBLE_LINE.match(text)
    ):
        return False
    if any(stop in text for stop in "，。；：,;:") or _DATE_INSIDE.search(text):
        return False
    return read_mark(text) is None and not re.fullmatch(r"目\s*[录次]", text)


def _neighbour(lines: list[Line], index: int, step: int, skipped: set[int]) -> Line | None:
    index += step
    while 0 <= index < len(lines):
        if index not in skipped:
            return lines[index]
        index += step
    return None


def _interrupts(lines: list[Line], index: int, skipped: set[int]) -> bool:
    """Whether what stands before and after the line is one sentence or one table."""
    before, after = _neighbour(lines, index, -1, skipped), _neighbour(lines, index, 1, skipped)
    if before is None or after is None:
        return False
    if before.is_table and after.is_table:
        return True
    if before.is_table or after.is_table or after.hashes or before.hashes:
        return False
    is_prose = len(before.text) >= 15 and not any(
        pattern.fullmatch(before.text) for pattern in (DATE, DOCUMENT_NUMBER, ORGANISATION)
    )
    return (
        is_prose
        and not ends_sentence(before.text)
        and read_mark(after.text) is None
        and not DATE.fullmatch(after.text)
    )


def _at_page_edge(lines: list[Line], index: int) -> bool:
    line, after = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    if line.is_page_start or (after and after.is_page_start):
        return True
    return line.gap >= 2 or (after is not None and (after.gap >= 2 or after.is_table)) or after is None


def _is_signature(lines: list[Line], index: int) -> bool:
    """An authority's name where a title, a signature or 印发 needs it."""
    if not ORGANISATION.fullmatch(lines[index].text) or index + 1 >= len(lines):
        return False
    after = lines[index + 1].text
    return bool(
        DATE.fullmatch(after) or PRINTED.fullmatch(after) or ORGANISATION.fullmatch(after)
    ) or after.startswith(("关于", "《"))
