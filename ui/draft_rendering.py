"""The drafting tab as HTML: facts with their words, findings, what is missing, outline, basis. Pure.

Every value passes `ui.pages.render`, which escapes it; the structure is that of `ui/templates`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.citing import display_path
from assistant.drafting.book import Opened
from assistant.drafting.case import Case
from assistant.drafting.changes import Kind, SectionChange
from assistant.drafting.types import DraftSection, SectionStatus
from assistant.export.official import Blank, Heading, Inline, Paragraph
from assistant.fact_dictionary import dictionary
from assistant.fact_types import Fact, FactSheet, Issue, Severity, Unplaced
from assistant.fact_values import show
from assistant.rule_types import Finding, Report
from assistant.templates import ApplicationTemplate
from assistant.types import Citation
from assistant.verdicts import Verdict
from indexing.jurisdictions import NATION, name_of
from ui.draft_files import COPIES, file_address
from ui.pages import render
from ui.rendering import clause_href
from ui.text import one_line

ASK_AT_ONCE = 5
"""Facts asked for at one time; the others are named below."""
_MAX_WORDS = 120

_KINDS = {
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
_STATUS_KINDS = {
    SectionStatus.COMPOSED: "composed",
    SectionStatus.EDITED: "edited",
    SectionStatus.LOCKED: "locked",
    SectionStatus.STALE: "stale",
}
_MARKS = {True: ("✓", "yes"), False: ("✗", "no"), None: ("？", "open")}


@dataclass(frozen=True, slots=True)
class Cited:
    """The small number behind words, or a blank that stands in them."""

    label: str
    href: str
    hint: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paragraph as it is shown."""

    kind: str  # text or blank
    text: str
    references: tuple[Cited, ...] = ()


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
                "words": _short(each.source.words),
                "near": "、".join(each.nearest),
            }
            for each in unplaced
        ],
    )


def fact_choices(sheet: FactSheet) -> list[tuple[str, str]]:
    """What can be taken or left: 名称：内容 and key of every fact."""
    known = dictionary()
    return [
        (f"{known.label(key)}：{_short(show(known.spec(key), fact.value), 60)}", key)
        for key, fact in sheet.facts.items()
    ]


def _fact(fact: Fact) -> dict[str, object]:
    spec = dictionary().spec(fact.key)
    return {
        "label": spec.label,
        "value": _short(show(spec, fact.value)),
        "remarks": [one_line(remark) for remark in fact.remarks],
        "place": one_line(f"{fact.source.file} {fact.source.place}".strip()),
        "words": _short(fact.source.words),
        "kind": "unknown" if fact.value is None else "",
    }


def render_check(report: Report) -> str:
    """HTML of the counts and of every finding with its facts, arithmetic and clause; no score."""
    counts = report.counts()
    return render(
        "draft_check.html",
        counts=[
            {"kind": _KINDS[verdict], "name": verdict.value, "number": counts[verdict]}
            for verdict in _KINDS
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
            for verdict, kind in _KINDS.items()
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


def render_outline(opened: Opened, case: Case, current: str | None, notes: Sequence[str] = ()) -> str:
    """HTML of the draft's sections with their lamps, and of what is wrong with the whole."""
    draft = opened.draft
    return render(
        "draft_outline.html",
        title=one_line(opened.title),
        place=_place(draft.jurisdiction),
        document=case.template.title,
        number=opened.draft_id,
        version=opened.version,
        notes=[one_line(each) for each in (*notes, *(breach.message for breach in draft.breaches))],
        sections=[_outlined(one, current) for one in draft.sections],
    )


def render_plan(template: ApplicationTemplate, note: str = "") -> str:
    """HTML of the sections a template has, before anything is drafted."""
    sections = [
        {
            "title": section.title,
            "kind": "composed",
            "status": "未起草",
            "need": section.need.value,
            "mark": section.mark,
            "blanks": 0,
            "breaches": 0,
            "is_current": False,
        }
        for section in template.sections
    ]
    return render(
        "draft_outline.html",
        title=f"{template.title}的章节",
        place=_place(template.jurisdiction),
        document=template.template_id,
        number="",
        version=0,
        notes=[one_line(each) for each in (*template.notes, note) if each],
        sections=sections,
    )


def _outlined(section: DraftSection, current: str | None) -> dict[str, object]:
    return {
        "title": section.title or "开头",
        "kind": _STATUS_KINDS[section.status],
        "status": section.status.value,
        "need": section.need,
        "mark": section.mark,
        "blanks": len(section.blanks),
        "breaches": len(section.breaches),
        "is_current": section.key == current,
    }


def section_choices(opened: Opened) -> list[tuple[str, str]]:
    """Title with lamp, and key, of every section."""
    return [(f"{one.title or '开头'}（{one.status.value}）", one.key) for one in opened.draft.sections]


def render_basis(section: DraftSection, case: Case) -> str:
    """HTML of a section as it reads, with numbers that open the clauses, and cards of what it rests on."""
    numbers: dict[Citation, int] = {}
    for citation in section.citations:
        numbers.setdefault(citation, len(numbers) + 1)
    return render(
        "draft_basis.html",
        stale="所用的事实或条款已经改变，这一节还是旧的；请重写，或核对后保存。"
        if section.status is SectionStatus.STALE
        else "",
        lines=[_line(block, numbers) for block in section.blocks if isinstance(block, Paragraph | Heading)],
        breaches=[f"{breach.gate.value}：{one_line(breach.message)}" for breach in section.breaches],
        cards=[
            {
                "href": _citation_href(citation),
                "place": f"{citation.document_number or citation.title}{display_path(citation.path)}",
                "quote": one_line(citation.quote),
            }
            for citation in numbers
        ],
        rules=_rules(section, case),
        notes=[one_line(note) for note in section.notes],
    )


def _line(block: Paragraph | Heading, numbers: dict[Citation, int]) -> list[Part]:
    inlines: Sequence[Inline] = block.inlines if isinstance(block, Paragraph) else block.rest
    head = [Part("text", block.text)] if isinstance(block, Heading) else []
    return head + [_part(each, numbers) for each in inlines]


def _part(inline: Inline, numbers: dict[Citation, int]) -> Part:
    if isinstance(inline, Blank):
        return Part("blank", inline.shown)
    references = tuple(
        Cited(str(numbers[one]), _citation_href(one), _short(one.quote, 80)) for one in inline.citations
    )
    return Part("text", inline.text, references)


def _citation_href(citation: Citation) -> str:
    return clause_href(citation.doc_id, citation.path, [(citation.start, citation.end)], citation.version)


def _rules(section: DraftSection, case: Case) -> list[dict[str, str]]:
    """What the rules say of the clauses the section cites, and of those the template gives it."""
    cited = {use.clause_id for use in section.clauses}
    planned = next((one for one in case.template.sections if one.key == section.key), None)
    ids = {need.rule_id for need in planned.clauses} if planned else set()
    shown = [
        finding
        for finding in case.report.findings
        if finding.verdict not in (Verdict.NOT_APPLICABLE, Verdict.INFO)
        and (finding.rule.rule_id in ids or finding.rule.clause_id in cited)
    ]
    shown.sort(key=lambda finding: list(_KINDS).index(finding.verdict))
    return [
        {"kind": _KINDS[each.verdict], "verdict": each.verdict.value, "message": one_line(each.message)}
        for each in shown
    ]


def render_changes(before: Opened, after: Opened, found: Sequence[SectionChange]) -> str:
    """HTML of what differs between two versions, removed and added characters marked in words too."""
    said = {Kind.SAME: "", Kind.ADDED: "增：", Kind.REMOVED: "删："}
    same = "两版文字相同。" if not found else ""
    return render(
        "draft_changes.html",
        heading=f"第 {before.version} 版 → 第 {after.version} 版　{same}",
        sections=[
            {
                "title": section.title,
                "status": section.status,
                "lines": [
                    [
                        {"kind": piece.kind.value, "said": said[piece.kind], "text": piece.text}
                        for piece in line.pieces
                    ]
                    for line in section.lines
                ],
            }
            for section in found
        ],
    )


def render_export(
    sentences: Sequence[str], opened: Opened, *, is_confirmed: bool, since: int | None = None
) -> str:
    """HTML of what to confirm, and, once confirmed, of the files."""
    copies = [copy for copy in COPIES if copy != "tracked" or opened.version > 1]
    files = [
        {"href": file_address(opened.draft_id, opened.version, copy, since), "name": COPIES[copy]}
        for copy in copies
    ]
    return render(
        "draft_export.html",
        sentences=[one_line(sentence) for sentence in sentences],
        files=files if is_confirmed else [],
    )


def _place(code: str) -> str:
    return "国家" if code == NATION else name_of(code)


def _short(text: str, length: int = _MAX_WORDS) -> str:
    text = one_line(text)
    return text if len(text) <= length else f"{text[:length]}……"
