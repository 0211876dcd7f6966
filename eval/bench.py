"""Speed and size on the shipped documents, beside what we aim for: `python -m eval.bench [--json]`.

Every figure is taken in a new CEWEN_HOME that is thrown away. Cold figures come from fresh
processes started by a small launcher: on Linux a child begins with the peak memory of
whoever forked it, so one started from here would report our memory as its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

from eval import drafting
from eval.bench_search import measure_articles, measure_encoder
from eval.figures import MIB, BenchError, Figure, percentile
from indexing.documents import read_document
from indexing.errors import CorpusError, PolicyAssistantError
from indexing.settings import default_corpus, load_settings

COLD_RUNS = 5
PARSE_SECONDS = 3.0  # the corpus is read again and again for this long
HEAVY = ("torch", "gradio", "llama_index")  # must stay off the way of `cewen ask`

COLD_QUESTION = "北京市对社区嵌入式服务设施项目补助多少？"

# Written for timing, not for judging answers: what people ask, in many shapes, some out of reach.
QUESTIONS = (
    "北京市对社区嵌入式服务设施项目补助多少？",
    "北京的社区嵌入式服务设施面积有什么要求？",
    "上海市社区嵌入式服务设施的建设目标是什么？",
    "杭州市到2027年要达到什么目标？",
    "重庆市试点项目怎么申报？",
    "申报北京市补助资金需要哪些材料？",
    "国家对社区嵌入式服务设施有哪些资金支持？",
    "社区嵌入式服务设施包括哪些服务类型？",
    "什么是社区嵌入式服务设施？",
    "哪个部门负责养老托育服务？",
    "渝中区可以申报试点吗？",
    "余杭区的设施由谁运营？",
    "杭政办函〔2024〕11号什么时候施行？",
    "京发改规〔2025〕1号第七条怎么规定？",
    "京发改规〔2025〕1号有效期多久？",
    "渝发改规范〔2024〕10号附件1-1第21项是什么？",
    "附件2第九条说了什么？",
    "国办函〔2023〕121号的工作原则有哪些？",
    "运营单位退出时怎么办？",
    "擅自改变设施用途怎么处理？",
    "社区食堂建设有什么支持政策？",
    "托育机构用水用电用气按什么价格执行？",
    "老旧小区改造能否同步建设嵌入式设施？",
    "闲置房屋可以改造成社区服务设施吗？",
    "新建居住区怎样配建社区服务设施？",
    "设施租金有没有优惠？",
    "消防验收如何办理？",
    "中央预算内投资怎样使用？",
    "专项债券能不能用于社区设施建设？",
    "如何监督检查项目建设和资金使用？",
    "北京和上海的补助有什么不同？",
    "各市对服务半径有何规定？",
    "上海的“15分钟社区生活圈”怎么推进？",
    "杭州每个社区要建多大面积的服务设施？",
    "儿童友好空间建设的要求？",
    "广州市对社区嵌入式服务设施补助多少？",
    "公积金贷款额度是多少？",
    "社区医生 家庭医生 签约",
    "項目建設單位應當具備什麼條件？",
    "２０２７年建设多少个社区？",
)
WARM_UP = ("社区服务设施由谁建设？", "试点期限是多久？", "设施如何命名？")

# Run as `python -c`: starts one command, prints wall seconds, peak memory and exit code of it alone.
_LAUNCHER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
wall_s = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"wall_s": wall_s, "peak_bytes": peak, "code": done.returncode,
                  "stderr": done.stderr.decode("utf-8", "replace")}))
"""

# Builds catalog and indexes from nothing. Interpreter start and imports are not part of the figure.
_BUILD = """
import time
from indexing.index import ClauseIndex
from indexing.settings import default_corpus, load_settings
settings = load_settings()
start = time.perf_counter()
index = ClauseIndex.open(settings)
print(len(index.documents()), len(index.clauses()), time.perf_counter() - start)
"""

# `cewen ask` in this process, then the heavy libraries it brought in, on the last line.
_ASK_AND_TELL = """
import sys
from ui.cli import main
sys.argv = ["cewen", "ask", sys.argv[1], "--json"]
try:
    main()
except SystemExit as exc:
    if exc.code:
        raise
print("\\n" + " ".join(name for name in %r if name in sys.modules))
"""


def _run(command: Sequence[str], home: Path) -> str:
    """Standard output of a process that must succeed, with `home` as its CEWEN_HOME."""
    done = subprocess.run(
        list(command),
        env={**os.environ, "CEWEN_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise BenchError(f"命令未成功（退出码 {done.returncode}）：{done.stderr.strip()[-500:]}")
    return done.stdout


def measure_build(home: Path) -> list[Figure]:
    """Seconds from an empty home to an index that can be asked."""
    documents, clauses, seconds = _run([sys.executable, "-c", _BUILD], home).split()[-3:]
    return [
        Figure("documents", "文件数", float(documents), "份"),
        Figure("clauses", "条款数", float(clauses), "条"),
        Figure("build_s", "建立索引", float(seconds), "秒", aim=3.0),
    ]


def measure_cold_ask(home: Path) -> list[Figure]:
    """Median wall time and peak memory of `cewen ask` as a fresh process, and what it imported."""
    ask = [sys.executable, "-m", "ui.cli", "ask", COLD_QUESTION, "--json"]
    runs = [json.loads(_run([sys.executable, "-c", _LAUNCHER, *ask], home)) for _ in range(COLD_RUNS)]
    if failed := [run for run in runs if run["code"]]:
        raise BenchError(f"cewen ask 退出码为 {failed[0]['code']}：{failed[0]['stderr'].strip()[-500:]}")
    told = _run([sys.executable, "-c", _ASK_AND_TELL % (HEAVY,), COLD_QUESTION], home)
    heavy = told.rsplit("\n", 2)[-2].split()
    peak = statistics.median(run["peak_bytes"] for run in runs) / MIB
    return [
        Figure("cold_ask_s", "冷启动提问", statistics.median(run["wall_s"] for run in runs), "秒", aim=1.5),
        Figure("cold_ask_peak_mib", "冷启动内存峰值", peak, "MiB", aim=250.0),
        Figure("cold_ask_heavy_imports", "冷启动载入的重型库", float(len(heavy)), "个", aim=1.0),
    ]


def measure_warm_ask(home: Path) -> list[Figure]:
    """Milliseconds a question takes in a running process, each of `QUESTIONS` asked once."""
    from assistant.service import PolicyAssistant

    assistant = PolicyAssistant.open(load_settings({"home": home}))
    for question in WARM_UP:
        assistant.ask(question)
    taken_ms = [_milliseconds(partial(assistant.ask, question)) for question in QUESTIONS]
    return [
        Figure("warm_questions", "热态提问数", float(len(taken_ms)), "个"),
        Figure("warm_p50_ms", "热态提问 p50", percentile(taken_ms, 0.5), "毫秒", aim=20.0),
        Figure("warm_p95_ms", "热态提问 p95", percentile(taken_ms, 0.95), "毫秒"),
    ]


def measure_drafts() -> list[Figure]:
    """Milliseconds of the slowest shipped example: its rule check, its draft, its Word file."""
    found, aims = drafting.measure(default_corpus(), date.today()), drafting.AIMS_MS
    taken = {
        "check_ms": ("规则核对（最慢）", max(each.check_ms for each in found)),
        "draft_ms": ("全文起草（最慢，首次）", max(each.first_draft_ms for each in found)),
        "docx_ms": ("生成 Word（最慢）", max(each.docx_ms for each in found)),
    }
    figures = [Figure(name, label, value, "毫秒", aims[name]) for name, (label, value) in taken.items()]
    long_ms = drafting.measure_long(default_corpus(), date.today())
    return [
        *figures,
        Figure("docx_long_ms", "生成 Word（20 节、2 万字）", long_ms, "毫秒", drafting.LONG_AIM_MS),
    ]


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def measure_parse(
    texts: Sequence[tuple[str, bytes]], at_least_s: float, prefix: str = "corpus"
) -> list[Figure]:
    """Megabytes (10^6 bytes of the file) of text read into clauses per second of processor time.

    Args:
        texts: (name, bytes) of each file; read in turn until `at_least_s` have passed, once at least.
        at_least_s: how long to go on; 0.0 reads each file once.
        prefix: begins the names of the figures.

    Returns:
        The speed, and how many files could not become clauses (they count as read).
    """
    refused: dict[str, str] = {}
    read_bytes = 0
    start = time.process_time()
    while not read_bytes or time.process_time() - start < at_least_s:
        for name, data in texts:
            try:
                read_document(data, name)
            except CorpusError as exc:
                refused[name] = str(exc)
            read_bytes += len(data)
    seconds = time.process_time() - start
    where = "随附文件" if prefix == "corpus" else "另给文件"
    return [
        Figure(
            f"{prefix}_parse_mb_s", f"解析速度（{where}）", read_bytes / 1e6 / seconds, "MB/秒", 2.0, True
        ),
        Figure(f"{prefix}_refused", f"未能解析（{where}）", float(len(refused)), "份"),
    ]


def texts_in(folder: Path, max_bytes: int | None = None) -> list[tuple[str, bytes]]:
    """(name, bytes) of the .txt and .md files below `folder`, by path, up to about `max_bytes`.

    Raises:
        BenchError: there is none.
    """
    texts: list[tuple[str, bytes]] = []
    total = 0
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".txt", ".md"}):
        if max_bytes is not None and total >= max_bytes:
            break
        data = path.read_bytes()
        total += len(data)
        texts.append((path.name, data))
    if not total:
        raise BenchError(f"{folder} 中没有 .txt 或 .md 文本，请换一个文件夹。")
    return texts


def measure(data: Path | None = None, articles: Path | None = None) -> list[Figure]:
    """All figures, in the order they are printed.

    Args:
        data: a folder with more texts to parse; None measures the shipped ones only.
        articles: a public retrieval set to search in; None leaves large libraries out.
    """
    with tempfile.TemporaryDirectory(prefix="cewen-bench-") as folder:
        home = Path(folder) / "home"
        figures = measure_build(home)
        figures += measure_cold_ask(home)
        figures += measure_warm_ask(home)
        documents = load_settings({"home": home}).corpus / "documents"
    figures += measure_drafts()
    figures += measure_encoder()
    figures += measure_parse(texts_in(documents), PARSE_SECONDS)
    if data is not None:
        figures += measure_parse(texts_in(data, max_bytes=20_000_000), 0.0, prefix="data")
    if articles is not None:
        figures += measure_articles(articles)
    return figures


def commit() -> str | None:
    """The commit measured, with "+" for a tree that differs from it; None outside a checkout."""
    root = Path(__file__).resolve().parent.parent
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--abbrev=12", "--dirty=+", "--exclude=*"],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except FileNotFoundError:
        return None
    return done.stdout.strip() or None


def as_json(figures: Sequence[Figure]) -> str:
    """One object: commit, machine, and the figures with their aims."""
    machine = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPU, Python {platform.python_version()}"
    )
    report = {
        "commit": commit(),
        "machine": machine,
        "figures": [{**asdict(figure), "is_met": figure.is_met} for figure in figures],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_lines(figures: Sequence[Figure]) -> str:
    """A figure a line: label, value, unit, and whether the aim is met."""
    lines = []
    for figure in figures:
        value = f"{figure.value:.0f}" if figure.value == int(figure.value) else f"{figure.value:.3g}"
        aim = ""
        if figure.aim is not None:
            sign, verdict = "≥" if figure.higher_is_better else "<", "达到" if figure.is_met else "未达到"
            aim = f"（目标 {sign} {figure.aim:g}，{verdict}）"
        lines.append(f"{figure.label}：{value} {figure.unit}{aim}")
    return "\n".join([f"版本：{commit() or '未知'}", *lines])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0, or 2 with one sentence where something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="测量速度与内存，与目标对照")
    parser.add_argument("data", nargs="?", type=Path, help="另有文本的文件夹，只用于测量解析速度")
    parser.add_argument(
        "--articles",
        type=Path,
        metavar="文件夹",
        help="一个公开检索题集（corpus、queries、qrels），测量大文库的检索",
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(arguments)
    try:
        figures = measure(options.data, options.articles)
    except (BenchError, PolicyAssistantError) as exc:
        sys.stderr.write(f"测量未完成：{exc}\n")
        return 2
    sys.stdout.write((as_json(figures) if options.json else as_lines(figures)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
