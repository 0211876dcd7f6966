"""Where training starts: a vocabulary, and skip-gram vectors of its words.

Skip-gram (Mikolov et al. 2013) by gensim, which only this module needs. Some long words
are shown as their characters, so that a word nobody saw is still the sum of known parts.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexing.documents import read_document
from indexing.encoder import UNKNOWN
from indexing.segmentation import search_words, words
from indexing.training.texts import Text
from indexing.types import FloatMatrix

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
SPLIT_SHARE = 0.12  # of words of two characters and more shown as characters
SIF_A = 1e-3  # Arora et al. 2017, "A simple but tough-to-beat baseline for sentence embeddings", §4
_RARE_CHARACTER = 20  # occurrences a character needs for a row of its own
_LONGEST_WORD = 8  # characters; longer ones are names, and are spelled
_LONGEST_NUMBER = 4  # digits; longer numbers say nothing by themselves


@dataclass(frozen=True, slots=True)
class SkipGram:
    """How word vectors are trained; two workers are faster, one gives the same bytes each time."""

    dim: int = 256
    window: int = 5
    negative: int = 5
    sample: float = 5e-5
    epochs: int = 3
    seed: int = 1
    workers: int = 1


def count_words(texts: Iterable[Text]) -> Counter[str]:
    """How often each word stands in `texts`."""
    counts: Counter[str] = Counter()
    for line in _lines(texts):
        counts.update(line)
    return counts


def choose_vocabulary(counts: Mapping[str, int], size: int) -> list[str]:
    """`[UNK]`, every word and character of the shipped documents, common characters, then common words.

    The shipped documents lend their words only; they are not trained on.
    """
    ours = _corpus_words()
    characters: Counter[str] = Counter()
    for word, count in counts.items():
        characters.update(dict.fromkeys(word, count))
    chosen = dict.fromkeys([UNKNOWN, *ours, *sorted({character for word in ours for character in word})])
    common = [each for each, count in _by_count(characters) if count >= _RARE_CHARACTER]
    for word in [*common, *(word for word, _ in _by_count(counts) if _is_useful(word))]:
        if len(chosen) >= size:
            break
        chosen[word] = None
    return list(chosen)


def train_word_vectors(texts: Iterable[Text], recipe: SkipGram) -> dict[str, FloatMatrix]:
    """Unit-norm vectors, shape `(dim,)`, by word and character, of those seen five times."""
    from gensim.models import Word2Vec

    chance = random.Random(recipe.seed)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        for line in _lines(texts):
            shown = (
                " ".join(word) if len(word) > 1 and chance.random() < SPLIT_SHARE else word for word in line
            )
            file.write(" ".join(shown) + "\n")
        file.flush()
        model = Word2Vec(
            corpus_file=file.name, vector_size=recipe.dim, window=recipe.window, sg=1, min_count=5,
            negative=recipe.negative, sample=recipe.sample, epochs=recipe.epochs, seed=recipe.seed,
            workers=recipe.workers,
        )  # fmt: skip
    vectors = model.wv.get_normed_vectors()
    return {word: vectors[row] for word, row in model.wv.key_to_index.items()}


def first_matrix(
    vocabulary: Sequence[str], vectors: Mapping[str, FloatMatrix], counts: Mapping[str, int]
) -> FloatMatrix:
    """Shape `(n_words, dim)`: centred unit vectors times a/(a+p), p a word's share; row 0 is zero.

    A word without a vector is the mean of its parts', or zero where they have none.
    """
    dim = len(next(iter(vectors.values())))
    matrix = np.zeros((len(vocabulary), dim), dtype=np.float32)
    for row, word in enumerate(vocabulary[1:], 1):
        parts = [word] if word in vectors else [part for part in search_words(word) if part in vectors]
        parts = parts or [character for character in word if character in vectors]
        if parts:
            matrix[row] = np.mean([vectors[part] for part in parts], axis=0)
    known = matrix.any(axis=1)
    matrix[known] -= matrix[known].mean(axis=0)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    total = sum(counts.values())
    shares = np.array([counts.get(word, 0) / total for word in vocabulary], dtype=np.float32)
    weighted: FloatMatrix = matrix * (SIF_A / (SIF_A + shares))[:, None]
    return weighted


def _lines(texts: Iterable[Text]) -> Iterator[list[str]]:
    for text in texts:
        for line in text.lines:
            yield words("".join(line))


def _corpus_words() -> list[str]:
    found: set[str] = set()
    for path in sorted(CORPUS.glob("*.txt")):
        found.update(search_words(read_document(path.read_bytes(), path.name).document.text))
    return sorted(found)


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _is_useful(word: str) -> bool:
    return len(word) <= (_LONGEST_NUMBER if word.isdigit() else _LONGEST_WORD)
