"""The nouns everything else is a function over: Document, Clause, ClauseHit, Encoder.

Standard library and numpy only. Text is kept as issued; whoever needs half-width
digits or no spaces folds a copy (`indexing.folding`). Unknown is `None`, never "".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

Span = tuple[int, int]
"""Half-open `[start, end)` in characters of `Document.text`."""

FloatMatrix = npt.NDArray[np.float32]
"""Shape `(n, dim)`, float32, C order."""


def text_hash(text: str) -> str:
    """SHA-256 (hex) of the wording: the identity of what a clause says.

    >>> text_hash("第一条")[:8]
    '03932123'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Level(StrEnum):
    """What kind of node a clause is. Articles (立法法 §61) and notice headings coexist."""

    PART = "part"  # a whole annex: 附件1
    FRAME = "frame"  # 标题 主送 通知 引言 附件说明 落款 结尾段 版记 …
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    ARTICLE = "article"  # 第一条
    PARAGRAPH = "paragraph"  # 第一款 in an article, 第1段 elsewhere
    ITEM = "item"  # （一） below an article
    SUBITEM = "subitem"  # 1. below an item
    HEADING1 = "heading1"  # 一、
    HEADING2 = "heading2"  # （一）
    HEADING3 = "heading3"  # 1.
    HEADING4 = "heading4"  # （1）
    HEADING5 = "heading5"  # ①
    TABLE = "table"
    ROW = "row"
    SUBROW = "subrow"


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document this one refers to, by number, title or both (never neither)."""

    document_number: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class SourceRun:
    """`text[text_start:text_end]` stands unchanged at `source_start` (bytes) of the file."""

    text_start: int
    text_end: int
    source_start: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from reading text back to the bytes of the file as received.

    Runs are ordered by `text_start`; characters between runs (a line break put in
    by the reader) have no source. Source order may differ from text order where a
    table cell goes on over a page.
    """

    encoding: str
    runs: tuple[SourceRun, ...]

    def source_spans(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Byte ranges of the file that hold `text[start:end]`, in text order.

        Args:
            text: the document's reading text, which this map belongs to.
            start: first character, inclusive.
            end: last character, exclusive.
        """
        spans: list[tuple[int, int]] = []
        for run in self.runs:
            if run.text_end <= start or run.text_start >= end:
                continue
            first, last = max(start, run.text_start), min(end, run.text_end)
            skipped = len(text[run.text_start : first].encode(self.encoding))
            length = len(text[first:last].encode(self.encoding))
            spans.append((run.source_start + skipped, run.source_start + skipped + length))
        return spans


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself. What it does not say is None (or empty)."""

    title: str | None = None
    document_number: str | None = None  # 发文字号, as issued
    document_type: str | None = None  # 文种: 通知, 办法, 实施方案, 条例 …
    issuing_authorities: tuple[str, ...] = ()  # all of a joint notice, in order
    drafted_by: tuple[str, ...] = ()  # who wrote a forwarded plan
    jurisdiction: str | None = None  # GB/T 2260 code, "000000" for the nation
    issued_on: date | None = None  # 成文日期
    drafted_on: date | None = None  # date signed under the forwarded plan itself
    printed_on: date | None = None  # 印发日期 in 版记
    effective_from: date | None = None  # 施行日期
    effective_from_inferred: bool = False  # 自印发之日起 resolved by us
    valid_for: str | None = None  # 有效期 as worded: 三年
    expires_on: date | None = None  # 失效日期, stated or computed from valid_for
    expires_on_inferred: bool = False
    is_trial: bool = False  # 试行 / 暂行
    attachments: tuple[str, ...] = ()  # titles of 附件, as listed
    cited_documents: tuple[CitedDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one issued document: what it says of itself and its reading text."""

    doc_id: str
    version: int  # 1, 2, … within doc_id; given by the catalog
    metadata: Metadata
    text: str
    offsets: OffsetMap
    source_sha256: str  # of the file as received
    source_name: str  # file name, for reports
    source_url: str | None = None

    @property
    def title(self) -> str:
        """The title, or the file name where the text has none."""
        return self.metadata.title or self.source_name

    @property
    def document_number(self) -> str | None:
        """文号 as issued, without white space."""
        return self.metadata.document_number


@dataclass(frozen=True, slots=True)
class Clause:
    """One addressable unit of a document; `document.text[start:end] == text`.

    A clause spans its sub-clauses; `own` lists the pieces that belong to it alone,
    so the `own` pieces of all clauses cover the text once.
    """

    doc_id: str
    version: int
    path: str  # 第二十三条, 二/（一）, 附件1-1/21
    part: str  # 通知, 正文, 附件1 …
    level: Level
    mark: str | None  # the number as issued: 第二十三条, （一）, 21
    heading: str | None  # its own heading text without the mark, where it has one
    headings: tuple[str, ...]  # headings above it, outermost first
    text: str
    start: int
    end: int
    own: tuple[Span, ...]
    parent: str | None  # path of the enclosing clause
    order: int  # position in the document, parents before children
    is_unit: bool  # may be a hit: article, lowest heading, table (sub-)row, frame text
    cells: tuple[tuple[str, str], ...] = ()  # (column, value), merged cells filled down
    responsible: tuple[str, ...] = ()  # 责任单位 that apply to it
    text_hash: str = field(default="")

    @property
    def clause_id(self) -> str:
        """`doc_id#path`: its address within a document version."""
        return f"{self.doc_id}#{self.path}"


@dataclass(frozen=True, slots=True)
class Focus:
    """The narrower place inside a hit that answered the query."""

    path: str  # the narrowest clause that holds the span
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Signal:
    """What one signal of the search said of a hit: its place in that list (1 is first), value, weight.

    `value` lies between 0 and 1, `weight` is a share of 1. In a long list values count from `floor`,
    what its last has (`fusion.CUT`).
    """

    name: str
    rank: int
    value: float
    weight: float
    floor: float = 0.0

    @property
    def added(self) -> float:
        """What it adds to the score of the hit."""
        return max(0.0, self.value - self.floor) * self.weight


@dataclass(frozen=True, slots=True)
class ClauseHit:
    """A clause found, best first. Higher scores are better; ties break on `clause_id`."""

    clause: Clause
    focus: Focus
    score: float
    signals: tuple[Signal, ...] = field(default=(), compare=False)  # strongest first


class SearchMode(StrEnum):
    """Which of the derived indexes is asked."""

    HYBRID = "hybrid"
    LEXICAL = "lexical"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Found:
    """What one search came to: hits, best first, and Chinese sentences for the user.

    They say which words were read otherwise than typed, and what the search had to do without.
    """

    hits: tuple[ClauseHit, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a search may return; an empty tuple or None does not restrict."""

    jurisdictions: tuple[str, ...] = ()
    doc_ids: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    as_of: date | None = None  # leave out documents not in force on this day


class Similarity(StrEnum):
    """What makes two vectors near: a model is trained for one of them and poor with the other."""

    COSINE = "cosine"
    DOT = "dot"


class Encoder(Protocol):
    """Texts to vectors. Sentence-transformers models and endpoints hide behind this.

    Questions and passages are told apart: many models want another prefix before each.
    """

    @property
    def name(self) -> str:
        """What a user calls it."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text might get another vector; known without loading the model."""

    @property
    def dim(self) -> int:
        """Length of a vector.

        Raises:
            EncoderError: it takes the model to know, and the model cannot be used.
        """

    @property
    def similarity(self) -> Similarity:
        """What its vectors are compared by."""

    @property
    def reads_sentences(self) -> bool:
        """Whether order of words matters to it, as to a transformer.

        Such a model is given the question as asked, not the search words made of it; and its
        vectors of unrelated texts are not far apart, so the mean of the index is taken as 0.
        """

    @property
    def is_remote(self) -> bool:
        """Whether a service computes the vectors: it may fall silent, or change its model unseen."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Chinese sentences a user should know: texts cut to fit, a similarity nobody stated."""

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Shape `(len(texts), dim)`, float32; a text without a known word is all zeros.

        Rows are unit-norm (or zero) with `Similarity.COSINE`, as the model gives them with `DOT`.

        Raises:
            EncoderError: the model or the service cannot be used.
        """

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """As `encode_queries`, for sentences of documents."""


class Reranker(Protocol):
    """Judges a question and a passage together: slower and better than comparing vectors."""

    @property
    def name(self) -> str:
        """What a user calls it."""

    def prepare(self) -> None:
        """Load the model, once; later calls return at once.

        Raises:
            RerankerUnavailable: it cannot be loaded.
        """

    def scores(self, query: str, passages: Sequence[str]) -> tuple[float, ...]:
        """A score for each passage, finite, higher is better, on any scale.

        Raises:
            RerankerUnavailable: the model failed.
        """
