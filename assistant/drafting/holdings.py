"""What a sentence may rest on, thing by thing: facts with their names, rows of tables, frames, clauses met.

The gates on support and on rows ask which of these things a clause of a sentence is about. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from assistant.drafting.case import Case
from assistant.drafting.gate_numbers import Figure, Known, days, figures
from assistant.drafting.ground import Ground
from assistant.drafting.values import MAX_INLINE, phrase, prose
from assistant.facts.dictionary import dictionary
from assistant.facts.showing import plain as written
from assistant.facts.types import Table
from indexing.folding import fold_tight
from indexing.segmentation import cut_for_search, tags
from prompts.draft_frames import phrases

_CLAUSES = re.compile(r"[，。；：！？]")
_LISTED = re.compile(r"[，；。、,;]")
_APART = re.compile(r"[｜|。；;]")
_SUM = re.compile(r"共|合计|总")
_FIELD = re.compile(r"\{[^{}]*\}|[\[\]]")
_EVERYWHERE = 12
"""A word that more things at hand have says nothing of which is meant: 服务, 社区, 项目."""
_TEN, _TWO = 10, 2
_UNITS = {"金额": "万元", "建筑面积": "平方米"}


@dataclass(frozen=True)
class Unit:
    """One thing at hand, in parts that may each say something of it: the cells of a row, else one text."""

    parts: tuple[str, ...]
    aliases: str = ""  # what else it is called, which tells what it is about and claims nothing

    @cached_property
    def text(self) -> str:
        """All of it."""
        return "｜".join(one for one in (*self.parts, self.aliases) if one)

    @cached_property
    def known(self) -> Known:
        """Its figures."""
        return Known(self.parts)

    def bears_out(self, claim: re.Pattern[str], about: tuple[str, ...], counted: tuple[Figure, ...]) -> bool:
        """Whether it makes the claim of something it shares; a row, in another cell than the claim's."""
        making = [part for part in self.parts if claim.search(part)]
        if not making:
            return False
        others = [part for part in self.parts if part not in making] or [*making, self.aliases]
        if any(word in part for word in about for part in others):
            return True
        if any(sum(word in part for word in about) >= _TWO for part in making):
            return True  # 引入志愿者开展辅导, of 引入志愿者辅导
        return any(self.known.has(one) for one in counted)


@dataclass(frozen=True)
class Clause:
    """A part of a sentence between two marks: its words, and those that are not a fact's own."""

    text: str
    left: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of two signs and more that count nothing (一次), and days as they are written; each once."""
        told = [word for word in cut_for_search(self.text) if len(word) > 1 and tags(word)[:1] != ["m"]]
        return tuple(dict.fromkeys((*told, *(words for _, words in days(self.text)))))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, those that only count to ten left out: two things may have four of something."""
        return tuple(one for one in figures(self.text) if one.unit and one.value > _TEN)


def clauses_of(text: str, ground: Ground) -> Iterator[Clause]:
    """Each clause of a text, and the same with the words of facts blotted out."""
    masked = ground.masked(text)
    start = 0
    for end in (*(one.start() for one in _CLAUSES.finditer(masked)), len(text)):
        if text[start:end].strip():
            yield Clause(text[start:end], masked[start:end])
        start = end + 1


def about(
    clause: Clause, clauses: tuple[Clause, ...], held: tuple[Unit, ...], claim: tuple[int, int]
) -> tuple[str, ...]:
    """The words of a clause that say what is meant, not the claim's own; else those of its sentence.

    One word alone may be in a second clause (两个区域互不干扰), so the one before it is heard too.
    """
    start, end = claim
    beside = Clause(f"{clause.text[:start]} {clause.text[end:]}", "")
    others = [one for one in clauses if one is not clause]
    before = clauses[: clauses.index(clause)][-1:]
    telling = _telling(beside, clause.text[start:end], held)
    if len(telling) <= 1 and before:
        telling += _telling(before[0], "", held)
    return telling or next((found for one in others if (found := _telling(one, "", held))), ())


def _telling(clause: Clause, claim: str, held: tuple[Unit, ...]) -> tuple[str, ...]:
    told = (word for word in clause.words if word not in claim)
    return tuple(word for word in told if 0 < sum(word in unit.text for unit in held) <= _EVERYWHERE)


@lru_cache(maxsize=8)
def units_of(case: Case, own_words: str) -> tuple[Unit, ...]:
    """The things at hand, folded: facts with their names, rows, clauses met, sentences of frames."""
    found = [*facts_of(case), *(unit for each in siblings_of(case) for unit in each)]
    # what phrases.toml would say of a fact is no ground where the fact is not known
    framed = (one for one in _APART.split(own_words) if one not in _phrased())
    met = _APART.split(Ground(case).met)
    told = dict.fromkeys(fold_tight(_FIELD.sub(" ", one)) for one in (*framed, *met))
    return (*found, *(Unit((one,)) for one in told if len(one) > 1))


@cache
def _phrased() -> frozenset[str]:
    return frozenset(fold_tight(each.yes + each.no) for each in phrases().values())


@lru_cache(maxsize=8)
def facts_of(case: Case) -> tuple[Unit, ...]:
    """Every known fact that is no table, with what it is called."""
    known = dictionary()
    out = []
    for key, value in case.values.items():
        if isinstance(value, Table):
            continue
        fact = case.sheet.facts.get(key)
        label, aliases = (known.label(key), known.spec(key).aliases) if key in known else (key, ())
        told = fold_tight(f"{label}：{prose(key, value, fact)}｜{phrase(key, value, fact)}")
        out.append(Unit((told,), fold_tight("、".join(aliases))))
    return tuple(out)


@lru_cache(maxsize=8)
def siblings_of(case: Case) -> tuple[tuple[Unit, ...], ...]:
    """The rows of each table, and the parts of a text that lists several things with figures."""
    out = []
    for key, value in case.values.items():
        if isinstance(value, Table):
            out.append(tuple(_row(key, value, row) for row in value.rows))
        elif isinstance(value, str) and len(value) <= MAX_INLINE:
            parts = [fold_tight(one) for one in _LISTED.split(value)]
            if len([one for one in parts if any(figures(one))]) > 1:
                out.append(tuple(Unit((one,)) for one in parts if one and not _SUM.match(one)))
    return tuple(out)


def _row(key: str, table: Table, row: tuple[str | Decimal | None, ...]) -> Unit:
    known = dictionary()
    label = known.label(key) if key in known else key
    cells = (
        f"{name}{cell if isinstance(cell, str) else f'{written(cell)}{_UNITS.get(name, str())}'}"
        for name, cell in zip(table.columns, row, strict=True)
        if cell is not None
    )
    return Unit((fold_tight(label), *(fold_tight(cell) for cell in cells)))
