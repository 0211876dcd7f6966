"""The scores by type as one SVG: search on the left, answers on the right. matplotlib stays here.

The same scores give the same bytes. Labels are text, not outlines, so the reader's own fonts
draw the Chinese and none has to exist where the plot is made.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from eval.cases import Split
from eval.harness import Measure
from eval.report import TYPE_NAMES, Report, SplitReport
from indexing.errors import PolicyAssistantError

_PANELS = (
    (Measure.RECALL_AT_5, "检索：前五条中有正确条款"),
    (Measure.FULLY_RIGHT, "回答：状态、引用、要点全对"),
)
_COLOURS = {Split.TUNED: "#1f5fa8", Split.HELD: "#d9822b"}  # told apart by people who see no red and green
_NAMES = {Split.TUNED: "调试题", Split.HELD: "保留题"}
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "cewen",  # ids inside the file, otherwise random
    "font.family": "DejaVu Sans",  # comes with matplotlib; only measures text, the reader's font draws it
    "font.size": 9.0,
}
FONTS = "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def plot_by_type(report: Report) -> bytes:
    """An SVG of recall@5 and of fully right answers by type of question, a bar for each split.

    Raises:
        PolicyAssistantError: matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ModuleNotFoundError as exc:
        raise PolicyAssistantError("画图需要 matplotlib，请运行 pip install 'cewen[eval]'。") from exc
    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        # DejaVu has no Chinese, and need not
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(9.6, 5.4))
        for number, (measure, title) in enumerate(_PANELS):
            # placed by hand: a layout fitted to text would hang on the fonts of this machine
            axes = figure.add_axes((0.12 + 0.46 * number, 0.1, 0.41, 0.78))
            _draw(axes, report, measure)
            axes.set_title(title, loc="left", fontsize=10)
            if number:
                axes.set_yticklabels([])
        figure.legend(*_legend(report), loc="upper right", ncols=2, frameon=False)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue().replace(b"'DejaVu Sans'", FONTS.encode())


def _draw(axes: Any, report: Report, measure: Measure) -> None:  # noqa: ANN401 - matplotlib stays in this module
    """Horizontal bars, first type on top; a type the measure does not apply to has none."""
    keys = [kind for kind in TYPE_NAMES if any(_score(split, kind, measure)[1] for split in report.splits)]
    height = 0.8 / max(1, len(report.splits))
    for place, split in enumerate(report.splits):
        for row, kind in enumerate(keys):
            value, _ = _score(split, kind, measure)
            if value is not None:
                middle = row - 0.4 + height * (place + 0.5)
                axes.barh(middle, 100 * value, height * 0.9, color=_COLOURS[split.split])
    axes.set_yticks(range(len(keys)), [TYPE_NAMES[kind] for kind in keys])
    axes.set_ylim(len(keys) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xlabel("%")
    axes.tick_params(left=False)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _score(split: SplitReport, kind: str, measure: Measure) -> tuple[float | None, int]:
    """A type's score in a split and its number of cases; (None, 0) where it has none."""
    for group in split.by_type:
        if group.key == kind:
            return group.scores[measure].value, group.n_cases
    return None, 0


def _legend(report: Report) -> tuple[list[Any], list[str]]:
    from matplotlib.patches import Patch

    splits = [split for split in report.splits if split.whole.n_cases]
    return (
        [Patch(color=_COLOURS[split.split]) for split in splits],
        [f"{_NAMES[split.split]}（{split.whole.n_cases} 题）" for split in splits],
    )
