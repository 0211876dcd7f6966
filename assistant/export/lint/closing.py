"""主送, 发文字号, 附件说明 and 附件, 落款 and 成文日期 (GB/T 9704—2012, 7.2.5, 7.3.2, 7.3.4–7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.export.layout import BODY_SIZE, CHARACTER
from assistant.export.lint.findings import Finding, Rule, finding
from assistant.export.lint.kinds import Kind, face_shown
from assistant.export.lint.patterns import ANNEX, BLANK_DAY
from assistant.export.lint.roles import Part, Placed
from assistant.export.lint.word_file import Para
from indexing.numerals import parse_amount

_RIGHT_NUMBER = re.compile(r"[^\d〔\s]+〔\d{4}〕[1-9]\d*号")
_DAY = re.compile(r"(?P<year>\d{4})年(?P<month>[1-9]|1[0-2])月(?P<day>[1-9]|[12]\d|3[01])日")
_STOPS = "。；，、.;,"
_NUMBERS = re.compile(r"\d+")
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2})(?P<stop>[.．、])\s*(?P<name>.*)", re.DOTALL)
_NOTE_HEAD = re.compile(r"\s*附\s*件\s*(?P<colon>[:：])\s*")
# 文种 that always go to somebody: "……的请示" yes; "……方案" no
_ADDRESSED = re.compile(r"(?:请示|报告|函|通知|批复|意见|通报|复函)$")
_OF = re.compile(r"关于.*的(?:请示|报告|函|通知|批复|复函|通报)$")


def check_closing(items: tuple[Placed, ...]) -> Iterator[Finding]:
    """What is wrong around the body: to whom, under which number, with what, by whom and when."""
    yield from _numbers(items)
    yield from _recipients(items)
    yield from _attachments(items)
    yield from _signature(items)


def _numbers(items: tuple[Placed, ...]) -> Iterator[Finding]:
    for one in items:
        if one.part is Part.NUMBER:
            number = re.split(r"[\t　 ]{2,}|\t|签发人", one.para.text.strip())[0].strip()
            if not _RIGHT_NUMBER.fullmatch(number):
                yield finding(
                    Rule.DOCUMENT_NUMBER, one.place, number, "“机关代字〔年份〕序号号”，不编虚位、不加“第”"
                )


def _recipients(items: tuple[Placed, ...]) -> Iterator[Finding]:
    named = [one for one in items if one.part is Part.RECIPIENTS]
    title = "".join(one.para.text.strip() for one in items if one.part is Part.TITLE and one.annex == 0)
    if not named and _OF.search(title):
        kind = _ADDRESSED.search(title)
        yield finding(
            Rule.RECIPIENT_MISSING, "标题之下", kind.group() if kind else "公文", "主送机关，末尾用全角冒号"
        )
    for one in named:
        text = one.para.text
        if not text.rstrip().endswith("："):
            yield finding(Rule.RECIPIENT_COLON, one.place, text.rstrip()[-1:], "全角冒号“：”")
        form = one.para.form
        if (
            text[:1].isspace()
            or (form.first_line_chars or form.first_line or form.left_chars or form.left or 0) > 60
        ):
            yield finding(Rule.RECIPIENT_PLACE, one.place, "没有顶格", "居左顶格")


def _attachments(items: tuple[Placed, ...]) -> Iterator[Finding]:
    lines = [one for one in items if one.part is Part.NOTE and one.annex == 0]
    names: list[str] = []
    for number, one in enumerate(lines, start=1):
        text = one.para.text
        head = _NOTE_HEAD.match(text)
        if head and head.group("colon") == ":":
            yield finding(Rule.ATTACHMENT_NOTE, one.place, "用了半角冒号", "写作“附件：”")
        rest = text[head.end() :] if head else text
        numbered = _NUMBERED.fullmatch(rest)
        name = (numbered.group("name") if numbered else rest).strip()
        names.append(name.rstrip(_STOPS))
        yield from _note_line(one, number, numbered, name, several=len(lines) > 1)
    yield from _annexes(items, names)


def _note_line(
    one: Placed, number: int, numbered: re.Match[str] | None, name: str, *, several: bool
) -> Iterator[Finding]:
    if name.endswith(tuple(_STOPS)):
        yield finding(Rule.ATTACHMENT_NOTE, one.place, f"名称末尾有“{name[-1]}”", "不加标点")
    if several and numbered is None:
        yield finding(Rule.ATTACHMENT_NOTE, one.place, "没有序号", f"编为“{number}.”")
    elif numbered is not None and int(numbered.group("number")) != number:
        yield finding(Rule.ATTACHMENT_NOTE, one.place, f"序号为{numbered.group('number')}", f"为{number}")
    elif numbered is not None and numbered.group("stop") == "、":
        yield finding(Rule.ATTACHMENT_NOTE, one.place, "序号后用了顿号", "用圆点“1.”")


def _annexes(items: tuple[Placed, ...], names: list[str]) -> Iterator[Finding]:
    marks = [one for one in items if one.part is Part.ANNEX]
    for number, mark in enumerate(marks, start=1):
        yield from _annex_mark(mark, number, several=max(len(marks), len(names)) > 1)
        title = "".join(
            one.para.text.strip() for one in items if one.part is Part.TITLE and one.annex == mark.annex
        )
        if number > len(names):
            yield finding(Rule.ATTACHMENT_NOTE, mark.place, "没有列出这个附件", "在正文之后逐个列出附件名称")
        elif title and _tight(title) != _tight(names[number - 1]):
            yield finding(Rule.ATTACHMENT_TITLE, mark.place, title, names[number - 1])
    if marks and len(marks) < len(names):
        missing = names[len(marks)]
        yield finding(
            Rule.ATTACHMENT_NOTE,
            "附件",
            f"列了{len(names)}个附件，后面只有{len(marks)}个",
            f"补上“{missing}”",
        )


def _annex_mark(mark: Placed, number: int, *, several: bool) -> Iterator[Finding]:
    wanted = f"写作“附件{number}”" if several else "写作“附件”"
    found = ANNEX.fullmatch(mark.para.text)
    written = found.group("number") if found else ""
    run = mark.para.first
    if written != (str(number) if several else "") or mark.para.text.strip().endswith((":", "：")):
        yield finding(Rule.ATTACHMENT_MARK, mark.place, f"写作“{mark.para.text.strip()}”", wanted)
    elif run is not None and (not Kind.HEITI.has(run.form.east_asian) or run.form.size != BODY_SIZE):
        yield finding(
            Rule.ATTACHMENT_MARK, mark.place, f"用{face_shown(run.form.east_asian)}", "用三号黑体、顶格"
        )


def _tight(text: str) -> str:
    return re.sub(r"[\s《》]", "", text)


def _signature(items: tuple[Placed, ...]) -> Iterator[Finding]:
    days = [one for one in items if one.part is Part.DAY]
    for one in days:
        text = one.para.text.strip()
        if BLANK_DAY.fullmatch(text):
            if not text.startswith("【"):  # a 【待补】 is named with the other blanks
                yield finding(Rule.DATE_FORM, one.place, "空着", "“2026年1月5日”的样子，定稿前填写")
        elif not _is_day(text):
            yield finding(Rule.DATE_FORM, one.place, text, f"“{_better(text)}”，用阿拉伯数字，月、日不编虚位")
        if not _stands_right(one.para):
            yield finding(Rule.DATE_PLACE, one.place, "没有靠右", "右空二字（盖章时右空四字）")
    units = [one for one in items if one.part is Part.UNIT]
    if days and not units:
        yield finding(
            Rule.SIGNATURE, days[-1].place, "成文日期上方没有发文机关署名", "写明发文机关全称或规范化简称"
        )


# "二〇二六年五月八日", not "二十一世纪"
_SPELT_DAY = re.compile(
    r"([一二][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = "〇一二三四五六七八九"


def _is_day(text: str) -> bool:
    found = _DAY.fullmatch(text)
    if not found:
        return False
    try:
        date(int(found.group("year")), int(found.group("month")), int(found.group("day")))
    except ValueError:
        return False
    return True


def _better(text: str) -> str:
    """The same day as it should be written, where its numbers can be read; else an example."""
    spelt = _SPELT_DAY.match(text)
    if spelt:
        year, month, day = spelt.groups()
        text = (
            f"{''.join(str(_DIGITS.index(sign)) for sign in year.replace('零', '〇').replace('○', '〇'))}年"
        )
        text += f"{parse_amount(month)}月{parse_amount(day)}日"
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    if len(numbers) == 3 and numbers[0] > 999:
        try:
            day = date(*numbers)
        except ValueError:
            return "2026年1月5日"
        return f"{day.year}年{day.month}月{day.day}日"
    return "2026年1月5日"


def _stands_right(para: Para) -> bool:
    """Whether a line stands on the right half: by alignment, by indent or by the spaces before it."""
    form = para.form
    if form.justify in {"right", "end"}:
        return True
    indent = (
        (form.left or 0)
        + (form.first_line or 0)
        + CHARACTER * ((form.left_chars or 0) + (form.first_line_chars or 0)) / 100
    )
    spaces = len(para.text) - len(para.text.lstrip())
    return indent + spaces * CHARACTER / 2 > 8 * CHARACTER
