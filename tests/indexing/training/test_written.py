"""Questions of ours are read with the part their document belongs to."""

import json
from pathlib import Path

import pytest

from indexing.training.splits import Part
from indexing.training.written import FOLDER, Written, read_written
from tests.indexing.training.invented_data import write_written


def test_questions_are_read(tmp_path: Path) -> None:
    """Every field, in order; an empty folder has none."""
    first, second = read_written(write_written(tmp_path))
    assert first == Written("孩子放学没人接怎么办呀", "学校可以提供课后服务。", "甲", "resident", Part.TRAIN)
    assert second.part is Part.REPORT
    assert read_written(tmp_path / "none") == ()


def test_a_document_on_two_sides_is_refused(tmp_path: Path) -> None:
    """Documents, not questions, are kept apart."""
    row = {"q": "问", "p": "答", "doc": "甲", "register": "resident", "split": "train"}
    lines = [json.dumps(row), json.dumps(row | {"split": "report"})]
    (tmp_path / "one.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match="甲"):
        read_written(tmp_path)


def test_those_that_ship_keep_documents_apart() -> None:
    """Each part has questions, and no document is in two (read_written would refuse)."""
    parts = {each.part for each in read_written(FOLDER)}
    assert parts == set(Part)
