"""Counted short forms: 四同步 is read as the list that stands in the texts."""

import pytest

from assistant.types import AnswerStatus

FOUR = "同步规划、同步建设、同步验收、同步交付"


@pytest.mark.parametrize(
    ("question", "spelt"),
    [
        ("四同步指哪四个", FOUR),
        ("什么是“四同步”？", FOUR),
        ("新建小区的四同步原则具体是什么", FOUR),
        ("四个一批是什么意思", "补改一批、转型一批、划转一批、配建一批"),
        ("七有包括哪些", "幼有所育、学有所教、劳有所得、病有所医、老有所养、住有所居、弱有所扶"),
    ],
)
def test_who_asks_what_it_means_gets_the_list(question, spelt, ask):
    """The list as the text has it, and a notice of how the question was read."""
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert any(spelt in citation.quote for one in answer.statements for citation in one.citations)
    assert any(spelt in notice for notice in answer.notices)


@pytest.mark.parametrize(
    "question",
    [
        "三师是什么",  # explained where it stands: （简称“三师”）
        "三同步是什么",  # the texts have four
        "四个部门是哪四个",  # lists of bodies share 部门, and are not what is meant
        "三项功能包括哪些",  # a measure word
        "四同步适用于谁",  # not asked what it means
    ],
)
def test_nothing_else_is_read_otherwise(question, ask):
    """No notice that a short form was read as a list."""
    assert not any("、" in notice for notice in ask(question).notices)
