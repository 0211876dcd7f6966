"""Any OpenAI-compatible embedding service as an `Encoder`: Ollama, vLLM, TEI, Xinference, a gateway.

Nothing a service answers is taken on trust: number, order, length and every value of
the vectors are checked before they are used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexing.endpoint_client import EmbeddingClient
from indexing.errors import EncoderError, EncoderMismatch, EncoderUnavailable
from indexing.types import FloatMatrix, Similarity
from indexing.vectors import FloatVector, scaled_for, whole_characters

_ENVELOPE_BYTES = 1 << 20
_BYTES_A_VECTOR = 1 << 18  # 8,192 numbers of 32 characters; no model in use has more
_MAX_DIMS = 65536
_UNIT_TOLERANCE = 0.01  # services round to a few decimals or half precision


@dataclass(frozen=True, slots=True)
class EndpointOptions:
    """How a service is to be asked."""

    model: str
    query_prefix: str = ""
    passage_prefix: str = ""
    similarity: Similarity | None = None  # None: cosine, said aloud when lengths differ
    timeout_s: float = 60.0
    query_timeout_s: float = 5.0
    batch_size: int = 32
    max_chars: int = 2000


class EndpointEncoder:
    """Vectors from a service; its dimension is learned from the first answer and must not change."""

    def __init__(self, client: EmbeddingClient, url: str, options: EndpointOptions) -> None:
        """Nothing is asked yet; `url` is part of the fingerprint."""
        self._client = client
        self._options = options
        self._similarity = options.similarity or Similarity.COSINE
        facts = (
            url.rstrip("/"),
            options.model,
            options.query_prefix,
            options.passage_prefix,
            self._similarity.value,
            options.max_chars,
        )
        self._fingerprint = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
        self._dim = 0
        self._n_cut = 0
        self._not_unit = False

    @property
    def name(self) -> str:
        """The model's name in the service."""
        return self._options.model

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over address, model, prefixes, similarity and length limit.

        What stands behind the name may change unseen; `is_remote` tells users of the
        vectors to look.
        """
        return self._fingerprint

    @property
    def dim(self) -> int:
        """Length of a vector; asks the service once."""
        if not self._dim:
            self.encode_queries(["政策"])
        return self._dim

    @property
    def similarity(self) -> Similarity:
        """As set; cosine otherwise."""
        return self._similarity

    @property
    def reads_sentences(self) -> bool:
        """True: services run transformers."""
        return True

    @property
    def is_remote(self) -> bool:
        """True."""
        return True

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences that were cut; vectors whose length suggests the dot product."""
        out = []
        if self._n_cut:
            out.append(
                f"有 {self._n_cut} 句超过 {self._options.max_chars} 字（encoder_max_chars），"
                "超出部分没有进入向量，仍可按词语查到。"
            )
        if self._not_unit and self._options.similarity is None:
            out.append(
                f"向量服务中的模型 {self.name} 给出的向量长度不一，按余弦处理；它若是按点积训练的，"
                "请把 encoder_similarity 设为 dot，否则设为 cosine，就不再提示。"
            )
        return tuple(out)

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of questions, within the time a question may wait."""
        return self._encode(texts, self._options.query_prefix, self._options.query_timeout_s)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of sentences, batch by batch."""
        self._n_cut += sum(len(text) > self._options.max_chars for text in texts)
        return self._encode(texts, self._options.passage_prefix, self._options.timeout_s)

    def _encode(self, texts: Sequence[str], prefix: str, timeout_s: float) -> FloatMatrix:
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        inputs = [whole_characters(prefix + text[: self._options.max_chars]) for text in texts]
        size = self._options.batch_size
        batches = [inputs[start : start + size] for start in range(0, len(inputs), size)]
        rows = np.concatenate([self._batch(batch, timeout_s) for batch in batches])
        lengths = np.linalg.norm(rows, axis=1)
        self._not_unit |= bool((np.abs(lengths - 1) > _UNIT_TOLERANCE).any())
        return scaled_for(self._similarity, rows)

    def _batch(self, inputs: list[str], timeout_s: float) -> FloatMatrix:
        """One request: raw vectors in the order of `inputs`, shape `(len(inputs), dim)`."""
        body = {"model": self._options.model, "input": inputs, "encoding_format": "float"}
        answer = self._client.post(body, timeout_s, _ENVELOPE_BYTES + _BYTES_A_VECTOR * len(inputs))
        vectors = self._vectors(answer, len(inputs))
        dims = {len(vector) for vector in vectors}
        if len(dims) != 1 or (self._dim and dims != {self._dim}):
            raise self._nonsense("向量长短不一")
        self._dim = dims.pop()
        return np.stack(vectors)

    def _vectors(self, answer: bytes, n_wanted: int) -> list[FloatVector]:
        """The vectors of an answer, in the order asked.

        Raises:
            EncoderMismatch: it is not JSON, or not an answer to an embedding request.
            EncoderUnavailable: it is one, with other vectors than were asked for.
        """
        try:
            listed = json.loads(answer)["data"]
            items = [(item.get("index"), item["embedding"]) for item in listed]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
            raise EncoderMismatch(
                f"{self._client.host} 的答复不是向量：请确认 encoder_url 是与 OpenAI 兼容的向量服务"
                "（一般写到 /v1 为止），encoder_model 是向量模型。"
            ) from exc
        if len(items) != n_wanted:
            raise self._nonsense(f"问了 {n_wanted} 句，答了 {len(items)} 句")
        places = [place for place, _ in items]
        if all(place is None for place in places):  # some gateways leave it out and keep the order
            places = list(range(n_wanted))
        if any(type(place) is not int for place in places) or sorted(places) != list(range(n_wanted)):
            raise self._nonsense("序号有误")
        ordered = sorted(zip(places, (vector for _, vector in items), strict=True), key=lambda pair: pair[0])
        return [self._vector(vector) for _, vector in ordered]

    def _vector(self, listed: object) -> FloatVector:
        try:
            numbers = np.asarray(listed)
        except (ValueError, OverflowError) as exc:
            raise self._nonsense("其中有不是数的内容") from exc
        if numbers.ndim != 1 or numbers.dtype.kind not in "fi" or not 0 < len(numbers) <= _MAX_DIMS:
            raise self._nonsense("其中有不是数的内容")
        with np.errstate(over="ignore"):
            vector = numbers.astype(np.float32)
        if not np.isfinite(vector).all():
            raise self._nonsense("其中有无效的数值")
        return vector

    def _nonsense(self, what: str) -> EncoderError:
        return EncoderUnavailable(
            f"向量服务 {self._client.host} 的答复有误（{what}），没有采用：请检查该服务，"
            "确认 encoder_model 是向量模型。"
        )
