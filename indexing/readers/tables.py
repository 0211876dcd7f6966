"""Rows of a table: cells cut by a wrap or a page are put together, repeated headers dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexing.folding import fold_tight
from indexing.numerals import parse_numeral
from indexing.readers.lines import Piece
from indexing.readers.patterns import ANNEX_MARK, DATE, ends_sentence, needs_space
from indexing.readers.rejoining import Block

_SERIAL = re.compile(r"[（(]?\s*(?:\d{1,4}(?:[.-]\d{1,3})*|[一二三四五六七八九十]{1,4})\s*[）)]?[.、]?")
# "表二 运营任务", "备注：以上任务按季度推进。" stand beside a table, not in it
_CAPTION = re.compile(r"(?:附?表\s*[\d一二三四五六七八九十]|(?:备注|注|说明|单位)\s*[:：])")
# The head of a column: "2024年（个）", "2025年计划数"; not "2024年5月底前"
_YEAR = re.compile(r"(?:19|20)\d\d年度?[^\d月日底前]{0,10}")
_LONGEST_REST = 60  # characters left over of a table's last cell
_LONGEST_COLUMN_NAME = 24

Cell = list[Piece]


@dataclass(slots=True)
class Row:
    """One row of a table; the first may hold the column names."""

    cells: list[Cell]
    table: int
    is_header: bool = False

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
    assembler = _Assembler(blocks, broken, encoding)
    for index in range(len(blocks)):
        assembler.take(index)
    return assembler.out, assembler.dropped


class _Assembler:
    """Puts rows together line by line; a row may be cut by a wrap or a page anywhere."""

    def __init__(self, blocks: list[Block], broken: set[int], encoding: str) -> None:
        self.blocks = blocks
        self.broken = broken
        self.encoding = encoding
        self.out: list[Block | Row] = []
        self.dropped: list[str] = []
        self.header: Row | None = None
        self.table = -1
        self.after_header = False
        self.cuts = 0  # lines without tabs that went on with a row

    def take(self, index: int) -> None:
        """The next paragraph or table line."""
        block = self.blocks[index]
        last = self.out[-1] if self.out else None
        row = last if isinstance(last, Row) else None
        if not block.lines[0].is_table:
            if row is not None and self._fills(row, index):
                _append(row.cells[-1], list(block.pieces))
                self.cuts += 1
            else:
                self.out.append(block)
            return
        cells = _cells(block.pieces, self.encoding)
        broke, self.after_header = self._broke(block), False
        header = self.header
        if row is not None and header is not None and _same_header(header, cells):
            self.dropped.append(block.text)
            self.after_header = True
        elif row is None and not any(_texts(cells)[:-1]):
            block.pieces = [piece for cell in cells for piece in cell]  # a paragraph indented with tabs
            self.out.append(block)
        elif row is not None and header is not None and _completes(row, header, cells):
            _append(row.cells[-1], cells[0])
            row.cells.extend(cells[1:])
        elif row is None or header is None or _begins_table(header, cells, block):
            self.table += 1
            self.header = Row(cells, self.table, is_header=_is_header(cells))
            self.out.append(self.header)
        elif _goes_on(row, header, cells, broke, self.out):
            _merge(row, cells)
        else:
            self.out.append(Row(cells, self.table))

    def _broke(self, block: Block) -> bool:
        """Whether a page may end before the line."""
        line = block.lines[0]
        return self.after_header or id(line) in self.broken or line.gap > 0 or line.is_page_start

    def _fills(self, row: Row, index: int) -> bool:
        """Whether a line without tabs goes on with the row's last cell."""
        block, header = self.blocks[index], self.header
        if header is None or row.is_header or _is_structural(block):
            return False
        if block.lines[0].gap and id(block.lines[0]) not in self.broken:
            return False
        if len(row.cells) < len(header.cells):
            return True
        last = row.texts()[-1]
        if last and not ends_sentence(last) and block.text[0] in "、，。；）":
            return True
        following = self._next_row(index)
        if following is None:  # the table's last line: only where its lines were cut before
            return (
                self.cuts > 0 and bool(last) and not ends_sentence(last) and len(block.text) <= _LONGEST_REST
            )
        return _follows(row, header, following)

    def _next_row(self, index: int) -> list[Cell] | None:
        """The cells of the next table line, if only lines of a cut row stand before it."""
        for block in self.blocks[index + 1 : index + 8]:
            if block.lines[0].is_table:
                return _cells(block.pieces, self.encoding)
            if _is_structural(block) or (block.lines[0].gap and id(block.lines[0]) not in self.broken):
                return None
        return None


def _is_structural(block: Block) -> bool:
    text = block.text
    return bool(
        block.lines[0].hashes or ANNEX_MARK.fullmatch(text) or DATE.fullmatch(text) or _CAPTION.match(text)
    )


def _follows(row: Row, header: Row, cells: list[Cell]) -> bool:
    """Whether a table line is the row after `row`: the next serial, or a sub-row of its group."""
    texts = _texts(cells)
    if _same_header(header, cells):
        return not ends_sentence(row.texts()[-1])
    if not texts[0]:
        return len(cells) <= len(header.cells)
    serial, above = _SERIAL.fullmatch(texts[0]), _SERIAL.fullmatch(row.texts()[0])
    if serial is None:
        return False
    return above is None or _number(texts[0]) == _number(row.texts()[0]) + 1


def _number(serial: str) -> int:
    digits = re.sub(r"[（()）.、．\s]", "", serial)
    return parse_numeral(digits) if digits and "-" not in digits else 0


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
    return all(texts) and all(
        len(text) <= _LONGEST_COLUMN_NAME and (not text[0].isdigit() or _YEAR.fullmatch(text))
        for text in texts
    )


def _begins_table(header: Row, cells: list[Cell], block: Block) -> bool:
    """Another table after a blank line: other columns, or names of columns."""
    texts = _texts(cells)
    named = _is_header(cells) and fold_tight(texts[0]) in {"序号", "编号", "项目", "类别", "名称"}
    return named or (block.lines[0].gap > 0 and len(cells) != len(header.cells) and _is_header(cells))


def _completes(row: Row, header: Row, cells: list[Cell]) -> bool:
    """Whether the row was cut inside a cell and this line brings more of its cells."""
    if row.is_header or len(row.cells) >= len(header.cells):
        return False
    if len(cells) == len(header.cells) or _SERIAL.fullmatch(_texts(cells)[0]):
        return False
    return len(row.cells) + len(cells) - 1 <= len(header.cells)


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
