"""The question tab: a box, examples, the answer, the clauses it rests on.

Handlers ask the assistant and hand its answer to `rendering`; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import gradio as gr

from assistant.types import AnswerStatus
from indexing.errors import PolicyAssistantError
from ui.logs import record_failure
from ui.opening import lookup_in
from ui.rendering import render_answer, render_failure, render_hits, render_sources
from ui.usage import checked_question

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

EXAMPLES = (
    "北京市对社区嵌入式服务设施项目补助多少？",
    "国家要求每百户居民拥有的社区综合服务设施面积平均不少于多少？",
    "上海市先在多少个社区开展先行先试？",
    "杭州市的实施方案从什么时候起施行？",
    "重庆市对每个街道养老服务中心补助多少？",
)
"""Answered live when clicked; about one shipped document each."""

MAX_TYPED_CHARS = 300_000
"""What the box takes: more than may be asked, so that a long text is answered with a sentence and not
cut in silence; at three bytes a character still below `guard.MAX_BODY_BYTES`."""

Shown = tuple[dict[str, object], str, dict[str, object], str]
"""The change to the answer, Markdown of the sources, the change to the box of hits, Markdown of the hits."""


def build_ask_tab(assistant: PolicyAssistant, home: Path) -> None:
    """Add the tab to the Blocks being built and wire its events."""
    with gr.Row(equal_height=True):
        question = gr.Textbox(
            label="问题",
            placeholder="例如：" + EXAMPLES[0],
            lines=1,  # so that Enter asks; Shift+Enter breaks the line
            max_lines=6,
            max_length=MAX_TYPED_CHARS,
            scale=5,
        )
        button = gr.Button("查询", variant="primary", scale=1, min_width=96)
    gr.Markdown("试一试：")
    with gr.Row(elem_id="examples"):
        samples = [gr.Button(example, size="sm", elem_classes="example") for example in EXAMPLES]
    answer, sources = _markdown("answer", visible=False), _markdown("sources")
    with gr.Accordion("检索到的条款", open=False, visible=False) as found:
        hits = _markdown("hits")
    outputs = [answer, sources, found, hits]
    respond = partial(answer_question, assistant, home)
    for trigger in (button.click, question.submit):
        _wire(trigger, respond, question, outputs)
    for sample in samples:
        _wire(sample.click, partial(_with_question, respond), sample, [question, *outputs])


def _markdown(elem_id: str, *, visible: bool = True) -> gr.Markdown:
    """A place for escaped Markdown: no formulas, line breaks as written."""
    return gr.Markdown(
        elem_id=elem_id, latex_delimiters=[], line_breaks=True, sanitize_html=True, visible=visible
    )


def _with_question(respond: Callable[[str], Shown], question: str) -> tuple[object, ...]:
    """The question too, for the box: an example was clicked, not typed."""
    return question, *respond(question)


def _wire(
    trigger: Callable[..., object],
    respond: Callable[[str], object],
    asked: gr.components.Component,
    outputs: list[gr.components.Component],
) -> None:
    """Ask when `trigger` fires; always through the queue, the only way `ui.guard` leaves open."""
    trigger(
        respond,
        asked,
        outputs,
        queue=True,
        show_progress="minimal",
        concurrency_id="ask",
        api_visibility="private",
    )


def answer_question(assistant: PolicyAssistant, home: Path, question: str | None) -> Shown:
    """What the page shows for one question; a failure is one sentence in the place of the answer."""
    try:
        answer = assistant.ask(checked_question(question), as_of=date.today())
        is_nearest = answer.status is AnswerStatus.NO_BASIS
        lookup = lookup_in(assistant.index)
        shown = render_hits(answer, lookup)
        box = gr.update(
            visible=bool(shown), open=is_nearest, label="最接近的条款" if is_nearest else "检索到的条款"
        )
        return _told(render_answer(answer), answer.status.lower()), render_sources(answer, lookup), box, shown
    except PolicyAssistantError as error:
        return _failed(str(error))
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return _failed(record_failure(error, home))


def _failed(sentence: str) -> Shown:
    return _told(render_failure(sentence), "failed"), "", gr.update(visible=False), ""


def _told(markdown: str, kind: str) -> dict[str, object]:
    """The change to the place of the answer; `kind` is its class in page.css."""
    return cast("dict[str, object]", gr.update(value=markdown, visible=True, elem_classes=[kind]))
