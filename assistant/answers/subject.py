"""Whether clauses of several places speak of the subject compared, by the words that make it.

Between many documents on one matter, a clause near the subject is found everywhere: where one place's clause
says 专项债, another's on 补助 is no answer. And no place is silent whose clause says the subject itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers.agreeing import agreement
from assistant.judging.evidence import Evidence, Passage
from assistant.library import Library
from assistant.questions.weighing import Term, is_thing
from assistant.questions.wording import question_words

_PRINCIPAL = 0.5  # a word makes the subject when it weighs this share of the heaviest
_SAID_IN_PARTS = 0.6  # 托育服务 is said where 托育 is
_NAMED = 0.7  # share of the subject that a clause of one place must say before others are held to it
_WHO_SAYS, _EACH = 0.42, 0.25
"""Share of what the best clause says below which a place's clause is of something else: where it is asked
which places say a thing, and, of clauses that do not suffice alone, where each is asked for itself."""
_ALIKE = 0.3  # agreement with a clause that names the subject from which another says it in other words
_WHOLE = 0.9  # share of the subject that one sentence must say to speak for its place by itself
_TELLING = 1.5  # weight of its heaviest word below which a subject is one that every document names
# What is wanted of a subject and no subject: 托育的服务形式, 至少几项
ASPECTS = frozenset(
    ("形式", "方式", "模式", "至少", "最多", "最少", "具体", "情况", "内容", "方面", "范围", "办法", "途径")
)


def subject_of(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The words that make a subject, and their pairs; empty for no terms.

    Things where there are any, else whatever is asked about.
    """
    aside = ASPECTS | question_words().soft
    telling = [term for term in terms if term.surface not in aside]
    some = [term for term in telling if is_thing(term)] or telling or terms
    heaviest = max((term.weight for term in some), default=0.0)
    return tuple(term for term in some if term.weight >= _PRINCIPAL * heaviest)


def share_said(folded: str, subject: Sequence[Term]) -> float:
    """The share of a subject, by weight, that a folded text says; 0 for no subject."""
    total = sum(term.weight for term in subject)
    return sum(term.weight for term in subject if _says(folded, term)) / total if total else 0.0


def on_subject(
    found: Mapping[str, Sequence[Evidence]],
    judged: Mapping[str, Sequence[Evidence]],
    terms: Mapping[str, Sequence[Term]],
    library: Library,
    *,
    who_says: bool,
) -> dict[str, list[Evidence]]:
    """The evidence of each place, by label: not what is beside the subject, and what says it outright.

    A clause in other words is kept where it says what the clause of a place says that names the subject.

    Args:
        found: evidence chosen; empty where a place seems silent.
        judged: all that was judged.
        terms: what is asked of each place.
        library: what the clauses stand in.
        who_says: whether it is asked which places say the thing, or whether all do.
    """
    subjects = {label: subject_of(some) for label, some in terms.items()}
    shares = {label: _most_said(its, subjects[label], library) for label, its in found.items()}
    most = max(shares.values(), default=0.0)
    least = (_WHO_SAYS if who_says else _EACH) * most
    naming = [one for label, its in found.items() if shares[label] >= _NAMED for one in its]
    is_own = all(term.is_own for some in subjects.values() for term in some)
    out: dict[str, list[Evidence]] = {}
    for label, its in found.items():
        is_sure = (not who_says or not naming) and any(one.is_sufficient for one in its)
        is_borne_out = any(agreement(one, other, library) >= _ALIKE for one in its for other in naming)
        is_beside = shares[label] < least if naming else who_says and is_own and shares[label] < _EACH
        kept = [] if is_beside and not (is_sure or is_borne_out) else list(its)
        outright = None if kept else _outright(judged[label], subjects[label], library)
        out[label] = [outright] if outright else kept
    return out


def _most_said(evidence: Sequence[Evidence], subject: Sequence[Term], library: Library) -> float:
    """The most of a subject that one of some clauses says with its headings; 0 for none."""
    texts = (f"{library.folded(one.clause)}|{library.context(one.clause)}" for one in evidence)
    return max((share_said(text, subject) for text in texts), default=0.0)


def _outright(judged: Sequence[Evidence], subject: Sequence[Term], library: Library) -> Evidence | None:
    """The clause with a sentence that says the whole subject in its words, of which that is left; or None."""
    if max((term.weight for term in subject), default=0.0) < _TELLING:
        return None
    best: tuple[float, float, Evidence] | None = None
    bare = tuple(replace(term, parts=()) for term in subject)
    for item in (one for one in judged if one.fits):
        for start, end, folded in library.sentences(item.clause):
            share = share_said(folded, bare)
            if share >= _WHOLE and (best is None or (share, item.confidence) > best[:2]):
                span = Passage(item.clause.start + start, item.clause.start + end, share)
                best = (share, item.confidence, replace(item, passages=(span,)))
    return best and best[2]


def _says(folded: str, term: Term) -> bool:
    return any(form in folded for form in term.forms) or term.said_in_parts(folded) >= _SAID_IN_PARTS
