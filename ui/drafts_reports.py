"""What the terminal and `--json` show of drafts and their versions. Plain text, never markup."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from rich.console import Console
from rich.text import Text

from assistant.basket import Kept
from assistant.drafting.book import Opened
from assistant.drafting.changes import Kind, SectionChange
from assistant.writing.citing import display_path
from indexing.drafts import DraftEntry, DraftVersion
from indexing.jurisdictions import NATION, name_of
from ui.jsonl import citation_object
from ui.printing import print_json
from ui.text import one_line

_STYLES = {Kind.SAME: "", Kind.ADDED: "green underline", Kind.REMOVED: "red strike"}
_MARKS = {Kind.SAME: ("", ""), Kind.ADDED: ("【增：", "】"), Kind.REMOVED: ("【删：", "】")}


def local_time(when: datetime) -> str:
    """A moment on the clock of this machine: 2026-11-22 19:05."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def place_name(code: str) -> str:
    """国家 or the name of the place."""
    return "国家" if code == NATION else name_of(code)


def print_entries(console: Console, entries: Iterable[DraftEntry]) -> None:
    """A line a draft."""
    shown = list(entries)
    if not shown:
        console.print(Text("还没有草稿；用 cewen drafts new 或页面的“起草”新建。"))
    for entry in shown:
        console.print(
            Text.assemble(
                (entry.draft_id, "bold"),
                f"　{place_name(entry.jurisdiction)}　{entry.template_id}　{one_line(entry.title)}"
                f"　第 {entry.version} 版　{local_time(entry.saved_at)}",
            )
        )


def print_basket(console: Console, rows: Iterable[tuple[int, Kept, bool]]) -> None:
    """A line a clause put aside, those this draft may not cite marked."""
    shown = list(rows)
    if not shown:
        console.print(Text("对比页还没有送来条款；在“对比”页把一行送入起草。"))
    for number, one, is_fit in shown:
        mark = "" if is_fit else "（不属于本辖区或国家，或已失效、已改变，不能引用）"
        where = f"{one.citation.document_number or one.citation.title}{display_path(one.citation.path)}"
        head = f"　{one_line(one.topic)}　{one_line(one.column)}　{where}{mark}"
        console.print(Text.assemble((f"{number}", "bold"), head, f"\n　　{one_line(one.citation.quote)}"))


def basket_array(rows: Iterable[tuple[int, Kept, bool]]) -> list[dict[str, object]]:
    """Clauses put aside for `--json`."""
    return [
        {
            "number": number,
            "topic": one.topic,
            "column": one.column,
            "citation": citation_object(one.citation),
            "is_fit": is_fit,
        }
        for number, one, is_fit in rows
    ]


def print_draft(console: Console, opened: Opened, history: Iterable[DraftVersion]) -> None:
    """The versions, then the text of the one opened."""
    console.print(Text(f"草稿 {opened.draft_id}　{one_line(opened.title)}", style="bold"))
    for each in history:
        mark = "▶" if each.version == opened.version else "　"
        console.print(Text(f"{mark}第 {each.version} 版　{local_time(each.saved_at)}　{one_line(each.note)}"))
    for section in opened.draft.sections:
        console.print(
            Text.assemble(
                "\n", (section.title or "开头", "bold"), f"　{section.status.value}　{section.mark}"
            )
        )
        for line in section.text.splitlines():
            console.print(Text(one_line(line)))
        for note in (*section.notes, *(breach.message for breach in section.breaches)):
            console.print(Text(f"  注意：{one_line(note)}", style="dim"))


def print_changes(console: Console, before: Opened, after: Opened, found: tuple[SectionChange, ...]) -> None:
    """Lines added, removed and changed, section by section; marks stand in words where there is no colour."""
    console.print(
        Text(f"第 {before.version} 版 → 第 {after.version} 版　{one_line(after.title)}", style="bold")
    )
    if not found:
        console.print(Text("两版文字相同。"))
    for section in found:
        status = f"　{section.status}" if section.status else ""
        console.print(Text(f"\n{one_line(section.title)}{status}", style="bold"))
        for line in section.lines:
            shown = Text()
            for piece in line.pieces:
                begins, ends = _MARKS[piece.kind]
                shown.append(f"{begins}{one_line(piece.text)}{ends}", style=_STYLES[piece.kind])
            console.print(shown)


def print_value(value: object) -> None:
    """One JSON value on standard output, UTF-8, indented for those who read it."""
    print_json(json.dumps(value, ensure_ascii=False, indent=2))


def entries_array(entries: Iterable[DraftEntry]) -> list[dict[str, object]]:
    """Drafts for `--json`."""
    return [
        {
            "draft_id": entry.draft_id,
            "template_id": entry.template_id,
            "jurisdiction": entry.jurisdiction,
            "title": entry.title,
            "version": entry.version,
            "created_at": entry.created_at.isoformat(),
            "saved_at": entry.saved_at.isoformat(),
        }
        for entry in entries
    ]


def draft_object(opened: Opened, history: Iterable[DraftVersion]) -> dict[str, object]:
    """A draft with its history for `--json`."""
    return {
        "draft_id": opened.draft_id,
        "version": opened.version,
        "title": opened.title,
        "template_id": opened.draft.template_id,
        "sections": [
            {
                "key": one.key,
                "title": one.title,
                "status": one.status.value,
                "text": one.text,
                "blanks": [each.shown for each in one.blanks],
                "clauses": [use.clause_id for use in one.clauses],
                "notes": list(one.notes),
                "breaches": [breach.message for breach in one.breaches],
            }
            for one in opened.draft.sections
        ],
        "versions": [
            {
                "version": each.version,
                "saved_at": each.saved_at.isoformat(),
                "based_on": each.based_on,
                "note": each.note,
            }
            for each in history
        ],
    }


def changes_object(before: Opened, after: Opened, found: Iterable[SectionChange]) -> dict[str, object]:
    """A comparison of two versions for `--json`."""
    return {
        "draft_id": after.draft_id,
        "from": before.version,
        "to": after.version,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "status": section.status,
                "lines": [
                    [{"kind": piece.kind.value, "text": piece.text} for piece in line.pieces]
                    for line in section.lines
                ],
            }
            for section in found
        ],
    }
