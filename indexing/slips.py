"""Words of a library that one slip of the keyboard away from a word typed: the candidates of `respelling`.

A slip is a character of the same sound (补住), of a like sound (补组) or shape (照科), two that have
changed places (育托), or, in a long word, any one character wrong, lacking or too many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from indexing.lexicon import Lexicon
from indexing.spelling_tables import like_shapes, like_sounds, near_sounds

LONGEST = 6
"""Characters of a word that is looked for, at most."""

UNMISTAKABLE = frozenset("不没未无非勿别莫〇零一二三四五六七八九十百千万亿两半")
"""Negations and numbers: one read otherwise, added or dropped would turn the question round."""

_LONG = 4  # characters of a word from which one alone does not make it another
# Words of grammar stand beside anything: only a long word shows that one is a slip (运营管里)
_GRAMMAR = frozenset(
    "的了是在和与及或把被给让向往从对为以于就都也还又才只很太再会能要可想各每某这那哪啥吗呢吧啊么得地着过们个按"
    "我你您他她它咱谁已正先后前上下里中内外来去到说年月日多少些点次"
)


class Slip(Enum):
    """How two words differ; the value is how much commoner a word must be (e-fold) to make up for it."""

    SOUND = 0.0
    SWAP = 0.7
    SHAPE = 0.7
    NEAR_SOUND = 1.5
    OTHER = 3.0


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word of the library, what parts it from the one typed, and where in that."""

    word: str
    slip: Slip
    place: int


def words_near(asked: str, doubtful: Sequence[bool], lexicon: Lexicon) -> Iterator[NearWord]:
    """Words one slip away from `asked`; the same one may come twice, by two slips.

    Args:
        asked: 2 to `LONGEST` Chinese characters that no one knows as a word.
        doubtful: for each of them whether it may be mistaken.
        lexicon: whose words count.
    """
    numbers = _unmistakable(asked)
    for near in _candidates(asked, doubtful, lexicon):
        if near.word != asked and _unmistakable(near.word) == numbers:
            yield near


def _unmistakable(word: str) -> list[str]:
    return [character for character in word if character in UNMISTAKABLE]


def _candidates(asked: str, doubtful: Sequence[bool], lexicon: Lexicon) -> Iterator[NearWord]:
    for place, character in enumerate(asked):
        rest = (asked[:place], asked[place + 1 :])
        if not doubtful[place] or _is_grammar(character, rest):
            continue
        yield from _replaced(character, rest, lexicon)
        if all(doubtful[place : place + 2]) and rest[1]:
            swapped = rest[0] + rest[1][0] + character + rest[1][1:]
            if swapped in lexicon.counts:
                yield NearWord(swapped, Slip.SWAP, place)
        if all(rest) and character not in _GRAMMAR:  # at the edge it is rather the neighbour's
            yield from _mended(rest, lexicon)
    for place in range(1, len(asked)):
        for word in _longer(lexicon).get((asked[:place], asked[place:]), ()):
            yield NearWord(word, Slip.OTHER, place)


def _is_grammar(character: str, rest: tuple[str, str]) -> bool:
    """Whether a short word has a character of grammar in the doubtful place, or nothing else beside it."""
    others = rest[0] + rest[1]
    return len(others) + 1 < _LONG and (character in _GRAMMAR or set(others) <= _GRAMMAR | UNMISTAKABLE)


def _replaced(character: str, rest: tuple[str, str], lexicon: Lexicon) -> Iterator[NearWord]:
    """Words with another character in the place of one that sounds or looks like it."""
    kinds = [(Slip.SOUND, like_sounds(character))]
    if not any(len(part) > 1 and lexicon.knows(part) for part in rest):
        # beside a word of its own (讲|社区) a character of another sound is hardly a slip
        kinds += [(Slip.SHAPE, like_shapes(character)), (Slip.NEAR_SOUND, near_sounds(character))]
    for slip, others in kinds:
        for other in others:
            if (word := other.join(rest)) in lexicon.counts:
                yield NearWord(word, slip, len(rest[0]))


def _mended(rest: tuple[str, str], lexicon: Lexicon) -> Iterator[NearWord]:
    """Long words with any other character in that place, or with none."""
    place, shorter = len(rest[0]), "".join(rest)
    if len(shorter) >= _LONG - 1:
        yield from (NearWord(word, Slip.OTHER, place) for word in _longer(lexicon).get(rest, ()))
    if len(shorter) >= _LONG and shorter in lexicon.counts:
        yield NearWord(shorter, Slip.OTHER, place)


@lru_cache(maxsize=2)
def _longer(lexicon: Lexicon) -> dict[tuple[str, str], tuple[str, ...]]:
    """What stands before and behind a character of a long word → the words it may be of."""
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for word in lexicon.counts:
        if _LONG <= len(word) <= LONGEST:
            for place in range(len(word)):
                around = (word[:place], word[place + 1 :])
                out[around] = (*out.get(around, ()), word)
    return out
