"""The gate: what counts as a fall, and what a results file must hold."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eval.cases import CasesError, Split
from eval.clause_gold import ParseScore
from eval.gate import COMMITTED, HEADLINE, Change, changes, read_committed
from eval.harness import Measure
from eval.metrics import Ratio
from eval.report import Group, Report, SplitReport, Subject, as_json


def report_with(**scores: float) -> Report:
    """A report where every measure is 0.8 in both splits, but for `scores` in TUNED."""
    flat = {measure: Ratio(0.8, 1) for measure in Measure}
    tuned = flat | {Measure(name): Ratio(value, 1) for name, value in scores.items()}
    splits = tuple(
        SplitReport(split, Group("all", "全部", 10, given), (), ())
        for split, given in ((Split.TUNED, tuned), (Split.HELD, flat))
    )
    return Report(Subject("c", "e", "f", "l", date(2026, 1, 1)), ParseScore(5, 1, 1, 0), splits)


@pytest.fixture
def committed(tmp_path: Path):
    """What a report with every measure at 0.8 leaves behind."""
    (tmp_path / "scores.json").write_text(as_json(report_with()), encoding="utf-8")
    return read_committed(tmp_path / "scores.json")


def test_the_same_run_changes_nothing(committed) -> None:
    """What was written is what is read."""
    assert changes(committed, report_with()) == ()


@pytest.mark.parametrize(
    ("measure", "now", "is_fall"),
    [
        ("recall_at_5", 0.85, False),
        ("recall_at_5", 0.78, False),  # two points are allowed
        ("recall_at_5", 0.7799, True),
        ("premises_corrected", 0.5, True),
        ("false_refusals", 0.7, False),
        ("false_refusals", 0.82, False),
        ("false_refusals", 0.8201, True),
    ],
)
def test_more_than_two_points_worse_is_a_fall(measure: str, now: float, is_fall: bool, committed) -> None:
    """Lower, or higher where mistakes are counted."""
    (change,) = changes(committed, report_with(**{measure: now}))
    assert change == Change(Split.TUNED, Measure(measure), 0.8, now)
    assert change.is_fall is is_fall
    assert str(change) == f"TUNED {measure}: was 0.8, is {now}"


def test_a_score_that_is_gone_has_fallen() -> None:
    """None now and a number before; the other way round is news, not a fall."""
    assert Change(Split.HELD, Measure.RECALL_AT_1, 0.8, None).is_fall
    assert not Change(Split.HELD, Measure.RECALL_AT_1, None, 0.8).is_fall


def test_a_split_that_is_gone_has_fallen(committed) -> None:
    """Dropping the held-out cases does not get through."""
    report = report_with()
    found = changes(committed, replace(report, splits=report.splits[:1]))
    assert {(change.split, change.measure) for change in found} == {(Split.HELD, one) for one in HEADLINE}
    assert all(change.is_fall for change in found)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda scores: scores.pop("HELD"),
        lambda scores: scores["TUNED"]["all"].pop("recall_at_5"),
        lambda scores: scores["TUNED"]["all"].update(recall_at_5="0.8"),
        lambda scores: scores["TUNED"]["all"].update(recall_at_5=True),
    ],
)
def test_a_score_cannot_be_left_out_of_the_file(spoil, tmp_path: Path) -> None:
    """A file without one would let it fall unseen."""
    scores = json.loads(as_json(report_with()))
    spoil(scores)
    (tmp_path / "scores.json").write_text(json.dumps(scores), encoding="utf-8")
    with pytest.raises(CasesError, match="make eval"):
        read_committed(tmp_path / "scores.json")


def test_a_missing_or_broken_file_is_refused(tmp_path: Path) -> None:
    """One sentence with the command that writes it."""
    with pytest.raises(CasesError, match="make eval"):
        read_committed(tmp_path / "scores.json")
    (tmp_path / "scores.json").write_text("{", encoding="utf-8")
    with pytest.raises(CasesError, match="make eval"):
        read_committed(tmp_path / "scores.json")


def test_the_committed_file_states_every_headline_score() -> None:
    """The one the gate compares with."""
    committed = read_committed(COMMITTED)
    assert all(
        0 <= score <= 1 for scores in committed.values() for score in scores.values() if score is not None
    )
    assert {split: set(scores) for split, scores in committed.items()} == {
        split: set(HEADLINE) for split in Split
    }
