"""Which of the clauses found answer: hits of a scope, judged, ranked, and the best of them kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from assistant.judging.bearing import bearing
from assistant.judging.binding import asks_duty, binds
from assistant.judging.evidence import Evidence, is_answerable
from assistant.judging.forms import DEFINING
from assistant.judging.judge import judge
from assistant.judging.target_years import under_year
from assistant.library import Library
from assistant.questions.background import without_background
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope
from assistant.questions.terms import content_terms
from assistant.questions.weighing import Term
from assistant.questions.wording import written
from assistant.writing.findings import Clock
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.simplifying import simplify
from indexing.types import ClauseHit, Focus, SearchMode

_UNQUOTED = str.maketrans("", "", '“”"')  # “无废城市” asked about with its marks or without
_DEPTH = 12  # hits judged in each scope; each costs the search a focus, about 0.3 ms
NEAR = 0.9
"""A further clause is shown when it covers this share of what the best one does."""
_AS_GOOD, _AS_COVERED = 0.9, 0.95  # and these shares of its rank and of what it covers
_AS_MUCH = 0.98  # the same for clauses of one list that the question does not tell apart
_AS_LIKELY = 0.5  # and so likely: the next article of a chapter is no second row of a list
_AS_BEFORE = 0.15  # what it counts that the turn before cited a clause
_BINDING = 0.7  # what it counts that a clause lays down the duty asked about; a whole sentence's words are 1
_CLEARLY_MORE = 0.2  # of the weight of the words asked about
_ROWS_JUDGED = 30  # of one table inside a hit
_PARALLEL = 8  # clauses of one list shown at most
_SAME_WORDING = 0.9
"""Sentences at least as alike (difflib's measure) say the same: a city that copies the nation's sentence."""


def search_in(question: Question, scope: Scope, desk: Desk, depth: int = _DEPTH) -> tuple[ClauseHit, ...]:
    """The hits of a question in a scope, best first, at most `depth`."""
    text = without_background(written(simplify(question.asked)))
    return desk.searcher.search(text, top_k=depth, mode=SearchMode.HYBRID, filters=scope.filters)


def judged_hits(
    question: Question, terms: tuple[Term, ...], scope: Scope, desk: Desk, clock: Clock, depth: int = _DEPTH
) -> tuple[tuple[ClauseHit, ...], list[Evidence]]:
    """Hits of a scope, and what the judge says of each that can carry an answer, in their order."""
    hits = search_in(question, scope, desk, depth)
    clock.lap("search")
    is_placed = bool(desk.filters.jurisdictions) and not question.jurisdictions
    names = [name for name in desk.library.quoted_names if name in question.body.translate(_UNQUOTED)]
    weighed = _Weighed(question, terms, desk.library)
    every = [
        judge(hit, rank, question, *weighed.of(hit), desk.sufficiency, is_placed=is_placed)
        for rank, hit in _with_rows(hits, question, desk.library)
        if is_answerable(hit.clause) and _is_about(hit, question.carried, desk.library)
        if _is_about(hit, names, desk.library)
    ]
    judged = [one for item in every if (one := under_year(item, question, desk.library)) is not None]
    judged = [replace(item, bearing=bearing(item, question, weighed.of(item.hit)[0])) for item in judged]
    desk.watch(judged)
    clock.lap("judge")
    return hits, judged


class _Weighed:
    """The content words of a question as they weigh in the field of each hit."""

    def __init__(self, question: Question, terms: tuple[Term, ...], library: Library) -> None:
        self._question, self._library = question, library
        self._terms = {id(library): terms}

    def of(self, hit: ClauseHit) -> tuple[tuple[Term, ...], Library]:
        """The words, and the library that weighs them so."""
        library = self._library.field_of(hit.clause.doc_id)
        known = self._terms.get(id(library))
        if known is None:
            known = self._terms[id(library)] = content_terms(self._question, library)
        return known, library


def in_field(desk: Desk, evidence: Sequence[Evidence]) -> Desk:
    """The desk with words weighed as in the field of the likeliest evidence; as it is for none."""
    best = max(evidence, key=lambda item: item.confidence, default=None)
    return desk if best is None else replace(desk, library=desk.library.field_of(best.clause.doc_id))


def _with_rows(
    hits: Sequence[ClauseHit], question: Question, library: Library
) -> list[tuple[int, ClauseHit]]:
    """The hits with their ranks; behind one with a table inside, its rows, where a figure is asked for.

    Text that goes on behind its table makes an article the hit, and a cell says nothing without its row.
    """
    out = list(enumerate(hits))
    if not {Kind.FIGURE, Kind.DATE} & question.kinds:
        return out
    met = {hit.clause.clause_id for hit in hits}
    for rank, hit in enumerate(hits):
        rows = [row for row in library.rows_below(hit.clause) if row.clause_id not in met]
        met.update(row.clause_id for row in rows)
        out += [
            (rank, replace(hit, clause=row, focus=Focus(row.path, row.start, row.end, row.text)))
            for row in rows[:_ROWS_JUDGED]
        ]
    return out


def sufficient_of(judged: Sequence[Evidence], question: Question, scope: Scope, desk: Desk) -> list[Evidence]:
    """The evidence that suffices, best first."""
    top = max((item.hit.score for item in judged), default=1.0) or 1.0
    known = _with_same_wording(judged, desk.library)
    known = _with_more_said(known) if Kind.BODY in question.kinds else known
    raised = _with_subjects(_with_duties(known, question, desk.library))
    ranked = sorted(
        (item for item in raised if item.is_sufficient),
        key=lambda item: (-_rank(item, top) - _nearness(item, desk), item.clause.clause_id),
    )
    return _kept(ranked, question, scope, desk.library, top)


def _with_same_wording(judged: Sequence[Evidence], library: Library) -> list[Evidence]:
    """The evidence, where what says the same as a sentence that suffices suffices as well.

    A sentence is no worse an answer for standing in a long article beside much else; but it must hold what is
    asked for: the row of a table says who leads, the same words elsewhere do not.
    """
    sure = [(item, _said(item, library)) for item in judged if item.is_sufficient]
    out: list[Evidence] = []
    for item in judged:
        mine = _said(item, library)
        its = [other for other, said in sure if other is not item and _are_alike(mine, said)]
        best = max((other.confidence for other in its), default=0.0)
        is_raised = item.fits and bool(item.passages) and best > item.confidence
        out.append(replace(item, is_sufficient=True, confidence=best) if is_raised else item)
    return out


def _with_more_said(judged: Sequence[Evidence]) -> list[Evidence]:
    """The evidence; where some suffices, what says most of the question, and clearly more, does too.

    For questions on bodies: every row names some, and the wrong row names the wrong one. Elsewhere it does
    not help (eval/cases).
    """
    best = max((item for item in judged if item.is_sufficient), key=_coverage, default=None)
    saying = [item for item in judged if item.seen.says_enough and item.fits]
    most = max(saying, key=_coverage, default=None)
    if best is None or most is None or most.coverage < best.coverage + _CLEARLY_MORE:
        return list(judged)
    sure = max(best.confidence, most.confidence)
    return [replace(item, is_sufficient=True, confidence=sure) if item is most else item for item in judged]


def _with_subjects(judged: Sequence[Evidence]) -> list[Evidence]:
    """The evidence; where some suffices, what is about the subject itself and says as much does too."""
    best = max((item for item in judged if item.is_sufficient), key=_coverage, default=None)
    if best is None:
        return list(judged)
    return [
        replace(item, is_sufficient=True, confidence=max(item.confidence, best.confidence))
        if _bears_more(item, best) and item.fits and item.coverage >= best.coverage
        else item
        for item in judged
    ]


def _bears_more(item: Evidence, best: Evidence) -> bool:
    """Whether a clause is about the subject where the other is less so, or the other only names it."""
    return item.bearing > best.bearing and (item.bearing > 0 or best.bearing < 0)


def _coverage(item: Evidence) -> float:
    return item.coverage


def _with_duties(judged: Sequence[Evidence], question: Question, library: Library) -> list[Evidence]:
    """The evidence; where a duty is asked about and some suffices, what lays that duty down does first.

    Of its sentences those that lay it down say the most.
    """
    surest = max((item.confidence for item in judged if item.is_sufficient), default=0.0)
    if not surest or not asks_duty(question):
        return list(judged)
    terms = content_terms(question, library)
    out: list[Evidence] = []
    for item in judged:
        text = library.document(item.clause.doc_id).text
        binding = [o for o in item.passages if binds(question, fold_tight(text[o.start : o.end]), terms)]
        if not binding:
            out.append(item)
            continue
        most = max(one.share for one in item.passages)
        told = tuple(replace(one, share=most) if one in binding else one for one in item.passages)
        seen = replace(item.seen, bonus=item.seen.bonus + _BINDING)
        sure = max(surest, item.confidence)
        out.append(replace(item, passages=told, is_sufficient=True, confidence=sure, seen=seen))
    return out


def _are_alike(text: str, other: str) -> bool:
    """Whether two folded texts are one wording but for a few characters."""
    if min(len(text), len(other)) < _SAME_WORDING * max(len(text), len(other)):
        return False
    return SequenceMatcher(None, text, other, autojunk=False).ratio() >= _SAME_WORDING


def says_the_same(one: Evidence, other: Evidence, library: Library) -> bool:
    """Whether the sentences of one stand in the other, but for a few characters, as an annex repeats them."""
    mine, its = _said(one, library), _said(other, library)
    return mine in its or its in mine or _are_alike(mine, its)


def _is_about(hit: ClauseHit, words: Sequence[str], library: Library) -> bool:
    """Whether a clause, its headings or its titles say one of the words; true for none."""
    clause = hit.clause
    said = (library.folded(clause), library.context(clause), library.titles(clause))
    return not words or any(word in text for word in words for text in said)


def _rank(item: Evidence, top: float) -> float:
    """What the chosen sentences say first; confidence, shape, headings and what the search thought besides.

    Confidence knows above all how a clause was found, which tells little among those that suffice. Weights
    tuned on the open part of eval/cases and 108 further questions.
    """
    seen = item.seen
    said = max((passage.share for passage in item.passages), default=0.0)
    found = 0.3 * item.confidence + 0.3 * item.coverage + 0.15 * item.hit.score / top
    return said + found + seen.bonus + 0.15 * seen.in_heading + item.bearing


def _nearness(item: Evidence, desk: Desk) -> float:
    """For a clause that the turn before was answered from: between near ties a follow-up stays with it."""
    mine, path = item.clause.doc_id, item.clause.path
    is_near = any(doc_id == mine and f"{near}/".startswith(f"{path}/") for doc_id, near in desk.near)
    return _AS_BEFORE if is_near else 0.0


def _kept(
    ranked: Sequence[Evidence], question: Question, scope: Scope, library: Library, top: float
) -> list[Evidence]:
    """The best evidence and what is near it; a wording once a place, a place once where none is named."""
    kept: list[Evidence] = []
    seen: list[tuple[str | None, str]] = []  # place and sentences
    places: set[str | None] = set()
    exact = scope.code is not None and {Kind.FIGURE, Kind.DATE} & question.kinds
    defines = Kind.DEFINITION in question.kinds and bool(ranked) and ranked[0].seen.bonus >= DEFINING
    most = 1 if exact or defines else scope.most
    sure = NEAR * max((item.confidence for item in ranked), default=0.0)
    for item in ranked:
        is_beside = exact and _is_beside(item, ranked[0])
        is_sure = item is ranked[0] or item.confidence >= sure
        if not is_beside and not (is_sure and _is_as_good(item, ranked[0], top, question)):
            continue
        if len(kept) >= (_PARALLEL if is_beside else most):
            continue
        said = _said(item, library)
        place = library.document(item.clause.doc_id).metadata.jurisdiction
        if any(said in other or other in said for where, other in seen if where == place):
            continue
        if scope.code is None and place in places:
            continue
        kept.append(item)
        seen.append((place, said))
        places.add(place)
    return kept


def _is_as_good(item: Evidence, best: Evidence, top: float, question: Question) -> bool:
    """Whether a further clause answers about as well as the best one; who asks for a list wants all of it.

    For others it must speak of all that the best one speaks of: a row on something near is another matter.
    """
    covers = Kind.LIST in question.kinds or item.coverage >= _AS_COVERED * best.coverage
    return covers and _rank(item, top) >= _AS_GOOD * _rank(best, top)


def _is_beside(item: Evidence, best: Evidence) -> bool:
    """Whether two clauses of one list say as much of the question, which does not tell them apart."""
    mine, its = item.clause, best.clause
    siblings = (mine.doc_id, mine.parent, mine.level) == (its.doc_id, its.parent, its.level)
    as_much = item.coverage >= _AS_MUCH * best.coverage and item.confidence >= _AS_LIKELY * best.confidence
    return siblings and mine.parent is not None and as_much


def _said(item: Evidence, library: Library) -> str:
    """The sentences of the evidence, folded."""
    text = library.document(item.clause.doc_id).text
    return fold_tight("".join(text[passage.start : passage.end] for passage in item.passages))
