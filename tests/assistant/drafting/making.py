"""Drafts made for tests: the complete sheet of a place, an empty one, or the example that breaks rules."""

from datetime import date
from functools import cache
from pathlib import Path

from assistant.drafting.case import Case
from assistant.drafting.drafting import case_for, draft
from assistant.drafting.types import Draft
from assistant.facts.reading import read_facts
from assistant.facts.types import FactSheet
from assistant.templates import find_template
from assistant.types import Citation
from tests.assistant.drafting.conftest import CORPUS, shipped_library

AS_OF = date(2026, 11, 22)
SHEETS = Path(__file__).parent / "sheets"
_BROKEN = "BJX"
"""The example of Beijing that breaks rules."""
USUAL = {"CQ": "CQ-D1", "BJ": "BJ-D3", _BROKEN: "BJ-D3", "HZ": "HZ-D1", "SH": "SH-D1", "GJ": "GJ-D1"}
"""The template that tests of single sentences use for a sheet."""


@cache
def sheet_of(name: str) -> FactSheet:
    """The complete sheet of a place (CQ), the example that breaks rules (BJX), or none of the facts ("")."""
    if not name:
        return FactSheet()
    file = CORPUS / "examples" / "beijing.yaml" if name == _BROKEN else SHEETS / f"{name}.yaml"
    return read_facts(file).sheet


@cache
def case_of(template: str, sheet: str) -> Case:
    """The facts of a sheet held against the rules for a template."""
    return case_for(find_template(template), sheet_of(sheet), shipped_library(), AS_OF)


@cache
def draft_of(template: str, sheet: str) -> Draft:
    """The draft composed of a sheet."""
    return draft(find_template(template), sheet_of(sheet), shipped_library(), AS_OF)


def citation_of(case: Case, rule_id: str) -> Citation:
    """The clause of a rule as the template quotes it; as the rule does where the template has it not."""
    needs = [need for section in case.template.sections for need in section.clauses]
    need = next((one for one in (*needs, *case.template.clauses) if one.rule_id == rule_id), None)
    rule = case.findings[rule_id].rule
    clause_id, quote = (need.clause_id, need.quote) if need else (rule.clause_id, rule.quote)
    found = case.shelf.find(clause_id, quote)
    assert isinstance(found, Citation), found
    return found
