"""The questions the thresholds were tuned on, and those held out, counted apart.

`cases/questions.tsv`: split, expected status, question, clauses of which one of each group
must be cited, words a quote must hold. Floors are what was measured when the thresholds
were set; answering what has no basis counts worst and has its own floor of none.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.types import Answer, AnswerStatus
from indexing.folding import fold_tight

CASES = Path(__file__).parent / "cases" / "questions.tsv"


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what its answer must be."""

    split: str
    status: AnswerStatus
    question: str
    clauses: tuple[tuple[str, ...], ...]
    words: str


def read_cases() -> list[Case]:
    """Every case, in file order."""
    cases = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            split, status, question, clauses, words = [*line.split("\t"), "", ""][:5]
            groups = tuple(tuple(group.split("|")) for group in clauses.split("&")) if clauses else ()
            cases.append(Case(split, AnswerStatus(status), question, groups, words))
    return cases


def is_right(case: Case, answer: Answer) -> bool:
    """Status as expected, a clause of each group cited, the words quoted."""
    citations = [citation for statement in answer.statements for citation in statement.citations]
    named = {f"{fold_tight(c.document_number or '')} {c.path}" for c in citations}
    found = all(any(_stands_in(clause, name) for clause in group for name in named) for group in case.clauses)
    quoted = not case.words or any(fold_tight(case.words) in fold_tight(c.quote) for c in citations)
    return answer.status is case.status and found and quoted


def _stands_in(clause: str, name: str) -> bool:
    number, path = clause.split(" ")
    wanted = f"{fold_tight(number)} {path}"
    return name == wanted or name.startswith((f"{wanted}/", f"{wanted}."))


@pytest.fixture(scope="module")
def results(ask) -> list[tuple[Case, Answer]]:
    """Every case with its answer."""
    return [(case, ask(case.question)) for case in read_cases()]


@pytest.mark.parametrize(
    ("split", "status", "floor"),
    [
        ("tuned", AnswerStatus.ANSWERED, 0.90),
        ("tuned", AnswerStatus.PARTIAL, 1.0),
        ("held", AnswerStatus.ANSWERED, 0.75),
        ("held", AnswerStatus.PARTIAL, 1.0),
    ],
)
def test_answerable_questions_are_answered(split, status, floor, results):
    """The share answered with the right clause and words does not fall below what was measured."""
    mine = [(case, answer) for case, answer in results if (case.split, case.status) == (split, status)]
    wrong = [case.question for case, answer in mine if not is_right(case, answer)]
    assert 1 - len(wrong) / len(mine) >= floor, wrong


@pytest.mark.parametrize("split", ["tuned", "held"])
def test_questions_without_basis_are_refused(split, results):
    """Not one is answered."""
    mine = [
        (case, answer)
        for case, answer in results
        if (case.split, case.status) == (split, AnswerStatus.NO_BASIS)
    ]
    assert mine
    assert [case.question for case, answer in mine if answer.statements] == []


def test_the_set_is_large_and_balanced():
    """At least sixty questions, near half without basis, a quarter or more held out."""
    cases = read_cases()
    splits = Counter(case.split for case in cases)
    refusals = sum(case.status is AnswerStatus.NO_BASIS for case in cases)
    assert len(cases) >= 60
    assert splits["held"] >= len(cases) / 5
    assert 0.35 <= refusals / len(cases) <= 0.65
    assert len({case.question for case in cases}) == len(cases)
