"""The drafting tab: task, facts, check, missing list, outline, section editor with basis, export.

Handlers hand what is on the desk to `DraftDesk` and show what comes back; they decide nothing. The
desk of a browser tab is kept by the server, a draft in the catalog with every change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.drafting.changes import changes
from assistant.drafting.editing import editable
from assistant.drafting.exporting import confirmations
from assistant.drafting.types import SectionStatus
from indexing.errors import PolicyAssistantError
from ui.ask_tab import html_place
from ui.draft_desk import DraftDesk, Work, fitting_template, template_choices
from ui.draft_rendering import (
    fact_choices,
    render_basis,
    render_changes,
    render_check,
    render_export,
    render_facts,
    render_message,
    render_missing,
    render_outline,
    render_plan,
    section_choices,
)
from ui.drafts_reports import local_time
from ui.logs import record_failure
from ui.who import owner_of

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

SUFFIXES = [".yaml", ".yml", ".json", ".txt", ".md", ".xlsx", ".docx"]
_SECRECY = "请勿录入涉密信息和个人证件号码。上传的文件读完即删，只保存读出的事实。"
_CONFIRM = "以上各项已知悉"

Step = Callable[..., tuple[Work, str]]


def build_draft_tab(page: gr.Blocks, assistant: PolicyAssistant, home: Path) -> None:
    """Add the tab to `page`, which is being built, and wire its events."""
    desk = DraftDesk(assistant)
    work = gr.State(Work())
    parts = _Parts()
    _lay_out(parts)
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
    wire(parts.mine.input, open_named, [parts.mine])
    wire(parts.update.click, desk.update_facts, [])
    wire(parts.save.click, desk.save_section, [parts.editor])
    wire(parts.lock.click, desk.toggle_lock, [])
    wire(parts.rewrite.click, desk.rewrite, [parts.instruction])
    wire(parts.stale.click, desk.rewrite_stale, [])
    wire(parts.restore.click, desk.restore, [parts.version])
    wire(parts.begin.click, desk.begin, [parts.template], needs_owner=True)
    wire(parts.template.input, lambda now, _: (now, ""), [parts.template])
    wire(parts.section.input, _chosen, [parts.section])
    _wire_compare(desk, home, work, parts)
    _queued(parts.agree.input, partial(_files, desk, home), [work, parts.agree], [parts.export])
    _queued(page.load, _load(desk, home), [], [parts.mine])


class _Parts:
    """The components of the tab, made by `_lay_out`."""

    template: gr.Dropdown
    mine: gr.Dropdown
    number: gr.Textbox
    open: gr.Button
    message: gr.Markdown
    upload: gr.UploadButton
    pasted: gr.Textbox
    read: gr.Button
    facts: gr.Markdown
    kept: gr.CheckboxGroup
    confirm: gr.Button
    check: gr.Markdown
    missing: gr.Markdown
    supplied: gr.Textbox
    supply: gr.Button
    begin: gr.Button
    update: gr.Button
    outline: gr.Markdown
    section: gr.Dropdown
    editor: gr.Textbox
    basis: gr.Markdown
    save: gr.Button
    lock: gr.Button
    instruction: gr.Textbox
    rewrite: gr.Button
    stale: gr.Button
    version: gr.Dropdown
    compare: gr.Button
    restore: gr.Button
    changes: gr.Markdown
    export: gr.Markdown
    agree: gr.Checkbox

    @property
    def shown(self) -> list[Any]:
        """What `_show` fills, in its order."""
        return [
            self.message, self.mine, self.facts, self.kept, self.check, self.missing, self.outline,
            self.section, self.editor, self.basis, self.lock, self.version, self.changes, self.export,
            self.agree,
        ]  # fmt: skip


def _lay_out(parts: _Parts) -> None:
    gr.Markdown(_SECRECY, elem_id="draft-secrecy")
    parts.message = html_place("draft-message")
    with gr.Row(elem_id="draft-task"):
        parts.template = gr.Dropdown(
            template_choices(), value=None, label="要起草的文书", scale=3, elem_id="draft-template"
        )
        parts.mine = gr.Dropdown(
            [], value=None, label="继续我的草稿", scale=3, elem_id="draft-mine", allow_custom_value=True
        )
        parts.number = gr.Textbox(label="或填草稿编号", scale=2, max_length=64, elem_id="draft-number")
        parts.open = gr.Button("打开", scale=0, min_width=72, elem_id="draft-open")
    _lay_out_facts(parts)
    gr.Markdown("### 三、起草", elem_classes="step-head")
    with gr.Row():
        parts.begin = gr.Button("起草全文", variant="primary", elem_id="draft-begin")
        parts.update = gr.Button("用上面的事实更新草稿", elem_id="draft-update")
        parts.stale = gr.Button("重写已过时的章节", elem_id="draft-stale")
    parts.outline = html_place("draft-outline")
    _lay_out_editor(parts)
    gr.Markdown("### 五、导出", elem_classes="step-head")
    parts.export = html_place("draft-export")
    parts.agree = gr.Checkbox(label=_CONFIRM, value=False, visible=False, elem_id="draft-agree")


def _lay_out_facts(parts: _Parts) -> None:
    gr.Markdown("### 一、项目事实", elem_classes="step-head")
    with gr.Row(equal_height=True):
        parts.pasted = gr.Textbox(
            label="项目情况",
            placeholder="粘贴材料，或按“名称：内容”一行一项，例如：服务户数：3200户",
            lines=4,
            max_lines=12,
            max_length=300_000,
            scale=5,
            elem_id="draft-pasted",
        )
        with gr.Column(scale=1, min_width=140):
            parts.read = gr.Button("读取文字", elem_id="draft-read")
            parts.upload = gr.UploadButton("上传材料", file_types=SUFFIXES, elem_id="draft-upload")
            # the configuration would name a sample file on another site; a subclass of Gradio's button
            # would have it write a stub file beside this module
            parts.upload.example_inputs = lambda: None  # type: ignore[method-assign]
    parts.facts = html_place("draft-facts")
    with gr.Accordion("逐项确认：取消勾选的不用", open=False, elem_id="draft-confirming"):
        parts.kept = gr.CheckboxGroup([], label="采用的事实", elem_id="draft-kept")
        parts.confirm = gr.Button("确认", elem_id="draft-confirm")
    gr.Markdown("### 二、规则核对", elem_classes="step-head")
    parts.check = html_place("draft-check")
    parts.missing = html_place("draft-missing")
    with gr.Row(equal_height=True):
        parts.supplied = gr.Textbox(
            label="补充或更正",
            placeholder="一行一项，例如：运营单位选择方式：公开招标",
            lines=2,
            max_lines=8,
            max_length=20_000,
            scale=5,
            elem_id="draft-supplied",
        )
        parts.supply = gr.Button("采用", scale=0, min_width=104, elem_id="draft-supply")


def _lay_out_editor(parts: _Parts) -> None:
    gr.Markdown("### 四、逐节修改", elem_classes="step-head")
    with gr.Row(elem_id="draft-editing"):
        with gr.Column(scale=3):
            parts.section = gr.Dropdown([], value=None, label="章节", elem_id="draft-section")
            parts.editor = gr.Textbox(
                label="文字（# 起头为小标题，｜为表格的格）",
                lines=14,
                max_lines=30,
                max_length=100_000,
                elem_id="draft-editor",
            )
            with gr.Row():
                parts.save = gr.Button("保存这一节", variant="primary", elem_id="draft-save")
                parts.lock = gr.Button("锁定", elem_id="draft-lock")
            with gr.Row(equal_height=True):
                parts.instruction = gr.Textbox(
                    label="重写要求（有语言模型时使用）",
                    max_length=2000,
                    scale=3,
                    elem_id="draft-instruction",
                )
                parts.rewrite = gr.Button("重写这一节", scale=0, min_width=120, elem_id="draft-rewrite")
            with gr.Row(equal_height=True):
                parts.version = gr.Dropdown([], value=None, label="版本", scale=3, elem_id="draft-version")
                parts.compare = gr.Button("对照最新版", scale=0, min_width=120, elem_id="draft-compare")
                parts.restore = gr.Button("恢复这一版", scale=0, min_width=120, elem_id="draft-restore")
            parts.changes = html_place("draft-changes")
        with gr.Column(scale=3):
            parts.basis = html_place("draft-basis")


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
    parts: _Parts,
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
            return [after, *_show(desk, after, template, owner, said)]
        except PolicyAssistantError as error:
            return _failed(parts, str(error))
        except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
            return _failed(parts, record_failure(error, home))

    _queued(trigger, handler, [work, parts.template, *inputs], [work, *parts.shown])


def _failed(parts: _Parts, sentence: str) -> list[Any]:
    """The sentence; everything else stays as it is."""
    rest = [gr.skip() for _ in parts.shown[1:]]
    return [gr.skip(), render_message(sentence, is_wrong=True), *rest]


def _chosen(now: Work, key: str | None) -> tuple[Work, str]:
    from dataclasses import replace

    return replace(now, section=key), ""


def _show(desk: DraftDesk, work: Work, template_id: str | None, owner: str, said: str) -> list[Any]:
    """What every part of the tab shows of the desk, in the order of `_Parts.shown`."""
    template = fitting_template(template_id, work.facts)
    report = desk.report(work)
    has_facts = bool(work.sheet.facts)
    left = [
        gr.update(value=render_message(said)),
        gr.update(choices=_mine(desk, owner)),
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
        return [plan, empty, "", "", gr.skip(), empty, "", "", gr.update(visible=False, value=False)]
    book, opened = desk.book, work.opened
    case = book.case(opened)
    section = opened.draft.section(work.section or "")
    is_locked = section is not None and section.status is SectionStatus.LOCKED
    versions = [
        (f"第 {each.version} 版　{local_time(each.saved_at)}　{each.note}", each.version)
        for each in book.store.history(opened.draft_id)
    ]
    return [
        render_outline(opened, case, work.section),
        gr.update(choices=section_choices(opened), value=work.section),
        gr.update(value=editable(section) if section else "", interactive=not is_locked),
        render_basis(section, case) if section else "",
        gr.update(value="解锁" if is_locked else "锁定"),
        gr.update(choices=versions, value=None),
        "",
        render_export(confirmations(book, opened).sentences, opened, is_confirmed=False),
        gr.update(visible=True, value=False),
    ]


def _mine(desk: DraftDesk, owner: str) -> list[tuple[str, str]]:
    return (
        [
            (f"{entry.title}　第 {entry.version} 版　{local_time(entry.saved_at)}", entry.draft_id)
            for entry in desk.book.store.entries(owner)
        ]
        if owner
        else []
    )


def _wire_compare(desk: DraftDesk, home: Path, work: gr.State, parts: _Parts) -> None:
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
            return gr.update(choices=_mine(desk, owner_of(request.cookies) or ""))
        except PolicyAssistantError:
            return gr.skip()  # the question tab says what is wrong with the home
        except Exception as error:  # noqa: BLE001 - recorded in the log
            record_failure(error, home)
            return gr.skip()

    return load
