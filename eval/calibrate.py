"""`cewen eval calibrate`: how likely a clause answers, learned, and the threshold below which to refuse.

Learned from the TUNED cases, whose clauses are known, and from questions that nothing in the library
answers: near ones written for this (`eval/calibration/unanswerable.jsonl`) and questions about other
documents (`indexing/training/questions`). Probabilities that decide on the threshold come from folds
that did not see the question. The file written is `assistant/sufficiency.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.judging import Evidence
from assistant.library import Library
from assistant.service import PolicyAssistant
from assistant.sufficiency import Sufficiency, features
from eval.cases import Case, Expect, Split
from eval.relations import right_groups
from indexing.weights import retrieval_fingerprint

ROOT = Path(__file__).resolve().parent.parent
NEAR_FILE = ROOT / "eval" / "calibration" / "unanswerable.jsonl"
FAR_FOLDER = ROOT / "indexing" / "training" / "questions"

N_FAR = 600
"""Questions about other documents; a few of them these documents do answer, which no list says."""

REFUSED = 0.95
"""Share of the near unanswerable questions that the model must refuse; they are as near as their
writer could bring them, and of questions about other documents more are refused."""

_FOLDS = 5
_DEPTH = 8  # clauses of a scope that are learned from; what lies below is hardly ever shown
_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was judged on the way, and which of it is right (all False: nothing answers)."""

    question: str
    is_near: bool  # written to come close and not to be answered
    is_answerable: bool
    evidence: tuple[Evidence, ...]
    is_right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The model, and what its threshold does to questions of each kind."""

    model: Sufficiency
    n_answerable: int
    answered: float  # share of the answerable that show a clause
    rightly: float  # share of the answerable whose most confident clause is right
    near_refused: float
    far_refused: float


def calibrate(assistant: PolicyAssistant, cases: Sequence[Case], library: Library, day: date) -> Calibration:
    """Learn from TUNED cases and unanswerable questions; takes a minute or two.

    Raises:
        OSError: the unanswerable questions cannot be read.
    """
    asked = [_of_case(assistant, case, library) for case in cases if case.split is Split.TUNED]
    near = [record["question"] for record in _records(NEAR_FILE)]
    asked += [_unanswerable(assistant, question, day, is_near=True) for question in near]
    asked += [_unanswerable(assistant, question, day, is_near=False) for question in _far()]
    return _fitted(asked, retrieval_fingerprint(assistant.index.encoder))


def write(model: Sufficiency, path: Path) -> None:
    """Write what `assistant.sufficiency` reads; numbers rounded so that the file stays readable."""
    table = {
        "weights": {name: round(weight, 4) for name, weight in model.weights.items()},
        "bias": round(model.bias, 4),
        "threshold": round(model.threshold, 3),
        "retrieval": model.retrieval,
    }
    path.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def _of_case(assistant: PolicyAssistant, case: Case, library: Library) -> Asked:
    evidence = _judged(assistant, case.question, case.as_of)
    right = frozenset[str]().union(*right_groups(case.gold, library))
    is_right = tuple(item.clause.clause_id in right for item in evidence)
    is_answerable = case.expect is not Expect.REFUSED
    return Asked(case.question, not is_answerable, is_answerable, evidence, is_right)


def _unanswerable(assistant: PolicyAssistant, question: str, day: date, *, is_near: bool) -> Asked:
    evidence = _judged(assistant, question, day)
    return Asked(question, is_near, is_answerable=False, evidence=evidence, is_right=(False,) * len(evidence))


def _judged(assistant: PolicyAssistant, question: str, day: date) -> tuple[Evidence, ...]:
    return tuple(item for scope in assistant.judged(question, day) for item in scope[:_DEPTH])


def _far() -> list[str]:
    """`N_FAR` questions about other documents, chosen by hash."""
    records = [record for path in sorted(FAR_FOLDER.glob("*.jsonl")) for record in _records(path)]
    questions = [record["q"] for record in records if record["split"] == "train"]
    return sorted(questions, key=_hash)[:N_FAR]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _records(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _fitted(asked: Sequence[Asked], retrieval: str) -> Calibration:
    names, values, is_right, owner = _table(asked)
    folds = np.array([int(_hash(one.question)[:8], 16) % _FOLDS for one in asked])[owner]
    probability = np.zeros(len(owner))
    for fold in range(_FOLDS):
        seen = folds != fold
        predict, _, _ = _logistic(values[seen], is_right[seen])
        probability[~seen] = predict(values[~seen])
    probability *= np.array([item.fits for one in asked for item in one.evidence])  # else it is not shown
    best = np.array([max((probability[owner == n]), default=0.0) for n in range(len(asked))])
    says_enough = np.array([item.fits and item.seen.says_enough for one in asked for item in one.evidence])
    by_words = np.array([says_enough[owner == n].any() for n in range(len(asked))])
    is_near = np.array([one.is_near for one in asked])
    is_answerable = np.array([one.is_answerable for one in asked])
    threshold = float(np.quantile(best[is_near], REFUSED))
    _, weights, bias = _logistic(values, is_right)
    model = Sufficiency(dict(zip(names, weights.tolist(), strict=True)), bias, threshold, retrieval)
    right = np.array([_best_is_right(probability, is_right, owner == n) for n in range(len(asked))])
    shown = (best >= threshold) | by_words
    return Calibration(
        model,
        int(is_answerable.sum()),
        float(shown[is_answerable].mean()),
        float((shown & right)[is_answerable].mean()),
        float(1 - shown[is_near].mean()),
        float(1 - shown[~is_near & ~is_answerable].mean()),
    )


def _best_is_right(
    probability: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_], mine: npt.NDArray[np.bool_]
) -> bool:
    places = np.flatnonzero(mine)
    return bool(len(places)) and bool(is_right[places[np.argmax(probability[places])]])


def _table(
    asked: Sequence[Asked],
) -> tuple[list[str], npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Names of the features, their values (a row a clause), whether it is right, whose question it is."""
    rows, right, owner = list[dict[str, float]](), list[bool](), list[int]()
    for number, one in enumerate(asked):
        for item, is_right in zip(one.evidence, one.is_right, strict=True):
            rows.append(features(item.hit, item.seen))
            right.append(is_right)
            owner.append(number)
    names = list(rows[0])
    return names, np.array([[row[name] for name in names] for row in rows]), np.array(right), np.array(owner)


def _logistic(
    values: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_]
) -> tuple[Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]], npt.NDArray[np.float64], float]:
    """A ridge logistic regression: its prediction, and its weights and bias for unscaled values."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = values.mean(axis=0), values.std(axis=0)
    spread[spread == 0] = 1.0
    fitted = LogisticRegression(C=1.0 / _RIDGE, max_iter=5000).fit((values - mean) / spread, is_right)
    weights = fitted.coef_[0] / spread
    bias = float(fitted.intercept_[0] - weights @ mean)

    def predict(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        probability: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-(rows @ weights + bias)))
        return probability

    return predict, weights, bias
