"""The questions written for training: JSON lines {q, p, doc, register, split} in one folder.

They ask about clauses of documents that do not ship, in the words of residents, clerks,
operators and officers. Documents, not questions, are kept apart: `split` (train, tune or
report) is the same for all questions of a document.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from indexing.training.splits import Part

FOLDER = Path(__file__).resolve().parent / "questions"


@dataclass(frozen=True, slots=True)
class Written:
    """A question of ours and the clause that answers it."""

    question: str
    passage: str
    document: str
    register: str
    part: Part


def read_written(folder: Path = FOLDER) -> tuple[Written, ...]:
    """Every question of every `.jsonl` file in `folder`, in order; none when there is no file.

    Raises:
        ValueError: a document is in two parts, or a line is not what the format says.
    """
    found: list[Written] = []
    parts: dict[str, Part] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            part = parts.setdefault(row["doc"], Part(row["split"]))
            if part != row["split"]:
                raise ValueError(f"{path.name}: {row['doc']} is in {part} and in {row['split']}")
            found.append(Written(row["q"], row["p"], row["doc"], row["register"], part))
    return tuple(found)
