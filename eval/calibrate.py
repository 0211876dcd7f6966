"""`cewen eval calibrate`: how likely a clause answers, learned, and the threshold below which to refuse.

Learned from the TUNED cases, whose clauses are known, and from questions that nothing in the library
answers: near ones written for this (`eval/calibration/unanswerable.jsonl`) and questions about other
documents (`indexing/training/questions`). Probabilities that decide on the threshold come from folds
that did not see the question. The file written is `assistant/judging/sufficiency.json`.
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

from assistant.judging.evidence import Evidence
from assistant.judging.sufficiency import OF_PHRASINGS, Model, Sufficiency, features
from assistant.library import Library
from assistant.service import PolicyAssistant
from eval.cases import Case, Expect, Split
from eval.relations import right_groups
from indexing.folding import fold_tight
from indexing.weights import retrieval_fingerprint

ROOT = Path(__file__).resolve().parent.parent
NEAR_FILE = ROOT / "eval" / "calibration" / "unanswerable.jsonl"
TESTS_FOLDER = ROOT / "tests" / "assistant" / "cases"
FAR_FOLDER = ROOT / "indexing" / "training" / "questions"

N_FAR = 600
"""Questions about other documents; a few of them these documents do answer, which no list says."""

REFUSED = 0.93
"""Share of the near unanswerable questions that the model must refuse. They are as near as their
writer could bring them; of those that come without trying, and of questions about other documents,
more are refused. At 0.90 one held-out unanswerable question of 25 was answered."""

BARE_REFUSED = 0.97
"""The same of the model for clauses without phrasings: of such, saying enough of the words suffices too."""

_FOLDS = 5
_DEPTH = 8  # clauses of a scope that are learned from; what lies below is hardly ever shown
_RIDGE = 10.0
_KNOTS = (0.2, 0.4, 0.6, 0.8)  # quantiles of a feature where its slope may change


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
    asked += [_of_test(assistant, row, library, day) for row in _tuned_rows()]
    return _fitted(asked, retrieval_fingerprint(assistant.index.encoder))


def write(model: Sufficiency, path: Path) -> None:
    """Write what `assistant.judging.sufficiency` reads; numbers rounded so that the file stays readable."""
    table = {
        "phrased": _printed(model.phrased),
        "bare": _printed(model.bare),
        "retrieval": model.retrieval,
    }
    path.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def _printed(model: Model) -> dict[str, object]:
    return {
        "slopes": {
            name: [[round(knot, 4), round(slope, 4)] for knot, slope in pieces]
            for name, pieces in model.slopes.items()
        },
        "bias": round(model.bias, 4),
        "threshold": round(model.threshold, 3),
    }


def _of_case(assistant: PolicyAssistant, case: Case, library: Library) -> Asked:
    evidence = _judged(assistant, case.question, case.as_of)
    right = frozenset[str]().union(*right_groups(case.gold, library))
    is_right = tuple(item.clause.clause_id in right for item in evidence)
    is_answerable = case.expect is not Expect.REFUSED
    return Asked(case.question, not is_answerable, is_answerable, evidence, is_right)


def _unanswerable(assistant: PolicyAssistant, question: str, day: date, *, is_near: bool) -> Asked:
    evidence = _judged(assistant, question, day)
    return Asked(question, is_near, is_answerable=False, evidence=evidence, is_right=(False,) * len(evidence))


def _tuned_rows() -> list[list[str]]:
    """Lines of the test cases that were tuned on: split, status, question, clauses."""
    lines = [
        line for path in sorted(TESTS_FOLDER.glob("*.tsv")) for line in path.read_text("utf-8").splitlines()
    ]
    rows = [[*line.split("\t"), ""][:4] for line in lines if line.startswith("tuned\t")]
    return [row for row in rows if row[1] in {"ANSWERED", "NO_BASIS"}]


def _of_test(assistant: PolicyAssistant, row: Sequence[str], library: Library, day: date) -> Asked:
    _, status, question, clauses = row
    if status == "NO_BASIS":
        return _unanswerable(assistant, question, day, is_near=True)
    named = tuple(tuple(_address(one) for one in group.split("|")) for group in clauses.split("&") if group)
    right = frozenset[str]().union(*right_groups(named, library))
    evidence = _judged(assistant, question, day)
    is_right = tuple(item.clause.clause_id in right for item in evidence)
    return Asked(question, is_near=False, is_answerable=True, evidence=evidence, is_right=is_right)


def _address(clause: str) -> str:
    """京发改规〔2025〕1号 第七条 as a clause id."""
    number, path = clause.split(" ")
    return f"{fold_tight(number)}#{path}"


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
    is_near = np.array([one.is_near for one in asked])
    is_answerable = np.array([one.is_answerable for one in asked])
    fits = np.array([item.fits for one in asked for item in one.evidence])
    models, best, right = [], np.zeros(len(asked)), np.zeros(len(asked), dtype=bool)
    everything = list(range(len(names)))
    without = [n for n in everything if names[n] not in OF_PHRASINGS]
    for columns, refused in ((without, BARE_REFUSED), (everything, REFUSED)):  # the last is reported
        chosen = values[:, columns]
        probability = _unseen(chosen, is_right, folds) * fits  # what does not fit is not shown
        best = np.array([max((probability[owner == n]), default=0.0) for n in range(len(asked))])
        right = np.array([_best_is_right(probability, is_right, owner == n) for n in range(len(asked))])
        _, pieces, bias = _logistic(chosen, is_right)
        threshold = float(np.quantile(best[is_near], refused))
        learned = dict(zip((names[n] for n in columns), pieces, strict=True))
        models.append(Model(learned, bias, threshold))
    bare, phrased = models
    shown = best >= phrased.threshold
    return Calibration(
        Sufficiency(phrased, bare, retrieval),
        int(is_answerable.sum()),
        float(shown[is_answerable].mean()),
        float((shown & right)[is_answerable].mean()),
        float(1 - shown[is_near].mean()),
        float(1 - shown[~is_near & ~is_answerable].mean()),
    )


def _unseen(
    values: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_], folds: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """The probability of each row by a model that did not see its question."""
    out = np.zeros(len(values))
    for fold in range(_FOLDS):
        seen = folds != fold
        predict, _, _ = _logistic(values[seen], is_right[seen])
        out[~seen] = predict(values[~seen])
    return out


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
) -> tuple[
    Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]],
    list[tuple[tuple[float, float], ...]],
    float,
]:
    """A ridge logistic regression over hinges: its prediction, (knot, slope) of each feature, its bias."""
    from sklearn.linear_model import LogisticRegression

    knots = [(column, knot) for column in range(values.shape[1]) for knot in _knots_of(values[:, column])]
    hinged = _hinged(values, knots)
    mean, spread = hinged.mean(axis=0), hinged.std(axis=0)
    spread[spread == 0] = 1.0
    fitted = LogisticRegression(C=1.0 / _RIDGE, max_iter=5000).fit((hinged - mean) / spread, is_right)
    slopes = fitted.coef_[0] / spread
    bias = float(fitted.intercept_[0] - slopes @ mean)
    pieces = [
        tuple((knot, float(slope)) for (owner, knot), slope in zip(knots, slopes, strict=True) if owner == n)
        for n in range(values.shape[1])
    ]

    def predict(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        probability: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-(_hinged(rows, knots) @ slopes + bias)))
        return probability

    return predict, pieces, bias


def _knots_of(column: npt.NDArray[np.float64]) -> list[float]:
    """0, and the quantiles above it; each once, rounded as they are written."""
    return sorted({0.0, *(round(float(knot), 4) for knot in np.quantile(column, _KNOTS) if knot > 0)})


def _hinged(values: npt.NDArray[np.float64], knots: Sequence[tuple[int, float]]) -> npt.NDArray[np.float64]:
    return np.column_stack([np.maximum(0.0, values[:, column] - knot) for column, knot in knots])
