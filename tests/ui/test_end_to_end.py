"""The doorways over the real library: the shipped documents, the shipped model, a new home."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.service import PolicyAssistant
from assistant.types import AnswerStatus
from indexing.settings import default_corpus, load_settings
from ui.ask_tab import EXAMPLES
from ui.rendering import render_answer

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = (
    "torch", "gradio", "llama_index", "sentence_transformers", "transformers", "fastapi", "docx", "openpyxl",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that the first command fills."""
    return tmp_path_factory.mktemp("real") / "home"


@pytest.fixture(scope="module")
def assistant(home: Path) -> Iterator[PolicyAssistant]:
    """The real assistant over that home."""
    opened = PolicyAssistant.open(load_settings({"home": home}, {}))
    yield opened
    opened.index.close()


def cewen(home: Path, *arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command line as a process; it also says which heavy libraries it loaded."""
    program = f"""
import atexit, sys
from ui.cli import main
loaded = lambda: [name for name in {HEAVY!r} if name in sys.modules]
atexit.register(lambda: print("loaded", *loaded(), file=sys.stderr))
main()
"""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "CEWEN_HOME": str(home)},
        input=text,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_a_newcomers_first_question_is_answered_with_its_clause(home: Path) -> None:
    """From an empty home; no heavy library is loaded on the way."""
    done = cewen(home, "ask", "北京市对社区嵌入式服务设施项目补助多少？", "--json")
    assert (done.returncode, done.stderr.decode().split()) == (0, ["loaded"])
    answer = json.loads(done.stdout)
    assert answer["status"] == "ANSWERED"
    cited = [citation for statement in answer["statements"] for citation in statement["citations"]]
    assert ("京发改规〔2025〕1号", "第二十三条") in {
        (one["document_number"], one["path"].partition("/")[0]) for one in cited
    }
    assert "30%" in answer["answer"]
    assert len(answer["hits"]) == 10


def test_a_question_loads_neither_parser_nor_migrations(home: Path, assistant: PolicyAssistant) -> None:
    """Together they cost half a second, and a library that is ready needs neither."""
    program = """
import sys
from ui.cli import main
sys.argv = ["cewen", "ask", "补助", "--json"]
try:
    main()
finally:
    print(*{"alembic", "indexing.clause_parser", "indexing.documents"} & set(sys.modules), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "CEWEN_HOME": str(home)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr.decode().strip()) == (0, "")


HARMLESS = {
    "半个字符": "北京\ud83d补助",
    "SQL": "'; DROP TABLE documents; --",
    "HTML": "<script>alert(1)</script>",
    "长": "补助" * 1000,
    "繁体": "北京市對社區嵌入式服務設施項目補助多少？",
    "全角": "京发改规［２０２５］１号第２３条",
    "空字符": "补助\0多少",
    "FTS": 'title:补助 AND "北京 OR (',
}


def test_odd_questions_are_answered_or_have_no_basis(home: Path) -> None:
    """None of them breaks the batch or leaves anything on standard error."""
    lines = b"".join(
        json.dumps({"id": key, "question": value}).encode() + b"\n" for key, value in HARMLESS.items()
    )
    done = cewen(home, "ask", "--batch", "-", text=lines)
    assert (done.returncode, done.stderr.decode().split()) == (0, ["loaded"])
    answers: dict[str, dict[str, Any]] = {
        (answer := json.loads(line))["id"]: answer for line in done.stdout.splitlines()
    }
    assert list(answers) == list(HARMLESS)
    for key in ("SQL", "HTML"):
        assert answers[key]["status"] == "NO_BASIS", key
    assert answers["繁体"]["status"] == "ANSWERED"
    cited = [one for statement in answers["全角"]["statements"] for one in statement["citations"]]
    assert {(one["document_number"], one["path"].partition("/")[0]) for one in cited} == {
        ("京发改规〔2025〕1号", "第二十三条")
    }


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_of_the_page_is_answered(example: str, assistant: PolicyAssistant) -> None:
    """What the page offers to try works, and shows its sources."""
    answer = assistant.ask(example)
    assert answer.status is AnswerStatus.ANSWERED
    shown = render_answer(answer, assistant.index)
    assert "✔ 有依据" in shown
    assert shown.count("<blockquote>") >= 1
    assert "检索到的条款（10）" in shown


def test_the_examples_are_about_different_documents(assistant: PolicyAssistant) -> None:
    """One for each shipped document."""
    cited = {assistant.ask(example).statements[0].citations[0].doc_id for example in EXAMPLES}
    assert len(cited) == len(EXAMPLES)


def test_questions_are_answered_while_files_come_and_go(tmp_path: Path) -> None:
    """The page is open while the command line, another process, adds a file and removes it again."""
    home, failures, stop = tmp_path / "home", [], threading.Event()
    file = tmp_path / "办法.txt"
    file.write_text(POLICY, "utf-8")
    assistant = PolicyAssistant.open(load_settings({"home": home}, {}))

    def ask() -> None:
        while not stop.is_set():
            try:
                answer = assistant.ask(EXAMPLES[0])
                assert answer.status is AnswerStatus.ANSWERED
                assert render_answer(answer, assistant.index)
            except BaseException as exc:
                failures.append(exc)
                raise

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        assert cewen(home, "add", str(file)).returncode == 0
        held = {document.document_number for document in assistant.index.documents()}
        assert cewen(home, "remove", "丙政发〔2026〕3号").returncode == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    assert failures == []
    assert "丙政发〔2026〕3号" in held
    assert len(assistant.index.documents()) == len(held) - 1
    assistant.index.close()


POLICY = """# 丙市人民政府关于印发丙市夜间照明管理办法的通知

丙政发〔2026〕3号

各区人民政府：

现印发给你们，请遵照执行。

丙市人民政府

2026年2月1日

# 丙市夜间照明管理办法

第一条 为规范夜间照明，制定本办法。

第二条 路灯每晚十点以后减半照明。
"""


def test_files_are_added_listed_found_and_removed(home: Path, tmp_path: Path) -> None:
    """The life of a document of one's own, next to a file that cannot be read."""
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "办法.txt").write_bytes(POLICY.encode("gb18030"))
    (folder / "坏.txt").write_bytes(b"\0\1\2" * 100)
    done = cewen(home, "add", str(folder), "--json")
    outcomes = {Path(one["path"]).name: one["outcome"] for one in json.loads(done.stdout)}
    assert (outcomes, done.returncode) == ({"办法.txt": "added", "坏.txt": "failed"}, 2)
    clauses = json.loads(cewen(home, "clauses", "丙政发〔2026〕3号", "--json").stdout)
    assert {"第一条", "第二条"} <= {clause["path"] for clause in clauses}
    hits = json.loads(cewen(home, "search", "路灯减半照明", "--json", "--as-of", "2026-03-01").stdout)["hits"]
    assert (hits[0]["document_number"], hits[0]["path"]) == ("丙政发〔2026〕3号", "第二条")
    assert cewen(home, "remove", "丙政发[2026]3号").returncode == 0
    assert cewen(home, "clauses", "丙政发〔2026〕3号").returncode == 2
    assert len(json.loads(cewen(home, "documents", "--json").stdout)) == len(
        list((default_corpus() / "documents").iterdir())
    )
