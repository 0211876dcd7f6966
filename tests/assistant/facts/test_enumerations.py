"""Functions listed in running text are read whatever the verb; what is wished or lacking is not."""

import pytest

from assistant.facts.dictionary import dictionary
from assistant.facts.enumerations import listed_functions

LISTED = (
    (
        "楼里打算放社区食堂、老年人日间照料、3岁以下婴幼儿托育、理发店。",
        "社区食堂、老年人日间照料、3岁以下婴幼儿托育、理发店",
    ),
    ("设党群服务站、为老助餐、花房、社区卫生站、图书角。", "党群服务站、为老助餐、花房、社区卫生站、图书角"),
    ("建设内容：食堂、托育和健身。", "食堂、托育和健身"),
    ("三层做社区医生工作室。", "社区医生工作室"),
    ("2号楼设日间照料中心。", "日间照料中心"),
)
NOT_LISTED = (
    "居民最盼的是食堂和托育，反映缺少助餐、健身。",
    "未设养老、托育。",
    "三层没有安排托育。",
    "一层原来是社区食堂。",
    "对养老、托育、助餐开展初步策划。",
    "项目总投资3600万元，养老120万元、托育200万元。",
    "周边已有幼托、菜店、健身房。",
)


@pytest.mark.parametrize(("text", "wanted"), LISTED)
def test_a_list_is_found(text: str, wanted: str) -> None:
    """From the first function to the last, one stranger between them included."""
    spans = listed_functions(dictionary().spec("functions"), text)
    assert [text[start:end] for start, end in spans] == [wanted]


@pytest.mark.parametrize("text", NOT_LISTED)
def test_other_matters_are_no_list(text: str) -> None:
    """Wishes, lacks, plans, prices and neighbours say nothing of what is there."""
    assert list(listed_functions(dictionary().spec("functions"), text)) == []


def test_a_sentence_without_end_is_passed_over() -> None:
    """No list a person wrote has thousands of items; nothing is read from it, at once."""
    assert list(listed_functions(dictionary().spec("functions"), "设" + "、养老" * 100_000)) == []
