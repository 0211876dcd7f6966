"""An amount of the question is held against the figure of the clause, and told in its own words."""

import pytest


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("杭州新建的共同体800平方米行吗？", "杭州市：达不到“不小于1000平方米”的要求。"),
        ("杭州既有社区的共同体650平方米够不够？", "杭州市：符合“不小于600平方米”的要求。"),
        ("重庆综合体做到500平方米行不行？", "重庆市：达不到“一般不应小于600平方米”的要求。"),
        ("北京只做两项服务功能可以吗？", "北京市：达不到“原则上不应少于3项”的要求。"),
        ("北京项目投资2亿，补助能给6000万吗？", "北京市：超过“不超过5000万元”的上限。"),
        ("北京4岁的孩子能上这里的托育吗？", "北京市：不在“3岁以下”的范围内。"),
        ("北京5岁的孩子可以参加儿童托管吗？", "北京市：在“3~6岁”“6~18岁”的范围内。"),
        ("重庆容积率奖励给20%行不行？", "重庆市：超过“不超过原计容建筑面积15%左右”的上限。"),
    ],
)
def test_whether_an_amount_will_do(question, head, ask):
    """Below, above or within, with 一般 and 原则上 kept."""
    assert ask(question).statements[0].text.startswith(head)


@pytest.mark.parametrize("question", ["北京3项服务功能要花多少钱？", "重庆600平方米的综合体谁来建？"])
def test_a_question_of_something_else_is_not_measured(question, ask):
    """An amount that says which thing is meant is no case to be decided."""
    assert not any("的要求。" in one.text.partition("：")[2][:30] for one in ask(question).statements)
