"""Facts held against each other, and facts computed from others. Pure; the checks are data.

`corpus/facts/cross_checks.jsonl`: an expression that should hold, and the sentence where it does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.facts.dictionary import FactDictionary, dictionary
from assistant.facts.showing import show
from assistant.facts.types import Derived, FactSheet, Issue, Severity, Value
from assistant.rules.expression_text import arithmetic
from assistant.rules.expressions import Expression, evaluate, parse

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A condition between facts, and what to say when it does not hold; {key} stands for a fact."""

    name: str
    check: Expression
    message: str
    severity: Severity


@cache
def cross_checks() -> tuple[CrossCheck, ...]:
    """The checks shipped."""
    folder = resources.files("corpus").joinpath("facts")
    lines = folder.joinpath("cross_checks.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines if line.strip()]
    return tuple(
        CrossCheck(each["id"], parse(each["check"]), each["message"], Severity(each["severity"]))
        for each in entries
    )


@cache
def _formulas() -> tuple[tuple[str, Expression, tuple[str, ...]], ...]:
    return tuple((spec.key, parse(spec.formula or ""), spec.jurisdictions) for spec in dictionary().derived)


def stated_values(sheet: FactSheet) -> dict[str, Value]:
    """The facts known, by key; those written as 未知 are left out."""
    return {key: fact.value for key, fact in sheet.facts.items() if fact.value is not None}


def derive(values: dict[str, Value], jurisdictions: Collection[str]) -> tuple[Derived, ...]:
    """What follows from the facts, in the order of the dictionary, each with its arithmetic.

    Args:
        values: facts known, by key; computed ones are added to it.
        jurisdictions: GB/T 2260 codes in play; a fact for another place is not computed.
    """
    known = dictionary()
    found: list[Derived] = []
    for key, formula, places in _formulas():
        if places and not set(places) & set(jurisdictions):
            continue
        result = evaluate(formula, values)
        if result.value is None or isinstance(result.value, frozenset):
            found.append(Derived(key, None, missing=result.missing))
            continue
        shown = f"{arithmetic(formula, values, known)} ＝ {show(known.spec(key), result.value)}"
        values[key] = result.value
        found.append(Derived(key, result.value, shown))
    return tuple(found)


def check_facts_together(values: dict[str, Value]) -> tuple[Issue, ...]:
    """An issue for each condition between facts that does not hold; none where facts are missing."""
    known = dictionary()
    return tuple(
        Issue(each.severity, f"{fill(each.message, values, known)}。", None)
        for each in cross_checks()
        if evaluate(each.check, values).is_false
    )


def fill(message: str, values: dict[str, Value], known: FactDictionary) -> str:
    """A message with {key} replaced by the fact as a user reads it."""
    return _FIELD.sub(
        lambda field: (
            show(known.spec(field.group(1)), values.get(field.group(1)))
            if field.group(1) in known
            else field.group()
        ),
        message,
    )
