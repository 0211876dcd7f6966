"""What is claimed, and neither confirmed nor denied by what answers: sought elsewhere, then said unsaid.

Another sentence of the scope may make the claim itself; else the answer opens with the word of the claim
that the clauses cited do not have, so that nobody is left to guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.library import Library
from assistant.premises.checking import DOUBTS, corrected, premise_of
from assistant.premises.restating import of_restated
from assistant.premises.unsaid import strange_word
from assistant.questions.question import Question
from assistant.questions.scopes import Desk
from assistant.questions.weighing import Term
from assistant.types import Statement
from assistant.writing.findings import Finding, verified
from assistant.writing.writer import place_of, quoted_statement
from indexing.types import Clause, ClauseHit, Span
from prompts.library import fill


def confirmed_in(
    question: Question, terms: Sequence[Term], hits: Sequence[ClauseHit], desk: Desk
) -> Finding | None:
    """The claim of a question confirmed by a sentence of the clauses found that makes it; None for none."""
    if not DOUBTS.search(question.body):
        return None
    for hit in hits:
        for span in _making(question, terms, hit.clause, desk.library):
            document = desk.library.document(hit.clause.doc_id)
            statement = quoted_statement(
                document, hit.clause, [span], desk.library, "statement", place=place_of(document)
            )
            finding = premise_of(question, statement, terms, desk.library)
            if finding is not None and finding.denied is None:
                return verified([corrected(statement, finding)], desk) + Finding(hits=tuple(hits))
    return None


def _making(question: Question, terms: Sequence[Term], clause: Clause, library: Library) -> list[Span]:
    """The sentences of a clause that make the claim of a question, one alone or with the one before."""
    around = f"{library.context(clause)}|{library.titles(clause)}"
    out, before = list[Span](), (0, 0, "")
    for one in library.sentences(clause):
        start, end, folded = one
        if of_restated(question.body, folded, around, terms):
            out.append((clause.start + start, clause.start + end))
        elif before[2] and of_restated(question.body, f"{before[2]}。{folded}", around, terms):
            out.append((clause.start + before[0], clause.start + end))
        before = one
    return out


def with_unsaid(question: Question, finding: Finding, terms: Sequence[Term], desk: Desk) -> Finding:
    """A finding whose first statement opens with the word claimed that its clauses do not have.

    As it was where they say, or may say, every word.
    """
    if not finding.statements or not DOUBTS.search(question.body):
        return finding
    first, *rest = finding.statements
    strange = strange_word(question, first, terms, desk.library)
    if strange is None:
        return finding
    told = verified([corrected(first, strange)], desk)
    return replace(finding, statements=(*told.statements, *rest)) if told.statements else finding


def as_national(finding: Finding, place: str) -> Finding:
    """What the nation says where a place's own claim is asked of and it is silent: said first, no 是的."""
    return replace(finding, statements=tuple(_of_nation(one, place) for one in finding.statements))


def _of_nation(statement: Statement, place: str) -> Statement:
    head, mark, body = statement.text.partition("：")
    text = fill("place_silent", head=f"{head}{mark}", place=place, text=body)
    return replace(statement, text=text) if body else statement
