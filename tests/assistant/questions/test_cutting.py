"""Where a text is cut into the questions it asks."""

import json
import random
from pathlib import Path

import pytest

from assistant.questions.cutting import asking_pieces
from eval.cases import Split, split_of

_CASES = Path(__file__).parents[3] / "eval" / "cases"


def asked_alone() -> list[str]:
    """Open gold questions that are one piece by themselves."""
    rows = [
        json.loads(line)
        for name in ("answers", "registers", "blind", "everyday")
        for line in (_CASES / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    tuned = [row for row in rows if split_of(row["id"], row["question"]) is Split.TUNED]
    texts = [row["question"].rstrip("？?。") for row in tuned]
    return [text for text in texts if not set(text) & set("？?；。") and asking_pieces(text) == [text]]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("480平方米够不够？要几项功能？谁来批钱？", ["480平方米够不够？", "要几项功能？", "谁来批钱？"]),
        ("理发店让不让开，餐饮有优惠没，谁管", ["理发店让不让开", "餐饮有优惠没", "谁管"]),
        ("公租房能给老人用不；补多少", ["公租房能给老人用不；", "补多少"]),
        ("属于第几层，一个给多少钱", ["属于第几层", "一个给多少钱"]),
        ("这些事都不要钱，还是有的要掏钱，先弄多少个", ["这些事都不要钱，还是有的要掏钱", "先弄多少个"]),
        ("我们是老小区。面积多大？", ["我们是老小区。面积多大？"]),
        ("补助多少？急用。", ["补助多少？急用。"]),
        ("改了还是不行，就解约了吗", ["改了还是不行，就解约了吗"]),
        ("几个部门共用，面积能不能都算", ["几个部门共用，面积能不能都算"]),
        ("不管谁来运营，要不要交报告", ["不管谁来运营，要不要交报告"]),
        ("养老和托育有哪些要求", ["养老和托育有哪些要求"]),
        ("", []),
    ],
)
def test_cut_where_both_sides_ask(text, pieces):
    """V不V, a 不 or 没 at the end and 还是 ask too; a statement goes with the question behind it."""
    assert asking_pieces(text) == pieces


@pytest.mark.parametrize("mark", ["？", "；", "，"])
def test_nothing_asked_is_lost(mark):
    """Of any two or three questions joined, every word is in some piece."""
    drawn, every = random.Random(7), asked_alone()
    for _ in range(400):
        chosen = drawn.sample(every, drawn.choice([2, 3]))
        pieces = asking_pieces(mark.join(chosen))
        kept = "".join(pieces).replace("，", "").replace(mark, "")
        assert kept == "".join(chosen).replace("，", "").replace(mark, "")


def test_questions_with_marks_of_their_own_are_as_many_pieces():
    """What stands before a question mark is one question at least."""
    drawn, every = random.Random(8), asked_alone()
    for _ in range(400):
        chosen = drawn.sample(every, 3)
        assert len(asking_pieces("？".join(chosen) + "？")) == 3
