"""Names as people write them become a filter, or a sentence that says what to write."""

from datetime import date

import pytest

from assistant.errors import UnknownFilter
from assistant.filtering import filters_for
from indexing.types import SearchFilter


@pytest.mark.parametrize(
    ("city", "codes"),
    [
        ("北京", ("110000",)),
        ("余杭区", ("330100",)),  # the city holds the documents of its district
        ("国家", ("000000",)),
        ("310000", ("310000",)),
        ("广州", ("440100",)),  # not held: stays itself, so nothing of another place is found
        ("北京和重庆", ("110000", "500000")),
    ],
)
def test_a_place_is_meant_by_its_name(city, codes, assistant):
    """Name, district, nation, code, several."""
    assert filters_for(assistant.index, city).jurisdictions == codes


@pytest.mark.parametrize(
    ("city", "part"), [("某某星球", None), ("鼓楼区", None), ("", None), (None, "附件99")]
)
def test_an_unknown_name_is_a_sentence(city, part, assistant):
    """Never a search that silently finds nothing, or everything."""
    with pytest.raises(UnknownFilter) as raised:
        filters_for(assistant.index, city, part)
    assert str(raised.value).endswith("。")
    assert f"“{part or city}”" in str(raised.value)


def test_all_three_are_handed_on(assistant):
    """Part and day stand as given; none restricts nothing."""
    day = date(2026, 1, 1)
    assert filters_for(assistant.index, "重庆", " 附件1 ", day) == SearchFilter(
        jurisdictions=("500000",), parts=("附件1",), as_of=day
    )
    assert filters_for(assistant.index) == SearchFilter()
