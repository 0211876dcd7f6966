"""Which rows of a comparison are shown: those that differ, with figures, that stand beside the nation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from assistant.comparing.summing import table_summary
from assistant.comparing.types import Comparison, Relation, Row

_RANKED = frozenset({Relation.STRICTER, Relation.EQUAL, Relation.LOOSER})


class Only(StrEnum):
    """What a row must have to be shown."""

    DIFFERENCES = "differences"  # values, strength or presence differ between the columns
    FIGURES = "figures"  # at least one figure
    NATION = "nation"  # at least one place is stricter than, equal to or looser than the national text


def narrowed(comparison: Comparison, only: Collection[Only]) -> Comparison:
    """The rows that meet every condition, and what is said of them; a note counts the rows left out."""
    rows = tuple(row for row in comparison.rows if all(_meets(row, one) for one in only))
    left = len(comparison.rows) - len(rows)
    notes = (f"按所选条件略去 {left} 个主题。",) if left else ()
    told = frozenset(table_summary(rows, comparison.columns))  # of what was said, what is of these rows
    summary = tuple(one for one in comparison.summary if one in told)
    return replace(comparison, rows=rows, summary=summary, notes=(*notes, *comparison.notes))


def _meets(row: Row, only: Only) -> bool:
    if only is Only.DIFFERENCES:
        return bool(row.differences)
    if only is Only.NATION:
        return any(relation in _RANKED for relation in row.relations)
    return any(cell.figures for cell in row.cells)
