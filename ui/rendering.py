"""Answers and clauses as escaped Markdown: the last step before the page. Pure functions.

Everything that comes from a document or a question passes `escape`, after which
no character of it can open a tag, a link, an image, a formula or a list. The
structure around it (headings, quotes, bold) is written here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.types import Answer, AnswerStatus, Citation, Statement
from indexing.types import ClauseHit
from ui.addresses import Addresses, DocumentLookup
from ui.text import one_line, visible

STATUS_NAMES = {
    AnswerStatus.ANSWERED: "✔ 有依据",
    AnswerStatus.PARTIAL: "◐ 部分有依据",
    AnswerStatus.NO_BASIS: "✖ 未找到依据",
}
"""What a user reads for each status: told apart by mark and word, colour only helps."""

MISSING = "缺少依据："
NOTICE = "注意："
NEAREST_CAUTION = "以下条款只是内容相近，不构成对问题的回答。"
N_NEAREST = 3
"""How many of them are shown: enough to see what the library does hold."""

# every ASCII sign means something to Markdown or HTML somewhere: "*" and ":" yes; "a", "。" no
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
# what frames a document but rules nothing: "落款", "附件1/标题" yes; "通知", "引言", "结尾段" no
_FORMALITIES = frozenset(
    {"标题", "主送", "附件说明", "落款", "版记", "发文字号", "版头", "署名", "附注", "表头"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """A cited clause under the one number the reader sees, with what is quoted of it, in text order."""

    number: int
    quoted: tuple[Citation, ...]  # at least one


def escape(text: str) -> str:
    """`text` as one line of Markdown that shows exactly these characters and nothing else.

    ASCII signs become numeric references, which neither Markdown nor an
    autolinker reads as syntax.

    >>> escape("<b>[点我](http://x)</b>")
    '&#60;b&#62;&#91;点我&#93;&#40;http&#58;&#47;&#47;x&#41;&#60;&#47;b&#62;'
    """
    return _SIGNS.sub(lambda sign: f"&#{ord(sign.group())};", one_line(text))


def quoted(text: str) -> str:
    """`text` as a Markdown block quote, one quoted line per line; empty lines are left out."""
    lines = [escape(line) for line in visible(text).split("\n")]
    return "\n>\n".join(f"> {line}" for line in lines if line)


def numbered_sources(answer: Answer) -> tuple[Source, ...]:
    """The clauses an answer cites, each once, numbered from 1 in reading order.

    A quote that stands inside another of the same clause is not shown again.
    """
    clauses: dict[tuple[str, int, str], list[Citation]] = {}
    for statement in answer.statements:
        for citation in statement.citations:
            clauses.setdefault(_clause_of(citation), []).append(citation)
    return tuple(Source(number, _outermost(cited)) for number, cited in enumerate(clauses.values(), start=1))


def _clause_of(citation: Citation) -> tuple[str, int, str]:
    return citation.doc_id, citation.version, citation.path


def _outermost(citations: list[Citation]) -> tuple[Citation, ...]:
    kept: list[Citation] = []
    for citation in sorted(citations, key=lambda one: (one.start, -one.end)):
        if not kept or citation.end > kept[-1].end:
            kept.append(citation)
    return tuple(kept)


def marks(statement: Statement, sources: tuple[Source, ...]) -> str:
    """The numbers of a statement's sources, as in "[1][3]"."""
    numbers = {_clause_of(source.quoted[0]): source.number for source in sources}
    cited = dict.fromkeys(numbers[_clause_of(citation)] for citation in statement.citations)
    return "".join(f"[{number}]" for number in cited)


def render_answer(answer: Answer) -> str:
    """Markdown of the status, the statements with their source numbers, and what has no basis."""
    sources = numbered_sources(answer)
    blocks = [f"**{STATUS_NAMES[answer.status]}**"]
    for statement in answer.statements:
        blocks.append(f"{escape(statement.text)} {escape(marks(statement, sources))}")
    blocks += [f"**{MISSING}** {escape(sentence)}" for sentence in answer.missing]
    blocks += [f"**{NOTICE}** {escape(sentence)}" for sentence in answer.notices]
    return "\n\n".join(blocks)


def render_sources(answer: Answer, lookup: DocumentLookup) -> str:
    """Markdown of the numbered clauses, each with its verbatim quotes; "" where there are none."""
    addresses = Addresses(lookup)
    blocks = []
    for source in numbered_sources(answer):
        where = addresses.of_citation(source.quoted[0])
        quotes = "\n\n".join(quoted(citation.quote) for citation in source.quoted)
        blocks.append(f"&#91;{source.number}&#93; {escape(where)}\n\n{quotes}")
    return "\n\n".join(["#### 依据条款", *blocks]) if blocks else ""


def shown_hits(answer: Answer) -> tuple[ClauseHit, ...]:
    """The hits a person is shown, best first: all, or with NO_BASIS the few nearest that rule something."""
    if answer.status is not AnswerStatus.NO_BASIS:
        return answer.hits
    return tuple(hit for hit in answer.hits if not _is_formality(hit))[:N_NEAREST]


def _is_formality(hit: ClauseHit) -> bool:
    return hit.clause.path.rpartition("/")[2] in _FORMALITIES


def render_hits(answer: Answer, lookup: DocumentLookup) -> str:
    """Markdown of the clauses found, best first, in full; "" where nothing was found.

    With NO_BASIS they are called the nearest clauses, which are not an answer.
    """
    hits, addresses = shown_hits(answer), Addresses(lookup)
    caution = [escape(NEAREST_CAUTION)] if answer.status is AnswerStatus.NO_BASIS and hits else []
    found = [f"{escape(addresses.of_clause(hit.clause))}\n\n{quoted(hit.clause.text)}" for hit in hits]
    return "\n\n".join([*caution, *found])


def render_failure(sentence: str) -> str:
    """Markdown of the one sentence a user reads when something went wrong."""
    return f"**{escape(sentence)}**"
