"""A .txt or .md file → reading text with a way back to its bytes."""

from __future__ import annotations

from indexing.folding import fold_tight
from indexing.readers.decoding import decode
from indexing.readers.furniture import find_furniture
from indexing.readers.lines import Piece, split_lines
from indexing.readers.rejoining import Block, rejoin
from indexing.readers.tables import Row, assemble_tables
from indexing.reading import Paragraph, ReadingText
from indexing.types import OffsetMap, SourceRun


def read_plain_text(data: bytes, source_name: str) -> ReadingText:
    """The reading text of a file as received.

    Raises:
        UnreadableDocument: the bytes are not text (see `decoding.decode`).
    """
    text, encoding, first_byte = decode(data, source_name)
    lines, furniture = split_lines(text, encoding, first_byte)
    out = find_furniture(lines)
    furniture += [lines[index].raw.strip() for index in sorted(out)]
    kept = [line for index, line in enumerate(lines) if index not in out]
    broken = {id(lines[index + 1]) for index in out if index + 1 < len(lines)}
    blocks = rejoin(kept)
    repeated = _page_titles(blocks)
    furniture += [block.text for block in blocks[:repeated]]
    parts, headers = assemble_tables(blocks[repeated:], broken, encoding)
    return _assemble(parts, encoding, tuple(furniture + headers))


def _page_titles(blocks: list[Block]) -> int:
    """How many blocks at the top only repeat the beginning of the title that follows them."""
    count = 0
    while count + 1 < len(blocks) and blocks[count].zone == blocks[count + 1].zone == "title":
        this, following = fold_tight(blocks[count].text), fold_tight(blocks[count + 1].text)
        if len(this) < 6 or not following.startswith(this.rstrip("》]")):
            break
        count += 1
    return count


class _Writer:
    """Collects text and runs."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.chunks: list[str] = []
        self.length = 0
        self.runs: list[SourceRun] = []

    def put(self, pieces: list[Piece]) -> None:
        for offset, text in pieces:
            if offset >= 0 and text:
                last = self.runs[-1] if self.runs else None
                start, end = self.length, self.length + len(text)
                if last and last.text_end == start and self._end_of(last) == offset:
                    self.runs[-1] = SourceRun(last.text_start, end, last.source_start)
                else:
                    self.runs.append(SourceRun(start, end, offset))
            self.chunks.append(text)
            self.length += len(text)

    def _end_of(self, run: SourceRun) -> int:
        """Byte offset after the run, from its last chunk (runs grow by one chunk at a time)."""
        return run.source_start + len("".join(self._tail(run)).encode(self.encoding))

    def _tail(self, run: SourceRun) -> list[str]:
        tail: list[str] = []
        position = self.length
        for chunk in reversed(self.chunks):
            if position <= run.text_start:
                break
            tail.append(chunk)
            position -= len(chunk)
        return tail[::-1]


def _assemble(parts: list[Block | Row], encoding: str, furniture: tuple[str, ...]) -> ReadingText:
    writer = _Writer(encoding)
    paragraphs: list[Paragraph] = []
    for part in parts:
        if paragraphs:
            writer.put([(-1, "\n")])
        start = writer.length
        if isinstance(part, Row):
            cells = _put_row(writer, part)
            paragraphs.append(
                Paragraph(start, writer.length, "", cells=cells, table=part.table, is_header=part.is_header)
            )
        else:
            writer.put(part.pieces)
            first = part.lines[0]
            paragraphs.append(Paragraph(start, writer.length, "", first.hashes, first.is_bold, first.gap))
    text = "".join(writer.chunks)
    return ReadingText(
        text,
        OffsetMap(encoding, tuple(writer.runs)),
        tuple(_with_text(p, text) for p in paragraphs),
        furniture,
    )


def _put_row(writer: _Writer, row: Row) -> tuple[tuple[int, int], ...]:
    cells: list[tuple[int, int]] = []
    for index, cell in enumerate(row.cells):
        if index:
            writer.put([(-1, "\t")])
        start = writer.length
        writer.put(cell)
        cells.append((start, writer.length))
    return tuple(cells)


def _with_text(paragraph: Paragraph, text: str) -> Paragraph:
    return Paragraph(
        paragraph.start,
        paragraph.end,
        text[paragraph.start : paragraph.end],
        paragraph.hashes,
        paragraph.is_bold,
        paragraph.gap,
        paragraph.cells,
        paragraph.table,
        paragraph.is_header,
    )
