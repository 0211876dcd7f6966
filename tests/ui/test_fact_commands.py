"""`cewen facts …` and `cewen check`: what they print, what they refuse, how they end."""

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from tests.ui.fakes import FakeAssistant
from tests.ui.test_cli import assert_one_sentence
from ui.cli import app

SHEET = "所属辖区：重庆市\n综合体建筑面积：520㎡\n由街道直接指定运营单位\n奇怪的一行\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A fact sheet in plain words."""
    path = tmp_path / "情况.txt"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_facts_read_shows_each_fact_with_its_words(runner: CliRunner, sheet: Path) -> None:
    """For confirmation: label, value, place, words; and what was not placed."""
    done = runner.invoke(app, ["facts", "read", str(sheet)])
    assert done.exit_code == 0
    assert "综合体建筑面积：520㎡" in done.stdout
    assert "第3行　“由街道直接指定" in done.stdout
    assert "未能归位" in done.stdout


def test_words_that_cannot_be_used_end_with_2(runner: CliRunner, tmp_path: Path) -> None:
    """And are named, in the report itself."""
    (tmp_path / "错.txt").write_text("综合体建筑面积：-5㎡\n", encoding="utf-8")
    done = runner.invoke(app, ["facts", "read", str(tmp_path / "错.txt")])
    assert done.exit_code == 2
    assert "错误　第1行" in done.stdout


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".xlsx"])
def test_facts_are_saved_once_and_never_overwritten(
    runner: CliRunner, sheet: Path, tmp_path: Path, suffix: str
) -> None:
    """In each format that can be read again."""
    out = tmp_path / f"出{suffix}"
    assert runner.invoke(app, ["facts", "read", str(sheet), "--out", str(out)]).exit_code == 0
    again = runner.invoke(app, ["facts", "read", str(out)])
    assert "综合体建筑面积：520㎡" in again.stdout
    saved = out.read_bytes()
    refused = runner.invoke(app, ["facts", "read", str(sheet), "--out", str(out)])
    assert refused.exit_code == 2
    assert "没有覆盖" in refused.stderr
    assert out.read_bytes() == saved


def test_an_empty_form_lists_what_the_rules_of_a_place_use(runner: CliRunner, tmp_path: Path) -> None:
    """Chongqing's form asks for nothing that only Beijing uses."""
    out = tmp_path / "表.xlsx"
    assert runner.invoke(app, ["facts", "form", "--city", "重庆", "--out", str(out)]).exit_code == 0
    page = openpyxl.load_workbook(out)["事实表"]
    labels = {row[1].value for row in page.iter_rows(min_row=2)}
    assert {"综合体建筑面积", "服务户数", "居民或业主投票"} <= labels
    assert "基本公共服务类工程总投资" not in labels


def test_the_schema_is_json(runner: CliRunner) -> None:
    """For programs that fill in a sheet."""
    schema = json.loads(runner.invoke(app, ["facts", "schema"]).stdout)
    assert "complex_area_m2" in schema["properties"]


def test_check_counts_and_quotes(runner: CliRunner, assistant: FakeAssistant, sheet: Path) -> None:
    """Counts, clauses, no score; the library of this test holds none of the clauses, which is said."""
    done = runner.invoke(app, ["check", str(sheet)])
    assert done.exit_code == 0
    assert "无法判定" in done.stdout
    assert "资料库里没有这一条款" in done.stdout
    assert "渝发改规范〔2024〕10号附件1" in done.stdout
    assert "合规率" not in done.stdout


def test_check_prints_one_json_object(runner: CliRunner, assistant: FakeAssistant, sheet: Path) -> None:
    """Every rule of the place and the nation, each with its clause."""
    record = json.loads(runner.invoke(app, ["check", str(sheet), "--json"]).stdout)
    assert record["jurisdiction_name"] == "重庆市"
    assert sum(record["counts"].values()) == len(record["findings"])
    assert {finding["rule"][:2] for finding in record["findings"]} == {"GJ", "CQ"}
    assert all(finding["quote"] and finding["path"] for finding in record["findings"])


def test_another_place_may_be_asked_for(runner: CliRunner, assistant: FakeAssistant, sheet: Path) -> None:
    """`--city` wins over the sheet, and says so; `--as-of` sets the day."""
    arguments = ["check", str(sheet), "--city", "北京", "--as-of", "2028-02-01", "--json"]
    record = json.loads(runner.invoke(app, arguments).stdout)
    assert record["jurisdiction"] == "110000"
    assert any("改用北京市的规则" in notice for notice in record["notices"])
    assert any("已过有效期" in notice for notice in record["notices"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["facts", "read"],
        ["facts", "read", "没有.txt"],
        ["facts", "read", "图.png"],
        ["facts", "form"],
        ["facts", "form", "--out", "表.doc"],
        ["facts", "form", "--city", "某某星球", "--out", "表.xlsx"],
        ["facts", "没有"],
        ["check"],
        ["check", "没有.yaml"],
    ],
)
def test_a_mistake_is_one_sentence(runner: CliRunner, assistant: FakeAssistant, arguments: list[str]) -> None:
    """Exit code 2 and no traceback."""
    done = runner.invoke(app, arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert_one_sentence(done.stderr)


@pytest.mark.parametrize(
    "command", [["facts"], ["facts", "read"], ["facts", "form"], ["facts", "schema"], ["check"]]
)
def test_help_is_chinese(runner: CliRunner, command: list[str]) -> None:
    """No English word of typer's own."""
    done = runner.invoke(app, [*command, "--help"])
    assert done.exit_code == 0
    assert not any(word in done.stdout for word in ("Usage", "Options", "Arguments", "Commands", "Show this"))
