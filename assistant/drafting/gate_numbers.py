"""The number gate: every figure, date and numeral must stand in a fact or in a clause cited beside it.

Arabic and Chinese numerals are read alike, with their unit: 十五万元 is 15万元 is 150000元. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from indexing.folding import fold
from indexing.numerals import AMOUNT, parse_amount

_UNIT_WORDS = (
    "万平方米|平方公里|平方米|平米|㎡|m2|公顷|亩|亿元|万元|元|万人|人次|人|万户|百户|户|家|个百分点|个月|个|处|项|种|类|大类|大(?=[\u4e00-\u9fff])|张|份|栋|套|"
    "所|间|岁|层|级|名|位|台|条|款|章|节|届|期|批|次|倍|成|折|%|％|年|月|日|天|小时|分钟|米|公里|号|字|页|周|季度|季|档|楼|套|座|笔|件|对|环|星|度|路|步"
)
# "860平方米", "十五万元", "3.5%", "第十二条"; not "统一", "一致": those stand in `_IDIOMS`
_TOKEN = re.compile(rf"(?<![\d.])({AMOUNT})\s*(?:[余多来]?({_UNIT_WORDS}))?")
# "百分之三十", "四分之一"; "三成五" is 35%
_SHARE = re.compile(rf"(百|千|万|[二三四五六七八九十])分之({AMOUNT})")
_TENTHS = re.compile(r"([一二三四五六七八九])成([一二三四五六七八九半])")
_DAY = re.compile(r"(\d{4})\s*[年\-./]\s*(\d{1,2})(?:\s*[月\-./](?:\s*(\d{1,2})\s*日?)?)?")
_FACTORS = {
    "亿元": (Decimal(100_000_000), "元"),
    "万元": (Decimal(10_000), "元"),
    "㎡": (Decimal(1), "平方米"),
    "m2": (Decimal(1), "平方米"),
    "平米": (Decimal(1), "平方米"),
    "万平方米": (Decimal(10_000), "平方米"),
    "公顷": (Decimal(10_000), "平方米"),
    "亩": (Decimal(2000) / 3, "平方米"),
    "万人": (Decimal(10_000), "人"),
    "万户": (Decimal(10_000), "户"),
    "百户": (Decimal(100), "户"),
    "％": (Decimal(1), "%"),
    "成": (Decimal(10), "%"),
    "大类": (Decimal(1), "类"),
    "名": (Decimal(1), "人"),
    "位": (Decimal(1), "人"),
}
# words with a numeral sign that count nothing
_IDIOMS = re.compile(
    r"统一|一致|一体|一般|进一步|一并|一律|一定|同一|唯一|万一|十分|一老一小|一站式|一方面|另一方面|一经|一旦|任一|每一|逐一|之一"
    r"|一系列|一切|一同|一直|专一|单一|第三方|第一时间|一手|一起|不一|一刻钟|合二为一|七夕|三甲|九龙坡|四川|千方百计|一揽子|半径|百年大计"
    r"|一事一议|一网通办|一照多址|一刀切|四同步|两岸|四至|万州|万达|三峡|八一|一次性|半日托|多元|一批|一是|二是|三是|四是|五是|六是"
    r"|百花|双百|五里店|二维码|三维|千斯门|百度|一级|二级|千厮门|三公|一线|二手|双拥|零星|零售|百户"
)
_CHINESE = re.compile(r"[零〇○一二两三四五六七八九十百千万亿半]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its base unit (元, 平方米, 人 …), as written at a place in a text."""

    value: Decimal
    unit: str
    words: str
    start: int


def figures(text: str) -> Iterator[Figure]:
    """Every number of a text in order, dates apart (see `days`). Idioms (统一, 一致) count nothing."""
    folded = in_one_width(text)
    shares = _shares(folded)
    yield from shares
    hidden = _TENTHS.sub(_stars, _SHARE.sub(_stars, folded))
    hidden = _DAY.sub(_stars, _IDIOMS.sub(_stars, hidden))
    for token in _TOKEN.finditer(hidden):
        written, unit = token.group(1), token.group(2) or ""
        if not re.search(r"[\d零〇一二两三四五六七八九十百千半]", written):  # 万元 alone is a unit
            continue
        if not unit and not written[0].isdigit() and not _counts(hidden, token.start(), token.end()):
            continue
        value = parse_amount(written)
        factor, base_unit = _FACTORS.get(unit, (Decimal(1), unit))
        if unit == "年" and hidden[token.start() - 1 : token.start()] in ("第", "前"):
            base_unit = "第年"  # 第二年 is no term of two years, nor are 前两年
        yield Figure(value * factor, base_unit, token.group(), token.start())


def _shares(text: str) -> list[Figure]:
    """百分之三十, 四分之一 and 三成五 in percent."""
    found = [
        Figure(
            parse_amount(one[2]) * 100 / _BASES.get(one[1], parse_amount(one[1])), "%", one[0], one.start()
        )
        for one in _SHARE.finditer(text)
    ]
    tenths = _TENTHS.finditer(text)
    return found + [
        Figure(
            parse_amount(one[1]) * 10 + (5 if one[2] == "半" else parse_amount(one[2])),
            "%",
            one[0],
            one.start(),
        )
        for one in tenths
    ]


_BASES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}


def _stars(match: re.Match[str]) -> str:
    return "＊" * len(match.group())


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a bare Chinese numeral is one: two signs or more, or after 第, 约, 共, 达, 超."""
    before = text[start - 1 : start]
    return end - start >= 2 or (before in "第约共达超近逾计为" and bool(before))


# "6月1日" of a year named before
_MONTH_DAY = re.compile(r"(?<![年\d.\-/])(\d{1,2})月(\d{1,2})日")
# "二〇二七年六月": years as they are spelt
_SPELT_YEAR = re.compile(r"[二一][零〇○0][零〇○一二三四五六七八九]{2}(?=年)")
_SPELT_DAY = re.compile(r"(?<=年)([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?")


def days(text: str) -> Iterator[tuple[str, str]]:
    """Dates of a text as 2026-3-9 or 2026-3, each with its words."""
    for day in _DAY.finditer(in_one_width(text)):
        parts = [str(int(each)) for each in day.groups() if each]
        if len(parts) > 1 and int(parts[1]) <= 12:
            yield "-".join(parts), day.group()


def in_one_width(text: str) -> str:
    """Half width, digits without thousands' commas."""
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", fold(text))
    digits = _SPELT_YEAR.sub(lambda one: "".join(str(_DIGITS[sign]) for sign in one.group()), plain)
    return _SPELT_DAY.sub(_spelt_day, digits) if digits != plain else plain


def _spelt_day(spelt: re.Match[str]) -> str:
    month, day = spelt.groups()
    return f"{parse_amount(month)}月" + (f"{parse_amount(day)}日" if day else "")


_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "0": 0}


# "次年5月底", "6月起": a month of a year named before, or that the reader knows
_MONTH = re.compile(
    r"(?<!\d年)(?<![\d.\-/])(\d{1,2})月(?=底|初|末|中|上旬|下旬|起|份|前|后|以|开|完|竣|[，。；、]|$)"
)
# 一个既有社区: the article, which counts nothing; not 新增一个
_ARTICLE = re.compile(r"(?<=[是为的])一(?:个|处|项|种|家|类)(?=[\u4e00-\u9fff])")
# "服务人次6.2万": the unit stands before its figure
_BEFORE = re.compile(r"(人次)(\d[\d.]*万?)(?![\d.万])")
_GROUND_FLOOR = re.compile(r"[首底]层")
_KINDS = ("种", "项", "类", "个", "级", "方")
_LISTED = re.compile(r"[^，。；：、和与及]+(?:[、和与及][^，。；：、和与及]+)+")


def _is_counted(figure: Figure, text: str) -> bool:
    """Whether a figure only counts what its sentence lists: 采取堂食和送餐两种形式."""
    if figure.unit not in _KINDS:
        return False
    lists = (re.split(r"[、和与及]", one.group()) for one in _LISTED.finditer(text))
    return any(len(items) == figure.value for items in lists)


class Known:
    """The figures and dates that may be said: those of facts and of cited words."""

    def __init__(self, texts: Iterable[str]) -> None:
        joined = [_GROUND_FLOOR.sub("一层", _BEFORE.sub(r"\2\1", text)) for text in texts]
        found = [each for text in joined for each in figures(text)]
        self.pairs = {(each.value, each.unit) for each in found}
        self._values = {each.value for each in found}
        self.days = {day for text in joined for day, _ in days(text)}
        self.days |= {day.rpartition("-")[0] for day in self.days if day.count("-") == 2}
        self._years = {day.partition("-")[0] for day in self.days}

    def lacks(self, text: str) -> list[str]:
        """The figures and dates of a text that are not known, as written."""
        lacking = [words for day, words in days(text) if day not in self.days]
        rest = _ARTICLE.sub(_stars, text)
        for pattern in (_MONTH_DAY, _MONTH):
            rest = pattern.sub(lambda one: _stars(one) if self._has_day(one) else one.group(), rest)
        return lacking + [
            each.words for each in figures(rest) if not self.has(each) and not _is_counted(each, rest)
        ]

    def _has_day(self, day: re.Match[str]) -> bool:
        """Whether a day or month without its year is one of those known."""
        parts = [str(int(part)) for part in day.groups()]
        return any(one.split("-")[1 : len(parts) + 1] == parts for one in self.days)

    def has(self, figure: Figure) -> bool:
        """Whether a figure is known with its unit; a bare one with any."""
        if figure.unit == "年" and str(figure.value) in self._years:
            return True
        if not figure.unit:
            return figure.value in self._values
        return (figure.value, figure.unit) in self.pairs
