"""What one scope or several come to, on the shipped documents."""

import pytest

CHONGQING, HANGZHOU, BEIJING = "渝发改规范[2024]10号", "杭政办函[2024]11号", "京发改规[2025]1号"
NATION = "国办函[2023]121号"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("每百户要有多少平方米", {NATION, CHONGQING, HANGZHOU}),
        ("服务功能至少几项", {BEIJING, CHONGQING, HANGZHOU}),
        ("“渝邻汇”是什么品牌？", {CHONGQING}),
    ],
)
def test_where_no_place_is_named_each_that_rules_is_shown(ask, question, expected):
    """Nobody takes one city's figure for the rule everywhere; places that are silent are not filled up."""
    answer = ask(question)
    assert {c.doc_id for statement in answer.statements for c in statement.citations} == expected


def test_a_place_named_is_answered_alone(ask):
    """Other places come only where none is asked for."""
    answer = ask("重庆每百户要有多少平方米")
    assert {c.doc_id for statement in answer.statements for c in statement.citations} == {CHONGQING}


def test_a_place_without_the_measure_asked_of_does_not_speak_of_it(ask):
    """综合体 stands in all four cities' texts, an area of it in two."""
    answer = ask("哪些城市对综合体面积有要求")
    assert {c.doc_id for statement in answer.statements for c in statement.citations} == {CHONGQING, HANGZHOU}
    assert answer.missing[0].startswith("北京市、上海市：")
