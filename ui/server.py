"""The page as a web server: our own FastAPI application with Gradio mounted in it.

Nothing here leaves the machine: Gradio's analytics, sharing and hub access are
switched off before it is imported, and `ui.guard` tells the browser the same.
"""

from __future__ import annotations

import asyncio
import atexit
import ipaddress
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from indexing.files import reason
from ui.guard import LOOPBACK_NAMES, PageGuard, security_headers
from ui.logs import log_to
from ui.opening import EncodingReport, say_notices
from ui.usage import CallerMistake, say

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import JSONResponse, PlainTextResponse

    from assistant.service import PolicyAssistant
    from indexing.settings import Settings

_logger = logging.getLogger(__name__)

_OFFLINE = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "GRADIO_RUN_HISTORY": "False",
}
# Each would open a door that the page does not have; a shell may export them for other programs.
_UNWANTED = (
    "GRADIO_SHARE", "GRADIO_MCP_SERVER", "GRADIO_VIBE_MODE", "GRADIO_PROFILING", "GRADIO_ALLOWED_PATHS",
    "GRADIO_WATCH_DIRS", "GRADIO_HOT_RELOAD", "GRADIO_SSR_MODE", "GRADIO_ROOT_PATH", "GRADIO_LOCAL_DEV_MODE",
    "GRADIO_DEBUG",
)  # fmt: skip


def prepare_environment(home: Path) -> None:
    """Set what Gradio and the hub client read when they are imported; call before either is.

    Raises:
        HomeUnusable: the home cannot be read, or the folder for temporary files not be made.
    """
    os.environ.update(_OFFLINE, GRADIO_TEMP_DIR=str(_temporary_folder(home)))
    for name in _UNWANTED:
        os.environ.pop(name, None)


@cache
def _temporary_folder(home: Path) -> Path:
    """Where Gradio may put files: below `home`, or, where that can only be read, one removed at exit."""
    from indexing.home import make_private_dir, open_home

    if open_home(home).writable:
        make_private_dir(home / "ui-tmp")
        return home / "ui-tmp"
    folder = Path(tempfile.mkdtemp(prefix="cewen-"))  # mode 0700
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def create_app(
    assistant: PolicyAssistant,
    settings: Settings,
    *,
    hosts: frozenset[str] = LOOPBACK_NAMES,
    any_address: bool = False,
) -> FastAPI:
    """The web application: `/` is the page, `/clause` a clause, `/healthz` says that it runs.

    Args:
        assistant: answers the questions.
        settings: where state lives.
        hosts: names by which the server may be addressed.
        any_address: accept every IP address as a name too.
    """
    prepare_environment(settings.home)
    from fastapi import FastAPI

    from ui.app import mount_page
    from ui.clause_page import add_clause_page
    from ui.comparison_files import add_comparison_files
    from ui.conversations import Conversations, add_conversation_page
    from ui.draft_files import add_draft_files

    kept = Conversations()
    app = FastAPI(title="策问", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route("/healthz", _healthz, methods=["GET"])
    add_clause_page(app, assistant.index, settings.home)
    add_conversation_page(app, kept, settings.home)
    add_draft_files(app, assistant, settings.home)
    add_comparison_files(app, assistant, settings.home)
    app.add_exception_handler(Exception, _sorry)

    async def mount() -> None:
        mount_page(app, assistant, settings.home, kept)

    # outside of a running loop Gradio makes one for each of its locks and never closes it
    asyncio.run(mount())
    app.add_middleware(PageGuard, hosts=hosts, any_address=any_address)
    return app


async def _healthz() -> JSONResponse:
    from starlette.responses import JSONResponse

    return JSONResponse({"status": "ok"})


async def _sorry(request: Request, error: Exception) -> PlainTextResponse:
    """One sentence for the browser; starlette hands the error on to the server's log."""
    from starlette.responses import PlainTextResponse

    headers = {name.decode(): value.decode() for name, value in security_headers(request.scope["path"])}
    _logger.error("request failed: %s", type(error).__name__)
    return PlainTextResponse("程序遇到意外错误，请稍后重试；详情已记入日志。", 500, headers)


def serve(settings: Settings, announce: Callable[[str], None], *, allow_remote: bool = False) -> None:
    """Serve the page until interrupted.

    Args:
        settings: host, port and home.
        announce: told the address once the page can be opened.
        allow_remote: listen on an address that other machines reach.

    Raises:
        CallerMistake: the port is in use, or the address is not this machine's, or it
            is reachable from outside and `allow_remote` was not given.
    """
    listener = bind(settings.host, settings.port, allow_remote=allow_remote)
    with listener:
        prepare_environment(settings.home)
        log_to(settings.home)
        from assistant.service import PolicyAssistant

        assistant = PolicyAssistant.open(settings, on_encoding=EncodingReport())
        say_notices(assistant.index)
        if settings.encoder or settings.encoder_url or settings.reranker:
            assistant.index.warm_up()  # so that the first question does not wait for a model to load
        assistant.warm_up()
        is_local = is_loopback(listener)
        if not is_local:
            say("警告：本服务没有登录，任何能连到这台机器的人都可以查询；请只在可信的网络中使用。")
        app = create_app(
            assistant,
            settings,
            hosts=LOOPBACK_NAMES | {settings.host.lower(), socket.gethostname().lower()},
            any_address=not is_local,
        )
        _run(app, listener, lambda: announce(address_of(listener)))


def bind(host: str, port: int, *, allow_remote: bool = False) -> socket.socket:
    """A socket that listens on `host`:`port`; port 0 lets the system choose.

    Raises:
        CallerMistake: as for `serve`.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as exc:
        raise CallerMistake(f"不认识地址 {host}，请用 --host 给出本机的地址，例如 127.0.0.1。") from exc
    if not allow_remote and not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback:
        raise CallerMistake(
            f"地址 {host} 可从其他机器访问，而本服务没有登录；"
            "确实需要时请加上 --allow-remote，否则请用 127.0.0.1。"
        )
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as exc:
        listener.close()
        raise CallerMistake(
            f"无法在 {host} 的端口 {port} 上提供服务（{reason(exc)}），请用 --port 指定另一个端口后重试。"
        ) from exc
    return listener


def is_loopback(listener: socket.socket) -> bool:
    """Whether only this machine can reach the socket."""
    return ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


def address_of(listener: socket.socket) -> str:
    """The URL of the page, with an address that can be typed where the socket listens to all."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _run(app: FastAPI, listener: socket.socket, ready: Callable[[], None]) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False)
    server = Server(config)
    with suppress(KeyboardInterrupt):  # not raised where a shell started us in the background, SIGINT ignored
        server.run(sockets=[listener])
    if server.should_exit:
        say("已停止。")
