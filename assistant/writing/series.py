"""Enumerations inside running text: 一是…。二是…。, （一）…（二）… in one line, dashes.

Clauses of their own (项) are the parser's business; these are sentences of one clause. Half of
such an enumeration misleads, so a writer takes all of it or none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexing.sentences import split_sentences
from indexing.types import Span

_HAN = "一二三四五六七八九十"
# A member opens a sentence, or stands behind the colon of the lead-in: "坚持以下原则:一是坚持…"
_MEMBER = re.compile(
    rf"(?:^|[:：]\s*)(?:(?P<han>[{_HAN}])是|第(?P<ordinal>[{_HAN}])(?=[，,、])|[（(](?P<mark>[{_HAN}])[）)]|(?P<dash>——)|(?P<aspect>[\u4e00-\u9fff]{{2,8}}方面(?=[，,])))"
)
_LABEL = re.compile(r"\s*——[^。；]{1,20}。")
_OPENS = re.compile(r"[:：；;]\s*$|(?:以下|下列|如下)[^。；]*[。:：]?\s*$")

_GOES_ON = ("：", ":", "；", ";")
_ANNOUNCES = re.compile(r"[：:]\s*$")
_LEAST_LINES = 2  # items of a list


def opens_list(text: str) -> bool:
    """Whether a sentence announces what follows it.

    >>> opens_list("一般按照下列程序进行："), opens_list("针对存在以下情况的项目，及时调出名单。")
    (True, True)
    >>> opens_list("经市政府同意，现印发给你们。")
    False
    """
    return bool(_OPENS.search(text))


def series_around(
    text: str, sentences: Sequence[Span], chosen: Sequence[Span], *, whole: bool = False
) -> tuple[Span, ...]:
    """The sentences that open the members of the enumerations which a chosen sentence belongs to, in order.

    Args:
        text: of the clause.
        sentences: its sentences.
        chosen: some of them.
        whole: whether all members are asked for (哪几个方面, 哪些原则): then a sentence inside a member, or
            right before the first, belongs to the enumeration, and 规划支持方面，…；空间保障方面，… is one.

    Returns:
        Spans out of `sentences`; empty where no chosen one is a member, or a series has one member.

    >>> text = "要求如下：一是快。尽早开工。二是好。"
    >>> series_around(text, [(0, 9), (9, 14), (14, 18)], [(0, 9)])
    ((0, 9), (14, 18))
    >>> series_around(text, [(0, 9), (9, 14), (14, 18)], [(9, 14)], whole=True)
    ((0, 9), (14, 18))
    """
    out: list[Span] = []
    for kind, series in _series(text, sentences):
        before = max((start for start, _ in sentences if start < series[0][0]), default=0)
        inside = whole and any(before <= start <= series[-1][1] for start, _ in chosen)
        is_member = kind != "aspect" and any(span in series for span in chosen)
        if len(series) > 1 and (is_member or inside):
            out += series
    return tuple(out)


def run_on(text: str, chosen: Span) -> tuple[Span, ...]:
    r"""The lines of the list that a chosen sentence opens or stands in: each but the last ends in ；.

    For lists whose items have no marks, or lost them. Of the line that opens only its last sentence.

    Args:
        text: of the clause.
        chosen: a sentence of it.

    Returns:
        The opening and the items in order; empty where the sentence belongs to no such list.

    >>> text = "应当公开。有下列情形之一的，应当召开：\n发生事故的；\n业主提议的。\n会议可以书面进行。"
    >>> [text[start:end] for start, end in run_on(text, (20, 26))]
    ['有下列情形之一的，应当召开：', '发生事故的；', '业主提议的。']
    """
    lines = [match.span() for match in re.finditer(r"[^\n]*[^\s][^\n]*", text)]
    goes_on = [text[start:end].rstrip().endswith(_GOES_ON) for start, end in lines]
    at = next((i for i, (start, end) in enumerate(lines) if start < chosen[1] and chosen[0] < end), None)
    if at is None:
        return ()
    first, last = at, at
    while first > 0 and goes_on[first - 1] and not _ANNOUNCES.search(text[slice(*lines[first])]):
        first -= 1
    while last + 1 < len(lines) and goes_on[last]:
        last += 1
    if last - first < _LEAST_LINES or not _ANNOUNCES.search(text[slice(*lines[first])]):
        return ()
    start, end = lines[first]
    sentence = split_sentences(text[start:end])[-1]
    return ((start + sentence[0], end), *lines[first + 1 : last + 1])


def _series(text: str, sentences: Sequence[Span]) -> list[tuple[str, list[Span]]]:
    """Mark and run of members that count 一, 二, 三 with one mark; other sentences may stand between."""
    runs: list[tuple[str, list[Span]]] = []
    kind, number = "", 0
    for start, end in sentences:
        match = _MEMBER.search(text[start:end])
        if match is None or match.lastgroup is None:
            continue
        if match.lastgroup in ("dash", "aspect"):  # counts nothing: one after the other is one series
            if kind == match.lastgroup:
                runs[-1][1].append((start, end))
            else:
                runs.append((match.lastgroup, [(start, end)]))
            kind = match.lastgroup
            continue
        value = _HAN.index(match.group(match.lastgroup)) + 1
        if value == 1:
            runs.append((match.lastgroup, [(start, end)]))
        elif runs and match.lastgroup == kind and value == number + 1:
            runs[-1][1].append((start, end))
        kind, number = match.lastgroup, value
    return runs


def behind_label(text: str, sentences: Sequence[Span], chosen: Sequence[Span]) -> tuple[Span, ...]:
    """The sentence behind a label that alone was chosen of its kind: ——鼓励创新，试点先行。 says little.

    >>> behind_label("——快。尽早开工。——好。", [(0, 4), (4, 9), (9, 13)], [(0, 4)])
    ((4, 9),)
    """
    labels = [span for span in chosen if _LABEL.fullmatch(text, *span)]
    if len(labels) != 1:
        return ()
    return tuple(behind for one, behind in pairwise(sentences) if one == labels[0])
