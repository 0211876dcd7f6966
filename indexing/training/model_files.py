"""The shipped form of a model: int8 rows with a scale each, in model2vec's format.

`embeddings` (int8) × `weights` (float32, one a row) is how model2vec stores weighted rows and how
sentence-transformers' StaticEmbedding reads them back, so the scale needs no code of ours there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexing.encoder import UNKNOWN
from indexing.types import FloatMatrix

_LARGEST = 127


def quantise(matrix: FloatMatrix) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """`matrix` as int8 rows and the scale of each, shape `(n,)`; a zero row has scale 0.

    >>> rows, scales = quantise(np.array([[0.0, 0.0], [0.5, -1.27]], dtype=np.float32))
    >>> rows.tolist(), [round(float(scale), 4) for scale in scales]
    ([[0, 0], [50, -127]], [0.0, 0.01])
    """
    scales = (np.abs(matrix).max(axis=1) / _LARGEST).astype(np.float32)
    safe = np.where(scales > 0, scales, 1.0)
    return np.rint(matrix / safe[:, None]).astype(np.int8), scales


def save_model(folder: Path, vocabulary: Sequence[str], matrix: FloatMatrix) -> None:
    """Write `matrix` and the words of its rows; row 0 is the unknown word and becomes zero.

    Raises:
        ValueError: rows and words differ in number, or the first word is not `[UNK]`.
    """
    from safetensors.numpy import save_file

    if len(vocabulary) != len(matrix) or vocabulary[0] != UNKNOWN:
        raise ValueError(f"{len(vocabulary)} words for {len(matrix)} rows, the first {vocabulary[0]!r}")
    folder.mkdir(parents=True, exist_ok=True)
    rows, scales = quantise(matrix)
    rows[0], scales[0] = 0, 0.0
    save_file({"embeddings": rows, "weights": scales}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)  # safetensors writes files for the owner alone
    for name, content in _descriptions(vocabulary, matrix.shape[1]).items():
        compact = (",", ":") if name == "tokenizer" else None
        text = json.dumps(content, ensure_ascii=False, indent=None if compact else 2, separators=compact)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _descriptions(vocabulary: Sequence[str], dim: int) -> dict[str, object]:
    """What stands beside the vectors, by file stem."""
    tokenizer: dict[str, object] = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None, "decoder": None,
        "model": {
            "type": "WordLevel",
            "vocab": {word: row for row, word in enumerate(vocabulary)},
            "unk_token": UNKNOWN,
        },
    }  # fmt: skip
    config = {
        "model_type": "model2vec", "architectures": ["StaticModel"], "normalize": True,
        "hidden_dim": dim, "embedding_dtype": "int8", "max_length": None,
    }  # fmt: skip
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}]
    return {"tokenizer": tokenizer, "config": config, "modules": modules}
