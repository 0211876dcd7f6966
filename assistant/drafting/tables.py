"""Tables of a draft, made of facts that are tables; and a heading for each service function."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from assistant.drafting.case import Desk
from assistant.drafting.filling import clause, fill, holds, joined
from assistant.drafting.types import shown
from assistant.drafting.values import UNITS, blank, tidy
from assistant.export.official import Alignment, Blank, Block, Column, Heading, Inline, Paragraph, Table, Text
from assistant.facts.dictionary import dictionary
from assistant.facts.showing import plain
from assistant.facts.types import FactKind
from assistant.facts.types import Table as Rows
from prompts.draft_frames import FunctionsFrame, RowsFrame, TableFrame, wording

_COLUMN_UNITS = {"金额": "万元", "建筑面积": "平方米"}
_NAME_COLUMN = "功能"
_WIDE = 1.6
_NARROWEST, _WIDEST = 5.0, 18.0
"""Characters a column is made wide enough for."""
_PADDING = 1.0  # what the two margins of a cell take, in characters
_WIDE_CHARS = 16  # a cell of so many characters fills a column of its own share in two lines
Details = Mapping[str, tuple[str | Decimal | None, ...]]
"""Function → its row of 分功能明细."""


def table(frame: TableFrame, desk: Desk) -> Iterator[Block]:
    """The rows of a fact, with its sum; nothing while the fact is not known or not a table."""
    rows = desk.value(frame.fact)
    if not isinstance(rows, Rows) or not rows.rows or not holds(frame.when, desk):
        return
    desk.spoken.add(frame.fact)
    wanted = frame.columns or rows.columns
    columns = [
        name for name in wanted if name in frame.keep or any(cell is not None for cell in rows.column(name))
    ]
    body = [tuple(_cell(name, _at(rows, row, name)) for name in columns) for row in rows.rows]
    total = desk.value(frame.total) if frame.total else None
    if isinstance(total, Decimal) and len(columns) > 1:
        desk.spoken.add(frame.total)
        body.append(_total_row(frame.total, total, columns))
    called = dict(zip(wanted, frame.heads, strict=True)) if frame.heads else {}
    heads = tuple(
        _column(name, called.get(name, name), [row[at] for row in body]) for at, name in enumerate(columns)
    )
    yield Table(heads, tuple(body), caption=frame.caption)


def rows_of_ours(frame: RowsFrame, desk: Desk) -> Table:
    """A table whose rows the template names, each cell filled in from the facts."""
    rows = tuple(tuple(clause(cell, desk) for cell in row) for row in frame.rows)
    heads = tuple(
        Column(name, _share(tuple(row[at] for row in rows)), Alignment.LEFT)
        for at, name in enumerate(frame.columns)
    )
    return Table(heads, rows, caption=frame.caption)


def _share(cells: tuple[tuple[Inline, ...], ...]) -> float:
    """How wide a column should be beside others: more for longer words, within bounds."""
    longest = max((len("".join(shown(each) for each in cell)) for cell in cells), default=0)
    return min(max(longest / _WIDE_CHARS, 1.0), 3.0) * _WIDE


def _at(rows: Rows, row: tuple[str | Decimal | None, ...], name: str) -> str | Decimal | None:
    return row[rows.columns.index(name)] if name in rows.columns else None


def _total_row(key: str, total: Decimal, columns: list[str]) -> tuple[tuple[Inline, ...], ...]:
    """合计 under the first column and the sum under the one that has its unit."""
    unit = UNITS.get(dictionary().spec(key).kind, "")
    under = next((name for name in columns if _COLUMN_UNITS.get(name) == unit), columns[-1])
    return tuple(
        (Text("合计"),) if at == 0 else (Text(plain(total)),) if name == under else (Text("—"),)
        for at, name in enumerate(columns)
    )


def _column(name: str, head: str, cells: Sequence[tuple[Inline, ...]]) -> Column:
    """The column as wide as its head or its longest words, within bounds, so that few of them wrap."""
    unit = _COLUMN_UNITS.get(name)
    head = f"{head}（{unit}）" if unit else head
    longest = max(len(head), *(len("".join(map(shown, cell))) for cell in cells))
    share = min(max(longest + _PADDING, _NARROWEST), _WIDEST)
    return Column(head, share, Alignment.CENTRE if unit else Alignment.LEFT)


def _cell(name: str, cell: str | Decimal | None) -> tuple[Inline, ...]:
    if cell is None:
        return (Blank(name, _COLUMN_UNITS.get(name)),)
    return (Text(plain(cell) if isinstance(cell, Decimal) else tidy(cell)),)


def functions(frame: FunctionsFrame, desk: Desk) -> Iterator[Block]:
    """A heading for each function or group and a paragraph of what 分功能明细 says of it."""
    rows = desk.value("func_details")
    if not isinstance(rows, Rows):
        desk.asked.add("func_details")
        yield from _unknown(frame)
        return
    desk.spoken.add("func_details")
    details = {str(row[rows.columns.index(_NAME_COLUMN)]): row for row in rows.rows}
    chosen = desk.value("functions")
    set_up = set(chosen) if isinstance(chosen, tuple) else set(details)
    groups = frame.groups or tuple((name, (name,)) for name in details)
    for label, means in groups:
        named = [name for name in means if name in details or name in set_up]
        if not named:
            yield Heading(2, label)
            yield Paragraph(fill(frame.absent, desk))
            continue
        yield Heading(2, label)
        for name in named:
            inlines = tuple(_function(name, details.get(name), rows, frame.columns, is_named=name != label))
            yield Paragraph(joined(inlines))
    yield from _others(frame, details, set_up, rows)


def _others(frame: FunctionsFrame, details: Details, set_up: Collection[str], rows: Rows) -> Iterator[Block]:
    """Functions set up that none of the groups means."""
    grouped = {name for _, means in frame.groups for name in means}
    for name in dict.fromkeys((*details, *sorted(set_up))) if frame.groups else ():
        if name not in grouped:
            yield Heading(2, name)
            yield Paragraph(
                joined(tuple(_function(name, details.get(name), rows, frame.columns, is_named=False)))
            )


def _unknown(frame: FunctionsFrame) -> Iterator[Block]:
    """A blank for each element of each group, so that none is forgotten; one for all without groups."""
    if not frame.groups:
        yield Paragraph((Text("各项服务功能的具体安排为"), blank("func_details"), Text("。")))
    for label, _ in frame.groups:
        yield Heading(2, label)
        yield Paragraph(joined(tuple(_function(label, None, Rows((), ()), frame.columns, is_named=False))))


def _function(
    name: str,
    row: tuple[str | Decimal | None, ...] | None,
    rows: Rows,
    columns: tuple[str, ...],
    *,
    is_named: bool,
) -> Iterator[Inline]:
    """养老服务：建筑面积300平方米；目标愿景为……；a blank for each element that is missing."""
    if is_named:
        yield Text(f"{name}：")
    for number, column in enumerate(columns):
        cell = row[rows.columns.index(column)] if row and column in rows.columns else None
        unit = _COLUMN_UNITS.get(column)
        before, _, after = wording()["columns"].get(column, f"{column}为{{v}}").partition("{v}")
        yield Text(("，" if number else "") + before)
        if cell is None:
            yield Blank(f"{name}的{column}", unit)
        else:
            yield Text(f"{plain(cell)}{unit or ''}" if isinstance(cell, Decimal) else tidy(cell))
        yield Text(after)
    yield Text("。")


def is_table(key: str) -> bool:
    """Whether a fact is a table."""
    return key in dictionary() and dictionary().spec(key).kind is FactKind.TABLE
