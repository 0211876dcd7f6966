"""Numbers with units out of words as officers write them. Pure.

520㎡  五百二十平方米  0.8公顷  6000万元  0.6亿元  三千二百户  约30%
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assistant.facts.types import FactKind, FactSpec
from indexing.folding import fold


class BadWords(ValueError):
    """Words that cannot be read safely; the message is Chinese, without a full stop."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the unit of its fact, and how it was read."""

    value: Decimal
    remarks: tuple[str, ...] = ()


# Unit → how many of the fact's unit (㎡, 万元, %, or the counted thing) it is; longest first.
_AREA: dict[str, int | str] = {
    "万平方米": 10000,
    "万平米": 10000,
    "万平": 10000,
    "平方公里": 1000000,
    "平方米": 1,
    "平米": 1,
    "平方": 1,
    "平": 1,
    "公顷": 10000,
    "ha": 10000,
}
_AREA_MU = Decimal(2000) / Decimal(3)  # 1 亩 = 2000/3 ㎡ (国务院关于在我国统一实行法定计量单位的命令, 1984)
_MONEY: dict[str, int | str] = {
    "亿元": "10000",
    "亿": "10000",
    "千万元": "1000",
    "百万元": "100",
    "万元": "1",
    "万": "1",
    "千元": "0.1",
    "元": "0.0001",
}
_PERCENT: dict[str, int | str] = {"%": 1, "‰": "0.1", "成": 10}
_DIGITS = "零〇一二两三四五六七八九"
_CHINESE = re.compile(
    r"[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?(?:[万亿][零〇一二两三四五六七八九十百千]*)*"
)
_NUMBER = re.compile(r"[-+负]?\s*\d+(?:,\d{3})*(?:\.\d+)?")
# "4千户", "3.5千人"; "5千元" is a unit of its own
_TENS = re.compile(r"(\d+(?:\.\d+)?)\s*([百千])(?=[户人平个张份亩])")
# "基本类900万元，普惠类2100万元，合计3000万元"
_TOTAL = re.compile(r"(?:合计|共计|总计|总额|累计)(?:为|约|是|:)?\s*(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)")
# "五千万", "两千五百万": so much money is said without 元
_SPOKEN_MONEY = re.compile(r"[一二两三四五六七八九十百千][万亿]$")
# "500-600㎡", "500㎡至600㎡", "2—3万元" yes; "2025-01-13", "-5" no
_RANGE = re.compile(r"\d[\d.,]*\s*(?:平方米|平米|万元|亿元|元|户|人|个|张|%)?\s*(?:-|~|～|至|到)\s*\d[\d.,]*")
# "不足600㎡", "600㎡以上", "不少于3项": a bound is no number
_BOUND = re.compile(r"不足|不到|[低小少超大高多]于|超过|以上|以下|以内|至少|至多|最多|最少|逾")
_ABOUT = re.compile(r"约|左右|大约|近|余|多(?=[万户人平元㎡m]|$)")
# "760多万人", "4200余户"
_ODD = re.compile(r"(?<=\d)\s*[多余来](?=\s*[万亿千百户人平元㎡m个张])")
# "2300㎡，|每百户102㎡", "每百户58㎡": of a hundred households, not of the whole
_PER_HUNDRED = re.compile(
    r"[，,；;(（、]?(?:即|合)?(?:平均)?(?:每百户[^，,；;()（）]*|[^，,；;()（）]*/\s*百户)[)）]?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
# "2岁半", "一年半" (read as 1年半 by then), "半年"
_AND_A_HALF = re.compile(r"(\d+)\s*([年岁])半")
_HALF = re.compile(r"(?<![\d年岁上下前后])半(?=[年岁])")


def find_number(spec: FactSpec, text: str, unit: str | None = None) -> Number:
    """The one number in the words, in the unit of the fact.

    Args:
        spec: what is stated; its kind decides which units fit.
        text: the words.
        unit: the unit in the label, used where the words have none.

    Raises:
        BadWords: no number, a range, several numbers, or a unit that does not fit.
    """
    plain = fold(text)
    if "百户" in spec.unit:
        plain = re.sub(r"每百户(?:居民)?|/\s*百户", "", plain)
    elif _PER_HUNDRED.search(plain):
        plain = _PER_HUNDRED.sub("", plain)
        if not _NUMBER.search(plain):
            raise BadWords(f"“{shortened(text)}”是每百户的数，这里要的是{spec.label}")
    folded = _numerals(plain.replace("m2", "平方米").replace("−", "-"))
    folded = _HALF.sub("0.5", _AND_A_HALF.sub(r"\1.5\2", folded))
    is_about = bool(_ABOUT.search(folded))
    folded = _ODD.sub("", folded)
    bare = _BRACKETS.sub("", folded) if _NUMBER.search(_BRACKETS.sub("", folded)) else folded
    if _BOUND.search(bare):
        raise BadWords(f"“{shortened(text)}”只是一个界限，请写确定的数")
    if _RANGE.search(bare):
        raise BadWords(f"“{shortened(text)}”是一个范围，请写一个确定的数")
    matches = list(_NUMBER.finditer(bare))
    if not matches:
        raise BadWords(f"“{shortened(text)}”里没有数字")
    values = {(_decimal(match.group()), _unit_after(bare, match.end())) for match in matches}
    remarks: tuple[str, ...] = ()
    if len(values) > 1 and len(fitting := {each for each in values if _fits(spec, each[1])}) == 1:
        values, remarks = fitting, ("另有别的数，取带单位的",)
    if len(values) > 1:
        totals = {
            (_decimal(match["number"]), _unit_after(bare, match.end())) for match in _TOTAL.finditer(bare)
        }
        if len(totals) != 1:
            raise BadWords(f"“{shortened(text)}”里有不止一个数，请只写一个")
        values, remarks = totals, ("有不止一个数，取合计",)
    number, written = values.pop()
    if written.startswith("每"):
        raise BadWords(f"“{shortened(text)}”是单价或比率，这里要的是{spec.label}")
    remarks += ("原文是约数，按所写的数判断",) if is_about else ()
    return _scaled(spec, number, written, unit, text, remarks)


def _fits(spec: FactSpec, written: str) -> bool:
    """Whether a unit written behind a number is one of the fact's: ㎡ of 三层共860㎡, not 层."""
    match spec.kind:
        case FactKind.AREA:
            return written.startswith((*_AREA, "亩"))
        case FactKind.MONEY:
            return written.startswith(tuple(_MONEY))
        case FactKind.PERCENT:
            return written.startswith(tuple(_PERCENT))
    return bool(spec.unit) and written.lstrip("万").startswith(spec.unit)


def _scaled(
    spec: FactSpec, number: Decimal, written: str, in_label: str | None, text: str, remarks: tuple[str, ...]
) -> Number:
    unit = written or fold(in_label or "").replace("m2", "平方米")
    if spec.kind is FactKind.AREA:
        if unit.startswith("亩"):
            return Number((number * _AREA_MU).quantize(Decimal("0.01")), (*remarks, "1亩按666.67㎡折算"))
        return _by_table(_AREA, spec, number, unit, text, remarks, "㎡")
    if spec.kind is FactKind.MONEY:
        if not written and _SPOKEN_MONEY.search(text.strip()):
            return Number(number / 10000, (*remarks, "没有写元，按元读入"))
        if not unit and abs(number) >= 100000:
            raise BadWords(f"“{shortened(text)}”没有写单位，看不出是元还是万元，请写明")
        return _by_table(_MONEY, spec, number, unit, text, remarks, "万元")
    if spec.kind is FactKind.PERCENT:
        if not unit and 0 < number <= 1:
            raise BadWords(f"“{shortened(text)}”没有写单位，看不出是百分之几，请写成 {number * 100}% 的样子")
        return _by_table(_PERCENT, spec, number, unit, text, remarks, "%")
    return _counted(spec, number, unit, text, remarks)


def _by_table(
    table: dict[str, int | str],
    spec: FactSpec,
    number: Decimal,
    unit: str,
    text: str,
    remarks: tuple[str, ...],
    default: str,
) -> Number:
    for name in sorted(table, key=len, reverse=True):
        if unit.startswith(name):
            return Number(number * Decimal(str(table[name])), remarks)
    if not unit or not re.match(r"[\u4e00-\u9fffa-z%]", unit):
        return Number(number, (*remarks, f"没有写单位，按{default}读入"))
    raise BadWords(f"“{shortened(text)}”的单位不对，{spec.label}应以{default}计")


def _counted(spec: FactSpec, number: Decimal, unit: str, text: str, remarks: tuple[str, ...]) -> Number:
    if unit.startswith(("万", "亿")):
        number, unit = number * (10000 if unit[0] == "万" else 100000000), unit[1:]
    if spec.unit in {"年", "岁"} and re.match(r"个?月", unit):
        return Number(number / 12, remarks)
    foreign = re.match(r"平方米|平米|公顷|亩|元|%", unit)
    if foreign and not (spec.unit.startswith("㎡") and foreign.group() in {"平方米", "平米"}):
        raise BadWords(f"“{shortened(text)}”的单位不对，{spec.label}应以{spec.unit or '个'}计")
    people = {"户": "人", "人": "户"}.get(spec.unit)
    if people and unit.startswith(people):
        raise BadWords(f"“{shortened(text)}”的单位不对，{spec.label}应以{spec.unit}计")
    return Number(number, remarks)


def _unit_after(text: str, at: int) -> str:
    """What follows a number: the unit and the words behind it, up to a mark."""
    return re.split(r"[,;:。、/]", text[at : at + 12].lstrip())[0].strip()


def _decimal(text: str) -> Decimal:
    cleaned = text.replace(",", "").replace(" ", "").replace("负", "-")
    try:
        return Decimal(cleaned)
    except InvalidOperation as exc:
        raise BadWords(f"“{text}”不是数字") from exc


def _numerals(text: str) -> str:
    """Chinese numerals of amounts as digits: 五百二十平方米 → 520平方米, 百分之三十 → 30%."""
    text = re.sub(
        r"百分之([零〇一二两三四五六七八九十百点]+|[\d.]+)", lambda m: digits(m.group(1)) + "%", text
    )

    text = _TENS.sub(lambda m: f"{Decimal(m[1]) * {'百': 100, '千': 1000}[m[2]]:f}", text)

    def replaced(match: re.Match[str]) -> str:
        word = match.group()
        # "一" of 一级, 第一 or 同一 is no amount; 二十 and what a unit follows is
        follows = text[match.end() : match.end() + 2]
        if len(word) > 1 or re.match(r"平|户|人|亿|万|元|亩|公|m|个|张|年|岁|项|份|%", follows):
            return digits(word)
        return word

    return _CHINESE.sub(replaced, text)


def digits(word: str) -> str:
    """One Chinese numeral as digits; as it is where it is none.

    >>> digits("六千万"), digits("三千二百"), digits("三点五"), digits("一亿二千万")
    ('60000000', '3200', '3.5', '120000000')
    """
    if re.fullmatch(r"[\d.]+", word):
        return word
    total, section, digit, decimals = 0, 0, 0, ""
    whole, _, behind = word.partition("点")
    decimals = "".join(str(_value(each)) for each in behind if each in _DIGITS)
    for each in whole if behind else word:
        if each in _DIGITS:
            digit = _value(each)
        elif each in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[each]
            digit = 0
        elif each in "万亿":
            base = (total + section + digit) if each == "亿" else (section + digit)
            total = base * 100000000 if each == "亿" else total + base * 10000
            section = digit = 0
    value = Decimal(f"{total + section + digit}.{decimals or 0}")
    scale = 10000 if behind.endswith("万") else 100000000 if behind.endswith("亿") else 1
    value *= scale
    return f"{value.normalize():f}"


def _value(character: str) -> int:
    return {
        "零": 0,
        "〇": 0,
        "一": 1,
        "二": 2,
        "两": 2,
        "三": 3,
        "四": 4,
        "五": 5,
        "六": 6,
        "七": 7,
        "八": 8,
        "九": 9,
    }[character]


def shortened(text: str) -> str:
    """Words short enough for a message."""
    return text if len(text) <= 40 else text[:40] + "…"
