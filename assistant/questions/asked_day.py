"""The day a question asks about, where it names one: 2024年的时候…, 截至2026年底还有效吗.

到2027年要建多少个 names a target, not the day asked about.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_DAY = (
    r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月(?:份)?(?:(?P<day>\d{1,2})[日号])?)?(?:年?[底末]|初)?"
)
_HOLDS = r"有效|管用|作数|算数|适用|当依据|作依据|失效|过期|到期|作废|能用|执行着|在执行|施行着"
_ASKED = (
    re.compile(rf"{_DAY}(?:那会儿?|的?那?时候|当时|那时|这天|那天|当天|那一?年|时(?=[,，]))"),
    re.compile(
        rf"(?:截至|截止到?|到了?|至|在)?{_DAY}(?:止|为止|以后|之后|后)?[,，]?[^,，?？]{{0,16}}?(?:{_HOLDS})"
    ),
    re.compile(rf"(?:截至|截止到?){_DAY}"),
)


def asked_day(folded: str) -> date | None:
    """The day, the last one of a month or year named alone; None where none is asked about or exists.

    >>> asked_day("截至2026年底还有效吗"), asked_day("到2027年建多少个")
    (datetime.date(2026, 12, 31), None)
    """
    match = next((found for pattern in _ASKED if (found := pattern.search(folded))), None)
    if match is None:
        return None
    year, month = int(match["year"]), int(match["month"] or 12)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(match["day"] or last)
    return date(year, month, day) if 1 <= day <= last else None
