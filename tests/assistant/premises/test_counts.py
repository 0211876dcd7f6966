"""Counts and grades claimed in words are held against the quotes; other things are passed over."""

import pytest

from assistant.premises.claims import of_choosing
from assistant.premises.counts import of_counts, of_grades
from assistant.premises.restating import numbers_said
from assistant.premises.types import HOLDS, Premise


@pytest.mark.parametrize(
    ("asked", "quotes", "found"),
    [
        ("聚焦六大领域,是吧?", "儿童游憩七大领域", [Premise("六大领域", "七大领域")]),
        ("聚焦七大领域,是吧?", "儿童游憩七大领域", [HOLDS]),
        ("考核分三档,对吧?", "分为优秀、良好、合格、不合格四个等级", [Premise("三档", "四个等级")]),
        ("一共有七步,对吧?", "(一)申报;(二)评审;(三)实施", [Premise("七步", "（一）至（三）")]),
        ("一共有三步,对吧?", "(一)申报;(二)评审;(三)实施", [HOLDS]),
        ("第三步是评审,对吧?", "(一)申报;(二)评审", []),
        ("构建三级服务体系,对吧?", "四个等级", []),
    ],
)
def test_how_many(asked, quotes, found):
    """Steps are counted in the list itself; 第三步 counts nothing."""
    assert of_counts(asked, quotes) == found


def test_from_which_grade():
    """良好以上 is denied by 合格及以上."""
    assert of_grades("良好以上才有补助,对吗?", "合格及以上等级的,可获得补助") == [
        Premise("良好以上", "合格及以上")
    ]
    assert of_grades("优秀的才有补助,对吗?", "合格及以上等级的,可获得补助") == [Premise("优秀", "合格及以上")]
    assert of_grades("合格以上就有补助,对吗?", "合格及以上等级的,可获得补助") == [HOLDS]


def test_how_somebody_is_chosen():
    """An appointment is denied by the way the quotes lay down, and by nothing else."""
    told = "以投票方式择优引入相关主体作为运营单位"
    assert of_choosing("由街道直接指定,对吧?", told) == [Premise("由街道直接指定", "以投票方式择优引入")]
    assert of_choosing("由街道直接指定,对吧?", "由街道指定,以书面方式确定") == []


def test_a_number_not_said_keeps_a_claim_from_being_confirmed():
    """常住人口超过300万 is not confirmed by a sentence on 100万."""
    assert not numbers_said("优先在超过300万的城市推进吧", "优先在超过100万人的大城市推进")
    assert numbers_said("优先在大城市推进吧", "优先在超过100万人的大城市推进")
