"""Reads a question as it was meant: Traditional characters, pinyin, slips of the keyboard.

    托有补助多少 → 托育补助多少        yanglao 补助 → 养老 补助        補助 → 补助

Only what neither the library, the thesaurus nor the dictionary knows is read otherwise, and only as a
word the library has (`slips`, `pinyin`). So a question in known words is never changed. What was read
otherwise is told to the user; Traditional characters, which say the same, are not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexing import segmentation
from indexing.folding import fold_aligned
from indexing.lexicon import Lexicon
from indexing.pinyin import spelt_words
from indexing.simplifying import simplify
from indexing.slips import LONGEST, UNMISTAKABLE, words_near
from indexing.thesaurus import thesaurus

_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_A_CHARACTER = 3.0  # what each character a correction explains adds to it, beside the logarithm of its count


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, and as what it was read."""

    asked: str
    read: str


@dataclass(frozen=True, slots=True)
class Respelled:
    """A question as read; the same text and no readings where nothing was changed."""

    text: str
    readings: tuple[Reading, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """One Chinese sentence that names every reading, none when there is none."""
        if not self.readings:
            return ()
        told = "，".join(f"「{one.asked}」按「{one.read}」" for one in self.readings)
        return (f"{told}检索；如不是这个意思，请改写后再问。",)


@dataclass(frozen=True, slots=True)
class _Correction:
    start: int
    end: int
    word: str
    score: float


def respell(text: str, lexicon: Lexicon) -> Respelled:
    """A question read with what `lexicon` knows; never raises, never changes a word it knows.

    Args:
        text: as asked.
        lexicon: of the index that is searched.
    """
    simple = simplify(text)
    changes = sorted([*spelt_words(simple, lexicon), *_slips(simple, lexicon)])
    out, position, readings = "", 0, dict[Reading, None]()
    for start, end, word in changes:
        out += simple[position:start] + word
        position = end
        readings[Reading(simple[start:end], word)] = None
    return Respelled(out + simple[position:], tuple(readings))


def _slips(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Where a word that nothing knows stands, and the known one it is taken for."""
    out = []
    folded = fold_aligned(text)
    for run in _HAN_RUN.finditer(folded):
        for each in _without_overlap(_corrections(run.group(), lexicon)):
            out.append((run.start() + each.start, run.start() + each.end, each.word))
    return out


def _without_overlap(found: Iterable[_Correction]) -> list[_Correction]:
    """The likeliest corrections first, the leftmost of equals."""
    kept: list[_Correction] = []
    for one in sorted(found, key=lambda each: (-each.score, each.start, each.word)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept


def _corrections(run: str, lexicon: Lexicon) -> Iterator[_Correction]:
    """Every word that a part of a run of Chinese may have been meant for."""
    doubtful = _doubtful(run, lexicon)
    for start in range(len(run) - 1):
        for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
            asked = run[start:end]
            if not any(doubtful[start:end]) or lexicon.knows(asked) or _is_astride(run, start, end):
                continue
            for near in words_near(asked, doubtful[start:end], lexicon):
                weight = lexicon.weight(near.word)
                if weight and _is_strange(asked, near.place, lexicon):
                    score = math.log(weight) - near.slip.value + len(asked) * _A_CHARACTER
                    yield _Correction(start, end, near.word, score)


def _is_astride(run: str, start: int, end: int) -> bool:
    """Whether a part ends inside a word: 园许 of 办园许可."""
    edges = (run[start - 1 : start + 1] if start else "", run[end - 1 : end + 1] if end < len(run) else "")
    return any(segmentation.is_word(edge) for edge in edges)


def _doubtful(run: str, lexicon: Lexicon) -> list[bool]:
    """For each character whether it stands alone or in a piece that nothing knows."""
    out: list[bool] = []
    for piece in segmentation.cut(run):
        out += [len(piece) == 1 or not lexicon.knows(piece)] * len(piece)
    for start in range(len(run)):  # a reviewed wording is one however it was cut: 屋里厢
        for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
            if run[start:end] in thesaurus():
                out[start:end] = [False] * (end - start)
    return [doubtful and character not in UNMISTAKABLE for doubtful, character in zip(out, run, strict=True)]


def _is_strange(asked: str, place: int, lexicon: Lexicon) -> bool:
    """Whether a character stands beside a neighbour that it never has in the library."""
    pairs = (asked[left : left + 2] for left in (place - 1, place) if 0 <= left < len(asked) - 1)
    return any(not lexicon.stands(pair) for pair in pairs)
