"""Faces, sizes, pitch and indents of title, headings, body and 主送 (GB/T 9704—2012, 7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.export.layout import (
    BODY_SIZE,
    GRID_PITCH,
    LINES,
    MAX_LINE_PITCH,
    MIN_LINE_PITCH,
    TEXT_HEIGHT,
    TITLE_SIZE,
)
from assistant.export.lint.findings import Finding, Rule, finding
from assistant.export.lint.kinds import Kind, face_shown, size_shown
from assistant.export.lint.roles import Part, Placed
from assistant.export.lint.word_file import Para, Run, WordFile
from indexing.folding import fold_aligned
from indexing.segmentation import cut

_HAN = re.compile("[\u3400-\u9fff]")
_LEVELS = {1: Kind.HEITI, 2: Kind.KAITI, 3: Kind.FANGSONG, 4: Kind.FANGSONG}
_PITCHED = frozenset({Part.BODY, Part.HEADING, Part.RECIPIENTS, Part.NOTE, Part.UNIT, Part.DAY, Part.REMARK})
_INDENTED = frozenset({Part.BODY, Part.HEADING})
_ALIGNMENTS = {
    "left": "左对齐",
    "start": "左对齐",
    "center": "居中",
    "right": "右对齐",
    "end": "右对齐",
    None: "左对齐（未设置）",
}
_LEADING = re.compile(r"[ \u3000\t\u00a0]+")


def check_form(word: WordFile, items: tuple[Placed, ...]) -> Iterator[Finding]:
    """What is wrong with the look of each paragraph, title first."""
    yield from _titles(items)
    pitch = next((paper.line_pitch for paper in word.papers if paper.line_pitch), None)
    for one in items:
        if isinstance(one.item, Para) and one.part not in {Part.EMPTY, Part.TABLE}:
            yield from _themes(one)
            yield from _hidden(one)
            if one.part in _PITCHED:
                yield from _faces(one)
                yield from _sizes(one)
                yield from _pitch(one, pitch)
            if one.part in _INDENTED:
                yield from _indent(one)


def _titles(items: tuple[Placed, ...]) -> Iterator[Finding]:
    titles = [one for one in items if one.part is Part.TITLE]
    if not any(one.annex == 0 for one in titles) and any(one.part is not Part.EMPTY for one in items):
        yield finding(Rule.TITLE_MISSING, "正文之前", "首段像正文", "二号小标宋、居中的标题")
    for one in titles:
        yield from _title(one)
    lines = [(one, line.strip()) for one in titles for line in one.para.text.split("\n")]
    for (before, head), (after, tail) in pairwise(lines):
        if before.annex == after.annex:
            yield from _broken_word(before.place, head, tail)


def _title(one: Placed) -> Iterator[Finding]:
    para, run = one.para, one.para.first
    if run is None:
        return
    if not Kind.XIAOBIAOSONG.has(run.form.east_asian):
        yield finding(
            Rule.TITLE_FACE, one.place, face_shown(run.form.east_asian), "小标宋体（如方正小标宋_GBK）"
        )
    if run.form.size != TITLE_SIZE:
        yield finding(Rule.TITLE_SIZE, one.place, size_shown(run.form.size), size_shown(TITLE_SIZE))
    if para.form.justify != "center":
        yield finding(Rule.TITLE_PLACE, one.place, "没有居中", "居中排布")
    if run.form.bold:
        yield finding(Rule.BOLD, one.place, "标题", "不加粗")


def _broken_word(where: str, head: str, tail: str) -> Iterator[Finding]:
    """A word that begins on one line of a title and ends on the next."""
    if not head or not tail:
        return
    place = 0
    for word in cut(fold_aligned(head + tail)):
        if place < len(head) < place + len(word) and len(word) > 1 and not word.isascii():
            shown = (head + tail)[place : place + len(word)]
            yield finding(Rule.TITLE_BREAK, where, shown, "在词与词之间换行，做到词意完整")
        place += len(word)


def _chinese(para: Para) -> Iterator[Run]:
    return (run for run in para.runs if _HAN.search(run.text))


def _wanted(one: Placed, *, first: bool) -> Kind:
    """The face of a run: a heading's words have their own, a sentence that follows has the body's."""
    if one.part is not Part.HEADING or not first:
        return Kind.FANGSONG
    return Kind.FANGSONG if one.article and len(one.para.text) > 40 else _LEVELS.get(one.level, Kind.HEITI)


def _faces(one: Placed) -> Iterator[Finding]:
    is_heading = one.part is Part.HEADING
    text = ""
    for run in _chinese(one.para):
        # up to the first full stop it is the heading; "一、" and "（一）" may be sentences as a whole
        first = is_heading and "。" not in text
        text += run.text
        kind = _wanted(one, first=first)
        goes_on = is_heading and _is_sentence(one.para.text) and Kind.FANGSONG.has(run.form.east_asian)
        if not kind.has(run.form.east_asian) and not goes_on:
            yield finding(Rule.FACE, one.place, face_shown(run.form.east_asian), kind.shown)
            break
    first_run = one.para.first
    if is_heading and first_run is not None and first_run.form.bold and one.level <= 2:
        yield finding(Rule.BOLD, one.place, "标题", "不加粗")


def _is_sentence(text: str) -> bool:
    """Whether a numbered paragraph is a sentence, not a heading: it ends with a stop, or is long."""
    return text.rstrip().endswith(("。", "；")) or len(text) > 60


def _sizes(one: Placed) -> Iterator[Finding]:
    for run in _chinese(one.para):
        if run.form.size != BODY_SIZE:
            yield finding(Rule.SIZE, one.place, size_shown(run.form.size), size_shown(BODY_SIZE))
            return


def _themes(one: Placed) -> Iterator[Finding]:
    for run in _chinese(one.para):
        if run.form.east_asian_theme:
            yield finding(Rule.THEME_FACE, one.place, face_shown(run.form.east_asian), "直接指定字体名")
            return


def _hidden(one: Placed) -> Iterator[Finding]:
    for run in one.para.runs:
        white = (run.form.colour or "").upper() == "FFFFFF"
        tiny = run.form.size is not None and run.form.size <= 4
        if run.text.strip() and (run.form.hidden or white or tiny):
            why = "隐藏文字" if run.form.hidden else "白色文字" if white else "小得看不见的文字"
            yield finding(Rule.HIDDEN, one.place, f"有{why}“{run.text.strip()[:12]}”", "删去或恢复正常显示")
            return


def _pitch(one: Placed, grid: int | None) -> Iterator[Finding]:
    form = one.para.form
    lines = "固定值28.9磅，使每面排22行"
    if form.line_rule == "exact" and form.line:
        if not MIN_LINE_PITCH <= form.line <= MAX_LINE_PITCH:
            fits = TEXT_HEIGHT // form.line
            yield finding(Rule.LINE_PITCH, one.place, f"固定值{form.line / 20:g}磅（每面{fits}行）", lines)
    elif form.line_rule == "atLeast" and form.line:
        yield finding(Rule.LINE_PITCH, one.place, f"最小值{form.line / 20:g}磅", lines)
    elif not _on_grid(form.line, form.snap, grid):
        yield finding(Rule.LINE_PITCH, one.place, f"{(form.line or 240) / 240:g}倍行距", lines)
    for twips, where in ((form.before, "段前"), (form.after, "段后")):
        if twips and twips > 20:
            yield finding(Rule.PARAGRAPH_SPACE, one.place, f"{where}间距{twips / 20:g}磅", "设为0")
            return


def _on_grid(line: int | None, snap: bool | None, grid: int | None) -> bool:
    """Whether single lines fall on a grid of 22 lines, which does as well as a fixed pitch."""
    return (
        (line or 240) == 240
        and snap is not False
        and bool(grid)
        and TEXT_HEIGHT // (grid or GRID_PITCH) == LINES
    )


def _indent(one: Placed) -> Iterator[Finding]:
    para, form = one.para, one.para.form
    leading = _LEADING.match(para.text)
    if leading:
        shown = f"{len(leading.group())}个空格" if "\t" not in leading.group() else "制表符"
        yield finding(Rule.SPACES_AS_INDENT, one.place, shown, "首行缩进2字")
    else:
        size = (para.first.form.size if para.first else None) or BODY_SIZE
        characters = _first_line(form.first_line_chars, form.first_line, size)
        if abs(characters - 2) > 0.15:
            yield finding(Rule.INDENT, one.place, f"{characters:.1f}字".replace(".0字", "字"), "2字")
    if form.justify not in {"both", "distribute"} and one.part is Part.BODY:
        yield finding(Rule.JUSTIFY, one.place, _ALIGNMENTS.get(form.justify, str(form.justify)), "两端对齐")


def _first_line(hundredths: int | None, twips: int | None, size: int) -> float:
    """The indent in characters; Word takes the -chars measure where both are set."""
    return hundredths / 100 if hundredths else (twips or 0) / (size * 10)
