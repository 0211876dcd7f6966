"""Who a clause makes responsible, by the brackets that name it."""

import pytest

from indexing.responsible import responsible_bodies


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("列支。（民政部、财政部负责。列第一位者为牵头单位，下同）", ("民政部", "财政部")),
        ("奖补。（民政部、科技部，各省级人民政府按职责分工负责）", ("民政部", "科技部", "各省级人民政府")),
        ("建设。（责任单位：市建委，相关区政府）", ("市建委", "相关区政府")),
        ("建设（包括由政府负责的项目）。", ()),
        ("建设。（政府负责的项目除外）", ()),
    ],
)
def test_bodies_stand_in_brackets(text: str, bodies: tuple[str, ...]) -> None:
    """A bracket that closes a sentence names them, with or without a note of who leads."""
    assert responsible_bodies(text) == bodies
