"""Wrong premises and right ones in the same frames, written from the documents before they were asked."""

from pathlib import Path

import pytest

from indexing.folding import fold_tight

LINES = (Path(__file__).parents[1] / "cases" / "premises.tsv").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("so", "question", "words"), CASES, ids=[question for _, question, _ in CASES])
def test_a_wrong_one_is_corrected_and_a_right_one_is_not(so, question, words, ask):
    """The first statement holds what the clause says; what it denies are words of the question."""
    first = ask(question).statements[0]
    assert any(fold_tight(word) in fold_tight(first.text) for word in words.split("/"))
    assert bool(first.denied) is (so == "wrong")
    assert first.denied is None or fold_tight(first.denied) in fold_tight(question)
