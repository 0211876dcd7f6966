"""What stands between the network and the page: host, route and origin checks, headers, CSP.

Plain ASGI, so that Gradio's event stream passes through unbuffered. The page's
HTML alone is held back for a moment: metadata that names other sites is taken
out, and the Content-Security-Policy names its inline scripts by their hashes
(CSP Level 3, § 8.3), so no other inline script or event handler can run.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
from collections.abc import Awaitable, Callable, Collection, Iterable, MutableMapping
from typing import Any

from ui.who import new_key_header

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
MAX_BODY_BYTES = 1024 * 1024  # a question is 2,000 characters
MAX_UPLOAD_BYTES = 8 * 1024 * 1024  # a fact sheet in Word or Excel, with what a form puts around it
UPLOAD_ROUTE = "/gradio_api/upload"

PAGE_ROUTES = frozenset(
    {
        "/",
        "/clause",
        "/conversation",
        "/draft",
        "/comparison",
        "/healthz",
        "/config",
        "/theme.css",
        "/favicon.ico",
        "/gradio_api/app_id",
        "/gradio_api/cancel",
        "/gradio_api/queue/data",
        "/gradio_api/queue/join",
        "/gradio_api/reset",
        UPLOAD_ROUTE,
    }
)
"""Ours, and what the page of Gradio 6.31 asks for; its file serving, proxies and API stay closed."""
PAGE_FOLDERS = ("/assets/", "/page/", "/static/", "/gradio_api/heartbeat/")
_CACHEABLE = ("/assets/", "/static/")  # Gradio's own files, their names carry a hash

_COMMON = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),  # for browsers that do not know frame-ancestors
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
# inline <script>, not <script src=…>
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
# og:… and twitter:… tell other sites how to preview a public page; ours is not public
_PREVIEW = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*|<link rel="manifest"[^>]*>\s*')
# Gradio would add them when its own script has run, after a moment without our style; what is
# given to its `js=` is evaluated in the browser, which the policy forbids, and the rules of its
# `css=` hold inside its container only, where the clause panel is not.
_OURS = '<link rel="stylesheet" href="page/page.css"><script src="page/page.js" defer></script></head>'
_GRADIO = "window.gradio_config"
_LANGUAGE = re.compile(r'(<html\s[^>]*?lang=")en(")')


def content_security_policy(inline_scripts: Iterable[str] = ()) -> str:
    """The policy for a response: everything from here, inline scripts only by hash.

    Styles may be inline because Gradio writes style attributes; images and fonts may
    be data: because its theme draws check marks that way.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in inline_scripts
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def finish_page(html: str) -> tuple[str, str]:
    """Gradio's HTML made ours: Chinese, with our files, naming no other site; and the policy that fits it."""
    html = _LANGUAGE.sub(r"\1zh-CN\2", _PREVIEW.sub("", html))
    if _GRADIO in html:  # not a clause in a page of its own
        html = html.replace("</head>", _OURS, 1)
    return html, content_security_policy(_INLINE_SCRIPT.findall(html))


def security_headers(path: str, policy: str | None = None) -> list[tuple[bytes, bytes]]:
    """Headers for a response to `path`; `policy` defaults to the one without inline scripts."""
    cache = [] if path.startswith(_CACHEABLE) else [(b"cache-control", b"no-store")]
    return [
        (b"content-security-policy", (policy or content_security_policy()).encode()),
        *_COMMON,
        *cache,
    ]


class PageGuard:
    """Wraps the application: refuses what the page never asks for, and signs every response.

    Args:
        app: the application behind it.
        hosts: names (without port) by which this server may be addressed. A foreign
            name that resolves here is DNS rebinding.
        any_address: also accept every IP address as a name, for a server that listens to others.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], *, any_address: bool = False) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no web socket
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(scope["path"], send, *refusal)
        else:
            await self._app(scope, receive, _signed(scope, send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if not self._is_ours(host):
            return 400, "请用本机地址（如 127.0.0.1）打开本页。"
        path = scope["path"].rstrip("/") or "/"
        if path not in PAGE_ROUTES and not path.startswith(PAGE_FOLDERS):
            return 404, "没有这个页面，请打开首页。"
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2].lower() != host.lower():
            return 403, "请求来自其他网站，已拒绝；请直接打开本页提问。"
        most = MAX_UPLOAD_BYTES if path == UPLOAD_ROUTE else MAX_BODY_BYTES
        if scope["method"] not in {"GET", "HEAD"} and not _is_small(headers.get("content-length"), most):
            return 413, "提交的内容过长，请缩短后重试。"
        return None

    def _is_ours(self, host: str) -> bool:
        name = _without_port(host).lower()
        return name in self._hosts or (self._any_address and _is_address(name))


def _without_port(host: str) -> str:
    """The name in a Host header.

    >>> _without_port("localhost:7860"), _without_port("[::1]:7860"), _without_port("10.0.0.1")
    ('localhost', '[::1]', '10.0.0.1')
    """
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() and not (":" in name and not name.endswith("]")) else host


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _is_small(length: str | None, most: int = MAX_BODY_BYTES) -> bool:
    """Whether a body is announced and of a size the page would send; browsers always announce it."""
    return length is not None and length.isascii() and length.isdecimal() and int(length[:12]) <= most


async def _refuse(path: str, send: Send, status: int, sentence: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *security_headers(path)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})


def _signed(scope: Scope, send: Send) -> Send:
    """`send` with our headers on the response; HTML is collected, finished and sent whole."""
    path = scope["path"]
    start: Message | None = None
    body = bytearray()

    async def forward(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            if _is_html(message) and scope["method"] == "GET":
                start = message
                return
            message = {**message, "headers": _replaced(message["headers"], security_headers(path))}
        elif start is not None:
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            html, policy = finish_page(body.decode("utf-8"))
            ours = [*security_headers(path, policy), (b"content-length", str(len(html.encode())).encode())]
            key = new_key_header(_cookies(scope)) if path == "/" else None
            ours += [key] if key else []
            await send({**start, "headers": _replaced(start["headers"], ours)})
            message = {"type": "http.response.body", "body": html.encode()}
        await send(message)

    return forward


def _cookies(scope: Scope) -> str:
    """What the browser sent of cookies, in one line."""
    return "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")


def _is_html(start: Message) -> bool:
    return any(name.lower() == b"content-type" and b"text/html" in value for name, value in start["headers"])


def _replaced(
    headers: Iterable[tuple[bytes, bytes]], ours: list[tuple[bytes, bytes]]
) -> list[tuple[bytes, bytes]]:
    names = {name for name, _ in ours}
    return [*((name, value) for name, value in headers if name.lower() not in names), *ours]
