"""The sentence a comparison opens with where nothing is measured: which places speak, what came first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answers.comparisons import Form
from assistant.judging.evidence import Evidence
from assistant.library import Library
from assistant.types import Citation, Statement
from assistant.verification.verifying import printed_date
from assistant.writing.citing import cite
from indexing.numerals import chinese_numeral
from prompts.library import fill


def speaking(found: Mapping[str, Sequence[Evidence]], form: Form, library: Library) -> Statement | None:
    """Which of the places compared have a clause on the matter, as it was asked; None where none has.

    Args:
        found: label of a place → its evidence, empty where it is silent.
        form: what is asked of all places together; None comes back where each is asked for itself.
        library: what the clauses stand in.
    """
    some = {label: evidence[0] for label, evidence in found.items() if evidence}
    if not some or form is Form.EACH:
        return None
    is_all = len(some) == len(found)
    frame, values = "speaking_all" if is_all else "speaking", {"places": "、".join(some)}
    if form is Form.COUNT:
        frame, values = "speaking_count", {**values, "count": chinese_numeral(len(some))}
    elif form is Form.ALL and not is_all:
        frame = "speaking_not_all"
    citations = [_cited(one, library) for one in some.values()]
    return Statement(fill(frame, **values), tuple(dict.fromkeys(citations)))


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
