"""The gate on classes: what one class of functions has is not told of another.

240万元 asked for 普惠非基本公共服务类 is not asked for 便民商业类, though 便民商业类 has no figure of its own
that it could be held against. Classes are those of the sheet (the column 类别); a figure belongs to those
whose name its fact or row bears. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.drafting.case import Case
from assistant.drafting.gate_numbers import Known, figures, in_one_width
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import Said, without_quotes
from assistant.drafting.values import prose
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind, Table

_CLASS = "类别"
_ALIKE = 2  # 普惠类 is 普惠非基本公共服务类
_LOOKED_AT = 300  # characters before a figure: a field of a million holds 100,000 figures
_NUMERIC = (FactKind.AREA, FactKind.MONEY, FactKind.NUMBER, FactKind.PERCENT)
_UNITS = {"金额": ("元", 10_000), "建筑面积": ("平方米", 1)}
_RESPECTIVELY = re.compile(r"分别|依次")
Measure = tuple[Decimal, str]


def misfiled_figures(said: Said, ground: Ground) -> list[str]:
    """A figure told of another class than those whose it is: 便民商业类功能申请补助240万元."""
    text = in_one_width(without_quotes(said.text))
    if _RESPECTIVELY.search(text):
        return []
    cited, out = Known(tuple(cited_texts(said.citations))), []
    for figure in figures(text):
        named = class_before(text, figure.start, ground.case)
        bearers = bearers_of(ground.case).get((figure.value, figure.unit), frozenset())
        if named and bearers and "" not in bearers and named not in bearers and not cited.has(figure):
            out.append(f"{named}…{figure.words}")
    return list(dict.fromkeys(out))


def class_before(text: str, at: int, case: Case) -> str:
    """The class a text names last before an offset; empty where it names none."""
    last, end = "", -1
    before = text[max(0, at - _LOOKED_AT) : at]
    for name in classes_of(case):
        for words in (name, f"{name[:_ALIKE]}类"):
            place = before.rfind(words)
            if place + len(words) > end and place >= 0:
                last, end = name, place + len(words)
    return last


@lru_cache(maxsize=8)
def classes_of(case: Case) -> tuple[str, ...]:
    """The classes the sheet files functions under, longest first, so that 非基本… is not taken for 基本…."""
    tables = (one for one in case.values.values() if isinstance(one, Table) and _CLASS in one.columns)
    found = {cell for table in tables for cell in table.column(_CLASS) if isinstance(cell, str)}
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


@lru_cache(maxsize=8)
def bearers_of(case: Case) -> dict[Measure, frozenset[str]]:
    """For each figure the classes that have it; "" among them where a thing of no class has it too."""
    found: dict[Measure, set[str]] = defaultdict(set)
    known = dictionary()
    for key, value in case.values.items():
        if isinstance(value, Table):
            for measure, name in _of_rows(value):
                found[measure].add(name)
        elif key in known and known.spec(key).kind in _NUMERIC:
            label = known.label(key)
            for figure in figures(prose(key, value)):
                found[figure.value, figure.unit].add(class_before(label, len(label), case))
    return {measure: frozenset(names) for measure, names in found.items()}


def _of_rows(table: Table) -> Iterator[tuple[Measure, str]]:
    """The figures of rows and, for each class, their sum."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        name = str(cells.get(_CLASS) or "")
        for column, (unit, factor) in _UNITS.items():
            cell = cells.get(column)
            if isinstance(cell, Decimal):
                yield (cell * factor, unit), name
                sums[name, unit] += cell * factor
    yield from (((total, unit), name) for (name, unit), total in sums.items())
