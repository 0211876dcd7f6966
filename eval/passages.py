"""What a clause says to a reader who opens it: its text, and what stands around it on the page."""

from __future__ import annotations

from assistant.library import Library
from assistant.verification.verifying import printed_date
from assistant.writing.citing import display_path
from indexing.jurisdictions import name_of
from indexing.types import Clause, Document


def passage_of(clause: Clause, library: Library) -> str:
    """A clause's text with its address, headings, table columns, 责任单位 and its document's particulars.

    Parts are separated by "|", so that no figure is read across two of them.
    """
    return "|".join((clause.text, *surroundings(clause, library)))


def surroundings(clause: Clause, library: Library) -> tuple[str, ...]:
    """What a page shows around a clause, without the clause's own text."""
    cells = (part for column, value in clause.cells for part in (column, value))
    return (
        display_path(clause.path),
        *clause.headings,
        *cells,
        *clause.responsible,
        library.part_title(clause) or "",
        *_particulars(library.document(clause.doc_id)),
    )


def _particulars(document: Document) -> tuple[str, ...]:
    """Title, number, authorities, place and dates, as a reader would write them."""
    known = document.metadata
    days = (known.issued_on, known.drafted_on, known.printed_on, known.effective_from, known.expires_on)
    return (
        document.title,
        document.document_number or "",
        *known.issuing_authorities,
        *known.drafted_by,
        name_of(known.jurisdiction) if known.jurisdiction else "",
        known.valid_for or "",
        *(printed_date(day) for day in days if day),
    )
