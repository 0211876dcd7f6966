"""Passages on a free topic: the search proposes clauses, likeness in meaning and words decide.

A column is silent unless a clause of it is near enough in meaning and says enough of the topic's
words. What is only near is left out: a figure from a sentence on something else is worse than an
empty cell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from assistant.comparing.passages import Passage, distinct, parts_of
from assistant.comparing.types import Column, Topic
from assistant.judging import Evidence, is_answerable, judge
from assistant.library import Library
from assistant.question import Question, understand
from assistant.scopes import Searcher
from assistant.terms import Term, content_terms
from indexing.types import Clause, ClauseHit, SearchFilter

_COLUMNS_AT_ONCE = 10  # a search lists 200 clauses; so many columns share them
_HITS_A_COLUMN = 8
_NEAR = 0.8  # a further clause is shown when it says this share of what the best one does
_CLAUSES = 3
_MOST_PIECES = 4
_PIECE_CHARS = 8  # a longer one is a sentence, which joins things otherwise

NEARNESS = 0.8
"""Least sum of a clause's likeness in meaning (cosine) and half the share of the topic's words it says.

Both mean the same in every library; the score of the search does not, it is relative to its best hit.
Tuned on `python -m eval.comparing --free`, where nearly nine of ten silent cells stay silent.
"""
_LEAST_SAID = 0.3  # share of the topic's words below which likeness alone proves nothing
_PLAINLY_SAID = 0.85  # share at which words alone suffice, if the principal ones are among them
_PRINCIPAL = 0.5  # a word is principal when it weighs this share of the heaviest
_SAID = 0.7  # share of the principal words, by weight, that a clause must say for its figures to count
_MEASURED = 0.5  # share of the topic's words that the very sentence must say for its figures to count
_ALL_SAID = 0.9
_IN_PARTS = 0.6  # 托育服务 is said where 托育 is

_LIKENESS = "dense"  # the signal of the search whose value is a cosine
_JOINED = re.compile(r"[、，,；;]|以及|[和与及或](?!谐|平|睦|时|格|用)")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A topic or a piece of one, read."""

    question: Question
    terms: tuple[Term, ...]

    @property
    def heaviest(self) -> float:
        return max((term.weight for term in self.terms), default=0.0)

    @property
    def principal(self) -> tuple[Term, ...]:
        """The words that make the topic."""
        return tuple(term for term in self.terms if term.weight >= _PRINCIPAL * self.heaviest)


def by_search(
    topic: Topic, columns: Sequence[Column], searcher: Searcher, library: Library
) -> Mapping[str, tuple[Passage, ...]]:
    """Column label → passages on a free topic, best first; a silent column has none.

    Args:
        topic: its name is what is asked. 补改、转型和划转 is asked piece by piece.
        columns: all of one comparison; ten are searched at once.
        searcher: the index.
        library: what the columns' documents say; hits it does not hold are dropped.
    """
    found: dict[str, list[Passage]] = {column.label: [] for column in columns}
    for asked in _pieces(topic.name, library):
        for start in range(0, len(columns), _COLUMNS_AT_ONCE):
            some = columns[start : start + _COLUMNS_AT_ONCE]
            hits = _hits(asked, some, searcher, library)
            for column in some:
                found[column.label] += _passages(asked, column, hits, library)
    return {label: distinct(passages) for label, passages in found.items()}


def _pieces(text: str, library: Library) -> list[_Asked]:
    """The topic as a whole and, where several subjects are joined, each that could stand alone."""
    whole = _read(text, library)
    if not whole.terms:
        return []
    named = [piece for piece in _JOINED.split(text) if piece.strip()]
    if not 1 < len(named) <= _MOST_PIECES or any(len(piece) > _PIECE_CHARS for piece in named):
        return [whole]
    pieces = [_read(piece, library) for piece in named]
    is_each_a_subject = all(piece.heaviest >= _PRINCIPAL * whole.heaviest for piece in pieces)
    return [whole, *pieces] if is_each_a_subject else [whole]


def _read(text: str, library: Library) -> _Asked:
    question = understand(text, library)
    return _Asked(question, content_terms(question, library))


def _hits(
    asked: _Asked, columns: Sequence[Column], searcher: Searcher, library: Library
) -> Mapping[str, list[ClauseHit]]:
    """Hits of one search over the columns, by document."""
    doc_ids = tuple(dict.fromkeys(chain.from_iterable(column.doc_ids for column in columns)))
    found: dict[str, list[ClauseHit]] = defaultdict(list)
    filters = SearchFilter(doc_ids=doc_ids)
    for hit in searcher.search(asked.question.text, top_k=_HITS_A_COLUMN * len(columns), filters=filters):
        if library.clause(hit.clause.doc_id, hit.clause.path) is not None:
            found[hit.clause.doc_id].append(hit)
    return found


def _passages(
    asked: _Asked, column: Column, hits: Mapping[str, list[ClauseHit]], library: Library
) -> list[Passage]:
    judged = [
        judge(hit, 0, asked.question, asked.terms, library, None)
        for doc_id in column.doc_ids
        for hit in hits.get(doc_id, ())
        if is_answerable(hit.clause)
    ]
    enough = [one for one in judged if _suffices(one, asked, library)]
    ranked = sorted(enough, key=lambda one: (-one.coverage, -one.hit.score, one.clause.clause_id))
    kept = [one for one in ranked if one.coverage >= _NEAR * ranked[0].coverage][:_CLAUSES]
    return [passage for one in kept for passage in _of_evidence(one, asked, library)]


def _suffices(evidence: Evidence, asked: _Asked, library: Library) -> bool:
    likeness = next((one.value for one in evidence.hit.signals if one.name == _LIKENESS), 0.0)
    if evidence.coverage >= _LEAST_SAID and likeness + evidence.coverage / 2 >= NEARNESS:
        return True
    if not evidence.is_sufficient or evidence.coverage < _PLAINLY_SAID:
        return False
    return says_principal(evidence.clause, asked, library) >= _ALL_SAID


def says_principal(clause: Clause, asked: _Asked, library: Library) -> float:
    """Share of the principal words, by weight, that a clause, its headings or the titles above say."""
    said = "|".join((library.folded(clause), library.context(clause), library.titles(clause)))
    total = sum(term.weight for term in asked.principal)
    return sum(term.weight for term in asked.principal if _says(term, said)) / total


def _says(term: Term, folded: str) -> bool:
    return any(form in folded for form in term.forms) or term.said_in_parts(folded) >= _IN_PARTS


def _of_evidence(evidence: Evidence, asked: _Asked, library: Library) -> Iterator[Passage]:
    """The sentences that answer. Their focus are the parts that say a principal word, else all.

    No part of a clause that does not say the principal words is in focus: its figures measure
    something else.
    """
    unit = evidence.clause
    is_said = says_principal(unit, asked, library) >= _SAID
    text = library.document(unit.doc_id).text
    for chosen in evidence.passages:
        span = (chosen.start, chosen.end)
        parts = parts_of(text, span)
        own = tuple(i for i, part in enumerate(parts) if any(_says(t, part.folded) for t in asked.principal))
        focus = own or tuple(range(len(parts)))
        narrowest = library.narrowest(unit, span)
        may_measure = is_said and chosen.share >= _MEASURED
        yield Passage(narrowest, unit, *span, parts, focus, chosen.share, may_measure=may_measure)
