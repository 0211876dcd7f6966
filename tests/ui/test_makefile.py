"""`make run` hands its variables on to `cewen serve`."""

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
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", "run", *variables],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    _, _, arguments = done.stdout.replace("\\\n", " ").partition("cewen serve")
    assert [word.strip("'") for word in arguments.split()] == handed_on
