"""Fact sheets for tests of the rules, written the way an officer would fill them in."""

from datetime import date

from assistant.facts.dictionary import dictionary
from assistant.facts.entries import Entry
from assistant.facts.reading import read_entries
from assistant.facts.types import Reading
from assistant.rules.checking import check_facts
from assistant.rules.types import Finding, Report

PLACES = {"GJ": "000000", "BJ": "110000", "CQ": "500000", "HZ": "330100", "SH": "310000"}
AS_OF = date(2026, 11, 22)


def labelled(text: str) -> dict[str, str]:
    """“标签：内容；标签：内容” by label; an optional mark ~ is dropped."""
    pairs = (piece.partition("：") for piece in text.split("；") if piece.strip())
    return {label.strip().lstrip("~"): words.strip() for label, _, words in pairs}


def reading_of(facts: dict[str, str]) -> Reading:
    """The sheet a form with these labels and words becomes."""
    return read_entries(
        [Entry(label, words, f"第{at}行") for at, (label, words) in enumerate(facts.items(), 1)], "表"
    )


def report_on(facts: dict[str, str], place: str, as_of: date = AS_OF) -> Report:
    """The rules of a place (GJ, BJ, …) held against the facts."""
    return check_facts(reading_of(facts).sheet, as_of, PLACES[place])


def finding(rule_id: str, facts: dict[str, str], as_of: date = AS_OF) -> Finding:
    """What one rule says of the facts, in its own place."""
    report = report_on(facts, rule_id[:2], as_of)
    return next(each for each in report.findings if each.rule.rule_id == rule_id)


def known_label(label: str) -> bool:
    """Whether the dictionary has a label."""
    return dictionary().find(label) is not None
