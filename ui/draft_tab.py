"""The drafting tab: task, facts, check, missing list, outline, section editor with basis, export.

Laid out in `draft_parts`, shown by `draft_showing`; here it is wired. Handlers hand what is on the desk
to `DraftDesk` and `SectionSteps` and show what comes back; they decide nothing. The desk of a browser tab
is kept by the server, a draft in the catalog with every change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.drafting.changes import changes
from assistant.drafting.exporting import confirmations
from indexing.errors import PolicyAssistantError
from ui.draft_arranging import SectionSteps
from ui.draft_desk import DraftDesk
from ui.draft_facts_rendering import render_message
from ui.draft_parts import Parts, lay_out
from ui.draft_rendering import render_changes, render_export
from ui.draft_showing import mine, show
from ui.draft_work import Work
from ui.logs import record_failure
from ui.who import owner_of

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

Step = Callable[..., tuple[Work, str]]


def build_draft_tab(page: gr.Blocks, assistant: PolicyAssistant, home: Path) -> None:
    """Add the tab to `page`, which is being built, and wire its events."""
    desk = DraftDesk(assistant)
    work = gr.State(Work())
    parts = Parts()
    lay_out(parts)
    wire = partial(_wire, desk, home, work, parts)

    def open_named(_: Work, name: str) -> tuple[Work, str]:
        return desk.open(name)

    def read_file(now: Work, path: str) -> tuple[Work, str]:
        return desk.read_file(now, Path(path))

    wire(parts.upload.upload, read_file, [parts.upload])
    wire(parts.read.click, desk.read_text, [parts.pasted])
    wire(parts.supply.click, desk.supply, [parts.supplied])
    wire(parts.confirm.click, desk.confirm, [parts.kept])
    wire(parts.open.click, open_named, [parts.number])
    wire(parts.update.click, desk.update_facts, [])
    wire(parts.save.click, desk.save_section, [parts.editor])
    wire(parts.lock.click, desk.toggle_lock, [])
    wire(parts.rewrite.click, desk.rewrite, [parts.instruction])
    wire(parts.stale.click, desk.rewrite_stale, [])
    wire(parts.restore.click, desk.restore, [parts.version])
    wire(parts.begin.click, desk.begin, [parts.template], needs_owner=True)
    # select, for input comes twice, and the second answer would wipe out what was said meanwhile
    wire(parts.mine.select, open_named, [parts.mine])
    wire(parts.template.select, lambda now, _: (now, ""), [parts.template])
    wire(parts.section.select, _chosen, [parts.section])
    _wire_sections(SectionSteps(desk), wire, parts)
    _wire_compare(desk, home, work, parts)
    _queued(parts.agree.input, partial(_files, desk, home), [work, parts.agree], [parts.export])
    _queued(page.load, _load(desk, home), [], [parts.mine])


def _wire_sections(steps: SectionSteps, wire: Callable[..., None], parts: Parts) -> None:
    """Whole sections and drafts: add, move, take out, put back, cite, delete."""
    wire(parts.add.click, steps.add, [parts.title])
    wire(parts.up.click, lambda now: steps.move(now, -1), [])
    wire(parts.down.click, lambda now: steps.move(now, 1), [])
    wire(parts.remove.click, lambda now, is_sure: steps.remove(now, is_sure=is_sure), [parts.sure])
    wire(parts.back.click, steps.put_back, [parts.gone])
    wire(parts.cite.click, steps.cite, [parts.clause])
    wire(parts.delete.click, lambda now, is_sure: steps.delete_draft(now, is_sure=is_sure), [parts.sure])


def _queued(
    trigger: Callable[..., object], handler: Callable[..., object], inputs: list[Any], outputs: list[Any]
) -> None:
    """Run `handler` through the queue, the only way `ui.guard` leaves open."""
    trigger(
        handler,
        inputs,
        outputs,
        queue=True,
        show_progress="hidden",
        concurrency_id="draft",
        api_visibility="private",
    )


def _wire(
    desk: DraftDesk,
    home: Path,
    work: gr.State,
    parts: Parts,
    trigger: Callable[..., object],
    step: Step,
    inputs: list[Any],
    *,
    needs_owner: bool = False,
) -> None:
    """Run a step of the desk when `trigger` fires; show the desk afterwards, or one sentence on failure."""

    def handler(request: gr.Request, now: Work, template: str | None, *values: object) -> list[Any]:
        owner = owner_of(request.cookies) or (request.session_hash or "")
        try:
            after, said = step(now, *values, *((owner,) if needs_owner else ()))
            named = _template_of(now, after, template)
            task = gr.skip() if named == template else gr.update(value=named)
            return [after, *show(desk, after, named, owner, said), task]
        except PolicyAssistantError as error:
            return _failed(parts, str(error))
        except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
            return _failed(parts, record_failure(error, home))

    _queued(trigger, handler, [work, parts.template, *inputs], [work, *parts.shown, parts.template])


def _template_of(now: Work, after: Work, template: str | None) -> str | None:
    """What is to be drafted: as chosen, or that of a draft that has just come onto the desk."""
    if after.opened is None or (now.opened and now.opened.draft_id == after.opened.draft_id):
        return template
    return after.opened.draft.template_id


def _failed(parts: Parts, sentence: str) -> list[Any]:
    """The sentence; everything else stays as it is."""
    rest = [gr.skip() for _ in (*parts.shown[1:], parts.template)]
    return [gr.skip(), render_message(sentence, is_wrong=True), *rest]


def _chosen(now: Work, key: str | None) -> tuple[Work, str]:
    return replace(now, section=key), ""


def _wire_compare(desk: DraftDesk, home: Path, work: gr.State, parts: Parts) -> None:
    def compare(now: Work, version: int | None) -> str:
        try:
            if now.opened is None or version is None:
                return render_message("请先打开草稿，再选择要对照的版本。", is_wrong=True)
            before = desk.book.open(now.opened.draft_id, version)
            return render_changes(before, now.opened, changes(before.draft, now.opened.draft))
        except PolicyAssistantError as error:
            return render_message(str(error), is_wrong=True)
        except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
            return render_message(record_failure(error, home), is_wrong=True)

    _queued(parts.compare.click, compare, [work, parts.version], [parts.changes])


def _files(desk: DraftDesk, home: Path, now: Work, agreed: bool) -> str:
    try:
        if now.opened is None:
            return ""
        sentences = confirmations(desk.book, now.opened).sentences
        return render_export(sentences, now.opened, is_confirmed=agreed)
    except PolicyAssistantError as error:
        return render_message(str(error), is_wrong=True)
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return render_message(record_failure(error, home), is_wrong=True)


def _load(desk: DraftDesk, home: Path) -> Callable[[gr.Request], Any]:
    def load(request: gr.Request) -> Any:  # noqa: ANN401 - an update of Gradio
        try:
            return gr.update(choices=mine(desk, owner_of(request.cookies) or ""))
        except PolicyAssistantError:
            return gr.skip()  # the question tab says what is wrong with the home
        except Exception as error:  # noqa: BLE001 - recorded in the log
            record_failure(error, home)
            return gr.skip()

    return load
