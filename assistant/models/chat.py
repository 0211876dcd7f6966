"""A language model as the assistant sees it: messages in, text out piece by piece, always bounded.

    messages ──► ChatModel.stream ──► pieces of text        chat_client.py: any OpenAI-compatible service
                                  └─► complete() ──► the whole text

Whoever implements `ChatModel` only has to read; `bounded` adds the deadlines, the size limit and
the stop. Nothing heavy is imported here.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assistant.errors import WriterCancelled, WriterRefused, WriterTooSlow, WriterUnavailable

Clock = Callable[[], float]
"""Seconds on any steady scale; `time.monotonic` outside of tests."""

Source = Callable[[threading.Event], Generator[str, None, None]]
"""Reads one reply; told when to stop. An empty piece is a sign of life without text."""

_LOOK_EVERY_S = (
    0.02  # how soon a passed deadline or a cancelled question is noticed; a piece is taken at once
)


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what a model is told."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """How long and how much a model may write."""

    total_s: float = 60.0  # from the question to the last piece
    idle_s: float = 20.0  # without any sign of life, before the first piece too
    max_chars: int = 20_000


class ChatModel(Protocol):
    """A language model that writes text; safe to share between threads."""

    @property
    def name(self) -> str:
        """As configured; printed with an answer it wrote."""

    @property
    def limits(self) -> ChatLimits:
        """What holds where a caller sets no other."""

    def warm_up(self) -> None:
        """Load what is needed, asking nothing."""

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limits: ChatLimits | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[str]:
        """Non-empty pieces of the reply as they come.

        Args:
            messages: what the model is told, in order.
            limits: None for those of the model.
            cancel: set by another thread, it ends the reply.

        Raises:
            WriterTooSlow: a deadline passed.
            WriterRefused: address, key or model are wrong; asking again is of no use.
            WriterCancelled: `cancel` was set.
            WriterUnavailable: no reply, half of one, or one without end.
        """


def complete(
    model: ChatModel,
    prompt: str,
    *,
    system: str | None = None,
    limits: ChatLimits | None = None,
    cancel: threading.Event | None = None,
    retries: int = 1,
) -> str:
    """The whole reply to one prompt, without what a model thinks aloud; never blank.

    Args:
        model: what is asked.
        prompt: the user's message.
        system: the system's message before it; None for none.
        limits: for each attempt; None for those of the model.
        cancel: set by another thread, it ends the reply.
        retries: how often a failure that may pass is tried again. Refusals and passed deadlines are not.

    Raises:
        WriterUnavailable: as `ChatModel.stream`, or the reply is blank.
    """
    told = [Message(Role.USER, prompt)]
    if system is not None:
        told.insert(0, Message(Role.SYSTEM, system))
    for attempt in range(retries + 1):
        try:
            return _whole(model, told, limits, cancel)
        except (WriterRefused, WriterTooSlow, WriterCancelled):
            raise
        except WriterUnavailable:
            if attempt == retries:
                raise
    raise AssertionError("unreachable")


def _whole(
    model: ChatModel, told: Sequence[Message], limits: ChatLimits | None, cancel: threading.Event | None
) -> str:
    text = without_thoughts("".join(model.stream(told, limits=limits, cancel=cancel))).strip()
    if not text:
        raise WriterUnavailable(f"语言模型 {model.name} 没有写出内容，请检查该模型或换一个。")
    return text


def without_thoughts(text: str) -> str:
    """A reply without what stands in <think>…</think>, closed or not, and before a lone </think>.

    >>> without_thoughts("<think>先看</think>三年。<think>好</think>"), without_thoughts("嗯</think>三年。")
    ('三年。', '三年。')
    """
    text = re.sub(r"<think>.*?</think>", "", text, flags=re.S)
    return text.rpartition("</think>")[2].partition("<think>")[0]


def bounded(
    source: Source,
    limits: ChatLimits,
    *,
    clock: Clock = time.monotonic,
    cancel: threading.Event | None = None,
) -> Iterator[str]:
    """Non-empty pieces of `source`, read in a thread of its own so that nothing it waits for holds us.

    The thread is told to stop when the caller has had enough, and holds at most `max_chars` unread.

    Raises:
        WriterTooSlow: nothing came for `idle_s`, or the end did not come within `total_s`.
        WriterCancelled: `cancel` was set.
        WriterUnavailable: more than `max_chars` came, or what the source raised.
    """
    inbox: queue.SimpleQueue[str | WriterUnavailable | None] = queue.SimpleQueue()
    stop = threading.Event()
    reader = threading.Thread(target=_read, args=(source, limits.max_chars, inbox, stop), daemon=True)
    begun = heard = clock()
    reader.start()
    try:
        while True:
            try:
                piece = inbox.get(timeout=_LOOK_EVERY_S)
            except queue.Empty:
                piece = ""
            else:
                heard = clock()
            if cancel is not None and cancel.is_set():
                raise WriterCancelled("已停止生成。")
            if piece is None:
                return
            if isinstance(piece, WriterUnavailable):
                raise piece
            now = clock()
            if now - begun > limits.total_s or now - heard > limits.idle_s:
                raise WriterTooSlow(
                    "语言模型没有及时写完，请检查该服务，或调大 llm_timeout_s 和 llm_idle_timeout_s。"
                )
            if piece:
                yield piece
    finally:
        stop.set()


def _read(
    source: Source,
    max_chars: int,
    inbox: queue.SimpleQueue[str | WriterUnavailable | None],
    stop: threading.Event,
) -> None:
    """Put the pieces of a source into the inbox, then None, or what went wrong."""
    try:
        with closing(source(stop)) as pieces:
            for piece in _capped(pieces, max_chars):
                if stop.is_set():
                    return
                inbox.put(piece)
        inbox.put(None)
    except WriterUnavailable as exc:
        inbox.put(exc)
    except Exception as exc:  # noqa: BLE001 - handed on to who waits for the pieces
        failure = WriterUnavailable("语言模型的答复无法读取，请检查该服务。")
        failure.__cause__ = exc
        inbox.put(failure)


def _capped(pieces: Iterator[str], max_chars: int) -> Iterator[str]:
    read = 0
    for piece in pieces:
        read += len(piece)
        if read > max_chars:
            raise WriterUnavailable(f"语言模型的答复超过 {max_chars} 字，没有采用。")
        yield piece
