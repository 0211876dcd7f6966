"""What the assistant hands to a doorway: citations, statements, answers.

Built from `indexing.types`; frozen, with tuples inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indexing.types import ClauseHit


class AnswerStatus(StrEnum):
    """How far the library carries the answer."""

    ANSWERED = "ANSWERED"  # 有依据
    PARTIAL = "PARTIAL"  # 部分有依据; `missing` names the rest
    NO_BASIS = "NO_BASIS"  # 未找到依据; the nearest clauses are shown as such


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote with its address; 《…》（文号）第十二条 is printed from it by code.

    `quote == document.text[start:end]` for the document version named here.
    """

    doc_id: str
    document_number: str | None
    title: str
    version: int
    path: str
    text_hash: str  # of the cited clause
    quote: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not self.quote or self.end - self.start != len(self.quote):
            raise ValueError(f"quote does not fill its span: {self.doc_id}#{self.path}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the clauses it rests on; never without one."""

    text: str
    citations: tuple[Citation, ...]
    denied: str | None = None  # words of the question that the text says are not so: 不是1亿元

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a statement needs a citation: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A statement that was not shown, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was made with; the same of all three and the same question make the same answer."""

    index: str  # fingerprint of the documents held and of how they are searched
    writer: str
    prompts: str  # fingerprint of the fixed sentences and prompts


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ask` returns. Finding nothing is an Answer, not an error."""

    question: str
    status: AnswerStatus
    statements: tuple[Statement, ...]
    missing: tuple[str, ...]  # Chinese sentences: what has no basis, and why
    hits: tuple[ClauseHit, ...]  # best ten clauses; with NO_BASIS, the nearest ones
    rejected: tuple[Rejected, ...]
    as_of: date
    timings_ms: tuple[tuple[str, float], ...]  # stage, milliseconds, in order
    notices: tuple[str, ...] = ()  # Chinese sentences: what the search had to do without
    provenance: Provenance | None = None  # None where nothing was asked of an index
    resolved: str | None = None  # the complete question a follow-up was read as; None where it stood alone

    @property
    def text(self) -> str:
        """The statements' sentences, one a line, without citations."""
        return "\n".join(statement.text for statement in self.statements)
