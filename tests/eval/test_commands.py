"""`cewen eval` over an invented library: what it prints, writes, hides and refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer.testing

import eval.commands
from eval.cases import Split, parse_case
from tests.assistant.shelf import NANJING, SUZHOU, WUHAN
from tests.eval.gold_lines import COMPARISON, FALSE_PREMISE, TABLE, UNANSWERABLE, line
from ui.cli import app as doorway

ROOT = Path(__file__).resolve().parents[2]
ALL = (line(), COMPARISON, TABLE, UNANSWERABLE, FALSE_PREMISE)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`cewen eval …` in this process, over a corpus of three invented documents."""
    documents = tmp_path / "corpus" / "documents"
    documents.mkdir(parents=True)
    for name, text in {"苏州": SUZHOU, "南京": NANJING, "武汉": WUHAN}.items():
        (documents / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setenv("CEWEN_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("CEWEN_HOME", str(tmp_path / "users-own-home"))
    monkeypatch.chdir(tmp_path)

    command = typer.main.get_command(eval.commands.app)
    monkeypatch.setattr("ui.usage.extra_command", lambda name: command if name == "eval" else None)
    runner = typer.testing.CliRunner()

    def invoke(*arguments: str):
        return runner.invoke(doorway, ["eval", *arguments])

    return invoke


@pytest.fixture
def gold(tmp_path: Path) -> str:
    """A file of five cases."""
    (tmp_path / "gold.jsonl").write_text("\n".join(ALL), encoding="utf-8")
    return str(tmp_path / "gold.jsonl")


def held(written: str) -> bool:
    """Whether a line of gold is held out."""
    return parse_case(written, "x:1").split is Split.HELD


def test_tables_are_printed_in_chinese(run, gold: str, tmp_path: Path) -> None:
    """Search and answers, by split; the user's own home is not touched."""
    result = run("--cases", gold)
    assert result.exit_code == 0, result.output
    for part in ("# 评测结果", "## 调试题（TUNED）", "检索（%）", "回答（%）", "数额"):
        assert part in result.stdout
    assert not (tmp_path / "users-own-home").exists()


def test_json_is_one_object_on_one_line(run, gold: str) -> None:
    """With the failing cases only when asked for."""
    result = run("--cases", gold, "--json")
    assert result.exit_code == 0, result.output
    (printed,) = result.stdout.splitlines()
    read = json.loads(printed)
    assert read["cases"] == 5
    assert "failures" not in read
    assert sum(read[split]["all"]["cases"] for split in Split if split in read) == 5


def test_failing_cases_are_listed_and_held_out_ones_only_counted(run, tmp_path: Path) -> None:
    """An expectation nothing can meet fails; its text is shown for tuned cases, for others with --held."""
    impossible = {
        split: next(
            written
            for n in range(99)
            if held(written := line(id=f"x{n}", must=[["百分之四十"]], expect="partial"))
            is (split is Split.HELD)
        )
        for split in Split
    }
    files = {}
    for split, written in impossible.items():
        files[split] = tmp_path / f"{split}.jsonl"
        files[split].write_text(written, encoding="utf-8")
    shown = run("--cases", str(files[Split.TUNED]), "--failures")
    assert "问：苏州历史建筑修缮补助多少？" in shown.stdout
    assert "应部分有依据，得有依据" in shown.stdout
    hidden = run("--cases", str(files[Split.HELD]), "--failures")
    assert "苏州历史建筑" not in hidden.stdout
    assert "另有 1 道保留题没有全对" in hidden.stdout
    assert "苏州历史建筑" in run("--cases", str(files[Split.HELD]), "--failures", "--held").stdout
    listed = json.loads(run("--cases", str(files[Split.HELD]), "--failures", "--json").stdout)
    assert listed["failures"] == []
    told = json.loads(run("--cases", str(files[Split.HELD]), "--failures", "--held", "--json").stdout)
    assert [one["status"] for one in told["failures"]] == ["ANSWERED"]


def test_only_some_types_or_registers(run, gold: str) -> None:
    """Types among each other and registers among each other add up; both together narrow."""

    def count(*only: str) -> int:
        flags = [part for kind in only for part in ("--only", kind)]
        return json.loads(run("--cases", gold, "--json", *flags).stdout)["cases"]

    assert count("figure") == 1
    assert count("figure", "comparison") == 2
    assert count("clerk", "resident") == 2
    assert count("comparison", "clerk") == 1


def test_results_are_written(run, gold: str, tmp_path: Path) -> None:
    """Scores, tables and plot, in a folder that is made; the same as printed."""
    result = run("--cases", gold, "--out", "out/here", "--plot", "--json")
    assert result.exit_code == 0, result.output
    out = tmp_path / "out" / "here"
    assert sorted(path.name for path in out.iterdir()) == ["by_type.svg", "scores.json", "scores.md"]
    assert json.loads((out / "scores.json").read_text("utf-8")) == json.loads(result.stdout)
    assert (out / "by_type.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--plot"], "--plot 要与 --out 同用"),
        (["--only", "figure", "--out", "x"], "不能与 --out 同用"),
        (["--only", "amount"], "应是 definition、figure"),
        (["--cases", "没有.jsonl"], "没有.jsonl"),
        (["--only", "deadline"], "没有符合条件的题目"),
        (["--mode", "fuzzy"], "应是 hybrid"),
        (["--out", "gold.jsonl"], "写不了目录 gold.jsonl"),
    ],
)
def test_a_mistake_is_one_chinese_sentence_and_exit_code_2(run, gold: str, arguments, said: str) -> None:
    """Nothing is printed as a result."""
    files = [] if "--cases" in arguments else ["--cases", gold]
    result = run(*files, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_gold_that_the_library_does_not_bear_out_is_named(run, tmp_path: Path) -> None:
    """File and line, before any question is asked."""
    wrong = line(gold=[["苏州市历史建筑保护管理办法@2020-03-01#第八十条"]])
    (tmp_path / "bad.jsonl").write_text(f"{TABLE}\n{wrong}\n", encoding="utf-8")
    result = run("--cases", "bad.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("bad.jsonl:2：gold 中的 ")


def test_from_a_checkout_that_is_not_installed() -> None:
    """`python -m eval.commands` is the same command, in the same words."""
    done = subprocess.run(
        [sys.executable, "-m", "eval.commands", "--only", "amount"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--only 应是 definition、figure")
