"""A command line over the invented library: no model, no home of the user's."""

from pathlib import Path

import pytest
import typer.testing

from tests.ui.fakes import FakeAssistant


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of this test alone, named by the environment."""
    monkeypatch.setenv("CEWEN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def assistant(home: Path, monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    """The fake that every command of this test opens."""
    fake = FakeAssistant()
    monkeypatch.setattr("assistant.service.PolicyAssistant.open", lambda settings, **_: fake)
    monkeypatch.setattr("indexing.index.ClauseIndex.open", lambda settings, **_: fake.index)
    return fake


@pytest.fixture
def runner() -> typer.testing.CliRunner:
    """Runs `ui.cli.app` in this process."""
    return typer.testing.CliRunner()
