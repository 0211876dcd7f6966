"""Asking in odd ways: a mistyped question is answered as the right one, empty words get an honest none."""

import pytest

from assistant.types import Answer, AnswerStatus


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("北京托有服务包括什么", "北京托育服务包括什么"),
        ("北京市补住多少", "北京市补助多少"),
        ("beijing buzhu duoshao", "北京补助多少"),
        ("重庆嵌如式服务设施怎么申抱", "重庆嵌入式服务设施怎么申报"),
    ],
)
def test_a_mistyped_question_is_answered_as_the_right_one(ask, typed, meant):
    """Word for word; the question is shown as typed, and a notice says how it was read."""
    answer, expected = ask(typed), ask(meant)
    assert answer.question == typed
    assert answer.statements == expected.statements != ()
    assert answer.status is expected.status
    assert "检索；如不是这个意思" in answer.notices[0]
    assert expected.notices == ()


def test_traditional_characters_are_answered_without_remark(ask):
    """They say the same; the question is shown as it was written."""
    answer = ask("北京市補助多少")
    assert answer.question == "北京市補助多少"
    assert answer.statements == ask("北京市补助多少").statements != ()
    assert answer.notices == ()


@pytest.mark.parametrize("question", ["魑魅魍魉貔貅", "qwertyuiop", "😀😀", "。。。", "", "托", "\ud83d"])
def test_what_says_nothing_gets_an_honest_none(ask, question):
    """No statement, one sentence why; nothing is made of it."""
    answer = ask(question)
    assert answer.status is AnswerStatus.NO_BASIS
    assert answer.statements == ()
    assert answer.missing


@pytest.mark.parametrize(
    "question",
    [
        "北京市补助多少？" * 3,
        "北京市补助多少😀",
        "北京市補助多少 ％％",
        "请问，" * 300 + "北京市补助多少",
        "北京市 补助 多少",
    ],
)
def test_repetition_signs_and_length_change_no_answer(ask, question):
    """The answer quotes what the plain question's does."""
    assert _quotes(ask(question)) == _quotes(ask("北京市补助多少？")) != set()


def _quotes(answer: Answer) -> set[str]:
    return {citation.quote for statement in answer.statements for citation in statement.citations}


def test_a_question_of_five_thousand_characters_is_read_as_far_as_it_goes(ask):
    """It is said that the rest was not read; the clause its beginning asks for is the first hit."""
    answer = ask("北京市补助多少？" + "我们社区情况特殊，还请多多指导。" * 320)
    assert len(answer.question) > 5000
    assert answer.hits[0].clause.clause_id == "京发改规[2025]1号#第二十三条"
    assert any("2000" in sentence for sentence in answer.missing)
