"""How a file was laid out: hard-wrapped or not, how wide, and where its headings run on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from indexing.marks import Family, read_mark
from indexing.readers.lines import Line
from indexing.readers.patterns import (
    ANNEX_MARK,
    DATE,
    DOCUMENT_NUMBER,
    EXPLANATION,
    HISTORY,
    NOTE,
    NUMBER_AND_SIGNER,
    ORGANISATION,
    PRINTED,
    SIGNED,
    display_width,
    ends_sentence,
    ends_title,
    is_banner,
)

_STANDALONE = (DATE, DOCUMENT_NUMBER, NUMBER_AND_SIGNER, ANNEX_MARK, NOTE, PRINTED, SIGNED, EXPLANATION)
ENDS = "。；;"
"""Stops that end a sentence inside a line."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file was laid out, told from all its lines."""

    is_wrapped: bool
    width: int  # of a full line, in columns or in characters
    in_columns: bool  # how the width was counted when the lines were wrapped
    blank_separates: bool  # wrapped lines follow one another, paragraphs stand apart
    indents: bool  # paragraphs begin with white space
    inline_families: frozenset[Family]  # headings run on into their text: （一）指导思想。以…


def measure(lines: Sequence[Line]) -> Layout:
    """The layout of a file: whether its lines are hard-wrapped, and how wide."""
    prose = [line for line in lines if not line.is_table and not line.hashes]
    inline = _inline_families(prose)
    long = [line for line in prose if len(line.text) >= 12]
    cut = [(line, after) for line, after in pairwise(prose) if _is_cut(line, after)]
    flat = Layout(False, 0, True, False, False, inline)
    if len(cut) < 3 or len(cut) < 0.3 * len(long):
        return flat
    in_columns = _spread([line_width(line, True) for line, _ in cut]) <= _spread(
        [line_width(line, False) for line, _ in cut]
    )
    widths = sorted(line_width(line, in_columns) for line, _ in cut)
    counts = Counter(each for each in widths if each >= 0.8 * widths[-1])
    width = max(counts, key=lambda each: (counts[each], each))  # punctuation may hang past it
    longer = sum(1 for line in long if line_width(line, in_columns) > 1.25 * width)
    if longer > 0.1 * len(long) or sum(1 for each in widths if 0.85 * width <= each) < 0.6 * len(widths):
        return flat
    tight = sum(1 for _, after in cut if after.gap == 0)
    apart = sum(1 for line in prose if line.gap)
    indented = sum(1 for line in prose if line.indent)
    separates = tight >= 0.8 * len(cut) and apart > 1
    return Layout(True, width, in_columns, separates, 0.03 * len(prose) < indented < 0.8 * len(prose), inline)


def _is_cut(line: Line, after: Line) -> bool:
    """Whether the line stops in mid-sentence, as far as the line alone can tell."""
    if len(line.text) < 12 or ends_sentence(line.text) or read_mark(after.text) is not None:
        return False
    return not (stands_alone(line.text) or ORGANISATION.fullmatch(line.text) or ends_title(line.text))


def line_width(line: Line, in_columns: bool) -> int:
    """The line's width with its indent, in columns or in characters."""
    return line.indent + display_width(line.text) if in_columns else line.indent // 2 + len(line.text)


def _spread(widths: list[int]) -> float:
    """How far the widths lie from the common full width, relative to it."""
    full = sorted(widths)[int(0.9 * (len(widths) - 1))]
    near = [each for each in widths if each >= 0.8 * full]
    return sum(abs(each - full) for each in near) / (len(near) * full)


def _inline_families(lines: Sequence[Line]) -> frozenset[Family]:
    marked: dict[Family, list[bool]] = defaultdict(list)
    for line in lines:
        mark = read_mark(line.text)
        if mark is not None:
            marked[mark.family].append(any(stop in line.text for stop in ENDS))
    return frozenset(
        family for family, runs in marked.items() if len(runs) >= 3 and sum(runs) >= 0.75 * len(runs)
    )


@lru_cache(maxsize=4096)
def stands_alone(text: str) -> bool:
    """A date, a number, a mark of an annex, a line of promulgation history: a paragraph by itself."""
    if len(text) <= 80 and any(pattern.fullmatch(text) for pattern in _STANDALONE):
        return True
    if is_banner(text):
        return True
    return bool(HISTORY.fullmatch(text))
