"""One generation of the index, open for searching, with the library it was built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from indexing.building import probe_of
from indexing.encoder import word_encoder
from indexing.errors import RerankerUnavailable, StaleIndex
from indexing.fusion import (
    ALIGNED_DEPTH,
    FRAME_PRIOR,
    Source,
    choose_focus,
    explain,
    focus_terms,
    fuse,
)
from indexing.library import Library, Shelved
from indexing.ordering import balance, drop_relatives, lift, mix_tail, vouch
from indexing.query import MAX_CHARS, Query, concept_groups, read_query
from indexing.query_vectors import QueryVectors
from indexing.reranking import RerankPlan, rerank
from indexing.respelling import Respelled, respell
from indexing.signals import (
    Asked,
    Direction,
    Engines,
    Lists,
    aligned,
    exactly_named,
    only_found,
    signal_lists,
    sources_of,
)
from indexing.types import (
    Clause,
    ClauseHit,
    Encoder,
    Focus,
    Found,
    SearchFilter,
    SearchMode,
    Signal,
    Similarity,
    Span,
)
from indexing.units import UnitTable, unit_spans
from indexing.vectors import FloatVector
from indexing.weights import weights_for

_REMEMBERED = 64  # questions as read; one answer searches several places with the same words


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What `ClauseIndex.find_clauses` was called with."""

    query: str
    top_k: int
    mode: SearchMode
    filters: SearchFilter
    weights: Mapping[Source, float] | None = None  # the learned ones when None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A query read once for several passes."""

    query: Query
    vector: FloatVector | None  # None when vectors are not asked, or there are none
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
        self._engines = Engines(directory)
        self._table = UnitTable.load(directory)
        self._respelled = lru_cache(_REMEMBERED)(lambda text: respell(text, self._engines.lexicon))
        self._refuse_if_incomplete()

    @cached_property
    def _queries(self) -> QueryVectors | None:
        if self._encoder is None or self._engines.dense is None:
            return None
        return QueryVectors(self._encoder, self._engines.dense.dim, probe_of(self._directory))

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

    def aligned(self, text: str, passages: Sequence[str]) -> list[float]:
        """See `ClauseIndex.aligned`."""
        return self._engines.alignment.scores_of_texts(concept_groups(text), passages, word_encoder())

    def respelled(self, text: str) -> Respelled:
        """See `ClauseIndex.respelled`."""
        read = self._respelled(text[:MAX_CHARS])
        return replace(read, text=read.text + text[MAX_CHARS:])

    def says(self, word: str) -> bool:
        """See `ClauseIndex.says`."""
        return self._engines.lexicon.weight(word) > 0

    def search(self, request: SearchRequest) -> Found:
        """See `ClauseIndex.find_clauses`."""
        meant = self.respelled(request.query)
        request = replace(request, query=meant.text)
        reading, lacked = self._read(request)
        found, n_problems = Found(()), -1
        while n_problems < len(self.library.problems):  # again without a document found damaged just now
            n_problems = len(self.library.problems)
            found = self._hits(reading, request)
        return Found(
            found.hits, tuple(dict.fromkeys((*self.notices, *meant.notices, *lacked, *found.notices)))
        )

    def rankings(
        self, request: SearchRequest, weightings: Sequence[Mapping[Source, float]]
    ) -> tuple[tuple[str, ...], ...]:
        """See `ClauseIndex.rankings`."""
        reading, _ = self._read(replace(request, query=self.respelled(request.query).text))
        allowed = self._table.allowed(request.filters, without=tuple(self.library.problems))
        asked = Asked(reading.query, self._direction(reading.vector, allowed), allowed)
        wanted = {source for weights in weightings for source in weights}
        lists = signal_lists(asked, self._engines, self._table, wanted)
        heard = [only_found({s: found for s, found in lists.items() if s in each}) for each in weightings]
        firsts = [self._first(each, w, request.top_k) for each, w in zip(heard, weightings, strict=True)]
        looked_at = sorted({number for first in firsts for number in first})
        said = dict(aligned(asked, self._engines, looked_at))
        out = []
        for mine, weights, first in zip(heard, weightings, firsts, strict=True):
            if Source.ALIGNED in weights:
                mine[Source.ALIGNED] = [(number, said[number]) for number in first if number in said]
            fused = self._balanced(asked, mine, weights)
            kept = drop_relatives(fused, self._table.ancestors, request.top_k)
            out.append(tuple(self._table.clause_id(number) for number, _ in kept))
        return tuple(out)

    def _read(self, request: SearchRequest) -> tuple[_Reading, tuple[str, ...]]:
        """What is searched for, and why vectors have no part in it where they should."""
        documents = self._table.documents
        places = {document.jurisdiction for document in documents if document.jurisdiction}
        query = read_query(request.query, [document.doc_id for document in documents], places)
        idf = self._engines.lexical.idf(focus_terms(query.text))
        if request.mode is SearchMode.LEXICAL or self._queries is None:
            return _Reading(query, None, idf), ()
        got = self._queries.of(self._encodable(query.text))
        return _Reading(query, got.vector, idf), (got.trouble,) if got.trouble else ()

    def _encodable(self, text: str) -> str:
        """What of a question the encoder is given: all where it reads sentences, else the words there are."""
        reads = self._encoder is not None and self._encoder.reads_sentences
        return text if reads else self._engines.lexicon.without_strangers(text)

    def _hits(self, reading: _Reading, request: SearchRequest) -> Found:
        allowed = self._table.allowed(request.filters, without=tuple(self.library.problems))
        asked = Asked(reading.query, self._direction(reading.vector, allowed), allowed)
        weights = self._weights(request)
        lists = signal_lists(asked, self._engines, self._table, weights)
        fused = self._fused(asked, lists, weights, request.top_k)
        ranked, lacked = self._ranked(reading.query, fused, request)
        said = explain([number for number, _ in ranked], lists, weights)
        hits = (self._hit(asked, reading.idf, number, score, said[number]) for number, score in ranked)
        return Found(tuple(hit for hit in hits if hit), lacked)

    def _direction(self, vector: FloatVector | None, allowed: Sequence[int] | None) -> Direction | None:
        """Transformers find all texts of a language alike: for them the mean of the index counts as 0.

        The nearest unit then counts as 1.
        """
        dense = self._engines.dense
        if vector is None or dense is None or self._encoder is None:
            return None
        if not self._encoder.reads_sentences:
            return Direction(vector)
        mean = dense.mean_score(vector)
        floor = max(mean, 0.0) if self._encoder.similarity is Similarity.COSINE else mean
        best = dense.search(vector, 1, allowed, floor)
        return Direction(vector, floor, best[0].score - floor if best else 1.0)

    def _weights(self, request: SearchRequest) -> Mapping[Source, float]:
        reads = self._encoder is not None and self._encoder.reads_sentences
        weights = weights_for(reads_sentences=reads) if request.weights is None else request.weights
        heard = sources_of(request.mode)
        return {source: weight for source, weight in weights.items() if source in heard}

    def _fused(
        self, asked: Asked, lists: Lists, weights: Mapping[Source, float], top_k: int
    ) -> list[tuple[int, float]]:
        """All units found, best first; the first of them looked at word by word, which joins `lists`."""
        first = self._first(lists, weights, top_k)
        if first:
            lists[Source.ALIGNED] = aligned(asked, self._engines, first)
        return self._balanced(asked, lists, weights)

    def _first(self, lists: Lists, weights: Mapping[Source, float], top_k: int) -> list[int]:
        """The units worth looking at word by word; none where that has no weight."""
        if Source.ALIGNED not in weights:
            return []
        fused = fuse(lists, weights, prior=self._prior, tie=self._table.clause_id)
        return [number for number, _ in fused[: max(ALIGNED_DEPTH, top_k)]]

    def _balanced(
        self, asked: Asked, lists: Lists, weights: Mapping[Source, float]
    ) -> list[tuple[int, float]]:
        fused = fuse(lists, weights, prior=self._prior, tie=self._table.clause_id)
        placed = self._with_each_place(asked.query, vouch(fused, self._table.document))
        mixed = mix_tail(placed, lists)
        if Source.REFERENCE not in lists:
            return mixed
        return lift(mixed, exactly_named(asked, self._table))

    def _with_each_place(self, query: Query, ranked: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """A comparison names several places, and each is represented by its best."""
        if not query.jurisdictions:
            return ranked
        return balance(ranked, self._table.jurisdiction, query.jurisdictions)

    def _ranked(
        self, query: Query, fused: list[tuple[int, float]], request: SearchRequest
    ) -> tuple[list[tuple[int, float]], tuple[str, ...]]:
        """The best `top_k`, reranked where a reranker is set, and why not where it failed."""
        if self._reranking is None or request.mode is not SearchMode.HYBRID:
            return drop_relatives(fused, self._table.ancestors, request.top_k), ()
        depth = max(request.top_k, self._reranking.depth)
        ranked = drop_relatives(fused, self._table.ancestors, depth)
        try:
            reranked = rerank(query.text, ranked, self._readable, self._reranking)
            return self._with_each_place(query, reranked)[: request.top_k], ()
        except RerankerUnavailable as exc:
            return ranked[: request.top_k], (f"{str(exc).rstrip('。')}；本次没有重排。",)

    def _readable(self, number: int) -> str:
        """What a reranker reads of a unit: title, headings, text; "" when its document is gone."""
        shelved = self.library.shelved(self._table.doc_id(number))
        clause = shelved.clauses.get(self._table.units[number].path) if shelved else None
        if shelved is None or clause is None:
            return ""
        return "\n".join((shelved.document.title, *clause.headings, clause.text))

    def _prior(self, number: int) -> float:
        return FRAME_PRIOR if self._table.is_frame(number) else 1.0

    def _hit(
        self, asked: Asked, idf: Mapping[str, float], number: int, score: float, said: tuple[Signal, ...]
    ) -> ClauseHit | None:
        """The hit, or None when its document cannot be read any more."""
        shelved = self.library.shelved(self._table.doc_id(number))
        if shelved is None:
            return None
        clause = shelved.clauses.get(self._table.units[number].path)
        if clause is None:  # read again by another process since; the new index is about to follow
            return None
        return ClauseHit(clause, self._focus(asked, idf, number, clause, shelved), score, said)

    def _focus(
        self, asked: Asked, idf: Mapping[str, float], number: int, clause: Clause, shelved: Shelved
    ) -> Focus:
        """The best sentence of the unit's longest piece, addressed by the narrowest clause around it."""
        text = shelved.document.text
        pieces = unit_spans(clause, shelved) or ((clause.start, clause.end),)
        start, end = max(pieces, key=lambda span: span[1] - span[0])
        near = self._sentence_strengths(asked.direction, number)
        best = choose_focus(asked.query.text, text[start:end], idf, near, offset=start) or (start, end)
        return Focus(shelved.narrowest(clause, best).path, *best, text[best[0] : best[1]])

    def _sentence_strengths(self, direction: Direction | None, number: int) -> dict[Span, float]:
        """How near each sentence of a unit is; empty where vectors have no part."""
        if direction is None or self._engines.dense is None:
            return {}
        products = self._engines.dense.sentence_scores(direction.vector, number)
        return {span: direction.strength(product) for span, product in products.items()}
