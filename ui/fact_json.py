"""Fact sheets and rule checks as JSON objects; the keys are documented in `ui.json_keys`. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping

from assistant.facts.dictionary import dictionary
from assistant.facts.showing import show
from assistant.facts.types import Derived, Fact, Issue, Reading, Unplaced
from assistant.rules.types import Finding, Report
from indexing.jurisdictions import name_of


def reading_object(reading: Reading, file: str) -> str:
    """What `cewen facts read --json` prints."""
    facts = [_fact(fact) for fact in reading.sheet.facts.values()]
    return _line({"file": file, "facts": facts, **_doubts(reading)})


def report_object(report: Report, reading: Reading, file: str) -> str:
    """What `cewen check --json` prints: every rule with its verdict, never a score."""
    numbers = {document.doc_id: document.number for document in report.documents}
    return _line(
        {
            "file": file,
            "jurisdiction": report.jurisdiction,
            "jurisdiction_name": name_of(report.jurisdiction) if report.jurisdiction else None,
            "base_date": report.base_date.isoformat(),
            "counts": {verdict.value: count for verdict, count in report.counts().items()},
            "findings": [_finding(finding, numbers, reading) for finding in report.findings],
            "derived": [_derived(each) for each in report.derived],
            "notices": list(report.notices),
            "facts": [_fact(fact) for fact in reading.sheet.facts.values()],
            **_doubts(reading),
        }
    )


def _doubts(reading: Reading) -> dict[str, object]:
    return {
        "issues": [_issue(issue) for issue in reading.issues],
        "unplaced": [_unplaced(each) for each in reading.unplaced],
    }


def _fact(fact: Fact) -> dict[str, object]:
    spec = dictionary().spec(fact.key)
    return {
        "key": fact.key,
        "label": spec.label,
        "value": None if fact.value is None else show(spec, fact.value),
        "file": fact.source.file,
        "place": fact.source.place,
        "words": fact.source.words,
        "remarks": list(fact.remarks),
    }


def _issue(issue: Issue) -> dict[str, object]:
    return {
        "severity": issue.severity.value,
        "key": issue.key,
        "message": issue.message,
        "place": issue.source.place if issue.source else None,
    }


def _unplaced(unplaced: Unplaced) -> dict[str, object]:
    source = unplaced.source
    return {"place": source.place, "words": source.words, "nearest": list(unplaced.nearest)}


def _derived(derived: Derived) -> dict[str, object]:
    spec = dictionary().spec(derived.key)
    value = None if derived.value is None else show(spec, derived.value)
    return {"key": derived.key, "label": spec.label, "value": value, "arithmetic": derived.arithmetic}


def _finding(finding: Finding, numbers: Mapping[str, str], reading: Reading) -> dict[str, object]:
    rule, known = finding.rule, dictionary()
    return {
        "rule": rule.rule_id,
        "title": rule.title,
        "verdict": finding.verdict.value,
        "message": finding.message,
        "doc_id": rule.doc_id,
        "document_number": numbers.get(rule.doc_id),
        "path": rule.path,
        "quote": rule.quote,
        "strength": rule.strength,
        "facts": [key for key in finding.facts if key in reading.sheet.facts or known.spec(key).is_derived],
        "missing": [{"key": key, "label": known.label(key)} for key in finding.missing],
        "steps": [{"text": step.text, "holds": step.holds} for step in finding.steps],
        "remarks": list(finding.remarks),
        "reason": finding.reason,
    }


def _line(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
