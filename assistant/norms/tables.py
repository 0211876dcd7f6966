"""Bare numbers of a table cell whose unit stands in the column head: 补助金额（万元） over 50."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.norms.types import Operator
from assistant.norms.units import UNIT, unit_name
from indexing.folding import fold_aligned, fold_tight
from indexing.numerals import AMOUNT, parse_amount
from indexing.types import Clause, Document, Span

# "补助金额(万元)", "面积/㎡", "单位:个"
_HEAD = re.compile(rf"[(/:]\s*(?:单位:)?\s*(?P<scale>万|亿)?(?P<unit>{UNIT})(?:/[^)]+)?\s*\)?$")
_BARE = re.compile(
    rf"(?P<sign>≥|≤|>=|<=|>|<|不少于|不低于|不小于|不超过|不高于|不大于)?\s*(?P<number>{AMOUNT})(?P<after>以上|以下|左右)?"
)
_OPERATORS = {
    **dict.fromkeys(("≥", ">=", "不少于", "不低于", "不小于", "以上"), Operator.AT_LEAST),
    **dict.fromkeys(("≤", "<=", "不超过", "不高于", "不大于", "以下"), Operator.AT_MOST),
    ">": Operator.MORE_THAN,
    "<": Operator.LESS_THAN,
    "左右": Operator.ABOUT,
}
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A bare number in a cell: where it stands, what it is worth in its unit, what the column says."""

    start: int
    end: int
    operator: Operator
    value: Decimal
    unit: str
    indicator: str


def cell_figures(clause: Clause, document: Document) -> Iterator[CellFigure]:
    """The bare numbers of a table row whose column head names their unit; none for other clauses."""
    columns = list(clause.cells)
    for start, end in cells(document.text, clause.start, clause.end) if columns else ():
        text = fold_aligned(document.text[start:end])
        tight = fold_tight(text)
        at = next((index for index, (_, value) in enumerate(columns) if fold_tight(value) == tight), None)
        if at is None:
            continue
        column = fold_tight(columns[at][0])
        columns = columns[at + 1 :]  # cells stand in the order of their columns
        head, number = _HEAD.search(column), _BARE.fullmatch(text.strip())
        if head and number:
            begin = start + len(text) - len(text.lstrip())
            value = parse_amount(number["number"]) * _SCALES.get(head["scale"] or "", Decimal(1))
            operator = _OPERATORS.get(number["sign"] or number["after"] or "", Operator.EQUAL)
            yield CellFigure(
                begin,
                begin + len(text.strip()),
                operator,
                value,
                unit_name(head["unit"]),
                column[: head.start()],
            )


def cells(text: str, start: int, end: int) -> list[Span]:
    """Spans of the blocks of `text[start:end]`: lines, and cells between tabs; none of them empty."""
    spans, position = [], start
    for match in re.finditer(r"[\n\t]|$", text[start:end]):
        stop = start + match.start()
        if text[position:stop].strip():
            spans.append((position, stop))
        position = stop + 1
    return spans
