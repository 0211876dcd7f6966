"""`cewen lint` and `cewen templates`: what they print, and how they end."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.assistant.export.samples import letter, saved
from tests.ui.test_cli import assert_one_sentence
from ui.cli import app


def test_a_sound_file_is_said_to_be_one(runner: CliRunner, tmp_path: Path) -> None:
    """Exit code 0, and what was not checked."""
    result = runner.invoke(app, ["lint", str(saved(tmp_path, letter()))])
    assert result.exit_code == 0
    assert result.stdout == "稿件.docx：未发现版式问题（按 GB/T 9704—2012 检查，不核对内容）。\n"


def test_findings_are_numbered_and_end_with_3(runner: CliRunner, tmp_path: Path) -> None:
    """A sentence each, then how many."""
    path = saved(tmp_path, letter(recipients=()))
    result = runner.invoke(app, ["lint", str(path)])
    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "1. 标题之下：函没有主送机关，应在标题下空一行处写明主送机关，末尾用全角冒号（7.3.2）。",
        "",
        "稿件.docx：发现1处版式问题。",
    ]
    found = json.loads(runner.invoke(app, ["lint", str(path), "--json"]).stdout)
    assert found["path"] == str(path)
    assert [one["rule"] for one in found["findings"]] == ["recipient-missing"]


def test_a_sound_file_has_an_empty_list(runner: CliRunner, tmp_path: Path) -> None:
    """Not null."""
    result = runner.invoke(app, ["lint", str(saved(tmp_path, letter())), "--json"])
    assert (result.exit_code, json.loads(result.stdout)["findings"]) == (0, [])


@pytest.mark.parametrize(
    "arguments", [["lint"], ["lint", "没有.docx"], ["lint", "."], ["templates", "没有这种"], ["lint", ""]]
)
def test_a_mistake_is_one_sentence_and_exit_code_2(arguments: list[str], runner: CliRunner) -> None:
    """Nothing on standard output."""
    result = runner.invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr)


def test_templates_are_listed_by_place(runner: CliRunner) -> None:
    """Each with its id, how many sections, how many of them required."""
    lines = runner.invoke(app, ["templates"]).stdout.splitlines()
    assert "全国" in lines
    assert "  CQ-D1  项目申报方案（10节，其中必备7节）" in lines
    assert len(json.loads(runner.invoke(app, ["templates", "--json"]).stdout)) == 16


def test_a_template_shows_its_sections_with_mark_and_clauses(runner: CliRunner) -> None:
    """What is prescribed, what is only custom, and the clause behind each."""
    printed = runner.invoke(app, ["templates", "项目申报方案"]).stdout
    assert "2. 现状评估与居民需求（必）  格式参照，非文件规定" in printed
    assert "内容：渝发改规范[2024]10号 附件2 第七条第二款“申报方案应明确实施范围" in printed
    one = json.loads(runner.invoke(app, ["templates", "CQ-D1", "--json"]).stdout)
    assert (one["id"], one["sections"][1]["mark"]) == ("CQ-D1", "格式参照，非文件规定")
    assert one["sections"][0]["clauses"][0]["path"] == "附件2/第七条/第二款"
