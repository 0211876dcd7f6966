"""Training moves a question towards the passage that answers it, and only by what it is given."""

import numpy as np
import pytest

from indexing.training.contrastive import PairTable, Schedule, train
from indexing.training.tokens import TokenTable

# Rows 1..8 ask, 9..16 answer: word i is answered by word i + 8; word 17 means nothing.
N = 8


def table() -> TokenTable:
    """Queries 0..7, then for each passage two sentences, the second blurred by word 17."""
    rows = [[i] for i in range(1, N + 1)] + [row for i in range(1, N + 1) for row in ([i + N], [i + N, 17])]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return TokenTable(np.array([token for row in rows for token in row], dtype=np.int32), starts)


def pairs() -> PairTable:
    """Query i and its passage of two sentences; passage i + 1 looks alike."""
    first = np.arange(N, 3 * N, 2)
    spans = tuple(zip(first.tolist(), (first + 2).tolist(), strict=True))
    negatives = tuple((spans[(i + 1) % N],) for i in range(N))
    return PairTable(np.arange(N), first, first + 2, negatives)


def similarity(matrix: np.ndarray) -> np.ndarray:
    """Cosines of asking with answering words."""
    unit = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return unit[1 : N + 1] @ unit[N + 1 : 2 * N + 1].T


@pytest.fixture
def start() -> np.ndarray:
    """Random vectors, the unknown row zero."""
    matrix = np.random.default_rng(3).normal(size=(18, 16)).astype(np.float32)
    matrix[0] = 0
    return matrix


def test_questions_find_their_own_passage(start: np.ndarray) -> None:
    """Before, the right passage is nearest by chance; after, for all."""
    schedule = Schedule(steps=60, batch=N, learning_rate=0.05, drop=0.0)
    trained = train(start, table(), {"a": pairs()}, {"a": 1.0}, schedule)
    right = np.arange(N)
    assert (similarity(start).argmax(axis=1) == right).mean() < 0.7
    assert (similarity(trained).argmax(axis=1) == right).all()
    assert not trained[0].any()


def test_the_same_seed_gives_the_same_vectors(start: np.ndarray) -> None:
    """One seed, one result; the matrix given stays as it was."""
    before = start.copy()
    schedule = Schedule(steps=5, batch=4)
    once, again = (train(start, table(), {"a": pairs()}, {"a": 1.0}, schedule) for _ in range(2))
    np.testing.assert_array_equal(once, again)
    np.testing.assert_array_equal(start, before)
    assert not np.array_equal(once, start)
