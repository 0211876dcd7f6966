"""先…再… is held against the order of the list quoted."""

import pytest

from assistant.premises.ordering import of_sequences
from assistant.premises.types import HOLDS, Premise

_STEPS = "(三)申报方案评审;|(四)确定试点建设名单;|(五)编制实施方案;"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("先编制实施方案再确定试点建设名单,对吧?", [Premise("先编制实施方案再确定试点建设名单")]),
        ("先确定试点建设名单再编制实施方案,对吧?", [HOLDS]),
        ("编制实施方案以后才确定试点建设名单,对吗?", [Premise("编制实施方案以后才确定试点建设名单")]),
        ("先办理施工许可再确定试点建设名单,对吧?", [None]),
        ("先行启动的是50个社区,对吧?", []),
    ],
)
def test_which_step_comes_first(asked, found):
    """Denied the other way round, confirmed as listed, undecided where a step is not in the list."""
    assert of_sequences(asked, _STEPS) == found


def test_a_sentence_tells_an_order_where_it_says_so():
    """取得立项后…编制报告 is an order; two parts with a comma between them are none."""
    asked = "先编制资金申请报告再取得立项,对吧?"
    assert of_sequences(asked, "取得立项手续后,编制资金申请报告") == [Premise(asked.partition(",")[0])]
    assert of_sequences(asked, "取得立项手续,编制资金申请报告") == [None]
