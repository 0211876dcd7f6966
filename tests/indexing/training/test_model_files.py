"""What is written reads back as what was trained, within the step of an int8."""

from pathlib import Path

import numpy as np
import pytest

from indexing.encoder import UNKNOWN, StaticEncoder
from indexing.training.model_files import quantise, save_model


def test_the_saved_model_is_the_trained_one(tmp_path: Path) -> None:
    """Directions survive int8; the unknown row is zero whatever it was."""
    matrix = np.random.default_rng(1).normal(size=(4, 64)).astype(np.float32) * [[1], [0.01], [1], [100]]
    save_model(tmp_path / "m", [UNKNOWN, "食堂", "老人", "开放"], matrix.astype(np.float32))
    rows = StaticEncoder.load(tmp_path / "m").encode(["食堂", "老人", "开放", "老人食堂", "魑魅"])
    exact = np.stack([matrix[1], matrix[2], matrix[3], matrix[1] + matrix[2], np.zeros(64)])
    exact /= np.maximum(np.linalg.norm(exact, axis=1, keepdims=True), 1e-9)
    assert (rows[:4] * exact[:4]).sum(axis=1).min() > 0.9999
    assert not rows[4].any()


def test_rows_keep_half_a_step() -> None:
    """No number moves by more than half of its row's step; a zero row stays zero."""
    matrix = np.random.default_rng(2).normal(size=(5, 8)).astype(np.float32)
    matrix[2] = 0
    rows, scales = quantise(matrix)
    assert (np.abs(rows * scales[:, None] - matrix) <= scales[:, None] / 2 + 1e-7).all()
    assert not rows[2].any()


def test_words_and_rows_must_agree(tmp_path: Path) -> None:
    """A table without its unknown word, or with a row too many, is not written."""
    for words in (["食堂", "老人"], [UNKNOWN]):
        with pytest.raises(ValueError, match="words for 2 rows"):
            save_model(tmp_path / "m", words, np.zeros((2, 4), dtype=np.float32))
