"""Sentence-transformers models in a folder: equal to the library, told apart, refused in one sentence."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexing.errors import EncoderError, EncoderMismatch
from indexing.transformer import TransformerEncoder, TransformerOptions
from indexing.types import Encoder, FloatMatrix, Similarity
from tests.indexing.test_endpoint import assert_one_chinese_sentence
from tests.indexing.tiny_models import quiet, save_bert, save_sentence_model

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ["社区食堂补助多少", "托育", "北京市养老服务收费标准，给予补助。", "补"]
CPU = TransformerOptions(device="cpu")


def load(folder: Path, options: TransformerOptions = CPU) -> Encoder:
    """The encoder under its folder's name."""
    return TransformerEncoder(folder.name, folder, options)


def reference(folder: Path, texts: list[str], prompt: str) -> FloatMatrix:
    """What sentence-transformers itself makes of them."""
    with quiet():
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        return np.asarray(model.encode(texts, prompt=prompt), dtype=np.float32)


def test_vectors_equal_those_of_sentence_transformers(models: Path) -> None:
    """With the model's own prompts, raw for a dot-product model."""
    encoder = load(models / "prompted")
    np.testing.assert_allclose(
        encoder.encode_queries(TEXTS), reference(models / "prompted", TEXTS, "问："), atol=1e-5
    )
    np.testing.assert_allclose(
        encoder.encode_passages(TEXTS), reference(models / "prompted", TEXTS, "文："), atol=1e-5
    )
    assert (encoder.similarity, encoder.dim, encoder.name) == (Similarity.DOT, 16, "prompted")
    assert encoder.notices == ()


def test_a_dot_product_model_is_never_turned_into_cosine(models: Path) -> None:
    """Its vectors keep their lengths; only the setting makes them unit."""
    raw = load(models / "prompted").encode_passages(TEXTS)
    assert np.ptp(np.linalg.norm(raw, axis=1)) > 1e-4
    unit = load(models / "prompted", replace(CPU, similarity=Similarity.COSINE)).encode_passages(TEXTS)
    assert np.linalg.norm(unit, axis=1) == pytest.approx([1] * len(TEXTS), abs=1e-5)


def test_an_unstated_similarity_is_said(models: Path) -> None:
    """Cosine with a notice; none for a model that normalises, or when the setting decides."""
    plain = load(models / "plain")
    assert plain.similarity is Similarity.COSINE
    assert any("encoder_similarity" in notice for notice in plain.notices)
    assert load(models / "unit").notices == ()
    for chosen in Similarity:
        assert load(models / "plain", replace(CPU, similarity=chosen)).notices == ()


def test_prefixes_set_replace_the_models_own(models: Path) -> None:
    """An empty one takes the prompt away."""
    bare = load(models / "prompted", replace(CPU, query_prefix="", passage_prefix="市"))
    np.testing.assert_allclose(
        bare.encode_queries(TEXTS), reference(models / "prompted", TEXTS, ""), atol=1e-5
    )
    np.testing.assert_allclose(
        bare.encode_passages(TEXTS), reference(models / "prompted", TEXTS, "市"), atol=1e-5
    )


def test_the_fingerprint_follows_everything_that_moves_a_vector(models: Path, tmp_path: Path) -> None:
    """Weights, tokenizer, prefixes, similarity; not the place, the name, a manual or the batch size."""
    folder = models / "plain"
    options = [
        CPU,
        replace(CPU, query_prefix="问"),
        replace(CPU, passage_prefix="问"),
        replace(CPU, similarity=Similarity.DOT),
    ]
    made = [load(folder, each).fingerprint for each in options]
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "README.md").write_text("other")
    (copy / "onnx").mkdir()
    (copy / "onnx" / "model.onnx").write_bytes(b"other")
    assert load(copy, replace(CPU, batch_size=1, device="cuda")).fingerprint == made[0]
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copy / "model.safetensors").write_bytes(weights)
    made.append(load(copy).fingerprint)
    shutil.copy(folder / "model.safetensors", copy)
    (copy / "tokenizer.json").write_text((copy / "tokenizer.json").read_text("utf-8") + " ", "utf-8")
    made.append(load(copy).fingerprint)
    assert len(set(made)) == len(made)


def test_texts_too_long_for_the_model_are_counted(models: Path) -> None:
    """What is cut does not go unsaid; what fits, its prefix and marks included, is not counted."""
    encoder = load(models / "unit")
    encoder.encode_passages(["补" * 62])
    assert encoder.notices == ()
    encoder.encode_passages(["补" * 63, "助" * 500, "短"])
    assert any("2 句" in notice and "64" in notice for notice in encoder.notices)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "😀鱻", "补" * 5000])
def test_any_text_has_a_finite_vector(models: Path, text: str) -> None:
    """A tokenizer must not stop on what a user pastes."""
    rows = load(models / "unit").encode_queries([text])
    assert rows.shape == (1, 16)
    assert np.isfinite(rows).all()


def test_no_texts_are_no_rows(models: Path) -> None:
    """Shape `(0, dim)`."""
    assert load(models / "unit").encode_passages([]).shape == (0, 16)


def test_a_text_keeps_its_vector_in_any_company(models: Path) -> None:
    """Batches sort and pad; the rows come back in order."""
    encoder = load(models / "unit", replace(CPU, batch_size=2))
    together = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_a_bare_transformer_is_an_encoder(tmp_path: Path) -> None:
    """Without modules.json the mean of its tokens is taken, as sentence-transformers does."""
    assert load(save_bert(tmp_path / "bert")).encode_passages(TEXTS).shape == (4, 16)


def test_a_distance_we_do_not_compute_is_refused(tmp_path: Path) -> None:
    """Not silently compared in another way; a setting may say which."""
    folder = save_sentence_model(tmp_path / "far", similarity_fn_name="euclidean")
    with pytest.raises(EncoderMismatch, match="euclidean") as caught:
        load(folder)
    assert_one_chinese_sentence(caught.value)
    assert load(folder, replace(CPU, similarity=Similarity.COSINE)).similarity is Similarity.COSINE


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.safetensors", None),
        ("model.safetensors", b"not weights"),
        ("config.json", b"{"),
        ("config.json", b"[]"),
        ("config.json", b'{"model_type": "no-such-kind"}'),
        ("modules.json", b'[{"idx": 0, "name": "0", "path": "", "type": "os.system"}]'),
        ("modules.json", b"\xff"),
        ("config_sentence_transformers.json", b'{"prompts": 3}'),
        ("tokenizer.json", b"{}"),
    ],
)
def test_a_damaged_folder_is_one_sentence(
    models: Path, tmp_path: Path, file: str, content: bytes | None
) -> None:
    """Found when the folder is read, or when the model is first used."""
    folder = shutil.copytree(models / "plain", tmp_path / "model")
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    with pytest.raises(EncoderError) as caught:
        load(folder).encode_queries(["补助"])
    assert_one_chinese_sentence(caught.value)


def test_a_device_that_is_not_there_is_said(models: Path) -> None:
    """The setting is named."""
    with pytest.raises(EncoderMismatch, match="encoder_device") as caught:
        load(models / "plain", replace(CPU, device="npu:7")).encode_queries(["补助"])
    assert_one_chinese_sentence(caught.value)


def test_broken_weights_give_no_vectors(models: Path, tmp_path: Path) -> None:
    """NaN would be near everything and nothing."""
    from safetensors.numpy import load_file, save_file

    folder = shutil.copytree(models / "plain", tmp_path / "model")
    tensors = load_file(folder / "model.safetensors")
    name = next(name for name in tensors if "word_embeddings" in name)
    tensors[name] = np.full_like(tensors[name], np.nan)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(EncoderMismatch, match="无效的数值"):
        load(folder).encode_queries(["补助"])


def test_name_and_fingerprint_need_no_torch(models: Path) -> None:
    """An index is opened and checked, and documents are listed, without the model."""
    program = (
        "import sys; from pathlib import Path\n"
        "from indexing.transformer import TransformerEncoder, TransformerOptions\n"
        f"encoder = TransformerEncoder('m', Path({str(models / 'plain')!r}), TransformerOptions())\n"
        "encoder.fingerprint, encoder.similarity, encoder.notices\n"
        "found = {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
        "assert not found, found"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
