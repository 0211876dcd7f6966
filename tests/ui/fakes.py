"""An invented library of two documents, and an index and an assistant over it that need no model."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

from assistant.conversing.conversation import Turn
from assistant.types import Answer, AnswerStatus, Citation, Statement
from indexing.errors import UnknownDocument
from indexing.ingest import FileReport, Outcome, Progress
from indexing.types import (
    CitedDocument,
    Clause,
    ClauseHit,
    Document,
    Focus,
    Level,
    Metadata,
    OffsetMap,
    SearchFilter,
    SearchMode,
    Signal,
    text_hash,
)

FIRST = "第一条 本办法适用于甲市行政区域。"
SECOND = "第二条 对社区设施按建设费用的百分之三十给予补助，最高五十万元。"
ROW = "3\t\t制定服务清单\t市民政局"


def make_document(doc_id: str, title: str, number: str | None, text: str, jurisdiction: str) -> Document:
    """A document with everything said."""
    return Document(
        doc_id=doc_id,
        version=2,
        metadata=Metadata(
            title=title,
            document_number=number,
            document_type="办法",
            issuing_authorities=("甲市发展和改革委员会", "甲市财政局"),
            drafted_by=("甲市民政局",),
            jurisdiction=jurisdiction,
            issued_on=date(2025, 1, 13),
            drafted_on=date(2025, 1, 10),
            printed_on=date(2025, 1, 14),
            effective_from=date(2025, 1, 13),
            effective_from_inferred=True,
            valid_for="三年",
            expires_on=date(2028, 1, 13),
            is_trial=True,
            attachments=("任务清单",),
            cited_documents=(CitedDocument("国办函〔2023〕121号", None),),
        ),
        text=text,
        offsets=OffsetMap("utf-8", ()),
        source_sha256=hashlib.sha256(text.encode()).hexdigest(),
        source_name=f"{doc_id}.txt",
    )


def make_clause(document: Document, path: str, text: str, order: int, **changes: object) -> Clause:
    """The clause of `document` whose text is `text`."""
    start = document.text.index(text)
    clause = Clause(
        doc_id=document.doc_id,
        version=document.version,
        path=path,
        part="正文",
        level=Level.ARTICLE,
        mark=path,
        heading=None,
        headings=("第一章 总则",),
        text=text,
        start=start,
        end=start + len(text),
        own=((start, start + len(text)),),
        parent=None,
        order=order,
        is_unit=True,
        text_hash=text_hash(text),
    )
    return replace(clause, **changes)  # type: ignore[arg-type]


RULES = make_document(
    "甲发改[2025]1号", "甲市社区设施管理办法", "甲发改〔2025〕1号", f"{FIRST}\n{SECOND}", "110000"
)
PLAN = make_document("乙市实施方案|2024-03-08", "乙市实施方案", None, f"附件1\n{ROW}", "330100")
CLAUSES = (
    make_clause(RULES, "第一条", FIRST, 0),
    make_clause(RULES, "第二条", SECOND, 1, heading="【补助】"),
    make_clause(
        PLAN,
        "附件1/3",
        ROW,
        0,
        part="附件1",
        level=Level.ROW,
        cells=(("序号", "3"), ("任务", "制定服务清单"), ("责任单位", "市民政局")),
        responsible=("市民政局",),
    ),
)


def hit_of(clause: Clause, score: float) -> ClauseHit:
    """A hit whose focus is the whole clause and which one signal found."""
    focus = Focus(clause.path, clause.start, clause.end, clause.text)
    return ClauseHit(clause, focus, score, (Signal("words", 1, score, 1.0),))


def citation_of(clause: Clause, quote: str) -> Citation:
    """A citation of `quote` in `clause`."""
    document = RULES if clause.doc_id == RULES.doc_id else PLAN
    start = document.text.index(quote)
    return Citation(
        doc_id=document.doc_id,
        document_number=document.document_number,
        title=document.title,
        version=document.version,
        path=clause.path,
        text_hash=clause.text_hash,
        quote=quote,
        start=start,
        end=start + len(quote),
    )


def report_on(path: Path) -> FileReport:
    """What the fake library says of a file: those called 坏 cannot be read."""
    if "坏" in path.name:
        return FileReport(path, Outcome.FAILED, f"{path.name} 不是文本文件，请改用 .txt 或 .md 文件。")
    return FileReport(
        path,
        Outcome.ADDED,
        f"已入库：{path.name}",
        RULES.doc_id,
        RULES.title,
        2,
        2,
        2,
        warnings=("全文：缺第三条",),
    )


class FakeIndex:
    """Finds every clause, in order; remembers what it was asked."""

    notices: tuple[str, ...] = ()
    is_complete = True
    restored = False
    closed = False

    def __init__(self) -> None:
        self.searches: list[tuple[str, int, SearchMode, Signal, SearchFilter]] = []
        self.held = {document.doc_id: document for document in (RULES, PLAN)}

    def documents(self) -> tuple[Document, ...]:
        """All that are held."""
        return tuple(self.held.values())

    def document(self, doc_id: str) -> Document | None:
        """One of them."""
        return self.held.get(doc_id)

    def clauses(self, doc_id: str | None = None) -> tuple[Clause, ...]:
        """Of one document or all."""
        return tuple(clause for clause in CLAUSES if doc_id in {None, clause.doc_id})

    def clause(self, doc_id: str, path: str) -> Clause | None:
        """The one at an address."""
        return next((clause for clause in self.clauses(doc_id) if clause.path == path), None)

    def search(
        self,
        query: str,
        *,
        top_k: int = 10,
        mode: SearchMode = SearchMode.HYBRID,
        filters: SearchFilter = SearchFilter(),  # noqa: B008 - frozen
    ) -> tuple[ClauseHit, ...]:
        """Every clause."""
        self.searches.append((query, top_k, mode, filters))
        return tuple(hit_of(clause, 1 / (rank + 1)) for rank, clause in enumerate(CLAUSES))[:top_k]

    def find(self, name: str) -> str:
        """The id of a document called so."""
        if name not in self.held:
            raise UnknownDocument(f"文库中没有“{name}”，请用 cewen documents 查看全部文件。")
        return name

    def remove(self, doc: str) -> Document:
        """Take one out."""
        return self.held.pop(self.find(doc))

    def add(self, paths: Sequence[Path], progress: Progress) -> tuple[FileReport, ...]:
        """Report on each path."""
        reports = tuple(report_on(path) for path in paths)
        for report in reports:
            progress(report)
        return reports

    def refresh(self, progress: Progress, *, everything: bool = False) -> tuple[FileReport, ...]:
        """Report on one shipped file."""
        self.restored = everything
        report = report_on(Path("随附.txt"))
        progress(report)
        return (report,)

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True


class FakeAssistant:
    """Answers every question with 第二条, unless told otherwise; remembers what it was asked."""

    chat = None  # no language model

    def __init__(self, answer: Answer | None = None, error: Exception | None = None) -> None:
        self.index = FakeIndex()
        self.asked: list[tuple[str, date | None, SearchFilter]] = []
        self.histories: list[tuple[str, ...]] = []
        self._answer, self._error = answer, error

    def warm_up(self) -> None:
        """Nothing to load."""

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        filters: SearchFilter = SearchFilter(),  # noqa: B008 - frozen
        history: Sequence[Turn] = (),
        on_statement: Callable[[Statement], None] = lambda _: None,
        cancel: Event | None = None,
    ) -> Answer:
        """The answer or the error given."""
        self.asked.append((question, as_of, filters))
        self.histories.append(tuple(turn.question for turn in history))
        if self._error:
            raise self._error
        return self._answer or answer_to(question)


def answer_to(
    question: str,
    status: AnswerStatus = AnswerStatus.ANSWERED,
    statements: Sequence[Statement] | None = None,
    missing: tuple[str, ...] = (),
) -> Answer:
    """An answer that cites 第二条, with three hits."""
    if statements is None:
        quote = "按建设费用的百分之三十给予补助"
        statements = (
            ()
            if status is AnswerStatus.NO_BASIS
            else (Statement("甲市按建设费用的百分之三十给予补助。", (citation_of(CLAUSES[1], quote),)),)
        )
    return Answer(
        question=question,
        status=status,
        statements=tuple(statements),
        missing=missing,
        hits=tuple(hit_of(clause, 1 / (rank + 1)) for rank, clause in enumerate(CLAUSES)),
        rejected=(),
        as_of=date(2026, 1, 1),
        timings_ms=(("search", 1.23456), ("write", 0.5)),
    )
