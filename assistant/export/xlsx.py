"""A comparison as an Excel workbook: 矩阵, 数值, 条款原文, 说明. The adapter of openpyxl.

No cell is ever a formula: whatever begins like one is stored as text.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from assistant.comparing.figures import basis_names
from assistant.comparing.summing import said
from assistant.comparing.types import Cell, CellStatus, Comparison, Difference, Row
from assistant.export.markdown import relations
from assistant.export.records import (
    STATUS_NOTES,
    address,
    figure_text,
    quoted,
    sign,
    source_line,
    status_text,
)
from assistant.types import Citation
from assistant.writing.citing import display_path

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MATRIX, FIGURES, CLAUSES, NOTES = "矩阵", "数值", "条款原文", "说明"

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MOST_CHARS = 32_767  # a cell of Excel holds no more
_LINE_POINTS, _MOST_POINTS = 15, 409  # the second is as high as a row of Excel can be
_A3 = 8  # paper size, ECMA-376 18.3.1.63
_HEAD_FILL, _LINK = "DDEBF7", "0563C1"
# 差异高亮: value orange, strength purple; a silent cell grey
_VALUE_FILL, _STRENGTH_FILL, _SILENT_FILL = "FCE4D6", "E4DFEC", "EDEDED"


def as_xlsx(comparison: Comparison, made_on: date) -> bytes:
    """The workbook as bytes, ready to be written to a file.

    Args:
        comparison: at least one row.
        made_on: the day the file says it was made.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    numbers = {one.citation: one.number for one in quoted(comparison)}
    _matrix(book, comparison, numbers)
    _figures(book, comparison, numbers)
    _clauses(book, comparison)
    _notes(book, comparison, made_on)
    out = io.BytesIO()
    for sheet in book:
        _set_heights(sheet)
    book.save(out)
    return out.getvalue()


def _matrix(book: Workbook, comparison: Comparison, numbers: Mapping[Citation, int]) -> None:
    # beside each cell a narrow one with the link: a linked cell of several lines loses them in LibreOffice
    heads = [head for column in comparison.columns for head in (column.label, "条款")]
    widths = [width for _ in comparison.columns for width in (36, 6)]
    sheet = _sheet(book, MATRIX, ["主题组", "主题", *heads, "相对国家", "差异"], [10, 20, *widths, 34, 14])
    for line, row in enumerate(comparison.rows, start=2):
        _put(sheet, line, 1, row.topic.group)
        _put(sheet, line, 2, row.topic.name)
        for place, cell in enumerate(row.cells):
            fill = _fill(cell, row)
            _put(sheet, line, 2 * place + 3, cell_text(cell), fill=fill)
            number = numbers[cell.quotes[0].citation] if cell.quotes else None
            _put(sheet, line, 2 * place + 4, number, fill=fill, link=_link(cell, numbers))
        _put(sheet, line, len(heads) + 3, relations(row, joint="\n"))
        _put(sheet, line, len(heads) + 4, "、".join(row.differences))
    sheet.freeze_panes = "C2"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:B"
    sheet.auto_filter.ref = sheet.dimensions


def cell_text(cell: Cell) -> str:
    """What a cell of the matrix shows: status and strength, figures, words, clause, bodies, dates."""
    checked = f"核对：{cell.reviewed_by} {cell.reviewed_on}" if cell.reviewed_by else ""
    if not cell.quotes:
        return "\n".join(filter(None, (status_text(cell), checked)))
    strength = f"（{cell.strength}）" if cell.strength else ""
    lines = [f"{status_text(cell)}{strength}"]
    lines += ["；".join(figure_text(figure) for figure in cell.figures)] if cell.figures else []
    lines += [said(cell), address(cell.quotes[0].citation)]
    lines += [f"责任单位：{'、'.join(cell.bodies)}"] if cell.bodies else []
    lines += [f"时间：{'、'.join(' '.join(day.split()) for day in cell.dates)}"] if cell.dates else []
    return "\n".join([*lines, checked] if checked else lines)


def _fill(cell: Cell, row: Row) -> str | None:
    if cell.status in (CellStatus.NOT_FOUND, CellStatus.SILENT):
        return _SILENT_FILL
    if cell.figures and Difference.VALUE in row.differences:
        return _VALUE_FILL
    return _STRENGTH_FILL if Difference.STRENGTH in row.differences else None


def _figures(book: Workbook, comparison: Comparison, numbers: Mapping[Citation, int]) -> None:
    heads = [
        "主题组",
        "主题",
        "辖区",
        "符号",
        "数值",
        "上限",
        "单位",
        "约数",
        "力度",
        "口径",
        "原文表述",
        "条款",
        "来源",
    ]
    sheet = _sheet(book, FIGURES, heads, [10, 24, 10, 6, 14, 10, 10, 6, 8, 18, 46, 44, 10])
    line = 2
    for row in comparison.rows:
        for cell in row.cells:
            for figure in cell.figures:
                values = [
                    row.topic.group,
                    row.topic.name,
                    cell.column,
                    sign(figure),
                    figure.value,
                    figure.high,
                ]
                values += [figure.unit, "约" if figure.is_approximate else "", figure.strength.value]
                values += [basis_names(figure.basis), figure.words, address(figure.citation)]
                values += ["已核" if cell.reviewed_by else "程序抽取"]
                for place, value in enumerate(values, start=1):
                    is_address = place == heads.index("条款") + 1
                    link = _place_of(figure.citation, numbers) if is_address else None
                    _put(sheet, line, place, value, link=link)
                line += 1
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _clauses(book: Workbook, comparison: Comparison) -> None:
    sheet = _sheet(book, CLAUSES, ["序号", "辖区", "文件", "文号", "条款", "原文"], [6, 10, 36, 22, 24, 90])
    for one in quoted(comparison):
        cited = one.citation
        values = [one.number, one.column, cited.title, cited.document_number or "", display_path(cited.path)]
        for place, value in enumerate([*values, cited.quote], start=1):
            _put(sheet, one.number + 1, place, value)
    sheet.freeze_panes = "A2"


def _notes(book: Workbook, comparison: Comparison, made_on: date) -> None:
    sheet = _sheet(book, NOTES, ["项目", "内容"], [14, 120])
    cited = dict.fromkeys(t for row in comparison.rows for cell in row.cells for t in cell.cited)
    lines = [
        ("基准日期", comparison.as_of.isoformat()),
        ("生成日期", made_on.isoformat()),
        *(("综述", statement.text) for statement in comparison.summary),
        *(("提示", note) for note in comparison.notes),
        *(("文件", source_line(source)) for source in comparison.sources),
        *(("库外文件", f"《{title}》") for title in cited),
        *(("用语", note) for note in STATUS_NOTES),
        ("链接", "矩阵中每格旁的“条款”数字、数值表的“条款”一栏，都可点开到“条款原文”的同一序号。"),
        ("颜色", "橙：数值不同；紫：力度不同；灰：未检出规定或未规定。"),
    ]
    for line, (name, text) in enumerate(lines, start=2):
        _put(sheet, line, 1, name)
        _put(sheet, line, 2, text)


# ---- sheets and cells ----


def _sheet(book: Workbook, title: str, heads: Sequence[str], widths: Sequence[int]) -> Worksheet:
    """A sheet with bold heads, set to be printed on A3 across, as many pages high as it needs."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = book.create_sheet(title)
    for place, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        cell = _put(sheet, 1, place, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD_FILL)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.print_options.gridLines = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    return sheet


def _put(
    sheet: Worksheet,
    line: int,
    place: int,
    value: object,
    *,
    fill: str | None = None,
    link: str | None = None,
) -> Any:  # noqa: ANN401 - openpyxl's cells are of several classes
    """Write one cell; text stays text whatever it begins with."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell: Any = sheet.cell(line, place)
    if isinstance(value, str):
        cell.value = _printable(value)
        if value.startswith(_FORMULA_STARTS):
            cell.data_type, cell.quotePrefix = "s", True
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if link:
        _link_to(cell, link)
        cell.font = Font(color=_LINK)
    return cell


def _set_heights(sheet: Worksheet) -> None:
    """Room for every line: programs do not all make it when a file is opened, and never for print."""
    widths = [sheet.column_dimensions[name].width for name in _names(sheet)]
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        lines = max(_lines(value, width) for value, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = min(lines * _LINE_POINTS + 2, _MOST_POINTS)


def _names(sheet: Worksheet) -> list[str]:
    from openpyxl.utils import get_column_letter

    return [get_column_letter(place) for place in range(1, sheet.max_column + 1)]


def _lines(value: object, width: float) -> int:
    """How many lines a value takes in a column so many half-width signs wide; a Chinese sign takes two."""
    if not isinstance(value, str):
        return 1
    fits = max(width - 2, 2)
    return sum(
        max(1, ceil(sum(1 if sign.isascii() else 2 for sign in line) / fits)) for line in value.split("\n")
    )


def _printable(text: str) -> str:
    """`text` without the control characters that a workbook cannot hold, cut to what a cell holds."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:_MOST_CHARS]


def _link_to(cell: Any, place: str) -> None:  # noqa: ANN401
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)


def _link(cell: Cell, numbers: Mapping[Citation, int]) -> str | None:
    return _place_of(cell.quotes[0].citation, numbers) if cell.quotes else None


def _place_of(citation: Citation, numbers: Mapping[Citation, int]) -> str:
    """Where a quoted sentence stands in the sheet of clauses."""
    return f"'{CLAUSES}'!A{numbers[citation] + 1}"
