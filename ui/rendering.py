"""Answers, clauses and the library as the reader sees them: HTML for the page, plain text to copy. Pure.

What becomes HTML passes `ui.pages.render`, which escapes every value and cleans the result;
the structure around it (headings, lists, marks) is that of `ui/templates` and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from assistant.direct.heads import in_parts
from assistant.types import Answer, AnswerStatus, Citation, Statement
from indexing.folding import fold_tight
from indexing.standing import Standing, part_title, standing
from indexing.types import Clause, ClauseHit, Document, Span
from ui.addresses import Addresses, address
from ui.badges import Badge, badges, chinese_date, validity_line, validity_note
from ui.pages import CLAUSE_ADDRESS, CONVERSATION_ADDRESS, render
from ui.sources import (
    NEAREST_CAUTION,
    NOTICE,
    SIGNAL_NAMES,
    STAGE_NAMES,
    STATUS_NAMES,
    Source,
    clause_of,
    marks,
    missing_label,
    numbered_sources,
    shown_hits,
)
from ui.text import one_line, visible

if TYPE_CHECKING:
    from ui.clause_view import ClauseView

MAX_OPEN_SHELF = 10
"""A library of more documents is listed only when asked for."""
MAX_EXCERPT_CHARS = 160
"""Of a clause found, in a list; the whole stands behind the link."""


class Exchanged(Protocol):
    """A question with its answer; `ui.conversations.Exchange` is one."""

    @property
    def answer(self) -> Answer:
        """The answer, which holds its question."""

    @property
    def places(self) -> tuple[str, ...]:
        """Names the search was restricted to."""


class Shelf(Protocol):
    """What is looked up of the library while an answer is shown; `ClauseIndex` is one."""

    def document(self, doc_id: str) -> Document | None:
        """The current version of a document, None when there is none."""

    def clause(self, doc_id: str, path: str) -> Clause | None:
        """The clause at an address, None when there is none."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A way to a clause: the small number in a sentence, or a line of a list."""

    label: str
    href: str
    hint: str = ""  # shown when the mouse rests on it
    badges: tuple[Badge, ...] = ()
    note: str = ""
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the answer and the numbers behind it, in what stands apart on the page."""

    text: str  # what answers: the short sentence where one stands at the head, else all but the hint
    references: tuple[Reference, ...]
    wording: str = ""  # the document's own sentences behind a short one
    hint: str = ""  # what a reader should know of the texts


def render_pending(question: str, *, can_stop: bool = False) -> str:
    """HTML that stands in the place of the answer while it is sought; its words appear after a moment.

    `can_stop` offers to stop, where a model will write and that may take long.
    """
    return render("pending.html", question=one_line(question), can_stop=can_stop)


def render_answer(answer: Answer, shelf: Shelf, places: Sequence[str] = ()) -> str:
    """HTML of status, statements, what has no basis, the cited clauses and the clauses found.

    Args:
        answer: what is shown.
        shelf: where documents and clauses are looked up.
        places: names the search was restricted to; empty when it was not.
    """
    return render("answer.html", view=_view(answer, shelf, places))


def render_writing(question: str, statements: Sequence[Statement], shelf: Shelf, day: date) -> str:
    """HTML of the statements verified so far, in the place of the answer while a model still writes."""
    so_far = Answer(question, AnswerStatus.ANSWERED, tuple(statements), (), (), (), day, ())
    return render("writing.html", view=_view(so_far, shelf, ()))


def render_stopped(question: str, statements: Sequence[Statement], shelf: Shelf, day: date) -> str:
    """HTML of the statements verified when the reader stopped the model, as no whole answer."""
    so_far = Answer(question, AnswerStatus.PARTIAL, tuple(statements), (), (), (), day, ())
    return render("stopped.html", view=_view(so_far, shelf, ()))


def render_conversation(exchanges: Sequence[Exchanged], key: str, shelf: Shelf, n_newer: int = 0) -> str:
    """HTML of what was asked before, the newest first and folded, with the ways to take it along.

    Args:
        exchanges: those before the one shown above, the oldest first.
        key: of the conversation, "" where there is none yet.
        shelf: where documents and clauses are looked up.
        n_newer: how many more belong to the conversation.

    Returns:
        "" where there is nothing to show or take along.
    """
    count = len(exchanges) + n_newer
    if not count:
        return ""
    return render(
        "conversation.html",
        count=str(count),
        markdown=f"{CONVERSATION_ADDRESS}{urlencode({'key': key, 'form': 'md'})}",
        word=f"{CONVERSATION_ADDRESS}{urlencode({'key': key, 'form': 'docx'})}",
        views=[_view(each.answer, shelf, each.places) for each in reversed(exchanges)],
    )


@dataclass(frozen=True, slots=True)
class Process:
    """How an answer came about, in words."""

    hits: tuple[tuple[str, str, str], ...]  # address, score, strongest signals
    rejected: tuple[tuple[str, str], ...]  # what was not shown, and why
    timings: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything `answer.html` shows of one answer."""

    kind: str
    status: str
    question: str
    resolved: str
    scope: str
    statements: tuple[Said, ...]
    missing: tuple[str, ...]
    missing_label: str
    notices: tuple[str, ...]
    notice_label: str
    sources: tuple[Reference, ...]
    hits: tuple[Reference, ...]
    hits_label: str
    caution: str
    is_refused: bool
    process: Process
    plain: str


def _view(answer: Answer, shelf: Shelf, places: Sequence[str]) -> View:
    sources = numbered_sources(answer)
    is_refused = answer.status is AnswerStatus.NO_BASIS
    return View(
        kind=answer.status.lower(),
        status=STATUS_NAMES[answer.status],
        question=one_line(answer.question),
        resolved=one_line(answer.resolved or ""),
        scope=_scope(answer, places),
        statements=tuple(_said(statement, sources) for statement in answer.statements),
        missing=answer.missing,
        missing_label=missing_label(answer).rstrip("："),
        notices=tuple(one_line(sentence) for sentence in answer.notices),
        notice_label=NOTICE.rstrip("："),
        sources=tuple(
            _source(source, answer.as_of, address_, shelf) for source, address_ in _addressed(sources, shelf)
        ),
        hits=tuple(_hits(answer, shelf)),
        hits_label="最接近的条款" if is_refused else "检索到的条款",
        caution=NEAREST_CAUTION if is_refused else "",
        is_refused=is_refused,
        process=_process(answer, shelf),
        plain=answer_text(answer, shelf, places),
    )


def _process(answer: Answer, shelf: Shelf) -> Process:
    addresses = Addresses(shelf.document)
    return Process(
        hits=tuple(
            (addresses.of_clause(hit.clause), f"{hit.score:.3f}", _signals(hit)) for hit in answer.hits
        ),
        rejected=tuple((one_line(each.text), one_line(each.reason)) for each in answer.rejected),
        timings="，".join(
            f"{STAGE_NAMES.get(stage, stage)} {spent:.0f} 毫秒" for stage, spent in answer.timings_ms
        ),
    )


def _signals(hit: ClauseHit) -> str:
    """The three strongest signals: 词语第1名、语义相近第3名."""
    return "、".join(
        f"{SIGNAL_NAMES.get(signal.name, signal.name)}第{signal.rank}名" for signal in hit.signals[:3]
    )


def render_failure(sentence: str) -> str:
    """HTML of the one sentence a user reads when something went wrong."""
    return render("failure.html", sentence=one_line(sentence))


def render_shelf(documents: Iterable[Document], day: date) -> str:
    """HTML of what the library holds, with how each document stands on `day`."""
    held = [_held(document, day) for document in documents]
    return render("shelf.html", documents=held, is_open=len(held) <= MAX_OPEN_SHELF)


def render_clause(view: ClauseView, remark: str = "") -> str:
    """HTML of a clause inside its document, for the panel and for a page of its own.

    Args:
        view: what is shown.
        remark: a sentence set above the text; "" for none.
    """
    document = view.document

    def step(path: str) -> str:
        return clause_href(document.doc_id, path)

    return render(
        "clause.html",
        view=view,
        title=one_line(document.title),
        issuers="、".join(_unnamed_issuers(document)),
        responsible="、".join(view.responsible),
        badges=badges(view.standing),
        note=validity_note(view.standing),
        remark=remark,
        step=step,
    )


def answer_text(answer: Answer, shelf: Shelf, places: Sequence[str] = ()) -> str:
    """The answer as plain text with its citations, fit for a document or a message."""
    sources = numbered_sources(answer)
    blocks = [
        f"问：{one_line(answer.question)}",
        *([f"理解为：{one_line(answer.resolved)}"] if answer.resolved else []),
        f"{STATUS_NAMES[answer.status][2:]}（{_scope(answer, places)}）",
    ]
    blocks += [f"{visible(each.text)}{marks(each, sources)}" for each in answer.statements]
    blocks += [f"{missing_label(answer)}{one_line(sentence)}" for sentence in answer.missing]
    blocks += [f"{NOTICE}{one_line(sentence)}" for sentence in answer.notices]
    cited = [
        f"[{source.number}] {address_}（{validity_line(held)}）" if held else f"[{source.number}] {address_}"
        for source, address_ in _addressed(sources, shelf)
        for held in [_standing(source.quoted[0], answer.as_of, shelf)]
    ]
    for line, source in zip(cited, sources, strict=True):
        blocks.append("\n".join([line, *(f"“{visible(each.quote)}”" for each in source.quoted)]))
    return "\n\n".join(blocks)


def clause_href(
    doc_id: str, path: str | None = None, quotes: Iterable[Span] = (), version: int | None = None
) -> str:
    """The address, relative to the page, at which a clause is shown with these spans marked.

    >>> clause_href("甲", "第二条", [(12, 30)], 1)
    'clause?doc=%E7%94%B2&path=%E7%AC%AC%E4%BA%8C%E6%9D%A1&version=1&quote=12-30#focus'
    """
    wanted = {"doc": doc_id, "path": path, "version": version}
    query = [(key, str(value)) for key, value in wanted.items() if value is not None]
    # a lone surrogate in a file name cannot be encoded; the address then leads to no document
    query += [("quote", f"{start}-{end}") for start, end in quotes]
    return f"{CLAUSE_ADDRESS}{urlencode(query, errors='replace')}#focus"


def _scope(answer: Answer, places: Sequence[str]) -> str:
    where = "、".join(places) or "全部文件"
    return f"范围：{where}；按{chinese_date(answer.as_of)}有效的规定"


def _said(statement: Statement, sources: tuple[Source, ...]) -> Said:
    references = []
    for source in sources:
        own = [each for each in statement.citations if clause_of(each) == clause_of(source.quoted[0])]
        if own:
            hint = f"{_full_address(own[0])}：{_excerpt(own[0].quote, MAX_EXCERPT_CHARS // 2)}"
            references.append(Reference(str(source.number), _citation_href(own), hint))
    text, wording, hint = in_parts(statement.text)
    return Said(text, tuple(references), wording, hint)


def _addressed(sources: tuple[Source, ...], shelf: Shelf) -> list[tuple[Source, str]]:
    """Sources with their addresses, long titles in full only once."""
    addresses = Addresses(shelf.document)
    return [(source, addresses.of_citation(source.quoted[0])) for source in sources]


def _source(source: Source, day: date, where: str, shelf: Shelf) -> Reference:
    held = _standing(source.quoted[0], day, shelf)
    return Reference(
        label=where,
        href=_citation_href(source.quoted),
        badges=badges(held) if held else (),
        note=validity_note(held) if held else "",
        quotes=tuple(citation.quote for citation in source.quoted),
    )


def _standing(citation: Citation, day: date, shelf: Shelf) -> Standing | None:
    """How the cited part stands on `day`; None where the document has left the library."""
    document, clause = shelf.document(citation.doc_id), shelf.clause(citation.doc_id, citation.path)
    if document is None:
        return None
    title = part_title(clause, lambda path: shelf.clause(citation.doc_id, path)) if clause else None
    return standing(document.metadata, day, title)


def _citation_href(cited: Sequence[Citation]) -> str:
    first = cited[0]
    return clause_href(first.doc_id, first.path, [(each.start, each.end) for each in cited], first.version)


def _full_address(citation: Citation) -> str:
    return address(citation.title, citation.document_number, citation.path)


def _hits(answer: Answer, shelf: Shelf) -> list[Reference]:
    addresses = Addresses(shelf.document)
    return [
        Reference(
            label=addresses.of_clause(hit.clause),
            href=clause_href(
                hit.clause.doc_id, hit.focus.path, [(hit.focus.start, hit.focus.end)], hit.clause.version
            ),
            quotes=(_excerpt(hit.focus.text),),
        )
        for hit in shown_hits(answer)
    ]


def _held(document: Document, day: date) -> Reference:
    held = standing(document.metadata, day)
    number = f"（{document.document_number}）" if document.document_number else ""
    return Reference(
        f"{one_line(document.title)}{number}",
        clause_href(document.doc_id),
        badges=badges(held),
        note=validity_note(held),
    )


def _unnamed_issuers(document: Document) -> list[str]:
    """The issuing authorities that the title does not name, as most titles do."""
    title = fold_tight(document.title)
    return [name for name in document.metadata.issuing_authorities if fold_tight(name) not in title]


def _excerpt(text: str, length: int = MAX_EXCERPT_CHARS) -> str:
    """The beginning of a text on one line; …… says that it goes on."""
    text = one_line(text)
    return text if len(text) <= length else f"{text[:length]}……"
