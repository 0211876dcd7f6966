"""What a question claims in words, held against the clauses quoted: how often, 文号, 只能, 一律, 包括.

A claim that the quotes do not speak to is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.premises.claim import claim_of, is_denied, words_of
from assistant.premises.contradicting import contradicted
from assistant.premises.types import HOLDS, Premise
from assistant.questions.weighing import Term
from assistant.questions.words import has_tag

# 每年, 每季度, 每半年, 每两年; 每百户 and 每个项目 say no time
_OFTEN = re.compile(r"[每按](?:半|[两二三四五]个?)?(?:年|个?月|季度?|周|天|日)(?!度?轻)")
_NUMBER = r"[\u4e00-\u9fff]{2,8}[\[(〔]\d{4}[\])〕]\d+号"
# "只能是企业", "只有企业才能", "仅限企业"
_ONLY = re.compile(
    r"(?:只能?|仅)(?:是|由|限|有|给|允许)?(?P<thing>[\u4e00-\u9fff]{2,6}?)(?=才|对吧|对吗|是吗|是吧|吧|吗|[,，?？]|$)"
)
# "只要发展改革部门审一下就行"
_ALONE = re.compile(
    r"只要?(?:由|经|有|找)?(?P<thing>[\u4e00-\u9fff]{2,8}?(?:部门|委|局))[^,，?？]{0,10}(?:就行|就可以|就好|即可)"
)
# "市住房城乡建设管理委一家牵头"
_ONE = re.compile(
    r"(?:由|^)(?P<thing>(?:(?!由)[\u4e00-\u9fff]){2,14}?(?:部门|委|局|政府))"
    r"(?:一家|独家|单独|一个部门)(?:牵头|负责|审批|管|推进|决定|说了算)"
)
# "由街道直接指定", "居委会任命"; and how the quotes have it chosen
_APPOINTED = re.compile(r"(?:由|被|让)?[\u4e00-\u9fff]{2,6}?(?:直接)?(?:指定|任命|委派|指派|内定)")
_CHOSEN = re.compile(r"(?:以|通过|采取|采用)[^,，。;；|]{2,18}?方式(?:择优)?(?:引入|选择|确定|选聘|选定)?")
_MOST_SAID = 0.6  # share of a question, by weight, that a sentence must say to deny what it claims
_SAYS_ONLY = re.compile(r"只|仅|限于")
# "一律不折减", "都不补": denied by "可折减"
_NEVER = re.compile(r"(?:一律|一概|全部|全都|都|绝对)不(?:会|能|可以?|得|予|给)?(?P<deed>[\u4e00-\u9fff]{2})")

# "要计算容积率,对吗"; not "要求", "主要"
_DUE_TO = re.compile(r"(?:(?<![主需重只不])要|需要?|应当?|须|得)(?!求|不)(?P<verb>[\u4e00-\u9fff]{2})")
# "实施范围包括桐庐县,对吧"; and a list that says what is included
_INCLUDES = re.compile(
    r"(?<!不)(?:包括|包含|含有?|涵盖|列入了?)(?P<thing>[\u4e00-\u9fff]{2,10}?)(?:在内)?(?=[,，]?(?:对|是|吧|吗|没错)|[?？]?$)"
)
# "向街镇提供低成本场地"; who receives and what is done
_GIVEN = re.compile(
    r"向(?P<who>[\u4e00-\u9fff]{2,10}?)(?P<deed>提供|报送|报告|开放|收取|支付|拨付|移交|推荐|申请|公布)"
)
# "不包括社区助餐,对吧"
_EXCLUDES = re.compile(
    r"不(?:包括|包含|含有?|涵盖)(?P<thing>[\u4e00-\u9fff]{2,10}?)(?=[,，]?(?:对|是|吧|吗|没错)|[?？]?$)"
)
# "规划师、建筑师、工程师等人员"
_LISTED = re.compile(r"[\u4e00-\u9fff]{2,8}、[\u4e00-\u9fff]{2,8}(?:、|等|和)")
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
    only, never, alone = _ONLY.search(asked), _NEVER.search(asked), _ALONE.search(asked)
    alone = alone or _ONE.search(asked)
    if alone is not None:
        body = alone["thing"].removesuffix("部门")
        if re.search(rf"{body}\w{{0,4}}、|、{body}\w{{0,4}}[、和及等]", quotes):
            return [Premise(alone.group())]
    if only is not None and not _SAYS_ONLY.search(quotes):
        thing = re.escape(only["thing"])
        beside = (
            rf"[、或和及]\w*{thing}|{thing}\w{{0,4}}[、或和及]|{thing[:1]}\w?{thing[1:]}\w{{0,4}}[、或和及]"
        )
        head = only["thing"][-2:]  # 企业 of 国有企业, said in 企事业单位 too
        listed = rf"(?:{head}|{head[:1]}\w{head[1:]}\w{{0,2}})(?:[、或和及])[\u4e00-\u9fff]{{2,6}}"
        if re.search(beside, quotes) or re.search(listed, quotes):
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
    for verb in words_of(claim_of(asked)):
        told = re.search(rf"可?(?:暂)?不(?:再|予)?{re.escape(verb)}", quotes)
        if told is None or not has_tag(verb, ("v",)) or is_denied(verb, asked) is not False:
            continue
        if re.search(rf"(?<![不再予]){re.escape(verb)}", quotes) is None:
            return [Premise(verb, told.group())]
    return []


def of_choosing(asked: str, quotes: str) -> list[Premise | None]:
    """Somebody claimed to be appointed, against the way the quotes have them chosen: 以投票方式择优引入."""
    claimed, told = _APPOINTED.search(asked), _CHOSEN.search(quotes)
    if claimed is None or told is None or re.search("指定|任命|委派|指派", quotes):
        return []
    return [Premise(claimed.group(), told.group())]


def of_denials(asked: str, quotes: str, terms: Sequence[Term]) -> list[Premise | None]:
    """不包括 claimed where the sentence that says most of the question affirms it."""
    total = sum(term.weight for term in terms)
    for sentence in re.split("[。;；|]", quotes):
        found = contradicted(asked, sentence)
        told = sum(term.weight for term in terms if any(form in sentence for form in term.forms))
        if found is not None and told >= _MOST_SAID * total:
            return [Premise(*found)]
    return []


def of_members(asked: str, quotes: str) -> list[Premise | None]:
    """包括桐庐县 where the quotes list what is included and do not name it."""
    excluded = _EXCLUDES.search(asked)
    if excluded is not None and re.search(
        rf"、{excluded['thing']}|{excluded['thing']}、|(?:^|[|。;；]){excluded['thing']}", quotes
    ):
        return [Premise(excluded.group())]
    claimed = _INCLUDES.search(asked)
    if claimed is None or not (_LISTS.search(quotes) or _LISTED.search(quotes)):
        return []
    return [HOLDS] if claimed["thing"] in quotes else [Premise(claimed["thing"], is_unsaid=True)]


def of_receivers(asked: str, quotes: str) -> list[Premise | None]:
    """To whom something is claimed to be given, against whom the sentence quoted gives it to."""
    found = next((one for sentence in re.split("[。;；|]", quotes) if (one := turned(asked, sentence))), None)
    return [Premise(*found)] if found else []


def turned(claim: str, sentence: str) -> tuple[str, str] | None:
    """Of one deed the receiver claimed and the one a sentence names; None where they are not apart.

    >>> turned("运营主体向街镇提供场地", "街镇向运营主体提供低成本场地")
    ('向街镇', '向运营主体')
    """
    for mine in _GIVEN.finditer(claim):
        its = [one for one in _GIVEN.finditer(sentence) if one["deed"] == mine["deed"]]
        same = [one for one in its if one["who"] in mine["who"] or mine["who"] in one["who"]]
        if its and not same and mine["who"] in sentence:
            return f"向{mine['who']}", f"向{its[0]['who']}"
    return None
