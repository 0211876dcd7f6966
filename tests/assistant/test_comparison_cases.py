"""Comparison questions written from the documents before they were asked, with what their answers hold."""

from pathlib import Path

import pytest

from indexing.folding import fold_tight

LINES = (Path(__file__).parent / "cases" / "comparisons.tsv").read_text(encoding="utf-8").splitlines()
CASES = [[*line.split("\t"), "", ""][:4] for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("question", "words", "silent", "first"), CASES, ids=[case[0] for case in CASES])
def test_every_place_is_heard_or_said_to_be_silent(question, words, silent, first, ask):
    """Words of every group stand in the answer; silent places say nothing; the one asked for comes first."""
    answer = ask(question)
    quotes = [one.quote for statement in answer.statements for one in statement.citations]
    shown = fold_tight("|".join((answer.text, *quotes)))
    for group in words.split("&"):
        assert any(fold_tight(word) in shown for word in group.split("/"))
    for place in filter(None, silent.split(",")):
        assert any(place in line.partition("：")[0].split("、") for line in answer.missing)
        assert not any(one.text.startswith(f"{place}：") for one in answer.statements)
    assert first in answer.statements[0].text
