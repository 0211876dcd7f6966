"""Sentences as clauses of an invented document, for the tests of what is read from them."""

from assistant.norms import Norm, read_norms
from indexing.documents import ParsedDocument, read_document
from indexing.types import Clause, Document, Level, Metadata, OffsetMap, text_hash


def document_of(text: str) -> tuple[Document, Clause]:
    """A document that is one paragraph, and the clause that is all of it."""
    document = Document("甲", 1, Metadata(), text, OffsetMap("utf-8", ()), "", "甲.txt")
    clause = Clause(
        doc_id="甲",
        version=1,
        path="一",
        part="正文",
        level=Level.HEADING1,
        mark=None,
        heading=None,
        headings=(),
        text=text,
        start=0,
        end=len(text),
        own=((0, len(text)),),
        parent=None,
        order=0,
        is_unit=True,
        text_hash=text_hash(text),
    )
    return document, clause


def norms_of(text: str) -> tuple[Norm, ...]:
    """Everything read from a paragraph."""
    document, clause = document_of(text)
    return read_norms(clause, document)


def figures_of(text: str) -> list[Norm]:
    """The figures read from a paragraph."""
    return [norm for norm in norms_of(text) if norm.is_figure]


def shown(norm: Norm) -> str:
    """≥30 平方米, range 3–5 年."""
    high = "" if norm.high is None else f"–{norm.high}"
    return f"{norm.operator}{norm.value}{high}{norm.unit}"


def read_text(text: str) -> ParsedDocument:
    """A whole invented document, parsed."""
    return read_document(text.encode(), "甲.txt")
