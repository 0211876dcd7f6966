"""Places are compared on one matter: where a library has much else, its documents on that matter speak.

北京和上海的收费有什么不同 is asked of the documents on 社区嵌入式服务设施 that both have; what 上海's statute
on burials says of fees is no other answer to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.judging.evidence import Evidence
from assistant.library import Library
from assistant.questions.scopes import Desk, Scope, documents_in

_AS_SURE = 0.6
"""Share of the likelihood that the clauses of all documents have, in the places where it speaks, from which
one matter speaks alone: that it is the same in each place counts for the rest."""


_SUREST = 0.65  # … and of the likeliest clause of all that its likeliest must reach


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The places of a comparison, each with its documents on the matter alone, and those without any."""

    scopes: tuple[Scope, ...]
    without: tuple[Scope, ...] = ()


def on_one_matter(scopes: Sequence[Scope], judged: Mapping[str, Sequence[Evidence]], desk: Desk) -> Narrowed:
    """The places narrowed to their documents on the matter that most of what answers is on.

    As they are where no matter joins two of them, where that is all they have, or where documents are named.

    Args:
        scopes: the places.
        judged: label of a place → what was found there.
        desk: its library.
    """
    matter = _matter(judged, desk.library)
    if not matter or any(scope.filters.doc_ids for scope in scopes):
        return Narrowed(tuple(scopes))
    held = {scope.label: [one.doc_id for one in documents_in(scope, desk)] for scope in scopes}
    own = {label: tuple(doc_id for doc_id in its if doc_id in matter) for label, its in held.items()}
    if all(len(own[label]) == len(its) for label, its in held.items()):
        return Narrowed(tuple(scopes))
    narrowed = tuple(
        replace(scope, filters=replace(scope.filters, doc_ids=own[scope.label]))
        for scope in scopes
        if own[scope.label]
    )
    return Narrowed(narrowed, tuple(scope for scope in scopes if not own[scope.label]))


def _matter(judged: Mapping[str, Sequence[Evidence]], library: Library) -> frozenset[str]:
    """The documents on the matter that speaks in two places or more about as surely as all documents do."""
    sums: dict[frozenset[str], dict[str, float]] = defaultdict(dict)
    every = {label: _surest(its) for label, its in judged.items()}
    for label, its in judged.items():
        for item in (one for one in its if one.is_sufficient):
            best = sums[library.on_matter_of(item.clause.doc_id)]
            best[label] = max(best.get(label, 0.0), item.confidence)
    shared = {
        doc_ids: sum(best.values()) for doc_ids, best in sums.items() if len(_places(doc_ids, library)) > 1
    }
    matter = max(shared, key=lambda doc_ids: shared[doc_ids], default=frozenset[str]())
    if not matter or max(sums[matter].values()) < _SUREST * max(every.values()):
        return frozenset()
    beside = sum(every[label] for label in sums[matter])
    return matter if shared[matter] >= _AS_SURE * beside else frozenset()


def _surest(evidence: Sequence[Evidence]) -> float:
    return max((item.confidence for item in evidence if item.is_sufficient), default=0.0)


def _places(doc_ids: frozenset[str], library: Library) -> set[str | None]:
    return {library.document(doc_id).metadata.jurisdiction for doc_id in doc_ids}
