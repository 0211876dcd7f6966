"""A comparison as an official document: a cited summary, the table across the page, what it rests on.

Each sentence of the summary carries its clauses as footnotes; a cell of the table names its clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.comparing.summing import shortened
from assistant.comparing.types import Cell, Comparison, Relation, Row
from assistant.export.docx import write_docx
from assistant.export.official import (
    Alignment,
    Block,
    Column,
    Heading,
    OfficialDocument,
    Origin,
    Paragraph,
    Table,
    Text,
)
from assistant.export.records import STATUS_NOTES, address, figure_text, source_line, status_text
from assistant.types import Statement

COLUMNS_A_TABLE = 5
"""Places side by side on one page across; more stand in further tables below, each with the topics again."""

_TITLE_CHARS = 24  # of a topic in the title; a longer one would fill it
_QUOTED_CHARS = 60
_TABLE_NOTE = "比对结果见下表，引号内为原文，六角括号内为依据条款；“·已核”表示经人工核对，其余由程序抽取。"
_ORIGIN = Origin("本表由程序比对生成，须经人工核对")


def as_docx(comparison: Comparison, made_on: date) -> bytes:
    """The .docx as bytes; `made_on` is the day its properties name. The same input gives the same bytes."""
    return write_docx(official(comparison), made_on)


def official(comparison: Comparison) -> OfficialDocument:
    """The comparison as the document that is laid out: 综述, 比对表, 分主题说明, 说明."""
    parts = (
        ("综述", list(_summary(comparison))),
        ("比对表", [_plain(_TABLE_NOTE), *_tables(comparison)]),
        ("分主题说明", [block for row in comparison.rows for block in _row(row)]),
        ("说明", [_plain(line) for line in _notes(comparison)]),
    )
    blocks = [block for name, inside in parts if inside for block in (Heading(1, name), *inside)]
    return OfficialDocument((_title(comparison),), (_opening(comparison), *blocks), origin=_ORIGIN)


def _title(comparison: Comparison) -> str:
    names = [_line(row.topic.name) for row in comparison.rows]
    if len(names) == 1 and len(names[0]) <= _TITLE_CHARS:
        return f"关于{names[0]}的政策比对"
    return f"{len(names)}个主题的政策比对"


def _opening(comparison: Comparison) -> Paragraph:
    day = comparison.as_of
    labels = "、".join(column.label for column in comparison.columns)
    return _plain(
        f"本表按{day.year}年{day.month}月{day.day}日有效的规定，就{len(comparison.rows)}个主题比对{labels}。"
    )


def _summary(comparison: Comparison) -> Iterator[Block]:
    yield from map(_cited, comparison.summary)


def _row(row: Row) -> Iterator[Block]:
    yield Heading(2, _line(row.topic.name))
    yield from map(_cited, row.summary)
    yield from map(_plain, row.silent)
    if row.differences:
        yield _plain(f"各地差异：{'、'.join(row.differences)}。")


def _cited(statement: Statement) -> Paragraph:
    return Paragraph((Text(_line(statement.text), tuple(dict.fromkeys(statement.citations))),))


def _plain(line: str) -> Paragraph:
    return Paragraph((Text(_line(line)),))


def _line(text: str) -> str:
    """Words on one line; a line feed of a document would begin a new paragraph."""
    return " ".join(text.split())


def _tables(comparison: Comparison) -> Iterator[Table]:
    """The matrix, so many columns a table."""
    for start in range(0, len(comparison.columns), COLUMNS_A_TABLE):
        places = range(start, min(start + COLUMNS_A_TABLE, len(comparison.columns)))
        heads = [Column("主题", 1.5), *(_head(comparison.columns[place].label) for place in places)]
        rows = tuple(_table_row(row, places) for row in comparison.rows)
        labels = "、".join(_line(comparison.columns[place].label) for place in places)
        yield Table(tuple(heads), rows, caption=f"{labels}政策比对表", landscape=True)


def _head(label: str) -> Column:
    return Column(_line(label), 2.6, Alignment.LEFT)


def _table_row(row: Row, places: Sequence[int]) -> tuple[tuple[Text, ...], ...]:
    shown = [cell_text(row.cells[place], row.relations[place]) for place in places]
    return tuple((Text(words),) for words in (_line(row.topic.name), *shown))


def cell_text(cell: Cell, relation: Relation | None) -> str:
    """What a cell of the table shows: status, figures or else strength and words, relation, clause."""
    if not cell.quotes:
        return status_text(cell)
    strength = f"（{cell.strength}）" if cell.strength and not cell.figures else ""
    beside = f"，相对国家{relation}" if relation and relation is not Relation.NATION_SILENT else ""
    beside = f"，{relation}" if relation is Relation.NATION_SILENT else beside
    figures = "；".join(figure_text(figure) for figure in cell.figures)
    said = figures or shortened(cell.quotes[0].citation.quote, _QUOTED_CHARS)
    return "\n".join(
        (f"{status_text(cell)}{strength}{beside}", said, f"〔{address(cell.quotes[0].citation)}〕")
    )


def _notes(comparison: Comparison) -> list[str]:
    return [*comparison.notes, *STATUS_NOTES, *(source_line(source) for source in comparison.sources)]
