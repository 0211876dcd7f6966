"""The clauses a draft may rest on: found, in force, of its place or the nation, and how they are named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.export.text import in_one_line
from assistant.library import Library
from assistant.rules.rulebook import ruled_documents
from assistant.types import Citation
from assistant.writing.citing import cite
from indexing.jurisdictions import NATION, lineage, name_of
from indexing.types import Clause, Document
from prompts.draft_frames import wording

_TITLE = "标题"
# "（试行）" stays in the name; half-width brackets of a source are shown as full ones
_BRACKETS = str.maketrans("()", "（）")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Refused:
    """A clause that may not be cited: why, in one Chinese sentence."""

    message: str


class ClauseShelf:
    """The library as one draft may use it: documents of its place and of the nation, in force that day."""

    def __init__(self, library: Library, jurisdiction: str, as_of: date) -> None:
        self.library, self.jurisdiction, self.as_of = library, jurisdiction, as_of
        self._places = {NATION, *lineage(jurisdiction)}
        self._names: dict[str, str] = {}

    def find(self, clause_id: str, quote: str) -> Citation | Refused:
        """The citation of a quote in a clause, or why there is none."""
        doc_id, _, path = clause_id.partition("#")
        clause = self.library.clause(doc_id, path)
        if clause is None:
            return Refused(f"资料库里没有 {doc_id} 的 {path}，未引用。")
        document = self.library.document(doc_id)
        refused = self._refusal(document)
        if refused:
            return refused
        start = clause.text.find(quote)
        if start < 0:
            return Refused(f"{document.document_number or doc_id} 的条款文字已经改变，未引用“{quote[:30]}”。")
        return cite(document, clause, clause.start + start, clause.start + start + len(quote))

    def is_own(self, doc_id: str) -> bool:
        """Whether a document belongs to the draft's place or the nation."""
        document = next((one for one in self.library.documents if one.doc_id == doc_id), None)
        return document is not None and (document.metadata.jurisdiction or NATION) in self._places

    @cached_property
    def own_documents(self) -> tuple[Document, ...]:
        """Documents that may be cited."""
        return tuple(one for one in self.library.documents if self._refusal(one) is None)

    @cached_property
    def other_documents(self) -> tuple[Document, ...]:
        """Documents of other places, which must leave no trace."""
        return tuple(one for one in self.library.documents if not self.is_own(one.doc_id))

    def _refusal(self, document: Document) -> Refused | None:
        number = document.document_number or document.title
        if not self.is_own(document.doc_id):
            return Refused(f"{number}不是{name_of(self.jurisdiction)}或国家的文件，未引用。")
        ruled = next((one for one in ruled_documents() if one.doc_id == document.doc_id), None)
        metadata = document.metadata
        starts = metadata.effective_from or (ruled.effective_from if ruled else None)
        ends = metadata.expires_on or (ruled.expires_on if ruled else None)
        if ends and self.as_of > ends:
            return Refused(f"{number}在{self.as_of}已过有效期（至{ends}），未引用。")
        if starts and self.as_of < starts:
            return Refused(f"{number}在{self.as_of}尚未施行（{starts}起），未引用。")
        return None

    def full_name(self, citation: Citation) -> str:
        """The title of the cited part between title marks, as it stands in the text."""
        return f"《{self._part_title(citation)}》"

    def short_name(self, citation: Citation) -> str:
        """What the opening says the document is called from then on: 《试点建设方案》."""
        title = self._part_title(citation)
        for word in (name_of(self.jurisdiction), *wording()["names"]["dropped"]):
            title = title.replace(word, "", 1)
        return f"《{title}》"

    def number(self, citation: Citation) -> str:
        """文号 with the part it is in: 渝发改规范〔2024〕10号附件2."""
        part = citation.path.partition("/")[0]
        return f"{citation.document_number or ''}{part if part.startswith('附件') else ''}"

    def _part_title(self, citation: Citation) -> str:
        part = citation.path.partition("/")[0]
        for path in (f"{part}/{_TITLE}", f"正文/{_TITLE}", _TITLE):
            title = self.library.clause(citation.doc_id, path)
            if title is not None:
                return _tidy(title)
        return in_one_line(citation.title)


def _tidy(title: Clause) -> str:
    return _SPACE.sub("", title.text).translate(_BRACKETS)
