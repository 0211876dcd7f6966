"""Answers to questions that name a clause: 京发改规〔2025〕1号第七条, 附件1-1第21项."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answers.particulars import name
from assistant.judging.judge import judge
from assistant.library import Library, opening_length, sentences
from assistant.questions.question import Question
from assistant.questions.references import Reference
from assistant.questions.steps import find_clauses
from assistant.questions.terms import topic_of
from assistant.questions.weighing import Term
from assistant.types import Statement
from assistant.verification.verifying import printed_date
from assistant.writing.citing import display_path
from assistant.writing.writer import cell_spans, quoted_statement
from indexing.asking import Kind
from indexing.types import Clause, ClauseHit, Document, Focus, Level, Span
from prompts.library import fill

WHOLE_CHARS = 600
"""A clause no longer than this is quoted whole when nothing narrower is asked."""

_MOST = 4  # clauses of one reference: 第七条 without a document may be in several
_ENOUGH = 0.35  # share of what else is asked that a sentence must say to be picked alone


def from_clauses(
    references: Sequence[Reference],
    question: Question,
    terms: tuple[Term, ...],
    library: Library,
    as_of: date,
) -> tuple[list[Statement], list[str]]:
    """Statements from the clauses named, and sentences on clauses that are not there.

    A clause of a document that is over on the day is quoted and marked as such.
    """
    statements: list[Statement] = []
    missing: list[str] = []
    for reference in references:
        if not reference.clauses:
            missing.append(_no_clause(reference, library))
        for doc_id, path in reference.clauses[:_MOST]:
            clause = library.clause(doc_id, path)
            for each in _rows_of(clause, library) if clause else ():
                statement, lacks = _from_clause(each, question, terms, library, as_of)
                statements.append(statement)
                missing += lacks
    return statements, missing


def named_hits(references: Sequence[Reference], library: Library) -> tuple[ClauseHit, ...]:
    """The clauses named as hits of score 1, in order of naming; the unit with the clause as focus."""
    named = [library.clause(doc_id, path) for reference in references for doc_id, path in reference.clauses]
    return tuple(
        ClauseHit(library.unit(clause), Focus(clause.path, clause.start, clause.end, clause.text), 1.0)
        for clause in named
        if clause is not None
    )


def _rows_of(clause: Clause, library: Library) -> tuple[Clause, ...]:
    """The sub-rows of a row that has some, each with bodies of its own; else the clause itself."""
    below = tuple(child for child in library.children(clause) if child.level is Level.SUBROW)
    return below or (clause,)


def _from_clause(
    clause: Clause, question: Question, terms: tuple[Term, ...], library: Library, as_of: date
) -> tuple[Statement, list[str]]:
    document = library.document(clause.doc_id)
    hit = ClauseHit(clause, Focus(clause.path, clause.start, clause.end, clause.text), 1.0)
    evidence = judge(hit, 0, question, terms, library, None)
    wants_figure = bool({Kind.FIGURE, Kind.DATE} & question.kinds)
    picked = [(p.start, p.end) for p in evidence.passages if p.share >= _ENOUGH]
    spans = picked if terms and picked and Kind.LIST not in question.kinds else _whole(clause)
    statement = quoted_statement(
        document,
        clause,
        spans,
        library,
        "statement_clause",
        place=_marked_label(document, as_of),
        where=display_path(clause.path),
    )
    lacks = (
        [fill("figure_nothing", topic=topic_of(question))] if wants_figure and evidence.lacks_figure else []
    )
    return statement, lacks


def _document_label(document: Document) -> str:
    return document.document_number or name(document)


def _marked_label(document: Document, as_of: date) -> str:
    ends = document.metadata.expires_on
    label = _document_label(document)
    if ends is None or ends >= as_of:
        return label
    return fill("label_expired", document=label, date=printed_date(ends))


def _whole(clause: Clause) -> list[Span]:
    """All of a short clause; the first sentences of a long one, never less than one."""
    if clause.level in (Level.ROW, Level.SUBROW):
        return cell_spans(clause)
    if clause.end - clause.start <= WHOLE_CHARS:
        return [(clause.start + opening_length(clause), clause.end)]
    out: list[Span] = []
    for start, end in sentences(clause):
        if out and end > WHOLE_CHARS:
            break
        out.append((clause.start + start, clause.start + end))
    return out


def _no_clause(reference: Reference, library: Library) -> str:
    """Says that the clause is not there; of a 款, how many its article has."""
    label = reference.document or "库内文件"
    held = [library.document(doc_id) for doc_id in reference.doc_ids]
    if held:
        label = re.sub(r"\s+", "", _document_label(held[0]))
    if len(reference.steps) > 1 and reference.steps[-1][0].endswith("款"):
        for document in held or library.documents:
            for article in find_clauses(library.clauses(document.doc_id), reference.steps[:-1]):
                count = sum(child.level is Level.PARAGRAPH for child in library.children(article)) or 1
                return fill(
                    "no_paragraph",
                    document=label,
                    article=display_path(article.path),
                    count=str(count),
                    clause=reference.display,
                )
    return fill("no_clause", document=label, clause=reference.display)
