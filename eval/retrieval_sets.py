"""Public retrieval sets as read from a data folder: passages, questions, and which passages are right.

A set is a folder with `corpus.jsonl` {id, title?, text}, `queries.jsonl` {id, text} and `qrels.tsv`
(question, passage, grade), each of the first two plain or gzipped.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexing.errors import PolicyAssistantError


class DataError(PolicyAssistantError):
    """A data folder does not hold what was asked for; the message names the file."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is to be found; `title` is "" where it has none."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicQuery:
    """A question with the ids of every passage that is right, at least one."""

    id: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """One set; questions without a right passage are left out."""

    name: str
    passages: tuple[Passage, ...]
    queries: tuple[PublicQuery, ...]


def read_set(
    data: Path, name: str, *, limit: int | None = None, only: Collection[str] | None = None
) -> RetrievalSet:
    """The set `name` of a data folder.

    Args:
        data: the folder that holds the sets.
        name: of the set's folder.
        limit: at most this many questions, the first in the file; None for all.
        only: ids of the questions that count, None for all.

    Raises:
        DataError: a file is missing or is not what it should be, or no question is left.
    """
    folder = data / name
    passages = tuple(
        Passage(row["id"], row.get("title") or "", row["text"])
        for row in rows_of(folder, "corpus", ("id", "text"))
    )
    grades = _grades(folder / "qrels.tsv")
    known = {passage.id for passage in passages}
    queries = []
    for row in rows_of(folder, "queries", ("id", "text")):
        relevant = grades.get(row["id"], frozenset()) & known
        if relevant and (only is None or row["id"] in only):
            queries.append(PublicQuery(row["id"], row["text"], relevant))
    if not queries:
        raise DataError(f"{folder} 里没有要测的问题，请检查 queries、qrels.tsv 和所选的问题编号。")
    return RetrievalSet(name, passages, tuple(queries[:limit]))


def read_split(file: Path, part: str) -> Mapping[str, frozenset[str]]:
    """Set → ids of its questions that belong to `part` (train, tune or report).

    The file holds one JSON object: {"stard": {"train": [...], "tune": [...], "report": [...]}, …}.

    Raises:
        DataError: it cannot be read, or a set lacks the part.
    """
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        return {name: frozenset(map(str, parts[part])) for name, parts in written.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise DataError(f"划分文件 {file} 读不了，或其中某个集合没有 {part} 一项，请检查。") from exc


def rows_of(folder: Path, stem: str, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl or .jsonl.gz file, each with at least `keys`, which are strings.

    Raises:
        DataError: the file is missing or a line is something else.
    """
    plain, packed = folder / f"{stem}.jsonl", folder / f"{stem}.jsonl.gz"
    file = plain if plain.exists() else packed
    unfit = f"{file} 缺失，或有一行不是带 {'、'.join(keys)} 的 JSON 对象，请检查。"
    try:
        with gzip.open(file, "rb") if file is packed else file.open("rb") as lines:
            for line in lines:
                row = json.loads(line)
                if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in keys):
                    raise DataError(unfit)
                yield row
    except (OSError, EOFError, ValueError) as exc:
        raise DataError(unfit) from exc


def _grades(file: Path) -> Mapping[str, frozenset[str]]:
    """Question → passages graded above 0."""
    found: dict[str, set[str]] = defaultdict(set)
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            query, passage, grade = line.split("\t")
            if int(grade) > 0:
                found[query].add(passage)
    except (OSError, ValueError) as exc:
        raise DataError(f"{file} 缺失，或有一行不是 问题、段落、等级 三栏，请检查。") from exc
    return {query: frozenset(passages) for query, passages in found.items()}
