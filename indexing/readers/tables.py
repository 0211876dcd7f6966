"""Rows of a table: cells cut by a wrap or a page are put together, repeated headers dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexing.folding import fold_tight
from indexing.marks import read_mark
from indexing.readers.lines import Piece
from indexing.readers.patterns import ANNEX_MARK, DATE, ends_sentence, needs_space
from indexing.readers.rejoining import Block

_SERIAL = re.compile(r"[（(]?\s*(?:\d{1,4}(?:[.-]\d{1,3})*|[一二三四五六七八九十]{1,4})\s*[）)]?[.、]?")
_LONGEST_COLUMN_NAME = 24

Cell = list[Piece]


@dataclass(slots=True)
class Row:
    """One row: its cells, and whether a page may have cut it off from the row before."""

    cells: list[Cell]
    table: int
    is_header: bool = False
    after_break: bool = False
    blocks: list[Block] = field(default_factory=list)

    def texts(self) -> list[str]:
        """The cells' characters, without outer white space."""
        return ["".join(text for _, text in cell).strip() for cell in self.cells]


def assemble_tables(
    blocks: list[Block], broken: set[int], encoding: str
) -> tuple[list[Block | Row], list[str]]:
    """Blocks with the table lines among them turned into rows.

    Args:
        blocks: paragraphs and table lines in order.
        broken: `id()` of lines before which furniture was removed.
        encoding: codec of the file, to count bytes.

    Returns:
        Paragraphs and rows in order, and the repeated headers that were dropped.
    """
    out: list[Block | Row] = []
    dropped: list[str] = []
    header: Row | None = None
    table = -1
    pending_break = False
    for block in blocks:
        previous = out[-1] if out and isinstance(out[-1], Row) else None
        if not block.lines[0].is_table:
            if previous is not None and header is not None and _fills_row(previous, header, block):
                _append(previous.cells[-1], list(block.pieces))
                continue
            out.append(block)
            continue
        cells = _cells(block.pieces, encoding)
        broke = (
            pending_break
            or id(block.lines[0]) in broken
            or bool(block.lines[0].gap)
            or block.lines[0].is_page_start
        )
        pending_break = False
        if previous is not None and header is not None and _same_header(header, cells):
            dropped.append(block.text)
            pending_break = True
            continue
        if previous is None or header is None or _begins_table(header, cells, block):
            table += 1
            header = Row(cells, table, is_header=_is_header(cells))
            out.append(header)
        elif _completes(previous, header, cells):
            _append(previous.cells[-1], cells[0])
            previous.cells.extend(cells[1:])
        elif _goes_on(previous, header, cells, broke, out):
            _merge(previous, cells)
        else:
            out.append(Row(cells, table, after_break=broke))
    return out, dropped


def _cells(pieces: list[Piece], encoding: str) -> list[Cell]:
    cells: list[Cell] = [[]]
    for offset, text in pieces:
        rest, position = text, 0
        while "\t" in rest:
            head, rest = rest.split("\t", 1)
            if head:
                cells[-1].append((_shift(offset, text, position, encoding), head))
            position += len(head) + 1
            cells.append([])
        if rest:
            cells[-1].append((_shift(offset, text, position, encoding), rest))
    return [_stripped(cell) for cell in cells]


def _shift(offset: int, text: str, position: int, encoding: str) -> int:
    """Byte offset of `text[position]`; -1 where the text has no source."""
    return offset if offset < 0 else offset + len(text[:position].encode(encoding))


def _stripped(cell: Cell) -> Cell:
    return [piece for piece in cell if piece[1]]


def _texts(cells: list[Cell]) -> list[str]:
    return ["".join(text for _, text in cell).strip() for cell in cells]


def _same_header(header: Row, cells: list[Cell]) -> bool:
    if not header.is_header:
        return False
    return [fold_tight(text) for text in _texts(cells) if text] == [
        fold_tight(text) for text in header.texts() if text
    ]


def _is_header(cells: list[Cell]) -> bool:
    texts = _texts(cells)
    return all(texts) and all(len(text) <= _LONGEST_COLUMN_NAME and not text[0].isdigit() for text in texts)


def _begins_table(header: Row, cells: list[Cell], block: Block) -> bool:
    """Another table after a blank line: other columns, or names of columns."""
    texts = _texts(cells)
    named = _is_header(cells) and fold_tight(texts[0]) in {"序号", "编号", "项目", "类别", "名称"}
    return named or (block.lines[0].gap > 0 and len(cells) != len(header.cells) and _is_header(cells))


def _fills_row(row: Row, header: Row, block: Block) -> bool:
    """Whether a line without tabs goes on with the row's last cell."""
    text, line = block.text, block.lines[0]
    if row.is_header or line.hashes or read_mark(text) or ANNEX_MARK.fullmatch(text) or DATE.fullmatch(text):
        return False
    last = row.texts()[-1]
    if len(row.cells) < len(header.cells):
        return line.gap == 0
    return line.gap == 0 and bool(last) and not ends_sentence(last) and text[0] in "、，。；）"


def _completes(row: Row, header: Row, cells: list[Cell]) -> bool:
    """Whether the row was cut inside a cell and this line brings its remaining cells."""
    texts = _texts(cells)
    if row.is_header or len(row.cells) >= len(header.cells) or not texts[0] or _SERIAL.fullmatch(texts[0]):
        return False
    return len(row.cells) + len(cells) - 1 == len(header.cells) and not ends_sentence(row.texts()[-1])


def _goes_on(row: Row, header: Row, cells: list[Cell], broke: bool, out: list[Block | Row]) -> bool:
    """Whether the line is the rest of a row that a page cut in two."""
    texts, before = _texts(cells), row.texts()
    if row.is_header or not broke or texts[0] or len(texts) < 2:
        return False
    shared = [column for column, text in enumerate(texts) if text and column < len(before) and before[column]]
    if not shared:
        return any(texts) and len(before) < len(header.cells)
    content = max(shared, key=lambda column: len(before[column]))
    if ends_sentence(before[content]):
        return False
    return _is_punctuated(out, row.table, content, texts[content])


def _is_punctuated(out: list[Block | Row], table: int, column: int, rest: str) -> bool:
    """Whether the column's cells are sentences, so that one without an end was cut."""
    texts = [
        row.texts()[column]
        for row in out[:-1]
        if isinstance(row, Row) and row.table == table and not row.is_header and column < len(row.cells)
    ]
    filled = [text for text in [*texts, rest] if text]
    return sum(1 for text in filled if ends_sentence(text)) >= 0.6 * max(1, len(filled))


def _merge(row: Row, cells: list[Cell]) -> None:
    for column, cell in enumerate(cells):
        if column < len(row.cells):
            _append(row.cells[column], cell)
        else:
            row.cells.append(cell)


def _append(cell: Cell, more: Cell) -> None:
    if cell and more and needs_space(cell[-1][1], more[0][1]):
        cell.append((-1, " "))
    cell.extend(more)
