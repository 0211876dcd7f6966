"""Whether a run still reaches the committed scores: `eval/results/scores.json` against a Report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.cases import CasesError, Split
from eval.harness import Measure
from eval.report import Report, rounded

COMMITTED = Path(__file__).resolve().parent / "results" / "scores.json"
TOLERANCE = 0.02  # two points: what one change may cost in one score

REFRESH = "make eval"
"""The command that writes the committed scores anew."""

HEADLINE = (
    Measure.RECALL_AT_1,
    Measure.RECALL_AT_5,
    Measure.RECIPROCAL_RANK,
    Measure.FULLY_RIGHT,
    Measure.ANSWER_RECALL,
    Measure.GOLD_RECALL,
    Measure.GOLD_PRECISION,
    Measure.CITATION_RECALL,
    Measure.CITATION_PRECISION,
    Measure.QUOTES_VERBATIM,
    Measure.REFUSAL_PRECISION,
    Measure.REFUSAL_RECALL,
    Measure.FALSE_REFUSALS,
    Measure.PREMISES_CORRECTED,
)

Committed = Mapping[Split, Mapping[Measure, float | None]]
"""Each split's headline scores; None where a measure did not apply."""


@dataclass(frozen=True, slots=True)
class Change:
    """A headline score that differs from the committed one."""

    split: Split
    measure: Measure
    was: float | None
    now: float | None

    @property
    def is_fall(self) -> bool:
        """Whether it is more than `TOLERANCE` worse, or there was a score and is none."""
        if self.was is None or self.now is None:
            return self.was is not None
        loss = self.was - self.now if self.measure.higher_is_better else self.now - self.was
        return loss > TOLERANCE + 1e-9  # two points written with four digits are not more than two

    def __str__(self) -> str:
        return f"{self.split} {self.measure}: was {self.was}, is {self.now}"


def read_committed(path: Path = COMMITTED) -> Committed:
    """The headline scores a results file states.

    Raises:
        CasesError: there is no such file, or a split or headline score is not in it.
    """
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return {
            split: {measure: _score(written[split]["all"][measure]) for measure in HEADLINE}
            for split in Split
        }
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise CasesError(f"成绩文件 {path} 缺失或不完整，请运行 {REFRESH} 重新生成。") from exc


def _score(value: object) -> float | None:
    """A score as written; TypeError for anything but a number or null."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"not a score: {value!r}")
    return float(value)


def changes(committed: Committed, report: Report) -> tuple[Change, ...]:
    """Every headline score that is not what was committed, in order; a split without a case has none."""
    measured = {split.split: split.whole.scores for split in report.splits}
    found: list[Change] = []
    for split, scores in committed.items():
        for measure, was in scores.items():
            now = rounded(measured[split][measure].value) if split in measured else None
            if now != was:
                found.append(Change(split, measure, was, now))
    return tuple(found)
