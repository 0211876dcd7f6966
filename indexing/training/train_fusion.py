"""What each signal of a search is worth, learned from questions whose clauses are known.

    python -m indexing.training.train_fusion --cases FILE.jsonl [FILE.jsonl …] [--home FOLDER] [--out FILE]

A case is one JSON object a line with `id`, `question` and `gold` (groups of alternative clause ids
`doc_id#path`). Every third case (by a hash of id and question) is never learned from; see `is_held`.

The model is linear and its weights are not negative, so that a person can read the file: a unit's
score is the sum of weight × value over the signals. The weights maximise the likelihood of the right
units under a softmax over all units found (ListNet with several right answers; Cao et al. 2007, ICML).
Documents are left out in turn to see how the weights do on a document they were not learned on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from indexing.fusion import Source
from indexing.index import ClauseIndex
from indexing.settings import load_settings
from indexing.types import ClauseHit
from indexing.weights import WEIGHTS_FILE

RIDGE = 0.1
"""Strength of the pull towards small weights; chosen by the left-out documents among 0.02 … 4."""

LEAST = 0.01
"""A smaller share of the whole is written as none: its list would cost time and change nothing."""

_DEPTH = 100  # units a case is learned from
_EVEN = dict.fromkeys(Source, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the groups of clause ids of which each must be found."""

    case_id: str
    question: str
    gold: tuple[tuple[str, ...], ...]

    @property
    def documents(self) -> frozenset[str]:
        """The documents its gold stands in."""
        return frozenset(clause_id.partition("#")[0] for group in self.gold for clause_id in group)


@dataclass(frozen=True, slots=True)
class Example:
    """One group of a case: values of each signal for each unit found, and which units are right."""

    case: Case
    values: npt.NDArray[np.float64]  # shape (n_units, n_sources)
    is_right: npt.NDArray[np.bool_]  # shape (n_units,), at least one true


def is_held(case_id: str, question: str) -> bool:
    """Whether a case is kept away from learning: a third of all, by a hash nobody chooses."""
    digest = hashlib.sha256(f"{case_id}|{question}".encode()).hexdigest()
    return int(digest[:8], 16) % 3 == 0


def read_cases(paths: Iterable[Path]) -> list[Case]:
    """The cases to learn from: with gold, not held out; in order of the files."""
    records = (json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line)
    return [
        Case(record["id"], record["question"], tuple(tuple(group) for group in record["gold"]))
        for record in records
        if record["gold"] and not is_held(record["id"], record["question"])
    ]


def examples(index: ClauseIndex, cases: Sequence[Case], sources: Sequence[Source]) -> list[Example]:
    """What the signals say of the units found for each group of each case; a group not found gives none."""
    out = []
    for case in cases:
        hits = index.search(case.question, top_k=_DEPTH, weights=_EVEN)
        values = np.array([_row(hit, sources) for hit in hits], dtype=np.float64)
        for group in case.gold:
            is_right = np.array([any(covers(hit.clause.clause_id, gold) for gold in group) for hit in hits])
            if is_right.any():
                out.append(Example(case, values, is_right))
    return out


def covers(clause_id: str, gold: str) -> bool:
    """Whether a hit answers for a gold clause: the same, around it, or inside it.

    >>> covers("d#第七条", "d#第七条/第二款"), covers("d#第七条", "d#第七十条")
    (True, False)
    """
    return clause_id == gold or clause_id.startswith(f"{gold}/") or gold.startswith(f"{clause_id}/")


def learn(found: Sequence[Example], n_sources: int, ridge: float = RIDGE) -> npt.NDArray[np.float64]:
    """Weights, shape `(n_sources,)`, 0 or more, summing to 1.

    Raises:
        ValueError: there is no example to learn from.
    """
    from scipy.optimize import minimize

    if not found:
        raise ValueError("no example: no case has its clause among the units found")

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        """Mean negative log-likelihood of the right units, and its gradient."""
        total, gradient = 0.0, np.zeros(n_sources)
        for example in found:
            scores = example.values @ weights
            odds = np.exp(scores - scores.max())
            right = odds * example.is_right
            total -= float(np.log(right.sum()) - np.log(odds.sum()))
            gradient -= example.values.T @ (right / right.sum() - odds / odds.sum())
        penalty = ridge / 100
        return total / len(found) + penalty * float(weights @ weights), (
            gradient / len(found) + 2 * penalty * weights
        )

    fitted = minimize(
        loss, np.full(n_sources, 3.0), jac=True, bounds=[(0.0, None)] * n_sources, method="L-BFGS-B"
    )
    weights = cast("npt.NDArray[np.float64]", fitted.x)
    normalised: npt.NDArray[np.float64] = weights / weights.sum()
    return normalised


def recall(index: ClauseIndex, cases: Sequence[Case], weights: Mapping[Source, float], top_k: int) -> float:
    """Mean share of gold groups with a right clause among the first `top_k`; NaN without cases."""
    shares = []
    for case in cases:
        hits = [hit.clause.clause_id for hit in index.search(case.question, top_k=top_k, weights=weights)]
        found = sum(any(covers(hit, gold) for hit in hits for gold in group) for group in case.gold)
        shares.append(found / len(case.gold))
    return float(np.mean(shares)) if shares else float("nan")


def _row(hit: ClauseHit, sources: Sequence[Source]) -> list[float]:
    values = {signal.name: signal.value for signal in hit.signals}
    return [values.get(source.value, 0.0) for source in sources]


def _named(weights: npt.NDArray[np.float64], sources: Sequence[Source]) -> dict[Source, float]:
    return {
        source: round(float(weight), 3)
        for source, weight in zip(sources, weights, strict=True)
        if weight >= LEAST
    }


def _left_out(index: ClauseIndex, cases: Sequence[Case], sources: Sequence[Source]) -> str:
    """Recall on each document's cases under weights learned without them, and the mean over cases."""
    lines, weighed = [], []
    for document in sorted({document for case in cases for document in case.documents}):
        inside = [case for case in cases if document in case.documents]
        outside = [case for case in cases if document not in case.documents]
        weights = _named(learn(examples(index, outside, sources), len(sources)), sources)
        scores = [recall(index, inside, weights, top_k) for top_k in (1, 5)]
        weighed.append((len(inside), *scores))
        lines.append(f"  {document}: {len(inside)} cases, recall@1 {scores[0]:.3f}, @5 {scores[1]:.3f}")
    total = sum(n for n, *_ in weighed)
    means = [sum(row[0] * row[place] for row in weighed) / total for place in (1, 2)]
    return "\n".join([*lines, f"  mean: recall@1 {means[0]:.3f}, @5 {means[1]:.3f}"])


def main() -> None:
    """Learn, print what was learned and how it does on documents left out, write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    sources = list(Source)
    cases = read_cases(arguments.cases)
    with ClauseIndex.open(load_settings({"home": arguments.home})) as index:
        weights = _named(learn(examples(index, cases, sources), len(sources)), sources)
        print(f"{len(cases)} cases; documents left out in turn:\n{_left_out(index, cases, sources)}")  # noqa: T201
        scores = [recall(index, cases, weights, top_k) for top_k in (1, 5)]
    print(f"all: recall@1 {scores[0]:.3f}, @5 {scores[1]:.3f}; weights {weights}")  # noqa: T201
    named = {source.value: weight for source, weight in sorted(weights.items(), key=lambda pair: -pair[1])}
    arguments.out.write_text(json.dumps({"weights": named}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
