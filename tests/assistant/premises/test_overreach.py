"""所有, 随便 and 只要…就行 are denied by a sentence that holds for a case, or restricts the deed."""

import pytest

from assistant.premises.overreach import claims_all, of_licences, of_universals
from assistant.premises.types import Premise
from assistant.questions.weighing import Term

_GRADED = "评估考核等级为合格及以上等级的,运营单位可获得相应的运营补助"
_LAND = "零星土地可以划拨方式办理供地手续。涉及经营性用途的以协议出让方式办理供地手续"
_CHANGES = "方案审查通过后报送备案。方案原则上不得变更,确需变更的应按原程序审查报备"


def terms(*surfaces: str, **forms: str) -> list[Term]:
    """Terms of weight 3 each; `forms` adds another form to one."""
    return [Term(one, (one, *filter(None, [forms.get(one)])), 3.0, True, True) for one in surfaces]


@pytest.mark.parametrize(
    ("asked", "quotes", "about", "found"),
    [
        (
            "任何运营单位都能拿运营补助,对吗?",
            _GRADED,
            ("运营单位", "运营补助"),
            [Premise("任何运营单位都能拿运营补助")],
        ),
        (
            "所有零星土地都可以划拨,对吧?",
            _LAND,
            ("零星土地", "划拨"),
            [Premise("所有零星土地都可以划拨")],
        ),
        ("所有地块都要公示,对吧?", "所有地块应当公示", ("地块", "公示"), []),
        ("所有单位都要交报告,对吗?", "运营单位每年提交报告", ("单位", "报告"), []),
        ("合格及以上等级的能拿补助,对吗?", _GRADED, ("补助",), []),
    ],
)
def test_all_is_not_some(asked, quotes, about, found):
    """Denied where the sentence names a case or the next one another rule; else passed over."""
    assert of_universals(asked, quotes, terms(*about)) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("方案可以随便改,对吧?", [Premise("可以随便改")]),
        ("改方案只要跟街道说一声就行,对吗?", [Premise("只要跟街道说一声就行")]),
        ("方案不得改,对吧?", []),
    ],
)
def test_free_is_not_restricted(asked, found):
    """Denied by a part that says the deed and restricts it."""
    assert of_licences(asked, _CHANGES, terms("改", 改="变更")) == found


def test_what_claims_more_than_a_figure_is_known():
    """A figure that holds does not confirm a claim made of all."""
    assert claims_all("所有项目都补30%,对吧?")
    assert not claims_all("公共服务类补30%,对吧?")
