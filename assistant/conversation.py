"""A conversation: turns so far and a new question → the complete question it stands for.

那上海呢？ 第二款呢？ 有效期多久？ mean something only behind what was asked before. What is resolved is
an ordinary question, shown to the user and answered like any other; a question that says itself
what it is about is left as it is. Nothing here is kept: a doorway holds the turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ellipses import further_readings
from assistant.followups import followed
from assistant.library import Library
from assistant.types import Answer
from assistant.unsaid import Asked, changes_subject, is_pointing
from prompts.library import fill

MOST_CHARS = 200
"""A longer text says itself what it is about."""

MOST_TURNS = 20
"""Turns looked back at; what was asked longer ago is no longer what 那…呢 means."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one question came to: what the next one may refer to."""

    question: str  # as asked
    resolved: str  # the complete question that was answered; the same where it stood alone
    cited: tuple[tuple[str, str], ...] = ()  # (doc_id, path) of the clauses cited, best first


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in order; made anew with each answer.

    >>> Conversation().turns
    ()
    """

    turns: tuple[Turn, ...] = ()

    def after(self, answer: Answer) -> Conversation:
        """The conversation with one more turn, the oldest dropped where there are too many."""
        return Conversation((*self.turns, turn_of(answer))[-MOST_TURNS:])


@dataclass(frozen=True, slots=True)
class Resolution:
    """The question to answer; `problem` says in Chinese why there is none to be made out."""

    question: str
    is_followup: bool = False  # whether it was completed from the turns
    problem: str | None = None
    cited: tuple[tuple[str, str], ...] = ()  # clauses cited in the turn it was completed from
    further: tuple[str, ...] = ()  # other readings, for where the question itself finds nothing


def turn_of(answer: Answer) -> Turn:
    """What of an answer the next question may refer to."""
    cited = dict.fromkeys((one.doc_id, one.path) for said in answer.statements for one in said.citations)
    return Turn(answer.question, answer.resolved or answer.question, tuple(cited))


def resolve(text: str, turns: Sequence[Turn], library: Library) -> Resolution:
    """The complete question that a text asks behind these turns. Never raises.

    Args:
        text: as asked.
        turns: what was asked before, the oldest first; empty at the start.
        library: what places, documents and words are read against.

    Returns:
        The text itself where it says what it is about; what it stands for where it leans on a turn
        before; a problem where it leans on something and there is nothing.
    """
    if len(text) > MOST_CHARS:
        return Resolution(text)
    whole = changes_subject(text)
    if whole != text:
        return Resolution(whole)
    asked = Asked.read(text, library)
    earlier = _on_topic(turns, library)
    if not earlier:
        return Resolution(
            text, problem=fill("nothing_before", question=_short(text)) if is_pointing(asked) else None
        )
    (last, before), *_ = earlier
    completed = followed(asked, before, last.cited, library)
    further = further_readings(asked, [one for _, one in earlier], last.cited, library)
    if completed is None or completed == text:
        return Resolution(text, cited=last.cited if further else (), further=further)
    return Resolution(completed, is_followup=True, cited=last.cited, further=further)


def _on_topic(turns: Sequence[Turn], library: Library) -> list[tuple[Turn, Asked]]:
    """The turns that asked something of the field, the last one first; 今天天气怎么样 is passed over."""
    recent = [(turn, Asked.read(turn.resolved, library)) for turn in reversed(turns[-MOST_TURNS:])]
    return [(turn, asked) for turn, asked in recent if asked.is_on_topic]


def _short(text: str, most: int = 40) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
