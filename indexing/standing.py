"""Whether a document applies on a day, and how long: 现行有效, 试行, 有效期至…, 已过期, 未载明.

Read from what the document says of itself (`Metadata`). That another document may have
repealed it, the library cannot know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indexing.types import Clause, Metadata

_TRIAL = ("试行", "暂行")
ClauseLookup = Callable[[str], "Clause | None"]
"""path → the clause of one document, None where there is none."""


class Force(StrEnum):
    """What the dates of a document say about a day."""

    IN_FORCE = "in_force"  # 现行有效
    NOT_YET = "not_yet"  # 尚未施行
    EXPIRED = "expired"  # 已过期
    UNSTATED = "unstated"  # it states neither when it begins nor when it ends


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document, or one part of it, stands on `day`."""

    day: date
    force: Force
    is_trial: bool
    effective_from: date | None
    expires_on: date | None
    expires_on_inferred: bool  # worked out from 有效期三年
    valid_for: str | None  # 有效期 as worded
    issued_on: date | None  # 成文日期


def standing(metadata: Metadata, day: date, part_title: str | None = None) -> Standing:
    """The standing of a document on `day`; the first day counts, and so does the last.

    Args:
        metadata: what the document says of itself.
        day: the day asked about.
        part_title: the title over the part in question. 试行 then counts only where it
            says so: of a notice that issues a 方案 and a 办法（试行）, one is on trial.

    >>> standing(Metadata(expires_on=date(2028, 1, 13)), date(2028, 1, 14)).force.value
    'expired'
    >>> standing(Metadata(), date(2026, 1, 1)).force.value
    'unstated'
    """
    begins, ends = metadata.effective_from, metadata.expires_on
    is_trial = any(word in part_title for word in _TRIAL) if part_title else metadata.is_trial
    return Standing(
        day=day,
        force=_force(begins, ends, day),
        is_trial=is_trial,
        effective_from=begins,
        expires_on=ends,
        expires_on_inferred=metadata.expires_on_inferred,
        valid_for=metadata.valid_for,
        issued_on=metadata.issued_on,
    )


def part_title(clause: Clause, lookup: ClauseLookup) -> str | None:
    """The title printed over the part `clause` stands in: 正文/标题, 附件1/标题; None without one."""
    found = lookup(f"{clause.part}/标题")
    return found.text if found else None


def _force(begins: date | None, ends: date | None, day: date) -> Force:
    if ends is not None and ends < day:
        return Force.EXPIRED
    if begins is not None and day < begins:
        return Force.NOT_YET
    return Force.UNSTATED if begins is None and ends is None else Force.IN_FORCE
