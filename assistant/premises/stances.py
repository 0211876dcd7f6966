"""How a thing is claimed to be ruled, against how its sentence rules it: 不能分散建 beside 可分散建设.

Also in what way it is done (以出让方式 beside 以划拨方式), what comes first (优先), and words that exclude
each other (加收, 折减). Only a part of a sentence that says the deed itself counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.norms import Strength
from assistant.norms.wording import governing
from assistant.premises.types import HOLDS, Premise
from assistant.questions.wording import question_words
from indexing import segmentation

_TAIL = r"(?=[,，]?(?:对[吧吗不]|是[吧吗不这]|没错|没说错|真的|吧|吗)|[,，?？]|$)"
_FOR = r"鼓励|支持|提倡|倡导|允许|可以|要求|规定(?:了|要)?|应当|必须"
_AGAINST = r"不得|不能|不允许|不可以|不准|不许|禁止|严禁"
_FIRST = r"必须|一定要|一律要?|强制|硬性要求"
_CLAIM = re.compile(
    rf"(?P<against>{_AGAINST})(?P<deed>[^,，?？]{{2,30}}?){_TAIL}"
    rf"|(?P<first>{_FIRST})(?P<due>[^,，?？]{{2,30}}?){_TAIL}"
    rf"|(?P<for>{_FOR})(?P<done>[^,，?？]{{2,30}}?){_TAIL}"
)
_REFUSES = re.compile(r"不得|禁止|严禁|不准|不予|不允许|不可(?!抗|分|避|或)|不能(?!满足|达到)|避免|防止")
_ALLOWS = re.compile(
    r"允许|可以|(?<![不许认])可(?!持续|靠|行|能|及|视|控|比|操作|再生|承受|拓展|转换)|鼓励|支持"
)
# How a part gives way that 必须 is claimed of: 鼓励各地推广, 可配置
_WEAKER = re.compile(rf"{_ALLOWS.pattern}|提倡|倡导|探索")
_PRIORITY = re.compile(r"优先(?:和重点)?|重点")
_GIVES_WAY = frozenset({Strength.MAY, Strength.ENCOURAGED, Strength.SUPPORTED})
_DENIED = re.compile(r"不(?!同|仅|但|断)|未|无需|没")
_DEED_SAID = 0.6  # share of the deed's words that a part must say to rule it
_DUE_SAID = 0.5  # the same where it is claimed as a must: 推行 for 推广 is one word of two
_ELSE_SAID = 0.5  # share of the words after 优先 below which something else comes first
# "以划拨方式", "以保本微利为原则", "按市场化原则"
_MANNER = re.compile(
    r"(?:以|按照?|采用|采取|通过)(?P<way>[\u4e00-\u9fff]{2,10}?)(?P<kind>方式|模式|价格|为原则|原则|为主|为目标|的?形式)"
)
_RANKS_FIRST = re.compile(rf"(?:优先|重点)(?P<what>[^,，?？]{{4,24}}?){_TAIL}")
_SENTENCE = re.compile(r"[。;；|]")
_SPLIT = re.compile(r"[,，。;；:：|]")


def of_stances(asked: str, quotes: str) -> list[Premise | None]:
    """不能, 鼓励 or 必须 claimed of a deed, against 可, 避免 or 优先 in the part that says the deed.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
    """
    out: list[Premise | None] = []
    for claim in _CLAIM.finditer(asked):
        deed = claim["deed"] or claim["due"] or claim["done"]
        part = _saying(deed, quotes, _DEED_SAID if claim["for"] else _DUE_SAID)
        if part is not None:
            word = claim["against"] or claim["first"] or claim["for"]
            instead = _against(claim, part)
            out += [Premise(word + deed, instead)] if instead else []
    return out


def _against(claim: re.Match[str], part: str) -> str | None:
    """The words of a part that rule the deed otherwise than claimed; None where they do not."""
    strength, refuses = governing(part), _REFUSES.search(part)
    if not claim["against"] and _REFUSES.search(claim["due"] or claim["done"]):
        return None  # 要求避免 is no word for it
    if claim["against"]:
        allows = _ALLOWS.search(part)
        return part[allows.start() :] if allows and not refuses and strength in _GIVES_WAY else None
    if refuses and strength is Strength.MUST_NOT:
        return part[refuses.start() :]
    if claim["for"]:
        return _denied_deed(claim["done"], part)
    if not claim["first"] or re.search("必须|应当", part):
        return None
    weaker = _PRIORITY.search(part) or (_WEAKER.search(part) if strength in _GIVES_WAY else None)
    return part[weaker.start() :] if weaker else None


def _denied_deed(deed: str, part: str) -> str | None:
    """The words of a part that deny the deed itself: 可暂不改变性质 beside 改变性质; None for none."""
    for verb in () if _DENIED.search(deed) else _words(deed)[:1]:
        denied = re.search(rf"(?:可|可以|暂|原则上)*不(?:得|再|予)?{re.escape(verb)}", part)
        if denied is not None and re.search(rf"(?<![不得再予]){re.escape(verb)}", part) is None:
            return part[denied.start() :]
    return None


def of_manners(asked: str, quotes: str) -> list[Premise | None]:
    """以出让方式 claimed where the quotes say 以划拨方式 and no other way of that kind."""
    claimed = _MANNER.search(asked)
    if claimed is None:
        return []
    about = _words(asked.replace(claimed.group(), " "))
    told = [
        (_share(about, sentence), match)
        for sentence in _SENTENCE.split(quotes)
        for match in _MANNER.finditer(sentence)
        if _kind(match) == _kind(claimed)
    ]
    most = max((share for share, _ in told), default=0.0)
    nearest = [match for share, match in told if share == most]
    if any(claimed["way"] in one["way"] or one["way"] in claimed["way"] for one in nearest):
        return [HOLDS]
    is_elsewhere = claimed["way"] in quotes and (most < _DEED_SAID or len(about) < 2)
    return [Premise(claimed.group(), nearest[0].group())] if nearest and not is_elsewhere else []


def _kind(match: re.Match[str]) -> str:
    return match["kind"].removeprefix("为").removeprefix("的")


def of_priorities(asked: str, quotes: str) -> list[Premise | None]:
    """优先建设分散的单一功能设施 claimed where something else is said to come first."""
    claimed = _RANKS_FIRST.search(asked)
    firsts = [part for part in _SPLIT.split(quotes) if _PRIORITY.search(part)]
    if claimed is None or not firsts:
        return []
    words = _words(claimed["what"])
    if not words or _share(words, quotes) < _DEED_SAID:
        return []
    best = max(firsts, key=lambda part: _share(words, part))
    if _share(words, best) > _ELSE_SAID:
        return [HOLDS]
    return [Premise(claimed.group(), best[best.index(_first(best)) :])]


def _first(part: str) -> str:
    match = _PRIORITY.search(part)
    return match.group() if match else ""


def of_opposites(asked: str, quotes: str) -> list[Premise | None]:
    """加收 claimed where the quotes say 折减, in a part that speaks of the same thing."""
    for one, other in question_words().opposites:
        for mine, its in ((one, other), (other, one)):
            if mine not in asked or its not in quotes:
                continue
            owner = _owner(asked, mine, its, quotes)
            if owner:
                return [Premise(f"{owner}{mine}", f"{owner}{its}")]
            if mine in quotes:
                continue
            about = _words(asked.replace(mine, " "))
            if any(its in part and _share(about, part) > 0 for part in _SPLIT.split(quotes)):
                return [Premise(mine, its)]
    return []


def _owner(asked: str, mine: str, its: str, quotes: str) -> str | None:
    """What stands right before a word in the question, and before its opposite alone in the quotes."""
    words = segmentation.words(asked[: asked.find(mine)])
    owners = ("".join(words[-count:]) for count in (2, 1) if len(words) >= count)
    return next((one for one in owners if f"{one}{its}" in quotes and f"{one}{mine}" not in quotes), None)


def _saying(deed: str, quotes: str, least: float) -> str | None:
    """The part of a sentence that says most of a deed; None where none says enough."""
    words = _words(deed)
    ranked = sorted(_parts(quotes), key=lambda part: -_share(words, part)) if words else []
    return ranked[0] if ranked and _share(words, ranked[0]) >= least else None


def _parts(quotes: str) -> Iterator[str]:
    return (part for part in _SPLIT.split(quotes) if part)


def _words(text: str) -> list[str]:
    """The words of a text that name or do something; two characters at least."""
    general = question_words().general
    return [word for word in segmentation.words(text) if len(word) > 1 and word not in general]


def _share(words: Sequence[str], part: str) -> float:
    return sum(word in part for word in words) / len(words) if words else 0.0
