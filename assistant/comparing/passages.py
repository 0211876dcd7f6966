"""The sentences of a column that speak to a topic: by the topic's patterns, or found by the search.

A sentence is looked at in its parts (between commas): a part that speaks of something else does not
count, and the parts that do are where strength and figures are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.comparing.types import Patterns, Topic
from assistant.judging.evidence import is_answerable
from assistant.library import Library
from assistant.norms import Norm, read_norms
from assistant.norms.blocks import lead_in_at
from indexing.folding import fold_tight
from indexing.types import Clause, Span

# "（责任单位：市建委）坚持…": the bodies of what stands before
_BODIES_BEFORE = re.compile(r"[（(\[]\s*(?:责任|牵头|配合)单位[:：][^）)\]]*[）)\]]\s*(?=[^\s）)\]])")
# "(责任单位:市建委)" a whole sentence that only names bodies; "(责任单位:市建委)坚持…" says more
_NAMES_BODIES = re.compile(r"^[(\[]?(?P<label>(?:责任|牵头|配合)单位):[^)\]]*[)\]]*$")
# between the parts of a sentence; not the comma of 1,200
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_FILLER = "\ufffc"  # stands for each character of a title
_PART_END = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[；;：:。()（）!?！？\n\t]")

_SAYS_MORE = re.compile(r"[\d。;!?]$|[\d,]")

Sentence = tuple[Clause, int, int, str]
"""A unit, the span of one of its sentences in the document, and the sentence folded."""

NormReader = Callable[[Clause], tuple[Norm, ...]]
"""The norms of a unit, each with its place in the document."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence between commas: its span in the document and its folded text."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence on a topic, in the narrowest clause that holds it."""

    clause: Clause  # narrowest
    unit: Clause  # what a search would name
    start: int
    end: int
    parts: tuple[Part, ...]
    focus: tuple[int, ...]  # which parts speak to the topic
    share: float  # how much it says of the topic; higher is better
    echoes: tuple[Clause, ...] = ()  # units that say the same again, as an annex does
    may_measure: bool = True  # False where a figure in it may be of something else
    measured: tuple[int, ...] | None = None  # of a free topic: the parts whose figures belong to it
    is_certain: bool = True  # False where it may speak of something else: 待核
    lead_in: str = ""  # folded line that introduces the list it stands in: 不得有下列行为:


class Readings:
    """What a comparison reads of a library again and again, each sentence and norm once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self._norms: dict[str, tuple[Norm, ...]] = {}

    def sentences(self, doc_ids: Iterable[str]) -> Iterator[Sentence]:
        """Every sentence of these documents that can rule something, in order."""
        for doc_id in doc_ids:
            found = self._sentences.get(doc_id)
            if found is None:
                found = tuple(sentences_of(self.library.clauses(doc_id), self.library))
                self._sentences[doc_id] = found
            yield from found

    def norms(self, unit: Clause) -> tuple[Norm, ...]:
        """The norms of a unit."""
        found = self._norms.get(unit.clause_id)
        if found is None:
            found = read_norms(unit, self.library.document(unit.doc_id))
            self._norms[unit.clause_id] = found
        return found


def by_patterns(topic: Topic, doc_ids: Iterable[str], readings: Readings) -> tuple[Passage, ...]:
    """Passages of a shipped topic in the documents of one column, in order; the same wording once.

    A sentence of a dated topic may also stand under a day named before it. A topic without
    patterns finds nothing.
    """
    found: list[Passage] = []
    library = readings.library
    for unit, start, end, folded in readings.sentences(doc_ids):
        bodies = _NAMES_BODIES.match(folded)  # speaks of 责任单位, not of what its bodies are called
        said = bodies["label"] if bodies else folded
        if topic.says and (_any(topic.says[0]).search(said) or _says_also(topic, said)):
            passage = _passage(topic, unit, (start, end), library)
            found += [passage] if passage else []
        elif topic.is_dated and _is_due(topic, readings.norms(unit), (start, end)):
            parts = parts_of(library.document(unit.doc_id).text, (start, end))
            narrowest, all_of_it = library.narrowest(unit, (start, end)), tuple(range(len(parts)))
            lead_in = lead_in_at(library.document(unit.doc_id).text, start)
            passage = Passage(narrowest, unit, start, end, parts, all_of_it, share=0.5, lead_in=lead_in)
            found.append(passage)
    return distinct(found)


def _is_due(topic: Topic, norms: Iterable[Norm], span: Span) -> bool:
    """Whether a figure of the sentence is due on a day that the topic names."""
    due = (norm.deadline for norm in norms if norm.is_figure and span[0] <= norm.figure_start < span[1])
    return any(day is not None and _any(topic.says[0]).search(fold_tight(day.text)) for day in due)


def sentences_of(clauses: Iterable[Clause], library: Library) -> Iterator[Sentence]:
    """Every sentence that can rule something: its unit, its span in the document, its folded text.

    Cells that only name bodies are left out, and so are headings that say nothing.
    """
    seen: set[tuple[str, int, int]] = set()
    for unit in clauses:
        if not unit.is_unit or not is_answerable(unit):
            continue
        bodies = {fold_tight(value) for column, value in unit.cells if "单位" in column or column == "序号"}
        bodies |= _labels(unit)
        for start, end, folded in library.sentences(unit):
            before = _BODIES_BEFORE.match(unit.text, start, end)
            if before:
                start, folded = before.end(), fold_tight(unit.text[before.end() : end])  # noqa: PLW2901
            span = (unit.doc_id, unit.start + start, unit.start + end)
            if span in seen or folded in bodies or _is_heading(unit, folded):
                continue
            seen.add(span)
            yield unit, span[1], span[2], folded


def _labels(unit: Clause) -> set[str]:
    """Cells of a table row that only say under what the longest one stands: 重点任务, 类型. Folded."""
    folded = [fold_tight(value) for _, value in unit.cells]
    longest = max(map(len, folded), default=0)
    return {one for one in folded if 2 * len(one) <= longest and not _SAYS_MORE.search(one)}


def _is_heading(unit: Clause, folded: str) -> bool:
    said, heading = folded.rstrip("。.:"), fold_tight(unit.heading or "").rstrip("。.:")
    return said in (heading, fold_tight(unit.mark or "") + heading)


def _passage(topic: Topic, unit: Clause, span: Span, library: Library) -> Passage | None:
    text = library.document(unit.doc_id).text
    parts = parts_of(text, span)
    speaking = [part for part in parts if not (topic.unless and _any(topic.unless).search(part.folded))]
    said = ",".join(part.folded for part in speaking)
    is_also = _says_also(topic, said)
    if not is_also and not all(_any(group).search(said) for group in topic.says):
        return None
    focus = _focus(topic, parts, speaking, is_also=is_also)
    words = sum(len(set(_any(group).findall(said))) for group in topic.says) + float(is_also)
    # between sentences with as many words of the topic, the one that says little else
    share = words + sum(len(parts[i].folded) for i in focus) / (1 + sum(len(part.folded) for part in parts))
    lead_in = lead_in_at(text, span[0])
    return Passage(library.narrowest(unit, span), unit, *span, parts, focus, share, lead_in=lead_in)


def _focus(
    topic: Topic, parts: Sequence[Part], speaking: Sequence[Part], *, is_also: bool
) -> tuple[int, ...]:
    """Parts that hold a word of the first group; where a pattern spans several parts, all that speak."""
    patterns = topic.also if is_also else topic.says[0]
    own = [i for i, part in enumerate(parts) if part in speaking and _any(patterns).search(part.folded)]
    return tuple(own) or tuple(i for i, part in enumerate(parts) if part in speaking)


def _says_also(topic: Topic, folded: str) -> bool:
    return bool(topic.also) and _any(topic.also).search(folded) is not None


def parts_of(text: str, span: Span) -> tuple[Part, ...]:
    """The parts of `text[start:end]` between commas, colons and brackets, in order; blank ones are left out.

    A title in 《》 is not cut and says nothing: of it only the marks are left in what is folded.

    >>> [part.folded for part in parts_of("服务功能不少于3项，其中养老、托育不少于 2 项。", (0, 26))]
    ['服务功能不少于3项', '其中养老、托育不少于2项']
    """
    start, end = span
    parts: list[Part] = []
    plain = text[:start] + _TITLE.sub(lambda title: f"《{_FILLER * (len(title[0]) - 2)}》", text[start:end])
    for match in [*_PART_END.finditer(plain, start, end), None]:
        stop = end if match is None else match.start()
        folded = fold_tight(plain[start:stop].replace(_FILLER, ""))
        if folded:
            parts.append(Part(start, stop, folded))
        start = stop if match is None else match.end()
    return tuple(parts)


def distinct(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Passages in order, each wording once; the units that repeat it become its echoes."""
    kept: dict[str, Passage] = {}
    for passage in passages:
        own = "".join(part.folded for part in passage.parts)
        same = next((said for said in kept if own in said), None)
        if same is None:
            kept[own] = passage
        else:
            kept[same] = replace(kept[same], echoes=(*kept[same].echoes, passage.unit))
    return tuple(kept.values())


@lru_cache(maxsize=2048)
def _any(patterns: Patterns) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def holds(patterns: Patterns, folded: str) -> bool:
    """Whether a folded text holds one of the patterns; True for none."""
    return not patterns or _any(patterns).search(folded) is not None
