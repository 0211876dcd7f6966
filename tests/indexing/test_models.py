"""From settings to models: by folder or by name, never from the network, contradictions in one sentence."""

import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexing.cross_encoder import CrossEncoderReranker
from indexing.encoder import StaticEncoder
from indexing.endpoint import EndpointEncoder
from indexing.errors import EncoderMismatch, PolicyAssistantError, RerankerUnavailable, SettingsError
from indexing.model_files import locate_model
from indexing.models import configured_encoder, configured_reranking
from indexing.settings import load_settings
from indexing.transformer import TransformerEncoder
from indexing.types import Encoder, Similarity
from tests.indexing.test_endpoint import assert_one_chinese_sentence

NO_ENVIRONMENT: Mapping[str, str] = {}


def encoder_with(home: Path, **flags: object) -> Encoder:
    """The encoder these settings name."""
    return configured_encoder(load_settings({"home": home, **flags}, {}), NO_ENVIRONMENT)


@pytest.fixture
def cache(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the hub with one model in it, laid out as the hub client does."""
    cache = tmp_path / "cache"
    repository = cache / "models--BAAI--bge-tiny"
    shutil.copytree(models / "plain", repository / "snapshots" / "abc123")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("abc123")
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(cache))
    return cache


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to leave the machine fails the test."""

    def refuse(*arguments: object, **_: object) -> None:
        raise AssertionError(f"connection to {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_without_a_setting_the_shipped_model_is_used(tmp_path: Path) -> None:
    """Static vectors, as before."""
    assert isinstance(encoder_with(tmp_path), StaticEncoder)


def test_a_folder_is_looked_into(tmp_path: Path, models: Path) -> None:
    """Static or transformer, as its files say; a name stays what the user wrote."""
    shipped = configured_encoder(load_settings({"home": tmp_path}, {}))
    folder = Path("indexing/models") / shipped.name
    assert isinstance(encoder_with(tmp_path, encoder=str(folder)), StaticEncoder)
    transformer = encoder_with(tmp_path, encoder=str(models / "prompted"))
    assert isinstance(transformer, TransformerEncoder)
    assert transformer.name == str(models / "prompted")


def test_every_setting_reaches_the_encoder(tmp_path: Path, models: Path) -> None:
    """Prefixes and similarity change what it makes."""
    flags = {"encoder_query_prefix": "问", "encoder_passage_prefix": "文", "encoder_similarity": "dot"}
    made = {encoder_with(tmp_path, encoder=str(models / "plain")).fingerprint}
    for name, value in flags.items():
        made.add(encoder_with(tmp_path, encoder=str(models / "plain"), **{name: value}).fingerprint)
    assert len(made) == 4
    dot = encoder_with(tmp_path, encoder=str(models / "plain"), encoder_similarity="dot")
    assert dot.similarity is Similarity.DOT


@pytest.mark.usefixtures("no_network")
def test_a_name_is_looked_up_in_the_cache(tmp_path: Path, cache: Path) -> None:
    """And nowhere else; the vectors are those of the same files in a folder."""
    named = encoder_with(tmp_path, encoder="BAAI/bge-tiny")
    folder = encoder_with(tmp_path, encoder=str(cache / "models--BAAI--bge-tiny/snapshots/abc123"))
    assert (named.name, named.fingerprint) == ("BAAI/bge-tiny", folder.fingerprint)


@pytest.mark.usefixtures("no_network", "cache")
@pytest.mark.parametrize(
    "given",
    ["BAAI/bge-m3", "no-such-model", "a/b/c", "./no/folder", "~/no-folder", "/no/folder", "..", "x y"],
)
def test_a_model_that_is_not_here_is_one_sentence(tmp_path: Path, given: str) -> None:
    """What was asked for and how to get it; nothing is downloaded."""
    with pytest.raises(PolicyAssistantError) as caught:
        encoder_with(tmp_path, encoder=given)
    if given != "..":  # a folder, though not of a model
        assert given.removeprefix("./").removeprefix("~") in str(caught.value)
        assert_one_chinese_sentence(Exception(str(caught.value).replace("hf download", "")))


def test_how_to_get_a_model_is_said(tmp_path: Path) -> None:
    """The command, and that it has to run where there is a network."""
    with pytest.raises(EncoderMismatch, match=r"不会联网下载.*hf download BAAI/bge-m3 --local-dir"):
        locate_model("BAAI/bge-m3", "encoder", "sentence-transformers")


@pytest.mark.parametrize(
    "flags",
    [
        {"encoder_url": "http://h/v1"},
        {"encoder_model": "bge-m3"},
        {"encoder_url": "http://h/v1", "encoder_model": "bge-m3", "encoder": "bge"},
        {"encoder_query_prefix": "query: "},
        {"encoder_passage_prefix": "passage: "},
        {"encoder_similarity": "dot"},
    ],
)
def test_contradictions_are_one_sentence(tmp_path: Path, flags: dict[str, object]) -> None:
    """Half of a service, two encoders, or a prefix for a bag of words."""
    with pytest.raises(SettingsError) as caught:
        encoder_with(tmp_path, **flags)
    assert_one_chinese_sentence(caught.value)


def test_a_service_is_configured_without_asking_it(tmp_path: Path) -> None:
    """Opening an index must not wait for a network."""
    encoder = encoder_with(tmp_path, encoder_url="http://127.0.0.1:9/v1", encoder_model="bge-m3")
    assert isinstance(encoder, EndpointEncoder)
    assert (encoder.name, encoder.is_remote) == ("bge-m3", True)


def test_a_reranker_is_no_encoder_and_the_other_way_round(tmp_path: Path, models: Path) -> None:
    """The libraries would run either as the other, with weights made up on the spot."""
    with pytest.raises(EncoderMismatch, match="重排模型"):
        encoder_with(tmp_path, encoder=str(models / "judge"))
    with pytest.raises(EncoderMismatch, match="重排模型"):
        encoder_with(tmp_path, encoder=str(models / "judge-bert"))
    for name in ("plain", "plain-bert"):
        settings = load_settings({"home": tmp_path, "reranker": str(models / name)}, {})
        with pytest.raises(RerankerUnavailable, match="不是重排模型") as caught:
            configured_reranking(settings)
        assert_one_chinese_sentence(caught.value)


def test_a_reranker_has_its_limits_from_the_settings(tmp_path: Path, models: Path) -> None:
    """Off unless named."""
    assert configured_reranking(load_settings({"home": tmp_path}, {})) is None
    for name in ("judge", "judge-bert"):
        flags = {"reranker": str(models / name), "rerank_budget_ms": 250, "rerank_depth": 7}
        plan = configured_reranking(load_settings({"home": tmp_path, **flags}, {}))
        assert plan is not None
        assert (plan.depth, plan.budget_s) == (7, 0.25)
        assert isinstance(plan.reranker, CrossEncoderReranker)
    with pytest.raises(RerankerUnavailable, match="hf download"):
        configured_reranking(load_settings({"home": tmp_path, "reranker": "BAAI/no-such"}, {}))
