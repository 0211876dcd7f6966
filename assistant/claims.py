"""What a question claims in words, held against the clauses quoted: bodies, how often, 只能 and 一律.

Figures and days are compared in `premises`. A claim that the quotes do not speak to is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexing.asking import holds_body

_BODY = re.compile(
    r"(?:市|区|县|省|国家)?[\u4e00-\u9fff]{0,8}?(?:发展改革委|发改委|改革委|委员会|[\u4e00-\u9fff]{2}局|[住卫建国]?[建健资工管]委"
    r"|街道(?:办事处|办)?|乡镇政府|居委会|办公厅|(?:常务)?副?[市区县]长|副?书记|[县区市省]政府|国务院)"
)
_ACTS = re.compile(
    r"牵头|负责|主管|印发|制定|组长|验收|审批|批准|审核|评估|出面|管(?!理)|发布|出台|拟订|解释|组织|推进|报备|备案|签[订署]?|编制|编写|拨付|审查|评审|上报|指导"
)
_CONFUSED = {"发改委": "发展改革委", "住建委": "住房城乡建设委", "卫健委": "卫生健康委"}
_LINKS = re.compile(r"[是由的让归在对把叫,，报向给和与跟同]|要求|方案|办法|听说|据说|应当|应该|工作")
_ACT_CHARS = 8  # between a body and what it does

# 每年, 每季度, 每半年, 每两年; 每百户 and 每个项目 say no time
_OFTEN = re.compile(r"每(?:半|[两二三四五]个?)?(?:年|个?月|季度?|周|天|日)(?!度?轻)")
_NUMBER = r"[\u4e00-\u9fff]{2,8}[\[(〔]\d{4}[\])〕]\d+号"
# "只能是企业", "只有企业才能", "仅限企业"
_ONLY = re.compile(
    r"(?:只能?|仅)(?:是|由|限|有|给|允许)?(?P<thing>[\u4e00-\u9fff]{2,6}?)(?=才|对吧|对吗|是吗|是吧|吧|吗|[,，?？]|$)"
)
_SAYS_ONLY = re.compile(r"只|仅|限于")
# "一律不折减", "都不补": denied by "可折减"
_NEVER = re.compile(r"(?:一律|一概|全部|全都|都|绝对)不(?:会|能|可以?|得|予|给)?(?P<deed>[\u4e00-\u9fff]{2})")


@dataclass(frozen=True, slots=True)
class Finding:
    """What code found of a premise: the words it denies, as asked, and the words of the clause instead.

    Both None where the premise holds.
    """

    denied: str | None
    instead: str | None


HOLDS = Finding(None, None)


def of_recurrences(asked: str, quotes: str) -> list[Finding | None]:
    """How often something is claimed to be done, against the one frequency the quotes name."""
    claimed = _OFTEN.search(asked)
    told = {match.group() for match in _OFTEN.finditer(quotes)}
    if claimed is None or len(told) != 1:
        return []
    often = told.pop()
    if _plain(often) == _plain(claimed.group()):
        return [HOLDS]
    return [Finding(claimed.group(), often)]


def _plain(often: str) -> str:
    return often.replace("个", "").replace("季度", "季").replace("二", "两")


def of_numbers(asked: str, quotes: str) -> list[Finding | None]:
    """A 文号 claimed, against the one the quotes name."""
    claimed, told = re.search(rf"(?<=[是为]){_NUMBER}", asked), re.findall(_NUMBER, quotes)
    if claimed is None or not told:
        return []
    if claimed.group() in told:
        return [HOLDS]
    return [Finding(_issued(claimed.group()), _issued(told[0]))]


def _issued(number: str) -> str:
    """A folded 文号 with the brackets of GB/T 9704—2012, 7.2.5."""
    return number.replace("[", "〔").replace("]", "〕")


def of_exclusions(asked: str, quotes: str) -> list[Finding | None]:
    """只能是企业 where the quotes list others beside it; 一律不折减 where they say 可折减."""
    only, never = _ONLY.search(asked), _NEVER.search(asked)
    if only is not None and not _SAYS_ONLY.search(quotes):
        thing = re.escape(only["thing"])
        beside = (
            rf"[、或和及]\w*{thing}|{thing}\w{{0,4}}[、或和及]|{thing[:1]}\w?{thing[1:]}\w{{0,4}}[、或和及]"
        )
        if re.search(beside, quotes):
            return [Finding(only.group(), None)]
    if never is not None:
        deed = never["deed"]
        if re.search(rf"可(?:以|相应|适当|酌情)*{deed}", quotes) and f"不{deed}" not in quotes:
            return [Finding(never.group(), None)]
    return []


def of_bodies(asked: str, quotes: str) -> list[Finding | None]:
    """A body claimed to act, against those the quotes name; empty where they name none for that act."""
    named = _claimed_bodies(asked)
    acts = {match.group() for match in _ACTS.finditer(asked)}
    if not named or not holds_body(quotes) or not any(act in quotes for act in acts):
        return []
    strangers = [one for one in named if not _is_named(one, quotes)]
    return [Finding(strangers[0], None)] if strangers else [HOLDS]


def _claimed_bodies(text: str) -> list[str]:
    """Bodies said to act: right before what they do, or right behind 是, 由, 为."""
    out = []
    for match in _BODY.finditer(text):
        body = _LINKS.split(match.group())[-1]
        start = match.end() - len(body)
        is_linked = text[max(0, start - 1) : start] in {"是", "由", "为"}
        if len(body) > 1 and (is_linked or _ACTS.search(text[match.end() : match.end() + _ACT_CHARS])):
            out.append(body)
    return out


def _is_named(body: str, quotes: str) -> bool:
    for short, full in _CONFUSED.items():
        quotes, body = quotes.replace(short, full), body.replace(short, full)
    bare = re.sub(r"^(?:市|区|县|省|国家)", "", body)
    if body.endswith("市长") and not body.startswith(("常务", "副")):
        return re.search(r"(?<![副])市长", quotes) is not None
    return body in quotes or (len(bare) > 2 and bare in quotes)
