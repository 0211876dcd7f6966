"""Examples for the fusion from questions about other texts than the shipped ones: tune parts only."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexing.fusion import Source, floor_of
from indexing.signals import Lists
from indexing.training.listwise import Example
from indexing.training.passages import SIGNALS, PassageIndex
from indexing.training.question_sets import read_question_set
from indexing.training.splits import Part, Split, read_split
from indexing.training.written import Written, read_written
from indexing.types import Encoder

SETS = ("stard", "equals", "ncp_policy_qa", "gov_msgboard", "cjrc_test")

_MOST = 300  # questions of a set; more would only cost time
_EVEN = dict.fromkeys(SIGNALS, 1.0)


@dataclass(frozen=True, slots=True)
class AskedSet:
    """Passages (id, title, text) and the tune questions about them with the ids that answer each."""

    passages: tuple[tuple[str, str, str], ...]
    asked: tuple[tuple[str, frozenset[str]], ...]


def tune_examples(data: Path, encoder: Encoder, sources: Sequence[Source]) -> Iterator[list[Example]]:
    """Examples of each public set in `data`, then of the questions written for training.

    Raises:
        OSError: a set is missing.
    """
    split = read_split()
    for name in SETS:
        yield examples_of(_public(data, name, split), encoder, sources)
    yield examples_of(_written(read_written()), encoder, sources)


def examples_of(chosen: AskedSet, encoder: Encoder, sources: Sequence[Source]) -> list[Example]:
    """What the signals say of the passages found for each question; one without a right one gives none."""
    with tempfile.TemporaryDirectory(prefix="cewen-fusion-") as folder:
        index = PassageIndex(Path(folder), chosen.passages, encoder)
        found = []
        for question, right in chosen.asked[:_MOST]:
            asked, lists = index.lists(question)
            index.fused(asked, lists, _EVEN)  # adds what the words of the first say
            found.append(_example(lists, {n for n, name in enumerate(index.ids) if name in right}, sources))
    return [example for example in found if example.is_right.any()]


def _example(lists: Lists, right: Collection[int], sources: Sequence[Source]) -> Example:
    units = sorted({unit for ranked in lists.values() for unit, _ in ranked})
    place = {unit: row for row, unit in enumerate(units)}
    values = np.zeros((len(units), len(sources)))
    for source, ranked in lists.items():
        floor, column = floor_of(source, ranked), sources.index(source)
        for unit, value in ranked:
            values[place[unit], column] = max(0.0, value - floor)
    return Example(values, np.array([unit in right for unit in units], dtype=bool))


def _public(data: Path, name: str, split: Split) -> AskedSet:
    found = read_question_set(data, name)
    return AskedSet(
        tuple((passage, each.title, each.text) for passage, each in found.passages.items()),
        tuple((found.questions[query], frozenset(found.answers[query])) for query in split[name][Part.TUNE]),
    )


def _written(written: Sequence[Written]) -> AskedSet:
    """Every clause somebody wrote a question for; a wording that several documents share is right in all."""
    ids: Mapping[tuple[str, str], str] = {
        key: str(number)
        for number, key in enumerate(sorted({(each.document, each.passage) for each in written}))
    }
    named: dict[str, set[str]] = {}
    for (_, passage), number in ids.items():
        named.setdefault(passage, set()).add(number)
    return AskedSet(
        tuple((number, document, passage) for (document, passage), number in ids.items()),
        tuple((each.question, frozenset(named[each.passage])) for each in written if each.part is Part.TUNE),
    )
