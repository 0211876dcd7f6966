"""`cewen drafts …`: what it prints, what it refuses, what it writes."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.ui.test_cli import assert_one_sentence
from ui.cli import app

SHEET = Path(__file__).parent.parent / "assistant" / "drafting" / "sheets" / "CQ.yaml"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for the module: building the index takes seconds."""
    return tmp_path_factory.mktemp("home") / "cewen"


def drafts(home: Path, *arguments: str):
    """What the command came to."""
    return CliRunner().invoke(app, ["drafts", *arguments, "--home", str(home)])


@pytest.fixture(scope="module")
def number(home: Path) -> str:
    """A draft with three versions: as begun, restored twice."""
    done = drafts(home, "new", "CQ-D1", "--facts", str(SHEET))
    assert done.exit_code == 0, done.output
    found = re.match(r"([0-9a-f]{20})　第 1 版", done.stdout)
    assert found
    for version in ("1", "2"):
        assert drafts(home, "restore", found[1][:8], "--version", version).exit_code == 0
    return found[1]


def test_drafts_are_listed_and_shown(home: Path, number: str) -> None:
    """A line a draft; then its versions and its text."""
    listed = drafts(home, "list").stdout
    assert number in listed
    assert "第 3 版" in listed
    shown = drafts(home, "show", number[:6], "--version", "1").stdout
    assert "▶第 1 版" in shown
    assert "恢复第2版" in shown
    assert "功能配置与初步策划" in shown
    (entry,) = json.loads(drafts(home, "list", "--json").stdout)
    assert (entry["draft_id"], entry["version"], entry["template_id"]) == (number, 3, "CQ-D1")
    told = json.loads(drafts(home, "show", number, "--json").stdout)
    assert [each["version"] for each in told["versions"]] == [3, 2, 1]
    assert all(section["text"] for section in told["sections"] if section["key"] != "opening")


def test_versions_are_compared(home: Path, number: str) -> None:
    """Equal ones say so; `--json` names both."""
    assert "两版文字相同" in drafts(home, "diff", number, "--from", "1").stdout
    told = json.loads(drafts(home, "diff", number, "--from", "1", "--to", "2", "--json").stdout)
    assert (told["from"], told["to"], told["sections"]) == (1, 2, [])


@pytest.mark.parametrize("options", [(), ("--clean",), ("--tracked", "1"), ("--annexes",)])
def test_a_version_is_exported(home: Path, number: str, tmp_path: Path, options: tuple[str, ...]) -> None:
    """A Word file; what should be confirmed is said beside it; nothing is overwritten."""
    out = tmp_path / "稿.docx"
    done = drafts(home, "export", number, "--out", str(out), *options)
    assert done.exit_code == 0, done.output
    assert out.read_bytes()[:2] == b"PK"
    assert "请确认：规则核对有" in done.stderr
    again = drafts(home, "export", number, "--out", str(out), *options)
    assert again.exit_code == 2
    assert "已存在" in again.stderr


def test_the_tables_are_exported(home: Path, number: str, tmp_path: Path) -> None:
    """An .xlsx by its name."""
    out = tmp_path / "附表.xlsx"
    assert drafts(home, "export", number, "--out", str(out)).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show",), "请给出草稿的编号"),
        (("show", "zzzz"), "没有编号为 zzzz 的草稿"),
        (("new",), "请给出模板和事实表"),
        (("restore", "abcd"), "--version"),
        (("export", "abcd"), "--out"),
        (("export", "abcd", "--out", "稿.pdf"), ".docx"),
        (("export", "abcd", "--out", "稿.docx", "--clean", "--tracked", "1"), "不能一起用"),
    ],
)
def test_mistakes_are_one_sentence(home: Path, arguments: tuple[str, ...], words: str) -> None:
    """What was wrong and what to do."""
    done = drafts(home, *arguments)
    assert done.exit_code != 0
    assert words in done.stderr
    assert_one_sentence(done.stderr)
