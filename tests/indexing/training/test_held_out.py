"""What is kept for reports is recognised however it is printed."""

import pytest

from indexing.training.held_out import HeldOut

HELD = HeldOut(["老人去哪儿吃饭？"], ["社区食堂应当为六十岁以上老年人提供优惠助餐服务，费用由区财政补贴。"])


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("老人去哪儿吃饭", True),
        ("老人　去哪儿吃饭！", True),
        ("老人去哪儿", False),  # short texts only when they are equal
        ("社区食堂应当为六十岁以上老年人提供优惠助餐服务", True),
        ("第九条　社区食堂应当为六十岁以上老年人，提供优惠助餐服务；费用由区财政补贴。", True),
        ("社区食堂应当为六十岁以上老年人开门，其他事项由街道办事处另行规定并且向社会公布。", False),
        ("", False),
        ("。", False),
    ],
)
def test_a_repeated_text_is_recognised(text: str, held: bool) -> None:
    """Punctuation, spaces and a mark in front hide nothing; a few shared words are no repetition."""
    assert HELD.holds(text) is held


def test_seventy_percent_of_six_grams_is_the_line() -> None:
    """Of 10 grams, 7 shared count as a repetition and 6 do not."""
    held = HeldOut([], ["甲乙丙丁戊己庚辛壬癸子丑寅卯辰"])
    assert held.holds("甲乙丙丁戊己庚辛壬癸子丑一二三")  # 7 of 10
    assert not held.holds("甲乙丙丁戊己庚辛壬癸子一二三四")  # 6 of 10
