"""What a row of a table says by its place: the heads of its columns and the lead-in above its table.

"一类 | 不小于1200平方米" tells nobody of what the 1200平方米 are; "类型：一类；建筑面积：不小于1200平方米"
below 邻里驿站建设标准按照下表执行 does.
"""

from __future__ import annotations

from collections.abc import Mapping

from indexing.sentences import split_sentences
from indexing.types import Clause, Level

ROWS = frozenset({Level.ROW, Level.SUBROW})
_LONGEST_CELL = 40  # characters; a longer cell holds sentences, which speak for themselves
_LONGEST_LEAD = 80


def row_told(clause: Clause) -> str:
    """A row of short cells with the heads of its columns; "" for other rows and for what is no row."""
    return "；".join(f"{column}：{value}" for column, value in _short_cells(clause))


def cell_told(clause: Clause, at: int) -> str:
    """The cell at an offset of a row's text, with the head of its column and what its row is of.

    "" where the row has long cells or its text does not tell them apart: 一类，建筑面积：不小于1200平方米.
    """
    filled = _short_cells(clause)
    if not filled or clause.text.count("\t") + 1 != len(clause.cells):
        return ""
    column, value = clause.cells[clause.text.count("\t", 0, at)]
    label = filled[0][1]
    return f"{column}：{value}" if label == value else f"{label}，{column}：{value}"


def row_lead(clause: Clause, clauses: Mapping[str, Clause]) -> str:
    """The sentence that introduces the table of a row, without a mark (第三条); "" where none does.

    Args:
        clause: any clause.
        clauses: those of its document by path.
    """
    above = clause if clause.level in ROWS else None
    while above is not None and above.level in (*ROWS, Level.TABLE):
        above = clauses.get(above.parent) if above.parent else None
    if above is None or above.level is Level.PART:
        return ""
    before = [above.text[a - above.start : b - above.start] for a, b in above.own if b <= clause.start]
    last = before[-1].strip().rpartition("\n")[2] if before else ""
    sentences = [last[start:end] for start, end in split_sentences(last)]
    lead = sentences[-1].removeprefix(above.mark or "").strip(" \u3000：:。") if sentences else ""
    return lead if len(lead) <= _LONGEST_LEAD else ""


def _short_cells(clause: Clause) -> list[tuple[str, str]]:
    if clause.level not in ROWS or any(len(value.strip()) > _LONGEST_CELL for _, value in clause.cells):
        return []
    return [(column, value.strip()) for column, value in clause.cells if value.strip()]
