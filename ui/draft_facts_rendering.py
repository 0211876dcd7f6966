"""The upper half of the drafting tab as HTML: facts with their words, findings, what is missing. Pure.

Every value passes `ui.pages.render`, which escapes it; the structure is that of `ui/templates`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assistant.facts.dictionary import dictionary
from assistant.facts.showing import show
from assistant.facts.types import Fact, FactSheet, Issue, Severity, Unplaced
from assistant.rules.types import Finding, Report
from assistant.rules.verdicts import Verdict
from assistant.templates import ApplicationTemplate
from assistant.writing.citing import display_path
from ui.pages import render
from ui.rendering import clause_href
from ui.text import one_line

ASK_AT_ONCE = 5
"""Facts asked for at one time; the others are named below."""
MAX_WORDS = 120

KINDS = {
    Verdict.FAIL: "fail",
    Verdict.EXPLAIN: "explain",
    Verdict.UNKNOWN: "unknown",
    Verdict.ADVICE: "advice",
    Verdict.NOT_CITABLE: "none",
    Verdict.MANUAL: "manual",
    Verdict.PASS: "pass",
    Verdict.INFO: "info",
    Verdict.NOT_APPLICABLE: "info",
}
"""Verdict → class of the style sheet, the gravest first; the order of the page."""
_OPEN = (Verdict.FAIL, Verdict.EXPLAIN)
_MARKS = {True: ("✓", "yes"), False: ("✗", "no"), None: ("？", "open")}


def render_message(sentence: str, *, is_wrong: bool = False) -> str:
    """HTML of one sentence above the work; "" for none."""
    return (
        render("draft_message.html", sentence=one_line(sentence), kind="wrong" if is_wrong else "right")
        if sentence
        else ""
    )


def render_facts(sheet: FactSheet, issues: Iterable[Issue], unplaced: Iterable[Unplaced]) -> str:
    """HTML of every fact with the words it was read from, and of all that was not understood."""
    doubts = sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR)
    return render(
        "draft_facts.html",
        facts=[_fact(fact) for fact in sheet.facts.values()],
        problems=sum(issue.severity is Severity.ERROR for issue in doubts),
        issues=[
            {
                "kind": "wrong" if each.severity is Severity.ERROR else "doubt",
                "word": each.severity.value,
                "message": one_line(each.message),
            }
            for each in doubts
        ],
        unplaced=[
            {
                "place": each.source.place,
                "words": short(each.source.words),
                "near": "、".join(each.nearest),
            }
            for each in unplaced
        ],
    )


def fact_choices(sheet: FactSheet) -> list[tuple[str, str]]:
    """What can be taken or left: 名称：内容 and key of every fact."""
    known = dictionary()
    return [
        (f"{known.label(key)}：{short(show(known.spec(key), fact.value), 60)}", key)
        for key, fact in sheet.facts.items()
    ]


def _fact(fact: Fact) -> dict[str, object]:
    spec = dictionary().spec(fact.key)
    return {
        "label": spec.label,
        "value": short(show(spec, fact.value)),
        "remarks": [one_line(remark) for remark in fact.remarks],
        "place": one_line(f"{fact.source.file} {fact.source.place}".strip()),
        "words": short(fact.source.words),
        "kind": "unknown" if fact.value is None else "",
    }


def render_check(report: Report) -> str:
    """HTML of the counts and of every finding with its facts, arithmetic and clause; no score."""
    counts = report.counts()
    return render(
        "draft_check.html",
        counts=[
            {"kind": KINDS[verdict], "name": verdict.value, "number": counts[verdict]}
            for verdict in KINDS
            if counts[verdict]
        ],
        notices=[one_line(notice) for notice in report.notices]
        + [one_line(i.message) for i in report.issues],
        derived=[
            f"{dictionary().label(each.key)} ＝ {one_line(each.arithmetic)}"
            for each in report.derived
            if each.arithmetic and not isinstance(each.value, bool)
        ],
        groups=[
            {
                "kind": kind,
                "name": verdict.value,
                "is_open": verdict in _OPEN,
                "findings": [_found(each, report) for each in report.findings if each.verdict is verdict],
            }
            for verdict, kind in KINDS.items()
            if counts[verdict] and verdict is not Verdict.NOT_APPLICABLE
        ],
    )


def _found(finding: Finding, report: Report) -> dict[str, object]:
    rule = finding.rule
    numbers = {document.doc_id: document.number for document in report.documents}
    return {
        "message": one_line(finding.message),
        "steps": [
            {"mark": _MARKS[step.holds][0], "kind": _MARKS[step.holds][1], "text": one_line(step.text)}
            for step in finding.steps
        ],
        "facts": [],
        "remarks": [
            one_line(remark)
            for remark in (*finding.remarks, *((f"理由：{finding.reason}",) if finding.reason else ()))
        ],
        "href": clause_href(rule.doc_id, rule.path),
        "place": f"{numbers.get(rule.doc_id, rule.doc_id)}{display_path(rule.path)}",
        "quote": one_line(rule.quote),
        "strength": rule.strength,
    }


def missing_keys(report: Report, sheet: FactSheet, template: ApplicationTemplate | None) -> list[str]:
    """Facts that judging and the document need and the sheet lacks, those most rules wait for first."""
    waiting: Counter[str] = Counter()
    for finding in report.findings:
        if finding.verdict is Verdict.UNKNOWN:
            waiting.update(finding.missing)
    for section in template.sections if template else ():
        waiting.update(key for key in section.facts if key in dictionary())
    lacking = [key for key in waiting if sheet.value(key) is None and not dictionary().spec(key).is_derived]
    return sorted(lacking, key=lambda key: (-waiting[key], dictionary().label(key)))


def render_missing(report: Report, sheet: FactSheet, template: ApplicationTemplate | None) -> str:
    """HTML of what to supply next: five facts with the reason, the others by name."""
    keys = missing_keys(report, sheet, template)
    waits = Counter(
        key for finding in report.findings if finding.verdict is Verdict.UNKNOWN for key in finding.missing
    )
    entries = [{"label": _asked(key), "why": _why(waits[key])} for key in keys]
    return render(
        "draft_missing.html", total=len(keys), asked=entries[:ASK_AT_ONCE], others=entries[ASK_AT_ONCE:]
    )


def _asked(key: str) -> str:
    spec = dictionary().spec(key)
    unit = {"area": "㎡", "money": "万元", "percent": "%", "date": "年-月-日", "flag": "是/否"}.get(
        spec.kind.value, spec.unit
    )
    return f"{spec.label}（{unit}）" if unit else spec.label


def _why(rules: int) -> str:
    return f"{rules} 条规则要用" if rules else "文书的章节要用"


def short(text: str, length: int = MAX_WORDS) -> str:
    """A text in one line, cut where it is long."""
    text = one_line(text)
    return text if len(text) <= length else f"{text[:length]}……"
