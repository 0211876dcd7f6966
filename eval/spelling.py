"""How well mistyped questions are read: slips are put into gold questions by a fixed seed.

A slip goes into a word that the documents have, is one character, and makes no word of the dictionary.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexing import segmentation
from indexing.folding import fold_tight
from indexing.index import ClauseIndex
from indexing.spelling_tables import like_shapes, like_sounds, readings

_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_SEED = 20261122


class Mistake(StrEnum):
    """What is done to a question."""

    NONE = "none"
    SOUND = "sound"
    SHAPE = "shape"
    SWAP = "swap"
    PINYIN = "pinyin"


@dataclass(frozen=True, slots=True)
class SpellingScore:
    """How questions with one kind of mistake were read."""

    mistake: str
    questions: int
    right: int  # as before the mistake
    otherwise: int  # as something else; the rest was left as typed


def measure_spelling(index: ClauseIndex, questions: Sequence[str]) -> tuple[SpellingScore, ...]:
    """Every question once as it is and once with each kind of mistake it can have."""
    chance = random.Random(_SEED)
    counted: dict[Mistake, Counter[str]] = {mistake: Counter() for mistake in Mistake}
    for question in map(fold_tight, questions):
        read = index.respelled(question)
        counted[Mistake.NONE].update(["otherwise" if read.readings else "right"])
        plain = read.text
        for mistake, typed in _mistyped(plain, index, chance):
            read = index.respelled(typed)
            said = "right" if read.text == plain else "otherwise" if read.readings else "left"
            counted[mistake].update([said])
    return tuple(
        SpellingScore(mistake.value, sum(each.values()), each["right"], each["otherwise"])
        for mistake, each in counted.items()
    )


def _mistyped(question: str, index: ClauseIndex, chance: random.Random) -> Iterator[tuple[Mistake, str]]:
    pieces = segmentation.cut(question)
    held = [place for place, piece in enumerate(pieces) if _HAN.fullmatch(piece) and index.says(piece)]
    if not held or "".join(pieces) != question:
        return
    for mistake in Mistake:
        if mistake is Mistake.NONE:
            continue
        place = chance.choice(held)
        typed = _slip(pieces[place], mistake, chance)
        if typed and not segmentation.is_word(typed):
            yield mistake, "".join([*pieces[:place], typed, *pieces[place + 1 :]])


def _slip(word: str, mistake: Mistake, chance: random.Random) -> str | None:
    """`word` mistyped, None where it cannot be so mistyped."""
    if mistake is Mistake.PINYIN:
        return "".join(readings().get(character, ("?",))[0] for character in word)
    place = chance.randrange(len(word) - (mistake is Mistake.SWAP))
    if mistake is Mistake.SWAP:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if mistake is Mistake.SHAPE:
        others = like_shapes(word[place])[:3]
    else:
        others = "".join(each for each in like_sounds(word[place]) if like_shapes(each))  # in common use
    return word[:place] + chance.choice(others) + word[place + 1 :] if others else None
