"""Models on the command line: flags made of the settings table, notices on standard error."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexing.setting_table import OPTIONS
from tests.indexing.embedding_service import honest, running, status
from tests.indexing.state_helpers import make_corpus, policy
from tests.ui.fakes import FakeAssistant
from ui.cli import app
from ui.opening import EncodingReport, Told

QUESTION = "北京市社区食堂一次性建设补助多少？"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own over two invented policies."""
    corpus = make_corpus(tmp_path / "corpus", [policy(), policy("上海市", 2, "托育服务", 50)])
    monkeypatch.setenv("CEWEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CEWEN_CORPUS", str(corpus))
    monkeypatch.setenv("CEWEN_ENCODER_QUERY_TIMEOUT_MS", "30000")
    return tmp_path


def test_every_setting_has_a_flag(runner: CliRunner) -> None:
    """Those before the command, home and corpus, host and port of `serve`: none is forgotten."""
    offered = {parameter.name for parameter in _root().params}
    named = {option.name for option in OPTIONS}
    assert offered - {"help"} == named - {"host", "port"}
    shown = runner.invoke(app, ["--help"], env={"COLUMNS": "200"}).stdout
    assert "--encoder-url" in shown
    assert "默认 1000" in shown


def _root():
    from typer.main import get_command

    return get_command(app)


def test_flags_reach_the_settings(runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the command, over environment and file; numbers as numbers; what follows the command wins."""
    seen = []

    def opened(settings: object, **_: object) -> object:
        seen.append(settings)
        return FakeAssistant().index

    monkeypatch.setattr("indexing.index.ClauseIndex.open", opened)
    monkeypatch.setenv("CEWEN_RERANK_DEPTH", "9")
    monkeypatch.setenv("CEWEN_RERANKER", "a/b")
    flags = ["--rerank-depth", "7", "--encoder-query-prefix", "query: ", "--home", str(tmp_path / "h")]
    assert runner.invoke(app, [*flags, "documents", "--home", str(tmp_path / "g")]).exit_code == 0
    (settings,) = seen
    assert (settings.rerank_depth, settings.reranker, settings.encoder_query_prefix, settings.home) == (
        7,
        "a/b",
        "query: ",
        tmp_path / "g",
    )


@pytest.mark.parametrize(
    "flags",
    [
        ["--rerank-depth", "many"],
        ["--rerank-depth", "1"],
        ["--encoder-similarity", "euclid"],
        ["--encoder-url", "localhost"],
        ["--encoder-url", "http://h/v1"],
        ["--encoder-model", "m"],
    ],
)
def test_a_wrong_flag_is_one_sentence(runner: CliRunner, library: Path, flags: list[str]) -> None:
    """Exit code 2: the caller can mend it."""
    result = runner.invoke(app, [*flags, "documents"])
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stderr.strip().endswith("。")


def test_a_service_that_falls_silent_on_the_command_line(runner: CliRunner, library: Path) -> None:
    """Answers go on with one notice, also in a batch; `index` says what is missing and exits with 1."""
    with running() as service:
        flags = ["--encoder-url", service.url, "--encoder-model", "m"]
        made = runner.invoke(app, [*flags, "index", "--json"])
        assert (made.exit_code, made.stderr) == (0, "")
        whole = runner.invoke(app, [*flags, "ask", QUESTION, "--json"])
        assert (whole.exit_code, whole.stderr) == (0, "")
        service.reply = status(500)
        silent = runner.invoke(app, [*flags, "ask", QUESTION, "--json"])
        assert silent.exit_code == 0
        assert json.loads(silent.stdout)["answer"] == json.loads(whole.stdout)["answer"]
        assert silent.stderr.startswith("注意：")
        assert len(silent.stderr.strip().splitlines()) == 1
        lines = "".join(json.dumps({"id": n, "question": f"{QUESTION}{n}"}) + "\n" for n in range(3))
        for command in ("ask", "search"):
            batch = runner.invoke(app, [*flags, command, "--batch", "-"], input=lines)
            assert (batch.exit_code, len(batch.stdout.strip().splitlines())) == (0, 3)
            assert batch.stderr.count("只按词语检索") == 1
        (library / "c.txt").write_text(policy("重庆市", 3, "健身场地", 70), "utf-8")
        added = runner.invoke(app, [*flags, "add", str(library / "c.txt")])
        assert added.exit_code == 0
        assert "cewen index" in added.stderr
        again = runner.invoke(app, [*flags, "index"])
        assert again.exit_code == 1
        assert "还没有向量" in again.stderr
        service.reply = honest
        healed = runner.invoke(app, [*flags, "index"])
        assert (healed.exit_code, healed.stderr) == (0, "")


def test_a_slow_model_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Every few seconds on a clock of ours; a quick one says nothing."""
    now = [0.0]
    report = EncodingReport(clock=lambda: now[0])
    for done in range(1, 11):
        now[0] += 1.0
        report(done, 10)
    told = capsys.readouterr().err.splitlines()
    assert [line.split("（")[0] for line in told] == [f"正在计算句向量：{done}/10" for done in (3, 6, 9)]
    quick = EncodingReport(clock=lambda: 0.0)
    quick(1, 2)
    quick(2, 2)
    assert capsys.readouterr().err == ""


def test_a_notice_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    """What was said at the start is not repeated, nor with every line of a batch."""
    told = Told(("旧的。",))
    told.say_new(("旧的。", "新的。"))
    told.say_new(("新的。",))
    assert capsys.readouterr().err == "注意：新的。\n"
