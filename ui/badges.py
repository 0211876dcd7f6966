"""How a document stands, in the words a reader sees: 现行有效, 试行, 有效期至…, 已过期, 未载明. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexing.standing import Force, Standing

_FORCE_WORDS = {
    Force.IN_FORCE: "现行有效",
    Force.NOT_YET: "尚未施行",
    Force.EXPIRED: "已过期",
    Force.UNSTATED: "未载明",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A word or two on the standing of a document; `kind` is its class in page.css."""

    text: str
    kind: str


def badges(standing: Standing) -> tuple[Badge, ...]:
    """The words in the order in which they are shown; never empty."""
    force = Badge(_FORCE_WORDS[standing.force], standing.force.value)
    return (force, Badge("试行", "trial")) if standing.is_trial else (force,)


def validity_note(standing: Standing) -> str:
    """From when until when, as far as the document says: one phrase, never empty.

    >>> from indexing.standing import standing
    >>> from indexing.types import Metadata
    >>> dated = Metadata(effective_from=date(2025, 1, 13), expires_on=date(2028, 1, 13))
    >>> validity_note(standing(dated, date(2026, 1, 1)))
    '2025年1月13日起施行，有效期至2028年1月13日'
    """
    if standing.force is Force.UNSTATED and standing.valid_for is None:
        issued = f"{chinese_date(standing.issued_on)}成文，" if standing.issued_on else ""
        return f"{issued}未载明施行日期和有效期"
    begins = f"{chinese_date(standing.effective_from)}起施行" if standing.effective_from else "未载明施行日期"
    if standing.expires_on:
        worded = f"（按有效期{standing.valid_for}推算）" if standing.expires_on_inferred else ""
        return f"{begins}，有效期至{chinese_date(standing.expires_on)}{worded}"
    return f"{begins}，有效期{standing.valid_for}" if standing.valid_for else f"{begins}，未载明有效期"


def validity_line(standing: Standing) -> str:
    """Badges and note as one phrase of plain text, for copying."""
    words = "、".join(badge.text for badge in badges(standing) if badge.kind != Force.UNSTATED.value)
    note = validity_note(standing)
    return f"{words}，{note}" if words else note


def chinese_date(day: date) -> str:
    """A day as officials write it.

    >>> chinese_date(date(2025, 1, 13))
    '2025年1月13日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
