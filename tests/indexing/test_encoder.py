"""The static encoder: equal to sentence-transformers, honest about what it does not know."""

import json
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexing.dense import DenseIndex, SentenceKey
from indexing.documents import read_document
from indexing.encoder import SHIPPED_MODEL, UNKNOWN, StaticEncoder, load_encoder
from indexing.errors import EncoderMismatch
from indexing.segmentation import words
from indexing.sentences import split_sentences
from indexing.training.model_files import save_model
from indexing.types import Encoder

ROOT = Path(__file__).resolve().parents[2]
CORPUS = [
    read_document(path.read_bytes(), path.name).document.text
    for path in sorted((ROOT / "corpus" / "documents").glob("*.txt"))
]
SENTENCES = [text[start:end] for text in CORPUS for start, end in split_sentences(text)]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    """The model that ships."""
    return StaticEncoder.load(SHIPPED_MODEL)


def write_model(
    folder: Path, tensors: dict[str, Any], vocabulary: dict[str, int], kind: str = "WordLevel"
) -> Path:
    """A model folder of our own making."""
    from safetensors.numpy import save_file

    folder.mkdir(exist_ok=True)
    save_file(tensors, folder / "model.safetensors")
    tokenizer = {"model": {"type": kind, "vocab": vocabulary, "unk_token": UNKNOWN}}
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """养老服务 → (3, 4), 验收 → (0, 2), 验 → (1, 0), 食 → (0, 1)."""
    table = np.array([[0, 0], [3, 4], [0, 2], [1, 0], [0, 1]], dtype=np.float32)
    vocabulary = {UNKNOWN: 0, "养老服务": 1, "验收": 2, "验": 3, "食": 4}
    return write_model(tmp_path / "tiny", {"embedding.weight": table}, vocabulary)


def test_vectors_equal_those_of_sentence_transformers(encoder: StaticEncoder) -> None:
    """The folder is a SentenceTransformer, and its vectors are ours within 1e-5."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations inside torch and transformers
        from sentence_transformers import SentenceTransformer

        reference = SentenceTransformer(str(SHIPPED_MODEL), device="cpu", local_files_only=True)
    texts = [*SENTENCES[::7], "北京市对社区嵌入式服务设施项目补助多少？", "鱻龘 unseenword", "。"]
    segmented = [encoder.segment(text) for text in texts]
    theirs = np.asarray(reference.encode(segmented, normalize_embeddings=True), dtype=np.float32)
    assert len(texts) > 100
    np.testing.assert_allclose(encoder.encode(texts), theirs, atol=1e-5)


def test_a_model_we_save_is_one_they_read(tmp_path: Path) -> None:
    """int8 rows with scales, written by the training program: sentence-transformers gives our vectors."""
    vocabulary = [UNKNOWN, "养老服务", "验收", "补助", "食", "堂"]
    matrix = np.random.default_rng(1).normal(size=(6, 16)).astype(np.float32)
    save_model(tmp_path / "made", vocabulary, matrix)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations inside torch and transformers
        from sentence_transformers import SentenceTransformer

        reference = SentenceTransformer(str(tmp_path / "made"), device="cpu", local_files_only=True)
    made = StaticEncoder.load(tmp_path / "made")
    texts = ["养老服务补助", "食堂验收。", "验收验收补助", "补助"]
    segmented = [made.segment(text) for text in texts]
    theirs = np.asarray(reference.encode(segmented, normalize_embeddings=True), dtype=np.float32)
    np.testing.assert_allclose(made.encode(texts), theirs, atol=1e-5)
    by_hand = matrix[4] + matrix[5] + matrix[2]
    assert made.encode(["食堂验收。"])[0] @ by_hand / np.linalg.norm(by_hand) > 0.999


def test_rows_are_unit_norm_float32(encoder: StaticEncoder) -> None:
    """What the Encoder protocol promises of shape, type and length."""
    typed: Encoder = encoder
    rows = typed.encode(["养老服务", "验收", ""])
    assert rows.shape == (3, typed.dim)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 0], abs=1e-6)
    assert typed.encode([]).shape == (0, typed.dim)


def test_the_mean_by_hand(tiny: Path) -> None:
    """Mean of the words' rows, then length 1; 食验 is split into 食 and 验; unknown words count nothing."""
    encoder = StaticEncoder.load(tiny)
    rows = encoder.encode(["养老服务，验收。", "食验", "重庆", "重庆验收"])
    np.testing.assert_allclose(
        rows, [[3 / 45**0.5, 6 / 45**0.5], [0.5**0.5, 0.5**0.5], [0, 0], [0, 1]], atol=1e-6
    )


@pytest.mark.parametrize("text", ["", "   ", "。！？", "😀", "\ud800", "\x00", "xqzjv"])
def test_a_text_without_a_known_word_is_a_zero_row(tiny: Path, text: str) -> None:
    """No known word, no direction."""
    assert not StaticEncoder.load(tiny).encode([text]).any()


def test_a_text_of_unknown_words_has_no_dense_hits(encoder: StaticEncoder, tmp_path: Path) -> None:
    """What the shipped model cannot read finds nothing, rather than anything."""
    keys = [SentenceKey(unit, 0, len(text)) for unit, text in enumerate(SENTENCES[:50])]
    index = DenseIndex.build(tmp_path, keys, encoder.encode(SENTENCES[:50]))
    (unread, read) = encoder.encode(["鱻龘 qqzzxx", "养老服务"])
    assert index.search(unread, 10) == []
    assert index.search(read, 10)


def test_int8_rows_times_their_weights(tmp_path: Path) -> None:
    """int8 rows with a weight each, as the shipped model stores them, are the numbers they stand for."""
    tensors = {
        "embeddings": np.array([[0, 0], [100, -50], [0, 127]], dtype=np.int8),
        "weights": np.array([0, 0.01, 0.5], dtype=np.float32),
    }
    folder = write_model(tmp_path / "model", tensors, {UNKNOWN: 0, "验收": 1, "补助": 2})
    mean = np.array([1.0, -0.5 + 63.5]) / 2
    expected = np.stack([[2 / 5**0.5, -1 / 5**0.5], mean / np.linalg.norm(mean)])
    np.testing.assert_allclose(StaticEncoder.load(folder).encode(["验收", "验收补助"]), expected, atol=1e-6)


def test_a_text_keeps_its_vector_in_any_company(encoder: StaticEncoder) -> None:
    """Rows do not depend on the texts beside them."""
    together = encoder.encode(["养老服务", "竣工验收", "养老服务"])
    np.testing.assert_array_equal(together[0], together[2])
    np.testing.assert_array_equal(together[1], encoder.encode(["竣工验收"])[0])


def test_the_corpus_is_in_the_vocabulary(encoder: StaticEncoder) -> None:
    """Every word and every character of the shipped documents has a vector."""
    split = [sentence for sentence in SENTENCES if encoder.segment(sentence).split() != words(sentence)]
    assert split == []
    characters = {character for text in CORPUS for word in words(text) for character in word}
    spelled = [each for each in sorted(characters) if each.isalnum() and encoder.segment(each) != each]
    assert spelled == []
    rows = encoder.encode(
        [sentence for sentence in SENTENCES if words(sentence)] + sorted(characters - set("%."))
    )
    assert np.linalg.norm(rows, axis=1).min() > 0.99


def test_related_texts_are_nearer_than_unrelated(encoder: StaticEncoder) -> None:
    """The shipped vectors carry some meaning beyond shared words."""
    for query, near, far in [
        ("给多少钱", "给予资金补助", "竣工验收"),
        ("老人吃饭", "老年助餐", "国土空间规划"),
        ("幼儿", "托育", "容积率"),
        ("房东不退押金", "出租人返还租金", "用水定额"),
        ("孩子放学没人管", "课后服务", "招标投标"),
        ("楼上装修太吵", "环境噪声污染", "企业破产"),
    ]:
        rows = encoder.encode([query, near, far])
        assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_model2vec_weights_and_mapping_are_folded(tmp_path: Path) -> None:
    """Row of a word = embeddings[mapping[word]] × weights[word], as model2vec has it."""
    tensors = {
        "embeddings": np.array([[0, 0], [1, 0], [0, 1]], dtype=np.float16),
        "mapping": np.array([0, 2, 1, 1], dtype=np.int64),
        "weights": np.array([0, 1, 3, 1], dtype=np.float32),
    }
    vocabulary = {UNKNOWN: 0, "验收": 1, "补助": 2, "养老": 3}
    folder = write_model(tmp_path / "model", tensors, vocabulary)
    rows = StaticEncoder.load(folder).encode(["验收补助", "养老"])
    np.testing.assert_allclose(rows, np.array([[3 / 10**0.5, 1 / 10**0.5], [1, 0]]), atol=1e-6)


def test_the_fingerprint_follows_weights_and_vocabulary(tiny: Path, tmp_path: Path) -> None:
    """Any change that could move a vector changes the fingerprint; loading again does not."""
    before = load_encoder(tiny).fingerprint
    assert StaticEncoder.load(tiny).fingerprint == before
    table = np.array([[0, 0], [3, 4], [0, 2], [1, 0], [0, 1.5]], dtype=np.float32)
    vocabulary = {UNKNOWN: 0, "养老服务": 1, "验收": 2, "验": 3, "食": 4}
    other = load_encoder(write_model(tmp_path / "other", {"embedding.weight": table}, vocabulary))
    renamed = load_encoder(
        write_model(tmp_path / "tiny", {"embedding.weight": table}, vocabulary | {"食": 3})
    )
    assert len({before, other.fingerprint, renamed.fingerprint}) == 3
    assert (renamed.name, other.name) == ("tiny", "other")


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"{}", "不是模型".encode(), b"[1]"])
def test_a_folder_without_a_model_is_named(tiny: Path, file: str, content: bytes | None) -> None:
    """A missing or damaged file is one sentence with the folder in it."""
    (tiny / file).unlink()
    if content is not None:
        (tiny / file).write_bytes(content)
    with pytest.raises(EncoderMismatch, match="tiny"):
        load_encoder(tiny)


def test_models_of_another_kind_are_refused(tmp_path: Path) -> None:
    """A subword tokenizer, other tensors, or a vocabulary longer than the table cannot be run here."""
    table = np.zeros((2, 2), dtype=np.float32)
    for number, (tensors, vocabulary, kind) in enumerate(
        [
            ({"embeddings": table}, {UNKNOWN: 0, "a": 1}, "WordPiece"),
            ({"pooler.weight": table}, {UNKNOWN: 0, "a": 1}, "WordLevel"),
            ({"embeddings": table}, {UNKNOWN: 0, "a": 2}, "WordLevel"),
            ({"embeddings": table}, {UNKNOWN: 0, "a": -1}, "WordLevel"),
            ({"embeddings": table, "mapping": np.array([0, 5])}, {UNKNOWN: 0, "a": 1}, "WordLevel"),
            ({"embeddings": table, "weights": np.ones(5, np.float32)}, {UNKNOWN: 0, "a": 1}, "WordLevel"),
        ]
    ):
        with pytest.raises(EncoderMismatch):
            load_encoder(write_model(tmp_path / str(number), tensors, vocabulary, kind))


def test_the_shipped_model_is_small_and_loads_without_torch() -> None:
    """At most 16 MB in the wheel; a question imports neither torch nor tokenizers."""
    assert sum(path.stat().st_size for path in SHIPPED_MODEL.iterdir()) <= 16_000_000
    program = (
        "import sys; from indexing.encoder import load_encoder; load_encoder().encode(['补助']); "
        "found = {'torch', 'tokenizers', 'transformers', 'sentence_transformers'} & set(sys.modules); "
        "assert not found, found"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
