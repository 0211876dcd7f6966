"""Counted short forms read as the library spells them out: 四同步, 四个一批, 七有.

Official prose counts what it has listed: 同步规划、同步建设、同步验收、同步交付 become 四同步, and the
text that lists them need never say so. Who asks what the short form means is answered from the list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from assistant.library import Library
from indexing.folding import fold_tight
from indexing.numerals import parse_numeral
from indexing.respelling import Reading, Respelled

_FEWEST = 3  # 两市, 两委 are no lists

# "四同步是什么", "“四个一批”指的是哪些", "什么叫七有"; not "四个街道有食堂吗"
_SHORT = r"[“\"]?(?P<form>(?P<count>[三四五六七八九十])个?(?P<shared>[\u3400-\u9fff]{1,2}?))[”\"]?"
_MEANING = (
    r"(?:具体)?(?:原则|要求|政策|机制)?(?:都|分别|到底|具体|的)*"
    r"(?:是(?:什么|啥|哪|指)|指(?:的是)?(?:什么|啥|哪)|(?:有|包括|包含)(?:哪|什么)"
    r"|什么意思|怎么(?:理解|讲)|(?:的)?(?:含义|意思|内容))"
)
_ASKED = (
    re.compile(_SHORT + _MEANING),
    re.compile(r"(?:什么[是叫]|啥[是叫]|何为|何谓)" + _SHORT + r"(?:原则|要求)?[?？。]?$"),
)
_MEASURES = frozenset("个项种类级条款张份次年月日天章节层批步点人家名位区市县州省")
_LIST = re.compile(r"[\u3400-\u9fff]{2,12}(?:、[\u3400-\u9fff]{2,12})+")


def spell_out(meant: Respelled, library: Library) -> Respelled:
    """A question that asks what a counted short form means, with the list in its place; else as it came.

    The list has as many members as the count says, all of one length, and in each stands what the short
    form repeats. Where the library holds several such lists, or explains the short form itself, nothing is
    changed. Never raises.
    """
    text = fold_tight(meant.text)
    for pattern in _ASKED:
        match = pattern.search(text)
        if match is None or match["shared"] in _MEASURES or f"简称“{match['form']}" in _texts(library):
            continue
        lists = Counter(_lists(library, parse_numeral(match["count"]), match["shared"]))
        if len(lists) == 1:
            (full,) = lists
            reading = Reading(match["form"], full)
            return replace(
                meant,
                text=text[: match.start("form")] + full + text[match.end("form") :],
                readings=(*meant.readings, reading),
            )
    return meant


def _texts(library: Library) -> str:
    return "\n".join(fold_tight(document.text) for document in library.documents)


def _lists(library: Library, count: int, shared: str) -> Iterator[str]:
    """Every run of exactly `count` members of one length that all hold `shared`."""
    for run in _LIST.findall(_texts(library)):
        members = _trimmed(run.split("、"))
        if len(members) == count and _is_parallel(members, shared):
            yield "、".join(members)


def _trimmed(members: list[str]) -> list[str]:
    """The first and the last cut to the length of those between, for the sentence runs on around them.

    >>> _trimmed(["发挥规划师", "建筑师", "工程师等人员"])
    ['规划师', '建筑师', '工程师']
    """
    if len(members) < _FEWEST:
        return []
    length = len(members[1])
    return [members[0][-length:], *members[1:-1], members[-1][:length]]


def _is_parallel(members: list[str], shared: str) -> bool:
    """One length, what is shared in one place, the rest never twice: 补改一批、转型一批.

    >>> _is_parallel(["同步规划", "同步建设"], "同步"), _is_parallel(["市发改委", "市建委"], "市")
    (True, False)
    """
    places = {(len(member), member.find(shared)) for member in members}
    return len(places) == 1 and places.pop()[1] >= 0 and len(set(members)) == len(members)
