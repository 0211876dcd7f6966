"""What each signal of a search is worth, learned from questions whose clauses are known.

    python -m indexing.training.train_fusion --cases FILE.jsonl [FILE.jsonl …] [--data FOLDER]
        [--home FOLDER] [--out FILE]

A case is one JSON object a line with `id`, `question` and `gold` (groups of alternative clause ids
`doc_id#path`). Every third case (by a hash of id and question) is never learned from; see `is_held`.

The model is linear and its weights are not negative, so that a person can read the file: a unit's
score is the sum of weight × value over the signals. The weights maximise the likelihood of the right
units under a softmax over all units found (ListNet with several right answers; Cao et al. 2007, ICML).
Documents are left out in turn to see how the weights do on a document they were not learned on.

With `--data` the tune parts of the public question sets and of the questions written for training are
learned from as well, so that the weights suit other texts than the shipped ones; all of them together
weigh as much as the cases do.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexing.encoder import load_encoder
from indexing.fusion import Source
from indexing.index import ClauseIndex
from indexing.settings import load_settings
from indexing.training.listwise import Example, learn, weighing
from indexing.training.passage_examples import tune_examples
from indexing.types import ClauseHit
from indexing.weights import WEIGHTS_FILE

LEAST = 0.005
"""A smaller share of the whole is written as none: its list would cost time and change nothing."""

_DEPTH = 100  # units a case is learned from
_RECALL_AT = (1, 5)
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


def examples(index: ClauseIndex, case: Case, sources: Sequence[Source]) -> list[Example]:
    """What the signals say of the units found for each group of a case; a group not found gives none."""
    hits = index.search(case.question, top_k=_DEPTH, weights=_EVEN)
    values = np.array([_row(hit, sources) for hit in hits], dtype=np.float64)
    rights = (
        np.array([any(covers(hit.clause.clause_id, gold) for gold in group) for hit in hits])
        for group in case.gold
    )
    return [Example(values, is_right) for is_right in rights if is_right.any()]


def covers(clause_id: str, gold: str) -> bool:
    """Whether a hit answers for a gold clause: the same, around it, or inside it.

    >>> covers("d#第七条", "d#第七条/第二款"), covers("d#第七条", "d#第七十条")
    (True, False)
    """
    return clause_id == gold or clause_id.startswith(f"{gold}/") or gold.startswith(f"{clause_id}/")


def recall(index: ClauseIndex, cases: Sequence[Case], weights: Mapping[Source, float]) -> tuple[float, ...]:
    """Mean share of gold groups with a right clause among the first `_RECALL_AT`; NaN without cases."""
    shares = []
    for case in cases:
        hits = index.search(case.question, top_k=max(_RECALL_AT), weights=weights)
        found = [hit.clause.clause_id for hit in hits]
        shares.append([_share(case, found[:top_k]) for top_k in _RECALL_AT])
    return tuple(np.mean(shares, axis=0)) if shares else (float("nan"),) * len(_RECALL_AT)


def _share(case: Case, found: Sequence[str]) -> float:
    right = sum(any(covers(hit, gold) for hit in found for gold in group) for group in case.gold)
    return right / len(case.gold)


def _row(hit: ClauseHit, sources: Sequence[Source]) -> list[float]:
    values = {signal.name: max(0.0, signal.value - signal.floor) for signal in hit.signals}
    return [values.get(source.value, 0.0) for source in sources]


def _named(weights: npt.NDArray[np.float64], sources: Sequence[Source]) -> dict[Source, float]:
    return {
        source: round(float(weight), 3)
        for source, weight in zip(sources, weights, strict=True)
        if weight >= LEAST
    }


def _left_out(index: ClauseIndex, found: Mapping[Case, list[Example]], others: Sequence[Example]) -> str:
    """Recall on each document's cases under weights learned without them, and the mean over cases."""
    lines, weighed = [], []
    for document in sorted({document for case in found for document in case.documents}):
        inside = [case for case in found if document in case.documents]
        outside = {case: each for case, each in found.items() if document not in case.documents}
        weights = _learned(outside, others)
        scores = recall(index, inside, weights)
        weighed.append((len(inside), *scores))
        lines.append(f"  {document}: {len(inside)} cases, recall@1 {scores[0]:.3f}, @5 {scores[1]:.3f}")
    total = sum(n for n, *_ in weighed)
    means = [sum(row[0] * row[place] for row in weighed) / total for place in (1, 2)]
    return "\n".join([*lines, f"  mean: recall@1 {means[0]:.3f}, @5 {means[1]:.3f}"])


def _learned(found: Mapping[Case, list[Example]], others: Sequence[Example]) -> dict[Source, float]:
    """Weights from cases and from what else there is, which weighs as much."""
    own = weighing([example for each in found.values() for example in each], 1.0)
    return _named(learn([*own, *others], len(Source)), list(Source))


def _others(data: Path | None) -> list[Example]:
    """Examples of the public sets and the written questions, all together weighing 1; none without data."""
    if data is None:
        return []
    sets = list(tune_examples(data, load_encoder(), list(Source)))
    return [example for each in sets for example in weighing(each, 1.0 / len(sets))]


def main() -> None:
    """Learn, print what was learned and how it does on documents left out, write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--data", type=Path, help="folder of public question sets; their tune parts count")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    cases, others = read_cases(arguments.cases), _others(arguments.data)
    with ClauseIndex.open(load_settings({"home": arguments.home})) as index:
        found = {case: examples(index, case, list(Source)) for case in cases}
        weights = _learned(found, others)
        print(f"{len(cases)} cases; documents left out in turn:\n{_left_out(index, found, others)}")  # noqa: T201
        scores = recall(index, cases, weights)
    print(f"all: recall@1 {scores[0]:.3f}, @5 {scores[1]:.3f}; weights {weights}")  # noqa: T201
    named = {source.value: weight for source, weight in sorted(weights.items(), key=lambda pair: -pair[1])}
    arguments.out.write_text(json.dumps({"weights": named}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
