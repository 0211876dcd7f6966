"""`cewen add --phrasings` over a real connection: what a model writes is searched, a bad one does no harm."""

import json
from pathlib import Path

import pytest

from assistant.models.client import API_KEY_ENV
from tests.assistant.chat_service import DONE, ChatService, chunk, raw, running, silent, writing
from tests.indexing.state_helpers import doc_id, make_corpus, policy
from ui.cli import app
from ui.phrasing import NO_MODEL

SLANG = "娃娃白天搁哪儿划得来"  # no word of it stands in the documents
HTML = raw(b"<html>502</html>", kind="text/html")


def questions(*asked):
    """A model that writes these for every clause."""
    return writing(lambda _: json.dumps({"questions": asked}, ensure_ascii=False))


@pytest.fixture
def service():
    """A model that knows one question."""
    with running(questions(SLANG)) as started:
        yield started


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document to add to a library of one other."""
    corpus = make_corpus(tmp_path / "corpus", [policy()])
    monkeypatch.setenv("CEWEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CEWEN_CORPUS", str(corpus))
    monkeypatch.delenv(API_KEY_ENV, raising=False)
    added = tmp_path / "new.txt"
    added.write_text(policy("上海市", 2, "托育服务", 80), "utf-8")
    return added


def flags(service: ChatService, *more: str) -> list[str]:
    """What names the model before the command."""
    return ["--llm-url", service.url, "--llm-model", "qwen3-8b", *more]


def phrasing_files(file: Path) -> list[Path]:
    """What the home holds of phrasings."""
    return sorted((file.parent / "home" / "phrasings").glob("*"))


def test_what_the_model_wrote_is_found_by_the_next_command(runner, service, file):
    """One sentence a document says how many clauses have phrasings; the clause says who is behind the hit."""
    result = runner.invoke(app, [*flags(service), "add", "--phrasings", str(file)])
    assert result.exit_code == 0, result.output
    (said,) = result.stderr.strip().splitlines()
    assert said.startswith("《上海市民政局关于印发〈上海市托育服务补助办法〉的通知》：语言模型 qwen3-8b 为 ")
    assert "未经审阅" in result.stderr
    found = runner.invoke(app, ["search", SLANG, "--json"])
    assert json.loads(found.stdout)["hits"][0]["doc_id"] == doc_id("上海市", 2)


def test_only_the_files_added_are_told_to_the_model(runner, service, file):
    """Neither the rest of the library nor anything without the flag."""
    assert runner.invoke(app, [*flags(service), "add", str(file)]).exit_code == 0
    assert service.seen == []
    runner.invoke(app, [*flags(service), "add", "--phrasings", str(file)])
    assert "托育服务" in service.told
    assert "北京市" not in service.told


def test_a_second_run_asks_for_nothing_that_is_there(runner, service, file):
    """It says so; a file known already takes part, so what once failed can be made up for."""
    runner.invoke(app, ["add", str(file)])
    runner.invoke(app, [*flags(service), "add", "--phrasings", str(file)])
    n_asked = len(service.seen)
    again = runner.invoke(app, [*flags(service), "add", "--phrasings", str(file)])
    assert n_asked > 0
    assert len(service.seen) == n_asked
    assert "都已有问法，没有再编写" in again.stderr


def test_with_json_standard_output_is_the_report_alone(runner, service, file):
    """What the model did is said on standard error."""
    result = runner.invoke(app, [*flags(service), "add", "--phrasings", "--json", str(file)])
    assert json.loads(result.stdout)[0]["outcome"] == "added"
    assert "个条款编写了问法" in result.stderr


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (writing(lambda _: "好的，以下是问法：1. 老人吃饭便宜吗"), "答复不合要求"),
        (writing(lambda _: json.dumps({"questions": ["<b>补助</b>", "see https://a.b"]})), "答复不合要求"),
        (writing(lambda _: '{"questions": "一个"}'), "答复不合要求"),
        (writing(lambda _: " "), "没有写出内容"),
        (HTML, "语言模型"),
        (raw(b"", code=401), "密钥"),
        (raw(b"", code=500), "服务忙"),
        (raw(chunk('{"questions": ["老人'), DONE), "语言模型"),
        (silent, "没有及时答复"),
    ],
)
def test_a_model_that_fails_costs_only_the_phrasings(runner, service, file, reply, why):
    """The document is added and answers; one Chinese sentence says why it has no phrasings."""
    service.reply = reply
    hurry = ["--llm-timeout-s", "60", "--llm-idle-timeout-s", "1"] if reply is silent else []
    result = runner.invoke(app, [*flags(service, *hurry), "add", "--phrasings", str(file)])
    assert result.exit_code == 0, result.output
    (said,) = result.stderr.strip().splitlines()
    assert said.startswith("没有为《")
    assert "文件已照常入库" in said
    assert why in said
    assert phrasing_files(file) == []
    found = runner.invoke(app, ["search", "上海市托育服务补助多少万元", "--json"])
    assert json.loads(found.stdout)["hits"][0]["doc_id"] == doc_id("上海市", 2)


def test_what_was_written_before_it_failed_is_kept(runner, service, file):
    """The sentence says how many clauses are lacking, and why."""
    good = service.reply

    def tires(started, handler, asked):
        (good if len(started.seen) < 3 else raw(b"", code=503))(started, handler, asked)

    service.reply = tires
    result = runner.invoke(app, [*flags(service), "add", "--phrasings", str(file)])
    assert result.exit_code == 0
    assert "为 2 个条款编写了问法" in result.stderr
    assert "服务忙" in result.stderr
    assert len(phrasing_files(file)) == 1


def test_without_a_model_the_file_is_added_and_that_is_said(runner, file):
    """Nothing is written, nothing sought."""
    result = runner.invoke(app, ["add", "--phrasings", str(file)])
    assert (result.exit_code, result.stderr.strip()) == (0, NO_MODEL)
    assert phrasing_files(file) == []


def test_a_model_named_by_half_is_told(runner, file):
    """With the setting that lacks; the file is added."""
    result = runner.invoke(app, ["--llm-url", "http://127.0.0.1:9/v1", "add", "--phrasings", str(file)])
    assert result.exit_code == 0
    assert "没有编写问法" in result.stderr
    assert "llm_model" in result.stderr
    listed = runner.invoke(app, ["documents", "--json"]).stdout
    assert doc_id("上海市", 2) in listed


def test_files_that_are_refused_ask_no_model(runner, service, tmp_path, file):
    """The file's own report says what is wrong with it, and the exit code is its."""
    empty = tmp_path / "empty.txt"
    empty.write_text("", "utf-8")
    result = runner.invoke(app, [*flags(service), "add", "--phrasings", str(empty)])
    assert result.exit_code == 2
    assert service.seen == []
