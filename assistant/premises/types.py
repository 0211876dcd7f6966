"""What code finds of something a question takes for granted."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Citation


@dataclass(frozen=True, slots=True)
class Premise:
    """The words of the question that are denied, and the words of the clause that stand instead.

    Both None where the premise holds. `is_unsaid` where the clauses quoted do not say the words at all.
    """

    denied: str | None
    instead: str | None = None
    is_unsaid: bool = False
    source: Citation | None = None  # what says `instead`, where the quotes do not


HOLDS = Premise(None)
