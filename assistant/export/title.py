"""A title in lines: broken between words, never inside one, in the shape of a trapezium or a rhombus.

GB/T 9704—2012, 7.3.1: 回行时要做到词意完整、排列对称、长短适宜、间距恰当，使用梯形或菱形.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations, pairwise

from indexing.folding import fold_aligned
from indexing.segmentation import cut, cut_by_dictionary

MAX_WIDTH = 19.0  # characters of 22 pt in 442 pt are 20; one is left so that nothing touches the edge
_MAX_LINES = 6
_MAX_TRIALS = 20_000  # combinations looked at before a long title is simply filled line by line
_BLANK = re.compile("(【[^】]*】)")
_NEVER_FIRST = frozenset("的地得之和与及或、，；：。）》〉」』】”’·—")
_NEVER_LAST = frozenset("（《〈「『【“‘第")


def title_lines(text: str, max_width: float = MAX_WIDTH) -> tuple[str, ...]:
    """`text` in as few lines as fit, each at most `max_width` characters wide.

    The upper line of two is the longer one; three make a trapezium or a rhombus. A single word wider
    than a line is cut, there being no other way.

    >>> title_lines("某街道社区嵌入式服务设施建设项目申报方案")
    ('某街道社区嵌入式服务设施', '建设项目申报方案')
    """
    pieces = _pieces(text, max_width)
    widths = [width_of(piece) for piece in pieces]
    if sum(widths) <= max_width:
        return (text,)
    if sum(widths) > _MAX_LINES * max_width:
        return _filled(pieces, widths, max_width)
    for n_lines in range(2, _MAX_LINES + 1):
        best = _best(pieces, widths, n_lines, max_width)
        if best is not None:
            return _join(pieces, best)
    return _filled(pieces, widths, max_width)


def width_of(text: str) -> float:
    """The width in Chinese characters; a Latin letter or digit counts half.

    >>> width_of("2026年度")
    4.0
    """
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _pieces(text: str, max_width: float) -> list[str]:
    """Words, with what may not begin or end a line joined to its neighbour."""
    found: list[str] = []
    for word in _words(text):
        for piece in [word] if width_of(word) <= max_width else _parts(word, max_width):
            if found and _cling(found[-1], piece) and width_of(found[-1] + piece) <= max_width:
                found[-1] += piece
            else:
                found.append(piece)
    return found


def _parts(word: str, max_width: float) -> Iterator[str]:
    """A word wider than a line as the words inside it; sign by sign where even those are too wide."""
    for part in cut_by_dictionary(word):
        yield from [part] if width_of(part) <= max_width else part


def _cling(before: str, piece: str) -> bool:
    """Whether no line may end between the two; a number stays with its unit: 2026年."""
    is_count = before[-1].isdecimal() and not piece[0].isascii()
    return is_count or piece[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST


def _words(text: str) -> list[str]:
    """The words of `text` as written; a blank 【待补：……】 is one."""
    parts = (part for part in _BLANK.split(text) if part)
    return [word for part in parts for word in ([part] if _BLANK.fullmatch(part) else _plain_words(part))]


def _plain_words(text: str) -> list[str]:
    """By the dictionary alone where folding moves characters."""
    words = cut(fold_aligned(text))
    if sum(map(len, words)) != len(text):
        return cut_by_dictionary(text)
    out, start = [], 0
    for word in words:
        out.append(text[start : start + len(word)])
        start += len(word)
    return out


def _best(pieces: list[str], widths: list[float], n_lines: int, max_width: float) -> tuple[int, ...] | None:
    """The breaks of the best-shaped setting in `n_lines`; None where none fits."""
    best: tuple[float, tuple[int, ...]] | None = None
    for trial, breaks in enumerate(combinations(range(1, len(pieces)), n_lines - 1)):
        if trial >= _MAX_TRIALS:
            break
        lines = [sum(widths[start:end]) for start, end in pairwise((0, *breaks, len(pieces)))]
        if max(lines) <= max_width:
            cost = _cost(lines)
            if best is None or cost < best[0]:
                best = (cost, breaks)
    return best[1] if best else None


def _cost(lines: list[float]) -> float:
    """How far from pleasing: uneven lines, a waist, a short head on a long foot, a lonely last word."""
    mean = sum(lines) / len(lines)
    cost = sum((line - mean) ** 2 for line in lines) / len(lines)
    for before, after in pairwise(lines):
        cost += 3.0 if before == after else 0.0  # a rectangle is neither trapezium nor rhombus
    rises = [after > before for before, after in pairwise(lines) if after != before]
    turns = list(pairwise(rises))
    cost += 40.0 * sum(1 for before, after in turns if not before and after)  # a waist, or hourglass
    cost += 4.0 if rises and all(rises) else 0.0  # 上短下长 is allowed, 上长下短 preferred
    return cost + (30.0 if min(lines) < mean / 2 else 0.0)


def _join(pieces: list[str], breaks: tuple[int, ...]) -> tuple[str, ...]:
    return tuple("".join(pieces[start:end]).strip() for start, end in pairwise((0, *breaks, len(pieces))))


def _filled(pieces: list[str], widths: list[float], max_width: float) -> tuple[str, ...]:
    """Each line as full as it gets: for titles so long that no shape can be chosen."""
    lines, width = [""], 0.0
    for piece, more in zip(pieces, widths, strict=True):
        if width and width + more > max_width:
            lines.append("")
            width = 0.0
        lines[-1] += piece
        width += more
    return tuple(lines)
