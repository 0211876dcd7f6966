"""`compare`: topics × columns → a `Comparison`. The only module here that asks the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.comparing.cells import cell
from assistant.comparing.figures import NormReader
from assistant.comparing.passages import Passage, by_patterns
from assistant.comparing.types import Cell, Column, Topic
from assistant.library import Library
from assistant.scopes import Searcher
from indexing.types import Clause


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything a comparison is made with."""

    library: Library
    searcher: Searcher
    norms: NormReader
    as_of: date


def units_of(column: Column, library: Library) -> tuple[Clause, ...]:
    """The clauses of a column's documents, in order."""
    return tuple(clause for doc_id in column.doc_ids for clause in library.clauses(doc_id))


def cell_of(topic: Topic, column: Column, bench: Bench) -> Cell:
    """What a column says to a topic."""
    return cell(topic, column, passages_of(topic, column, bench), bench.norms, bench.library)


def passages_of(topic: Topic, column: Column, bench: Bench) -> Sequence[Passage]:
    """The passages of a column on a topic."""
    return by_patterns(topic, units_of(column, bench.library), bench.library)
