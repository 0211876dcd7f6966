"""Choices named in words: which are there, which are said not to be, what is named besides. Pure.

养老服务、社区助餐，未设托育; 七大类中缺儿童游憩，其余都有
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.facts.types import Choice, FactSpec
from indexing.folding import fold
from indexing.numerals import parse_numeral

# 暂不设托育, 缺消防: what is named behind it is not there; not 无偿, 未来社区, 不少于
NOT_HERE = re.compile(
    r"暂不|不再|尚未|暂未|没有|取消|缺少?|未(?!来|成年)"
    r"|不(?!少于|低于|超过|限|同|仅|断|动产)|无(?!偿|障碍|动力|人)"
)
# 除社会信誉|外，其余均已评估: left out; 除养老服务|外，还设托育: not
_EXCEPTED = re.compile(r"[^，,。；;]{0,20}?(?:以|之)?外[，,]?[^，,。；;]{0,8}?(?:其[余他它]|[全均都皆])")
# "儿童游憩|暂缺", "反馈|还没建立", "交付|要比住宅晚半年"
_ABSENT_BEHIND = re.compile(
    r"[^、]{0,4}?(?:尚未|暂未|暂不|还没|尚无|未(?!来)|没有|缺|晚|滞后|推迟|延后|另行|另作|单独|不同步)"
)
_CLAUSE_ENDS = re.compile(r"[,，。；;()（）\n]")
_SEPARATORS = re.compile(r"[、，,；;/\n\t+＋|]+|(?<=[\u4e00-\u9fff])(?:以及|及|和|与)(?=[\u4e00-\u9fff])")
# "共2项", "等三类服务", "合计3项功能": how many there are, not what
_COUNT = re.compile(
    r"(?:等)?(?:共计?|合计|总计|计)?\s*([一二三四五六七八九十\d]+)\s*(?:大|项|类|个|种)(?:服务)?(?:功能|服务|内容|项目)?"
)
_FILLER = re.compile(
    r"^(?:等|服务功能|服务|功能|场景|等服务|等功能|场所|设施|共|合计|以及|包括|含|主要|拟|设置?|设有|配置|提供|中心|站|点|用房)+|(?:等|服务功能|功能|场景|等服务|设施|空间|场所|区|室|中心|站点?|点)+$"
)
# "只有六类功能，缺儿童游憩": so many kinds are there
_SO_MANY = re.compile(r"(?:只有|仅有?|具备|有)(?P<number>[一二三四五六七八九十\d]+)大?[类项]")
# "四家部门", "两个部门已": how many bodies, not which
_BODIES = re.compile(r"^[二两三四五六七\d]+[个家]?(?:部门|单位)")
# 利用的存量资源："已梳理出23处" is a state, no resource
_STATE = re.compile(r"(?:均|都|也|还|全部)?(?:已经?|正在|尚未|准备)")
# "其余都有", "其余六项均已评估", "其他都齐全"; "其余都未设" no
_THE_REST = re.compile(
    r"其[余他它](?:的)?(?P<number>[一二三四五六七八九十\d]+)?大?[类项个种]?(?:功能|服务|内容|部门|事项|方面)?"
    r"(?:也|都|均|全部|全|皆|已|具备|配置|设置?|有)+(?![^，。；]{0,4}(?:未|没|不|无|缺))"
)
# "七大类功能齐全", "7类服务都有", "四部门均已通过"
_ALL_THERE = re.compile(
    r"(?P<number>[一二三四五六七八九十\d]+)大?[类项个种]?(?:服务|功能|内容|部门|事项|方面|环节|因素)*"
    r"(?:齐全|齐备|俱全|全覆盖|全部(?:具备|配置|设置|落实|通过|涵盖|覆盖|包含|写明|评估)|(?:都|均|皆)(?:有|具备|齐全|已|设|与[^，。；]{1,8}同步|同步|落实))"
)


def said_choice(spec: FactSpec, text: str) -> str | None:
    """The choice a wording of the dictionary stands for: 按市场价的三成 is 低成本; None without one."""
    for saying in spec.sayings:
        match = re.search(saying.pattern, text) if saying.value else None
        if match and not NOT_HERE.search(text[max(0, match.start() - 4) : match.start()]):
            return saying.value
    return None


def named_choices(spec: FactSpec, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Choices named in folded text and those said not to be there, each in order; longest words first."""
    words, any_word = _words(spec.choices)
    if not any_word.search(text):
        return (), ()
    taken = [False] * len(text)
    hits: list[tuple[int, int, str]] = []
    for word, name in words:
        for match in re.finditer(re.escape(word), text) if word in text else ():
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                hits.append((match.start(), match.end(), name))
    hits.sort()
    ends = {at: _joined_end(text, at, hits) for at, _, _ in hits}
    present = dict.fromkeys(name for at, _, name in hits if not _is_absent(text, at, ends[at]))
    return tuple(present), tuple(dict.fromkeys(name for _, _, name in hits if name not in present))


def _joined_end(text: str, start: int, hits: Sequence[tuple[int, int, str]]) -> int:
    """Where the pair begun at `start` ends: in 验收和交付滞后 what is said of 交付 is said of 验收 too."""
    end = start
    for at, after, _ in hits:
        if at == start or (end > start and text[end:at] in ("和", "与", "及", "以及")):
            end = after
    return end


@cache
def _words(choices: tuple[Choice, ...]) -> tuple[tuple[tuple[str, str], ...], re.Pattern[str]]:
    """Folded words with the choice each names, longest first, and an expression that finds any of them."""
    words = [(fold(word), choice.name) for choice in choices for word in (choice.name, *choice.words)]
    words.sort(key=lambda pair: -len(pair[0]))
    return tuple(words), re.compile("|".join(re.escape(word) for word, _ in words) or r"(?!)")


def _is_absent(text: str, start: int, end: int) -> bool:
    """Whether a negation governs `text[start:end]`: before it in its clause, or right behind it."""
    begins = max((match.end() for match in _CLAUSE_ENDS.finditer(text, 0, start)), default=0)
    before, behind = text[begins:start], _CLAUSE_ENDS.split(text[end : end + 8])[0]
    if "除" in before and _EXCEPTED.match(text, end):
        return True
    return bool(NOT_HERE.search(before) or _ABSENT_BEHIND.match(behind))


def other_items(spec: FactSpec, text: str) -> tuple[str, ...]:
    """Items of an enumeration that name none of the choices, without counts and filler words."""
    others: list[str] = []
    for part in _SEPARATORS.split(_COUNT.sub("", re.sub(r"[（(][^（）()]*[）)]", "", text))):
        bare = _FILLER.sub("", part.strip(' 。.“”"')).strip()
        if _BODIES.search(bare) or _STATE.match(bare):
            continue
        named, absent = named_choices(spec, fold(part))
        if re.match(r"(?!\d+$)\w{2,16}$", bare) and not named and not absent and not NOT_HERE.search(part):
            others.append(bare)
    return tuple(dict.fromkeys(others))


def all_but(spec: FactSpec, text: str) -> tuple[str, ...] | None:
    """The choices that 其余都有 or 七大类齐全 stands for, those said to be lacking left out; None without.

    Only where the dictionary says what the whole is; another number of kinds than the whole has is none.
    """
    if not spec.whole:
        return None
    rest, every = _THE_REST.search(text), _ALL_THERE.search(text)
    present, absent = named_choices(spec, fold(text))
    if rest and absent:
        return tuple(name for kind in spec.whole for name in kind if name not in absent)
    kinds = sum(1 for kind in spec.whole if not set(kind) <= set(absent))
    only = _SO_MANY.search(text)
    if absent and only and parse_numeral(only["number"]) == kinds:
        return tuple(name for kind in spec.whole for name in kind if name not in absent)
    if every and not present and parse_numeral(every["number"]) == len(spec.whole):
        return tuple(name for kind in spec.whole for name in kind if name not in absent)
    return None


def number_said(text: str) -> int | None:
    """How many there are by the words: 4 of 共四项; None where they give no number."""
    stated = _COUNT.search(text)
    return parse_numeral(stated.group(1)) if stated else None
