"""The nouns of a rule check: a rule with its clause, and what holding a fact sheet against it found.

Standard library and our expressions only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.facts.types import Derived, Issue
from assistant.rules.expression_text import Step
from assistant.rules.expressions import Expression
from assistant.rules.verdicts import Verdict


class Force(StrEnum):
    """How strongly a clause speaks, and with it what follows when it is not met."""

    DUTY = "义务"  # 应, 须, 不少于
    BAN = "禁止"  # 不得, 不再, 避免
    PRINCIPLE = "原则"  # 原则上, 一般
    ADVICE = "推荐"  # 宜, 优先
    ENCOURAGED = "倡导"  # 鼓励, 推动
    PERMITTED = "许可"  # 可, 允许, 支持: a benefit with preconditions
    STATED = "说明"  # targets, definitions, duties of others: nothing to hold a project against


ON_FAIL = {
    Force.DUTY: Verdict.FAIL,
    Force.BAN: Verdict.FAIL,
    Force.PRINCIPLE: Verdict.EXPLAIN,
    Force.ADVICE: Verdict.ADVICE,
    Force.ENCOURAGED: Verdict.ADVICE,
    Force.PERMITTED: Verdict.NOT_CITABLE,
    Force.STATED: Verdict.INFO,
}
"""What it means that the facts contradict a rule, where the rule itself does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence shown when a condition holds; always, without one."""

    text: str
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One reviewed requirement: the clause it stands in, quoted, and how facts are held against it."""

    rule_id: str
    title: str  # in our own words
    clause_id: str
    text_hash: str  # first characters of the clause's: a changed wording is noticed
    quote: str  # verbatim
    strength: str  # the word of the text: 应, 原则上, 可(附前提)
    force: Force
    on_fail: Verdict
    when: Expression | None = None  # applies only if it holds; None: always
    check: Expression | None = None  # None: 人工核对 or 提示
    unsure: Expression | None = None  # holds: a person must judge
    unsure_say: str = ""
    excuse: Expression | None = None  # holds: a breach needs a reason instead
    excuse_say: str = ""
    manual: str = ""  # what a person should look at
    hint: str = ""  # what to do
    remarks: tuple[Remark, ...] = ()

    @property
    def doc_id(self) -> str:
        """The document it stands in."""
        return self.clause_id.partition("#")[0]

    @property
    def path(self) -> str:
        """The clause's path in the document."""
        return self.clause_id.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Silence:
    """What the documents of a place do not regulate, though officers may expect it."""

    facts: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class RuledDocument:
    """A document whose rules are held: its number, place, and when it is in force."""

    doc_id: str
    number: str
    jurisdiction: str
    effective_from: date | None
    expires_on: date | None
    is_trial: bool
    rules: tuple[Rule, ...]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule held against one fact sheet."""

    rule: Rule
    verdict: Verdict
    message: str  # one Chinese sentence: what was found, what to do
    facts: tuple[str, ...] = ()  # keys of the facts it was judged by
    missing: tuple[str, ...] = ()  # keys it lacks
    steps: tuple[Step, ...] = ()  # the conditions with the facts filled in
    remarks: tuple[str, ...] = ()
    reason: str | None = None  # the applicant's own for a deviation


@dataclass(frozen=True, slots=True)
class Report:
    """A fact sheet held against the rules of its place and the nation; no overall score."""

    jurisdiction: str | None  # GB/T 2260; None where the sheet does not say
    base_date: date
    documents: tuple[RuledDocument, ...]
    findings: tuple[Finding, ...]  # in the order of documents and rules
    derived: tuple[Derived, ...] = ()
    issues: tuple[Issue, ...] = ()  # of facts held against each other
    notices: tuple[str, ...] = ()  # on validity, changed clauses, what is not regulated

    def counts(self) -> Mapping[Verdict, int]:
        """How many rules came to each verdict; every verdict is there."""
        return {verdict: sum(each.verdict is verdict for each in self.findings) for verdict in Verdict}
