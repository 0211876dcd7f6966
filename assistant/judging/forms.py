"""The shape of a sentence that answers: a definition, a requirement, a list opened, the whole subject.

Small bonuses that decide between clauses on the same topic; none makes a clause sufficient.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.questions.words import ROLES
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.types import Clause

DEFINING = 0.3
_REQUIRING, _OPENING, _OF_PART, _ON_SUBJECT = 0.08, 0.08, 0.1, 0.2
_SUMMING = 0.3  # "日间照料中心、助餐点等(以下统称社区养老服务中心)": the list asked for of what it is called
_FORMS = 0.3  # "全日托、半日托等多样化托育服务": the forms asked for, whether or not called so
_ASKS_FORMS = re.compile(r"形式|样式|花样")
# "靠什么办法", "用哪些方式": told by "通过市场化择优、委托经营等方式"
_ASKS_WAYS = re.compile(r"(?:靠|用|以|通过|采[取用]|有)?(?:什么|哪[些几]种?)(?:办法|方式|途径|手段|渠道)")
_WAYS = re.compile(r"(?:通过|采[取用]|利用|以)[^,，。;；]{2,60}?(?:方式|模式|途径|渠道|手段)")
_IN_FORMS = re.compile(r"、[^、,，。;；]+(?:、[^、,，。;；]*)?等?(?:多种|多样|多元|各种|不同)")
_EXACT = frozenset({Kind.FIGURE, Kind.DATE, Kind.BODY, Kind.YES_NO})
_SUBJECT_CHARS = 6  # of a title's wording that a sentence on the whole subject repeats
# What may stand between a term and what is said of it: "(以下简称"…")", a closing quotation mark
_GAP = r"[”\"」』]?(?:\([^)]*\))?,?"


def sentence_bonus(question: Question, folded: str, terms: Iterable[Term]) -> float:
    """How much better a sentence fits than its words alone tell; 0 for most."""
    if Kind.DEFINITION in question.kinds:
        return DEFINING if any(_defines(folded, term.surface) for term in terms) else 0.0
    shape = _FORMS * _tells_forms(question.body, folded)
    if Kind.LIST in question.kinds:
        subjects = [term.surface for term in terms if _requires(folded, term.surface)]
        sums_up = any(re.search(rf"统称为?[“\"]?{re.escape(term.surface)}", folded) for term in terms)
        opens = bool(subjects) and folded.rstrip().endswith((":", "：", ";"))
        return _REQUIRING * bool(subjects) + _OPENING * opens + _SUMMING * sums_up + shape
    return 0.0 if _EXACT & question.kinds else shape


def _tells_forms(asked: str, folded: str) -> bool:
    """Whether a sentence lists the forms, or the ways, that a folded question asks for."""
    ways = _ASKS_WAYS.search(asked) is not None and _WAYS.search(folded) is not None
    return ways or (_ASKS_FORMS.search(asked) is not None and _IN_FORMS.search(folded) is not None)


def clause_bonus(
    question: Question, clause: Clause, shown: str, terms: tuple[Term, ...], library: Library
) -> float:
    """For standing in the part named (办法, 方案), and for speaking of the whole where no topic is named."""
    bonus = 0.0
    if question.parts_named:
        title = fold_tight(library.part_title(clause) or "")
        bonus += _OF_PART * any(kind in title for kind in question.parts_named)
    if asks_roles_only(terms):
        bonus += _ON_SUBJECT * (longest_shared(shown, library.titles(clause)) >= _SUBJECT_CHARS)
    return bonus


def asks_roles_only(terms: tuple[Term, ...]) -> bool:
    """Whether a question names a role (牵头, 责任单位) and no topic it is played for."""
    return bool(terms) and all(any(role in term.surface for role in ROLES) for term in terms)


def _defines(folded: str, term: str) -> bool:
    """所称X，主要是…; X是指…; X类指…; X包括…; …（简称“X”）; not 非X指…."""
    word = re.escape(term)
    says = rf"(?<!非){word}[类型]?{_GAP}(?:主要|一般|通常)?(?:是指|是|指|为|即|包括)"
    return bool(
        re.search(
            rf"{says}|[简统]称为?[“\"]?{word}|所称[^,。]{{0,12}}{word}[”\"』]?(?:[(,]|主要|是|为|指|包括)",
            folded,
        )
    )


def _requires(folded: str, term: str) -> bool:
    """X应…, X须…, X由…: what is laid down of X."""
    return bool(
        re.search(rf"{re.escape(term)}{_GAP}(?:原则上|一般)?(?:应|须|必须|要|宜|按|由|主要|不得)", folded)
    )


def longest_shared(text: str, title: str) -> int:
    """Length of the longest run of characters two folded texts share."""
    match = SequenceMatcher(None, text, title, autojunk=False).find_longest_match()
    return match.size
