"""A comparison and differences between clauses as HTML for the page; see `ui.rendering`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.comparing.types import SAID, Cell, Comparison, Difference, Relation, Row
from assistant.export.records import figure_text, status_text
from assistant.writing.citing import display_path
from ui.badges import chinese_date
from ui.pages import render
from ui.rendering import Reference, Said, clause_href
from ui.text import one_line

if TYPE_CHECKING:
    from assistant.differing.types import Differing
    from assistant.types import Citation, Statement

_EXCERPT_CHARS = 70


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as the table shows it."""

    status: str
    strength: str
    kind: str  # class in page.css: said, principle, elsewhere, silent
    marks: str  # further classes: differs-value, differs-strength, unsure
    figures: tuple[str, ...]
    quotes: tuple[Reference, ...]
    bodies: str
    dates: str
    relation: str
    reason: str
    reviewed: str
    review_note: str  # with the figures corrected, old → new


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the table shows it."""

    group: str
    topic: str
    differences: tuple[str, ...]
    cells: tuple[ShownCell, ...]
    said: tuple[Said, ...]
    silent: tuple[str, ...]


def render_comparison(comparison: Comparison, links: Sequence[tuple[str, str]], *, with_nation: bool) -> str:
    """HTML of the table, the summary, the notes and the links to files.

    Args:
        comparison: may have no row left.
        links: name and address of each file.
        with_nation: whether each local cell shows how it stands to the national text.
    """
    return render(
        "comparison.html",
        scope=f"按{chinese_date(comparison.as_of)}有效的规定；{len(comparison.rows)}个主题，{len(comparison.columns)}列",
        heads=[one_line(column.label) for column in comparison.columns],
        rows=[_row(row, with_nation=with_nation) for row in comparison.rows],
        summary=[_said(one) for one in comparison.summary],
        notes=[one_line(note) for note in comparison.notes],
        links=[Reference(name, address) for name, address in links],
    )


def _row(row: Row, *, with_nation: bool) -> ShownRow:
    beside = zip(row.cells, row.relations, row.reasons, strict=True)
    return ShownRow(
        group=one_line(row.topic.group),
        topic=one_line(row.topic.name),
        differences=tuple(one.value for one in row.differences),
        cells=tuple(_cell(row, cell, found if with_nation else None, why) for cell, found, why in beside),
        said=tuple(_said(one) for one in row.summary),
        silent=tuple(one_line(one) for one in row.silent),
    )


def _cell(row: Row, cell: Cell, relation: Relation | None, reason: str | None) -> ShownCell:
    marks = []
    if cell.figures and Difference.VALUE in row.differences:
        marks.append("differs-value")
    elif cell.status in SAID and Difference.STRENGTH in row.differences:
        marks.append("differs-strength")
    return ShownCell(
        status=status_text(cell),
        strength=cell.strength.value if cell.strength else "",
        kind=cell.status.name.lower(),
        marks=" ".join([*marks, *([] if cell.is_certain else ["unsure"])]),
        figures=tuple(figure_text(figure) for figure in cell.figures),
        quotes=tuple(_reference(quote.citation) for quote in cell.quotes),
        bodies="、".join(one_line(body) for body in cell.bodies),
        dates="、".join(one_line(day) for day in cell.dates),
        relation=relation.value if relation else "",
        reason=reason or "" if relation else "",
        reviewed=f"{one_line(cell.reviewed_by)}，{cell.reviewed_on}" if cell.reviewed_by else "",
        review_note=one_line(cell.review_note or ""),
    )


def _reference(citation: Citation) -> Reference:
    quote = one_line(citation.quote)
    shown = quote if len(quote) <= _EXCERPT_CHARS else f"{quote[:_EXCERPT_CHARS]}……"
    where = one_line(f"{citation.document_number or citation.title}{display_path(citation.path)}")
    return Reference(display_path(citation.path), _href(citation), f"{where}：{quote}", quotes=(shown,))


def _href(citation: Citation) -> str:
    return clause_href(citation.doc_id, citation.path, [(citation.start, citation.end)], citation.version)


def _said(statement: Statement) -> Said:
    references = [_reference(one) for one in dict.fromkeys(statement.citations)]
    numbered = (Reference(str(number), one.href, one.hint) for number, one in enumerate(references, start=1))
    return Said(one_line(statement.text), tuple(numbered))


def render_differences(found: Differing) -> str:
    """HTML of the clauses that differ, what was taken out and put in marked."""
    from assistant.export.differences import counted, heading

    return render(
        "differences.html",
        before=one_line(found.before.label),
        after=one_line(found.after.label),
        counted=counted(found),
        pairs=[
            (one_line(heading(pair)), [_href(one) for one in (pair.before, pair.after) if one], pair.pieces)
            for pair in found.changes
        ],
    )


def render_told(sentence: str, *, is_done: bool) -> str:
    """HTML of one sentence on what was kept, or why it was not."""
    return render("told.html", sentence=one_line(sentence), kind="done" if is_done else "refused")
