"""Tables as .xlsx: text stays text, whatever it begins with, and numbers numbers; bytes repeat."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from assistant.export.annexes import (
    BASIS_HEADS,
    BASIS_TITLE,
    BLANK_HEADS,
    BLANKS_TITLE,
    CHECK_HEADS,
    CHECK_TITLE,
    CheckRow,
    basis_rows,
    blank_rows,
    check_rows,
)
from assistant.export.official import OfficialDocument
from assistant.export.packing import repack
from assistant.export.text import printable

MAX_CELL = 32_767  # characters Excel takes in a cell
CUT = "……（超出单元格上限，后文略）"
_MAX_NAME = 31
_MAX_WIDTH = 48
_LEAST_WIDTH = 8
_PAGE = 132
"""Characters a row may be wide so that an A4 page printed across stays readable."""
_LINE, _MOST_HEIGHT = 14.0, 409.0  # points; Excel takes no higher row
# not allowed in the name of a sheet: "[表]" yes; "（表）" no
_BAD_NAME = re.compile(r"[\[\]:*?/\\]")

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its heads, its rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def draft_workbook(document: OfficialDocument, checks: tuple[CheckRow, ...], made_on: date) -> bytes:
    """What goes with a draft in one file: 规则自查表, 依据对照表, 待补事项."""
    return write_workbook(draft_sheets(document, checks), made_on)


def draft_sheets(document: OfficialDocument, checks: tuple[CheckRow, ...]) -> tuple[Sheet, ...]:
    """The sheets of `draft_workbook`, for whoever adds more."""
    return (
        Sheet(CHECK_TITLE, CHECK_HEADS, _counted(check_rows(checks))),
        Sheet(BASIS_TITLE, BASIS_HEADS, _counted(basis_rows(document))),
        Sheet(BLANKS_TITLE, BLANK_HEADS, _counted(blank_rows(document))),
    )


def write_workbook(sheets: tuple[Sheet, ...], made_on: date) -> bytes:
    """The bytes of an .xlsx; heads stand still when scrolling and repeat in print.

    Raises:
        ValueError: there is no sheet, which Excel refuses.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    book = Workbook()
    book.remove(book.worksheets[0])
    names: set[str] = set()
    for sheet in sheets:
        name = _sheet_name(sheet.name, names)
        names.add(name.casefold())
        _fill(book.create_sheet(name), sheet)
    day = datetime.combine(made_on, time(), UTC).replace(tzinfo=None)
    book.properties.creator = book.properties.lastModifiedBy = "策问"
    book.properties.created = book.properties.modified = day
    saved = io.BytesIO()
    book.save(saved)
    book.properties.modified = day  # saving put the clock's time there
    core: bytes = tostring(book.properties.to_tree())
    return repack(saved.getvalue(), {"docProps/core.xml": core})


def _counted(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[Value, ...], ...]:
    """The rows with their serial number as a number."""
    return tuple((int(number), *rest) for number, *rest in rows)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel takes, and no other sheet has."""
    name = _BAD_NAME.sub("·", printable(wanted).replace("\n", " ")).strip("' ")[:_MAX_NAME] or "表"
    number = 2
    unique = name
    while unique.casefold() in taken:
        unique = f"{name[: _MAX_NAME - 4]}（{number}）"
        number += 1
    return unique


_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for number, row in enumerate((sheet.heads, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = page.cell(row=number, column=column)
            _set(cell, value)
            cell.border = _BOX
            cell.font = Font(name="仿宋", size=11, bold=number == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="center" if number == 1 else "top")
            if number == 1:
                cell.fill = PatternFill("solid", fgColor="EEEEEE")
    widths = _widths(sheet)
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    # written out, for LibreOffice does not work them out when it opens a file
    for number, row in enumerate((sheet.heads, *sheet.rows), start=1):
        page.row_dimensions[number].height = min(_LINE * _lines(row, widths) + 2, _MOST_HEIGHT)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.rows:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.heads))}{len(sheet.rows) + 1}"


def _set(cell: Cell, value: Value) -> None:
    """Text as a string cell with a leading quote mark, so that it never becomes a formula, even if edited."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = printable(value)
    cell.value = text if len(text) <= MAX_CELL else text[: MAX_CELL - len(CUT)] + CUT
    cell.data_type = "s"
    cell.quotePrefix = True


def _widths(sheet: Sheet) -> tuple[float, ...]:
    """Column widths in characters: as wide as the longest line, the widest cut until a page holds all."""
    wanted = []
    for column, head in enumerate(sheet.heads):
        longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        wanted.append(min(max(longest, len(head)) * 2 + 2, _MAX_WIDTH))
    widest = _MAX_WIDTH
    while widest > _LEAST_WIDTH and sum(min(width, widest) for width in wanted) > _PAGE:
        widest -= 1
    return tuple(float(min(width, widest)) for width in wanted)


def _lines(row: tuple[Value, ...], widths: tuple[float, ...]) -> int:
    """Lines the fullest cell of a row needs: a Chinese sign is two characters wide."""
    counts = (
        sum(max(1, ceil(_wide(line) / max(width - 2, 2))) for line in str(value or "").split("\n"))
        for value, width in zip(row, widths, strict=True)
    )
    return max(counts, default=1)


def _wide(line: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in line)
