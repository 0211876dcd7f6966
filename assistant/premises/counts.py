"""How many kinds, steps or grades a question claims, and from which grade on: 六大领域, 良好以上."""

from __future__ import annotations

import re

from assistant.premises.types import HOLDS, Premise
from indexing.numerals import parse_numeral

_NUMBER = r"[一二两三四五六七八九十]{1,3}|\d{1,2}"
_KINDS = r"大类|大|类|种|级|档|步|道|条(?!件|款|例)|个方面|个等级|个档次|个步骤|个环节|个阶段"
# "六大领域", "分三档", "一共有七步"; not "第三步", "三级服务体系" unless the quotes say 级 too
_COUNTED = re.compile(
    rf"(?<![第每\d一二三四五六七八九十])(?P<number>{_NUMBER})(?P<kind>{_KINDS})(?P<noun>[\u4e00-\u9fff]{{0,2}})"
)
# "四同步" of "同步规划、同步建设、…"
_SHORT = re.compile(
    r"(?<![第每\d一二三四五六七八九十])(?P<number>[二三四五六七八九])(?P<word>[\u4e00-\u9fff]{2})(?![\u4e00-\u9fff]{0,2}社区)"
)
_LISTED = frozenset({"步", "道", "个步骤", "个环节", "个阶段", "种", "条", "个方面"})
_GRADES = frozenset({"级", "档", "个等级", "个档次"})
_ENDS = re.compile(r"$|[对是吧吗没的等]")  # 三级服务体系 counts no grades
_ITEM = re.compile(r"\((?P<mark>[一二三四五六七八九十]+)\)")
# "良好以上才有", "合格及以上等级"
_FROM_GRADE = re.compile(r"(?P<grade>优秀|良好|合格|基本合格|优|良)(?:及|或|或者)?(?:等级|档次?)?以上")
# "考核优秀的才给补助"
_ONLY_GRADE = re.compile(r"(?:只有)?(?P<grade>优秀|良好|优|良)(?:等级)?的?(?:单位)?才")


def of_counts(asked: str, quotes: str) -> list[Premise | None]:
    """A count claimed of kinds, grades or steps, against the one the quotes name or list.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
    """
    claim = _COUNTED.search(asked)
    if claim is None:
        return _of_shorthand(asked, quotes)
    told = [one for one in _COUNTED.finditer(quotes) if _is_alike(claim, one)]
    if not told:
        return _of_steps(claim, quotes) if claim["kind"] in _LISTED else []
    if any(_value(one) == _value(claim) for one in told):
        return [HOLDS]
    return [Premise(claim.group(), told[0].group())]


def _of_shorthand(asked: str, quotes: str) -> list[Premise | None]:
    """三同步 claimed where the quotes list four: 同步规划、同步建设、同步验收、同步交付."""
    for claim in _SHORT.finditer(asked):
        found = listing_of(claim["word"], quotes)
        if found and found.count(claim["word"]) == _value(claim):
            return [HOLDS]
        if found and claim.group() not in quotes:
            return [Premise(claim.group(), found)]
    return []


def listing_of(word: str, quotes: str) -> str | None:
    """The members of a list that all begin with a word, as listed; None where quotes have none.

    >>> listing_of("同步", "按照“同步规划、同步建设”原则")
    '同步规划、同步建设'
    """
    found = re.search(
        rf"(?:{re.escape(word)}[\u4e00-\u9fff]{{2,4}}、)+{re.escape(word)}[\u4e00-\u9fff]{{2}}", quotes
    )
    return found.group() if found else None


def _of_steps(claim: re.Match[str], quotes: str) -> list[Premise | None]:
    """Against the items of the one list quoted: 七步 beside (一) to (九)."""
    marks = [parse_numeral(one["mark"]) for one in _ITEM.finditer(quotes)]
    if len(marks) < 2 or marks != list(range(1, len(marks) + 1)):
        return []
    if len(marks) == _value(claim):
        return [HOLDS]
    first, *_, last = _ITEM.findall(quotes)
    return [Premise(claim.group(), f"（{first}）至（{last}）")]


def _is_alike(claim: re.Match[str], told: re.Match[str]) -> bool:
    """Whether two counts are of the same thing: 三档 and 四个等级, 六大领域 and 七大领域."""
    if claim["kind"] in _GRADES:
        return told["kind"] in _GRADES and all(_ENDS.match(one["noun"]) for one in (claim, told))
    return claim["kind"] == told["kind"] and claim["noun"] == told["noun"]


def _value(match: re.Match[str]) -> int:
    number = match["number"].replace("两", "二")
    return int(number) if number.isdecimal() else parse_numeral(number)


def of_grades(asked: str, quotes: str) -> list[Premise | None]:
    """From which grade on something is claimed, against the grade the quotes name: 良好以上, 合格及以上."""
    claim, only = _FROM_GRADE.search(asked), _ONLY_GRADE.search(asked)
    told = _FROM_GRADE.search(quotes)
    found = claim or only
    if found is None or told is None:
        return []
    if found["grade"] == told["grade"]:
        return [HOLDS] if claim else [None]  # 合格才给 leaves out 及以上
    return [Premise(found.group() if claim else found["grade"], told.group())]
