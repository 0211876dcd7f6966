"""Sheet, margins, grid and page numbers (GB/T 9704—2012, 5 and 7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.export.layout import (
    CHARACTERS,
    DASH,
    LINES,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    MM,
    PAGE_HEIGHT,
    PAGE_NUMBER_SIZE,
    PAGE_WIDTH,
    TOLERANCE,
)
from assistant.export.lint.findings import Finding, Rule, finding
from assistant.export.lint.kinds import Kind, face_shown, size_shown
from assistant.export.lint.word_file import PAGE, Footer, Paper, WordFile

_BODY_TWIPS = 320  # 16 pt
_GRIDS = ("linesAndChars", "snapToChars")
# "— 1 —" with or without spaces yes; "- 1 -", "第1页" no
_FORM = re.compile(rf"\s*{DASH}[ 　]*{PAGE}[ 　]*{DASH}\s*")
_PARTS = (("top", "天头"), ("left", "订口"), ("right", "切口"), ("bottom", "地脚"))
_UPRIGHT = {"top": MARGIN_TOP, "left": MARGIN_LEFT, "right": MARGIN_RIGHT, "bottom": MARGIN_BOTTOM}
# a wide table: the head at the binding edge, so each margin is a quarter turn further
_LYING = {"top": MARGIN_LEFT, "left": MARGIN_BOTTOM, "right": MARGIN_TOP, "bottom": MARGIN_RIGHT}


def check_pages(word: WordFile) -> Iterator[Finding]:
    """What is wrong with paper, grid and page numbers of each section."""
    papers = word.papers or (Paper(),)
    for number, paper in enumerate(papers, start=1):
        place = "页面" if len(papers) == 1 else f"第{number}节页面"
        yield from _sheet(paper, place)
        yield from _margins(paper, place)
        if not paper.landscape:
            yield from _grid(paper, place)
    yield from _page_numbers(word, papers)


def _sheet(paper: Paper, place: str) -> Iterator[Finding]:
    wanted = (PAGE_HEIGHT, PAGE_WIDTH) if paper.landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    if paper.width is None or paper.height is None:
        yield finding(Rule.PAGE_SIZE, place, "未设置", "A4（210×297毫米）")
    elif abs(paper.width - wanted[0]) > TOLERANCE or abs(paper.height - wanted[1]) > TOLERANCE:
        found = f"{paper.width / MM:.0f}×{paper.height / MM:.0f}毫米"
        yield finding(Rule.PAGE_SIZE, place, found, "A4（210×297毫米）")


def _margins(paper: Paper, place: str) -> Iterator[Finding]:
    wanted = _LYING if paper.landscape else _UPRIGHT
    for name, shown in _PARTS:
        found: int | None = getattr(paper, name)
        if found is None or abs(found - wanted[name]) > TOLERANCE:
            said = "未设置" if found is None else f"为{found / MM:.1f}毫米"
            yield finding(Rule.PAGE_MARGINS, place, f"{shown}{said}", f"{wanted[name] / MM:.0f}±1毫米")


def _grid(paper: Paper, place: str) -> Iterator[Finding]:
    """Lines and characters as the grid gives them, from the margins really set."""
    wanted = f"每面{LINES}行、每行{CHARACTERS}字"
    if paper.grid not in _GRIDS or not paper.line_pitch:
        yield finding(Rule.GRID, place, "没有指定每面行数和每行字数", wanted)
        return
    sizes = (paper.width, paper.height, paper.top, paper.bottom, paper.left, paper.right)
    if None in sizes:
        return
    width, height, top, bottom, left, right = (size or 0 for size in sizes)
    cell = _BODY_TWIPS + (paper.character_space or 0) / 4096 * 20
    # one twip of grace: the figures are whole twips, the measures they stand for are not
    lines = int((height - top - bottom + 1) / paper.line_pitch)
    characters = int((width - left - right + 1) / cell) if cell > 0 else 0
    if (lines, characters) != (LINES, CHARACTERS):
        yield finding(Rule.GRID, place, f"按设置每面{lines}行、每行{characters}字", wanted)


def _page_numbers(word: WordFile, papers: tuple[Paper, ...]) -> Iterator[Finding]:
    first = papers[0]
    if not any(paper.odd_footer or paper.even_footer for paper in papers):
        yield finding(Rule.PAGE_NUMBER, "页脚", "没有页码", f"形如“{DASH} 1 {DASH}”的页码")
        return
    if not word.odd_and_even:
        wanted = "在单页居右、双页居左，请勾选“奇偶页不同”"
        yield finding(Rule.PAGE_NUMBER_SIDE, "页脚", "单双页相同", wanted)
        sides = ((first.odd_footer, "页脚", None),)
    else:
        sides = ((first.odd_footer, "单页页脚", "right"), (first.even_footer, "双页页脚", "left"))  # type: ignore[assignment]
    for footer, place, side in sides:
        if footer is None:
            yield finding(Rule.PAGE_NUMBER, place, "没有页码", f"形如“{DASH} 1 {DASH}”的页码")
        else:
            yield from _page_number(footer, place, side)


def _page_number(footer: Footer, place: str, side: str | None) -> Iterator[Finding]:
    para = footer.para
    if not _FORM.fullmatch(para.text):
        shown = " ".join(para.text.replace(PAGE, "1").split())
        yield finding(Rule.PAGE_NUMBER_FORM, place, shown, f"“{DASH} 1 {DASH}”，数字左右各一条一字线")
    wanted = {"right": "居右空一字", "left": "居左空一字"}
    if side and (para.form.justify or "left") not in (
        {"right", "end"} if side == "right" else {"left", "start", "both"}
    ):
        yield finding(Rule.PAGE_NUMBER_SIDE, place, "没有" + wanted[side][:2], wanted[side])
    for run in para.runs:
        # the number is set in the Latin slot or the Chinese one, as the program likes
        faces = (run.form.east_asian, run.form.latin)
        if run.text.strip() and (not Kind.SONGTI.has(faces[0]) or run.form.size != PAGE_NUMBER_SIZE):
            found = f"{size_shown(run.form.size)}{face_shown(faces[0])}"
            yield finding(Rule.PAGE_NUMBER_FACE, place, found, "四号宋体")
            return
