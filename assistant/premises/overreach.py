"""Claims that go further than the sentence quoted: 所有, 随便, 只要…就行, beside a rule with conditions.

A claim that the quotes do not limit is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.norms.quantities import quantities
from assistant.premises.types import Premise
from assistant.questions.weighing import Term

TAIL = r"(?=[,，]?(?:对[吧吗不]|是[吧吗不这]|没错|没说错|真的|了?[吧吗])|[?？]|$)"
# "所有项目一律都能拿到补助", "任何单位都能申请", "凡是综合体都要"
_UNIVERSAL = re.compile(
    rf"(?:所有(?!权|者|制|人)的?|任何|一切|凡是?|全部的?(?=[\u4e00-\u9fff]+都)|不管|不论|无论|谁都|人人|一律|一概|统统)[^?？]*?{TAIL}"
)
_SAYS_ALL = re.compile("所有|任何|一切|凡是?|一律|一概|全部|各类|均")
# What limits a rule to some: a case, a condition, a class of the thing
_LIMITS = re.compile(
    r"(?P<limit>(?:[^,，。;；|]{2,24}的(?=[,，])|符合[^,，。;；|]{0,12}(?:条件|规定|要求)|(?<!不具备)有条件的?"
    r"|[^,，。;；|]{2,14}及以上|[^,，。;；|]{2,16}(?:前提|条件)下|对[^,，。;；|]{2,20}(?:类|类功能)(?=[给予补按])|原则上|一般(?=不|应|为)"
    r"|(?:除|但)[^,，。;；|]{2,20}))"
)
# The next sentence has another rule for a case: "涉及经营性用途的以协议出让方式办理"
_APART = re.compile(r"^(?:[^。;；|]{0,6})(?:涉及|属于|但|除|确需|不符合)")
_AS_MUCH = 0.8  # of what the best sentence says, by weight, that one with another figure must say
_MOST_SAID = 0.5  # share of the question, by weight, that a sentence must say to limit its claim
# "随便改", "可以随时调整内容"
_FREELY = re.compile(
    rf"(?:可以|能|就)?(?:随便|随意|随时|任意|自由|自行|想怎么)(?P<deed>[^,，?？]{{1,14}}?){TAIL}"
)
# "只要跟街道说一声就行", "报居委会就行"
_ENOUGH = re.compile(r"只要(?P<do>[^,，?？]{2,16}?)(?:就行|就可以|就好|即可|就能|就成)")
_RESTRICTS = re.compile(
    r"不得|禁止|严禁|不准|不予|不再|应当?(?!急)|必须|(?<![所急按供])[须需](?!求|要的)|原程序|报[^,，]{0,12}(?:批准|审批|审查|备案|报备|同意)|经[^,，]{2,14}(?:批准|同意|审)"
)
_SENTENCE = re.compile(r"[。;；|]")
_PART = re.compile(r"[,，。;；|]")


def of_universals(asked: str, quotes: str, terms: Sequence[Term]) -> list[Premise | None]:
    """所有…都 claimed where the sentence that says most of the question holds for a case, or for some.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        terms: what the question is about.
    """
    claim, total = _UNIVERSAL.search(asked), sum(term.weight for term in terms)
    if claim is None or not total:
        return []
    sentences = [one for one in _SENTENCE.split(quotes) if one]
    told = [_said(sentence, terms) for sentence in sentences]
    best = max(range(len(told)), key=told.__getitem__, default=None)
    if best is None or told[best] < _MOST_SAID * total or _SAYS_ALL.search(sentences[best]):
        return []
    is_apart = any(
        _is_apart(sentences[best], one, told[best] * _AS_MUCH, terms)
        for one in sentences[best + 1 : best + 2]
    )
    is_limited = any(one["limit"] not in asked for one in _LIMITS.finditer(sentences[best]))
    return [Premise(claim.group())] if is_apart or is_limited else []


def _is_apart(sentence: str, following: str, least: float, terms: Sequence[Term]) -> bool:
    """Whether the next sentence has a rule of its own: for a case, or another figure of the same thing."""
    if _APART.search(following):
        return True
    mine, its = _figures(sentence), _figures(following)
    same = any(unit in mine and mine[unit] != values for unit, values in its.items())
    return same and _said(following, terms) >= least


def _figures(sentence: str) -> dict[str, set[Decimal]]:
    """The values a sentence names of each unit."""
    out: dict[str, set[Decimal]] = {}
    for one in quantities(sentence):
        out.setdefault(one.unit, set()).add(one.value)
    return out


def of_licences(asked: str, quotes: str, terms: Sequence[Term]) -> list[Premise | None]:
    """随便改 or 只要…就行 claimed of what a part of the quotes restricts: 原则上不得变更."""
    claim = _FREELY.search(asked) or _ENOUGH.search(asked)
    if claim is None:
        return []
    deed = claim.groupdict().get("deed")
    said = claim.groupdict().get("do") or ""
    about = asked if deed is None else asked[claim.start() :]
    deeds = [term for term in terms if term.surface in about and term.surface not in said]
    for part in _PART.split(quotes):
        names = any(form in part for term in deeds for form in term.forms)
        if names and _RESTRICTS.search(part) and not (said and said in part):
            return [Premise(claim.group())]
    return []


def claims_all(asked: str) -> bool:
    """Whether a folded question claims something of all, or without any condition."""
    return any(pattern.search(asked) for pattern in (_UNIVERSAL, _FREELY, _ENOUGH))


def _said(sentence: str, terms: Sequence[Term]) -> float:
    return sum(term.weight for term in terms if any(form in sentence for form in term.forms))
