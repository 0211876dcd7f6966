"""SQLite for the catalog: how the file is opened, created, migrated and written.

The one place where SQLite's and Alembic's errors become ours.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from indexing.errors import HomeBusy, HomeUnusable, IndexingError
from indexing.home import Home, make_private_file

SCHEMA_REVISIONS = ("0001", "0002")
"""Every revision this program knows, oldest first; kept here so that opening an up-to-date
catalog needs no Alembic (0.5 s to import). A test compares it with the migrations."""

_BUSY_TIMEOUT_S = 5

# Our statements are fixed and tested: these say that the file's header or schema was changed
_SIGNS_OF_DAMAGE = ("no such table", "no such column", "unsupported file format")

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",  # a tampered schema must not call functions
    "PRAGMA cell_size_check=ON",
)
_WRITING_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged document survives a power cut
)


def sha256(data: bytes) -> str:
    """SHA-256 (hex) of the bytes of a file."""
    return hashlib.sha256(data).hexdigest()


def open_catalog(home: Home) -> Engine:
    """An engine on the catalog of `home`, its schema up to date.

    Raises: see `Catalog.open`.
    """
    if home.writable and not home.catalog_file.exists():
        with home.lock():
            make_private_file(home.catalog_file)  # SQLite gives -wal and -shm the same mode
    elif not home.catalog_file.exists():
        raise _nothing_there(home)
    with explained(home):
        engine = _writable_engine(home) if home.writable else _readonly_engine(home)
        revision = _revision(engine)
    if revision == SCHEMA_REVISIONS[-1]:
        return engine
    if revision is not None and revision not in SCHEMA_REVISIONS:
        engine.dispose()
        raise IndexingError(
            f"数据目录 {home.path} 由更新版本的策问建立（目录库版本 {revision}），请升级程序，"
            "或用 CEWEN_HOME 指定另一个目录。"
        )
    if not home.writable:
        engine.dispose()
        raise _nothing_there(home) if revision is None else _needs_migration(home)
    with home.lock(), explained(home):
        _migrate(engine)
    return engine


def _nothing_there(home: Home) -> HomeUnusable:
    return HomeUnusable(
        f"数据目录 {home.path} 是只读的，里面也没有目录库：请用 CEWEN_HOME 指定一个可写的目录，"
        "或先在可写的地方运行 cewen index。"
    )


def _needs_migration(home: Home) -> HomeUnusable:
    return HomeUnusable(
        f"数据目录 {home.path} 由旧版本的策问建立，需要升级，但它是只读的：请先使它可写，再运行 cewen index。"
    )


@contextmanager
def writing(home: Home, engine: Engine) -> Iterator[Connection]:
    """One transaction: all of what happens inside is stored when the block ends, or nothing.

    Raises:
        HomeUnusable: the home is read-only or its disk is full.
    """
    home.require_writable()
    with explained(home), engine.execution_options(cewen_begin="BEGIN IMMEDIATE").begin() as connection:
        yield connection


def empty_log(home: Home, engine: Engine) -> None:
    """Bring the write-ahead log into the file and cut it, so that it holds nothing of what was deleted.

    While others read, SQLite leaves the log until they are done; it is then emptied by whoever is next.
    """
    with explained(home), closing(engine.raw_connection()) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def explained(home: Home) -> Iterator[None]:
    """SQLite's errors as ours; anything that is our own mistake passes through."""
    try:
        yield
    except DBAPIError as exc:
        code = getattr(exc.orig, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise HomeBusy(f"目录库 {home.catalog_file} 正被另一个进程使用，请稍后重试。") from exc
        if code == sqlite3.SQLITE_FULL:
            raise HomeUnusable(f"磁盘已满，目录库 {home.catalog_file} 未作改动，请腾出空间后重试。") from exc
        if code in {
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_PERM,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_IOERR,
        }:
            raise HomeUnusable(
                f"无法读写目录库 {home.catalog_file}，请检查权限和磁盘，或用 CEWEN_HOME 指定另一个目录。"
            ) from exc
        damaged_schema = any(sign in str(exc.orig) for sign in _SIGNS_OF_DAMAGE)
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} or damaged_schema:
            raise _damaged_file(home) from exc
        raise
    except UnicodeDecodeError as exc:  # SQLite's own message quotes a damaged schema
        raise _damaged_file(home) from exc


def _damaged_file(home: Home) -> IndexingError:
    return IndexingError(
        f"目录库 {home.catalog_file} 已损坏，无法读取：请从备份恢复，"
        "或将它移到别处后运行 cewen index 重新建立。"
    )


def _writable_engine(home: Home) -> Engine:
    return _engine(f"file:{quote(str(home.catalog_file))}?mode=rw", _PRAGMAS + _WRITING_PRAGMAS)


def _readonly_engine(home: Home) -> Engine:
    """An engine that works without writing a byte beside the catalog.

    SQLite opens a WAL database read-only when its -shm is there. Otherwise: with
    nothing in the -wal the file itself is complete (immutable); with something in it,
    a private copy is opened.
    """
    uri = f"file:{quote(str(home.catalog_file))}?mode=ro"
    wal = home.catalog_file.with_name(home.catalog_file.name + "-wal")
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        if not wal.exists() or wal.stat().st_size == 0:
            return _engine(uri + "&immutable=1", _PRAGMAS)
        copy = tempfile.TemporaryDirectory(prefix="cewen-")  # mode 0700
        for path in (home.catalog_file, wal):
            shutil.copy(path, copy.name)
        engine = _engine(f"file:{quote(copy.name)}/{quote(home.catalog_file.name)}?mode=rw", _PRAGMAS)
        weakref.finalize(engine, copy.cleanup)
        return engine
    return _engine(uri, _PRAGMAS)


def _engine(uri: str, pragmas: tuple[str, ...]) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_TIMEOUT_S, check_same_thread=False)
        connection.text_factory = _lenient_text
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("cewen_begin", "BEGIN"))

    return engine


def _lenient_text(data: bytes) -> str:
    """Stored text; bytes that are no longer UTF-8 come back odd, so that the checksum names the document."""
    return data.decode("utf-8", "surrogateescape")


def _revision(engine: Engine) -> str | None:
    """The schema revision of the file; None for an empty one."""
    with engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'"
        )
        if not tables.scalar_one():
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
        return None if found is None else str(found)


def _migrate(engine: Engine) -> None:
    """Run the migrations that are missing, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    with engine.execution_options(cewen_begin="BEGIN IMMEDIATE").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, SCHEMA_REVISIONS[-1])
