"""Targets stand under their year: one year's are not another's."""

import pytest

from assistant.judging.target_years import target_year


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("到2027年要建多少个", "2027"),
        ("2025年底前要出台什么", "2025"),
        ("2025年的时候还有效吗", None),
        ("自2024年起施行吗", None),
        ("到2025年和到2027年各要做到什么", None),
    ],
)
def test_the_year_of_a_target_is_read(question, year):
    """A day asked about, a start and several years are none."""
    assert target_year(question) == year


def test_all_that_stands_under_a_year_is_its_target(ask):
    """Sentences behind 到2025年 belong to it until 到2027年."""
    text = ask("杭州到2025年要达到什么目标？").text
    assert "80 个社区" in text
    assert "全覆盖，社区便民服务能力进一步提高" in text
    assert "到 2027 年" not in text


def test_a_figure_under_a_year_stays_one_sentence(ask):
    """Where a figure is asked for the other targets of the year are left out."""
    text = ask("杭州到2025年遴选多少个社区试点？").text
    assert "80 个社区" in text
    assert "政策保障体系" not in text
