"""What one part of a question came to, and how long its stages took; joined to one answer later."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.direct.heads import without_quotes
from assistant.questions.scopes import Desk
from assistant.types import Rejected, Statement
from assistant.verification.verifying import verify
from indexing.types import ClauseHit


@dataclass(frozen=True, slots=True)
class Finding:
    """What one part of a question came to."""

    statements: tuple[Statement, ...] = ()
    missing: tuple[str, ...] = ()
    hits: tuple[ClauseHit, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    silent: tuple[str, ...] = ()  # places compared whose texts say nothing: told, but nothing is lacking

    def __add__(self, other: Finding) -> Finding:
        return Finding(
            self.statements + other.statements,
            self.missing + other.missing,
            self.hits + other.hits,
            self.rejected + other.rejected,
            self.silent + other.silent,
        )


def verified(statements: Sequence[Statement], desk: Desk) -> Finding:
    """The statements that hold against their quotes; the others as rejected."""
    kept, rejected = verify(statements, desk.library)
    return Finding(statements=kept, rejected=rejected)


def distinct(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements in order, each once; of one that another says in full its short sentence is left."""
    kept: list[Statement] = []
    for one in statements:
        if any(_is_within(one, other) for other in kept):
            kept += [
                short for short in _short(one) if not any(each.text.startswith(short.text) for each in kept)
            ]
            continue
        kept = [left for other in kept for left in (_short(other) if _is_within(other, one) else [other])]
        kept.append(one)
    return tuple(kept)


def _short(statement: Statement) -> list[Statement]:
    """The statement without the sentences quoted behind its short one; none where it has no short one."""
    text = without_quotes(statement.text)
    return [] if text is None else [replace(statement, text=text)]


def _is_within(one: Statement, other: Statement) -> bool:
    """Whether all that a statement says behind its place, and all it quotes, stands in another."""
    short = without_quotes(one.text)
    said = one.text[len(short) :].partition("：")[2] if short else one.text.partition("：")[2]
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


class Clock:
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
