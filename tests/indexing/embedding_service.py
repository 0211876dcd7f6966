"""A loopback service with the embeddings interface of OpenAI, and every way such a service can fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.hashing_encoder import HashingEncoder

Reply = Callable[["Service", BaseHTTPRequestHandler, list[str]], None]


@dataclass
class Service:
    """What the service knows; `reply` may be changed while it runs."""

    url: str
    reply: Reply
    dim: int = 32
    model: str = "hashing"
    seen: list[dict[str, Any]] = field(default_factory=list)  # bodies
    keys: list[str | None] = field(default_factory=list)  # Authorization headers
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        """Everything it was asked to embed, in order."""
        return [text for body in self.seen for text in body["input"]]

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """What an honest service answers."""
        rows = HashingEncoder(self.dim, self.model).encode_passages([f"{self.model}{text}" for text in texts])
        return [[float(number) for number in row] for row in rows]

    def items(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """The same, as the interface wants them, last first: order is in `index`."""
        made = enumerate(self.vectors(texts))
        return [{"object": "embedding", "index": n, "embedding": row} for n, row in made][::-1]


def send(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    code: int = 200,
    kind: str = "application/json",
    location: str = "",
) -> None:
    """One answer."""
    handler.send_response(code)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    if location:
        handler.send_header("Location", location)
    handler.end_headers()
    handler.wfile.write(body)


def honest(service: Service, handler: BaseHTTPRequestHandler, texts: list[str]) -> None:
    """Vectors as asked."""
    send(handler, json.dumps({"object": "list", "data": service.items(texts)}).encode())


def status(code: int, location: str = "") -> Reply:
    """A code other than 200, with a page."""
    return lambda service, handler, texts: send(handler, b"<html>Sorry</html>", code, "text/html", location)


def raw(body: bytes) -> Reply:
    """200 with this body."""
    return lambda service, handler, texts: send(handler, body)


def altered(change: Callable[[list[dict[str, Any]]], object]) -> Reply:
    """Honest items, changed in place."""

    def reply(service: Service, handler: BaseHTTPRequestHandler, texts: list[str]) -> None:
        items = service.items(texts)
        change(items)
        send(handler, json.dumps({"data": items}).encode())

    return reply


def silent(service: Service, handler: BaseHTTPRequestHandler, texts: list[str]) -> None:
    """Takes the question and says nothing until the test is over."""
    service.released.wait(30)


def dripping(service: Service, handler: BaseHTTPRequestHandler, texts: list[str]) -> None:
    """A byte at a time, for ever: no single read is late."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not service.released.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def failing_first(times: int, code: int = 503) -> Reply:
    """An error so many times, then honest."""
    left = [times]

    def reply(service: Service, handler: BaseHTTPRequestHandler, texts: list[str]) -> None:
        left[0] -= 1
        (status(code) if left[0] >= 0 else honest)(service, handler, texts)

    return reply


@contextmanager
def running(reply: Reply = honest) -> Iterator[Service]:
    """The service on a free port of this machine; at the end nothing of it is left."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.seen.append(body | {"path": self.path})
            service.keys.append(self.headers["Authorization"])
            try:
                service.reply(service, self, body["input"])
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the other side has had enough

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    service = Service(f"http://127.0.0.1:{server.server_address[1]}/v1", reply)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
