"""Allowed beside forbidden, refused beside allowed: denied by the part that says the deed itself."""

import pytest

from assistant.premises.polarity import of_forbidden, of_refused
from assistant.premises.types import Premise


@pytest.mark.parametrize(
    ("asked", "quotes", "found"),
    [
        (
            "允许存量改造时扩建,对吧?",
            "存量改造项目可暂不改变性质,不得新建和扩建。",
            [Premise("允许存量改造时扩建", "不得新建和扩建")],
        ),
        (
            "国有房产可以转移所有权,是吧?",
            "在保持所有权不变条件下提供国有房产。",
            [Premise("转移所有权", "保持所有权不变")],
        ),
        ("存量改造不得扩建,对吧?", "存量改造不得新建和扩建。", []),
        ("允许存量改造时加装电梯,对吧?", "存量改造不得新建和扩建。", []),
        ("允许学校食堂扩建,对吧?", "存量厂房不得新建和扩建。", []),
    ],
)
def test_what_is_forbidden_is_not_allowed(asked, quotes, found):
    """Only of the deed forbidden, and where the sentence speaks of the same thing."""
    assert of_forbidden(asked, quotes, "", ()) == found


@pytest.mark.parametrize(
    ("asked", "quotes", "is_denied"),
    [
        ("不允许市场主体微利经营,对吧?", "允许按规定引入市场经营主体开展微利经营。", True),
        ("名单定了就不能再调整,对吧?", "名单管理遵从动态调整原则。", True),
        ("实施方案不能变更,对吧?", "实施方案原则上不得变更,确需变更的应按原程序审查。", False),
        ("不合格的拿不到补助,对吧?", "评估等级为合格及以上等级的,可获得补助。", False),
        ("面积不能小于600平方米,对吧?", "面积一般不小于600平方米。", False),
        ("不用征求意见,对吧?", "可征求意见。", False),
        ("方案不用征求公众意见,对吧?", "方案应征求社会公众意见。", True),
    ],
)
def test_what_is_allowed_is_not_refused(asked, quotes, is_denied):
    """A rule for another case, one denied elsewhere, or a mere 可 beside 不用 denies nothing."""
    assert bool(of_refused(asked, quotes, "", ())) is is_denied
