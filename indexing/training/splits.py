"""Which questions train, which choose between models, and which only report: decided before any training.

    python -m indexing.training.splits DATA [--out indexing/training/split.json]

Questions that share a document or an answering passage stay together: the split is by the
hash of the passage (or of its document's title), never by question, so no passage is seen
on two sides. A set without a licence that lets it train is divided into tune and report
only. `indexing.training.training_data` takes what is kept out of all training data.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexing.training.held_out import normalised
from indexing.training.question_sets import QuestionSet, read_question_set

SPLIT_FILE = Path(__file__).resolve().parent / "split.json"


class Part(StrEnum):
    """What a question may be used for."""

    TRAIN = "train"
    TUNE = "tune"
    REPORT = "report"


Split = Mapping[str, Mapping[Part, tuple[str, ...]]]
"""Set name → part → query ids, sorted."""


@dataclass(frozen=True, slots=True)
class SetRule:
    """How one set is divided, and why."""

    name: str
    licence: str
    may_train: bool
    by_title: bool = False  # its titles name documents that hold several passages


RULES = (
    SetRule("stard", "MIT", may_train=True),
    SetRule("cmrc2018_trial", "CC BY-SA 4.0", may_train=True, by_title=True),
    SetRule("drcd_dev", "CC BY-SA 3.0", may_train=True, by_title=True),
    SetRule("xquad_zh", "CC BY-SA 4.0", may_train=True, by_title=True),
    SetRule("equals", "none stated", may_train=False),
    SetRule("ncp_policy_qa", "none stated (competition)", may_train=False),
    SetRule("gov_msgboard", "none stated (competition)", may_train=False),
    SetRule("cjrc_test", "none stated (competition)", may_train=False),
)

TRAIN_SHARE, TUNE_SHARE = 0.50, 0.20  # the rest reports
TUNE_SHARE_UNTRAINED = 0.35
LARGE_GROUP = 0.03  # a group above this share of its set trains: it would unbalance the small parts
MOST_MEASURED = 1000  # questions a part is measured on; more would only cost time (±.015 at 1,000)


def divide(questions: QuestionSet, rule: SetRule) -> dict[Part, tuple[str, ...]]:
    """Query ids of each part, sorted; the same data gives the same parts on any machine."""
    parts: dict[Part, list[str]] = {part: [] for part in Part}
    for group in _groups(questions, rule):
        parts[_part(questions, rule, group)].extend(group)
    for part in (Part.TUNE, Part.REPORT):
        parts[part] = sorted(parts[part], key=_position)[:MOST_MEASURED]
    return {part: tuple(sorted(ids)) for part, ids in parts.items()}


def read_split(path: Path = SPLIT_FILE) -> Split:
    """The split that was written to `path`."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {name: {Part(part): tuple(ids) for part, ids in parts.items()} for name, parts in stored.items()}


def write_split(path: Path, split: Split) -> None:
    """Write `split` as one line a set."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(parts, separators=(',', ':'))}" for name, parts in split.items()
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _groups(questions: QuestionSet, rule: SetRule) -> list[list[str]]:
    """Questions bound to each other by a shared passage or document."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        leader.setdefault(key, key)
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for query in sorted(questions.questions):
        for passage in questions.answers[query]:
            leader[find(_key(questions, rule, passage))] = find(f"query {query}")
    groups: dict[str, list[str]] = {}
    for query in sorted(questions.questions):
        groups.setdefault(find(f"query {query}"), []).append(query)
    return list(groups.values())


def _part(questions: QuestionSet, rule: SetRule, group: list[str]) -> Part:
    if rule.may_train and len(group) > LARGE_GROUP * len(questions.questions):
        return Part.TRAIN
    position = _position(
        min(_key(questions, rule, passage) for query in group for passage in questions.answers[query])
    )
    train = TRAIN_SHARE if rule.may_train else 0.0
    if position < train:
        return Part.TRAIN
    tune = TUNE_SHARE if rule.may_train else TUNE_SHARE_UNTRAINED
    return Part.TUNE if position < train + tune else Part.REPORT


def _key(questions: QuestionSet, rule: SetRule, passage: str) -> str:
    """What must not be parted: a passage's wording, or the document it is from."""
    found = questions.passages[passage]
    return normalised(found.title if rule.by_title else found.text)


def _position(key: str) -> float:
    """Where `key` falls in [0, 1), the same on any machine."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 16.0**8


def main() -> None:
    """Write the split; print the size of each part."""
    parser = argparse.ArgumentParser(description="Divide the public question sets into train, tune, report.")
    parser.add_argument("data", type=Path, help="folder of question sets")
    parser.add_argument("--out", type=Path, default=SPLIT_FILE)
    args = parser.parse_args()
    sets = {rule.name: read_question_set(args.data, rule.name) for rule in RULES}
    split = {rule.name: divide(sets[rule.name], rule) for rule in RULES}
    write_split(args.out, split)
    for rule in RULES:
        counts = Counter({part.value: len(ids) for part, ids in split[rule.name].items()})
        sys.stdout.write(f"{rule.name} ({rule.licence}): {dict(counts)}\n")


if __name__ == "__main__":
    main()
