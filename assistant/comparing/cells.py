"""What one column says to one topic: passages and figures → a cell with its status, decided by code.

有规定 needs a figure, a duty, a prohibition or a permission; 原则性 is only encouraged or supported, or
words where the topic is a figure; 指向库外 only refers to a document the library lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.comparing.figures import figures_in
from assistant.comparing.passages import NormReader, Passage
from assistant.comparing.types import Cell, CellStatus, Column, Figure, FigureNeed, Quote, Topic
from assistant.library import Library
from assistant.norms import Strength
from assistant.norms.parties import bodies
from assistant.norms.wording import BINDING, governing, of_sentence, stands_alone
from assistant.writing.citing import cite
from indexing.folding import fold_tight
from indexing.types import Level

MOST_QUOTES = 6
"""More sentences on one topic are a chapter, which is read in the document."""

_ADVOCACY = frozenset({Strength.ENCOURAGED, Strength.SUPPORTED})
# "坚持无偿服务…有机结合", "引导社会力量参与": a principle, nothing to comply with
_PRINCIPLE = re.compile(r"^(?:始终|积极)?(?:坚持|引导|注重|弘扬)")
_EXPLORES = re.compile(r"探索")
# "鼓励产权人利用房屋,将符合条件的优先转型": 优先 is how it is done, 鼓励 how binding that is
_TAKES_UP = re.compile(r"将|把|优先")
_EXCEPTED = frozenset({Strength.IN_PRINCIPLE, Strength.GENERALLY})
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
        bodies=_bodies(ranked),
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
    """How binding each part is that speaks to the topic: its own modal word, or that of the parts before.

    Of a condition (在确保消防安全前提下, 做较大变更的) what counts is the part it is a condition of.
    """
    return [_strength_at(passage, ruled_by(passage, index)) for index in passage.focus]


def ruled_by(passage: Passage, index: int) -> int:
    """The part itself, or the first one behind a condition that is none; the part itself at the end."""
    later = range(index, len(passage.parts))
    return next((place for place in later if not _CONDITION.search(passage.parts[place].folded)), index)


def _strength_at(passage: Passage, index: int) -> Strength:
    """The word of the part itself, else of the nearest part before that reaches so far, else of the list."""
    folded = passage.parts[index].folded
    before = [part.folded for part in reversed(passage.parts[:index]) if not _CONDITION.search(part.folded)]
    if _PRINCIPLE.match(folded):
        return Strength.SUPPORTED
    own = governing(folded)
    inherited = next((found for part in before if (found := governing(_EXPLORES.sub("", part)))), None)
    if own is Strength.SHOULD and _TAKES_UP.match(folded) and inherited in _ADVOCACY:
        return inherited or own
    if own:
        return own
    if stands_alone(folded):
        return inherited if inherited in _EXCEPTED else Strength.MUST
    said = next((found for part in before if (found := _reaching(part))), None)
    return said or of_sentence("", passage.lead_in) or Strength.STATED


def _reaching(folded: str) -> Strength | None:
    """What a part says of those behind it: 鼓励 and 应 reach on; 探索, 不得, a bound do not."""
    found = governing(_EXPLORES.sub("", folded))
    return None if found is Strength.MUST_NOT or (found and stands_alone(folded)) else found


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


def _bodies(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Who answers for it: of each sentence the 责任单位 printed for its clause or echo, else who is named."""
    named: list[str] = []
    for one in passages:
        printed = [body for unit in (one.unit, *one.echoes) for body in unit.responsible]
        said = ",".join(part.folded for part in one.parts)
        named += printed or bodies(said, 0, len(said))
    return tuple(dict.fromkeys(named))


def _quote(passage: Passage, library: Library) -> Quote:
    document = library.document(passage.unit.doc_id)
    strength = strongest(focus_strengths(passage)) or Strength.STATED
    return Quote(cite(document, passage.clause, passage.start, passage.end), strength)


def _is_preamble(passage: Passage) -> bool:
    """Whether it stands in text that says why a document was made; the rules come first."""
    return passage.unit.level is Level.FRAME and passage.unit.path.rsplit("/", 1)[-1] in {"引言", "通知"}
