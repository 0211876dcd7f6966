"""When a document begins to apply and when it stops: 施行日期, 有效期, 失效日期."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from indexing.numerals import parse_numeral
from indexing.readers.patterns import DATE_SOURCE
from indexing.types import Clause

DATE_IN_TEXT = re.compile(DATE_SOURCE)
"""A date anywhere in a text."""
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九OＯ0]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)日"
)
# "本办法自2024年4月8日起施行" yes; "自2024年4月8日起申报" no
_EFFECT = r"(?:起|始|后)(?:正式|开始|即)?(?:施行|实施|执行|生效|试行)"
_EFFECTIVE_ON = re.compile(rf"自\s*(?P<date>{DATE_SOURCE})\s*{_EFFECT}")
# "自印发之日起施行", "自发布之日起30日后施行"
_EFFECTIVE_AFTER = re.compile(
    r"自(?P<event>印发|发布|公布|颁布|下发|公告|批准|发文|签发)之日(?:起)?(?:(?P<days>\d{1,3}|[一二三四五六七八九十]+)(?:个)?(?P<unit>日|天|工作日|个月|月)后?)?(?:起|后|始)?(?:正式|开始|即)?(?:施行|实施|执行|生效|试行)"
)
# "有效期三年", "有效期至2028年1月12日", "试行期两年"
_VALID_FOR = re.compile(
    r"(?:有效期|试行期|执行期|施行期)(?:限)?\s*[为是]?\s*(?P<length>(?:\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:年|个月))"
)
_VALID_UNTIL = re.compile(rf"(?:有效期|执行期|施行期|执行|施行)(?:限)?\s*[至到]\s*(?P<date>{DATE_SOURCE})")
_SELF = re.compile(
    r"(?:以上|上述|本)(?:办法|规定|通知|意见|方案|细则|规则|条例|通告|公告|措施|政策|实施|规划|计划|标准|导则|指南|指引|决定|法|文件|制度|规程)"
)


def parse_date(text: str) -> date | None:
    """The first date written in `text`, in digits or Chinese numerals; None without a real one.

    >>> parse_date("二〇二四年三月八日"), parse_date("2024年13月1日")
    (datetime.date(2024, 3, 8), None)
    """
    found = DATE_IN_TEXT.search(text)
    return read_date(found.group(0)) if found else None


def read_date(text: str) -> date | None:
    """The day a whole date names; None where there is no such day."""
    chinese = _CHINESE_DATE.fullmatch(text)
    if chinese:
        year = chinese.group(1).translate(str.maketrans("OＯ", "〇〇"))
        numbers = (parse_numeral(year), parse_numeral(chinese.group(2)), parse_numeral(chinese.group(3)))
    else:
        year_, month, day = re.findall(r"\d+", text)
        numbers = (int(year_), int(month), int(day))
    try:
        return date(*numbers)
    except ValueError:
        return None


def _sentences(clauses: Sequence[Clause]) -> Iterator[str]:
    """Sentences of the clauses' own text, last clause first: 附则 and 结尾段 come last."""
    for clause in reversed(clauses):
        for start, end in reversed(clause.own):
            piece = clause.text[start - clause.start : end - clause.start]
            yield from reversed([each for each in re.split(r"(?<=[。；])", piece) if each])


def effective_from(
    clauses: Sequence[Clause], issued_on: date | None, printed_on: date | None
) -> tuple[date | None, bool]:
    """施行日期 and whether we resolved it from 自印发之日起."""
    for sentence in _sentences(clauses):
        if not (_SELF.search(sentence) or sentence.startswith(("自", "第")) or "施行" in sentence):
            continue
        fixed = _EFFECTIVE_ON.search(sentence)
        if fixed and not _is_history(sentence, fixed.start()):
            return read_date(fixed.group("date")), False
        relative = _EFFECTIVE_AFTER.search(sentence)
        if relative and _SELF.search(sentence):
            return _after_event(relative, issued_on, printed_on), True
    return None, False


def _is_history(sentence: str, position: int) -> bool:
    """A date of another document: 原《…》自2019年1月1日起施行."""
    before = sentence[:position]
    return before.rstrip().endswith(("》", "》（")) or ("废止" in sentence and "本" not in before)


def _after_event(found: re.Match[str], issued_on: date | None, printed_on: date | None) -> date | None:
    printed = found.group("event") in ("印发", "下发")
    event = (printed_on if printed else None) or issued_on or printed_on
    if event is None or not found.group("days"):
        return event
    number = parse_numeral(found.group("days"))
    return _add_months(event, number) if "月" in found.group("unit") else event + timedelta(days=number)


def validity(clauses: Sequence[Clause], effective: date | None) -> tuple[str | None, date | None, bool]:
    """有效期 as worded, 失效日期, and whether we computed it."""
    for sentence in _sentences(clauses):
        about_itself = _SELF.search(sentence) or re.search(r"自.{2,20}(?:施行|实施|执行|生效)", sentence)
        if not about_itself:
            continue
        until = _VALID_UNTIL.search(sentence)
        if until:
            return None, read_date(until.group("date")), False
        length = _VALID_FOR.search(sentence)
        if length:
            return length.group("length"), _expiry(length.group("length"), effective), effective is not None
    return None, None, False


def _expiry(length: str, effective: date | None) -> date | None:
    """The day a period of years or months ends: the same day of the last month (民法典 §202)."""
    found = re.match(r"(\d+|[一二两三四五六七八九十]+)\s*(年|个月)", length)
    if effective is None or not found:
        return None
    number = parse_numeral(found.group(1))
    return _add_months(effective, number * 12 if found.group(2) == "年" else number)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no such month: {year}-{month + 1}")
