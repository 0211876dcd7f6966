"""Clauses of several places are held to the subject compared."""

import pytest

BEIJING, SHANGHAI, HANGZHOU = "京发改规[2025]1号", "沪府办发[2024]25号", "杭政办函[2024]11号"
CHONGQING = "渝发改规范[2024]10号"


def _said_by(answer):
    return {one.doc_id for statement in answer.statements for one in statement.citations}


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


def test_a_name_in_quotation_marks_is_said_as_it_stands(ask):
    """北京's 民建民营 is not 公建民营."""
    answer = ask("“公建民营”在北京、杭州、重庆的文件里都有吗")
    assert _said_by(answer) == {HANGZHOU, CHONGQING}


def test_what_else_a_clause_says_bears_nothing_out(ask):
    """重庆's clause on votes goes on to 民办公助, as 北京's does, which has no word of votes."""
    answer = ask("运营单位由居民投票选，重庆和北京都这么要求吗")
    assert _said_by(answer) == {CHONGQING}
    assert answer.missing[0].startswith("北京市：")
