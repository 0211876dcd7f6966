"""Texts to vectors without torch: the static encoder behind `indexing.types.Encoder`.

A static model is a table of word vectors; a text is the mean of its words' vectors.
The folder is what sentence-transformers (`StaticEmbedding`) and model2vec read and
write, so a model made with either drops in, and a test compares our vectors with
sentence-transformers' own. Here numpy and safetensors do the work, which keeps a
cold question fast.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexing.errors import EncoderMismatch
from indexing.files import reason
from indexing.segmentation import dictionary_fingerprint, words
from indexing.types import FloatMatrix, Similarity

SHIPPED_MODEL = Path(__file__).resolve().parent / "models" / "static-zh"
"""The folder used when nobody names another; see its README.md for how it was made."""

UNKNOWN = "[UNK]"
_WEIGHTS, _VOCABULARY = "model.safetensors", "tokenizer.json"


@dataclass(frozen=True, slots=True)
class WordTable:
    """Word vectors as they are stored: the vector of word `i` is `rows[i] * scales[i]`.

    `rows` has shape `(n_words, dim)` and any number type, often int8: a table of tens of
    megabytes as float32 is never made for a question of ten words.
    """

    rows: npt.NDArray[Any]
    scales: npt.NDArray[np.float32]

    def mean(self, ids: Sequence[int]) -> npt.NDArray[np.float32]:
        """Mean vector of the words `ids` (at least one), shape `(dim,)`."""
        summed: npt.NDArray[np.float32] = self.scales[ids] @ self.rows[ids].astype(np.float32)
        return summed / np.float32(len(ids))


class StaticEncoder:
    """Mean of word vectors, unit norm.

    A word the model does not know is split into its Chinese characters; what is still
    unknown counts as nothing, as the zero `[UNK]` row says.
    """

    def __init__(self, name: str, fingerprint: str, vocabulary: dict[str, int], table: WordTable) -> None:
        self._name = name
        self._fingerprint = fingerprint
        self._vocabulary = vocabulary
        self._table = table

    @classmethod
    def load(cls, folder: Path) -> StaticEncoder:
        """The model in `folder`: `model.safetensors` and `tokenizer.json` (WordLevel over spaces).

        Raises:
            EncoderMismatch: a file is missing, damaged, or of another kind of model.
        """
        digest = hashlib.sha256(dictionary_fingerprint().encode())
        for file in (_WEIGHTS, _VOCABULARY):
            try:
                digest.update(hashlib.sha256((folder / file).read_bytes()).digest())
            except OSError as exc:
                message = f"编码器目录 {folder} 里读不到 {file}（{reason(exc)}），请重新安装策问或检查设置。"
                raise EncoderMismatch(message) from exc
        vocabulary = _read_vocabulary(folder)
        table = _read_table(folder)
        if not all(0 <= row < len(table.rows) for row in vocabulary.values()):
            raise EncoderMismatch(f"编码器目录 {folder} 的词表与向量行数不符，请重新安装策问或换一个模型。")
        return cls(folder.name, digest.hexdigest(), vocabulary, table)

    @property
    def name(self) -> str:
        """Name of the model's folder."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over weights, vocabulary and segmentation: any of them changes vectors."""
        return self._fingerprint

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._table.rows.shape[1])

    @property
    def similarity(self) -> Similarity:
        """Cosine: how the word vectors were trained."""
        return Similarity.COSINE

    @property
    def reads_sentences(self) -> bool:
        """False: a bag of words; unrelated texts are near 0."""
        return False

    @property
    def is_remote(self) -> bool:
        """False: the table is in memory."""
        return False

    @property
    def notices(self) -> tuple[str, ...]:
        """None: every text is read whole."""
        return ()

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """As `encode`: words mean the same in a question."""
        return self.encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """As `encode`."""
        return self.encode(texts)

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Shape `(len(texts), dim)`, unit-norm float32 rows in the order of `texts`.

        A text without a known word is a row of zeros; no texts give shape `(0, dim)`.
        """
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            ids = [self._vocabulary[token] for token in self._tokens(text) if token in self._vocabulary]
            if ids:
                row[:] = self._table.mean(ids)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, norms, out=rows, where=norms > 0)
        return rows

    def segment(self, text: str) -> str:
        """What another runtime of the same model must be given: known tokens parted by spaces."""
        return " ".join(self._tokens(text))

    def _tokens(self, text: str) -> list[str]:
        tokens: list[str] = []
        for word in words(text):
            tokens.extend([word] if word in self._vocabulary else spell(word))
        return tokens


def spell(word: str) -> list[str]:
    """What an unknown word is read as: its Chinese characters; Latin letters and digits say nothing alone.

    >>> spell("托有"), spell("yanglao"), spell("T恤")
    (['托', '有'], [], ['恤'])
    """
    return [character for character in word if not character.isascii()]


def load_encoder(folder: Path | None = None) -> StaticEncoder:
    """The static encoder in `folder`, or the one that ships with Cewen.

    Raises:
        EncoderMismatch: the folder holds no model this version can run.
    """
    return StaticEncoder.load(folder or SHIPPED_MODEL)


@cache
def word_encoder() -> StaticEncoder:
    """The shipped encoder, for single words, whichever encoder is configured for sentences.

    Raises:
        EncoderMismatch: the installation is damaged.
    """
    return StaticEncoder.load(SHIPPED_MODEL)


def _read_vocabulary(folder: Path) -> dict[str, int]:
    """Word → row, without the unknown word.

    Raises:
        EncoderMismatch: `tokenizer.json` is damaged or is not a WordLevel tokenizer.
    """
    try:
        model = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))["model"]
        kind = model["type"]
        vocabulary = {str(word): int(row) for word, row in dict(model["vocab"]).items()}
    except (ValueError, KeyError, TypeError) as exc:
        raise EncoderMismatch(
            f"编码器的词表 {folder / _VOCABULARY} 已损坏，请重新安装策问或换一个模型。"
        ) from exc
    if kind != "WordLevel":
        raise EncoderMismatch(
            f"编码器 {folder} 的分词方式是 {kind}，策问目前只能用 WordLevel 静态模型，请换一个。"
        )
    vocabulary.pop(UNKNOWN, None)
    return vocabulary


def _read_table(folder: Path) -> WordTable:
    """Word vectors, each with its weight where the model stores weights.

    model2vec calls the table `embeddings` (any number type, with optional `mapping`
    and `weights`), sentence-transformers `embedding.weight`.

    Raises:
        EncoderMismatch: the file is damaged or holds other tensors.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(folder / _WEIGHTS)
        rows = tensors.get("embedding.weight", tensors.get("embeddings"))
        if rows is None or rows.ndim != 2:
            raise EncoderMismatch(
                f"{folder / _WEIGHTS} 里没有词向量表，请换一个 StaticEmbedding 或 model2vec 模型。"
            )
        if "mapping" in tensors:
            rows = rows[tensors["mapping"]]
        # A weight for each row, or this refuses
        scales = np.broadcast_to(tensors.get("weights", np.ones(len(rows))), len(rows)).astype(np.float32)
    except (SafetensorError, IndexError, ValueError) as exc:
        message = f"编码器的向量文件 {folder / _WEIGHTS} 已损坏，请重新安装策问或换一个模型。"
        raise EncoderMismatch(message) from exc
    return WordTable(rows, scales)
