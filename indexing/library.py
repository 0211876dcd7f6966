"""The current documents as one moment saw them, read from the catalog when first wanted.

A damaged document is left out and named in `problems`; the others keep working.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexing.catalog import Catalog
from indexing.catalog_types import CatalogState
from indexing.errors import DamagedRecord, UnknownDocument
from indexing.types import Clause, Document, Span


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document and its clauses by path, parents before children."""

    document: Document
    clauses: Mapping[str, Clause]

    def narrowest(self, clause: Clause, span: Span) -> Clause:
        """The deepest clause at or below `clause` that holds all of `span`."""
        best = clause
        for each in self.clauses.values():
            inside = clause.start <= each.start <= span[0] and span[1] <= each.end <= clause.end
            # A later clause of the same extent is the child of the earlier one
            if inside and each.order > clause.order and each.end - each.start <= best.end - best.start:
                best = each
        return best


class Library:
    """The documents of one `CatalogState`; each is loaded once and kept."""

    def __init__(self, catalog: Catalog, state: CatalogState) -> None:
        self._catalog = catalog
        self._keys = dict(state.keys)
        self._shelf: dict[str, Shelved | None] = {}
        self.problems: dict[str, str] = {}

    @property
    def doc_ids(self) -> tuple[str, ...]:
        """Ids of the documents, damaged ones included, in order."""
        return tuple(self._keys)

    def shelved(self, doc_id: str) -> Shelved | None:
        """The document, or None when it is unknown, gone since, or damaged (see `problems`)."""
        if doc_id not in self._keys:
            return None
        if doc_id not in self._shelf:
            self._shelf[doc_id] = self._load(doc_id)
        return self._shelf[doc_id]

    def all(self) -> tuple[Shelved, ...]:
        """Every document that can be read, ordered by doc_id."""
        return tuple(found for doc_id in self._keys if (found := self.shelved(doc_id)))

    def _load(self, doc_id: str) -> Shelved | None:
        try:
            record = self._catalog.load(doc_id, self._keys[doc_id])
        except DamagedRecord as exc:
            self.problems[doc_id] = str(exc)
            return None
        except UnknownDocument:
            return None  # removed by another process since; the index is about to follow
        return Shelved(record.document, {clause.path: clause for clause in record.clauses})
