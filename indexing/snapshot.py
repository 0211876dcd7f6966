"""One generation of the index, open for searching, with the library it was built from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from indexing.building import DENSE_DIR, LEXICAL_DIR, has_vectors, probe_of
from indexing.dense import DenseIndex
from indexing.errors import RerankerUnavailable, StaleIndex
from indexing.fusion import (
    DEPTH,
    FRAME_PRIOR,
    WEIGHTS,
    WEIGHTS_WITH_SENTENCE_MODEL,
    Source,
    choose_focus,
    drop_relatives,
    focus_terms,
    fuse,
)
from indexing.lexical import LexicalIndex, LexicalTerms
from indexing.library import Library, Shelved
from indexing.query_vectors import QueryVectors
from indexing.reranking import RerankPlan, rerank
from indexing.types import (
    Clause,
    ClauseHit,
    Encoder,
    Focus,
    Found,
    SearchFilter,
    SearchMode,
    Similarity,
    Span,
)
from indexing.units import UnitTable, unit_spans
from indexing.vectors import FloatVector


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What `ClauseIndex.find_clauses` was called with."""

    query: str
    top_k: int
    mode: SearchMode
    filters: SearchFilter
    asked: str  # in whole sentences, for models that read them


@dataclass(frozen=True, slots=True)
class _Direction:
    """A question's vector and what its inner products mean: 0 at `floor`, 1 at `floor + width`."""

    vector: FloatVector
    floor: float = 0.0
    width: float = 1.0

    def strength(self, product: float) -> float:
        return (product - self.floor) / self.width


@dataclass(frozen=True, slots=True)
class _Query:
    text: str
    asked: str
    direction: _Direction | None  # None when vectors are not asked, or there are none
    idf: Mapping[str, float]


class Snapshot:
    """Answers searches; never changes. The engines load when first asked."""

    def __init__(
        self,
        directory: Path,
        library: Library,
        encoder: Encoder | None,
        reranking: RerankPlan | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        """Take a verified generation.

        Args:
            directory: its files.
            library: the documents it was made from.
            encoder: made its vectors; None when another one did, and only words are searched.
            reranking: who reorders the first hits of a hybrid search; None for nobody.
            notices: what a user should know about this generation.
        """
        self.library = library
        self.notices = notices
        self._directory = directory
        self._encoder = encoder
        self._reranking = reranking
        self._table = UnitTable.load(directory)
        self._refuse_if_incomplete()

    @cached_property
    def _lexical(self) -> LexicalIndex:
        return LexicalIndex.load(self._directory / LEXICAL_DIR)

    @cached_property
    def _dense(self) -> DenseIndex | None:
        """None where there are no vectors, or another encoder's."""
        if self._encoder is None or not has_vectors(self._directory):
            return None
        return DenseIndex.load(self._directory / DENSE_DIR)

    @cached_property
    def _queries(self) -> QueryVectors | None:
        if self._encoder is None or self._dense is None:
            return None
        return QueryVectors(self._encoder, self._dense.dim, probe_of(self._directory))

    def _refuse_if_incomplete(self) -> None:
        """A document that was damaged when the index was built and has been repaired since."""
        indexed = {document.doc_id for document in self._table.documents}
        for doc_id in self.library.doc_ids:
            if doc_id not in indexed and self.library.shelved(doc_id):
                raise StaleIndex(f"索引中缺少文件 {doc_id}，请运行 cewen index 重建。")

    def warm_up(self) -> None:
        """Load engines and models; failures are left for the search that meets them."""
        if self._queries:
            self._queries.of("政策")
        if self._reranking:
            with suppress(RerankerUnavailable):
                self._reranking.reranker.prepare()

    def search(self, request: SearchRequest) -> Found:
        """See `ClauseIndex.find_clauses`."""
        query, lacked = self._query(request)
        found, n_problems = Found(()), -1
        while n_problems < len(self.library.problems):  # again without a document found damaged just now
            n_problems = len(self.library.problems)
            found = self._hits(query, request)
        return Found(found.hits, tuple(dict.fromkeys((*self.notices, *lacked, *found.notices))))

    def _query(self, request: SearchRequest) -> tuple[_Query, tuple[str, ...]]:
        """What is searched for, and why vectors have no part in it where they should."""
        idf = self._lexical.idf(focus_terms(request.query))
        if request.mode is SearchMode.LEXICAL or self._queries is None or self._encoder is None:
            return _Query(request.query, request.asked, None, idf), ()
        text = request.asked if self._encoder.reads_sentences else request.query
        got = self._queries.of(text)
        direction = None if got.vector is None else self._direction(got.vector)
        return _Query(request.query, request.asked, direction, idf), (got.trouble,) if got.trouble else ()

    def _direction(self, vector: FloatVector) -> _Direction:
        """Transformers find all texts of a language alike: for them the mean of the index counts as 0."""
        if self._encoder is None or self._dense is None or not self._encoder.reads_sentences:
            return _Direction(vector)
        mean = self._dense.mean_score(vector)
        return _Direction(vector, max(mean, 0.0) if self._encoder.similarity is Similarity.COSINE else mean)

    def _hits(self, query: _Query, request: SearchRequest) -> Found:
        allowed = self._table.allowed(request.filters, without=tuple(self.library.problems))
        lists: dict[Source, list[tuple[int, float]]] = {}
        if request.mode is not SearchMode.DENSE:
            lists[Source.WORDS] = self._lexical.search(query.text, DEPTH, allowed, LexicalTerms.WORDS)
            lists[Source.BIGRAMS] = self._lexical.search(query.text, DEPTH, allowed, LexicalTerms.BIGRAMS)
        if query.direction is not None:
            query, lists[Source.DENSE] = self._nearest(query, query.direction, allowed)
        fused = fuse(lists, self._weights, prior=self._prior, tie=self._table.clause_id)
        ranked, lacked = self._ranked(query, fused, request)
        hits = [self._hit(query, number, score) for number, score in ranked]
        return Found(tuple(hit for hit in hits if hit), lacked)

    def _nearest(
        self, query: _Query, direction: _Direction, allowed: Collection[int] | None
    ) -> tuple[_Query, list[tuple[int, float]]]:
        """Units by their nearest sentence; the query learns how near the nearest is."""
        if self._dense is None:
            return query, []
        hits = self._dense.search(direction.vector, DEPTH, allowed, direction.floor)
        if hits and self._encoder is not None and self._encoder.reads_sentences:
            direction = replace(direction, width=hits[0].score - direction.floor)
        nearest = [(hit.unit, direction.strength(hit.score)) for hit in hits]
        return replace(query, direction=direction), nearest

    def _ranked(
        self, query: _Query, fused: list[tuple[int, float]], request: SearchRequest
    ) -> tuple[list[tuple[int, float]], tuple[str, ...]]:
        """The best `top_k`, reranked where a reranker is set, and why not where it failed."""
        if self._reranking is None or request.mode is not SearchMode.HYBRID:
            return drop_relatives(fused, self._table.ancestors, request.top_k), ()
        depth = max(request.top_k, self._reranking.depth)
        ranked = drop_relatives(fused, self._table.ancestors, depth)
        try:
            return rerank(query.asked, ranked, self._readable, self._reranking)[: request.top_k], ()
        except RerankerUnavailable as exc:
            return ranked[: request.top_k], (f"{str(exc).rstrip('。')}；本次没有重排。",)

    def _readable(self, number: int) -> str:
        """What a reranker reads of a unit: title, headings, text; "" when its document is gone."""
        shelved = self.library.shelved(self._table.doc_id(number))
        clause = shelved.clauses.get(self._table.units[number].path) if shelved else None
        if shelved is None or clause is None:
            return ""
        return "\n".join((shelved.document.title, *clause.headings, clause.text))

    @property
    def _weights(self) -> Mapping[Source, float]:
        reads = self._encoder is not None and self._encoder.reads_sentences
        return WEIGHTS_WITH_SENTENCE_MODEL if reads else WEIGHTS

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
        near = self._sentence_strengths(query, number)
        best = choose_focus(query.text, text[start:end], query.idf, near, offset=start) or (start, end)
        return Focus(shelved.narrowest(clause, best).path, *best, text[best[0] : best[1]])

    def _sentence_strengths(self, query: _Query, number: int) -> dict[Span, float]:
        """How near each sentence of a unit is; empty where vectors have no part."""
        if query.direction is None or self._dense is None:
            return {}
        products = self._dense.sentence_scores(query.direction.vector, number)
        return {span: query.direction.strength(product) for span, product in products.items()}
