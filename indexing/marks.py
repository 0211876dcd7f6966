"""The numbering marks of official documents: 第X章 第X条 一、（一）1.（1）①.

立法法 and GB/T 9704—2012 use different families; which one a part follows is
decided by the clause parser, a mark here is only recognised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from indexing.numerals import chinese_numeral, parse_numeral


class Family(IntEnum):
    """Numbering families, outermost rank first."""

    BOOK = 0  # 第一编
    SUBBOOK = 1  # 第一分编
    CHAPTER = 2  # 第一章, 第一部分
    SECTION = 3  # 第一节
    ARTICLE = 4  # 第一条
    HEADING1 = 5  # 一、
    HEADING2 = 6  # （一）
    HEADING3 = 7  # 1.
    HEADING4 = 8  # （1）
    HEADING5 = 9  # ①
    DECIMAL_TOP = 10  # 1 above 1.1
    DECIMAL = 11  # 1.1, 1.1.1


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the start of a paragraph."""

    family: Family
    number: int
    text: str  # as issued
    name: str  # canonical form for paths: （一）, 1, 第二十三条
    end: int  # characters of the paragraph it takes, following space included
    is_spaced: bool  # followed by white space, 【 or the end: rarely so inside a sentence
    is_doubtful: bool = False  # "一、二级医院": a mark only where its number is the one expected


_CN = "[零〇○一二两三四五六七八九十百千]"
# "第五条 为了" and "第五条为了" yes; "第五条规定的", "第五条第二款", "第五条、第六条" no: they cite
_CITING = (
    r"(?!(?:规定|所称|所列|所述|所指|所规定|的规定|要求|情形|中(?:的|所|规定|，)|之规定|修改为|改为|删去|后增加))"
    r"(?!\s*(?:第[零〇一二三四五六七八九十\d]+[款项目]|至第|到第|、第|和第|及第|或第|或者第|与第|以及第))"
)
# "（一）项目申报", "（二）及时发布" begin items; "（一）项规定", "（一）、（二）项" cite them
_LISTED = (
    r"\s*(?:[、至和或及与到]?\s*[（(][零〇一二三四五六七八九十\d]+[）)]"
    r"|项(?!目)|目(?!标|前|的|录)|款(?!项|待))"
)
_PATTERNS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    (Family.SUBBOOK, re.compile(rf"第\s*(?P<n>{_CN}+|\d+)\s*分编(?=\s|$|[\u4e00-\u9fff]{{1,20}}$)")),
    (Family.BOOK, re.compile(rf"第\s*(?P<n>{_CN}+|\d+)\s*编(?=\s|$|[\u4e00-\u9fff]{{1,20}}$)")),
    # "第一章 总 则" yes; "第三章规定的" no
    (Family.CHAPTER, re.compile(rf"第\s*(?P<n>{_CN}+|\d+)\s*(?:章|部分)(?![^\s]*[。；，]){_CITING}")),
    (Family.SECTION, re.compile(rf"第\s*(?P<n>{_CN}+|\d+)\s*节(?![^\s]*[。；，]){_CITING}")),
    (
        Family.ARTICLE,
        re.compile(
            rf"第\s*(?P<n>{_CN}+|\d+)\s*条(?:\s*之\s*(?P<sub>{_CN}+|\d+)(?!{_CN}))?(?!\s*之\s*{_CN}){_CITING}"
        ),
    ),
    # "一、总体要求" yes; "一是" no; "一、二级医院" is doubtful
    (Family.HEADING1, re.compile(rf"(?P<n>{_CN}{{1,3}})\s*[、．.]")),
    # "（一）发布" yes; "（一）项规定", "（一）（二）项" no
    (
        Family.HEADING2,
        re.compile(rf"[（(]\s*(?P<n>{_CN}{{1,3}})\s*[）)](?!{_LISTED})\s*、?(?!{_LISTED})"),
    ),
    # "1.2.3 室内" yes; "1.5倍" no (the number ends the mark and words follow)
    (Family.DECIMAL, re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})(?=[\s\u3000]+[\u4e00-\u9fff《“])")),
    # "1. 加强", "1、加强" yes; "1.5倍", "2024.5" no
    (Family.HEADING3, re.compile(r"(?P<n>\d{1,2})\s*[.．、](?![\d])(?!\s*\d+\s*[.．、%％])")),
    (Family.HEADING4, re.compile(rf"[（(]\s*(?P<n>\d{{1,2}})\s*[）)](?!{_LISTED})")),
    (Family.HEADING4, re.compile(r"(?P<n>\d{1,2})\s*[）)]")),
    (Family.HEADING5, re.compile(r"(?P<n>[①-⑳])")),
)
# "二级", "四层至六层" after 一、 may be what 一 counts together with them
_COUNTED = re.compile(rf"{_CN}{{1,2}}[、级类等楼层至]")
_FIRST = re.compile(r"[第（(零〇一二两三四五六七八九十百\d①-⑳]")
_UNIT = {Family.BOOK: "编", Family.SUBBOOK: "分编", Family.SECTION: "节", Family.ARTICLE: "条"}


@lru_cache(maxsize=8192)  # reader, parts and parser ask about the same paragraphs
def read_mark(text: str) -> Mark | None:
    """The mark a paragraph starts with, or None.

    >>> read_mark("第二十三条 【资金支持】支持新建").name
    '第二十三条'
    >>> read_mark("(一)优化设施规划布局。").name, read_mark("第十条规定的材料")
    ('（一）', None)
    """
    if not _FIRST.match(text):
        return None
    for family, pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            return _mark(family, found, text)
    return None


def _mark(family: Family, found: re.Match[str], text: str) -> Mark:
    issued = found.group("n")
    end = found.end()
    while end < len(text) and text[end].isspace():
        end += 1
    number = _number(family, issued)
    spaced = end > found.end() or end == len(text) or text[end] in "【〔[" or family not in _UNIT
    sub = found.groupdict().get("sub")
    name = _name(family, issued, number, found.group(0).strip())
    name += f"之{_chinese(sub)}" if sub else ""
    doubtful = family is Family.HEADING1 and _COUNTED.match(text, found.end()) is not None
    return Mark(family, number, found.group(0).strip(), name, end, spaced, doubtful)


def _number(family: Family, issued: str) -> int:
    if family is Family.DECIMAL:
        return int(issued.rsplit(".", 1)[1])
    return parse_numeral(issued)


def _chinese(issued: str) -> str:
    return chinese_numeral(parse_numeral(issued))


def _name(family: Family, issued: str, number: int, whole: str) -> str:
    if family is Family.DECIMAL:
        return issued
    if family is Family.HEADING3:
        return str(number)
    if family is Family.HEADING4:
        return f"（{number}）"
    if family is Family.HEADING5:
        return issued
    if not 1 <= number <= 9999:
        return whole
    if family is Family.HEADING1:
        return chinese_numeral(number)
    if family is Family.HEADING2:
        return f"（{chinese_numeral(number)}）"
    unit = _UNIT.get(family) or ("部分" if whole.endswith("部分") else "章")
    return f"第{chinese_numeral(number)}{unit}"
