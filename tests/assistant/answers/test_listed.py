"""Lists of several places are held against each other member by member."""

import pytest

from assistant.answers.listed import asks_members, members_of


@pytest.mark.parametrize(
    ("sentence", "members"),
    [
        (
            "结合社区实际,按需合理配置党群服务、养老托育、就业帮扶等一种或多种功能场景",
            ("党群服务", "养老托育", "就业帮扶"),
        ),
        ("聚焦养老托育、体育健身、儿童游憩七大领域", ("养老托育", "体育健身", "儿童游憩")),
        ("科学选择公建民营、民办公助、政府购买服务等运营模式", ("公建民营", "民办公助", "政府购买服务")),
    ],
)
def test_members_are_read_without_what_stands_around_them(sentence, members):
    """Verbs before the first and counts behind the last belong to no member."""
    assert members_of(sentence) == [members]


def test_two_things_are_no_list():
    """规划、建设 joins two words."""
    assert members_of("规划、建设要同步") == []


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("和国家方案相比，上海列的功能场景多了哪几项？", True),
        ("上海有而北京没有的功能是哪些？", True),
        ("哪些服务功能是国家、上海、杭州都列了的？", True),
        ("北京和重庆的运营模式有什么不同", True),
        ("北京和上海的养老服务有什么区别", False),
        ("北京和重庆补助多少", False),
    ],
)
def test_lists_are_compared_only_where_they_are_asked_about(question, asks):
    """养老服务有什么区别 asks what each says of one thing."""
    assert asks_members(question) is asks


def test_what_one_place_lists_more_is_told_first(ask):
    """The two enumerations are found wherever they stand; both are cited."""
    answer = ask("和国家方案相比，上海列的功能场景多了哪几项？")
    first = answer.statements[0]
    assert first.text.startswith("国家层面、上海市都列有：养老托育、社区助餐、")
    assert first.text.endswith("只有上海市列有：党群服务、就业帮扶。")
    assert [one.path for one in first.citations] == ["一/第2段", "二/（六）"]


def test_a_member_is_listed_where_its_halves_are(ask):
    """养老托育 beside 养老服务、托育服务 is no difference."""
    first = ask("重庆和国家列的服务功能有什么区别？").statements[0]
    assert first.text.startswith("重庆市、国家层面所列相同：")


def test_a_list_is_of_what_is_asked_about(ask):
    """托育 is a member of the list of functions; its own forms are asked for."""
    first = ask("托育的服务形式，北京和重庆列的一样吗？").statements[0]
    assert first.text == "北京市、重庆市所列相同：全日托、半日托、计时托、临时托。"


def test_numbers_asked_for_are_no_lists(ask):
    """How many functions is a figure."""
    answer = ask("北京、重庆、杭州三地对服务功能数量的要求有什么异同？")
    assert not any("列有" in one.text or "所列相同" in one.text for one in answer.statements)
