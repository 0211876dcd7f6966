"""How far a text says the words of a question, each by its nearest word: static word vectors.

    said(term) = max over its forms f of mean over words w of f of max over words v of the text cos(w, v)

the word-by-word look of `indexing.alignment`, for the content words the assistant reads and for
any text: 带娃 is nearly said by 托育. A word that the text has counts 1 whether the vectors know
it or not. Between the index's values and the judge's; pure but for the vectors it keeps.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from assistant.questions.weighing import Term
from indexing.encoder import word_encoder
from indexing.segmentation import words
from indexing.types import FloatMatrix

_OTHER_FORM = 0.9  # what documents may call the word says it a little less surely than the word

Rows = npt.NDArray[np.int64]


class WordSpace:
    """Vectors of words as they are met; safe to share between threads."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._vectors: FloatMatrix = np.zeros((0, 0), dtype=np.float32)
        self._lock = threading.Lock()

    def rows(self, text: str) -> Rows:
        """Numbers of the different words of a text, ascending; shape `(n_words,)`, empty for none."""
        return self._numbers(words(text))

    def row(self, word: str) -> int:
        """The number of one word."""
        return int(self._numbers([word])[0])

    def vectors(self, rows: Rows) -> FloatMatrix:
        """Unit-norm vectors of words by number, shape `(len(rows), dim)`; zeros for a word not known."""
        return self._vectors[rows]

    def _numbers(self, found: Sequence[str]) -> Rows:
        new = [word for word in dict.fromkeys(found) if word not in self._rows]
        if new:
            with self._lock:
                self._learn([word for word in new if word not in self._rows])
        return np.array(sorted({self._rows[word] for word in found}), dtype=np.int64)

    def _learn(self, new: Sequence[str]) -> None:
        vectors = word_encoder().encode_passages(list(new))
        self._vectors = np.vstack([self._vectors, vectors]) if len(self._vectors) else vectors
        for word in new:  # last, so that no other thread asks for a row that is not there yet
            self._rows[word] = len(self._rows)


@dataclass(frozen=True, slots=True)
class Probe:
    """The words of a question's terms: `rows[starts[f]:starts[f + 1]]` are those of form `f`."""

    rows: Rows
    starts: Rows  # shape (n_forms,)
    factors: npt.NDArray[np.float64]  # shape (n_forms,), what a form is worth
    first_forms: Rows  # shape (n_terms,), where the forms of each term begin


class Nearness:
    """How far texts say terms, by one space of words."""

    def __init__(self) -> None:
        self._space = WordSpace()
        self._rows_of = lru_cache(maxsize=4096)(self._space.rows)
        self._probe_of = lru_cache(maxsize=64)(self._probe)

    def said(self, terms: tuple[Term, ...], texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """How far each text says each term, 0–1, shape `(n_terms, n_texts)`."""
        out = np.zeros((len(terms), len(texts)))
        if not terms:
            return out
        probe = self._probe_of(terms)
        asked = self._space.vectors(probe.rows)
        for column, text in enumerate(texts):
            rows = self._rows_of(text)
            if len(rows):
                out[:, column] = _best_forms(probe, asked, rows, self._space.vectors(rows))
        return out

    def _probe(self, terms: tuple[Term, ...]) -> Probe:
        rows, starts, factors, first_forms = list[int](), list[int](), list[float](), list[int]()
        for term in terms:
            first_forms.append(len(starts))
            for number, form in enumerate(term.forms or (term.surface,)):
                starts.append(len(rows))
                rows += [self._space.row(word) for word in words(form)] or [self._space.row(form)]
                factors.append(1.0 if number == 0 else _OTHER_FORM)
        return Probe(
            np.array(rows, dtype=np.int64),
            np.array(starts, dtype=np.int64),
            np.array(factors),
            np.array(first_forms, dtype=np.int64),
        )


@cache
def nearness() -> Nearness:
    """The one of this process: words keep their vectors from question to question."""
    return Nearness()


def _best_forms(probe: Probe, asked: FloatMatrix, rows: Rows, said: FloatMatrix) -> npt.NDArray[np.float64]:
    """The best form of each term in a text whose words are `rows`, shape `(n_terms,)`."""
    nearest = np.clip((asked @ said.T).max(axis=1), 0.0, 1.0)
    nearest[(probe.rows[:, None] == rows).any(axis=1)] = 1.0  # np.isin takes five times as long on so few
    ends = np.append(probe.starts[1:], len(probe.rows))
    means = np.add.reduceat(nearest, probe.starts) / (ends - probe.starts)
    best: npt.NDArray[np.float64] = np.maximum.reduceat(means * probe.factors, probe.first_forms)
    return best
