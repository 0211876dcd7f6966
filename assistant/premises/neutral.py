"""A question without what it claims: 由市民政局牵头吧 asks 由哪个部门牵头.

What a clause says instead has none of the claim's words, so the claim itself would keep it from being found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library
from assistant.norms.quantities import quantities
from assistant.premises.bodies import claimed_bodies
from assistant.premises.checking import DOUBTS
from assistant.questions.question import Question, understand
from assistant.questions.wording import question_words
from assistant.types import Statement
from prompts.library import fill

_ONLY = re.compile(
    r"(?:只能?|仅)(?:是|由|限|有|给|允许)(?P<thing>[\u4e00-\u9fff]{2,6}?)(?=才|对|是|吧|吗|[,，?？]|$)"
)
# "上海允许存量房改造时扩建,能扩多少": what stands before the comma is claimed, not asked
_CLAIMS = re.compile(r"允许|要求|规定|必须|可以|不得|不能|[是由]|补[助贴]|有效期")
_BREAK = re.compile(r"[,，;；]")
# "按季度接受评估"; not "每百户"
_OFTEN = re.compile(r"[每按](?:半|[一两二三四五六]个?)?(?:年|个?月|季度?|周|天)(?!度?轻)")
# "由街道直接指定": who is chosen how
_APPOINTED = re.compile(r"[由被](?:[\u4e00-\u9fff]{2,6}?)(?:直接)?(?:指定|任命|委派|指派|内定)")
# "不包括儿童游憩", "只包括养老": what is included is asked instead
_INCLUDES = re.compile(
    r"(?:不|只|仅)?(?:包括|包含|含|涵盖)(?:了)?(?P<thing>[\u4e00-\u9fff]{2,10}?)(?=[,，]?(?:对|是|吧|吗|没错)|[?？]?$)"
)
_ENOUGH = re.compile(r"[,，]?只要[^,，?？]{2,16}?(?:就行|就可以|就好|即可)(?:了)?")
_FREELY = re.compile(r"随便|随意|随时|任意|自由|自行|一律|统统|一概")
_DUTY = re.compile(r"负责|牵头|主管|责任|归")
_WHO, _WHAT, _WHICH, _HOW_MUCH = "哪个部门", "是什么", "包括哪些", "多少"
# "有五种", "一共七步": how many is claimed
_COUNT = re.compile(
    r"(?:一共|总共|共)?(?:有|分为?|是)(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:种|类|步|条|个方面|个等级|档)(?=[,，]?(?:对|是|吧|吗|没错))"
)
# What stands before a figure and belongs to it: 每平方米3000元, 按每万人不少于30平方米, 不能超过80%
_BASE = re.compile(
    r"(?:按照?|以)?每(?![个家项类种处年月周天])[\u4e00-\u9fff]{1,4}?(?:不[少低小]于|不超过|至少|最多)?$"
    r"|不(?:得|能|应|宜|可)?(?:[少低小高大多]于|超过)$|最[多少]$|至少$"
)


def readings(question: Question, library: Library) -> tuple[Question, ...]:
    """What may be looked for instead where nothing answers a question that claims something; else empty."""
    neutral, claim = without_claim(question, library), claim_alone(question, library)
    bare = without_claim(claim, library) if claim else None
    return tuple(one for one in (neutral, claim, bare) if one is not None)


def claims_duty(question: Question) -> bool:
    """Whether a body is claimed to answer for something: 由市民政局负责吧."""
    is_duty = _DUTY.search(question.body) is not None and DOUBTS.search(question.body) is not None
    return is_duty and bool(claimed_bodies(question.body))


def _without_figure(text: str) -> str:
    """A question with a figure claimed on a base (每平方米3000元) as 多少."""
    for one in quantities(text):
        base = _BASE.search(text, 0, one.start)
        if base is not None:
            return text[: base.start()] + _HOW_MUCH + text[one.end :]
    return text


def is_undecided(question: Question, statements: Sequence[Statement]) -> bool:
    """Whether something is claimed, and what answers neither confirms nor denies it."""
    if DOUBTS.search(question.body) is None:
        return False
    confirmed = fill("premise_holds", head="", text="")
    return not any(one.denied or confirmed in one.text for one in statements)


def claim_alone(question: Question, library: Library) -> Question | None:
    """The claim a question builds on, as one to be confirmed; None where it opens with none.

    上海允许改造时扩建，能扩多少 builds on 上海允许改造时扩建，对吗.
    """
    asking = question_words().asking
    first, *others = _BREAK.split(question.text.rstrip("？?"), maxsplit=1)
    if not others or asking.search(first) or not asking.search(others[0]) or not _CLAIMS.search(first):
        return None
    return None if DOUBTS.search(question.body) else understand(f"{first}，对吗？", library)


def without_claim(question: Question, library: Library) -> Question | None:
    """The question with bodies claimed as 哪个部门, 只能是… as 是什么, 按季度 as 定期; None for none."""
    if DOUBTS.search(question.body) is None:
        return None
    text = _APPOINTED.sub("怎么选", question.text, count=1)
    for body in claimed_bodies(question.body):
        text = text.replace(body, _WHO, 1)
    text = _OFTEN.sub("定期", _ONLY.sub(_WHAT, text, count=1), count=1)
    text = _COUNT.sub("有哪些", _INCLUDES.sub(_WHICH, _without_figure(text), count=1), count=1)
    text = _FREELY.sub("", _ENOUGH.sub("", text, count=1), count=1)
    return understand(text, library) if text != question.text else None
