"""Evidence as a model is shown it, and the sentences of it that a model's line rests on.

What a model reads bears no article number, title or 文号; what it writes gets the quotes that carry
it, chosen by shared pairs of characters, with lead-ins and the provisos right behind. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.judging.addressing import speaks_to_a_machine
from assistant.judging.evidence import Evidence
from assistant.library import Library, opening_length
from assistant.questions.question import Question
from assistant.types import Citation, Statement
from assistant.writing.writer import cell_spans, lead_in, place_of, quoted_statement, readable, with_provisos
from indexing.folding import fold_tight
from indexing.rows import ROWS
from indexing.segmentation import bigrams
from indexing.sentences import split_sentences
from indexing.types import Document, Span
from prompts.library import fill

MAX_TOLD_CHARS = 2500
"""Of one clause; what is beyond is not shown to the model, at the end of a sentence."""
_GAIN = 0.12  # a further sentence is quoted when it says this share of a line that the others do not
_MOST_SENTENCES = 4
# What a text could open or close a block of ours with
_FENCES = re.compile(r"<{2,}|>{2,}|[｜|]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
# "第四章 项目审批", "二、规范建设要求", "附件1-1 支持政策清单": what stands before the words
_MARK = re.compile(
    r"^(?:第[^\s]{1,6}[编章节条]|附件[\d-]*|[一二三四五六七八九十]+、|[（(][^）)]{1,3}[）)]|\d+[.、])\s*"
)


def as_told(evidence: Evidence, library: Library) -> str:
    """The clause as data: cells as 列：值, a list with its lead-in, no number of its own, no fences."""
    clause = evidence.clause
    if clause.level in ROWS and clause.cells:
        told = [(column, readable(value)) for column, value in clause.cells if "序号" not in column]
        text = "；".join(f"{column}：{value}" for column, value in told if value)
    else:
        opening = lead_in(clause, library)
        document = library.document(clause.doc_id)
        led = f"{document.text[opening[0] : opening[1]].strip()}\n" if opening else ""
        text = led + clause.text[opening_length(clause) :].strip()
    if len(text) > MAX_TOLD_CHARS:
        text = (
            text[: max(text.rfind("。", 0, MAX_TOLD_CHARS), text.rfind("；", 0, MAX_TOLD_CHARS)) + 1]
            or (text[:MAX_TOLD_CHARS])
        )
    return _harmless(_for_people(text))


def _for_people(text: str) -> str:
    """A text without the sentences that speak to whatever program reads it."""
    spans = [span for span in split_sentences(text) if speaks_to_a_machine(text[slice(*span)])]
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text


def headings_of(evidence: Evidence, library: Library) -> str:
    """A line with the place and the headings above, so that the model knows what the text speaks of."""
    document = library.document(evidence.clause.doc_id)
    above = [
        _MARK.sub("", readable(heading))
        for heading in (*evidence.clause.headings, evidence.clause.heading or "")
    ]
    return _harmless("（" + "，".join([place_of(document), *filter(None, above)]) + "）\n")


def _harmless(text: str) -> str:
    return _FENCES.sub(" ", _INVISIBLE.sub("", text))


def as_statement(
    text: str, cited: Sequence[Evidence], question: Question, library: Library
) -> Statement | None:
    """A model's line as a statement with its place before it and quotes behind; None for two places."""
    documents = [library.document(item.clause.doc_id) for item in cited]
    places = {place_of(document) for document in documents}
    if len(places) != 1:
        return None
    place = places.pop()
    said = re.sub(r"\*\*|__", "", text)
    said = _without_place(said, place)
    if not said.endswith(("。", "；", "！", "？")):
        said += "。"
    frame, values = _frame(documents[0], question)
    citations: dict[tuple[str, int, int], Citation] = {}
    for item, document in zip(cited, documents, strict=True):
        verbatim = quoted_statement(
            document, item.clause, spans_for(said, item, library), library, frame, **values
        )
        citations |= {(each.doc_id, each.start, each.end): each for each in verbatim.citations}
    return Statement(fill(frame, quote=said, **values), tuple(citations.values()))


def _without_place(said: str, place: str) -> str:
    """A line without the place that code will print before it; 北京市政府 stays a body."""
    named = "国家(?:层面)?" if place == "国家层面" else re.escape(place)
    return re.sub(rf"^{named}(?:(?:规定|要求|明确)?[：:，,]|(?=[对在将按由从鼓支要]))", "", said) or said


def _frame(document: Document, question: Question) -> tuple[str, dict[str, str]]:
    """The frame of a statement and its place, as the extractive writer chooses them."""
    district = dict(question.districts).get(document.metadata.jurisdiction or "")
    is_named = any(document.doc_id in reference.doc_ids for reference in question.references)
    if district and not is_named:
        return "statement_district", {"place": place_of(document), "district": district}
    return "statement", {"place": place_of(document)}


def spans_for(text: str, evidence: Evidence, library: Library) -> list[Span]:
    """Spans of the clause that say most of a line, in order; a row's cells all, never empty."""
    clause = evidence.clause
    if clause.level in ROWS:
        return cell_spans(clause)
    wanted = set(bigrams(fold_tight(text)))
    sentences = [
        (clause.start + start, clause.start + end, wanted & set(bigrams(folded)))
        for start, end, folded in library.sentences(clause)
        if not speaks_to_a_machine(clause.text[start:end])
    ]
    chosen: list[Span] = []
    said: set[str] = set()
    while sentences and len(chosen) < _MOST_SENTENCES:
        start, end, shared = max(sentences, key=lambda each: (len(each[2] - said), -each[0]))
        if chosen and len(shared - said) < _GAIN * len(wanted):
            break
        chosen.append((start, end))
        said |= shared
        sentences = [each for each in sentences if each[0] != start]
    if not chosen:
        return [(passage.start, passage.end) for passage in evidence.passages]
    return sorted({*with_provisos(clause, sorted(chosen)), *_openings(chosen, evidence, library)})


def _openings(spans: Sequence[Span], evidence: Evidence, library: Library) -> list[Span]:
    """Lead-ins of the items that spans stand in."""
    found = (lead_in(library.narrowest(evidence.clause, span), library) for span in spans)
    return [opening for opening in found if opening and opening[0] >= evidence.clause.start]


def overlap(text: str, cited: Sequence[Evidence], library: Library) -> float:
    """Share of a line's pairs of characters that the clauses cited have, 0 to 1."""
    wanted = bigrams(fold_tight(text))
    held = "|".join(library.folded(item.clause) for item in cited)
    return sum(pair in held for pair in wanted) / len(wanted) if wanted else 0.0
