"""What the expressions of rules compute with: comparison of each kind of value, and named functions.

Pure functions over known values; unknown ones are dealt with in `assistant.rules.expressions`.
"""

from __future__ import annotations

import ast
import calendar
import operator
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from assistant.facts.types import Table, Value
from indexing.folding import fold_tight

Computed = Value | frozenset[str]
"""A fact's value, or a set made of one."""

_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def as_set(value: Computed) -> frozenset[str]:
    """Choices as a set; a lone word is a set of one, an explicit 无 the empty set."""
    if isinstance(value, frozenset):
        return value
    if isinstance(value, tuple):
        return frozenset(value)
    if isinstance(value, str):
        return frozenset((value,))
    if value is False:
        return frozenset()
    raise TypeError(f"not a set: {value!r}")


def compare(sign: ast.cmpop, left: Computed, right: Computed) -> bool | None:
    """Whether `left sign right` holds; between sets `<=` is ⊆. None where the two cannot be compared.

    An explicit 无 (False) equals nothing and is in nothing.
    """
    if isinstance(sign, ast.In | ast.NotIn):
        holds = left is not False and as_set(left) <= as_set(right)
        return holds if isinstance(sign, ast.In) else not holds
    if isinstance(left, frozenset | tuple) or isinstance(right, frozenset | tuple):
        left, right = as_set(left), as_set(right)
    elif type(left) is not type(right):
        unlike = isinstance(sign, ast.NotEq)
        return unlike if isinstance(sign, ast.Eq | ast.NotEq) else None
    return bool(_ORDER[type(sign)](left, right))


def has(value: Computed) -> bool:
    """Whether something is there: not an explicit 无, not an empty list or table."""
    return bool(value.rows) if isinstance(value, Table) else bool(value)


def count(value: Computed) -> Decimal:
    """How many members or rows."""
    return Decimal(len(value.rows) if isinstance(value, Table) else len(as_set(value)))


def column(table: Computed, name: Computed) -> frozenset[str]:
    """The words in a column of a table; empty where there is none."""
    return (
        frozenset(str(cell) for cell in table.column(str(name)) if cell)
        if isinstance(table, Table)
        else frozenset()
    )


def total(table: Computed, name: Computed) -> Decimal | None:
    """The sum of a column; None (unknown) when a row has no number there."""
    cells = table.column(str(name)) if isinstance(table, Table) else ()
    numbers = [cell for cell in cells if isinstance(cell, Decimal)]
    return sum(numbers, Decimal(0)) if cells and len(numbers) == len(cells) else None


def filled(table: Computed, *names: Computed) -> bool | None:
    """Whether every row has each of the columns; None (unknown) while a cell is empty."""
    if not isinstance(table, Table) or not table.rows:
        return False
    return all(cell is not None for name in names for cell in table.column(str(name)) or (None,)) or None


def not_below(table: Computed, new: Computed, old: Computed) -> bool | None:
    """Whether column `new` is at least `old` in each row; None while a number is missing."""
    if not isinstance(table, Table):
        return None
    pairs = list(zip(table.column(str(new)), table.column(str(old)), strict=False))
    if any(isinstance(a, Decimal) and isinstance(b, Decimal) and a < b for a, b in pairs):
        return False
    return (
        True if pairs and all(isinstance(a, Decimal) and isinstance(b, Decimal) for a, b in pairs) else None
    )


def mentions(value: Computed, *words: Computed) -> bool:
    """Whether a text, list or table names one of the words.

    A word that is denied where it stands is not named: 没有按导则编制, 未发现隐患.

    >>> mentions("渝中区发展和改革委员会", "发展改革", "发展和改革")
    True
    >>> mentions("按市标准建设，没有执行导则", "导则")
    False
    """
    if isinstance(value, Table):
        text = "|".join(str(cell) for row in value.rows for cell in row if cell)
    else:
        text = "|".join(as_set(value)) if isinstance(value, tuple | frozenset) else str(value or "")
    folded = fold_tight(text)
    return any(_named(fold_tight(str(word)), folded) for word in words)


# "没有执行|导则", "未发现|隐患", "不按|京政发"; "无障碍导则" no
_DENIED = re.compile(
    r"(?:没有?|未|不(?![足仅])|无(?!障碍|偿|线))(?:发现|存在|见|有|包含|列|报|经|提供|开展|涉及)*[《“\"]?[^,，。;；、《》|]{0,2}$"
    r"|(?:没有?|未|不)(?:按照?|执行|依据|遵照|落实|参照|采用)[^,，。;；、|]{0,30}$"
)


def _named(word: str, text: str) -> bool:
    """Whether `word` stands in `text` somewhere it is not denied."""
    at = text.find(word)
    while at >= 0:
        if not _DENIED.search(text[max(0, at - 36) : at]):
            return True
        at = text.find(word, at + 1)
    return False


def months_after(day: Computed, months: Computed) -> date | None:
    """The same day so many months later, the month's last where it has no such day (民法典第二百零二条).

    >>> months_after(date(2026, 3, 31), Decimal(3)), months_after(date(2026, 1, 10), Decimal(3))
    (datetime.date(2026, 6, 30), datetime.date(2026, 4, 10))
    """
    if not isinstance(day, date) or not isinstance(months, Decimal):
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + int(months), 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def equal(left: Computed, right: Computed, tolerance: Computed) -> bool | None:
    """Whether two amounts differ by no more than the tolerance."""
    if isinstance(left, Decimal) and isinstance(right, Decimal) and isinstance(tolerance, Decimal):
        return abs(left - right) <= tolerance
    return None


def smaller(left: Computed, right: Computed) -> Decimal:
    """The smaller of two numbers."""
    return min(Decimal(str(left)), Decimal(str(right)))


FUNCTIONS: dict[str, Callable[..., Computed | None]] = {
    "column": column,
    "count": count,
    "date": lambda text: date.fromisoformat(str(text)),
    "equal": equal,
    "filled": filled,
    "first": lambda *values: next(iter(values), None),  # the first that is known; see `expressions`
    "has": has,
    "mentions": mentions,
    "months_after": months_after,
    "not_below": not_below,
    "smaller": smaller,
    "total": total,
}
"""Functions of known values; one unknown argument leaves the result unknown."""

QUIET: dict[str, Callable[..., bool]] = {
    "known": lambda value: value is not None,
    "claimed": lambda value: value is True,  # stated and true: what an applicant does not say is not claimed
    "surely": lambda value: value is True,
    "in_order": lambda *days: _in_order([day for day in days if day is not None]),
}
"""Functions that are never unknown: what they are given may be."""


def _in_order(days: list[date]) -> bool:
    """Whether the days known do not go backwards."""
    return all(earlier <= later for earlier, later in pairwise(days))
