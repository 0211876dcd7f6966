"""Sentence spans: the grain of vectors and focus."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.sentences import split_sentences


def pieces(text: str) -> list[str]:
    """The sentences of `text` as strings."""
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("本办法由市发展改革委负责解释。", ["本办法由市发展改革委负责解释。"]),
        ("无标点", ["无标点"]),
        ("甲方办理；乙方协助！可否？可。", ["甲方办理；", "乙方协助！", "可否？", "可。"]),
        ("第一行\n第二行。第三句", ["第一行", "第二行。", "第三句"]),
        ("21\t\t探索以奖代补。制定办法。\t市民政局", ["21", "探索以奖代补。", "制定办法。", "市民政局"]),
        ("他说：“先办理。再验收。”随后离开。", ["他说：“先办理。再验收。”随后离开。"]),
        ("他说“可以。” 另一句。", ["他说“可以。” 另一句。"]),
        ("“可以！”。下一句", ["“可以！”。", "下一句"]),
        ("（一）建设进度滞后。", ["（一）建设进度滞后。"]),
        ("括号没有（合上。下一句。", ["括号没有（合上。", "下一句。"]),
        ("补助30%…… 后面", ["补助30%……", "后面"]),
        ("比例1:2.5为宜。", ["比例1:2.5为宜。"]),
        ("（此件公开发布。）后文。", ["（此件公开发布。）后文。"]),
        (
            "建设。（责任单位：市建委（含局），区政府）实行有偿服务。",
            ["建设。", "（责任单位：市建委（含局），区政府）", "实行有偿服务。"],
        ),
        ("支持。[责任单位：市财政局]", ["支持。", "[责任单位：市财政局]"]),
        ("（责任单位：市建委。没有合上", ["（责任单位：市建委。", "没有合上"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    """Ends, line breaks and cells part sentences; open quotations and brackets do not."""
    assert pieces(text) == expected


@given(st.text(alphabet="甲乙。！？；\n\t （）“”《》x 1.", max_size=60))
def test_spans_carry_everything_but_white_space(text: str) -> None:
    """Spans are ordered, apart, stripped, and leave out nothing but white space."""
    spans = split_sentences(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(piece == piece.strip() != "" for piece in pieces(text))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_long_text_is_split_in_linear_time() -> None:
    """Two hundred thousand characters of open brackets are no trap."""
    text = "（" * 200_000 + "。" + "）" * 200_000
    assert split_sentences(text) == [(0, len(text))]
