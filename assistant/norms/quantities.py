"""Numbers with a unit in a folded text: where they stand, what they are worth, ranges joined.

What bounds a quantity (不少于, 以上) is read in `bounds`; names that hold a number were blanked
before (`names`), so that what is found here measures something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.norms.units import NO_UNIT, UNIT, unit_name
from indexing.numerals import AMOUNT, parse_amount

_SHARES = {"百": 100, "千": 1000, "万": 10_000}
_FRACTION_DIGITS = Decimal("0.0001")  # 三分之二 is printed as 66.6667%

# "30%", "5000万元", "三个月", "十五 日", "100多个", "三十余人"
_PLAIN = re.compile(
    rf"(?P<number>{AMOUNT})\s*(?P<more>[多余])?\s*(?P<scale>万|亿)?(?P<unit>{UNIT})(?P<half>半(?![价票费额数途程]))?"
)
# "百分之三十", "百分之0.5", "千分之五", "三分之二", "1/3以上"
_SHARE = re.compile(
    rf"(?P<base>[百千万])分之\s*(?P<number>{AMOUNT})(?:点(?P<point>[零一二三四五六七八九]{{1,6}}))?"
    rf"|(?P<below>[二两三四五六七八九十]{{1,3}})分之(?P<above>[一二两三四五六七八九]{{1,3}})"
    rf"|(?P<half>半数)|(?P<majority>(?<!超)过半(?:数)?)|(?P<one_half>(?<![另])一半(?!天))|(?P<whole>(?:(?<=实现)|(?<=做到)|(?<=确保))[^,，。;；]{{0,24}}全覆盖)|(?P<tenths>[一二两三四五六七八九]|\d(?:\.\d)?)成(?:(?P<five>半)|(?=以上|以下|左右|[,，。;；、]))"
)
_JOINED = re.compile(r"\s*(?:-|~|―|至|到|〜|－|—|～)+\s*")
_RANGE = re.compile(
    rf"(?P<low>{AMOUNT})\s*(?P<low_unit>{UNIT})?\s*(?:[-~―〜至到]+|(?:和|、)(?=\d))\s*(?P<high>{AMOUNT})\s*(?P<unit>{UNIT})"
)
# "三四个", "两三家": two digits in a row
_NEIGHBOURS = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千万亿])([一二两三四五六七八])([二三四五六七八九])(?=个|家|名|年|次|天|项)"
)
# 半日, 半天, 半价: no measure of ours; 半年, 半小时, 半个月 are
_JOINS_LEFT = "0123456789几好第.零〇一二两三四五六七八九十百千万亿半/"
_MANY = re.compile(r"(?:数|(?<!以)上)$")  # 数十个, 上百家; not 一万元以上十万元以下
_THOUSANDS = re.compile(r"\d,")
_HALVES = ("年", "小时", "个月", "个小时")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, or a range of them, at `text[start:end]`."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    is_about: bool = False  # 100多个
    is_majority: bool = False  # 过半数: more than the value
    is_han: bool = False  # written 三个, not 3个
    unit_start: int = 0  # where the unit begins


def quantities(text: str) -> list[Quantity]:
    """The quantities of a folded text without names, in order, none inside another; ranges as one.

    >>> [(str(q.value), str(q.high), q.unit) for q in quantities("三至五年，不超过5000万元，百分之三十")]
    [('3', '5', '年'), ('50000000', 'None', '元'), ('30', 'None', '%')]
    """
    found: list[Quantity] = []
    taken = 0
    for quantity in sorted(_all(text), key=lambda each: (each.start, -each.end)):
        if quantity.start >= taken:
            found.append(quantity)
            taken = quantity.end
    return _joined(text, found)


def _all(text: str) -> Iterator[Quantity]:
    for match in _SHARE.finditer(text):
        yield _share(match)
    for match in _RANGE.finditer(text):
        ranged = _range(match, text)
        if ranged is not None:
            yield ranged
    for match in _NEIGHBOURS.finditer(text):
        unit = re.compile(UNIT).match(text, match.end())
        if unit and not NO_UNIT.match(text, match.end()):
            low, high = (parse_amount(group) for group in match.groups())
            if high == low + 1:
                yield Quantity(
                    match.start(),
                    unit.end(),
                    low,
                    high,
                    unit_name(unit.group()),
                    is_han=True,
                    unit_start=match.end(),
                )
    for match in _PLAIN.finditer(text):
        plain = _plain(match, text)
        if plain is not None:
            yield plain


def _plain(match: re.Match[str], text: str) -> Quantity | None:
    number, unit = match["number"], match["unit"]
    if not _measures(number, unit, match, text):
        return None
    value = parse_amount(number) * {"万": 10_000, "亿": 100_000_000}.get(match["scale"] or "", 1)
    if match["half"]:
        value += Decimal("0.5")
    return Quantity(
        match.start(),
        match.end(),
        _plainly(value),
        None,
        unit_name(unit),
        is_about=bool(match["more"]),
        is_han=not number[0].isdecimal(),
        unit_start=match.start("unit"),
    )


def _measures(number: str, unit: str, match: re.Match[str], text: str) -> bool:
    """Whether a number before a unit is a number: not 百姓, 千家, 数百个, 2025年, 6月."""
    before = text[match.start() - 1 : match.start()]
    if (before and before in _JOINS_LEFT) or _THOUSANDS.search(
        text, max(0, match.start() - 2), match.start()
    ):
        return False
    if number[0] in "十百千万亿" and _MANY.search(text, max(0, match.start() - 2), match.start()):
        return False
    if number == "半":
        return unit in _HALVES
    if all(character in "百千万亿" for character in number):
        return False
    if unit in {"年"} and re.fullmatch(
        r"(?:19|20)\d{2}|[一二][零〇九]?[零〇一二三四五六七八九]{2,3}", number
    ):
        return False
    if unit == "分" and not number[0].isdecimal() and before not in "加扣记减得计满":
        return False
    if number[0] in "零〇":
        return "点" in number
    return not NO_UNIT.match(text, match.start("unit"))


def _share(match: re.Match[str]) -> Quantity:
    """A fraction as percent."""
    if match["base"]:
        amount = parse_amount(match["number"])
        if match["point"]:
            amount = parse_amount(f"{match['number']}点{match['point']}")
        value = amount * 100 / _SHARES[match["base"]]
    elif match["below"]:
        value = (parse_amount(match["above"]) * 100 / parse_amount(match["below"])).quantize(_FRACTION_DIGITS)
    elif match["tenths"]:
        value = parse_amount(match["tenths"]) * 10 + (5 if match["five"] else 0)
    else:
        value = Decimal(100 if match["whole"] else 50)
    start = match.end() - len("全覆盖") if match["whole"] else match.start()
    return Quantity(
        start,
        match.end(),
        _plainly(value),
        None,
        "%",
        is_majority=bool(match["majority"]),
        unit_start=match.end(),
    )


def _plainly(value: Decimal) -> Decimal:
    """Without the zeros an operation leaves: 30, not 30.0000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _range(match: re.Match[str], text: str) -> Quantity | None:
    """三至五年, 10-15%, 5至10万元 (the scale of the upper end holds for both)."""
    low_text, high_text, unit = match["low"], match["high"], match["unit"]
    before = text[match.start() - 1 : match.start()]
    if (before and before in _JOINS_LEFT) or NO_UNIT.match(text, match.start("unit")):
        return None
    if unit == "年" and re.fullmatch(r"(?:19|20)\d{2}", high_text):
        return None
    if match["low_unit"] and unit_name(match["low_unit"]) != unit_name(unit):
        return None
    low, high = parse_amount(low_text), parse_amount(high_text)
    scale = re.search(r"万亿|[万亿]$", high_text)
    if scale and not match["low_unit"] and not re.search("[万亿]", low_text):
        low *= parse_amount(f"1{scale.group()}")
    if low >= high:
        return None
    return Quantity(
        match.start(),
        match.end(),
        _plainly(low),
        _plainly(high),
        unit_name(unit),
        is_han=not low_text[0].isdecimal(),
        unit_start=match.start("unit"),
    )


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Shares that make a range: 百分之三至百分之五, 3%-5%."""
    out: list[Quantity] = []
    for quantity in found:
        last = out[-1] if out else None
        if last and last.high is None and last.unit == quantity.unit and quantity.high is None:
            between = text[last.end : quantity.start]
            if _JOINED.fullmatch(between) and last.value < quantity.value:
                out[-1] = replace(last, end=quantity.end, high=quantity.value)
                continue
        out.append(quantity)
    return out
