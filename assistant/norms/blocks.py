"""A line of a clause as figures are read from it: folded, names and days blanked, with its lead-in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.norms.dates import Day, days, without_days
from assistant.norms.names import BLANK, without_names
from indexing.folding import fold_aligned
from indexing.sentences import split_sentences
from indexing.types import Document, Span

_ITEM = re.compile(
    r"\s*(?:[（(][零一二三四五六七八九十\d]+[)）]|\d+\s*[.、．]|[一二三四五六七八九十]+是|[①-⑳])"
)
_LEAD_IN_LINES = 60  # an item's lead-in stands above its siblings
_ITEM_CHARS = 12  # longest mark of an item
_LED = re.compile(r"[:：]\s*$")
_BODIES_NAMED = re.compile(r"[（(\[〔]\s*(?:责任|牵头|配合|主管)单位\s*[:：][^）)\]〕]*[）)\]〕]")
_STOP = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True, slots=True)
class Block:
    """A line or cell: its place in the document, its folded text, its days, its lead-in."""

    offset: int
    folded: str  # as read: names and days blanked
    days: tuple[Day, ...]
    lead_in: str


def read_block(text: str, start: int, end: int) -> Block:
    """The line or cell `text[start:end]` of a document's text."""
    worded = fold_aligned(text[start:end])
    plain = _BODIES_NAMED.sub(lambda match: BLANK * len(match.group()), worded)
    found = days(without_names(plain)) if "年" in plain or "月" in plain else []
    lead_in = _lead_in(text, start) if _ITEM.match(worded) else ""
    return Block(start, without_days(without_names(plain), found), tuple(found), lead_in)


def lead_in_at(text: str, position: int) -> str:
    r"""The folded line that introduces the list `position` stands in, "" where it stands in none.

    >>> lead_in_at("第七条 不得有下列行为：\n（一）高空抛物；\n（二）饲养家禽。", 30)
    '第七条 不得有下列行为:'
    """
    begin = text.rfind("\n", 0, position) + 1
    is_item = _ITEM.match(fold_aligned(text[begin : begin + _ITEM_CHARS])) is not None
    return _lead_in(text, begin) if is_item else ""


def _lead_in(text: str, start: int) -> str:
    """The folded last sentence of the nearest line above that ends in a colon, "" for none."""
    end = start - 1
    for _ in range(_LEAD_IN_LINES):
        if end <= 0:
            return ""
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end]
        if _LED.search(line):
            return fold_aligned(re.split(r"[。；]", line)[-1])
        if line.strip() and not _ITEM.match(line):
            return ""
        end = begin - 1
    return ""


def periods(text: str) -> list[Span]:
    """Spans between full stops; what ends in ； shares a sentence with its neighbours."""
    spans, position = [], 0
    for match in _STOP.finditer(text):
        spans.append((position, match.end()))
        position = match.end()
    spans.append((position, len(text)))
    return [(start, end) for start, end in spans if text[start:end].strip()]


def sentences(text: str, period: Span) -> list[Span]:
    """Spans of the sentences of one period: what ends in ； is one."""
    return [(period[0] + start, period[0] + end) for start, end in split_sentences(text[slice(*period)])]


def words(document: Document, offset: int, span: Span | None) -> str | None:
    """What stands at a span of a block that begins at `offset`, None for no span or only white space."""
    return document.text[offset + span[0] : offset + span[1]].strip() or None if span else None
