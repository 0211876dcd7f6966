"""Annexes: where one begins, what it is called, and the list of them under 附件：."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexing.folding import fold_tight
from indexing.numerals import parse_numeral
from indexing.readers.patterns import ANNEX_MARK, ANNEX_MARK_SOURCE, COPIED, DATE, NOTE, ends_sentence
from indexing.reading import Paragraph

# "附件：1. 支持政策清单", "附件二：考核办法" yes; "附则" no
_LISTED = re.compile(r"附\s*件?\s*[:：\d一二三四五六七八九十]")
_LONGEST_LIST = 30  # paragraphs a list of annexes may take
# "附件1：重庆市…方案", "附件 2 任务分工表" yes; "附件1所列材料" no
ANNEX_WITH_TITLE = re.compile(
    rf"(?=附\s*件\s*[\d０-９一二三四五六七八九十])({ANNEX_MARK_SOURCE})\s*[:：\s]\s*(?P<title>[^。；]{{2,80}})"
)


def starts_annex(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a paragraph is the mark an annex begins with, rather than a line that lists annexes."""
    text = paragraphs[index].text
    if not text.startswith("附") or paragraphs[index].table is not None:
        return False
    if ANNEX_MARK.fullmatch(text):
        return bool(re.search(r"[\d０-９一二三四五六七八九十A-H]", text)) or not _lists_annexes(
            paragraphs, index
        )
    return bool(ANNEX_WITH_TITLE.fullmatch(text)) and not _lists_annexes(paragraphs, index)


def _lists_annexes(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the lines from here only name the annexes: a date, an annex or the end follows them."""
    for position in range(index + 1, min(len(paragraphs), index + _LONGEST_LIST)):
        paragraph = paragraphs[position]
        text = paragraph.text
        if DATE.fullmatch(text) or ANNEX_MARK.fullmatch(text) or COPIED.match(text) or NOTE.fullmatch(text):
            return True
        if paragraph.table is not None or paragraph.hashes or ends_sentence(text) or len(text) > 80:
            return False
    return True


def annex_name(text: str) -> str:
    """The canonical name of an annex mark.

    >>> annex_name("附件 1—1"), annex_name("附件一："), annex_name("附：")
    ('附件1-1', '附件1', '附件')
    """
    folded = fold_tight(text).rstrip(":")
    found = re.match(r"(附(?:件|录|表)?)([\d.-]+|[一二三四五六七八九十]+|[a-h])?", folded)
    if not found:
        return folded
    number = found.group(2) or ""
    if number and number[0] in "一二三四五六七八九十":
        number = str(parse_numeral(number))
    kind = "附件" if found.group(1) == "附" else found.group(1)
    return kind + re.sub(r"-+", "-", number).strip("-").upper()


def annex_list_start(paragraphs: Sequence[Paragraph], end: int) -> int:
    """Index of 附件：… before `end`, with only names of annexes below it; `end` where there is none."""
    start = end
    for index in range(end - 1, max(-1, end - _LONGEST_LIST), -1):
        text = paragraphs[index].text
        if _LISTED.match(text) and (not ends_sentence(text) or text.rstrip()[-1] in ":："):
            start = index
        elif ends_sentence(text) or len(text) > 120 or paragraphs[index].table is not None:
            break
    return start
