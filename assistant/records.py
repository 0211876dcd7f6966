"""Clauses, citations and answers as flat JSON records, for tools that know nothing of our types.

An adapter (assistant/llama.py) hangs them on its own objects; nothing of ours reads them back.
Values are strings, numbers or None, because vector stores take no lists inside a record.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.types import Answer, AnswerStatus, Citation
from indexing.index import ClauseIndex
from indexing.jurisdictions import name_of
from indexing.types import Clause, ClauseHit, Document, Focus
from prompts.library import fill

_HEADINGS_BETWEEN = " / "


def clause_record(clause: Clause, document: Document | None) -> dict[str, Any]:
    """All that is known of a clause but its text; days as ISO 8601, unknown as None.

    `document` is None when it has just left the library; its id then stands for the title.
    """
    record = {
        "clause_id": clause.clause_id,
        "doc_id": clause.doc_id,
        "version": clause.version,
        "title": document.title if document else clause.doc_id,
        "document_number": document.document_number if document else None,
        "path": clause.path,
        "part": clause.part,
        "level": clause.level.value,
        "heading": clause.heading,
        "headings": _HEADINGS_BETWEEN.join(clause.headings) or None,
        "cells": "；".join(fill("cell", column=name, value=value) for name, value in clause.cells) or None,
        "responsible": "、".join(clause.responsible) or None,
        "start": clause.start,
        "end": clause.end,
        "text_hash": clause.text_hash,
    }
    return record | _standing(document)


def _standing(document: Document | None) -> dict[str, Any]:
    """Where and when a document applies."""
    known = document.metadata if document else None
    code = known.jurisdiction if known else None
    return {
        "jurisdiction": code,
        "place": name_of(code) if code else None,
        "issued_on": _day(known.issued_on if known else None),
        "effective_from": _day(known.effective_from if known else None),
        "expires_on": _day(known.expires_on if known else None),
    }


def focus_record(focus: Focus) -> dict[str, Any]:
    """The narrower place of a hit."""
    return {
        "focus": focus.text,
        "focus_path": focus.path,
        "focus_start": focus.start,
        "focus_end": focus.end,
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """A citation with the id of its clause."""
    return {
        "clause_id": f"{citation.doc_id}#{citation.path}",
        "doc_id": citation.doc_id,
        "version": citation.version,
        "title": citation.title,
        "document_number": citation.document_number,
        "path": citation.path,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "text_hash": citation.text_hash,
    }


def answer_record(answer: Answer, index: ClauseIndex) -> dict[str, Any]:
    """What an answer holds besides its sentences: status, citations, what is missing.

    `citations` names with each one the sentence it carries. `nearest` holds, for a refusal
    alone, the clauses that come near without answering, best first, each with its text.
    """
    refused = answer.status is AnswerStatus.NO_BASIS
    return {
        "question": answer.question,
        "status": answer.status.value,
        "answer": answer.text,
        "missing": list(answer.missing),
        "citations": [
            {"statement": statement.text, **citation_record(citation)}
            for statement in answer.statements
            for citation in statement.citations
        ],
        "nearest": [_nearest(hit, index) for hit in answer.hits] if refused else [],
        "as_of": answer.as_of.isoformat(),
        "resolved": answer.resolved,
        "index_version": answer.provenance.index if answer.provenance else None,
        "writer": answer.provenance.writer if answer.provenance else None,
        "prompts_version": answer.provenance.prompts if answer.provenance else None,
    }


def _nearest(hit: ClauseHit, index: ClauseIndex) -> dict[str, Any]:
    record = clause_record(hit.clause, index.document(hit.clause.doc_id))
    return record | focus_record(hit.focus) | {"text": hit.clause.text, "score": float(hit.score)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
