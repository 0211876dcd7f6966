"""The measurement of the rule check counts what it says; shipped sheets stay read, no violation passes."""

import json
from pathlib import Path

import pytest

from assistant.rules.verdicts import Verdict
from eval.checking import CASES, load_cases, main, score

SHEET = "所属辖区：重庆市\n综合体建筑面积：520㎡\n是否暂不具备集中建设条件：否\n"


def folder(tmp_path: Path, expect: dict[str, str]) -> Path:
    """A set of one sheet."""
    (tmp_path / "表.txt").write_text(SHEET, encoding="utf-8")
    row = {"id": "甲", "file": "表.txt", "place": "500000", "as_of": "2026-11-22", "expect": expect}
    (tmp_path / "expected.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return tmp_path


def test_right_wrong_and_silent_verdicts_are_counted_apart(tmp_path: Path) -> None:
    """One right, one wrong, one that may be either; a verdict nobody expected is an error of silence."""
    cases = load_cases(folder(tmp_path, {"CQ-07": "需说明理由", "CQ-05": "通过", "CQ-15": "未定|通过"}))
    assert cases[0].expect["CQ-07"] == frozenset((Verdict.EXPLAIN,))
    assert Verdict.NOT_CITABLE in cases[0].expect["CQ-15"]
    scores = score("甲", cases)
    assert (scores.sheets, scores.decided, scores.decided_right) == (1, 3, 2)
    assert scores.silent > 100
    assert scores.silent_right == scores.silent
    assert scores.accuracy == pytest.approx(2 / 3)
    assert (scores.violations, scores.violations_passed) == (1, 0)
    unexpected = score("乙", load_cases(folder(tmp_path, {})))
    assert unexpected.silent_right == unexpected.silent - 1
    assert [line.split("\t")[1] for line in unexpected.errors] == ["CQ-07"]


def test_a_violation_that_passes_is_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the command ends with 1."""
    path = folder(tmp_path, {"GJ-38": "不符合"})
    (tmp_path / "表.txt").write_text(SHEET.replace("520", "620"), encoding="utf-8")
    row = json.loads((path / "expected.jsonl").read_text("utf-8")) | {"expect": {"CQ-07": "需说明理由"}}
    (path / "expected.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert main([str(path)]) == 1
    assert "violations passed 1/1" in capsys.readouterr().out


def test_a_verdict_that_is_none_is_refused(tmp_path: Path) -> None:
    """A slip in the gold is met when it is read."""
    with pytest.raises(ValueError, match="合格"):
        load_cases(folder(tmp_path, {"CQ-07": "合格"}))


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_shipped_sheets_stay_read(name: str) -> None:
    """95 of 100 verdicts, and no violation passes. Errors are not shown: the third set is never tuned on."""
    scores = score(name, load_cases(CASES / name))
    assert scores.decided >= 100
    assert scores.accuracy >= 0.95
    assert scores.accuracy_of_all >= 0.98
    assert scores.violations_passed == 0
