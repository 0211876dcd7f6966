"""Several ranked lists into one, and the sentence of a hit that answers best.

Pure functions over numbers and text; nothing here opens an index.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum

from indexing.folding import fold_tight
from indexing.segmentation import bigrams, search_words
from indexing.sentences import split_sentences
from indexing.types import Signal, Span


class Source(StrEnum):
    """A signal: a ranked list of units, or what is known of each unit found."""

    WORDS = "words"  # jieba's words in title, headings, body
    BIGRAMS = "bigrams"  # pairs of characters there
    CONCEPTS = "concepts"  # words, each with what the thesaurus says documents may call it
    HEADINGS = "headings"  # words in headings alone
    DENSE = "dense"  # nearest sentence by vector
    WHOLE = "whole"  # nearest unit as a whole by vector, its title and headings heard with it
    PHRASED = "phrased"  # words and concepts of the nearest reviewed phrasing
    PHRASED_BIGRAMS = "phrased_bigrams"  # pairs of characters there
    PHRASED_DENSE = "phrased_dense"  # nearest reviewed phrasing by vector
    ALIGNED = "aligned"  # how much of the query its words say, each by its nearest word
    REFERENCE = "reference"  # 文号, 第…条, 附件… named in the query
    PLACE = "place"  # of a jurisdiction named in the query
    SHAPE = "shape"  # holds the kind of thing asked for: a figure of that measure, a date, a body


DEPTH = 200
"""How many units a list brings to `fuse` at most."""

CUT = frozenset(
    {
        Source.WORDS,
        Source.BIGRAMS,
        Source.CONCEPTS,
        Source.HEADINGS,
        Source.DENSE,
        Source.WHOLE,
        Source.PHRASED,
        Source.PHRASED_BIGRAMS,
        Source.PHRASED_DENSE,
    }
)
"""Sources whose lists are cut at `DEPTH`. What the last of a full list has, a unit that was left out may
have as well; so values count from there, and being left out costs nothing that was not seen."""

ALIGNED_DEPTH = 60
"""How many of a first ranking are looked at word by word; what lies below rarely answers."""

FRAME_PRIOR = 0.85
"""What a frame text (标题, 通知, 落款 …) keeps of its score: it repeats every subject and rules none.

For `fuse(prior=…)`; tuned with the weights.
"""

DENSE_IN_FOCUS = 0.3
"""What a cosine of 1 weighs in `choose_focus` against all terms of the query found."""


FOCUS_QUERY_CHARS = 1000
"""How much of a question `choose_focus` looks at; people ask in tens of characters."""


def floor_of(source: Source, ranked: Sequence[tuple[int, float]]) -> float:
    """From where the values of a list count: its least where it is cut and full, else 0.

    >>> floor_of(Source.DENSE, [(7, 0.9), (3, 0.4)]), floor_of(Source.PLACE, [(7, 1.0)] * DEPTH)
    (0.0, 0.0)
    """
    if source not in CUT or len(ranked) < DEPTH:
        return 0.0
    return max(0.0, min(value for _, value in ranked))


def fuse(
    lists: Mapping[Source, Sequence[tuple[int, float]]],
    weights: Mapping[Source, float],
    *,
    prior: Callable[[int], float] | None = None,
    tie: Callable[[int], str] | None = None,
) -> list[tuple[int, float]]:
    """One list: the weighted mean of values above their floors, best first.

    Values mean the same in every query: the share of what a unit could say at most, a cosine,
    a yes. So a question whose words no unit knows is left to the vectors without being told to.
    A unit that a list lacks has 0 there. The weights of the lists given are scaled to sum to 1,
    so a single list keeps its own order and every score is in (0, 1].

    Args:
        lists: (unit, value) pairs a source found, in any order, each unit once; values above 0, at most 1.
        weights: one for each source in `lists`.
        prior: what a unit's fused score is multiplied by, in (0, 1]; 1.0 for all if None.
        tie: what equal scores are ordered by (a clause_id); the unit number if None.

    >>> fuse({Source.WORDS: [(1, 0.8), (2, 0.4)], Source.DENSE: [(2, 0.5)]},
    ...      {Source.WORDS: 3.0, Source.DENSE: 1.0})
    [(1, 0.6000000000000001), (2, 0.42500000000000004)]
    """
    fused: dict[int, float] = {}
    for source, share in _shares(lists, weights).items():
        floor = floor_of(source, lists[source])
        for unit, value in lists[source]:
            if value > floor:
                fused[unit] = fused.get(unit, 0.0) + (value - floor) * share
    if prior:
        fused = {unit: score * prior(unit) for unit, score in fused.items()}
    named = [(-score, tie(unit) if tie else "", unit) for unit, score in fused.items() if score > 0]
    return [(unit, -negated) for negated, _, unit in sorted(named)]


def explain(
    units: Sequence[int],
    lists: Mapping[Source, Sequence[tuple[int, float]]],
    weights: Mapping[Source, float],
) -> dict[int, tuple[Signal, ...]]:
    """What each signal added to the score of each unit, strongest first; arguments as for `fuse`.

    Equal values share the better rank: of what a place names, all is first.
    """
    out: dict[int, list[Signal]] = {unit: [] for unit in units}
    for source, share in _shares(lists, weights).items():
        values, floor = dict(lists[source]), floor_of(source, lists[source])
        ordered = sorted(values.values())
        for unit in units:
            if unit in values:
                rank = 1 + len(ordered) - bisect_right(ordered, values[unit])
                out[unit].append(Signal(source.value, rank, values[unit], share, floor))
    return {
        unit: tuple(sorted(said, key=lambda signal: (-signal.added, signal.name)))
        for unit, said in out.items()
    }


def _shares(
    lists: Mapping[Source, Sequence[tuple[int, float]]], weights: Mapping[Source, float]
) -> dict[Source, float]:
    """The weight of each list given as a share of all of them, in one order."""
    total = sum(weights[source] for source in lists) or 1.0
    return {source: weights[source] / total for source in sorted(lists)}


def focus_terms(query: str) -> set[str]:
    """Search words and bigrams of a question, what `choose_focus` counts.

    Only its first `FOCUS_QUERY_CHARS` characters speak, so a question of any length stays quick.
    """
    query = query[:FOCUS_QUERY_CHARS]
    return {*search_words(query), *bigrams(query)}


def choose_focus(
    query: str,
    text: str,
    idf: Mapping[str, float],
    dense: Mapping[Span, float],
    offset: int = 0,
) -> Span | None:
    """The sentence of `text` that answers `query` best.

    A sentence scores the share of the query's terms it holds, each term weighing its
    idf, plus `DENSE_IN_FOCUS` times its cosine. Of equals the first is chosen. A sentence without a letter
    (the number of a table row) answers nothing and is chosen only where there is no other.

    Args:
        query: the question.
        text: the unit.
        idf: weight of a term (`LexicalIndex.idf(focus_terms(query))`); a term it lacks weighs nothing.
        dense: cosine by sentence span, in the coordinates of the result; may be empty.
        offset: where `text` begins in those coordinates.

    Returns:
        The span moved by `offset`, or None when `text` has no sentence.
    """
    wanted = {term: idf[term] for term in sorted(focus_terms(query)) if term in idf}  # sums in one order
    total = sum(wanted.values()) or 1.0

    def score(span: Span) -> float:
        overlap = sum(wanted[term] for term in _held(wanted, text[span[0] : span[1]])) / total
        return overlap + DENSE_IN_FOCUS * dense.get((span[0] + offset, span[1] + offset), 0.0)

    sentences = split_sentences(text)
    said = [span for span in sentences if any(map(str.isalpha, text[span[0] : span[1]]))]
    best = max(said or sentences, key=score, default=None)
    return best and (best[0] + offset, best[1] + offset)


def _held(terms: Collection[str], sentence: str) -> list[str]:
    """Those of `terms` that stand in `sentence`: Chinese ones anywhere, digits and letters as a whole run.

    Looking for a word is far quicker than cutting the sentence, and finds what a cut hides.
    """
    folded, runs = fold_tight(sentence), set(bigrams(sentence))
    return [term for term in terms if (term in runs if term.isascii() else term in folded)]
