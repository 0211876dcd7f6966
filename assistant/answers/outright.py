"""The sentence of a place's documents that says a subject outright, whether the search found it or not.

哪些城市提到业委会 is answered by any sentence that names it, among much else or beside another subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers.subject import Wordings, most_said
from assistant.judging.evidence import Evidence, Passage, evidence_of, is_answerable, text_of
from assistant.judging.passages import is_heading
from assistant.library import Library
from indexing.folding import fold_tight
from indexing.types import Clause

_WHOLE = 0.9  # share of the subject that one sentence must say to speak for its place by itself
_TELLING = 1.5  # weight of its heaviest word below which a subject is one that every document names
_NOTE = re.compile(r"[(\[](?:责任|牵头|配合)单位")
_COUNTS = re.compile(r"[\d一二三四五六七八九十]")
_MARKS = 2  # characters of a topic beside its name: the quotation marks
_QUOTED = re.compile(r"[“\"「]([^”\"」、,，]{2,20})[”\"」]")


def names_in(folded: str, topic: str) -> tuple[str, ...]:
    """The name in quotation marks that a folded question is about, which is said or is not; empty for none.

    Of a coined one that counts (“四同步”) others spell out what it stands for.
    """
    named = (name for name in _QUOTED.findall(folded) if name in topic and len(topic) - len(name) <= _MARKS)
    return tuple(name for name in named if not _COUNTS.match(name))


def is_named(evidence: Evidence, names: Sequence[str], library: Library) -> bool:
    """Whether a clause or its headings hold one of some names as they stand; true for none."""
    clause = evidence.clause
    return not names or any(
        name in library.folded(clause) or name in library.context(clause) for name in names
    )


def shown_of(evidence: Evidence, wordings: Wordings) -> float:
    """The share of a subject that the sentences chosen of a clause say."""
    said = fold_tight("|".join(text_of(evidence.clause, one) for one in evidence.passages))
    return most_said(said, wordings)


def outright(
    wordings: Wordings,
    doc_ids: Sequence[str],
    judged: Sequence[Evidence],
    library: Library,
    *,
    is_exact: bool,
) -> Evidence | None:
    """The clause with a sentence that says the whole subject in its words, of which that is left; or None.

    Args:
        wordings: the subject.
        doc_ids: documents of the place.
        judged: what the search found there, which comes first.
        library: what they stand in.
        is_exact: whether a figure or day is asked for, so that only clauses judged to have one will do.
    """
    bare = tuple(tuple(replace(term, parts=()) for term in words) for words in wordings)
    if not judged or max((term.weight for words in bare for term in words), default=0.0) < _TELLING:
        return None
    likely = {item.clause.clause_id: item.confidence for item in judged if item.fits}
    best: tuple[tuple[bool, float, float], Clause, Passage] | None = None
    for unit in _units(doc_ids, judged, library):
        if is_exact and unit.clause_id not in likely:
            continue
        for start, end, folded in library.sentences(unit):
            share = most_said(folded, bare)
            if is_heading(folded, unit):
                continue
            rank = (not _NOTE.match(folded), share, likely.get(unit.clause_id, 0.0))
            if share >= _WHOLE and (best is None or rank > best[0]):
                best = (rank, unit, Passage(unit.start + start, unit.start + end, share))
    return best and evidence_of(best[1], (best[2],), judged)


def _units(doc_ids: Sequence[str], judged: Sequence[Evidence], library: Library) -> Iterator[Clause]:
    """The clauses judged, then the other units of the documents that can carry an answer."""
    met = {item.clause.clause_id for item in judged}
    yield from (item.clause for item in judged)
    for doc_id in doc_ids:
        for unit in library.clauses(doc_id):
            if unit.is_unit and unit.clause_id not in met and is_answerable(unit):
                yield unit
