"""To which class a thing belongs is held against the lists the classes are defined by."""

import pytest

from assistant.premises.classes import of_classes
from assistant.premises.types import HOLDS, Premise

_LISTS = (
    "基本类指由政府保障的服务,包括公共卫生、公共文化等。普惠非基本类指普惠服务,包括养老服务、托育等。"
    "商业类指商业服务,包括理发等。"
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("养老服务属于商业类,对吗?", [Premise("商业类", "普惠非基本类")]),
        ("公共卫生是基本类,对吧?", [HOLDS]),
        ("商业类包括公共文化,对吧?", [Premise("商业类", "基本类")]),
        ("停车属于商业类,对吧?", []),
        ("养老服务属于军事类,对吧?", []),
    ],
)
def test_the_class_is_the_one_whose_list_names_it(asked, found):
    """普惠非基本类 is not 基本类; a thing no list names, or an unknown class, is passed over."""
    assert of_classes(asked, _LISTS) == found
