"""Everything one training run sees, with everything kept for tuning and reports taken out first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexing.training.held_out import SHORT, HeldOut, normalised, without_mark
from indexing.training.labelled_pairs import labelled_pairs, sentences
from indexing.training.pairs import Pair, text_pairs
from indexing.training.question_sets import read_question_set
from indexing.training.splits import Part, Split
from indexing.training.texts import Text, read_texts
from indexing.training.written import Written


@dataclass(frozen=True, slots=True)
class Kept:
    """Questions that only tune or report, and the passages that answer them."""

    questions: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Texts for word vectors and pairs for contrastive training."""

    texts: tuple[Text, ...]
    pairs: tuple[Pair, ...]


def read_kept(data: Path, split: Split, written: Iterable[Written]) -> Kept:
    """The questions and passages of every tune and report part, ours included."""
    questions: list[str] = []
    passages: dict[str, None] = {}
    for name, parts in split.items():
        found = read_question_set(data, name)
        for query in (*parts[Part.TUNE], *parts[Part.REPORT]):
            questions.append(found.questions[query])
            passages |= dict.fromkeys(found.passages[each].text for each in found.answers[query])
    for each in written:
        if each.part is not Part.TRAIN:
            questions.append(each.question)
            passages[each.passage] = None
    return Kept(tuple(questions), tuple(passages))


def read_training_data(
    data: Path,
    split: Split,
    written: tuple[Written, ...],
    kept: Kept,
    lookalikes: Mapping[str, tuple[str, ...]],
    seed: int,
) -> TrainingData:
    """Texts and pairs of `data`, without what `kept` holds; the same seed gives the same pairs."""
    held_out = HeldOut(kept.questions, kept.passages)
    texts = tuple(read_texts(data, held_out))
    pairs = (*text_pairs(texts, seed), *labelled_pairs(data, split, written, held_out, lookalikes))
    return TrainingData(texts, pairs)


def leaks(training: TrainingData, kept: Kept) -> tuple[str, ...]:
    """Training sentences that are word for word a kept question or a sentence of a kept passage.

    A check apart from `HeldOut`, by equality alone: sentences of fewer than `SHORT`
    characters (构成犯罪的…) are common property and not counted, questions are, at any length.
    """
    questions = {normalised(question) for question in kept.questions}
    clauses = {normalised(without_mark(each)) for passage in kept.passages for each in sentences(passage)}
    wanted = (questions | {each for each in clauses if len(each) >= SHORT}) - {""}
    seen = {sentence for text in training.texts for sentence in text.sentences}
    for pair in training.pairs:
        seen.add(pair.query)
        seen.update(pair.passage)
        seen.update(sentence for passage in pair.negatives for sentence in passage)
    return tuple(sorted(each for each in seen if normalised(without_mark(each)) in wanted))
