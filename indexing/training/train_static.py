"""Train the static encoder that ships with Cewen, from public data and questions of our own.

    python -m indexing.training.train_static DATA --out FOLDER [--vectors FILE] [--workers 2]

Skip-gram vectors first (what words mean), then contrastive training on pairs cut from the
same texts, then on pairs somebody wrote; the model is the mean of the last two. Nothing of
the questions kept for tuning and reports is trained on: it is taken out first, and the run
stops if any is found afterwards. The model card beside the model tells sources and scores.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from indexing.lexical import LexicalIndex, LexicalUnit
from indexing.segmentation import words
from indexing.training.contrastive import Schedule, train
from indexing.training.model_files import save_model
from indexing.training.pair_tables import number_pairs
from indexing.training.pairs import Pair
from indexing.training.question_sets import QuestionSet, read_question_set
from indexing.training.splits import Part, read_split
from indexing.training.training_data import TrainingData, leaks, read_kept, read_training_data
from indexing.training.word_vectors import (
    SkipGram,
    choose_vocabulary,
    count_words,
    first_matrix,
    train_word_vectors,
)
from indexing.training.written import read_written
from indexing.types import FloatMatrix

VOCABULARY = 56_000  # with 256 int8 numbers a word the folder stays below 16 MB
LOOKALIKES = 30  # articles BM25 ranks high for a question they do not answer

# Chance of a step for each source of pairs; tried on the tune parts only
CUT = {
    "law_sentence": 4.0, "law_heading": 2.0, "citing": 0.5, "title": 2.0, "lead": 2.0,
    "neighbours": 2.0, "asked": 1.0, "topic": 0.5, "synonym": 1.0,
}  # fmt: skip
WRITTEN = {
    "stard": 6.0, "written": 8.0, "lay_answer": 3.0, "lay_article": 3.0, "reading": 3.0, "synonym": 2.0,
    "law_sentence": 3.0, "law_heading": 2.0, "citing": 1.0, "title": 1.5, "lead": 1.5,
    "neighbours": 1.0, "asked": 1.0, "topic": 0.5,
}  # fmt: skip
# Short on purpose: 1,200 + 800 steps learned the training pairs better and the tune parts worse
FIRST = Schedule(steps=300, batch=768, learning_rate=3e-3, sentences=3)
SECOND = Schedule(steps=500, batch=512, learning_rate=1e-3, drop=0.2)
SECOND_WEIGHT = 0.85  # of the mean of the two models


def read_data(data: Path, seed: int) -> TrainingData:
    """Everything to train on.

    Raises:
        ValueError: something kept for tuning or reports is still there.
    """
    split, written = read_split(), read_written()
    kept = read_kept(data, split, written)
    stard = read_question_set(data, "stard")
    alike = lookalikes(stard, split["stard"][Part.TRAIN])
    training = read_training_data(data, split, written, kept, alike, seed)
    left = leaks(training, kept)
    if left:
        raise ValueError(f"{len(left)} kept sentences would be trained on, the first: {left[0]}")
    _say(f"{len(training.texts)} texts, {len(kept.questions)} questions kept out, none of them left in")
    _say(f"pairs: {dict(Counter(pair.source for pair in training.pairs))}")
    return training


def lookalikes(questions: QuestionSet, chosen: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Question id → the passages BM25 ranks highest for it and that do not answer it."""
    ids = list(questions.passages)
    units = (
        LexicalUnit(unit, passage.title, (), passage.text)
        for unit, passage in enumerate(questions.passages.values())
    )
    found: dict[str, tuple[str, ...]] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = LexicalIndex.build(Path(folder), units)
        for query in chosen:
            ranked = (ids[unit] for unit, _ in index.search(questions.questions[query], 2 * LOOKALIKES))
            others = [passage for passage in ranked if passage not in questions.answers[query]]
            found[query] = tuple(others[:LOOKALIKES])
    return found


def word_vectors(training: TrainingData, file: Path | None, recipe: SkipGram) -> dict[str, FloatMatrix]:
    """The vectors in `file`, or new ones, which are kept there for the next run."""
    if file and file.exists():
        with np.load(file, allow_pickle=False) as stored:
            return dict(zip(stored["words"].tolist(), stored["vectors"], strict=True))
    vectors = train_word_vectors(training.texts, recipe)
    if file:
        names = sorted(vectors)
        np.savez(file, words=np.array(names), vectors=np.stack([vectors[name] for name in names]))
    return vectors


def train_pairs(pairs: Iterable[Pair], vocabulary: list[str], matrix: FloatMatrix, seed: int) -> FloatMatrix:
    """`matrix` after both rounds of contrastive training, shape as before."""
    rows = {word: row for row, word in enumerate(vocabulary) if row}
    texts, tables = number_pairs(pairs, rows, words)
    first = train(matrix, texts, tables, CUT, replace(FIRST, seed=seed), _watch)
    second = train(first, texts, tables, WRITTEN, replace(SECOND, seed=seed + 1), _watch)
    mean: FloatMatrix = (1 - SECOND_WEIGHT) * first + SECOND_WEIGHT * second
    return mean


def main() -> None:
    """Train and save; a line for each step on standard output."""
    parser = argparse.ArgumentParser(description="Train the static encoder that ships with Cewen.")
    parser.add_argument("data", type=Path, help="folder of public data sets")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model; replaced")
    parser.add_argument("--vectors", type=Path, help="file (.npz) of word vectors, made if missing")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="threads of skip-gram; 1 repeats exactly")
    args = parser.parse_args()
    training = read_data(args.data, args.seed)
    counts = count_words(training.texts)
    _say(f"{counts.total()} words")
    vocabulary = choose_vocabulary(counts, VOCABULARY)
    vectors = word_vectors(training, args.vectors, SkipGram(seed=args.seed, workers=args.workers))
    matrix = first_matrix(vocabulary, vectors, counts)
    matrix = train_pairs(training.pairs, vocabulary, matrix, args.seed)
    save_model(args.out, vocabulary, matrix)
    _say(f"{len(vocabulary)} words × {matrix.shape[1]} in {args.out}")


def _watch(step: int, loss: float) -> None:
    _say(f"step {step}: loss {loss:.3f}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
