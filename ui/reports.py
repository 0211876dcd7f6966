"""What the terminal shows without `--json`: answers, hits, documents, clauses, file reports.

Text of documents and questions is printed as plain text, never as markup, and
without control characters (`ui.text.visible`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from assistant.types import Answer, AnswerStatus
from ui.addresses import Addresses, DocumentLookup
from ui.sources import (
    NEAREST_CAUTION,
    SIGNAL_NAMES,
    STATUS_NAMES,
    marks,
    missing_label,
    numbered_sources,
    shown_hits,
)
from ui.text import one_line, visible

if TYPE_CHECKING:
    from indexing.types import Clause, ClauseHit, Document, Signal

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
    return _Terminal(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=True)


_ROUNDING = 0.0005  # as far as three digits show


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        """Hand on that nobody reads any more: rich would end the program with an exit code of its own."""
        raise BrokenPipeError


def print_answer(console: Console, answer: Answer, lookup: DocumentLookup) -> None:
    """Status, statements with source numbers, what is missing, then each cited clause with its quotes."""
    if answer.resolved is not None:
        console.print(Text(f"按上文理解为：{one_line(answer.resolved)}", style="dim"))
    console.print(Text(STATUS_NAMES[answer.status], style=_STATUS_STYLES[answer.status]))
    sources, addresses = numbered_sources(answer), Addresses(lookup)
    for statement in answer.statements:
        console.print(Text(f"\n{visible(statement.text)} {marks(statement, sources)}"))
    for sentence in answer.missing:
        console.print(Text.assemble("\n", (missing_label(answer), "bold"), one_line(sentence)))
    for source in sources:
        console.print(Text(f"\n[{source.number}] {addresses.of_citation(source.quoted[0])}", style="bold"))
        for citation in source.quoted:
            _indented(console, citation.quote)
    nearest = shown_hits(answer) if answer.status is AnswerStatus.NO_BASIS else ()
    if nearest:
        console.print(Text(f"\n{NEAREST_CAUTION}", style="dim"))
        print_hits(console, nearest, lookup)


def print_explanation(console: Console, answer: Answer, lookup: DocumentLookup) -> None:
    """How an answer came about: hits with their signals, what was not shown, times, versions."""
    console.print(Text("\n检索过程", style="bold"))
    print_hits(console, answer.hits, lookup, explain=True)
    for one in answer.rejected:
        console.print(Text(f"\n未显示：{one_line(one.text)}（{one_line(one.reason)}）"))
    spent = "，".join(f"{stage} {milliseconds:.1f} 毫秒" for stage, milliseconds in answer.timings_ms)
    console.print(Text(f"\n用时：{spent}", style="dim"))
    if answer.provenance is not None:
        made = answer.provenance
        console.print(
            Text(f"索引 {made.index}，语句由 {made.writer} 组织，提示词 {made.prompts}", style="dim")
        )


def print_hits(
    console: Console, hits: Sequence[ClauseHit], lookup: DocumentLookup, *, explain: bool = False
) -> None:
    """Each hit with its rank, its address, the narrower place that matched and, if asked, its signals."""
    if not hits:
        console.print(Text("没有找到相关条款，请换一种说法，或去掉筛选条件后重试。"))
    addresses = Addresses(lookup)
    for rank, hit in enumerate(hits, start=1):
        where = addresses.of_clause(hit.clause)
        console.print(Text.assemble((f"\n{rank}. {where}", "bold"), (f"  {hit.score:.3f}", "dim")))
        _indented(console, hit.focus.text)
        if explain:
            for signal in hit.signals:
                console.print(Text(f"    {_signal(signal)}", style="dim"))
            console.print(Text(f"    {_total(hit)}", style="dim"))


def _total(hit: ClauseHit) -> str:
    """What the signals come to, and why the score may be another."""
    total = sum(signal.added for signal in hit.signals)
    if abs(total - hit.score) < _ROUNDING:
        return f"合计 {total:.3f}"
    if hit.score > total:
        why = "问题点名了这一条款或地区、同一文件多处相关、某一信号很靠前而提前，或经重排"
    else:
        why = "通知、落款等套语打折，或让位于点名的条款、地区或更相关的文件，或经重排"
    return f"合计 {total:.3f}，得分 {hit.score:.3f}：{why}"


def _signal(signal: Signal) -> str:
    name = SIGNAL_NAMES.get(signal.name, signal.name)
    value = f"取值 {signal.value:.3f}"
    if signal.floor:
        value = f"（{value} − 底线 {signal.floor:.3f}）"
    return f"{name}：第{signal.rank}名，{value} × 权重 {signal.weight:.3f} = {signal.added:.3f}"


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
