"""What only says who asks is no part of what is asked, and what may be the subject stays."""

import re

import pytest

from assistant.questions.background import without_background


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我是渝北区一个街道的工作人员，请问申报程序是什么", "请问申报程序是什么"),
        ("作为一名记者，我想知道试点社区有多少个", "我想知道试点社区有多少个"),
        ("我是大兴区发改委的，资金申请报告报给谁", "资金申请报告报给谁"),
        ("领导让我这周把试点申报的流程梳理出来写个材料，程序是什么", "试点申报的流程，程序是什么"),
        ("我正在写一份报告，面积标准是多少", "面积标准是多少"),
        ("听邻居说要建民生幸福共同体，每百户多少平米", "要建民生幸福共同体，每百户多少平米"),
        ("想请教一下，补助上限是多少，谢谢", "补助上限是多少"),
        ("我不太懂，验收由谁组织", "验收由谁组织"),
    ],
)
def test_who_asks_is_taken_off(text: str, left: str) -> None:
    """Office, errand, hearsay and courtesy go; the question stays as worded."""
    plain = re.sub(r"\s+", "", without_background(text)).strip("，")
    assert plain == left


@pytest.mark.parametrize(
    "text",
    [
        "我家小区要加装电梯，补贴多少",
        "我是独生子女，赡养老人每月扣多少",
        "我们是养老机构，场地能免费用吗",
        "我妈腿脚不好，食堂能不能送饭上门",
        "谁负责写材料",
        "工作人员要有哪些资格",
        "我是社区居民",
        "",
    ],
)
def test_what_may_be_the_subject_stays(text: str) -> None:
    """What a rule may speak of is not taken off, and nothing is where nothing else would be left."""
    assert without_background(text) == text
