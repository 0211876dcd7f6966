"""The question tab: a box, the places to search, examples, and the answer with its citations.

Handlers ask the assistant and hand its answer to `rendering`; they decide nothing. A handler
yields what stands in the place of the answer: first that it is being sought, then, where a language
model writes, the statements verified so far, then the answer; never more than five updates a second. While a
model writes it can be stopped.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import gradio as gr

from assistant.conversing.conversation import Turn, turn_of
from assistant.questions.scopes import label
from assistant.types import Answer, Statement
from indexing.errors import PolicyAssistantError
from indexing.types import SearchFilter
from ui.conversations import Conversations, Exchange
from ui.logs import record_failure
from ui.rendering import (
    render_answer,
    render_conversation,
    render_failure,
    render_pending,
    render_shelf,
    render_stopped,
    render_writing,
)
from ui.streaming import Stopped, Stops, streamed
from ui.usage import checked_day, checked_question

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant
    from indexing.index import ClauseIndex

EXAMPLES = (
    "北京市对社区嵌入式服务设施项目补助多少？",
    "国家要求每百户居民拥有的社区综合服务设施面积平均不少于多少？",
    "上海市先在多少个社区开展先行先试？",
    "杭州市的实施方案从什么时候起施行？",
    "重庆市对每个街道养老服务中心补助多少？",
)
"""Answered live when clicked; about one shipped document each."""

MAX_DAY_CHARS = 20  # 二〇二六年十一月二十三日, with room
MAX_TYPED_CHARS = 300_000
"""What the box takes: more than may be asked, so that a long text is answered with a sentence and not
cut in silence; at three bytes a character still below `guard.MAX_BODY_BYTES`."""

Shown = tuple[str, str, str]
"""What stands in the place of the answer, what stands below it of the conversation, and its key."""
Respond = Callable[[str, Sequence[str], str, str, str], Iterator[Shown]]
"""Question, places, day as typed, keys of conversation and page → what is shown, the last to stay."""


def build_ask_tab(page: gr.Blocks, assistant: PolicyAssistant, home: Path, kept: Conversations) -> None:
    """Add the tab to `page`, which is being built, and wire its events."""
    with gr.Row(elem_id="ask", equal_height=True):
        question = gr.Textbox(
            label="问题",
            show_label=False,
            container=False,
            placeholder="例如：" + EXAMPLES[0],
            lines=1,  # so that Enter asks; Shift+Enter breaks the line
            max_lines=6,
            max_length=MAX_TYPED_CHARS,
            scale=5,
            elem_id="question",
        )
        button = gr.Button("查询", variant="primary", scale=0, min_width=104, elem_id="send")
    with gr.Row(elem_id="within"):
        places = gr.CheckboxGroup(
            places_in(assistant.index), label="只查这些地方（不选则全部）", elem_id="places", scale=5
        )
        day = gr.Textbox(
            label="查询日期（不填按今天）",
            placeholder="2026-11-23",
            max_lines=1,
            max_length=MAX_DAY_CHARS,
            elem_id="day",
            scale=1,
        )
    key, opened = gr.State(""), gr.State("")
    answer = html_place("answer")
    earlier = html_place("earlier")
    # pressed by its twin in `earlier`; page.css hides this one
    clear = gr.Button("清空对话", elem_id="clear")
    stop = gr.Button("停止", elem_id="stop")  # likewise
    with gr.Row(elem_id="examples"):
        gr.Markdown("试一试", elem_id="try")
        samples = [gr.Button(example, size="sm", elem_classes="example") for example in EXAMPLES]
    shelf = html_place("shelf")
    stops = Stops()
    respond = partial(converse, assistant, home, kept, stops)
    for trigger in (button.click, question.submit, day.submit):
        wire(trigger, respond, [question, places, day, key, opened], [answer, earlier, key])
    wire(clear.click, partial(forget, kept), [key], [question, answer, earlier, key])
    for sample in samples:
        wire(
            sample.click,
            partial(_with_question, respond),
            [sample, places, day, key, opened],
            [question, answer, earlier, key],
        )
    wire(stop.click, stops.stop, [opened], [], lane="stop")  # not behind the answer it is to stop
    wire(page.load, partial(secrets.token_urlsafe, 16), [], [opened])
    wire(page.load, partial(refresh, assistant.index, home), [], [places, shelf])


def html_place(elem_id: str) -> gr.Markdown:
    """A place for what `rendering` makes, one HTML block; no formulas.

    Not gr.HTML, which runs its value as a template; here the browser cleans it once more.
    """
    return gr.Markdown(elem_id=elem_id, latex_delimiters=[], sanitize_html=True)


def _with_question(
    respond: Respond, question: str, places: Sequence[str], day: str, key: str, opened: str
) -> Iterator[tuple[str, str, str, str]]:
    """The question too, for the box: an example was clicked, not typed."""
    for shown in respond(question, places, day, key, opened):
        yield question, *shown


def wire(
    trigger: Callable[..., object],
    handler: Callable[..., object],
    inputs: Sequence[gr.components.Component],
    outputs: Sequence[gr.components.Component],
    lane: str = "ask",
) -> None:
    """Run `handler` when `trigger` fires; always through the queue, the only way `ui.guard` leaves open.

    Handlers of one `lane` wait for each other.
    """
    trigger(
        handler,
        inputs,
        outputs,
        queue=True,
        show_progress="hidden",  # its clock would redraw the page sixty times a second
        concurrency_id=lane,
        api_visibility="private",
    )


def places_in(index: ClauseIndex) -> list[tuple[str, str]]:
    """Name and GB/T 2260 code of every place the library has documents of, the nation first."""
    codes = {code for document in index.documents() if (code := document.metadata.jurisdiction)}
    return [(label(code), code) for code in sorted(codes)]


def refresh(index: ClauseIndex, home: Path) -> tuple[object, str]:
    """What a page just opened shows of the library: the places to choose from, and its documents."""
    try:
        shelf = render_shelf(index.documents(), date.today())
        return gr.update(choices=places_in(index)), shelf
    except PolicyAssistantError as error:
        return gr.update(), render_failure(str(error))
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return gr.update(), render_failure(record_failure(error, home))


def converse(
    assistant: PolicyAssistant,
    home: Path,
    kept: Conversations,
    stops: Stops,
    question: str | None,
    places: Sequence[str],
    day: str,
    key: str,
    opened: str = "",
) -> Iterator[Shown]:
    """The answer behind the questions asked before on this page, and what came before it below.

    `day` is the day asked about as typed, "" for today.
    """
    before = kept.of(key)
    history = [turn_of(exchange.answer) for exchange in before]
    answered: list[Exchange] = []

    def keep(answer: Answer) -> None:
        answered.append(Exchange(answer, tuple(label(code) for code in places)))

    earlier = render_conversation(before, key, assistant.index)
    with stops.running(opened) as stop:
        for shown in answer_question(assistant, home, question, places, history, keep, stop, day):
            if answered:
                key = kept.add(key, answered.pop())
                earlier = render_conversation(before, key, assistant.index, n_newer=1)
            yield shown, earlier, key


def forget(kept: Conversations, key: str) -> tuple[str, str, str, str]:
    """An empty page: question, answer, conversation and key."""
    kept.forget(key)
    return "", "", "", ""


def answer_question(
    assistant: PolicyAssistant,
    home: Path,
    question: str | None,
    places: Sequence[str],
    history: Sequence[Turn] = (),
    keep: Callable[[Answer], None] = lambda _: None,
    halt: Event | None = None,
    typed_day: str = "",
) -> Iterator[str]:
    """What stands in the place of the answer, one after the other; a failure is one sentence there.

    `keep` is told of the answer before it is shown; not of a failure, nor of an answer that `halt` cut off.
    """
    try:
        asked, given = checked_question(question), checked_day(typed_day)
        yield render_pending(asked, can_stop=assistant.chat is not None)
        filters, day = SearchFilter(jurisdictions=tuple(places)), given or date.today()

        def ask(tell: Callable[[Statement], None], stop: Event) -> Answer:
            return assistant.ask(
                asked, as_of=day, filters=filters, history=history, on_statement=tell, cancel=stop
            )

        names = [label(code) for code in places]
        for told in streamed(ask, stop=halt):
            if isinstance(told, Answer):
                keep(told)
                yield render_answer(told, assistant.index, names)
            elif isinstance(told, Stopped):
                yield render_stopped(asked, told.statements, assistant.index, day)
            else:
                yield render_writing(asked, told, assistant.index, day)
    except PolicyAssistantError as error:
        yield render_failure(str(error))
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        yield render_failure(record_failure(error, home))
