"""Where a rule is claimed to stand: 第十五条规定了供地方式吧, where another clause of the document does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.scope_answers import from_scope
from assistant.premises.checking import DOUBTS, corrected
from assistant.premises.types import Premise
from assistant.questions.question import Question, understand
from assistant.questions.references import Reference
from assistant.questions.scopes import Desk, document_scope
from assistant.questions.steps import read_steps
from assistant.questions.terms import content_terms
from assistant.questions.weighing import Term
from assistant.types import Statement
from assistant.writing.citing import display_path
from assistant.writing.findings import Clock
from indexing.folding import fold_aligned, fold_tight
from indexing.types import Clause

_HARDLY, _LARGELY = 0.4, 0.6  # share of what is asked that the clause named, and the one meant, say


def stands_elsewhere(
    question: Question, references: Sequence[Reference], terms: Sequence[Term], desk: Desk, clock: Clock
) -> Statement | None:
    """The clause that rules what one clause is claimed to, named instead of it; None where none is.

    Only where the clause named hardly speaks of it, and the other one does.
    """
    if DOUBTS.search(question.body) is None or len(references) != 1 or not terms:
        return None
    named = [desk.library.clause(*address) for address in references[0].clauses]
    if len(named) != 1 or named[0] is None or _share(named[0], terms) >= _HARDLY:
        return None
    clause = named[0]
    rest = understand(_without_steps(question.text), desk.library)
    scope = document_scope(desk.library.document(clause.doc_id), desk, 1)
    found = from_scope(rest, content_terms(rest, desk.library), scope, desk, clock).statements
    for statement in found:
        first = statement.citations[0]
        told = desk.library.clause(first.doc_id, first.path)
        if first.doc_id != clause.doc_id or told is None or f"{first.path}/".startswith(f"{clause.path}/"):
            continue
        unit = desk.library.unit(told)
        if unit.path != clause.path and _share(unit, terms) >= _LARGELY:
            meant = Premise(_named(question.text), display_path(unit.path))
            return corrected(statement, meant)
    return None


def _named(text: str) -> str:
    """The clause as the question names it."""
    steps = read_steps(fold_aligned(text))
    return text[steps[0].start : steps[-1].end]


def _share(clause: Clause, terms: Sequence[Term]) -> float:
    """Weight of the terms that a clause says, of all of them; 0–1."""
    said = fold_tight(clause.text)
    total = sum(term.weight for term in terms)
    return sum(t.weight for t in terms if any(form in said for form in t.forms)) / total if total else 0.0


def _without_steps(text: str) -> str:
    """A question without the clause it names: 重庆办法规定了供地方式吧."""
    steps = read_steps(fold_aligned(text))
    bare = text[: steps[0].start] + text[steps[-1].end :] if steps else text
    return re.sub(r"(?:里|中)?(?:明确|规定)了?", "", bare, count=1)
