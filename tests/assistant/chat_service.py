"""A loopback language model with the chat interface of OpenAI, and the ways such a service can fail.

What it writes is scripted: a reply is a function of what it was asked. `Asked` reads the keys and
texts out of the prompt, so that a script can quote, twist or ignore what it was given.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_BLOCK = re.compile(r"<<<(K[2-9A-HJ-NP-Z]{5})\n(.*?)\n\1>>>", re.S)


@dataclass(frozen=True)
class Asked:
    """One request as a model sees it."""

    messages: tuple[dict[str, str], ...]

    @property
    def is_check(self) -> bool:
        """Whether only a yes or no is wanted."""
        return "这句话：" in self.messages[-1]["content"]

    @property
    def evidence(self) -> dict[str, str]:
        """Key → text without the line of headings."""
        blocks = _BLOCK.findall(self.messages[-1]["content"])
        return {key: re.sub(r"^（[^\n]*）\n", "", text) for key, text in blocks}

    @property
    def keys(self) -> list[str]:
        """In the order given."""
        return list(self.evidence)


Script = Callable[[Asked], str]
Reply = Callable[["ChatService", BaseHTTPRequestHandler, Asked], None]


@dataclass
class ChatService:
    """What the service knows; `reply` may be changed while it runs."""

    url: str
    reply: Reply
    seen: list[dict[str, Any]] = field(default_factory=list)  # bodies
    headers: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def told(self) -> str:
        """Everything it was ever told."""
        return "\n".join(each["content"] for body in self.seen for each in body["messages"])


def chunk(text: str | None, finish: str | None = None, **delta: object) -> bytes:
    """One event of a stream."""
    said = {"role": "assistant", "content": text, **delta}
    choice = {"index": 0, "delta": said, "finish_reason": finish}
    return event({"id": "x", "object": "chat.completion.chunk", "model": "m", "choices": [choice]})


def event(content: object) -> bytes:
    """Anything as an event."""
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n".encode()


DONE = b"data: [DONE]\n\n"


def begin(handler: BaseHTTPRequestHandler, code: int = 200, kind: str = "text/event-stream") -> None:
    """Status and headers."""
    handler.send_response(code)
    handler.send_header("Content-Type", kind)
    handler.end_headers()


def raw(*pieces: bytes, code: int = 200, kind: str = "text/event-stream") -> Reply:
    """These bytes and no others."""

    def reply(service: ChatService, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        begin(handler, code, kind)
        for piece in pieces:
            handler.wfile.write(piece)

    return reply


def writing(script: Script, *, piece: int = 7, finish: str | None = "stop", check: str = "是") -> Reply:
    """What `script` says, a few characters at a time; `check` to every question of yes or no."""

    def reply(service: ChatService, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        text = check if asked.is_check else script(asked)
        begin(handler)
        for start in range(0, len(text), piece):
            handler.wfile.write(chunk(text[start : start + piece]))
        if finish is not None:
            handler.wfile.write(chunk("", finish) + DONE)

    return reply


def silent(service: ChatService, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    """Takes the question and says nothing until the test is over."""
    service.released.wait(30)


def endless(text: str, pause_s: float = 0.0) -> Reply:
    """The same again and again until the other side has had enough."""

    def reply(service: ChatService, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        begin(handler)
        while not service.released.wait(pause_s):
            handler.wfile.write(chunk(text))

    return reply


def first_sentences(asked: Asked) -> str:
    """An honest model without ideas of its own: the first sentence of each text, to the letter."""
    return "\n".join(f"{key}｜{text.split('。')[0].strip()}。" for key, text in asked.evidence.items())


@contextmanager
def running(reply: Reply | None = None) -> Iterator[ChatService]:
    """The service on a free port of this machine; at the end nothing of it is left."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.seen.append(body | {"path": self.path})
            service.headers.append(dict(self.headers))
            try:
                service.reply(service, self, Asked(tuple(body["messages"])))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the other side has had enough

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    service = ChatService(
        f"http://127.0.0.1:{server.server_address[1]}/v1", reply or writing(first_sentences)
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def sentences_of(text: str) -> Sequence[str]:
    """Sentences of a text, marks kept."""
    return re.findall(r"[^。；\n]+[。；]?", text)
