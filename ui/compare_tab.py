"""The comparison tab: topics and places, the table, and what may be done with one row or cell of it.

Handlers ask the assistant and hand what it says to `comparison_rendering`; they decide nothing. The
comparison shown is kept for the browser tab, so that what is confirmed is what was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import gradio as gr

from assistant.basket import kept_of, put_aside
from assistant.comparing.choosing import Only, narrowed
from assistant.comparing.correcting import read_correction
from assistant.comparing.reviews import Check
from assistant.comparing.topics import shipped_topics
from assistant.comparing.types import CellStatus, Comparison
from assistant.differing.sides import of_citations
from indexing.errors import PolicyAssistantError
from ui.ask_tab import html_place, places_in, wire
from ui.comparison_files import ALL, Choice, links
from ui.comparison_rendering import render_comparison, render_differences, render_told
from ui.logs import record_failure
from ui.rendering import render_failure

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant
    from indexing.index import ClauseIndex

AS_SHOWN, WITHDRAWN = "确认现有结果", "撤回核对"
VERDICTS = (AS_SHOWN, "有规定", "原则性", "指向库外", "未规定", WITHDRAWN)
ONLY = [
    ("只看有差异", Only.DIFFERENCES.value),
    ("只看有数值", Only.FIGURES.value),
    ("只看可比国家", Only.NATION.value),
]
MAX_TYPED_CHARS = 20_000
MAX_CORRECTIONS_CHARS = 1_000
_NOTHING = "请先比对，再选一行一列。"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser tab looks at: the comparison as made, and how it was narrowed."""

    comparison: Comparison | None = None
    choice: Choice = ALL
    with_nation: bool = True


def build_compare_tab(page: gr.Blocks, assistant: PolicyAssistant, home: Path) -> None:
    """Add the tab to `page`, which is being built, and wire its events."""
    shown = gr.State(Shown())
    groups = gr.CheckboxGroup(_groups(), label="主题组", elem_id="groups")
    topics = gr.Dropdown(
        _topics(), multiselect=True, label="主题（组和主题都不选则比全部）", elem_id="topics", filterable=True
    )
    typed = gr.Textbox(
        label="自拟主题（每行一个）",
        placeholder="例如：物业费",
        lines=1,
        max_lines=6,
        max_length=MAX_TYPED_CHARS,
        elem_id="typed-topics",
    )
    places = gr.CheckboxGroup(places_in(assistant.index), label="地区（不选则全部）", elem_id="cities")
    with gr.Row(elem_id="compare-options"):
        only = gr.CheckboxGroup(ONLY, show_label=False, container=False, scale=4, elem_id="only")
        nation = gr.Checkbox(value=True, label="对照国家", container=False, scale=1, elem_id="with-nation")
        button = gr.Button("比对", variant="primary", scale=0, min_width=104, elem_id="compare")
    table = html_place("comparison")
    chosen = _below(partial(_wired, assistant, home, shown, table))
    inputs = [groups, topics, typed, places, only, nation]
    outputs = [shown, table, *chosen]
    for trigger in (button.click, typed.submit):
        wire(trigger, partial(compare, assistant, home), inputs, outputs)
    for control in (only, nation):
        wire(control.change, partial(show_again, home), [shown, only, nation], [shown, table])
    wire(page.load, partial(_offered, assistant.index, home), [], [places])


Handler = Callable[..., object]
Made = TypeVar("Made")


def _below(wired: Callable[..., None]) -> list[gr.components.Component]:
    """What may be done with a row or a cell; the row and column choices, which follow the table."""
    with gr.Accordion("核对、逐字对照、送入起草", open=False, elem_id="with-cell"):
        with gr.Row():
            row = gr.Dropdown([], label="主题（行）", elem_id="row")
            column = gr.Dropdown([], label="地区（列）", elem_id="column")
            other = gr.Dropdown([], label="与哪一列逐字对照", elem_id="other-column")
        with gr.Row():
            verdict = gr.Radio(list(VERDICTS), value=AS_SHOWN, label="核对意见", elem_id="verdict")
            figures = gr.CheckboxGroup([], label="不属于本主题的数值（勾选后去掉）", elem_id="without")
        correction = gr.Textbox(
            label="更正数值（每行一个，改后的数须是原文所写）",
            placeholder="例如：不少于30平方米→≥30㎡/百户（应）",
            lines=1,
            max_lines=4,
            max_length=MAX_CORRECTIONS_CHARS,
            elem_id="correction",
        )
        with gr.Row():
            reviewer = gr.Textbox(label="核对人", max_length=40, elem_id="reviewer")
            note = gr.Textbox(label="说明（可不填）", max_length=400, elem_id="note")
        with gr.Row():
            keep = gr.Button("保存核对", elem_id="keep-review")
            beside = gr.Button("逐字对照", elem_id="beside")
            send = gr.Button("送入起草依据", elem_id="send-row")
        told = html_place("told")
    cell = [row, column]
    wired(keep.click, review_cell, [*cell, verdict, figures, correction, reviewer, note], told, is_kept=True)
    wired(beside.click, beside_cell, [*cell, other], told)
    wired(send.click, send_row, [row], told)
    for control in cell:
        wired(control.change, figures_of, cell, figures)
    return [row, column, other, figures, told]


def _wired(
    assistant: PolicyAssistant,
    home: Path,
    shown: gr.State,
    table: gr.Markdown,
    trigger: Callable[..., object],
    handler: Handler,
    inputs: Sequence[gr.components.Component],
    output: gr.components.Component,
    *,
    is_kept: bool = False,
) -> None:
    """Wire a handler that is given what is shown; one that keeps something draws the table again."""
    outputs = [shown, table, output] if is_kept else [output]
    wire(trigger, partial(handler, assistant, home), [shown, *inputs], outputs)


def _groups() -> list[str]:
    return list(dict.fromkeys(topic.group for topic in shipped_topics()))


def _topics() -> list[str]:
    return [topic.name for topic in shipped_topics()]


def _offered(index: ClauseIndex, home: Path) -> object:
    """The places of the library, for a page just opened."""
    try:
        return gr.update(choices=places_in(index))
    except Exception as error:  # noqa: BLE001 - recorded in the log; the tab says so when it is used
        record_failure(error, home)
        return gr.update()


def compare(
    assistant: PolicyAssistant,
    home: Path,
    groups: Sequence[str],
    topics: Sequence[str],
    typed: str | None,
    places: Sequence[str],
    only: Sequence[str],
    with_nation: bool,
) -> tuple[object, ...]:
    """What is compared, the table, and the rows and columns to choose from; a failure is one sentence."""
    own = [line.strip() for line in (typed or "").split("\n") if line.strip()]
    choice = Choice((*groups, *topics, *own), tuple(places), tuple(Only(one) for one in only))
    try:
        made = assistant.compare(choice.topics, codes=choice.cities, as_of=date.today())
        now = Shown(made, choice, with_nation)
        return now, _table(now), *_choices(made)
    except PolicyAssistantError as error:
        return Shown(), render_failure(str(error)), *_choices(None)
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return Shown(), render_failure(record_failure(error, home)), *_choices(None)


def _choices(made: Comparison | None) -> tuple[object, ...]:
    """Rows, columns, columns once more, figures and the last message, as the table now has them."""
    rows = [(row.topic.name, row.topic.id) for row in made.rows] if made else []
    columns = [column.label for column in made.columns] if made else []
    printed = _printed(made, rows[0][1], columns[0]) if made and rows else []
    return (
        gr.update(choices=rows, value=rows[0][1] if rows else None),
        gr.update(choices=columns, value=columns[0] if columns else None),
        gr.update(choices=columns, value=columns[1] if len(columns) > 1 else None),
        gr.update(choices=printed, value=[]),
        "",
    )


def _table(now: Shown) -> str:
    if now.comparison is None:
        return ""
    comparison = narrowed(now.comparison, now.choice.only)
    return render_comparison(comparison, links(now.choice), with_nation=now.with_nation)


def show_again(
    home: Path,
    now: Shown,
    only: Sequence[str],
    with_nation: bool,
) -> tuple[Shown, str]:
    """The same comparison under other conditions."""
    try:
        choice = Choice(now.choice.topics, now.choice.cities, tuple(Only(one) for one in only))
        now = Shown(now.comparison, choice, with_nation)
        return now, _table(now)
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return now, render_failure(record_failure(error, home))


def figures_of(
    assistant: PolicyAssistant, home: Path, now: Shown, topic: str | None, column: str | None
) -> object:
    """The figures of the cell chosen, to be ticked where they do not belong."""
    del assistant, home
    return gr.update(choices=_printed(now.comparison, topic, column), value=[])


def _printed(made: Comparison | None, topic: str | None, column: str | None) -> list[str]:
    """The figures of a cell as printed, each once."""
    rows = [row for row in made.rows if row.topic.id == topic] if made else []
    cells = [cell for row in rows for cell in row.cells if cell.column == column]
    return list(dict.fromkeys(figure.printed for cell in cells for figure in cell.figures))


def review_cell(
    assistant: PolicyAssistant,
    home: Path,
    now: Shown,
    topic: str | None,
    column: str | None,
    verdict: str,
    without: Sequence[str],
    correction: str | None,
    reviewer: str | None,
    note: str | None,
) -> tuple[Shown, object, str]:
    """Keep what a person says of a cell and draw the table again."""

    def kept() -> tuple[Shown, object, str]:
        if now.comparison is None or topic is None or column is None:
            return now, gr.skip(), render_told(_NOTHING, is_done=False)
        status = None if verdict in (AS_SHOWN, WITHDRAWN) else CellStatus(verdict)
        typed = [line for line in (correction or "").split("\n") if line.strip()]
        check = Check(
            reviewer or "",
            date.today(),
            status,
            tuple(without),
            note or None,
            verdict == WITHDRAWN,
            tuple(map(read_correction, typed)),
        )
        assistant.review(now.comparison, topic, column, check)
        made = assistant.compare(now.choice.topics, codes=now.choice.cities, as_of=now.comparison.as_of)
        after = Shown(made, now.choice, now.with_nation)
        done = (
            "已撤回核对，恢复为程序抽取的结果。"
            if check.is_withdrawn
            else f"已保存核对（{check.reviewer}）。"
        )
        return after, _table(after), render_told(f"{column}：{done}", is_done=True)

    refused = _guarded(home, kept)
    return refused if isinstance(refused, tuple) else (now, gr.skip(), refused)


def beside_cell(
    assistant: PolicyAssistant,
    home: Path,
    now: Shown,
    topic: str | None,
    column: str | None,
    other: str | None,
) -> str:
    """The first sentences quoted in two cells of a row, character by character."""
    del assistant

    def differences() -> str:
        rows = now.comparison.rows if now.comparison else ()
        row = next((one for one in rows if one.topic.id == topic), None)
        if row is None or column is None or other is None or column == other:
            return render_told("请先比对，再选一行和两个不同的列。", is_done=False)
        quotes = {cell.column: cell.quotes for cell in row.cells}
        silent = [label for label in (column, other) if not quotes.get(label)]
        if silent:
            return render_told(f"{'、'.join(silent)}没有检出原文，无从对照。", is_done=False)
        return render_differences(of_citations(*(quotes[label][0].citation for label in (column, other))))

    found = _guarded(home, differences)
    return found if isinstance(found, str) else ""


def send_row(assistant: PolicyAssistant, home: Path, now: Shown, topic: str | None) -> str:
    """Put the clauses of a row aside for a draft."""

    def sent() -> str:
        made = now.comparison
        row = next((one for one in made.rows if one.topic.id == topic), None) if made else None
        if made is None or row is None:
            return render_told(_NOTHING, is_done=False)
        kept = kept_of(row, [column.code for column in made.columns], date.today())
        if not kept:
            return render_told("这一行没有可用的条款（沉默或待核），没有送出。", is_done=False)
        new = put_aside(assistant.index.home, kept)
        if not new:
            return render_told(f"“{row.topic.name}”的条款先前都已送入起草依据。", is_done=True)
        done = f"已把“{row.topic.name}”的 {new} 条条款送入起草依据；起草时只取本地和国家的条款。"
        return render_told(done, is_done=True)

    found = _guarded(home, sent)
    return found if isinstance(found, str) else ""


def _guarded(home: Path, do: Callable[[], Made]) -> Made | str:
    """What `do` gives; a failure is one sentence."""
    try:
        return do()
    except PolicyAssistantError as error:
        return render_told(str(error), is_done=False)
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return render_told(record_failure(error, home), is_done=False)
