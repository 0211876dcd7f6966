"""Which small numbers count something: 三个月 and 不少于两名 do, 两项补助 and 一个社区 only point at it."""

from __future__ import annotations

import re

from assistant.norms.bounds import Bound
from assistant.norms.quantities import Quantity
from assistant.norms.units import COUNTERS

# "分为四个等级", "等三类", "由五人组成", "建设两所"
_COUNTING = re.compile(
    r"(?:分为|分成|划分为|设为|共|共有|总共|合计|累计|等|、[一-龥]{1,12}|设立|设置|设|建立|建设|建成|新建|改建|选择|选聘|遴选|选派|选取|培育|打造|具备|不少|有|配备|配置|配|安排"
    r"|布局|预留|由|满|连续|达|任|推选|推荐|指定|限|再|献|报名|养|饲养|增加|减少|每|至少|需|需要|完成|开展|组织|召开|进行|增发|为|按|计|罚|提前|提供|出具|持|后|是|经)\s*(?:[（(][^）)]*[）)])?\s*$"
)
_ONE_PERSON = re.compile(r"(?:指定|明确|指派|选派|委派|推选|确定|聘请|配备|配|设|安排|按照?|派|由|增加)\s*$")
_ONLY = re.compile(r"(?:只[一-龥]{0,8}|仅[一-龥]{0,2}|限|限于|限养|限定|各|代表|成员)\s*$")
_LISTED = re.compile(r"\s*(?:[,，;；。、]|$)")
_PIECES = frozenset("张份名套本件所处座家人")  # 照片两张；
_TIME_OF_ONE = frozenset(("日", "周"))


def counts(text: str, quantity: Quantity, bound: Bound, has_base: bool) -> bool:
    """Whether a quantity is a figure rather than a word: 一个社区 is none, 每年一次 and 一人以上 are.

    Args:
        text: the folded text without names.
        quantity: a quantity in it.
        bound: how it is bounded.
        has_base: whether a base (每年, 每户) stands before it in its part of the sentence.
    """
    if not quantity.is_han or quantity.high is not None or bound.is_worded:
        return True
    before = text[max(0, quantity.start - 24) : quantity.start]
    if quantity.unit not in COUNTERS:
        return quantity.value != 1 or quantity.unit not in _TIME_OF_ONE or has_base
    if quantity.value == 1 and quantity.unit == "人" and _ONE_PERSON.search(before):
        return True
    if quantity.value == 1:
        return (has_base or bool(_ONLY.search(before))) and quantity.unit not in (
            "层",
            "级",
            "道",
            "部",
            "门",
        )
    if _LISTED.match(text, quantity.end) and quantity.unit in _PIECES:
        return True
    return has_base or quantity.value >= 10 or quantity.unit == "次" or bool(_COUNTING.search(before))
