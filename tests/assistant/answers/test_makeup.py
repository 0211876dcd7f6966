"""What documents are made of is counted from their own numbering."""

import pytest

from assistant.types import AnswerStatus


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("北京的办法一共多少条", ["共三十六条：从第一条到第三十六条"]),
        ("重庆办法一共几章多少条", ["分六章：第一章 总 则；第二章 工作机制；", "共二十八条"]),
        (
            "国家方案分几个部分",
            ["分四个部分：一、总体要求；二、规范建设要求；三、强化配套支持；四、组织实施保障"],
        ),
        ("上海的方案分几大块", ["分三个部分：一、强化资源统筹"]),
        ("京发改规〔2025〕1号有几章", ["分六章："]),
        ("支持政策清单一共多少项", ["《支持政策清单》共33项：从第1项到第33项"]),
        ("重庆分工表列了几项任务", ["《重点任务分工》共9项"]),
        (
            "重庆的通知带了几个附件",
            ["附件：1. 重庆市城市社区嵌入式服务设施试点建设方案", "1. 支持政策清单2. 重点任务分工"],
        ),
        ("北京这个办法主要讲了什么", ["分六章：第一章 总 则；第二章 项目规划建设"]),
        ("总结一下上海的方案", ["分三个部分：一、强化资源统筹"]),
    ],
)
def test_pieces_are_counted_and_named(question, told, ask):
    """Each number is that of the last piece, each name a heading as printed, all cited."""
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert [one for one in told if one not in answer.text] == []
    assert all(quote.quote.split()[0] in one.text for one in answer.statements for quote in one.citations)


def test_of_two_texts_under_one_notice_the_one_named_is_counted(ask):
    """重庆's 方案 has three parts and its 办法 six chapters."""
    (only,) = ask("重庆建设方案主要内容有哪些").statements
    assert "试点建设方案》分三个部分" in only.text
    (only,) = ask("重庆管理办法的框架是什么").statements
    assert "管理办法（试行）》分六章" in only.text


@pytest.mark.parametrize(
    "question",
    [
        "北京的服务功能不少于几项",  # counts what a clause counts
        "上海方案里有几条支持政策",  # of no numbering of its own
        "杭州方案多少条",  # has none
        "多少条",
        "重庆试点建设方案有哪几项建设任务？",  # the headings below one
        "重庆运营单位要满足几个条件",
    ],
)
def test_other_counts_are_not_of_the_document(question, ask):
    """A number of pieces is no answer on anything else."""
    assert not any("》分" in one.text or "》共" in one.text for one in ask(question).statements)
