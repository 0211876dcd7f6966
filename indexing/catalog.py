"""The catalog: documents, versions and clauses in SQLite. It is the one truth.

Indexes are derived from it and may be thrown away; this file may not. Written by
`indexing.ingest`, read by `indexing.snapshot` and the facade. Every document carries
checksums (SQLite has none: of 300 flipped bits `integrity_check` misses 262), checked
whenever it is loaded.

Transactions only; who may change a home is decided by `Home.lock`, held by the caller.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from indexing import sqlite
from indexing.catalog_rows import (
    CLAUSES,
    DOCUMENTS,
    MILESTONES,
    ORIGINALS,
    REMOVED,
    SHIPPED,
    VERSIONS,
    checksum,
    clause_from_row,
    clause_row,
    clauses_checksum,
    document_checksum,
    document_from_row,
    document_row,
)
from indexing.catalog_types import CatalogState, Change, DocumentRecord, Origin, Source, Stored
from indexing.drafts import DraftStore
from indexing.errors import DamagedRecord, UnknownDocument
from indexing.home import Home
from indexing.identity import SEPARATOR, own_id
from indexing.naming import resolve_name
from indexing.types import Clause, Document, Level, text_hash

if TYPE_CHECKING:
    from indexing.documents import ParsedDocument

_FILLED = "shipped corpus taken in"


class Catalog:
    """Documents, their versions and clauses; opened on a home, safe to read from several threads."""

    def __init__(self, home: Home, engine: sa.Engine) -> None:
        self.home = home
        self.drafts = DraftStore(home, engine)
        self._engine = engine

    @classmethod
    def open(cls, home: Home) -> Catalog:
        """The catalog of `home`, created or migrated when needed and possible.

        Raises:
            HomeUnusable: there is none and none can be created, or it cannot be read.
            IndexingError: it was written by a newer program, or the file is damaged.
            HomeBusy: it must be created or migrated and another process holds the home.
        """
        return cls(home, sqlite.open_catalog(home))

    def close(self) -> None:
        """Release the file; the catalog must not be used afterwards."""
        self._engine.dispose()

    # Reading

    def state(self) -> CatalogState:
        """What is searched now and its hash, as of one moment."""
        columns = (VERSIONS.c.document_checksum, VERSIONS.c.clauses_checksum)
        rows = self._rows(_documents(*columns))
        keys = tuple((row["doc_id"], row["current_version"]) for row in rows)
        return CatalogState(keys, checksum(*(value for row in rows for value in row.values())))

    def corpus_hash(self) -> str:
        """SHA-256 (hex) over every current document, its version and the checksums of its rows."""
        return self.state().corpus_hash

    def load(self, doc_id: str, version: int | None = None) -> DocumentRecord:
        """One document with its clauses.

        Args:
            doc_id: as in `CatalogState.keys`.
            version: None for the current one.

        Raises:
            UnknownDocument: there is no such document or version.
            DamagedRecord: its rows no longer match their checksums.
        """
        if not _is_unicode(doc_id):
            raise _damaged(doc_id)
        with (
            sqlite.explained(self.home),
            self._engine.connect() as connection,  # one transaction: all queries see the same moment
        ):
            current = _current_version(connection, doc_id)
            newest = _last_version(connection, doc_id)
            version = current if version is None else version
            found = _fetch(connection, _of(VERSIONS, doc_id, version))
            clause_rows = _fetch(connection, _of(CLAUSES, doc_id, version).order_by(CLAUSES.c.position))
        # The current version is the newest one; anything else is a flipped bit
        if version == current and version is not None and (not found or current != newest):
            raise _damaged(doc_id)
        if not found:
            raise UnknownDocument(f"文库中没有文件 {doc_id}（版本 {version}），请用 cewen documents 查看。")
        row = found[0]
        intact = row["document_checksum"] == document_checksum(row)
        if not intact or row["clauses_checksum"] != clauses_checksum(clause_rows):
            raise _damaged(doc_id)
        # The key as asked: SQLite may have found the row by an index while the row's own copy is damaged
        key = {"doc_id": doc_id, "version": version}
        document = document_from_row(row | key)
        clauses = tuple(clause_from_row(each | key, document.text) for each in clause_rows)
        return DocumentRecord(document, clauses)

    def versions(self, doc_id: str) -> tuple[int, ...]:
        """The versions held of a document, oldest first; empty for an unknown one."""
        query = sa.select(VERSIONS.c.version).where(VERSIONS.c.doc_id == doc_id)
        return tuple(sorted(row["version"] for row in self._rows(query))) if _is_unicode(doc_id) else ()

    def documents(self) -> tuple[Document, ...]:
        """All current documents, ordered by doc_id.

        Raises:
            DamagedRecord: one of them no longer matches its checksums; it is named.
        """
        return tuple(self.load(*key).document for key in self.state().keys)

    def clauses(self, doc_id: str | None = None) -> tuple[Clause, ...]:
        """Clauses of one current document or of all, parents before children.

        Raises:
            UnknownDocument: `doc_id` is not in the catalog.
            DamagedRecord: a document no longer matches its checksums; it is named.
        """
        keys = self.state().keys if doc_id is None else ((doc_id, None),)
        return tuple(clause for key in keys for clause in self.load(*key).clauses)

    def original(self, sha256: str) -> bytes | None:
        """The bytes of a file as received, or None when they are not here or no longer the same."""
        rows = self._rows(sa.select(ORIGINALS.c.data).where(ORIGINALS.c.sha256 == sha256))
        data = rows[0]["data"] if rows else None
        return data if isinstance(data, bytes) and sqlite.sha256(data) == sha256 else None

    def sources(self) -> tuple[Source, ...]:
        """Where each current document came from, ordered by doc_id."""
        names = ("source_sha256", "source_name", "source_url", "parser")
        rows = self._rows(_documents(*(VERSIONS.c[name] for name in names)))
        return tuple(Source(row["doc_id"], row["current_version"], *(row[n] for n in names)) for row in rows)

    def holding(self, sha256: str) -> Stored | None:
        """Where the file with this SHA-256 already stands, if anywhere (newest version first)."""
        with self._engine.connect() as connection:
            return _holding(connection, VERSIONS.c.source_sha256 == sha256)

    def find(self, name: str) -> str:
        """The doc_id of the document a user calls `name`: its id, 文号 or title, in any width or spacing.

        Raises:
            UnknownDocument: none or several go by that name; close ones are listed.
        """
        names: list[tuple[str, str]] = []
        for doc_id, version in self.state().keys:
            names.append((doc_id, doc_id))
            with contextlib.suppress(DamagedRecord):  # a damaged one still goes by its id
                metadata = self.load(doc_id, version).document.metadata
                names += [(each, doc_id) for each in (metadata.document_number, metadata.title) if each]
        return resolve_name(name, names)

    # Changing; each is one transaction

    def add(
        self, parsed: ParsedDocument, original: bytes, *, origin: Origin = Origin.ADDED, parser: str = ""
    ) -> Stored:
        """Store a document, or a new version when its id is known with another text.

        The same file, or another file with the same reading text, changes nothing. A shipped
        document that the user removed is refused; the user's own adding takes the note back.

        Args:
            parsed: what `read_document` made of `original`; its version is replaced.
            original: the bytes as received.
            origin: who brought it in; a later one does not change the first.
            parser: fingerprint of the code that read it.
        """
        with sqlite.writing(self.home, self._engine) as connection:
            asked = parsed.document.doc_id
            parsed = _renamed(parsed, own_id(parsed, _namesakes(connection, asked)))
            document = parsed.document
            if origin is Origin.SHIPPED and _was_removed(connection, document.doc_id):
                return Stored(Change.REFUSED, document.doc_id, 0, 0)
            connection.execute(sa.delete(REMOVED).where(REMOVED.c.doc_id == document.doc_id))
            same_text = (VERSIONS.c.text_hash == text_hash(document.text)) & (
                VERSIONS.c.doc_id == document.doc_id
            )
            known = _holding(
                connection, sa.or_(VERSIONS.c.source_sha256 == document.source_sha256, same_text)
            )
            if known:
                return known
            version = _last_version(connection, document.doc_id) + 1
            if version == 1:
                values = {"doc_id": document.doc_id, "current_version": 1, "origin": origin.value}
                connection.execute(sa.insert(DOCUMENTS).values(values))
            _insert_version(connection, parsed, original, version, parser)
            connection.execute(
                sa.update(DOCUMENTS)
                .where(DOCUMENTS.c.doc_id == document.doc_id)
                .values(current_version=version)
            )
        change = Change.ADDED if version == 1 else Change.UPDATED
        return Stored(change, document.doc_id, version, version)

    def replace(self, doc_id: str, parsed: ParsedDocument, original: bytes, parser: str) -> str:
        """Store another reading of the same bytes in place of the current version of `doc_id`.

        For repair and for a better parser. Version numbers count wordings as issued, so the
        number stays. Where the parser now reads another id and it is free, the document takes it.

        Returns:
            The doc_id the document has now.
        """
        with sqlite.writing(self.home, self._engine) as connection:
            version = connection.execute(
                sa.select(DOCUMENTS.c.current_version).where(DOCUMENTS.c.doc_id == doc_id)
            ).scalar_one()
            connection.execute(
                sa.delete(VERSIONS).where(VERSIONS.c.doc_id == doc_id, VERSIONS.c.version == version)
            )
            taken = connection.execute(
                sa.select(sa.exists().where(DOCUMENTS.c.doc_id == parsed.document.doc_id))
            ).scalar_one()
            new_id = doc_id if taken else parsed.document.doc_id
            for table in (DOCUMENTS, SHIPPED):
                connection.execute(sa.update(table).where(table.c.doc_id == doc_id).values(doc_id=new_id))
            _insert_version(connection, _renamed(parsed, new_id), original, version, parser)
        return new_id

    def remove(self, doc_id: str) -> None:
        """Drop a document with all its versions; a shipped one is noted, so that it stays away.

        Raises:
            UnknownDocument: `doc_id` is not in the catalog.
        """
        with sqlite.writing(self.home, self._engine) as connection:
            query = sa.select(SHIPPED.c.file).where(SHIPPED.c.doc_id == doc_id)
            if connection.execute(query).first():
                connection.execute(sa.insert(REMOVED).prefix_with("OR IGNORE").values(doc_id=doc_id))
            gone = connection.execute(sa.delete(DOCUMENTS).where(DOCUMENTS.c.doc_id == doc_id))
            if not gone.rowcount:
                raise UnknownDocument(f"文库中没有文件 {doc_id}，请用 cewen documents 查看。")
            in_use = sa.select(VERSIONS.c.source_sha256)
            connection.execute(sa.delete(ORIGINALS).where(ORIGINALS.c.sha256.not_in(in_use)))

    # The shipped corpus

    def is_filled(self) -> bool:
        """Whether the first pass over the shipped corpus was ever completed."""
        return bool(self._rows(sa.select(MILESTONES).where(MILESTONES.c.name == _FILLED)))

    def note_filled(self) -> None:
        """Remember that the first pass is done; an emptied library is then not filled again."""
        with sqlite.writing(self.home, self._engine) as connection:
            connection.execute(sa.insert(MILESTONES).prefix_with("OR IGNORE").values(name=_FILLED))

    def shipped(self) -> dict[str, str]:
        """File name to SHA-256 of the shipped files already dealt with."""
        rows = self._rows(sa.select(SHIPPED.c.file, SHIPPED.c.sha256))
        return {row["file"]: row["sha256"] for row in rows}

    def note_shipped(self, file: str, sha256: str, doc_id: str) -> None:
        """Remember that the shipped `file` with this SHA-256 became `doc_id`."""
        row = {"file": file, "sha256": sha256, "doc_id": doc_id}
        with sqlite.writing(self.home, self._engine) as connection:
            connection.execute(sa.insert(SHIPPED).prefix_with("OR REPLACE").values(row))

    def forget_shipped(self) -> None:
        """Forget what became of the shipped files and which were removed, so that all are taken in again."""
        with sqlite.writing(self.home, self._engine) as connection:
            connection.execute(sa.delete(SHIPPED))
            connection.execute(sa.delete(REMOVED))

    def _rows(self, query: sa.Select[Any]) -> list[dict[str, Any]]:
        with sqlite.explained(self.home), self._engine.connect() as connection:
            return _fetch(connection, query)


def _fetch(connection: sa.Connection, query: sa.Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _of(table: sa.Table, doc_id: str, version: int | None) -> sa.Select[Any]:
    return sa.select(table).where(table.c.doc_id == doc_id, table.c.version == version)


def _documents(*columns: sa.Column[Any]) -> sa.Select[Any]:
    """doc_id, current version and these columns of it (None where its row is gone), by doc_id."""
    matching = (VERSIONS.c.doc_id == DOCUMENTS.c.doc_id) & (VERSIONS.c.version == DOCUMENTS.c.current_version)
    return (
        sa.select(DOCUMENTS.c.doc_id, DOCUMENTS.c.current_version, *columns)
        .join_from(DOCUMENTS, VERSIONS, matching, isouter=True)
        .order_by(DOCUMENTS.c.doc_id)
    )


def _current_version(connection: sa.Connection, doc_id: str) -> int | None:
    query = sa.select(DOCUMENTS.c.current_version).where(DOCUMENTS.c.doc_id == doc_id)
    return connection.execute(query).scalar_one_or_none()


def _holding(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Stored | None:
    query = (
        sa.select(VERSIONS.c.doc_id, VERSIONS.c.version, DOCUMENTS.c.current_version)
        .join(DOCUMENTS, VERSIONS.c.doc_id == DOCUMENTS.c.doc_id)
        .where(condition)
        .order_by(VERSIONS.c.version.desc())
    )
    row = connection.execute(query).first()
    return Stored(Change.EXISTS, row[0], row[1], row[2]) if row else None


def _namesakes(connection: sa.Connection, doc_id: str) -> dict[str, frozenset[str]]:
    """Wordings of the current versions held under an id or one made from it."""
    rows = connection.execute(
        sa.select(DOCUMENTS.c.doc_id, CLAUSES.c.text_hash)
        .join(
            CLAUSES,
            (CLAUSES.c.doc_id == DOCUMENTS.c.doc_id) & (CLAUSES.c.version == DOCUMENTS.c.current_version),
        )
        .where(
            sa.or_(
                DOCUMENTS.c.doc_id == doc_id,
                DOCUMENTS.c.doc_id.startswith(doc_id + SEPARATOR, autoescape=True),
            )
        )
        .where(CLAUSES.c.is_unit, CLAUSES.c.level != Level.FRAME.value)
    )
    held: dict[str, set[str]] = {}
    for each, wording in rows:
        held.setdefault(each, set()).add(wording)
    return {each: frozenset(wordings) for each, wordings in held.items()}


def _was_removed(connection: sa.Connection, doc_id: str) -> bool:
    return bool(connection.execute(sa.select(sa.exists().where(REMOVED.c.doc_id == doc_id))).scalar_one())


def _last_version(connection: sa.Connection, doc_id: str) -> int:
    query = sa.select(sa.func.max(VERSIONS.c.version)).where(VERSIONS.c.doc_id == doc_id)
    return connection.execute(query).scalar_one() or 0


def _insert_version(
    connection: sa.Connection, parsed: ParsedDocument, original: bytes, version: int, parser: str
) -> None:
    document = replace(parsed.document, version=version)
    clauses = [clause_row(replace(clause, version=version)) for clause in parsed.clauses]
    clauses.sort(key=lambda row: row["position"])
    values = {"sha256": document.source_sha256, "data": original}
    connection.execute(sa.insert(ORIGINALS).prefix_with("OR REPLACE").values(values))
    connection.execute(sa.insert(VERSIONS).values(document_row(document, clauses, parser)))
    if clauses:
        connection.execute(sa.insert(CLAUSES), clauses)


def _renamed(parsed: ParsedDocument, doc_id: str) -> ParsedDocument:
    clauses = tuple(replace(clause, doc_id=doc_id) for clause in parsed.clauses)
    return replace(parsed, document=replace(parsed.document, doc_id=doc_id), clauses=clauses)


def _is_unicode(doc_id: str) -> bool:
    """False for an id with a flipped bit that left no UTF-8; SQLite could not even be asked for it."""
    return not any("\ud800" <= character <= "\udfff" for character in doc_id)


def _damaged(doc_id: str) -> DamagedRecord:
    return DamagedRecord(
        f"文件 {doc_id.encode('utf-8', 'replace').decode()} 在目录库中的记录已损坏（校验和不符），"
        "暂不参与检索：请运行 cewen index 从保存的原件修复，其余文件不受影响。"
    )
