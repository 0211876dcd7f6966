"""是的 only where the quotes say the claim to the last word, of the body that acts."""

import re

import pytest

from assistant.premises.confirming import says_whole

_AFFIRMS = re.compile(r"^[^：]*：(?:是的|可以|需要|应当|对。)")


@pytest.mark.parametrize(
    ("asked", "quotes", "whole"),
    [
        ("市局审批项目,对吧?", "市局审批项目,区局验收。", True),
        ("市局直接审批项目,对吧?", "市局审批项目,区局验收。", False),
        ("市级留存部分用于养老,对吗?", "区县留存部分用于养老。", False),
        ("两项各不超过五千万元,是吧?", "两项总额不超过五千万元。", False),
        ("区民政局负责现场验收,对吧?", "区民政局负责申报受理。区财政局负责现场验收。", False),
        ("方案由市发展改革委审查,对吗?", "方案审查通过后报送市发展改革委报备。", False),
        ("方案由市发展改革委审查,对吗?", "方案由市发展改革委审查。", True),
    ],
)
def test_each_word_and_who_acts_must_be_said(asked, quotes, whole):
    """A word left out, another body's sentence or the other way round is not confirmed."""
    assert says_whole(asked, quotes, "", ()) is whole


@pytest.mark.parametrize(
    "question",
    [
        "北京市级资金由市发展改革委直接拨付给运营单位，是吧？",
        "上海的三张清单是需求、资源、资金清单，对吧？",
        "重庆的实施方案由市发展改革委审查，对吗？",
        "重庆合格以上的运营单位一定能拿到运营补助，对吗？",
        "重庆福彩公益金市级留存部分80%以上用于养老，对吗？",
        "重庆市住房城乡建设委负责用地审批，是吧？",
        "重庆运营单位可以自行制定政府定价项目的收费标准，是吧？",
        "北京两项补助各不超过5000万元，对吧？",
    ],
)
def test_what_no_clause_says_is_not_confirmed(question, ask):
    """The clause is shown, or the claim denied."""
    assert not any(_AFFIRMS.match(one.text) for one in ask(question).statements)


@pytest.mark.parametrize(
    "question",
    [
        "北京资金申请报告要达到概算深度，对吧？",
        "北京市级资金由市发展改革委下达，是吧？",
        "重庆运营单位要每年提交运营情况报告，是吗？",
        "杭州工作推进组组长是常务副市长，对吧？",
        "国家选择50个左右城市开展试点，对吧？",
    ],
)
def test_what_a_clause_says_is_confirmed(question, ask):
    """So that caution does not end in saying nothing."""
    assert "：是的。" in ask(question).statements[0].text


def test_what_the_clause_says_elsewhere_is_not_called_unsaid(ask):
    """三个月 stands in another sentence of the paragraph cited."""
    assert "没有写明" not in ask("重庆整改期是三个月，对吧？").text
