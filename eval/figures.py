"""A measured value beside its aim, and what measuring shares."""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value and what we aim for; `aim` None where a figure only informs."""

    name: str
    label: str
    value: float
    unit: str
    aim: float | None = None
    higher_is_better: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the value is under the aim, or at least the aim where higher is better.

        None without an aim.

        >>> Figure("build_s", "建立索引", 3.0, "秒", aim=3.0).is_met
        False
        >>> Figure("parse_mb_s", "解析速度", 2.0, "MB/秒", aim=2.0, higher_is_better=True).is_met
        True
        """
        if self.aim is None:
            return None
        return self.value >= self.aim if self.higher_is_better else self.value < self.aim


class BenchError(RuntimeError):
    """A measured process failed, so there is no figure to report."""


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1] of `values` do not exceed (nearest rank).

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5)
    2.0
    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.95)
    4.0
    """
    ordered = sorted(values)
    rank = max(1, -(-round(share * 1000) * len(ordered) // 1000))
    return ordered[rank - 1]


def peak_mib() -> float:
    """The most memory this process has held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / MIB
