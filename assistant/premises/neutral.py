"""A question without what it claims: 由市民政局牵头吧 asks 由哪个部门牵头.

What a clause says instead has none of the claim's words, so the claim itself would keep it from being found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library
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
_DUTY = re.compile(r"负责|牵头|主管|责任|归")
_WHO, _WHAT = "哪个部门", "是什么"


def readings(question: Question, library: Library) -> tuple[Question, ...]:
    """What may be looked for instead where nothing answers a question that claims something; else empty."""
    neutral, claim = without_claim(question, library), claim_alone(question, library)
    bare = without_claim(claim, library) if claim else None
    return tuple(one for one in (neutral, claim, bare) if one is not None)


def claims_duty(question: Question) -> bool:
    """Whether a body is claimed to answer for something: 由市民政局负责吧."""
    is_duty = _DUTY.search(question.body) is not None and DOUBTS.search(question.body) is not None
    return is_duty and bool(claimed_bodies(question.body))


def is_undecided(question: Question, statements: Sequence[Statement]) -> bool:
    """Whether a body is claimed to act, and what answers neither confirms nor denies it."""
    if DOUBTS.search(question.body) is None or not claimed_bodies(question.body):
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
    return understand(text, library) if text != question.text else None
