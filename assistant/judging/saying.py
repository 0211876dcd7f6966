"""How far a clause says the words of a question: itself, by a synonym, in a heading, in a title, in parts."""

from __future__ import annotations

from dataclasses import replace

from assistant.library import Library, without_titles
from assistant.questions.weighing import Term
from indexing.folding import fold_tight
from indexing.types import Clause

_HEADED = 0.8  # a sentence below a heading that says the word
_LIKE, _IN_CONTEXT, _IN_TITLE = 0.85, 0.9, 0.7  # said by a synonym, by a heading, by the title
CITED = 0.4
"""What a word counts that stands only in the title of a document the clause cites."""
_IN_PARTS = 0.8  # 托育服务 where only 托育 stands


def as_words(term: Term, clause: Clause, library: Library) -> Term:
    """The term without forms that stand in the clause only across the border of two words."""
    text = library.folded(clause)
    kept = tuple(form for form in term.forms if form not in text or library.has_word(clause, form))
    return term if len(kept) == len(term.forms) else replace(term, forms=kept)


def said(term: Term, clause: Clause, library: Library) -> float:
    """How surely a clause says a word, 0–1: 1 itself, less the further away the word stands."""
    if term.surface in term.forms and term.surface in library.own_words(clause):
        return 1.0
    if any(form in library.own_words(clause) for form in term.forms):
        return _LIKE if term.is_own else 1.0
    above = (library.context(clause), library.columns(clause))
    if any(form in text for form in term.forms for text in above):
        return _IN_CONTEXT
    if any(form in library.titles(clause) for form in term.forms):
        return _IN_TITLE
    if any(form in library.folded(clause) for form in term.forms):
        return CITED
    return _IN_PARTS * term.said_in_parts(library.folded(clause))


def share(
    folded: str, terms: tuple[Term, ...], clause: Clause, library: Library, *, is_exact: bool = False
) -> float:
    """Share of the question said by folded sentences; headings and titles above count by half.

    Where a figure or a day is asked for or put forward, the clause's own heading counts more: the sentence
    that holds it rarely says again of what.
    """
    total = sum(term.weight for term in terms)
    said, own = 0.0, without_titles(folded)
    above = (library.context(clause), library.titles(clause))
    named = fold_tight(clause.heading or "") if is_exact else ""
    for term in terms:
        if any(form in own for form in term.forms):
            said += term.weight * (_LIKE if term.is_own and term.surface not in own else 1.0)
        elif any(form in folded for form in term.forms):
            said += term.weight * CITED
        elif any(form in named for form in term.forms):
            said += term.weight * _HEADED
        elif any(form in text for form in term.forms for text in above):
            said += term.weight / 2
        else:
            said += term.weight * _IN_PARTS * term.said_in_parts(folded)
    return said / total


def unheard(term: Term, phrasings: str) -> float:
    """Share of a word that no document has and no phrasing of the clause either, by pairs of characters."""
    if term.is_known:
        return 0.0
    pairs = {term.surface[at : at + 2] for at in range(len(term.surface) - 1)} or {term.surface}
    return sum(pair not in phrasings for pair in pairs) / len(pairs)
