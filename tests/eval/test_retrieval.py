"""Public retrieval sets: read as they come, searched by the product's own indexes, scored by hand."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.code_tree import code_tree_hash
from eval.retrieval import (
    HIT_AT,
    RECALL_AT,
    Method,
    MethodScore,
    SetScore,
    gains,
    main,
    measure_set,
    missed,
    score_method,
    search,
)
from eval.retrieval_sets import DataError, Passage, read_set, read_split
from indexing.dense import DenseIndex, SentenceKey
from indexing.lexical import LexicalIndex, LexicalTerms, LexicalUnit
from indexing.query import concept_groups
from indexing.sentences import split_sentences
from indexing.training.passages import PassageIndex
from indexing.vectors import in_context
from tests.hashing_encoder import HashingEncoder

PASSAGES = [
    {"id": "p1", "title": "停车条例第三条", "text": "停车泊位应当向社会公开。收费标准由价格主管部门核定。"},
    {"id": "p2", "text": "老年人乘坐公共汽车免费；凭优待证乘车。"},
    {"id": "p3", "title": "物业条例第九条", "text": "业主大会决定物业服务费用的标准。"},
]
QUERIES = [
    {"id": "q1", "text": "老年人乘坐公共汽车要钱吗"},
    {"id": "q2", "text": "停车收费标准由谁核定"},
    {"id": "q3", "text": "没有答案的问题"},
]
QRELS = "q1\tp2\t1\nq2\tp1\t2\nq2\tp3\t0\nq9\tp1\t1\n"


def jsonl(rows) -> bytes:
    """Rows as lines of JSON."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one set, its corpus gzipped, and a split."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(jsonl(PASSAGES)))
    (folder / "queries.jsonl").write_bytes(jsonl(QUERIES))
    (folder / "qrels.tsv").write_text(QRELS, encoding="utf-8")
    split = {"tiny": {"train": [], "tune": ["q1"], "report": ["q2"]}}
    (tmp_path / "split.json").write_text(json.dumps(split), encoding="utf-8")
    return tmp_path


def test_a_set_is_read_as_it_comes(data: Path) -> None:
    """Titles may be absent; grade 0 is not right; a question without a right passage is left out."""
    read = read_set(data, "tiny")
    assert read.passages[1] == Passage("p2", "", "老年人乘坐公共汽车免费；凭优待证乘车。")
    assert [(query.id, query.relevant) for query in read.queries] == [("q1", {"p2"}), ("q2", {"p1"})]
    assert [query.id for query in read_set(data, "tiny", limit=1).queries] == ["q1"]
    report = read_split(data / "split.json", "report")
    assert [query.id for query in read_set(data, "tiny", only=report["tiny"]).queries] == ["q2"]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("corpus.jsonl", b'{"id": "p1"}\n', "corpus.jsonl"),
        ("corpus.jsonl", b"[1]\n", "corpus.jsonl"),
        ("corpus.jsonl.gz", b"not gzip", "corpus.jsonl.gz"),
        ("queries.jsonl", b"{\n", "queries.jsonl"),
        ("queries.jsonl", None, "queries.jsonl"),
        ("qrels.tsv", b"q1 p2 1\n", "qrels.tsv"),
        ("qrels.tsv", b"q1\tp7\t1\n", "没有要测的问题"),
    ],
)
def test_data_that_is_not_what_it_should_be_is_named(data: Path, file: str, content, said: str) -> None:
    """Which file, in one sentence."""
    path = data / "tiny" / file
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=said):
        read_set(data, "tiny")


def test_measures_by_hand() -> None:
    """Three questions: found at 1 of two, at 6, not at all."""
    relevant = [frozenset({"a", "b"}), frozenset({"c"}), frozenset({"d"})]
    found = [["a", *"vwxyz", *map(str, range(20)), "b"], [*"12345", "c"], ["a"]]
    score = score_method(Method.WORDS, relevant, found)
    assert dict(zip(RECALL_AT, score.recall, strict=True)) == {
        1: pytest.approx(0.5 / 3),
        5: pytest.approx(0.5 / 3),
        10: pytest.approx(1.5 / 3),
        100: pytest.approx(2 / 3),
    }
    assert HIT_AT == 10
    assert score.hit_at_10 == pytest.approx(2 / 3)
    assert score.mrr == pytest.approx((1 + 1 / 6) / 3)


def test_gains_are_counted_from_the_best_of_each_measure() -> None:
    """Two single lists, each best somewhere: by hand."""
    methods = (
        MethodScore(Method.WORDS, (0.3, 0.4, 0.5, 0.6), 0.5, 0.0),
        MethodScore(Method.DENSE, (0.2, 0.5, 0.5, 0.8), 0.4, 0.0),
        MethodScore(Method.FUSED, (0.4, 0.5, 0.4, 0.9), 0.6, 0.0),
    )
    score = SetScore("s", 1, 1, methods, 0.0, 0.0, 0.0, 0.0)
    assert gains(score) == pytest.approx((0.1, 0.0, -0.1, 0.1, 0.1))


def test_each_method_is_the_products_own(tmp_path: Path) -> None:
    """The same passages in the same order as the indexes give when asked directly."""
    passages = [(row["id"], row.get("title", ""), row["text"]) for row in PASSAGES]
    encoder, query = HashingEncoder(), "停车收费标准"
    (tmp_path / "mine").mkdir()
    found = search(PassageIndex(tmp_path / "mine", passages, encoder), query)
    units = [LexicalUnit(n, title, (), text) for n, (_, title, text) in enumerate(passages)]
    lexical = LexicalIndex.build(tmp_path / "lexical", units)
    keys = [SentenceKey(unit.unit, *span) for unit in units for span in split_sentences(unit.body)]
    vectors = encoder.encode_passages([units[key.unit].body[key.start : key.end] for key in keys])
    dense = DenseIndex.build(tmp_path / "dense", keys, vectors)
    vector = encoder.encode_queries([query])[0]
    by_hand = {
        Method.WORDS: lexical.search(query, 10),
        Method.BIGRAMS: lexical.search(query, 10, None, LexicalTerms.BIGRAMS),
        Method.CONCEPTS: lexical.search_groups(concept_groups(query), 10),
        Method.DENSE: [(hit.unit, hit.score) for hit in dense.search(vector, 10)],
    }
    for method, ranked in by_hand.items():
        assert found[method] == [f"p{unit + 1}" for unit, _ in ranked]
    wholes = [in_context(*encoder.encode_passages([unit.body, f"{unit.title}"])) @ vector for unit in units]
    order = sorted(range(3), key=lambda unit: -wholes[unit])
    assert found[Method.WHOLE] == [f"p{unit + 1}" for unit in order if wholes[unit] > 0]
    assert found[Method.FUSED][0] == "p1"
    assert set(found[Method.FUSED]) == {name for method in by_hand for name in found[method]} | set(
        found[Method.WHOLE]
    )


def test_a_set_is_measured_whole(data: Path) -> None:
    """Counts, every method, and what a search took."""
    score = measure_set(read_set(data, "tiny"), HashingEncoder())
    assert (score.name, score.passages, score.queries) == ("tiny", 3, 2)
    assert [one.method for one in score.methods] == list(Method)
    assert score.methods[0].recall[0] == 1.0  # both questions share their words with one passage only
    assert 0 < score.p50_ms <= score.p95_ms
    assert score.peak_mib > 10


def test_the_command_prints_a_table_and_keeps_to_the_report_split(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One question of two belongs to it."""
    assert main([str(data), "--sets", "tiny", "--queries", str(data / "split.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"Code `{code_tree_hash()[:12]}`, encoder static-zh ")
    lines = lines[2:]
    assert lines[0] == "| set | method | recall@1 | recall@5 | recall@10 | recall@100 | hit@10 | MRR |"
    assert [row.split(" | ")[1] for row in lines[2 : 2 + len(Method)]] == [method.value for method in Method]
    assert lines[2] == "| tiny | words | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |"
    gained = lines.index("| mean | +0.000 | +0.000 | +0.000 | +0.000 | +0.000 |")
    assert lines[gained - 1] == "| tiny | +0.000 | +0.000 | +0.000 | +0.000 | +0.000 |"
    assert lines[-1].startswith("| tiny | 3 | 1 | ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--sets", "none"], "none"), (["--sets", "tiny,none", "--queries", "split.json"], "没有 none")],
)
def test_what_is_not_there_is_one_sentence(
    data: Path, arguments, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A set or a split that does not exist: exit code 2."""
    monkeypatch.chdir(data)
    assert main([str(data), *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert len(printed.err.strip().splitlines()) == 1


def test_what_fails_is_shown_with_what_was_right(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A question whose passage is not among ten: titles, rank, what came first; others are not listed."""
    chosen = read_set(data, "tiny")
    ids = [f"x{n}" for n in range(10)]
    passages = (*chosen.passages, *(Passage(name, f"题{name}", "文") for name in ids))
    other = replace(chosen, passages=passages)
    right = sorted(other.queries[0].relevant)[0]
    found = [[*ids, right], [sorted(other.queries[1].relevant)[0]]]
    (one,) = missed(other, found)
    assert (one.question, one.rank, one.first) == (other.queries[0].text, 11, ("题x0", "题x1", "题x2"))
    assert missed(other, [ids, found[1]])[0].rank is None
    assert main([str(data), "--sets", "tiny", "--show", "3"]) == 0
    assert "tiny: 0 of 2 questions without a right passage in ten." in capsys.readouterr().out
