"""A real connection to a loopback service: what is sent, what is taken, what each failure is told as."""

import json
import re

import pytest

from assistant.errors import WriterRefused, WriterTooSlow, WriterUnavailable
from assistant.models.chat import ChatLimits, Message, Role, complete
from assistant.models.client import ChatOptions, EndpointChat, configured_chat
from indexing.endpoint_client import ApiKey
from indexing.errors import SettingsError
from indexing.settings import load_settings
from tests.assistant.chat_service import DONE, chunk, event, raw, running, silent, writing


@pytest.fixture
def service():
    """A service that says how long."""
    with running(writing(lambda asked: "三年。")) as started:
        yield started


def client(service, key=None, limits=ChatLimits(20, 10)):  # noqa: B008 - frozen
    """A client of it."""
    made = EndpointChat(service.url, key, ChatOptions("qwen3-8b", limits))
    made.warm_up()
    return made


def test_the_reply_comes_piece_by_piece(service):
    """As the service sends it."""
    service.reply = writing(lambda asked: "有效期三年。", piece=2)
    assert list(client(service).stream([Message(Role.USER, "多久？")])) == ["有效", "期三", "年。"]


def test_only_what_is_needed_is_sent(service, monkeypatch):
    """Model, messages, temperature 0; no tools, no key of somebody else, nothing about this machine."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-somebody")
    complete(client(service), "多久？", system="你是…")
    (body,) = service.seen
    assert body.pop("path") == "/v1/chat/completions"
    assert body == {
        "model": "qwen3-8b",
        "messages": [{"role": "system", "content": "你是…"}, {"role": "user", "content": "多久？"}],
        "temperature": 0.0,
        "max_tokens": 1024,
        "stream": True,
    }
    (headers,) = service.headers
    assert "Authorization" not in headers
    assert not [name for name in headers if name.lower().startswith(("x-", "openai"))]
    assert "somebody" not in json.dumps(headers)
    assert headers["User-Agent"] == "cewen"


def test_our_key_is_sent_and_never_printed(service):
    """As a bearer token."""
    chat = client(service, ApiKey("sk-ours"))
    complete(chat, "多久？")
    assert service.headers[0]["Authorization"] == "Bearer sk-ours"
    assert "sk-ours" not in repr(chat.__dict__["_key"])


@pytest.mark.parametrize(
    ("code", "error", "named"),
    [
        (400, WriterRefused, "llm_model"),
        (401, WriterRefused, "CEWEN_LLM_API_KEY"),
        (403, WriterRefused, "CEWEN_LLM_API_KEY"),
        (404, WriterRefused, "llm_url"),
        (418, WriterRefused, "llm_url"),
        (429, WriterUnavailable, "服务忙"),
        (500, WriterUnavailable, "服务忙"),
        (503, WriterUnavailable, "服务忙"),
    ],
)
def test_a_status_is_told_with_what_to_do(code, error, named, service):
    """One Chinese sentence; what the service said is not repeated."""
    service.reply = raw(b'{"error":{"message":"secret detail"}}', code=code, kind="application/json")
    with pytest.raises(error) as caught:
        complete(client(service), "多久？", retries=0)
    assert type(caught.value) is error
    told = str(caught.value)
    assert f"HTTP {code}" in told
    assert named in told
    assert told.endswith("。")
    assert "secret" not in told


@pytest.mark.parametrize(
    ("reply", "named"),
    [
        (raw(chunk("三"), chunk("年")), "中断"),  # no end
        (raw(chunk("三年", "length"), DONE), "llm_max_tokens"),
        (raw(event({"choices": None}), DONE), "有误"),
        (raw(b"data: {broken\n\n"), "有误"),
        (raw(chunk("", "stop"), DONE), "没有写出内容"),
        (raw(chunk("三"), event({"error": {"message": "secret"}})), "有误"),
    ],
    ids=["half", "length", "types", "json", "blank", "error"],
)
def test_half_a_reply_is_none(reply, named, service):
    """Whoever waits for the whole gets an error, never a part."""
    service.reply = reply
    with pytest.raises(WriterUnavailable) as caught:
        complete(client(service), "多久？", retries=0)
    assert named in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_silent_service_is_left_in_time(service):
    """After the idle deadline, and another question can be asked."""
    service.reply = silent
    chat = client(service, limits=ChatLimits(20, 0.3))
    with pytest.raises(WriterTooSlow):
        complete(chat, "多久？")
    service.reply = writing(lambda asked: "三年。")
    assert complete(client(service), "多久？") == "三年。"


def test_an_unreachable_service_is_told_with_its_address():
    """Nobody listens there."""
    chat = EndpointChat("http://127.0.0.1:9/v1", None, ChatOptions("m", ChatLimits(20, 10)))
    with pytest.raises(WriterUnavailable, match=r"连不上语言模型服务 127\.0\.0\.1:9"):
        complete(chat, "多久？", retries=0)


def test_a_redirect_is_not_followed(service):
    """Texts go where they were sent and nowhere else."""

    def elsewhere(each, handler, asked):
        handler.send_response(307)
        handler.send_header("Location", f"{service.url}/elsewhere")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    service.reply = elsewhere
    with pytest.raises(WriterRefused, match="不跟随"):
        complete(client(service), "多久？", retries=0)
    assert len(service.seen) == 1


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"llm_url": "10.0.0.8:8000/v1"}, "llm_url"),
        ({"llm_url": "ftp://host/v1"}, "http"),
        ({"llm_url": "http://h/v1"}, "llm_model"),
        ({"llm_model": "qwen3-8b"}, "llm_url"),
        ({"llm_url": "http://h/v1", "llm_model": "m", "llm_api_key_file": "/no/such"}, "llm_api_key_file"),
        ({"llm_timeout_s": "0"}, "llm_timeout_s"),
        ({"llm_check": "maybe"}, "llm_check"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_sentence(given, named, tmp_path):
    """From the environment here; flags and the file are checked by the same table."""
    environ = {f"CEWEN_{name.upper()}": value for name, value in given.items()}
    with pytest.raises(SettingsError) as caught:
        configured_chat(load_settings({"home": tmp_path}, environ), environ)
    told = str(caught.value)
    assert named.lower() in told.lower()
    assert told.endswith("。")
    assert not re.search("[a-zA-Z]+ [a-zA-Z]+ [a-zA-Z]+", told)


def test_settings_make_the_client(tmp_path):
    """Nothing is made where nothing is set; nothing is loaded or asked where something is."""
    assert configured_chat(load_settings({"home": tmp_path}, {}), {}) is None
    environ = {
        "CEWEN_LLM_URL": "http://h:1/v1/",
        "CEWEN_LLM_MODEL": "m",
        "CEWEN_LLM_TIMEOUT_S": "7",
        "CEWEN_LLM_API_KEY": "sk-1",
    }
    chat = configured_chat(load_settings({"home": tmp_path}, environ), environ)
    assert chat is not None
    assert (chat.name, chat.host, chat.limits.total_s, chat.limits.idle_s) == ("m", "h:1", 7, 7)
