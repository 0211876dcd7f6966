"""Gold conversations are read line by line, asked in order, and scored by split."""

import json

import pytest

from assistant.types import Answer
from eval.cases import CasesError, Split, case_files, split_of
from eval.conversations import converse, read_conversations, score_conversations
from tests.eval.conftest import answer

TURN = {
    "question": "那上海呢？",
    "type": "unanswerable",
    "expect": "refused",
    "gold": [],
    "must": [],
    "must_not": [],
}


def written(tmp_path, **changes):
    """A file of one conversation of two turns."""
    row = {
        "id": "c1",
        "as_of": "2026-01-01",
        "register": "officer",
        "turns": [TURN, TURN | {"question": "为什么？"}],
    }
    file = tmp_path / "conversations.jsonl"
    file.write_text(json.dumps(row | changes, ensure_ascii=False), "utf-8")
    return file


def test_turns_are_cases_of_one_split(tmp_path):
    """Each with its own id; the split is that of the first question."""
    (one,) = read_conversations(written(tmp_path))
    assert [case.id for case in one.turns] == ["c1.1", "c1.2"]
    assert one.split is split_of("c1", "那上海呢？")


@pytest.mark.parametrize("changes", [{"turns": []}, {"turns": ["问"]}, {"turns": [{"question": "问"}]}])
def test_a_broken_line_is_refused(changes, tmp_path):
    """With file and line."""
    with pytest.raises(CasesError, match=r"conversations\.jsonl:1"):
        read_conversations(written(tmp_path, **changes))


def test_an_id_comes_once(tmp_path):
    """Else a turn could be scored twice."""
    file = written(tmp_path)
    file.write_text(file.read_text("utf-8") + "\n" + file.read_text("utf-8"), "utf-8")
    with pytest.raises(CasesError, match="两次"):
        read_conversations(file)


def test_each_turn_is_asked_behind_those_before(tmp_path, invented):
    """The asker sees the questions so far, and the score counts follow-ups apart."""
    seen: list[list[str]] = []

    def asker(question: str, _: object, turns: object) -> Answer:
        seen.append([turn.question for turn in turns])  # type: ignore[attr-defined]
        return answer(question)

    conversations = read_conversations(written(tmp_path))
    outcomes = converse(conversations[0], invented, asker)
    assert seen == [[], ["那上海呢？"]]
    assert [outcome.is_right for outcome in outcomes] == [True, True]
    (score,) = score_conversations(conversations, invented, asker)
    assert (score.turns, score.turns_right, score.followups, score.followups_right) == (2, 2, 1, 1)


def test_the_shipped_conversations_are_not_single_questions():
    """They have a reader of their own, and there are enough of them in either split."""
    assert "conversations.jsonl" not in [file.name for file in case_files()]
    splits = [one.split for one in read_conversations()]
    assert len(splits) >= 40
    assert splits.count(Split.HELD) >= 10
