"""One POST to an embedding service: bounded in time and size, tried again when it may help.

httpx stays behind this module. No key, address or text is written to a log.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from indexing.errors import EncoderMismatch, EncoderUnavailable, SettingsError

if TYPE_CHECKING:
    import httpx

API_KEY_ENV = "CEWEN_ENCODER_API_KEY"
_MAX_KEY_BYTES = 8192

_ATTEMPTS = 4
_FIRST_PAUSE_S = 0.2  # doubled for each further attempt
_THIS_MACHINE = frozenset(("localhost", "127.0.0.1", "::1"))
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))  # what a service may recover from


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A secret that does not print itself."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "***"


def read_api_key(
    file: Path | None,
    environ: Mapping[str, str] = os.environ,
    *,
    variable: str = API_KEY_ENV,
    setting: str = "encoder_api_key_file",
) -> ApiKey | None:
    """The key from `file`, else from the environment; None where there is neither.

    `variable` is the environment variable and `setting` the name of the setting that named `file`.

    Messages name the setting only: whoever pastes a key in the place of a path must not
    find it in a log.

    Raises:
        SettingsError: the file cannot be read, or what it holds cannot be a key.
    """
    text = environ.get(variable, "")
    place = f"环境变量 {variable}"
    if file is not None:
        place = f"{setting} 所指的文件"
        try:
            with file.open("rb") as opened:
                text = opened.read(_MAX_KEY_BYTES).decode("ascii")
        except (OSError, ValueError):
            # `from None`: the path may be the key itself
            raise SettingsError(f"读不了{place}，请检查路径和权限，其中应只有一行密钥。") from None
    text = text.strip()
    if not text and file is None:
        return None
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise SettingsError(f"{place}中的不是密钥，其中应只有一行英文字母、数字和符号。")
    return ApiKey(text)


def is_outside(url: str) -> bool:
    """Whether a service is not this machine's own.

    A proxy that the environment names for the world outside cannot reach this machine's services.
    """
    return urlsplit(url).hostname not in _THIS_MACHINE


class EmbeddingClient:
    """Posts to `<url>/embeddings`; safe to share between threads.

    Redirects are not followed: texts go to the address that was configured and nowhere else.
    """

    def __init__(
        self,
        url: str,
        key: ApiKey | None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url = url.rstrip("/").removesuffix("/embeddings") + "/embeddings"
        self._key = key
        self._clock = clock
        self._sleep = sleep
        self._http: httpx.Client | None = None

    @property
    def host(self) -> str:
        """Name and port of the service, for messages."""
        return urlsplit(self._url).netloc

    def post(self, body: Mapping[str, Any], timeout_s: float, max_bytes: int) -> bytes:
        """The body of the answer.

        Args:
            body: sent as JSON.
            timeout_s: for everything, attempts and pauses included.
            max_bytes: an answer that is longer is not read to its end.

        Raises:
            EncoderUnavailable: no usable answer in time; one Chinese sentence.
            EncoderMismatch: the service refuses: wrong address, key or model.
        """
        deadline = self._clock() + timeout_s
        pause = _FIRST_PAUSE_S
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(body, deadline, max_bytes)
            except _Passing as exc:
                if attempt == _ATTEMPTS or self._clock() + pause >= deadline:
                    raise EncoderUnavailable(str(exc)) from exc.__cause__
                self._sleep(pause)
                pause *= 2
        raise AssertionError("unreachable")

    def _once(self, body: Mapping[str, Any], deadline: float, max_bytes: int) -> bytes:
        import httpx

        left_s = deadline - self._clock()
        if left_s <= 0:
            raise self._too_slow()
        try:
            with self._client().stream("POST", self._url, json=dict(body), timeout=left_s) as response:
                self._check_status(response.status_code)
                return self._read(response, deadline, max_bytes)
        except httpx.TimeoutException as exc:
            raise self._too_slow() from exc
        except (httpx.ConnectError, httpx.ProxyError) as exc:
            raise _Passing(
                f"连不上向量服务 {self.host}：请确认服务已启动，encoder_url 的地址和端口正确。"
            ) from exc
        except httpx.HTTPError as exc:
            raise _Passing(f"向量服务 {self.host} 中断了连接，请检查该服务后重试。") from exc
        except (httpx.InvalidURL, UnicodeError, ValueError) as exc:
            raise EncoderMismatch(
                "encoder_url 不是有效的地址，请改为形如 http://主机:端口/v1 的地址。"
            ) from exc

    def _read(self, response: httpx.Response, deadline: float, max_bytes: int) -> bytes:
        """The body, looked at piece by piece: a drop a second must not hold us for ever."""
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > max_bytes:
                raise EncoderMismatch(
                    f"向量服务 {self.host} 的答复过大（超过 {max_bytes // 1024} KB），不像向量："
                    "请检查 encoder_url，或调小 encoder_batch_size。"
                )
            if self._clock() > deadline:
                raise self._too_slow()
        return bytes(content)

    def _check_status(self, code: int) -> None:
        """Return when the service answered with success.

        Raises:
            _Passing: it may answer later.
            EncoderMismatch: it will not.
        """
        if code == 200:
            return
        said = f"向量服务 {self.host} 返回错误（HTTP {code}）"
        if code in _PASSING:
            raise _Passing(f"{said}：服务忙或有故障，请检查该服务后重试。")
        advice = _ADVICE.get(code, "请检查 encoder_url 和 encoder_model")
        if 300 <= code < 400:
            advice = "它要求转到别处，策问不跟随，请把 encoder_url 改为最终的地址"
        raise EncoderMismatch(f"{said}：{advice}。")

    def _too_slow(self) -> _Passing:
        return _Passing(
            f"向量服务 {self.host} 没有及时答复：请检查该服务，或调大 encoder_timeout_s（建索引）"
            "和 encoder_query_timeout_ms（提问）。"
        )

    def _client(self) -> httpx.Client:
        if self._http is None:
            import httpx

            headers = {"Authorization": f"Bearer {self._key.value}"} if self._key else {}
            self._http = httpx.Client(
                headers=headers, follow_redirects=False, trust_env=is_outside(self._url)
            )
        return self._http


_ADVICE = {
    400: "请检查 encoder_model，或调小 encoder_batch_size 和 encoder_max_chars",
    401: f"请检查 {API_KEY_ENV} 或 encoder_api_key_file 中的密钥",
    403: f"请检查 {API_KEY_ENV} 或 encoder_api_key_file 中的密钥",
    404: "请检查 encoder_url（一般写到 /v1 为止）和 encoder_model",
    413: "请调小 encoder_batch_size 或 encoder_max_chars",
    422: "请检查 encoder_model，或调小 encoder_batch_size 和 encoder_max_chars",
}


class _Passing(Exception):
    """What may be over at the next attempt."""
