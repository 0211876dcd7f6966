"""Claims in words are held against the quotes: confirmed, denied, or passed over where they say nothing."""

import pytest

from assistant.premises.bodies import of_bodies
from assistant.premises.claims import of_exclusions, of_numbers, of_recurrences
from assistant.premises.types import HOLDS, Premise


@pytest.mark.parametrize(
    ("asked", "quotes", "found"),
    [
        ("每季度组织一次征集,对吗?", "每年定期组织征集和申报", [Premise("每季度", "每年")]),
        ("每年组织一次征集,对吗?", "每年定期组织征集和申报", [HOLDS]),
        ("每两个月检查,对吗?", "每两月检查一次", [HOLDS]),
        ("每百户30平方米,对吗?", "每年组织", []),
        ("每月报送,对吗?", "每年报告,每季度调度", []),
    ],
)
def test_how_often(asked, quotes, found):
    """Against the one frequency told; of several, none is meant for certain."""
    assert of_recurrences(asked, quotes) == found


@pytest.mark.parametrize(
    ("asked", "quotes", "found"),
    [
        ("由市民政局负责解释,对吧?", "本办法由市发展改革委负责解释", [Premise("市民政局", "市发展改革委")]),
        ("由市发改委负责解释,对吧?", "本办法由市发展改革委负责解释", [HOLDS]),
        (
            "要报区发改委报备,对吗?",
            "审查通过后报送市住房城乡建设局报备",
            [Premise("区发改委", "市住房城乡建设局")],
        ),
        ("由市民政局负责解释,对吧?", "有效期三年", []),
    ],
)
def test_who(asked, quotes, found):
    """A body the quotes do not name for that act is denied; where they name none, nothing is said."""
    assert of_bodies(asked, quotes) == found


@pytest.mark.parametrize(
    ("asked", "quotes", "is_denied"),
    [
        ("运营主体只能是企业,对吗?", "应当为依法登记的企事业单位、社会组织或自然人", True),
        ("运营主体只能是企业,对吗?", "运营主体只能由企业、社会组织担任", False),
        ("运营主体只能是学校,对吗?", "应当为依法登记的企事业单位、社会组织或自然人", False),
        ("地价一律不折减,对不对?", "计容部分可相应折减地价", True),
        ("地价一律不折减,对不对?", "计容部分不折减地价", False),
    ],
)
def test_only_and_never(asked, quotes, is_denied):
    """Denied only where the quotes list others beside it, or allow what is said never to be."""
    assert bool(of_exclusions(asked, quotes)) is is_denied


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("北京的文号是京发改规[2024]1号吧?", [Premise("京发改规〔2024〕1号", "京发改规〔2025〕1号")]),
        ("北京的文号是京发改规[2025]1号吧?", [HOLDS]),
        ("北京的办法什么时候印发?", []),
    ],
)
def test_a_number_claimed(asked, found):
    """Against the 文号 the quotes name."""
    assert of_numbers(asked, "京发改规[2025]1号") == found
