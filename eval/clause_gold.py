"""How well the shipped documents are cut into clauses: `cases/clauses/*.json` against the library.

The gold was read off the documents by hand before the parser existed: every clause path in
order, with the first and last twelve characters and the length of its text, white space
removed. tests/indexing/test_parser_gold.py compares headings, cells and metadata besides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eval.cases import CASES_DIR
from eval.policy_draft import tight
from indexing.types import Clause, Document, Level

_EDGE_CHARS = 12


@dataclass(frozen=True, slots=True)
class GoldClause:
    """One clause a document must come out as; what was not noted is None."""

    path: str
    first: str | None
    last: str | None
    chars: int | None

    def is_like(self, clause: Clause) -> bool:
        """Whether the clause's text begins, ends and measures as noted."""
        text = tight(clause.text)
        seen = (text[:_EDGE_CHARS], text[-_EDGE_CHARS:], len(text))
        noted = (self.first, self.last, self.chars)
        return all(want is None or want == has for want, has in zip(noted, seen, strict=True))


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One shipped file and its clauses, in order."""

    file: str
    clauses: tuple[GoldClause, ...]


@dataclass(frozen=True, slots=True)
class ParseScore:
    """How one document, or all together, came out."""

    documents: int
    expected: int  # clauses of the gold
    exact: int  # of them found at their path with text as noted
    extra: int  # clauses found that the gold lacks

    def __add__(self, other: ParseScore) -> ParseScore:
        return ParseScore(
            self.documents + other.documents,
            self.expected + other.expected,
            self.exact + other.exact,
            self.extra + other.extra,
        )


def read_clause_gold(folder: Path = CASES_DIR / "clauses") -> tuple[GoldDocument, ...]:
    """The gold of every document in a folder, by file name."""
    return tuple(_read(path) for path in sorted(folder.glob("*.json")))


def _read(path: Path) -> GoldDocument:
    written = json.loads(path.read_text(encoding="utf-8"))
    nodes = written["clauses"]
    return GoldDocument(
        written["file"],
        tuple(GoldClause(node["path"], node["first"], node["last"], node["chars"]) for node in nodes),
    )


def parse_score(
    gold: Iterable[GoldDocument], documents: Iterable[Document], clauses: Iterable[Clause]
) -> ParseScore:
    """All gold documents together; one the library lacks counts as not found.

    Args:
        gold: what must come out.
        documents: the library's, matched by the name of the file they came from.
        clauses: theirs.
    """
    files = {document.doc_id: document.source_name for document in documents}
    by_file: dict[str, dict[str, Clause]] = {}
    for clause in clauses:
        if clause.level is not Level.TABLE:  # its header rows have no issued mark to note
            by_file.setdefault(files.get(clause.doc_id, ""), {})[clause.path] = clause
    total = ParseScore(0, 0, 0, 0)
    for document in gold:
        total += _score(document, by_file.get(document.file, {}))
    return total


def _score(gold: GoldDocument, found: dict[str, Clause]) -> ParseScore:
    exact = sum(one.path in found and one.is_like(found[one.path]) for one in gold.clauses)
    extra = len(found.keys() - {one.path for one in gold.clauses})
    return ParseScore(1, len(gold.clauses), exact, extra)
