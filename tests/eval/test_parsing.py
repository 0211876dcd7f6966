"""The report on public sets counts what it says it counts, and its checks notice a broken reading."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.parsing import main
from eval.parsing_checks import lost_pieces, span_problems, tree_problems
from eval.printed_marks import printed_marks
from indexing.documents import ParsedDocument, read_document

_LAW = "云岭市条例\n第一条 目的。\n第二条 条件：\n（一）甲；\n（二）乙。\n第三条 施行。\n"
_GAP = "云岭市办法\n第一条 目的。\n第三条 施行。\n"


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _read() -> ParsedDocument:
    return read_document(_LAW.encode(), "条例.txt")


def test_complete_and_broken_documents_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One whole law, one with a gap of its own: one of two complete, the reason named."""
    rows = [{"id": "a", "title": "条例", "text": _LAW}, {"id": "b", "title": "办法", "text": _GAP}]
    _write(tmp_path / "laws" / "laws.jsonl.gz", rows)
    assert main([str(tmp_path), "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["sets"]
    assert (report["documents"], report["complete"]) == (2, 1)
    assert report["failing"][0]["doc"] == "b 办法"
    assert report["failing"][0]["reason"] == "the document itself skips or repeats article numbers"


def test_counts_that_came_with_the_set_are_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """expected_counts.jsonl names 3 articles; a wrong count of items is shown."""
    folder = tmp_path / "policy_docs"
    _write(folder / "docs.jsonl.gz", [{"id": "a", "title": "条例", "text": _LAW}])
    counts = {"id": "a", "zhang": 0, "jie": 0, "tiao": 3, "xiang": 5, "yi_dun": 0}
    (folder / "expected_counts.jsonl").write_text(json.dumps(counts) + "\n", "utf-8")
    assert main([str(tmp_path)]) == 0
    assert "a 条例: xiang 5→2" in capsys.readouterr().out


def test_a_folder_without_sets_is_the_callers_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and one Chinese sentence."""
    assert main([str(tmp_path)]) == 2
    assert "请指明公开语料所在的文件夹" in capsys.readouterr().err


def test_checks_notice_text_owned_by_nobody_or_twice() -> None:
    """Taking a clause away, or giving it a neighbour's text, is a problem."""
    parsed = _read()
    last = parsed.clauses[-1]
    without = replace(parsed, clauses=parsed.clauses[:-1])
    doubled = replace(parsed, clauses=(*parsed.clauses, replace(last, path="x", order=last.order + 1)))
    assert span_problems(parsed) == []
    assert span_problems(without)[0].startswith("no clause own")
    assert span_problems(doubled)[0].startswith("two clauses own")


def test_checks_notice_a_broken_tree() -> None:
    """A path used twice and a parent nobody has are problems."""
    parsed = _read()
    last = parsed.clauses[-1]
    again = replace(parsed, clauses=(*parsed.clauses, replace(last, order=last.order + 1)))
    orphan = replace(parsed, clauses=(*parsed.clauses[:-1], replace(last, parent="第九条")))
    assert tree_problems(parsed) == []
    assert tree_problems(again) == ["path 第三条 2 times"]
    assert tree_problems(orphan) == ["parent 第九条 of 第三条 does not come before it"]


def test_checks_notice_lost_text() -> None:
    """A sentence left out of the text is no furniture, even when the file holds it twice."""
    parsed = _read()
    offsets = parsed.document.offsets
    document = replace(parsed.document, offsets=replace(offsets, runs=offsets.runs[:-1]))
    assert lost_pieces(parsed, _LAW.encode()) == []
    assert lost_pieces(replace(parsed, document=document), _LAW.encode()) != []


def test_printed_marks_skip_contents_and_quotes() -> None:
    """目录 and articles inside “…” are not counted; an article without a space is."""
    text = "条例\n目录\n第一章 总则\n第一章 总则\n第一条 甲。\n第二条本条例：\n“第九条 丙。\n（一）丁。”\n"
    marks = printed_marks(text)
    assert marks.articles == ("第一条", "第二条")
    assert marks.chapters == ("第一章",)
    assert marks.items == ()
