"""Drafts in the catalog: every saved state is a version, and none is ever changed or replaced.

What a draft consists of is not known here; the content is a text of its writer's, kept with a
checksum. Two who save at once get two versions, and the later one is told of the other. Only `delete`
takes anything out, and then the whole draft, so that nothing of it stays in the file.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from indexing import sqlite
from indexing.catalog_rows import DRAFT_VERSIONS, DRAFTS, checksum
from indexing.errors import DamagedRecord, UnknownDraft
from indexing.home import Home

EVERYONE = ""
"""Owner of drafts made at the command line: whoever may read the home may list them."""
_ID_BYTES = 10  # 80 bits: an id can be handed on, but not guessed


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """A draft in a list, with its newest version."""

    draft_id: str
    owner: str
    template_id: str
    jurisdiction: str  # GB/T 2260
    title: str
    created_at: datetime
    version: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One saved state; `content` is None in a history, where nobody needs it."""

    draft_id: str
    version: int
    saved_at: datetime
    based_on: int | None
    title: str
    note: str
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving came to; `overtaken` are versions others saved since the one this was based on."""

    draft_id: str
    version: int
    overtaken: tuple[int, ...] = ()


class DraftStore:
    """Drafts of one catalog; safe to use from several threads and processes."""

    def __init__(self, home: Home, engine: sa.Engine) -> None:
        self._home = home
        self._engine = engine

    @property
    def home(self) -> Home:
        """Where the catalog is kept."""
        return self._home

    def create(
        self, *, title: str, template_id: str, jurisdiction: str, content: str, owner: str = EVERYONE
    ) -> Saved:
        """Keep a new draft as its version 1.

        Raises:
            HomeUnusable: the home is read-only or its disk is full.
        """
        draft_id = secrets.token_hex(_ID_BYTES)
        row = {
            "draft_id": draft_id,
            "owner": owner,
            "template_id": template_id,
            "jurisdiction": jurisdiction,
            "created_at": _now(),
        }
        with sqlite.writing(self._home, self._engine) as connection:
            connection.execute(sa.insert(DRAFTS).values(row))
            _insert(connection, draft_id, 1, None, title, "新建", content)
        return Saved(draft_id, 1)

    def save(
        self, draft_id: str, content: str, *, title: str, based_on: int | None = None, note: str = ""
    ) -> Saved:
        """Keep another version. What others saved meanwhile stays, and is named in the result.

        Args:
            draft_id: a draft that is there.
            content: the whole of it.
            title: of this version.
            based_on: the version its writer started from; None for the newest.
            note: what was done, for the history.

        Raises:
            UnknownDraft: there is no such draft.
            HomeUnusable: the home is read-only or its disk is full.
        """
        with sqlite.writing(self._home, self._engine) as connection:
            newest = connection.execute(
                sa.select(sa.func.max(DRAFT_VERSIONS.c.version)).where(DRAFT_VERSIONS.c.draft_id == draft_id)
            ).scalar_one()
            if newest is None:
                raise _unknown(draft_id)
            base = newest if based_on is None else based_on
            _insert(connection, draft_id, newest + 1, base, title, note, content)
        return Saved(draft_id, newest + 1, tuple(range(base + 1, newest + 1)))

    def delete(self, draft_id: str) -> int:
        """Forget a draft with all its versions; how many there were. Its bytes are overwritten in the file.

        Raises:
            UnknownDraft: there is no such draft.
            HomeUnusable: the home is read-only or its disk is full.
        """
        with sqlite.writing(self._home, self._engine) as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")  # freed pages are zeroed, not only freed
            gone = connection.execute(
                sa.delete(DRAFT_VERSIONS).where(DRAFT_VERSIONS.c.draft_id == draft_id)
            ).rowcount
            if not gone:
                raise _unknown(draft_id)
            connection.execute(sa.delete(DRAFTS).where(DRAFTS.c.draft_id == draft_id))
        sqlite.empty_log(self._home, self._engine)
        return int(gone)

    def entries(self, owner: str | None = None) -> tuple[DraftEntry, ...]:
        """Drafts of an owner, or of all for None, the one saved last first."""
        newest = (
            sa.select(DRAFT_VERSIONS.c.draft_id, sa.func.max(DRAFT_VERSIONS.c.version).label("version"))
            .group_by(DRAFT_VERSIONS.c.draft_id)
            .subquery()
        )
        query = (
            sa.select(DRAFTS, DRAFT_VERSIONS.c.version, DRAFT_VERSIONS.c.saved_at, DRAFT_VERSIONS.c.title)
            .join(newest, newest.c.draft_id == DRAFTS.c.draft_id)
            .join(
                DRAFT_VERSIONS,
                (DRAFT_VERSIONS.c.draft_id == DRAFTS.c.draft_id)
                & (DRAFT_VERSIONS.c.version == newest.c.version),
            )
            .order_by(DRAFT_VERSIONS.c.saved_at.desc(), DRAFTS.c.draft_id)
        )
        if owner is not None:
            query = query.where(DRAFTS.c.owner == owner)
        return tuple(_entry(row) for row in self._rows(query))

    def find(self, name: str) -> str:
        """The id of the one draft whose id begins with `name`, four characters at least.

        Raises:
            UnknownDraft: none does, or several do.
        """
        wanted = name.strip().lower()
        ids = self._rows(sa.select(DRAFTS.c.draft_id)) if len(wanted) >= 4 else []
        found = [row["draft_id"] for row in ids if row["draft_id"].startswith(wanted)]
        if len(found) != 1:
            raise _unknown(name, several=len(found) > 1)
        return str(found[0])

    def history(self, draft_id: str) -> tuple[DraftVersion, ...]:
        """Every version without its content, the newest first.

        Raises:
            UnknownDraft: there is no such draft.
        """
        columns = [column for column in DRAFT_VERSIONS.c if column.name not in ("content", "checksum")]
        query = sa.select(*columns).where(DRAFT_VERSIONS.c.draft_id == draft_id)
        rows = self._rows(query.order_by(DRAFT_VERSIONS.c.version.desc()))
        if not rows:
            raise _unknown(draft_id)
        return tuple(_version(row) for row in rows)

    def load(self, draft_id: str, version: int | None = None) -> DraftVersion:
        """One version, the newest for None.

        Raises:
            UnknownDraft: there is no such draft or version.
            DamagedRecord: its content is no longer what was saved.
        """
        query = sa.select(DRAFT_VERSIONS).where(DRAFT_VERSIONS.c.draft_id == draft_id)
        if version is not None:
            query = query.where(DRAFT_VERSIONS.c.version == version)
        rows = self._rows(query.order_by(DRAFT_VERSIONS.c.version.desc()).limit(1))
        if not rows:
            raise _unknown(draft_id, version=version)
        row = rows[0]
        if row["checksum"] != _checksum(row):
            raise DamagedRecord(
                f"草稿 {draft_id} 的第 {row['version']} 版已损坏，请用 cewen drafts show 查看其他版本。"
            )
        return _version(row)

    def _rows(self, query: sa.Select[Any]) -> list[dict[str, Any]]:
        with sqlite.explained(self._home), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _insert(
    connection: sa.Connection,
    draft_id: str,
    version: int,
    based_on: int | None,
    title: str,
    note: str,
    content: str,
) -> None:
    row: dict[str, Any] = {
        "draft_id": draft_id,
        "version": version,
        "saved_at": _now(),
        "based_on": based_on,
        "title": title,
        "note": note,
        "content": content,
    }
    connection.execute(sa.insert(DRAFT_VERSIONS).values(row | {"checksum": _checksum(row)}))


def _checksum(row: Mapping[str, Any]) -> str:
    return checksum(row["draft_id"], row["version"], row["title"], row["content"])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _entry(row: Mapping[str, Any]) -> DraftEntry:
    return DraftEntry(
        draft_id=row["draft_id"],
        owner=row["owner"],
        template_id=row["template_id"],
        jurisdiction=row["jurisdiction"],
        title=row["title"],
        created_at=datetime.fromisoformat(row["created_at"]),
        version=row["version"],
        saved_at=datetime.fromisoformat(row["saved_at"]),
    )


def _version(row: Mapping[str, Any]) -> DraftVersion:
    return DraftVersion(
        draft_id=row["draft_id"],
        version=row["version"],
        saved_at=datetime.fromisoformat(row["saved_at"]),
        based_on=row["based_on"],
        title=row["title"],
        note=row["note"],
        content=row.get("content"),
    )


def _unknown(name: str, *, version: int | None = None, several: bool = False) -> UnknownDraft:
    shown = name if len(name) <= 40 else name[:40] + "…"
    if several:
        return UnknownDraft(f"编号以 {shown} 开头的草稿不止一份，请多写几位；用 cewen drafts list 查看。")
    which = f"草稿 {shown} 的第 {version} 版" if version is not None else f"编号为 {shown} 的草稿"
    return UnknownDraft(f"没有{which}，请用 cewen drafts list 查看。")
