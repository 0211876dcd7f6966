"""Where a question is to be answered: the places and documents it names, one scope each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.answers.particulars import name
from assistant.judging.evidence import Evidence
from assistant.judging.sufficiency import Sufficiency
from assistant.library import Library
from assistant.questions.question import Question
from assistant.writing.writer import Writer
from indexing.jurisdictions import MUNICIPALITIES, NATION, full_name, name_of
from indexing.types import ClauseHit, Document, SearchFilter, SearchMode
from indexing.units import in_force
from prompts.library import fill

_SEVERAL, _ONE, _ANYWHERE = 1, 3, 5  # statements at most of each of several scopes, of one, of everywhere


_YEAR_OF_NUMBER = re.compile(r"\[(\d{4})\]")  # as folded; printed 〔2024〕 (GB/T 9704—2012 §7.2.5)
# "北京和《…导则》分别怎么规定" asks two; "北京的《…导则》怎么规定" one
_JOINED = re.compile(r"分别|各自|[和与跟同及、](?:《|$|对|在|的|,|怎|如|有)|对比|比较|区别|不同")


class Searcher(Protocol):
    """What answering needs of the index."""

    def search(
        self,
        query: str,
        *,
        top_k: int = ...,
        mode: SearchMode = ...,
        filters: SearchFilter = ...,
    ) -> tuple[ClauseHit, ...]:
        """Clauses for a query, best first; `asked` is the question it was made of."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an answer is made with."""

    library: Library
    searcher: Searcher
    writer: Writer
    filters: SearchFilter
    as_of: date
    sufficiency: Sufficiency | None = None  # None where no calibrated model fits the retrieval in use
    watch: Callable[[Sequence[Evidence]], None] = lambda _: None  # told what was judged, for calibration
    near: frozenset[tuple[str, str]] = frozenset()  # (doc_id, path) cited in the turn a follow-up leans on


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: a place, or documents named; `filters` has the caller's restrictions in it."""

    label: str
    filters: SearchFilter
    code: str | None  # None when everything is searched
    most: int  # statements shown at most


def refusals(question: Question) -> list[str]:
    """Sentences on documents named that the library lacks."""
    return [
        fill(
            "cited_not_held" if reference.is_cited else "not_held",
            document=_YEAR_OF_NUMBER.sub(r"〔\1〕", reference.document or ""),
        )
        for reference in question.references
        if not reference.is_held and not (reference.is_mention and not reference.steps)
    ]


def scopes_of(question: Question, desk: Desk) -> tuple[list[Scope], list[str]]:
    """Where to look, and sentences on places that cannot be looked up; no scope when only such are named.

    Documents named come before places, and places before the whole library.
    """
    library = desk.library
    absent = [_absence(place, library) for place in question.absent]
    doc_ids = dict.fromkeys(doc_id for reference in question.references for doc_id in reference.doc_ids)
    if doc_ids:
        most = _ONE if len(doc_ids) == 1 else _SEVERAL
        return [document_scope(library.document(doc_id), desk, most) for doc_id in doc_ids], absent
    absent += _provinces_instead(question)
    names_unheld = any(not r.is_held and not r.is_mention for r in question.references)
    if names_unheld and not _JOINED.search(question.body):
        return [], absent  # what the document says of it cannot be read out of others
    codes = list(question.jurisdictions)
    if question.all_cities:
        codes += sorted(library.jurisdictions - {NATION, *codes})
    allowed = desk.filters.jurisdictions
    absent += [fill("outside_filter", place=label(code)) for code in codes if allowed and code not in allowed]
    codes = [code for code in codes if not allowed or code in allowed]
    most = _ONE if len(codes) == 1 else _SEVERAL
    scopes = [place_scope(code, desk, most) for code in codes]
    return scopes or ([] if absent or names_unheld else [everywhere(desk)]), absent


def label(code: str) -> str:
    """国家层面 for the nation, else the name of the place."""
    return "国家层面" if code == NATION else name_of(code)


def _provinces_instead(question: Question) -> list[str]:
    """Sentences on cities named of which only the province is held."""
    cities: dict[str, list[str]] = {}
    for code, city in question.districts:
        if is_province(code):
            cities.setdefault(code, []).append(city)
    return [
        fill("province_instead", place="、".join(names), province=name_of(code))
        for code, names in cities.items()
    ]


def is_province(code: str) -> bool:
    """Whether the places inside have governments of their own: 广东省, not 重庆市 or 杭州市."""
    return code != NATION and code.endswith("0000") and code not in MUNICIPALITIES


def place_scope(code: str, desk: Desk, most: int) -> Scope:
    """The documents of one jurisdiction."""
    return Scope(label(code), replace(desk.filters, jurisdictions=(code,)), code, most)


def document_scope(document: Document, desk: Desk, most: int) -> Scope:
    """One document, whatever else the caller's filters allow."""
    filters = replace(desk.filters, doc_ids=(document.doc_id,))
    return Scope(name(document), filters, document.metadata.jurisdiction, most)


def everywhere(desk: Desk) -> Scope:
    """All the caller's filters allow."""
    return Scope("", desk.filters, None, _ANYWHERE)


def _absence(place: str, library: Library) -> str:
    if place == NATION:
        return fill("no_nation")
    below = library.below(place)
    if below:
        return fill("province_only", place=name_of(place), cities="、".join(map(name_of, below)))
    return fill("no_city", place=full_name(place))


def out_of_force(scope: Scope, desk: Desk) -> list[Document]:
    """Documents of a scope left out because they are not in force on the day."""
    if desk.filters.as_of is None:
        return []
    return [
        document
        for document in documents_in(scope, desk)
        if not in_force(document.metadata, desk.filters.as_of)
    ]


def documents_in(scope: Scope, desk: Desk) -> list[Document]:
    """Documents of the library that a scope lets through, in force or not."""
    return [
        document
        for document in desk.library.documents
        if (not scope.filters.doc_ids or document.doc_id in scope.filters.doc_ids)
        and (not scope.filters.jurisdictions or document.metadata.jurisdiction in scope.filters.jurisdictions)
    ]
