"""The word of a claim that the clauses cited do not have, named so that nobody is left to guess."""

import pytest


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("北京社区助餐重点供应特色菜，对吗？", "特色菜"),
        ("北京的资金申请报告编制达到估算深度就行，对吧？", "估算深度"),
        ("重庆申报方案要达到初步设计深度，对吧？", "申报方案"),
        ("上海的基本建设单元是街道，对吧？", "街道"),
        ("国家要求综合体建筑面积不少于600平方米，对吧？", "600平方米"),
    ],
)
def test_the_strange_word_is_named(question, unsaid, ask):
    """It stands in no clause cited; the clause is quoted behind it."""
    first = ask(question).statements[0]
    assert first.denied == unsaid
    assert f"没有写明“{unsaid}”" in first.text
    assert all(unsaid not in citation.quote for citation in first.citations)


@pytest.mark.parametrize(
    "question",
    [
        "北京儿童托管可以服务小学生，对吧？",
        "重庆由市大数据局牵头提升信息化水平，对吗？",
        "上海由市发展改革委等三家牵头，是吧？",
        "重庆的实施方案原则上不能变更，对吧？",
        "国家允许5年内不变更土地用途，对吧？",
    ],
)
def test_what_is_said_in_other_words_is_not_called_unsaid(question, ask):
    """A form of the thesaurus, an abbreviation or a count says it too."""
    assert not any(one.denied for one in ask(question).statements)


def test_a_place_that_is_silent_is_not_confirmed_by_the_nation(ask):
    """What the nation says is shown behind the sentence that the city's documents do not."""
    answer = ask("上海要求每百户不少于30平方米，是吗？")
    assert "未见上海市的文件作此规定" in answer.statements[0].text
    assert "是的" not in answer.text
    assert answer.missing
