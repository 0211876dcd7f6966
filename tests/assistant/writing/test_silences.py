"""A refusal says what was looked for, why it is not there, and what to do."""

import pytest

from assistant.types import AnswerStatus


@pytest.mark.parametrize(
    "question",
    [
        "今天会下雨吗",
        "番茄炒蛋怎么做",
        "公积金贷款利率是多少",
        "机动车闯红灯扣几分",
        "婚姻登记需要带哪些证件",
        "上海迪士尼几点关门",
        "苹果手机怎么截图",
    ],
)
def test_another_field_is_called_so(question, ask):
    """Weather, cooking, other offices: outside, with the words no document has and where to look."""
    answer = ask(question)
    assert answer.status is AnswerStatus.NO_BASIS
    assert "不在库内文件规定的范围内" in answer.missing[0]
    assert "请查阅主管部门" in answer.missing[0]


@pytest.mark.parametrize(
    "question",
    [
        "重庆乡镇卫生院补助多少万元",
        "社区食堂厨师要不要健康证",
        "北京社区助餐点要多少平方米",
        "重庆运营主体乱收费罚多少",
    ],
)
def test_a_near_topic_is_not_called_another_field(question, ask):
    """It is named as what was not found, with what to do next."""
    answer = ask(question)
    assert answer.status is AnswerStatus.NO_BASIS
    assert not any("规定的范围" in one for one in answer.missing)
    assert "核实" in answer.missing[0]


def test_the_figure_of_another_thing_is_named_as_that(ask):
    """An official who sees 养老服务中心 below the refusal must not take its sum for the 卫生院's."""
    missing = ask("重庆乡镇卫生院补助多少万元").missing
    assert "没有写“卫生院”的数额，不能套用" in "".join(missing)


def test_words_no_document_has_are_named(ask):
    """The reader sees which words found nothing."""
    assert "库内文件都没有提到“厨师”“健康证”。" in ask("社区食堂厨师要不要健康证").missing


def test_a_district_of_a_city_not_held_is_named_with_its_city(ask):
    """南山区 alone may be any."""
    assert "库内没有深圳市南山区的政策文件" in ask("深圳市南山区的综合体补多少").missing[0]


def test_the_nation_is_heard_whatever_city_was_asked(ask):
    """Where a city is silent the nation's rule is shown as the nation's."""
    answer = ask("北京允许用专项债吗")
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.statements[0].text.startswith("国家层面：")
    assert "仅为国家层面的规定" in answer.missing[0]
