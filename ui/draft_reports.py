"""What `cewen draft` prints, for people and as JSON (keys in docs/json.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from assistant.drafting.documents import blanks_left
from assistant.drafting.types import lines_of, shown
from assistant.writing.citing import display_path
from ui.text import encodable, one_line

if TYPE_CHECKING:
    from assistant.drafting.case import Case
    from assistant.drafting.types import Breach, Draft, DraftSection
    from assistant.facts.types import Issue


def print_draft(console: Console, made: Draft) -> None:
    """The document as plain text, a heading and its paragraphs."""
    console.print(Text("".join(shown(each) for each in made.title), style="bold"))
    for section in made.sections:
        if section.title:
            mark = f"  {section.mark}" if section.mark else ""
            console.print(Text.assemble(f"\n{section.title}（{section.need}）", (mark, "dim")))
        for line in lines_of(section.blocks):
            console.print(Text(f"    {one_line(line)}"))


def print_open_points(console: Console, made: Draft, case: Case, issues: Iterable[Issue]) -> None:
    """What somebody must see before the document goes out: blanks, notes, doubts on the facts."""
    blanks = dict.fromkeys(blank.shown for blank in blanks_left(made, case))
    if blanks:
        console.print(Text(f"待补 {len(blanks)} 项：{'、'.join(blanks)}"))
    for note in made.notes:
        console.print(Text(f"注意：{note}"))
    for section in made.sections:
        for note in section.notes:
            console.print(Text(f"{section.title or '正文开头'}：{note}"))
        for breach in section.breaches:
            console.print(
                Text(f"{section.title or '正文开头'}：未写入“{one_line(breach.words)}”：{breach.message}")
            )
    for breach in made.breaches:
        console.print(Text(f"全文：{breach.message}"))
    for issue in issues:
        console.print(Text(f"事实表：{issue.message}"))


def draft_object(made: Draft, case: Case) -> str:
    """What `cewen draft --json` prints."""
    record = {
        "template": made.template_id,
        "title": "".join(shown(each) for each in made.title),
        "jurisdiction": made.jurisdiction,
        "as_of": made.as_of.isoformat(),
        "sections": [_section(section) for section in made.sections],
        "blanks": [{"name": blank.name, "unit": blank.unit} for blank in blanks_left(made, case)],
        "verdicts": {verdict.value: count for verdict, count in case.report.counts().items()},
        "notes": list(made.notes),
        "breaches": [_breach(each) for each in made.breaches],
    }
    return encodable(json.dumps(record, ensure_ascii=False, allow_nan=False))


def _section(section: DraftSection) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "need": section.need,
        "mark": section.mark,
        "annex": section.annex,
        "status": section.status.value,
        "text": section.text,
        "blanks": [{"name": blank.name, "unit": blank.unit} for blank in section.blanks],
        "facts": [use.key for use in section.facts if use.fingerprint],
        "citations": [
            {
                "doc_id": one.doc_id,
                "document_number": one.document_number,
                "path": one.path,
                "place": display_path(one.path),
                "quote": one.quote,
            }
            for one in section.citations
        ],
        "notes": list(section.notes),
        "breaches": [_breach(each) for each in section.breaches],
        "model": section.model,
    }


def _breach(breach: Breach) -> dict[str, str]:
    return {"gate": breach.gate.value, "words": breach.words, "message": breach.message}
