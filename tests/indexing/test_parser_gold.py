"""The five shipped documents against a gold written from the texts themselves.

`eval/cases/clauses/*.json` was read off the documents by hand before the parser existed: every
clause path in order with the first and last twelve characters and the length of its text
(white space removed), 责任单位, heading chains, table cells and all metadata.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.cases import CASES_DIR
from eval.parsing_checks import all_problems, left_out, visible_paths
from eval.policy_draft import tight
from indexing.documents import ParsedDocument, read_document
from indexing.types import Clause, Metadata

_GOLD = CASES_DIR / "clauses"
_DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
NAMES = ("guojia", "shanghai", "beijing", "hangzhou", "chongqing")
_MARK = re.compile(r"^(?:第.{1,6}[章节条]|[一二三四五六七八九十]+、|[（(].{1,3}[）)]|\d+[.．])")
# furniture of the five files besides Markdown: one running head, two table headers, rules
_RUNNING_HEAD = "重庆市发展和改革委员会行政规范性文件"
_HEADERS = ("序号类型政策内容责任单位", "序号重点任务主要内容牵头单位配合单位")


@functools.cache
def gold(name: str) -> dict[str, Any]:
    """What the document of this name must come out as."""
    loaded: dict[str, Any] = json.loads((_GOLD / f"{name}.json").read_text("utf-8"))
    return loaded


@functools.cache
def source(name: str) -> bytes:
    """The shipped bytes."""
    return (_DOCUMENTS / str(gold(name)["file"])).read_bytes()


@functools.cache
def parsed(name: str) -> ParsedDocument:
    """The parser's reading of it."""
    return read_document(source(name), gold(name)["file"])


def by_path(name: str) -> dict[str, Clause]:
    """Its clauses under their paths."""
    return {clause.path: clause for clause in parsed(name).clauses}


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_is_found_in_order_and_nothing_else(name: str) -> None:
    """All articles, headings, paragraphs, items, rows and frame texts, each once."""
    assert visible_paths(parsed(name)) == [node["path"] for node in gold(name)["clauses"]]


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_begins_and_ends_where_the_document_says(name: str) -> None:
    """First and last characters and length agree: no page head inside, no sentence cut off."""
    found = by_path(name)
    wrong = []
    for node in gold(name)["clauses"]:
        if node["path"] not in found:
            continue
        text = tight(found[node["path"]].text)
        seen = {"first": text[:12], "last": text[-12:], "chars": len(text)}
        expected = {key: node[key] for key in ("first", "last", "chars") if node[key] is not None}
        if any(seen[key] != value for key, value in expected.items()):
            wrong.append((node["path"], expected, seen))
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_headings_above_a_clause(name: str) -> None:
    """The chain of headings ends with those the document prints above the clause."""
    found = by_path(name)
    wrong = []
    for node in gold(name)["clauses"]:
        expected = [tight(heading) for heading in node.get("headings", [])]
        clause = found.get(node["path"])
        if clause is None or not expected:
            continue
        chain = [_MARK.sub("", tight(heading)) for heading in clause.headings]
        if chain[-len(expected) :] != expected:
            wrong.append((node["path"], expected, chain))
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_clauses_own_heading(name: str) -> None:
    """Run-in headings, chapter names and 【…】 captions, without mark and full stop."""
    found = by_path(name)
    wrong = [
        (path, heading, found[path].heading)
        for path, heading in gold(name)["headings_own"].items()
        if tight(found[path].heading or "") != tight(heading)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_responsible_bodies(name: str) -> None:
    """责任单位 and 牵头单位 come out as single names in the order of first mention."""
    found = by_path(name)
    wrong = [
        (node["path"], node["responsible"], list(found[node["path"]].responsible))
        for node in gold(name)["clauses"]
        if "responsible" in node and list(found[node["path"]].responsible) != node["responsible"]
    ]
    assert wrong == []


def test_rows_of_the_chongqing_tables() -> None:
    """All 33 rows of 附件1-1 and all sub-rows of 附件1-2, merged cells filled down."""
    found, wrong = by_path("chongqing"), []
    rows = gold("chongqing")["rows"]
    assert len(rows) == 33 + 17
    for row in rows:
        expected = [[tight(cell) for cell in pair] for pair in row["cells"]]
        seen = [[tight(cell) for cell in pair] for pair in found[row["path"]].cells]
        if seen != expected:
            wrong.append((row["path"], expected, seen))
    assert wrong == []


def cited_mismatch(name: str) -> list[str]:
    """Cited documents missing from the reading, or read but not cited."""
    left = list(gold(name)["metadata"]["cited_documents"])
    problems = []
    for cited in parsed(name).document.metadata.cited_documents:
        number, title = tight(cited.document_number or "") or None, tight(cited.title or "")
        for entry in left:
            titles = [tight(candidate) for candidate in entry["titles"]]
            if number == entry["document_number"] and title in titles:
                left.remove(entry)
                break
        else:
            problems.append(f"read {number} {title}")
    return problems + [f"missing {entry['document_number']} {entry['titles'][0]}" for entry in left]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", [field.name for field in dataclasses.fields(Metadata)])
def test_metadata(name: str, key: str) -> None:
    """Each field as the document states it; what it does not say is None or empty."""
    expected: Any = gold(name)["metadata"][key]
    seen = getattr(parsed(name).document.metadata, key)
    if key == "cited_documents":
        assert cited_mismatch(name) == []
        return
    if isinstance(seen, date):
        seen = seen.isoformat()
    if isinstance(seen, tuple):
        seen, expected = [tight(item) for item in seen], [tight(item) for item in expected]
    if key in ("title", "document_number"):  # a space a converter put between digits and 号 is none of ours
        seen, expected = tight(seen or ""), tight(expected)
    assert seen == expected


@pytest.mark.parametrize("name", NAMES)
def test_spans_tree_and_source_hold(name: str) -> None:
    """Own spans cover the text once, children lie in parents, offsets lead back to the file."""
    assert all_problems(parsed(name), source(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_leads_back_to_its_bytes(name: str) -> None:
    """What the offset map points at is the clause, but for white space the reader put in."""
    document, data = parsed(name).document, source(name)
    for clause in parsed(name).clauses:
        spans = document.offsets.source_spans(document.text, clause.start, clause.end)
        raw = b"".join(data[start:end] for start, end in spans)
        assert tight(raw.decode(document.offsets.encoding)) == tight(clause.text), clause.path


@pytest.mark.parametrize("name", NAMES)
def test_only_named_furniture_is_left_out(name: str) -> None:
    """What is not in the text is Markdown, the running head, repeated table headers or rules."""
    pieces = [re.sub(r"[#*\-]", "", piece) for piece in left_out(parsed(name), source(name))]
    pieces = [piece for piece in pieces if piece]
    if name == "chongqing":
        assert pieces.count(_RUNNING_HEAD) == 4
        assert [pieces.count(header) for header in _HEADERS] == [5, 3]
    assert set(pieces) <= {_RUNNING_HEAD, *_HEADERS}


@pytest.mark.parametrize("name", NAMES)
def test_reading_twice_gives_the_same(name: str) -> None:
    """The parser is a pure function of the bytes."""
    again = read_document(source(name), gold(name)["file"])
    assert again == parsed(name)
    assert not again.issues
