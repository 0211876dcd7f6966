"""One library of the shipped documents, the complete fact sheets of five places, and cases made of both."""

from functools import cache
from pathlib import Path

import pytest

from assistant.library import Library
from indexing.documents import read_document
from indexing.types import Clause, Document

CORPUS = Path(__file__).resolve().parents[3] / "corpus"


@cache
def shipped_library() -> Library:
    """The five documents as a catalog would hold them, read straight from their files."""
    documents: list[Document] = []
    clauses: list[Clause] = []
    for file in sorted((CORPUS / "documents").glob("*.txt")):
        read = read_document(file.read_bytes(), file.name)
        documents.append(read.document)
        clauses += read.clauses
    return Library(documents, clauses)


@pytest.fixture(scope="session")
def shelf() -> Library:
    """See `shipped_library`."""
    return shipped_library()
