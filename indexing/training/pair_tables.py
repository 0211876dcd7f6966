"""Pairs as numbers: what contrastive training reads batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from indexing.training.contrastive import PairTable
from indexing.training.pairs import Pair
from indexing.training.tokens import Cutter, TokenTable


def number_pairs(
    pairs: Iterable[Pair], vocabulary: Mapping[str, int], cut: Cutter
) -> tuple[TokenTable, dict[str, PairTable]]:
    """Every text of `pairs` as tokens, and for each source which rows its pairs are.

    A passage several pairs share stands once.
    """
    rows = _Rows()
    columns: dict[str, _Columns] = {}
    for pair in pairs:
        column = columns.setdefault(pair.source, _Columns())
        column.queries.append(rows.span((pair.query,))[0])
        column.spans.append(rows.span(pair.passage))
        column.negatives.append(tuple(rows.span(passage) for passage in pair.negatives))
    tables = {source: column.table() for source, column in columns.items()}
    return TokenTable.of(rows.texts, vocabulary, cut), tables


@dataclass(slots=True)
class _Rows:
    texts: list[str] = field(default_factory=list)
    known: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)

    def span(self, passage: tuple[str, ...]) -> tuple[int, int]:
        """Where the sentences of `passage` stand in `texts`, added if new."""
        if passage not in self.known:
            self.known[passage] = (len(self.texts), len(self.texts) + len(passage))
            self.texts.extend(passage)
        return self.known[passage]


@dataclass(slots=True)
class _Columns:
    queries: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    negatives: list[tuple[tuple[int, int], ...]] = field(default_factory=list)

    def table(self) -> PairTable:
        spans = np.array(self.spans, dtype=np.int64)
        mined = tuple(self.negatives) if any(self.negatives) else ()
        return PairTable(np.array(self.queries, dtype=np.int64), spans[:, 0], spans[:, 1], mined)
