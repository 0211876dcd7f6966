"""Characters → physical lines, with Markdown marks cut out and bytes accounted for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_EDGE = " \u3000\xa0\u200b\ufeff\u2002\u2003\u2009\u202f"

# "## 第一章 总 则" yes; "#1楼" no (a heading mark is followed by a space)
_HASHES = re.compile(r"(#{1,6})\s+")
# "- 附件：1. …" yes; "——保障基本" no (that dash belongs to the text)
_BULLET = re.compile(r"[-*+]\s+(?=\S)")
_QUOTE = re.compile(r">\s?")
# "---", "* * *", "═══" yes; "—" no
_RULE = re.compile(r"\s*(?:[-*_=~─━═＿﹍…]\s*){3,}")
# "|---|:--:|" yes; "| 1 | 2 |" no
_PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*")
# "**第一条**", "<br>", "<!-- x -->", "1\." lose their marks; "5 * 3" and "<办法>" keep theirs
_INLINE = re.compile(
    r"\*\*|<br\s*/?>|<!--.*?-->|&(?:nbsp|emsp|ensp);|!\[[^\]]*\]\([^)]*\)"
    r"|\\(?=[-.()\[\]#*_+!|>])"
    r"|(?P<open>\[)(?=[^\]\[]+\]\((?:https?:|/|#|mailto:)[^)]*\))"
    r"|(?P<close>\]\((?:https?:|/|#|mailto:)[^)]*\))"
)
_NEEDS_INLINE = re.compile(r"[*<&!\\\[]")

# "某某市教育局办公室\t2023年3月2日印发": the tab pushes the date to the margin
_PRINTED = re.compile(r"日\s*印\s*[发制]$")
# "第一条\t为了" and "一、\t总体要求" use the tab as a space; "1\t多渠道" is a row
_NUMBERED = re.compile(
    r"(?:第[^\t]{1,8}[编章节条]|[一二三四五六七八九十]+、|[（(][^\t]{1,4}[）)]|\d+[.．、])\t"
)

Piece = tuple[int, str]
"""Byte offset in the file, and the characters that stand there."""


@dataclass(slots=True)
class Line:
    """One physical line that is not blank, without Markdown marks and outer spaces."""

    pieces: list[Piece]
    text: str
    gap: int  # blank lines before it
    is_page_start: bool  # a form feed stands before it
    indent: int  # columns of white space it began with
    hashes: int
    is_bold: bool
    is_table: bool
    raw: str


def split_lines(text: str, encoding: str, first_byte: int) -> tuple[list[Line], list[str]]:
    """Physical lines in order, and the lines that are nothing but Markdown rules.

    Args:
        text: the decoded file.
        encoding: codec of the file, to count bytes.
        first_byte: byte offset of `text[0]`.
    """
    lines: list[Line] = []
    rules: list[str] = []
    gap, page, position, byte = 0, False, 0, first_byte
    while position < len(text):
        end_mark = _LINE_END.search(text, position)
        end = end_mark.start() if end_mark else len(text)
        after = end_mark.end() if end_mark else len(text)
        raw = text[position:end]
        if not raw.strip(_EDGE + "\t"):
            gap += 1
        elif _RULE.fullmatch(raw) or _PIPE_RULE.fullmatch(raw):
            rules.append(raw.strip())
            gap += 1
        else:
            line = _line(raw, byte, encoding, gap, page)
            if line.text:
                lines.append(line)
                gap, page = 0, False
        if end_mark and end_mark.group() == "\x0c":
            page = True
        byte += len(text[position:after].encode(encoding))
        position = after
    return lines, rules


def _line(raw: str, byte: int, encoding: str, gap: int, page: bool) -> Line:
    start, end = len(raw) - len(raw.lstrip(_EDGE + "\t")), len(raw.rstrip(_EDGE + "\t"))
    indent, hashes, marked = sum(1 if each == " " else 2 for each in raw[:start]), 0, False
    for pattern in (_QUOTE, _HASHES, _BULLET):
        mark = pattern.match(raw, start)
        if mark:
            start, marked = mark.end(), True
            hashes = len(mark.group(1)) if pattern is _HASHES else hashes
    core = raw[start:end]
    if _PIPE_ROW.fullmatch(raw):
        pieces, is_table = _pipe_cells(raw, byte, encoding), True
    elif is_table := _is_row(raw, core):
        pieces = _pieces(raw, len(raw) - len(raw.lstrip(_EDGE)), len(raw.rstrip(_EDGE)), byte, encoding)
    else:
        pieces = _pieces(raw, start, end, byte, encoding)
    text = "".join(piece for _, piece in pieces)
    bold = core.startswith("**") and core.endswith("**")
    return Line(pieces, text, gap, page, 0 if marked else indent, hashes, bold, is_table, raw)


def _is_row(raw: str, core: str) -> bool:
    """Whether tabs in the line separate cells rather than indent it or follow its number."""
    inner = core.count("\t")
    if inner == 1 and _NUMBERED.match(core) and "\t" not in raw.strip(_EDGE)[: len(raw) - len(core)]:
        return False
    if _PRINTED.search(core):
        return False
    edges = raw.strip(_EDGE)
    leads = edges.startswith("\t\t")  # the empty cells of a row cut before its next tab
    return inner > 0 or leads or (edges.startswith("\t") and edges.endswith("\t") and bool(core))


def _pieces(raw: str, start: int, end: int, byte: int, encoding: str) -> list[Piece]:
    """The stretches of `raw[start:end]` that are not Markdown marks."""
    pieces: list[Piece] = []

    def keep(first: int, last: int) -> None:
        if first < last:
            pieces.append((byte + len(raw[:first].encode(encoding)), raw[first:last]))

    if _NEEDS_INLINE.search(raw, start, end):
        for mark in _INLINE.finditer(raw, start, end):
            keep(start, mark.start())
            start = mark.end()
            if mark.group().startswith("<br"):
                pieces.append((-1, "\u3000"))  # a break inside a line parts words
    keep(start, end)
    return _trimmed(pieces, encoding)


def _trimmed(pieces: list[Piece], encoding: str) -> list[Piece]:
    """Pieces without white space at the outer ends."""
    while pieces and not pieces[-1][1].rstrip(_EDGE):
        pieces.pop()
    while pieces and not pieces[0][1].lstrip(_EDGE):
        pieces.pop(0)
    if pieces:
        offset, text = pieces[-1]
        pieces[-1] = (offset, text.rstrip(_EDGE))
        offset, text = pieces[0]
        stripped = text.lstrip(_EDGE)
        pieces[0] = (offset + len(text[: len(text) - len(stripped)].encode(encoding)), stripped)
    return pieces


def _pipe_cells(raw: str, byte: int, encoding: str) -> list[Piece]:
    """Cells of a Markdown row, a tab (which has no source, byte -1) between them."""
    pieces: list[Piece] = []
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", raw)]
    for index, (left, right) in enumerate(pairwise(bars)):
        if index:
            pieces.append((-1, "\t"))
        pieces.extend(_pieces(raw, left + 1, right, byte, encoding))
    return pieces
