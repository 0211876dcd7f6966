"""How much of a query a unit says, word by word: each word of the query with its nearest word of the unit.

    score(unit) = Σ_t idf(t) · max_w cos(t, w) / Σ_t idf(t)

the late interaction of ColBERT (Khattab and Zaharia 2020, SIGIR) over static word vectors. A mean
vector lets one strange word of a question drown; here it costs its own share and no more, so the
value also tells whether a unit speaks of all that is asked. Words of a unit are those of its text, of
its headings and title, and of its reviewed phrasings.

The vectors are the built-in ones whatever encoder is configured: single words are all they are asked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexing.errors import StaleIndex
from indexing.lexical import Alternative
from indexing.segmentation import words
from indexing.types import Encoder, FloatMatrix

FILE = "alignment.npz"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words of the units: `ids[starts[u]:starts[u + 1]]` are those of unit `u`, rows of `vectors`."""

    vocabulary: dict[str, int]
    vectors: FloatMatrix  # shape (n_words, dim), unit-norm; a word the encoder lacks is zeros
    starts: npt.NDArray[np.int64]  # shape (n_units + 1,)
    ids: npt.NDArray[np.int32]
    idf: npt.NDArray[np.float32]  # shape (n_words,)

    @classmethod
    def of(cls, texts: Sequence[str], encoder: Encoder) -> Alignment:
        """The words of each unit's text, each once; no texts give an empty alignment."""
        vocabulary: dict[str, int] = {}
        rows = [
            sorted({vocabulary.setdefault(word, len(vocabulary)) for word in words(text)}) for text in texts
        ]
        starts = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
        ids = np.fromiter((word for row in rows for word in row), dtype=np.int32)
        vectors = encoder.encode_passages(list(vocabulary))
        return cls(vocabulary, vectors, starts, ids, _idf(ids, len(vocabulary), len(texts)))

    @classmethod
    def load(cls, directory: Path) -> Alignment:
        """What `save` wrote.

        Raises:
            StaleIndex: the file is missing or damaged.
        """
        try:
            stored = io.BytesIO((directory / FILE).read_bytes())
            with np.load(stored, allow_pickle=False) as arrays:
                listed = arrays["words"].tobytes().decode("utf-8")
                vocabulary = {word: row for row, word in enumerate(listed.split("\n") if listed else ())}
                starts, ids = arrays["starts"], arrays["ids"]
                vectors = arrays["vectors"].astype(np.float32)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as exc:
            raise StaleIndex(f"词语对齐索引 {directory} 缺失或已损坏，请运行 cewen index 重建。") from exc
        return cls(vocabulary, vectors, starts, ids, _idf(ids, len(vocabulary), len(starts) - 1))

    def save(self, directory: Path) -> None:
        """Write it into `directory`; half precision moves a cosine by less than 0.001."""
        listed = np.frombuffer("\n".join(self.vocabulary).encode("utf-8"), dtype=np.uint8)
        np.savez(
            directory / FILE,
            words=listed,
            vectors=self.vectors.astype(np.float16),
            starts=self.starts,
            ids=self.ids,
        )

    def counts(self) -> dict[str, int]:
        """Each word of the units and their phrasings, and how many units have it."""
        held = np.bincount(self.ids, minlength=len(self.vocabulary)).tolist()
        return {word: held[row] for word, row in self.vocabulary.items()}

    def scores(
        self, groups: Sequence[Sequence[Alternative]], units: Sequence[int], encoder: Encoder
    ) -> list[float]:
        """The share of a query that each of `units` says, between 0 and 1, in their order.

        Args:
            groups: the words of the query, each with its alternatives (`query.concept_groups`);
                the alternative that a unit says best counts, times its weight.
            units: numbers of units.
            encoder: the one the alignment was made with.
        """
        if not groups or not len(units) or not self.vocabulary:
            return [0.0] * len(units)
        weights = np.array([self._weight(group[0].words) for group in groups])
        return self._weighed(groups, weights, units, encoder)

    def scores_of_texts(
        self, groups: Sequence[Sequence[Alternative]], texts: Sequence[str], encoder: Encoder
    ) -> list[float]:
        """As `scores`, of any texts (sentences of a unit); words weigh as they do among the units."""
        if not groups or not texts:
            return [0.0] * len(texts)
        weights = np.array([self._weight(group[0].words) for group in groups])
        return Alignment.of(texts, encoder)._weighed(groups, weights, range(len(texts)), encoder)

    def _weighed(
        self,
        groups: Sequence[Sequence[Alternative]],
        weights: npt.NDArray[np.float64],
        units: Sequence[int],
        encoder: Encoder,
    ) -> list[float]:
        asked = list(dict.fromkeys(word for group in groups for each in group for word in each.words))
        nearest = self._nearest(asked, units, encoder)
        place = {word: row for row, word in enumerate(asked)}
        said = np.stack([_said(group, nearest, place) for group in groups])
        return [float(score) for score in weights @ said / weights.sum()]

    def _nearest(self, asked: Sequence[str], units: Sequence[int], encoder: Encoder) -> FloatMatrix:
        """Cosine of each word asked with its nearest word of each unit, shape `(n_asked, n_units)`, ≥ 0."""
        pieces = [self.ids[self.starts[unit] : self.starts[unit + 1]] for unit in units]
        used, inverse = np.unique(np.concatenate(pieces), return_inverse=True)
        cosines = encoder.encode_passages(asked) @ self.vectors[used].T
        for row, word in enumerate(asked):  # the word itself, also where the encoder does not know it
            cosines[row, used == self.vocabulary.get(word, -1)] = 1.0
        out = np.zeros((len(asked), len(units)), dtype=np.float32)
        end = 0
        for column, piece in enumerate(pieces):
            start, end = end, end + len(piece)
            if len(piece):
                out[:, column] = cosines[:, inverse[start:end]].max(axis=1)
        return np.clip(out, 0.0, 1.0)

    def _weight(self, asked: Sequence[str]) -> float:
        """Mean idf of a group's words; a word no unit has weighs as the rarest."""
        rarest = _idf_of(0, len(self.starts) - 1)
        known = (self.vocabulary.get(word) for word in asked)
        return float(np.mean([rarest if row is None else self.idf[row] for row in known]))


def _said(group: Sequence[Alternative], nearest: FloatMatrix, place: dict[str, int]) -> FloatMatrix:
    """How far each unit says the best alternative of a group, shape `(n_units,)`."""
    each = [
        alternative.weight * nearest[[place[word] for word in alternative.words]].mean(axis=0)
        for alternative in group
        if alternative.words
    ]
    best: FloatMatrix = np.max(each, axis=0)
    return best


def _idf(ids: npt.NDArray[np.int32], n_words: int, n_units: int) -> npt.NDArray[np.float32]:
    counts = np.bincount(ids, minlength=n_words)
    return np.array([_idf_of(int(count), n_units) for count in counts], dtype=np.float32)


def _idf_of(count: int, n_units: int) -> float:
    """BM25's: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return float(np.log(1 + (n_units - count + 0.5) / (count + 0.5)))
