"""The training questions: well formed, split by document, nothing twice, nothing in two splits."""

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import indexing.training

FOLDER = Path(indexing.training.__file__).parent / "questions"
FILES = tuple(sorted(FOLDER.glob("*.jsonl")))
FIELDS = {"q", "p", "doc", "clause", "register", "split"}
REGISTERS = {"resident", "clerk", "operator", "officer"}
PASSAGE_LIMIT = 400
SHARED_RUN = 4
SHARED_AT_MOST = 0.25


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of one file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def bare(text: str) -> str:
    """`text` without what does not tell two questions apart: width, case, punctuation, spaces."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()


def split_of(title: str) -> str:
    """The split the title of a document decides, as the README of the folder says."""
    bucket = int(hashlib.sha256(title.encode("utf-8")).hexdigest()[:8], 16) % 10
    return {0: "report", 1: "tune"}.get(bucket, "train")


def shares_a_run(question: str, passage: str) -> bool:
    """Whether the question repeats `SHARED_RUN` characters of the passage in a row."""
    asked, told = bare(question), bare(passage)
    starts = range(len(asked) - SHARED_RUN + 1)
    return any(asked[start : start + SHARED_RUN] in told for start in starts)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Every question of the folder."""
    assert FILES, f"no questions in {FOLDER}"
    return [row for path in FILES for row in rows_of(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_has_the_fields_filled(path: Path) -> None:
    """A line holds the six fields as trimmed text, a known register and a passage of bounded length."""
    rows = rows_of(path)
    assert rows
    for row in rows:
        assert set(row) == FIELDS, row
        assert all(isinstance(value, str) and value == value.strip() != "" for value in row.values()), row
        assert row["register"] in REGISTERS, row
        assert len(row["p"]) <= PASSAGE_LIMIT, row


def test_the_split_follows_from_the_title(rows: list[dict[str, str]]) -> None:
    """The stored split is the one the title hashes to, so that a document is in one split only."""
    assert [row for row in rows if row["split"] != split_of(row["doc"])] == []


def test_every_split_has_every_register(rows: list[dict[str, str]]) -> None:
    """Tuning and reporting see each way of asking, not only training."""
    found = {(row["split"], row["register"]) for row in rows}
    assert found == {(split, register) for split in ("train", "tune", "report") for register in REGISTERS}


def test_no_question_is_asked_twice(rows: list[dict[str, str]]) -> None:
    """No two rows ask the same, whatever their punctuation."""
    asked = Counter(bare(row["q"]) for row in rows)
    assert [question for question, times in asked.items() if times > 1] == []


def test_no_passage_is_in_two_splits(rows: list[dict[str, str]]) -> None:
    """What documents copy from each other does not leak from training into the report."""
    splits: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        splits[bare(row["p"])].add(row["split"])
    assert [passage for passage, found in splits.items() if len(found) > 1] == []


def test_everyday_questions_avoid_the_words_of_their_clause(rows: list[dict[str, str]]) -> None:
    """At most a quarter of the everyday questions repeat four characters of their clause in a row."""
    everyday = [row for row in rows if row["register"] != "officer"]
    repeating = [row for row in everyday if shares_a_run(row["q"], row["p"])]
    assert len(repeating) <= SHARED_AT_MOST * len(everyday)


def test_the_readme_tells_the_counts(rows: list[dict[str, str]]) -> None:
    """The numbers in the README are those of the files."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    clauses = {(row["doc"], row["clause"]) for row in rows}
    documents = {row["doc"] for row in rows}
    kept = Counter(split_of(title) for title in documents)
    assert (
        f"{len(rows)} questions on {len(clauses)} clauses of {len(documents)} documents "
        f"({kept['train']} train, {kept['tune']} tune, {kept['report']} report)." in readme
    )
    counts = Counter((row["register"], row["split"]) for row in rows)
    for register in REGISTERS:
        cells = [counts[register, split] for split in ("train", "tune", "report")]
        line = " | ".join(str(cell) for cell in [register, *cells, sum(cells)])
        assert f"| {line} |" in readme
    topics = re.findall(r"^\| [^|]+ \| (\d+) \| (\d+) \|$", readme, flags=re.MULTILINE)
    assert sum(int(count) for count, _ in topics) == len(documents)
    assert sum(int(count) for _, count in topics) == len(rows)
