"""Vectors from a service: checked before they are used, bounded in time, the key never told."""

import json
import logging
import re
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexing.endpoint import EndpointEncoder, EndpointOptions
from indexing.endpoint_client import API_KEY_ENV, ApiKey, EmbeddingClient, read_api_key
from indexing.errors import EncoderError, EncoderMismatch, EncoderUnavailable, SettingsError
from indexing.types import Encoder, Similarity
from tests.indexing.embedding_service import (
    Reply,
    Service,
    altered,
    dripping,
    failing_first,
    raw,
    running,
    silent,
    status,
)

OPTIONS = EndpointOptions("hashing", timeout_s=60, query_timeout_s=60, batch_size=3)


def encoder_of(service: Service, options: EndpointOptions = OPTIONS, key: ApiKey | None = None) -> Encoder:
    """An encoder that asks `service`, without real pauses."""
    return EndpointEncoder(EmbeddingClient(service.url, key, sleep=lambda _: None), service.url, options)


def assert_one_chinese_sentence(error: Exception) -> None:
    """What a user reads: Chinese, one sentence, no library's words."""
    said = str(error)
    assert said.endswith("。")
    assert said.count("。") == 1
    assert any("\u4e00" <= character <= "\u9fff" for character in said)
    assert not re.search("[a-z]+ [a-z]+ [a-z]+", said)


def test_vectors_are_those_of_the_service_in_the_order_asked() -> None:
    """In batches, whatever order the answers have; unit norm, float32."""
    texts = ["社区食堂", "托育服务", "便民理发", "健身场地", "图书借阅", "食堂补助", "验收"]
    with running() as service:
        encoder = encoder_of(service)
        rows = encoder.encode_passages(texts)
        np.testing.assert_allclose(rows, service.vectors(texts), atol=1e-6)
        assert (rows.dtype, rows.shape, encoder.dim) == (np.float32, (7, 32), 32)
        assert [len(body["input"]) for body in service.seen] == [3, 3, 1]
        assert {body["path"] for body in service.seen} == {"/v1/embeddings"}
        assert encoder.encode_passages([]).shape == (0, 32)
        assert len(service.seen) == 3  # the dimension is known, nobody is asked for nothing


def test_questions_and_passages_have_their_own_prefix() -> None:
    """To the letter; lone surrogates never leave the machine, long texts are cut and counted."""
    options = replace(OPTIONS, query_prefix="query: ", passage_prefix="passage: ", max_chars=50)
    with running() as service:
        encoder = encoder_of(service, options)
        encoder.encode_queries(["补助\ud800"])
        encoder.encode_passages(["补" * 51, "短"])
        assert service.texts == ["query: 补助\ufffd", "passage: " + "补" * 50, "passage: 短"]
        assert any("1 句超过 50 字" in notice for notice in encoder.notices)


def test_the_dimension_is_asked_for_once() -> None:
    """Before anything was encoded, one question finds it out."""
    with running() as service:
        encoder = encoder_of(service)
        assert (encoder.dim, encoder.dim, len(service.seen)) == (32, 32, 1)


def test_a_dot_product_model_stays_one() -> None:
    """Vectors keep their length when the setting says so; without it, uneven lengths are said aloud."""

    def doubled(items: list[dict[str, Any]]) -> None:
        for item in items:
            item["embedding"] = [2 * number for number in item["embedding"]]

    with running(altered(doubled)) as service:
        dot = encoder_of(service, replace(OPTIONS, similarity=Similarity.DOT))
        assert np.linalg.norm(dot.encode_passages(["补助"])) == pytest.approx(2)
        assert (dot.similarity, dot.notices) == (Similarity.DOT, ())
        cosine = encoder_of(service)
        assert np.linalg.norm(cosine.encode_passages(["补助"])) == pytest.approx(1)
        assert any("encoder_similarity" in notice for notice in cosine.notices)
        told = encoder_of(service, replace(OPTIONS, similarity=Similarity.COSINE))
        told.encode_passages(["补助"])
        assert told.notices == ()


def test_the_fingerprint_follows_everything_that_moves_a_vector() -> None:
    """Address, model, prefixes, similarity, length limit; not the time it may take."""
    changes: list[dict[str, object]] = [
        {},
        {"model": "other"},
        {"query_prefix": "q"},
        {"passage_prefix": "q"},
        {"similarity": Similarity.DOT},
        {"max_chars": 99},
    ]
    client = EmbeddingClient("http://h/v1", None)
    made = [
        EndpointEncoder(client, "http://h/v1", replace(OPTIONS, **change)).fingerprint  # type: ignore[arg-type]
        for change in changes
    ]
    made.append(EndpointEncoder(client, "http://i/v1", OPTIONS).fingerprint)
    assert len(set(made)) == len(made)
    patient = replace(OPTIONS, timeout_s=9, query_timeout_s=9, batch_size=9)
    assert EndpointEncoder(client, "http://h/v1/", patient).fingerprint == made[0]


def without_first(items: list[dict[str, Any]]) -> None:
    """One vector too few."""
    items.pop()


def set_on_first(key: str, value: object) -> Callable[[list[dict[str, Any]]], None]:
    """Something else in the first item."""

    def change(items: list[dict[str, Any]]) -> None:
        items[0][key] = value

    return change


@pytest.mark.parametrize(
    "reply",
    [
        altered(without_first),
        altered(lambda items: items.append(dict(items[0]))),
        altered(set_on_first("embedding", [float("nan")] * 32)),
        altered(set_on_first("embedding", [float("inf")] * 32)),
        altered(set_on_first("embedding", [1e300] * 32)),
        altered(set_on_first("embedding", [10**400] * 32)),
        altered(set_on_first("embedding", ["0.1"] * 32)),
        altered(set_on_first("embedding", [True] * 32)),
        altered(set_on_first("embedding", [None] * 32)),
        altered(set_on_first("embedding", [[0.1]] * 32)),
        altered(set_on_first("embedding", [[0.1], 0.2])),
        altered(set_on_first("embedding", [])),
        altered(set_on_first("embedding", "AAAA")),
        altered(set_on_first("embedding", {"0": 1})),
        altered(set_on_first("embedding", [0.5] * 31)),
        altered(set_on_first("index", 0)),
        altered(set_on_first("index", 7)),
        altered(set_on_first("index", "1")),
        altered(set_on_first("index", True)),
        altered(lambda items: items[0].pop("embedding")),
        altered(lambda items: items.clear()),
        raw(b""),
        raw(b"null"),
        raw(b"[]"),
        raw(b'{"data": null}'),
        raw(b'{"data": ["x", "y"]}'),
        raw(b'{"error": {"message": "no such model"}}'),
        raw(b"<html>It works!</html>"),
        raw(b"\xff\xfe"),
        raw(b"[" * 100_000),
        raw(b" " * 10_000_000),
        status(500),
        status(503),
        status(400),
        status(401),
        status(404),
        status(413),
        status(302),
    ],
)
def test_lies_and_refusals_are_one_sentence(reply: Reply) -> None:
    """Nothing of such an answer is used, and the user reads what to look at."""
    with running(reply) as service:
        encoder = encoder_of(service)
        with pytest.raises(EncoderError) as caught:
            encoder.encode_queries(["社区食堂", "托育"])
        assert_one_chinese_sentence(caught.value)


def test_items_without_index_keep_their_order() -> None:
    """Some gateways leave it out in all of them."""

    def unnumbered(items: list[dict[str, Any]]) -> None:
        items.reverse()
        for item in items:
            item.pop("index")

    with running(altered(unnumbered)) as service:
        rows = encoder_of(service).encode_passages(["食堂", "托育"])
        np.testing.assert_allclose(rows, service.vectors(["食堂", "托育"]), atol=1e-6)


def test_another_dimension_later_is_refused() -> None:
    """The model behind the name was changed while we talked to it."""
    with running() as service:
        encoder = encoder_of(service)
        encoder.encode_passages(["食堂"])
        service.dim = 16
        with pytest.raises(EncoderUnavailable, match="长短不一"):
            encoder.encode_passages(["食堂"])


@pytest.mark.parametrize("reply", [silent, dripping])
def test_waiting_ends(reply: Reply) -> None:
    """A service that hangs, or answers a byte at a time, is given up when the time is over."""
    with running(reply) as service:
        encoder = encoder_of(service, replace(OPTIONS, query_timeout_s=0.3))
        with pytest.raises(EncoderUnavailable, match="没有及时答复"):
            encoder.encode_queries(["食堂"])


def test_nobody_there_is_said() -> None:
    """Connection refused, a name nobody knows, and a path that is no address."""
    with running() as service:
        url = service.url
    for address in (url, "http://no-such-host.invalid/v1"):
        client = EmbeddingClient(address, None, sleep=lambda _: None)
        with pytest.raises(EncoderUnavailable, match="连不上") as caught:
            client.post({"input": ["x"]}, 60, 1000)
        assert_one_chinese_sentence(caught.value)


def test_what_may_pass_is_tried_again() -> None:
    """A service that starts up, or is overloaded for a moment; not one that refuses."""
    with running(failing_first(2)) as service:
        assert encoder_of(service).encode_queries(["食堂"]).shape == (1, 32)
        assert len(service.seen) == 3
    with running(failing_first(1, 401)) as service:
        with pytest.raises(EncoderMismatch, match="密钥"):
            encoder_of(service).encode_queries(["食堂"])
        assert len(service.seen) == 1


def test_pauses_stay_within_the_time() -> None:
    """Never asked again when the pause would end too late; measured on a clock of our own."""
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    with running(status(503)) as service:
        client = EmbeddingClient(service.url, None, clock=lambda: now[0], sleep=sleep)
        with pytest.raises(EncoderUnavailable):
            client.post({"input": ["x"]}, 0.5, 1000)
        assert now[0] < 0.5
        assert len(service.seen) == 2  # at 0 and 0.2; the next pause would end at 0.6


def test_the_key_is_sent_and_never_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It reaches the service; no message, repr or log record holds it."""
    (tmp_path / "key").write_text("sk-hunter2\n", "utf-8")
    key = read_api_key(tmp_path / "key", {})
    assert key == ApiKey("sk-hunter2") == read_api_key(None, {API_KEY_ENV: " sk-hunter2 "})
    assert "hunter2" not in f"{key} {key!r}"
    with caplog.at_level(logging.DEBUG), running() as service:
        encoder_of(service, key=key).encode_queries(["食堂"])
        assert service.keys == ["Bearer sk-hunter2"]
        service.reply = status(401)
        with pytest.raises(EncoderMismatch) as caught:
            encoder_of(service, key=key).encode_queries(["食堂"])
    assert "hunter2" not in str(caught.value) + caplog.text


def test_without_a_key_none_is_sent() -> None:
    """Ollama and most intranet services want none."""
    assert read_api_key(None, {}) is read_api_key(None, {API_KEY_ENV: " "}) is None
    with running() as service:
        encoder_of(service).encode_queries(["食堂"])
        assert service.keys == [None]


@pytest.mark.parametrize(
    "content", [None, b"", b"\n", b"two words", b"sk-1\nsk-2", "密钥".encode(), b"\xff", b"\0"]
)
def test_a_bad_key_file_is_named_without_its_path(tmp_path: Path, content: bytes | None) -> None:
    """Whoever pastes the key in the place of its path does not find it in the message."""
    file = tmp_path / "sk-hunter2"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match="encoder_api_key_file") as caught:
        read_api_key(file, {})
    assert_one_chinese_sentence(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


def test_a_redirect_is_not_followed() -> None:
    """Texts go to the address that was configured."""
    with running() as other, running(status(307, other.url + "/embeddings")) as service:
        with pytest.raises(EncoderMismatch, match="不跟随"):
            encoder_of(service).encode_queries(["食堂"])
        assert (len(service.seen), other.seen) == (1, [])


def test_the_address_may_be_written_whole() -> None:
    """With /embeddings at its end, as some manuals print it."""
    with running() as service:
        client = EmbeddingClient(service.url + "/embeddings/", None)
        assert json.loads(client.post({"input": ["x"]}, 60, 100_000))["data"]
        assert service.seen[0]["path"] == "/v1/embeddings"


def test_a_long_answer_is_not_read_to_its_end() -> None:
    """Memory stays small whatever a service sends."""
    sent = []

    def endless(service: Service, handler: Any, texts: list[str]) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"x" * 65536)
            sent.append(65536)

    with running(endless) as service, pytest.raises(EncoderMismatch, match="过大"):
        encoder_of(service).encode_queries(["食堂"])
    assert sum(sent) < 1000 * 65536
