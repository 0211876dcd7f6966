"""`make run` hands its variables on to `cewen serve`."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed here")
@pytest.mark.parametrize(
    ("variables", "handed_on"),
    [
        ([], []),
        (["PORT=8080"], ["--port", "8080"]),
        (["HOST=0.0.0.0", "ALLOW_REMOTE=1"], ["--host", "0.0.0.0", "--allow-remote"]),
    ],
)
def test_make_run_can_say_what_serve_can(variables: list[str], handed_on: list[str]) -> None:
    """An address that others reach needs a flag, so there must be a way to give it."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--always-make", "run", *variables],
        cwd=ROOT,
        env=outside,  # these tests themselves run under make
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    _, _, arguments = done.stdout.replace("\\\n", " ").partition("cewen serve")
    assert [word.strip("'") for word in arguments.split()] == handed_on


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed here")
def test_make_eval_writes_the_results_that_are_committed() -> None:
    """The command the gate names when a score has fallen, with the extra that draws the plot."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--always-make", "eval", "ARGS=--failures"],
        cwd=ROOT,
        env=outside,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert "-e '.[eval]'" in done.stdout
    assert "cewen eval --out eval/results --plot --failures" in done.stdout
