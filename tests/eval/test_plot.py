"""The plot: the same bytes for the same scores, Chinese as text, nothing of the day it was made."""

import sys
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from eval.cases import Split
from eval.clause_gold import ParseScore
from eval.harness import Measure
from eval.metrics import Ratio
from eval.plot import plot_by_type
from eval.report import Group, Report, SplitReport, Subject
from indexing.errors import PolicyAssistantError

_SVG = "{http://www.w3.org/2000/svg}"


def report_of(day: date = date(2026, 1, 1), figure: float = 0.5) -> Report:
    """Two types in both splits; nothing to find for the second."""
    findable = {Measure.RECALL_AT_5: Ratio(figure, 1), Measure.FULLY_RIGHT: Ratio(0.25, 1)}
    refusable = {Measure.RECALL_AT_5: Ratio(), Measure.FULLY_RIGHT: Ratio(1, 1)}
    by_type = (Group("figure", "数额", 3, findable), Group("unanswerable", "无依据", 2, refusable))
    whole = Group("all", "全部", 5, findable)
    splits = tuple(SplitReport(split, whole, by_type, ()) for split in Split)
    return Report(Subject("c", "e", "f", "l", day), ParseScore(5, 1, 1, 0), splits)


def test_the_same_scores_give_the_same_bytes() -> None:
    """Whatever the day; other scores give others."""
    drawn = plot_by_type(report_of())
    assert plot_by_type(report_of(date(2027, 2, 2))) == drawn
    assert plot_by_type(report_of(figure=0.75)) != drawn


def test_labels_are_text_for_the_readers_fonts() -> None:
    """Types, panels and splits stand in the file as characters, with fonts that know Chinese first."""
    root = ET.fromstring(plot_by_type(report_of()))
    texts = {element.text for element in root.iter(f"{_SVG}text")}
    assert {"数额", "无依据", "调试题（5 题）", "保留题（5 题）", "检索：前五条中有正确条款"} <= texts
    assert all("Noto Sans CJK SC" in element.attrib["style"] for element in root.iter(f"{_SVG}text"))


def test_there_is_a_bar_for_each_score_and_none_where_there_is_none() -> None:
    """Two splits: one type on the left, two on the right; lengths are in proportion."""
    drawn = plot_by_type(report_of()).decode()
    blue = [path for path in drawn.split("<path ")[1:] if "fill: #1f5fa8" in path]
    assert len(blue) == 3 + 1  # three bars and the key of the legend
    widths = sorted(_width(path) for path in blue[:3])
    assert widths[1] / widths[0] == pytest.approx(2, abs=0.01)  # 50 % and 25 %
    assert widths[2] / widths[0] == pytest.approx(4, abs=0.01)


def _width(path: str) -> float:
    """How wide the rectangle of a path is: "M x y L x y …"."""
    words = path.partition('d="')[2].partition('"')[0].split()
    xs = [float(word) for word, before in zip(words[1:], words, strict=False) if before in {"M", "L"}]
    return max(xs) - min(xs)


def test_without_matplotlib_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra; everything but the plot works without it."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PolicyAssistantError, match=r"cewen\[eval\]"):
        plot_by_type(report_of())
