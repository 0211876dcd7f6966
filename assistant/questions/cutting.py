"""A text cut where one question ends and the next begins; pure.

够不够，要几项功能，谁来批 is three wordings that ask. A sentence that asks nothing (我们是老小区。)
belongs to the question behind it. Nothing is lost but the commas and 和 between questions.
"""

from __future__ import annotations

import re

from assistant.questions.wording import written
from indexing.asking import without_a_few
from indexing.folding import fold_tight
from indexing.simplifying import simplify

_ENDS = re.compile(r"(?<=[?？!！。;；\n])")
_MARKED = re.compile(r"[?？]\s*$")
# Joins two questions only where each has a word that asks: "面积多大以及由谁养护", not "养老和托育有哪些"
_JOINS = re.compile(
    r"[,，、]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|以及|并且|还有(?![没多谁哪什])|同时|和|与|及"
)
_COMMAS = frozenset(",，")
_QUOTED = re.compile(r"《[^》]*》+|“[^”]*”")
# "够不够", "有没得"; "鼓励不", "有优惠没" at the end; "不要钱，还是要"; not "不得不", "差不多", "还是不行"
_INTERROGATIVE = re.compile(
    r"多少|(?<![好这那十上前后近头])几(?![乎经番许率何])|什么|哪|谁|怎么|怎样|如何|多[久大长高远快宽](?!了)|[能可要有奖补给得是][\u4e00-\u9fff]{0,2}好多|何[时种处]|干嘛"
    r"|能否|可否|是否|(?<![对是真样])吗|吧(?=$|[,，?？])|(?<=[\u4e00-\u9fff,，])还是(?![不没老这那])"
    r"|(?P<deed>[\u4e00-\u9fff])[不没](?P=deed)(?<!得不得)(?<!时不时)|有没得|(?<![要差])[不没么](?=$|[,，?？;；。!！])(?<!什么)"
)
# What asks where it ends a sentence or stands in a heading: 发文字号, 有效期
_NAMED = re.compile(r"文号|字号|有效期|日期|施行|比例|上限|责任单位|牵头单位|定义")
# "不管谁来运营", "无论建多大": whatever it is, nothing is asked
_WHATEVER = re.compile(r"^[^,，]{0,6}?(?:不管|无论|不论|甭管)")
# "，还是有的要掏钱", "，对不对": goes on with what stands before it
_GOES_ON = re.compile(r"^(?:还是|或者|或|要么|抑或)")


def asking_pieces(text: str) -> list[str]:
    """The wordings of a text that each ask something, in order, with the statements before them.

    The whole text where none asks; empty for an empty one.

    >>> asking_pieces("480平方米够不够？要几项功能？谁来批钱？")
    ['480平方米够不够？', '要几项功能？', '谁来批钱？']
    >>> asking_pieces("我们是老小区。面积多大，能不能建餐厅")
    ['我们是老小区。面积多大', '能不能建餐厅']
    """
    out: list[str] = []
    pending = ""
    for sentence in _ENDS.split(text):
        for piece in _cut(sentence):
            if _asks(piece) or _MARKED.search(piece):
                out.append(pending + piece)
                pending = ""
            else:
                pending += piece
    if pending and out:
        out[-1] += pending
    return out or ([pending] if pending else [])


def _asks(piece: str) -> bool:
    """Whether a piece of a text asks by its words."""
    return _is_interrogative(piece) or bool(_NAMED.search(fold_tight(piece)))


def _is_interrogative(piece: str) -> bool:
    """Whether a piece has a word that can only ask; 几个 of 几个部门共用 means some."""
    folded = without_a_few(written(fold_tight(simplify(piece))))
    return bool(_INTERROGATIVE.search(folded)) and not _WHATEVER.search(folded)


def _cut(sentence: str) -> list[str]:
    """A sentence cut where a comma or 和 stands between two wordings that each ask."""
    hidden = _QUOTED.sub(lambda match: "□" * len(match.group()), sentence)
    joints = [*_JOINS.finditer(hidden)]
    out, start = [], 0
    ends = [joint.start() for joint in joints[1:]] + [len(hidden)]
    for joint, end in zip(joints, ends, strict=False):  # no joint has no end
        rest = hidden[joint.end() :]
        ahead = rest if joint.group() in _COMMAS else hidden[joint.end() : end]
        if _GOES_ON.search(rest) or not _is_interrogative(ahead):
            continue
        if _is_interrogative(hidden[start : joint.start()]):
            out.append(sentence[start : joint.start()])
            start = joint.end()
    return [*out, sentence[start:]]
