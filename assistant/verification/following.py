"""Does a model's sentence only shorten a sentence of the clause? Word for word, in order, nothing added.

A part of the statement (between commas) follows a sentence when all its words stand there in the same
order, its figures are figures of that sentence, and what is left out in between is no figure, no 不 and
no word of degree or duty. Whoever swaps two owners, drops a 原则上 or adds a reward does not follow.
Many a true paraphrase does not either; the document's own sentence is shown in its place. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.norms.wording import modals
from assistant.verification.figures import Figure, agree
from indexing import segmentation
from indexing.folding import fold_tight
from indexing.types import Span

_FIRST_FIGURE = 0xE200  # private use: stands for a figure, so that it is matched as one
_FIGURE = re.compile("[\ue200-\uf8ff]")
_PARTS = re.compile(r"[,，：:]")
_SENTENCES = re.compile(r"[。;；!！?？]")
_BREAK = re.compile(r"[,，：:。;；]")
# Words a sentence needs and no rule rests on. Not 由, 对, 和, 或, 等: they say who does what to how many
_GLUE = frozenset(("的", "了", "是", "为", "在", "即", "其中", "此外", "同时", "另外", "具体", "也", "则"))
# What may not be left out between two words that are kept
_WEIGHTY = re.compile(
    r"[不未无非勿免禁除但仅只暂约近]|左右|以上|以下|以内|为限|封顶|至少|至多|最[多少高低]|条件|特殊|个别|部分|试点|可以?(?!持续)|经.{0,8}(?:批准|同意)"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a clause, folded, each of its figures as one private-use character."""

    text: str
    figures: tuple[tuple[str, Figure], ...]  # the character and what it stands for


def source(text: str, span: Span, figures: Sequence[Figure]) -> Source:
    """The sentence `text[start:end]` of a document with the figures that stand in it."""
    start, end = span
    pieces, held, position = [], [], start
    inside = sorted(
        (each for each in figures if start <= each.norm.figure_start and each.norm.figure_end <= end),
        key=lambda each: each.norm.figure_start,
    )
    for number, figure in enumerate(inside):
        if figure.norm.figure_start < position:
            continue
        mark = chr(_FIRST_FIGURE + number)
        pieces += [fold_tight(text[position : figure.norm.figure_start]), mark]
        held.append((mark, figure))
        position = figure.norm.figure_end
    return Source("".join([*pieces, fold_tight(text[position:end])]), tuple(held))


def first_astray(said: str, figures: Sequence[Figure], sources: Sequence[Source]) -> str | None:
    """The first words of a statement that follow no sentence of its quotes; None when all do.

    Args:
        said: the folded statement without its place.
        figures: its figures.
        sources: the sentences that may be followed, each sentence of the statement one of them.
    """
    marked, held = _marked(re.sub(r"[.…]{3,}$", "", said), figures)  # a long sentence, cut: ……
    for sentence in _SENTENCES.split(marked):
        parts = [part for part in _PARTS.split(sentence) if part]
        astray = [next((part for part in parts if not _follows(part, held, each)), None) for each in sources]
        if parts and None not in astray:
            first = next((each for each in astray if each is not None), parts[0])
            return _printed(first, held)[:20]
    return None


def _marked(said: str, figures: Sequence[Figure]) -> tuple[str, dict[str, Figure]]:
    pieces, held, position = [], {}, 0
    for number, figure in enumerate(sorted(figures, key=lambda each: each.norm.figure_start)):
        if figure.norm.figure_start < position:
            continue
        mark = chr(_FIRST_FIGURE + number)
        pieces += [said[position : figure.norm.figure_start], mark]
        held[mark] = figure
        position = figure.norm.figure_end
    return "".join([*pieces, said[position:]]), held


def _printed(part: str, held: dict[str, Figure]) -> str:
    return "".join(held[each].printed if each in held else each for each in part)


def _follows(part: str, held: dict[str, Figure], followed: Source) -> bool:
    """Whether the words and figures of a part stand in a sentence in order, nothing weighty left out.

    Each place the first word stands at is tried: 对 may stand there more than once.
    """
    kept = [word for word in _words(part) if word not in _GLUE]
    if not kept:
        return True
    wanted = [_standing_for(word, held, followed) for word in kept]
    starts = sorted(
        {match.start() for word in wanted[0] for match in re.finditer(re.escape(word), followed.text)}
    )
    return any(_follows_from(start, wanted, followed.text) for start in starts)


def _standing_for(word: str, held: dict[str, Figure], followed: Source) -> list[str]:
    """What a word may be in a sentence: itself, or any figure that agrees with the one it stands for."""
    if word not in held:
        return [word]
    return [mark for mark, figure in followed.figures if agree(held[word], figure)]


def _follows_from(start: int, wanted: Sequence[Sequence[str]], text: str) -> bool:
    if _is_weighty(text[:start], begun=False):
        return False
    position = start
    for number, words in enumerate(wanted):
        found = _next(words, text, position, begun=number > 0)
        if found is None:
            return False
        position = found
    return not _cut_short(text, position)


def _words(part: str) -> list[str]:
    out: list[str] = []
    for piece in _FIGURE.split(part):
        out += [*(word for word in segmentation.cut(piece) if word.strip())]
        position = sum(map(len, out))
        if position < len(part):
            out.append(part[position])
    return [word for word in out if word not in '、“”"()（）《》']


def _next(wanted: Sequence[str], text: str, position: int, *, begun: bool) -> int | None:
    """Where the nearest of the words wanted ends, nothing weighty lying before it; None for nowhere."""
    places = sorted(
        (match.start(), match.end())
        for word in wanted
        for match in re.finditer(re.escape(word), text[position:])
    )
    for start, end in places:
        skipped = text[position : position + start]
        if not _is_weighty(skipped, begun=begun):
            return position + end
    return None


def _is_weighty(skipped: str, *, begun: bool) -> bool:
    """Whether leaving these words out changes a rule.

    Before the first word kept, only what stands in the same part of the sentence counts.
    """
    if begun and _FIGURE.search(skipped):
        return True
    near = _BREAK.split(skipped)[-1]
    return bool(_FIGURE.search(near) or _WEIGHTY.search(near) or modals(near))


def _cut_short(text: str, position: int) -> bool:
    """Whether the part of the sentence goes on with what limits it: 除外, 的, 左右."""
    rest = _BREAK.split(text[position:])[0]
    return bool(re.search(r"除外|以上|以下|以内|左右|为限|不[^，]{0,2}[限超]|的$|时$", rest))
