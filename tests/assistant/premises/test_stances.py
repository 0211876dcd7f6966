"""How a thing is claimed to be ruled is held against the part of the sentence that says the thing."""

import pytest

from assistant.premises.stances import of_manners, of_opposites, of_priorities, of_stances
from assistant.premises.types import HOLDS, Premise

_CROSSING = "优先建设(改造)功能集成的服务综合体。暂不具备条件的可分散建设功能单一的设施。"


@pytest.mark.parametrize(
    ("asked", "quotes", "found"),
    [
        ("不能分散建设,对吗?", _CROSSING, [Premise("不能分散建设", "可分散建设功能单一的设施")]),
        (
            "鼓励以行政办公功能替代服务功能,是吗?",
            "避免以行政办公功能替代服务功能",
            [Premise("鼓励以行政办公功能替代服务功能", "避免以行政办公功能替代服务功能")],
        ),
        (
            "必须建设功能集成的综合体,对吧?",
            _CROSSING,
            [Premise("必须建设功能集成的综合体", "优先建设(改造)功能集成的服务综合体")],
        ),
        ("不得新建和扩建,对吧?", "不得新建和扩建,可临时改变使用功能", []),
        ("可以分散建设,对吗?", _CROSSING, []),
        ("必须缴纳停车费,对吧?", _CROSSING, []),
    ],
)
def test_may_must_and_must_not(asked, quotes, found):
    """Denied with the part's own words; passed over where it agrees or no part says the deed."""
    assert of_stances(asked, quotes) == found


@pytest.mark.parametrize(
    ("asked", "quotes", "found"),
    [
        ("以出让方式供地,对吗?", "以划拨方式供地", [Premise("以出让方式", "以划拨方式")]),
        ("以划拨方式供地,对吗?", "以划拨方式供地", [HOLDS]),
        ("以出让方式供地,对吗?", "以划拨方式供地。也可出让", []),
        ("以出让方式供地,对吗?", "供地由市里决定", []),
    ],
)
def test_in_what_way(asked, quotes, found):
    """Against another way of the same kind; a way the quotes name elsewhere is not denied."""
    assert of_manners(asked, quotes) == found


def test_what_comes_first():
    """Something else does; of a thing no quote knows nothing is said."""
    claim = "优先建设分散的功能单一设施,对吗?"
    assert of_priorities(claim, _CROSSING) == [
        Premise("优先建设分散的功能单一设施", "优先建设(改造)功能集成的服务综合体")
    ]
    assert of_priorities("优先建设功能集成的综合体,对吗?", _CROSSING) == [HOLDS]
    assert of_priorities("优先建设停车楼,对吗?", _CROSSING) == []


def test_words_that_exclude_each_other():
    """Only in a part that speaks of the same thing."""
    assert of_opposites("这类设施要加收地价吗", "设施可相应折减地价") == [Premise("加收", "折减")]
    assert of_opposites("这类设施要加收地价吗", "租金可以折减") == []
