"""The measurement of what is read from clauses counts what it says, on gold that needs nothing else."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.norms import Operator, Strength
from eval.norms import CASES, GoldFigure, GoldText, load_gold, main, score

_FIGURE = GoldFigure("30平方米", 5, Operator.AT_LEAST, Decimal(30), None, "平方米", Strength.MUST)


def test_right_wrong_missed_and_invented_figures_are_counted_apart() -> None:
    """One right, one with another operator, one of a text that has none in the gold."""
    wrong = GoldFigure("30平方米", 5, Operator.AT_MOST, Decimal(30), None, "平方米", Strength.MUST)
    scores = score(
        "甲",
        [
            GoldText("a", None, "面积不少于30平方米。", (_FIGURE,)),
            GoldText("b", None, "面积不少于30平方米。", (wrong,)),
            GoldText("c", None, "补助5万元。", ()),
        ],
    )
    assert (scores.texts, scores.gold, scores.read, scores.right) == (3, 2, 3, 1)
    assert (scores.precision, scores.recall, scores.strength) == (pytest.approx(1 / 3), 0.5, 1.0)
    assert [line.split("\t")[:2] for line in scores.errors] == [["b", "missed"], ["c", "invented"]]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_shipped_gold_stays_read(path: Path) -> None:
    """Precision .95, recall .95 and strength .90 on every annotated set; the figures stand where they say."""
    scores = score(path.stem, load_gold(path))
    assert scores.gold >= 50
    assert scores.precision >= 0.95, scores.errors
    assert scores.recall >= 0.95, scores.errors
    assert scores.strength >= 0.90, scores.errors


def test_a_figure_that_does_not_stand_where_it_says_is_refused(tmp_path: Path) -> None:
    """A slip in the gold is met when it is loaded, by its id."""
    figure = {
        "text": "30",
        "at": 0,
        "operator": "=",
        "value": "30",
        "high": None,
        "unit": "%",
        "strength": "应",
    }
    row = {"id": "x:1", "title": "", "lead_in": None, "text": "按30%补助", "figures": [figure]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    with pytest.raises(ValueError, match="x:1"):
        load_gold(path)


def test_the_command_prints_a_line_for_each_set(capsys: pytest.CaptureFixture[str]) -> None:
    """Head line, then the sets of the folder; --json gives the same counts."""
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == sorted(path.stem for path in CASES.glob("*.jsonl"))
    assert main(["--json"]) == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)] == [
        line.split("\t")[0] for line in lines[1:]
    ]
