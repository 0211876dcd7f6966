"""Clauses of several places are held to the subject compared."""

import pytest

from assistant.answers.subject import share_said, subject_of
from assistant.questions.question import understand
from assistant.questions.terms import content_terms

BEIJING, SHANGHAI = "京发改规[2025]1号", "沪府办发[2024]25号"


def _said_by(answer):
    return {one.doc_id for statement in answer.statements for one in statement.citations}


def test_what_is_wanted_of_a_subject_is_no_subject(library):
    """托育的服务形式 is about 托育; 形式 is said of many things."""
    question = understand("托育的服务形式", library)
    assert [term.surface for term in subject_of(content_terms(question, library))] == ["托育"]


def test_nothing_said_of_no_subject():
    """Without content words no share can be told."""
    assert subject_of(()) == ()
    assert share_said("养老服务", ()) == 0


@pytest.mark.parametrize(
    ("question", "silent"),
    [
        ("专项债支持，国家和北京、上海都提了吗？", {BEIJING}),
        ("谁规定了运营主体保本微利？", {"杭政办函[2024]11号", "渝发改规范[2024]10号"}),
    ],
)
def test_a_clause_beside_the_subject_does_not_speak_for_its_place(ask, question, silent):
    """北京's clause on 补助 says nothing of 专项债, which others name."""
    assert not silent & _said_by(ask(question))


def test_a_clause_in_other_words_is_kept_where_it_says_what_another_says(ask):
    """杭州 says 四同步, the nation 同步规划、同步建设…: both speak."""
    answer = ask("“四同步”是哪些地方的文件写了的？国家、杭州、重庆、上海各说一下")
    assert {"国办函[2023]121号", "杭政办函[2024]11号", "渝发改规范[2024]10号"} <= _said_by(answer)


def test_no_place_is_silent_that_says_the_subject_outright(ask):
    """体育健身 stands in 上海's text, among other functions."""
    answer = ask("上海、北京在体育健身上能提供什么")
    assert {BEIJING, SHANGHAI} <= _said_by(answer)
    assert not answer.missing
