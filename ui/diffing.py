"""What `cewen diff` prints in a terminal, writes to files and says as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.comparing import Output, check_places
from ui.jsonl import citation_object
from ui.text import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.differing.types import Differing, Pair

_STYLES = {"kept": "", "removed": "red strike", "added": "green underline"}


def outputs(markdown: Path | None, docx: Path | None, *, as_json: bool) -> tuple[Output[Differing], ...]:
    """The files asked for.

    Raises:
        CallerMistake: as `comparing.checked_outputs`.
    """
    renders = ((markdown, _markdown), (docx, _docx))
    asked = tuple(Output(path, render) for path, render in renders if path is not None)
    check_places(asked, binary=docx, as_json=as_json)
    return asked


def _markdown(found: Differing) -> bytes:
    from assistant.export.differences import as_markdown

    return as_markdown(found).encode("utf-8", "replace")


def _docx(found: Differing) -> bytes:
    from assistant.export.differences import as_docx

    return as_docx(found, date.today())


def as_object(found: Differing) -> dict[str, Any]:
    """The differences as a JSON object; the keys are documented in docs/json.md."""
    return {
        "before": found.before.label,
        "after": found.after.label,
        "counts": {pair.kind.value: found.count(pair.kind) for pair in found.pairs},
        "pairs": [_pair(pair) for pair in found.pairs],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "kind": pair.kind.value,
        "before": citation_object(pair.before) if pair.before else None,
        "after": citation_object(pair.after) if pair.after else None,
        "likeness": round(pair.likeness, 4),
        "pieces": [{"kind": one.kind.value, "text": one.text} for one in pair.pieces],
    }


def print_differences(console: Console, found: Differing) -> None:
    """Each changed clause, what was taken out and put in coloured and, without colours, in brackets."""
    from rich.text import Text

    from assistant.export.differences import counted, heading, plain

    console.print(Text(f"原：{one_line(found.before.label)}"))
    console.print(Text(f"现：{one_line(found.after.label)}"))
    console.print(Text(f"{counted(found)}。"))
    for pair in found.changes:
        console.print(Text(f"\n{one_line(heading(pair))}", style="bold"))
        if not console.is_terminal or console.no_color:
            console.print(Text(one_line(plain(pair))))
            continue
        shown = Text()
        for piece in pair.pieces:
            shown.append(one_line(piece.text) or " ", style=_STYLES[piece.kind])
        console.print(shown)
