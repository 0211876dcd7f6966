"""Examples from questions about other texts: the search's own values, right ones marked, tune parts only."""

from pathlib import Path

import numpy as np
import pytest

from indexing.fusion import Source
from indexing.training import passage_examples
from indexing.training.passage_examples import AskedSet, examples_of, tune_examples
from indexing.training.question_sets import read_question_set
from indexing.training.splits import RULES, Part, divide, read_split, write_split
from indexing.training.written import read_written
from tests.hashing_encoder import HashingEncoder
from tests.indexing.training.invented_data import write_data, write_written

PASSAGES = (
    ("p1", "停车条例", "停车泊位应当向社会公开。收费标准由价格主管部门核定。"),
    ("p2", "", "老年人乘坐公共汽车免费；凭优待证乘车。"),
    ("p3", "物业条例", "业主大会决定物业服务费用的标准。"),
)


def test_the_right_passage_is_marked_and_said_best_by_the_words() -> None:
    """One question: the values of each signal lie in 0–1, and words and alignment know the passage."""
    chosen = AskedSet(PASSAGES, (("老年人乘坐公共汽车要钱吗", frozenset({"p2"})),))
    (example,) = examples_of(chosen, HashingEncoder(), list(Source))
    assert example.is_right.sum() == 1
    assert example.values.min() >= 0
    assert example.values.max() <= 1
    for source in (Source.WORDS, Source.BIGRAMS, Source.ALIGNED):
        column = example.values[:, list(Source).index(source)]
        assert np.argmax(column) == np.flatnonzero(example.is_right)[0]
        assert column.max() > 0


def test_a_question_whose_passage_is_not_found_teaches_nothing() -> None:
    """No word and no vector leads to it."""
    chosen = AskedSet(PASSAGES, (("鱻", frozenset({"p2"})),))
    assert examples_of(chosen, HashingEncoder(), list(Source)) == []


def test_only_tune_questions_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every set in turn, then the written questions; nothing of the train and report parts."""
    data = write_data(tmp_path / "data")
    split = {rule.name: divide(read_question_set(data, rule.name), rule) for rule in RULES}
    write_split(tmp_path / "split.json", split)
    written = read_written(write_written(tmp_path / "ours"))
    monkeypatch.setattr(passage_examples, "read_split", lambda: read_split(tmp_path / "split.json"))
    monkeypatch.setattr(passage_examples, "read_written", lambda: written)
    asked: list[AskedSet] = []
    monkeypatch.setattr(passage_examples, "examples_of", lambda chosen, *_: asked.append(chosen) or [])
    list(tune_examples(data, HashingEncoder(), list(Source)))
    assert len(asked) == len(passage_examples.SETS) + 1
    for name, chosen in zip(passage_examples.SETS, asked, strict=False):
        found = read_question_set(data, name)
        assert [text for text, _ in chosen.asked] == [
            found.questions[each] for each in split[name][Part.TUNE]
        ]
    assert asked[-1].asked == ()  # ours there: one trains, one reports
    assert len(asked[-1].passages) == 2
