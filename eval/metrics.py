"""What is measured, as pure functions over ids, texts and yes/no.

A measure of one case is a `Ratio`; ratios add up to the measure of many cases, so nothing
that does not apply to a case (recall of a question without an answer) enters its mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexing.folding import fold_tight

Gold = Sequence[Collection[str]]
"""For each gold group, every clause id that counts as right: see `eval.relations.right_ids`."""

_HAN_DIGITS = "〇零一二三四五六七八九十百千"


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`; a whole of 0 where the measure does not apply.

    >>> (Ratio(1, 1) + Ratio(0.5, 1) + Ratio()).value
    0.75
    """

    part: float = 0.0
    whole: float = 0.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.part + other.part, self.whole + other.whole)

    @property
    def value(self) -> float | None:
        """The quotient, None where there is nothing to divide by."""
        return self.part / self.whole if self.whole else None


# ---- finding ----


def recall_at_k(gold: Gold, found: Sequence[str], k: int) -> float:
    """The share of gold groups that one of the first `k` clauses found answers.

    Args:
        gold: at least one group.
        found: clause ids, best first.
        k: 1 or more.

    Raises:
        ValueError: there is no gold, so recall is not defined.

    >>> recall_at_k([{"a#1", "a#2"}, {"b#1"}], ["c#9", "a#2", "b#1"], 2)
    0.5
    """
    if not gold:
        raise ValueError("recall needs gold")
    return share_held(gold, found[:k])


def reciprocal_rank(gold: Gold, found: Sequence[str]) -> float:
    """1 / rank of the first clause found that is right for any group; 0.0 when none is.

    >>> reciprocal_rank([{"a#1"}], ["c#9", "a#1"])
    0.5
    """
    for rank, clause_id in enumerate(found, start=1):
        if any(clause_id in group for group in gold):
            return 1.0 / rank
    return 0.0


# ---- answers ----


def share_held(gold: Gold, cited: Collection[str]) -> float:
    """The share of gold groups of which a cited clause is right: recall against the gold clauses.

    Raises:
        ValueError: there is no gold.

    >>> share_held([{"a#1"}, {"b#1"}], {"b#1", "c#1"})
    0.5
    """
    if not gold:
        raise ValueError("recall needs gold")
    return sum(any(clause_id in group for clause_id in cited) for group in gold) / len(gold)


def share_right(gold: Gold, cited: Collection[str]) -> float:
    """The share of cited clauses that are right for some group: precision against the gold clauses.

    Raises:
        ValueError: nothing is cited.

    >>> share_right([{"a#1"}], ["a#1", "c#1"])
    0.5
    """
    if not cited:
        raise ValueError("precision needs citations")
    return sum(any(clause_id in group for group in gold) for clause_id in cited) / len(cited)


def holds(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text`, whatever the widths and spaces, and not inside a longer number.

    >>> holds("补助总额不超过 5000万元", "5000万元"), holds("15000万元", "5000万元"), holds("十三年", "三年")
    (True, False, False)
    """
    folded, pattern = fold_tight(text), re.escape(fold_tight(wanted))
    return re.search(_not_after_number(wanted) + pattern + _not_before_number(wanted), folded) is not None


def _not_after_number(wanted: str) -> str:
    """A look-behind that keeps a wanted number from being the end of a longer one."""
    first = fold_tight(wanted)[:1]
    if first.isdecimal():
        return r"(?<!\d)(?<!\d\.)"
    return f"(?<![{_HAN_DIGITS}])" if first and first in _HAN_DIGITS else ""


def _not_before_number(wanted: str) -> str:
    """A look-ahead that keeps a wanted number from being the beginning of a longer one."""
    last = fold_tight(wanted)[-1:]
    if last.isdecimal():
        return r"(?!\d)(?!\.\d)"
    return f"(?![{_HAN_DIGITS}])" if last and last in _HAN_DIGITS else ""


def missing_groups(must: Sequence[Sequence[str]], texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of which no alternative stands in any of `texts`; empty when the answer is complete.

    >>> missing_groups([["30%"], ["三年", "3年"]], ["给予30%的补助", "为期一年"])
    (('三年', '3年'),)
    """
    return tuple(
        tuple(group) for group in must if not any(holds(text, one) for one in group for text in texts)
    )


def shown_against(must_not: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Those strings of `must_not` that stand in one of `texts`.

    >>> shown_against(["1亿元", "50%"], ["不超过5000万元", "上限是1亿元"])
    ('1亿元',)
    """
    return tuple(bad for bad in must_not if any(holds(text, bad) for text in texts))


# ---- refusing and correcting ----


@dataclass(frozen=True, slots=True)
class Refusal:
    """What one case adds to three measures of refusing."""

    precision: Ratio  # right refusals of all refusals
    recall: Ratio  # right refusals of all questions that have no answer
    false: Ratio  # refusals of questions that have one


def refusal(*, should: bool, refused: bool) -> Refusal:
    """The marks of one case, to be added up.

    Args:
        should: whether the case has no answer.
        refused: whether none was given.

    >>> refusal(should=False, refused=True).false.value
    1.0
    """
    return Refusal(
        Ratio(float(refused and should), float(refused)),
        Ratio(float(refused and should), float(should)),
        Ratio(float(refused and not should), float(not should)),
    )


def corrects(
    must: Sequence[Sequence[str]], must_not: Sequence[str], statements: Sequence[Sequence[str]]
) -> bool:
    """Whether an answer sets a wrong premise right, and begins with it.

    Every `must` group is shown, at least one of them by the first statement, and no statement
    says what it must not.

    Args:
        must: what holds, in groups of alternatives; at least one group.
        must_not: what does not hold, as an answer that falls for it would say it.
        statements: of each statement its text, then its quotes, in the order shown.

    >>> corrects([["5000万元"]], ["1亿元"], [["北京市：不超过5000万元。", "不超过5000万元"]])
    True
    >>> corrects([["5000万元"]], [], [["北京市：补助30%。"], ["不超过5000万元。"]])
    False
    """
    if not statements:
        return False
    shown = [text for statement in statements for text in statement]
    begins = len(missing_groups(must, statements[0])) < len(must)
    stated = [statement[0] for statement in statements]
    return begins and not missing_groups(must, shown) and not shown_against(must_not, stated)
