"""Dense search: FAISS over sentence vectors; a unit scores by its best sentence.

FAISS holds the vectors under int64 ids, an npz table beside it says which unit and
which characters each id is. FAISS and its file stay in this module. A large index is first
scanned in a copy of a byte a number, and what that puts in front is compared exactly.

FAISS does not notice a flipped bit in its file, so the caller keeps checksums;
what can be seen from inside (a truncated file, tables that disagree) is refused here.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexing.errors import StaleIndex
from indexing.types import FloatMatrix, Span
from indexing.vectors import FloatVector

VECTORS_FILE = "vectors.faiss"
SENTENCES_FILE = "sentences.npz"

SCANNED_FROM = 20_000
"""From how many sentences on a search scans bytes first; fewer are compared exactly within a millisecond."""

_SCANNED = 1.25  # times the sentences wanted are brought by a scan; of 59,716 articles only ties were lost
_CHUNK = 8192  # vectors copied at a time


@dataclass(frozen=True, slots=True)
class SentenceKey:
    """Where a vector's sentence stands: unit number and characters, as the caller counts them."""

    unit: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DenseHit:
    """A unit and its best sentence; `score` is their inner product, above the floor of the search."""

    unit: int
    score: float
    start: int
    end: int


class DenseIndex:
    """Exact inner-product search over sentence vectors: cosine where they are unit-norm."""

    def __init__(self, index: Any, table: npt.NDArray[np.int64], mean: FloatVector) -> None:  # noqa: ANN401
        """Take a FAISS index whose ids are rows of `table`, shape `(n, 3)`: unit, start, end."""
        self._index = index
        self._table = table
        self._mean = mean
        self._order = np.argsort(table[:, 0], kind="stable")
        self._sorted_units = table[self._order, 0]
        n_units = len(np.unique(self._sorted_units)) or 1
        self._sentences_a_unit = (
            len(table) / n_units
        )  # so many are asked for a wanted unit; twice while too few

    @classmethod
    def build(cls, directory: Path, keys: Sequence[SentenceKey], vectors: FloatMatrix) -> DenseIndex:
        """A new index in `directory`, which is created if missing.

        Args:
            directory: folder of the two files.
            keys: one for each vector, in any order.
            vectors: shape `(len(keys), dim)`. A zero row is kept (its sentence has no
                known word) and never hit.

        Raises:
            ValueError: keys and vectors differ in number, or a vector is not finite.
            OSError: the folder cannot be written.
        """
        if vectors.ndim != 2 or len(keys) != len(vectors):
            raise ValueError(f"{len(keys)} keys for vectors of shape {vectors.shape}")
        if not np.isfinite(vectors).all():
            raise ValueError("vectors must be finite")
        faiss = _faiss()

        directory.mkdir(parents=True, exist_ok=True)
        table = np.array([(key.unit, key.start, key.end) for key in keys], dtype=np.int64).reshape(-1, 3)
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(
            np.ascontiguousarray(vectors, dtype=np.float32), np.arange(len(keys), dtype=np.int64)
        )
        (directory / VECTORS_FILE).write_bytes(faiss.serialize_index(index).tobytes())
        mean = vectors.mean(axis=0, dtype=np.float64) if len(vectors) else np.zeros(vectors.shape[1])
        np.savez(directory / SENTENCES_FILE, table=table, mean=mean.astype(np.float32))
        return cls(index, table, mean.astype(np.float32))

    @classmethod
    def load(cls, directory: Path) -> DenseIndex:
        """The index in `directory`.

        Raises:
            StaleIndex: a file is missing or damaged, or the two do not belong together.
        """
        faiss = _faiss()

        damaged = StaleIndex(f"向量索引 {directory} 缺失或已损坏，请运行 cewen index 重建。")
        try:
            index = faiss.deserialize_index(
                np.frombuffer((directory / VECTORS_FILE).read_bytes(), dtype=np.uint8)
            )
            stored = io.BytesIO((directory / SENTENCES_FILE).read_bytes())
            with np.load(stored, allow_pickle=False) as tables:
                table, mean = tables["table"], tables["mean"]
        except (
            OSError,
            RuntimeError,
            MemoryError,
            ValueError,
            KeyError,
            EOFError,
            zipfile.BadZipFile,
        ) as exc:
            raise damaged from exc
        if not isinstance(index, faiss.IndexIDMap2) or table.dtype != np.int64 or table.ndim != 2:
            raise damaged
        if mean.shape != (index.d,) or mean.dtype != np.float32:
            raise damaged
        ids = faiss.vector_to_array(index.id_map)
        if table.shape != (index.ntotal, 3) or not np.array_equal(ids, np.arange(index.ntotal)):
            raise damaged
        return cls(index, table, mean)

    @property
    def dim(self) -> int:
        """Length of the vectors it was built from."""
        return int(self._index.d)

    def mean_score(self, vector: FloatVector) -> float:
        """The mean inner product of `vector` with all sentences: what an unrelated text scores.

        Raises:
            ValueError: `vector` has another length than the index.
        """
        self._check(vector)
        return float(self._mean @ vector)

    def search(
        self, vector: FloatVector, top_k: int, allowed: Collection[int] | None = None, floor: float = 0.0
    ) -> list[DenseHit]:
        """The `top_k` units with the sentences nearest to `vector`, best first, ties by unit.

        Args:
            vector: shape `(dim,)`. All zeros (no known word) gives no hits.
            top_k: at most this many units; 0 or less gives none.
            allowed: units that may be returned, None for all.
            floor: sentences that score no more are not hits.

        Raises:
            ValueError: `vector` has another length than the index.
        """
        self._check(vector)
        if top_k <= 0 or not vector.any() or (allowed is not None and not allowed):
            return []
        parameters = self._within(allowed)
        n_wanted = min(math.ceil(self._sentences_a_unit * top_k) + 1, self._index.ntotal)
        hits: list[DenseHit] = []
        while n_wanted:
            scores, ids = self._nearest(vector, n_wanted, parameters)
            hits = self._best_by_unit(scores, ids, floor, top_k)
            exhausted = n_wanted == self._index.ntotal or len(ids) < n_wanted or scores[-1] <= floor
            if exhausted or (len(hits) >= top_k and scores[-1] < hits[top_k - 1].score):
                break
            n_wanted = min(2 * n_wanted, self._index.ntotal)
        return hits

    def _nearest(
        self,
        vector: FloatVector,
        n_wanted: int,
        parameters: Any,  # noqa: ANN401
    ) -> tuple[FloatVector, npt.NDArray[np.int64]]:
        """Inner products and rows of the nearest sentences, nearest first; fewer when no more are allowed."""
        if self._scan:
            return self._scan.nearest(vector, n_wanted, parameters)
        scores, ids = self._index.search(vector.reshape(1, -1), n_wanted, params=parameters)
        n_found = int((ids[0] >= 0).sum())  # FAISS fills up with -1
        return scores[0, :n_found], ids[0, :n_found]

    @cached_property
    def _scan(self) -> _Scan | None:
        """The copy that is scanned first; None where there are too few vectors to be worth one."""
        return _Scan(self._index.index) if self._index.ntotal >= SCANNED_FROM else None

    def _best_by_unit(
        self, scores: FloatVector, ids: npt.NDArray[np.int64], floor: float, top_k: int
    ) -> list[DenseHit]:
        """Each unit's best sentence among the rows `ids`, best `top_k` units first."""
        is_hit = scores > floor
        scores, ids = scores[is_hit], ids[is_hit]
        order = np.lexsort((ids, -scores))  # of equal sentences the first in the text
        scores, ids = scores[order], ids[order]
        units, first = np.unique(self._table[ids, 0], return_index=True)
        best = np.lexsort((units, -scores[first]))[:top_k]
        rows = self._table[ids[first[best]]].tolist()
        return [
            DenseHit(unit, score, start, end)
            for (unit, start, end), score in zip(rows, scores[first[best]].tolist(), strict=True)
        ]

    def sentence_scores(self, vector: FloatVector, unit: int) -> dict[Span, float]:
        """Inner product of `vector` with every sentence of `unit`, by span; empty for an unknown unit.

        Raises:
            ValueError: `vector` has another length than the index.
        """
        self._check(vector)
        first, last = np.searchsorted(self._sorted_units, [unit, unit + 1])
        rows = self._order[first:last]
        return {
            (int(self._table[row, 1]), int(self._table[row, 2])): float(
                self._index.reconstruct(int(row)) @ vector
            )
            for row in rows
        }

    def _check(self, vector: FloatVector) -> None:
        if vector.shape != (self.dim,):
            raise ValueError(f"vector of shape {vector.shape} for an index of dimension {self.dim}")

    def _within(self, allowed: Collection[int] | None) -> Any:  # noqa: ANN401
        """FAISS search parameters that leave out sentences of other units; None for all."""
        if allowed is None:
            return None
        faiss = _faiss()

        rows = np.flatnonzero(np.isin(self._table[:, 0], np.fromiter(allowed, dtype=np.int64)))
        selector = faiss.IDSelectorBatch(rows.astype(np.int64))
        return faiss.SearchParameters(sel=selector)


class _Scan:
    """The vectors of a flat index at a byte a number: a quarter of the memory to read finds the same nearest.

    A question costs what it takes to read every vector once, so a large index is as fast as it is small.
    """

    def __init__(self, flat: Any) -> None:  # noqa: ANN401
        """Take a `faiss.IndexFlatIP` with at least one vector, which must outlive this."""
        faiss = _faiss()
        n, dim = int(flat.ntotal), int(flat.d)
        self._flat = faiss.downcast_index(flat)
        stored = faiss.rev_swig_ptr(self._flat.get_xb(), n * dim)  # seen in place, not copied
        self._vectors: FloatMatrix = stored.reshape(n, dim)
        chunks = [slice(start, start + _CHUNK) for start in range(0, n, _CHUNK)]
        largest = max(float(np.abs(self._vectors[chunk]).max()) for chunk in chunks)
        self._bytes = faiss.IndexScalarQuantizer(
            dim, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        )
        for chunk in chunks:
            self._bytes.add(_as_bytes(self._vectors[chunk], largest))

    def nearest(
        self,
        vector: FloatVector,
        n_wanted: int,
        parameters: Any,  # noqa: ANN401
    ) -> tuple[FloatVector, npt.NDArray[np.int64]]:
        """As `DenseIndex._nearest`: of the first of a scan, by their exact inner products."""
        asked = _as_bytes(vector.reshape(1, -1), float(np.abs(vector).max()))
        n_scanned = min(math.ceil(_SCANNED * n_wanted), len(self._vectors))
        _, found = self._bytes.search(asked, n_scanned, params=parameters)
        ids = found[0][found[0] >= 0]
        scores: FloatVector = self._vectors[ids] @ vector
        order = np.argsort(-scores, kind="stable")[:n_wanted]
        return scores[order], ids[order]


def _as_bytes(vectors: FloatMatrix, largest: float) -> FloatMatrix:
    """Whole numbers from -127 to 127 in proportion; `largest` is the largest absolute value there is."""
    whole: FloatMatrix = np.rint(vectors * np.float32(127.0 / (largest or 1.0)))
    return whole


def _faiss() -> Any:  # noqa: ANN401
    """FAISS, imported when first used, on one thread.

    A single query over some thousand vectors gains nothing from more, and idle OpenMP
    threads spin on cores the page needs.
    """
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
