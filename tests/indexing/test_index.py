"""ClauseIndex: finds the right clause, and survives what happens to its home."""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexing import ingest, kept_library, shipped
from indexing.errors import EncoderMismatch, HomeBusy, HomeUnusable, UnknownDocument
from indexing.home import open_home
from indexing.index import ClauseIndex
from indexing.ingest import FileReport, Outcome
from indexing.settings import load_settings
from indexing.store import read_pointer
from indexing.types import SearchFilter, SearchMode
from tests.hashing_encoder import HashingEncoder
from tests.indexing.state_helpers import (
    ROOT,
    TOPICS,
    RecordingEncoder,
    child_environment,
    doc_id,
    make_settings,
    policy,
    python,
)

BEIJING, SHANGHAI = policy(amount=30), policy("上海市", 2, "托育服务", 80)
CHONGQING = policy("重庆市", 3, "便民理发", 50)
QUESTION = "北京市社区食堂建设补助多少万元"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ClauseIndex]:
    """An index over two shipped policies."""
    with ClauseIndex.open(make_settings(tmp_path, [BEIJING, SHANGHAI]), encoder=HashingEncoder()) as opened:
        yield opened


def reopen(base: Path, encoder: HashingEncoder | None = None) -> ClauseIndex:
    """The index of the home below `base`, opened anew."""
    return ClauseIndex.open(make_settings(base), encoder=encoder or HashingEncoder())


def write(base: Path, name: str, text: str) -> Path:
    """A file to add."""
    path = base / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def ids(index: ClauseIndex, query: str = QUESTION, **options: object) -> list[str]:
    """clause_ids found, best first."""
    return [hit.clause.clause_id for hit in index.search(query, **options)]  # type: ignore[arg-type]


def pointer(base: Path) -> str:
    """Which generation is current below `base`."""
    return read_pointer(open_home(base / "home"))


# Searching


@pytest.mark.parametrize("mode", SearchMode)
def test_the_article_is_the_hit_and_the_item_its_focus(index: ClauseIndex, mode: SearchMode) -> None:
    """The unit answers; the narrower clause around the best sentence is named with its words."""
    query, beijing = "社区食堂一次性建设补助多少万元", SearchFilter(jurisdictions=("110000",))
    best, *rest = index.search(query, mode=mode, filters=beijing)
    assert best.clause.clause_id == f"{doc_id()}#第三条"
    assert best.focus.path == "第三条/（一）"
    assert best.focus.text == "（一）一次性建设补助30万元；"
    document = index.document(doc_id())
    assert document is not None
    assert document.text[best.focus.start : best.focus.end] == best.focus.text
    assert all(best.score >= hit.score for hit in rest)


def test_no_hit_encloses_another_and_order_is_settled(index: ClauseIndex) -> None:
    """Scores fall, ties go by clause_id, and asking twice gives the same."""
    hits = index.search("补助办法", top_k=50)
    assert [(-hit.score, hit.clause.clause_id) for hit in hits] == sorted(
        (-hit.score, hit.clause.clause_id) for hit in hits
    )
    assert len({hit.clause.clause_id for hit in hits}) == len(hits) > 5
    for hit in hits:
        for other in hits:
            same = hit is other or hit.clause.doc_id != other.clause.doc_id
            assert same or hit.clause.end <= other.clause.start or other.clause.end <= hit.clause.start
    assert index.search("补助办法", top_k=50) == hits


def test_filters_restrict_document_part_and_jurisdiction(index: ClauseIndex) -> None:
    """Only what the filter names comes back, also when better hits lie elsewhere."""
    for filters, wanted in [
        (SearchFilter(jurisdictions=("310000",)), {doc_id("上海市", 2)}),
        (SearchFilter(doc_ids=(doc_id("上海市", 2),)), {doc_id("上海市", 2)}),
        (SearchFilter(jurisdictions=("110000", "310000")), {doc_id(), doc_id("上海市", 2)}),
        (SearchFilter(jurisdictions=("440100",)), set()),
        (SearchFilter(doc_ids=("无此文件",)), set()),
    ]:
        assert {hit.clause.doc_id for hit in index.search(QUESTION, top_k=50, filters=filters)} == wanted
    parts = {clause.part for clause in index.clauses()}
    for part in parts:
        found = index.search(QUESTION, top_k=50, filters=SearchFilter(parts=(part,)))
        assert {hit.clause.part for hit in found} == {part}


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2027, 1, 2), False),
        (None, True),
    ],
)
def test_documents_not_in_force_that_day_are_left_out(
    tmp_path: Path, day: date | None, in_force: bool
) -> None:
    """Not yet effective and expired documents; one that states no dates stays."""
    undated = "甲市停车管理规定\n第一条 为规范社区食堂停车补助，制定本规定。\n第二条 停车补助十万元。\n"
    settings = make_settings(tmp_path, [policy(lasts="三年"), undated])
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as index:
        found = {
            hit.clause.doc_id for hit in index.search(QUESTION, top_k=50, filters=SearchFilter(as_of=day))
        }
        assert (doc_id() in found) is in_force
        assert found - {doc_id()}


@pytest.mark.parametrize("query", ["", "   ", "　\n\t", "？！。，；", "🙂🙂", "\ud800", "\0", "zzzz qqqq"])
def test_queries_that_say_nothing_find_nothing(index: ClauseIndex, query: str) -> None:
    """Blank, punctuation, emoji, a lone surrogate, NUL, unknown words: no hits, no error."""
    assert index.search(query, mode=SearchMode.LEXICAL) == ()
    index.search(query)


@pytest.mark.parametrize(
    "query",
    [
        "社区食堂" * 25_000,
        "'; DROP TABLE documents; --社区食堂",
        "<script>alert(1)</script>社区食堂",
        'title:"社区食堂" AND NOT (body:*',
        "社区食堂\ud83d",
        "社區食堂補助",
        "社区食堂３０万元",
    ],
)
def test_odd_queries_are_only_text(index: ClauseIndex, query: str) -> None:
    """100,000 characters, SQL, HTML, query syntax, half a surrogate pair, Traditional, full width."""
    hits = index.search(query)
    assert any(hit.clause.doc_id == doc_id() for hit in hits)
    assert len(index.documents()) == 2


def test_top_k_is_kept(index: ClauseIndex) -> None:
    """At most so many; none for nothing."""
    assert len(index.search(QUESTION, top_k=3)) == 3
    assert index.search(QUESTION, top_k=0) == ()
    assert index.search(QUESTION, top_k=-1) == ()


def test_documents_and_clauses_are_looked_up(index: ClauseIndex) -> None:
    """By id and path; None or nothing for what is not there."""
    assert [document.doc_id for document in index.documents()] == sorted([doc_id(), doc_id("上海市", 2)])
    clause = index.clause(doc_id(), "第三条/（一）")
    assert clause is not None
    assert clause.text == "（一）一次性建设补助30万元；"
    assert clause in index.clauses(doc_id())
    assert len(index.clauses()) == sum(len(index.clauses(d.doc_id)) for d in index.documents())
    assert index.clause(doc_id(), "第九条") is None
    assert index.clause("无此文件", "第一条") is None
    assert index.document("无此文件") is None
    assert index.clauses("无此文件") == ()
    assert index.find("上民发〔2024〕2号") == doc_id("上海市", 2)


# Changing


def test_added_files_are_found_and_removed_ones_are_not(tmp_path: Path, index: ClauseIndex) -> None:
    """At once in this process, and in the next."""
    (report,) = index.add([write(tmp_path, "c.txt", CHONGQING)])
    assert report.outcome is Outcome.ADDED
    assert ids(index, "便民理发补助")[0].startswith(doc_id("重庆市", 3))
    removed = index.remove("重民发〔2024〕3号")
    assert removed.doc_id == doc_id("重庆市", 3)
    assert not any(found.startswith(doc_id("重庆市", 3)) for found in ids(index, "便民理发补助", top_k=50))
    with pytest.raises(UnknownDocument):
        index.remove("重民发〔2024〕3号")
    with reopen(tmp_path) as again:
        assert len(again.documents()) == 2


def test_only_the_current_version_is_searched(tmp_path: Path, index: ClauseIndex) -> None:
    """The new wording answers, the old one is never found again."""
    index.add([write(tmp_path, "b.txt", policy(amount=70))])
    texts = [hit.clause.text for hit in index.search(QUESTION, top_k=50)]
    assert any("70万元" in text for text in texts)
    assert not any("30万元" in text for text in texts)
    assert {hit.clause.version for hit in index.search(QUESTION) if hit.clause.doc_id == doc_id()} == {2}


def test_adding_what_is_known_or_bad_changes_nothing(tmp_path: Path, index: ClauseIndex) -> None:
    """The same file twice, and one that cannot be read."""
    before = ids(index, top_k=50)
    reports = index.add([write(tmp_path, "a.txt", BEIJING), tmp_path / "missing.txt"])
    assert [report.outcome for report in reports] == [Outcome.EXISTS, Outcome.FAILED]
    assert ids(index, top_k=50) == before


def test_vectors_of_unchanged_wording_are_used_again(tmp_path: Path) -> None:
    """Adding one document encodes that document only, and the result is as if built at once."""
    encoder = RecordingEncoder()
    with ClauseIndex.open(make_settings(tmp_path, [BEIJING, SHANGHAI]), encoder=encoder) as index:
        encoder.encoded.clear()
        index.add([write(tmp_path, "c.txt", CHONGQING)])
        assert encoder.encoded
        assert not any("北京" in text or "上海" in text for text in encoder.encoded)
        hits = index.search(QUESTION, mode=SearchMode.DENSE, top_k=50)
    at_once = make_settings(tmp_path / "other", [BEIJING, SHANGHAI, CHONGQING])
    with ClauseIndex.open(at_once, encoder=HashingEncoder()) as index:
        fresh = index.search(QUESTION, mode=SearchMode.DENSE, top_k=50)
    assert [(hit.clause.clause_id, hit.score) for hit in hits] == [
        (hit.clause.clause_id, hit.score) for hit in fresh
    ]


def test_an_emptied_library_stays_empty(tmp_path: Path, index: ClauseIndex) -> None:
    """Shipped documents that were removed do not come back by opening, only when asked for."""
    for document in index.documents():
        index.remove(document.doc_id)
    assert index.search(QUESTION) == ()
    with reopen(tmp_path) as again:
        assert again.documents() == ()
        assert again.refresh() == ()
        assert [report.outcome for report in again.refresh(everything=True)] == [Outcome.ADDED] * 2
        assert ids(again)[0] == f"{doc_id()}#第三条"


def test_a_first_filling_that_was_cut_off_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the first of two shipped documents, the next start brings the second."""

    def cut_off(*arguments: object, **options: object) -> object:
        monkeypatch.setattr(shipped, "ingest_file", fail)
        return ingest.ingest_file(*arguments, **options)  # type: ignore[arg-type]

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shipped, "ingest_file", cut_off)
    with pytest.raises(KeyboardInterrupt):
        ClauseIndex.open(make_settings(tmp_path, [BEIJING, SHANGHAI]), encoder=HashingEncoder())
    monkeypatch.undo()
    with reopen(tmp_path) as index:
        assert len(index.documents()) == 2
        assert index.notices == ()


def test_changed_shipped_files_wait_for_refresh_and_are_announced(tmp_path: Path, index: ClauseIndex) -> None:
    """Opening says that something new is there; `refresh` takes it in."""
    assert index.notices == ()
    write(tmp_path, "corpus/documents/002.txt", CHONGQING)
    with reopen(tmp_path) as again:
        assert any("cewen index" in notice for notice in again.notices)
        assert len(again.documents()) == 2
        again.refresh()
        assert again.notices == ()
        assert len(again.documents()) == 3


def test_a_bad_shipped_file_is_a_notice_and_the_rest_works(tmp_path: Path) -> None:
    """A blank home is filled with what can be read; what cannot is named."""
    settings = make_settings(tmp_path, [BEIJING])
    (settings.corpus / "documents" / "坏.txt").write_bytes(b"\0\1\2\3")
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as index:
        assert any("坏.txt" in notice for notice in index.notices)
        assert ids(index)[0] == f"{doc_id()}#第三条"
    shutil.rmtree(settings.corpus)
    with reopen(tmp_path) as index:
        assert len(index.documents()) == 1


def test_a_new_home_opened_for_refresh_is_filled_by_it(tmp_path: Path) -> None:
    """Each file is read and reported once, and the next opening finds nothing left to do."""
    settings = make_settings(tmp_path, [BEIJING, SHANGHAI])
    (settings.corpus / "documents" / "坏.txt").write_bytes(b"\0\1\2\3")
    seen: list[FileReport] = []
    with ClauseIndex.open(settings, encoder=HashingEncoder(), ready=False) as index:
        reports = index.refresh(seen.append)
        assert tuple(seen) == reports
        assert [report.outcome for report in reports] == [Outcome.ADDED, Outcome.ADDED, Outcome.FAILED]
        assert index.notices == (reports[2].message,)
        assert len(index.documents()) == 2
    (settings.corpus / "documents" / "坏.txt").unlink()
    before = pointer(tmp_path)
    with reopen(tmp_path) as again:
        assert again.notices == ()
        assert ids(again)[0] == f"{doc_id()}#第三条"
    assert pointer(tmp_path) == before


def test_a_missing_corpus_is_a_notice(tmp_path: Path) -> None:
    """Nothing shipped, nothing to search, and the user reads why."""
    settings = make_settings(tmp_path)
    shutil.rmtree(settings.corpus)
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as index:
        assert any(str(settings.corpus) in notice for notice in index.notices)
        assert index.search(QUESTION) == ()


def test_a_changed_parser_reads_the_documents_again(tmp_path: Path, index: ClauseIndex, monkeypatch) -> None:
    """Old clauses under new code are noticed when the home is opened."""
    index.close()
    for module in (ingest, kept_library):
        monkeypatch.setattr(module, "parser_fingerprint", lambda: "another parser")
    with reopen(tmp_path) as again:
        assert {source.parser for source in again._catalog.sources()} == {"another parser"}
        assert ids(again)[0] == f"{doc_id()}#第三条"


# Staleness and damage


def test_an_intact_index_is_not_rebuilt(tmp_path: Path, index: ClauseIndex) -> None:
    """Opening twice uses the same generation."""
    before = pointer(tmp_path)
    with reopen(tmp_path) as again:
        again.search(QUESTION)
    assert pointer(tmp_path) == before


def test_another_encoder_means_another_index(tmp_path: Path, index: ClauseIndex) -> None:
    """Vectors of two encoders never mix, also when their dimension is the same."""
    before = pointer(tmp_path)
    index.close()
    with reopen(tmp_path, HashingEncoder(name="other")) as again:
        assert pointer(tmp_path) != before
        assert ids(again)[0] == f"{doc_id()}#第三条"
    with reopen(tmp_path, HashingEncoder(dim=64)) as again:
        assert again.search(QUESTION, mode=SearchMode.DENSE)


def test_an_unusable_encoder_is_said(tmp_path: Path) -> None:
    """A folder without a model is named."""
    (tmp_path / "model").mkdir()
    with pytest.raises(EncoderMismatch, match="model"):
        ClauseIndex.open(make_settings(tmp_path, [BEIJING], encoder=str(tmp_path / "model")))


def test_forty_flipped_bits_are_all_noticed_and_rebuilt(tmp_path: Path, index: ClauseIndex) -> None:
    """Anywhere in the files of the index: a new generation, and the same answers as before."""
    before = [(hit.clause.clause_id, hit.score) for hit in index.search(QUESTION, top_k=50)]
    index.close()
    chance = random.Random(11)
    folder = tmp_path / "home" / "index"
    for _ in range(40):
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
        path = chance.choice(files)
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        was = pointer(tmp_path)
        with reopen(tmp_path) as again:
            assert pointer(tmp_path) != was, path
            after = [(hit.clause.clause_id, hit.score) for hit in again.search(QUESTION, top_k=50)]
        assert after == before


@pytest.mark.parametrize("what", ["index", "index/current", "index/000001", "index/000001/lexical"])
def test_a_missing_index_is_rebuilt(tmp_path: Path, index: ClauseIndex, what: str) -> None:
    """The index may be thrown away, whole or in part; the catalog is the truth."""
    before = ids(index, top_k=50)
    index.close()
    path = tmp_path / "home" / what
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with reopen(tmp_path) as again:
        assert ids(again, top_k=50) == before


def test_a_catalog_changed_without_its_index_is_noticed(tmp_path: Path, index: ClauseIndex) -> None:
    """Killed between catalog and index: the next start finds the documents of the catalog."""
    index._catalog.remove(doc_id("上海市", 2))
    index.close()
    with reopen(tmp_path) as again:
        assert {hit.clause.doc_id for hit in again.search(QUESTION, top_k=50)} == {doc_id()}


def test_a_damaged_document_is_named_repaired_and_never_shown(tmp_path: Path, index: ClauseIndex) -> None:
    """Its text cannot be quoted any more; the others answer; `refresh` restores it from the original."""
    before = ids(index, top_k=50)
    index.close()
    with sqlite3.connect(tmp_path / "home" / "catalog.sqlite") as connection:
        connection.execute("UPDATE versions SET text = replace(text, '30万元', '90万元')")
    connection.close()
    with reopen(tmp_path) as again:
        found = again.search(QUESTION, top_k=50)
        assert {hit.clause.doc_id for hit in found} == {doc_id("上海市", 2)}
        assert any(doc_id() in notice and "损坏" in notice for notice in again.notices)
        assert [document.doc_id for document in again.documents()] == [doc_id("上海市", 2)]
        again.add([write(tmp_path, "c.txt", CHONGQING)])  # rebuilds without the damaged one
        assert any(doc_id() in notice for notice in again.notices)
        again.remove("重民发〔2024〕3号")
        (report,) = again.refresh()
        assert (report.doc_id, report.outcome) == (doc_id(), Outcome.UPDATED)
        assert again.notices == ()
        assert ids(again, top_k=50) == before


def test_a_damaged_document_can_be_removed(tmp_path: Path, index: ClauseIndex) -> None:
    """Also when neither it nor its original can be read."""
    index.close()
    with sqlite3.connect(tmp_path / "home" / "catalog.sqlite") as connection:
        connection.execute("UPDATE versions SET text = 'x' WHERE doc_id = ?", (doc_id(),))
        connection.execute("UPDATE originals SET data = x'00'")
    connection.close()
    with reopen(tmp_path) as again:
        (report,) = again.refresh()
        assert report.outcome is Outcome.FAILED
        assert "cewen remove" in report.message
        assert again.remove(doc_id()).doc_id == doc_id()
        assert again.notices == ()


# Other processes


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """A child of ours, its output as text."""
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=ROOT,
        env=child_environment(),
        **options,
    )  # type: ignore[call-overload]


def test_killed_at_any_step_leaves_old_or_new(tmp_path: Path) -> None:
    """SIGKILL at every change to the disk that adding two files makes; nothing reported is lost."""
    with ClauseIndex.open(make_settings(tmp_path / "base", [BEIJING]), encoder=HashingEncoder()):
        pass
    write(tmp_path, "new/1.txt", SHANGHAI)
    write(tmp_path, "new/2.txt", CHONGQING)
    done = run(python("tests.indexing.state_driver", "kill", str(tmp_path / "base"), str(tmp_path / "new")))
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert outcome["code"] == 0
    assert outcome["steps"] > 20
    new = [doc_id("上海市", 2), doc_id("重庆市", 3)]
    seen = set()
    for n in range(1, outcome["steps"] + 2):
        trial = tmp_path / f"base-{n}"
        reported = (trial / "reported").read_text("utf-8").split()
        with reopen(trial) as index:
            held = {document.doc_id for document in index.documents()}
            assert index.notices == ()
            assert {doc_id(), *reported} <= held <= {doc_id(), *new}
            assert {hit.clause.doc_id for hit in index.search("补助", top_k=50)} == held
            if n % 5 == 0:  # the interrupted work can simply be repeated
                index.add([tmp_path / "new"])
                assert {document.doc_id for document in index.documents()} == {doc_id(), *new}
                assert {document.version for document in index.documents()} == {1}
                assert sorted(path.name for path in (trial / "home" / "index").iterdir())[1:] == ["current"]
        seen.add(len(held))
    assert seen == {1, 2, 3}


def test_two_processes_adding_at_once_lose_nothing(tmp_path: Path) -> None:
    """On a home neither has seen before: both fill, add and index; one waits for the other."""
    settings = make_settings(tmp_path, [BEIJING])
    for number, topic in enumerate(TOPICS):
        write(tmp_path, f"in{number % 2}/{number}.txt", policy("重庆市", 10 + number, topic))
    commands = [
        python("tests.indexing.state_driver", "add", str(tmp_path), str(tmp_path / f"in{n}")) for n in (0, 1)
    ]
    results: list[subprocess.CompletedProcess[str]] = []
    threads = [threading.Thread(target=lambda c=command: results.append(run(c))) for command in commands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        assert result.returncode == 0, result.stderr
        assert json.loads(result.stdout) == {"outcomes": ["added"] * 3}, result.stderr
    before = pointer(tmp_path)
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as index:
        assert len(index.documents()) == 1 + len(TOPICS)
        assert pointer(tmp_path) == before  # the second one's index holds what the first one added
        assert {hit.clause.doc_id for hit in index.search("补助", top_k=200)} == {
            document.doc_id for document in index.documents()
        }


def test_a_home_held_by_another_process_is_said(tmp_path: Path, index: ClauseIndex) -> None:
    """Changes wait, then name the holder; asking needs no lock."""
    settings = make_settings(tmp_path, lock_timeout_s=0)
    file = write(tmp_path, "c.txt", CHONGQING)
    with (
        open_home(tmp_path / "home").lock(),
        ClauseIndex.open(settings, encoder=HashingEncoder()) as other,
    ):
        assert ids(other)[0] == f"{doc_id()}#第三条"
        with pytest.raises(HomeBusy, match="另一个 cewen 进程"):
            other.add([file])
        assert len(other.documents()) == 2


def test_an_open_index_follows_what_others_change(tmp_path: Path, index: ClauseIndex) -> None:
    """A server sees what the command line added or removed at its next question."""
    index.search(QUESTION)
    with reopen(tmp_path) as other:
        other.add([write(tmp_path, "c.txt", CHONGQING)])
    assert ids(index, "便民理发补助")[0].startswith(doc_id("重庆市", 3))
    with reopen(tmp_path) as other:
        other.remove(doc_id())
    assert index.document(doc_id()) is None
    assert not any(found.startswith(doc_id()) for found in ids(index, top_k=50))


def test_searching_while_documents_come_and_go(tmp_path: Path, index: ClauseIndex) -> None:
    """Threads that ask see every hit's words in its document, and no error, during changes."""
    file = write(tmp_path, "c.txt", CHONGQING)
    stop, failures = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            try:
                for hit in index.search("补助", top_k=20):
                    assert hit.focus.text in hit.clause.text
            except BaseException as exc:
                failures.append(exc)
                raise

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        index.add([file])
        index.remove(doc_id("重庆市", 3))
    stop.set()
    for thread in threads:
        thread.join(30)
    assert failures == []


# Homes that can only be read


def tree(folder: Path) -> dict[str, str]:
    """Every file below `folder` with a hash of its content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def look_on_read_only_mount(base: Path) -> dict[str, object]:
    """What a process sees to which the home below `base` is mounted read-only."""
    home = base / "home"
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    inner = python("tests.indexing.state_driver", "look", str(base), QUESTION)
    done = run(["unshare", "-rm", "sh", "-c", script, str(home), *inner])
    assert done.returncode == 0, done.stderr
    seen: dict[str, object] = json.loads(done.stdout)
    return seen


def can_mount() -> bool:
    """Whether this system lets us make a private read-only mount."""
    if not shutil.which("unshare"):
        return False
    probe = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"'
    return run(["unshare", "-rm", "sh", "-c", probe, str(ROOT)]).returncode == 0


mounting = pytest.mark.skipif(not can_mount(), reason="needs user namespaces to mount read-only")


@mounting
def test_read_only_home_answers_and_stays_untouched(tmp_path: Path) -> None:
    """On a real read-only mount, which binds root too: same hits, not a byte written, changes refused."""
    with ClauseIndex.open(make_settings(tmp_path, [BEIJING, SHANGHAI]), encoder=HashingEncoder()) as index:
        wanted = ids(index)
    before = tree(tmp_path / "home")
    seen = look_on_read_only_mount(tmp_path)
    assert seen["hits"] == wanted
    assert seen["notices"] == []
    assert seen["error"] == "HomeUnusable"
    assert "只读的，可以查询但不能修改" in str(seen["message"])
    assert tree(tmp_path / "home") == before


@mounting
def test_read_only_home_with_a_damaged_index_answers_and_says_so(tmp_path: Path) -> None:
    """The index is built aside for this process; the catalog of a killed writer is read with its log."""
    index = ClauseIndex.open(make_settings(tmp_path, [BEIJING, SHANGHAI]), encoder=HashingEncoder())
    wanted = ids(index)
    copy = tmp_path / "killed"
    shutil.copytree(tmp_path / "home", copy / "home")  # with -wal and -shm, as a kill leaves them
    shutil.copytree(tmp_path / "corpus", copy / "corpus")
    index.close()
    assert (copy / "home" / "catalog.sqlite-wal").stat().st_size
    (copy / "home" / "index" / "current").unlink()
    before = tree(copy / "home")
    seen = look_on_read_only_mount(copy)
    assert seen["hits"] == wanted
    assert any("临时索引" in str(notice) for notice in seen["notices"])  # type: ignore[union-attr]
    assert tree(copy / "home") == before


@mounting
def test_read_only_home_that_holds_nothing_is_one_sentence(tmp_path: Path) -> None:
    """Nothing to search and nowhere to build it."""
    make_settings(tmp_path, [BEIJING])
    open_home(tmp_path / "home")
    seen = look_on_read_only_mount(tmp_path)
    assert seen["error"] == "HomeUnusable"
    assert "没有目录库" in str(seen["message"])


def test_unwritable_home_answers_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where no mount can be made: the system's answer "not writable" is put in its mouth."""
    with ClauseIndex.open(make_settings(tmp_path, [BEIJING]), encoder=HashingEncoder()) as index:
        wanted = ids(index)
    monkeypatch.setattr("os.access", lambda path, mode: mode & 2 == 0)
    with reopen(tmp_path) as index:
        assert ids(index) == wanted
        for change in (
            lambda: index.add([tmp_path]),
            lambda: index.remove(doc_id()),
            index.refresh,
        ):
            with pytest.raises(HomeUnusable, match="只读"):
                change()
    (tmp_path / "home" / "index" / "current").unlink()
    with reopen(tmp_path) as index:
        assert ids(index) == wanted
        assert any("临时索引" in notice for notice in index.notices)


# What root may do regardless of modes; setpriv takes it away
_OVERRIDES = "-dac_override,-dac_read_search,-fowner"


def without_overrides() -> list[str] | None:
    """What to put before a command so that modes bind it; None where that cannot be done."""
    if os.geteuid():
        return []
    prefix = ["setpriv", f"--bounding-set={_OVERRIDES}", f"--inh-caps={_OVERRIDES}"]
    return prefix if shutil.which("setpriv") and run([*prefix, "true"]).returncode == 0 else None


@pytest.mark.skipif(without_overrides() is None, reason="root, and no setpriv to bind it to modes")
def test_a_home_without_the_right_to_write_answers(tmp_path: Path) -> None:
    """`chmod -R a-w`: the ordinary way to make a home read-only, which every file of it bears too."""
    with ClauseIndex.open(make_settings(tmp_path, [BEIJING, SHANGHAI]), encoder=HashingEncoder()) as index:
        wanted = ids(index)
    before = tree(tmp_path / "home")
    places = [tmp_path / "home", *(tmp_path / "home").rglob("*")]
    modes = {place: place.stat().st_mode for place in places}
    for place, mode in modes.items():
        place.chmod(mode & 0o555)
    look = python("tests.indexing.state_driver", "look", str(tmp_path), QUESTION)
    try:
        done = run([*(without_overrides() or []), *look])
    finally:
        for place, mode in modes.items():
            place.chmod(mode)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert (seen["hits"], seen["notices"], seen["error"]) == (wanted, [], "HomeUnusable")
    assert tree(tmp_path / "home") == before


def test_nothing_is_written_outside_the_home(tmp_path: Path) -> None:
    """The corpus stays as it is, byte for byte."""
    settings = make_settings(tmp_path, [BEIJING])
    before = tree(settings.corpus)
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as index:
        index.search(QUESTION)
        index.refresh(everything=True)
    assert tree(settings.corpus) == before
    assert {path.name for path in tmp_path.iterdir()} == {"corpus", "home"}


# The real corpus


def test_the_shipped_documents_answer(tmp_path: Path) -> None:
    """What installs with the program is searchable by hand-checked words of each document."""
    settings = load_settings({"home": tmp_path / "home"}, {})
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as index:
        assert index.notices == ()
        for document in index.documents():
            for clause in index.clauses(document.doc_id):
                assert document.text[clause.start : clause.end] == clause.text
        beijing, chongqing = SearchFilter(jurisdictions=("110000",)), SearchFilter(jurisdictions=("500000",))
        found = index.search("支持新建、改扩建项目资金补助比例", filters=beijing)
        assert found[0].clause.path == "第二十三条"
        row = index.search("探索养老设施以奖代补方式", filters=chongqing)
        assert row[0].clause.path == "附件1-1/21"
