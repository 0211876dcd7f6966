"""Drafts in the catalog: every saved state is a version, and none is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexing.catalog import Catalog
from indexing.drafts import DraftStore
from indexing.errors import DamagedRecord, HomeUnusable, UnknownDraft
from indexing.home import open_home


@pytest.fixture
def store(tmp_path: Path):
    """The drafts of a new home."""
    catalog = Catalog.open(open_home(tmp_path / "home"))
    yield catalog.drafts
    catalog.close()


def begun(store: DraftStore, owner: str = "", content: str = "第一稿") -> str:
    """The id of a new draft."""
    return store.create(
        title="申报方案", template_id="CQ-D1", jurisdiction="500000", content=content, owner=owner
    ).draft_id


def test_every_saved_state_is_a_version(store: DraftStore) -> None:
    """Nothing is overwritten: all earlier contents can be read, the newest is what is opened."""
    draft_id = begun(store)
    assert store.save(draft_id, "第二稿", title="申报方案", note="改了面积").version == 2
    assert store.save(draft_id, "第二稿", title="申报方案（改）").version == 3
    assert [each.version for each in store.history(draft_id)] == [3, 2, 1]
    assert [store.load(draft_id, number).content for number in (1, 2, 3)] == ["第一稿", "第二稿", "第二稿"]
    assert store.load(draft_id).version == 3
    assert store.history(draft_id)[1].note == "改了面积"
    assert store.history(draft_id)[0].content is None


def test_drafts_are_listed_by_owner_the_last_saved_first(store: DraftStore) -> None:
    """One owner does not see another's."""
    mine, other, later = begun(store, "甲"), begun(store, "乙"), begun(store, "甲")
    store.save(mine, "新的", title="改名")
    assert [entry.draft_id for entry in store.entries("甲")] == [mine, later]
    assert {entry.draft_id for entry in store.entries()} == {mine, other, later}
    assert (store.entries("甲")[0].version, store.entries("甲")[0].title) == (2, "改名")
    assert store.entries("丙") == ()


def test_whoever_saves_second_is_told_and_loses_nothing(store: DraftStore) -> None:
    """Two start from version 1: both are kept, the later one hears of the other."""
    draft_id = begun(store)
    assert store.save(draft_id, "甲的", title="t", based_on=1).overtaken == ()
    second = store.save(draft_id, "乙的", title="t", based_on=1)
    assert (second.version, second.overtaken) == (3, (2,))
    assert store.load(draft_id, 2).content == "甲的"
    assert store.load(draft_id, 3).based_on == 1


def test_many_at_once_each_get_a_version_of_their_own(store: DraftStore) -> None:
    """Forty saves from eight threads are forty versions."""
    draft_id = begun(store)
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda each: store.save(draft_id, f"稿{each}", title="t").version, range(40)))
    assert sorted(saved) == list(range(2, 42))
    contents = {store.load(draft_id, number).content for number in range(2, 42)}
    assert contents == {f"稿{each}" for each in range(40)}


_SAVER = """
import sys
from pathlib import Path
from indexing.catalog import Catalog
from indexing.home import open_home
store = Catalog.open(open_home(Path(sys.argv[1]))).drafts
number = 0
while True:
    number += 1
    print(store.save(sys.argv[2], "稿" * 2000 + str(number), title="t").version, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """A process killed while it saves leaves every version it had reported, whole."""
    catalog = Catalog.open(open_home(tmp_path / "home"))
    draft_id = begun(catalog.drafts)
    saver = subprocess.Popen(
        [sys.executable, "-c", _SAVER, str(tmp_path / "home"), draft_id], stdout=subprocess.PIPE, text=True
    )
    assert saver.stdout is not None
    told = [int(saver.stdout.readline()) for _ in range(5)]
    os.kill(saver.pid, signal.SIGKILL)
    told += [int(line) for line in saver.stdout.read().split()]
    saver.stdout.close()
    saver.wait()
    versions = [each.version for each in catalog.drafts.history(draft_id)]
    assert set(told) <= set(versions)
    assert versions == list(range(len(versions), 0, -1))
    assert all(catalog.drafts.load(draft_id, number).content for number in versions)
    catalog.close()


def test_drafts_go_by_the_beginning_of_their_number(store: DraftStore) -> None:
    """Four characters at least; an unknown or a short one is named."""
    draft_id = begun(store)
    assert store.find(draft_id[:6].upper()) == draft_id
    for name in ("", draft_id[:3], "zzzzzz", "%%%%"):
        with pytest.raises(UnknownDraft, match="cewen drafts list"):
            store.find(name)
    with pytest.raises(UnknownDraft, match="第 9 版"):
        store.load(draft_id, 9)
    with pytest.raises(UnknownDraft):
        store.save("不存在", "x", title="t")
    with pytest.raises(UnknownDraft):
        store.history("不存在")


def test_a_changed_row_is_noticed(tmp_path: Path) -> None:
    """SQLite has no checksums; a version that is no longer what was saved is not shown as if it were."""
    catalog = Catalog.open(open_home(tmp_path / "home"))
    draft_id = begun(catalog.drafts)
    catalog.drafts.save(draft_id, "第二稿", title="t")
    with sqlite3.connect(catalog.home.catalog_file) as connection:
        connection.execute("UPDATE draft_versions SET content = '假的' WHERE version = 1")
    with pytest.raises(DamagedRecord, match="第 1 版已损坏"):
        catalog.drafts.load(draft_id, 1)
    assert catalog.drafts.load(draft_id, 2).content == "第二稿"
    catalog.close()


def test_a_home_that_can_only_be_read_shows_drafts_and_takes_none(tmp_path: Path) -> None:
    """Reading goes on; saving says what to do."""
    catalog = Catalog.open(open_home(tmp_path / "home"))
    draft_id = begun(catalog.drafts)
    catalog.close()
    catalog = Catalog.open(open_home(tmp_path / "home"))
    object.__setattr__(catalog.home, "writable", False)
    assert catalog.drafts.load(draft_id).content == "第一稿"
    with pytest.raises(HomeUnusable):
        catalog.drafts.save(draft_id, "x", title="t")
    catalog.close()


def test_drafts_do_not_make_the_index_stale(store: DraftStore, tmp_path: Path) -> None:
    """They are no part of the corpus."""
    catalog = Catalog.open(open_home(tmp_path / "home"))
    before = catalog.corpus_hash()
    begun(store)
    assert catalog.corpus_hash() == before
    catalog.close()


def test_a_deleted_draft_is_forgotten_wholly(store: DraftStore, tmp_path: Path) -> None:
    """Its versions, its entry and its bytes; what is not there cannot be deleted."""
    gone, stays = begun(store, content="要忘掉的内容"), begun(store)
    store.save(gone, "要忘掉的第二稿", title="t")
    assert store.delete(gone) == 2
    assert [entry.draft_id for entry in store.entries()] == [stays]
    with pytest.raises(UnknownDraft):
        store.load(gone)
    with pytest.raises(UnknownDraft):
        store.delete(gone)
    assert all(
        "要忘掉".encode() not in file.read_bytes() for file in (tmp_path / "home").iterdir() if file.is_file()
    )


def test_a_home_that_can_only_be_read_deletes_nothing(tmp_path: Path) -> None:
    """It says so; the draft stays."""
    catalog = Catalog.open(open_home(tmp_path / "home"))
    number = begun(catalog.drafts)
    object.__setattr__(catalog.home, "writable", False)
    with pytest.raises(HomeUnusable):
        catalog.drafts.delete(number)
    assert catalog.drafts.load(number).content == "第一稿"
    catalog.close()
