"""What goes in and out of the catalog besides documents and clauses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexing.types import Clause, Document


class Origin(StrEnum):
    """Who brought a document in."""

    SHIPPED = "shipped"  # with the program, from corpus/
    ADDED = "added"  # by the user


class Change(StrEnum):
    """What `Catalog.add` did."""

    ADDED = "added"
    UPDATED = "updated"  # a new version of a document already there
    EXISTS = "exists"
    REFUSED = "refused"  # a shipped document the user once removed


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a text stands in the catalog after `add`, and what that took."""

    change: Change
    doc_id: str
    version: int
    current_version: int  # greater than `version` when the text is an older version


@dataclass(frozen=True, slots=True)
class CatalogState:
    """Which documents are current, ordered by doc_id, and a hash that changes with any of them."""

    keys: tuple[tuple[str, int], ...]  # (doc_id, version)
    corpus_hash: str


@dataclass(frozen=True, slots=True)
class Source:
    """A current document's file; all None when its row is gone."""

    doc_id: str
    version: int
    sha256: str | None
    name: str | None
    url: str | None
    parser: str | None  # fingerprint of the code that read it


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document with all its clauses in order, checksums verified."""

    document: Document
    clauses: tuple[Clause, ...]
