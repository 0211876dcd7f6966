"""Dense search: FAISS ids, best sentence of a unit, damage."""

from pathlib import Path

import numpy as np
import pytest

from indexing.dense import SENTENCES_FILE, VECTORS_FILE, DenseHit, DenseIndex, SentenceKey
from indexing.errors import StaleIndex
from indexing.types import FloatMatrix
from tests.hashing_encoder import HashingEncoder

KEYS = [
    SentenceKey(7, 0, 5),
    SentenceKey(2, 10, 15),
    SentenceKey(7, 5, 9),
    SentenceKey(4, 20, 30),
    SentenceKey(4, 30, 31),
]


def unit_rows(rows: list[list[float]]) -> FloatMatrix:
    """Rows scaled to length 1; zero rows stay."""
    matrix = np.array(rows, dtype=np.float32)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    np.divide(matrix, norms, out=matrix, where=norms > 0)
    return matrix


VECTORS = unit_rows([[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]])


@pytest.fixture
def index(tmp_path: Path) -> DenseIndex:
    """Three units, five sentences, one of them without a known word."""
    return DenseIndex.build(tmp_path / "dense", KEYS, VECTORS)


def test_a_unit_scores_by_its_best_sentence(index: DenseIndex) -> None:
    """One hit a unit, with the span of the sentence that earned it; scores of 0 are no hits."""
    hits = index.search(unit_rows([[0, 1, 0]])[0], 10)
    assert [(hit.unit, hit.start, hit.end) for hit in hits] == [(7, 5, 9), (2, 10, 15)]
    assert [hit.score for hit in hits] == pytest.approx([1.0, 0.5**0.5])


def test_only_allowed_units_are_found(index: DenseIndex) -> None:
    """A filter works on units, whatever sentence ids they have."""
    vector = unit_rows([[1, 1, 1]])[0]
    assert {hit.unit for hit in index.search(vector, 10)} == {2, 4, 7}
    assert [hit.unit for hit in index.search(vector, 10, {4, 99})] == [4]
    assert index.search(vector, 10, set()) == index.search(vector, 10, [99]) == []


def test_a_zero_query_finds_nothing(index: DenseIndex) -> None:
    """A question without a known word has no nearest sentence."""
    assert index.search(np.zeros(3, dtype=np.float32), 10) == []
    assert index.search(VECTORS[0], 0) == []


@pytest.mark.parametrize("scanned_from", [10**9, 1], ids=["all exactly", "scanned first"])
def test_search_equals_a_slow_obvious_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scanned_from: int
) -> None:
    """Against plain numpy: every top_k, with and without filters, many sentences a unit; large or small."""
    monkeypatch.setattr("indexing.dense.SCANNED_FROM", scanned_from)
    random = np.random.default_rng(7)
    vectors = unit_rows(random.normal(size=(400, 16)).tolist())
    keys = [SentenceKey(int(unit), i, i + 1) for i, unit in enumerate(random.integers(0, 20, size=400))]
    index = DenseIndex.build(tmp_path, keys, vectors)
    for top_k in (1, 3, 20, 50):
        for allowed in (None, {1, 5, 19, 300}):
            query = unit_rows(random.normal(size=(1, 16)).tolist())[0]
            best: dict[int, tuple[float, SentenceKey]] = {}
            for key, score in zip(keys, (vectors @ query).tolist(), strict=True):
                permitted = allowed is None or key.unit in allowed
                if score > 0 and permitted and score > best.get(key.unit, (0.0, key))[0]:
                    best[key.unit] = (score, key)
            expected = sorted(best.values(), key=lambda pair: -pair[0])[:top_k]
            hits = index.search(query, top_k, allowed)
            assert [(hit.unit, hit.start) for hit in hits] == [(key.unit, key.start) for _, key in expected]
            assert [hit.score for hit in hits] == pytest.approx([score for score, _ in expected], abs=1e-5)


def test_a_scan_takes_vectors_of_any_length_and_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inner products are those of the vectors, not of their bytes; a zero vector is still no hit."""
    monkeypatch.setattr("indexing.dense.SCANNED_FROM", 1)
    keys = [SentenceKey(unit, 0, 1) for unit in range(4)]
    vectors = np.array([[30, 40], [0, 0], [0.003, 0.004], [-3, 4]], dtype=np.float32)
    hits = DenseIndex.build(tmp_path / "long", keys, vectors).search(np.array([6, 8], dtype=np.float32), 9)
    assert [(hit.unit, hit.score) for hit in hits] == [
        (0, pytest.approx(500)),
        (3, pytest.approx(14)),
        (2, pytest.approx(0.05)),
    ]
    silent = DenseIndex.build(tmp_path / "silent", keys, np.zeros((4, 2), dtype=np.float32))
    assert silent.search(np.array([6, 8], dtype=np.float32), 9) == []


def test_equal_scores_are_in_order_of_unit_and_of_sentence(tmp_path: Path) -> None:
    """Order never depends on the order of insertion between units, and the first sentence wins in one."""
    keys = [SentenceKey(9, 0, 1), SentenceKey(3, 0, 1), SentenceKey(3, 1, 2), SentenceKey(5, 0, 1)]
    index = DenseIndex.build(tmp_path, keys, unit_rows([[1, 0]] * 4))
    hits = index.search(unit_rows([[1, 0]])[0], 10)
    assert hits == [DenseHit(3, 1.0, 0, 1), DenseHit(5, 1.0, 0, 1), DenseHit(9, 1.0, 0, 1)]
    assert index.search(unit_rows([[1, 0]])[0], 1) == hits[:1]


def test_every_sentence_of_a_unit_has_a_score(index: DenseIndex) -> None:
    """For focus: all spans of one unit, none of another."""
    scores = index.sentence_scores(VECTORS[1], 7)
    assert scores == pytest.approx({(0, 5): 0.5**0.5, (5, 9): 0.5**0.5})
    assert index.sentence_scores(VECTORS[3], 4) == pytest.approx({(20, 30): 1.0, (30, 31): 0.0})
    assert index.sentence_scores(VECTORS[1], 5) == {}


def test_a_loaded_index_is_the_one_that_was_built(index: DenseIndex, tmp_path: Path) -> None:
    """Same hits and scores from disk."""
    loaded = DenseIndex.load(tmp_path / "dense")
    assert loaded.dim == 3
    for vector in VECTORS:
        assert loaded.search(vector, 10) == index.search(vector, 10)
    assert loaded.sentence_scores(VECTORS[1], 7) == index.sentence_scores(VECTORS[1], 7)


def test_nearer_texts_come_first(tmp_path: Path) -> None:
    """With an encoder whose order is known, the sentence that shares most with the question leads."""
    encoder = HashingEncoder()
    texts = ["对养老服务设施给予补助", "项目竣工后开展验收", "养老服务由社区提供"]
    index = DenseIndex.build(
        tmp_path,
        [SentenceKey(i, 0, len(text)) for i, text in enumerate(texts)],
        encoder.encode_passages(texts),
    )
    hits = index.search(encoder.encode_queries(["养老服务设施补助"])[0], 10)
    assert [hit.unit for hit in hits[:2]] == [0, 2]


def test_no_sentences_make_an_empty_index(tmp_path: Path) -> None:
    """An empty library can be searched."""
    DenseIndex.build(tmp_path, [], np.zeros((0, 3), dtype=np.float32))
    loaded = DenseIndex.load(tmp_path)
    assert loaded.search(VECTORS[0], 10) == []
    assert loaded.sentence_scores(VECTORS[0], 0) == {}


@pytest.mark.parametrize(
    ("keys", "vectors"),
    [
        (KEYS[:2], VECTORS),
        (KEYS[:1], np.zeros(3, dtype=np.float32)),
        (KEYS[:1], np.full((1, 3), np.nan, dtype=np.float32)),
    ],
)
def test_keys_and_vectors_must_fit(tmp_path: Path, keys: list[SentenceKey], vectors: FloatMatrix) -> None:
    """A caller's mistake is refused before anything is written."""
    with pytest.raises(ValueError, match="vectors"):
        DenseIndex.build(tmp_path / "new", keys, vectors)
    assert not (tmp_path / "new").exists()


def test_a_query_of_another_dimension_is_refused(index: DenseIndex) -> None:
    """Vectors of another encoder are never compared."""
    with pytest.raises(ValueError, match="dimension 3"):
        index.search(np.ones(4, dtype=np.float32), 10)


@pytest.mark.parametrize("file", [VECTORS_FILE, SENTENCES_FILE])
@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.97])
def test_a_truncated_file_is_stale(index: DenseIndex, tmp_path: Path, file: str, kept: float) -> None:
    """What FAISS or numpy cannot read is our error, with what to do."""
    path = tmp_path / "dense" / file
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(StaleIndex, match="cewen index"):
        DenseIndex.load(tmp_path / "dense")


@pytest.mark.parametrize("file", [VECTORS_FILE, SENTENCES_FILE])
def test_a_missing_or_foreign_file_is_stale(index: DenseIndex, tmp_path: Path, file: str) -> None:
    """A file that is gone, is text, or belongs to another index is noticed."""
    path = tmp_path / "dense" / file
    DenseIndex.build(tmp_path / "other", KEYS[:2], VECTORS[:2])
    for content in ("不是索引".encode(), (tmp_path / "other" / file).read_bytes(), None):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(StaleIndex):
            DenseIndex.load(tmp_path / "dense")
        path.touch()


def test_no_pickle_is_ever_read(index: DenseIndex, tmp_path: Path) -> None:
    """A table of Python objects is refused, not unpickled."""
    table = np.array([[object()] * 3] * len(KEYS), dtype=object)
    np.savez(tmp_path / "dense" / SENTENCES_FILE, table=table, allow_pickle=True)
    with pytest.raises(StaleIndex):
        DenseIndex.load(tmp_path / "dense")
