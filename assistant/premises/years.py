"""By which year a thing is claimed to be reached, against the year its sentence stands under: 到2027年."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library
from assistant.premises.types import HOLDS, Premise
from assistant.questions.weighing import Term
from assistant.types import Citation, Statement
from assistant.writing.citing import cite
from indexing.folding import fold_tight

_CLAIMED = re.compile(
    r"(?:[在到于]|截至)?(?P<year>20\d\d)年(?:底|末|前|之前|就)?(?!\d|\d?月|印发|发布|施行|出台)"
)
_YEAR = re.compile(r"(?:到|截至)?\s*(?P<year>20\d\d)\s*年(?!\s*\d{1,2}\s*月\s*\d)")
_PART = re.compile(r"[^,，。;；]+")
_TELLING = 2.0  # weight of a word that is said under the one year and not under the other
_SAID = 0.6  # share of the question, by weight, that a part must say to be the one meant


def of_years(
    asked: str, statement: Statement, terms: Sequence[Term], library: Library
) -> list[Premise | None]:
    """A year claimed, against the one named last before the part that says most of the question.

    [None] where no part says enough of it: the claim is not confirmed; empty where no year is claimed.
    """
    claimed = {match["year"]: match.group() for match in _CLAIMED.finditer(asked)}
    terms = [term for term in terms if term.surface not in claimed]
    total = sum(term.weight for term in terms)
    if len(claimed) != 1 or not total:
        return [None] * bool(claimed)
    found = [one for citation in statement.citations for one in _dated(citation, terms, library)]
    most = max((share for share, _, _ in found), default=0.0)
    if most < _SAID * total:
        return [None]
    years = {year: source for share, year, source in found if share == most}
    held = claimed.keys() & years.keys()
    if held:
        year = held.pop()
        is_quoted = any(year in citation.quote for citation in statement.citations)
        return [HOLDS if is_quoted else Premise(None, source=years[year])]
    claimed_years, source = set(claimed), next(iter(years.values()))
    denied = claimed.popitem()[1].removesuffix("就")
    mine = max((share for share, year, _ in found if year in claimed_years), default=0.0)
    is_quoted = any(denied in fold_tight(citation.quote) for citation in statement.citations)
    if is_quoted and most - mine < _TELLING:
        return [None]  # said of another thing: neither confirmed nor denied
    return [Premise(denied, fold_tight(source.quote), source=source)]


def _dated(citation: Citation, terms: Sequence[Term], library: Library) -> list[tuple[float, str, Citation]]:
    """Of each part of the paragraph cited that stands under a year: its weight, the year, who says it."""
    clause = library.clause(citation.doc_id, citation.path)
    if clause is None:
        return []
    out = []
    for part in _PART.finditer(clause.text):
        years = list(_YEAR.finditer(clause.text, 0, part.end()))
        if not years:
            continue
        said = fold_tight(part.group())
        share = sum(term.weight for term in terms if any(form in said for form in term.forms))
        span = (clause.start + years[-1].start(), clause.start + years[-1].end())
        source = cite(library.document(citation.doc_id), library.narrowest(clause, span), *span)
        out.append((share, years[-1]["year"], source))
    return out
