"""A question's vector, or one sentence on why there is none: the search then goes by words alone."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from indexing.embedding import PROBE
from indexing.errors import EncoderError, EncoderMismatch
from indexing.types import Encoder
from indexing.vectors import FloatVector, same_vector

REST_S = 30.0
"""How long a model that failed is left alone: one answer makes several searches, each would wait anew."""

_REMEMBERED = 64  # questions; one answer searches several places with the same words


@dataclass(frozen=True, slots=True)
class QueryVector:
    """A vector, or why there is none; a text without a known word has a vector of zeros."""

    vector: FloatVector | None
    trouble: str | None = None


class QueryVectors:
    """Encodes questions for one generation; safe to share between threads."""

    def __init__(
        self,
        encoder: Encoder,
        dim: int,
        probe: FloatVector | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Vectors that can be compared with a generation's.

        Args:
            encoder: makes them.
            dim: length of the generation's vectors.
            probe: the vector of `PROBE` as it was when the generation was made.
            clock: seconds.
        """
        self._encoder = encoder
        self._dim = dim
        self._probe = probe
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[str, FloatVector] = OrderedDict()
        self._trouble = ""
        self._rests_until = 0.0

    def of(self, text: str) -> QueryVector:
        """The vector of a question, shape `(dim,)`; never raises an error of the encoder."""
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return QueryVector(self._known[text])
            if self._trouble and self._clock() < self._rests_until:
                return QueryVector(None, self._trouble)
        try:
            vector = self._encoded(text)
        except EncoderError as exc:
            with self._lock:
                self._trouble = f"{str(exc).rstrip('。')}。本次只按词语检索，没有用语义检索。"
                self._rests_until = self._clock() + REST_S
                return QueryVector(None, self._trouble)
        with self._lock:
            self._trouble = ""
            self._known[text] = vector
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return QueryVector(vector)

    def _encoded(self, text: str) -> FloatVector:
        """The vector of a question, made by the model the generation was made by.

        Raises:
            EncoderError: there is none, or it is another model's.
        """
        if self._probe is None:
            vector: FloatVector = self._encoder.encode_queries([text])[0]
        else:  # one request asks both
            vector, probe = self._encoder.encode_queries([text, PROBE])
            if not same_vector(self._probe, probe):
                raise EncoderMismatch(
                    f"向量服务中的模型 {self._encoder.name} 与建索引时不同，请运行 cewen index 重建索引。"
                )
        if vector.shape != (self._dim,):
            raise EncoderMismatch(
                f"模型 {self._encoder.name} 给出 {len(vector)} 维的向量，索引是 {self._dim} 维的，"
                "请运行 cewen index 重建索引。"
            )
        return vector
