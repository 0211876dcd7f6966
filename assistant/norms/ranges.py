"""Two bounds that are one range: 五百元以上五千元以下 → 500 to 5000 元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.norms.bounds import Bound
from assistant.norms.quantities import Quantity
from assistant.norms.types import Operator

_BETWEEN = re.compile(r"[\s、,，]*(?:且|并|但|至|到)?(?:不超过|不高于|至多|最高)?\s*")
_RANGE_ENDS = (Operator.AT_LEAST, Operator.AT_MOST)
Bounded = tuple[Quantity, Bound]


def merged(text: str, found: Sequence[Bounded]) -> list[Bounded]:
    """The bounded quantities with each ≥ that a ≤ of the same unit follows at once made one range.

    三年以上不满五年 stays two: its upper end is not included.
    """
    out: list[Bounded] = []
    for quantity, bound in found:
        if out and _is_range(text, out[-1], (quantity, bound)):
            first, first_bound = out[-1]
            whole = replace(first, end=quantity.end, high=quantity.value)
            out[-1] = (
                whole,
                replace(first_bound, operator=Operator.RANGE, end=bound.end, is_worded=True),
            )
        else:
            out.append((quantity, bound))
    return out


def _is_range(text: str, low: Bounded, high: Bounded) -> bool:
    (first, first_bound), (second, second_bound) = low, high
    operators = (first_bound.operator, second_bound.operator)
    between = text[first_bound.end : second.start]
    return (
        operators == _RANGE_ENDS
        and first.unit == second.unit
        and not first_bound.word  # 不少于五日且不超过六十日 are two
        and not second_bound.word
        and first.high is None
        and second.high is None
        and first.value < second.value
        and _BETWEEN.fullmatch(between) is not None
    )
