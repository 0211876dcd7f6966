"""Statements as they are verified, then the answer: a call that reports becomes an iterator that yields.

At most five updates a second, the first at once: each redraws what stands on the page so far.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator

from assistant.types import Answer, Statement

UPDATE_EVERY_S = 0.2

Ask = Callable[[Callable[[Statement], None], threading.Event], Answer]
"""Asks; tells of each statement as soon as it holds, and stops when the event is set."""


def streamed(
    ask: Ask, *, every_s: float = UPDATE_EVERY_S, clock: Callable[[], float] = time.monotonic
) -> Iterator[tuple[Statement, ...] | Answer]:
    """All statements told so far, again and again, and the answer at the end.

    Whoever stops listening stops the asking.

    Raises:
        Exception: what `ask` raises, unchanged.
    """
    inbox: queue.SimpleQueue[Statement | Answer | Exception] = queue.SimpleQueue()
    stop = threading.Event()
    threading.Thread(target=_run, args=(ask, inbox, stop), daemon=True).start()
    shown: list[Statement] = []
    due, is_behind = clock(), False
    try:
        while True:
            try:
                told = inbox.get(timeout=max(0.0, due - clock()) if is_behind else None)
            except queue.Empty:
                told = None
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
