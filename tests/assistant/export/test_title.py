"""Titles are broken between words and in a pleasing shape."""

import pytest

from assistant.export.title import MAX_WIDTH, title_lines, width_of
from indexing.folding import fold_aligned
from indexing.segmentation import cut

TITLES = [
    "关于报送渝中区石油路街道社区嵌入式服务设施试点建设项目申报方案的函",
    "重庆市渝中区七星岗街道领事巷社区嵌入式服务设施试点建设项目实施方案",
    "北京市朝阳区人民政府关于呈报2026年度社区嵌入式服务设施建设项目资金申请报告并申请补助的请示",
    "杭州市上城区凯旋街道景芳社区民生幸福共同体建设方案",
    "关于转发《城市社区嵌入式服务设施建设工程实施方案》的通知",
    "某区2026年社区养老服务与婴幼儿托育服务设施补短板项目变更情况的报告",
]


@pytest.mark.parametrize("title", TITLES)
def test_no_word_is_broken(title: str) -> None:
    """Every break stands at the end of a word as jieba cuts the whole title."""
    lines = title_lines(title)
    assert "".join(lines) == title
    assert len(lines) > 1
    breaks, place = set(), 0
    for line in lines[:-1]:
        place += len(line)
        breaks.add(place)
    ends, place = set(), 0
    for word in cut(fold_aligned(title)):
        place += len(word)
        ends.add(place)
    assert breaks <= ends


@pytest.mark.parametrize("title", TITLES)
def test_every_line_fits_and_no_line_begins_with_a_particle(title: str) -> None:
    """Nineteen characters of 22 pt are as many as a line safely holds."""
    for line in title_lines(title):
        assert width_of(line) <= MAX_WIDTH
        assert line[0] not in "的》，、）"
        assert line[-1] not in "《（"


@pytest.mark.parametrize("title", TITLES)
def test_three_lines_have_no_waist(title: str) -> None:
    """A trapezium or a rhombus, never an hourglass."""
    widths = [width_of(line) for line in title_lines(title)]
    assert not any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))


def test_a_short_title_stays_on_one_line() -> None:
    """Nothing is broken without need."""
    assert title_lines("项目申报方案") == ("项目申报方案",)


def test_a_number_stays_with_its_unit_and_a_long_word_is_cut_at_last() -> None:
    """2026年 is one; a word wider than a line has to give."""
    assert all(
        not line.endswith("2026")
        for line in title_lines("关于某区人民政府申报2026年度社区服务补助资金的请示")
    )
    lines = title_lines("Ａ" * 45)
    assert "".join(lines) == "Ａ" * 45
    assert max(map(width_of, lines)) <= MAX_WIDTH


def test_a_title_far_too_long_is_filled_line_by_line() -> None:
    """Whatever somebody pastes, it is set, and in a moment."""
    title = "社区嵌入式服务设施建设运营管理" * 40
    lines = title_lines(title)
    assert "".join(lines) == title
    assert max(map(width_of, lines)) <= MAX_WIDTH
