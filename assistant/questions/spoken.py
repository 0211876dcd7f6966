"""Words of spoken Chinese that name no subject, told by their form.

一栋, 几样, 这点 count what stands elsewhere; 送到, 看不懂, 看着 are a verb of one character and how it ends;
下下棋 is 下棋 done a little. No table lists them all, and no document has them. Pure.
"""

from __future__ import annotations

import re

from indexing import segmentation

# Not 出, 上, 下, 住: 退出, 入住 are deeds of their own
_ENDING = "下来|起来|出来|进来|上来|回来|过来|下去|出去|进去|上去|回去|过去|[到进去来起着过成给完掉]"
# "送到", "搞起", "包下来": how a verb of one character ends
_ENDED = re.compile(rf"[\u4e00-\u9fff](?:{_ENDING})")
# "升级成", "搬迁到": a verb of two and how it ends
_LONG_ENDED = re.compile(rf"(?P<verb>[\u4e00-\u9fff]{{2}})(?:{_ENDING})")
# "看不懂", "爬不动", "出得起"
_POSSIBLE = re.compile(r"[\u4e00-\u9fff][不得][\u4e00-\u9fff]")
# "算不算", "让不让"
_EITHER = re.compile(r"(.)[不没]\1")
# "下下棋", "跳跳舞": what is done a little; not "宝宝屋", whose first two are a name
_A_LITTLE = re.compile(r"(?P<verb>.)(?P=verb)(?P<what>.)")
# "修修", "看一看", "问了问"
_AGAIN = re.compile(r"(?P<verb>.)[一了]?(?P=verb)")
# "备个案", "立了项", "理个发"
_PARTED = re.compile(
    r"(?P<verb>(?![有到在])[\u4e00-\u9fff])[个了完过](?P<object>(?![要能会可再就还也都的没不吗呢])[\u4e00-\u9fff])"
)
# "盖密点高点", "灵活一点行不行"; not "服务点", "一点多用"
_A_BIT = re.compile(
    r"(?P<how>[大小高低快慢密宽窄长短松紧]|便宜|灵活|简单|宽松|方便)一?点儿?(?=[,，。?？吗不行么呢的地大小高低密宽快]|$)"
)
_COUNTS = ("m", "mq")
# Places and people of an activity: 理发店 is where 理发 is done; 居住证 and 服务费 are something else
_OF_ACTIVITY = re.compile(r"(?P<deed>[\u4e00-\u9fff]{2})[店铺馆厅室屋房站点班员师工]")


def joined(folded: str) -> str:
    """A folded question without what speech puts into words: 备个案 is 备案, 盖高点 is 盖高.

    >>> joined("立了项还要备个案吗"), joined("楼能盖密点吗"), joined("过了几个月"), joined("有几个服务点")
    ('立项还要备案吗', '楼能盖密吗', '过了几个月', '有几个服务点')
    """
    return _A_BIT.sub(r"\g<how>", _PARTED.sub(_as_one, folded))


def _as_one(parted: re.Match[str]) -> str:
    """Verb and object as one word where the dictionary has them for one that is done."""
    verb, whole = parted["verb"], parted["verb"] + parted["object"]
    is_deed = segmentation.tags(verb)[0].startswith("v") and segmentation.is_word(whole)
    return whole if is_deed and segmentation.tags(whole)[0][0] in "vnbt" else parted.group()


def is_manner(word: str) -> bool:
    """Whether a word that no document has tells how or how much, not what.

    >>> [is_manner(word) for word in ("一栋", "几样", "送到", "看不懂", "算不算", "驾校", "犬只", "2028")]
    [True, True, True, True, True, False, False, False]
    """
    if _ENDED.fullmatch(word) or _POSSIBLE.fullmatch(word) or _EITHER.fullmatch(word):
        return segmentation.tags(word)[0][0] in "vldia"
    return _counts(word) or _repeats(word)


def _counts(word: str) -> bool:
    """一栋, 这点; a bare number of digits is one and no manner."""
    return not word.isascii() and all(tag in _COUNTS for tag in segmentation.tags(word))


def _repeats(word: str) -> bool:
    again = _AGAIN.fullmatch(word)
    return again is not None and segmentation.tags(again["verb"])[0].startswith("v")


def plain(word: str) -> str:
    """A word without what speech adds to it: 下下棋 is 下棋, 升级成 is 升级; any other as it is.

    >>> plain("下下棋"), plain("升级成"), plain("宝宝屋"), plain("食堂")
    ('下棋', '升级', '宝宝屋', '食堂')
    """
    little = _A_LITTLE.fullmatch(word)
    if little and segmentation.is_word(little["verb"] + little["what"]):
        return little["verb"] + little["what"]
    ended = None if _ENDED.fullmatch(word) else _LONG_ENDED.fullmatch(word)
    return ended["verb"] if ended and segmentation.tags(ended["verb"])[0].startswith("v") else word


def activity_of(word: str) -> str | None:
    """What is done at a place or by a person of three characters; None for any other word.

    >>> activity_of("理发店"), activity_of("居住证")
    ('理发', None)
    """
    found = _OF_ACTIVITY.fullmatch(word)
    return found["deed"] if found else None
