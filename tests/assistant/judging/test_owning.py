"""A figure is shown only of the thing it belongs to."""

import pytest

from assistant.types import AnswerStatus


@pytest.mark.parametrize(
    "question",
    [
        "重庆乡镇卫生院补助多少万元",  # the clause subsidises 乡镇养老服务中心
        "重庆街道托育服务中心补助多少",
        "重庆给每个景区游客中心补多少钱",
        "重庆每个托育机构补助多少万元",
        "重庆社区养老服务站面积要达到多少平方米",  # the area is that of the 综合体
        "重庆老年食堂面积不小于多少",
        "上海先行先试的社区里要设多少个宝宝屋？",  # 120 are the communities
        "杭州市区试点涉及多少个乡镇街道？",
        "杭州的民生幸福共同体要配多少名工作人员？",
        "杭州80个试点社区，每个区各有几个？",  # a city's number is not a district's
        "余杭区2026年要新建几个民生幸福共同体？",
        "北京增加公共服务功能的更新项目，能多给百分之几的建筑面积",
        "重庆驾校考核分几个等级？",
        "杭州消防验收备案几天办完",  # 12月底 is no span of time
    ],
)
def test_the_figure_of_a_near_thing_is_no_answer(question, ask):
    """Another owner, another thing counted, another whole: refused."""
    assert ask(question).status is AnswerStatus.NO_BASIS


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("重庆每个乡镇养老服务中心补助多少万元", "100万元"),
        ("重庆社区养老服务站的以奖代补是多少钱", "20万元"),
        ("重庆的综合体面积不小于多少", "600平方米"),
        ("上海先行先试的社区有多少个？", "120个"),
        ("上海、杭州分别确定了多少个试点社区？", "120个"),
        ("杭州市区要建多少个民生幸福共同体？", "80 个"),
        ("重庆更新项目能多给百分之几的建筑面积", "15%"),
        ("重庆运营考核分几个等级？", "四个等级"),
        ("杭州拱墅区的试点社区每百户要多少平方米", "60平方米"),
    ],
)
def test_the_figure_of_the_thing_itself_is_shown(question, figure, ask):
    """One word apart from a question that is refused."""
    assert figure in ask(question).text


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [
        ("重庆运营单位不整改罚款多少元", False),
        ("北京项目单位挪用补助资金怎么罚款", False),
        ("上海宝宝屋周末开放吗", False),
        ("重庆运营监管协议的范本在哪下载", False),
        ("北京2025年项目征集什么时候截止", False),
        ("重庆运营监管协议应包括哪些内容", True),
        ("北京多久征集一次项目", True),
    ],
)
def test_what_a_clause_must_speak_of(question, is_answered, ask):
    """A fine, opening hours, a form or a closing day is not told by a clause on the same thing."""
    assert (ask(question).status is not AnswerStatus.NO_BASIS) is is_answered
