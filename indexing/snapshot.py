"""One generation of the index, open for searching, with the library it was built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexing.dense import FloatVector
from indexing.encoder import word_encoder
from indexing.errors import StaleIndex
from indexing.fusion import (
    ALIGNED_DEPTH,
    FRAME_PRIOR,
    Source,
    balance,
    choose_focus,
    drop_relatives,
    explain,
    focus_terms,
    fuse,
)
from indexing.library import Library, Shelved
from indexing.query import Query, concept_groups, read_query
from indexing.signals import Asked, Engines, aligned, signal_lists, sources_of
from indexing.types import Clause, ClauseHit, Encoder, Focus, SearchFilter, SearchMode, Signal
from indexing.units import UnitTable, unit_spans


@dataclass(frozen=True, slots=True)
class _Reading:
    """A query read once for several passes."""

    query: Query
    vector: FloatVector | None  # None when vectors are not asked
    idf: Mapping[str, float]


class Snapshot:
    """Answers searches; never changes. The engines load when first asked."""

    def __init__(self, directory: Path, library: Library, encoder: Encoder) -> None:
        self.library = library
        self._encoder = encoder
        self._engines = Engines(directory)
        self._table = UnitTable.load(directory)
        self._refuse_if_incomplete()

    def _refuse_if_incomplete(self) -> None:
        """A document that was damaged when the index was built and has been repaired since."""
        indexed = {document.doc_id for document in self._table.documents}
        for doc_id in self.library.doc_ids:
            if doc_id not in indexed and self.library.shelved(doc_id):
                raise StaleIndex(f"索引中缺少文件 {doc_id}，请运行 cewen index 重建。")

    def search(
        self,
        text: str,
        top_k: int,
        mode: SearchMode,
        filters: SearchFilter,
        weights: Mapping[Source, float],
    ) -> tuple[ClauseHit, ...]:
        """See `ClauseIndex.search`; a signal without a weight is not asked."""
        reading = self._read(text, mode)
        wanted = {source: weight for source, weight in weights.items() if source in sources_of(mode)}
        hits, n_problems = None, -1
        while n_problems < len(self.library.problems):  # again without a document found damaged just now
            n_problems = len(self.library.problems)
            hits = self._hits(reading, top_k, wanted, filters)
        return tuple(hits or ())

    def aligned(self, text: str, passages: Sequence[str]) -> list[float]:
        """See `ClauseIndex.aligned`."""
        return self._engines.alignment.scores_of_texts(concept_groups(text), passages, word_encoder())

    def _read(self, text: str, mode: SearchMode) -> _Reading:
        documents = self._table.documents
        places = {document.jurisdiction for document in documents} - {None}
        query = read_query(text, [d.doc_id for d in documents], {place for place in places if place})
        vector = None if mode is SearchMode.LEXICAL else self._encoder.encode([query.text])[0]
        return _Reading(query, vector, self._engines.lexical.idf(focus_terms(query.text)))

    def _hits(
        self, reading: _Reading, top_k: int, weights: Mapping[Source, float], filters: SearchFilter
    ) -> list[ClauseHit]:
        allowed = self._table.allowed(filters, without=tuple(self.library.problems))
        asked = Asked(reading.query, reading.vector, allowed)
        lists = signal_lists(asked, self._engines, self._table, weights)
        fused = fuse(lists, weights, prior=self._prior, tie=self._table.clause_id)
        if Source.ALIGNED in weights:
            first = [number for number, _ in fused[: max(ALIGNED_DEPTH, top_k)]]
            lists[Source.ALIGNED] = aligned(asked, self._engines, first)
            fused = fuse(lists, weights, prior=self._prior, tie=self._table.clause_id)
        if len(reading.query.jurisdictions) > 1:
            fused = balance(fused, self._table.jurisdiction, reading.query.jurisdictions)
        ranked = drop_relatives(fused, self._table.ancestors, top_k)
        said = explain([number for number, _ in ranked], lists, weights)
        hits = [self._hit(reading, number, score, said[number]) for number, score in ranked]
        return [hit for hit in hits if hit]

    def _prior(self, number: int) -> float:
        return FRAME_PRIOR if self._table.is_frame(number) else 1.0

    def _hit(
        self, reading: _Reading, number: int, score: float, said: tuple[Signal, ...]
    ) -> ClauseHit | None:
        """The hit, or None when its document cannot be read any more."""
        shelved = self.library.shelved(self._table.doc_id(number))
        if shelved is None:
            return None
        clause = shelved.clauses.get(self._table.units[number].path)
        if clause is None:  # read again by another process since; the new index is about to follow
            return None
        return ClauseHit(clause, self._focus(reading, number, clause, shelved), score, said)

    def _focus(self, reading: _Reading, number: int, clause: Clause, shelved: Shelved) -> Focus:
        """The best sentence of the unit's longest piece, addressed by the narrowest clause around it."""
        text = shelved.document.text
        pieces = unit_spans(clause, shelved) or ((clause.start, clause.end),)
        start, end = max(pieces, key=lambda span: span[1] - span[0])
        vector = reading.vector
        cosines = {} if vector is None else self._engines.dense.sentence_scores(vector, number)
        asked = reading.query.text
        best = choose_focus(asked, text[start:end], reading.idf, cosines, offset=start) or (start, end)
        return Focus(shelved.narrowest(clause, best).path, *best, text[best[0] : best[1]])
