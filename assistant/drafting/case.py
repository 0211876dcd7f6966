"""What one draft is written from: facts, findings, clauses; and what a section has used of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.drafting.shelf import ClauseShelf, Refused
from assistant.facts.checks import derive, stated_values
from assistant.facts.types import Derived, FactSheet, Value
from assistant.library import Library
from assistant.rules.checking import check_facts, clause_hashes
from assistant.rules.types import Finding, Report
from assistant.rules.verdicts import Verdict
from assistant.templates import ApplicationTemplate, ClauseNeed, Section
from assistant.types import Citation
from indexing.jurisdictions import NATION, lineage


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Everything that sections of one draft have in common."""

    template: ApplicationTemplate
    sheet: FactSheet
    values: Mapping[str, Value]  # stated and derived, known ones only
    derived: Mapping[str, Derived]
    report: Report
    findings: Mapping[str, Finding]  # by rule id
    shelf: ClauseShelf
    as_of: date


def open_case(template: ApplicationTemplate, sheet: FactSheet, library: Library, as_of: date) -> Case:
    """The facts held against the rules, ready to be written from. The sheet's 基准日期 wins over `as_of`."""
    stated = sheet.value("jurisdiction")
    place = stated if isinstance(stated, str) else template.jurisdiction
    clauses = (clause for document in library.documents for clause in library.clauses(document.doc_id))
    wording = clause_hashes((clause.clause_id, clause.text_hash) for clause in clauses)
    report = check_facts(sheet, as_of, place, wording)
    values = stated_values(sheet)
    derived = derive(values, (NATION, *lineage(place)))
    return Case(
        template=template,
        sheet=sheet,
        values=values,
        derived={each.key: each for each in derived if each.value is not None},
        report=report,
        findings={each.rule.rule_id: each for each in report.findings},
        shelf=ClauseShelf(library, template.jurisdiction, report.base_date),
        as_of=report.base_date,
    )


@dataclass(slots=True)
class Desk:
    """One section being written: what it has used, said and left out so far."""

    case: Case
    section: Section
    used: dict[str, None] = field(default_factory=dict)  # fact keys
    spoken: set[str] = field(default_factory=set)  # facts whose value stands in the text
    worded: set[str] = field(default_factory=set)  # rules already put in words
    asked: set[str] = field(default_factory=set)  # facts a blank stands for
    notes: dict[str, None] = field(default_factory=dict)

    def value(self, key: str) -> Value | None:
        """A fact's value, noted as used; None when it is not known."""
        self.used[key] = None
        return self.case.values.get(key)

    def is_broken(self, rule_id: str | None) -> bool:
        """Whether the facts break a rule, or miss it without a reason that was accepted."""
        finding = self.case.findings.get(rule_id or "")
        return finding is not None and finding.verdict in (Verdict.FAIL, Verdict.EXPLAIN)

    def need(self, rule_id: str) -> ClauseNeed | None:
        """The clause a rule stands in as this section, or the template, quotes it."""
        needs = (*self.section.clauses, *self.case.template.clauses)
        needs += tuple(each for one in self.case.template.sections for each in one.clauses)
        return next((each for each in needs if each.rule_id == rule_id), None)

    def citation(self, need: ClauseNeed) -> Citation | None:
        """The clause cited, None (with a note) where it must not be."""
        found = self.case.shelf.find(need.clause_id, need.quote)
        if isinstance(found, Refused):
            self.note(found.message)
            return None
        return found

    def note(self, message: str) -> None:
        """Keep a sentence for the person who reviews the section."""
        self.notes[message] = None
