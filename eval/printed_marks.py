"""The marks a text prints at line starts, counted without the parser: the other side of the scales.

A cheap, obvious reading of clean text with one paragraph a line (laws, gov.cn pages).
Marks inside “…” belong to another document, chapters listed under 目录 come again later;
neither is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexing.numerals import NUMERAL, article_mark, chinese_numeral, parse_numeral

_START = r"^[\s#*>\-]*"
# "第十二条之一 内容", "**第三条** 内容", "第三条本办法…"; not "第三条规定的情形", "第三条、第五条"
_QUOTED = "规的第至、和所中及或与，。；项款（(《"  # what follows a mark that is only mentioned
_ARTICLE = re.compile(
    _START + rf"(第\s*(?:{NUMERAL})\s*条(?:\s*之\s*(?:{NUMERAL}))?)(?=[\s【*]|$|[^{_QUOTED}])"
)
# "第一章 总则", "第二编", "第五章法律责任"; not "第二章的规定。"
_CHAPTER = re.compile(
    _START + rf"第\s*({NUMERAL})\s*(编|分编|章|节)(?=[\s*]|$|[^{_QUOTED}].{{0,30}}$)(?!.*[。；：，]$)"
)
_ITEM = re.compile(_START + r"[（(]([一二三四五六七八九十百]+)[）)]")  # （一）, (十二); not （1）
# "一、总体要求", "一、一般规定"; not "一、二级森林火险区"
_HEADING = re.compile(_START + r"([一二三四五六七八九十百]+)、(?![一二三四五六七八九十]+[级类项等款、])")


@dataclass(frozen=True, slots=True)
class PrintedMarks:
    """Marks outside quotes and tables of contents, in order, in canonical form."""

    articles: tuple[str, ...]
    chapters: tuple[str, ...]
    items: tuple[str, ...]
    headings: tuple[str, ...]


def printed_marks(text: str) -> PrintedMarks:
    r"""What stands at the line starts of `text`.

    >>> printed_marks("第一章 总则\n第 1 条 甲：\n（一）乙。\n“第九条 丙。\n（一）丁。”").articles
    ('第一条',)
    >>> printed_marks("第一条 依照\n第五条规定办理。").articles
    ('第一条',)
    """
    found: dict[str, list[str]] = {"article": [], "chapter": [], "item": [], "heading": []}
    lines = text.splitlines()
    listed = _contents_lines(lines)
    quoted = False
    for number, line in enumerate(lines):
        starts_quoted = quoted or line.lstrip("# *").startswith("“")
        quoted = _quote_open(line, quoted)
        if not starts_quoted and number not in listed:
            _note(line, found)
    return PrintedMarks(*(tuple(found[key]) for key in ("article", "chapter", "item", "heading")))


def _contents_lines(lines: list[str]) -> set[int]:
    """Line numbers after 目录 that are printed again further down."""
    tight = [re.sub(r"[\s#*]+", "", line) for line in lines]
    start = next((n for n, line in enumerate(tight) if line in ("目录", "目次")), None)
    if start is None:
        return set()
    listed: set[int] = set()
    for number in range(start + 1, len(tight)):
        if tight[number] and tight[number] not in tight[number + 1 :]:
            break
        listed.add(number)
    return listed


def _quote_open(line: str, quoted: bool) -> bool:
    """Whether a “ is still open at the end of the line."""
    for character in line:
        if character in "“”":
            quoted = character == "“"
    return quoted


def _note(line: str, found: dict[str, list[str]]) -> None:
    chapter = _CHAPTER.match(line)
    if article := _ARTICLE.match(line):
        found["article"].append(article_mark(article.group(1)) or article.group(1))
    elif chapter:
        found["chapter"].append(f"第{chinese_numeral(parse_numeral(chapter.group(1)))}{chapter.group(2)}")
    elif item := _ITEM.match(line):
        found["item"].append(f"（{item.group(1)}）")
    elif heading := _HEADING.match(line):
        found["heading"].append(heading.group(1))
