"""Commands added by other packages: found late, named in help, and harmless when broken."""

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.ui.fakes import FakeAssistant
from ui.cli import app
from ui.usage import ChineseCommand

ROOT = Path(__file__).resolve().parent.parent.parent

added = typer.Typer(add_completion=False)


@added.command(help="数一数。", cls=ChineseCommand, rich_help_panel="命令")
def count(*, twice: bool = False) -> None:
    """A command as a package would add one."""
    typer.echo("二" if twice else "一")


two = typer.Typer()
two.command("甲")(count)
two.command("乙")(count)


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch):
    """Pretend that packages with these entry points are installed; tells how often they are looked up."""
    looked_up: list[dict[str, str]] = []

    def pretend(**named: str) -> list[dict[str, str]]:
        points = EntryPoints(EntryPoint(name, value, "cewen.commands") for name, value in named.items())

        def entry_points(**sought: str) -> EntryPoints:
            looked_up.append(sought)
            return points.select(**sought)

        monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
        return looked_up

    return pretend


def test_an_added_command_runs_under_its_own_name(runner: CliRunner, install) -> None:
    """With its options, and errors in our words."""
    install(shu="tests.ui.test_extra_commands:added")
    assert runner.invoke(app, ["shu"]).stdout == "一\n"
    assert runner.invoke(app, ["shu", "--twice"]).stdout == "二\n"
    wrong = runner.invoke(app, ["shu", "--thrice"])
    assert (wrong.exit_code, wrong.stderr.startswith("没有 --thrice 这个选项")) == (2, True)


def test_help_lists_it_after_ours(runner: CliRunner, install) -> None:
    """Under the name of the entry point."""
    install(shu="tests.ui.test_extra_commands:added")
    listed = runner.invoke(app, ["--help"]).stdout
    assert listed.index("serve") < listed.index("shu") < listed.index("数一数。")


def test_our_own_commands_win_and_look_nothing_up(
    runner: CliRunner, install, assistant: FakeAssistant
) -> None:
    """`cewen ask` pays nothing for this, and no package can take its place."""
    looked_up = install(ask="tests.ui.test_extra_commands:added")
    assert "ANSWERED" in runner.invoke(app, ["ask", "补助多少？", "--json"]).stdout
    assert looked_up == []


def test_an_unknown_command_is_still_unknown(runner: CliRunner, install) -> None:
    """The same sentence as without any package."""
    install()
    result = runner.invoke(app, ["eval"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("没有“eval”这个命令")


@pytest.mark.parametrize(
    "value",
    ["no.such.module:app", "tests.ui.test_extra_commands:nothing", "tests.ui.test_extra_commands:two"],
)
def test_a_broken_command_is_one_sentence_and_spoils_no_other(value: str, runner: CliRunner, install) -> None:
    """A module that is gone, a name that is gone, a whole group where one command should be."""
    install(huai=value, shu="tests.ui.test_extra_commands:added")
    failed = runner.invoke(app, ["huai"])
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert failed.stderr.startswith("命令 huai ")
    assert len(failed.stderr.strip().splitlines()) == 1
    listed = runner.invoke(app, ["--help"])
    assert listed.exit_code == 0
    assert "shu" in listed.stdout
    assert "huai" not in listed.stdout
    assert listed.stderr.startswith("注意：命令 huai ")


def test_help_with_our_evaluation_loads_nothing_heavy() -> None:
    """Listing `eval` imports its options, not the assistant, the index or matplotlib."""
    program = (
        "import sys, eval.commands; print(*sorted({'assistant.service', 'sqlalchemy', 'matplotlib',"
        " 'tantivy', 'faiss'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""
