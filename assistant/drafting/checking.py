"""规则自查表: what the rules found, each with facts, arithmetic and the clause."""

from __future__ import annotations

from assistant.drafting.case import Case
from assistant.drafting.shelf import Refused
from assistant.drafting.values import phrase
from assistant.export.annexes import CheckRow
from assistant.facts.dictionary import dictionary
from assistant.rules.types import Finding
from assistant.rules.verdicts import Verdict

_ORDER = (
    Verdict.FAIL,
    Verdict.EXPLAIN,
    Verdict.UNKNOWN,
    Verdict.NOT_CITABLE,
    Verdict.ADVICE,
    Verdict.MANUAL,
    Verdict.PASS,
)
"""What needs somebody first; 提示 and 不适用 are left out."""


def check_rows(case: Case) -> tuple[CheckRow, ...]:
    """A row for each rule that says something of the project, what needs somebody first.

    A rule whose clause may not be cited (changed, not in force) is left out; the report's notices
    say so.
    """
    rows = [(finding, _row(finding, case)) for finding in case.report.findings if finding.verdict in _ORDER]
    known = [(finding, row) for finding, row in rows if row is not None]
    known.sort(key=lambda pair: _ORDER.index(pair[0].verdict))
    return tuple(row for _, row in known)


def _row(finding: Finding, case: Case) -> CheckRow | None:
    citation = case.shelf.find(finding.rule.clause_id, finding.rule.quote)
    if isinstance(citation, Refused):
        return None
    return CheckRow(
        requirement=finding.rule.title,
        verdict=finding.verdict.value,
        basis=citation,
        facts=_facts(finding, case),
        working="；".join(step.text for step in finding.steps),
        remark=_remark(finding),
    )


def _facts(finding: Finding, case: Case) -> str:
    keys = [key for key in finding.facts if key in case.values and key not in ("jurisdiction", "base_date")]
    return "；".join(phrase(key, case.values[key], case.sheet.facts.get(key)) for key in keys)


def _remark(finding: Finding) -> str:
    label = dictionary().label
    missing = f"缺：{'、'.join(label(key) for key in finding.missing)}" if finding.missing else ""
    reason = f"理由：{finding.reason}" if finding.reason else ""
    manual = finding.message if finding.verdict is Verdict.MANUAL else ""
    return "；".join(each.rstrip("。") for each in (manual, missing, reason, *finding.remarks) if each)
