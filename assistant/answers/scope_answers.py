"""One question, one scope: what a place or document says, and where it is silent, what the nation says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.claimed import as_national, confirmed_in, with_unsaid
from assistant.answers.deciding import verdict_of, with_verdict
from assistant.answers.summaries import asks_summary, summarised
from assistant.direct.heads import with_direct
from assistant.judging.choosing import in_field, judged_hits, sufficient_of
from assistant.judging.evidence import Evidence
from assistant.premises.checking import DOUBTS
from assistant.premises.neutral import claims_duty, is_undecided, readings
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, out_of_force, place_scope
from assistant.questions.terms import content_terms, topic_of
from assistant.questions.weighing import Term
from assistant.writing.findings import Clock, Finding, verified
from assistant.writing.silences import silence
from indexing.asking import Kind
from indexing.jurisdictions import NATION
from indexing.types import ClauseHit
from prompts.library import fill

_PLACES, _GLANCE = 8, 4  # places asked one by one where none is named, and hits judged in each
_AS_LIKELY, _AS_COVERED = 0.6, 0.8
"""Where no place is named, the share of the best clause's likelihood, and of what it says of the question,
that another place's clause must reach to be shown too."""


def from_scope(
    question: Question, terms: tuple[Term, ...], scope: Scope, desk: Desk, clock: Clock
) -> Finding:
    """What a scope says to the question; the nation is heard when one city is silent."""
    hits, judged = judged_hits(question, terms, scope, desk, clock)
    evidence = sufficient_of(judged, question, scope, desk)
    if evidence:
        evidence += _elsewhere(question, terms, scope, evidence, desk, clock)
        if scope.code is not None:
            evidence = summarised(question, evidence, judged, terms, desk.library)
        written = written_of(question, evidence, hits, desk, clock)
        if is_undecided(question, written.statements):
            settled = confirmed_in(question, terms, hits, desk) or _denied(question, scope, desk, clock)
            return settled or with_unsaid(question, written, terms, desk)
        return written
    denied = confirmed_in(question, terms, hits, desk) or _denied(question, scope, desk, clock)
    if denied is not None:
        return denied
    topic, silent = topic_of(question), silence(scope, question, judged, desk)
    nation = NATION in desk.library.jurisdictions and NATION not in question.jurisdictions
    if scope.code and scope.code != NATION and nation:
        above = place_scope(NATION, desk, scope.most)
        of_nation = f"国家{question.body}"  # not of the city
        asked = replace(question, text=of_nation, placed=None, jurisdictions=(NATION,))
        nation_hits, nation_judged = judged_hits(asked, terms, above, desk, clock)
        nation_evidence = sufficient_of(nation_judged, question, above, desk)
        if nation_evidence:
            note: tuple[str, ...] = (fill("nation_instead", place=scope.label, topic=topic),)
            if out_of_force(scope, desk):
                note = (*silent, fill("nation_only"))
            found = (*nation_hits, *hits)
            if DOUBTS.search(question.body):
                plain = written_of(question, nation_evidence, found, desk, clock, is_decided=False)
                return as_national(plain, scope.label) + Finding(missing=note)
            return written_of(question, nation_evidence, found, desk, clock) + Finding(missing=note)
    return Finding(missing=silent, hits=hits)


def _denied(question: Question, scope: Scope, desk: Desk, clock: Clock) -> Finding | None:
    """What the scope says to what the question claims; None where that decides nothing of it."""
    aside = replace(desk, watch=lambda _: None)
    for reading in readings(question, desk.library):
        terms = content_terms(reading, desk.library)
        hits, judged = judged_hits(reading, terms, scope, aside, clock)
        evidence = sufficient_of(judged, reading, scope, desk)
        asked = question if DOUBTS.search(question.body) else reading
        written = written_of(asked, evidence, hits, desk, clock)
        if any(one.denied for one in written.statements):
            return written
        first = next(iter(written.statements), None)
        if first and asked is reading and verdict_of(asked, first, terms, desk.library) is not None:
            return written
    return None


def _elsewhere(
    question: Question,
    terms: tuple[Term, ...],
    scope: Scope,
    evidence: Sequence[Evidence],
    desk: Desk,
    clock: Clock,
) -> list[Evidence]:
    """The best clause of each further place that answers about as well, where the question names none.

    Found place by place: among all documents one place's clauses crowd out another's.
    """
    if scope.code is not None:
        return []
    sure = _AS_LIKELY * max(item.confidence for item in evidence)
    covered = _AS_COVERED * evidence[0].coverage
    held = {desk.library.document(item.clause.doc_id).metadata.jurisdiction for item in evidence}
    aside = replace(desk, watch=lambda _: None)  # calibration learns from the questions' own scopes
    codes = desk.filters.jurisdictions or sorted(desk.library.jurisdictions)
    out: list[Evidence] = []
    for code in sorted(set(codes) - held, key=lambda one: (one != NATION, one))[:_PLACES]:
        place = place_scope(code, desk, 1)
        _, judged = judged_hits(question, terms, place, aside, clock, _GLANCE)
        out += [
            item
            for item in sufficient_of(judged, question, place, desk)[:1]
            if item.confidence >= sure and item.coverage >= covered
        ]
    return out


def written_of(
    question: Question,
    evidence: Sequence[Evidence],
    hits: tuple[ClauseHit, ...],
    desk: Desk,
    clock: Clock,
    *,
    is_decided: bool = True,
) -> Finding:
    """What the writer makes of the evidence, decided where it is yes or no and wanted, and verified."""
    desk = in_field(desk, evidence)
    wanted = replace(question, kinds=question.kinds | {Kind.BODY}) if claims_duty(question) else question
    if asks_summary(question):
        wanted = replace(wanted, kinds=wanted.kinds | {Kind.LIST})
    written = desk.writer.write(wanted, evidence, desk.library)
    terms = content_terms(question, desk.library)
    decided = with_verdict(question, written, terms, desk.library) if is_decided else written
    statements = [
        with_direct(question, one, terms, desk.library) if one in written else one for one in decided
    ]
    clock.lap("write")
    cited = {item.hit for item in evidence}
    ordered = (*(item.hit for item in evidence), *(hit for hit in hits if hit not in cited))
    finding = verified(statements, desk) + Finding(hits=ordered)
    clock.lap("verify")
    return finding
