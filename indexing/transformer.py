"""Any sentence-transformers model in a local folder as an `Encoder`; torch stays behind this module.

Name, fingerprint and prefixes are read from small files, so an index is opened and
checked without torch; the model is loaded when the first text is encoded.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from indexing.errors import EncoderMismatch, EncoderUnavailable
from indexing.model_files import StoredModel, content_digest, read_model
from indexing.torch_models import is_out_of_memory, load_quietly, running, why_not_loaded
from indexing.types import FloatMatrix, Similarity
from indexing.vectors import scaled_for, whole_characters

# Their releases have changed pooling, prompts and attention; the device and its number format are left
# out on purpose: an index made on a GPU machine serves on a CPU, where rounding differs a little.
_LIBRARIES = ("sentence-transformers", "transformers")

_BYTES_A_CHARACTER = 4  # a tokenizer makes at most one token of each byte of UTF-8


@dataclass(frozen=True, slots=True)
class TransformerOptions:
    """How a model is to be run."""

    query_prefix: str | None = None  # None: the model's own prompt
    passage_prefix: str | None = None
    similarity: Similarity | None = None  # None: as the model says
    device: str | None = None  # None: an accelerator if there is one
    batch_size: int = 32


class TransformerEncoder:
    """A sentence-transformers model, loaded when first needed; safe to share between threads."""

    def __init__(self, name: str, folder: Path, options: TransformerOptions) -> None:
        """Read what the folder says; `name` is what the user calls it.

        Raises:
            EncoderMismatch: its files cannot be read, or it compares vectors in a way we do not.
        """
        stored = read_model(folder)
        self._name = name
        self._folder = folder
        self._options = options
        self._query_prefix = _chosen(options.query_prefix, stored.query_prompt)
        self._passage_prefix = _chosen(options.passage_prefix, stored.passage_prompt)
        self._similarity = options.similarity or _stated_similarity(name, stored)
        self._fingerprint = self._digest()
        self._loading = threading.Lock()
        self._model: Any = None
        self._n_cut = 0
        doubtful = options.similarity is None and stored.similarity is None and not stored.normalises
        self._doubts = (_UNSTATED.format(name=name),) if doubtful else ()

    @property
    def name(self) -> str:
        """What the settings call it."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over the model's files, prefixes, similarity and library versions."""
        return self._fingerprint

    @property
    def dim(self) -> int:
        """Length of a vector; loads the model."""
        return int(self._loaded().get_embedding_dimension())

    @property
    def similarity(self) -> Similarity:
        """As set, else as the model's config says, else cosine (with a notice)."""
        return self._similarity

    @property
    def reads_sentences(self) -> bool:
        """True: word order counts."""
        return True

    @property
    def is_remote(self) -> bool:
        """False: the weights are known by their hash."""
        return False

    @property
    def notices(self) -> tuple[str, ...]:
        """A similarity nobody stated; how many sentences were longer than the model reads."""
        if not self._n_cut:
            return self._doubts
        limit = self._loaded().max_seq_length
        return (
            *self._doubts,
            f"有 {self._n_cut} 句超过模型 {self._name} 一次能读的 {limit} 个词元，"
            "超出部分没有进入向量，仍可按词语查到。",
        )

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of questions, with the query prefix before each."""
        return self._encode(texts, self._query_prefix, lambda model: model.encode_query)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of sentences, with the passage prefix before each; longer ones than fit are counted."""
        self._n_cut += self._count_cut(texts)
        return self._encode(texts, self._passage_prefix, lambda model: model.encode_document)

    def _encode(
        self, texts: Sequence[str], prefix: str, method: Callable[[Any], Callable[..., Any]]
    ) -> FloatMatrix:
        model = self._loaded()
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        clean = [whole_characters(text) for text in texts]
        options = {"batch_size": self._options.batch_size, "show_progress_bar": False}
        try:
            rows = running(lambda: method(model)(clean, prompt=prefix, **options))
        except (RuntimeError, MemoryError) as exc:
            raise EncoderUnavailable(self._why_failed(exc)) from exc
        vectors = np.ascontiguousarray(rows, dtype=np.float32)
        if not np.isfinite(vectors).all():
            raise EncoderMismatch(f"模型 {self._name} 给出了无效的数值，请重新拷贝模型或换一个 encoder。")
        return scaled_for(self._similarity, vectors)

    def _why_failed(self, error: Exception) -> str:
        if is_out_of_memory(error):
            return f"内存或显存不足，模型 {self._name} 没有算完，请调小 encoder_batch_size 或换小一些的模型。"
        return (
            f"模型 {self._name} 运行出错（{type(error).__name__}），请把 encoder_device 设为 cpu 后重试，"
            "或换一个 encoder。"
        )

    def _count_cut(self, texts: Sequence[str]) -> int:
        """How many of `texts` are longer than the model reads."""
        model = self._loaded()
        limit = model.max_seq_length
        if not limit:
            return 0
        prefixed = [whole_characters(self._passage_prefix + text) for text in texts]
        long = [text for text in prefixed if len(text) * _BYTES_A_CHARACTER + 2 > limit]
        tokenize = getattr(model.tokenizer, "backend_tokenizer", None)
        if not long or tokenize is None:  # a model without a fast tokenizer is not counted
            return 0
        tokens = model.tokenizer(long, truncation=False, padding=False, verbose=False)["input_ids"]
        return sum(len(ids) > limit for ids in tokens)

    def _loaded(self) -> Any:  # noqa: ANN401
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Any:  # noqa: ANN401
        """The model on its device.

        Raises:
            EncoderMismatch: it cannot be loaded.
        """

        def load() -> Any:  # noqa: ANN401
            import torch
            from sentence_transformers import SentenceTransformer

            model = SentenceTransformer(
                str(self._folder),
                device=self._options.device,
                local_files_only=True,
                trust_remote_code=False,
            )
            # Half precision saves memory on an accelerator and costs time on a CPU
            return model.to(torch.float32) if model.device.type == "cpu" else model

        try:
            return load_quietly(load)
        except Exception as exc:
            # Whatever the libraries find wrong with a folder, in any of their exceptions
            raise EncoderMismatch(why_not_loaded(self._name, self._folder, "encoder", exc)) from exc

    def _digest(self) -> str:
        parts = (
            content_digest(self._folder),
            self._query_prefix,
            self._passage_prefix,
            self._similarity,
            *(f"{library} {version(library)}" for library in _LIBRARIES),
        )
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


_UNSTATED = (
    "模型 {name} 没有写明向量如何比较，按余弦处理；它若是按点积训练的，请把 encoder_similarity 设为 dot，"
    "否则设为 cosine，就不再提示。"
)


def _chosen(configured: str | None, own: str) -> str:
    return whole_characters(own if configured is None else configured)


def _stated_similarity(name: str, stored: StoredModel) -> Similarity:
    """What the model's config says.

    Raises:
        EncoderMismatch: it was trained for a distance we do not compute.
    """
    if stored.similarity in {None, *Similarity}:
        return Similarity(stored.similarity or Similarity.COSINE)
    raise EncoderMismatch(
        f"模型 {name} 要求用 {stored.similarity} 比较向量，策问只支持余弦和点积："
        "请换一个 encoder，或把 encoder_similarity 设为 cosine 或 dot。"
    )
