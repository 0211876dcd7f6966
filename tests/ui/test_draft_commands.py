"""`cewen draft`: the file it writes, what it prints, and how mistakes end."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.export.lint import lint_docx
from tests.assistant.drafting.making import SHEETS
from tests.ui.test_cli import assert_one_sentence
from ui.cli import app

FACTS = str(SHEETS / "CQ.yaml")


def drafted(runner: CliRunner, *arguments: str):
    """`cewen draft` on a fixed day."""
    return runner.invoke(app, ["draft", *arguments, "--as-of", "2026-11-22"])


def test_a_draft_is_printed_with_its_sections(runner: CliRunner) -> None:
    """Without --out nothing is written; a custom section says that it is one."""
    result = drafted(runner, "CQ-D1", "--facts", FACTS)
    assert result.exit_code == 0
    assert result.stdout.startswith("江北区观音桥社区嵌入式服务综合体申报方案\n")
    assert "技术指标（必）" in result.stdout
    assert "组织实施与进度（选）  格式参照，非文件规定" in result.stdout
    assert "人工核对：" in result.stderr


def test_a_word_file_and_a_workbook_are_written(runner: CliRunner, tmp_path: Path) -> None:
    """The file passes the lint; the workbook holds the four tables; nothing is overwritten."""
    out, tables = tmp_path / "方案.docx", tmp_path / "附表.xlsx"
    arguments = ("CQ-D1", "--facts", FACTS, "--out", str(out), "--annexes", str(tables))
    assert drafted(runner, *arguments).exit_code == 0
    assert lint_docx(out) == ()
    names = load_workbook(tables).sheetnames
    assert names == ["规则自查表", "依据对照表", "待补事项", "章节依据表"]
    again = drafted(runner, *arguments)
    assert again.exit_code == 2
    assert "已存在，没有覆盖" in again.stderr


def test_a_clean_copy_has_no_footnotes(runner: CliRunner, tmp_path: Path) -> None:
    """And is sound too."""
    out = tmp_path / "清洁稿.docx"
    assert drafted(runner, "CQ-D1", "--facts", FACTS, "--out", str(out), "--clean").exit_code == 0
    assert lint_docx(out) == ()


def test_a_tracked_copy_shows_what_changed(runner: CliRunner, tmp_path: Path) -> None:
    """Word's own insertions and deletions, of the value that changed."""
    old, out = tmp_path / "旧.yaml", tmp_path / "修订稿.docx"
    old.write_text(Path(FACTS).read_text("utf-8").replace("用地面积: 900㎡", "用地面积: 850㎡"), "utf-8")
    result = drafted(runner, "CQ-D1", "--facts", FACTS, "--out", str(out), "--tracked", str(old))
    assert result.exit_code == 0
    assert {finding.rule.value for finding in lint_docx(out)} == {"changes"}


def test_json_has_sections_with_citations(runner: CliRunner) -> None:
    """One object on standard output; what to look at goes to standard error."""
    made = json.loads(drafted(runner, "CQ-D1", "--facts", FACTS, "--json").stdout)
    section = next(one for one in made["sections"] if one["key"] == "indicators")
    assert section["need"] == "必"
    assert any(one["quote"].startswith("建筑面积因地制宜") for one in section["citations"])
    assert made["verdicts"]["不符合"] == 0


MISTAKES = [
    ["draft"],
    ["draft", "CQ-D1"],
    ["draft", "没有这种", "--facts", FACTS],
    ["draft", "CQ-D1", "--facts", "没有.yaml"],
    ["draft", "BJ-D3", "--facts", FACTS],
    ["draft", "CQ-D1", "--facts", FACTS, "--out", "方案.pdf"],
    ["draft", "CQ-D1", "--facts", FACTS, "--clean"],
    ["draft", "CQ-D1", "--facts", FACTS, "--out", "方案.docx", "--annexes", "附表.doc"],
    ["draft", "CQ-D1", "--facts", FACTS, "--polish"],
]


@pytest.mark.parametrize("arguments", MISTAKES)
def test_a_mistake_is_one_sentence_and_exit_code_2(arguments: list[str], runner: CliRunner) -> None:
    """Nothing on standard output."""
    result = runner.invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr)
