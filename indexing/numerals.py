"""Chinese numerals ↔ numbers: 第二十三条 ↔ 23, 十五万 ↔ 150000. Pure functions, no state.

Marks of articles, chapters and headings as integers; amounts (money, areas, shares) as
exact decimals. What an amount measures and how a text bounds it is read elsewhere.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = r"[零〇○一二两三四五六七八九十百千]+|\d+"
"""Regex source: what may stand between 第 and 条."""

_MYRIADS = {"亿": Decimal(100_000_000), "万": Decimal(10_000)}
_HAN_AMOUNT = r"[零〇一二两三四五六七八九十百千万亿]{1,24}(?:点[零〇一二三四五六七八九]{1,9})?"
AMOUNT = rf"(?:\d{{1,15}}(?:,\d{{3}}){{0,5}}(?:\.\d{{1,9}})?[十百千]?(?:万亿|[万亿])?|半|{_HAN_AMOUNT})"
"""Regex source of an amount in half width: 5000, 1,200.5, 3.5万, 十五万, 零点七五, 半.

Of bounded length, so that a long run of digits costs no quadratic time; whoever searches must see
to it that no digit stands before a match.
"""

# "第二十三条之一" yes; "第三方" no (the unit must follow the number at once)
_ARTICLE = re.compile(rf"第\s*({NUMERAL})\s*条(?:\s*之\s*({NUMERAL}))?")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def parse_numeral(text: str) -> int:
    """The integer a Chinese or Arabic numeral stands for.

    >>> parse_numeral("二十三"), parse_numeral("一百零二"), parse_numeral("12")
    (23, 102, 12)
    >>> parse_numeral("二〇二五")
    2025

    Raises:
        ValueError: `text` is empty or holds anything but a numeral.
    """
    if not text:
        raise ValueError("empty numeral")
    if text.isdecimal():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if not any(character in _UNITS for character in text):
        return int("".join(str(_digit(character, text)) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _digit(character, text)
    return total + digit


def _digit(character: str, text: str) -> int:
    if character not in _DIGITS:
        raise ValueError(f"not a numeral: {text!r}")
    return _DIGITS[character]


def parse_amount(text: str) -> Decimal:
    """The exact number an amount stands for, thousands separators and 万, 亿 included.

    >>> [str(parse_amount(text)) for text in ("5000万", "1,200.5", "十五万", "一亿二千万", "零点七五", "半")]
    ['50000000', '1200.5', '150000', '120000000', '0.75', '0.5']

    Raises:
        ValueError: `text` is empty or holds anything but an amount.
    """
    text = text.replace(",", "")
    if text == "半":
        return Decimal("0.5")
    for name, size in _MYRIADS.items():  # 亿 first: 三万亿 is 三万 times 亿
        head, found, tail = text.rpartition(name)
        if found:
            return (parse_amount(head) if head else Decimal(1)) * size + _below(tail, size)
    return _small_amount(text)


def _below(tail: str, size: Decimal) -> Decimal:
    """What follows 万 or 亿; a lone digit counts the next unit down: 一万五 is 15000."""
    if not tail:
        return Decimal(0)
    if len(tail) == 1 and tail in _DIGITS and _DIGITS[tail]:
        return _DIGITS[tail] * size / 10
    return parse_amount(tail)


def _small_amount(text: str) -> Decimal:
    """An amount without 万 and 亿: 5, 0.5, 5千, 三百二十, 零点七五."""
    whole, point, decimals = text.partition("点")
    if point:
        digits = "".join(str(_digit(character, text)) for character in decimals)
        return Decimal(f"{parse_numeral(whole)}.{digits}")
    if text[:1].isdecimal() and text[-1] in _UNITS:
        return Decimal(text[:-1]) * _UNITS[text[-1]]
    if text[:1].isdecimal() and text.isascii() and text.count(".") <= 1:
        return Decimal(text)
    return Decimal(parse_numeral(text))


def chinese_numeral(number: int) -> str:
    """The numeral as laws write it, for 1 to 9999.

    >>> chinese_numeral(23), chinese_numeral(10), chinese_numeral(102), chinese_numeral(110)
    ('二十三', '十', '一百零二', '一百一十')

    Raises:
        ValueError: `number` is outside 1..9999.
    """
    if not 1 <= number <= 9999:
        raise ValueError(f"number out of range: {number}")
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if zero else "") + "一二三四五六七八九"[digit - 1] + name
            zero = False
        elif out and number:
            zero = True
    return out[1:] if out.startswith("一十") else out


def parse_article_number(mark: str) -> int:
    """The number of an article mark.

    >>> parse_article_number("第二十三条")
    23

    Raises:
        ValueError: `mark` is not an article mark.
    """
    found = _ARTICLE.fullmatch(mark.strip())
    if not found:
        raise ValueError(f"not an article mark: {mark!r}")
    return parse_numeral(found.group(1))


def article_mark(text: str) -> str | None:
    """The canonical mark (Chinese numerals, no spaces) of any way to write an article.

    >>> article_mark("第 23 条"), article_mark("第十二条之一"), article_mark("第三方")
    ('第二十三条', '第十二条之一', None)
    """
    found = _ARTICLE.fullmatch(text.strip())
    if not found:
        return None
    mark = f"第{chinese_numeral(parse_numeral(found.group(1)))}条"
    return mark + (f"之{chinese_numeral(parse_numeral(found.group(2)))}" if found.group(2) else "")
