"""Whether what is to be confirmed is said whole: each word of the claim, and who acts before what is done.

A wrong 是的 is the worst answer to a wrong claim, so a claim of which the quotes leave a word unsaid is
shown its clause and no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.premises.bodies import actors_in
from assistant.questions.weighing import Term
from indexing import segmentation

_TAIL = re.compile(
    r"[,，]?(?:是不是|对不对|是吗|是吧|对吗|对吧|没错吧?|没说错吧?|是这样[的吗吧]*|是真的吗?|真的吗|吧|吗)*[?？。!]*$"
)
_LEAD = re.compile(r"^(?:听说|据说|有人说|我?记得(?:是)?|好像|是不是)[,，]?")
# Words that claim nothing by themselves
_SAYS_NOTHING = frozenset(
    [
        "规定",
        "要求",
        "文件",
        "政策",
        "办法",
        "方案",
        "应该",
        "应当",
        "可以",
        "需要",
        "能够",
        "属于",
        "进行",
        "这个",
        "那个",
        "我们",
        "国家",
        "本市",
        "里面",
        "其中",
        "包括",
        "包含",
        "就是",
        "也是",
        "都是",
        "还是",
        "以及",
        "并且",
        "而且",
        "或者",
        "如果",
        "的话",
        "就要",
        "就是说",
        "写明",
        "明确",
        "提到",
        "列出",
        "里的",
        "中的",
        "方面",
        "情况",
        "内容",
        "时候",
        "一个",
        "两个",
        "一共",
        "总共",
        "通知",
        "实施",
        "开展",
        "我市",
        "对于",
        "关于",
        "根据",
        "按照",
        "之后",
        "以后",
        "之前",
        "以前",
        "不是",
        "没有",
        "就行",
    ]
)
_SENTENCE = re.compile(r"[。;；|]")
_DEED_CHARS = 2
_HALF = 0.5
_ROLES = _SAYS_NOTHING | {"负责", "牵头", "组织", "统筹", "来管", "承担"}
# "各不超过", "均不少于": a figure for each is no figure for all
_EACH = re.compile(r"(?:各|均|分别|都)(?=不|给|补|为|是|超|达|至|\d)")


def says_whole(asked: str, quotes: str, around: str, terms: Sequence[Term]) -> bool:
    """Whether quotes say every word of a claim, by itself or by what the thesaurus calls it.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        around: headings and titles over it, folded, which say what it is about.
        terms: what the question is about.
    """
    claim = _TAIL.sub("", _LEAD.sub("", asked))
    said = f"{quotes}|{around}"
    words = [word for word in segmentation.words(claim) if len(word) > 1 and word not in _SAYS_NOTHING]
    each = _EACH.search(claim)
    if each is not None and each.group()[0] not in quotes:
        return False
    return all(_is_said(word, said, terms) for word in words) and _acts(claim, quotes)


def _is_said(word: str, said: str, terms: Sequence[Term]) -> bool:
    """Whether a word, a form of the term it belongs to, or each pair of its characters stands there."""
    if word in said or not word[0].isalnum():
        return True
    forms = [form for term in terms if word in term.surface or term.surface in word for form in term.forms]
    if any(form in said for form in forms):
        return True
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return len(word) > _DEED_CHARS and all(pair in said for pair in pairs)


def _acts(claim: str, quotes: str) -> bool:
    """Whether each body named stands before what is claimed of it, in one sentence.

    审查后报送市发展改革委 is no 由市发展改革委审查, and another sentence speaks of another body.
    """
    for actor in actors_in(claim):
        behind = claim[claim.find(actor) + len(actor) :] if actor in claim else ""
        deeds = [word for word in segmentation.words(behind) if len(word) > 1 and word not in _ROLES]
        told = [one for one in _SENTENCE.split(quotes) if actor in one]
        if not deeds or not told:
            continue
        said = [one[one.find(actor) :] for one in told]
        if not any(_most_in(deeds, one) for one in said):
            return False
    return True


def _most_in(words: Sequence[str], text: str) -> bool:
    """Whether the first of some words and at least half of them stand in a text."""
    return words[0] in text and sum(word in text for word in words) >= _HALF * len(words)
