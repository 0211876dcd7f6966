"""Answer sentences on public sets: what is counted, against hand-made passages."""

import json
from pathlib import Path

import pytest

from eval.retrieval_sets import DataError
from eval.sentences import Asked, Bm25, chosen_by_product, library_of, main, read_questions, score_set

PASSAGES = {
    "a": "甲县设立图书馆。图书馆每周一闭馆，其余时间开放。读者凭借书证外借图书，每次不超过五册。",
    "b": "乙县公园免费开放。公园内禁止烧烤。游船票价为每小时四十元。",
}
ROWS = (
    {"passage_id": "a", "question": "读者每次外借图书不超过几册？", "answers": ["五册"]},
    {"passage_id": "a", "question": "图书馆周几闭馆？", "answers": ["每周一"]},
    {"passage_id": "b", "question": "游船票价是多少？", "answers": ["四十元"]},
    {"passage_id": "b", "question": "火箭发射许可由谁颁发？", "answers": [], "unanswerable": True},
    {"passage_id": "b", "question": "公园收费吗？", "answers": ["NO"], "yesno": True},
    {"passage_id": "b", "question": "公园多大？", "answers": ["三公顷"]},
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one set."""
    folder = tmp_path / "invented"
    folder.mkdir()
    corpus = [{"id": name, "text": text} for name, text in PASSAGES.items()]
    for stem, rows in (("corpus", corpus), ("qa", ROWS)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{stem}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_questions_without_a_sentence_to_find_are_left_out(data: Path) -> None:
    """Yes or no, and answers that do not stand in the passage; what has no answer stays as such."""
    texts, asked = read_questions(data, "invented")
    assert texts == PASSAGES
    assert [one.question for one in asked] == [str(row["question"]) for row in ROWS[:4]]
    assert [bool(one.answers) for one in asked] == [True, True, True, False]


def test_questions_that_trained_or_tuned_something_are_left_out(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of the train and tune parts of a split; what stands in no part counts."""
    rows = [{**row, "id": f"q{at}"} for at, row in enumerate(ROWS)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (data / "invented" / "qa.jsonl").write_text(lines, encoding="utf-8")
    split = data / "split.json"
    split.write_text(json.dumps({"invented": {"train": ["q0"], "tune": ["q1"], "report": []}}), "utf-8")
    assert main([str(data), "--sets", "invented", "--queries", str(split)]) == 0
    assert "| invented | 2 | 1 |" in capsys.readouterr().out


def test_both_choose_the_sentence_that_says_the_words() -> None:
    """And the product refuses what the passage does not speak of."""
    library = library_of(PASSAGES)
    one = Asked("b", "游船票价是多少？", ("四十元",))
    assert "四十元" in chosen_by_product(one, library).sentence
    assert "四十元" in Bm25(library).chosen(one).sentence
    assert chosen_by_product(Asked("b", "火箭发射许可由谁颁发？", ()), library).is_refused


def test_the_shares_are_those_counted_by_hand(data: Path) -> None:
    """Three questions with an answer, one without."""
    score = score_set("invented", *read_questions(data, "invented"))
    assert (score.passages, score.answerable, score.unanswerable) == (2, 3, 1)
    assert score.hit == 1.0
    assert score.hit_bm25 == 1.0
    assert score.refused == 1.0


def test_the_program_prints_a_table_and_keeps_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the hash of the code that made it."""
    out = data / "out.json"
    assert main([str(data), "--sets", "invented", "--out", str(out)]) == 0
    assert "| invented | 2 | 3 | 1.000 |" in capsys.readouterr().out
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert kept["sets"][0]["hit"] == 1.0
    assert len(kept["code"]) >= 12


def test_a_set_that_cannot_be_used_is_one_sentence(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Missing files, and a set without a question."""
    assert main([str(data), "--sets", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err
    (data / "invented" / "qa.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(DataError):
        read_questions(data, "invented")
