"""A conversation: turns so far and a new question → the complete question it stands for.

那上海呢？ 第二款呢？ 有效期多久？ mean something only behind what was asked before. What is resolved is
an ordinary question, shown to the user and answered like any other; a question that says itself
what it is about is left as it is. Nothing here is kept: a doorway holds the turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.conversing.ellipses import further_readings, placed
from assistant.conversing.followups import followed
from assistant.conversing.unsaid import Asked, changes_subject, is_pointing
from assistant.library import Library
from assistant.questions.weighing import Term
from assistant.types import Answer, AnswerStatus
from indexing.folding import fold_tight
from prompts.library import fill

MOST_CHARS = 200
"""A longer text says itself what it is about."""

_OWN_SAID = 0.4  # share of a question's own words that the answer to a further reading must say
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
    rival: str | None = None  # with the subject of the turn before, where the question leaves that out
    further: tuple[str, ...] = ()  # older readings, for where neither finds anything
    own: tuple[Term, ...] = ()  # what the text itself is about
    carried: tuple[Term, ...] = ()  # what the question it may lean on was about

    @property
    def readings(self) -> tuple[str, ...]:
        """The question as read, its rival where it has one, and older readings."""
        return (self.question, *([self.rival] if self.rival else []), *self.further)


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
    earlier = _leant_on(asked, turns, library)
    if not earlier:
        return Resolution(
            text, problem=fill("nothing_before", question=_short(text)) if is_pointing(asked) else None
        )
    (last, before), *_ = earlier
    if asked.is_only_place:
        before = next((its for turn, its in earlier if not _is_addressed(turn, its, library)), before)
    completed = followed(asked, before, last.cited, library)
    further = further_readings(asked, [one for _, one in earlier], last.cited, library)
    is_followup = completed is not None and completed != text
    question = completed if completed is not None and is_followup else text
    if not further:
        return Resolution(question, is_followup, cited=last.cited if is_followup else ())
    first, *older = further
    # where the subject was put in already, what the text says itself may be all it is about
    rival = first if first != question else placed(asked, before, last.cited, library)
    return Resolution(
        question,
        is_followup,
        cited=last.cited,
        rival=rival if rival != question else None,
        further=tuple(one for one in older if one != question),
        own=asked.terms,
        carried=before.terms,
    )


def says_most(read: Resolution, answers: Iterable[Answer]) -> int:
    """Which of `Resolution.readings` to answer, by what their answers say; 0 where none says anything.

    The rival comes before the question as read where its answer says as much of the question's own words
    and more of what it may lean on. Older ones count where neither finds anything.

    Args:
        read: the question with its other readings.
        answers: of each reading, in order; taken one by one.
    """
    found = iter(answers)
    near = 1 if read.rival is None else 2
    heard = list(islice(found, near))
    ranks = [_rank(read, answer, is_first=at == 0) for at, answer in enumerate(heard)]
    best = max(range(len(ranks)), key=lambda at: (ranks[at], -at))
    if best and _cites(heard[0]) and _cites(heard[0]) == _cites(heard[best]):
        return 0
    if ranks[best][0]:
        return best
    return next((at for at, answer in enumerate(found, len(ranks)) if answer.statements), 0)


def _cites(answer: Answer) -> list[tuple[str, str]]:
    """The clauses an answer cites, in order."""
    return [(one.doc_id, one.path) for each in answer.statements for one in each.citations]


def _rank(read: Resolution, answer: Answer, *, is_first: bool) -> tuple[bool, bool, float, float]:
    """Whether anything is answered, and wholly; how much of the question, and of what it may lean on."""
    said = fold_tight("|".join(one.quote for each in answer.statements for one in each.citations))
    own = _share(read.own, said)
    is_found = bool(said) and (is_first or own >= _OWN_SAID or not read.own)
    return is_found, answer.status is AnswerStatus.ANSWERED, own, _share(read.carried, said)


def _share(terms: Sequence[Term], said: str) -> float:
    total = sum(term.weight for term in terms)
    told = sum(term.weight for term in terms if any(form in said for form in term.forms))
    return round(told / total, 1) if total else 0.0


def _on_topic(turns: Sequence[Turn], library: Library) -> list[tuple[Turn, Asked]]:
    """The turns that asked something of the field, the last one first; 今天天气怎么样 is passed over."""
    recent = [(turn, Asked.read(turn.resolved, library)) for turn in reversed(turns[-MOST_TURNS:])]
    return [(turn, asked) for turn, asked in recent if asked.is_on_topic]


def _leant_on(asked: Asked, turns: Sequence[Turn], library: Library) -> list[tuple[Turn, Asked]]:
    """The turns a text may lean on, the last one first; asides on a document only for what points at one."""
    earlier = _on_topic(turns, library)
    points_at_last = asked.question.aspects or asked.is_only_place or asked.points or asked.asks_ground
    return earlier if points_at_last else _on_matter(earlier, library)


def _on_matter(earlier: list[tuple[Turn, Asked]], library: Library) -> list[tuple[Turn, Asked]]:
    """The turns without an aside on the document (有效期多久); where nothing else was asked, all.

    Such an aside leaves the matter spoken of where it was: 谁负责运营 behind it asks of that. One that
    names its own place or document is no aside.
    """
    kept = [
        (turn, asked)
        for turn, asked in earlier
        if not asked.question.aspects
        or turn.resolved == turn.question
        or Asked.read(turn.question, library).has_place
    ]
    return kept or earlier


def _is_addressed(turn: Turn, asked: Asked, library: Library) -> bool:
    """Whether a turn was completed with the address of a clause, which another place does not share."""
    if not asked.question.references or turn.resolved == turn.question:
        return False
    return not Asked.read(turn.question, library).question.references


def _short(text: str, most: int = 40) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
