"""What the words around a wording make of it: denied, planned, asked or answered behind a colon. Pure."""

from __future__ import annotations

import re

from assistant.facts.types import FactKind, FactSpec

# "尚未|征求居民意见", "没有|经过居民投票": what follows is denied
DENIED = re.compile(
    r"(?:未|没有?|不|并非|无需|拒绝|缺乏)(?:[^，。；,;]?|采用|采取|实行|选择|通过|按照?|设置|提供|引入|使用|属于)$"
)
# "拟|通过居民代表大会投票", "将|开展安全评估": not there yet
PLANNED = re.compile(
    r"(?:拟|将|计划|准备|待|应当?|须|需要?|要)$|(?:拟(?!定)|将|计划|准备|正在)[^，。；,;、]{0,8}$"
)
# inside the words of a paper: it is not there, or not yet
NOT_THERE = re.compile(
    r"未(?!来|成年|见|发现)|没有(?!任何|[^，。；]{0,8}(?:危险|污染|隐患))|尚无|暂无|不(?:全|齐|完整|完备)(?!面|国)|(?:待|尚待|正在|需要?)补|补办中|^[^，。；]{0,6}(?:拟(?!定)|将要|计划于|准备|正在|待)"
)
_PERHAPS = re.compile(r"(?:也许|可能|或许|大概|说不定)[^，。；,;]{0,3}$")
_ASKED = re.compile(r"(?:是否|有无(?![偿障])|有没有|能否|可否)[^，。；,;]{0,8}$")
# "不存在|暂不具备条件的情形", "难以|建设综合体": the wording behind is denied though words stand between
_FAR_DENIED = re.compile(
    r"(?:不存在|不属于|并非|不涉及|不是|难以|无法|不够|不足以|不能|(?<!行动)(?<!腿脚)(?<!出行)不便|不具备|未能|不宜|尚未|没有|取消|拒绝)[^，。；,;、]{0,8}$"
)
# "不|属于国有房产", "没有|列入名单": a yes with a no right before it
_JUST_DENIED = re.compile(r"(?:不|未|没有?|非|并非|无)$")
# 同一街区|地块：不涉及, 列入名单|情况：否
_ANSWERED = re.compile(r"[^，。；：:]{0,6}[：:]\s*(?:不涉及|不适用|未知|待定|[-—/]|(?P<no>否|无|没有|未|不))")

# "国资审批手续|，正在补办", "安全评估委托了第三方|，还在做": begun, not there yet
NOT_THE_CASE = re.compile(r"(?:不是|并非|并不是|不存在|不能说)[^，。；,;、]{0,2}$")
_STILL_GOING = re.compile(
    r"[^，。；]{0,4}[，,]?(?:但|不过|目前|现)?(?:都|也)?(?:正在|还在|尚在|仍在|正)(?!常|式|确|好|运营|使用)"
)

# "征求居民意见|：尚未开展", "征求居民意见|还没做": what was recognised is denied right behind
_UNDONE_BEHIND = re.compile(
    r"[^，。；：:]{0,4}[：:]?\s*(?:还|尚|暂|均|都|也)?(?:没有?|未)(?!来|成年|见|发现|收到)"
)

# "居民需求测算|：未做", "专项体检|：没有": what was recognised was the label of a no
_DENIED_BEHIND = re.compile(
    r"[^，。；：:]{0,6}[：:]\s*(?:还|尚|暂|均|都|也)*(?:未(?!来|成年|见|发现|收到)|没有?(?!收|发现|异议)|无(?!障碍|偿|异议)|否|缺(?!陷)|不)"
)

NOT_SAID = "×"  # no value a saying can have


def as_meant(spec: FactSpec, value: str | None, text: str, at: int, end: int) -> str | None:
    """What a wording found at `text[at:end]` says where it stands; `NOT_SAID` where it says nothing.

    不存在暂不具备条件的情形 says 否 of 暂不具备条件; 是否设置 asks; 尚未征求意见 is no consultation.
    """
    before = text[max(0, at - 16) : at]
    if _ASKED.search(before) or _PERHAPS.search(before):
        return NOT_SAID
    if value in ("否", "无") and NOT_THE_CASE.search(before):  # 不是|没有征求居民意见
        return NOT_SAID
    if value == "是" and (answer := _ANSWERED.match(text, end)):  # the wording was a label
        return "否" if answer["no"] else NOT_SAID
    if value == "是" and _JUST_DENIED.search(before):
        return "否"
    if value not in ("否", "无") and (DENIED.search(before[-6:]) or _FAR_DENIED.search(before)):
        return "否" if value == "是" and _FAR_DENIED.search(before) else NOT_SAID
    if spec.kind is FactKind.CHOICES and value is None and _UNDONE_BEHIND.match(text, end):
        return NOT_SAID
    if spec.kind is FactKind.EVIDENCE and value is None and _DENIED_BEHIND.match(text, end):
        return "无"
    if spec.kind is FactKind.EVIDENCE and value is None:
        return NOT_SAID if PLANNED.search(before) or _STILL_GOING.match(text, end) else None
    return value
