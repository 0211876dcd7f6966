"""Cells side by side: a local one against the national text, and in what the cells of a row differ.

Only code decides here. Figures are set against each other where unit and basis are the same; anything
else is 不可比, and a silent cell is compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.comparing.figures import basis_names
from assistant.comparing.types import SAID, Cell, CellStatus, Difference, Figure, Relation
from assistant.norms import Operator, Strength
from indexing.folding import fold_tight

Verdict = tuple[Relation, str]
"""A relation and one Chinese phrase that says why."""

_LOWER = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})
_UPPER = frozenset({Operator.AT_MOST, Operator.LESS_THAN})
_EXCLUDING = frozenset({Operator.MORE_THAN, Operator.LESS_THAN})
# How binding, where more binding means stricter; a permission, a target or a statement is neither
_DEGREE = {
    Strength.MUST: 4,
    Strength.MUST_NOT: 4,
    Strength.IN_PRINCIPLE: 3,
    Strength.GENERALLY: 3,
    Strength.SHOULD: 2,
    Strength.SUPPORTED: 1,
    Strength.ENCOURAGED: 1,
}
# Words that change what is laid down, however few they are
_WEIGHTY = re.compile(r"免费|无偿|低偿|除外|以外|不得|不再|禁止|\d|[一二三四五六七八九十]+(?:年|个|项|%)")
_SAME_WORDING = 0.75
"""Least `SequenceMatcher` ratio of two sentences that lay down the same; 四同步 of two documents has 0.8."""


def relation(local: Cell, nation: Cell) -> Verdict | None:
    """How a local cell stands to the national one; None where the local cell is silent."""
    if local.status not in SAID:
        return None
    if not (local.is_certain and nation.is_certain):
        return Relation.INCOMPARABLE, "检索到的条款待核"
    if nation.status not in SAID:
        return Relation.NATION_SILENT, "国家文件未检出规定"
    if local.figures and nation.figures:
        return _of_figures(local.figures, nation.figures)
    if local.figures:
        return Relation.NATION_SILENT, "国家文件没有数值"
    if nation.figures:
        return Relation.INCOMPARABLE, "本地没有数值"
    return _of_words(local, nation)


def _of_figures(local: Sequence[Figure], nation: Sequence[Figure]) -> Verdict:
    """One verdict where all figures that can be compared agree."""
    local, nation = _of_their_own(local), _of_their_own(nation)
    pairs = [(mine, its) for mine in local for its in nation if mine.unit == its.unit]
    if not pairs:
        return Relation.INCOMPARABLE, "计量单位不同"
    alike = [(mine, its) for mine, its in pairs if mine.basis == its.basis]
    if not alike:
        mine, its = pairs[0]
        return Relation.INCOMPARABLE, f"口径不同：本地{basis_names(mine.basis)}，国家{basis_names(its.basis)}"
    verdicts = list(dict.fromkeys(of_figure(mine, its) for mine, its in alike))
    if len({verdict for verdict, _ in verdicts}) == 1:
        return verdicts[0]
    same = [verdict for verdict in verdicts if verdict[0] is Relation.EQUAL]
    if same and all(any(m.measure == i.measure for i in nation) for m in local):
        return same[0]
    return Relation.INCOMPARABLE, "各项数值不一致，请逐项核对"


def _of_their_own(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures without those that only name again what another limits: 五年过渡期满 beside 5年内."""
    limited = {(f.value, f.high, f.unit) for f in figures if f.operator is not Operator.EQUAL}
    return tuple(
        f for f in figures if f.operator is not Operator.EQUAL or (f.value, f.high, f.unit) not in limited
    )


def of_figure(local: Figure, nation: Figure) -> Verdict:
    """Two figures of one unit and basis: a higher floor and a lower ceiling are stricter."""
    if Strength.TARGET in (local.strength, nation.strength):
        return Relation.INCOMPARABLE, "是规划目标，不判严宽"
    if local.value == nation.value and local.high == nation.high and local.operator is nation.operator:
        return of_strength(local.strength, nation.strength)
    for side in (_LOWER, _UPPER):
        if local.operator in side and nation.operator in side:
            return _of_bounds(local, nation, is_floor=side is _LOWER)
    return Relation.INCOMPARABLE, "一为限值、一为定值或区间"


def _of_bounds(local: Figure, nation: Figure, *, is_floor: bool) -> Verdict:
    if (
        local.strength is Strength.MAY
        or nation.strength is Strength.MAY
        or "补" in local.words + nation.words
    ):
        return Relation.INCOMPARABLE, "是许可或补助的幅度，不判严宽"
    by_strength, _ = of_strength(local.strength, nation.strength)
    if local.value == nation.value:  # 超过 excludes the figure itself, 以上 does not
        is_stricter = local.operator in _EXCLUDING
    else:
        is_stricter = (local.value > nation.value) is is_floor
    found = Relation.STRICTER if is_stricter else Relation.LOOSER
    if by_strength not in (Relation.EQUAL, found):
        return Relation.INCOMPARABLE, "数值与力度一严一宽"
    word = "下限" if is_floor else "上限"
    return found, f"{word}：本地{local.printed}，国家{nation.printed}"


def of_strength(local: Strength, nation: Strength) -> Verdict:
    """The same content said more or less bindingly.

    >>> of_strength(Strength.MUST, Strength.IN_PRINCIPLE)[0].value
    '严于'
    """
    if local is nation or _DEGREE.get(local) == _DEGREE.get(nation) is not None:
        return Relation.EQUAL, "内容相同或相近，力度相同"
    mine, its = _DEGREE.get(local), _DEGREE.get(nation)
    if mine is None or its is None:
        return Relation.INCOMPARABLE, f"内容相同，力度不同类：本地“{local}”，国家“{nation}”"
    return (Relation.STRICTER if mine > its else Relation.LOOSER), f"力度：本地“{local}”，国家“{nation}”"


def _of_words(local: Cell, nation: Cell) -> Verdict:
    """Texts without figures: comparable only where the first sentences say the same in nearly the same words.

    The first sentence of a cell is the one shown and cited. That a later one is alike says nothing of the
    topic as a whole, and 免费或低成本 is not 低成本, however alike the rest is.
    """
    if CellStatus.ELSEWHERE in (local.status, nation.status):
        return Relation.INCOMPARABLE, "指向库外文件"
    mine, its = local.quotes[0], nation.quotes[0]
    if _likeness(mine.citation.quote, its.citation.quote) < _SAME_WORDING:
        return Relation.INCOMPARABLE, "没有数值，规定的内容不同"
    return of_strength(mine.strength, its.strength)


def _likeness(one: str, other: str) -> float:
    mine, its = fold_tight(one), fold_tight(other)
    if 2 * min(len(mine), len(its)) / (len(mine) + len(its)) < _SAME_WORDING:
        return 0.0  # the ratio cannot be higher than this
    matcher = SequenceMatcher(None, mine, its, autojunk=False)
    changed = "|".join(
        f"{mine[a:b]}|{its[c:d]}" for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    )
    return 0.0 if _WEIGHTY.search(changed) else matcher.ratio()


def differences(cells: Sequence[Cell]) -> tuple[Difference, ...]:
    """In what the cells of a row differ, in the order of `Difference`; empty for one cell or none."""
    said = [cell for cell in cells if cell.status in SAID]
    measured = [cell for cell in said if cell.figures]
    found = {
        Difference.VALUE: _values_differ(measured),
        Difference.STRENGTH: len({cell.strength for cell in said}) > 1,
        Difference.PRESENCE: 0 < len(said) < len(cells),
        Difference.BASIS: _bases_differ(measured),
    }
    return tuple(difference for difference, is_so in found.items() if is_so)


def _values_differ(cells: Sequence[Cell]) -> bool:
    """Whether two columns have other figures in a unit that both have."""
    for unit in {figure.unit for cell in cells for figure in cell.figures}:
        said = [frozenset(f.measure for f in _of_their_own(cell.figures) if f.unit == unit) for cell in cells]
        if len({measures for measures in said if measures}) > 1:
            return True
    return False


def _bases_differ(cells: Sequence[Cell]) -> bool:
    """Whether two columns have figures in one unit that are counted on nothing in common."""
    for index, one in enumerate(cells):
        for other in cells[index + 1 :]:
            for unit in {f.unit for f in one.figures} & {f.unit for f in other.figures}:
                mine = {f.basis for f in one.figures if f.unit == unit}
                its = {f.basis for f in other.figures if f.unit == unit}
                if not mine & its:
                    return True
    return False
