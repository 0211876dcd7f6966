"""Questions on what must be there, and the sentences that lay it down.

养老服务可以不配吗 is answered by 原则上应配置养老服务, not by 养老服务宜提供短期托养, which is all about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.norms.quantities import quantities
from assistant.norms.units import comparable
from assistant.questions.question import Question
from assistant.questions.weighing import Term, is_thing

ASKS_DUTY = re.compile(
    r"要不要|需不需要|用不用|必不必须|应不应该?|是否(?:必须|应当|应该|需要|应|须|要)|是不是(?:必须|得|要|应该|应当)|(?:必须|需要|应该|应当|一定要|(?<![获取值懂记难觉使])得|(?<![主重只首想])要(?![求件点素])|非得)[^,，?？]{0,30}(?:[吗不]|(?<![什怎])么)[?？]?$"
    r"|(?:必须|一定要|非得)[^,，?？]{0,30}[,，]?(?:是吧|对吧|对吗|是吗|没错吧|吧)[?？]?$"
    r"|(?:硬性|强制|刚性|必须|要求)性?(?:的|要求|规定)?[,，]?还是(?:鼓励|倡导|提倡|建议|自愿|可选|支持|引导)"
    r"|(?:鼓励|倡导|提倡|建议|自愿|可选|支持|引导)性?的?[,，]?还是(?:硬性|强制|刚性|必须|要求)"
)
"""必须…吗, 要不要, 需不需要, 硬性还是鼓励."""

# "可以不配养老服务吗" asks whether it must be there; not "可以不超过", "能不能"
OMITS = re.compile(
    r"(?:可不可以|可以|能不能|能否|可否|能|允许)不(?!能|可|允|是|合|符|少|超|低)[^,，?？]{1,30}[吗么]?[?？]?$"
)
"""可以不…吗, 能不…吗."""

# "原则上应配置", "须签订", "不少于3项"; not "宜提供", "可配置", "适应", "供应", "响应"
_BINDS = re.compile(
    r"(?<![适供相对响反])应(?!用|对|急|聘|届|答|邀|收)|必须|(?<!无)须|不得|不应|不[少低]于|至少"
)
TELLING = 1.5
"""Weight below which a word is too common to decide by."""

_PART = re.compile(r"[,，;；。:：]")


def asks_duty(question: Question) -> bool:
    """Whether a question wants to know if something must be done or may be left out."""
    return bool(ASKS_DUTY.search(question.body) or OMITS.search(question.body))


def binds(question: Question, folded: str, terms: Sequence[Term]) -> bool:
    """Whether a part of a folded text between commas lays down the duty a question asks about.

    It says the heaviest of the terms; where the question names a figure (必须有三项吗), that figure instead.
    False where a word of the question is in no document (有线电视费要交吗): the duty may be about that.
    """
    if any(not term.is_known and is_thing(term) for term in terms):
        return False
    asked = amounts(question.body)
    heaviest = max(terms, key=lambda term: term.weight, default=None)
    for part in _PART.split(folded):
        if not _BINDS.search(part):
            continue
        if asked & amounts(part):
            return True
        is_telling = not asked and heaviest is not None and heaviest.weight >= TELLING
        if is_telling and heaviest and any(form in part for form in heaviest.forms):
            return True
    return False


def amounts(text: str) -> frozenset[tuple[Decimal, str]]:
    """The figures of a folded text, each in the unit that figures of its kind are compared in."""
    return frozenset(comparable(one.value, one.unit) for one in quantities(text))
