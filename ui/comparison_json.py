"""A comparison as one JSON object; the keys are documented in docs/json.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assistant.export.records import plain, sign
from ui.jsonl import citation_object
from ui.text import encodable

if TYPE_CHECKING:
    from assistant.comparing.types import Cell, Column, Comparison, Figure, Row, Source
    from assistant.types import Statement


def comparison_line(comparison: Comparison) -> str:
    """The whole comparison on one line of JSON."""
    return _dump(
        {
            "as_of": comparison.as_of.isoformat(),
            "columns": [_column(one) for one in comparison.columns],
            "rows": [_row(row) for row in comparison.rows],
            "summary": [_statement(one) for one in comparison.summary],
            "notes": list(comparison.notes),
            "sources": [_source(one) for one in comparison.sources],
        }
    )


def _column(column: Column) -> dict[str, Any]:
    return {"label": column.label, "jurisdiction": column.code, "doc_ids": list(column.doc_ids)}


def _row(row: Row) -> dict[str, Any]:
    topic = row.topic
    cells = zip(row.cells, row.relations, row.reasons, strict=True)
    return {
        "topic": {"id": topic.id, "name": topic.name, "group": topic.group, "is_free": topic.is_free},
        "cells": [_cell(cell, relation, reason) for cell, relation, reason in cells],
        "differences": [one.value for one in row.differences],
        "summary": [_statement(one) for one in row.summary],
        "silent": list(row.silent),
    }


def _cell(cell: Cell, relation: str | None, reason: str | None) -> dict[str, Any]:
    return {
        "column": cell.column,
        "status": cell.status.value,
        "figures": [_figure(one) for one in cell.figures],
        "strength": cell.strength.value if cell.strength else None,
        "bodies": list(cell.bodies),
        "dates": list(cell.dates),
        "relation": relation and str(relation),
        "reason": reason,
        "quotes": [
            {"strength": one.strength.value, "citation": citation_object(one.citation)} for one in cell.quotes
        ],
        "cited": list(cell.cited),
        "is_certain": cell.is_certain,
        "reviewed_by": cell.reviewed_by,
        "reviewed_on": cell.reviewed_on.isoformat() if cell.reviewed_on else None,
        "review_note": cell.review_note,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "operator": sign(figure),
        "value": plain(figure.value),
        "high": plain(figure.high) if figure.high is not None else None,
        "unit": figure.unit,
        "is_approximate": figure.is_approximate,
        "strength": figure.strength.value,
        "basis": list(figure.basis),
        "subject": figure.subject,
        "printed": figure.printed,
        "words": figure.words,
        "citation": citation_object(figure.citation),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {"text": statement.text, "citations": [citation_object(one) for one in statement.citations]}


def _source(source: Source) -> dict[str, Any]:
    days = {
        "issued_on": source.issued_on,
        "effective_from": source.effective_from,
        "expires_on": source.expires_on,
    }
    return {
        "doc_id": source.doc_id,
        "title": source.title,
        "document_number": source.document_number,
        "jurisdiction": source.jurisdiction,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "is_trial": source.is_trial,
    }


def _dump(record: dict[str, Any]) -> str:
    return encodable(json.dumps(record, ensure_ascii=False, allow_nan=False))
