"""How well our own indexes find passages in public sets, signal by signal and fused.

    python -m eval.retrieval DATA [--sets stard,equals] [--limit N] [--queries split.json] [--show N] [--json]

The lists are those of `indexing.signals`, fused by `fuse` as `indexing.snapshot` does, over passages
instead of clauses: words, bigrams, concepts (words with the thesaurus), dense (the nearest sentence),
whole (the nearest passage). Each set runs in a process of its own, one core, so that its peak memory
is its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from statistics import mean

from eval.code_tree import code_tree_hash
from eval.figures import peak_mib, percentile
from eval.metrics import reciprocal_rank
from eval.retrieval_sets import DataError, RetrievalSet, read_set, read_split
from indexing.errors import PolicyAssistantError
from indexing.fusion import DEPTH, Source
from indexing.models import configured_encoder
from indexing.settings import load_settings
from indexing.training.passages import PassageIndex
from indexing.types import Encoder
from indexing.weights import fusion_weights

SETS = ("stard", "equals", "ncp_policy_qa", "gov_msgboard", "cjrc_test")
RECALL_AT = (1, 5, 10, 100)
HIT_AT = 10
REPORT = "report"  # the part of a split that scores are told of


class Method(StrEnum):
    """What ranks the passages."""

    WORDS = "words"
    BIGRAMS = "bigrams"
    CONCEPTS = "concepts"
    DENSE = "dense"
    WHOLE = "whole"
    FUSED = "fused"


SINGLE = tuple(method for method in Method if method is not Method.FUSED)


def search(index: PassageIndex, query: str) -> dict[Method, list[str]]:
    """Ids of at most `DEPTH` passages by each method, best first, fused by the weights that ship."""
    asked, lists = index.lists(query)
    ranked: dict[Method, Sequence[tuple[int, float]]] = {
        method: lists.get(Source(method.value), ()) for method in SINGLE
    }
    ranked[Method.FUSED] = index.fused(asked, lists, fusion_weights())[:DEPTH]
    return {method: [index.ids[unit] for unit, _ in found] for method, found in ranked.items()}


@dataclass(frozen=True, slots=True)
class MethodScore:
    """Means over all questions of a set; MRR looks `DEPTH` passages deep."""

    method: Method
    recall: tuple[float, ...]  # at each of `RECALL_AT`
    hit_at_10: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Missed:
    """A question without a right passage among the first `HIT_AT` of the fused search."""

    question: str
    right: tuple[str, ...]  # titles, ids where there are none
    rank: int | None  # of the first right passage, None below `DEPTH`
    first: tuple[str, ...]  # the first three found, as `right`


@dataclass(frozen=True, slots=True)
class SetScore:
    """One set: scores by method, and what the fused search took."""

    name: str
    passages: int
    queries: int
    methods: tuple[MethodScore, ...]
    build_s: float
    p50_ms: float
    p95_ms: float
    peak_mib: float  # of the whole process, building included
    missed: tuple[Missed, ...] = ()  # in the order of the questions


def measure_set(chosen: RetrievalSet, encoder: Encoder) -> SetScore:
    """Build the set's indexes in a folder that is thrown away, ask every question, score."""
    with tempfile.TemporaryDirectory(prefix="cewen-retrieval-") as folder:
        start = time.perf_counter()
        texts = [(one.id, one.title, one.text) for one in chosen.passages]
        index = PassageIndex(Path(folder), texts, encoder)
        build_s = time.perf_counter() - start
        found: list[Mapping[Method, list[str]]] = []
        taken_ms: list[float] = []
        for query in chosen.queries:
            start = time.perf_counter()
            found.append(search(index, query.text))
            taken_ms.append((time.perf_counter() - start) * 1000)
    relevant = [query.relevant for query in chosen.queries]
    return SetScore(
        chosen.name,
        len(chosen.passages),
        len(chosen.queries),
        tuple(score_method(one, relevant, [each[one] for each in found]) for one in Method),
        build_s,
        percentile(taken_ms, 0.5),
        percentile(taken_ms, 0.95),
        peak_mib(),
        missed(chosen, [each[Method.FUSED] for each in found]),
    )


def missed(chosen: RetrievalSet, found: Sequence[Sequence[str]]) -> tuple[Missed, ...]:
    """The questions whose ids `found` (best first) hold nothing right among the first `HIT_AT`."""
    titles = {one.id: one.title or one.id for one in chosen.passages}
    out = []
    for query, ids in zip(chosen.queries, found, strict=True):
        rank = next((place for place, name in enumerate(ids, start=1) if name in query.relevant), None)
        if rank is None or rank > HIT_AT:
            right = tuple(sorted(titles.get(name, name) for name in query.relevant))
            out.append(Missed(query.text, right, rank, tuple(titles[name] for name in ids[:3])))
    return tuple(out)


def score_method(
    method: Method, relevant: Sequence[frozenset[str]], found: Sequence[Sequence[str]]
) -> MethodScore:
    """Means over questions: the share of right passages among the first k, and so on.

    Args:
        method: whose lists these are.
        relevant: right passages of each question, at least one.
        found: what was found for each, best first.

    >>> score_method(Method.WORDS, [frozenset("ab"), frozenset("c")], [["x", "a"], ["c"]])
    MethodScore(method=<Method.WORDS: 'words'>, recall=(0.5, 0.75, 0.75, 0.75), hit_at_10=1.0, mrr=0.75)
    """
    pairs = list(zip(relevant, found, strict=True))
    recall = tuple(
        sum(len(right.intersection(ids[:k])) / len(right) for right, ids in pairs) / len(pairs)
        for k in RECALL_AT
    )
    hit = sum(not right.isdisjoint(ids[:HIT_AT]) for right, ids in pairs) / len(pairs)
    mrr = sum(reciprocal_rank([right], ids) for right, ids in pairs) / len(pairs)
    return MethodScore(method, recall, hit, mrr)


def _measure(data: Path, name: str, limit: int | None, only: frozenset[str] | None) -> SetScore:
    """What the process of one set runs."""
    return measure_set(read_set(data, name, limit=limit, only=only), configured_encoder(load_settings()))


def _in_own_process(data: Path, name: str, limit: int | None, only: frozenset[str] | None) -> SetScore:
    """`_measure` in a fresh process: peak memory never goes down within one.

    Raises:
        DataError: the set cannot be read, or its process was killed (out of memory).
    """
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as pool:
        try:
            return pool.submit(_measure, data, name, limit, only).result()
        except BrokenProcessPool as exc:
            raise DataError(f"测 {name} 的进程被中止，可能是内存不足，请用 --limit 或换一台机器。") from exc


def gains(score: SetScore) -> tuple[float, ...]:
    """Fused less the best single list of each measure: at `RECALL_AT`, then for hits."""
    single = [_measures(one) for one in score.methods if one.method is not Method.FUSED]
    fused = next(_measures(one) for one in score.methods if one.method is Method.FUSED)
    return tuple(mine - max(others) for mine, others in zip(fused, zip(*single, strict=True), strict=True))


def _measures(score: MethodScore) -> tuple[float, ...]:
    return (*score.recall, score.hit_at_10)


def as_markdown(scores: Sequence[SetScore]) -> str:
    """Three tables: scores by set and method, fused against the best single list, what each set took."""
    lines = [
        f"| set | method | {' | '.join(f'recall@{k}' for k in RECALL_AT)} | hit@{HIT_AT} | MRR |",
        f"|---|---|{'---:|' * (len(RECALL_AT) + 2)}",
    ]
    for score in scores:
        for one in score.methods:
            values = " | ".join(f"{value:.3f}" for value in (*one.recall, one.hit_at_10, one.mrr))
            lines.append(f"| {score.name} | {one.method} | {values} |")
    lines += [
        "",
        f"| fused − best single list | {' | '.join(f'recall@{k}' for k in RECALL_AT)} | hit@{HIT_AT} |",
        f"|---|{'---:|' * (len(RECALL_AT) + 1)}",
    ]
    rows = [(one.name, gains(one)) for one in scores]
    rows.append(("mean", tuple(mean(column) for column in zip(*(row for _, row in rows), strict=True))))
    lines += [f"| {name} | {' | '.join(f'{value:+.3f}' for value in row)} |" for name, row in rows]
    lines += [
        "",
        "| set | passages | questions | build | search p50 | search p95 | peak memory |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {one.name} | {one.passages:,} | {one.queries:,} | {one.build_s:.1f} s"
        f" | {one.p50_ms:.1f} ms | {one.p95_ms:.1f} ms | {one.peak_mib:,.0f} MiB |"
        for one in scores
    ]
    return "\n".join(lines)


def missed_lines(score: SetScore, most: int) -> str:
    """The first questions of a set that found nothing right, as a Markdown list."""
    lines = [
        f"{score.name}: {len(score.missed)} of {score.queries} questions without a right passage in ten."
    ]
    for one in score.missed[:most]:
        rank = f"first right at {one.rank}" if one.rank else f"none in the first {DEPTH}"
        lines.append(f"- {one.question}")
        lines.append(f"  - right: {'；'.join(one.right)} ({rank}); found first: {'；'.join(one.first)}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0, or 2 with one sentence where a set or the split cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval")
    parser.add_argument("data", type=Path, help="folder that holds the sets")
    parser.add_argument("--sets", default=",".join(SETS), help="names, parted by commas")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N questions of each set")
    parser.add_argument("--queries", type=Path, metavar="FILE", help=f"split.json; its {REPORT} part counts")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="show N failing questions of each set"
    )
    parser.add_argument("--json", action="store_true", help="JSON instead of Markdown")
    options = parser.parse_args(arguments)
    # before any process loads numpy, so that figures are those of one core
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    names = [name for name in options.sets.split(",") if name]
    scores: list[SetScore] = []
    try:
        split = None if options.queries is None else read_split(options.queries, REPORT)
        for name in names:
            if split is not None and name not in split:
                raise DataError(f"划分文件 {options.queries} 里没有 {name}，请补上，或用 --sets 去掉它。")
            only = None if split is None else split[name]
            scores.append(_in_own_process(options.data, name, options.limit, only))
    except PolicyAssistantError as exc:
        sys.stderr.write(f"{exc}\n")
        return 2
    printed = json.dumps([asdict(score) for score in scores]) if options.json else as_markdown(scores)
    if not options.json:
        encoder = configured_encoder(load_settings())
        made = f"Code `{code_tree_hash()[:12]}`, encoder {encoder.name} `{encoder.fingerprint[:12]}`."
        shown = [missed_lines(score, options.show) for score in scores] if options.show > 0 else []
        printed = "\n\n".join((made, printed, *shown))
    sys.stdout.write(printed + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
