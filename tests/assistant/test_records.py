"""Clauses and answers as flat records that any tool can store."""

import json
from dataclasses import replace

import pytest

from assistant.records import answer_record, clause_record
from indexing.types import Level


def test_what_is_unknown_is_none(assistant):
    """Not "" and not left out: every record has the same keys, also without its document."""
    document = assistant.index.document("京发改规[2025]1号")
    clause = assistant.index.clause("京发改规[2025]1号", "第二十三条")
    known, alone = clause_record(clause, document), clause_record(clause, None)
    assert list(known) == list(alone)
    assert (alone["title"], alone["place"], alone["expires_on"]) == (clause.doc_id, None, None)
    bare = replace(clause, headings=(), heading=None, cells=(), responsible=())
    record = clause_record(bare, replace(document, metadata=replace(document.metadata, jurisdiction=None)))
    assert [record[key] for key in ("headings", "heading", "cells", "responsible", "place")] == [None] * 5


def test_every_clause_of_the_library_is_flat_json(assistant):
    """Vector stores take text, numbers and null, and no list."""
    for document in assistant.index.documents():
        for clause in assistant.index.clauses(document.doc_id):
            record = clause_record(clause, document)
            assert json.loads(json.dumps(record)) == record
            assert all(value is None or isinstance(value, str | int) for value in record.values())
            assert document.text[record["start"] : record["end"]] == clause.text


def test_a_row_names_its_columns_and_who_is_responsible(assistant):
    """Merged cells stand in each row that they cover."""
    rows = [
        clause for clause in assistant.index.clauses() if clause.level is Level.ROW and clause.responsible
    ]
    assert rows
    for row in rows:
        record = clause_record(row, assistant.index.document(row.doc_id))
        assert record["cells"] == "；".join(f"{column}：{value}" for column, value in row.cells)
        assert record["responsible"].split("、") == list(row.responsible)


@pytest.mark.parametrize(
    ("question", "has_nearest"),
    [("北京市社区嵌入式服务设施项目补助多少？", False), ("广州市对社区嵌入式服务设施补助多少？", True)],
)
def test_only_a_refusal_has_nearest_clauses(question, has_nearest, ask, assistant):
    """They are never among the citations."""
    record = answer_record(ask(question), assistant.index)
    assert bool(record["nearest"]) is has_nearest
    assert bool(record["citations"]) is not has_nearest
