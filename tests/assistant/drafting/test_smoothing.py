"""Paragraphs of a draft read as one."""

import pytest

from assistant.drafting.smoothing import smoothed
from assistant.drafting.types import shown
from assistant.export.official import Blank, Text
from tests.assistant.drafting.making import USUAL, draft_of


def _smoothed(*words: str, subject: str = "项目") -> str:
    return "".join(shown(one) for one in smoothed(tuple(Text(each) for each in words), subject))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("已形成资源清单。", "项目已形成资源清单。"),
        ("以低成本方式提供场地。", "项目以低成本方式提供场地。"),
        ("不设行政办公用房。", "项目不设行政办公用房。"),
        ("以上情况符合要求。", "以上情况符合要求。"),
        ("社区已完成调研。", "社区已完成调研。"),
        ("已知短板6项。", "已知短板6项。"),
    ],
)
def test_a_paragraph_says_of_whom_it_speaks(words: str, expected: str) -> None:
    """Where it would begin with what was done, and nowhere else."""
    assert _smoothed(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("社区已于2026年2月完成体检，已于2026年2月组织问卷。", "社区已于2026年2月完成体检，组织问卷。"),
        ("2026年2月入户。已于2026年2月完成调研。", "2026年2月入户。同月完成调研。"),
        (
            "社区已于2026年2月完成体检，已于2026年3月组织问卷。",
            "社区已于2026年2月完成体检，已于2026年3月组织问卷。",
        ),
        (
            "2026年1月入户，2月座谈。已于2026年2月完成调研。",
            "2026年1月入户，2月座谈。已于2026年2月完成调研。",
        ),
        ("2026年2月3日入户。已于2026年2月5日完成调研。", "2026年2月3日入户。已于2026年2月5日完成调研。"),
        (
            "2026年2月入户。“2025年3月，已于2026年2月完成”。",
            "2026年2月入户。“2025年3月，已于2026年2月完成”。",
        ),
    ],
)
def test_a_month_is_said_once(words: str, expected: str) -> None:
    """同月 behind a stop, nothing behind a comma; another month, a day and a quote stand as they were."""
    assert _smoothed(words) == expected


def test_a_month_is_carried_over_a_footnote_and_a_blank() -> None:
    """The paragraph is one text, in however many pieces; what is no text stays."""
    hole = Blank("问卷份数", "份")
    pieces = (Text("社区于2026年2月入户，问卷"), hole, Text("。"), Text("已于2026年2月完成调研。"))
    found = smoothed(pieces, "项目")
    assert found[1] is hole
    assert shown(found[-1]) == "同月完成调研。"


def test_nothing_of_nothing() -> None:
    """An empty paragraph stays one."""
    assert smoothed((), "项目") == ()


@pytest.mark.parametrize("place", ["CQ", "BJ", "HZ", "SH", "GJ"])
def test_no_paragraph_of_a_draft_begins_with_what_was_done(place: str) -> None:
    """已…, with nobody who did it."""
    draft = draft_of(USUAL[place], place)
    heads = [
        shown(block.inlines[0]) for one in draft.sections for block in one.blocks if hasattr(block, "inlines")
    ]
    assert heads
    assert not [one for one in heads if one.startswith("已")]


def test_many_quotes_of_a_kind_are_not_told_in_one_sentence() -> None:
    """Six permissions of Shanghai in two sentences of three, the second of which goes on from the first."""
    found = draft_of("SH-D1", "SH").section("stock")
    assert found is not None
    told = [one for one in found.text.split("。") if "所列前提" in one]
    assert [one.count("“") for one in told] == [3, 3]
    assert told[1].strip().startswith("此外，还具备")
