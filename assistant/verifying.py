"""Checks a statement against what it quotes, deterministically, before anyone reads it.

Every number, percentage, date, 文号, 《title》 and quoted string of the text must occur in its
quotes, in the heads of the table columns they stand in, or in what the document says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.citing import display_path
from assistant.library import Library
from assistant.types import Rejected, Statement
from indexing.folding import fold_tight
from indexing.types import Document
from prompts.library import fill

_HAN = "零〇一二两三四五六七八九十百千万亿"
# On the folded text. "30%", "5000万元", "2025年1月13日", "0.5" · "三年", "百分之三十", "第二十三条"
_TOKENS = re.compile(
    rf"\d+(?:\.\d+)*(?:%|万|亿)?|百分之[{_HAN}]+|第[{_HAN}]+[条章款项]|[{_HAN}]+(?:分之[{_HAN}]+)?"
    rf"(?=年|个|月|日|天|项|倍|级|类|种|万|元|平方|名|家|处|%)|《[^》]+》|“[^”]+”|\"[^\"]+\""
)


def verify(
    statements: Iterable[Statement], library: Library
) -> tuple[tuple[Statement, ...], tuple[Rejected, ...]]:
    """Statements that hold, in order, and those that do not, each with the first thing not found."""
    kept, rejected = [], []
    for statement in statements:
        stranger = first_stranger(statement, library)
        if stranger is None:
            kept.append(statement)
        else:
            rejected.append(Rejected(statement.text, fill("rejected_token", token=stranger)))
    return tuple(kept), tuple(rejected)


def first_stranger(statement: Statement, library: Library) -> str | None:
    """The first figure, date, number, title or quoted string that nothing cited says; None if all are."""
    quotes = fold_tight("|".join(citation.quote for citation in statement.citations))
    documents = {citation.doc_id: library.document(citation.doc_id) for citation in statement.citations}
    addresses = "|".join(display_path(citation.path) for citation in statement.citations)
    heads = "|".join(
        column
        for citation in statement.citations
        if (clause := library.clause(citation.doc_id, citation.path)) is not None
        for column, _ in clause.cells
    )
    told = fold_tight("|".join((addresses, heads, *map(_particulars, documents.values()))))
    for match in _TOKENS.finditer(_claimed(statement, quotes)):
        token = match.group()
        if not (_occurs(token, quotes) or _occurs(token, told)):
            return token
    return None


def _claimed(statement: Statement, quotes: str) -> str:
    """The statement's text, folded, without the words of the question it denies (不是1亿元).

    What its quotes say is denied by nobody and stays in.
    """
    text, denied = fold_tight(statement.text), fold_tight(statement.denied or "")
    return text if not denied or denied in quotes else text.replace(f"不是{denied}", "", 1)


def _occurs(token: str, text: str) -> bool:
    """Whether a token stands in the text; a number must not be part of a longer one."""
    if not token[0].isdigit():
        return token.strip('《》“”"') in text
    return re.search(rf"(?<![\d.]){re.escape(token)}(?![\d%]|\.\d)", text) is not None


def _particulars(document: Document) -> str:
    """What a document says of itself, and dates resolved from it, as a reader would write them."""
    known = document.metadata
    days = (known.issued_on, known.printed_on, known.effective_from, known.expires_on, known.drafted_on)
    parts = (
        document.title,
        document.document_number or "",
        *known.issuing_authorities,
        *known.drafted_by,
        *(printed_date(day) for day in days if day),
    )
    return "|".join(parts)


def printed_date(day: date) -> str:
    """2025年1月13日."""
    return f"{day.year}年{day.month}月{day.day}日"
