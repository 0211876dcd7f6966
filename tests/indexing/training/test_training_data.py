"""Nothing kept for tuning or reports is trained on, wherever it stands in the data."""

from pathlib import Path

from indexing.training.held_out import HeldOut
from indexing.training.pairs import Pair
from indexing.training.question_sets import read_question_set
from indexing.training.splits import RULES, Part, Split, divide
from indexing.training.texts import Kind, Text
from indexing.training.training_data import (
    Kept,
    TrainingData,
    leaks,
    read_kept,
    read_training_data,
)
from indexing.training.written import read_written
from tests.indexing.training.invented_data import SUBJECTS, article, question, write_data, write_written


def everything(tmp_path: Path) -> tuple[TrainingData, Kept, Split]:
    """Training data and what is kept, of the invented folder."""
    data = write_data(tmp_path / "data")
    written = read_written(write_written(tmp_path / "written"))
    split = {rule.name: divide(read_question_set(data, rule.name), rule) for rule in RULES}
    kept = read_kept(data, split, written)
    return read_training_data(data, split, written, kept, {"q0": ("p1", "p5")}, seed=1), kept, split


def everything_said(training: TrainingData) -> str:
    """Every character that training would see."""
    return "".join(
        [sentence for text in training.texts for sentence in text.sentences]
        + [part for pair in training.pairs for part in (pair.query, *pair.passage)]
        + [part for pair in training.pairs for passage in pair.negatives for part in passage]
    )


def test_the_intersection_is_empty(tmp_path: Path) -> None:
    """Statutes, news and pairs repeat every question and passage; of those kept none is left."""
    training, kept, split = everything(tmp_path)
    kept_subjects = {
        SUBJECTS[int(query[1:])]
        for parts in split.values()
        for part in (Part.TUNE, Part.REPORT)
        for query in parts[part]
    }
    assert len(kept_subjects) > 5
    said = everything_said(training)
    for subject in kept_subjects:
        assert article(subject)[:-1] not in said
        assert question(subject) not in said
    assert leaks(training, kept) == ()
    assert "应急呼叫由街道受理" not in said
    assert "夜里摔倒" not in said


def test_what_may_train_is_there(tmp_path: Path) -> None:
    """Texts, written questions, synonyms and the rest of the news are kept."""
    training, _, _ = everything(tmp_path)
    said = everything_said(training)
    for text in ("镇政府负责实施本细则", "集市热闹", "农民下田", "经济增长", "坚持需求导向"):
        assert text in said
    assert Pair("written", "孩子放学没人接怎么办呀", ("学校可以提供课后服务。",)) in training.pairs
    assert Pair("synonym", "食堂", ("饭堂",)) in training.pairs


def test_a_train_question_keeps_its_passage() -> None:
    """With nothing kept from it, the invented folder's own pairs are all there."""
    held = HeldOut([], [])
    assert not held.holds(question(SUBJECTS[0]))


def test_a_leak_is_found() -> None:
    """A kept sentence in a text or a pair is named, its article mark aside; short common ones are not."""
    kept = Kept(("谁来管？",), ("燃放烟花的，应当在七日以前报告；依法处罚。",))
    text = Text(Kind.LAW, "", "", (("第三条 燃放烟花的，应当在七日以前报告；", "依法处罚。"),))
    pair = Pair("news", "谁来管", ("镇政府来管。",))
    assert leaks(TrainingData((text,), (pair,)), kept) == (
        "第三条 燃放烟花的，应当在七日以前报告；",
        "谁来管",
    )
    assert leaks(TrainingData((), (Pair("x", "谁管", ("镇政府来管。",)),)), kept) == ()
