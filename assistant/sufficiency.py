"""How likely a clause answers a question: a logistic model over what the search and the judge saw of it.

A clause that says enough of the question's words suffices without it; the model hears those that
say the same in other words. The weights and the threshold stand in `sufficiency.json`, written by
`cewen eval calibrate` from questions whose clauses are known and from questions that nothing here
answers. The file names the retrieval it was made with; with another one (an encoder of the user's
own, other weights of the signals) its numbers mean nothing, and the words decide alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.errors import AssistantError
from indexing.files import reason
from indexing.fusion import Source
from indexing.types import ClauseHit

FILE = Path(__file__).resolve().parent / "sufficiency.json"

_RANKED = (Source.ALIGNED, Source.PHRASED, Source.DENSE)  # where to stand first says more than the value
_VALUES = (
    Source.PHRASED_DENSE,
    Source.DENSE,
    Source.PLACE,
    Source.SHAPE,
    Source.BIGRAMS,
    Source.PHRASED,
    Source.PHRASED_BIGRAMS,
    Source.CONCEPTS,
    Source.ALIGNED,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the judge saw of a clause, besides what the search says of it."""

    coverage: float  # share of the question the clause says, by words
    strange: float  # share of the question in words no document knows
    bonus: float
    in_heading: float
    says_enough: bool  # whether that share passes the thresholds of `judging`
    rank: int  # among the hits of its scope, 0 is first


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """A logistic model; `threshold` is the least probability that is shown as an answer."""

    weights: Mapping[str, float]
    bias: float
    threshold: float
    retrieval: str  # fingerprint of encoder, words and fusion it was made with

    def probability(self, hit: ClauseHit, seen: Seen) -> float:
        """How likely the clause answers, 0–1."""
        values = features(hit, seen)
        score = self.bias + sum(weight * values[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))


def features(hit: ClauseHit, seen: Seen) -> dict[str, float]:
    """The model's inputs by name, in one order; a signal that did not find the clause is 0."""
    said = {signal.name: signal for signal in hit.signals}
    out = {
        "coverage": seen.coverage,
        "strange": seen.strange,
        "bonus": seen.bonus,
        "in_heading": seen.in_heading,
        "says_enough": float(seen.says_enough),
        "is_first": float(seen.rank == 0),
    }
    for source in _VALUES:
        out[source.value] = said[source].value if source in said else 0.0
    for source in _RANKED:
        out[f"{source.value}_rank"] = 1.0 / said[source].rank if source in said else 0.0
    return out


@cache
def shipped_sufficiency(path: Path = FILE) -> Sufficiency:
    """The model in a file.

    Raises:
        AssistantError: it is missing or of another form.
    """
    try:
        table = json.loads(path.read_text("utf-8"))
        return Sufficiency(
            {str(name): float(weight) for name, weight in table["weights"].items()},
            float(table["bias"]),
            float(table["threshold"]),
            str(table["retrieval"]),
        )
    except OSError as exc:
        raise AssistantError(f"读不到回答依据的判定参数 {path}（{reason(exc)}），请重新安装策问。") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise AssistantError(f"回答依据的判定参数 {path} 内容无效，请运行 cewen eval calibrate。") from exc
