"""What a section may say: the words of its facts, and of the clauses it cites. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.citing import display_path
from assistant.drafting.case import Case
from assistant.drafting.gate_numbers import Known
from assistant.drafting.values import phrase, prose, tidy
from assistant.export.text import in_one_line
from assistant.fact_dictionary import dictionary
from assistant.fact_types import Table, Value
from assistant.fact_values import plain, show
from assistant.types import Citation


@dataclass(frozen=True)
class Ground:
    """The facts of a case as words."""

    case: Case

    @cached_property
    def fact_texts(self) -> tuple[str, ...]:
        """Every known fact in every form a sentence may give it, its arithmetic with it."""
        return tuple(dict.fromkeys(each for each in self._texts() if each))

    @cached_property
    def joined(self) -> str:
        """All of them in one text, parted so that no word runs over."""
        return "｜".join(self.fact_texts)

    @cached_property
    def known(self) -> Known:
        """The figures of the facts."""
        return Known(self.fact_texts)

    def _texts(self) -> Iterator[str]:
        known = dictionary()
        for key, value in self.case.values.items():
            fact = self.case.sheet.facts.get(key)
            yield prose(key, value, fact)
            yield phrase(key, value, fact)
            if key in known:
                yield show(known.spec(key), value)
            yield from _cells(value)
        for derived in self.case.derived.values():
            yield derived.arithmetic

    def words_with(self, citations: Iterable[Citation]) -> str:
        """The facts, and the words, numbers, titles and places of clauses."""
        return "｜".join((self.joined, *cited_texts(citations)))

    def known_with(self, citations: Iterable[Citation]) -> Known:
        """The figures of the facts and of clauses."""
        return Known((*self.fact_texts, *cited_texts(citations)))


def cited_texts(citations: Iterable[Citation]) -> Iterator[str]:
    """What a citation lets a sentence say: its quote, its title, its 文号, its place."""
    for one in citations:
        yield in_one_line(one.quote)
        yield in_one_line(one.title)
        yield one.document_number or ""
        yield display_path(one.path)
        yield one.path


def _cells(value: Value) -> Iterator[str]:
    if isinstance(value, Table):
        for row in value.rows:
            for name, cell in zip(value.columns, row, strict=True):
                if isinstance(cell, str):
                    yield tidy(cell)
                    yield cell
                elif cell is not None:
                    unit = {"金额": "万元", "建筑面积": "平方米"}.get(name, "")
                    yield f"{plain(cell)}{unit}"
                    yield plain(cell)
