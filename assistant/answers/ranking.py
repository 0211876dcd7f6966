"""Who asks for more: figures of several places set side by side, and one sentence that says the order.

Only figures of one unit, one basis and one direction are ranked; anything else is ⚠口径不同. What is
said is the figure as printed; computed are which is greater and, where that is asked, how far two are apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.comparing.figures import basis_names, figures_in
from assistant.comparing.passages import Passage, parts_of
from assistant.comparing.topics import free_topic
from assistant.comparing.types import Figure
from assistant.judging.evidence import Evidence
from assistant.library import Library
from assistant.norms import Norm, Operator, read_norms
from assistant.questions.wording import question_words
from assistant.types import Citation, Statement
from indexing import segmentation
from indexing.types import Clause
from prompts.library import fill

_FLOORS = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})
_CEILINGS = frozenset({Operator.AT_MOST, Operator.LESS_THAN})
_LEAST_FIRST = re.compile(r"最[低少小短宽早]|更[低少小短宽早]")
_COUNTED = re.compile(r"^(?:左右|以上|以下|以内)?(?P<noun>[\u4e00-\u9fff]{0,8})")
# What a figure taken out of its sentence must not lose
_SOFT = re.compile(r"原则上|一般|鼓励|支持|允许|可(?:以|按)?(?=[不最享按给]|$)|力争|争取|宜")
_SHARE = "%"
_NO_COUNT = frozenset({"㎡", "元", "%", "月", "年", "日", "岁", "倍"})
# Words for "more" by unit: a count is 多, a time 长
_MORE = {"月": "较长", "年": "较长", "日": "较长", "工作日": "较长", "个": "较多", "项": "较多", "家": "较多"}

Key = tuple[str, tuple[str, ...], str, str, bool]
"""What figures must share to be ranked: unit, basis, direction, thing counted, whether for each (每个)."""
_TENTH = Decimal("0.1")
_BETWEEN = 8  # characters from such a word to its figure that are shown with them
_CHOICES = 4  # sufficient clauses of a place among which the one with the shared figure is sought


@dataclass(frozen=True, slots=True)
class _Ranked:
    place: str
    figure: Figure


def order_of(
    question: str, topic: str, found: Mapping[str, Sequence[Evidence]], library: Library, *, is_asked: bool
) -> Statement | None:
    """One sentence on whose figure is greater, or that they cannot be ranked; None for neither.

    Shares are ranked only where an order is asked for: 50 % of a rent is not more than 30 % of an investment.

    Args:
        question: folded, as asked.
        topic: what is compared, without places.
        found: label of a place → its evidence; places without any are left out.
        library: what the clauses stand in.
        is_asked: whether the question asks for an order (谁的高, 最早).
    """
    figures = _of_places(topic, found, library)
    if len(figures) < 2:
        return None
    ranked = _rankable(figures, with_shares=is_asked)
    return _ordered(question, _called(topic), ranked) if ranked else _on_other_bases(_called(topic), figures)


def apart(topic: str, found: Mapping[str, Sequence[Evidence]], library: Library) -> str | None:
    """How far the figures of two places are apart, reckoned from the printed ones: 相差40个, 前者是后者的2倍.

    None where they are not two of one unit, basis and direction, or are the same. See `order_of`.
    """
    ranked = _rankable(_of_places(topic, found, library), with_shares=True)
    if len(ranked) != 2:
        return None
    more, less = sorted((one.figure for one in ranked), key=lambda figure: -figure.value)
    if more.value == less.value or not less.value:
        return None
    about = "约" if more.is_approximate or less.is_approximate else ""
    difference = f"{about}{more.value - less.value:f}{more.unit}"
    ratio = f"{(more.value / less.value).quantize(_TENTH).normalize():f}"
    return fill("figures_apart", difference=difference, about=about, ratio=ratio)


def _of_places(
    topic: str, found: Mapping[str, Sequence[Evidence]], library: Library
) -> dict[str, tuple[Figure, ...]]:
    """The figures of each place that has any."""
    figures = {label: _figures(topic, evidence, library) for label, evidence in found.items() if evidence}
    return {label: some for label, some in figures.items() if some}


def _rankable(figures: Mapping[str, Sequence[Figure]], *, with_shares: bool) -> list[_Ranked]:
    """One figure each of the most places that count the same thing alike; empty where no two do."""
    groups: dict[Key, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for label, some in figures.items():
        for figure in some:
            if figure.unit == _SHARE and not with_shares:
                continue
            groups[_key(figure)][label].append(figure)
    common = [
        group for group in groups.values() if len(group) > 1 and all(_is_one(some) for some in group.values())
    ]
    widest = max(common, key=len, default={})
    return [_Ranked(label, some[0]) for label, some in widest.items()]


def with_same_figure(
    topic: str, choices: Mapping[str, Sequence[Evidence]], library: Library
) -> dict[str, Evidence | None]:
    """Of each place the clause whose figure counts what most places count; None where none does.

    Args:
        topic: what is compared.
        choices: label of a place → its sufficient evidence, best first.
        library: what the clauses stand in.

    Returns:
        Empty where no two places count the same thing.
    """
    counted: dict[str, list[tuple[Evidence, set[tuple[str, str]]]]] = {
        label: [(item, _measures(topic, item, library)) for item in items[:_CHOICES]]
        for label, items in choices.items()
    }
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for label, items in counted.items():
        for _, measures in items:
            for measure in measures:
                places[measure].add(label)
    shared = max(places, key=lambda measure: (len(places[measure]), measure), default=None)
    if shared is None or len(places[shared]) < 2:
        return {}
    return {
        label: next((item for item, measures in items if shared in measures), None)
        for label, items in counted.items()
    }


def _measures(topic: str, item: Evidence, library: Library) -> set[tuple[str, str]]:
    """Unit and thing counted of each figure in the sentences chosen."""
    return {(figure.unit, _key(figure)[3]) for figure in _figures(topic, [item], library)}


def _figures(topic: str, evidence: Sequence[Evidence], library: Library) -> tuple[Figure, ...]:
    """The figures in the sentences chosen of a place, that the topic asks for."""
    asked = free_topic(topic)
    out: list[Figure] = []
    for item in evidence:
        text = library.document(item.clause.doc_id).text
        passages = [_passage(item, span.start, span.end, text, library) for span in item.passages]

        def norms(unit: Clause) -> tuple[Norm, ...]:
            return read_norms(unit, library.document(unit.doc_id))

        out += figures_in(asked, passages, norms, library)
    return tuple(out)


def _passage(item: Evidence, start: int, end: int, text: str, library: Library) -> Passage:
    parts = parts_of(text, (start, end))
    narrow = library.narrowest(item.clause, (start, end))
    return Passage(narrow, item.clause, start, end, parts, tuple(range(len(parts))), 1.0)


def _key(figure: Figure) -> Key:
    operator = figure.operator
    side = "≥" if operator in _FLOORS else "≤" if operator in _CEILINGS else "="
    counted = "" if figure.unit in _NO_COUNT else _counted(figure)
    before = figure.words[: max(figure.words.find(figure.printed), 0)]
    return figure.unit, figure.basis, side, counted, "每" in before and "/" not in figure.unit


def _counted(figure: Figure) -> str:
    """What is counted: 社区 of 选择 100 个左右社区; "" where nothing follows."""
    at = figure.words.find(figure.printed)
    behind = "".join(figure.words[at + len(figure.printed) :].split()) if at >= 0 else ""
    match = _COUNTED.match(behind)
    words = [word for word in segmentation.cut(match["noun"] if match else "") if len(word) > 1]
    nouns: list[str] = []
    for word in words:
        if not any(tag.startswith(("n", "vn", "l")) or tag == "" for tag in segmentation.tags(word)):
            break
        nouns.append(word)
    return nouns[-1] if nouns else ""


def _is_one(some: Sequence[Figure]) -> bool:
    return len({(figure.value, figure.high) for figure in some}) == 1


def _ordered(question: str, topic: str, ranked: Sequence[_Ranked]) -> Statement:
    """From the greatest to the least, or the other way where the least is asked for."""
    rising = _LEAST_FIRST.search(question) is not None
    order = sorted(ranked, key=lambda one: one.figure.value, reverse=not rising)
    citations = _citations([one.figure for one in order])
    values = [one.figure.value for one in order]
    named = [fill("ranked_one", place=one.place, figure=_printed(one.figure)) for one in order]
    if len(set(values)) == 1:
        return Statement(fill("ranked_equal", topic=topic, places=_mark(order).join(named)), citations)
    if len(order) == 2:
        first, second = named if not rising else reversed(named)
        more = _MORE.get(max(order, key=lambda one: one.figure.value).figure.unit, "较高")
        return Statement(fill("ranked_two", topic=topic, first=first, more=more, second=second), citations)
    frame = "ranked_rising" if rising else "ranked_falling"
    return Statement(fill(frame, topic=topic, places=_chained(order, named)), citations)


def _chained(order: Sequence[_Ranked], named: Sequence[str]) -> str:
    """Places in order, those of one value joined by 和."""
    out, mark = named[0], _mark(order)
    for before, one, name in zip(order, order[1:], named[1:], strict=False):
        out += ("和" if before.figure.value == one.figure.value else mark) + name
    return out


def _on_other_bases(topic: str, figures: Mapping[str, Sequence[Figure]]) -> Statement | None:
    """That figures in one unit are counted on different things; None where no unit is shared."""
    units: dict[str, list[_Ranked]] = defaultdict(list)
    for label, some in figures.items():
        for unit in dict.fromkeys(figure.unit for figure in some):
            units[unit] += [_Ranked(label, figure) for figure in some if figure.unit == unit]
    for shared in units.values():
        bases = {one.figure.basis for one in shared}
        if len({one.place for one in shared}) > 1 and len(bases) > 1:
            told = _mark(shared).join(
                fill(
                    "based_one",
                    place=one.place,
                    basis=basis_names(one.figure.basis),
                    figure=_printed(one.figure),
                )
                for one in shared
            )
            return Statement(
                fill("not_ranked", topic=topic, places=told), _citations([one.figure for one in shared])
            )
    return None


def _mark(ranked: Sequence[_Ranked]) -> str:
    """What stands between places: 、, or ； so that the 支持 of one is not read into the next."""
    return "；" if any(_printed(one.figure) != _bare(one.figure) for one in ranked) else "、"


def _called(topic: str) -> str:
    """The topic without words that ask: 试点社区数量是多少 is 试点社区数量."""
    return re.sub(r"(?:是|有|为)+$", "", question_words().asking.sub("", topic)).strip("的,，、?？ ")


def _printed(figure: Figure) -> str:
    """The figure as printed, with the word that makes it less than a rule: 可享受5年内, 原则上不少于3项."""
    printed = _bare(figure)
    at = figure.words.find(figure.printed)
    soft = list(_SOFT.finditer(figure.words, 0, max(at, 0)))
    if not soft:
        return printed
    words = "".join(figure.words[soft[-1].start() : at].split())
    return f"{words}{printed}" if len(words) <= _BETWEEN else f"{soft[-1].group()}{printed}"


def _bare(figure: Figure) -> str:
    return "".join(figure.printed.split())


def _citations(figures: Sequence[Figure]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(figure.citation for figure in figures))
