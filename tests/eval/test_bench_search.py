"""Speed of encoder and search: measured in processes of their own, told beside the aims."""

import json
from pathlib import Path

import pytest

from eval.bench_search import measure_articles, measure_encoder
from eval.figures import BenchError


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A set of three passages and two questions."""
    folder = tmp_path / "laws"
    folder.mkdir()
    texts = ["养老机构应当公示收费标准。", "托育机构用水按居民价格执行。", "物业服务人应当维护绿地。"]
    corpus = [{"id": f"p{n}", "title": "某法", "text": text} for n, text in enumerate(texts)]
    queries = [{"id": "q0", "text": "养老院收费"}, {"id": "q1", "text": "托育水价"}]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "qrels.tsv").write_text("q0\tp0\t1\nq1\tp1\t1\n", "utf-8")
    return folder


def test_a_large_library_is_measured_in_time_and_memory(articles):
    """Processor and wall time; the aims are those of 59,716 articles."""
    figures = {figure.name: figure for figure in measure_articles(articles)}
    assert figures["articles"].value == 3
    assert 0 < figures["articles_p50_ms"].value <= figures["articles_p95_ms"].value
    assert (figures["articles_p50_ms"].aim, figures["articles_p95_ms"].aim) == (15.0, 40.0)
    assert figures["articles_peak_mib"].aim == 1024.0


def test_a_set_that_cannot_be_read_is_told(tmp_path):
    """With its own sentence, not as a figure."""
    with pytest.raises(BenchError):
        measure_articles(tmp_path / "nothing")


def test_the_encoder_is_measured_beside_its_aims():
    """Load, clauses a second, milliseconds a query."""
    aims = {figure.name: figure.aim for figure in measure_encoder()}
    assert aims == {"encoder_load_s": 0.3, "encoder_clauses_s": 5000.0, "encoder_query_ms": 0.2}
