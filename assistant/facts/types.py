"""The nouns of a fact sheet: what a fact is called, where it stands, what is wrong with it.

Standard library only. A fact that is not known is not in the sheet, or stands there with
`value=None` when somebody wrote 未知; it is never "" or 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class FactKind(StrEnum):
    """How a fact is written and compared."""

    TEXT = "text"  # a name or description
    EVIDENCE = "evidence"  # a paper or a step: what it is, or 无
    FLAG = "flag"  # 是, 否, 未知
    NUMBER = "number"  # in the unit of the dictionary
    AREA = "area"  # ㎡
    MONEY = "money"  # 万元
    PERCENT = "percent"  # 30 for 30%
    DATE = "date"
    CHOICE = "choice"  # one of a list
    CHOICES = "choices"  # several of a list
    NAMES = "names"  # several free names
    TABLE = "table"  # rows of named columns
    PLACE = "place"  # an administrative division


UNITS = {FactKind.AREA: "㎡", FactKind.MONEY: "万元", FactKind.PERCENT: "%"}
"""What numbers of a kind are kept in; of a NUMBER the dictionary says it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; an empty cell is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | Decimal | None, ...], ...]

    def column(self, name: str) -> tuple[str | Decimal | None, ...]:
        """The cells of a column from top to bottom; empty when there is no such column."""
        if name not in self.columns:
            return ()
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)


Value = bool | Decimal | str | date | tuple[str, ...] | Table
"""What is known. `False` for a text or paper says that there is none; `()` for choices the same."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list, and the other words officers write for it."""

    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """A wording of running text that states a fact: a regular expression, and the value it says.

    Without `value` the group `v` of the expression is the value as written.
    """

    pattern: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class NamedPart:
    """What a part of an amount is called, and the fact it states: 其中|加建|90㎡.

    A pattern that is empty takes a bare amount in another unit: 3640户、|9800人|.
    """

    pattern: re.Pattern[str]
    key: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One entry of the dictionary."""

    key: str
    label: str
    kind: FactKind
    group: str
    unit: str = ""
    aliases: tuple[str, ...] = ()  # other names, known in running text too
    labels: tuple[str, ...] = ()  # names only where they stand as a label of their own: 投资情况, 机制
    choices: tuple[Choice, ...] = ()
    is_open: bool = False  # other values than the choices may be written
    whole: tuple[
        tuple[str, ...], ...
    ] = ()  # kinds that 其余都有 or N类齐全 stands for, each with its choices
    columns: tuple[str, ...] = ()
    parts: tuple[NamedPart, ...] = ()  # other facts that stand beside the amount, under the same label
    minimum: Decimal | None = None
    above: Decimal | None = None  # exclusive minimum
    maximum: Decimal | None = None
    is_whole: bool = False
    is_joined: bool = False  # text said in several places is all of it: 按京政发7号配建；执行建设导则
    sayings: tuple[Saying, ...] = ()
    date_key: str | None = None  # the fact a date inside this paper's description states
    formula: str | None = None  # derived: computed, never typed in
    jurisdictions: tuple[str, ...] = ()  # GB/T 2260 codes it is for; empty for all
    note: str = ""

    @property
    def is_derived(self) -> bool:
        """Whether code computes it."""
        return self.formula is not None


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a text that state a fact; `value` where the dictionary says what they mean."""

    spec: FactSpec
    words: str  # the value as written
    context: str  # the words it was recognised by
    start: int
    end: int
    value: str | None = None
    is_saying: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: file, place in it (第3行, 工作表1!B3), the words themselves."""

    file: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a sheet; `value` is None when its writer says it is not known."""

    key: str
    value: Value | None
    source: Source
    remarks: tuple[str, ...] = ()  # how the words were understood: 按万元读入
    latest: date | None = None  # of a date written as a month, `value` being its first day


class Severity(StrEnum):
    """Whether the words could not be used, or were used and should be looked at."""

    ERROR = "错误"
    WARNING = "提醒"


@dataclass(frozen=True, slots=True)
class Issue:
    """One sentence on something in a fact sheet that is wrong or doubtful."""

    severity: Severity
    message: str
    key: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words that state no fact we know, with the labels most like them."""

    source: Source
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact computed from others; `arithmetic` shows how, `missing` the keys it lacks."""

    key: str
    value: Value | None
    arithmetic: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactSheet:
    """What is known of one project: facts by key, in the order read."""

    facts: Mapping[str, Fact] = field(default_factory=dict)

    def value(self, key: str) -> Value | None:
        """The value of a fact; None when it is not known."""
        fact = self.facts.get(key)
        return fact.value if fact else None


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact sheet as read from a file, with all that a person should confirm or mend."""

    sheet: FactSheet
    issues: tuple[Issue, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether some words could not be used."""
        return any(issue.severity is Severity.ERROR for issue in self.issues)
