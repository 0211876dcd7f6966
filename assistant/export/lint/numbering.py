"""Marks of headings: 一、（一）1.（1）, written as text, in order, without gaps or leaps (7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.export.lint.findings import Finding, Rule, finding
from assistant.export.lint.patterns import ARTICLE, MARKS
from assistant.export.lint.roles import Part, Placed
from indexing.numerals import chinese_numeral, parse_numeral

# how each level is written: "一、", "（一）", "1." or "1．", "（1）"
_RIGHT = (
    re.compile(r"[^、.．，,]+、"),
    re.compile(r"（[^（）()\s]+）"),
    re.compile(r"\d{1,2}[.．]"),
    re.compile(r"（\d{1,2}）"),
)
_SHOWN = ("“一、”", "“（一）”", "“1.”", "“（1）”")
_AUTO = "Word 自动编号"


def check_numbering(items: tuple[Placed, ...]) -> Iterator[Finding]:
    """What is wrong with the marks of the headings, each annex counted for itself."""
    headings = [one for one in items if one.part is Part.HEADING and one.level]
    used = {(one.annex, one.level) for one in headings}
    counter = _Counter()
    annex = 0
    for one in headings:
        if one.annex != annex:
            annex, counter = one.annex, _Counter()
        yield from _mark(one)
        yield from counter.next(one, used)
    for one in items:
        if one.part in {Part.BODY, Part.HEADING} and one.para.form.number not in {None, "0"}:
            yield finding(Rule.AUTO_NUMBER, one.place, _AUTO, "键入的文字")


def _matched(one: Placed) -> re.Match[str]:
    pattern = ARTICLE if one.article else MARKS[one.level - 1]
    found = pattern.match(one.para.text)
    assert found is not None
    return found


def _written(level: int, number: int, *, article: bool) -> str:
    if article:
        return f"第{chinese_numeral(number)}条"
    numeral = chinese_numeral(number)
    return (f"{numeral}、", f"（{numeral}）", f"{number}.", f"（{number}）")[level - 1]


def _mark(one: Placed) -> Iterator[Finding]:
    mark = _matched(one).group("mark")
    if not one.article and not _RIGHT[one.level - 1].fullmatch(mark):
        wanted = _written(one.level, _number(one), article=False)
        yield finding(Rule.HEADING_MARK, one.place, mark, wanted)


def _number(one: Placed) -> int:
    """The number of a mark; 1 for one that is none, so that nothing is said about its order."""
    try:
        return max(1, min(parse_numeral(_matched(one).group("number")), 9999))
    except ValueError:
        return 1


class _Counter:
    """The numbers met so far, by level."""

    def __init__(self) -> None:
        self._last = [0, 0, 0, 0]

    def next(self, one: Placed, used: set[tuple[int, int]]) -> Iterator[Finding]:
        """What is wrong with the number of this heading, given those before it."""
        level, number = one.level, _number(one)
        mark = _written(level, number, article=one.article)
        last = self._last[level - 1]
        leap = self._leap(one, used)
        if leap:
            yield finding(Rule.HEADING_SKIP, one.place, mark, leap)
            last = number - 1  # where a level is missing, its order says nothing
        # a list of 1. 2. may begin anew below one heading; 一、 and （一） may not
        begins_anew = number == 1 and (last == 0 or level >= 3)
        if number != last + 1 and not begins_anew:
            wanted = _written(level, last + 1, article=one.article)
            yield finding(Rule.HEADING_GAP, one.place, mark, wanted)
        self._last[level - 1] = number
        self._last[level:] = [0] * (4 - level)

    def _leap(self, one: Placed, used: set[tuple[int, int]]) -> str:
        """The level that is missing above this one; a document of two levels may go from 一、 to 1."""
        above = one.level - 1
        if not above or self._last[above - 1]:
            return ""
        if one.level == 3 and (one.annex, 2) not in used:
            above = 1
            if self._last[0] or (one.annex, 1) not in used:
                return ""  # an annex or a letter may have a plain list
        return _SHOWN[above - 1]
