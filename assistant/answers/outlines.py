"""What a section or chapter is made of (杭州有哪些建设任务): the headings right below the one asked for.

The headings are the list; the search would show whichever clause below them says the words again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force
from assistant.types import Citation, Statement
from assistant.writing.citing import cite
from assistant.writing.findings import Finding, verified
from assistant.writing.writer import place_of, readable
from indexing.folding import fold_tight
from indexing.types import Clause, Document
from prompts.library import fill

_LEAST = 2  # headings below that make a list
_NAMED = 0.6  # share of the longer of heading and what is asked that both must have: 配套支持 of 强化配套支持
_SHORTEST = 4  # characters of a heading that can be asked for by itself
_ASKED = re.compile(r"哪|什么|几[项条个方]|列出|列举")
# What asks for a list, or names the document, in a question that names nothing but a heading
_AROUND = re.compile(
    r"国家(?:层面)?|(?:试点建设|实施|建设)?(?:方案|文件|通知|办法)(?:里面?|中)?|列[出举]一?下?|部分|包括|包含|主要|分别|具体|一共|总共"
    r"|方面|内容|措施|什么|哪些|[请章讲提出写了分有是都里中的哪些几项条个点这?？,，。、]"
)


def from_outlines(question: Question, scopes: Sequence[Scope], desk: Desk) -> Finding | None:
    """The headings below the one a question asks the parts of, place by place.

    None where it names clauses, asks for more than a heading, or a place has none such with others below.
    """
    asked = _bare(question.body)
    if question.references or not _ASKED.search(question.body) or len(asked) < _SHORTEST:
        return None
    told: list[Statement] = []
    for scope in scopes:
        expired = {document.doc_id for document in out_of_force(scope, desk)}
        held = [one for one in documents_in(scope, desk) if one.doc_id not in expired]
        its = [one for document in held for one in _outlines(asked, document, desk.library)]
        if not its:
            return None
        told += its
    return verified(told, desk)


def _outlines(asked: str, document: Document, library: Library) -> Iterator[Statement]:
    """One statement for each heading of a document that is the one asked for and has headings below."""
    clauses = library.clauses(document.doc_id)
    for clause in clauses:
        if not (clause.heading and _is_named(asked, _bare(fold_tight(clause.heading)))):
            continue
        below = [one for one in clauses if one.parent == clause.path and one.part == clause.part]
        headed = [one for one in below if _cited(document, one) is not None]
        own = _cited(document, clause)
        if own is None or len(headed) < max(_LEAST, len(below) - 1):
            continue
        cited = [one for each in headed if (one := _cited(document, each)) is not None]
        members = "；".join(readable(one.quote) for one in cited)
        text = fill("outline", place=place_of(document), heading=readable(own.quote), members=members)
        yield Statement(text, (own, *cited))


def _cited(document: Document, clause: Clause) -> Citation | None:
    """A clause's heading, quoted; None where it has none that stands in its text as printed."""
    at = clause.text.find(clause.heading) if clause.heading else -1
    if clause.heading is None or at < 0:
        return None
    return cite(document, clause, clause.start + at, clause.start + at + len(clause.heading))


def _is_named(asked: str, heading: str) -> bool:
    shorter, longer = sorted((asked, heading), key=len)
    return shorter in longer and len(shorter) >= max(_SHORTEST, _NAMED * len(longer))


def _bare(folded: str) -> str:
    return _AROUND.sub("", folded)
