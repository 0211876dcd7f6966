"""The gate on rows: what a table or list says of one thing is not said of another.

300平方米 of 儿童托管 is no area of 托育, 预备费 is not paid by whoever stands in another table, and what a
thing becomes is not what it was. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from assistant.drafting.case import Case
from assistant.drafting.gate_numbers import Known, figures
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.holdings import Clause, Unit, clauses_of, facts_of, siblings_of, units_of
from assistant.drafting.sentences import Said, without_quotes
from assistant.facts.showing import plain as written
from assistant.facts.types import Table
from indexing.folding import fold_tight

_BY = re.compile(r"由|归|交给")
_LEAST_CELL = 3
_FORMER = re.compile(r"(?:原(?!则)|此前|(?:变更|调整|改造|放宽|改建)(?:之)?前|现状)[^，。；]{0,24}")
_WAS, _BECOMES = frozenset(("现状", "原标准", "原值", "变更前")), frozenset(("改造后", "拟定值", "变更后"))


def misplaced_rows(said: Said, ground: Ground, own_words: str) -> list[str]:
    """A figure of one row said of another (托育面积300平方米); 甲由乙, of two that no thing has together."""
    cited = Known(cited_texts(said.citations))
    out: list[str] = []
    for clause in clauses_of(without_quotes(said.text), ground):
        for siblings in siblings_of(ground.case):
            out += _of_another(clause, siblings, cited, ground)
        out += _put_together(clause, ground, own_words)
    return list(dict.fromkeys(out))


def _of_another(clause: Clause, siblings: tuple[Unit, ...], cited: Known, ground: Ground) -> Iterator[str]:
    words = clause.words
    for figure in figures(clause.text):
        own = [unit for unit in siblings if figure.unit and unit.known.has(figure)]
        if not own or cited.has(figure) or _is_elsewhere(figure.value, figure.unit, siblings, ground.case):
            continue
        if any(unit.text in fold_tight(clause.text) for unit in own):
            continue
        shared = {word for word in words if all(word in unit.text for unit in siblings)}
        told = [word for word in words if word not in shared]
        others = [unit for unit in siblings if unit not in own]
        is_own = any(word in unit.text for unit in own for word in told)
        is_others = any(word in unit.text for unit in others for word in told)
        if (is_others and not is_own) or _is_headed(others, told) > _is_headed(own, told):
            yield clause.text.strip()


def _is_headed(units: Iterable[Unit], told: list[str]) -> bool:
    """Whether words begin a part of a text: 助餐 of 助餐每份12元起. Rows have more to go by."""
    return any(len(unit.parts) == 1 and unit.text.startswith(word) for unit in units for word in told)


def _is_elsewhere(value: Decimal, unit: str, siblings: tuple[Unit, ...], case: Case) -> bool:
    """Whether a fact beside these rows has a figure too."""
    found = (one for each in siblings_of(case) if each is not siblings for one in each)
    whole = (one for one in facts_of(case) if not all(each.text in one.text for each in siblings))
    singles = (one for one in whole if len(one.parts) == 1)
    return any((value, unit) in one.known.pairs for one in (*found, *singles))


def _put_together(clause: Clause, ground: Ground, own_words: str) -> Iterator[str]:
    """预备费由企业自筹解决: what two rows are called, one by the other, where nothing has both."""
    by = _BY.search(clause.text)
    if by is None:
        return
    before, after = clause.text[: by.start()], clause.text[by.end() :]
    names = _names(ground.case)
    left, right = ([name for name in names if name in part] for part in (before, after))
    held = units_of(ground.case, own_words)
    for one in left:
        for other in right:
            if one != other and not any(one in unit.text and other in unit.text for unit in held):
                yield f"{one}由{other}"
                return


@lru_cache(maxsize=8)
def _names(case: Case) -> tuple[str, ...]:
    """What stands in the cells of tables, in words."""
    tables = (value for value in case.values.values() if isinstance(value, Table))
    cells = (cell for table in tables for row in table.rows for cell in row)
    words = (cell for cell in cells if isinstance(cell, str) and "〔" not in cell)
    return tuple(dict.fromkeys(cell for cell in words if len(cell) >= _LEAST_CELL))


def turned_back(said: Said, ground: Ground) -> list[str]:
    """What a thing becomes told as what it was: 原规模为1850平方米, where 现状 is 1700 and 改造后 1850."""
    text, out = without_quotes(said.text), list[str]()
    for before, after in _changes(ground.case):
        for one in _FORMER.finditer(text):
            out += [one.group() for figure in figures(one.group()) if figure.value in after - before]
    return list(dict.fromkeys(out))


@lru_cache(maxsize=8)
def _changes(case: Case) -> tuple[tuple[frozenset[Decimal], frozenset[Decimal]], ...]:
    """Of each table that says what changes: the figures it was, and those it becomes."""
    out = []
    for value in case.values.values():
        if isinstance(value, Table) and _WAS & set(value.columns) and _BECOMES & set(value.columns):
            was, becomes = (
                frozenset(
                    one.value
                    for name in names & set(value.columns)
                    for cell in value.column(name)
                    for one in figures(cell if isinstance(cell, str) else written(cell or Decimal()))
                )
                for names in (_WAS, _BECOMES)
            )
            out.append((was, becomes))
    return tuple(out)
