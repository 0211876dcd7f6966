"""Small things every encoder needs: texts a library can take, rows as the similarity wants them."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from indexing.types import FloatMatrix, Similarity

FloatVector = npt.NDArray[np.float32]
"""Shape `(dim,)`, float32."""

CONTEXT_SHARE = 0.5
"""What a title and headings weigh beside the text below them; chosen on the tune parts of the public sets."""

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


def in_context(body: FloatVector, context: FloatVector | None) -> FloatVector:
    """A text's vector leant towards what it stands under, as long as it was; itself without a context.

    Args:
        body: of the text, shape `(dim,)`; zeros (no known word) stay zeros.
        context: of its title and headings, or None.
    """
    if context is None:
        return body
    leant = body + np.float32(CONTEXT_SHARE) * context
    length = float(np.linalg.norm(leant))
    if not length or not body.any():
        return np.zeros_like(body)
    scaled: FloatVector = leant * np.float32(np.linalg.norm(body) / length)
    return scaled


def same_vector(first: FloatVector, second: FloatVector) -> bool:
    """Whether two vectors of one text come from one model: apart by a tenth of their length at most.

    Number formats and devices move a vector by less than a hundredth; another model gives
    another direction altogether.
    """
    if first.shape != second.shape:
        return False
    longest = max(float(np.linalg.norm(first)), float(np.linalg.norm(second)))
    return float(np.linalg.norm(first - second)) <= 0.1 * longest
