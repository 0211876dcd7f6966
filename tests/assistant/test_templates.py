"""Templates by the name a user gives them."""

import pytest

from assistant.errors import UnknownTemplate
from assistant.templates import find_template, templates


def test_the_nation_comes_first() -> None:
    """Then place by place."""
    codes = [one.jurisdiction for one in templates()]
    assert codes == sorted(codes)
    assert codes[0] == "000000"


@pytest.mark.parametrize(
    ("name", "found"), [("CQ-D1", "CQ-D1"), ("bj-d3", "BJ-D3"), ("资金申请报告", "BJ-D3")]
)
def test_a_template_is_found(name: str, found: str) -> None:
    """By id or title."""
    assert find_template(name).template_id == found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("申报方案", "CQ-D1（项目申报方案）"),
        ("BJ", "BJ-D1"),
        ("没有这种", "cewen templates"),
        (" ", "cewen templates"),
    ],
)
def test_an_unknown_one_gets_the_nearest_named(name: str, said: str) -> None:
    """One sentence with what to do."""
    with pytest.raises(UnknownTemplate, match=said) as caught:
        find_template(name)
    assert str(caught.value).endswith("。")
