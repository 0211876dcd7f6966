"""Which rows of a comparison are shown: only those that differ, only those with figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from assistant.comparing.types import Comparison, Row


class Only(StrEnum):
    """What a row must have to be shown."""

    DIFFERENCES = "differences"  # values, strength or presence differ between the columns
    FIGURES = "figures"  # at least one figure


def narrowed(comparison: Comparison, only: Collection[Only]) -> Comparison:
    """The comparison with the rows that meet every condition; a note says how many were left out."""
    rows = tuple(row for row in comparison.rows if all(_meets(row, one) for one in only))
    left = len(comparison.rows) - len(rows)
    notes = (f"按所选条件略去 {left} 个主题。",) if left else ()
    return replace(comparison, rows=rows, notes=(*notes, *comparison.notes))


def _meets(row: Row, only: Only) -> bool:
    if only is Only.DIFFERENCES:
        return bool(row.differences)
    return any(cell.figures for cell in row.cells)
