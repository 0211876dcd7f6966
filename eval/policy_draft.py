"""The clean side of a generated document: blocks of text, and clauses as ranges of it."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from eval.policy_printer import Block, Layout
from eval.policy_wording import HEADINGS, LONG_HEADINGS, TOPICS, long_sentence, sentence
from indexing.numerals import chinese_numeral


def tight(text: str) -> str:
    """`text` without white space (form feeds and full-width spaces included).

    >>> tight("总　则 1")
    '总则1'
    """
    return re.sub(r"\s+", "", text)


@dataclass(slots=True)
class Node:
    """A clause to be: where it begins and ends in characters without white space."""

    path: str
    start: int
    end: int = 0
    responsible: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """The clean document while it is written: blocks, and nodes as ranges of tight characters."""

    rng: random.Random
    layout: Layout
    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    size: int = 0
    used: set[str] = field(default_factory=set)  # headings; real files do not repeat long ones
    arabic: bool = False
    half_width: bool = False
    captions: bool = False
    single: bool = False  # the only annex is printed 附件 without a number

    def open(self, path: str, skip: str = "") -> int:
        """Begin a node here, or after `skip` of the block to come; gives its handle."""
        self.nodes.append(Node(path, self.size + len(tight(skip))))
        return len(self.nodes) - 1

    def close(self, handle: int, responsible: tuple[str, ...] = ()) -> None:
        """End the node here; `responsible` are the bodies its remark names."""
        self.nodes[handle].end = self.size
        self.nodes[handle].responsible = responsible

    def block(self, kind: str, *lines: str, mark: str = "") -> None:
        """Add one block of printed lines."""
        self.blocks.append(Block(kind, lines, mark))
        self.size += len(tight("".join(lines)))

    def leaf(self, path: str, kind: str, *lines: str) -> None:
        """Add a block that is a node of its own."""
        handle = self.open(path)
        self.block(kind, *lines)
        self.close(handle)

    def prose(self, prefix: str = "", sentences: int = 0) -> str:
        """Sentences after `prefix` whose last printed line is visibly short."""
        for _ in range(200):
            count = sentences or self.rng.choice((1, 1, 2, 3))
            text = prefix + "".join(sentence(self.rng) for _ in range(count))
            if self.layout.ends_short(text):
                return text
        raise AssertionError("no sentence fits the layout")

    def opening(self, prefix: str) -> str:
        """A sentence ending in a colon, before items."""
        for _ in range(200):
            text = prefix + sentence(self.rng)[:-1] + "，应当符合下列条件："
            if self.layout.ends_short(text):
                return text
        raise AssertionError("no opening fits the layout")

    def item(self, mark: str, end: str) -> str:
        """An item, short or a sentence long, whose last printed line is visibly short."""
        for _ in range(200):
            whole = long_sentence(self.rng)[:-1] + self.rng.choice(("", "，及时公开"))
            text = mark + (whole if self.rng.random() < 0.5 else self.rng.choice(TOPICS)) + end
            if self.layout.ends_short(text):
                return text
        raise AssertionError("no item fits the layout")

    def fixed(self, text: str, opening: str = "") -> str:
        """`text` with a longer ending where its last printed line would be full.

        With `opening`, sentences of `text` stand before it instead.
        """
        endings: tuple[str, ...] = ("", "特此通知。", "重大问题及时报告。", "重大问题请及时报告市人民政府。")
        endings += tuple(a + b for a in endings for b in endings)
        candidates = (ending + opening if opening else text + ending for ending in endings)
        return next(candidate for candidate in candidates if self.layout.ends_short(candidate))

    def heading(self, prefix: str) -> str:
        """`prefix` and a heading whose last printed line is visibly short."""
        fresh = tuple(heading for heading in LONG_HEADINGS if heading not in self.used)
        pool = HEADINGS + (fresh if self.rng.random() < 0.35 else ())
        chosen = self.rng.choice([h for h in pool if self.layout.ends_short(prefix + h)])
        self.used.add(chosen)
        return prefix + chosen

    def bracket(self, number: int) -> str:
        """（三） or, in a half-width document, (三)."""
        return f"({chinese_numeral(number)})" if self.half_width else f"（{chinese_numeral(number)}）"
