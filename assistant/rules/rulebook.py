"""The rules as reviewed data: `corpus/rules/*.jsonl`, one rule a line, one file a document.

`documents.jsonl` lists the files with place and validity. Rules of one place and of those above
it are handed out together; another city's never are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from importlib import resources

from assistant.rules.expressions import Expression, parse
from assistant.rules.types import ON_FAIL, Force, Remark, Rule, RuledDocument, Silence
from assistant.rules.verdicts import Verdict
from indexing.jurisdictions import NATION, library_jurisdiction, lineage

HASH_CHARS = 12
"""How much of a clause's text_hash a rule keeps: 48 bits."""


def read_rule(entry: Mapping[str, object]) -> Rule:
    """The rule of one line.

    Raises:
        ValueError, KeyError: a key is missing or unknown, or an expression cannot be read: our mistake.
    """
    rest = dict(entry)
    force = Force(str(rest.pop("force")))
    on_fail = Verdict(str(rest.pop("on_fail", ON_FAIL[force])))
    remarks = [Remark(str(rest.pop("note")))] if "note" in rest else []
    for each in rest.pop("notes", []):  # type: ignore[attr-defined]
        remarks.append(Remark(str(each["say"]), parse(str(each["when"]))))
    conditions = {name: _expression(rest.pop(name, None)) for name in ("when", "check", "unsure", "excuse")}
    return Rule(
        rule_id=str(rest.pop("id")),
        clause_id=str(rest.pop("clause")),
        force=force,
        on_fail=on_fail,
        remarks=tuple(remarks),
        **conditions,  # type: ignore[arg-type]
        **{name: str(value) for name, value in rest.items()},  # type: ignore[arg-type]
    )


def _expression(source: object) -> Expression | None:
    return parse(str(source)) if source else None


@cache
def _listed() -> tuple[Mapping[str, object], ...]:
    return tuple(_lines("documents.jsonl"))


def _lines(file: str) -> list[Mapping[str, object]]:
    text = resources.files("corpus").joinpath("rules", file).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


@cache
def _document(file: str) -> RuledDocument:
    entry = next(each for each in _listed() if each["file"] == file)
    silences = entry["silent"]
    return RuledDocument(
        doc_id=str(entry["doc_id"]),
        number=str(entry["number"]),
        jurisdiction=str(entry["jurisdiction"]),
        effective_from=_day(entry["effective_from"]),
        expires_on=_day(entry["expires_on"]),
        is_trial=bool(entry["is_trial"]),
        rules=tuple(read_rule(line) for line in _lines(file)),
        silences=tuple(Silence(tuple(each["facts"]), str(each["say"])) for each in silences),  # type: ignore[attr-defined]
    )


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def ruled_documents() -> tuple[RuledDocument, ...]:
    """Every document whose rules are held, the nation's first."""
    return tuple(_document(str(entry["file"])) for entry in _listed())


def ruled_places() -> Collection[str]:
    """GB/T 2260 codes of the places whose rules are held, the nation included."""
    return tuple(str(entry["jurisdiction"]) for entry in _listed())


def documents_for(jurisdiction: str | None) -> tuple[RuledDocument, ...]:
    """The nation's documents and those of a place and the ones above it; the nation's only for None.

    >>> [document.number for document in documents_for("330110")]
    ['国办函〔2023〕121号', '杭政办函〔2024〕11号']
    """
    codes = {NATION, *(lineage(jurisdiction) if jurisdiction else ())}
    return tuple(_document(str(entry["file"])) for entry in _listed() if entry["jurisdiction"] in codes)


def holds_rules_of(jurisdiction: str) -> bool:
    """Whether any rules of this place, beyond the nation's, are held."""
    return library_jurisdiction(jurisdiction, ruled_places()) not in (None, NATION) or jurisdiction == NATION
