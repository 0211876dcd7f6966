"""What `--json` and `--batch` print and read. The keys are documented in docs/json.md.

Every record is built here and leaves as text, so that no other module depends on
its keys. A lone surrogate leaves as U+FFFD: the output is always UTF-8 and always JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from assistant.types import AnswerStatus
from ui.addresses import DocumentLookup
from ui.text import encodable

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from assistant.types import Answer, Citation
    from indexing.ingest import FileReport
    from indexing.types import Clause, ClauseHit, Document

MAX_HITS = 10
"""How many hits `ask` prints."""

Identifier = str | int | float | bool | None
"""What a caller may use as `id`: any JSON scalar; null counts as none given."""


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A readable line of a batch file; `id` is the caller's, or the line number where none was given.

    `question` may still be one that cannot be asked.
    """

    line: int
    id: Identifier
    question: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that asks nothing, and why, as one Chinese sentence."""

    line: int
    id: Identifier
    reason: str


def read_batch(
    lines: Iterable[bytes], keys: tuple[str, ...] = ("question",)
) -> Iterator[BatchQuestion | BadLine]:
    """Each line of a batch in order, read one at a time; empty lines are skipped but counted.

    Args:
        lines: raw lines as a binary file yields them; UTF-8, a byte order mark is allowed.
        keys: where the question may stand; the first one present counts.
    """
    for number, raw in enumerate(lines, start=1):
        stripped = (raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw).strip()
        if stripped:
            yield _read_line(number, stripped, keys)


def _read_line(number: int, raw: bytes, keys: tuple[str, ...]) -> BatchQuestion | BadLine:
    try:
        record = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        return BadLine(number, number, f"第{number}行不是 UTF-8 文本，请把文件另存为 UTF-8 编码。")
    except (ValueError, RecursionError):
        return BadLine(number, number, f"第{number}行不是有效的 JSON，请检查引号、逗号和括号。")
    if not isinstance(record, dict) or isinstance(record.get("id"), list | dict):
        return BadLine(
            number,
            number,
            f'第{number}行应是形如 {{"id": "1", "question": "……"}} 的 JSON 对象，请改正这一行。',
        )
    identifier: Identifier = number if record.get("id") is None else record["id"]
    if isinstance(identifier, float) and not math.isfinite(identifier):  # 1e999; JSON could not print it
        return BadLine(number, number, f"第{number}行的 id 超出了数的范围，请改用字符串或较小的数。")
    question = next((record[key] for key in keys if key in record), None)
    if not isinstance(question, str):
        return BadLine(number, identifier, f"第{number}行缺少文字形式的 {keys[0]}，请补上要查询的问题。")
    return BatchQuestion(number, identifier, question)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"not JSON: {name}")


def error_line(line: int, identifier: Identifier, reason: str) -> str:
    """The JSON line that stands in the output where line number `line` of the batch failed."""
    return _dump({"id": identifier, "line": line, "error": reason})


def refused_answer_line(one: BatchQuestion, reason: str) -> str:
    """The answer `ask` gives a question that cannot be asked: all its keys, and the error's."""
    nothing: dict[str, Any] = {key: [] for key in ("statements", "hits", "notices", "rejected")}
    nothing |= {"missing": [reason]}
    nothing |= dict.fromkeys(("as_of", "resolved", "index_version", "writer", "prompts_version"))
    nothing["timings_ms"] = {}
    said = {"id": one.id, "question": one.question, "status": AnswerStatus.NO_BASIS.value, "answer": ""}
    return _dump(said | nothing | {"line": one.line, "error": reason})


def refused_hits_line(one: BatchQuestion, reason: str) -> str:
    """What `search` gives a question that cannot be asked: no hits, and the error's keys."""
    return _dump({"id": one.id, "hits": [], "line": one.line, "error": reason})


def answer_line(
    answer: Answer, lookup: DocumentLookup, identifier: Identifier = None, *, explain: bool = False
) -> str:
    """One answer as one line of JSON; with `explain` each hit has its signals.

    `identifier` is null for a question asked without a batch.
    """
    made = answer.provenance
    return _dump(
        {
            "id": identifier,
            "question": answer.question,
            "status": answer.status.value,
            "answer": answer.text,
            "statements": [
                {"text": statement.text, "citations": [citation_object(one) for one in statement.citations]}
                for statement in answer.statements
            ],
            "hits": [_explained(hit, lookup, explain=explain) for hit in answer.hits[:MAX_HITS]],
            "missing": list(answer.missing),
            "notices": list(answer.notices),
            "rejected": [{"text": one.text, "reason": one.reason} for one in answer.rejected],
            "as_of": answer.as_of.isoformat(),
            "resolved": answer.resolved,
            "index_version": made.index if made else None,
            "writer": made.writer if made else None,
            "prompts_version": made.prompts if made else None,
            "timings_ms": {stage: round(milliseconds, 3) for stage, milliseconds in answer.timings_ms},
        }
    )


def hits_line(
    hits: Iterable[ClauseHit],
    lookup: DocumentLookup,
    identifier: Identifier = None,
    *,
    explain: bool = False,
) -> str:
    """What one search found, best first, as one line of JSON; with `explain` each hit has its signals."""
    records = [_explained(hit, lookup, explain=explain) for hit in hits]
    return _dump({"id": identifier, "hits": records})


def clauses_array(clauses: Iterable[Clause], lookup: DocumentLookup) -> str:
    """Clauses as one JSON array, a clause a line, in the order given."""
    return _array(
        {
            "doc_id": clause.doc_id,
            "document_number": _number(clause.doc_id, lookup),
            "part": clause.part,
            "path": clause.path,
            "heading": clause.heading,
            "headings": list(clause.headings),
            "text": clause.text,
            "start": clause.start,
            "end": clause.end,
            "level": clause.level.value,
            "cells": [{"column": column, "value": value} for column, value in clause.cells],
            "responsible": list(clause.responsible),
        }
        for clause in clauses
    )


def documents_array(documents: Iterable[tuple[Document, int]]) -> str:
    """Documents, each with its number of clauses, as one JSON array, a document a line."""
    return _array(_document(document, n_clauses) for document, n_clauses in documents)


def _document(document: Document, n_clauses: int) -> dict[str, Any]:
    said = document.metadata
    return {
        "doc_id": document.doc_id,
        "version": document.version,
        "title": document.title,
        "document_number": said.document_number,
        "document_type": said.document_type,
        "issuing_authorities": list(said.issuing_authorities),
        "drafted_by": list(said.drafted_by),
        "jurisdiction": said.jurisdiction,
        "issued_on": _day(said.issued_on),
        "drafted_on": _day(said.drafted_on),
        "printed_on": _day(said.printed_on),
        "effective_from": _day(said.effective_from),
        "effective_from_inferred": said.effective_from_inferred,
        "valid_for": said.valid_for,
        "expires_on": _day(said.expires_on),
        "is_trial": said.is_trial,
        "attachments": list(said.attachments),
        "cited_documents": [
            {"document_number": cited.document_number, "title": cited.title} for cited in said.cited_documents
        ],
        "clauses": n_clauses,
        "sha256": document.source_sha256,
    }


def index_object(n_documents: int, n_clauses: int, home: Path, read: Iterable[FileReport]) -> str:
    """What `cewen index --json` prints."""
    files = [_file_report(report) for report in read]
    return _dump({"documents": n_documents, "clauses": n_clauses, "home": str(home), "files": files})


def file_reports_array(done: Iterable[FileReport]) -> str:
    """What `cewen add --json` prints: a report a file, in the order met."""
    return _array(_file_report(report) for report in done)


def removed_object(document: Document) -> str:
    """What `cewen remove --json` prints."""
    return _dump({"removed": document.doc_id, "version": document.version, "title": document.title})


def serving_object(url: str) -> str:
    """What `cewen serve --json` prints once the page can be opened."""
    return _dump({"url": url})


def _file_report(report: FileReport) -> dict[str, Any]:
    return {
        "path": str(report.path),
        "outcome": report.outcome.value,
        "message": report.message,
        "doc_id": report.doc_id,
        "title": report.title,
        "version": report.version,
        "clauses": report.n_clauses,
        "warnings": list(report.warnings),
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """A citation as it stands in every record."""
    return {
        "doc_id": citation.doc_id,
        "document_number": citation.document_number,
        "title": citation.title,
        "version": citation.version,
        "path": citation.path,
        "text_hash": citation.text_hash,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def _hit(hit: ClauseHit, lookup: DocumentLookup) -> dict[str, Any]:
    return {
        "doc_id": hit.clause.doc_id,
        "document_number": _number(hit.clause.doc_id, lookup),
        "path": hit.clause.path,
        "focus": {
            "path": hit.focus.path,
            "start": hit.focus.start,
            "end": hit.focus.end,
            "text": hit.focus.text,
        },
        "score": float(hit.score),
    }


def _explained(hit: ClauseHit, lookup: DocumentLookup, *, explain: bool) -> dict[str, Any]:
    return _hit(hit, lookup) | ({"signals": _signals(hit)} if explain else {})


def _signals(hit: ClauseHit) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "rank": one.rank,
            "value": float(one.value),
            "weight": float(one.weight),
            "floor": float(one.floor),
        }
        for one in hit.signals
    ]


def _number(doc_id: str, lookup: DocumentLookup) -> str | None:
    document = lookup(doc_id)
    return document.document_number if document else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _array(records: Iterable[dict[str, Any]]) -> str:
    lines = ",\n".join(_dump(record) for record in records)
    return f"[\n{lines}\n]" if lines else "[]"


def _dump(record: dict[str, Any]) -> str:
    return encodable(json.dumps(record, ensure_ascii=False, allow_nan=False))
