"""Questions with what their answers must be; those tuned on and those held out counted apart.

`cases/*.tsv`: split, expected status, question, clauses of which one of each group must be
cited, words that quotes must hold (of a refusal: words that must say what is missing), kind.
Floors are what was measured when they were set, less one or two questions; answering what
has no basis counts worst and has its own floor.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.library import Library
from assistant.types import Answer, AnswerStatus
from assistant.verification.verifying import first_stranger
from indexing.folding import fold_tight

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what its answer must be."""

    name: str  # of the file
    split: str
    status: AnswerStatus
    question: str
    clauses: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


def read_cases(name: str) -> list[Case]:
    """Every case of a file, in order."""
    cases = []
    for line in (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            split, status, question, clauses, words = [*line.split("\t"), "", ""][:5]
            groups = tuple(tuple(group.split("|")) for group in clauses.split("&")) if clauses else ()
            wanted = tuple(words.split("&")) if words else ()
            cases.append(Case(name, split, AnswerStatus(status), question, groups, wanted))
    return cases


ALL = [case for name in ("questions", "blind2", "blind3", "blind4") for case in read_cases(name)]


def is_right(case: Case, answer: Answer) -> bool:
    """Status as expected, a clause of each group cited, the words quoted (or the lack told)."""
    citations = [citation for statement in answer.statements for citation in statement.citations]
    named = {f"{fold_tight(c.document_number or '')} {c.path}" for c in citations}
    found = all(any(_stands_in(clause, name) for clause in group for name in named) for group in case.clauses)
    told = [c.quote for c in citations] if case.status is not AnswerStatus.NO_BASIS else answer.missing
    quoted = all(any(fold_tight(word) in fold_tight(text) for text in told) for word in case.words)
    return answer.status is case.status and found and quoted


def _stands_in(clause: str, name: str) -> bool:
    """The clause itself, one inside it, or one that holds it."""
    number, path = clause.split(" ")
    wanted = f"{fold_tight(number)} {path}"
    return name == wanted or name.startswith((f"{wanted}/", f"{wanted}.")) or wanted.startswith(f"{name}/")


@pytest.fixture(scope="module")
def results(ask) -> list[tuple[Case, Answer]]:
    """Every case with its answer."""
    return [(case, ask(case.question)) for case in ALL]


@pytest.mark.parametrize(
    ("name", "split", "status", "floor"),
    [
        ("questions", "tuned", AnswerStatus.ANSWERED, 0.93),
        ("questions", "tuned", AnswerStatus.PARTIAL, 1.0),
        ("questions", "held", AnswerStatus.ANSWERED, 0.9),
        ("questions", "held", AnswerStatus.PARTIAL, 1.0),
        ("blind2", "tuned", AnswerStatus.ANSWERED, 0.94),
        ("blind2", "tuned", AnswerStatus.PARTIAL, 1.0),
        ("blind2", "held", AnswerStatus.ANSWERED, 0.9),
        ("blind2", "held", AnswerStatus.PARTIAL, 0.5),  # of two: 专项债 is taken for other funds
        ("blind3", "tuned", AnswerStatus.ANSWERED, 0.91),
        ("blind4", "tuned", AnswerStatus.ANSWERED, 0.9),
        ("blind4", "held", AnswerStatus.ANSWERED, 0.92),
    ],
)
def test_answerable_questions_are_answered(name, split, status, floor, results):
    """The share answered with the right clause and words does not fall below what was measured."""
    mine = [(c, answer) for c, answer in results if (c.name, c.split, c.status) == (name, split, status)]
    wrong = [case.question for case, answer in mine if not is_right(case, answer)]
    assert 1 - len(wrong) / len(mine) >= floor, wrong


@pytest.mark.parametrize(
    ("name", "split", "most"),
    [
        ("questions", "tuned", 0),
        ("questions", "held", 0),
        ("blind2", "tuned", 0),
        ("blind2", "held", 0),
        # 家庭医生怎么签约: 第十七条 speaks of 家庭医生, not of signing with one. Where the learned model
        # refuses nine in ten of such near questions, everyday wording is answered a fifth more often.
        ("blind3", "tuned", 7),
        # of 59 each, written to come as near as can be: 押金 of what is rented
        ("blind4", "tuned", 10),
        ("blind4", "held", 8),
    ],
)
def test_questions_without_basis_are_refused(name, split, most, results):
    """None is answered, or no more than were when this was set; each says what is missing."""
    mine = [
        (case, answer)
        for case, answer in results
        if (case.name, case.split, case.status) == (name, split, AnswerStatus.NO_BASIS)
    ]
    assert mine
    answered = [case.question for case, answer in mine if answer.statements]
    assert len(answered) <= most, answered
    unsaid = [case.question for case, answer in mine if not answer.statements and not is_right(case, answer)]
    assert unsaid == []


def test_every_quote_is_verbatim_and_every_figure_quoted(results, library: Library):
    """Over all questions: quotes are the documents' own text, statements hold nothing their quotes lack."""
    statements = [statement for _, answer in results for statement in answer.statements]
    assert len(statements) > len(ALL) / 2
    for statement in statements:
        for citation in statement.citations:
            text = library.document(citation.doc_id).text
            assert citation.quote == text[citation.start : citation.end]
            clause = library.clause(citation.doc_id, citation.path)
            assert clause is not None
            assert clause.start <= citation.start < citation.end <= clause.end
        assert first_stranger(statement, library) is None


def test_the_set_is_large_and_balanced():
    """Four hundred questions, three in ten without basis, a fifth or more held out, none twice."""
    splits = Counter(case.split for case in ALL)
    refusals = sum(case.status is AnswerStatus.NO_BASIS for case in ALL)
    assert len(ALL) >= 400
    assert splits["held"] >= len(ALL) / 5
    assert 0.3 <= refusals / len(ALL) <= 0.65
    assert len({case.question for case in ALL}) == len(ALL)
