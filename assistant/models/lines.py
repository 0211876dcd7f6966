"""What a model writes, cut into lines as it comes: `K7Q2XM｜一句话。`, a refusal, or something else.

A line counts when its end was read, so that nobody sees half a sentence; thoughts between <think> and
</think> are passed over. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.errors import WriterUnavailable

REFUSAL = "无依据"
"""What a model is told to write when the evidence does not answer; prompt, code and tests share it."""
MAX_LINE_CHARS = 2000
"""A line is cut off here and is no statement any more."""

_KEY = r"K[2-9A-HJ-NP-Z]{5}"
# "K7Q2XM｜不超过30%。", "K7Q2XM,K3HHR7|…"; not "K7Q2XM：…", "[1] …"
_LINE = re.compile(rf"(?P<keys>{_KEY}(?:\s*[,，、]\s*{_KEY}){{0,2}})\s*[｜|]\s*(?P<text>.+)")
_FENCE = re.compile(r"```\w*|-{3,}")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and the keys of what it rests on."""

    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The model says that the evidence does not answer."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A line that is none of the others."""

    text: str


def lines_of(pieces: Iterable[str]) -> Iterator[Line | Refusal | Stray]:
    """The lines of a reply, each as soon as it is whole; blank ones left out.

    Raises:
        WriterUnavailable: what reading the pieces raises; the line it broke off in is dropped.
    """
    for raw in _whole_lines(pieces):
        text = _INVISIBLE.sub("", raw).strip()
        if not text or _FENCE.fullmatch(text):
            continue
        yield _read(text)


def _read(text: str) -> Line | Refusal | Stray:
    if text.rstrip("。.") == REFUSAL:
        return Refusal()
    match = _LINE.fullmatch(text)
    if match is None or len(text) > MAX_LINE_CHARS:
        return Stray(text[:MAX_LINE_CHARS])
    keys = tuple(dict.fromkeys(re.findall(_KEY, match["keys"])))
    return Line(keys, match["text"].strip())


def _whole_lines(pieces: Iterable[str]) -> Iterator[str]:
    line = ""
    for piece in _spoken(pieces):
        *whole, line = (line + piece).split("\n")
        yield from whole
        if len(line) > 2 * MAX_LINE_CHARS:
            raise WriterUnavailable("语言模型写了过长的一行，没有采用。")
    yield line


def _spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The text outside of <think>…</think>; what may be half a mark is held back."""
    held, is_thinking = "", False
    for piece in pieces:
        held += piece
        while True:
            mark = "</think>" if is_thinking else "<think>"
            before, found, rest = held.partition(mark)
            if not found:
                break
            if not is_thinking:
                yield before
            held, is_thinking = rest, not is_thinking
        begun = next(n for n in range(len(mark) - 1, -1, -1) if held.endswith(mark[:n]))
        if not is_thinking:
            yield held[: len(held) - begun]
        held = held[len(held) - begun :]
    if not is_thinking:
        yield held
