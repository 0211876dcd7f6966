"""What judging a clause comes to: the sentences of it that answer, and whether they do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.judging.sufficiency import Seen
from indexing.folding import fold_tight
from indexing.rows import ROWS
from indexing.types import Clause, ClauseHit, Focus, Level

_BARE_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
# 补助金额(万元), 面积(单位:平方米), 比例/%; not 名称(全称)
_COLUMN_UNIT = re.compile(
    r"[(/](?:单位:)?([十百千万亿]*元(?:/[^)]{1,6})?|平方米|㎡|公顷|亩|%|个|家|项|户|人|年|个?月|天|日|岁|张|床|台|套)\)?$"
)
_SHORT_CELL = 24  # characters of a cell that says nothing by itself: 2024年5月底前, 每年120元


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that answers: its span in the document and the share of the question it says."""

    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause found to answer, with the sentences that do, in document order."""

    hit: ClauseHit
    passages: tuple[Passage, ...]
    coverage: float
    fits: bool  # holds what is asked for: a figure, a date, a body; anything where none is
    is_sufficient: bool
    seen: Seen
    confidence: float  # how likely it answers; at least the coverage where that alone suffices
    lacks_figure: bool  # on the topic, but no figure or date where one is asked for
    bearing: float = 0.0  # more where it is on the subject, less where it only names it

    @property
    def clause(self) -> Clause:
        """The unit found."""
        return self.hit.clause


def evidence_of(unit: Clause, passages: tuple[Passage, ...], judged: Sequence[Evidence]) -> Evidence:
    """The evidence of a clause with these passages, not held to suffice.

    Of one the search did not find, what is known of the last one it did find in the same place stands.

    Args:
        unit: a clause of a place.
        passages: the sentences that speak.
        judged: what was found in the place; not empty.
    """
    item = next((one for one in judged if one.clause.clause_id == unit.clause_id), None)
    if item is None:
        item = judged[-1]
        hit = replace(item.hit, clause=unit, focus=Focus(unit.path, unit.start, unit.end, unit.text))
        item = replace(item, hit=hit)
    return replace(item, passages=passages, is_sufficient=False)


def column_unit(clause: Clause, cell: str, at: int | None = None) -> str | None:
    """The unit that the head of a column gives to its bare numbers; None for other cells.

    Of 补助金额（万元） the unit of "30" is 万元. `at` is where the cell stands in the clause's text, which
    tells two columns apart that hold the same number.
    """
    found = _headed(clause, cell, at)
    return found and found[1]


def _headed(clause: Clause, cell: str, at: int | None) -> tuple[str, str] | None:
    """The head of the column of a bare number and the unit it gives; None for other cells."""
    if clause.level not in ROWS or not _BARE_NUMBER.fullmatch(cell.strip()):
        return None
    own = None if at is None else column_at(clause, at)
    for column, value in clause.cells:
        unit = _COLUMN_UNIT.search(fold_tight(column))
        if unit and value.strip() == cell.strip() and own in (None, column):
            return column, unit.group(1)
    return None


def column_at(clause: Clause, at: int) -> str | None:
    """The head of the column in which an offset of a row's text stands; None where the text does not tell."""
    if clause.level not in ROWS or clause.text.count("\t") + 1 != len(clause.cells):
        return None
    return clause.cells[clause.text.count("\t", 0, at)][0]


def is_short_cell(clause: Clause, start: int, end: int) -> bool:
    """Whether a span of a row's text is a whole cell of few words: the other cells say whose it is."""
    if clause.level not in ROWS or end - start > _SHORT_CELL:
        return False
    return clause.text[:start].rstrip(" ").endswith("\t") and not clause.text[end:].split("\t")[0].strip()


def text_of(clause: Clause, passage: Passage) -> str:
    """The sentence of a passage of a clause, as `worded`."""
    return worded(clause, passage.start - clause.start, passage.end - clause.start)


def worded(clause: Clause, start: int, end: int) -> str:
    """A sentence as it is; a number in a cell with its column's head and unit: 补助金额（万元）：30万元."""
    text = clause.text[start:end]
    found = _headed(clause, text, start)
    return text if found is None else f"{found[0]}：{text.strip()}{found[1]}"


def is_answerable(clause: Clause) -> bool:
    """Whether a clause can carry an answer: titles, addressees and signatures cannot."""
    if clause.level is not Level.FRAME:
        return True
    return clause.path.rsplit("/", 1)[-1] in {"通知", "引言", "结尾段", "附注", "文末"} or "段" in clause.path
