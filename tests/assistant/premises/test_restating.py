"""A claim is confirmed by one sentence that makes it, word for word or nearly."""

import pytest

from assistant.premises.restating import numbers_said, of_restated, of_reversed
from assistant.premises.types import HOLDS, Premise


@pytest.mark.parametrize(
    ("asked", "quotes", "holds"),
    [
        ("其他渠道资金不能重复支持,对吧?", "其他渠道资金不再重复支持。", True),
        ("存量改造不得新建和扩建,对吗?", "存量改造可暂不改变性质,不得新建和扩建。", True),
        ("评估等级有四个,对吗?", "评估等级分为优秀、良好、合格、不合格四个等级。", True),
        ("试运营三个月后要考核评估,对吗?", "试运营3个月后,根据要求考核评估。", True),
        ("进度滞后的项目会被调出名单,对吧?", "对以下项目,及时调出名单:。(一)进度滞后。", True),
        ("办公空间最大化,对吧?", "坚持办公空间最小化、服务空间最大化。", False),
        ("运营主体向街镇提供场地,对吗?", "街镇可向运营主体提供低成本场地。", False),
        ("必须推广一照多址,对吧?", "鼓励推广一照多址。", False),
        ("项目变更要备案,对吧?", "项目变更无需备案。", False),
        ("合格等级的限期整改,对吧?", "评估等级为不合格的,限期整改。", False),
        ("整改期限是100天,对吧?", "整改期限是1000天。", False),
        ("先在小城市推进,对吧?", "优先在大城市推进。", False),
        ("增设停车库也要算容积率,对吧?", "容积率奖励:增设停车库不计算容积率。", False),
    ],
)
def test_only_a_sentence_that_says_it_all_confirms(asked, quotes, holds):
    """Denials, direction, order of receivers and whole numbers must be those of the claim."""
    assert of_restated(asked, quotes, "", ()) == ([HOLDS] if holds else [])


def test_a_number_is_not_part_of_a_longer_one():
    """50 does not stand in 150; 三个月 stands in 3个月."""
    assert not numbers_said("选50个社区,对吧?", "选150个社区")
    assert numbers_said("限期三个月,对吧?", "限期3个月")


@pytest.mark.parametrize(
    ("asked", "quotes", "found"),
    [
        (
            "增设停车库也要算容积率,对吧?",
            "容积率奖励:增设停车库不计算容积率。",
            [Premise("要算容积率", "不计算容积率")],
        ),
        (
            "运营补贴不与考核挂钩,对吧?",
            "将运营补贴与绩效考核挂钩。",
            [Premise("不与考核挂钩", "与绩效考核挂钩")],
        ),
        ("运营补贴与考核挂钩,对吧?", "将运营补贴与绩效考核挂钩。", []),
        ("方案原则上不能变更,对吧?", "实施方案原则上不得变更,确需变更的应报备。", []),
        ("运营补贴不按季度发放,对吧?", "将运营补贴与绩效考核挂钩。", []),
    ],
)
def test_what_a_sentence_turns_round_is_denied(asked, quotes, found):
    """Only where it says every word of the claim, and one of the two denies the same word."""
    assert of_reversed(asked, quotes, "", ()) == found
