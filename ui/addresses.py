"""How a clause is addressed on page and terminal: 《title》（文号）第二十三条, long titles in full only once.

Plain text; whoever shows it escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.writing.citing import display_path
from indexing.folding import fold_tight
from indexing.titles import titled
from ui.text import one_line

if TYPE_CHECKING:
    from assistant.types import Citation
    from indexing.types import Clause, Document

DocumentLookup = Callable[[str], "Document | None"]
"""doc_id → the document, None where it has left the library."""

# what a notice carries: "关于印发某某办法（试行）的通知", "转发市发展改革委制订的《某方案》的通知";
# not "关于印发《甲》和《乙》的通知", which carries two
_CARRIED = re.compile(
    r"(?:印发|转发|公布|发布)(?:[^《》]*《([^《》]+)》|([^《》]+))的(?:通知|通告|公告|决定|命令)"
)


class Addresses:
    """The addresses of one answer or list, printed from top to bottom.

    A document's title stands in full where it is first named. Afterwards the title of
    what it issues stands for it, or, where that is not plain, its number alone.
    """

    def __init__(self, lookup: DocumentLookup) -> None:
        self._lookup = lookup
        self._short: dict[str, str | None] = {}  # of every document named so far

    def of_citation(self, citation: Citation) -> str:
        """The address of a cited clause, with title and number as the citation has them."""
        return self._next(citation.doc_id, citation.title, citation.document_number, citation.path)

    def of_clause(self, clause: Clause) -> str:
        """The address of a clause found; the id stands for a document that left the library."""
        document = self._lookup(clause.doc_id)
        title = document.title if document else clause.doc_id
        return self._next(clause.doc_id, title, document.document_number if document else None, clause.path)

    def _next(self, doc_id: str, title: str, number: str | None, path: str) -> str:
        if doc_id not in self._short:
            document = self._lookup(doc_id)
            self._short[doc_id] = inner_title(document) if document else None
            return address(title, number, path)
        short = self._short[doc_id]
        if short is None and number:
            return f"{number}{display_path(path)}"
        return address(short or title, number, path)


def address(title: str, document_number: str | None, path: str) -> str:
    """《title》（文号）place, the form in which officials cite; without 文号 where there is none.

    Book title marks inside the title become single ones (GB/T 15834—2011, 4.15.3.3).

    >>> address("关于转发《实施方案》的通知", "国办函〔2023〕121号", "二/（一）")
    '《关于转发〈实施方案〉的通知》（国办函〔2023〕121号）二、（一）'
    """
    title, number = one_line(title), f"（{document_number}）" if document_number else ""
    if title.startswith("《") and title.find("》") == len(title) - 1:
        title = title[1:-1]
    return f"{titled(title)}{number}{display_path(path)}"


def inner_title(document: Document) -> str | None:
    """The title of the one text that a notice issues or forwards; None where it is not plain.

    It must stand in the notice's own title and again as a line of its own in the text.
    """
    found = _CARRIED.search(one_line(document.title))
    if not found:
        return None
    inner = (found.group(1) or found.group(2)).strip()
    lines = {fold_tight(line) for line in document.text.split("\n")}
    return inner if fold_tight(inner) in lines else None
