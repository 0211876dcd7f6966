"""What stands before the first heading: what the document is made by, each with its full name once."""

from __future__ import annotations

from assistant.drafting.case import Desk
from assistant.drafting.filling import fill, joined
from assistant.export.official import Block, Inline, Paragraph, Text
from assistant.templates import ClauseKind, ClauseNeed
from assistant.types import Citation
from prompts.draft_frames import document_frame, wording

_BASIS = "{basis}"
# what a clause is to a document, the most telling first
_ORDER = (ClauseKind.CONTENT, ClauseKind.DEMAND, ClauseKind.SUPPORT, ClauseKind.TARGET, ClauseKind.DEFINITION)


def opening_blocks(desk: Desk) -> tuple[Block, ...]:
    """One paragraph: 根据《…》（文号，以下简称《…》）……, with the clauses that ask for this document."""
    template = desk.case.template
    frame = document_frame(template.template_id).opening or wording()["openings"].get(
        template.document_type, wording()["openings"]["其他"]
    )
    before, found, after = frame.partition(_BASIS)
    named = tuple(_named(desk)) if found else ()
    return (Paragraph(joined((*fill(before, desk), *named, *fill(after, desk)))),)


def _named(desk: Desk) -> list[Inline]:
    out: list[Inline] = []
    for citation in _one_a_document(desk):
        shelf = desk.case.shelf
        full, short = shelf.full_name(citation), shelf.short_name(citation)
        called = f"，以下简称{short}" if short != full else ""
        out += [Text("、")] if out else []
        out.append(Text(f"{full}（{shelf.number(citation)}{called}）", (citation,)))
    return out


def _one_a_document(desk: Desk) -> list[Citation]:
    """The most telling clause of each document or part the template rests on, in its own order."""
    template = desk.case.template
    needs = (*template.clauses, *(each for section in template.sections for each in section.clauses))
    found: dict[str, tuple[int, Citation]] = {}
    for need in needs:
        citation = _cite(need, desk)
        if citation is None:
            continue
        name, rank = desk.case.shelf.full_name(citation), _ORDER.index(need.kind)
        if name not in found or rank < found[name][0]:
            found[name] = (rank, citation)
    return [citation for _, citation in found.values()]


def _cite(need: ClauseNeed, desk: Desk) -> Citation | None:
    return desk.citation(need)
