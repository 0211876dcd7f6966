"""A document from a fact sheet: `draft` writes every section, `redraft` some of them again.

Sections are written one by one, each from its own facts and clauses, so that a changed fact touches
only those that used it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

from assistant.drafting.case import Case, Desk, open_case
from assistant.drafting.composing import compose, finished
from assistant.drafting.consistency import inconsistencies
from assistant.drafting.filling import fill
from assistant.drafting.gates import hold_to_gates
from assistant.drafting.openings import opening_blocks
from assistant.drafting.types import OPENING, Draft, DraftSection, SectionStatus
from assistant.drafting.values import MAX_INLINE, fingerprint
from assistant.errors import WrongPlace
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactSheet
from assistant.library import Library
from assistant.templates import ApplicationTemplate, Need, Section
from indexing.jurisdictions import NATION, lineage, name_of

Polish = Callable[[DraftSection, Case, str], DraftSection]
"""Words a section anew: the composed section, what it was written from, an instruction or ""."""

_CHANGED = "所用的事实或条款已经改变，请核对这一节。"


def draft(
    template: ApplicationTemplate,
    sheet: FactSheet,
    library: Library,
    as_of: date,
    *,
    polish: Polish | None = None,
    instructions: Mapping[str, str] | None = None,
) -> Draft:
    """The whole document, every section held to the gates.

    Args:
        template: of the sheet's place or the nation.
        sheet: the facts; what is missing becomes a blank.
        library: the clauses, as they are held now.
        as_of: the day documents must be in force; the sheet's own 基准日期 wins.
        polish: words the composed sections anew; None leaves them as composed.
        instructions: section key → what the person asks for, for `polish`.

    Raises:
        WrongPlace: the template belongs to another place than the facts.
    """
    case = case_for(template, sheet, library, as_of)
    asked = instructions or {}
    written = [_write(section, case, polish, asked.get(section.key, "")) for section in sections_of(template)]
    return _whole(case, tuple(written))


def redraft(
    earlier: Draft,
    template: ApplicationTemplate,
    sheet: FactSheet,
    library: Library,
    *,
    keys: Collection[str],
    polish: Polish | None = None,
    instructions: Mapping[str, str] | None = None,
) -> Draft:
    """`earlier` with the named sections written again and the others as they stand.

    A locked section is never written again. Others whose facts or clauses have changed since are
    marked 已过时; those whose facts are back as they were lose the mark.

    Raises:
        WrongPlace: the template belongs to another place than the facts.
    """
    case = case_for(template, sheet, library, earlier.as_of)
    asked = instructions or {}
    stale = stale_keys(earlier, case)
    known = {section.key: section for section in sections_of(template)}
    out = []
    for one in earlier.sections:
        if one.key in keys and one.key in known and one.status is not SectionStatus.LOCKED:
            out.append(_write(known[one.key], case, polish, asked.get(one.key, "")))
        else:
            out.append(marked(one, is_stale=one.key in stale))
    return _whole(case, tuple(out))


def stale_keys(earlier: Draft, case: Case) -> frozenset[str]:
    """Sections that used a fact or a clause which is not now as it was then."""
    return frozenset(one.key for one in earlier.sections if _has_changed(one, case))


def marked(section: DraftSection, *, is_stale: bool) -> DraftSection:
    """The section as 已过时, or as what it was before. A locked one keeps its lock and gets a note."""
    others = tuple(each for each in section.notes if each != _CHANGED)
    match section.status:
        case SectionStatus.LOCKED:
            return replace(section, notes=(*others, _CHANGED) if is_stale else others)
        case SectionStatus.STALE:
            return section if is_stale else replace(section, status=section.before)
    return replace(section, status=SectionStatus.STALE, before=section.status) if is_stale else section


def case_for(template: ApplicationTemplate, sheet: FactSheet, library: Library, as_of: date) -> Case:
    """The facts held against the rules for a template that fits their place.

    Raises:
        WrongPlace: it belongs to another place.
    """
    stated = sheet.value("jurisdiction")
    if isinstance(stated, str) and template.jurisdiction not in (NATION, *lineage(stated)):
        raise WrongPlace(
            f"“{template.title}”（{template.template_id}）是{name_of(template.jurisdiction)}的文书，"
            f"事实表写的是{name_of(stated)}；请选用{name_of(stated)}或国家的文书"
            "（命令 cewen templates 列出全部）。"
        )
    return open_case(template, sheet, library, as_of)


def sections_of(template: ApplicationTemplate) -> tuple[Section, ...]:
    """The opening, then the template's sections."""
    opening = Section(
        key=OPENING,
        title="",
        need=Need.OPTIONAL,
        content="",
        facts=(),
        optional_facts=(),
        clauses=template.clauses,
    )
    return (opening, *template.sections)


def _write(section: Section, case: Case, polish: Polish | None, instruction: str) -> DraftSection:
    if section.key == OPENING:
        desk = Desk(case, section)
        composed = finished(section, opening_blocks(desk), desk)
        return hold_to_gates(replace(composed, mark=""), case)
    composed = hold_to_gates(compose(section, case), case)
    return polish(composed, case, instruction) if polish else composed


def _whole(case: Case, sections: tuple[DraftSection, ...]) -> Draft:
    template = case.template
    desk = Desk(case, sections_of(template)[0])
    made = Draft(
        template_id=template.template_id,
        title=fill(template.heading, desk),
        jurisdiction=template.jurisdiction,
        as_of=case.as_of,
        sections=sections,
        notes=tuple(_notes(case)),
    )
    return replace(made, breaches=inconsistencies(made, case))


def _notes(case: Case) -> list[str]:
    notes = list(case.template.notes)
    unmet = [key for key in case.template.requires if case.values.get(key) in (None, False)]
    if unmet:
        named = "、".join(dictionary().label(key) for key in unmet)
        notes.insert(0, f"编制这份文书的前提没有写明或不具备：{named}，请先核实。")
    if case.sheet.value("jurisdiction") is None:
        notes.append(f"事实表没有写所属辖区，按{name_of(case.template.jurisdiction)}的规则核对。")
    stated, usual = case.sheet.value("recipient_org"), case.template.recipient
    if isinstance(stated, str) and usual and stated.rstrip("：:") != usual:
        notes.append(f"主送机关按事实表写为“{stated}”，这份文书通常报“{usual}”，请核对。")
    long = [key for key, value in case.values.items() if isinstance(value, str) and len(value) > MAX_INLINE]
    for key in long:
        size = len(str(case.values[key]))
        notes.append(f"“{dictionary().label(key)}”有{size}字，没有写入正文，请摘要后再起草。")
    return [*notes, *case.report.notices]


def _has_changed(section: DraftSection, case: Case) -> bool:
    if any(fingerprint(case.values.get(use.key)) != use.fingerprint for use in section.facts):
        return True
    for use in section.clauses:
        doc_id, _, path = use.clause_id.partition("#")
        clause = case.shelf.library.clause(doc_id, path)
        if clause is None or clause.text_hash != use.text_hash:
            return True
    return False
