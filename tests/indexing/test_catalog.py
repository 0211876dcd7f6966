"""The catalog: nothing stored twice, nothing lost, nothing damaged in silence."""

import random
import sqlite3
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from indexing import sqlite
from indexing.catalog import Catalog
from indexing.catalog_rows import TABLES, clause_row, document_from_row, document_row
from indexing.catalog_types import Change, Origin
from indexing.errors import (
    DamagedRecord,
    HomeBusy,
    HomeUnusable,
    IndexingError,
    UnknownDocument,
)
from indexing.types import CitedDocument, Metadata
from tests.indexing.state_helpers import doc_id, filled_catalog, make_home, parsed, policy

BEIJING, SHANGHAI = policy(), policy("上海市", 2, "托育服务")


def tamper(catalog: Catalog, statement: str, *values: object) -> None:
    """Change the file behind the catalog's back."""
    with sqlite3.connect(catalog.home.catalog_file) as connection:
        changed = connection.execute(statement, values).rowcount
    connection.close()
    assert changed, statement


def test_documents_and_clauses_come_back_as_they_went_in(tmp_path: Path) -> None:
    """Everything the parser said survives the round trip, clause by clause."""
    catalog = filled_catalog(tmp_path)
    given, data = parsed(BEIJING)
    catalog.add(given, data)
    record = catalog.load(doc_id())
    assert record.document == given.document
    assert record.clauses == tuple(given.clauses)
    assert all(record.document.text[c.start : c.end] == c.text for c in record.clauses)
    assert catalog.original(given.document.source_sha256) == data
    catalog.close()


def test_every_metadata_field_survives() -> None:
    """No field of Metadata is lost or changes its type in the catalog."""
    examples = {
        "str | None": "值",
        "date | None": date(2024, 2, 29),
        "bool": True,
        "tuple[str, ...]": ("甲", "乙"),
        "tuple[CitedDocument, ...]": (CitedDocument("国办函〔2023〕121号", None), CitedDocument(None, "题")),
    }
    metadata = Metadata(**{each.name: examples[str(each.type)] for each in fields(Metadata)})
    document = replace(parsed(BEIJING)[0].document, metadata=metadata)
    assert document_from_row(document_row(document, [], "p")) == document


def test_same_file_or_same_text_adds_nothing(tmp_path: Path) -> None:
    """The same bytes, or the same reading text in other bytes, are 已存在."""
    catalog = filled_catalog(tmp_path, BEIJING)
    before = catalog.corpus_hash()
    again = catalog.add(*parsed(BEIJING))
    assert (again.change, again.version) == (Change.EXISTS, 1)
    other_bytes = catalog.add(*parsed(BEIJING.replace("\n", "\r\n")))
    assert other_bytes.change is Change.EXISTS
    assert catalog.corpus_hash() == before
    catalog.close()


def test_other_text_under_a_known_id_becomes_the_current_version(tmp_path: Path) -> None:
    """The old version stays readable by number and is not current any more."""
    catalog = filled_catalog(tmp_path, BEIJING)
    before = catalog.corpus_hash()
    stored = catalog.add(*parsed(policy(amount=50)))
    assert (stored.change, stored.version) == (Change.UPDATED, 2)
    assert catalog.corpus_hash() != before
    assert catalog.state().keys == ((doc_id(), 2),)
    assert "50万元" in catalog.load(doc_id()).document.text
    assert "30万元" in catalog.load(doc_id(), 1).document.text
    assert {clause.version for clause in catalog.clauses()} == {2}
    old = catalog.add(*parsed(BEIJING))
    assert (old.change, old.version, old.current_version) == (Change.EXISTS, 1, 2)
    catalog.close()


def test_corpus_hash_depends_on_content_not_on_history(tmp_path: Path) -> None:
    """The same documents give the same hash, whatever was there in between."""
    catalog = filled_catalog(tmp_path, BEIJING)
    before = catalog.corpus_hash()
    catalog.add(*parsed(SHANGHAI))
    assert catalog.corpus_hash() != before
    catalog.remove(doc_id("上海市", 2))
    assert catalog.corpus_hash() == before
    catalog.close()


def test_remove_drops_all_versions_and_originals(tmp_path: Path) -> None:
    """Nothing of a removed document stays in any table."""
    catalog = filled_catalog(tmp_path, BEIJING, policy(amount=50), SHANGHAI)
    catalog.remove(doc_id())
    catalog.close()
    with sqlite3.connect(make_home(tmp_path).catalog_file) as connection:
        for table, column in (("versions", "doc_id"), ("clauses", "doc_id"), ("documents", "doc_id")):
            assert {row[0] for row in connection.execute(f"SELECT {column} FROM {table}")} == {
                doc_id("上海市", 2)
            }
        assert connection.execute("SELECT count(*) FROM originals").fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize(
    "name", ["北民发[2024]1号", "北民发〔2024〕 1号", "北民发【２０２４】1号", "《{title}》", "{title}"]
)
def test_a_document_is_found_by_id_number_or_title(tmp_path: Path, name: str) -> None:
    """In any width, spacing or brackets."""
    catalog = filled_catalog(tmp_path, BEIJING, SHANGHAI)
    title = catalog.load(doc_id()).document.title
    assert catalog.find(name.format(title=title)) == doc_id()
    catalog.close()


def test_unknown_and_ambiguous_names_list_what_is_close(tmp_path: Path) -> None:
    """The user reads in the message what to type instead."""
    same_title = policy().replace("〔2024〕1号", "〔2024〕9号")
    catalog = filled_catalog(tmp_path, BEIJING, same_title, SHANGHAI)
    title = catalog.load(doc_id()).document.title
    with pytest.raises(UnknownDocument, match=r"多份.*北民发\[2024\]1号、北民发\[2024\]9号"):
        catalog.find(title)
    with pytest.raises(UnknownDocument, match=r"相近的有：.*上民发\[2024\]2号"):
        catalog.find("上海市托育服务")
    for nothing in ("完全无关", "", "\ud800", "%'; DROP TABLE documents; --"):
        with pytest.raises(UnknownDocument):
            catalog.find(nothing)
    with pytest.raises(UnknownDocument):
        catalog.remove("无此文件")
    with pytest.raises(UnknownDocument):
        catalog.load("无此文件")
    assert len(catalog.documents()) == 3
    catalog.close()


def test_shipped_document_that_was_removed_stays_away(tmp_path: Path) -> None:
    """Until the user adds it again himself or asks for all shipped ones."""
    catalog = filled_catalog(tmp_path)
    given, data = parsed(BEIJING)
    catalog.add(given, data, origin=Origin.SHIPPED)
    catalog.note_shipped("a.txt", given.document.source_sha256, doc_id())
    catalog.remove(doc_id())
    assert catalog.add(given, data, origin=Origin.SHIPPED).change is Change.REFUSED
    assert catalog.documents() == ()
    assert catalog.add(given, data).change is Change.ADDED
    catalog.remove(doc_id())
    catalog.forget_shipped()
    assert catalog.add(given, data, origin=Origin.SHIPPED).change is Change.ADDED
    catalog.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE versions SET text = replace(text, '30', '80')",
        "UPDATE versions SET metadata = replace(metadata, '2024-01-01', '2014-01-01')",
        "UPDATE versions SET source_name = 'b.txt'",
        "UPDATE versions SET offsets = replace(offsets, '0', '1')",
        "UPDATE versions SET text = CAST(x'E7' AS TEXT)",
        "UPDATE clauses SET cells = '[[\"a\",\"b\"]]' WHERE path = '第三条'",
        "UPDATE clauses SET headings = '[\"章\"]' WHERE path = '第三条/（一）'",
        "UPDATE clauses SET start = start + 1 WHERE path = '第三条'",
        "UPDATE clauses SET is_unit = 0 WHERE path = '第三条'",
        "UPDATE clauses SET path = '第九条' WHERE path = '第三条'",
        "UPDATE documents SET current_version = 3",
        "UPDATE versions SET version = 2",
        "DELETE FROM clauses WHERE path = '第三条/（二）'",
    ],
)
def test_a_changed_row_is_named_and_the_others_work(tmp_path: Path, statement: str) -> None:
    """SQLite keeps no checksums; ours notice every column a user could be shown."""
    catalog = filled_catalog(tmp_path, BEIJING)
    tamper(catalog, statement)
    catalog.add(*parsed(SHANGHAI))
    with pytest.raises(DamagedRecord, match=r"北民发\[2024\]1号.*cewen index"):
        catalog.load(doc_id())
    with pytest.raises(DamagedRecord):
        catalog.documents()
    assert catalog.load(doc_id("上海市", 2)).document.doc_id == doc_id("上海市", 2)
    catalog.close()


def test_flipped_bits_in_the_file_never_change_a_word_in_silence(tmp_path: Path) -> None:
    """After any flipped bit the documents are the same, or an error names what is wrong."""
    catalog = filled_catalog(tmp_path, BEIJING, SHANGHAI)
    clauses = catalog.clauses()
    catalog.close()
    file = make_home(tmp_path).catalog_file
    intact = file.read_bytes()
    chance = random.Random(7)
    content = [place for place, byte in enumerate(intact) if byte]
    noticed = 0
    for place in chance.sample(content, 120):
        damaged = bytearray(intact)
        damaged[place] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged)
        try:
            catalog = Catalog.open(make_home(tmp_path))
        except IndexingError:
            noticed += 1
            continue
        try:
            assert catalog.clauses() == clauses
        except IndexingError:
            noticed += 1
        catalog.close()
    assert noticed > 20


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    """The sentence names the file and what to do."""
    home = make_home(tmp_path)
    home.catalog_file.write_bytes(b"not a database" * 500)
    with pytest.raises(IndexingError, match=r"catalog\.sqlite 已损坏"):
        Catalog.open(home)


def test_settings_of_the_connection(tmp_path: Path) -> None:
    """WAL, FULL, foreign keys and no trusted schema, asked from SQLite itself."""
    engine = sqlite.open_catalog(make_home(tmp_path))
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
    }
    with engine.connect() as connection:
        for pragma, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
    engine.dispose()


def test_catalog_file_is_private(tmp_path: Path) -> None:
    """Home 0700, catalog and its companions 0600."""
    catalog = filled_catalog(tmp_path, BEIJING)
    home = catalog.home.path
    assert home.stat().st_mode & 0o777 == 0o700
    files = [path for path in home.iterdir() if path.is_file()]
    assert {path.name for path in files} >= {"catalog.sqlite", "catalog.sqlite-wal", "lock"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    catalog.close()


def test_migrations_make_the_tables_the_code_uses(tmp_path: Path) -> None:
    """Tables in code and in migrations are the same, and the code knows the newest revision."""
    engine = sqlite.open_catalog(make_home(tmp_path))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, TABLES) == []
    engine.dispose()
    config = Config()
    config.set_main_option("script_location", str(Path(sqlite.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(r.revision for r in reversed(list(scripts.walk_revisions()))) == sqlite.SCHEMA_REVISIONS


def test_newer_schema_is_refused_and_untouched(tmp_path: Path) -> None:
    """An older program never writes into a newer home."""
    catalog = filled_catalog(tmp_path, BEIJING)
    tamper(catalog, "UPDATE alembic_version SET version_num = '9999'")
    catalog.close()
    before = make_home(tmp_path).catalog_file.read_bytes()
    with pytest.raises(IndexingError, match=r"更新版本的策问.*9999.*升级"):
        Catalog.open(make_home(tmp_path))
    assert make_home(tmp_path).catalog_file.read_bytes() == before


def test_failed_migration_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All revisions run in one transaction."""
    real, calls = op.create_table, []

    def third_fails(*arguments: object, **options: object) -> None:
        calls.append(arguments)
        if len(calls) == 3:
            raise RuntimeError("cut off")
        real(*arguments, **options)

    monkeypatch.setattr(op, "create_table", third_fails)
    with pytest.raises(RuntimeError, match="cut off"):
        Catalog.open(make_home(tmp_path))
    monkeypatch.undo()
    with sqlite3.connect(make_home(tmp_path).catalog_file) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == []
    connection.close()
    catalog = Catalog.open(make_home(tmp_path))
    assert catalog.documents() == ()
    catalog.close()


def test_read_only_catalog_answers_and_refuses_changes(tmp_path: Path) -> None:
    """Reading needs no right to write; changing says what is missing."""
    filled_catalog(tmp_path, BEIJING).close()
    catalog = Catalog.open(make_home(tmp_path, writable=False))
    assert [document.doc_id for document in catalog.documents()] == [doc_id()]
    with pytest.raises(HomeUnusable, match="只读"):
        catalog.add(*parsed(SHANGHAI))
    with pytest.raises(HomeUnusable, match="只读"):
        catalog.remove(doc_id())
    catalog.close()


def test_read_only_catalog_sees_what_a_killed_writer_left_in_the_log(tmp_path: Path) -> None:
    """A committed document still in the -wal file is not lost to a reader that cannot write."""
    filled_catalog(tmp_path, BEIJING).close()
    catalog = filled_catalog(tmp_path, SHANGHAI)  # stays open: its -wal is not yet written back
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("catalog.sqlite", "catalog.sqlite-wal"):
        (copy / name).write_bytes((catalog.home.path / name).read_bytes())
    catalog.close()
    home = replace(make_home(tmp_path, writable=False), path=copy)
    catalog = Catalog.open(home)
    assert len(catalog.documents()) == 2
    catalog.close()


def test_read_only_home_without_catalog_is_said_in_one_sentence(tmp_path: Path) -> None:
    """Nothing there and nothing can be made."""
    with pytest.raises(HomeUnusable, match=r"只读.*没有目录库"):
        Catalog.open(make_home(tmp_path, writable=False))
    make_home(tmp_path).catalog_file.touch()
    with pytest.raises(HomeUnusable, match=r"只读.*没有目录库"):
        Catalog.open(make_home(tmp_path, writable=False))


def test_a_writer_that_holds_the_file_is_waited_for_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`database is locked` never reaches a user."""
    monkeypatch.setattr(sqlite, "_BUSY_TIMEOUT_S", 0.2)
    catalog = filled_catalog(tmp_path, BEIJING)
    other = sqlite3.connect(catalog.home.catalog_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(HomeBusy, match="正被另一个进程使用"):
        catalog.add(*parsed(SHANGHAI))
    assert len(catalog.documents()) == 1
    other.execute("ROLLBACK")
    other.close()
    assert catalog.add(*parsed(SHANGHAI)).change is Change.ADDED
    catalog.close()


def test_full_disk_is_said_and_changes_nothing(tmp_path: Path) -> None:
    """The document is stored whole or not at all."""
    catalog = filled_catalog(tmp_path, BEIJING)
    with catalog._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(HomeUnusable, match="磁盘已满"):
        catalog.add(*parsed(SHANGHAI + "附注" * 20_000))
    assert len(catalog.documents()) == 1
    catalog.close()


def test_reading_again_replaces_clauses_and_keeps_the_version(tmp_path: Path) -> None:
    """A better parser does not make a new version, and may correct the id."""
    catalog = filled_catalog(tmp_path, BEIJING, policy(amount=50))
    given, data = parsed(policy(amount=50))
    fewer = replace(given, clauses=given.clauses[:5])
    assert catalog.replace(doc_id(), fewer, data, "parser-2") == doc_id()
    assert catalog.state().keys == ((doc_id(), 2),)
    assert len(catalog.clauses()) == 5
    better = replace(
        given,
        document=replace(given.document, doc_id="新号"),
        clauses=tuple(replace(clause, doc_id="新号") for clause in given.clauses),
    )
    assert catalog.replace(doc_id(), better, data, "parser-3") == "新号"
    assert catalog.state().keys == (("新号", 2),)
    assert catalog.load("新号", 1).document.version == 1
    assert catalog.sources()[0].parser == "parser-3"
    catalog.close()


def test_clause_rows_do_not_repeat_the_wording() -> None:
    """A clause's text is derived from its document by span."""
    given, _ = parsed(BEIJING)
    article = next(clause for clause in given.clauses if clause.path == "第三条")
    assert article.text not in clause_row(article).values()
