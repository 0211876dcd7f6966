"""What the unit numbers of the engines stand for, and which of them a filter lets through.

Kept beside the engines' files in every generation, so that a search reads only the
documents it found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indexing.aspects import said_letters, titles_of
from indexing.holding import traits
from indexing.library import Shelved
from indexing.types import Clause, Level, Metadata, SearchFilter, Span

_FILE = "units.json"


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What a filter asks of a document."""

    doc_id: str
    jurisdiction: str | None
    effective_from: date | None
    expires_on: date | None
    titles: str = ""  # its title and those of its parts, folded

    def passes(self, filters: SearchFilter) -> bool:
        """Whether a search with `filters` may return this document."""
        if filters.doc_ids and self.doc_id not in filters.doc_ids:
            return False
        if filters.jurisdictions and self.jurisdiction not in filters.jurisdictions:
            return False
        return filters.as_of is None or _covers(self.effective_from, self.expires_on, filters.as_of)


@dataclass(frozen=True, slots=True)
class IndexedUnit:
    """One unit; its place in the table is the number the engines know it by."""

    document: int  # place of its document
    path: str
    part: str
    is_frame: bool  # 通知, 落款 …: text around the rules
    ancestors: tuple[int, ...]  # units that enclose it, innermost first
    traits: str = ""  # kinds of thing it holds, as letters of `asking.traits`
    said: str = ""  # what it says of its document, as letters of `aspects.said_letters`
    is_silent: bool = False  # 发文字号, 标题: no engine holds it, it is found where it is asked for


@dataclass(frozen=True, slots=True)
class UnitTable:
    """All documents and units of one generation, in library and document order."""

    documents: tuple[IndexedDocument, ...]
    units: tuple[IndexedUnit, ...]

    @classmethod
    def of(cls, shelved: Sequence[Shelved]) -> UnitTable:
        """The table of these documents' units."""
        documents: list[IndexedDocument] = []
        units: list[IndexedUnit] = []
        for place, each in enumerate(shelved):
            metadata = each.document.metadata
            documents.append(
                IndexedDocument(
                    each.document.doc_id,
                    metadata.jurisdiction,
                    metadata.effective_from,
                    metadata.expires_on,
                    titles_of(each.document.title, each.clauses.values()),
                )
            )
            numbers: dict[str, int] = {}
            for clause in each.clauses.values():
                said = said_letters(clause)
                if clause.is_unit or (said and clause.level is Level.FRAME):
                    above = tuple(numbers[path] for path in _enclosing(clause, each) if path in numbers)
                    numbers[clause.path] = len(units)
                    units.append(
                        IndexedUnit(
                            place,
                            clause.path,
                            clause.part,
                            clause.level is Level.FRAME,
                            above,
                            _traits(clause),
                            said,
                            not clause.is_unit,
                        )
                    )
        return cls(tuple(documents), tuple(units))

    @classmethod
    def load(cls, directory: Path) -> UnitTable:
        """The table `save` wrote; its checksum is the store's business."""
        values = json.loads((directory / _FILE).read_text("utf-8"))
        documents = tuple(
            IndexedDocument(doc_id, jurisdiction, _date(effective_from), _date(expires_on), titles)
            for doc_id, jurisdiction, effective_from, expires_on, titles in values["documents"]
        )
        units = tuple(
            IndexedUnit(place, path, part, is_frame, tuple(above), held, said, is_silent)
            for place, path, part, is_frame, above, held, said, is_silent in values["units"]
        )
        return cls(documents, units)

    def save(self, directory: Path) -> None:
        """Write the table into `directory`."""
        documents = [
            [each.doc_id, each.jurisdiction, _iso(each.effective_from), _iso(each.expires_on), each.titles]
            for each in self.documents
        ]
        units = [
            [
                unit.document,
                unit.path,
                unit.part,
                unit.is_frame,
                unit.ancestors,
                unit.traits,
                unit.said,
                unit.is_silent,
            ]
            for unit in self.units
        ]
        content = json.dumps({"documents": documents, "units": units}, ensure_ascii=False)
        (directory / _FILE).write_text(content, "utf-8")

    def clause_id(self, number: int) -> str:
        """`doc_id#path` of a unit."""
        return f"{self.doc_id(number)}#{self.units[number].path}"

    def document(self, number: int) -> int:
        """The place of the document a unit belongs to."""
        return self.units[number].document

    def doc_id(self, number: int) -> str:
        """The document a unit belongs to."""
        return self.documents[self.units[number].document].doc_id

    def is_frame(self, number: int) -> bool:
        """Whether a unit is frame text rather than a rule."""
        return self.units[number].is_frame

    def ancestors(self, number: int) -> tuple[int, ...]:
        """Units that enclose a unit."""
        return self.units[number].ancestors

    def jurisdiction(self, number: int) -> str | None:
        """The GB/T 2260 code of the document a unit belongs to, None where it does not say."""
        return self.documents[self.units[number].document].jurisdiction

    def allowed(self, filters: SearchFilter, without: Sequence[str] = ()) -> list[int] | None:
        """Numbers of the units a search may return, None for all.

        Args:
            filters: what the caller asked for.
            without: ids of documents to leave out besides.
        """
        if filters == SearchFilter() and not without:
            return None
        passing = {
            place
            for place, document in enumerate(self.documents)
            if document.passes(filters) and document.doc_id not in without
        }
        return [
            number
            for number, unit in enumerate(self.units)
            if unit.document in passing and (not filters.parts or unit.part in filters.parts)
        ]


def in_force(metadata: Metadata, day: date) -> bool:
    """Whether a document applies on `day`; a date it does not state excludes nothing.

    The first day counts, and so does the last.

    >>> dated = Metadata(effective_from=date(2025, 1, 13), expires_on=date(2028, 1, 13))
    >>> in_force(dated, date(2025, 1, 12)), in_force(dated, date(2028, 1, 13)), in_force(Metadata(), date.min)
    (False, True, True)
    """
    return _covers(metadata.effective_from, metadata.expires_on, day)


def unit_spans(clause: Clause, shelved: Shelved) -> tuple[Span, ...]:
    """What a unit is searched by: its span without the units inside it, in order.

    A heading with a lead-in of its own is found by the lead-in; its sub-headings answer
    for themselves. Never empty for a clause with text of its own.
    """
    spans: list[Span] = []
    position = clause.start
    for inner in shelved.clauses.values():
        nested = inner.is_unit and inner.order > clause.order
        if nested and position <= inner.start and inner.end <= clause.end:
            spans.append((position, inner.start))
            position = inner.end
    spans.append((position, clause.end))
    return tuple((start, end) for start, end in spans if shelved.document.text[start:end].strip())


def _traits(clause: Clause) -> str:
    """What a unit holds; 责任单位 that apply to it are bodies, wherever they are written."""
    held = traits(clause.text)
    return held if "b" in held or not clause.responsible else f"{held}b"


def _covers(effective_from: date | None, expires_on: date | None, day: date) -> bool:
    return (effective_from is None or effective_from <= day) and (expires_on is None or day <= expires_on)


def _enclosing(clause: Clause, shelved: Shelved) -> list[str]:
    """Paths above `clause`, innermost first."""
    paths: list[str] = []
    while clause.parent is not None:
        paths.append(clause.parent)
        clause = shelved.clauses[clause.parent]
    return paths


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
