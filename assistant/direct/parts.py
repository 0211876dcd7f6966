"""The parts of a quoted sentence, and how much of a question they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparing.passages import Part, parts_of
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Statement
from indexing import segmentation
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.holding import holds_figure
from indexing.sentences import split_sentences
from indexing.types import Span

_SPEAKS = 0.6  # share of what the best part says of the question, from which a part speaks to it


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
    return sum(term.weight for term in terms if _says(said, term)) / (total or 1.0)


def _says(said: str, term: Term) -> bool:
    """Whether a form stands in a folded text; one character as a word: 发展改革委 does not say 改."""
    longer = any(len(form) > 1 and form in said for form in term.forms)
    return longer or any(len(form) == 1 and form in segmentation.words(said) for form in term.forms)


def asked_parts(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> tuple[str, ...]:
    """The parts of a statement's quotes, folded, that speak to the question: of a figure, those with one.

    All of them where the question has no words of its own (第七条怎么说); empty where none says a word of it.
    """
    parts = [
        part
        for one in statement.citations
        for start, end in split_sentences(one.quote)
        for part in sentence_parts(library.document(one.doc_id).text, (one.start + start, one.start + end))
    ]
    if Kind.FIGURE in question.kinds and Kind.YES_NO not in question.kinds:
        parts = [part for part in parts if holds_figure(part.folded, question.body)] or parts
    shares = [share_of_terms(part.folded, terms) for part in parts]
    least = _SPEAKS * max(shares, default=0.0)
    if not terms:
        return tuple(part.folded for part in parts)
    return tuple(part.folded for part, share in zip(parts, shares, strict=True) if share >= least > 0)
