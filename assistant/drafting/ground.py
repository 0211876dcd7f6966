"""What a section may say: the words of its facts, and of the clauses it cites. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.citing import display_path
from assistant.drafting.case import Case
from assistant.drafting.gate_numbers import Known
from assistant.drafting.sentences import without_quotes
from assistant.drafting.shelf import Refused
from assistant.drafting.values import phrase, prose, tidy
from assistant.export.text import in_one_line
from assistant.fact_dictionary import dictionary
from assistant.fact_types import Table, Value
from assistant.fact_values import plain, show
from assistant.types import Citation
from indexing.folding import fold_tight

_PARTS = re.compile(r"[；;。\n]")
_LEAST = 4


@dataclass(frozen=True, eq=False)
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
    def longest_first(self) -> tuple[str, ...]:
        """The texts of two characters or more, so that a long one is taken out before its parts."""
        return tuple(sorted((each for each in self.fact_texts if len(each) >= 2), key=len, reverse=True))

    @cached_property
    def documents(self) -> str:
        """The texts of the documents that may be cited, folded."""
        return fold_tight("｜".join(each.text for each in self.case.shelf.own_documents))

    @cached_property
    def short_names(self) -> frozenset[str]:
        """What the opening calls the documents."""
        shelf, template = self.case.shelf, self.case.template
        needs = (*template.clauses, *(each for section in template.sections for each in section.clauses))
        found = (shelf.find(need.clause_id, need.quote) for need in needs)
        return frozenset(shelf.short_name(one) for one in found if not isinstance(one, Refused))

    @cached_property
    def rule_ids(self) -> dict[tuple[str, str], str]:
        """Clause and quote → the rule the template names for them."""
        template = self.case.template
        needs = (*template.clauses, *(each for section in template.sections for each in section.clauses))
        return {(each.clause_id, each.quote): each.rule_id for each in needs if each.rule_id}

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
            if isinstance(value, str):
                yield from (tidy(part) for part in _PARTS.split(value) if len(part) >= _LEAST)
        for derived in self.case.derived.values():
            yield derived.arithmetic

    @cached_property
    def folded(self) -> str:
        """The words of the facts, folded."""
        return fold_tight(self.joined)

    def residue(self, text: str) -> str:
        """What a text says beyond quotes, titles, blanks and the words of facts; parted by spaces."""
        known = self._residues.get(text)
        if known is None:
            left = without_quotes(text)
            for fact in self.longest_first:
                left = left.replace(fact, " ")
            known = self._residues[text] = left
        return known

    @cached_property
    def _residues(self) -> dict[str, str]:
        return {}

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
