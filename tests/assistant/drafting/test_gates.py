"""The gates over 844 sentences a model might make up, and 511 honest ones that must pass."""

import json
import re
from pathlib import Path

import pytest

from assistant.drafting.gates import check_blocks
from assistant.export.official import Paragraph, Text
from assistant.export.text import in_one_line
from tests.assistant.drafting.making import USUAL, case_of, citation_of

LINES = [json.loads(line) for line in (Path(__file__).parent / "lies.jsonl").read_text("utf-8").splitlines()]
LIES = [line for line in LINES if line["gates"]]
FAIR = [line for line in LINES if not line["gates"]]


def breaches_of(line: dict) -> list[tuple[str, str]]:
    """Gate and message of each breach of one sentence; {CQ-07} stands for a document and its quote."""
    case = case_of(line.get("template", USUAL[line["place"]]), line["place"])
    text = re.sub(r"\{([A-Z]+-\d+)\}", lambda one: _quoted(case, one.group(1)), line["text"])
    citations = tuple(citation_of(case, rule) for rule in line["cites"])
    found = check_blocks((Paragraph((Text(text, citations),)),), case)
    return [(each.gate.value, each.message) for each in found]


def _quoted(case, rule: str) -> str:
    citation = citation_of(case, rule)
    return f"{case.shelf.short_name(citation)}“{in_one_line(citation.quote)}”"


@pytest.mark.parametrize("line", LIES, ids=lambda line: f"{line['id']}-{line['note']}")
def test_a_made_up_sentence_is_caught(line: dict) -> None:
    """By the gate, or one of the gates, that it breaches."""
    assert {gate for gate, _ in breaches_of(line)} & set(line["gates"]), breaches_of(line)


@pytest.mark.parametrize("line", FAIR, ids=lambda line: line["id"])
def test_an_honest_sentence_passes(line: dict) -> None:
    """The facts in other words, or a requirement with its verdict and clause."""
    assert breaches_of(line) == []


def test_there_are_a_hundred_lies() -> None:
    """Each different, of every gate."""
    assert len({line["text"] for line in LIES}) == len(LIES) >= 100
    named = {gate for line in LIES for gate in line["gates"]}
    assert named >= {"数字", "名称", "条款", "力度", "辖区", "时效", "依据", "判定", "结论", "格式", "一致"}
