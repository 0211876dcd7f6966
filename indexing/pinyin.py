"""Pinyin in a question read as words of the library: tuoyu buzhu → 托育补助.

A run of letters is pinyin when all of it is words of the library spelt out, one of them longer than a
character; English words, abbreviations in capitals and Latin words the library has stay as they are.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice, product

from indexing.jurisdictions import city_names
from indexing.lexicon import Lexicon
from indexing.segmentation import search_words
from indexing.spelling_tables import readings, sounds
from indexing.thesaurus import thesaurus

# "shequ zhucan", "yǎng'lǎo"; not "PPP", "3d"
_LETTERS = re.compile(r"[a-z]+")
_RUN = re.compile(r"(?<![a-z0-9])[a-z]+(?:[ '’]+[a-z]+)*(?![a-z0-9])")
_MARKED_U = frozenset("üǖǘǚǜ")
_LONGEST_WORD = 24  # letters
_FEWEST = 4  # letters of a run: "de", "ai" alone say nothing
_MOST = 200
_MOST_SPELLINGS = 32  # of one word; nearly all have fewer than five
_ASTRIDE = (
    0.3  # what a word costs besides that runs over a gap: "yang lao" may be, "qi jiage" has a better one
)
_A_CHARACTER, _A_WORD = 2.0, 1.0  # what reading letters as either costs; less where the library has it often


def spelt_words(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Where pinyin stands in `text`, each place with the Chinese it is read as; in order."""
    plain = "".join(_letter(character) for character in text)
    for run in _RUN.finditer(plain):
        if _may_be_pinyin(run.group()):
            yield from _spelt(run, text, lexicon)


def _spelt(run: re.Match[str], text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A run read whole; where that fails, each of its parts that can be read."""
    parts = list(_LETTERS.finditer(run.group()))
    is_latin = [_is_latin(text[run.start() + p.start() : run.start() + p.end()], lexicon) for p in parts]
    letters = [part.group() for part in parts]
    gaps = frozenset(accumulate(map(len, letters[:-1])))
    whole = None if any(is_latin) else _read("".join(letters), lexicon, gaps)
    if whole:
        yield run.start(), run.end(), whole
        return
    for part, latin in zip(parts, is_latin, strict=True):
        word = None if latin or len(parts) == 1 else _read(part.group(), lexicon)
        if word:
            yield run.start() + part.start(), run.start() + part.end(), word


def _letter(character: str) -> str:
    """A letter without its tone mark, small; any other character as it is. One for one."""
    small = unicodedata.normalize("NFKC", character).lower()
    if small in _MARKED_U:
        return "v"
    base = unicodedata.normalize("NFD", small)[:1]
    return base if "a" <= base <= "z" else character


def _is_latin(written: str, lexicon: Lexicon) -> bool:
    """An abbreviation in capitals, or a Latin word that the library or the thesaurus has."""
    return written.isupper() or lexicon.knows(written.lower())


def _may_be_pinyin(run: str) -> bool:
    """Whether each part of a run can be cut into syllables."""
    parts = _LETTERS.findall(run)
    return _FEWEST <= sum(map(len, parts)) <= _MOST and any(_cuttable(part) for part in parts)


def _cuttable(letters: str) -> bool:
    known = sounds()
    ends = {0}
    for end in range(1, len(letters) + 1):
        if any(start in ends and letters[start:end] in known for start in range(max(0, end - 6), end)):
            ends.add(end)
    return len(letters) in ends


def _read(letters: str, lexicon: Lexicon, gaps: frozenset[int] = frozenset()) -> str | None:
    """The likeliest words that spell `letters`, None when none do or most of it is single characters.

    Args:
        letters: without what parts them.
        lexicon: whose words may be spelt.
        gaps: before which letters something parted them as typed.
    """
    if len(letters) < _FEWEST:
        return None
    spelt = _spelt_out(lexicon)
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ()), *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before, word = best[start], spelt.get(letters[start:end])
            if before is None or word is None:
                continue
            cost = before[0] + word[0] + _ASTRIDE * sum(start < gap < end for gap in gaps)
            if best[end] is None or cost < best[end][0]:  # type: ignore[index]
                best[end] = (cost, (*before[1], word[1]))
    found = best[-1]
    return "".join(found[1]) if found and _is_told_by_words(found[1]) else None


def _is_told_by_words(read: tuple[str, ...]) -> bool:
    """Whether words, not characters read one by one, make up at least half: 有还老人餐听 is no reading."""
    characters = sum(len(word) for word in read)
    return any(len(word) > 1 for word in read) and sum(len(word) == 1 for word in read) * 2 <= characters


@lru_cache(maxsize=4)
def _spelt_out(lexicon: Lexicon) -> dict[str, tuple[float, str]]:
    """Letters → the cheapest word they spell, with its cost."""
    known = readings()
    out: dict[str, tuple[float, str]] = {}
    for word, count in _counted(lexicon).items():
        syllables = [known.get(character, ()) for character in word]
        if not all(syllables):
            continue
        cost = (_A_CHARACTER if len(word) == 1 else _A_WORD) - 0.1 * math.log(count)
        for spelling in islice(product(*syllables), _MOST_SPELLINGS):
            letters = "".join(spelling)
            if letters not in out or cost < out[letters][0]:
                out[letters] = (cost, word)
    return out


def _counted(lexicon: Lexicon) -> dict[str, int]:
    """Words that may be spelt, and how many units have each; what is known from elsewhere counts as rare.

    Words of the library, words inside them, wordings of the thesaurus, cities.
    """
    counted = dict(lexicon.counts)
    for word, count in lexicon.counts.items():
        for part in search_words(word) if len(word) > 2 else ():  # 服务 of 服务业
            counted.setdefault(part, count)
    for known in (*thesaurus(), *city_names()):
        counted.setdefault(known, 1)
    return counted
