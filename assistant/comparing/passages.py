"""The sentences of a column that speak to a topic: by the topic's patterns, or found by the search.

A sentence is looked at in its parts (between commas): a part that speaks of something else does not
count, and the parts that do are where strength and figures are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.comparing.types import Patterns, Topic
from assistant.judging import is_answerable
from assistant.library import Library
from indexing.folding import fold_tight
from indexing.types import Clause, Span

# "(责任单位:市建委)" a whole sentence that only names bodies; "(责任单位:市建委)坚持…" says more
_NAMES_BODIES = re.compile(r"^[(\[]?(?P<label>(?:责任|牵头|配合)单位):[^)\]]*[)\]]*$")
# between the parts of a sentence; not the comma of 1,200
_PART_END = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[；;：:。()（）!?！？\n\t]")


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


def by_patterns(topic: Topic, clauses: Iterable[Clause], library: Library) -> tuple[Passage, ...]:
    """Passages of a shipped topic among units, in their order; the same wording only once.

    Args:
        topic: with `says`; a topic without patterns finds nothing.
        clauses: units of the documents of one column.
        library: which folds and cuts their texts.
    """
    found: list[Passage] = []
    for unit, start, end, folded in sentences_of(clauses, library):
        bodies = _NAMES_BODIES.match(folded)  # speaks of 责任单位, not of what its bodies are called
        said = bodies["label"] if bodies else folded
        if topic.says and (_any(topic.says[0]).search(said) or _says_also(topic, said)):
            passage = _passage(topic, unit, (start, end), library)
            found += [passage] if passage else []
    return distinct(found)


def sentences_of(clauses: Iterable[Clause], library: Library) -> Iterator[tuple[Clause, int, int, str]]:
    """Every sentence that can rule something: its unit, its span in the document, its folded text.

    Cells that only name bodies are left out, and so are headings that say nothing.
    """
    seen: set[tuple[str, int, int]] = set()
    for unit in clauses:
        if not unit.is_unit or not is_answerable(unit):
            continue
        bodies = {fold_tight(value) for column, value in unit.cells if "单位" in column or column == "序号"}
        for start, end, folded in library.sentences(unit):
            span = (unit.doc_id, unit.start + start, unit.start + end)
            if span in seen or folded in bodies or _is_heading(unit, folded):
                continue
            seen.add(span)
            yield unit, span[1], span[2], folded


def _is_heading(unit: Clause, folded: str) -> bool:
    return folded.rstrip("。.:") == fold_tight(unit.heading or "").rstrip("。.:")


def _passage(topic: Topic, unit: Clause, span: Span, library: Library) -> Passage | None:
    text = library.document(unit.doc_id).text
    parts = parts_of(text, span)
    speaking = [part for part in parts if not (topic.unless and _any(topic.unless).search(part.folded))]
    said = ",".join(part.folded for part in speaking)
    is_also = _says_also(topic, said)
    if not is_also and not all(_any(group).search(said) for group in topic.says):
        return None
    focus = _focus(topic, parts, speaking, is_also=is_also)
    share = sum(len(set(_any(group).findall(said))) for group in topic.says) + float(is_also)
    return Passage(library.narrowest(unit, span), unit, *span, parts, focus, share)


def _focus(topic: Topic, parts: Sequence[Part], speaking: Sequence[Part], *, is_also: bool) -> tuple[int, ...]:
    """Parts that hold a word of the first group; where a pattern spans several parts, all that speak."""
    patterns = topic.also if is_also else topic.says[0]
    own = [i for i, part in enumerate(parts) if part in speaking and _any(patterns).search(part.folded)]
    return tuple(own) or tuple(i for i, part in enumerate(parts) if part in speaking)


def _says_also(topic: Topic, folded: str) -> bool:
    return bool(topic.also) and _any(topic.also).search(folded) is not None


def parts_of(text: str, span: Span) -> tuple[Part, ...]:
    """The parts of `text[start:end]` between commas, colons and brackets, in order; blank ones are left out.

    >>> [part.folded for part in parts_of("服务功能不少于3项，其中养老、托育不少于 2 项。", (0, 26))]
    ['服务功能不少于3项', '其中养老、托育不少于2项']
    """
    start, end = span
    parts: list[Part] = []
    for match in [*_PART_END.finditer(text, start, end), None]:
        stop = end if match is None else match.start()
        folded = fold_tight(text[start:stop])
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
