"""No passage stands on two sides, and the same data is always divided alike."""

from pathlib import Path

import pytest

from indexing.training.question_sets import Passage, QuestionSet, read_question_set
from indexing.training.splits import (
    RULES,
    SPLIT_FILE,
    Part,
    SetRule,
    divide,
    main,
    read_split,
)
from tests.indexing.training.invented_data import write_data

OPEN = SetRule("open", "MIT", may_train=True)
CLOSED = SetRule("closed", "none stated", may_train=False)


def many(n: int) -> QuestionSet:
    """`n` questions, each with a passage of its own."""
    return QuestionSet(
        "open",
        {f"q{i}": f"问题{i}" for i in range(n)},
        {f"p{i}": Passage(f"文件{i // 4}", f"第{i}号规定") for i in range(n)},
        {f"q{i}": (f"p{i}",) for i in range(n)},
    )


def test_parts_have_about_their_shares() -> None:
    """Half train, a fifth tune, the rest report; without a licence to train none train."""
    sizes = {part: len(ids) for part, ids in divide(many(2000), OPEN).items()}
    assert sum(sizes.values()) == 2000
    assert sizes[Part.TRAIN] == pytest.approx(1000, abs=80)
    assert sizes[Part.TUNE] == pytest.approx(400, abs=60)
    closed = {part: len(ids) for part, ids in divide(many(2000), CLOSED).items()}
    assert closed[Part.TRAIN] == 0
    assert closed[Part.TUNE] == pytest.approx(700, abs=80)
    assert closed[Part.REPORT] == 1000  # no more are measured


def test_questions_of_one_passage_stay_together() -> None:
    """Whoever shares a passage, directly or over a third question, shares a part."""
    questions = many(200)
    chained = {f"q{i}": (f"p{i}", f"p{i + 1}") if i % 5 else (f"p{i}",) for i in range(199)} | {
        "q199": ("p199",)
    }
    parts = divide(QuestionSet("open", questions.questions, questions.passages, chained), OPEN)
    part_of = {query: part for part, ids in parts.items() for query in ids}
    sharing = [(q, r) for q in chained for r in chained if set(chained[q]) & set(chained[r])]
    assert len(sharing) > 200
    assert [pair for pair in sharing if part_of[pair[0]] != part_of[pair[1]]] == []


def test_passages_of_one_document_stay_together() -> None:
    """Where titles name documents, a document is on one side."""
    parts = divide(many(400), SetRule("open", "MIT", may_train=True, by_title=True))
    documents = [{int(query[1:]) // 4 for query in ids} for ids in parts.values()]
    assert all(documents)
    assert not documents[0] & documents[1] | documents[0] & documents[2] | documents[1] & documents[2]


def test_a_large_group_trains() -> None:
    """A group that would unbalance a small part is trained on."""
    questions = many(100)
    answers = {
        query: ("p0",) if int(query[1:]) < 30 else passages for query, passages in questions.answers.items()
    }
    parts = divide(QuestionSet("open", questions.questions, questions.passages, answers), OPEN)
    assert {f"q{i}" for i in range(30)} <= set(parts[Part.TRAIN])


def test_the_script_writes_what_it_divided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written and read back it is the same; every answerable question is in exactly one part."""
    data, out = write_data(tmp_path / "data"), tmp_path / "split.json"
    monkeypatch.setattr("sys.argv", ["splits", str(data), "--out", str(out)])
    main()
    first = out.read_bytes()
    main()
    assert out.read_bytes() == first
    split = read_split(out)
    for rule in RULES:
        questions = read_question_set(data, rule.name)
        assert split[rule.name] == divide(questions, rule)
        ids = [query for part in Part for query in split[rule.name][part]]
        assert sorted(ids) == sorted(questions.questions)
    assert "stard (MIT)" in capsys.readouterr().out


def test_the_split_that_ships() -> None:
    """It is small, names every set, trains only on sets whose licence lets it, and no id is in two parts."""
    assert SPLIT_FILE.stat().st_size < 300_000
    split = read_split()
    assert set(split) == {rule.name for rule in RULES}
    for rule in RULES:
        parts = split[rule.name]
        assert bool(parts[Part.TRAIN]) is rule.may_train
        assert parts[Part.TUNE]
        assert parts[Part.REPORT]
        ids = [query for part in Part for query in parts[part]]
        assert len(ids) == len(set(ids))
