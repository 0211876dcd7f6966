"""Units as wholes: a vector each, leant towards title and headings, beside the sentences'."""

from pathlib import Path

import numpy as np
import pytest

from indexing.building import build_whole, context_of
from indexing.dense import DenseIndex
from indexing.lexical import LexicalUnit
from indexing.vectors import CONTEXT_SHARE, in_context

BODY, CONTEXT = np.array([3.0, 0.0], dtype=np.float32), np.array([0.0, 2.0], dtype=np.float32)
UNITS = [
    LexicalUnit(0, "甲市办法", ("第一章",), "对养老服务设施给予补助。"),
    LexicalUnit(1, "甲市办法", (), "验收。"),
]


def test_a_context_leans_a_vector_and_keeps_its_length() -> None:
    """(3, 0) + 0.5·(0, 2) has the direction (3, 1) and the length 3; without a context nothing moves."""
    leant = in_context(BODY, CONTEXT)
    assert CONTEXT_SHARE == 0.5
    assert leant == pytest.approx(np.array([3.0, 1.0]) * 3 / 10**0.5)
    assert leant.dtype == np.float32
    np.testing.assert_array_equal(in_context(BODY, None), BODY)


def test_a_text_without_a_known_word_stays_nothing() -> None:
    """A title alone must not bring up a unit of unknown words, nor must a context that cancels it."""
    assert not in_context(np.zeros(2, dtype=np.float32), CONTEXT).any()
    assert not in_context(BODY, BODY / -CONTEXT_SHARE).any()


def test_each_unit_has_one_vector(tmp_path: Path) -> None:
    """Of its body, under its title and headings."""
    vectors = {
        UNITS[0].body: np.array([1, 0], dtype=np.float32),
        UNITS[1].body: np.array([0, 1], dtype=np.float32),
        context_of(UNITS[0]): np.array([0, 1], dtype=np.float32),
    }
    assert context_of(UNITS[0]) == "甲市办法\n第一章"
    build_whole(tmp_path, UNITS, vectors.get)
    hits = DenseIndex.load(tmp_path).search(np.array([1, 0], dtype=np.float32), 10)
    assert [(hit.unit, hit.score) for hit in hits] == [(0, pytest.approx(1 / 1.25**0.5))]
    hits = DenseIndex.load(tmp_path).search(np.array([0, 1], dtype=np.float32), 10)
    assert [hit.unit for hit in hits] == [1, 0]


def test_units_without_vectors_are_left_out(tmp_path: Path) -> None:
    """A service that failed half way leaves the others searchable; none at all leaves no folder."""
    build_whole(tmp_path / "some", UNITS, {UNITS[1].body: CONTEXT}.get)
    assert [hit.unit for hit in DenseIndex.load(tmp_path / "some").search(CONTEXT, 10)] == [1]
    build_whole(tmp_path / "none", UNITS, {}.get)
    assert not (tmp_path / "none").exists()
