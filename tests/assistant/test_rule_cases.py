"""Every rule a machine judges: met, broken, and with each of its facts missing."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.rules.rulebook import ruled_documents
from assistant.rules.verdicts import Verdict
from tests.assistant.rule_sheets import finding, known_label, labelled

CASES = Path(__file__).with_name("rule_cases.txt")
SCOPES = Path(__file__).with_name("rule_scopes.txt")
# Their arithmetic or tables need more than a line: rules/test_checking.py
BY_HAND = {"CQ-60", "CQ-67", "CQ-102"}
# Without one stated, the day of the check stands for it
NEVER_MISSING = {"基准日期"}


@dataclass(frozen=True, slots=True)
class Case:
    """One line of rule_cases.txt."""

    rule_id: str
    met: dict[str, str]
    optional: frozenset[str]
    changed: dict[str, str]
    verdict: str


def cases() -> list[Case]:
    """The lines of the file, in order."""
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            rule_id, met, changed, verdict = (part.strip() for part in line.split(" | "))
            optional = frozenset(
                label.strip().lstrip("~")
                for label in (p.partition("：")[0] for p in met.split("；"))
                if label.strip().startswith("~")
            )
            found.append(Case(rule_id, labelled(met), optional, labelled(changed), verdict))
    return found


def scopes() -> list[tuple[str, dict[str, str]]]:
    """The lines of rule_scopes.txt: a rule, and facts that take a project out of its scope."""
    found = []
    for line in SCOPES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            rules, facts = (part.strip() for part in line.split("|"))
            found += [(rule_id, labelled(facts)) for rule_id in rules.split()]
    return found


CASE_IDS = [f"{case.rule_id}-{number}" for number, case in enumerate(cases())]


def test_every_rule_that_can_be_judged_has_a_case() -> None:
    """None slips through: a rule with a check stands in the file or is tested by hand."""
    judged = {rule.rule_id for document in ruled_documents() for rule in document.rules if rule.check}
    assert len(judged) == 253
    assert judged - {case.rule_id for case in cases()} == BY_HAND
    assert all(known_label(label) for case in cases() for label in (*case.met, *case.changed))


def test_every_rule_is_met_broken_and_left_without_its_facts() -> None:
    """Counted rule by rule: each line is three tests, the broken one with another verdict than 通过."""
    tests: Counter[tuple[str, str]] = Counter()
    for case in cases():
        assert case.verdict != Verdict.PASS.value, case.rule_id
        assert case.met | case.changed != case.met, case.rule_id
        tests[case.rule_id, "met"] += 1
        tests[case.rule_id, "broken"] += 1
        tests[case.rule_id, "missing"] += case.met.keys() != NEVER_MISSING
    judged = {rule.rule_id for document in ruled_documents() for rule in document.rules if rule.check}
    by_day = {case.rule_id for case in cases() if case.met.keys() == NEVER_MISSING}
    assert by_day == {"BJ-48", "HZ-38"}  # validity: the day is always known
    for rule_id in judged - BY_HAND:
        assert tests[rule_id, "met"], rule_id
        assert tests[rule_id, "broken"], rule_id
        assert tests[rule_id, "missing"] or rule_id in by_day, rule_id


@pytest.mark.parametrize("case", cases(), ids=CASE_IDS)
def test_facts_that_meet_a_rule_pass(case: Case) -> None:
    """The sheet as the clause wants it."""
    found = finding(case.rule_id, case.met)
    assert found.verdict is Verdict.PASS, found


@pytest.mark.parametrize("case", cases(), ids=CASE_IDS)
def test_facts_that_break_a_rule_do_not(case: Case) -> None:
    """The same sheet with one thing changed gets the verdict the clause's wording calls for."""
    found = finding(case.rule_id, case.met | case.changed)
    assert found.verdict.value == case.verdict, found


@pytest.mark.parametrize("case", cases(), ids=CASE_IDS)
def test_a_missing_fact_never_passes(case: Case) -> None:
    """Each fact taken away, and each written as 未知, leaves the rule open; nothing at all does too."""
    for label in case.met.keys() - case.optional:
        for facts in ({k: v for k, v in case.met.items() if k != label}, case.met | {label: "未知"}):
            found = finding(case.rule_id, facts)
            assert found.verdict is not Verdict.PASS, (label, found)
            assert found.verdict is not Verdict.FAIL, (label, found)
    if case.met.keys() != NEVER_MISSING:
        assert finding(case.rule_id, {}).verdict is not Verdict.PASS


def test_every_conditional_rule_has_a_scope() -> None:
    """A rule for some projects only is shown not to apply to another."""
    conditional = {
        rule.rule_id for document in ruled_documents() for rule in document.rules if rule.check and rule.when
    }
    assert conditional == {rule_id for rule_id, _ in scopes()}
    assert all(known_label(label) for _, facts in scopes() for label in facts)


@pytest.mark.parametrize(("rule_id", "facts"), scopes())
def test_out_of_scope_a_rule_says_nothing(rule_id: str, facts: dict[str, str]) -> None:
    """Neither passed nor broken: 不适用; and it is never passed while the scope is not known."""
    assert finding(rule_id, facts).verdict is Verdict.NOT_APPLICABLE
    assert finding(rule_id, dict.fromkeys(facts, "未知")).verdict is not Verdict.PASS
