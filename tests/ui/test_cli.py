"""The command line: what it prints, what it refuses, how it ends."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexing.errors import HomeBusy, HomeUnusable
from indexing.ingest import FileReport, Progress
from indexing.types import SearchFilter, SearchMode
from tests.ui.fakes import RULES, FakeAssistant, answer_to, report_on
from ui.cli import app
from ui.usage import BLANK_QUESTION, MAX_QUESTION_CHARS

ROOT = Path(__file__).resolve().parent.parent.parent


def assert_one_sentence(stderr: str) -> None:
    """One line of Chinese, no traceback, no English usage."""
    assert len(stderr.strip().splitlines()) == 1, stderr
    assert stderr.strip().endswith("。") or "例如" in stderr
    assert "Traceback" not in stderr
    assert any("\u4e00" <= character <= "\u9fff" for character in stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", ""],
        ["ask", " \u3000\n"],
        ["search"],
        ["search", " "],
        ["ask", "补" * (MAX_QUESTION_CHARS + 1)],
        ["ask", "问", "多一个"],
        ["ask", "问", "--batch", "-"],
        ["ask", "问", "--as-of", "20260101"],
        ["ask", "问", "--as-of", "2026-02-30"],
        ["ask", "问", "--city", "某某星球"],
        ["ask", "问", "--city", "鼓楼区"],
        ["ask", "--batch", "没有这个文件.jsonl"],
        ["search", "问", "--top-k", "0"],
        ["search", "问", "--top-k", "101"],
        ["search", "问", "--top-k", "十"],
        ["search", "问", "--mode", "fuzzy"],
        ["search", "问", "--as-of"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "abc"],
        ["add"],
        ["remove"],
        ["remove", "没有这份文件"],
        ["clauses", "没有这份文件"],
        ["clauses", ""],
        ["没有这个命令"],
        ["--没有这个选项"],
        ["documents", "--没有这个选项"],
        ["documents", "--jsn"],
        ["documents", "--json=1"],
        ["documents", "--home", "\0"],
        ["documents", "--corpus", "没有这个文件夹"],
        ["--corpus", str(ROOT / "tests"), "ask", "问"],
        ["ask", "问", "--part", "附件9"],
        ["search", "问", "--part", ""],
    ],
)
def test_a_mistake_of_the_caller_is_one_chinese_sentence_and_exit_code_2(
    arguments: list[str], runner: CliRunner, assistant: FakeAssistant
) -> None:
    """Nothing on standard output, nothing asked of the library."""
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2, result.output
    assert_one_sentence(result.stderr)
    assert result.stdout == ""
    assert assistant.asked == []


@pytest.mark.parametrize("batch", [False, True])
def test_a_text_too_long_to_ask_is_searched_for_as_far_as_it_goes(
    batch: bool, runner: CliRunner, assistant: FakeAssistant
) -> None:
    """5,000 characters find clauses by the first 2,000, and that is said; alone and in a batch."""
    text = "社区食堂补助" * 834
    line = json.dumps({"question": text}, ensure_ascii=False)
    arguments = ["search", "--batch", "-"] if batch else ["search", text, "--json"]
    result = runner.invoke(app, arguments, input=line if batch else None)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["hits"]
    assert result.stderr.strip() == f"注意：问题有 {len(text)} 字，只按前 {MAX_QUESTION_CHARS} 字检索。"


def test_a_blank_question_asks_for_one(runner: CliRunner, assistant: FakeAssistant) -> None:
    """With an example a newcomer can copy."""
    assert runner.invoke(app, ["ask", "  "]).stderr.strip() == BLANK_QUESTION


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (HomeBusy("另一个进程正在更新数据目录，请稍后重试。"), "另一个进程正在更新数据目录，请稍后重试。"),
        (HomeUnusable("数据目录是只读的，请修改权限。"), "数据目录是只读的，请修改权限。"),
    ],
)
def test_a_failure_we_know_is_its_own_sentence_and_exit_code_1(
    error: Exception, said: str, runner: CliRunner, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller typed nothing wrong."""

    def fail(_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("assistant.service.PolicyAssistant.open", fail)
    result = runner.invoke(app, ["ask", "问"])
    assert (result.exit_code, result.stderr.strip()) == (1, said)


def test_an_unexpected_failure_goes_to_the_log(
    runner: CliRunner, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence names the log; the log, private to the user, holds the traceback."""
    fake = FakeAssistant(error=ZeroDivisionError("除以零"))
    monkeypatch.setattr("assistant.service.PolicyAssistant.open", lambda settings, **_: fake)
    result = runner.invoke(app, ["ask", "问"])
    assert result.exit_code == 1
    assert_one_sentence(result.stderr)
    log = home / "logs" / "cewen.log"
    assert str(log) in result.stderr
    assert "ZeroDivisionError: 除以零" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0
    assert home.stat().st_mode & 0o077 == 0


def test_ask_prints_one_json_object(runner: CliRunner, assistant: FakeAssistant) -> None:
    """`--json` and nothing else on standard output."""
    result = runner.invoke(app, ["ask", "补助多少？", "--json", "--as-of", "2026-01-31", "--city", "北京"])
    assert result.exit_code == 0
    line = json.loads(result.stdout)
    assert (line["id"], line["question"], line["status"]) == (None, "补助多少？", "ANSWERED")
    assert assistant.asked == [("补助多少？", date(2026, 1, 31), SearchFilter(jurisdictions=("110000",)))]
    assert assistant.index.closed


def test_ask_without_a_day_asks_about_today(runner: CliRunner, assistant: FakeAssistant) -> None:
    """Today enters at the doorway."""
    runner.invoke(app, ["ask", "问", "--json"])
    assert assistant.asked == [("问", date.today(), SearchFilter())]


def test_ask_prints_chinese_for_people(runner: CliRunner, assistant: FakeAssistant) -> None:
    """Status, statement, address, quote."""
    shown = runner.invoke(app, ["ask", "问"]).stdout
    assert shown.splitlines()[0] == "✔ 有依据"
    assert "甲市按建设费用的百分之三十给予补助。 [1]" in shown
    assert "[1] 《甲市社区设施管理办法》（甲发改〔2025〕1号）第二条" in shown
    assert "    按建设费用的百分之三十给予补助" in shown


def test_printed_text_cannot_drive_the_terminal(
    runner: CliRunner, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither rich's markup nor terminal sequences of a question or a document work."""
    hostile = answer_to("问", missing=("[red]红[/red] \x1b[31m红\x1b]0;标题\x07 \u202e :smile:",))
    fake = FakeAssistant(hostile)
    monkeypatch.setattr("assistant.service.PolicyAssistant.open", lambda settings, **_: fake)
    shown = runner.invoke(app, ["ask", "问"]).stdout
    assert "说明：[red]红[/red] 红 :smile:" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_mistake_is_repeated_without_its_control_characters(
    runner: CliRunner, assistant: FakeAssistant
) -> None:
    """Also in an error sentence."""
    result = runner.invoke(app, ["remove", "\x1b[31m甲\n乙"])
    assert "\x1b" not in result.stderr
    assert_one_sentence(result.stderr)


def test_search_hands_on_every_option(runner: CliRunner, assistant: FakeAssistant) -> None:
    """Number, mode, place and day; a district means the city whose documents are held."""
    arguments = ["--top-k", "2", "--mode", "lexical", "--city", "余杭区", "--part", "附件1"]
    result = runner.invoke(app, ["search", "补助", *arguments, "--as-of", "2025-06-01", "--json"])
    assert [hit["path"] for hit in json.loads(result.stdout)["hits"]] == ["第一条", "第二条"]
    expected = SearchFilter(jurisdictions=("330100",), parts=("附件1",), as_of=date(2025, 6, 1))
    assert assistant.index.searches == [("补助", 2, SearchMode.LEXICAL, expected)]


def test_ask_hands_on_the_part(runner: CliRunner, assistant: FakeAssistant) -> None:
    """`--part` restricts an answer as it does a search."""
    assert runner.invoke(app, ["ask", "补助", "--part", "正文", "--json"]).exit_code == 0
    assert assistant.asked[0][2] == SearchFilter(parts=("正文",))


def test_an_unknown_part_is_answered_with_those_there_are(
    runner: CliRunner, assistant: FakeAssistant
) -> None:
    """In the order of the documents."""
    result = runner.invoke(app, ["search", "补助", "--part", "附件9"])
    assert result.stderr.strip() == "文库里没有哪份文件有“附件9”这一部分，现有的是：正文、附件1。"


@pytest.mark.parametrize(
    ("city", "codes"),
    [
        ("国家", ("000000",)),
        ("110000", ("110000",)),
        ("杭州市余杭区", ("330100",)),
        ("广州", ("440100",)),
        ("北京、杭州", ("110000", "330100")),
    ],
)
def test_a_city_becomes_the_code_the_library_knows(
    city: str, codes: tuple[str, ...], runner: CliRunner, assistant: FakeAssistant
) -> None:
    """A place without documents stays itself, so that nothing of another place is found."""
    runner.invoke(app, ["search", "补助", "--city", city])
    assert assistant.index.searches[0][3].jurisdictions == codes


def batch_of(*records: object) -> bytes:
    """JSON lines."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_a_batch_is_answered_in_order_and_goes_on_after_bad_lines(
    runner: CliRunner, assistant: FakeAssistant
) -> None:
    """Each line gets its line; the exit code tells that some were bad."""
    lines = batch_of({"id": "a", "question": "甲"}) + b"{\n" + batch_of({"id": "b", "question": "\ud800乙"})
    result = runner.invoke(app, ["ask", "--batch", "-"], input=lines)
    first, bad, last = map(json.loads, result.stdout.splitlines())
    assert (first["id"], first["question"]) == ("a", "甲")
    assert (bad["id"], bad["line"]) == (2, 2)
    assert (last["id"], last["question"]) == ("b", "\ufffd乙")
    assert result.exit_code == 2
    assert result.stderr == ""


def test_an_id_that_json_cannot_print_is_a_bad_line(runner: CliRunner, assistant: FakeAssistant) -> None:
    """1e999 reads as infinity; the lines after it are answered all the same."""
    lines = b'{"id": 1e999, "question": "\xe7\x94\xb2"}\n' + batch_of({"id": "b", "question": "乙"})
    result = runner.invoke(app, ["ask", "--batch", "-"], input=lines)
    bad, last = map(json.loads, result.stdout.splitlines())
    assert (bad["id"], bad["line"], "id" in bad["error"]) == (1, 1, True)
    assert last["status"] == "ANSWERED"
    assert (result.exit_code, result.stderr) == (2, "")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("补" * 100_000, "问题有 100000 字，请缩短到 2000 字以内。"),
        ("", "请输入要查询的问题"),
        (" \u3000", "请输入要查询的问题"),
        ("？？？！", "请输入要查询的问题"),
        ("😀😀", "请输入要查询的问题"),
    ],
)
def test_a_question_that_cannot_be_asked_is_answered_without_basis(
    runner: CliRunner, assistant: FakeAssistant, question: str, sentence: str
) -> None:
    """It has every key of an answer, its own id and sentence, and the exit code of a caller's mistake."""
    lines = batch_of({"id": "坏", "question": question}, {"id": "好", "question": "补"})
    result = runner.invoke(app, ["ask", "--batch", "-"], input=lines)
    bad, good = map(json.loads, result.stdout.splitlines())
    assert (bad["id"], bad["line"], bad["question"]) == ("坏", 1, question)
    assert (bad["status"], bad["answer"], bad["statements"], bad["hits"]) == ("NO_BASIS", "", [], [])
    assert bad["missing"] == [bad["error"]]
    assert bad["error"].startswith(sentence)
    assert set(bad) == set(good) | {"line", "error"}
    assert good["status"] == "ANSWERED"
    assert result.exit_code == 2


def test_a_search_that_cannot_be_asked_has_no_hits(
    runner: CliRunner, home: Path, assistant: FakeAssistant
) -> None:
    """`hits` is there all the same, and the sentence beside it."""
    result = runner.invoke(app, ["search", "--batch", "-"], input=batch_of({"id": 1, "query": "？"}))
    bad = json.loads(result.stdout)
    assert (bad["id"], bad["hits"], bad["line"]) == (1, [], 1)
    assert bad["error"].startswith("请输入")
    assert result.exit_code == 2


def test_a_batch_without_a_fault_ends_with_0(
    runner: CliRunner, assistant: FakeAssistant, tmp_path: Path
) -> None:
    """From a file too; `search` also takes "query"."""
    file = tmp_path / "batch.jsonl"
    file.write_bytes(batch_of({"id": 1, "query": "甲"}, {"id": 2, "question": "乙"}))
    result = runner.invoke(app, ["search", "--batch", str(file), "--top-k", "1"])
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1, 2]
    assert result.exit_code == 0


def test_a_failure_of_ours_in_a_batch_is_a_line_and_exit_code_1(
    runner: CliRunner, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller's lines were good; the other questions still get their answers."""
    fake = FakeAssistant(error=ZeroDivisionError())
    monkeypatch.setattr("assistant.service.PolicyAssistant.open", lambda settings, **_: fake)
    questions = batch_of({"id": "a", "question": "甲"}, {"id": "b", "question": "乙"})
    result = runner.invoke(app, ["ask", "--batch", "-"], input=questions)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "b"]
    assert all("日志" in json.loads(line)["error"] or "记入" in line for line in result.stdout.splitlines())
    assert result.exit_code == 1
    assert len(fake.asked) == 2


def test_documents_and_clauses_are_arrays(runner: CliRunner, assistant: FakeAssistant) -> None:
    """All of them, or those of one document."""
    documents = json.loads(runner.invoke(app, ["documents", "--json"]).stdout)
    assert [(one["doc_id"], one["clauses"]) for one in documents] == [
        (RULES.doc_id, 2),
        ("乙市实施方案|2024-03-08", 1),
    ]
    assert len(json.loads(runner.invoke(app, ["clauses", "--json"]).stdout)) == 3
    assert len(json.loads(runner.invoke(app, ["clauses", RULES.doc_id, "--json"]).stdout)) == 2


def test_documents_and_clauses_for_people(runner: CliRunner, assistant: FakeAssistant) -> None:
    """Inferred days are marked as such."""
    shown = "".join(runner.invoke(app, ["documents"]).stdout.split())
    assert "施行2025-01-13（推定）" in shown
    assert "地区北京市" in shown
    clauses = runner.invoke(app, ["clauses"]).stdout
    assert "第二条  【补助】" in clauses
    assert "    3    制定服务清单  市民政局" in clauses


def test_add_reports_each_file_and_the_whole(
    runner: CliRunner, assistant: FakeAssistant, tmp_path: Path
) -> None:
    """What became of each file, what the parser noticed, the totals; 2 when a file was refused."""
    good, bad = tmp_path / "好.txt", tmp_path / "坏.txt"
    result = runner.invoke(app, ["add", str(good), str(bad)])
    assert "已入库：好.txt" in result.stdout
    assert "注意 全文：缺第三条" in result.stdout
    assert "坏.txt 不是文本文件" in result.stdout
    assert "共 2 份文件：新增 1 份，失败 1 份。" in result.stdout
    assert result.exit_code == 2
    assert runner.invoke(app, ["add", str(good)]).exit_code == 0


def test_no_path_is_refused_before_ours_is_tried(
    runner: CliRunner, assistant: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typer would refuse a whole command because of one file without rights, in its own words."""
    files = [tmp_path / "一.txt", tmp_path / "二.txt"]
    for file in files:
        file.write_bytes(batch_of({"id": file.stem, "question": "甲"}))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    added = runner.invoke(app, ["add", *map(str, files), "--json", "--home", str(tmp_path)])
    assert [Path(one["path"]).name for one in json.loads(added.stdout)] == ["一.txt", "二.txt"]
    asked = runner.invoke(app, ["ask", "--batch", str(files[0])])
    assert (json.loads(asked.stdout)["id"], asked.exit_code) == ("一", 0)


def test_a_batch_file_without_rights_is_one_sentence(
    runner: CliRunner, assistant: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights do not bind root, so what the system would answer others is put in its mouth."""
    real = Path.open

    def refuse(path: Path, *arguments: object, **options: object) -> object:
        if path.name == "问题.jsonl":
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    result = runner.invoke(app, ["ask", "--batch", str(tmp_path / "问题.jsonl")])
    assert result.exit_code == 2
    assert_one_sentence(result.stderr)
    assert "问题.jsonl" in result.stderr
    assert "权限" in result.stderr


def test_add_prints_json_only_when_asked_for_it(
    runner: CliRunner, assistant: FakeAssistant, tmp_path: Path
) -> None:
    """An array on standard output, nothing besides."""
    result = runner.invoke(app, ["add", str(tmp_path / "好.txt"), "--json"])
    assert [one["outcome"] for one in json.loads(result.stdout)] == ["added"]


def test_adding_an_empty_folder_is_a_mistake(
    runner: CliRunner, assistant: FakeAssistant, tmp_path: Path
) -> None:
    """Nobody should believe that something was added."""
    result = runner.invoke(app, ["add", str(tmp_path)])
    assert result.exit_code == 2
    assert_one_sentence(result.stderr)


def test_remove_names_what_was_removed(runner: CliRunner, assistant: FakeAssistant) -> None:
    """By title and id."""
    result = runner.invoke(app, ["remove", RULES.doc_id])
    assert "已移除《甲市社区设施管理办法》" in result.stdout
    assert RULES.doc_id not in assistant.index.held


def test_index_reports_files_and_counts(runner: CliRunner, assistant: FakeAssistant, home: Path) -> None:
    """`--restore` is handed on."""
    result = runner.invoke(app, ["index", "--restore", "--json"])
    told = json.loads(result.stdout)
    assert (told["documents"], told["clauses"], told["home"]) == (2, 3, str(home))
    assert assistant.index.restored
    assert "已入库：随附.txt" in runner.invoke(app, ["index"]).stdout


@pytest.mark.parametrize("json_flag", [[], ["--json"]])
def test_index_says_each_failure_once(
    json_flag: list[str], runner: CliRunner, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a report; the notice of the same file is not repeated, another one is said."""
    failed = report_on(Path("坏.txt"))

    def refresh(progress: Progress, *, everything: bool) -> tuple[FileReport, ...]:
        progress(failed)
        return (failed,)

    monkeypatch.setattr(assistant.index, "refresh", refresh)
    assistant.index.notices = (failed.message, "文件 甲 已损坏，请重新添加。")
    result = runner.invoke(app, ["index", *json_flag])
    assert (result.stdout + result.stderr).count(failed.message) == 1
    assert result.stderr.strip() == "注意：文件 甲 已损坏，请重新添加。"
    assert result.exit_code == 1


def test_what_was_left_out_is_said_on_standard_error(runner: CliRunner, assistant: FakeAssistant) -> None:
    """A damaged document is heard of, also beside JSON."""
    assistant.index.notices = ("文件 甲 已损坏，请重新添加。",)
    result = runner.invoke(app, ["documents", "--json"])
    assert result.stderr.strip() == "注意：文件 甲 已损坏，请重新添加。"
    assert len(json.loads(result.stdout)) == 2


def test_home_may_stand_before_or_after_the_command(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the command wins over before it, and both over the environment."""
    monkeypatch.setenv("CEWEN_HOME", str(tmp_path / "environment"))
    homes: list[Path] = []

    def opened(settings: object, **_: object) -> object:
        homes.append(settings.home)  # type: ignore[attr-defined]
        return FakeAssistant().index

    monkeypatch.setattr("indexing.index.ClauseIndex.open", opened)
    before, after = str(tmp_path / "before"), str(tmp_path / "after")
    for arguments in (["documents"], ["--home", before, "documents"], ["documents", "--home", after]):
        assert runner.invoke(app, arguments).exit_code == 0
    assert runner.invoke(app, ["--home", before, "documents", "--home", after]).exit_code == 0
    assert [path.name for path in homes] == ["environment", "before", "after", "after"]


@pytest.mark.parametrize(
    "command", ["", "index", "add", "remove", "documents", "clauses", "search", "ask", "serve"]
)
def test_help_is_chinese(command: str, runner: CliRunner) -> None:
    """No English sentence of the library shows through."""
    result = runner.invoke(app, [*filter(None, [command]), "--help"])
    assert result.exit_code == 0
    assert "用法：" in result.stdout
    assert "--home" in result.stdout
    for english in ("Usage", "Options", "Arguments", "Commands", "Show this", "default", "required"):
        assert english not in result.stdout
    assert "<" not in result.stdout  # <bool>, <str>: what Python calls a value
    assert "…" not in result.stdout  # cut off at the edge of 80 columns
    if command:
        assert "--json" in result.stdout


def python(*arguments: str, home: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """A Python process in the repository, with a home of its own."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "CEWEN_HOME": str(home), "PYTHONWARNINGS": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        **options,
    )


def test_as_a_process_a_mistake_is_one_sentence(tmp_path: Path) -> None:
    """Also where standard output knows only ASCII."""
    done = python("-m", "ui.cli", "ask", home=tmp_path / "home")
    assert (done.returncode, done.stderr.strip()) == (2, BLANK_QUESTION)
    assert not (tmp_path / "home").exists()


FAKE_PROCESS = """
import sys
import assistant.service, indexing.index
from tests.ui.fakes import FakeAssistant
fake = FakeAssistant()
assistant.service.PolicyAssistant.open = lambda settings, **_: fake
indexing.index.ClauseIndex.open = lambda settings, **_: fake.index
from ui.cli import main
sys.argv = ["cewen", *sys.argv[1:]]
main()
"""


def test_a_batch_is_answered_line_by_line(tmp_path: Path) -> None:
    """The first answer is there before the second question is asked."""
    process = subprocess.Popen(
        [sys.executable, "-c", FAKE_PROCESS, "ask", "--batch", "-"],
        cwd=ROOT,
        env={**os.environ, "CEWEN_HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        for name in ("甲", "乙"):
            process.stdin.write(batch_of({"id": name, "question": name}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
    assert process.returncode == 0


def bash(script: str, *arguments: str, home: Path) -> str:
    """What a script prints; its arguments are $0, $1 ..."""
    done = subprocess.run(
        ["bash", "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "CEWEN_HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout.strip()


def test_a_reader_that_goes_away_ends_the_output_quietly(tmp_path: Path) -> None:
    """`cewen clauses --json | head -1` shows no traceback."""
    shell = '"$0" -c "$1" ask --batch - 2>"$3" <"$2" | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}'
    questions, errors = tmp_path / "batch.jsonl", tmp_path / "errors"
    questions.write_bytes(batch_of({"question": "补助" * 500}) * 2000)
    printed = bash(shell, sys.executable, FAKE_PROCESS, str(questions), str(errors), home=tmp_path / "home")
    assert printed == "141"
    assert errors.read_text(encoding="utf-8") == ""


def test_text_for_people_ends_as_quietly(tmp_path: Path) -> None:
    """`cewen documents | true`: the same exit code as for JSON, though rich prints it."""
    shell = 'set -o pipefail; "$0" -c "$1" documents 2>"$2" | true; echo $?'
    errors = tmp_path / "errors"
    program = f"import time; time.sleep(0.5)\n{FAKE_PROCESS}"  # by then `true` has gone
    printed = bash(shell, sys.executable, program, str(errors), home=tmp_path / "home")
    assert (printed, errors.read_text(encoding="utf-8")) == ("141", "")


def test_a_question_in_another_encoding_is_no_traceback(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 reach us as lone surrogates."""
    done = subprocess.run(
        [sys.executable, "-c", FAKE_PROCESS, "ask", b"\xb2\xb9A\xd6\xfa", "--json"],
        cwd=ROOT,
        env={**os.environ, "CEWEN_HOME": str(tmp_path)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["question"] == "\ufffd\ufffdA\ufffd\ufffd"
