"""What a comparison is about, by the words that make its subject, and how much of it a text says. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.questions.weighing import Term, is_thing
from assistant.questions.wording import question_words
from indexing import segmentation

_PRINCIPAL = 0.5  # a word makes the subject when it weighs this share of the heaviest
_DEED = 0.8  # … and a deed when it weighs this share of the heaviest thing
_SAID_IN_PARTS = 0.6  # 托育服务 is said where 托育 is
_EITHER = re.compile(r"或者?(?!许|多|少)")
# What is wanted of a subject and no subject: 托育的服务形式, 至少几项
ASPECTS = frozenset(
    ("形式", "方式", "模式", "至少", "最多", "最少", "具体", "情况", "内容", "方面", "范围", "办法", "途径")
)


Wordings = tuple[tuple[Term, ...], ...]
"""The words that make a subject; where it is put in two ways (业委会或者业主委员会), those of each."""


def subject_of(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The words that make a subject, and their pairs; empty for no terms.

    Things, and deeds that tell as much: 退出 of 试点项目的退出机制.
    """
    aside = ASPECTS | question_words().soft
    telling = [term for term in terms if term.surface not in aside]
    things = [term for term in telling if is_thing(term) or _is_own_name(term)]
    least = _DEED * max((term.weight for term in things), default=0.0)
    some = [term for term in telling if term in things or term.weight >= least] or terms
    heaviest = max((term.weight for term in some), default=0.0)
    principal = [term for term in some if term.weight >= _PRINCIPAL * heaviest]
    return tuple(replace(one, parts=()) if _is_pair(one, terms) else one for one in principal)


def _is_pair(term: Term, terms: Sequence[Term]) -> bool:
    """Whether a term is two of the others side by side, which nothing says that has only one of them."""
    return any(term is not one and term.surface.startswith(one.surface) for one in terms) and any(
        term is not one and term.surface.endswith(one.surface) for one in terms
    )


def _is_own_name(term: Term) -> bool:
    """Whether a word is a name from our own dictionary, which gives no classes of words: 专项债, 国有房产."""
    return term.is_known and segmentation.is_word(term.surface) and not any(segmentation.tags(term.surface))


def share_said(folded: str, subject: Sequence[Term]) -> float:
    """The share of a subject, by weight, that a folded text says; 0 for no subject."""
    total = sum(term.weight for term in subject)
    return sum(term.weight for term in subject if says(folded, term)) / total if total else 0.0


def wordings_of(topic: str, subject: Sequence[Term]) -> Wordings:
    """The words of a subject by the ways it is put; one way where the topic leaves no choice."""
    pieces = _EITHER.split(topic)
    ways = tuple(tuple(term for term in subject if term.surface in piece) for piece in pieces)
    return ways if len(ways) > 1 and all(ways) else (tuple(subject),)


def most_said(folded: str, wordings: Wordings) -> float:
    """The share of a subject that a folded text says in one of its ways; 0 for no subject."""
    return max((share_said(folded, words) for words in wordings), default=0.0)


def says(folded: str, term: Term) -> bool:
    """Whether a folded text says a word in one of its forms, or most of what it is made of."""
    return any(form in folded for form in term.forms) or term.said_in_parts(folded) >= _SAID_IN_PARTS
