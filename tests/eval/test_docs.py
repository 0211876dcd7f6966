"""What the program prints of itself into docs/: current, complete, and nothing outside its marks."""

import re
import shutil
from pathlib import Path

import pytest
import typer

from eval import docs
from indexing.settings import OPTIONS, load_settings
from ui.json_keys import RECORDS

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_documentation_is_current() -> None:
    """Commands, JSON keys and settings on disk are those of the program."""
    behind = sorted(page.relative_to(ROOT).as_posix() for page in docs.outdated(ROOT))
    assert behind == [], "run `make docs` and commit what it changes"


def test_every_table_stands_in_some_page() -> None:
    """A block that no page asks for would be documented nowhere."""
    text = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert set(re.findall(r"^<!-- generated: (\w+) -->$", text, flags=re.MULTILINE)) == set(docs.BLOCKS)


def test_a_change_of_the_program_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting or a key more, and the page is behind; what is written by hand stays."""
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "settings.md"
    page.write_text("前\n\n<!-- generated: settings -->\n旧\n<!-- end -->\n\n后\n", encoding="utf-8")
    fresh = docs.outdated(tmp_path)[page]
    assert fresh.startswith("前\n\n<!-- generated: settings -->\n\n| 设置")
    assert fresh.endswith("|\n\n<!-- end -->\n\n后\n")
    page.write_text(fresh, encoding="utf-8")
    assert docs.outdated(tmp_path) == {}
    monkeypatch.setattr(docs, "OPTIONS", OPTIONS[:-1])
    assert OPTIONS[-1].env not in docs.outdated(tmp_path)[page]


added = typer.Typer()


@added.command(help="新来的命令。")
def newcomer(name: str = typer.Argument("", metavar="名称"), *, fast: bool = False) -> None:
    """Do nothing."""


def test_a_command_added_through_an_entry_point_is_documented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After ours, with its options, whether or not the project is installed here."""
    ours = docs.cli_block()
    entry = '[project.entry-points."cewen.commands"]\nnewcomer = "tests.eval.test_docs:added"\n'
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "x"\n{entry}', encoding="utf-8")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    assert docs.commands_block().endswith("| `cewen newcomer` | 新来的命令。 |")
    section = docs.cli_block().partition("## newcomer\n")[2]
    assert "newcomer" not in ours
    assert re.search(r"^cewen newcomer \[\w+\] \[名称\]$", section, flags=re.MULTILINE)
    assert "| `名称` |" in section
    assert "| `--fast" in section


def test_every_setting_and_record_has_its_row() -> None:
    """None is left out of the tables."""
    settings, keys = docs.settings_block(), docs.json_block()
    for option in OPTIONS:
        assert f"| `{option.env}` |" in settings
        assert option.help in settings
    for record in RECORDS:
        assert re.search(rf"^##+ {record.name}$", keys, flags=re.MULTILINE)
        for key, meaning in record.keys:
            assert f"| `{key}` | {meaning} |" in keys


@pytest.mark.parametrize(
    "page",
    [
        "<!-- generated: nothing -->\n<!-- end -->\n",
        "<!-- generated: settings -->\n",
        "<!-- end -->\n",
        "<!-- generated: settings -->\n<!-- generated: cli -->\n<!-- end -->\n",
        "<!-- generated settings -->\n<!-- end -->\n",
    ],
)
def test_a_wrong_mark_is_refused(page: str) -> None:
    """Silently generating nothing would leave a page that never changes again."""
    with pytest.raises(docs.DocsError):
        docs.render(page)


def test_a_page_without_marks_is_left_alone() -> None:
    """Also one that speaks of marks inside a line."""
    assert docs.render("写在 `<!-- end -->` 之间。\n") == "写在 `<!-- end -->` 之间。\n"


def test_checking_names_the_pages_and_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` writes nothing and ends with 1; without it the page is written; then all is well."""
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    page = tmp_path / "docs" / "cli.md"
    page.write_text("<!-- generated: cli -->\n<!-- end -->\n", encoding="utf-8")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    assert docs.main(["--check"]) == 1
    assert "docs/cli.md" in (said := capsys.readouterr().err)
    assert "make docs" in said
    assert "## ask" not in page.read_text(encoding="utf-8")
    assert docs.main([]) == 0
    assert "## ask" in page.read_text(encoding="utf-8")
    assert docs.main(["--check"]) == 0


def test_where_there_is_no_documentation_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An installed package has no docs folder."""
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    assert docs.main([]) == 2
    assert "make docs" in capsys.readouterr().err


def test_the_example_of_a_config_file_is_one(tmp_path: Path) -> None:
    """docs/settings.md shows a config.toml that the program takes."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    assert example
    (tmp_path / "config.toml").write_text(example.group(1), encoding="utf-8")
    assert load_settings({"home": tmp_path}, {}).port == 8080
