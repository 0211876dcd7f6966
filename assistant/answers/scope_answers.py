"""One question, one scope or several: what each place or document says, and which say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers.agreeing import best_together, in_agreement
from assistant.answers.compared_topic import topic_compared
from assistant.answers.comparisons import (
    Form,
    asked_of,
    asks_kind_of_city,
    asks_ratio,
    compares_measure,
    form_of,
    is_ordered,
    measure_named,
)
from assistant.answers.deciding import verdict_of, with_verdict
from assistant.answers.listed import Listing, asks_members, of_members, same_listings
from assistant.answers.overviews import speaking
from assistant.answers.ranking import order_of, with_same_figure
from assistant.answers.subject import on_subject
from assistant.comparing.searching import likeliest
from assistant.comparing.types import Column
from assistant.direct.heads import with_direct
from assistant.judging.choosing import NEAR, judged_hits, says_the_same, sufficient_of
from assistant.judging.evidence import Evidence
from assistant.library import Library
from assistant.premises.checking import DOUBTS
from assistant.premises.neutral import claims_duty, is_undecided, readings
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force, place_scope
from assistant.questions.terms import content_terms, topic_of
from assistant.questions.weighing import Term
from assistant.writing.findings import Clock, Finding, verified
from assistant.writing.silences import not_found, silence
from indexing.asking import Kind, holds_figure
from indexing.jurisdictions import NATION
from indexing.types import ClauseHit
from prompts.library import fill

# "优先在城区常住人口超过100万人的大城市推进", "50个左右城市"; not "城市更新"
_CLASS_OF_CITY = re.compile(r"(?:各类|其他|试点|有条件的|大|中小|左右|不同)城市(?!更新|类型)")
_FEW, _BESIDE = 3, 1  # of so few places compared a further clause as likely is shown
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
        written = _written(question, evidence, hits, desk, clock)
        if is_undecided(question, written.statements):
            return _denied(question, scope, desk, clock) or written
        return written
    denied = _denied(question, scope, desk, clock)
    if denied is not None:
        return denied
    topic, silent = topic_of(question), silence(scope, question, judged, desk)
    nation = NATION in desk.library.jurisdictions and NATION not in question.jurisdictions
    if scope.code and scope.code != NATION and nation:
        above = place_scope(NATION, desk, scope.most)
        asked = replace(question, text=f"国家{question.body}", jurisdictions=(NATION,))  # not of the city
        nation_hits, nation_judged = judged_hits(asked, terms, above, desk, clock)
        nation_evidence = sufficient_of(nation_judged, question, above, desk)
        if nation_evidence:
            note: tuple[str, ...] = (fill("nation_instead", place=scope.label, topic=topic),)
            if out_of_force(scope, desk):
                note = (*silent, fill("nation_only"))
            written = _written(question, nation_evidence, (*nation_hits, *hits), desk, clock)
            return written + Finding(missing=note)
    return Finding(missing=silent, hits=hits)


def _denied(question: Question, scope: Scope, desk: Desk, clock: Clock) -> Finding | None:
    """What the scope says to what the question claims; None where that decides nothing of it."""
    aside = replace(desk, watch=lambda _: None)
    for reading in readings(question, desk.library):
        terms = content_terms(reading, desk.library)
        hits, judged = judged_hits(reading, terms, scope, aside, clock)
        evidence = sufficient_of(judged, reading, scope, desk)
        asked = question if DOUBTS.search(question.body) else reading
        written = _written(asked, evidence, hits, desk, clock)
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


def from_scopes(question: Question, scopes: Sequence[Scope], desk: Desk, clock: Clock) -> Finding:
    """What each of several places or documents says, and which of them say nothing.

    A place whose clause says too few of the question's words is heard where another's clause bears it out.
    """
    of_nation = _kind_of_city(question, desk, clock)
    if of_nation is not None:
        return of_nation
    topic = topic_compared(question, desk.library)
    asked = {scope.label: asked_of(question, scope, desk.library) for scope in scopes}
    terms = {label: content_terms(one, desk.library) for label, one in asked.items()}
    heard = {
        scope.label: judged_hits(asked[scope.label], terms[scope.label], scope, desk, clock)
        for scope in scopes
    }
    judged = {label: items for label, (_, items) in heard.items()}
    is_measured = any(Kind.FIGURE in one.kinds for one in asked.values()) or compares_measure(question)
    found = {
        scope.label: sufficient_of(judged[scope.label], asked[scope.label], scope, desk) for scope in scopes
    }
    found = _chosen_together(found, judged, desk, topic if is_measured else None)
    found |= {label: [one] for label, one in _likely(topic, scopes, found, desk).items()}
    found = on_subject(found, judged, terms, desk.library, who_says=form_of(question) is not Form.EACH)
    found = _of_measure(found, measure_named(question), desk.library)
    if asks_ratio(question) and not all(found.values()):  # one figure is no times and no difference
        found = {label: [] for label in found}
    listings = {} if is_measured else _listed(question, judged, terms, found, desk)
    found |= {label: [one.evidence] for label, one in listings.items()}
    clock.lap("compare")
    asks_order = is_ordered(question) or asks_ratio(question)
    order = (
        order_of(question.folded, topic, found, desk.library, is_asked=asks_order) if is_measured else None
    )
    members = of_members(listings, desk.library) if listings else None
    opening = members or order or speaking(found, form_of(question), desk.library)
    out = verified([opening] if opening else [], desk)
    for scope in scopes:
        hits, _ = heard[scope.label]
        if found[scope.label]:
            out += _written(asked[scope.label], found[scope.label], hits, desk, clock)
        else:
            out += Finding(hits=hits, silent=not_found(scope, topic, desk))
    return out


def _of_measure(
    found: Mapping[str, list[Evidence]], measure: str | None, library: Library
) -> dict[str, list[Evidence]]:
    """The evidence of each place that names the measure asked of, or has a figure of it.

    All of it where no measure is named.
    """
    if measure is None:
        return dict(found)
    return {
        label: [
            one
            for one in its
            if measure in library.folded(one.clause) or holds_figure(library.folded(one.clause), measure)
        ]
        for label, its in found.items()
    }


def _listed(
    question: Question,
    judged: Mapping[str, Sequence[Evidence]],
    terms: Mapping[str, Sequence[Term]],
    found: Mapping[str, Sequence[Evidence]],
    desk: Desk,
) -> dict[str, Listing]:
    """Of each place that speaks the list to be held against the others'; empty where none is asked for."""
    speaking_ = [label for label, its in found.items() if its]
    if len(speaking_) < 2 or not asks_members(question.folded):
        return {}
    return same_listings({label: judged[label] for label in speaking_}, terms[speaking_[0]], desk.library)


def _kind_of_city(question: Question, desk: Desk, clock: Clock) -> Finding | None:
    """What the nation says of the cities a rule is for; None where none are asked or it is silent."""
    nation = place_scope(NATION, desk, 1)
    if NATION in question.jurisdictions or not asks_kind_of_city(question) or not documents_in(nation, desk):
        return None
    asked = asked_of(question, nation, desk.library)
    aside = replace(desk, watch=lambda _: None)
    hits, judged = judged_hits(asked, content_terms(asked, desk.library), nation, aside, clock)
    for item in sufficient_of(judged, asked, nation, desk)[:1]:
        text = desk.library.document(item.clause.doc_id).text
        if any(_CLASS_OF_CITY.search(text[one.start : one.end]) for one in item.passages):
            return _written(asked, [item], hits, desk, clock)
    return None


def _chosen_together(
    found: Mapping[str, list[Evidence]],
    judged: Mapping[str, list[Evidence]],
    desk: Desk,
    figure_of: str | None,
) -> dict[str, list[Evidence]]:
    """The evidence of each place, by label, chosen so that the places speak of the same thing.

    Args:
        found: what suffices in each.
        judged: all that was judged in each.
        desk: its library and thresholds.
        figure_of: the topic whose figure is asked for; None where none is.
    """
    out = dict(found)
    for label, item in best_together(out, judged, desk.library).items():
        beside = [one for one in judged[label] if one.is_sufficient and one is not item]
        near = [one for one in beside if one.confidence >= NEAR * item.confidence]
        near = [one for one in near if not says_the_same(one, item, desk.library)]
        out[label] = [item, *near[: _BESIDE if len(found) <= _FEW else 0]]
    if figure_of is not None:
        choices = {label: [each for each in items if each.is_sufficient] for label, items in judged.items()}
        choices = {label: sorted(some, key=lambda one: -one.confidence) for label, some in choices.items()}
        same = with_same_figure(figure_of, choices, desk.library)
        out |= {label: [item] if item else [] for label, item in same.items()}
    threshold = desk.sufficiency.phrased.threshold if desk.sufficiency else None
    return out | {label: [item] for label, item in in_agreement(out, judged, desk.library, threshold).items()}


def _likely(
    topic: str, scopes: Sequence[Scope], found: Mapping[str, Sequence[Evidence]], desk: Desk
) -> dict[str, Evidence]:
    """For places with nothing so far the clause that a table of comparison would show without doubt.

    What is held against all places at once is surer than what one place is asked alone.
    """
    if all(found.values()):
        return {}
    columns = [
        Column(one.label, one.code, tuple(each.doc_id for each in documents_in(one, desk))) for one in scopes
    ]
    likely = likeliest(topic, columns, desk.searcher, desk.library)
    return {label: one for label, one in likely.items() if not found[label]}


def _written(
    question: Question, evidence: Sequence[Evidence], hits: tuple[ClauseHit, ...], desk: Desk, clock: Clock
) -> Finding:
    """What the writer makes of the evidence, decided where it is yes or no, and verified."""
    wanted = replace(question, kinds=question.kinds | {Kind.BODY}) if claims_duty(question) else question
    written = desk.writer.write(wanted, evidence, desk.library)
    terms = content_terms(question, desk.library)
    decided = with_verdict(question, written, terms, desk.library)
    statements = [
        with_direct(question, one, terms, desk.library) if one in written else one for one in decided
    ]
    clock.lap("write")
    cited = {item.hit for item in evidence}
    ordered = (*(item.hit for item in evidence), *(hit for hit in hits if hit not in cited))
    finding = verified(statements, desk) + Finding(hits=ordered)
    clock.lap("verify")
    return finding
