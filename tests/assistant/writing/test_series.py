"""Enumerations in running text are taken whole, and by code that reads any of them."""

import pytest

from assistant.writing.series import opens_list, run_on, series_around
from indexing.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "chosen", "members"),
    [
        ("原则:一是快。尽早开工。二是好。三是省。", "二是好。", ["原则:一是快。", "二是好。", "三是省。"]),
        ("第一，先报。第二，再审。其他另定。", "第一，先报。", ["第一，先报。", "第二，再审。"]),
        ("（一）快。（二）好。", "（一）快。", ["（一）快。", "（二）好。"]),
        ("一是快。二是好。", "", []),
        ("只有一是快。没有别的。", "没有别的。", []),
        ("一是快。三是省。", "一是快。", []),
        ("——保障基本。逐步补齐。——分类施策。", "——保障基本。", ["——保障基本。", "——分类施策。"]),
        ("——保障基本。逐步补齐。", "——保障基本。", []),
        ("一是快。二是好。一是近。二是便。", "一是近。", ["一是近。", "二是便。"]),
    ],
)
def test_all_members_of_a_chosen_one_and_no_others(text: str, chosen: str, members: list[str]) -> None:
    """Counting on with one mark, sentences between left out, a second enumeration apart."""
    found = split_sentences(text)
    picked = [span for span in found if text[slice(*span)] == chosen]
    assert [text[slice(*span)] for span in series_around(text, found, picked)] == members


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("申报方案应包括以下内容：", True),
        ("针对存在以下情况的项目，及时调出名单范围并告知原申报主体。", True),
        ("按照下列程序进行。", True),
        ("以下简称综合体；面积不少于600平方米。", False),
        ("现印发给你们，请认真贯彻执行。", False),
    ],
)
def test_what_opens_a_list(text: str, opens: bool) -> None:
    """A colon, or 以下 and 下列 in the last sentence; not 以下简称 further up."""
    assert opens_list(text) is opens


def test_a_list_asked_for_is_whole(ask) -> None:
    """Four principles, three reasons: none is left out."""
    principles = ask("北京社区嵌入式服务设施工作坚持哪些基本原则？").text
    assert all(f"{number}是坚持" in principles for number in "一二三四")
    reasons = ask("什么情形下重庆的试点社区会被调出建设名单？").text
    assert all(word in reasons for word in ("建设进度滞后", "成效不及预期", "不具备可实施性"))


_LOST = (
    "第五条 每年开会。有下列情形之一的，应当召开：\n发生事故的；\n"
    "百分之二十以上业主提议的；\n（三）其他情形。\n会议可以书面进行。"
)


@pytest.mark.parametrize(
    ("chosen", "whole"),
    [("有下列情形之一的", True), ("百分之二十以上", True), ("（三）其他", True), ("会议可以", False)],
)
def test_a_list_whose_items_lost_their_marks_is_read_by_its_lines(chosen: str, whole: bool) -> None:
    """From the line that announces it to the first that does not end in ；; no sentence before or behind."""
    at = _LOST.index(chosen)
    lines = [_LOST[start:end] for start, end in run_on(_LOST, (at, at + 4))]
    expected = [
        "有下列情形之一的，应当召开：",
        "发生事故的；",
        "百分之二十以上业主提议的；",
        "（三）其他情形。",
    ]
    assert lines == (expected if whole else [])


def test_two_sentences_are_no_list() -> None:
    """A line that ends in a colon and one behind it."""
    assert run_on("要求如下：\n尽早开工。", (0, 4)) == ()
