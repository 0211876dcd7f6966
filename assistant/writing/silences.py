"""What is said where nothing answers: no rule, no figure, nothing in force, a thing in no document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answers.particulars import name
from assistant.judging.evidence import Evidence
from assistant.judging.owning import names_thing, stranger
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force
from assistant.questions.terms import content_terms, topic_of
from assistant.questions.weighing import Term, is_thing
from assistant.questions.wording import question_words
from assistant.questions.words import has_noun, is_guess
from assistant.verification.verifying import printed_date
from indexing import segmentation
from indexing.asking import Kind
from indexing.holding import holds_figure
from indexing.types import Document
from prompts.library import fill

_GLANCE = 3  # clauses found first that are looked at for another's figure
OFTEN = 4.0
"""Weight below which a word is one the documents speak of often: 社区, 养老, 运营; one clause in fifty."""
_STRANGE, _COVERED = 0.5, 0.6
"""From this share of a question in words no document has, and below this share that any clause found says by
its words or near ones, a question is of another field."""


def silence(scope: Scope, question: Question, judged: Sequence[Evidence], desk: Desk) -> tuple[str, ...]:
    """Why a scope says nothing: another field, no rule, no figure, another's figure, or nothing in force."""
    idle = out_of_force(scope, desk)
    left_out = [_not_in_force(document, desk.as_of) for document in idle]
    if scope.label and idle and len(idle) == len(documents_in(scope, desk)):
        return (fill("none_in_force", place=scope.label, date=printed_date(desk.as_of)), *left_out)
    terms = content_terms(question, desk.library)
    topic, strange = topic_of(question), _strange(terms)
    if is_outside(terms, judged, desk.library):
        return (
            fill("outside_field", topic=topic, words=strange) if strange else fill("outside", topic=topic),
        )
    lacks_figure = any(item.lacks_figure for item in judged)
    other = next((one for item in judged[:_GLANCE] if (one := _another(question, item, terms, desk))), None)
    if not scope.label:
        frame = "figure_nothing" if lacks_figure or other else "nothing_says"
        first = fill(frame, topic=topic)
    else:
        frame = "figure_silent" if lacks_figure or other else "in_force_silent" if idle else "city_silent"
        first = fill(frame, place=scope.label, topic=topic)
    more = [fill("anothers_figure", word=other)] if other else []
    more += [fill("not_mentioned", words=strange)] if strange and not other else []
    return (first, *more, *left_out)


def is_outside(terms: Sequence[Term], judged: Sequence[Evidence], library: Library) -> bool:
    """Whether a question is of another field: it names much that no document has, nothing they often have."""
    total = sum(term.weight for term in terms)
    unknown = sum(term.weight for term in terms if not term.is_known)
    if not total or unknown < _STRANGE * total:
        return False
    if any(term.is_known and _is_of_field(term, library) for term in terms):
        return False
    return max((item.seen.heard.coverage for item in judged), default=0.0) < _COVERED


def _is_of_field(term: Term, library: Library) -> bool:
    """Whether a word is the documents' own: of our dictionary, or with a noun that they say often."""
    words, tagged = question_words(), segmentation.tags(term.surface)
    if term.surface in words.deeds | words.soft or "ns" in tagged:
        return False
    if not any(tagged):
        return True
    inner = [each for each in segmentation.search_words(term.surface) if len(each) > 1 and has_noun(each)]
    return any(
        library.weight(count) < OFTEN
        for each in (inner if names_thing(term.surface) else ())
        if each not in words.deeds | words.soft and (count := library.frequency(each))
    )


def _strange(terms: Sequence[Term]) -> str:
    """The things asked about that no document has, each in quotation marks, two at most; "" for none."""
    words = question_words()
    common = words.deeds | words.everyday | words.general
    unknown = [term for term in terms if not term.is_known and not is_guess(term.surface)]
    things = [term for term in unknown if is_thing(term) and term.surface not in common]
    heavy = sorted(things, key=lambda term: -term.weight)[:2]
    return "".join(f"“{term.surface}”" for term in things if term in heavy and term.weight >= 1)


def _another(question: Question, item: Evidence, terms: tuple[Term, ...], desk: Desk) -> str | None:
    """The thing asked about that a clause with such figures gives none of; None for none."""
    sentences = desk.library.sentences(item.clause)
    if Kind.FIGURE not in question.kinds or not any(
        holds_figure(said, question.body) for *_, said in sentences
    ):
        return None
    return stranger(question, item.clause, terms, desk.library)


def not_found(scopes: Sequence[Scope], topic: str, desk: Desk) -> tuple[str, ...]:
    """The lines on places compared that are silent: one for all of them, and those on documents not in force.

    Empty for none.
    """
    absent, left_out, without = list[str](), list[str](), list[str]()
    for scope in scopes:
        idle = out_of_force(scope, desk)
        left_out += [_not_in_force(document, desk.as_of) for document in idle]
        has_none = bool(idle) and len(idle) == len(documents_in(scope, desk))
        (absent if has_none else without).append(scope.label)
    date_asked = printed_date(desk.as_of)
    lines = [fill("none_in_force", place=place, date=date_asked) for place in absent]
    if without:
        lines.append(fill("not_found", place="、".join(without), topic=topic))
    return (*lines, *left_out)


def _not_in_force(document: Document, as_of: date) -> str:
    known, day = document.metadata, printed_date(as_of)
    if known.expires_on and known.expires_on < as_of:
        return fill("expired", date=day, document=name(document), ends=printed_date(known.expires_on))
    begins = printed_date(known.effective_from) if known.effective_from else "以后"
    return fill("not_begun", date=day, document=name(document), begins=begins)
