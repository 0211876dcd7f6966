"""The keys that docs/json.md promises, the batch lines, and text that cannot be encoded."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.basket import Kept
from assistant.differing.sides import of_citations
from assistant.drafting.types import Breach, Gate
from assistant.export.lint.findings import Rule, finding
from assistant.rules.checking import check_facts
from assistant.templates import find_template
from assistant.types import AnswerStatus
from tests.assistant.drafting.making import case_of, draft_of
from tests.assistant.rule_sheets import reading_of
from tests.comparisons import made
from tests.ui.fakes import CLAUSES, PLAN, RULES, FakeIndex, answer_to, hit_of, report_on
from ui import diffing, fact_json, jsonl, layout_reports
from ui.compare_commands import review_object
from ui.comparison_json import comparison_line
from ui.draft_reports import draft_object
from ui.drafts_reports import basket_array
from ui.jsonl import BadLine, BatchQuestion

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "json.md"
LOOKUP = FakeIndex().document


def documented() -> dict[str, list[str]]:
    """Section of docs/json.md → the keys of its table, in order."""
    sections = re.split(r"^##+ ", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        section.partition("\n")[0]: re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
        for section in sections
    }


def produced() -> dict[str, Any]:
    """One object of each documented kind, as printed."""
    answer = json.loads(jsonl.answer_line(answer_to("问"), LOOKUP))
    documents = json.loads(jsonl.documents_array([(RULES, 2)]))
    clauses = json.loads(jsonl.clauses_array(CLAUSES, LOOKUP))
    finding_ = finding(Rule.GRID, "页面", "没有指定", "每面22行")
    lint = json.loads(layout_reports.lint_object(Path("甲.docx"), [finding_]))
    template = json.loads(layout_reports.template_object(find_template("CQ-D1")))
    explained = json.loads(jsonl.hits_line(answer_to("问").hits, LOOKUP, explain=True))
    return {
        "error": json.loads(jsonl.error_line(1, "a", "错")),
        "ask": answer,
        "statement": answer["statements"][0],
        "citation": answer["statements"][0]["citations"][0],
        "hit": answer["hits"][0],
        "focus": answer["hits"][0]["focus"],
        "search": json.loads(jsonl.hits_line(answer_to("问").hits, LOOKUP, 1)),
        "signal": explained["hits"][0]["signals"][0],
        "clauses": clauses[2],
        "cell": clauses[2]["cells"][0],
        "documents": documents[0],
        "cited_document": documents[0]["cited_documents"][0],
        "add": json.loads(jsonl.file_reports_array([report_on(Path("甲.txt"))]))[0],
        "index": json.loads(jsonl.index_object(2, 3, Path("/home"), ())),
        "remove": json.loads(jsonl.removed_object(RULES)),
        **compared(),
        "lint": lint,
        "layout_finding": lint["findings"][0],
        "templates": template,
        "template_section": template["sections"][0],
        "template_clause": template["sections"][0]["clauses"][0],
        "serve": json.loads(jsonl.serving_object("http://127.0.0.1:7860")),
        **produced_of_facts(),
        **produced_of_drafts(),
        **differing(),
    }


def differing() -> dict[str, Any]:
    """Two citations beside each other, and a cell as reviewed."""
    cited = answer_to("问").statements[0].citations[0]
    found = diffing.as_object(of_citations(cited, cited))
    comparison = made()
    return {
        "diff": found,
        "diff_pair": found["pairs"][0],
        "review": review_object(comparison, comparison.columns[0].label),
    }


def produced_of_drafts() -> dict[str, Any]:
    """A draft, with a sentence that did not pass; a clause put aside for one."""
    case = case_of("CQ-D1", "CQ")
    breach = Breach(Gate.NUMBER, "补助6000万元。", "没有依据。")
    draft = json.loads(draft_object(replace(draft_of("CQ-D1", "CQ"), breaches=(breach,)), case))
    kept = Kept("补助", "甲市", None, answer_to("问").statements[0].citations[0], date(2026, 11, 22))
    return {
        "draft": draft,
        "draft_section": draft["sections"][0],
        "draft_breach": draft["breaches"][0],
        "basket_clause": basket_array([(1, kept, True)])[0],
    }


def produced_of_facts() -> dict[str, Any]:
    """One object of each kind that a fact sheet brings."""
    words = {"所属辖区": "重庆市", "综合体建筑面积": "520㎡", "服务户数": "很多", "某某": "某某"}
    reading = reading_of(words)
    read = json.loads(fact_json.reading_object(reading, "表.yaml"))
    report = check_facts(reading.sheet, date(2026, 11, 22))
    check = json.loads(fact_json.report_object(report, reading, "表.yaml"))
    finding = next(each for each in check["findings"] if each["rule"] == "CQ-05")
    return {
        "facts read": read,
        "fact": read["facts"][0],
        "issue": read["issues"][0],
        "unplaced": read["unplaced"][0],
        "check": check,
        "finding": finding,
        "missing_fact": finding["missing"][0],
        "step": finding["steps"][0],
        "derived": check["derived"][0],
    }


def compared() -> dict[str, Any]:
    """The objects of a comparison."""
    whole = json.loads(comparison_line(made()))
    row = whole["rows"][0]
    cell = row["cells"][0]
    return {
        "compare": whole,
        "column": whole["columns"][0],
        "row": row,
        "topic": row["topic"],
        "compared_cell": cell,
        "figure": cell["figures"][0],
        "quote": cell["quotes"][0],
        "source": whole["sources"][0],
    }


@pytest.mark.parametrize("kind", sorted(produced()))
def test_the_keys_are_those_documented(kind: str) -> None:
    """docs/json.md names every key in order, and no key that is not there."""
    assert list(produced()[kind]) == documented()[kind]


def test_every_documented_object_is_checked() -> None:
    """A table added to the document needs an object here."""
    tables = {name for name, keys in documented().items() if keys} - {"批量输入"}
    assert tables == set(produced())


def test_an_answer_carries_what_the_assistant_said() -> None:
    """Values, not only keys: text, spans, order, timings."""
    line = json.loads(jsonl.answer_line(answer_to("问", missing=("缺。",)), LOOKUP, "q-1"))
    assert (line["id"], line["question"], line["status"]) == ("q-1", "问", "ANSWERED")
    assert line["answer"] == "甲市按建设费用的百分之三十给予补助。"
    citation = line["statements"][0]["citations"][0]
    assert RULES.text[citation["start"] : citation["end"]] == citation["quote"]
    assert (citation["doc_id"], citation["version"], citation["path"]) == (RULES.doc_id, 2, "第二条")
    assert [hit["path"] for hit in line["hits"]] == ["第一条", "第二条", "附件1/3"]
    assert [hit["document_number"] for hit in line["hits"]] == ["甲发改〔2025〕1号"] * 2 + [None]
    assert line["missing"] == ["缺。"]
    assert line["timings_ms"] == {"search": 1.235, "write": 0.5}


def test_at_most_ten_hits_are_printed_with_an_answer() -> None:
    """However many the assistant kept."""
    answer = replace(answer_to("问"), hits=tuple(hit_of(CLAUSES[0], 1.0) for _ in range(15)))
    assert len(json.loads(jsonl.answer_line(answer, LOOKUP))["hits"]) == 10


def test_no_basis_prints_an_empty_answer() -> None:
    """Not null, not a sentence that could be taken for one."""
    line = json.loads(jsonl.answer_line(answer_to("问", AnswerStatus.NO_BASIS), LOOKUP))
    assert (line["answer"], line["statements"]) == ("", [])


def test_documents_and_clauses_print_days_cells_and_nulls() -> None:
    """Days as ISO 8601, cells as issued, unknown as null."""
    first = json.loads(jsonl.documents_array([(RULES, 2), (PLAN, 1)]))
    assert first[0]["effective_from"] == date(2025, 1, 13).isoformat()
    assert (first[0]["clauses"], first[1]["document_number"]) == (2, None)
    row = json.loads(jsonl.clauses_array(CLAUSES[2:], LOOKUP))[0]
    assert row["cells"][2] == {"column": "责任单位", "value": "市民政局"}
    assert (row["level"], row["responsible"]) == ("row", ["市民政局"])
    assert json.loads(jsonl.clauses_array((), LOOKUP)) == []


def test_a_lone_surrogate_leaves_as_a_replacement_character() -> None:
    """Half a character in a question must not break the line it is answered in."""
    line = jsonl.answer_line(answer_to("补\ud83d助"), LOOKUP, "\udcff")
    assert json.loads(line.encode("utf-8"))["question"] == "补\ufffd助"
    assert json.loads(line)["id"] == "\ufffd"
    whole = jsonl.error_line(1, None, "😀")
    assert json.loads(whole.encode())["error"] == "😀"


def test_a_line_feed_in_an_answer_stays_inside_its_line() -> None:
    """JSON Lines: one answer, one line."""
    assert "\n" not in jsonl.answer_line(answer_to("一\n二\u2028三\r"), LOOKUP)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"id": "a", "question": "\xe9\x97\xae"}', BatchQuestion(1, "a", "问")),
        (b'\xef\xbb\xbf{"id": 7, "question": "q"}\r\n', BatchQuestion(1, 7, "q")),
        (b'{"question": "q"}', BatchQuestion(1, 1, "q")),
        (b'{"id": null, "question": "q"}', BatchQuestion(1, 1, "q")),
        (b'{"id": "a", "query": "q", "extra": [1]}', BatchQuestion(1, "a", "q")),
        (b'{"id": "a", "question": " \\u3000"}', BatchQuestion(1, "a", " \u3000")),
        (b'{"id": 1, "question": "\\ud800"}', BatchQuestion(1, 1, "\ud800")),
    ],
)
def test_a_usable_line_is_read(raw: bytes, expected: BatchQuestion) -> None:
    """UTF-8 with or without a mark, any scalar id, else the line number."""
    assert list(jsonl.read_batch([raw], ("question", "query"))) == [expected]


@pytest.mark.parametrize(
    ("raw", "identifier", "said"),
    [
        (b"{", 1, "不是有效的 JSON"),
        (b"[1]", 1, "JSON 对象"),
        (b'"q"', 1, "JSON 对象"),
        (b'{"id": NaN, "question": "q"}', 1, "不是有效的 JSON"),
        (b'{"id": [1], "question": "q"}', 1, "JSON 对象"),
        (b'{"id": 1e999, "question": "q"}', 1, "id 超出"),
        (b'{"id": -1e999}', 1, "id 超出"),
        (b'{"id": "a"}', "a", "缺少"),
        (b'{"id": "a", "question": 3}', "a", "缺少"),
        (b'{"id": "a", "query": "q"}', "a", "缺少"),
        ('{"id": "a", "question": "补助"}'.encode("gb18030"), 1, "不是 UTF-8"),
        (b"[" * 100_000, 1, "不是有效的 JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", 1, "不是有效的 JSON"),
    ],
)
def test_a_bad_line_says_what_is_wrong(raw: bytes, identifier: object, said: str) -> None:
    """One Chinese sentence, with the id where one can be read."""
    (bad,) = jsonl.read_batch([raw])
    assert isinstance(bad, BadLine)
    assert (bad.line, bad.id) == (1, identifier)
    assert said in bad.reason
    assert bad.reason.endswith("。")


def test_empty_lines_are_skipped_but_counted() -> None:
    """The line number in an error is the one an editor shows."""
    read = list(jsonl.read_batch([b"\n", b'{"question": "q"}\n', b"  \r\n", b"x\n"]))
    assert [one.line for one in read] == [2, 4]
