"""The conversations of the pages now open, in memory only, and the address they are exported from.

A page knows its conversation by a key nobody can guess; the answers stay on the server. What was
not used for longest is forgotten first, and everything when the server stops.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.types import Answer
from ui.logs import record_failure
from ui.pages import whole_page
from ui.rendering import render_failure

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

MOST_CONVERSATIONS = 200
MOST_EXCHANGES = 30
_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FORGOTTEN = (
    "这个链接不完整，或者这段对话已不在服务器上（服务重新启动过，或很久没有使用），请重新提问后再导出。"
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question with its answer, and the names of the places it was restricted to."""

    answer: Answer
    places: tuple[str, ...] = ()


class Conversations:
    """Exchanges by key, oldest first; safe to share between threads."""

    def __init__(self, new_key: Callable[[], str] = lambda: secrets.token_urlsafe(24)) -> None:
        self._new_key = new_key
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[Exchange, ...]] = OrderedDict()

    def of(self, key: str) -> tuple[Exchange, ...]:
        """The exchanges of a conversation; empty for a key that is unknown or forgotten."""
        with self._lock:
            return self._kept.get(key, ())

    def add(self, key: str, exchange: Exchange) -> str:
        """Keep one more exchange; the key of its conversation, a new one where there was none."""
        with self._lock:
            key = key if key in self._kept else self._new_key()
            self._kept[key] = (*self._kept.get(key, ()), exchange)[-MOST_EXCHANGES:]
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_CONVERSATIONS:
                self._kept.popitem(last=False)
            return key

    def forget(self, key: str) -> None:
        """Drop a conversation."""
        with self._lock:
            self._kept.pop(key, None)


def add_conversation_page(app: FastAPI, kept: Conversations, home: Path) -> None:
    """Serve `/conversation?key=…&form=md|docx` as a file to save."""

    def conversation(request: Request) -> Response:
        """In a thread of its own: writing a Word file takes a moment."""
        return exported(kept, request.query_params.get("key", ""), request.query_params.get("form", ""), home)

    app.add_route("/conversation", conversation, methods=["GET"])


def exported(kept: Conversations, key: str, form: str, home: Path) -> Response:
    """The file, or a page with one sentence where there is nothing to export."""
    from starlette.responses import HTMLResponse, Response

    answers = [exchange.answer for exchange in kept.of(key)]
    if not answers or form not in _TYPES:
        return HTMLResponse(whole_page("无法导出", render_failure(_FORGOTTEN)), 404)
    try:
        content = _content(answers, form)
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return HTMLResponse(whole_page("无法导出", render_failure(record_failure(error, home))), 500)
    name = quote(f"政策问答记录-{date.today().isoformat()}.{form}")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=_TYPES[form], headers=headers)


def _content(answers: list[Answer], form: str) -> bytes:
    from assistant.export.conversation import conversation_docx, conversation_markdown

    if form == "md":
        return conversation_markdown(answers, date.today()).encode("utf-8")
    return conversation_docx(answers, date.today())
