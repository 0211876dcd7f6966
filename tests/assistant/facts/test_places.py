"""Where a project lies is worked out from the names in its sheet; a namesake never decides."""

import pytest

from assistant.facts.dictionary import dictionary
from assistant.facts.entries import text_entries
from assistant.facts.reading import read_entries

MEANT = (
    ("丰台区右安门街道玉林里社区服务点（北京市）", "110000"),  # 玉林 is a city too
    ("静安区彭浦新村街道临汾社区综合体（上海市）", "310000"),
    ("重庆南岸街道申报材料", "500000"),
    ("上海市浦东新区项目，由北京市建筑设计院设计", "310000"),  # only one has a district
)


@pytest.mark.parametrize(("text", "code"), MEANT)
def test_the_place_is_told_from_namesakes(text: str, code: str) -> None:
    """A community called after a city is not in it; of two cities the one with a district counts."""
    assert read_entries(text_entries(text, dictionary()), "表.txt").sheet.value("jurisdiction") == code


def test_two_cities_alike_are_left_open() -> None:
    """Where either is possible nobody guesses; what to write is said."""
    reading = read_entries(text_entries("北京市和上海市合作项目", dictionary()), "表.txt")
    assert reading.sheet.value("jurisdiction") is None
    assert any("请写明" in issue.message for issue in reading.issues)
