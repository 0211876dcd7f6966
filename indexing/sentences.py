"""Where the sentences of a clause begin and end: the grain of vectors and of `Focus`.

Pure; spans are positions in the text given, so a quote cut with them is verbatim.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexing.types import Span

_ENDS = "。！？!?；;…"
_BREAKS = "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # a line or a table cell ends here
_CLOSERS = "”’」』）)】］]》〉〕\"'"  # stay with the sentence they close
# "（责任单位：市发改委）坚持无偿服务…": the note belongs to what stands before it, and is whole by itself
_ROLE_NOTE = re.compile(r"\s*(?P<opener>[（(\[])\s*(?:责任|牵头|配合|主办|协办)单位\s*[:：]")
_KEPT_CHARS = 4000  # a longer text is a document, split once
_OPENERS = {
    "”": "“",
    "’": "‘",
    "]": "[",
    "」": "「",
    "』": "『",
    "）": "（",
    ")": "(",
    "》": "《",
    "】": "【",
    "〕": "〔",
}


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences of `text`, in order, apart from each other and never empty.

    A sentence ends after 。！？；, at a line break, or at a tab between table cells;
    white space around it is left out. An end inside a quotation or brackets that are
    still open does not count, unless the line ends before they close. A note in brackets
    that opens a sentence with 责任单位： is one by itself. Characters
    outside every span are white space, so the spans carry all that is said.

    >>> text = "一是坚持紧扣需求。二是（注：含下区。）因地制宜；三是多元。"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['一是坚持紧扣需求。', '二是（注：含下区。）因地制宜；', '三是多元。']
    """
    return list(_kept(text)) if len(text) <= _KEPT_CHARS else _split(text)


@lru_cache(maxsize=4096)
def _kept(text: str) -> tuple[Span, ...]:
    """The sentences of a clause: those found by one question are found by the next."""
    return tuple(_split(text))


def _split(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for end in range(len(text) + 1):
        if end == len(text) or text[end] in _BREAKS:
            _split_line(text, start, end, spans)
            start = end + 1
    return spans


def _split_line(text: str, start: int, end: int, spans: list[Span]) -> None:
    """Add the sentences of one line or cell, `text[start:end]`, to `spans`."""
    closes = _closing_positions(text, start, end)
    position, open_until = start, start
    while position < end:
        note = _ROLE_NOTE.match(text, position, end) if position == start else None
        note_end = closes.get(note.start("opener")) if note else None
        position = position if note_end is None else note_end
        open_until = max(open_until, closes.get(position, start))
        ends_here = note_end is not None or (text[position] in _ENDS and position >= open_until)
        position += 1
        if ends_here:
            while position < end and (text[position] in _ENDS or text[position] in _CLOSERS):
                position += 1
            _add(text, start, position, spans)
            start = position
    _add(text, start, end, spans)


def _closing_positions(text: str, start: int, end: int) -> dict[int, int]:
    """Position of an opening quote or bracket → position of the one that closes it, in one line."""
    closes: dict[int, int] = {}
    waiting: dict[str, list[int]] = {opener: [] for opener in _OPENERS.values()}
    for position in range(start, end):
        character = text[position]
        if character in waiting:
            waiting[character].append(position)
        elif waiting.get(_OPENERS.get(character, "")):
            closes[waiting[_OPENERS[character]].pop()] = position
    return closes


def _add(text: str, start: int, end: int, spans: list[Span]) -> None:
    piece = text[start:end]
    if piece.strip():
        spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
