"""Fact sheets in workbooks (.xlsx) and Word files (.docx) → entries, as `assistant.facts.entries` makes them.

The only module that reads with openpyxl and python-docx; both load when a file is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.errors import UnreadableFacts
from assistant.facts.dictionary import FactDictionary
from assistant.facts.entries import (
    CONTENT,
    MAX_ENTRIES,
    ORIGIN,
    UNIT,
    Entry,
    cell_text,
    line_entries,
    text_entries,
)
from assistant.facts.tables import shared_columns
from assistant.facts.types import FactKind, Table

MAX_UNPACKED = 200 * 1024 * 1024  # a small file can unpack to gigabytes
_NAMES = (
    "事实",
    "名称",
    "项目",
    "指标",
    "事项",
    "字段",
    "事实名称",
    "填报项",
    "填报项目",
    "指标名称",
    "项目内容",
    "标签",
)
# "约定内容", "填写", "申报内容": the head of the column of values, in a table of two or three columns
_VALUE_HEAD = re.compile(
    r"(?:具体|填报|填写|申报|约定|主要|实际|完成|核实)?(?:内容|情况|说明|数值|结果|信息|填写|填报|登记|描述|取值)"
)
_NOTES = ("备注", "附注", "注")  # what stands there may state facts of its own
_NUMBER_HEAD = ("序号", "编号", "No", "No.", "#")
_TITLES = {*CONTENT, *ORIGIN, *UNIT, *_NAMES}


def workbook_entries(data: bytes, name: str, dictionary: FactDictionary) -> list[Entry]:
    """The entries of every sheet; a formula counts with the value it had when it was saved.

    Raises:
        UnreadableFacts: it is no workbook, or is damaged.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _checked(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [
            (
                sheet.title,
                [
                    [cell_text(value) for value in row]
                    for row in sheet.iter_rows(values_only=True, max_row=MAX_ENTRIES)
                ],
            )
            for sheet in book.worksheets
        ]
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile, TypeError) as exc:
        raise UnreadableFacts(f"“{name}”不是可读的 .xlsx 文件，请用表格软件另存为 .xlsx 后再读。") from exc
    found: list[Entry] = []
    for title, rows in sheets:
        found += grid_entries(rows, title, f"工作表“{title}”", dictionary, column_letters=True)
    return found


def document_entries(data: bytes, name: str, dictionary: FactDictionary) -> list[Entry]:
    """The entries of paragraphs and tables, in the order they stand.

    Raises:
        UnreadableFacts: it is no Word file, or is damaged.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table as WordTable

    _checked(data, name)
    try:
        blocks = list(docx.Document(io.BytesIO(data)).iter_inner_content())
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as exc:
        raise UnreadableFacts(f"“{name}”不是可读的 .docx 文件，请用文字软件另存为 .docx 后再读。") from exc
    found: list[Entry] = []
    lines: list[str] = []
    above = tables = 0  # paragraphs before these lines, tables so far
    for block in blocks:
        if not isinstance(block, WordTable):
            lines.append(block.text)
            continue
        tables += 1
        found += _paragraphs(lines, above, dictionary)
        found += grid_entries(_rows(block), lines[-1] if lines else "", f"表{tables}", dictionary)
        above, lines = above + len(lines), []
    return found + _paragraphs(lines, above, dictionary)


def _paragraphs(lines: Sequence[str], above: int, dictionary: FactDictionary) -> list[Entry]:
    text = "\n" * above + "\n".join(line.replace("\n", " ") for line in lines)
    return [replace(entry, place=entry.place.replace("行", "段")) for entry in text_entries(text, dictionary)]


def _rows(table: object) -> list[list[str]]:
    """Texts of a Word table; a merged cell, which python-docx repeats, once."""
    rows = []
    for row in table.rows:  # type: ignore[attr-defined]
        cells, seen = [], None
        for cell in row.cells:
            if cell._tc is not seen:  # the only identity python-docx gives a merged cell
                cells.append(cell.text.strip())
            seen = cell._tc
        rows.append(cells)
    return rows


def grid_entries(
    rows: Sequence[Sequence[str]],
    title: str,
    where: str,
    dictionary: FactDictionary,
    *,
    column_letters: bool = False,
) -> list[Entry]:
    """What a grid of cells states: label beside value, or rows under column names.

    Args:
        rows: texts, "" for an empty cell.
        title: what stands above it, which may name the table.
        where: its place, for the sources.
        dictionary: knows labels and the columns of tables.
        column_letters: places are B3 rather than 第3行.
    """
    numbered = [
        (number, list(row)) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)
    ]
    if not numbered:
        return []
    head = numbered[0][1]
    if len({cell.strip() for cell in head} & _TITLES) >= 2 and not dictionary.find(head[0]):
        return list(_with_head(head, numbered[1:], where, dictionary, column_letters=column_letters))
    named = [cell.strip() for cell in head if cell.strip() not in _NUMBER_HEAD]
    if len(numbered) > 1 and len(named) >= 2 and _VALUE_HEAD.fullmatch(named[1]):
        return list(_with_head(head, numbered[1:], where, dictionary, column_letters=column_letters))
    if len(numbered) > 1 and _is_table_head(head, dictionary):
        columns = tuple(cell.strip() for cell in head)
        body = tuple(
            tuple(cell.strip() or None for cell in [*row, *[""] * len(columns)][: len(columns)])
            for _, row in numbered[1:]
        )
        return [Entry(title or None, "", where, table=Table(columns, body))]
    found: list[Entry] = []
    for number, row in numbered:
        found += _row_entries(row, number, where, dictionary, column_letters=column_letters)
    return found


def _is_paper(label: str, dictionary: FactDictionary) -> bool:
    """Whether a label is that of a paper or step: what is noted beside it is part of what it says."""
    known = dictionary.find(label.strip())
    return known is not None and known.spec.kind is FactKind.EVIDENCE


def _with_head(
    head: Sequence[str],
    numbered: Sequence[tuple[int, list[str]]],
    where: str,
    dictionary: FactDictionary,
    *,
    column_letters: bool,
) -> Iterator[Entry]:
    def at(names: Sequence[str]) -> int | None:
        return next((index for index, cell in enumerate(head) if cell.strip() in names), None)

    value, origin, unit, note = at(CONTENT), at(ORIGIN), at(UNIT), at(_NOTES)
    begins = next((index for index, cell in enumerate(head) if cell.strip() not in (*_NUMBER_HEAD, "")), 0)
    name = next((index for index, cell in enumerate(head) if cell.strip() in _NAMES), begins)
    value = value if value is not None and value != name else name + 1
    for number, row in numbered:
        cells = [*row, *[""] * len(head)]
        if cells[name].strip() and value < len(cells) and cells[value].strip():
            place = _place(where, number, value, column_letters=column_letters)
            source = cells[origin].strip() if origin is not None else ""
            measure = cells[unit].strip() if unit is not None else ""
            noted = cells[note].strip() if note is not None and note != value else ""
            words = cells[value].strip()
            if noted and _is_paper(cells[name], dictionary):  # 已完成, and beside it 结论：存在隐患
                words = f"{words}；{noted}"
            yield Entry(cells[name].strip(), words, place, source or None, measure or None)
            if note is not None and noted:
                where_noted = _place(where, number, note, column_letters=column_letters)
                yield Entry(None, f"{cells[name].strip()}：{cells[note].strip()}", where_noted)


def _is_table_head(head: Sequence[str], dictionary: FactDictionary) -> bool:
    columns = {cell.strip() for cell in head if cell.strip()}
    return any(shared_columns(spec, columns) >= 2 for spec in dictionary.specs)


def _row_entries(
    row: Sequence[str], number: int, where: str, dictionary: FactDictionary, *, column_letters: bool
) -> list[Entry]:
    cells = [(index, cell.strip()) for index, cell in enumerate(row) if cell.strip()]
    place = _place(where, number, cells[0][0], column_letters=column_letters)
    if len(cells) == 1:
        return line_entries(cells[0][1], place, dictionary)
    if _in_pairs(cells, dictionary):
        return [
            Entry(label, words, _place(where, number, at, column_letters=column_letters))
            for (_, label), (at, words) in zip(cells[::2], cells[1::2], strict=True)
        ]
    found: list[Entry] = []
    position = 0
    while position < len(cells):
        index, label = cells[position]
        behind = cells[position + 1][1] if position + 1 < len(cells) else None
        if behind is not None and (dictionary.find(label) or len(cells) == 2):
            found.append(
                Entry(label, behind, _place(where, number, index + 1, column_letters=column_letters))
            )
            position += 2
        else:
            found += line_entries(label, place, dictionary)
            position += 1
    return found


def _in_pairs(cells: Sequence[tuple[int, str]], dictionary: FactDictionary) -> bool:
    """Whether a row of at least four cells is label, words, label, words, at least one label known."""
    if len(cells) < 4 or len(cells) % 2:
        return False
    labels, words = cells[::2], cells[1::2]
    return any(dictionary.find(each) for _, each in labels) and not any(
        dictionary.find(each) for _, each in words
    )


def _place(where: str, row: int, column: int, *, column_letters: bool) -> str:
    if column_letters and column < 26:
        return f"{where}{chr(ord('A') + column)}{row}"
    return f"{where}第{row}行"


def _checked(data: bytes, name: str) -> None:
    """Return when the package unpacks to a size a fact sheet can have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
    except zipfile.BadZipFile as exc:
        raise UnreadableFacts(f"“{name}”已损坏或不是它的扩展名所说的格式，请重新导出后再读。") from exc
    if size > MAX_UNPACKED:
        raise UnreadableFacts(f"“{name}”展开后超过 {MAX_UNPACKED // 1024 // 1024} MB，请拆分后再读。")
