"""Any OpenAI-compatible service as a `ChatModel`, through llama-index: vLLM, Ollama, a gateway.

llama-index, the OpenAI client below it and httpx stay behind this module and load with the first
question to a model. Texts go to the configured address and nowhere else: no redirect is followed,
no key but ours is sent, no header tells of this machine. No key or text is written to a log.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import WriterRefused, WriterTooSlow, WriterUnavailable
from assistant.models.chat import ChatLimits, Clock, Message, bounded
from indexing.endpoint_client import ApiKey, is_outside, read_api_key
from indexing.errors import SettingsError
from indexing.settings import Settings

if TYPE_CHECKING:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

API_KEY_ENV = "CEWEN_LLM_API_KEY"

_MAX_BYTES = 4 << 20  # a reply of 20,000 characters, each in an envelope of its own, stays below
_CONNECT_S = 5.0
_HEADERS = frozenset(("host", "accept", "connection", "content-type", "content-length"))
_SHORT_END = frozenset(("length", "content_filter"))  # why a reply ended before its end
_ADVICE = {
    400: "请检查 llm_model，或调小 llm_max_tokens",
    401: f"请检查 {API_KEY_ENV} 或 llm_api_key_file 中的密钥",
    403: f"请检查 {API_KEY_ENV} 或 llm_api_key_file 中的密钥",
    404: "请检查 llm_url（一般写到 /v1 为止）和 llm_model",
    422: "请检查 llm_model，或调小 llm_max_tokens",
}
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """How a service is to be asked."""

    model: str
    limits: ChatLimits = ChatLimits()  # noqa: RUF009 - frozen
    max_tokens: int = 1024


class EndpointChat:
    """A model behind an address; nothing is asked before the first `stream`."""

    def __init__(
        self, url: str, key: ApiKey | None, options: ChatOptions, clock: Clock = time.monotonic
    ) -> None:
        """`url` is written up to /v1; `key` is None for a service that wants none."""
        self._url = url.rstrip("/").removesuffix("/chat/completions")
        self._key = key
        self._options = options
        self._clock = clock
        self._lock = threading.Lock()
        self._open = threading.local()  # the response that this reader reads
        self._llm: OpenAILike | None = None

    @property
    def name(self) -> str:
        """The model's name in the service."""
        return self._options.model

    @property
    def limits(self) -> ChatLimits:
        """As configured."""
        return self._options.limits

    @property
    def host(self) -> str:
        """Name and port of the service, for messages."""
        return urlsplit(self._url).netloc

    def warm_up(self) -> None:
        """Load the libraries, so that the first question does not wait for them; asks nothing."""
        self._ready()

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limits: ChatLimits | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[str]:
        """See `ChatModel.stream`."""
        self._ready()  # loading takes seconds of this machine, which are no fault of the service
        return bounded(
            lambda stop: self._pieces(messages, stop),
            limits or self._options.limits,
            clock=self._clock,
            cancel=cancel,
        )

    def _pieces(self, messages: Sequence[Message], stop: threading.Event) -> Generator[str, None, None]:
        """The text of each chunk, "" for one without; in the reader's thread.

        Raises:
            WriterUnavailable: the reply did not come, or broke off before its end.
        """
        from llama_index.core.base.llms.types import ChatMessage, MessageRole

        told = [ChatMessage(content=each.text, role=MessageRole(each.role.value)) for each in messages]
        ended: object = None
        try:
            with closing(self._ready().stream_chat(told)) as chunks:
                for chunk in chunks:
                    if stop.is_set():
                        return
                    ended = _finish(chunk.raw) or ended
                    delta = chunk.delta
                    yield delta if isinstance(delta, str) else ""
        except (WriterUnavailable, GeneratorExit):
            raise
        except Exception as exc:  # every library below has errors of its own
            raise self._explained(exc) from exc
        finally:
            self._close()
        if ended in _SHORT_END:
            raise WriterUnavailable("语言模型没有写完（达到长度上限或被服务截断），可调大 llm_max_tokens。")
        if ended is None:
            raise WriterUnavailable(f"语言模型服务 {self.host} 中断了答复，请检查该服务后重试。")

    def _note(self, response: httpx.Response) -> None:
        self._open.response = response
        _bound_size(response)

    def _close(self) -> None:
        """Close the connection now: an error keeps what it met alive until its traceback is gone."""
        response = getattr(self._open, "response", None)
        if response is not None:
            response.close()

    def _explained(self, exc: Exception) -> WriterUnavailable:
        """What a library raised, as one of ours with one Chinese sentence."""
        import httpx
        import openai

        causes = [exc, exc.__cause__, exc.__context__]
        if isinstance(exc, openai.APIStatusError):
            return self._refused(exc.status_code)
        if isinstance(exc, (openai.APITimeoutError, httpx.TimeoutException)):
            if any(isinstance(each, (httpx.ConnectTimeout, httpx.ConnectError)) for each in causes):
                return self._unreachable()
            return WriterTooSlow(
                f"语言模型服务 {self.host} 没有及时答复：请检查该服务，或调大 llm_idle_timeout_s。"
            )
        if any(isinstance(each, (httpx.ConnectError, httpx.ProxyError)) for each in causes):
            return self._unreachable()
        if any(isinstance(each, (httpx.InvalidURL, UnicodeError)) for each in causes) and not isinstance(
            exc, UnicodeDecodeError
        ):
            return WriterRefused("llm_url 不是有效的地址，请改为形如 http://主机:端口/v1 的地址。")
        if isinstance(exc, (openai.APIConnectionError, httpx.HTTPError)):
            return WriterUnavailable(f"语言模型服务 {self.host} 中断了答复，请检查该服务后重试。")
        return WriterUnavailable(
            f"语言模型服务 {self.host} 的答复有误，没有采用：请确认 llm_url 是与 OpenAI 兼容的服务。"
        )

    def _unreachable(self) -> WriterUnavailable:
        return WriterUnavailable(
            f"连不上语言模型服务 {self.host}：请确认服务已启动，llm_url 的地址和端口正确。"
        )

    def _refused(self, code: int) -> WriterUnavailable:
        said = f"语言模型服务 {self.host} 返回错误（HTTP {code}）"
        if code in _PASSING:
            return WriterUnavailable(f"{said}：服务忙或有故障，请检查该服务后重试。")
        advice = _ADVICE.get(code, "请检查 llm_url 和 llm_model")
        if 300 <= code < 400:
            advice = "它要求转到别处，策问不跟随，请把 llm_url 改为最终的地址"
        return WriterRefused(f"{said}：{advice}。")

    def _ready(self) -> OpenAILike:
        with self._lock:
            if self._llm is None:
                # the client below loads its parts with the first request, whose deadline would pay for it
                import openai.resources.chat.completions  # noqa: F401
                from llama_index.llms.openai_like import OpenAILike

                self._llm = OpenAILike(
                    model=self._options.model,
                    api_base=self._url,
                    # never empty: the library would look for somebody's OPENAI_API_KEY
                    api_key=self._key.value if self._key else "none",
                    is_chat_model=True,
                    is_function_calling_model=False,
                    temperature=0.0,
                    max_tokens=self._options.max_tokens,
                    max_retries=0,
                    timeout=self._options.limits.idle_s,
                    http_client=self._http(),
                )
            return self._llm

    def _http(self) -> httpx.Client:
        import httpx

        idle_s = self._options.limits.idle_s
        return httpx.Client(
            timeout=httpx.Timeout(idle_s, connect=min(_CONNECT_S, idle_s)),
            # a connection kept open is one that a server may have closed by the next question
            limits=httpx.Limits(max_keepalive_connections=0),
            follow_redirects=False,
            trust_env=is_outside(self._url),
            event_hooks={"request": [self._only_needed], "response": [self._note]},
        )

    def _only_needed(self, request: httpx.Request) -> None:
        """Leave only the headers a service needs, and our key instead of whatever was found elsewhere."""
        for name in list(request.headers):
            if name.lower() not in _HEADERS:
                del request.headers[name]
        request.headers["User-Agent"] = "cewen"
        request.headers["Accept-Encoding"] = "identity"  # a few bytes of gzip may be gigabytes of text
        if self._key:
            request.headers["Authorization"] = f"Bearer {self._key.value}"


def configured_chat(settings: Settings, environ: Mapping[str, str] | None = None) -> EndpointChat | None:
    """The language model the settings name; None where they name none. Nothing is loaded or asked.

    Args:
        settings: `llm_url` and what belongs to it.
        environ: where the key may be, `os.environ` by default.

    Raises:
        SettingsError: settings contradict each other, or the key cannot be read.
    """
    if settings.llm_url is None:
        if settings.llm_model is not None:
            raise SettingsError("设了 llm_model 而没有 llm_url，请补上语言模型服务的地址，或删去 llm_model。")
        return None
    if settings.llm_model is None:
        raise SettingsError("设了 llm_url，还要用 llm_model 写明语言模型服务中的模型名，例如 qwen3-8b。")
    key = read_api_key(
        settings.llm_api_key_file,
        os.environ if environ is None else environ,
        variable=API_KEY_ENV,
        setting="llm_api_key_file",
    )
    limits = ChatLimits(settings.llm_timeout_s, min(settings.llm_idle_timeout_s, settings.llm_timeout_s))
    options = ChatOptions(settings.llm_model, limits, settings.llm_max_tokens)
    return EndpointChat(settings.llm_url, key, options)


def _finish(raw: Any) -> object:  # noqa: ANN401 - whatever a service sent, typed or not
    """Why a reply ended, in its last chunk; None before that."""
    choices = getattr(raw, "choices", None)
    return getattr(choices[0], "finish_reason", None) if isinstance(choices, list) and choices else None


def _bound_size(response: httpx.Response) -> None:
    """Cut off a reply that is larger than any text we would take, whatever it consists of."""
    import httpx

    inner = response.stream

    class Sized(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise WriterUnavailable("语言模型的答复是压缩过的，没有采用：请检查 llm_url 所指的服务。")
            read = 0
            for piece in inner:  # type: ignore[union-attr]  # a synchronous client's
                read += len(piece)
                if read > _MAX_BYTES:
                    raise WriterUnavailable("语言模型的答复过大，没有采用。")
                yield piece

        def close(self) -> None:
            inner.close()  # type: ignore[union-attr]

    response.stream = Sized()
