"""`cewen compare`, `diff`, `review`: places and clauses side by side, and what people checked of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from ui.opening import open_assistant, settings_of
from ui.options import (
    AsCsv,
    AsDocx,
    AsJson,
    AsMarkdown,
    AsOf,
    AsXlsx,
    Cities,
    City,
    Corpus,
    Correct,
    Documents,
    Home,
    Note,
    Only,
    Reviewer,
    Sides,
    Status,
    Topic,
    Topics,
    Unreviewed,
    Withdraw,
    Without,
)
from ui.printing import print_json, print_sentence
from ui.text import encodable
from ui.usage import CallerMistake, register

if TYPE_CHECKING:
    from assistant.comparing.reviews import Check
    from assistant.comparing.types import CellStatus, Comparison
    from assistant.service import PolicyAssistant


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    register(app, "compare", "逐主题比对各地规定：数值、力度、有无，以及相对国家的严宽。", compare)
    register(app, "diff", "逐字比对两个条款、两份文件，或一份文件的新旧两版。", diff)
    register(app, "review", "把比对表的一格标为已核对，或更正、撤回。", review)


def compare(
    ctx: typer.Context,
    *,
    topics: Topics = None,
    cities: Cities = None,
    documents: Documents = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = None,
    as_csv: AsCsv = None,
    as_xlsx: AsXlsx = None,
    as_docx: AsDocx = None,
    only: Only = None,
    unreviewed: Unreviewed = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Set places or documents side by side, and write what was asked for."""
    from assistant.comparing.choosing import narrowed
    from ui import comparing

    outputs = comparing.checked_outputs(as_markdown, as_csv, as_xlsx, as_docx, as_json=as_json)
    conditions = comparing.conditions_in(only or ())
    assistant = open_assistant(ctx, settings_of(ctx, home=home, corpus=corpus))
    compared = assistant.compare(
        topics or (),
        cities=comparing.places_in(cities or ()),
        documents=documents or (),
        as_of=as_of,
        reviewed=not unreviewed,
    )
    compared = narrowed(compared, conditions)
    for saved in comparing.write(compared, outputs):
        print_sentence(saved)
    if as_json:
        from ui.comparison_json import comparison_line

        print_json(comparison_line(compared))
    elif not outputs:
        from ui import reports

        comparing.print_comparison(reports.terminal(), compared)


def diff(
    ctx: typer.Context,
    *,
    sides: Sides = None,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = None,
    as_docx: AsDocx = None,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Compare two clauses, two documents, or the last two versions of one."""
    from ui import comparing, diffing, reports

    if not sides or len(sides) > 2:
        raise CallerMistake(
            "请给出一份或两份文件（或两个条款），例如：cewen diff 甲办法#第七条 乙办法#第五条。"
        )
    outputs = diffing.outputs(as_markdown, as_docx, as_json=as_json)
    assistant = open_assistant(ctx, settings_of(ctx, home=home, corpus=corpus))
    found = assistant.differences(*sides)
    for saved in comparing.write(found, outputs):
        reports.terminal().print(saved)
    if as_json:
        _print_record(diffing.as_object(found))
    elif not outputs:
        diffing.print_differences(reports.terminal(), found)


def review(
    ctx: typer.Context,
    *,
    topic: Topic = None,
    city: City = None,
    documents: Documents = None,
    reviewer: Reviewer = None,
    status: Status = None,
    without: Without = None,
    correct: Correct = None,
    note: Note = None,
    withdraw: Withdraw = False,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Keep that a person has checked a cell."""
    from assistant.comparing.correcting import read_correction
    from assistant.comparing.reviews import Check

    if topic is None or reviewer is None or (city is None) == (documents is None):
        raise CallerMistake(
            "请写明主题、核对人和一个地区（或一份文件），"
            "例如：cewen review 消防 --city 北京 --status 未规定 --reviewer 张三。"
        )
    corrections = tuple(map(read_correction, correct or ()))
    assistant = open_assistant(ctx, settings_of(ctx, home=home, corpus=corpus))
    check = Check(reviewer, date.today(), _status(status), tuple(without or ()), note, withdraw, corrections)
    record = _reviewed(assistant, topic, city, documents or (), check)
    if as_json:
        _print_record(record)
        return
    from ui import reports

    who = "已撤回核对，恢复为程序抽取的结果" if withdraw else f"已核对（{reviewer}）"
    reports.terminal().print(f"{record['column']}“{record['topic']}”{who}，现为：{record['status']}。")


def _status(typed: str | None) -> CellStatus | None:
    """The status typed.

    Raises:
        CallerMistake: it is none, or the one that only code can find.
    """
    from assistant.comparing.types import CellStatus

    if typed == CellStatus.NOT_FOUND:
        raise CallerMistake("“未检出规定”是程序的结果；人工确认文件没有规定，请写 --status 未规定。")
    known = [one.value for one in CellStatus if one is not CellStatus.NOT_FOUND]
    if typed is not None and typed not in known:
        raise CallerMistake(f"--status 应是{'、'.join(known)}之一。")
    return CellStatus(typed) if typed is not None else None


def _reviewed(
    assistant: PolicyAssistant,
    topic: str,
    city: str | None,
    documents: Sequence[str],
    check: Check,
) -> dict[str, Any]:
    """Look at the one cell, keep the review, look again; the cell as it now is."""
    before, label = _looked_at(assistant, topic, city, documents)
    if len(before.rows) != 1:
        raise CallerMistake(f"“{topic}”不只一个主题，请写明其中一个。")
    assistant.review(before, before.rows[0].topic.id, label, check)
    after, _ = _looked_at(assistant, topic, city, documents)
    return review_object(after, label)


def review_object(after: Comparison, label: str) -> dict[str, Any]:
    """The only row's cell in the column `label`, as `cewen review --json` prints it."""
    place = [column.label for column in after.columns].index(label)
    cell = after.rows[0].cells[place]
    return {
        "topic": after.rows[0].topic.name,
        "column": label,
        "status": cell.status.value,
        "reviewed_by": cell.reviewed_by,
        "reviewed_on": cell.reviewed_on.isoformat() if cell.reviewed_on else None,
        "review_note": cell.review_note,
    }


def _looked_at(
    assistant: PolicyAssistant, topic: str, city: str | None, documents: Sequence[str]
) -> tuple[Comparison, str]:
    """A comparison that holds the cell, and the label of its column.

    Raises:
        CallerMistake: there is nothing to compare the place or document with.
    """
    from assistant.filtering import filters_for
    from ui.text import one_line

    held = assistant.index.documents()
    if city is not None:
        code = filters_for(assistant.index, city).jurisdictions[0]
        compared = assistant.compare([topic])
        found = next((column.label for column in compared.columns if column.code == code), None)
    else:
        doc_id = assistant.index.find(documents[0])
        other = [one.doc_id for one in held if one.doc_id != doc_id][:1]
        compared = assistant.compare([topic], documents=[doc_id, *other])
        found = next((column.label for column in compared.columns if column.doc_ids == (doc_id,)), None)
    if found is None:
        raise CallerMistake(f"库中没有{one_line(city or '')}的现行文件，请先添加，或改用 --documents。")
    return compared, found


def _print_record(record: dict[str, Any]) -> None:
    print_json(encodable(json.dumps(record, ensure_ascii=False, allow_nan=False)))
