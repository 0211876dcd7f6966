"""From the parts of a .docx to `WordFile`: every form resolved, changes accepted, fields named.

Walks with a stack, never by recursion: a table may be nested as deep as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.export.lint.forms import RunForm, Styles, W, over, para_form, run_form
from assistant.export.lint.package import Opened
from assistant.export.lint.word_file import PAGE, Footer, Item, Paper, Para, Run, TableFile, WordFile
from indexing.errors import UnreadableDocument

Tree = Any

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_MAX_ITEMS = 100_000  # paragraphs and tables of the body; a thousand pages have 30 000
# what lies around runs and is read through
_AROUND = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo")
)
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
# " PAGE \\* MERGEFORMAT " yes; " NUMPAGES " no
_PAGE_FIELD = re.compile(r"\s*PAGE\b", re.IGNORECASE)


def read_word(opened: Opened) -> WordFile:
    """The document of an opened .docx.

    Raises:
        UnreadableDocument: a part is damaged, or there is no body.
    """
    root = opened.tree(_MAIN)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise UnreadableDocument(f"{opened.name} 没有正文，请在 Word 或 WPS 中打开检查并另存为 .docx。")
    styles = Styles(opened.tree("word/styles.xml"), opened.tree("word/theme/theme1.xml"))
    relations = _relations(opened.tree("word/_rels/document.xml.rels"))
    settings, comments = opened.tree("word/settings.xml"), opened.tree("word/comments.xml")
    footers = _Footers(
        opened, styles, {key: target for key, (target, external) in relations.items() if not external}
    )
    return WordFile(
        items=tuple(_items(body, styles, opened.name)),
        papers=tuple(_papers(body, footers)),
        odd_and_even=settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None,
        changes=sum(1 for _ in body.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")),
        comments=len(comments.findall(f"{W}comment")) if comments is not None else 0,
        external=tuple(target for target, external in relations.values() if external),
        has_macros=opened.has("word/vbaProject.bin"),
    )


def _relations(tree: Tree | None) -> dict[str, tuple[str, bool]]:
    """Id → target and whether it lies outside the file."""
    if tree is None:
        return {}
    return {
        one.get("Id", ""): (one.get("Target", ""), one.get("TargetMode") == "External")
        for one in tree.iter(_RELATION)
    }


def _items(body: Tree, styles: Styles, name: str) -> Iterator[Item]:
    waiting = list(body)[::-1]
    n_items = 0
    while waiting:
        node = waiting.pop()
        if node.tag == f"{W}p":
            yield read_paragraph(node, styles)
        elif node.tag == f"{W}tbl":
            yield _table(node, styles)
        elif node.tag in _AROUND:
            waiting.extend(list(node)[::-1])
            continue
        else:
            continue
        n_items += 1
        if n_items > _MAX_ITEMS:
            raise UnreadableDocument(f"{name} 的段落超过 {_MAX_ITEMS} 个，请拆分后再检查。")


def read_paragraph(node: Tree, styles: Styles) -> Para:
    """A paragraph with the forms of its runs; page fields as `PAGE`."""
    properties = node.find(f"{W}pPr")
    style = properties.find(f"{W}pStyle") if properties is not None else None
    style_id = style.get(f"{W}val") if style is not None else None
    run_base, para_base = styles.paragraph(style_id)
    form = over(para_base, para_form(properties))
    runs, breaks = _Runs(styles, run_base).read(node)
    return Para(tuple(runs), form, style_id, bool(form.page_break) or breaks)


class _Runs:
    """Reads the runs of one paragraph; a field may lie across several of them."""

    def __init__(self, styles: Styles, base: RunForm) -> None:
        self._styles = styles
        self._base = base
        self._fields: list[list[str]] = []  # of each open field: its instruction so far
        self._in_result: list[bool] = []

    def read(self, paragraph: Tree) -> tuple[list[Run], bool]:
        """The runs, and whether a page break comes before the first words."""
        runs: list[Run] = []
        breaks = False
        waiting = list(paragraph)[::-1]
        while waiting:
            node = waiting.pop()
            if node.tag == f"{W}r":
                if not runs and any(one.get(f"{W}type") == "page" for one in node.findall(f"{W}br")):
                    breaks = True
                text = self._text(node)
                if text:
                    runs.append(Run(text, self._form(node)))
            elif node.tag == f"{W}fldSimple":
                if _PAGE_FIELD.match(node.get(f"{W}instr", "")):
                    first = node.find(f"{W}r")
                    runs.append(Run(PAGE, self._form(first) if first is not None else self._base))
                else:
                    waiting.extend(list(node)[::-1])
            elif node.tag in _AROUND:
                waiting.extend(list(node)[::-1])
        return runs, breaks

    def _form(self, run: Tree) -> RunForm:
        properties = run.find(f"{W}rPr")
        style = properties.find(f"{W}rStyle") if properties is not None else None
        base = (
            over(self._base, self._styles.character(style.get(f"{W}val")))
            if style is not None
            else self._base
        )
        return over(base, run_form(properties, self._styles.theme))

    def _text(self, run: Tree) -> str:
        out = ""
        for node in run:
            tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
            if tag == "fldChar":
                out += self._mark(node.get(f"{W}fldCharType", ""))
            elif tag == "instrText" and self._fields:
                self._fields[-1].append(node.text or "")
            elif not any(self._in_result):
                out += _TEXTS.get(tag, "") if tag != "t" else node.text or ""
        return out

    def _mark(self, kind: str) -> str:
        """What a mark of a field shows: the page number where its result begins."""
        if kind == "begin":
            self._fields.append([])
            self._in_result.append(False)
        elif kind == "separate" and self._fields:
            if _PAGE_FIELD.match("".join(self._fields[-1])):
                self._in_result[-1] = True
                return PAGE
        elif kind == "end" and self._fields:
            shown, instruction = self._in_result.pop(), "".join(self._fields.pop())
            if not shown and _PAGE_FIELD.match(instruction):
                return PAGE  # a field Word has not yet worked out has no result
        return ""


_TEXTS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def _table(node: Tree, styles: Styles) -> TableFile:
    """A table; what is nested in a cell counts among the cell's paragraphs."""
    properties = node.find(f"{W}tblPr")
    grid = [one.get(f"{W}w") for one in node.findall(f"{W}tblGrid/{W}gridCol")]
    rows = node.findall(f"{W}tr")
    head = rows[0].find(f"{W}trPr/{W}tblHeader") if rows else None
    return TableFile(
        rows=tuple(
            tuple(
                tuple(read_paragraph(p, styles) for p in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc")
            )
            for row in rows
            if row.find(f"{W}trPr/{W}del") is None
        ),
        width=sum(int(width) for width in grid if width and width.isdecimal()) or None,
        head_repeats=head is not None and head.get(f"{W}val", "1") not in {"0", "false"},
        floats=properties is not None and properties.find(f"{W}tblpPr") is not None,
    )


class _Footers:
    """The footers a section refers to; what a section does not set it takes from the one before."""

    def __init__(self, opened: Opened, styles: Styles, targets: dict[str, str]) -> None:
        self._opened = opened
        self._styles = styles
        self._targets = targets
        self._known: dict[str, Footer | None] = {}

    def of(self, section: Tree) -> dict[str, Footer | None]:
        """Kind ("default", "even") → the footer, where it numbers pages."""
        for reference in section.findall(f"{W}footerReference"):
            target = self._targets.get(reference.get(f"{_R}id", ""), "")
            self._known[reference.get(f"{W}type", "default")] = self._read(
                f"word/{target.removeprefix('/word/')}"
            )
        return self._known

    def _read(self, member: str) -> Footer | None:
        root = self._opened.tree(member)
        if root is None:
            return None
        for node in root.iter(f"{W}p"):
            para = read_paragraph(node, self._styles)
            if PAGE in para.text:
                return Footer(para)
        return None


def _papers(body: Tree, footers: _Footers) -> Iterator[Paper]:
    for section in body.iter(f"{W}sectPr"):
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        grid, known = section.find(f"{W}docGrid"), footers.of(section)
        yield Paper(
            width=_twips(size, "w"),
            height=_twips(size, "h"),
            top=_twips(margins, "top"),
            bottom=_twips(margins, "bottom"),
            left=_twips(margins, "left"),
            right=_twips(margins, "right"),
            footer=_twips(margins, "footer"),
            grid=grid.get(f"{W}type") if grid is not None else None,
            line_pitch=_twips(grid, "linePitch"),
            character_space=_signed(_twips(grid, "charSpace")),
            landscape=size is not None and size.get(f"{W}orient") == "landscape",
            odd_footer=known.get("default"),
            even_footer=known.get("even"),
        )


def _twips(tree: Tree | None, name: str) -> int | None:
    text = tree.get(f"{W}{name}") if tree is not None else None
    try:
        return round(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def _signed(number: int | None) -> int | None:
    """LibreOffice writes a negative space as an unsigned number of 32 bits."""
    return number - 2**32 if number is not None and number >= 2**31 else number
