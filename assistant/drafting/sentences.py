"""Sentences of a section: cut out of its inlines, and what of their words is quoted or stated. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafting.types import shown
from assistant.export.official import Blank, Block, Heading, Inline, Paragraph, Table, Text
from assistant.types import Citation

_END = re.compile(r"[。！？；]+[”’）]?")
# a quote with its marks, inner marks included one deep: “坚持“办公空间最小化””
QUOTED = re.compile(r"“(?:[^“”]|“[^“”]*”)*”")
TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
BLANK = re.compile(r"【待补：[^【】]*】")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or table cell as it is read, with the clauses cited in it."""

    inlines: tuple[Inline, ...]

    @property
    def text(self) -> str:
        """All its words, blanks as shown."""
        return "".join(shown(each) for each in self.inlines)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Those behind any of its words."""
        return tuple(one for each in self.inlines if isinstance(each, Text) for one in each.citations)

    @property
    def own(self) -> str:
        """Its words without quotes, titles and blanks: what it says itself."""
        return own_words(self.text)


def own_words(text: str) -> str:
    """A text without what it quotes, names and leaves open.

    >>> own_words("综合体860平方米，符合《方案》“不应小于600平方米”的要求，【待补：户数（户）】")
    '综合体860平方米，符合的要求，'
    """
    for pattern in (BLANK, QUOTED, TITLE):
        text = pattern.sub("", text)
    return text


def without_quotes(text: str) -> str:
    """A text with a space where it quotes, names a document or leaves open."""
    for pattern in (BLANK, QUOTED, TITLE):
        text = pattern.sub(" ", text)
    return text


def sentences(inlines: tuple[Inline, ...]) -> Iterator[Said]:
    """The sentences of a paragraph in order, parted by 。；！？ outside quotes; joined, the paragraph."""
    held: list[Inline] = []
    for each in inlines:
        if isinstance(each, Blank):
            held.append(each)
            continue
        at = 0
        for end in _ends(each.text):
            if end < len(each.text):
                held.append(Text(each.text[at:end]))
                yield Said(tuple(held))
                held, at = [], end
        rest = each.text[at:]
        if rest or each.citations:
            held.append(Text(rest, each.citations))
        if rest and _ends(rest)[-1:] == [len(rest)]:
            yield Said(tuple(held))
            held = []
    if held:
        yield Said(tuple(held))


def _ends(text: str) -> list[int]:
    """Where sentences end, in order; an end inside a quote or brackets of a blank is none."""
    kept = [
        span for pattern in (QUOTED, BLANK, TITLE) for span in (one.span() for one in pattern.finditer(text))
    ]
    return [
        one.end()
        for one in _END.finditer(text)
        if not any(start < one.end() - 1 < end - 1 or start < one.start() < end - 1 for start, end in kept)
    ]


def all_said(blocks: tuple[Block, ...]) -> Iterator[Said]:
    """Every sentence, heading and cell of blocks, in reading order."""
    for block in blocks:
        match block:
            case Heading():
                yield from sentences((Text(block.text), *block.rest))
            case Paragraph():
                yield from sentences(block.inlines)
            case Table():
                if block.caption:
                    yield Said((Text(block.caption),))
                yield from (Said(cell) for row in block.rows for cell in row)
