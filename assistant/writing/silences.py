"""What is said where nothing answers: no rule, no figure, nothing in force, a thing in no document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answers.particulars import name
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force
from assistant.questions.terms import Term, is_thing
from assistant.questions.wording import question_words
from assistant.verification.verifying import printed_date
from indexing.types import Document
from prompts.library import fill


def silence(scope: Scope, topic: str, lacks_figure: bool, desk: Desk) -> tuple[str, ...]:
    """Why a scope says nothing: no rule, no figure, or nothing of it in force on the day."""
    idle = out_of_force(scope, desk)
    left_out = [_not_in_force(document, desk.as_of) for document in idle]
    if not scope.label:
        return (fill("figure_nothing" if lacks_figure else "nothing_says", topic=topic), *left_out)
    if idle and len(idle) == len(documents_in(scope, desk)):
        return (fill("none_in_force", place=scope.label, date=printed_date(desk.as_of)), *left_out)
    frame = "figure_silent" if lacks_figure else "in_force_silent" if idle else "city_silent"
    return (fill(frame, place=scope.label, topic=topic), *left_out)


def not_found(scope: Scope, topic: str, desk: Desk) -> tuple[str, ...]:
    """The line on a place compared that is silent, and on its documents not in force."""
    idle = out_of_force(scope, desk)
    left_out = tuple(_not_in_force(document, desk.as_of) for document in idle)
    if idle and len(idle) == len(documents_in(scope, desk)):
        return (fill("none_in_force", place=scope.label, date=printed_date(desk.as_of)), *left_out)
    return (fill("not_found", place=scope.label, topic=topic), *left_out)


def _not_in_force(document: Document, as_of: date) -> str:
    known, day = document.metadata, printed_date(as_of)
    if known.expires_on and known.expires_on < as_of:
        return fill("expired", date=day, document=name(document), ends=printed_date(known.expires_on))
    begins = printed_date(known.effective_from) if known.effective_from else "以后"
    return fill("not_begun", date=day, document=name(document), begins=begins)


def outside_field(terms: Sequence[Term]) -> tuple[str, ...]:
    """That a thing asked about stands in no document, where it is the only thing named."""
    words = question_words()
    things = [term for term in terms if is_thing(term) and term.surface not in words.deeds | words.everyday]
    if not things or any(term.is_known for term in things):
        return ()
    return (fill("outside_field", word=max(things, key=lambda term: term.weight).surface),)
