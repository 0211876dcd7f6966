"""The gate on rows: what a table or list says of one thing is not said of another.

300平方米 of 儿童托管 is no area of 托育, 预备费 is not paid by whoever stands in another table, and what a
thing becomes is not what it was. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache

from assistant.drafting.case import Case
from assistant.drafting.gate_bodies import bodies_of
from assistant.drafting.gate_classes import bearers_of, class_before
from assistant.drafting.gate_numbers import Figure, Known, figures
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.holdings import Clause, Unit, clauses_of, facts_of, siblings_of, units_of
from assistant.drafting.sentences import Said, without_quotes
from assistant.facts.dictionary import dictionary
from assistant.facts.showing import plain as written
from assistant.facts.types import FactKind, Table
from indexing.folding import fold_tight
from prompts.draft_frames import wording

_BY = re.compile(r"由|归|交给|来自|源自|源于")
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
    words = (*clause.words, *(_choices()[word] for word in clause.words if word in _choices()))
    for figure in figures(clause.text):
        own = [unit for unit in siblings if figure.unit and unit.known.has(figure)]
        if not own or cited.has(figure) or _is_elsewhere(figure.value, figure.unit, siblings, ground.case):
            continue
        if any(unit.text in fold_tight(clause.text) for unit in own):
            continue
        bearers = bearers_of(ground.case).get((figure.value, figure.unit), frozenset())
        if (class_before(clause.text, figure.start, ground.case) or None) in bearers:
            continue  # 便民商业类共600平方米: the sum of its rows
        shared = {word for word in words if all(word in unit.text for unit in siblings)}
        told = [word for word in words if word not in shared]
        # 88名代表中81人同意: another whose figure is there too is what its own words are of
        others = [unit for unit in siblings if unit not in own and _is_open(unit, figure, clause)]
        is_own = any(word in unit.text for unit in own for word in told)
        is_others = any(word in unit.text for unit in others for word in told)
        if (is_others and not is_own) or _is_headed(others, told) > _is_headed(own, told):
            yield clause.text.strip()


def _is_open(unit: Unit, figure: Figure, clause: Clause) -> bool:
    """Whether a thing counts the same and a clause has not its own figure of it."""
    alike = [value for value, measure in unit.known.pairs if measure == figure.unit]
    told = {one.value for one in figures(clause.text) if one.unit == figure.unit}
    return bool(alike) and told.isdisjoint(alike)


@cache
def _choices() -> dict[str, str]:
    """Other words for what may be chosen, with its name: 托育服务 for 婴幼儿托育."""
    chosen = (one for spec in dictionary().specs if spec.kind is FactKind.CHOICES for one in spec.choices)
    return {word: one.name for one in chosen for word in one.words}


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
    left = [name for name in names if name in before]
    right = [name for name in (*names, *bodies_of(ground.case)) if name in after]
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


def false_extremes(said: Said, ground: Ground) -> list[str]:
    """最大, 最低 of what is not so by its table, or with no figure to see it by: 运营成本最低."""
    text, out = without_quotes(said.text), list[str]()
    cited = "｜".join(cited_texts(said.citations))
    extreme = re.compile(wording()["gates"]["extreme"])
    parts = _PARTS.split(text)
    for at, one in ((at, one) for at, part in enumerate(parts) for one in extreme.finditer(part)):
        near = fold_tight(parts[at][max(0, one.start() - _BESIDE) : one.end() + _BESIDE])
        if one.group() in cited or near in ground.folded:
            continue
        measured = [each for each in _nearest(parts, at) if ground.known.has(each)]
        of_rows = [(each.value, row) for each in measured for row in _columns_of(ground.case, each)]
        best = min if one.group() in _LEAST else max
        if not measured or (of_rows and all(value != best(row) for value, row in of_rows)):
            out.append(one.group())
    return list(dict.fromkeys(out))


def _nearest(parts: list[str], at: int) -> list[Figure]:
    """The measures of a clause; where it has none those of the clauses beside it."""
    own = [one for one in figures(parts[at]) if one.unit]
    return own or [one for part in parts[max(0, at - 1) : at + 2] for one in figures(part) if one.unit]


_PARTS = re.compile(r"[，。；：]")


def _columns_of(case: Case, figure: Figure) -> Iterator[tuple[Decimal, ...]]:
    """The figures of its unit of each list of things that has a figure, where they differ."""
    for siblings in siblings_of(case):
        values = tuple(
            value for unit in siblings for value, measure in unit.known.pairs if measure == figure.unit
        )
        if figure.value in values and len(set(values)) > 1:
            yield values


_BESIDE = 2  # signs beside a word, by which a fact that has it is known
_LEAST = ("最小", "最低", "最少")
