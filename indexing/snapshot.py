"""One generation of the index, open for searching, with the library it was built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from indexing.building import DENSE_DIR, LEXICAL_DIR
from indexing.dense import DenseIndex, FloatVector
from indexing.errors import StaleIndex
from indexing.fusion import DEPTH, FRAME_PRIOR, Source, choose_focus, drop_relatives, focus_terms, fuse
from indexing.lexical import LexicalIndex, LexicalTerms
from indexing.library import Library, Shelved
from indexing.types import Clause, ClauseHit, Encoder, Focus, SearchFilter, SearchMode
from indexing.units import UnitTable, unit_spans


@dataclass(frozen=True, slots=True)
class _Query:
    text: str
    vector: FloatVector | None  # None when vectors are not asked
    idf: Mapping[str, float]


class Snapshot:
    """Answers searches; never changes. The engines load when first asked."""

    def __init__(self, directory: Path, library: Library, encoder: Encoder) -> None:
        self.library = library
        self._directory = directory
        self._encoder = encoder
        self._table = UnitTable.load(directory)
        self._refuse_if_incomplete()

    @cached_property
    def _lexical(self) -> LexicalIndex:
        return LexicalIndex.load(self._directory / LEXICAL_DIR)

    @cached_property
    def _dense(self) -> DenseIndex:
        return DenseIndex.load(self._directory / DENSE_DIR)

    def _refuse_if_incomplete(self) -> None:
        """A document that was damaged when the index was built and has been repaired since."""
        indexed = {document.doc_id for document in self._table.documents}
        for doc_id in self.library.doc_ids:
            if doc_id not in indexed and self.library.shelved(doc_id):
                raise StaleIndex(f"索引中缺少文件 {doc_id}，请运行 cewen index 重建。")

    def search(self, text: str, top_k: int, mode: SearchMode, filters: SearchFilter) -> tuple[ClauseHit, ...]:
        """See `ClauseIndex.search`."""
        query = self._query(text, mode)
        hits, n_problems = None, -1
        while n_problems < len(self.library.problems):  # again without a document found damaged just now
            n_problems = len(self.library.problems)
            hits = self._hits(query, top_k, mode, filters)
        return tuple(hits or ())

    def _query(self, text: str, mode: SearchMode) -> _Query:
        terms = focus_terms(text)
        vector = None if mode is SearchMode.LEXICAL else self._encoder.encode([text])[0]
        return _Query(text, vector, self._lexical.idf(terms))

    def _hits(self, query: _Query, top_k: int, mode: SearchMode, filters: SearchFilter) -> list[ClauseHit]:
        allowed = self._table.allowed(filters, without=tuple(self.library.problems))
        lists: dict[Source, list[tuple[int, float]]] = {}
        if mode is not SearchMode.DENSE:
            lists[Source.WORDS] = self._lexical.search(query.text, DEPTH, allowed, LexicalTerms.WORDS)
            lists[Source.BIGRAMS] = self._lexical.search(query.text, DEPTH, allowed, LexicalTerms.BIGRAMS)
        if query.vector is not None:
            nearest = self._dense.search(query.vector, DEPTH, allowed)
            lists[Source.DENSE] = [(hit.unit, hit.score) for hit in nearest]
        fused = fuse(lists, prior=self._prior, tie=self._table.clause_id)
        ranked = drop_relatives(fused, self._table.ancestors, top_k)
        hits = [self._hit(query, number, score) for number, score in ranked]
        return [hit for hit in hits if hit]

    def _prior(self, number: int) -> float:
        return FRAME_PRIOR if self._table.is_frame(number) else 1.0

    def _hit(self, query: _Query, number: int, score: float) -> ClauseHit | None:
        """The hit, or None when its document cannot be read any more."""
        shelved = self.library.shelved(self._table.doc_id(number))
        if shelved is None:
            return None
        clause = shelved.clauses.get(self._table.units[number].path)
        if clause is None:  # read again by another process since; the new index is about to follow
            return None
        return ClauseHit(clause, self._focus(query, number, clause, shelved), score)

    def _focus(self, query: _Query, number: int, clause: Clause, shelved: Shelved) -> Focus:
        """The best sentence of the unit's longest piece, addressed by the narrowest clause around it."""
        text = shelved.document.text
        pieces = unit_spans(clause, shelved) or ((clause.start, clause.end),)
        start, end = max(pieces, key=lambda span: span[1] - span[0])
        cosines = {} if query.vector is None else self._dense.sentence_scores(query.vector, number)
        best = choose_focus(query.text, text[start:end], query.idf, cosines, offset=start) or (start, end)
        return Focus(shelved.narrowest(clause, best).path, *best, text[best[0] : best[1]])
