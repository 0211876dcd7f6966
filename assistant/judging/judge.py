"""Does a clause answer the question, and which of its sentences do?

Deterministic: weighted share of the question's content words that a clause says, in its
words, its headings or the title above it. The thresholds were tuned on the open part of
tests/assistant/cases; the held-out part is reported apart.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.judging.bearing import is_of_figure
from assistant.judging.evidence import Evidence, Passage, is_short_cell, text_of
from assistant.judging.forms import asks_roles_only, clause_bonus, sentence_bonus
from assistant.judging.heard import heard
from assistant.judging.nearness import nearness
from assistant.judging.owning import is_its_own
from assistant.judging.passages import candidates, chosen, fits_kind, needed_lead, with_leads
from assistant.judging.saying import CITED, as_words, said, share, unheard
from assistant.judging.sufficiency import Near, Seen, Sufficiency
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.terms import carried_terms
from assistant.questions.weighing import Term, is_thing
from assistant.questions.wording import question_words
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.rows import cell_told, row_told
from indexing.types import Clause, ClauseHit, Span

COVERAGE = 0.55
"""Least share of the question's weight that the clause with its headings and titles must say."""
COVERAGE_STRANGE = 0.6
"""The same where the question has a word that no document of the library knows in any form."""
COVERAGE_STRANGE_POINT = 0.7
"""The same in a yes-or-no question, where the strange word is likely the point: 要持证吗."""
SENTENCE = 0.36
"""Least share that the chosen sentences themselves must say."""
_HALF = 0.5  # a word said by less than this by vectors counts as unsaid
_EXACT = frozenset({Kind.FIGURE, Kind.DATE})
_PRINCIPAL = 0.5  # things that weigh this share of the rarest named can be what the question is about


def judge(
    hit: ClauseHit,
    rank: int,
    question: Question,
    terms: tuple[Term, ...],
    library: Library,
    model: Sufficiency | None,
    *,
    is_placed: bool = False,
) -> Evidence:
    """How far the clause of a hit answers the question.

    With no content terms nothing can be covered and the evidence is insufficient.

    Args:
        hit: found by the search.
        rank: its place among the hits of its scope, 0 is first.
        question: as understood.
        terms: its content words.
        library: what the clause stands in.
        model: says how likely a clause answers that does not say enough of the question's words;
            None where none fits the retrieval in use.
        is_placed: whether the caller chose the place and the question names none.
    """
    clause, asked = hit.clause, (*terms, *carried_terms(question, terms, library))
    terms = tuple(as_words(term, clause, library) for term in asked)
    if not sum(term.weight for term in terms):
        return _nothing(hit, rank)
    names_bodies = Kind.BODY in question.kinds and not asks_roles_only(terms)  # who plays it in one matter
    bodies = clause.responsible if names_bodies else ()
    passages = candidates(hit, question, terms, library)
    fitting = [p for p in passages if _fits(clause, p, question, terms, library, needs_body=not bodies)]
    best = with_leads(clause, chosen(fitting or passages), question, library)
    seen = replace(
        _seen(clause, best, bodies, question, terms, library),
        rank=rank,
        near=_near(clause, best, question, asked, library),
        heard=heard(question.body, asked, clause, library),
        is_placed=is_placed,
        lacks_figure=bool(_EXACT & question.kinds) and not fitting,
    )
    likely, is_on_topic = model.verdict(hit, seen) if model else (seen.coverage, seen.says_enough)
    plays_role = _plays_role(clause, question)
    fits = plays_role and bool(fitting or (bodies and question.negated is None))
    return Evidence(
        hit,
        best,
        seen.coverage,
        fits=fits,
        is_sufficient=is_on_topic and fits,
        seen=seen,
        confidence=likely,
        lacks_figure=is_on_topic and plays_role and seen.lacks_figure,
    )


def _fits(
    clause: Clause,
    passage: Passage,
    question: Question,
    terms: tuple[Term, ...],
    library: Library,
    *,
    needs_body: bool,
) -> bool:
    """Whether a sentence, or the line over its list, holds what is asked for, of the thing asked about."""
    lead = needed_lead(clause, (passage.start, passage.end), question, library)
    said = text_of(clause, passage)
    if said in clause.text:  # a bare number comes with the head of its column already
        said = cell_told(clause, passage.start - clause.start) or said
    if lead is None and not fits_kind(said, question, needs_body=needs_body):
        return False
    return is_its_own(question, _sentence(clause, passage, lead), clause, terms, library)


def _sentence(clause: Clause, passage: Passage, lead: Span | None) -> str:
    """A sentence folded; a bare number of a row with the row, an item with the line it needs above it."""
    text = text_of(clause, passage)
    above = clause.text[lead[0] - clause.start : lead[1] - clause.start] if lead else ""
    beside = "" if text in clause.text else clause.text
    return fold_tight("|".join(one for one in (above, beside, text) if one))


def _nothing(hit: ClauseHit, rank: int) -> Evidence:
    """The evidence of a clause for a question without content words: none."""
    seen = Seen(0.0, 0.0, 0.0, 0.0, says_enough=False, rank=rank)
    return Evidence(
        hit, (), 0.0, fits=False, is_sufficient=False, seen=seen, confidence=0.0, lacks_figure=False
    )


def _seen(
    clause: Clause,
    best: tuple[Passage, ...],
    bodies: tuple[str, ...],
    question: Question,
    terms: tuple[Term, ...],
    library: Library,
) -> Seen:
    """What the words of a clause and of its best sentences say of the question; the rest is left open."""
    total = sum(term.weight for term in terms)
    coverage = sum(term.weight * said(term, clause, library) for term in terms) / total
    shown = _shown(clause, best, bodies)
    said_there = share(shown, terms, clause, library, is_exact=is_of_figure(question))
    form = max((sentence_bonus(question, fold_tight(text_of(clause, p)), terms) for p in best), default=0.0)
    return Seen(
        coverage=(coverage + said_there) / 2,
        strange=sum(term.weight for term in terms if not term.is_known) / total,
        unheard=sum(term.weight * unheard(term, library.phrasings(clause)) for term in terms) / total,
        bonus=form + clause_bonus(question, clause, shown, terms, library),
        in_heading=sum(t.weight for t in terms if t.surface in library.context(clause)) / total,
        says_enough=coverage >= _least(question, terms)
        and said_there >= SENTENCE
        and _says_object(terms, clause, library),
        rank=0,
        n_passages=len(best),
    )


def _shown(clause: Clause, best: tuple[Passage, ...], bodies: tuple[str, ...]) -> str:
    """The chosen sentences folded, with the bodies set beside them, and the row that a number stands in."""
    role = "责任单位 牵头单位" if bodies else ""
    needs_row = any(is_short_cell(clause, p.start - clause.start, p.end - clause.start) for p in best)
    row = (
        (row_told(clause) or clause.text,) if needs_row else ()
    )  # its other cells say whose figure or day it is
    return fold_tight(" ".join((*(text_of(clause, p) for p in best), *row, *bodies, role)))


def _near(
    clause: Clause, best: tuple[Passage, ...], question: Question, terms: tuple[Term, ...], library: Library
) -> Near:
    """How much of the question a clause and its chosen sentences say by vectors."""
    context = f"|{library.context(clause)}|{library.titles(clause)}"
    shown = "|".join(clause.text[p.start - clause.start : p.end - clause.start] for p in best)
    told = nearness().said(terms, (clause.text + context, shown))
    weights = np.array([term.weight for term in terms])
    unsaid = weights * (1.0 - told[:, 0])
    total = float(weights.sum())
    return Near(
        coverage=1.0 - float(unsaid.sum()) / total,
        passages=float(weights @ told[:, 1]) / total,
        least=float(told[:, 0].min()),
        heaviest=float(unsaid.max()),
        unsaid=float(unsaid.sum()),
        n_unsaid=int((told[:, 0] < _HALF).sum()),
        n_words=len(terms),
        weight=total,
        n_chars=len(question.asked),
    )


def _plays_role(clause: Clause, question: Question) -> bool:
    """Whether a clause can name the bodies asked for: who leads is not who assists."""
    if Kind.BODY not in question.kinds or "配合" not in question.body:
        return True
    return "配合" in clause.text or any("配合" in column and value.strip() for column, value in clause.cells)


def _says_object(terms: tuple[Term, ...], clause: Clause, library: Library) -> bool:
    """Whether a clause says a thing asked about, of the rarer ones named; true where only deeds are named.

    登记 of an enterprise is not 登记 of a dog.
    """
    words = question_words()
    things = [term for term in terms if term.surface not in words.deeds | words.soft and is_thing(term)]
    if not things:
        return True
    least = _PRINCIPAL * max(term.weight for term in things)
    return any(said(term, clause, library) > CITED for term in things if term.weight >= least)


def _least(question: Question, terms: tuple[Term, ...]) -> float:
    if all(term.is_known for term in terms):
        return COVERAGE
    return COVERAGE_STRANGE_POINT if Kind.YES_NO in question.kinds else COVERAGE_STRANGE
