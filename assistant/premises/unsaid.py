"""A claim that nothing confirms or denies: the word of it that the clauses cited do not have.

所引条款没有写明“特色菜”，写的是“优先供应大众化家常菜” is true by its making. A word that a clause may
only say otherwise (托育 for 婴幼儿照护, 交 for 提交) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.library import Library
from assistant.norms.quantities import quantities
from assistant.norms.units import comparable
from assistant.premises.bodies import actors_in, names_body
from assistant.premises.claim import PART, SENTENCE, claim_of, in_figures, is_said, words_of
from assistant.premises.types import Premise
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.questions.wording import question_words
from assistant.questions.words import ROLES, forms_of, has_noun, has_tag, is_general, words_inside
from assistant.types import Statement
from indexing import segmentation
from indexing.folding import fold_tight
from indexing.thesaurus import thesaurus

_PART_CHARS = 40  # a longer part would only repeat the quote
_BESIDE = 2  # what a word counts that stands right beside the strange one in the claim
# "期是", "用于": cut from a phrase, no word by itself
_HOLDS_FUNCTION = re.compile("[是的于为在到和及有要会能可了由被把将对从向给就也还]")
_EACH = re.compile(r"(?:各|均|分别|每项)(?=不超过|不少于|补助|给予?|为|是)[^,，?？]{2,12}")
_ALL = re.compile("所有|全部|任何|一律|每个|每家|凡是?")
_OFTEN = re.compile(r"每(?:半|[两二三四五])?个?(?:年|月|季度?|周|天|日)")
_DEEDS = ("v", "a", "t", "s", "f", "x", "un")
_COMPOUND = 4  # characters of a word made of two
_COUNTERS = frozenset(
    "项个次种类家名条份处所"
)  # 三家 are listed; how many is held against the list elsewhere


def strange_word(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> Premise | None:
    """The word of a claim that stands in no clause cited, and the part that says most of the rest.

    None where the clauses say, or may say, every word.
    """
    claim = claim_of(question.body)
    quotes = in_figures(fold_tight("|".join(citation.quote for citation in statement.citations)))
    said = in_figures(_cited(statement, library))
    words = words_of(claim)
    body = next((one for one in actors_in(claim) if not names_body(one, said)), None)
    often = next((one.group() for one in _OFTEN.finditer(claim) if one.group() not in said), None)
    strange = (
        body
        or often
        or _figure(claim, said)
        or _word(words, said, quotes, terms)
        or _pair(claim, quotes, said)
    )
    if strange is None:
        every = _EACH.search(claim) or _ALL.search(claim)
        return Premise(every.group(), is_unsaid=True) if every and every.group()[:2] not in said else None
    part = _nearest(strange, claim, quotes, terms)
    is_short = len(part) <= _PART_CHARS and not set('“”"') & set(part)
    return Premise(strange, part if is_short and part else None, is_unsaid=True)


def _figure(claim: str, said: str) -> str | None:
    """A figure claimed that a text has in no wording; None for none."""
    told = {comparable(one.value, one.unit) for one in quantities(said) if one.high is None}
    ranges = {(one.value, one.high) for one in quantities(said) if one.high is not None}
    for one in quantities(claim):
        is_told = (one.value, one.high) in ranges if one.high else comparable(one.value, one.unit) in told
        if (
            not is_told
            and not one.is_han
            and one.unit not in _COUNTERS
            and claim[one.start : one.end] not in said
        ):
            return claim[one.start : one.end]
    return None


def _word(words: Sequence[str], said: str, quotes: str, terms: Sequence[Term]) -> str | None:
    """The first thing claimed, else the first deed, that a text says in no way known; None for none."""
    part = max(_parts(quotes), key=lambda one: sum(is_said(word, one, terms) for word in words), default="")
    strange = [word for word in words if _is_strange(word, said, part, terms)]
    return next((one for one in strange if _is_thing(one)), strange[0] if strange else None)


def _is_strange(word: str, said: str, part: str, terms: Sequence[Term]) -> bool:
    """Whether a text has neither a word, nor what it is made of, nor what the thesaurus sets beside it."""
    table = question_words()
    is_loose = len(word) < 3 and (word in ROLES or _HOLDS_FUNCTION.search(word) is not None)
    if is_loose or is_general(word) or word in table.soft or word in table.everyday or word.isdecimal():
        return False
    if is_said(word, said, terms) or any(one in said for one in _near(word)):
        return False
    if any(names_body(body, said) for body in actors_in(word)):
        return False
    inside = words_inside(word)
    if len(word) == _COMPOUND:  # 申报方案 is not said by 实施方案, nor 运营主体 by 运营
        inside = [word[-2:]] if any(one in said for one in _near(word[:2])) else []
    if any(one in said for one in inside):
        return False
    return _is_thing(word) or (has_tag(word, _DEEDS) and not set(word) & set(part))


def _near(word: str) -> tuple[str, ...]:
    """A word, what documents may call it, and what stands near it."""
    known = thesaurus().get(word)
    return (*forms_of(word), *(known.related if known else ()))


def _is_thing(word: str) -> bool:
    """Whether a word names a thing; of one that only our own dictionary has, nothing else is known."""
    return has_noun(word) or not any(segmentation.tags(word))


def _pair(claim: str, quotes: str, said: str) -> str | None:
    """Two words of a claim that stand apart from what is quoted in the first: 估算深度 beside 概算深度."""
    for one, other in pairwise(segmentation.words(claim)):
        pair = f"{one}{other}"
        is_pair = len(one) == len(other) == 2 and pair in claim and not is_general(one)
        if not is_pair or one in said or pair in said or not has_tag(other, ("n", "vn")):
            continue
        others = {
            match.group(1) for match in re.finditer(rf"([\u4e00-\u9fff]{{2}}){re.escape(other)}", quotes)
        }
        if any(segmentation.words(f"{each}{other}")[:1] == [each] for each in others):
            return pair
    return None


def _nearest(strange: str, claim: str, quotes: str, terms: Sequence[Term]) -> str:
    """The part of the quotes that says most of the claim, the words beside the strange one first."""
    words = words_of(claim)
    at = next((index for index, word in enumerate(words) if word in strange or strange in word), None)
    beside = {words[i] for i in (at - 1, at + 1) if 0 <= i < len(words)} if at is not None else set()

    def told(part: str) -> int:
        return sum((_BESIDE if word in beside else 1) for word in words if is_said(word, part, terms))

    return max(reversed(_parts(quotes)), key=told, default="")


def _parts(quotes: str) -> list[str]:
    return [part for sentence in SENTENCE.split(quotes) for part in PART.split(sentence) if part]


def _cited(statement: Statement, library: Library) -> str:
    """All the clauses cited, whole, with what stands over them; folded."""
    clauses = [library.clause(one.doc_id, one.path) for one in statement.citations]
    units = {unit.clause_id: unit for unit in (library.unit(one) for one in clauses if one is not None)}
    return "|".join(
        "|".join((library.folded(unit), library.context(unit), library.titles(unit), library.columns(unit)))
        for unit in units.values()
    )
