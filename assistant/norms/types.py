"""What a clause requires, in parts that can be compared: `Norm`, `Operator`, `Strength`, `Deadline`.

Everything here was read from the wording by code (`assistant.norms.reading`) and points back to it:
`document.text[start:end]` is the sentence, `document.text[figure_start:figure_end]` the figure as printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

DATE_UNIT = "日期"
"""Unit of a norm whose figure is a day: the day stands in `Norm.deadline`."""


class Operator(StrEnum):
    """How a figure bounds what it measures; 以上, 以下, 以内 include it, 超过, 不满 do not (民法典 §1259)."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    ABOUT = "≈"  # 左右, 约
    RANGE = "range"  # 三至五年, 五百元以上五千元以下: both ends included
    MORE_THAN = ">"
    LESS_THAN = "<"


class Strength(StrEnum):
    """How binding a norm is, as its wording says."""

    MUST = "应"  # 应, 应当, 须, 要, 需; 给予, 处; a bare 不少于 or 不超过
    MUST_NOT = "不得"  # 不得, 禁止, 严禁, 不再, 避免
    IN_PRINCIPLE = "原则上"
    GENERALLY = "一般"
    SHOULD = "宜"  # 宜, 不宜, 优先
    ENCOURAGED = "鼓励"  # 鼓励, 倡导, 提倡
    SUPPORTED = "支持"  # 支持, 探索, 推广
    MAY = "可"  # 可, 可以, 允许
    TARGET = "目标"  # 到2027年, 力争; 左右 without any other word
    STATED = "陈述"  # 有效期三年, 分为四个等级


class NormKind(StrEnum):
    """What kind of content a norm has."""

    FIGURE = "figure"  # a number with a unit
    DATE = "date"  # a day or year by which, or from which
    DUTY = "duty"  # neither: who is to do what, and how binding it is


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due (or from which it holds), as printed and as a day."""

    text: str  # 2024年12月底前, verbatim
    day: date | None  # last day of a year or month named; None for 每年3月底前


@dataclass(frozen=True, slots=True)
class Norm:
    """One thing a clause says: a figure, a date or a duty, with all that qualifies it.

    A figure has `operator`, `value` and `unit`; a range has `value` as its lower and `high` as its
    upper end. Money is in 元 whatever is printed (`printed` keeps 5000万元), fractions are in %.
    """

    kind: NormKind
    subject: str | None  # words of the clause: 新建试点社区
    indicator: str | None  # what is measured: 建筑面积
    operator: Operator | None
    value: Decimal | None
    high: Decimal | None  # upper end of a range
    unit: str | None  # 平方米, 元, %, 个, 月 …; DATE_UNIT
    per: str | None  # base of the figure, as printed: 每百户居民, 每人每月
    printed: str | None  # the figure as printed with its bounding words: 不少于30平方米
    is_approximate: bool  # 左右, 约, beside whatever bound
    conditions: tuple[str, ...]  # words of the clause: 有条件的社区
    strength: Strength
    bodies: tuple[str, ...]  # who answers for it, as named
    deadline: Deadline | None
    clause_id: str
    text_hash: str  # of the clause it was read from
    start: int  # the sentence: document.text[start:end]
    end: int
    figure_start: int  # the figure in it; equal to start and end where there is none
    figure_end: int

    @property
    def is_figure(self) -> bool:
        """Whether it measures something (a number with a unit)."""
        return self.kind is NormKind.FIGURE
