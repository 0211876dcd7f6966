"""The parts of a quoted sentence, and how much of a question they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparing.passages import Part, parts_of
from assistant.terms import Term
from indexing.folding import fold_tight
from indexing.types import Span


@dataclass(frozen=True, slots=True)
class Choice:
    """Parts of one sentence that answer together, and how much of the question they say."""

    spans: tuple[Span, ...]
    share: float


def sentence_parts(text: str, span: Span) -> tuple[Part, ...]:
    """The parts of a sentence between commas; what stands in brackets belongs to what it stands in."""
    out: list[Part] = []
    for part in parts_of(text, span):
        between = text[out[-1].end : part.start] if out else ","
        depth = _depth(text[span[0] : part.start])
        if out and (depth > 0 or re.search(r"[()（）]", between)):
            last = out.pop()
            out.append(Part(last.start, part.end, fold_tight(text[last.start : part.end])))
        else:
            out.append(part)
    return tuple(out)


def _depth(text: str) -> int:
    """How many brackets stand open at the end of a text."""
    return sum(text.count(mark) for mark in "（(") - sum(text.count(mark) for mark in "）)")


def share_of_terms(said: str, terms: Sequence[Term]) -> float:
    """Share of the terms' weight that a folded text says, in any of their forms."""
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if any(form in said for form in term.forms)) / (total or 1.0)
