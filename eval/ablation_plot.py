"""What each signal is worth as one SVG: left out on the left, alone on the right. matplotlib stays here.

The same figures give the same bytes, as in `eval.plot`.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from eval.plot import FONTS, STYLE
from indexing.errors import PolicyAssistantError
from ui.sources import SIGNAL_NAMES

if TYPE_CHECKING:
    from eval.ablation import Ablation, Row

_GROUPS = (("formal", "公文用语", "#1f5fa8"), ("everyday", "日常说法", "#d9822b"))


def plot_ablation(run: Ablation) -> bytes:
    """An SVG: points of recall@1 lost without each signal, and recall@5 of each signal alone.

    Raises:
        PolicyAssistantError: matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ModuleNotFoundError as exc:
        raise PolicyAssistantError("画图需要 matplotlib，请运行 pip install 'cewen[eval]'。") from exc
    full = run.rows[0]
    without = [row for row in run.rows if row.condition == "without"]
    alone = [row for row in run.rows if row.condition == "alone" and row.scores["all"].recall_at_5]
    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(9.6, 4.6))
        left, right = figure.add_axes((0.17, 0.12, 0.3, 0.74)), figure.add_axes((0.66, 0.12, 0.3, 0.74))
        _bars(
            left, without, lambda row, key: 100 * (full.scores[key].recall_at_1 - row.scores[key].recall_at_1)
        )
        _bars(right, alone, lambda row, key: 100 * row.scores[key].recall_at_5)
        left.set_title("去掉一项：召回@1 少了多少点", loc="left", fontsize=10)
        right.set_title("只用一项：召回@5（%）", loc="left", fontsize=10)
        left.axvline(0, color="#333333", linewidth=0.8)
        left.legend(loc="lower right", frameon=False)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue().replace(b"'DejaVu Sans'", FONTS.encode())


def _bars(axes: Any, rows: list[Row], value: Any) -> None:  # noqa: ANN401 - matplotlib stays in this module
    """Horizontal bars, a pair a row, the row of the greatest first value on top."""
    rows = sorted(rows, key=lambda row: -value(row, "everyday"))
    for place, (key, name, colour) in enumerate(_GROUPS):
        middles = [number - 0.2 + 0.4 * place for number in range(len(rows))]
        axes.barh(middles, [value(row, key) for row in rows], 0.36, color=colour, label=name)
    axes.set_yticks(range(len(rows)), [SIGNAL_NAMES.get(row.signal or "", row.signal) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(left=False)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
