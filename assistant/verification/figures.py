"""Do the figures and days of a statement agree with those of its quotes?

Both are read by `assistant.norms`: value and unit (三年 = 36个月, ㎡ = 平方米, 0.5亿 = 5000万), the words
that bound them (不超过, 以上, 左右), how binding they are (原则上, 可, 应) and whose they are. A figure
agrees when one of the quotes' figures is equal in all of these. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.norms import Norm, Strength, read_norms
from assistant.norms.dates import days
from assistant.norms.units import comparable
from assistant.norms.wording import modals
from indexing import segmentation
from indexing.folding import fold_tight
from indexing.numerals import parse_numeral
from indexing.types import Clause, Document, Level, Span

WEAK = frozenset(
    (
        Strength.IN_PRINCIPLE,
        Strength.GENERALLY,
        Strength.SHOULD,
        Strength.ENCOURAGED,
        Strength.SUPPORTED,
        Strength.MAY,
        Strength.TARGET,
    )
)
"""What binds less than 应; leaving such a word out makes a rule stricter than it is."""

_MARKS = re.compile(r"[,，。;；：:！？!?\n\t|]")
_NUMERAL = re.compile(r"\d+|[零〇○一二三四五六七八九十]+")
_SHARED = re.compile(r"分别|各为|依次")  # "分别不少于100和60平方米": whose is which, only the whole says
_WORD_CHARS = 2


class Mismatch(StrEnum):
    """In what a figure differs from those of the quotes; the value names the frame that says so."""

    VALUE = "rejected_figure"
    BOUND = "rejected_bound"
    STRENGTH = "rejected_strength"
    OWNER = "rejected_owner"
    DAY = "rejected_day"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The first thing in which a statement differs from its quotes."""

    kind: Mismatch
    words: str  # of the statement, folded


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the words around it, folded."""

    norm: Norm
    printed: str
    part: str  # between commas
    sentence: str

    @property
    def amount(self) -> tuple[object, object, str]:
        """Value, upper end and unit, each in the unit that figures of its kind are compared in."""
        low, unit = comparable(self.norm.value or 0, self.norm.unit or "")  # type: ignore[arg-type]
        high = comparable(self.norm.high, self.norm.unit or "")[0] if self.norm.high is not None else None
        return low, high, unit


@dataclass(frozen=True, slots=True)
class DayNamed:
    """A day, month or year as numbers, and what a text says of it."""

    words: str
    numbers: tuple[int, ...]  # (2025, 1, 13), (2024, 12), (2027,)
    is_deadline: bool
    is_first: bool
    span: Span


def figures_of_text(text: str, document: Document, clause: Clause) -> tuple[tuple[Figure, ...], list[Span]]:
    """Figures of a folded statement, and where they stand; document and clause only lend their form."""
    like = replace(document, text=text)
    inside = replace(
        clause, text=text, start=0, end=len(text), level=Level.ARTICLE, path="正文", cells=(), responsible=()
    )
    norms = [norm for norm in read_norms(inside, like) if norm.is_figure]
    return tuple(_figure(norm, text) for norm in norms), [(n.figure_start, n.figure_end) for n in norms]


def figures_of_quotes(clause: Clause, document: Document, spans: Sequence[Span]) -> tuple[Figure, ...]:
    """Figures that stand in these spans of a clause, read in the clause as a whole."""
    return tuple(
        _figure(norm, document.text)
        for norm in read_norms(clause, document)
        if norm.is_figure and any(start <= norm.figure_start < end for start, end in spans)
    )


def _figure(norm: Norm, text: str) -> Figure:
    start, end = norm.figure_start, norm.figure_end
    before = max((match.end() for match in _MARKS.finditer(text, norm.start, start)), default=norm.start)
    after = _MARKS.search(text, end, norm.end)
    part = text[before : after.start() if after else norm.end]
    return Figure(
        norm, fold_tight(text[start:end]), fold_tight(part), fold_tight(text[norm.start : norm.end])
    )


def days_of(text: str) -> tuple[DayNamed, ...]:
    """Days, months and years of a folded text."""
    found = []
    for day in days(text):
        words = text[day.start : day.end]
        numbers = tuple(_number(each) for each in _NUMERAL.findall(words))
        found.append(DayNamed(words, numbers, day.is_deadline, day.is_first, (day.start, day.end)))
    return tuple(found)


def _number(numeral: str) -> int:
    return parse_numeral(numeral.replace("○", "〇"))


def first_day_apart(
    said: Iterable[DayNamed], quoted: Sequence[DayNamed], told: Sequence[DayNamed]
) -> Disagreement | None:
    """The first day that neither the quotes nor what is known of the document name in the same sense.

    Args:
        said: days of the statement.
        quoted: days of the quotes; 以前 and 起 must agree with them.
        told: days the document is known by, bare.
    """
    for day in said:
        if any(day.numbers == other.numbers for other in told):
            continue
        same = [other for other in quoted if day.numbers == other.numbers]
        senses = {(other.is_deadline, other.is_first) for other in same}
        if (day.is_deadline, day.is_first) not in senses:
            return Disagreement(Mismatch.DAY, day.words)
    return None


def first_figure_apart(
    said: Sequence[Figure], quoted: Sequence[Figure], quotes: str, *, is_bare_allowed: bool = False
) -> Disagreement | None:
    """The first figure of a statement that agrees with none of the quotes' figures; None if all do.

    Args:
        said: figures of the statement.
        quoted: figures of the quotes.
        quotes: the folded quotes.
        is_bare_allowed: whether a figure may stand without any word of duty or degree, as in a list of
            figures that code made: 上海市（120个左右）、杭州市（80个）.
    """
    for figure in said:
        equal = [other for other in quoted if other.amount == figure.amount]
        if not equal:
            if figure.part in quotes:  # read as a figure here only: 两项补助 at the start of a sentence
                continue
            return Disagreement(Mismatch.VALUE, figure.printed)
        reasons = [_apart(figure, other, quoted) for other in equal]
        if is_bare_allowed and not modals(figure.part):
            reasons = [None if each is Mismatch.STRENGTH else each for each in reasons]
        if None not in reasons:
            first = min((each for each in reasons if each), key=list(Mismatch).index)
            return Disagreement(first, figure.printed)
    return None


def agree(figure: Figure, other: Figure) -> bool:
    """Whether two figures are equal, bounded alike and bind alike."""
    return figure.amount == other.amount and _apart(figure, other, ()) is None


def _apart(figure: Figure, other: Figure, quoted: Sequence[Figure]) -> Mismatch | None:
    """In what two equal figures differ, None where they agree."""
    mine, its = figure.norm, other.norm
    if (mine.operator, mine.is_approximate) != (its.operator, its.is_approximate):
        return Mismatch.BOUND
    if not _binds_alike(figure, other):
        return Mismatch.STRENGTH
    return None if _same_owner(figure, other, quoted) else Mismatch.OWNER


def _binds_alike(figure: Figure, other: Figure) -> bool:
    """Whether a figure binds as much as the one quoted; of its words only 应 may be left out."""
    mine, its = figure.norm.strength, other.norm.strength
    if its in WEAK:
        return mine is its or its in _strengths(figure.part)
    # weaker than the quote, unless the quote's sentence says that word too
    return mine not in WEAK or mine in _strengths(other.sentence)


def _strengths(text: str) -> set[Strength]:
    return {strength for _, strength in modals(text)}


def _same_owner(figure: Figure, other: Figure, quoted: Sequence[Figure]) -> bool:
    """Whether the words beside a figure are not those beside another figure of the same sentence.

    Of 新建社区不少于100平方米，既有社区不少于60平方米 the statement 既有社区不少于100平方米 is false.
    """
    beside = [one for one in quoted if one.sentence == other.sentence and one.norm != other.norm]
    mine = _words(figure.part)
    for one in beside:
        if one.part == other.part:
            if _SHARED.search(one.part) and other.part not in figure.sentence:
                return False
            continue
        alien, own = _words(one.part) - _words(other.part), _words(other.part) - _words(one.part)
        if mine & alien and not mine & own:
            return False
    return True


def _words(part: str) -> set[str]:
    return {word for word in segmentation.words(part) if len(word) >= _WORD_CHARS and not word[0].isascii()}
