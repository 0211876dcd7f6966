"""Texts as rows of a word table: the encoder's own cut, numbered, packed flat for fast batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexing.encoder import spell

IntArray = npt.NDArray[np.int64]

Cutter = Callable[[str], list[str]]
"""Text to the words the encoder will look up."""


@dataclass(frozen=True, slots=True)
class TokenTable:
    """Many token lists end to end: list `i` is `flat[starts[i]:starts[i + 1]]`."""

    flat: npt.NDArray[np.int32]
    starts: IntArray

    @classmethod
    def of(cls, texts: Iterable[str], vocabulary: Mapping[str, int], cut: Cutter) -> TokenTable:
        """One list for each text; words outside `vocabulary` are spelled, unknown rest dropped."""
        flat: list[int] = []
        starts = [0]
        for text in texts:
            for word in cut(text):
                row = vocabulary.get(word)
                if row is not None:
                    flat.append(row)
                else:
                    flat.extend(vocabulary[char] for char in spell(word) if char in vocabulary)
            starts.append(len(flat))
        return cls(np.array(flat, dtype=np.int32), np.array(starts, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def gather(self, rows: IntArray | Sequence[int]) -> tuple[IntArray, IntArray]:
        """Tokens of `rows` end to end, and where each row's begin: what an EmbeddingBag takes."""
        rows = np.asarray(rows, dtype=np.int64)
        first, sizes = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        offsets = np.cumsum(sizes) - sizes
        places = np.arange(int(sizes.sum()), dtype=np.int64) + np.repeat(first - offsets, sizes)
        return self.flat[places].astype(np.int64), offsets
