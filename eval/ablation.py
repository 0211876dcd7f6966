"""What each signal of the search is worth on the gold questions: `make ablation`, `python -m eval.ablation`.

Every gold question about the five documents is searched with all signals, with each left out, with each
alone, and without the reviewed data (phrasings, thesaurus). Writes `eval/results/ablation.json` and its
plot, from which `make docs` makes the tables of docs/search.md. Left-out signals leave their weight to the
others in proportion; how weights learned without a document do on it, `train_fusion` tells.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from eval.ablation_plot import plot_ablation
from eval.cases import Case, CaseType, Register, Split, case_files, read_cases
from eval.code_tree import code_tree_hash
from eval.harness import library_of
from eval.metrics import recall_at_k, reciprocal_rank
from eval.relations import right_groups
from eval.spelling import SpellingScore, measure_spelling
from indexing.fusion import Source
from indexing.index import ClauseIndex
from indexing.phrasings import FOLDER
from indexing.settings import load_settings
from indexing.thesaurus import thesaurus
from indexing.types import SearchFilter
from indexing.weights import weights_for

RESULTS = Path(__file__).resolve().parent / "results" / "ablation.json"
PLOT = RESULTS.with_suffix(".svg")
SHOWN_FAILURES = 20
_DEPTH = 10
_FIRST = 5  # gold that stands lower is a failure
_DIGITS = 4


class Condition(StrEnum):
    """How a search differs from the product's."""

    FULL = "full"
    WITHOUT = "without"  # one signal left out
    ALONE = "alone"  # one signal heard
    NO_PHRASINGS = "no_phrasings"
    NO_THESAURUS = "no_thesaurus"
    NO_REVIEWED = "no_reviewed"  # neither


_TYPES = (CaseType.TABLE_ROW, CaseType.FIGURE)  # of which every question is to be found


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the cases of a group that have gold."""

    cases: int
    recall_at_1: float
    recall_at_5: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Row:
    """What one condition scored; `signal` is None where it is not about one."""

    condition: Condition
    signal: str | None
    scores: Mapping[str, Score]  # by key of `groups_of`; a group without cases is absent


@dataclass(frozen=True, slots=True)
class Failure:
    """A TUNED question that lacks a gold clause among the first hits."""

    case_id: str
    kind: str
    register: str
    question: str
    gold: tuple[tuple[str, ...], ...]
    first: tuple[str, ...]
    rank: int | None  # of the first right clause, None below the tenth


@dataclass(frozen=True, slots=True)
class Ablation:
    """One run."""

    code: str
    encoder: str
    run_on: date
    weights: Mapping[str, float]
    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]
    n_failing: Mapping[str, int]  # by type: cases of both splits without all gold in the first five
    n_of_type: Mapping[str, int]
    spelling: tuple[SpellingScore, ...]


Found = Mapping[str, Sequence[str]]
"""Case id → clause ids, best first."""


def measure(cases: Sequence[Case], corpus: Path, run_on: date) -> Ablation:
    """Search everything under every condition, in homes that are thrown away.

    Args:
        cases: those with gold count.
        corpus: the shipped corpus.
        run_on: the day the run is dated.
    """
    cases = [case for case in cases if case.gold]
    weightings = _weightings()
    with tempfile.TemporaryDirectory(prefix="cewen-ablation-") as folder, ExitStack() as opened:
        index = opened.enter_context(_index(Path(folder) / "home", corpus))
        gold = {case.id: right_groups(case.gold, library_of(index)) for case in cases}
        found = _searched(index, cases, list(weightings.values()))
        rows = [_row(key, cases, gold, each) for key, each in zip(weightings, found, strict=True)]
        spelling = measure_spelling(index, [case.question for case in cases if case.split is Split.TUNED])
        encoder = index.encoder.name
        with _without_thesaurus():
            rows.append(_plain(Condition.NO_THESAURUS, index, cases, gold))
        bare = _without_phrasings(corpus, Path(folder) / "corpus")
        unphrased = opened.enter_context(_index(Path(folder) / "bare", bare))
        rows.append(_plain(Condition.NO_PHRASINGS, unphrased, cases, gold))
        with _without_thesaurus():
            rows.append(_plain(Condition.NO_REVIEWED, unphrased, cases, gold))
    failing = [case for case in cases if recall_at_k(gold[case.id], found[0][case.id], _FIRST) < 1.0]
    return Ablation(
        code_tree_hash(),
        encoder,
        run_on,
        {source.value: weight for source, weight in weightings[Condition.FULL, None].items()},
        tuple(rows),
        tuple(_failure(case, gold[case.id], found[0][case.id]) for case in failing if _may_be_shown(case)),
        _by_type(failing),
        _by_type(cases),
        spelling,
    )


def _weightings() -> dict[tuple[Condition, str | None], Mapping[Source, float]]:
    """The weights of every condition that needs no other index, the product's own first."""
    full = weights_for(reads_sentences=False)
    out: dict[tuple[Condition, str | None], Mapping[Source, float]] = {(Condition.FULL, None): full}
    for left in full:
        out[Condition.WITHOUT, left.value] = {s: weight for s, weight in full.items() if s is not left}
    for source in Source:
        out[Condition.ALONE, source.value] = {source: 1.0}
    return out


def _searched(
    index: ClauseIndex, cases: Sequence[Case], weightings: Sequence[Mapping[Source, float]]
) -> list[dict[str, tuple[str, ...]]]:
    """For each weighting what each case finds on its own day."""
    out: list[dict[str, tuple[str, ...]]] = [{} for _ in weightings]
    for case in cases:
        filters = SearchFilter(as_of=case.as_of)
        ranked = index.rankings(case.question, weightings, top_k=_DEPTH, filters=filters)
        for found, each in zip(out, ranked, strict=True):
            found[case.id] = each
    return out


def _plain(
    condition: Condition,
    index: ClauseIndex,
    cases: Sequence[Case],
    gold: Mapping[str, Sequence[frozenset[str]]],
) -> Row:
    """The score with the product's own weights on another index."""
    found = _searched(index, cases, [weights_for(reads_sentences=False)])[0]
    return _row((condition, None), cases, gold, found)


def _row(
    key: tuple[Condition, str | None],
    cases: Sequence[Case],
    gold: Mapping[str, Sequence[frozenset[str]]],
    found: Found,
) -> Row:
    found_of: dict[str, list[tuple[Sequence[frozenset[str]], Sequence[str]]]] = defaultdict(list)
    for case in cases:
        for group in groups_of(case):
            found_of[group].append((gold[case.id], found[case.id]))
    return Row(*key, {group: _score(mine) for group, mine in found_of.items()})


def groups_of(case: Case) -> list[str]:
    """The groups a case is scored in: all, its register, everyday, held, a type told apart."""
    out = ["all", case.register.value]
    out += [] if case.register is Register.FORMAL else ["everyday"]
    out += ["held"] if case.split is Split.HELD else []
    return [*out, case.type.value] if case.type in _TYPES else out


def _score(found: Sequence[tuple[Sequence[frozenset[str]], Sequence[str]]]) -> Score:
    return Score(
        len(found),
        _mean([recall_at_k(right, ids, 1) for right, ids in found]),
        _mean([recall_at_k(right, ids, _FIRST) for right, ids in found]),
        _mean([reciprocal_rank(right, ids) for right, ids in found]),
    )


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), _DIGITS)


def _may_be_shown(case: Case) -> bool:
    return case.split is not Split.HELD


def _failure(case: Case, gold: Sequence[frozenset[str]], found: Sequence[str]) -> Failure:
    places = (rank for rank, one in enumerate(found, start=1) if any(one in right for right in gold))
    return Failure(
        case.id,
        case.type.value,
        case.register.value,
        case.question,
        case.gold,
        tuple(found[:_FIRST]),
        next(places, None),
    )


def _by_type(cases: Sequence[Case]) -> dict[str, int]:
    counted = {kind.value: sum(case.type is kind for case in cases) for kind in CaseType}
    return {kind: count for kind, count in counted.items() if count}


def _index(home: Path, corpus: Path) -> ClauseIndex:
    return ClauseIndex.open(load_settings({"home": home, "corpus": corpus}))


@contextmanager
def _without_thesaurus() -> Iterator[None]:
    """The table empty for a while: it is one dict for the whole process."""
    table = thesaurus()
    kept = dict(table)
    table.clear()
    try:
        yield
    finally:
        table.update(kept)


def _without_phrasings(corpus: Path, copy: Path) -> Path:
    """A copy of the corpus that has no phrasings."""
    shutil.copytree(corpus, copy, ignore=shutil.ignore_patterns(FOLDER, "__pycache__"))
    return copy


# ---- the file ----


def write(run: Ablation, path: Path = RESULTS) -> None:
    """The run as JSON, a row a line.

    Raises:
        OSError: the file cannot be written.
    """
    values = asdict(run) | {"run_on": run.run_on.isoformat()}
    lines = []
    for key, value in values.items():
        if isinstance(value, tuple):
            inner = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in value)
            lines.append(f' "{key}": [\n{inner}\n ]' if value else f' "{key}": []')
        else:
            lines.append(f' "{key}": {json.dumps(value, ensure_ascii=False)}')
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def read(path: Path = RESULTS) -> Ablation:
    """The run that `write` wrote.

    Raises:
        OSError: there is none.
        ValueError, KeyError, TypeError: it is no such file.
    """
    said = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(
        Row(
            Condition(row["condition"]),
            row["signal"],
            {name: Score(**score) for name, score in row["scores"].items()},
        )
        for row in said.pop("rows")
    )
    failures = tuple(
        Failure(**{**one, "gold": tuple(tuple(group) for group in one["gold"]), "first": tuple(one["first"])})
        for one in said.pop("failures")
    )
    spelling = tuple(SpellingScore(**one) for one in said.pop("spelling"))
    run_on = date.fromisoformat(said.pop("run_on"))
    return Ablation(rows=rows, failures=failures, spelling=spelling, run_on=run_on, **said)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write results and plot; 0."""
    parser = argparse.ArgumentParser(prog="python -m eval.ablation")
    parser.add_argument("--day", type=date.fromisoformat, default=date.today(), help="day the run is dated")
    options = parser.parse_args(arguments)
    # before numpy is first used, so that a run takes one core
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    run = measure(read_cases(case_files()), load_settings().corpus, options.day)
    write(run)
    PLOT.write_bytes(plot_ablation(run))
    full = run.rows[0].scores
    for name, score in full.items():
        sys.stdout.write(
            f"{name}: {score.cases} questions, recall@1 {score.recall_at_1:.3f},"
            f" @5 {score.recall_at_5:.3f}, MRR {score.mrr:.3f}\n"
        )
    sys.stdout.write(f"已写入 {RESULTS} 和 {PLOT}；运行 make docs 即更新 docs/search.md。\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
