"""What one column says to one topic: passages and figures → a cell with its status, decided by code.

有规定 needs a figure, a duty, a prohibition or a permission; 原则性 is only encouraged or supported, or
words where the topic is a figure; 指向库外 only refers to a document the library lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.citing import cite
from assistant.comparing.figures import figures_in
from assistant.comparing.passages import NormReader, Passage
from assistant.comparing.types import Cell, CellStatus, Column, Figure, FigureNeed, Quote, Topic
from assistant.library import Library
from assistant.norms import Norm, Strength
from assistant.norms.wording import modals
from indexing.folding import fold_tight
from indexing.types import Level

MOST_QUOTES = 6
"""More sentences on one topic are a chapter, which is read in the document."""

BINDING = (
    Strength.MUST_NOT,
    Strength.MUST,
    Strength.IN_PRINCIPLE,
    Strength.GENERALLY,
    Strength.SHOULD,
    Strength.TARGET,
    Strength.MAY,
    Strength.STATED,
    Strength.SUPPORTED,
    Strength.ENCOURAGED,
)
"""From the most binding to the least; 目标, 可 and 陈述 stand between as what they are: other kinds."""

_ADVOCACY = frozenset({Strength.ENCOURAGED, Strength.SUPPORTED})
# "坚持无偿服务…有机结合", "引导社会力量参与": a principle, nothing to comply with
_PRINCIPLE = re.compile(r"^(?:始终|积极)?(?:坚持|引导|注重|弘扬)")
_EXPLORES = re.compile(r"探索")
# "在确保消防安全前提下", "规划支持方面": conditions and labels, whose modal words govern nothing
_CONDITION = re.compile(r"(?:的|时|前提下|条件下|情况下|情形下|基础上|方面)$")
# "落实国家…建设导则和我市相关标准", "按照国家有关标准执行"
_FOREIGN = re.compile(
    r"(?:符合|落实|执行|按照?|依照|参照|遵照|遵守)[^,]{0,6}(?:国家|住房|行业)[^,]{0,24}(?:导则|标准|规范|指南)"
)
_REFERS = re.compile(r"符合|落实|执行|按照?|依照|参照|遵照|依据")
_TITLE = re.compile(r"《([^《》]+(?:〈[^〉]*〉[^《》]*)?)》")


def cell(
    topic: Topic, column: Column, passages: Sequence[Passage], norms: NormReader, library: Library
) -> Cell:
    """The cell that these passages make; 未检出规定 where there are none."""
    if not passages:
        return Cell(column.label, CellStatus.NOT_FOUND)
    figures = figures_in(topic, passages, norms, library)
    cited = tuple(dict.fromkeys(title for one in passages for title in titles_beyond(one, library)))
    strengths = [strength for passage in passages for strength in focus_strengths(passage)]
    held = {figure.citation.start for figure in figures}
    ranked = sorted(passages, key=lambda one: (one.start not in held, _is_preamble(one), -one.share))
    ranked = ranked[:MOST_QUOTES]
    read = [norm for one in ranked for norm in norms(one.unit) if one.start <= norm.start < one.end]
    return Cell(
        column=column.label,
        status=_status(topic, passages, figures, strengths, library),
        figures=figures,
        strength=strongest(figure.strength for figure in figures) or strongest(focus_strengths(ranked[0])),
        bodies=_bodies(ranked, read),
        dates=tuple(dict.fromkeys(norm.deadline.text for norm in read if norm.deadline)),
        quotes=tuple(_quote(one, library) for one in ranked),
        cited=cited,
        is_certain=all(one.is_certain for one in passages),
    )


def _status(
    topic: Topic,
    passages: Sequence[Passage],
    figures: Sequence[Figure],
    strengths: Sequence[Strength],
    library: Library,
) -> CellStatus:
    if figures:
        return CellStatus.REGULATED
    if all(points_beyond(passage, library) for passage in passages):
        return CellStatus.ELSEWHERE
    if topic.figure is FigureNeed.REQUIRED or all(strength in _ADVOCACY for strength in strengths):
        return CellStatus.IN_PRINCIPLE
    return CellStatus.REGULATED


def strongest(strengths: Iterable[Strength]) -> Strength | None:
    """The most binding of several, None for none."""
    return min(strengths, key=BINDING.index, default=None)


def focus_strengths(passage: Passage) -> list[Strength]:
    """How binding each part is that speaks to the topic: its own modal word, or that of the parts before."""
    return [_strength_at(passage, index) for index in passage.focus]


def _strength_at(passage: Passage, index: int) -> Strength:
    """鼓励 and 支持 reach over the parts that follow; 探索 is a deed of its own and reaches no further."""
    for place in range(index, -1, -1):
        folded = passage.parts[place].folded
        if place < index and _CONDITION.search(folded):
            continue
        if place == index and _PRINCIPLE.match(folded):
            return Strength.SUPPORTED
        said = [found for at, found in modals(folded) if place == index or not _EXPLORES.match(folded, at)]
        if said:
            return said[0] if said[0] in _ADVOCACY else min(said, key=BINDING.index)
    return Strength.STATED


def points_beyond(passage: Passage, library: Library) -> bool:
    """Whether all that a passage says to the topic is that another document, not held, rules it."""
    return bool(passage.focus) and all(
        _FOREIGN.search(passage.parts[index].folded) or _strangers(passage, index, library)
        for index in passage.focus
    )


def titles_beyond(passage: Passage, library: Library) -> list[str]:
    """Titles a passage refers to that the library does not hold."""
    return [title for index in range(len(passage.parts)) for title in _strangers(passage, index, library)]


def _strangers(passage: Passage, index: int, library: Library) -> list[str]:
    """Titles that a part refers to (落实《…》) and the library lacks."""
    part = passage.parts[index]
    if not _REFERS.search(part.folded):
        return []
    text = library.document(passage.unit.doc_id).text[part.start : part.end]
    return [title for title in _TITLE.findall(text) if not library.is_title_tail(fold_tight(title))]


def _bodies(passages: Sequence[Passage], norms: Sequence[Norm]) -> tuple[str, ...]:
    """Who answers for it: 责任单位 printed for the clause or where an annex repeats it, else who is named."""
    printed = [body for one in passages for unit in (one.unit, *one.echoes) for body in unit.responsible]
    named = printed or [body for norm in norms for body in norm.bodies]
    return tuple(dict.fromkeys(named))


def _quote(passage: Passage, library: Library) -> Quote:
    document = library.document(passage.unit.doc_id)
    strength = strongest(focus_strengths(passage)) or Strength.STATED
    return Quote(cite(document, passage.clause, passage.start, passage.end), strength)


def _is_preamble(passage: Passage) -> bool:
    """Whether it stands in text that says why a document was made; the rules come first."""
    return passage.unit.level is Level.FRAME and passage.unit.path.rsplit("/", 1)[-1] in {"引言", "通知"}
