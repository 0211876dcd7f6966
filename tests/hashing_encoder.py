"""An encoder for tests: needs no model, and the order of its similarities can be asserted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from indexing.folding import fold_tight
from indexing.types import FloatMatrix, Similarity


class HashingEncoder:
    """Counts of character n-grams, hashed into `dim` cells: texts that share more characters are nearer.

    >>> a, b, c = HashingEncoder().encode_passages(["养老服务补助", "养老服务设施", "竣工验收"])
    >>> bool(a @ b > a @ c)
    True
    """

    def __init__(self, dim: int = 512, name: str = "hashing") -> None:
        self._dim = dim
        self._name = name

    @property
    def name(self) -> str:
        """The name given."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """Name and dimension decide every vector."""
        return hashlib.sha256(f"{self._name}\0{self._dim}".encode()).hexdigest()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def similarity(self) -> Similarity:
        """Cosine."""
        return Similarity.COSINE

    @property
    def reads_sentences(self) -> bool:
        """A bag of n-grams."""
        return False

    @property
    def is_remote(self) -> bool:
        """Here."""
        return False

    @property
    def notices(self) -> tuple[str, ...]:
        """None."""
        return ()

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """As passages."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Shape `(len(texts), dim)`, unit norm; a text without a letter or digit is all zeros."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> FloatMatrix:
        rows = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            known = "".join(character for character in fold_tight(text) if character.isalnum())
            for length in (1, 2, 3):
                for start in range(len(known) - length + 1):
                    row[self._cell(known[start : start + length])] += length
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, norms, out=rows, where=norms > 0)
        return rows

    def _cell(self, gram: str) -> int:
        digest = hashlib.blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self._dim
