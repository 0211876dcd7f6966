"""What a question claims in words, held against the clauses quoted: how often, 文号, 只能, 一律, 包括.

A claim that the quotes do not speak to is passed over.
"""

from __future__ import annotations

import re

from assistant.premises.types import HOLDS, Premise

# 每年, 每季度, 每半年, 每两年; 每百户 and 每个项目 say no time
_OFTEN = re.compile(r"[每按](?:半|[两二三四五]个?)?(?:年|个?月|季度?|周|天|日)(?!度?轻)")
_NUMBER = r"[\u4e00-\u9fff]{2,8}[\[(〔]\d{4}[\])〕]\d+号"
# "只能是企业", "只有企业才能", "仅限企业"
_ONLY = re.compile(
    r"(?:只能?|仅)(?:是|由|限|有|给|允许)?(?P<thing>[\u4e00-\u9fff]{2,6}?)(?=才|对吧|对吗|是吗|是吧|吧|吗|[,，?？]|$)"
)
_SAYS_ONLY = re.compile(r"只|仅|限于")
# "一律不折减", "都不补": denied by "可折减"
_NEVER = re.compile(r"(?:一律|一概|全部|全都|都|绝对)不(?:会|能|可以?|得|予|给)?(?P<deed>[\u4e00-\u9fff]{2})")

# "要计算容积率,对吗"; not "要求", "主要"
_DUE_TO = re.compile(r"(?:(?<![主需重只不])要|需要?|应当?|须|得)(?!求|不)(?P<verb>[\u4e00-\u9fff]{2})")
# "实施范围包括桐庐县,对吧"; and a list that says what is included
_INCLUDES = re.compile(
    r"(?:包括|包含|含有?|涵盖|列入了?)(?P<thing>[\u4e00-\u9fff]{2,10}?)(?:在内)?(?=[,，]?(?:对|是|吧|吗|没错)|[?？]?$)"
)
_LISTS = re.compile(r"(?:包括|包含|含|涵盖)[^。;；|、]{1,20}、[^。;；|]+")


def of_recurrences(asked: str, quotes: str) -> list[Premise | None]:
    """How often something is claimed to be done, against the one frequency the quotes name."""
    claimed = _OFTEN.search(asked)
    told = {match.group() for match in _OFTEN.finditer(quotes)}
    if claimed is None or len(told) != 1:
        return []
    often = told.pop()
    if _plain(often) == _plain(claimed.group()):
        return [HOLDS]
    return [Premise(claimed.group(), often)]


def _plain(often: str) -> str:
    return often.replace("按", "每").replace("个", "").replace("季度", "季").replace("二", "两")


def of_numbers(asked: str, quotes: str) -> list[Premise | None]:
    """A 文号 claimed, against the one the quotes name."""
    claimed, told = re.search(rf"(?<=[是为]){_NUMBER}", asked), re.findall(_NUMBER, quotes)
    if claimed is None or not told:
        return []
    if claimed.group() in told:
        return [HOLDS]
    return [Premise(_issued(claimed.group()), _issued(told[0]))]


def _issued(number: str) -> str:
    """A folded 文号 with the brackets of GB/T 9704—2012, 7.2.5."""
    return number.replace("[", "〔").replace("]", "〕")


def of_exclusions(asked: str, quotes: str) -> list[Premise | None]:
    """只能是企业 where the quotes list others beside it; 一律不折减 where they say 可折减."""
    only, never = _ONLY.search(asked), _NEVER.search(asked)
    if only is not None and not _SAYS_ONLY.search(quotes):
        thing = re.escape(only["thing"])
        beside = (
            rf"[、或和及]\w*{thing}|{thing}\w{{0,4}}[、或和及]|{thing[:1]}\w?{thing[1:]}\w{{0,4}}[、或和及]"
        )
        head = only["thing"][-2:]  # 企业 of 国有企业
        if re.search(beside, quotes) or re.search(rf"{head}(?:[、或和及])[\u4e00-\u9fff]{{2,6}}", quotes):
            return [Premise(only.group())]
    if never is not None:
        deed = never["deed"]
        if re.search(rf"可(?:以|相应|适当|酌情)*{deed}", quotes) and f"不{deed}" not in quotes:
            return [Premise(never.group())]
    return []


def of_negations(asked: str, quotes: str) -> list[Premise | None]:
    """要计算容积率 claimed where the quotes only say 不计算."""
    for claim in _DUE_TO.finditer(asked):
        verb = claim["verb"]
        if f"不{verb}" in quotes and re.search(rf"(?<!不){verb}", quotes) is None:
            return [Premise(claim.group(), f"不{verb}")]
    return []


def of_members(asked: str, quotes: str) -> list[Premise | None]:
    """包括桐庐县 where the quotes list what is included and do not name it."""
    claimed = _INCLUDES.search(asked)
    if claimed is None or _LISTS.search(quotes) is None:
        return []
    return [HOLDS] if claimed["thing"] in quotes else [Premise(claimed["thing"], is_unsaid=True)]
