"""Days and months out of words as officers write them. Pure.

2025年3月1日  2025-03-01  二〇二五年三月一日  2025年2月
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from assistant.facts.numbers import BadWords, digits, shortened
from indexing.folding import fold

# "2025年3月1日", "2025-03-01", "2025.3.1", "20250301"
_DAY = re.compile(
    r"(?<!\d)(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?(?!\d)|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)"
)

_MONTH = re.compile(r"(?<!\d)(\d{4})\s*(?:年|[-./])\s*(\d{1,2})(?!\d)\s*月?")


def read_date(text: str) -> tuple[date, date]:
    """The day named, twice; the first and the last day of a month where only that is written.

    >>> read_date("2025年3月1日")[0], read_date("2025年2月")[1]
    (datetime.date(2025, 3, 1), datetime.date(2025, 2, 28))

    Raises:
        BadWords: no month, no such day, or several.
    """
    days = dates_in(text)
    if len(set(days)) > 1:
        raise BadWords(f"“{shortened(text)}”里有不止一个日期，请只写一个")
    if days:
        return days[0], days[0]
    months = {(int(match[1]), int(match[2])) for match in _MONTH.finditer(fold(_year_digits(text)))}
    if len(months) != 1 or not 1 <= next(iter(months))[1] <= 12:
        raise BadWords(f"“{shortened(text)}”不是完整的日期，请写成 2026-01-31 的样子")
    year, month = months.pop()
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def dates_in(text: str) -> list[date]:
    """Every full date in a text, in order.

    Raises:
        BadWords: a date that does not exist.
    """
    days = []
    for match in _DAY.finditer(fold(_year_digits(text))):
        year, month, day = (int(each) for each in match.groups() if each)
        try:
            days.append(date(year, month, day))
        except ValueError as exc:
            raise BadWords(f"“{match.group()}”这一天不存在") from exc
    return days


# "9月29日" behind "2026年9月18日审查通过，"; "每年3月1日" and "2026年9月18日" no
_DAY_ALONE = re.compile(r"(?<![\d年每])(?<!年\s)(\d{1,2})月(\d{1,2})日")
_YEAR_AND_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月")


class UnwrittenYear:
    """The year a day without one means: that of the date before it in the same line or cell."""

    def __init__(self) -> None:
        self.year = ""
        self._month = 0
        self._place = ""

    def filled(self, text: str, place: str) -> tuple[str, str]:
        """`text` with years where they are left out, and the first such day, "" without one.

        A January behind a December may be of the next year: it is left as it is.
        """
        if place != self._place:
            self.year, self._month, self._place = "", 0, place
        out, position, first = [], 0, ""
        marks = sorted(
            (*_YEAR_AND_MONTH.finditer(text), *_DAY_ALONE.finditer(text)), key=lambda each: each.start()
        )
        for mark in marks:
            if mark.re is _YEAR_AND_MONTH:
                self.year, self._month = mark[1], int(mark[2])
            elif self.year and int(mark[1]) >= self._month:
                out += [text[position : mark.start()], f"{self.year}年"]
                position, first, self._month = mark.start(), first or mark.group(), int(mark[1])
        return "".join((*out, text[position:])), first


def _year_digits(text: str) -> str:
    """二〇二五年三月一日 → 2025年3月1日."""
    text = re.sub(
        r"([〇零○一二三四五六七八九]{4})年",
        lambda m: "".join(digits(c.replace("○", "〇")) for c in m.group(1)) + "年",
        text,
    )
    return re.sub(r"([一二三四五六七八九十]{1,3})(?=[月日])", lambda m: digits(m.group(1)), text)
