"""A claim is read word by word: what it says, what it denies, and whether a text says as much."""

import pytest

from assistant.premises.claim import claim_of, in_figures, is_denied, is_said, words_of


@pytest.mark.parametrize(
    ("asked", "claim"),
    [
        ("听说评估等级有四个,对吧?", "评估等级有4个"),
        ("一年征集一次项目,是吗?", "每年征集项目"),
        ("推广一照多址,是否准确?", "推广一照多址"),
        ("逐步推进,对不对?", "逐步推进"),
    ],
)
def test_what_asks_is_left_out(asked, claim):
    """Small numbers become figures; 一照多址 and 进一步 hold none."""
    assert claim_of(asked) == claim


def test_figures_of_both_numerals_are_one():
    """三个月 and 3个月 are the same words."""
    assert in_figures("限期三个月整改,进一步提高") == "限期3个月整改,进一步提高"


def test_words_that_claim_nothing_are_left_out():
    """不能变更 is cut as one word and claims 变更."""
    assert words_of("实施方案不能变更") == ["实施方案", "变更"]


@pytest.mark.parametrize(
    ("word", "text", "denied"),
    [
        ("扩建", "不得新建和扩建", True),
        ("改变", "可暂不改变规划性质,可临时使用", True),
        ("整改", "评估等级为不合格的,限期整改", False),
        ("变更", "原则上不得变更,确需变更的按原程序", None),
        ("面积", "面积不少于30平方米", False),
        ("收费", "面积不少于30平方米", None),
    ],
)
def test_what_a_text_denies(word, text, denied):
    """A denial ends with its part of the sentence, or at 的; a bound on a figure denies nothing."""
    assert is_denied(word, text) is denied


@pytest.mark.parametrize(
    ("word", "said", "found"),
    [
        ("四同步", "按照“同步规划、同步建设、同步验收、同步交付”原则", True),
        ("三同步", "按照“同步规划、同步建设、同步验收、同步交付”原则", False),
        ("日照间距", "满足消防间距即可", False),
        ("特色菜", "优先供应大众化家常菜", False),
    ],
)
def test_what_a_text_says(word, said, found):
    """A part of a compound says no whole; a number of like members says their short name."""
    assert is_said(word, said, ()) is found
