"""A file as received → one Document and its clauses: reader, parser and metadata in one call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from indexing.clause_parser import parse_clauses
from indexing.errors import ClauseParseError
from indexing.folding import fold_tight
from indexing.metadata import read_metadata
from indexing.readers.plain_text import read_plain_text
from indexing.types import Clause, Document, Metadata


@dataclass(frozen=True, slots=True)
class ParseIssue:
    """Something in a document's numbering that a person should look at."""

    kind: str  # gap, repeat, unread
    path: str | None
    detail: str  # Chinese


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What a file came out as."""

    document: Document
    clauses: tuple[Clause, ...]
    issues: tuple[ParseIssue, ...]


def read_document(data: bytes, source_name: str, *, source_url: str | None = None) -> ParsedDocument:
    """Read and parse one file of plain text or Markdown; `version` is 1 in what comes out.

    Raises:
        UnreadableDocument: empty, binary, or in an encoding we do not know.
        ClauseParseError: text without anything that could be cited.
    """
    reading = read_plain_text(data, source_name)
    clauses, issues = parse_clauses(reading)
    if not any(clause.is_unit for clause in clauses):
        raise ClauseParseError(f"“{source_name}”中没有找到可引用的条款或段落；请确认它是政策文件正文。")
    metadata = read_metadata(clauses)
    doc_id = document_id(metadata, source_name)
    document = Document(
        doc_id=doc_id,
        version=1,
        metadata=metadata,
        text=reading.text,
        offsets=reading.offsets,
        source_sha256=hashlib.sha256(data).hexdigest(),
        source_name=source_name,
        source_url=source_url,
    )
    return ParsedDocument(
        document,
        tuple(replace(clause, doc_id=doc_id, order=order) for order, clause in enumerate(clauses)),
        tuple(ParseIssue(issue.kind, issue.mark, issue.detail) for issue in issues),
    )


def document_id(metadata: Metadata, source_name: str) -> str:
    """The folded 文号; without one, the folded title and 成文日期; without a title, the file's name.

    >>> document_id(Metadata(document_number="国办函〔2023〕121号"), "a.txt")
    '国办函[2023]121号'
    """
    if metadata.document_number:
        return fold_tight(metadata.document_number)
    name = fold_tight(metadata.title or source_name)
    return f"{name}@{metadata.issued_on.isoformat()}" if metadata.issued_on else name
