"""A question put to several places or documents: what each says, which say nothing, and what to open with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from assistant.answers.known_topics import filled
from assistant.answers.listed import Listing, asks_members, of_members, same_listings
from assistant.answers.on_subject import Place, on_subject
from assistant.answers.one_matter import on_one_matter
from assistant.answers.outright import names_in
from assistant.answers.overviews import speaking
from assistant.answers.ranking import apart, order_of, with_same_figure
from assistant.answers.scope_answers import written_of
from assistant.answers.subject import subject_of
from assistant.comparing.searching import likeliest
from assistant.comparing.types import Column
from assistant.judging.choosing import NEAR, in_field, judged_hits, says_the_same, sufficient_of
from assistant.judging.evidence import Evidence, text_of
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force, place_scope
from assistant.questions.terms import content_terms
from assistant.questions.weighing import Term
from assistant.writing.findings import Clock, Finding, verified
from assistant.writing.silences import not_found
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.holding import holds_figure
from indexing.jurisdictions import NATION
from indexing.types import ClauseHit
from prompts.library import fill

# "优先在城区常住人口超过100万人的大城市推进", "50个左右城市"; not "城市更新"
_CLASS_OF_CITY = re.compile(r"(?:各类|其他|试点|有条件的|大|中小|左右|不同)城市(?!更新|类型)")
_FEW, _BESIDE = 3, 1  # of so few places compared a further clause as likely is shown


@dataclass(frozen=True, slots=True)
class _Compared:
    """A comparison as put to each place, by label, and what was found there."""

    question: Question
    topic: str
    asked: Mapping[str, Question]
    terms: Mapping[str, tuple[Term, ...]]
    hits: Mapping[str, tuple[ClauseHit, ...]]
    judged: Mapping[str, list[Evidence]]
    is_measured: bool  # figures are compared


def from_scopes(question: Question, scopes: Sequence[Scope], desk: Desk, clock: Clock) -> Finding:
    """What each of several places or documents says, and which of them say nothing.

    A place whose clause says too few of the question's words is heard where another's clause bears it out.
    """
    of_nation = _kind_of_city(question, desk, clock)
    if of_nation is not None:
        return of_nation
    compared = _compared(question, scopes, desk, clock)
    held = {scope.label: _in_force(scope, desk) for scope in scopes}
    narrowed = on_one_matter(scopes, compared.judged, desk)
    if narrowed.scopes != tuple(scopes):
        beside = () if question.all_cities else narrowed.without
        found_in = [*narrowed.scopes, *beside]
        scopes = [one for each in scopes for one in found_in if one.label == each.label]
        compared = _compared(question, scopes, desk, clock)
    judged = [item for its in compared.judged.values() for item in its]
    field = in_field(desk, judged)
    if field.library is not desk.library:
        terms = {label: content_terms(one, field.library) for label, one in compared.asked.items()}
        compared, desk = replace(compared, terms=terms), field
    found = _of_each(compared, scopes, held, desk)
    silent = {label for label, its in found.items() if not its}
    if asks_ratio(question) and silent:  # one figure is no times and no difference
        found = {label: [] for label in found}
    listings = _listed(compared, found, desk)
    found |= {label: [one.evidence] for label, one in listings.items()}
    clock.lap("compare")
    out = _opening(compared, found, listings, desk)
    for scope in scopes:
        hits = compared.hits[scope.label]
        if found[scope.label]:
            out += written_of(compared.asked[scope.label], found[scope.label], hits, desk, clock)
        else:
            out += Finding(hits=hits)
    unsaid = [scope for scope in scopes if scope.label in silent]
    without = narrowed.without if question.all_cities else ()
    told = [fill("off_matter", count=str(len(without)))] if without else []
    return out + Finding(silent=(*not_found(unsaid, compared.topic, desk), *told))


def _compared(question: Question, scopes: Sequence[Scope], desk: Desk, clock: Clock) -> _Compared:
    asked = {scope.label: asked_of(question, scope, desk.library) for scope in scopes}
    terms = {label: content_terms(one, desk.library) for label, one in asked.items()}
    heard = {
        scope.label: judged_hits(asked[scope.label], terms[scope.label], scope, desk, clock)
        for scope in scopes
    }
    return _Compared(
        question,
        topic_compared(question, desk.library),
        asked,
        terms,
        hits={label: hits for label, (hits, _) in heard.items()},
        judged={label: judged for label, (_, judged) in heard.items()},
        is_measured=any(Kind.FIGURE in one.kinds for one in asked.values()) or compares_measure(question),
    )


def _of_each(
    compared: _Compared, scopes: Sequence[Scope], held: Mapping[str, tuple[str, ...]], desk: Desk
) -> dict[str, list[Evidence]]:
    """The evidence of each place, by label; empty where it is silent.

    `held` are all its documents, beside those that `scopes` leave: any may say the subject outright.
    """
    asked, judged, terms = compared.asked, compared.judged, compared.terms
    found = {
        scope.label: sufficient_of(judged[scope.label], asked[scope.label], scope, desk) for scope in scopes
    }
    found = _chosen_together(found, compared, desk)
    found |= {label: [one] for label, one in _likely(compared.topic, scopes, found, desk).items()}
    who_says = form_of(compared.question) is not Form.EACH
    places = {
        label: Place(judged[label], held[label], terms[label], bool({Kind.FIGURE, Kind.DATE} & one.kinds))
        for label, one in asked.items()
    }
    names = names_in(compared.question.folded, compared.topic) if who_says else ()
    found = on_subject(found, places, compared.topic, names, desk.library, who_says=who_says)
    found = filled(found, judged, asked, terms, desk.library, compared.question.text)
    return _of_measure(found, measure_named(compared.question))


def _in_force(scope: Scope, desk: Desk) -> tuple[str, ...]:
    """The documents of a scope that are in force on the day."""
    idle = {document.doc_id for document in out_of_force(scope, desk)}
    return tuple(one.doc_id for one in documents_in(scope, desk) if one.doc_id not in idle)


def _opening(
    compared: _Compared,
    found: Mapping[str, Sequence[Evidence]],
    listings: Mapping[str, Listing],
    desk: Desk,
) -> Finding:
    """What is said of all places together: what their lists share, whose figure is greater, who speaks."""
    question, topic, library = compared.question, compared.topic, desk.library
    if listings:
        return verified([of_members(listings, library)], desk)
    asks_order = is_ordered(question) or asks_ratio(question)
    order = (
        order_of(question.folded, topic, found, library, is_asked=asks_order)
        if compared.is_measured
        else None
    )
    opening = order or speaking(found, form_of(question), library)
    out = verified([opening] if opening else [], desk)
    reckoned = apart(topic, found, library) if order and asks_ratio(question) else None
    if reckoned is None:
        return out
    return replace(out, statements=tuple(replace(one, text=one.text + reckoned) for one in out.statements))


def _of_measure(found: Mapping[str, list[Evidence]], measure: str | None) -> dict[str, list[Evidence]]:
    """The evidence of each place with a sentence that names the measure asked of, or has a figure of it.

    All of it where no measure is named.
    """
    if measure is None:
        return dict(found)
    return {label: [one for one in its if _tells(one, measure)] for label, its in found.items()}


def _tells(evidence: Evidence, measure: str) -> bool:
    said = fold_tight("|".join(text_of(evidence.clause, one) for one in evidence.passages))
    return measure in said or holds_figure(said, measure)


def _listed(compared: _Compared, found: Mapping[str, Sequence[Evidence]], desk: Desk) -> dict[str, Listing]:
    """Of each place that speaks the list to be held against the others'; empty where none is asked for."""
    speak = [label for label, its in found.items() if its]
    if len(speak) < 2 or compared.is_measured or not asks_members(compared.question.folded):
        return {}
    return same_listings(
        {label: compared.judged[label] for label in speak}, compared.terms[speak[0]], desk.library
    )


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
            return written_of(asked, [item], hits, desk, clock)
    return None


def _chosen_together(
    found: Mapping[str, list[Evidence]],
    compared: _Compared,
    desk: Desk,
) -> dict[str, list[Evidence]]:
    """The evidence of each place, by label, chosen so that the places speak of the same thing.

    Args:
        found: what suffices in each.
        compared: what was asked and judged; where figures are compared, clauses that count the same are.
        desk: its library and thresholds.
    """
    out, judged = dict(found), compared.judged
    for label, item in best_together(out, judged, desk.library).items():
        beside = [one for one in judged[label] if one.is_sufficient and one is not item]
        near = [one for one in beside if one.confidence >= NEAR * item.confidence]
        near = [one for one in near if not says_the_same(one, item, desk.library)]
        out[label] = [item, *near[: _BESIDE if len(found) <= _FEW else 0]]
    if compared.is_measured:
        choices = {label: [each for each in items if each.is_sufficient] for label, items in judged.items()}
        choices = {label: sorted(some, key=lambda one: -one.confidence) for label, some in choices.items()}
        same = with_same_figure(compared.topic, choices, desk.library)
        out |= {label: [item] if item else [] for label, item in same.items()}
    threshold = desk.sufficiency.phrased.threshold if desk.sufficiency else None
    subjects = {label: subject_of(terms) for label, terms in compared.terms.items()}
    agreed = in_agreement(out, judged, desk.library, threshold, subjects)
    return out | {label: [item] for label, item in agreed.items()}


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
