"""How fast the built-in encoder is, and the whole search path over a large library; one core each.

Both run in fresh processes: loading is part of the figures, and peak memory never goes down within one.
Times are of the processor (`process_time`), which other work on the machine moves little, and of the wall.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from eval.figures import BenchError, Figure, peak_mib, percentile
from eval.retrieval_sets import RetrievalSet, read_set
from indexing.encoder import load_encoder
from indexing.training.passages import PassageIndex
from indexing.weights import fusion_weights

_ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_MOST_QUERIES = 300

_ENCODE = """
import json, time
from indexing.index import ClauseIndex
from indexing.settings import load_settings
start = time.perf_counter()
from indexing.encoder import load_encoder
encoder = load_encoder()
load_s = time.perf_counter() - start
with ClauseIndex.open(load_settings()) as index:
    clauses = [clause.text for clause in index.clauses() if clause.is_unit]
queries = ["老人去哪吃饭", "托育补助多少", "闲置房屋可以改成社区食堂吗", "谁来牵头", "钱从哪来"] * 200
encoder.encode_passages(clauses[:50])
start, n = time.process_time(), 0
while time.process_time() - start < 1.0:
    encoder.encode_passages(clauses)
    n += len(clauses)
clauses_s = n / (time.process_time() - start)
start = time.process_time()
for query in queries:
    encoder.encode_queries([query])
print(json.dumps([load_s, clauses_s, (time.process_time() - start) / len(queries) * 1000]))
"""

# The index is made by one process and searched by another, as in use.
_MAKE = """
import sys
from pathlib import Path
from eval.bench_search import make_articles
make_articles(Path(sys.argv[1]), Path(sys.argv[2]))
"""
_SEARCH = """
import sys
from pathlib import Path
from eval.bench_search import search_articles
search_articles(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def measure_encoder() -> list[Figure]:
    """Of the shipped encoder: seconds to load, clauses a second, milliseconds a query."""
    with tempfile.TemporaryDirectory(prefix="cewen-bench-") as folder:
        load_s, clauses_s, query_ms = json.loads(_run(_ENCODE, CEWEN_HOME=str(Path(folder) / "home")))
    return [
        Figure("encoder_load_s", "载入句向量模型", load_s, "秒", aim=0.3),
        Figure(
            "encoder_clauses_s", "句向量（单核）", clauses_s, "条款/秒", aim=5000.0, higher_is_better=True
        ),
        Figure("encoder_query_ms", "一个问题的句向量", query_ms, "毫秒", aim=0.2),
    ]


def measure_articles(data: Path) -> list[Figure]:
    """The whole search path over the passages of a public set: time of a question, memory of the process.

    Raises:
        BenchError: the set cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="cewen-bench-") as folder:
        _run(_MAKE, str(data.resolve()), folder)
        told = json.loads(_run(_SEARCH, str(data.resolve()), folder))
    return [
        Figure("articles", "大文库条文数", told["passages"], "条"),
        Figure("articles_p50_ms", "大文库检索 p50（处理器时间）", told["cpu_p50_ms"], "毫秒", aim=15.0),
        Figure("articles_p95_ms", "大文库检索 p95（处理器时间）", told["cpu_p95_ms"], "毫秒", aim=40.0),
        Figure("articles_wall_p50_ms", "大文库检索 p50（实际时间）", told["wall_p50_ms"], "毫秒"),
        Figure("articles_wall_p95_ms", "大文库检索 p95（实际时间）", told["wall_p95_ms"], "毫秒"),
        Figure("articles_peak_mib", "大文库检索内存峰值", told["peak_mib"], "MiB", aim=1024.0),
    ]


def make_articles(data: Path, folder: Path) -> None:
    """Build the index of a set's passages in an empty folder."""
    chosen = read_set(data.parent, data.name)
    PassageIndex(folder, _texts(chosen), load_encoder())


def search_articles(data: Path, folder: Path) -> None:
    """Ask the first questions of a set over the index made of it; print one line of JSON."""
    chosen = read_set(data.parent, data.name, limit=_MOST_QUERIES)
    index, weights = PassageIndex(folder, _texts(chosen), load_encoder(), is_built=True), fusion_weights()
    n_passages, asked = len(chosen.passages), [query.text for query in chosen.queries]
    del chosen  # a search holds no texts: what is shown is read from the catalog
    cpu, wall = list[float](), list[float]()
    warm_up = asked[:5]
    for query in (*warm_up, *asked):
        begun, on_cpu = time.perf_counter(), time.process_time()
        question, lists = index.lists(query)
        index.fused(question, lists, weights)
        cpu.append((time.process_time() - on_cpu) * 1000)
        wall.append((time.perf_counter() - begun) * 1000)
    told = {"passages": float(n_passages), "peak_mib": peak_mib()}
    for name, taken in (("cpu", cpu[len(warm_up) :]), ("wall", wall[len(warm_up) :])):
        told |= {f"{name}_p50_ms": percentile(taken, 0.5), f"{name}_p95_ms": percentile(taken, 0.95)}
    print(json.dumps(told))  # noqa: T201 - read by who started this process


def _texts(chosen: RetrievalSet) -> list[tuple[str, str, str]]:
    return [(one.id, one.title, one.text) for one in chosen.passages]


def _run(program: str, *arguments: str, **environment: str) -> str:
    """The last line a fresh process prints.

    Raises:
        BenchError: it failed.
    """
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, **_ONE_CORE, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise BenchError(f"测量未成功：{done.stderr.strip()[-500:]}")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
