"""The content words of a question, with what the documents may call the same thing.

Everyday wording (老人吃饭) meets official wording (老年助餐) through `corpus/synonyms.tsv`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from assistant.library import Library
from assistant.question import Question
from assistant.references import mask_references
from indexing import segmentation
from indexing.folding import fold_tight

_TRIM = re.compile(r"^[能可要会想给把被让请再还就都也将已]|[了吗呢吧的]$")
# What is left of a verb with its auxiliary when no document knows the two together: "要选", "能领"
_SMALL = re.compile(r"[要能可想会给该被将再得有需].")
_KNOWN_VERB, _UNKNOWN_VERB = 0.7, 0.5
_SOFT_SHARE = 0.5
"""What 要求 or 条件 weigh: they say what is wanted of the subject more than what the subject is."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked about; any of `forms` in a clause says it."""

    surface: str
    forms: tuple[str, ...]
    weight: float
    is_own: bool  # the library uses this very word, so a synonym says it less surely
    is_known: bool  # the library uses it or a synonym


@cache
def _asking() -> re.Pattern[str]:
    """Interrogatives and courtesies: they ask, they are not what is asked about."""
    return re.compile("|".join(_question_words()["asking"]))


@cache
def _general() -> frozenset[str]:
    return frozenset(_question_words()["general"])


@cache
def _soft() -> frozenset[str]:
    return frozenset(_question_words()["soft"])


@cache
def _question_words() -> dict[str, list[str]]:
    text = resources.files("corpus").joinpath("question_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Everyday wording → forms in documents, folded; longest wording first."""
    table: dict[str, tuple[str, ...]] = {}
    text = resources.files("corpus").joinpath("synonyms.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            asked, forms = line.split("\t")
            table[fold_tight(asked)] = tuple(fold_tight(form) for form in forms.split())
    return dict(sorted(table.items(), key=lambda entry: -len(entry[0])))


def content_terms(question: Question, library: Library) -> tuple[Term, ...]:
    """What the question is about, in order, without places, references and interrogatives.

    Empty when the question holds nothing but these.
    """
    text = _asking().sub(" ", mask_references(question.body))
    surfaces = [surface for piece in text.split() for surface in _surfaces(piece)]
    terms = [term for surface in dict.fromkeys(surfaces) for term in _terms(surface, library)]
    if all(surface.isdecimal() for surface in surfaces):
        return ()  # "①②", "2024": numbers of nothing
    terms += [_phrase(pair, library) for pair in _neighbours(surfaces, text, library)]
    return tuple({term.surface: term for term in terms}.values())


def topic_of(question: Question) -> str:
    """What is asked about, short enough to stand in a sentence: the question without its tail mark."""
    topic = re.sub(r"[?？!！。\s]+$", "", question.text.strip())
    topic = re.sub(r"\s+", " ", topic)
    return topic if len(topic) <= 40 else topic[:39] + "…"


def expansion(terms: tuple[Term, ...]) -> str:
    """Words to add to the search query: official forms of everyday wording."""
    return " ".join(dict.fromkeys(form for term in terms for form in term.forms if form != term.surface))


def _neighbours(surfaces: list[str], text: str, library: Library) -> list[str]:
    """Two words that stand together in the question and somewhere in the library: 服务功能."""
    pairs = (left + right for left, right in pairwise(surfaces))
    return [pair for pair in dict.fromkeys(pairs) if pair in text and library.frequency(pair)]


def _phrase(pair: str, library: Library) -> Term:
    return Term(pair, (pair,), _SOFT_SHARE * library.weight(library.frequency(pair)), True, True)


def _surfaces(piece: str) -> list[str]:
    """Words of a piece; wording in the synonym table is kept whole."""
    for known in synonyms():
        position = piece.find(known)
        if position >= 0 and len(known) > 1:
            words = segmentation.words(piece)
            # "老人" inside the one word "独居老人" is not cut out of it
            if known in words or _aligned(words, known):
                before, after = piece[:position], piece[position + len(known) :]
                return [*_surfaces(before), known, *_surfaces(after)]
    return [word for raw in segmentation.words(piece) if (word := _content(raw))]


def _aligned(words: list[str], known: str) -> bool:
    """Whether `known` is a run of whole words."""
    return any(
        "".join(words[start:end]) == known
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + 5) + 1)
    )


def _content(word: str) -> str | None:
    word = _TRIM.sub("", word) if len(word) > 2 else word
    if word in _general() or not word or (len(word) == 1 and not word.isdecimal()):
        return None
    return word


def _terms(surface: str, library: Library) -> list[Term]:
    forms = tuple(dict.fromkeys((surface, *synonyms().get(surface, ()))))
    count = max(library.frequency(form) for form in forms)
    if not count and _SMALL.fullmatch(surface):
        return []
    parts = [] if count or len(surface) < 4 else _tiles(surface)
    if not parts:
        weight = library.weight(count) * _share_of(surface, is_known=bool(count))
        return [Term(surface, forms, weight, library.frequency(surface) > 0, count > 0)]
    return [term for part in dict.fromkeys(parts) for term in _terms(part, library)]


def _share_of(surface: str, *, is_known: bool) -> float:
    """Nouns carry the subject; what is done with it may be worded in many ways (拨给, 下达, 拨付)."""
    if surface in _soft():
        return _SOFT_SHARE
    if _is_noun(surface):
        return 1.0
    return _KNOWN_VERB if is_known else _UNKNOWN_VERB


@lru_cache(maxsize=4096)
def _is_noun(word: str) -> bool:
    """Whether any part of a word is a noun or verbal noun by jieba's tags; numbers count too."""
    import rjieba

    segmentation.words(word)  # loads our own dictionary into the same segmenter
    return any(tag.startswith(("n", "vn", "l", "j", "i", "eng", "m")) for _, tag in rjieba.tag(word, True))


def _tiles(word: str) -> list[str]:
    """The words a long word is made of, left to right without overlap: 工作人员 → 人员 (工作 is general)."""
    inner = {part for part in segmentation.search_words(word) if 2 <= len(part) < len(word)}
    out, position = [], 0
    while position < len(word):
        part = max((p for p in inner if word.startswith(p, position)), key=len, default="")
        if part and part not in _general():
            out.append(part)
        position += len(part) or 1
    return out
