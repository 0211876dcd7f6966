"""What the terminal shows without `--json`: answers, hits, documents, clauses, file reports.

Text of documents and questions is printed as plain text, never as markup, and
without control characters (`rendering.visible`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from assistant.types import Answer, AnswerStatus
from ui.rendering import (
    NEAREST_CAUTION,
    STATUS_NAMES,
    DocumentLookup,
    address,
    numbered_citations,
    one_line,
    shown_hits,
    visible,
)

if TYPE_CHECKING:
    from indexing.types import Clause, ClauseHit, Document

_STATUS_STYLES = {
    AnswerStatus.ANSWERED: "bold green",
    AnswerStatus.PARTIAL: "bold yellow",
    AnswerStatus.NO_BASIS: "bold red",
}


def terminal(*, stderr: bool = False) -> Console:
    """A console that prints text as it is: no markup, no emoji codes, no guessing of highlights.

    Lines are left to the terminal to wrap: rich breaks Chinese text at its few spaces,
    and a line broken by us could be neither searched nor copied whole.
    """
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=True)


def print_answer(console: Console, answer: Answer, lookup: DocumentLookup) -> None:
    """Status, statements with citation numbers, what is missing, then each quoted clause."""
    console.print(Text(STATUS_NAMES[answer.status], style=_STATUS_STYLES[answer.status]))
    numbers = numbered_citations(answer)
    for statement in answer.statements:
        marks = "".join(f"[{numbers[citation]}]" for citation in statement.citations)
        console.print(Text(f"\n{visible(statement.text)} {marks}"))
    for sentence in answer.missing:
        console.print(Text(f"\n缺少依据：{one_line(sentence)}"))
    for citation, number in numbers.items():
        where = address(citation.title, citation.document_number, citation.path)
        console.print(Text(f"\n[{number}] {where}", style="bold"))
        _indented(console, citation.quote)
    if answer.status is AnswerStatus.NO_BASIS and answer.hits:
        console.print(Text(f"\n{NEAREST_CAUTION}", style="dim"))
        print_hits(console, shown_hits(answer), lookup)


def print_hits(console: Console, hits: Sequence[ClauseHit], lookup: DocumentLookup) -> None:
    """Each hit with its rank, its address and the narrower place that matched."""
    if not hits:
        console.print(Text("没有找到相关条款，请换一种说法，或去掉筛选条件后重试。"))
    for rank, hit in enumerate(hits, start=1):
        document = lookup(hit.clause.doc_id)
        title = document.title if document else hit.clause.doc_id
        where = address(title, document.document_number if document else None, hit.clause.path)
        console.print(Text.assemble((f"\n{rank}. {where}", "bold"), (f"  {hit.score:.3f}", "dim")))
        _indented(console, hit.focus.text)


def print_documents(console: Console, documents: Iterable[tuple[Document, int]]) -> None:
    """Each document with its number, place, dates and number of clauses."""
    empty = True
    for document, n_clauses in documents:
        empty = False
        console.print(Text(f"\n{one_line(document.title)}", style="bold"))
        console.print(Text(f"  {_facts(document, n_clauses)}"))
    if empty:
        console.print(Text("资料库里还没有文件，请运行 cewen add 文件路径 添加。"))


def _facts(document: Document, n_clauses: int) -> str:
    from indexing.jurisdictions import name_of

    said = document.metadata
    effective = f"{said.effective_from}{'（推定）' if said.effective_from_inferred else ''}"
    facts = [
        f"标识 {document.doc_id}（第{document.version}版）",
        f"发文机关 {'、'.join(said.issuing_authorities)}" if said.issuing_authorities else None,
        f"地区 {name_of(said.jurisdiction)}" if said.jurisdiction else None,
        f"成文 {said.issued_on}" if said.issued_on else None,
        f"施行 {effective}" if said.effective_from else None,
        f"失效 {said.expires_on}" if said.expires_on else None,
        f"{n_clauses} 个条款",
    ]
    return one_line("；".join(fact for fact in facts if fact))


def print_clauses(console: Console, clauses: Iterable[Clause]) -> None:
    """Each clause with its path and heading; the text of those that may be cited on their own."""
    doc_id = None
    for clause in clauses:
        if clause.doc_id != doc_id:
            doc_id = clause.doc_id
            console.print(Text(f"\n{one_line(doc_id)}", style="bold"))
        heading = f"  {one_line(clause.heading)}" if clause.heading else ""
        console.print(Text.assemble((one_line(clause.path), "cyan"), heading))
        if clause.is_unit:
            _indented(console, clause.text)


def _indented(console: Console, text: str) -> None:
    for line in visible(text).replace("\t", "  ").split("\n"):
        console.print(Text(f"    {line}"))
