"""`read_norms`: one clause of a document → the norms in it. Pure; nothing is looked up elsewhere.

A clause is read line by line (cell by cell in a table row). Names are blanked (`names`), days read
(`dates`), quantities found (`quantities`) and bounded (`bounds`); what is left is whose figure it is
(`parties`) and how binding (`wording`). All positions are of the folded copy, which keeps every
character in place, so a span holds in the text as issued.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.norms import parties, wording
from assistant.norms.blocks import Block, periods, read_block, sentences, words
from assistant.norms.bounds import Bound, bound
from assistant.norms.counting import counts
from assistant.norms.dates import Day
from assistant.norms.quantities import Quantity, quantities
from assistant.norms.ranges import merged
from assistant.norms.tables import cell_figures, cells
from assistant.norms.types import DATE_UNIT, Deadline, Norm, NormKind, Operator, Strength
from indexing.types import Clause, Document, Level, Span
from indexing.types import text_hash as hash_of

# Frame text that says nothing to comply with
_SILENT = re.compile(r"(?:^|/)(?:标题|主送|发文字号|落款|版记|附件说明|目录|签发|题注|公布令)$")
_PARTS_NEAR = 12  # parts of a sentence on either side that may say something of a figure
_PART_CHARS = 120
_ALSO = re.compile(r"\s*(?:和|、|或|及|以及)\s*")


@dataclass(frozen=True, slots=True)
class _Figure:
    quantity: Quantity
    bound: Bound
    per: Span | None


def read_norms(clause: Clause, document: Document) -> tuple[Norm, ...]:
    """What a clause requires, in the order of its text: figures, days, and duties without either.

    Reads all of the clause, clauses inside it included; ask for the narrowest clauses (or for units)
    to get each norm once. Empty for titles, signatures and other frame text.

    Args:
        clause: a clause of the document, of the same version.
        document: the document; lead-ins above an item are read from its text.
    """
    if clause.level is Level.FRAME and _SILENT.search(clause.path):
        return ()
    norms: list[Norm] = []
    for start, end in cells(document.text, clause.start, clause.end):
        block = read_block(document.text, start, end)
        norms += _of_block(block, clause, document)
    norms += _of_cells(clause, document)
    return tuple(sorted(norms, key=lambda norm: (norm.figure_start, norm.figure_end)))


def _of_block(block: Block, clause: Clause, document: Document) -> Iterator[Norm]:
    """The norms of one line or cell; a year it opens with holds until another is named."""
    current: Day | None = None
    for period in periods(block.folded):
        inherited: Norm | None = None
        parts = wording.segments(block.folded, *period)
        for start, end in sentences(block.folded, period):
            mine = [day for day in block.days if start <= day.start < end]
            held = current if current is not None and current.is_target else None
            current = next((day for day in mine if day.is_deadline), held)
            figures = _figures(block.folded, start, end)
            named = _bodies(block, (start, end), clause)
            for figure in figures:
                norm = _figure_norm(block, parts, (start, end), figure, current, named, clause, document)
                norm = _completed(norm, inherited)
                inherited = norm
                yield norm
            if not figures:
                yield from _without_figure(block, parts, (start, end), mine, named, clause, document)


def _figures(text: str, start: int, end: int) -> list[_Figure]:
    """The figures of one sentence, bounded, ranges of two bounds merged, mere names left out."""
    found: list[_Figure] = []
    previous_end = start
    for each in quantities(text[start:end]):
        quantity = replace(
            each, start=each.start + start, end=each.end + start, unit_start=each.unit_start + start
        )
        per = parties.per(text, max(start, _part_start(text, quantity.start)), quantity.start)
        if _is_base(text, quantity):
            continue
        bounded = bound(text, quantity, max(previous_end, _part_start(text, quantity.start)))
        if found and not bounded.is_worded and _ALSO.fullmatch(text[found[-1].quantity.end : quantity.start]):
            bounded = _as_before(bounded, found[-1], quantity)
        if counts(text, quantity, bounded, per is not None):
            found.append(_Figure(quantity, bounded, per))
        previous_end = quantity.end
    pairs = merged(text, [(figure.quantity, figure.bound) for figure in found])
    bases = {figure.quantity.start: figure.per for figure in found}
    return [_Figure(quantity, bounded, bases.get(quantity.start)) for quantity, bounded in pairs]


def _window(parts: list[Span], position: int) -> tuple[list[Span], int]:
    """The parts near a position, and which of them holds it: a sentence of thousands stays linear."""
    own = max(0, bisect_right(parts, (position, sys.maxsize)) - 1)
    first = max(0, own - _PARTS_NEAR)
    return parts[first : own + _PARTS_NEAR + 1], own - first


def _near(part: Span, bounded: Bound) -> Span:
    """A part of a sentence, cut where it goes on far beyond the figure."""
    return max(part[0], bounded.start - _PART_CHARS), min(part[1], bounded.end + _PART_CHARS)


def _as_before(bare: Bound, previous: _Figure, quantity: Quantity) -> Bound:
    """分别达到65%和55%: the word before the first figure bounds the second too."""
    is_same = previous.quantity.unit == quantity.unit and previous.bound.word
    return replace(bare, operator=previous.bound.operator, is_worded=True) if is_same else bare


def _part_start(text: str, position: int) -> int:
    """Where the part between commas that holds a position begins."""
    begin = max(0, position - _PART_CHARS)
    return max(begin - 1, *(text.rfind(mark, begin, position) for mark in "，,；;：:。\n")) + 1


def _is_base(text: str, quantity: Quantity) -> bool:
    """Whether a quantity is what another one is counted by: 每百户, 每三年."""
    return bool(
        re.search(r"每(?:隔|满|增加|超过|延长|减少)?\s*$", text[max(0, quantity.start - 4) : quantity.start])
    )


def _figure_norm(
    block: Block,
    parts: list[Span],
    sentence: Span,
    figure: _Figure,
    current: Day | None,
    named: tuple[str, ...],
    clause: Clause,
    document: Document,
) -> Norm:
    quantity, bounded, text = figure.quantity, figure.bound, block.folded
    parts, own = _window(parts, bounded.start)
    part = _near(parts[own], bounded)
    parts[own] = part
    said = wording.strength(
        text,
        parts,
        (bounded.start, bounded.end),
        bounded,
        block.lead_in,
        is_target=current is not None and current.is_target,
    )
    begin = figure.per[1] if figure.per else part[0]
    measured = parties.indicator(text, parts[:own], (begin, part[1]), bounded, quantity.unit)
    stop = measured[0] if measured and begin <= measured[0] < bounded.start else bounded.start
    subject = parties.each(text, figure.per) if figure.per else None
    subject = subject or parties.subject(text, parts[:own], (part[0], figure.per[0] if figure.per else stop))
    place = block.offset
    return Norm(
        kind=NormKind.FIGURE,
        subject=words(document, place, subject),
        indicator=words(document, place, measured),
        operator=bounded.operator,
        value=quantity.value,
        high=quantity.high,
        unit=quantity.unit,
        per=words(document, place, figure.per),
        printed=document.text[place + bounded.start : place + bounded.end],
        is_approximate=bounded.is_about,
        conditions=_conditions(document, place, parties.conditions(text, parts, own, bounded.start)),
        strength=said,
        bodies=named,
        deadline=_deadline(current, block, document) if current else None,
        clause_id=clause.clause_id,
        text_hash=clause.text_hash or hash_of(clause.text),
        start=place + sentence[0],
        end=place + sentence[1],
        figure_start=place + bounded.start,
        figure_end=place + bounded.end,
    )


def _completed(norm: Norm, previous: Norm | None) -> Norm:
    """What an elliptical part leaves out is what the part before said: 支持有条件的城市达到不少于80平方米."""
    if previous is None:
        return norm
    if previous.unit == norm.unit and norm.indicator in (None, previous.indicator):
        norm = replace(norm, indicator=previous.indicator, per=norm.per or previous.per)
    return norm if norm.subject else replace(norm, subject=previous.subject)


def _without_figure(
    block: Block,
    parts: list[Span],
    sentence: Span,
    mine: list[Day],
    named: tuple[str, ...],
    clause: Clause,
    document: Document,
) -> Iterator[Norm]:
    """A day a sentence sets, or the duty it states; nothing for a sentence that does neither."""
    start, end = sentence
    text, place = block.folded[start:end], block.offset
    day = next((each for each in mine if each.is_deadline or each.is_first), None)
    said = wording.of_sentence(text, block.lead_in)
    if day is None and said is None:
        return
    span = (day.start, day.end) if day else (start, start)
    base = parties.per(block.folded, start, end)
    subject = parties.subject(block.folded, [], _first_part(parts, sentence))
    if said is None:
        said = (
            Strength.STATED
            if day and day.is_first
            else Strength.TARGET
            if day and day.is_target
            else Strength.MUST
        )
    yield Norm(
        kind=NormKind.DATE if day else NormKind.DUTY,
        subject=words(document, place, subject),
        indicator=None,
        operator=None if day is None else Operator.EQUAL if day.is_first else Operator.AT_MOST,
        value=None,
        high=None,
        unit=DATE_UNIT if day else None,
        per=words(document, place, base),
        printed=document.text[place + span[0] : place + span[1]] if day else None,
        is_approximate=False,
        conditions=_conditions(
            document, place, parties.conditions(block.folded, parts, _own(parts, end - 1), end)
        ),
        strength=said,
        bodies=named,
        deadline=_deadline(day, block, document) if day else None,
        clause_id=clause.clause_id,
        text_hash=clause.text_hash or hash_of(clause.text),
        start=place + start,
        end=place + end,
        figure_start=place + span[0],
        figure_end=place + span[1],
    )


def _first_part(parts: list[Span], sentence: Span) -> Span:
    first = parts[_own(parts, sentence[0])]
    return max(first[0], sentence[0]), first[1]


def _own(parts: list[Span], position: int) -> int:
    return max(0, bisect_right(parts, (position, sys.maxsize)) - 1)


def _deadline(day: Day, block: Block, document: Document) -> Deadline:
    return Deadline(document.text[block.offset + day.start : block.offset + day.end], day.day)


def _conditions(document: Document, offset: int, spans: list[Span]) -> tuple[str, ...]:
    said = (words(document, offset, span) for span in spans)
    return tuple(dict.fromkeys(word for word in said if word))


def _bodies(block: Block, sentence: Span, clause: Clause) -> tuple[str, ...]:
    named = parties.bodies(block.folded, *sentence)
    return tuple(dict.fromkeys((*named, *clause.responsible)))


def _of_cells(clause: Clause, document: Document) -> Iterator[Norm]:
    """Bare numbers of a table row, with the unit of their column."""
    for figure in cell_figures(clause, document):
        first = next((value for _, value in clause.cells if value and not value[0].isdecimal()), None)
        yield Norm(
            kind=NormKind.FIGURE,
            subject=first,
            indicator=figure.indicator or None,
            operator=figure.operator,
            value=figure.value,
            high=None,
            unit=figure.unit,
            per=None,
            printed=document.text[figure.start : figure.end],
            is_approximate=figure.operator is Operator.ABOUT,
            conditions=(),
            strength=Strength.STATED,
            bodies=clause.responsible,
            deadline=None,
            clause_id=clause.clause_id,
            text_hash=clause.text_hash or hash_of(clause.text),
            start=figure.start,
            end=figure.end,
            figure_start=figure.start,
            figure_end=figure.end,
        )
