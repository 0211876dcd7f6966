"""The sentence a comparison opens with where nothing is measured: which places speak, what came first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.judging.evidence import Evidence
from assistant.library import Library
from assistant.types import Citation, Statement
from assistant.verification.verifying import printed_date
from assistant.writing.citing import cite
from prompts.library import fill


def speaking(found: Mapping[str, Sequence[Evidence]], library: Library) -> Statement | None:
    """Which of the places compared have a clause on the matter; None where none has.

    Args:
        found: label of a place → its evidence, empty where it is silent.
        library: what the clauses stand in.
    """
    some = {label: evidence[0] for label, evidence in found.items() if evidence}
    if not some:
        return None
    frame = "speaking_all" if len(some) == len(found) else "speaking"
    citations = [_cited(one, library) for one in some.values()]
    return Statement(fill(frame, places="、".join(some)), tuple(dict.fromkeys(citations)))


def _cited(evidence: Evidence, library: Library) -> Citation:
    """The first sentence chosen of a clause; the clause where none was."""
    document, clause = library.document(evidence.clause.doc_id), evidence.clause
    spans = [(one.start, one.end) for one in evidence.passages] or [(clause.start, clause.end)]
    return cite(document, library.narrowest(clause, spans[0]), *spans[0])


def in_order_of_days(
    topic: str, days: Mapping[str, tuple[date, Citation]], *, latest_first: bool
) -> Statement | None:
    """Places by a day of their documents; None for fewer than two.

    Args:
        topic: what the days are: 成文日期.
        days: label of a place → the day, and the clause that tells it.
        latest_first: whether the latest is asked for.
    """
    if len(days) < 2:
        return None
    order = sorted(days, key=lambda label: days[label][0], reverse=latest_first)
    named = "、".join(fill("ranked_one", place=label, figure=printed_date(days[label][0])) for label in order)
    frame = "latest_first" if latest_first else "earliest_first"
    return Statement(fill(frame, topic=topic, places=named), tuple(days[label][1] for label in order))
