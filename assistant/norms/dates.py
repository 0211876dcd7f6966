"""Days and years a text names: deadlines, first days, and what they are blanked out as."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.norms.names import BLANK
from indexing.numerals import parse_numeral

_HAN = "零〇○一二三四五六七八九十"
_YEAR = r"(?:(?:19|20)\d{2}|[一二][零〇○九][零〇○一二三四五六七八九]{2})"
# "2024年12月31日", "2024 年 12 月底前", "到2025年", "二〇二五年六月", "2019—2021年", "每年3月底前"
_DAY = re.compile(
    rf"(?P<recurring>每年|次年|当年|翌年|下一年|下一年度|本年|上年)?\s*"
    rf"(?:(?P<first>{_YEAR})\s*[-~—–至到]+\s*)?"
    rf"(?:(?P<year>{_YEAR})\s*年(?:度)?)?\s*(?:(?P<month>\d{{1,2}}|[{_HAN}]{{1,3}})\s*月(?:份)?)?"
    rf"\s*(?:(?P<day>\d{{1,2}}|[{_HAN}]{{1,3}})\s*日(?:\s*[-~—至到]+\s*(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s*日)?)?\s*(?P<end>底|末)?(?P<before>以前|之前|前)?"
)
_YEAR_END = re.compile(r"(?P<recurring>当年|每年|年)(?:年)?底(?:以前|之前|前)")
_BY = re.compile(r"(?:到|至|截至|截止到?|于|在|力争)\s*$")
_SINCE = re.compile(r"自\s*$")
_STARTS = re.compile(r"\s*(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|起)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year at `text[start:end]`."""

    start: int
    end: int
    day: date | None  # its last day; None where it recurs or names no year
    is_deadline: bool  # 到2027年, 2024年12月底前
    is_target: bool  # 到2027年: what follows is a plan's aim
    is_first: bool  # 自2025年5月1日起施行


def days(text: str) -> list[Day]:
    """The days, months and years a folded text names, in order.

    >>> [(day.day.isoformat(), day.is_deadline) for day in days("到2027年建成，2024年12月底前，2023年")]
    [('2027-12-31', True), ('2024-12-31', True), ('2023-12-31', False)]
    """
    return sorted(_all(text), key=lambda day: day.start)


def without_days(text: str, found: list[Day]) -> str:
    """`text` with the days blanked, in place."""
    pieces, position = [], 0
    for day in found:
        pieces += [text[position : day.start], BLANK * (day.end - day.start)]
        position = day.end
    return "".join(pieces) + text[position:]


def _all(text: str) -> Iterator[Day]:
    for match in _DAY.finditer(text):
        if (
            match["year"]
            or (match["month"] and (match["day"] or match["end"] or match["recurring"]))
            or (match["recurring"] and match["day"])
        ):
            yield _day(match, text)
    for match in _YEAR_END.finditer(text):
        yield Day(match.start(), match.end(), None, True, False, False)


def _day(match: re.Match[str], text: str) -> Day:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    by = _BY.search(text, max(0, start - 4), start)
    reached = by is not None and by.group().strip()[0] in "到至截力"
    if by is not None and by.group().strip() == "至" and text[: by.start()].rstrip()[-1:] in tuple("年月日"):
        reached = False  # 2019年1月1日至2020年12月31日: a period
    is_deadline = bool(match["before"]) or reached
    if by and reached:
        start = by.start()
    is_first = bool(_SINCE.search(text, max(0, start - 3), start)) and bool(_STARTS.match(text, match.end()))
    end = match.end() - (len(match.group()) - len(match.group().rstrip()))
    return Day(start, end, _last_day(match), is_deadline, reached, is_first)


def _last_day(match: re.Match[str]) -> date | None:
    if not match["year"] or match["recurring"]:
        return None
    year = parse_numeral(match["year"].replace("○", "〇"))
    month = parse_numeral(match["month"]) if match["month"] else 12
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = parse_numeral(match["day"]) if match["day"] else last
    return date(year, month, day) if 1 <= day <= last else None
