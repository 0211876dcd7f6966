"""Evidence to statements: fixed frames from `prompts/` filled with verbatim spans.

`ExtractiveWriter` needs no model; a model's writer satisfies the same protocol and is
verified the same way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from assistant.judging.evidence import Evidence, column_at, column_unit, is_short_cell
from assistant.judging.focusing import focused
from assistant.library import Library, opening_length, sentences
from assistant.questions.question import Question
from assistant.questions.terms import content_terms
from assistant.types import Statement
from assistant.writing.citing import cite
from assistant.writing.series import behind_label, opens_list, run_on, series_around
from indexing.asking import Kind
from indexing.jurisdictions import NATION, name_of
from indexing.types import Clause, Document, Level, Span
from prompts.library import fill

WHOLE_LIST_CHARS = 2000
"""A list no longer than this is quoted whole; of a longer one, its lead-in and the items that answer."""

_OPENERS = {"（": "）", "(": ")", "[": "]"}
_RESPONSIBLE = re.compile(r"([（(\[])\s*(?:责任|牵头|配合)单位")
# "但…除外", "逾期不改的…", "整改仍不合格的…", "否则…": what stands before is not the whole rule
_QUALIFIES = re.compile(r"但|逾期|否则|拒不|情节(?:特别|较)?[严较]?重|[^，。；]{0,4}仍(?:不|未|无)")
# "涉及哪几个方面", "有哪四条原则": all members of an enumeration are asked for
_ALL_MEMBERS = re.compile(
    r"[几些一二三四五六七八两][个大条项]?(?:方面|原则)|(?:方面|原则)(?:有|是|包括)?(?:哪|什么)"
)
_ROWS = frozenset({Level.ROW, Level.SUBROW})
_BELOW = frozenset({Level.ITEM, Level.SUBITEM, Level.HEADING4, Level.HEADING5})


class Writer(Protocol):
    """Turns evidence into statements; every statement cites what it rests on."""

    def write(
        self, question: Question, evidence: Sequence[Evidence], library: Library
    ) -> tuple[Statement, ...]:
        """One or more statements an evidence, in the order of `evidence`; empty for none."""


class ExtractiveWriter:
    """Says what the documents say, in their own sentences."""

    def write(
        self, question: Question, evidence: Sequence[Evidence], library: Library
    ) -> tuple[Statement, ...]:
        """One statement an evidence, in the order of `evidence`; empty for none."""
        terms = content_terms(question, library)
        shown = [focused(item, question, terms, library) for item in evidence if item.passages]
        return tuple(_statement(question, item, library) for item in shown)


def quoted_statement(
    document: Document, clause: Clause, spans: Sequence[Span], library: Library, frame: str, **values: str
) -> Statement:
    """A statement whose frame's `quote` is filled with spans of a clause, joined in order.

    Each run of adjoining spans becomes one citation of the narrowest clause that holds it; the cells
    of a row are read one by one and cited together where they touch.

    Raises:
        CitationError: a span leaves the clause.
    """
    is_row = clause.level in _ROWS
    pieces = sorted(set(spans)) if is_row else _joined(document, spans)
    texts = [readable(document.text[start:end]) for start, end in pieces]
    if is_row:
        alone = len(pieces) == 1
        texts = [
            _labelled(clause, text, start - clause.start, alone=alone)
            for text, (start, _) in zip(texts, pieces, strict=True)
        ]
    citations = [
        cite(document, narrow, start, end)
        for narrow, start, end in _addressed(document, clause, pieces, library)
    ]
    return Statement(fill(frame, quote="".join(texts), **values), tuple(citations))


def _addressed(
    document: Document, clause: Clause, pieces: Sequence[Span], library: Library
) -> list[tuple[Clause, int, int]]:
    """Spans with the narrowest clause of each; those of one clause that touch are one, none comes twice."""
    out: list[tuple[Clause, int, int]] = []
    for start, end in pieces:
        narrow = library.narrowest(clause, (start, end))
        if out and out[-1][0] is narrow and not document.text[out[-1][2] : start].strip():
            out[-1] = (narrow, out[-1][1], max(out[-1][2], end))
        else:
            out.append((narrow, start, end))
    return out


def cell_spans(clause: Clause) -> list[Span]:
    """Spans of the cells a row's own text holds, left to right, its number left out; never empty."""
    out: list[Span] = []
    position = clause.start
    for cell in clause.text.split("\t"):
        start = position + len(cell) - len(cell.lstrip())
        is_number = cell.strip() == clause.mark or (position == clause.start and cell.strip().isdecimal())
        if cell.strip() and not is_number:
            out.append((start, position + len(cell.rstrip())))
        position += len(cell) + 1
    return out or [(clause.start, clause.end)]


def _labelled(clause: Clause, text: str, at: int, *, alone: bool) -> str:
    """A whole cell as 列名：值; a sentence out of one, or a cell quoted alone, as it is."""
    columns = [column for column, value in clause.cells if readable(value) == text]
    own = column_at(clause, at)
    column = own if own in columns else next(iter(columns), None)
    if column is None or (alone and "单位" not in column and column_unit(clause, text) is None):
        return text
    ending = "" if text.endswith(("。", "；", "！", "？")) else "。"
    return fill("cell", column=column, value=text) + ending


def readable(text: str) -> str:
    """A quote as a sentence on one line: line breaks go, table cells are parted by a space."""
    return re.sub(r"[ \u3000]*\t[ \t\u3000]*", " ", re.sub(r"[ \u3000]*\n\s*", "", text)).strip()


def place_of(document: Document) -> str:
    """The place a document speaks for; its title where that is unknown."""
    code = document.metadata.jurisdiction
    if code is None:
        return f"《{document.title}》"
    return "国家层面" if code == NATION else name_of(code)


def lead_in(clause: Clause, library: Library) -> Span | None:
    """The sentence of the parent that opens the list a clause stands in; None elsewhere."""
    parent = library.parent(clause)
    if parent is None or clause.level not in _BELOW:
        return None
    before = sentences(parent)
    siblings = min((child.start for child in library.children(parent) if child.level in _BELOW), default=0)
    opening = [
        (parent.start + start, parent.start + end) for start, end in before if parent.start + end <= siblings
    ]
    return opening[-1] if opening else None


def _statement(question: Question, evidence: Evidence, library: Library) -> Statement:
    clause = evidence.clause
    document = library.document(clause.doc_id)
    spans = [(passage.start, passage.end) for passage in evidence.passages]
    spans = with_provisos(clause, spans)
    spans = with_lists(question, clause, document, spans, library)
    if Kind.BODY in question.kinds:
        spans = _with_bodies(clause, spans)
    if any(is_short_cell(clause, start - clause.start, end - clause.start) for start, end in spans):
        spans = _with_name(clause, spans)
    district = dict(question.districts).get(document.metadata.jurisdiction or "")
    is_named = any(document.doc_id in reference.doc_ids for reference in question.references)
    if district and not is_named:  # of a document named, nobody asks whether the district has its own
        return quoted_statement(
            document,
            clause,
            spans,
            library,
            "statement_district",
            place=place_of(document),
            district=district,
        )
    return quoted_statement(document, clause, spans, library, "statement", place=place_of(document))


def with_provisos(clause: Clause, spans: list[Span]) -> list[Span]:
    """Spans with the sentences right behind them, in the same line or cell, that limit what they say.

    And with the sentence before one that only goes on from it: 整改仍不合格的…, 逾期不改的….
    """
    out = set(spans)
    found = [(clause.start + start, clause.start + end) for start, end in sentences(clause)]
    joined = [
        (one, other)
        for one, other in pairwise(found)
        if _QUALIFIES.match(clause.text, other[0] - clause.start)
        and not clause.text[one[1] - clause.start : other[0] - clause.start].strip(" \u3000")
    ]
    for one, other in joined:
        if one in out:
            out.add(other)
    for one, other in reversed(joined):
        if other in out:
            out.add(one)
    return sorted(out)


def with_lists(
    question: Question, clause: Clause, document: Document, spans: list[Span], library: Library
) -> list[Span]:
    """Spans of a clause with the lead-in of an item, and the items a lead-in opens."""
    out: list[Span] = []
    n_items = sum(library.narrowest(clause, span).level in _BELOW for span in spans)
    whole = Kind.LIST in question.kinds or (Kind.FIGURE in question.kinds and n_items > 1)
    for span in spans:
        narrow = library.narrowest(clause, span)
        opening = lead_in(narrow, library)
        if opening and opening[0] >= clause.start:
            out.append(opening)
            if whole:  # some items of a list asked for are not the answer
                parent = library.parent(narrow)
                out.extend(
                    _items([c for c in library.children(parent) if c.level in _BELOW]) if parent else ()
                )
        out.append(span)
        items = [child for child in library.children(narrow) if child.level in _BELOW]
        opens = opens_list(document.text[span[0] : span[1]])
        if items and (opens or Kind.LIST in question.kinds) and span[1] <= items[0].start:
            out.extend(_items(items))
    for span in [] if clause.level in _ROWS else spans:
        out += _unmarked(clause, span, whole=whole)
    inside = [(start - clause.start, end - clause.start) for start, end in out]
    is_whole, told = _ALL_MEMBERS.search(question.body) is not None, sentences(clause)
    found = () if is_whole else behind_label(clause.text, told, inside)
    if Kind.LIST in question.kinds:
        found += series_around(clause.text, told, inside, whole=is_whole)
    out.extend((clause.start + start, clause.start + end) for start, end in found)
    return sorted(set(out))


def _unmarked(clause: Clause, span: Span, *, whole: bool) -> list[Span]:
    """Of a list without marks that a span opens or is an item of: all of it, or for an item its lead-in."""
    lines = run_on(clause.text, (span[0] - clause.start, span[1] - clause.start))
    least = clause.start + opening_length(clause)
    found = [(max(least, clause.start + start), clause.start + end) for start, end in lines]
    if not found or sum(end - start for start, end in found) > WHOLE_LIST_CHARS:
        return []
    is_opening = span[0] <= found[0][0] < span[1] or found[0][0] <= span[0] < found[0][1]
    return found if whole or is_opening else found[:1]


def _items(items: Sequence[Clause]) -> list[Span]:
    out, length = [], 0
    for item in items:
        length += item.end - item.start
        if length <= WHOLE_LIST_CHARS:
            out.append((item.start, item.end))
    return out


def _with_bodies(clause: Clause, spans: list[Span]) -> list[Span]:
    """Spans with the 责任单位 that follow them: in brackets, or in the cells of a row."""
    last = max(end for _, end in spans)
    found = [
        (clause.start + match.start(), clause.start + _closing(clause.text, match.start()))
        for match in _RESPONSIBLE.finditer(clause.text)
    ]
    following = [span for span in found if span[1] > last]
    extra = following[:1] or found[-1:]
    for column, value in clause.cells:
        position = clause.text.rfind(value) if value and "单位" in column else -1
        if position >= 0:
            extra.append((clause.start + position, clause.start + position + len(value)))
    inside = [span for span in extra if not any(start <= span[0] and span[1] <= end for start, end in spans)]
    return sorted({*spans, *inside})


def _with_name(clause: Clause, spans: list[Span]) -> list[Span]:
    """Spans with the cells left of the last of them: whose number it is that a cell holds."""
    last = max(start for start, _ in spans)
    naming = [
        span
        for span in cell_spans(clause)
        if span[0] < last and column_unit(clause, _cut(clause, span)) is None
    ]
    return sorted({*spans, *naming})


def _cut(clause: Clause, span: Span) -> str:
    return clause.text[span[0] - clause.start : span[1] - clause.start]


def _closing(text: str, start: int) -> int:
    """Where the bracket opened at `start` ends; the text's end when it never does."""
    opener, closer, depth = text[start], _OPENERS[text[start]], 0
    for position in range(start, len(text)):
        depth += (text[position] == opener) - (text[position] == closer)
        if depth == 0:
            return position + 1
    return len(text)


def _joined(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Spans in order; overlapping ones, and ones with nothing but white space between, become one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and not document.text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out
