"""Small things every encoder needs: texts a library can take, rows as the similarity wants them."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from indexing.types import FloatMatrix, Similarity

FloatVector = npt.NDArray[np.float32]
"""Shape `(dim,)`, float32."""

_SURROGATES = re.compile("[\ud800-\udfff]")


def whole_characters(text: str) -> str:
    r"""`text` with lone surrogates as U+FFFD: tokenizers and JSON servers take UTF-8 only.

    >>> whole_characters("补\ud83d助") == "补\ufffd助"
    True
    """
    return _SURROGATES.sub("\ufffd", text)


def scaled_for(similarity: Similarity, rows: FloatMatrix) -> FloatMatrix:
    """`rows` as the inner product must find them: unit norm for cosine, untouched for dot product.

    Rows of zeros stay zeros. With cosine a new matrix is returned.
    """
    if similarity is Similarity.DOT:
        return rows
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    out = np.zeros_like(rows)
    np.divide(rows, norms, out=out, where=norms > 0)
    return out


def same_vector(first: FloatVector, second: FloatVector) -> bool:
    """Whether two vectors of one text come from one model: apart by a tenth of their length at most.

    Number formats and devices move a vector by less than a hundredth; another model gives
    another direction altogether.
    """
    if first.shape != second.shape:
        return False
    longest = max(float(np.linalg.norm(first)), float(np.linalg.norm(second)))
    return float(np.linalg.norm(first - second)) <= 0.1 * longest
