"""The lower half of the drafting tab as HTML: outline, a section with its basis, changes, export. Pure.

Every value passes `ui.pages.render`, which escapes it; the structure is that of `ui/templates`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.book import Opened
from assistant.drafting.case import Case
from assistant.drafting.changes import Kind, SectionChange
from assistant.drafting.documents import frame_lines
from assistant.drafting.types import DraftSection, SectionStatus
from assistant.export.official import Blank, Heading, Inline, Paragraph
from assistant.rules.verdicts import Verdict
from assistant.templates import ApplicationTemplate
from assistant.types import Citation
from assistant.writing.citing import display_path
from indexing.jurisdictions import NATION, name_of
from ui.draft_facts_rendering import KINDS, short
from ui.draft_files import COPIES, file_address
from ui.pages import render
from ui.rendering import clause_href
from ui.text import one_line

_STATUS_KINDS = {
    SectionStatus.COMPOSED: "composed",
    SectionStatus.EDITED: "edited",
    SectionStatus.LOCKED: "locked",
    SectionStatus.STALE: "stale",
}


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
        around=[{"name": name, "words": one_line(words)} for name, words in frame_lines(draft, case)],
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
        around=[],
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
        Cited(str(numbers[one]), _citation_href(one), short(one.quote, 80)) for one in inline.citations
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
    shown.sort(key=lambda finding: list(KINDS).index(finding.verdict))
    return [
        {"kind": KINDS[each.verdict], "verdict": each.verdict.value, "message": one_line(each.message)}
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
