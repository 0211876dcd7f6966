"""Answers about a document itself: 施行日期, 有效期, 文号, 发文机关, 成文日期, 印发日期, 主送, 抄送.

Each is read from the clause that says it; a date that had to be worked out says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.library import Library, sentences, title_core
from assistant.questions.question import Question
from assistant.types import Citation, Statement
from assistant.verification.verifying import printed_date
from assistant.writing.citing import cite
from assistant.writing.writer import readable
from indexing import segmentation
from indexing.aspects import Aspect
from indexing.folding import fold_tight
from indexing.titles import titled
from indexing.types import Clause, Document, Span
from prompts.library import fill

_DAY = r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_PATTERNS = {
    # "本办法自印发之日起施行，有效期三年" yes; "考核评估后实施" no
    Aspect.EFFECTIVE: re.compile(r"自[^。；，]{0,24}起(?:施行|实施|执行|生效)"),
    Aspect.EXPIRY: re.compile(r"有效期|失效|(?:施行|执行|实施)至"),
    Aspect.PRINTED: re.compile(rf"{_DAY}\s*印发"),
    Aspect.ISSUED: re.compile(_DAY),
    Aspect.ADDRESSED: re.compile(r"\S(?:.*[^：:\s])?", re.DOTALL),
    # "抄送：市委各部门，市纪委。\n市各民主党派。", not the line below: "…办公厅 2024年3月8日印发"
    Aspect.COPIED: re.compile(r"抄送[:：]?\s*(?:[^。]*。)*[^。\n]*"),
    # "按照《…》等文件精神,结合本市实际,制定本办法"
    Aspect.BASIS: re.compile(r"(?:按照|根据|依据|依照|为?贯彻落实)[^。]{4,}?制[定订](?:本|如下)"),
    Aspect.PUBLIC: re.compile(r"(?:[此本]件)?(?:主动公开|依申请公开|不予公开|公开发布|公开)"),
}
_SIGNED = ("落款", "正文/落款")
_FRAME = {
    Aspect.ISSUED: "issued_on",
    Aspect.PRINTED: "printed_on",
    Aspect.EFFECTIVE: "effective_stated",
    Aspect.ADDRESSED: "addressed",
    Aspect.COPIED: "copied",
    Aspect.PUBLIC: "public",
    Aspect.BASIS: "basis",
}
_PATHS = {
    Aspect.ISSUED: _SIGNED,
    Aspect.PRINTED: ("版记", "正文/版记"),
    Aspect.ADDRESSED: ("主送",),
    Aspect.COPIED: ("版记", "正文/版记"),
    Aspect.PUBLIC: ("附注", "正文/附注", "版记", "正文/版记"),
}
"""The frame text each stands in (GB/T 9704—2012 §7)."""


def particulars(
    aspects: Sequence[Aspect], document: Document, library: Library, as_of: date
) -> tuple[list[Statement], list[str]]:
    """Statements on what was asked of a document on a day, and sentences on what it does not say."""
    statements, missing = [], []
    for aspect in aspects:
        statement = _one(aspect, document, library, as_of)
        if statement is None:
            missing.append(fill("field_silent", title=name(document), field=aspect.value))
        else:
            statements.append(statement)
    return statements, missing


def name(document: Document, title: str | None = None) -> str:
    """《title》 on one line: the document's, or the part's title given."""
    return titled(re.sub(r"\s+", "", title or document.title))


def _one(aspect: Aspect, document: Document, library: Library, as_of: date) -> Statement | None:
    if aspect is Aspect.NUMBER:
        return _quoted(document.document_number, "document_number", document, library)
    if aspect is Aspect.AUTHORITY:
        return _bodies(document.metadata.issuing_authorities, "authorities", document, library)
    if aspect is Aspect.DRAFTED:
        return _bodies(document.metadata.drafted_by, "drafted_by", document, library)
    if aspect in (Aspect.EFFECTIVE, Aspect.EXPIRY):
        return _in_force(aspect, document, library, as_of)
    if aspect is Aspect.BASIS:
        return _basis(document, library)
    found, frame = _first(document, library, _PATTERNS[aspect], _PATHS[aspect]), _FRAME[aspect]
    if found is None and aspect is Aspect.PRINTED:  # "什么时候印发": the day signed is the nearest thing said
        found, frame = _first(document, library, _PATTERNS[Aspect.ISSUED], _SIGNED), "printed_as_issued"
    if found is None:
        return None
    citation = _cite(document, library, *found)
    return Statement(fill(frame, title=name(document), quote=readable(citation.quote)), (citation,))


def _basis(document: Document, library: Library) -> Statement | None:
    """The sentences in which the parts of a document say what they were made by."""
    found: dict[str, Citation] = {}
    for clause in library.clauses(document.doc_id):
        match = _PATTERNS[Aspect.BASIS].search(clause.text) if clause.is_unit else None
        if match is not None and clause.part not in found:
            narrow = library.narrowest(clause, (clause.start + match.start(), clause.start + match.end()))
            span = _sentence(narrow, clause.start + match.start())
            found[clause.part] = _cite(document, library, narrow, span)
    if not found:
        return None
    quote = "".join(readable(one.quote) for one in found.values())
    return Statement(fill("basis", title=name(document), quote=quote), tuple(found.values()))


def numbers_as_cited(question: Question, library: Library) -> list[Statement]:
    """The 文号 of documents that the library cites and lacks, where only that is asked; empty for none.

    A citing clause says it; what the document itself lays down stays unanswered.
    """
    if question.aspects != (Aspect.NUMBER,):
        return []
    asked = {
        title_core(reference.document)
        for reference in question.references
        if reference.is_cited and reference.document is not None
    }
    return [
        statement
        for document in library.documents
        for cited in document.metadata.cited_documents
        if cited.title and cited.document_number and title_core(cited.title) in asked
        if (statement := _cited_number(cited.title, cited.document_number, document, library)) is not None
    ][:1]


def _cited_number(title: str, number: str, document: Document, library: Library) -> Statement | None:
    """A statement on a number from the first clause of a document that has it."""
    pattern = re.compile(r"\s*".join(map(re.escape, number.replace(" ", ""))))
    found = _first(document, library, pattern, None)
    if found is None:
        return None
    clause, span = found
    citation = _cite(document, library, clause, _sentence(library.narrowest(clause, span), span[0]))
    quoted = document.text[span[0] : span[1]]
    return Statement(fill("cited_number", title=f"《{title}》", quote=readable(quoted)), (citation,))


def _in_force(aspect: Aspect, document: Document, library: Library, as_of: date) -> Statement | None:
    found = _first(document, library, _PATTERNS[aspect], None)
    if found is None:
        return None
    clause, (start, end) = found
    clause = library.narrowest(clause, (start, end))
    citation = _cite(document, library, clause, _sentence(clause, start))
    known, quote = document.metadata, readable(citation.quote)
    title = name(document, library.part_title(clause))
    ends = known.expires_on
    if aspect is Aspect.EXPIRY and ends and (known.expires_on_inferred or ends < as_of):
        frame = "expired" if ends < as_of else "expiry"
        how = "inferred" if known.expires_on_inferred else "stated"
        text = fill(f"{frame}_{how}", title=title, quote=quote, date=printed_date(ends))
        return Statement(text, (citation,))
    if aspect is Aspect.EFFECTIVE and known.effective_from and known.effective_from_inferred:
        day = printed_date(known.effective_from)
        signed = _first(document, library, re.compile(_loose(day)), (*_SIGNED, "版记"))
        basis = "落款日期" if signed and "落款" in signed[0].path else "印发日期"
        citations = (citation, _cite(document, library, *signed)) if signed else (citation,)
        text = fill("effective_inferred", title=title, quote=quote, basis=basis, date=day)
        return Statement(text, citations)
    return Statement(fill("effective_stated", title=title, quote=quote), (citation,))


def _loose(day: str) -> str:
    return r"\s*".join(re.escape(piece) for piece in re.findall(r"\d+|\D", day))


def _bodies(names: Sequence[str], frame: str, document: Document, library: Library) -> Statement | None:
    citations: list[Citation] = []
    for body in names:
        pattern = re.compile(r"\s*".join(map(re.escape, body)))
        found = _first(document, library, pattern, _SIGNED) or _first(document, library, pattern, None)
        if found is not None:
            citations.append(_cite(document, library, *found))
    if not citations or len(citations) < len(names):
        return None
    quote = "、".join(readable(citation.quote) for citation in citations)
    return Statement(fill(frame, title=name(document), quote=quote), tuple(citations))


def _quoted(value: str | None, frame: str, document: Document, library: Library) -> Statement | None:
    if value is None:
        return None
    pattern = re.compile(r"\s*".join(re.escape(character) for character in value if not character.isspace()))
    found = _first(document, library, pattern, ("发文字号",)) or _first(document, library, pattern, None)
    if found is None:
        return None
    citation = _cite(document, library, *found)
    return Statement(fill(frame, title=name(document), quote=readable(citation.quote)), (citation,))


def _first(
    document: Document, library: Library, pattern: re.Pattern[str], paths: tuple[str, ...] | None
) -> tuple[Clause, Span] | None:
    """The first clause (of these paths, or of all but citing ones) whose text has the pattern."""
    for clause in library.clauses(document.doc_id):
        if paths is not None and clause.path not in paths:
            continue
        match = pattern.search(clause.text)
        if match:
            return clause, (clause.start + match.start(), clause.start + match.end())
    return None


def _cite(document: Document, library: Library, clause: Clause, span: Span) -> Citation:
    return cite(document, library.narrowest(clause, span), *span)


def _sentence(clause: Clause, position: int) -> Span:
    """The sentence of the clause that holds a position."""
    for start, end in sentences(clause):
        if clause.start + start <= position < clause.start + end:
            return clause.start + start, clause.start + end
    return clause.start, clause.end


def is_about_document(rest: Sequence[str], document: Document, library: Library) -> bool:
    """Whether what is left of a question, its aspect taken away, only names the document."""
    titles = fold_tight(
        document.title + "".join(c.text for c in library.clauses(document.doc_id) if c.path.endswith("标题"))
    )
    return all(word in titles or _is_in_pieces(word, titles) for word in rest)


def _is_in_pieces(word: str, titles: str) -> bool:
    """Whether titles say each word of a phrase: 办公厅转发 of 国务院办公厅关于转发…."""
    pieces = segmentation.cut(word)
    return len(pieces) > 1 and all(len(piece) > 1 and piece in titles for piece in pieces)
