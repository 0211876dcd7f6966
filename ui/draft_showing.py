"""What every part of the drafting tab shows of the desk: updates of Gradio made of rendered HTML."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.drafting.editing import editable
from assistant.drafting.exporting import confirmations
from assistant.drafting.types import SectionStatus
from ui.draft_arranging import SectionSteps, lacking_on
from ui.draft_desk import DraftDesk, fitting_template
from ui.draft_facts_rendering import (
    fact_choices,
    render_check,
    render_facts,
    render_message,
    render_missing,
)
from ui.draft_rendering import (
    render_basis,
    render_export,
    render_outline,
    render_plan,
    section_choices,
)
from ui.draft_work import Work
from ui.drafts_reports import local_time


def show(desk: DraftDesk, work: Work, template_id: str | None, owner: str, said: str) -> list[Any]:
    """What every part of the tab shows of the desk, in the order of `Parts.shown`."""
    template = fitting_template(template_id, work.facts)
    report = desk.report(work)
    has_facts = bool(work.sheet.facts)
    left = [
        gr.update(value=render_message(said)),
        _listed(mine(desk, owner), work),
        render_facts(work.sheet, work.issues, work.unplaced)
        if has_facts or work.unplaced or work.issues
        else "",
        gr.update(choices=fact_choices(work.sheet), value=list(work.facts.facts)),
        render_check(report) if has_facts else "",
        render_missing(report, work.facts, template) if has_facts else "",
    ]
    return [*left, *_show_draft(desk, work, template_id)]


def _show_draft(desk: DraftDesk, work: Work, template_id: str | None) -> list[Any]:
    if work.opened is None:
        template = fitting_template(template_id, work.facts)
        note = "" if template or not template_id else "这份文书不属于项目所在的辖区，请另选，或改正所属辖区。"
        plan = render_plan(template) if template else render_message(note, is_wrong=True)
        empty = gr.update(choices=[], value=None)
        hidden = gr.update(visible=False, value=False)
        unsure = gr.update(value=False)
        return [plan, empty, "", "", gr.skip(), empty, empty, unsure, empty, "", "", hidden]
    book, opened = desk.book, work.opened
    case = book.case(opened)
    section = opened.draft.section(work.section or "")
    is_locked = section is not None and section.status is SectionStatus.LOCKED
    versions = [
        (f"第 {each.version} 版　{local_time(each.saved_at)}　{each.note}", each.version)
        for each in book.store.history(opened.draft_id)
    ]
    return [
        render_outline(opened, case, work.section, opened.draft.notes),
        gr.update(choices=section_choices(opened), value=work.section),
        gr.update(value=editable(section) if section else "", interactive=not is_locked),
        render_basis(section, case) if section else "",
        gr.update(value="解锁" if is_locked else "锁定"),
        gr.update(choices=versions, value=None),
        gr.update(choices=[(one.title, one.key) for one in lacking_on(work)], value=None),
        gr.update(value=False),
        gr.update(choices=SectionSteps(desk).clauses(work), value=None),
        "",
        render_export(confirmations(book, opened).sentences, opened, is_confirmed=False),
        gr.update(visible=True, value=False),
    ]


def _listed(drafts: list[tuple[str, str]], work: Work) -> dict[str, Any]:
    """The list of one's drafts with the open one chosen; none where none is open."""
    chosen = work.opened.draft_id if work.opened else None
    known = chosen in {number for _, number in drafts}
    return gr.update(choices=drafts, value=chosen if known else None)


def mine(desk: DraftDesk, owner: str) -> list[tuple[str, str]]:
    """Title, version and id of the drafts of an owner; none for nobody."""
    return (
        [
            (f"{entry.title}　第 {entry.version} 版　{local_time(entry.saved_at)}", entry.draft_id)
            for entry in desk.book.store.entries(owner)
        ]
        if owner
        else []
    )
