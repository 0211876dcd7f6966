"""What a comparison is made of: topics, columns, cells, rows. Frozen, with tuples inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.norms import Operator, Strength
from assistant.types import Citation, Statement


class CellStatus(StrEnum):
    """How far a document speaks to a topic; silence is a status, never an empty cell."""

    REGULATED = "有规定"  # a figure, a duty, a prohibition or a permission
    IN_PRINCIPLE = "原则性"  # only encouraged or supported, or words where the topic is a figure
    ELSEWHERE = "指向库外"  # refers to a document the library does not hold
    NOT_FOUND = "未检出规定"  # neither rules nor search found anything; nobody has confirmed it
    SILENT = "未规定"  # a person has confirmed that the document is silent


SAID = frozenset({CellStatus.REGULATED, CellStatus.IN_PRINCIPLE, CellStatus.ELSEWHERE})
"""The statuses that need a quote."""


class Relation(StrEnum):
    """A local cell beside the national text. A silent cell has none: silence is not laxity."""

    STRICTER = "严于"
    EQUAL = "等于"
    LOOSER = "宽于"
    INCOMPARABLE = "不可比"
    NATION_SILENT = "国家未规定"


class Difference(StrEnum):
    """In what the cells of a row differ."""

    VALUE = "数值不同"
    STRENGTH = "力度不同"
    PRESENCE = "有无不同"
    BASIS = "⚠口径不同"


class FigureNeed(StrEnum):
    """What figures are to a topic."""

    REQUIRED = "required"  # the topic is a figure: words without one are only 原则性
    OPTIONAL = "optional"  # figures in the topic's units are shown where there are any
    NONE = "none"


Patterns = tuple[str, ...]
"""Regular expressions on folded text (`indexing.folding.fold_tight`); any of them is enough."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing documents may be compared on; of a free text only `name` and `asks` are filled."""

    id: str
    name: str
    group: str
    asks: tuple[str, ...]  # how people ask for it
    says: tuple[Patterns, ...] = ()  # a sentence speaks to it when it says one of each group
    also: Patterns = ()  # … or any of these
    unless: Patterns = ()  # parts of a sentence that speak of something else
    units: tuple[str, ...] = ()  # of figures that belong to it; empty shows none
    figure: FigureNeed = FigureNeed.NONE
    figure_says: Patterns = ()  # what the part of the sentence with the figure must say
    figure_unless: Patterns = ()  # … and must not
    is_dated: bool = False  # a sentence under a day that fits speaks to it too: 到2025年，… 。遴选80个 …
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A jurisdiction, or one document, that the topics are looked up in."""

    label: str  # 北京市; with the title where a place has several columns
    code: str | None  # GB/T 2260; None where the document does not say
    doc_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit made one, and all that decides what it may be compared with."""

    operator: Operator
    value: Decimal
    high: Decimal | None  # upper end of a range
    unit: str  # ㎡, ㎡/百户, 元, %, 项 …
    is_approximate: bool
    strength: Strength
    printed: str  # 不少于30平方米, verbatim
    words: str  # the part of the sentence it stands in, verbatim
    subject: str | None  # 新建试点社区
    basis: tuple[str, ...]  # what it is counted on: 平均, 新建, 有条件; sorted
    citation: Citation  # the sentence it stands in

    @property
    def measure(self) -> tuple[Operator, Decimal, Decimal | None, str]:
        """What two figures share when they say the same number."""
        return self.operator, self.value, self.high, self.unit


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that speaks to the topic, and how binding what it says of it is."""

    citation: Citation
    strength: Strength


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says to one topic. Only a silent cell has no quote, and it has no figure either."""

    column: str
    status: CellStatus
    figures: tuple[Figure, ...] = ()
    strength: Strength | None = None  # of its figures the most binding, else of its first quote
    bodies: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()  # as printed: 到2027年
    quotes: tuple[Quote, ...] = ()  # best first
    cited: tuple[str, ...] = ()  # titles outside the library it refers to
    is_certain: bool = True  # False: what is quoted may speak of something else, 待核
    reviewed_by: str | None = None  # None: extracted by code, nobody has confirmed it
    reviewed_on: date | None = None
    review_note: str | None = None  # what that person wrote, and which figures were corrected, old → new

    def __post_init__(self) -> None:
        if (self.status in SAID) != bool(self.quotes) or (self.figures and not self.quotes):
            raise ValueError(f"{self.column}: {self.status} with {len(self.quotes)} quotes")


@dataclass(frozen=True, slots=True)
class Row:
    """One topic across all columns; `cells` and `relations` stand in the order of the columns."""

    topic: Topic
    cells: tuple[Cell, ...]
    relations: tuple[Relation | None, ...]  # None for the nation itself, silence, or no national text
    reasons: tuple[str | None, ...]  # why a relation is what it is
    differences: tuple[Difference, ...]
    summary: tuple[Statement, ...]
    silent: tuple[str, ...]  # sentences on what no clause can be cited for


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read for the comparison."""

    doc_id: str
    title: str
    document_number: str | None
    jurisdiction: str | None
    issued_on: date | None
    effective_from: date | None
    expires_on: date | None
    is_trial: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Topics × columns, with what differs and what each cell rests on."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    summary: tuple[Statement, ...]
    notes: tuple[str, ...]  # sentences a reader must know: what was left out, what counts as what
    sources: tuple[Source, ...]
    as_of: date
