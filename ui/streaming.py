"""Statements as they are verified, then the answer: a call that reports becomes an iterator that yields.

At most five updates a second, the first at once: each redraws what stands on the page so far. Another
event of the page can stop it (`Stops`); what was verified by then stays.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.types import Answer, Statement

UPDATE_EVERY_S = 0.2
_LOOK_EVERY_S = 0.1  # how soon a stop is noticed where nothing comes

Ask = Callable[[Callable[[Statement], None], threading.Event], Answer]
"""Asks; tells of each statement as soon as it holds, and stops when the event is set."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """What was verified when the reader had enough; may be nothing."""

    statements: tuple[Statement, ...]


class Stops:
    """Which answers are being written, by the key of their page, so that each can be stopped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, threading.Event] = {}

    @contextmanager
    def running(self, key: str) -> Iterator[threading.Event]:
        """The event that stops what is done inside; a later one of the same page takes its place."""
        stop = threading.Event()
        with self._lock:
            self._running[key] = stop
        try:
            yield stop
        finally:
            with self._lock:
                if self._running.get(key) is stop:
                    del self._running[key]

    def stop(self, key: str) -> None:
        """Stop what the page waits for; nothing where it waits for nothing."""
        with self._lock:
            stop = self._running.get(key)
        if stop is not None:
            stop.set()


def streamed(
    ask: Ask,
    *,
    every_s: float = UPDATE_EVERY_S,
    clock: Callable[[], float] = time.monotonic,
    stop: threading.Event | None = None,
) -> Iterator[tuple[Statement, ...] | Stopped | Answer]:
    """All statements told so far, again and again, and the answer at the end, or `Stopped`.

    Whoever stops listening stops the asking, and so does setting `stop`.

    Raises:
        Exception: what `ask` raises, unchanged.
    """
    inbox: queue.SimpleQueue[Statement | Answer | Exception] = queue.SimpleQueue()
    stop = stop or threading.Event()
    threading.Thread(target=_run, args=(ask, inbox, stop), daemon=True).start()
    shown: list[Statement] = []
    due, is_behind = clock(), False
    try:
        while True:
            try:
                told = inbox.get(timeout=max(0.0, due - clock()) if is_behind else _LOOK_EVERY_S)
            except queue.Empty:
                told = None
            if stop.is_set():  # what comes behind it is not waited for
                yield Stopped((*shown, told) if isinstance(told, Statement) else tuple(shown))
                return
            if isinstance(told, Answer):
                yield told
                return
            if isinstance(told, Exception):
                raise told
            if told is not None:
                shown.append(told)
                is_behind = True
            if is_behind and clock() >= due:
                yield tuple(shown)
                due, is_behind = clock() + every_s, False
    finally:
        stop.set()


def _run(ask: Ask, inbox: queue.SimpleQueue[Statement | Answer | Exception], stop: threading.Event) -> None:
    try:
        inbox.put(ask(inbox.put, stop))
    except Exception as error:  # noqa: BLE001 - raised again where the answer is waited for
        inbox.put(error)
