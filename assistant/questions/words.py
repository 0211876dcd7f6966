"""What kind of word it is: a thing or a deed, general, guessed by the segmenter, in the thesaurus. Pure."""

from __future__ import annotations

from functools import lru_cache

from assistant.questions.wording import question_words
from indexing import segmentation
from indexing.thesaurus import thesaurus

ROLES = frozenset(
    ("负责", "牵头", "主管", "承担", "落实", "实施", "执行", "责任", "分管", "主抓", "挑头", "配合")
)
"""Words for what somebody does with a subject; alone they name no subject."""
_GRANTS = ("补助", "补贴", "奖补")  # one thing to documents, alone and at the end of a word


@lru_cache(maxsize=4096)
def is_function(word: str) -> bool:
    """Whether a character is never a noun, a verb or an adjective: 的, 吗, 也."""
    return not any(tag.startswith(("n", "v", "a", "q", "x", "un")) for tag in segmentation.tags(word))


@lru_cache(maxsize=4096)
def by_dictionary(raw: str) -> tuple[str, ...]:
    """A text as jieba's dictionary alone cuts it, without guesses."""
    return tuple(segmentation.cut_by_dictionary(raw))


def is_general(word: str) -> bool:
    """Whether a word is too general to tell clauses apart (prompts/question_words.toml)."""
    return word in question_words().general


def has_forms(word: str) -> bool:
    """Whether the thesaurus says what documents call a wording; related words alone do not."""
    known = thesaurus().get(word)
    return known is not None and bool(known.forms)


def forms_of(word: str) -> tuple[str, ...]:
    """The word and what the thesaurus says documents may call it; 就餐补助 may be called 就餐补贴.

    >>> forms_of("就餐补助")
    ('就餐补助', '就餐补贴', '就餐奖补')
    """
    known = thesaurus().get(word)
    stem = word[:-2] if word[-2:] in _GRANTS else ""
    granted = [stem + each for each in _GRANTS if stem]
    return tuple(dict.fromkeys((word, *(known.forms if known else ()), *granted)))


def is_guess(surface: str) -> bool:
    """Whether jieba's dictionary does not have a word: 价交 of "按居民价交水电费"."""
    return not surface.isascii() and len(by_dictionary(surface)) == len(surface) > 1


def is_noun(word: str) -> bool:
    """Whether any part of a word is a noun or verbal noun by jieba's tags; numbers count too."""
    return has_tag(word, ("n", "vn", "l", "j", "i", "eng", "m"))


def has_noun(word: str) -> bool:
    """Whether a word names a thing; 申请 and 审批, verbal nouns, name what is done with one."""
    return has_tag(word, ("n", "l", "j", "i", "eng"))


@lru_cache(maxsize=4096)
def has_tag(word: str, tags: tuple[str, ...]) -> bool:
    """Whether any part of a word has a class of jieba's that begins with one of `tags`."""
    return any(tag.startswith(tags) for tag in segmentation.tags(word))


def words_inside(word: str, *, with_general: bool = False) -> list[str]:
    """The words a long word is made of, left to right without overlap: 工作人员 → 人员 (工作 is general)."""
    inner = {part for part in segmentation.search_words(word) if 2 <= len(part) < len(word)}
    out, position = [], 0
    while position < len(word):
        part = max((p for p in inner if word.startswith(p, position)), key=len, default="")
        if part and (with_general or not is_general(part)):
            out.append(part)
        position += len(part) or 1
    return out
