"""The catalog's tables, and the way between their rows and our types. No I/O.

Created by `indexing.migrations`; a test holds the two against each other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from indexing.types import (
    CitedDocument,
    Clause,
    Document,
    Level,
    Metadata,
    OffsetMap,
    SourceRun,
    text_hash,
)

Row = Mapping[str, Any]
"""Column name to value, as SQLite gives it."""

TABLES = MetaData()

ORIGINALS = Table(
    "originals",
    TABLES,
    # The bytes as received, inside the catalog: one file to back up, one transaction to trust.
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

DOCUMENTS = Table(
    "documents",
    TABLES,
    Column("doc_id", Text, primary_key=True),
    Column("current_version", Integer, nullable=False),
    Column("origin", Text, nullable=False),  # catalog.Origin
)

VERSIONS = Table(
    "versions",
    TABLES,
    Column(
        "doc_id",
        Text,
        ForeignKey("documents.doc_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
    ),
    Column("version", Integer, primary_key=True),
    Column("source_sha256", Text, ForeignKey("originals.sha256"), nullable=False, index=True),
    Column("text_hash", Text, nullable=False, index=True),
    Column("document_checksum", Text, nullable=False),
    Column("clauses_checksum", Text, nullable=False),
    Column("parser", Text, nullable=False),  # fingerprint of the code that read it
    Column("source_name", Text, nullable=False),
    Column("source_url", Text),
    Column("metadata", Text, nullable=False),  # JSON
    # Long columns last: SQLite then reads the short ones without touching them.
    Column("offsets", Text, nullable=False),  # JSON [encoding, [[text_start, text_end, source_start], …]]
    Column("text", Text, nullable=False),
)

CLAUSES = Table(
    "clauses",
    TABLES,
    Column("doc_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("position", Integer, nullable=False),  # Clause.order
    Column("part", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("mark", Text),
    Column("heading", Text),
    Column("headings", Text, nullable=False),  # JSON list
    # The wording is versions.text[start:end]; it is not stored twice.
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("own", Text, nullable=False),  # JSON [[start, end], …]
    Column("parent", Text),
    Column("is_unit", Boolean, nullable=False),
    Column("cells", Text, nullable=False),  # JSON [[column, value], …]
    Column("responsible", Text, nullable=False),  # JSON list
    Column("text_hash", Text, nullable=False),
    ForeignKeyConstraint(
        ["doc_id", "version"],
        ["versions.doc_id", "versions.version"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
)

SHIPPED = Table(
    "shipped",
    TABLES,
    # What became of each file of the shipped corpus, so that a removed one stays removed.
    Column("file", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("doc_id", Text, nullable=False),
)

REMOVED = Table(
    "removed",
    TABLES,
    # Documents of the shipped corpus that the user took out.
    Column("doc_id", Text, primary_key=True),
)

MILESTONES = Table(
    "milestones",
    TABLES,
    # What happens once in the life of a home, noted when it is complete.
    Column("name", Text, primary_key=True),
)

DRAFTS = Table(
    "drafts",
    TABLES,
    Column("draft_id", Text, primary_key=True),
    Column("owner", Text, nullable=False, index=True),  # who may list it; see indexing.drafts
    Column("template_id", Text, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("created_at", Text, nullable=False),  # UTC, ISO 8601
)

DRAFT_VERSIONS = Table(
    "draft_versions",
    TABLES,
    # Rows are only ever added: a draft is never overwritten.
    Column("draft_id", Text, ForeignKey("drafts.draft_id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("saved_at", Text, nullable=False),
    Column("based_on", Integer),  # the version its writer had before them
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("checksum", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON, written and read by assistant.drafting.stored
)

_DATES = tuple(f.name for f in fields(Metadata) if f.type == "date | None")
_NAMES = tuple(f.name for f in fields(Metadata) if f.type == "tuple[str, ...]")


def checksum(*values: object) -> str:
    """SHA-256 (hex) of the values in order; each is preceded by its length so that none can slide."""
    digest = hashlib.sha256()
    for value in values:
        data = b"\xff" if value is None else str(value).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def document_row(document: Document, clauses: Iterable[Row], parser: str) -> dict[str, Any]:
    """The `versions` row of a document; `clauses` are its clause rows in order."""
    runs = [[run.text_start, run.text_end, run.source_start] for run in document.offsets.runs]
    row: dict[str, Any] = {
        "doc_id": document.doc_id,
        "version": document.version,
        "source_sha256": document.source_sha256,
        "text_hash": text_hash(document.text),
        "parser": parser,
        "source_name": document.source_name,
        "source_url": document.source_url,
        "metadata": _metadata_json(document.metadata),
        "offsets": json.dumps([document.offsets.encoding, runs], separators=(",", ":")),
        "text": document.text,
    }
    return row | {"document_checksum": document_checksum(row), "clauses_checksum": clauses_checksum(clauses)}


def document_checksum(row: Row) -> str:
    """The checksum of everything a `versions` row says of a document.

    Not of doc_id and version: they are the key, and a document may be given a better id.
    """
    names = ("source_sha256", "text_hash", "source_name", "source_url", "metadata", "offsets", "text")
    return checksum(*(row[name] for name in names))


def clauses_checksum(rows: Iterable[Row]) -> str:
    """The checksum of all clause rows of one version, ordered by position."""
    names = [column.name for column in CLAUSES.columns if column.name not in {"doc_id", "version"}]
    return checksum(*(_plain(row[name]) for row in rows for name in names))


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value  # is_unit comes back as 0/1 or bool


def document_from_row(row: Row) -> Document:
    """The document a verified `versions` row holds."""
    encoding, runs = json.loads(row["offsets"])
    return Document(
        doc_id=row["doc_id"],
        version=row["version"],
        metadata=metadata_from_json(row["metadata"]),
        text=row["text"],
        offsets=OffsetMap(encoding, tuple(SourceRun(*run) for run in runs)),
        source_sha256=row["source_sha256"],
        source_name=row["source_name"],
        source_url=row["source_url"],
    )


def clause_row(clause: Clause) -> dict[str, Any]:
    """The `clauses` row of a clause; its wording stays in the document."""
    return {
        "doc_id": clause.doc_id,
        "version": clause.version,
        "path": clause.path,
        "position": clause.order,
        "part": clause.part,
        "level": clause.level.value,
        "mark": clause.mark,
        "heading": clause.heading,
        "headings": _compact(clause.headings),
        "start": clause.start,
        "end": clause.end,
        "own": _compact(clause.own),
        "parent": clause.parent,
        "is_unit": clause.is_unit,
        "cells": _compact(clause.cells),
        "responsible": _compact(clause.responsible),
        "text_hash": text_hash(clause.text),
    }


def clause_from_row(row: Row, text: str) -> Clause:
    """The clause a verified row holds; `text` is the reading text of its document."""
    return Clause(
        doc_id=row["doc_id"],
        version=row["version"],
        path=row["path"],
        part=row["part"],
        level=Level(row["level"]),
        mark=row["mark"],
        heading=row["heading"],
        headings=tuple(json.loads(row["headings"])),
        text=text[row["start"] : row["end"]],
        start=row["start"],
        end=row["end"],
        own=tuple((start, end) for start, end in json.loads(row["own"])),
        parent=row["parent"],
        order=row["position"],
        is_unit=bool(row["is_unit"]),
        cells=tuple((column, value) for column, value in json.loads(row["cells"])),
        responsible=tuple(json.loads(row["responsible"])),
        text_hash=row["text_hash"],
    )


def metadata_from_json(raw: str) -> Metadata:
    """The inverse of what `document_row` stores under `metadata`."""
    values = json.loads(raw)
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in _NAMES:
        values[name] = tuple(values[name])
    values["cited_documents"] = tuple(CitedDocument(**cited) for cited in values["cited_documents"])
    return Metadata(**values)


def _metadata_json(metadata: Metadata) -> str:
    return json.dumps(asdict(metadata), ensure_ascii=False, sort_keys=True, default=date.isoformat)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
