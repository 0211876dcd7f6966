"""Blanks left over, placeholders, half-width punctuation, quotes and spaces in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.export.lint.findings import Finding, Rule, finding
from assistant.export.lint.patterns import ARTICLE, MARKS
from assistant.export.lint.roles import Part, Placed
from assistant.export.lint.word_file import TableFile

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_BLANK = re.compile(r"【\s*(?:待补|待填|待定|待核)[^】]{0,200}】")
# "XX", "××街道", "某某", "____", "〔　〕", "2026年×月" yes; "某街道", "XXL" no
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])[XxＸｘ]{2,}(?![A-Za-z])|×{1,}(?=[^\d\s])|某某|_{3,}|＿{2,}|〔[ 　]*〕|TODO|待补充"
)
_FILLER = "〇"  # for what is quoted, which keeps the signs it was issued with; neither Chinese nor a sign
_SIGNS = {
    ",": "，",
    ";": "；",
    ":": "：",
    "(": "（",
    ")": "）",
    "?": "？",
    "!": "！",
    '"': "“”",
    "'": "‘’",
    "~": "～",
    "<": "〈",
    ">": "〉",
}
# "社区,街道", "（一)", "类型:新建" yes; "3,000", "1:500", "GB/T 9704" no
_HALF_WIDTH = re.compile(
    rf"(?<=[{_HAN}）”》\d%])[,;:?!)](?=\s*[{_HAN}（“《]|\s*$)|(?<=[{_HAN}])[,;:?!()\"'~]|[(\"'](?=[{_HAN}])"
)
# "社区 街道", "社区  A" yes; "GB/T 9704", "表1　名称" no
_SPACES = re.compile(
    rf"(?<=[{_HAN}，。；：、）”》])[ \u00a0\u3000]+(?=[{_HAN}，。；：、（“《])|(?<=\S)[ \u00a0]{{2,}}(?=\S)"
)
_MAX_EMPTY = 3  # two lines above a title, three for a seal
# where spaces are part of the form: "表1　名称", "第一条　期限"
_SPACED = frozenset(
    {Part.CAPTION, Part.PARTY, Part.HEAD, Part.NUMBER, Part.UNIT, Part.IMPRINT, Part.UNDER_TITLE}
)
_NOTE_MARK = re.compile(r"\s*附\s*件\s*[:：]\s*(?:\d+[.．、]\s*)?|\s*\d+[.．、]\s*")


def check_wording(items: tuple[Placed, ...]) -> Iterator[Finding]:
    """What is wrong with the words, paragraph by paragraph, then cell by cell."""
    for one in items:
        if isinstance(one.item, TableFile):
            yield from _cells(one.item, one.place)
        elif one.part is not Part.EMPTY:
            yield from _words(_without_frame(one), one.place, spaced=one.part in _SPACED)
    yield from _empty_lines(items)


def _without_frame(one: Placed) -> str:
    """The words of a paragraph without what other rules look at: marks, 附件：, the colon of 主送."""
    text = one.para.text
    if one.part is Part.HEADING and one.level:
        mark = ARTICLE if one.article else MARKS[one.level - 1]
        return mark.sub("", text, count=1).lstrip()
    if one.part is Part.NOTE:
        return _NOTE_MARK.sub("", text, count=1)
    return text.rstrip(" :：") if one.part is Part.RECIPIENTS else text


def _cells(table: TableFile, place: str) -> Iterator[Finding]:
    for number, row in enumerate(table.rows, start=1):
        for cell in row:
            for para in cell:
                yield from _words(para.text, f"{place}第{number}行", spaced=True)


def _words(text: str, place: str, *, spaced: bool) -> Iterator[Finding]:
    blanks = _BLANK.findall(text)
    if blanks:
        shown = f"{len(blanks)}处{blanks[0]}" if len(blanks) > 1 else blanks[0]
        yield finding(Rule.BLANK, place, shown, "填写或删去")
    if held := _PLACEHOLDER.search(_BLANK.sub("", text)):
        yield finding(Rule.PLACEHOLDER, place, held.group(), "填写实际内容")
    plain = _without_quoted(text)
    if half := _HALF_WIDTH.search(plain):
        yield finding(
            Rule.HALF_WIDTH, place, _around(text, half), f"全角“{_SIGNS.get(half.group()[0], half.group())}”"
        )
    yield from _quotes(text, place)
    if not spaced and (gap := _SPACES.search(plain.strip())):
        yield finding(Rule.DOUBLE_SPACE, place, _around(text.strip(), gap), "删去")


def _without_quoted(text: str) -> str:
    """`text`, as long as before, with a filler for each character quoted or in a title.

    A quotation may hold others (“老”“小” inside “……”), as what is quoted is left as issued.
    """
    plain = list(text)
    for opening, closing in ("“”", "《》", "〈〉"):
        if text.count(opening) != text.count(closing):
            continue  # told by another rule
        depth = 0
        for place, sign in enumerate(text):
            depth -= sign == closing
            if depth > 0:
                plain[place] = _FILLER
            depth += sign == opening
    return "".join(plain)


def _quotes(text: str, place: str) -> Iterator[Finding]:
    for name, opening, closing in (("引号", "“", "”"), ("书名号", "《", "》"), ("括号", "（", "）")):
        if text.count(opening) != text.count(closing):
            found = f"{name}左{text.count(opening)}个、右{text.count(closing)}个，没有成对"
            yield finding(Rule.QUOTES, place, found, "成对使用")
            return


def _around(text: str, found: re.Match[str]) -> str:
    """A few characters on either side of what was found."""
    return text[max(0, found.start() - 5) : found.end() + 5].strip()


def _empty_lines(items: tuple[Placed, ...]) -> Iterator[Finding]:
    run, before = 0, "文首"
    for one in items:
        if one.part is Part.EMPTY:
            run += 1
            continue
        if run > _MAX_EMPTY:
            yield finding(Rule.EMPTY_LINES, f"{before}之后", f"{run}个空行", "删去多余空行，换页用分页符")
        run, before = 0, one.place
