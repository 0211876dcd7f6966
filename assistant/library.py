"""What the library holds, as the assistant reads it: documents, clauses, part titles, word counts.

Built from the index's catalog; pure look-ups, no search.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from math import log

from assistant.errors import AssistantError
from indexing.folding import fold_tight
from indexing.jurisdictions import lineage
from indexing.sentences import split_sentences
from indexing.types import Clause, Document, Span

# "第二十三条 【资金支持】支持…", "(一)优化…": what stands between the mark and the first word
_MARK_END = re.compile(r"[\s.．、)）]*(?:【[^】]*】)?\s*")


class Library:
    """Documents and clauses by address, and how common a word is among them."""

    def __init__(self, documents: Iterable[Document], clauses: Iterable[Clause]) -> None:
        self.documents = tuple(documents)
        self._documents = {document.doc_id: document for document in self.documents}
        self._clauses: dict[str, dict[str, Clause]] = defaultdict(dict)
        self._children: dict[tuple[str, str | None], list[Clause]] = defaultdict(list)
        for clause in clauses:
            self._clauses[clause.doc_id].setdefault(clause.path, clause)
            self._children[clause.doc_id, clause.parent].append(clause)
        self._folded: dict[str, str] = {}
        self._context: dict[str, str] = {}
        self._sentences: dict[str, tuple[tuple[int, int, str], ...]] = {}
        self._titles: dict[tuple[str, str], str] = {}
        self._frequencies: dict[str, int] = {}
        self._units = tuple(
            clause for paths in self._clauses.values() for clause in paths.values() if clause.is_unit
        )

    @property
    def jurisdictions(self) -> frozenset[str]:
        """GB/T 2260 codes that a document of the library belongs to."""
        return frozenset(
            code for document in self.documents if (code := document.metadata.jurisdiction) is not None
        )

    def below(self, code: str) -> tuple[str, ...]:
        """Jurisdictions of the library that lie inside `code`, sorted: 浙江省 → 杭州市."""
        return tuple(sorted(held for held in self.jurisdictions if code in lineage(held)[1:]))

    def document(self, doc_id: str) -> Document:
        """The document with this id.

        Raises:
            AssistantError: the library holds no such document.
        """
        found = self._documents.get(doc_id)
        if found is None:
            raise AssistantError(f"检索结果指向库中没有的文件 {doc_id}，请运行 cewen index 重建索引。")
        return found

    def clauses(self, doc_id: str) -> tuple[Clause, ...]:
        """Every clause of a document, parents before children; empty for an unknown id."""
        return tuple(self._clauses.get(doc_id, {}).values())

    def clause(self, doc_id: str, path: str) -> Clause | None:
        """The clause at this path, None where there is none."""
        return self._clauses.get(doc_id, {}).get(path)

    def children(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses right below, in order."""
        return tuple(self._children.get((clause.doc_id, clause.path), ()))

    def parent(self, clause: Clause) -> Clause | None:
        """The clause right above, None at the top."""
        return None if clause.parent is None else self.clause(clause.doc_id, clause.parent)

    def narrowest(self, clause: Clause, span: Span) -> Clause:
        """The deepest clause below `clause` (or itself) that holds the whole span."""
        for child in self.children(clause):
            if child.start <= span[0] and span[1] <= child.end:
                return self.narrowest(child, span)
        return clause

    def unit(self, clause: Clause) -> Clause:
        """The clause a hit would name: itself or the nearest unit above; itself when there is none."""
        above: Clause | None = clause
        while above is not None and not above.is_unit:
            above = self.parent(above)
        return above or clause

    def part_title(self, clause: Clause) -> str | None:
        """The title printed over the part a clause stands in: 附件2 → 重庆市…运营管理办法（试行）."""
        for path in (f"{clause.part}/标题", "正文/标题"):
            found = self.clause(clause.doc_id, path)
            if found and (path.startswith(clause.part) or clause.part not in {"通知", "正文"}):
                return found.text
        return None

    def folded(self, clause: Clause) -> str:
        """The clause's text folded without spaces; for comparing, not for offsets."""
        found = self._folded.get(clause.clause_id)
        if found is None:
            found = self._folded[clause.clause_id] = fold_tight(clause.text)
        return found

    def sentences(self, clause: Clause) -> tuple[tuple[int, int, str], ...]:
        """`sentences(clause)` with each one's folded text."""
        found = self._sentences.get(clause.clause_id)
        if found is None:
            found = tuple(
                (start, end, fold_tight(clause.text[start:end])) for start, end in sentences(clause)
            )
            self._sentences[clause.clause_id] = found
        return found

    def context(self, clause: Clause) -> str:
        """Headings above and the clause's own heading, folded without spaces."""
        found = self._context.get(clause.clause_id)
        if found is None:
            cells = (value for column, value in clause.cells if column in {"类型", "重点任务"})
            parts = (*clause.headings, clause.heading or "", *cells)
            found = self._context[clause.clause_id] = fold_tight("|".join(parts))
        return found

    def titles(self, clause: Clause) -> str:
        """Title of the document and of the part, folded without spaces."""
        found = self._titles.get((clause.doc_id, clause.part))
        if found is None:
            title = f"{self.document(clause.doc_id).title}|{self.part_title(clause) or ''}"
            found = self._titles[clause.doc_id, clause.part] = fold_tight(title)
        return found

    def frequency(self, word: str) -> int:
        """In how many units (article, lowest heading, row, frame text) a folded word occurs."""
        found = self._frequencies.get(word)
        if found is None:
            found = sum(1 for unit in self._units if word in self.folded(unit) or word in self.context(unit))
            self._frequencies[word] = found
        return found

    def weight(self, count: int) -> float:
        """Inverse document frequency `log((N + 1) / (n + 0.5))`, never below 0.1 (Robertson, 2004)."""
        return max(0.1, log((len(self._units) + 1) / (count + 0.5)))


def sentences(clause: Clause) -> list[Span]:
    """Spans of a clause's sentences in `clause.text`, the mark and a 【heading】 at the start left out."""
    opening = opening_length(clause)
    spans = ((max(start, opening), end) for start, end in split_sentences(clause.text))
    return [(start, end) for start, end in spans if start < end]


def opening_length(clause: Clause) -> int:
    """Characters the mark and a 【heading】 take at the start of the clause; 0 without a mark."""
    if not clause.mark or not clause.text.startswith(clause.mark):
        return 0
    match = _MARK_END.match(clause.text, len(clause.mark))
    return match.end() if match and match.end() < len(clause.text) else 0
