"""The components of the drafting tab and how they are laid out. Nothing is wired here."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.ask_tab import html_place
from ui.draft_desk import template_choices

SUFFIXES = [".yaml", ".yml", ".json", ".txt", ".md", ".xlsx", ".docx"]
_SECRECY = "请勿录入涉密信息和个人证件号码。上传的文件读完即删，只保存读出的事实。"
_LIST_WIDTH = 280
"""Pixels below which a list goes to a row of its own; its longest titles fit."""
_CONFIRM = "以上各项已知悉"


class Parts:
    """The components of the tab, made by `lay_out`."""

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
    arranging: gr.Accordion
    title: gr.Textbox
    add: gr.Button
    up: gr.Button
    down: gr.Button
    remove: gr.Button
    gone: gr.Dropdown
    back: gr.Button
    sure: gr.Checkbox
    delete: gr.Button
    clause: gr.Dropdown
    cite: gr.Button
    changes: gr.Markdown
    export: gr.Markdown
    agree: gr.Checkbox

    @property
    def shown(self) -> list[Any]:
        """What `draft_showing.show` fills, in its order."""
        return [
            self.message, self.mine, self.facts, self.kept, self.check, self.missing, self.outline,
            self.section, self.editor, self.basis, self.lock, self.version, self.gone, self.sure,
            self.clause, self.changes, self.export, self.agree,
        ]  # fmt: skip


def lay_out(parts: Parts) -> None:
    """Make every component of the tab, in its order on the page, inside the Blocks being built."""
    gr.Markdown(_SECRECY, elem_id="draft-secrecy")
    parts.message = html_place("draft-message")
    with gr.Row(elem_id="draft-task"):
        parts.template = gr.Dropdown(
            template_choices(),
            value=None,
            label="要起草的文书",
            scale=3,
            min_width=_LIST_WIDTH,
            elem_id="draft-template",
        )
        parts.mine = gr.Dropdown(
            [],
            value=None,
            label="继续我的草稿",
            scale=3,
            min_width=_LIST_WIDTH,
            elem_id="draft-mine",
            allow_custom_value=True,
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


def _lay_out_facts(parts: Parts) -> None:
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


def _lay_out_editor(parts: Parts) -> None:
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
            # on a row of its own: beside the buttons the list would show no more than 第 1 版
            parts.version = gr.Dropdown([], value=None, label="版本", elem_id="draft-version")
            with gr.Row(equal_height=True):
                parts.compare = gr.Button("对照最新版", min_width=96, elem_id="draft-compare")
                parts.restore = gr.Button("恢复这一版", min_width=96, elem_id="draft-restore")
            parts.changes = html_place("draft-changes")
            _lay_out_arranging(parts)
        with gr.Column(scale=3):
            parts.basis = html_place("draft-basis")


def _lay_out_arranging(parts: Parts) -> None:
    with gr.Accordion("引用对比页送来的条款", open=False, elem_id="draft-basket"), gr.Row(equal_height=True):
        parts.clause = gr.Dropdown([], value=None, label="加入这一节的条款", scale=3, elem_id="draft-clause")
        parts.cite = gr.Button("加入这一节", scale=0, min_width=150, elem_id="draft-cite")
    with gr.Accordion("增删章节，删除草稿", open=False, elem_id="draft-arranging"):
        with gr.Row(equal_height=True):
            parts.title = gr.Textbox(label="新的一节的标题", max_length=80, scale=3, elem_id="draft-title")
            parts.add = gr.Button("加在这一节后", scale=0, min_width=150, elem_id="draft-add")
        with gr.Row():
            parts.up = gr.Button("上移这一节", min_width=96, elem_id="draft-up")
            parts.down = gr.Button("下移这一节", min_width=96, elem_id="draft-down")
            parts.remove = gr.Button("删去这一节", min_width=96, elem_id="draft-remove")
        with gr.Row(equal_height=True):
            parts.gone = gr.Dropdown([], value=None, label="删去的章节", scale=3, elem_id="draft-gone")
            parts.back = gr.Button("加回", scale=0, min_width=150, elem_id="draft-back")
        with gr.Row(equal_height=True):
            parts.sure = gr.Checkbox(
                label="确认删除（必备章节、整份草稿）", value=False, scale=3, elem_id="draft-sure"
            )
            parts.delete = gr.Button("删除整份草稿", scale=0, min_width=150, elem_id="draft-delete")
