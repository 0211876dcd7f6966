"""Files to catalog: every file gets its report, and none costs another its place."""

import os
from pathlib import Path

import pytest

from indexing import documents, ingest
from indexing.catalog import Catalog
from indexing.errors import CorpusError, UnreadableDocument
from indexing.files import find_files, read_file
from indexing.ingest import FileReport, Outcome, ingest_paths, reread
from indexing.settings import default_corpus
from indexing.shipped import ingest_shipped, pending_files, shipped_files
from indexing.sqlite import sha256
from tests.indexing.state_helpers import doc_id, filled_catalog, make_corpus, parsed, policy

MAX = 1_000_000


def ignore(_: FileReport) -> None:
    """Progress nobody looks at."""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """A file below `folder`."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def take_in(catalog: Catalog, *paths: Path) -> tuple[FileReport, ...]:
    """Reports of these paths."""
    return ingest_paths(catalog, paths, MAX, ignore)


def test_one_report_a_file_in_order_and_at_once(tmp_path: Path) -> None:
    """Added, updated, exists: outcome, document and counts, reported as each file is done."""
    catalog = filled_catalog(tmp_path)
    write(tmp_path, "in/1.txt", policy())
    write(tmp_path, "in/2.md", policy("上海市", 2))
    write(tmp_path, "in/3.txt", policy(amount=50))
    write(tmp_path, "in/4.txt", policy().encode("gb18030"))
    seen: list[FileReport] = []
    reports = ingest_paths(catalog, [tmp_path / "in"], MAX, seen.append)
    assert tuple(seen) == reports
    assert [(report.path.name, report.outcome, report.version) for report in reports] == [
        ("1.txt", Outcome.ADDED, 1),
        ("2.md", Outcome.ADDED, 1),
        ("3.txt", Outcome.UPDATED, 2),
        ("4.txt", Outcome.EXISTS, 1),
    ]
    first = reports[0]
    assert (first.doc_id, first.title) == (doc_id(), "北京市民政局关于印发《北京市社区食堂补助办法》的通知")
    assert first.n_clauses == len(catalog.load(doc_id(), 1).clauses) > first.n_units > 4
    assert "已入库" in first.message
    assert "旧版本" in reports[3].message
    catalog.close()


def test_gb18030_is_read_as_what_it_says(tmp_path: Path) -> None:
    """The national encoding (GB 18030—2022) gives the same text as UTF-8."""
    catalog = filled_catalog(tmp_path)
    (report,) = take_in(catalog, write(tmp_path, "国标.txt", policy().encode("gb18030")))
    assert report.outcome is Outcome.ADDED
    assert catalog.load(doc_id()).document.text == parsed(policy())[0].document.text
    catalog.close()


def test_every_bad_file_gets_one_sentence_and_stops_nobody(tmp_path: Path) -> None:
    """Empty, blank, binary, missing, of another format, too large, not regular; the good one goes in."""
    bad = [
        write(tmp_path, "空.txt", b""),
        write(tmp_path, "空白.txt", " \n\n　\n"),
        write(tmp_path, "二进制.txt", bytes(range(256)) * 20),
        write(tmp_path, "图.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200)),
        tmp_path / "没有.txt",
        write(tmp_path, "表.docx", b"PK\x03\x04"),
        write(tmp_path, "大.txt", policy() + "字" * MAX),
        Path("/dev/zero"),
        tmp_path / "坏\0名.txt",
    ]
    os.mkfifo(tmp_path / "管道.txt")
    bad.append(tmp_path / "管道.txt")
    good = write(tmp_path, "好.txt", policy())
    catalog = filled_catalog(tmp_path)
    *reports, last = take_in(catalog, *bad, good)
    for path, report in zip(bad, reports, strict=True):
        assert report.outcome is Outcome.FAILED
        assert report.path == path
        assert path.name.replace("\0", "\\x00") in report.message
        assert report.message.endswith("。")
        assert "\n" not in report.message
    assert last.outcome is Outcome.ADDED
    assert len(catalog.documents()) == 1
    catalog.close()


def test_a_file_without_rights_is_named_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one below a folder that may not be searched. Rights do not bind root, so they are played."""
    closed, below = write(tmp_path, "无权.txt", policy()), tmp_path / "内部" / "文件.txt"
    good = write(tmp_path, "好.txt", policy("上海市", 2))
    real_open, real_stat = Path.open, Path.stat

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    def guarded_open(path: Path, *arguments: object, **options: object) -> object:
        return refuse(path) if path == closed else real_open(path, *arguments, **options)  # type: ignore[call-overload]

    def guarded_stat(path: Path, **options: bool) -> object:
        return refuse(path) if path == below else real_stat(path, **options)

    monkeypatch.setattr(Path, "open", guarded_open)
    monkeypatch.setattr(Path, "stat", guarded_stat)
    catalog = filled_catalog(tmp_path)
    first, second, last = take_in(catalog, closed, below, good)
    for report in (first, second):
        assert report.outcome is Outcome.FAILED
        assert report.message == f"没有权限读取 {report.path}，请检查文件权限。"
    assert last.outcome is Outcome.ADDED
    catalog.close()


def test_a_fault_of_the_parser_is_named_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Our own bug on one file costs the user that file only, and is not hidden."""
    real = documents.read_document

    def faulty(data: bytes, name: str, **options: str | None) -> object:
        if name == "1.txt":
            raise IndexError("bug")
        return real(data, name, **options)

    monkeypatch.setattr(documents, "read_document", faulty)
    write(tmp_path, "in/1.txt", policy())
    write(tmp_path, "in/2.txt", policy("上海市", 2))
    catalog = filled_catalog(tmp_path)
    first, second = take_in(catalog, tmp_path / "in")
    assert (first.outcome, second.outcome) == (Outcome.FAILED, Outcome.ADDED)
    assert "1.txt" in first.message
    assert "IndexError" in first.message
    assert "bug" in caplog.text
    catalog.close()


def test_folders_are_walked_by_name_and_what_is_skipped_is_named(tmp_path: Path) -> None:
    """Hidden files, other formats, FIFOs, links out of the folder and linked folders."""
    outside = write(tmp_path, "outside/secret.txt", policy("上海市", 2))
    folder = tmp_path / "in"
    write(folder, "b/2.txt", "")
    write(folder, "a.md", "")
    write(folder, ".hidden.txt", "")
    write(folder, ".git/x.txt", "")
    write(folder, "table.xlsx", "")
    os.mkfifo(folder / "fifo.txt")
    (folder / "link-out.txt").symlink_to(outside)
    (folder / "link-in.txt").symlink_to(folder / "a.md")
    (folder / "link-dir").symlink_to(outside.parent)
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nothing.txt")
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    found = {each.path.relative_to(folder).as_posix(): each.skipped for each in find_files([folder])}
    assert list(found) == sorted(found)
    assert [name for name, skipped in found.items() if skipped is None] == ["a.md", "b/2.txt", "link-in.txt"]
    for name, reason in {
        ".git": "隐藏",
        ".hidden.txt": "隐藏",
        "fifo.txt": "不是普通文件",
        "link-out.txt": "文件夹以外",
        "link-dir": "文件夹以外",
        "loop": "指向文件夹",
        "dangling.txt": "不是普通文件",
        "itself.txt": "无法查看",
        "table.xlsx": "不是 .txt 或 .md",
    }.items():
        skipped = found[name]
        assert skipped is not None, name
        assert reason in skipped
        assert name in skipped


def test_names_that_disguise_themselves_are_shown_plainly(tmp_path: Path) -> None:
    """Control and direction characters in a name cannot forge a line of output."""
    with pytest.raises(UnreadableDocument) as caught:
        read_file(tmp_path / "甲\n已入库\u202ecod.txt", MAX)
    assert "\n" not in str(caught.value)
    assert r"甲\n已入库\u202ecod.txt" in str(caught.value)


def test_manifest_names_what_is_shipped(tmp_path: Path) -> None:
    """The shipped corpus is read by its manifest; a changed file is refused by name, the others go in."""
    corpus = make_corpus(tmp_path / "corpus", [policy(), policy("上海市", 2)])
    hashes = [sha256((corpus / "documents" / f"00{n}.txt").read_bytes()) for n in (0, 1)]
    entries = [f'[[document]]\nfile = "00{n}.txt"\nsha256 = "{hashes[n]}"\n' for n in (0, 1)]
    write(corpus, "manifest.toml", "".join(entries))
    write(corpus, "documents/stray.txt", policy("重庆市", 3))
    write(corpus, "documents/001.txt", policy("上海市", 2, amount=99))
    catalog = filled_catalog(tmp_path)
    good, bad = ingest_shipped(catalog, corpus, MAX, ignore)
    assert good.outcome is Outcome.ADDED
    assert bad.outcome is Outcome.FAILED
    assert "001.txt" in bad.message
    assert "校验和不符" in bad.message
    assert [document.doc_id for document in catalog.documents()] == [doc_id()]
    assert [each.file for each in pending_files(catalog, corpus)] == ["001.txt"]  # tried again next time
    catalog.close()


def test_a_listed_file_that_is_gone_is_a_faulty_installation(tmp_path: Path) -> None:
    """The user typed no path, so "check the path" would be no help; the others go in."""
    corpus = make_corpus(tmp_path / "corpus", [policy()])
    digest = sha256((corpus / "documents" / "000.txt").read_bytes())
    entries = [f'[[document]]\nfile = "{name}.txt"\nsha256 = "{digest}"\n' for name in ("没有", "000")]
    write(corpus, "manifest.toml", "".join(entries))
    catalog = filled_catalog(tmp_path)
    gone, good = ingest_shipped(catalog, corpus, MAX, ignore)
    assert (gone.outcome, good.outcome) == (Outcome.FAILED, Outcome.ADDED)
    assert gone.message == "随附文库的清单列有 没有.txt，但文件不在，请重新安装策问。"
    catalog.close()


def test_without_a_manifest_a_corpus_may_be_gb18030(tmp_path: Path) -> None:
    """A corpus of one's own needs no hashes; the national encoding is read as it is."""
    corpus = make_corpus(tmp_path / "corpus")
    write(corpus, "documents/国标.txt", policy().encode("gb18030"))
    catalog = filled_catalog(tmp_path)
    assert [report.outcome for report in ingest_shipped(catalog, corpus, MAX, ignore)] == [Outcome.ADDED]
    catalog.close()


@pytest.mark.parametrize("manifest", ["document = 3", "[[document]]\nfile = 'a.txt'", "x =", b"\xff\xfe"])
def test_a_broken_manifest_is_named(tmp_path: Path, manifest: str | bytes) -> None:
    """Whatever is wrong inside, the sentence names the file."""
    corpus = make_corpus(tmp_path / "corpus", [policy()])
    write(corpus, "manifest.toml", manifest)
    with pytest.raises(CorpusError, match=r"manifest\.toml"):
        shipped_files(corpus)
    with pytest.raises(CorpusError, match="documents"):
        shipped_files(tmp_path / "nowhere")


def test_shipped_files_are_taken_in_once_and_again_when_changed(tmp_path: Path) -> None:
    """Nothing to do the second time; a changed file is a new version, a new one is added."""
    corpus = make_corpus(tmp_path / "corpus", [policy()])
    catalog = filled_catalog(tmp_path)
    assert [report.outcome for report in ingest_shipped(catalog, corpus, MAX, ignore)] == [Outcome.ADDED]
    assert ingest_shipped(catalog, corpus, MAX, ignore) == ()
    write(corpus, "documents/000.txt", policy(amount=60))
    write(corpus, "documents/001.txt", policy("上海市", 2))
    outcomes = [report.outcome for report in ingest_shipped(catalog, corpus, MAX, ignore)]
    assert outcomes == [Outcome.UPDATED, Outcome.ADDED]
    assert catalog.state().keys == (("上民发[2024]2号", 1), (doc_id(), 2))
    catalog.close()


def test_removed_shipped_documents_stay_removed_also_when_changed(tmp_path: Path) -> None:
    """A new edition of what the user threw out is skipped and said so, until everything is asked for."""
    corpus = make_corpus(tmp_path / "corpus", [policy(), policy("上海市", 2)])
    catalog = filled_catalog(tmp_path)
    ingest_shipped(catalog, corpus, MAX, ignore)
    catalog.remove(doc_id())
    assert ingest_shipped(catalog, corpus, MAX, ignore) == ()
    write(corpus, "documents/000.txt", policy(amount=60))
    (report,) = ingest_shipped(catalog, corpus, MAX, ignore)
    assert report.outcome is Outcome.SKIPPED
    assert "--restore" in report.message
    assert ingest_shipped(catalog, corpus, MAX, ignore) == ()
    catalog.forget_shipped()
    outcomes = [report.outcome for report in ingest_shipped(catalog, corpus, MAX, ignore)]
    assert outcomes == [Outcome.ADDED, Outcome.EXISTS]
    catalog.close()


def announcement(*items: str) -> str:
    """A notice without 文号, of one office and one day, that announces these."""
    return "某某市医疗保障局公告\n" + "\n".join(items) + "\n某某市医疗保障局\n2024年9月1日\n"


FEES = [
    "一、门诊挂号费调整为每次五元，急诊挂号费调整为每次十元。",
    "二、住院床位费调整为每日四十元，监护病房床位费调整为每日一百二十元。",
    "三、上门护理服务费由医疗机构自主确定，收费前应当告知患者。",
]
HOSPITALS = [
    "一、下列医院纳入异地就医直接结算范围：市第一人民医院、市中医院、市妇幼保健院。",
    "二、参保人员凭社会保障卡或者医保电子凭证办理结算，无需另行备案。",
]


def test_a_namesake_does_not_take_the_place_of_another_document(tmp_path: Path) -> None:
    """Two 公告 of one day, two 附件.txt: both are kept, and the user hears of it; nothing is lost."""
    catalog = filled_catalog(tmp_path)
    fees = write(tmp_path, "1.txt", announcement(*FEES))
    hospitals = write(tmp_path, "2.txt", announcement(*HOSPITALS))
    first, second = take_in(catalog, fees, hospitals)
    assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.ADDED)
    assert first.warnings == ()
    assert second.doc_id is not None
    assert second.doc_id.startswith(f"{first.doc_id}~")
    assert str(first.doc_id) in second.warnings[0]
    assert "同名而内容不同" in second.warnings[0]
    texts = [clause.text for clause in catalog.clauses()]
    assert any("门诊挂号费" in text for text in texts)
    assert any("市中医院" in text for text in texts)
    assert {clause.doc_id for clause in catalog.clauses(second.doc_id)} == {second.doc_id}
    catalog.close()


def test_a_new_edition_goes_to_the_document_it_is_an_edition_of(tmp_path: Path) -> None:
    """Of two namesakes the one whose clauses it shares gets the new version; the same text is known."""
    catalog = filled_catalog(tmp_path)
    first, second = take_in(
        catalog,
        write(tmp_path, "1.txt", announcement(*FEES)),
        write(tmp_path, "2.txt", announcement(*HOSPITALS)),
    )
    newer = [HOSPITALS[0], HOSPITALS[1].replace("无需另行备案", "异地安置的应当先备案")]
    edition, same, dearer = take_in(
        catalog,
        write(tmp_path, "3.txt", announcement(*newer)),
        write(tmp_path, "4.txt", announcement(*newer).encode("gb18030")),
        write(tmp_path, "5.txt", announcement(*(item.replace("四十元", "五十元") for item in FEES))),
    )
    assert (edition.outcome, edition.doc_id, edition.version) == (Outcome.UPDATED, second.doc_id, 2)
    assert (same.outcome, same.doc_id) == (Outcome.EXISTS, second.doc_id)
    assert (dearer.outcome, dearer.doc_id, dearer.version) == (Outcome.UPDATED, first.doc_id, 2)
    assert len(catalog.documents()) == 2
    catalog.close()


def test_a_document_with_a_number_is_known_by_it_alone(tmp_path: Path) -> None:
    """A 文号 is given once: another wording under it is its new version, however much was changed."""
    catalog = filled_catalog(tmp_path)
    number = "某医保〔2024〕9号\n"
    texts = [announcement(*items).replace("公告\n", "通知\n" + number, 1) for items in (FEES, HOSPITALS)]
    first, second = take_in(catalog, *(write(tmp_path, f"{n}.txt", text) for n, text in enumerate(texts)))
    assert first.doc_id == second.doc_id == "某医保[2024]9号"
    assert (second.outcome, second.warnings) == (Outcome.UPDATED, ())
    catalog.close()


def test_the_real_corpus_goes_in_whole(tmp_path: Path) -> None:
    """Every document that ships is accepted, with clauses."""
    catalog = filled_catalog(tmp_path)
    reports = ingest_shipped(catalog, default_corpus(), 20 * MAX, ignore)
    assert len(reports) == len(shipped_files(default_corpus())) > 0
    assert {report.outcome for report in reports} == {Outcome.ADDED}
    assert all(report.n_units > 5 for report in reports)
    catalog.close()


def test_documents_are_read_again_when_the_parser_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the stored original, keeping the version; then there is nothing left to do."""
    catalog = filled_catalog(tmp_path)
    take_in(catalog, write(tmp_path, "a.txt", policy()), write(tmp_path, "b.txt", policy("上海市", 2)))
    assert reread(catalog) == ()
    monkeypatch.setattr(ingest, "parser_fingerprint", lambda: "another parser")
    reports = reread(catalog)
    assert [(report.outcome, report.version) for report in reports] == [(Outcome.UPDATED, 1)] * 2
    assert [report.path.name for report in reports] == ["b.txt", "a.txt"]
    assert reread(catalog) == ()
    catalog.close()
