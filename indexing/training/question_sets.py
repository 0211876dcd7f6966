"""Public question sets on disk: questions, passages, and which passage answers which question.

A set is a folder with `corpus.jsonl` {id, title, text}, `queries.jsonl` {id, text} and
`qrels.tsv` (query, passage, grade); large files may end in `.gz`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """One entry of a set's corpus; `title` is "" where the set has none."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions and passages by id, and the ids of the passages that answer a question.

    Only questions with an answer in the corpus are held.
    """

    name: str
    questions: Mapping[str, str]
    passages: Mapping[str, Passage]
    answers: Mapping[str, tuple[str, ...]]


def read_question_set(data: Path, name: str) -> QuestionSet:
    """The set in `data/name`.

    Raises:
        OSError: a file is missing.
        ValueError: a line is not what the format says.
    """
    folder = data / name
    answers: dict[str, list[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, passage, grade = line.split("\t")
        if int(grade) > 0:
            answers.setdefault(question, []).append(passage)
    return QuestionSet(
        name,
        {row["id"]: row["text"] for row in read_rows(folder, "queries") if row["id"] in answers},
        {row["id"]: Passage(row.get("title", ""), row["text"]) for row in read_rows(folder, "corpus")},
        {question: tuple(passages) for question, passages in answers.items()},
    )


def read_rows(folder: Path, stem: str) -> Iterator[dict[str, Any]]:
    """Objects of `stem.jsonl` or `stem.jsonl.gz` in `folder`, in file order.

    Raises:
        OSError: neither file is there.
    """
    packed = folder / f"{stem}.jsonl.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / f"{stem}.jsonl").read_bytes()
    for line in raw.splitlines():
        yield json.loads(line)
