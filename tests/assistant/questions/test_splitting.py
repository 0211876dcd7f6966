"""Several questions in one text."""

import pytest

from assistant.questions.question import understand
from assistant.questions.splitting import MOST, questions_in


def pieces(text: str, library) -> list[str]:
    """The wording of each question found."""
    return [part.text for part in questions_in(understand(text, library), library)[0]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("北京补助多少，谁来审批，个税怎么交？", ["北京补助多少", "谁来审批", "个税怎么交"]),
        ("北京设施面积多大以及由谁验收？", ["北京设施面积多大", "由谁验收"]),
        ("北京补助多少和谁来签发护照", ["北京补助多少", "谁来签发护照"]),
        ("面积多大，能不能建餐厅", ["面积多大", "能不能建餐厅"]),
        ("北京补助多少？北京补助多少？", ["北京补助多少？北京补助多少？"]),
        ("养老和托育服务有哪些要求？", ["养老和托育服务有哪些要求？"]),
        ("申报要什么条件和材料，由谁审批", ["申报要什么条件和材料", "由谁审批"]),
        ("上海怎么优化设施规划布局，由哪些单位负责？", ["上海怎么优化设施规划布局，由哪些单位负责？"]),
        ("上海方案什么时候开始的，由哪三家牵头", ["上海方案什么时候开始的", "由哪三家牵头"]),
        ("北京最多补百分之五十，对吗？", ["北京最多补百分之五十，对吗？"]),
    ],
)
def test_each_part_has_a_word_that_asks(text, found, library):
    """和 and commas part questions only; a role without a subject belongs to what stands before it."""
    assert pieces(text, library) == found


def test_places_hold_for_later_parts(library):
    """A 谁来审批 of a question about Beijing asks about Beijing, and about what was asked before."""
    first, second = questions_in(understand("北京补助多少，谁来审批？", library), library)[0]
    assert first.jurisdictions == second.jurisdictions == ("110000",)
    assert (first.carried, "补助" in second.carried) == ((), True)


def test_a_later_part_with_a_thing_of_its_own_is_about_that(ask):
    """资金申请报告 is no matter of the limit asked for before."""
    answer = ask("北京市的补助上限是多少？谁批复资金申请报告")
    assert answer.missing == ()
    assert any("批复项目资金申请报告" in statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("北京个人能不能当运营主体？补助上限多少？", ("自然人", "5000万元")),
        ("北京老人吃饭的事管不管；补助上限多少", ("特困", "5000万元")),
        ("上海政府建的设施让不让开便利店，水电气有优惠没", ("公益便利店", "水电气价格优惠")),
        ("重庆综合体480平方米够不够？要几项功能？", ("600平方米", "不少于3项")),
        ("重庆三级服务载体是哪三级，分工表里由谁牵头？", ("城镇生活圈中心", "各区县政府")),
        ("重庆综合体盖小点行不行，年度评估分几个等级？", ("600平方米", "优秀、良好、合格、不合格")),
    ],
)
def test_a_later_part_is_answered_as_it_would_be_alone(text, said, ask):
    """Words of the question before do not stand in its way, and the place named there is its own."""
    answer = ask(text)
    assert all(words in answer.text for words in said)
    assert answer.missing == ()


def test_documents_hold_for_later_parts(library):
    """第八条 after 京发改规〔2025〕1号第七条 is that document's."""
    parts, _ = questions_in(understand("京发改规〔2025〕1号第七条有几项，第八条由谁负责？", library), library)
    assert parts[1].references[0].clauses == (("京发改规[2025]1号", "第八条"),)


def test_what_is_beyond_the_limit_is_named(ask):
    """Seven questions: six are answered or named, the seventh is told to be too many."""
    asked = ["补助多少", "面积多大", "谁来审批", "养老服务有哪些", "托育面向几岁", "怎么验收", "公积金怎么提"]
    answer = ask("北京的设施" + "？".join(asked))
    assert len(asked) == MOST + 1
    assert f"一次最多回答{MOST}个问题，“公积金怎么提”未作答，请另行提问。" in answer.missing
