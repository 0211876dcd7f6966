"""Whether clauses of several places speak of the subject compared.

Between many documents on one matter, a clause near the subject is found everywhere: where one place's clause
says 专项债, another's on 补助 is no answer. And no place is silent whose clause says the subject itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answers.agreeing import agreement
from assistant.answers.outright import is_named, outright, shown_of
from assistant.answers.subject import Wordings, most_said, subject_of, wordings_of
from assistant.judging.evidence import Evidence
from assistant.library import Library
from assistant.questions.weighing import Term

_NAMED = 0.7  # share of the subject that a clause of one place must say before others are held to it
_WHO_SAYS, _EACH = 0.65, 0.3
"""Share of what the best clause says below which a place's clause is of something else: where it is asked
which places say a thing, and, of clauses that do not suffice alone, where each is asked for itself."""
_UNNAMED = 0.25  # the same share where no place names the subject
_ALIKE, _ALIKE_TOO = 0.3, 0.45
"""Agreement with a clause that names the subject from which another says it in other words; more where it is
asked which places say the thing."""
_SURE_TO_SAY, _SURE = 0.6, 0.35
"""Likelihood from which a clause that suffices speaks in words of its own where another place's names the
subject; as above."""
_SHOWN = 0.35  # share of the subject below which the sentences chosen give way to one that says it outright


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of one place compared."""

    judged: Sequence[Evidence]  # all that was judged there
    doc_ids: tuple[str, ...]  # its documents
    terms: tuple[Term, ...]  # what is asked of it
    is_exact: bool  # whether a figure or day is


def on_subject(
    found: Mapping[str, Sequence[Evidence]],
    places: Mapping[str, Place],
    topic: str,
    names: Sequence[str],
    library: Library,
    *,
    who_says: bool,
) -> dict[str, list[Evidence]]:
    """The evidence of each place, by label: not what is beside the subject, and what says it outright.

    A clause in other words is kept where it says what the clause of a place says that names the subject.

    Args:
        found: evidence chosen; empty where a place seems silent.
        places: what is known of each.
        topic: what is compared.
        names: the name asked for, which a clause must hold as it stands; empty for none.
        library: what the clauses stand in.
        who_says: whether it is asked which places say the thing, or whether all do.
    """
    subjects = {label: wordings_of(topic, subject_of(one.terms)) for label, one in places.items()}
    named = {label: [one for one in its if is_named(one, names, library)] for label, its in found.items()}
    shares = {label: _most_said(its, subjects[label], library) for label, its in named.items()}
    alike = _ALIKE_TOO if who_says else _ALIKE
    least = (_WHO_SAYS if who_says else _EACH) * max(shares.values(), default=0.0)
    naming = [one for label, its in named.items() if shares[label] >= _NAMED for one in its]
    is_own = all(term.is_own for ways in subjects.values() for words in ways for term in words)
    out: dict[str, list[Evidence]] = {}
    for label, its in named.items():
        sure = (_SURE_TO_SAY if who_says else _SURE) if naming else 0.0
        is_sure = any(one.is_sufficient and one.confidence >= sure for one in its)
        is_borne_out = any(agreement(one, other, library) >= alike for one in its for other in naming)
        is_beside = shares[label] < least if naming else who_says and is_own and shares[label] < _UNNAMED
        kept = [] if is_beside and not (is_sure or is_borne_out) else list(its)
        place, own = places[label], None
        if not kept or (who_says and all(shown_of(one, subjects[label]) < _SHOWN for one in kept)):
            own = outright(subjects[label], place.doc_ids, place.judged, library, is_exact=place.is_exact)
        out[label] = [own] if own and is_named(own, names, library) else kept
    return out


def _most_said(evidence: Sequence[Evidence], subject: Wordings, library: Library) -> float:
    """The most of a subject that one of some clauses says with its headings; 0 for none."""
    texts = (f"{library.folded(one.clause)}|{library.context(one.clause)}" for one in evidence)
    return max((most_said(text, subject) for text in texts), default=0.0)
