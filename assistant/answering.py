"""From a question to an Answer: find clauses, judge them, write, verify; never guess.

A question is answered part by part (补助多少？有效期多久？), each part scope by scope (each
place or document named). What no clause carries ends in `missing`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.clause_answers import from_clauses, named_hits
from assistant.comparisons import asked_of, best_together, in_agreement, topic_compared
from assistant.deciding import with_validity, with_verdict
from assistant.forms import DEFINING
from assistant.judging import Evidence, is_answerable, judge
from assistant.leaning import is_said
from assistant.library import Library
from assistant.particulars import is_about_document, name, numbers_as_cited, particulars
from assistant.question import ASPECT_WORDS, MAX_CHARS, Aspect, Question, understand
from assistant.ranking import order_of, with_same_figure
from assistant.remarks import shipped_remarks, with_past_targets, with_remarks
from assistant.scopes import (
    Desk,
    Scope,
    documents_in,
    everywhere,
    out_of_force,
    place_scope,
    refusals,
    scopes_of,
)
from assistant.splitting import MOST, questions_in
from assistant.terms import Term, content_terms, is_thing, topic_of
from assistant.types import Answer, AnswerStatus, Rejected, Statement
from assistant.verifying import first_stranger, printed_date, verify
from assistant.wording import question_words, written
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.jurisdictions import NATION
from indexing.simplifying import simplify
from indexing.types import ClauseHit, Document, SearchMode
from prompts.library import fill

SHOWN_HITS = 10
_DEPTH = 12  # hits judged in each scope; each costs the search a focus, about 0.3 ms
_NEAR = 0.9  # a further clause is shown when it covers this share of what the best one does
_AS_MUCH = 0.98  # the same for clauses of one list that the question does not tell apart
# What a question claims of a document beside the aspect it names: 是2023年12月, 是市民政局
_CLAIMS = re.compile(
    r"(?:截至|截止到?|到了?)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|还?[能可]|继续|仍然?|当作?依据"
)
_AS_BEFORE = 0.15  # what it counts that the turn before cited a clause
_FEW, _BESIDE = 3, 1  # of so few places compared a further clause as likely is shown
_PARALLEL = 8  # of those at most


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one part of a question came to."""

    statements: tuple[Statement, ...] = ()
    missing: tuple[str, ...] = ()
    hits: tuple[ClauseHit, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    silent: tuple[str, ...] = ()  # places compared whose texts say nothing: told, but nothing is lacking

    def __add__(self, other: _Finding) -> _Finding:
        return _Finding(
            self.statements + other.statements,
            self.missing + other.missing,
            self.hits + other.hits,
            self.rejected + other.rejected,
            self.silent + other.silent,
        )


def answer_question(text: str, desk: Desk) -> Answer:
    """The answer to a question as asked, from the documents in force on `desk.as_of`.

    Every statement is verified against its quotes; one that fails goes to `rejected`.
    Blank, meaningless or over-long questions get an honest NO_BASIS, never an error.
    """
    clock = _Clock()
    question = understand(text, desk.library)
    parts, beyond = questions_in(question, desk.library)
    clock.lap("understand")
    finding = _Finding(missing=(fill("cut", limit=str(MAX_CHARS)),) if question.is_cut else ())
    findings = [_find(part, desk, clock, is_part=len(parts) > 1) for part in parts]
    for found in _leaning(question, parts, findings, desk, clock):
        finding += found
    finding += _Finding(
        missing=tuple(fill("too_many_parts", most=str(MOST), topic=topic) for topic in beyond)
    )
    statements = tuple(_annotated(one, desk) for one in _distinct(finding.statements))
    silent = tuple(dict.fromkeys(finding.missing))
    if not statements and not (silent or finding.silent):  # all that was written was rejected
        silent = (fill("nothing_says", topic=topic_of(question)),)
    noted = silent[1:] if question.is_cut else silent
    status = AnswerStatus.ANSWERED if not noted else AnswerStatus.PARTIAL
    return Answer(
        question=question.text,
        status=status if statements else AnswerStatus.NO_BASIS,
        statements=statements,
        missing=tuple(dict.fromkeys((*silent, *finding.silent))),
        hits=_best(finding.hits),
        rejected=finding.rejected,
        as_of=question.as_of or desk.as_of,
        timings_ms=clock.laps(),
    )


def _leaning(
    whole: Question, parts: Sequence[Question], findings: Sequence[_Finding], desk: Desk, clock: _Clock
) -> Sequence[_Finding]:
    """The findings; where a part found nothing, what the text as one question finds, if that says it."""
    if len(parts) < 2 or all(found.statements for found in findings):
        return findings
    together = _find(whole, desk, clock, is_part=False)
    if not any(found.statements for found in findings):
        return [together] if together.statements else findings
    out = []
    for part, found in zip(parts, findings, strict=True):
        shown = [*together.statements, *(one for other in findings for one in other.statements)]
        terms = content_terms(part, desk.library)
        covered = not found.statements and is_said(part, terms, shown, desk.library)
        out.append(replace(together, missing=()) if covered else found)
    return out


def _find(question: Question, desk: Desk, clock: _Clock, *, is_part: bool) -> _Finding:
    """What one question comes to; `is_part` when others stand beside it in the text."""
    terms = content_terms(question, desk.library)
    if question.is_blank:
        return _Finding(missing=(fill("blank"),))
    if question.as_of is not None:
        desk = replace(desk, as_of=question.as_of, filters=replace(desk.filters, as_of=question.as_of))
    refused = refusals(question)
    numbers = numbers_as_cited(question, desk.library)
    if numbers:
        return _verified(numbers, desk)
    asked = [reference for reference in question.references if reference.steps and reference.is_held]
    if asked:
        statements, missing = from_clauses(asked, question, terms, desk.library, desk.as_of)
        hits = (*named_hits(asked, desk.library), *_search(question, everywhere(desk), desk))
        return _verified(statements, desk) + _Finding(missing=(*refused, *missing), hits=hits)
    scopes, absent = scopes_of(question, desk)
    refused += absent
    if refused and not scopes:
        return _Finding(missing=tuple(refused), hits=_search(question, everywhere(desk), desk))
    finding = _about_documents(question, scopes, desk)
    if finding is not None and len(scopes) > 1 and finding.statements:
        finding = replace(finding, missing=(), silent=finding.missing)
    if finding is None and not terms:
        unread = fill("nothing_says", topic=topic_of(question)) if is_part else fill("no_content")
        return _Finding(missing=(*refused, unread))
    if finding is None and len(scopes) > 1:
        finding = _compared(question, scopes, desk, clock)
    elif finding is None:
        finding = _in_scope(question, terms, scopes[0], desk, clock)
    return finding + _Finding(missing=tuple(refused))


# ---- one part, one scope ----


def _in_scope(
    question: Question, terms: tuple[Term, ...], scope: Scope, desk: Desk, clock: _Clock
) -> _Finding:
    """What a scope says to the question; the nation is heard when one city is silent."""
    hits, judged = _judged(question, terms, scope, desk, clock)
    evidence = _sufficient(judged, question, scope, desk)
    if evidence:
        return _written(question, evidence, hits, desk, clock)
    topic = topic_of(question)
    silent = (*_silence(scope, topic, any(item.lacks_figure for item in judged), desk), *_outside(terms))
    nation = NATION in desk.library.jurisdictions and NATION not in question.jurisdictions
    if scope.code and scope.code != NATION and nation:
        above = place_scope(NATION, desk, scope.most)
        nation_hits, nation_judged = _judged(question, terms, above, desk, clock)
        nation_evidence = _sufficient(nation_judged, question, above, desk)
        if nation_evidence:
            note: tuple[str, ...] = (fill("nation_instead", place=scope.label, topic=topic),)
            if out_of_force(scope, desk):
                note = (*silent, fill("nation_only"))
            written = _written(question, nation_evidence, (*nation_hits, *hits), desk, clock)
            return written + _Finding(missing=note)
    return _Finding(missing=silent, hits=hits)


def _outside(terms: Sequence[Term]) -> tuple[str, ...]:
    """That a thing asked about stands in no document, where it is the only thing named."""
    deeds = question_words().deeds
    things = [term for term in terms if is_thing(term) and term.surface not in deeds]
    if not things or any(term.is_known for term in things):
        return ()
    return (fill("outside_field", word=max(things, key=lambda term: term.weight).surface),)


def _compared(question: Question, scopes: Sequence[Scope], desk: Desk, clock: _Clock) -> _Finding:
    """What each of several places or documents says, and which of them say nothing.

    A place whose clause says too few of the question's words is heard where another's clause bears it out.
    """
    topic = topic_compared(question)
    asked = {scope.label: asked_of(question, scope, desk.library) for scope in scopes}
    heard = {
        scope.label: _judged(
            asked[scope.label], content_terms(asked[scope.label], desk.library), scope, desk, clock
        )
        for scope in scopes
    }
    found = {
        scope.label: _sufficient(heard[scope.label][1], asked[scope.label], scope, desk) for scope in scopes
    }
    judged = {label: items for label, (_, items) in heard.items()}
    for label, item in best_together(found, judged, desk.library).items():
        beside = [one for one in judged[label] if one.is_sufficient and one is not item]
        near = [one for one in beside if one.confidence >= _NEAR * item.confidence]
        found[label] = [item, *near[: _BESIDE if len(scopes) <= _FEW else 0]]
    if _is_measured(asked.values()):
        choices = {label: [each for each in items if each.is_sufficient] for label, items in judged.items()}
        choices = {label: sorted(some, key=lambda one: -one.confidence) for label, some in choices.items()}
        same = with_same_figure(topic, choices, desk.library)
        found |= {label: [item] if item else [] for label, item in same.items()}
    threshold = desk.sufficiency.phrased.threshold if desk.sufficiency else None
    for label, item in in_agreement(found, judged, desk.library, threshold).items():
        found[label] = [item]
    clock.lap("compare")
    order = order_of(question.folded, topic, found, desk.library) if _is_measured(asked.values()) else None
    out = _verified([order] if order else [], desk)
    for scope in scopes:
        hits, _ = heard[scope.label]
        if found[scope.label]:
            out += _written(asked[scope.label], found[scope.label], hits, desk, clock)
        else:
            out += _Finding(hits=hits, silent=_not_found(scope, topic, desk))
    return out


def _is_measured(asked: Iterable[Question]) -> bool:
    return any(Kind.FIGURE in one.kinds for one in asked)


def _not_found(scope: Scope, topic: str, desk: Desk) -> tuple[str, ...]:
    """The line on a place compared that is silent, and on its documents not in force."""
    idle = out_of_force(scope, desk)
    left_out = tuple(_not_in_force(document, desk.as_of) for document in idle)
    if idle and len(idle) == len(documents_in(scope, desk)):
        return (fill("none_in_force", place=scope.label, date=printed_date(desk.as_of)), *left_out)
    return (fill("not_found", place=scope.label, topic=topic), *left_out)


def _judged(
    question: Question, terms: tuple[Term, ...], scope: Scope, desk: Desk, clock: _Clock
) -> tuple[tuple[ClauseHit, ...], list[Evidence]]:
    """Hits of a scope, and what the judge says of each that can carry an answer, in their order."""
    hits = _search(question, scope, desk)
    clock.lap("search")
    is_placed = bool(desk.filters.jurisdictions) and not question.jurisdictions
    judged = [
        judge(hit, rank, question, terms, desk.library, desk.sufficiency, is_placed=is_placed)
        for rank, hit in enumerate(hits)
        if is_answerable(hit.clause) and _is_about(hit, question.carried, desk.library)
    ]
    desk.watch(judged)
    clock.lap("judge")
    return hits, judged


def _sufficient(judged: Sequence[Evidence], question: Question, scope: Scope, desk: Desk) -> list[Evidence]:
    """The evidence that suffices, best first."""
    top = max((item.hit.score for item in judged), default=1.0) or 1.0
    ranked = sorted(
        (item for item in judged if item.is_sufficient),
        key=lambda item: (-_rank(item, top) - _nearness(item, desk), item.clause.clause_id),
    )
    return _kept(ranked, question, scope, desk.library)


def _is_about(hit: ClauseHit, words: Sequence[str], library: Library) -> bool:
    """Whether a clause, its headings or its titles say one of the words; true for none."""
    clause = hit.clause
    said = (library.folded(clause), library.context(clause), library.titles(clause))
    return not words or any(word in text for word in words for text in said)


def _rank(item: Evidence, top: float) -> float:
    """Confidence first; shape, headings and what the search thought break near ties."""
    seen = item.seen
    return item.confidence + seen.bonus + 0.15 * seen.in_heading + 0.15 * item.hit.score / top


def _nearness(item: Evidence, desk: Desk) -> float:
    """For a clause that the turn before was answered from: between near ties a follow-up stays with it."""
    mine, path = item.clause.doc_id, item.clause.path
    is_near = any(doc_id == mine and f"{near}/".startswith(f"{path}/") for doc_id, near in desk.near)
    return _AS_BEFORE if is_near else 0.0


def _kept(ranked: Sequence[Evidence], question: Question, scope: Scope, library: Library) -> list[Evidence]:
    """The best evidence and what comes near it; one wording once, one place once when none is named."""
    kept: list[Evidence] = []
    seen: list[str] = []
    places: set[str | None] = set()
    exact = scope.code is not None and {Kind.FIGURE, Kind.DATE} & question.kinds
    defines = Kind.DEFINITION in question.kinds and bool(ranked) and ranked[0].seen.bonus >= DEFINING
    most = 1 if exact or defines else scope.most
    for item in ranked:
        is_beside = exact and _is_beside(item, ranked[0])
        if not is_beside and item.confidence < _NEAR * ranked[0].confidence:
            continue
        if len(kept) >= (_PARALLEL if is_beside else most):
            continue
        said = "".join(fold_tight(_quote(item, library)))
        place = library.document(item.clause.doc_id).metadata.jurisdiction
        if any(said in other or other in said for other in seen) or (scope.code is None and place in places):
            continue
        kept.append(item)
        seen.append(said)
        places.add(place)
    return kept


def _is_beside(item: Evidence, best: Evidence) -> bool:
    """Whether two clauses of one list say as much of the question, which does not tell them apart."""
    mine, its = item.clause, best.clause
    siblings = (mine.doc_id, mine.parent, mine.level) == (its.doc_id, its.parent, its.level)
    return siblings and mine.parent is not None and item.coverage >= _AS_MUCH * best.coverage


def _quote(item: Evidence, library: Library) -> str:
    text = library.document(item.clause.doc_id).text
    return "".join(text[passage.start : passage.end] for passage in item.passages)


def _silence(scope: Scope, topic: str, lacks_figure: bool, desk: Desk) -> tuple[str, ...]:
    """Why a scope says nothing: no rule, no figure, or nothing of it in force on the day."""
    idle = out_of_force(scope, desk)
    left_out = [_not_in_force(document, desk.as_of) for document in idle]
    if not scope.label:
        return (fill("figure_nothing" if lacks_figure else "nothing_says", topic=topic), *left_out)
    if idle and len(idle) == len(documents_in(scope, desk)):
        return (fill("none_in_force", place=scope.label, date=printed_date(desk.as_of)), *left_out)
    frame = "figure_silent" if lacks_figure else "in_force_silent" if idle else "city_silent"
    return (fill(frame, place=scope.label, topic=topic), *left_out)


def _not_in_force(document: Document, as_of: date) -> str:
    known, day = document.metadata, printed_date(as_of)
    if known.expires_on and known.expires_on < as_of:
        return fill("expired", date=day, document=name(document), ends=printed_date(known.expires_on))
    begins = printed_date(known.effective_from) if known.effective_from else "以后"
    return fill("not_begun", date=day, document=name(document), begins=begins)


def _search(question: Question, scope: Scope, desk: Desk) -> tuple[ClauseHit, ...]:
    text = written(simplify(question.text))
    return desk.searcher.search(text, top_k=_DEPTH, mode=SearchMode.HYBRID, filters=scope.filters)


# ---- writing ----


def _written(
    question: Question, evidence: Sequence[Evidence], hits: tuple[ClauseHit, ...], desk: Desk, clock: _Clock
) -> _Finding:
    written = desk.writer.write(question, evidence, desk.library)
    statements = with_verdict(question, written, content_terms(question, desk.library), desk.library)
    clock.lap("write")
    cited = {item.hit for item in evidence}
    ordered = (*(item.hit for item in evidence), *(hit for hit in hits if hit not in cited))
    finding = _verified(statements, desk) + _Finding(hits=ordered)
    clock.lap("verify")
    return finding


def _verified(statements: Sequence[Statement], desk: Desk) -> _Finding:
    kept, rejected = verify(statements, desk.library)
    return _Finding(statements=kept, rejected=rejected)


def _about_documents(question: Question, scopes: Sequence[Scope], desk: Desk) -> _Finding | None:
    """Answers to 施行日期, 有效期, 文号 …; None when the question is not about a document itself."""
    if not question.aspects:
        return None
    rest = replace(question, body=_CLAIMS.sub(" ", ASPECT_WORDS.sub(" ", question.body)))
    words = [term.surface for term in content_terms(rest, desk.library)]
    out = _Finding()
    documents = list(dict.fromkeys(d.doc_id for scope in scopes for d in documents_in(scope, desk)))
    fitting = [d for d in documents if is_about_document(words, desk.library.document(d), desk.library)]
    if not fitting:
        return None
    for doc_id in fitting[:5]:
        statements, missing = particulars(
            question.aspects, desk.library.document(doc_id), desk.library, desk.as_of
        )
        document = desk.library.document(doc_id)
        if question.aspects == (Aspect.EXPIRY,):
            statements = [with_validity(question, one, document, desk.as_of) for one in statements]
        decided = with_verdict(question, statements, (), desk.library)
        out += _verified(decided, desk) + _Finding(missing=tuple(missing))
    hits = tuple(hit for scope in scopes for hit in _search(question, scope, desk))
    return out + _Finding(hits=hits)


def _distinct(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements in order, each once; one that another says in full is left out."""
    kept: list[Statement] = []
    for one in statements:
        if not any(_is_within(one, other) for other in kept):
            kept = [*(other for other in kept if not _is_within(other, one)), one]
    return tuple(kept)


def _is_within(one: Statement, other: Statement) -> bool:
    """Whether all that a statement says behind its place, and all it quotes, stands in another."""
    said = one.text.partition("：")[2]
    return one.text == other.text or (
        bool(said)
        and said in other.text
        and all(
            any(
                (mine.doc_id, mine.version) == (its.doc_id, its.version)
                and its.start <= mine.start
                and mine.end <= its.end
                for its in other.citations
            )
            for mine in one.citations
        )
    )


def _annotated(statement: Statement, desk: Desk) -> Statement:
    """With what a reader should know of the texts cited; as it was where that cannot be verified."""
    known = with_remarks(with_past_targets(statement, desk.as_of), desk.library, shipped_remarks())
    return known if first_stranger(known, desk.library) is None else statement


def _best(hits: Sequence[ClauseHit]) -> tuple[ClauseHit, ...]:
    """The first ten different clauses, in the order given."""
    return tuple({hit.clause.clause_id: hit for hit in hits}.values())[:SHOWN_HITS]


class _Clock:
    """Milliseconds by stage, in the order stages first ended."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._spent: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Add the time since the last lap to a stage."""
        now = time.perf_counter()
        self._spent[stage] = self._spent.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now

    def laps(self) -> tuple[tuple[str, float], ...]:
        """(stage, milliseconds) with the whole at the end."""
        total = sum(self._spent.values())
        return (
            *((stage, round(spent, 3)) for stage, spent in self._spent.items()),
            ("total", round(total, 3)),
        )
