"""How likely a clause answers a question: a logistic model over what the search and the judge saw of it.

    p = 1 / (1 + exp(−(b + Σ_f Σ_k w_fk · max(0, x_f − k))))

each feature counts by straight pieces between its knots k: a word left half unsaid costs little,
one left wholly unsaid much (hinge functions of Friedman 1991, here at fixed quantiles).

Two models: one for clauses with reviewed phrasings, one that hears no signal of phrasings, for
clauses of documents that have none. Weights and thresholds stand in `sufficiency.json`, written by
`cewen eval calibrate` from questions whose clauses are known and from questions that nothing here
answers. The file names the retrieval it was made with; with another one (an encoder of the user's
own, other weights of the signals) its numbers mean nothing, and the words decide alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.judging.heard import NOTHING_HEARD, Heard
from indexing.files import reason
from indexing.fusion import Source
from indexing.types import ClauseHit

FILE = Path(__file__).resolve().parent / "sufficiency.json"

MOSTLY = 0.5
"""Share of the question in words no document knows from which nearness alone is not trusted."""

_RANKED = (Source.ALIGNED, Source.PHRASED, Source.DENSE)  # where to stand first says more than the value
_PHRASED = frozenset({Source.PHRASED, Source.PHRASED_BIGRAMS, Source.PHRASED_DENSE})
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
class Near:
    """What a clause says of a question by vectors; words weigh by how rare they are."""

    coverage: float = 0.0  # share of the question the clause says, with its headings and titles
    passages: float = 0.0  # the same of the sentences chosen
    least: float = 0.0  # how far the word is said that is said least
    heaviest: float = 0.0  # the greatest weight left unsaid of one word
    unsaid: float = 0.0  # the weight left unsaid of all
    n_unsaid: int = 0  # words said by less than half
    n_words: int = 0
    weight: float = 0.0  # of all words
    n_chars: int = 0  # of the question


@dataclass(frozen=True, slots=True)
class Seen:
    """What the judge saw of a clause, besides what the search says of it.

    By vectors means: each word of the question by its nearest word (`assistant.judging.nearness`).
    """

    coverage: float  # share of the question the clause says, by words
    strange: float  # share of the question in words no document knows
    bonus: float
    in_heading: float
    says_enough: bool  # whether that share passes the thresholds of `judging`
    rank: int  # among the hits of its scope, 0 is first
    near: Near = Near()
    heard: Heard = NOTHING_HEARD
    n_passages: int = 0  # sentences chosen
    is_placed: bool = False  # the caller chose the place, so that the question need not name it
    lacks_figure: bool = False  # no figure or date where one is asked for
    unheard: float = 0.0  # share of the question in words that no document and no phrasing of the clause has


OF_PHRASINGS = frozenset(
    {*_PHRASED, Source.ALIGNED, "phrased_rank", "aligned_rank", "score"}  # words of phrasings are aligned too
    | {f"heard_{field.name}" for field in fields(Heard)}
)
"""Features that phrasings move; the model for clauses without any does not hear them."""

SAID = 0.45
"""Share of the threshold that is asked of a clause which says enough of the question's words."""


UNHEARD, SURE = 0.6, 0.5
"""Where this share of a question stands in words that neither a document nor a phrasing of the clause has
(低保标准是多少), the clause must be this likely: of 461 open answerable questions that shows 0.5 % fewer
rightly, of 410 nearby ones it refuses 1.2 % more, and of 100 that came without trying 3."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model; `threshold` is the least probability that is shown as an answer."""

    slopes: Mapping[str, tuple[tuple[float, float], ...]]  # of each feature: (knot, what is added behind it)
    bias: float
    threshold: float

    def probability(self, values: Mapping[str, float]) -> float:
        """How likely the clause answers, 0–1."""
        score = self.bias + sum(
            slope * max(0.0, values[name] - knot)
            for name, pieces in self.slopes.items()
            for knot, slope in pieces
        )
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """What is learned of when a clause suffices."""

    phrased: Model  # for clauses that a phrasing speaks for
    bare: Model  # for others; hears no signal in `OF_PHRASINGS`
    retrieval: str  # fingerprint of encoder, words and fusion it was made with

    def verdict(self, hit: ClauseHit, seen: Seen) -> tuple[float, bool]:
        """How likely the clause answers, 0–1, and whether that is enough.

        A clause that says enough of the question's words need be `SAID` as likely as another: of 653 open
        questions that answers 1.2 % more, of 410 nearby ones 0.5 %. Of a clause without phrasings the words
        are enough, and it is too little where most of the question is in words no document has: 罚款 is
        near 补助 by vectors.
        """
        values = features(hit, seen)
        if seen.heard.lacks:
            return self.phrased.probability(values), False
        if has_phrasing(hit):
            likely = self.phrased.probability(values)
            if seen.says_enough:
                return likely, likely >= self.phrased.threshold * SAID
            is_unheard = seen.unheard >= UNHEARD and likely < SURE
            return likely, likely >= self.phrased.threshold and not is_unheard
        likely = self.bare.probability(values)
        if seen.says_enough:
            return max(likely, seen.coverage), True
        return likely, likely >= self.bare.threshold and seen.strange < MOSTLY


def has_phrasing(hit: ClauseHit) -> bool:
    """Whether a reviewed phrasing of the clause has a word of the question."""
    return any(signal.name in _PHRASED for signal in hit.signals)


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
        "score": hit.score,
        "n_passages": float(seen.n_passages),
        "lacks_figure": float(seen.lacks_figure),
    }
    out |= {f"near_{field.name}": float(getattr(seen.near, field.name)) for field in fields(Near)}
    out |= {f"heard_{field.name}": float(getattr(seen.heard, field.name)) for field in fields(Heard)}
    for source in _VALUES:
        out[source.value] = said[source].value if source in said else 0.0
    out[Source.PLACE.value] = max(out[Source.PLACE.value], float(seen.is_placed))
    for source in _RANKED:
        out[f"{source.value}_rank"] = 1.0 / said[source].rank if source in said else 0.0
    return out


def _model(table: Mapping[str, Any]) -> Model:
    slopes = {
        str(name): tuple((float(knot), float(slope)) for knot, slope in pieces)
        for name, pieces in table["slopes"].items()
    }
    return Model(slopes, float(table["bias"]), float(table["threshold"]))


@cache
def shipped_sufficiency(path: Path = FILE) -> Sufficiency:
    """The model in a file.

    Raises:
        AssistantError: it is missing or of another form.
    """
    try:
        table = json.loads(path.read_text("utf-8"))
        return Sufficiency(_model(table["phrased"]), _model(table["bare"]), str(table["retrieval"]))
    except OSError as exc:
        raise AssistantError(f"读不到回答依据的判定参数 {path}（{reason(exc)}），请重新安装策问。") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise AssistantError(f"回答依据的判定参数 {path} 内容无效，请运行 cewen eval calibrate。") from exc
