"""The parts of a section asked for by its heading are the headings below it."""

import pytest


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "杭州组织实施部分包括哪些内容",
            "杭州市：组织实施包括：加强组织领导；加强要素保障；加强评估督导；加强宣传引导。",
        ),
        (
            "重庆综合保障措施有哪些",
            "重庆市：综合保障包括：加强工作组织领导；强化财政金融支持；优化项目审批和服务企业登记备案手续；"
            "完善用地用房政策保障。",
        ),
        (
            "国家方案的配套支持有哪些方面",
            "国家层面：强化配套支持包括：统筹建设资金渠道；优化项目审批和服务企业登记备案手续；"
            "加强规划、建设、用地等政策支持。",
        ),
        (
            "北京功能场景有哪些",
            "北京市：功能场景包括：养老服务；托育服务；儿童托管；社区助餐；家政便民；健康服务；体育健身；"
            "文化休闲；儿童游憩。",
        ),
    ],
)
def test_all_headings_below_are_told_in_order(question, told, ask):
    """Each quoted with its clause, the heading asked for first."""
    (only,) = ask(question).statements
    assert only.text == told
    assert all(one.quote in only.text for one in only.citations)


@pytest.mark.parametrize(
    "question",
    [
        "杭州建设目标有哪些？",  # a heading with running text below
        "北京养老服务有哪些内容",  # an article by itself
        "杭州建设任务由哪个部门负责",  # asks for more than the parts
        "重庆和杭州的建设任务有什么不同",
    ],
)
def test_what_is_no_list_of_headings_is_answered_otherwise(question, ask):
    """By the clauses themselves."""
    assert not any("任务包括：" in one.text or "目标包括：" in one.text for one in ask(question).statements)
