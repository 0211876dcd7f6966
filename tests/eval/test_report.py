"""Scores grouped, written and printed; and the identity of what was measured."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from eval.cases import Case, CaseType, Register, Split, parse_case
from eval.clause_gold import ParseScore
from eval.code_tree import code_tree_hash
from eval.failures import describe, failing, is_failing, values_of
from eval.harness import Measure, Outcome, evaluate
from eval.report import (
    REGISTER_NAMES,
    TYPE_NAMES,
    Report,
    Subject,
    as_json,
    as_markdown,
    library_hash,
    summarise,
)
from tests.eval.conftest import NING, SU, WU, answer
from tests.eval.gold_lines import LINES, TABLE, UNANSWERABLE, line

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "evaluation.md"
SUBJECT = Subject("c" * 64, "static-zh", "e" * 64, "a" * 64, date(2026, 11, 22))


def in_split(written: str, split: Split) -> Case:
    """The case with an id that puts it into `split`."""
    case = parse_case(written, "gold.jsonl:1")
    return next(moved for n in range(99) if (moved := replace(case, id=f"{case.id}-{n}")).split is split)


@pytest.fixture
def outcomes(invented, state) -> tuple[Outcome, ...]:
    """A row answered and a figure refused in TUNED; a question without an answer refused in HELD."""
    cases = [
        in_split(TABLE, Split.TUNED),
        in_split(line(), Split.TUNED),
        in_split(UNANSWERABLE, Split.HELD),
    ]
    given = {cases[0].question: answer("问", state("武汉市：30。", (f"{WU}#附件/2", "30")))}
    found = {cases[0].question: [f"{WU}#附件/1", f"{WU}#附件/2"], cases[1].question: [f"{NING}#第六条"]}
    return evaluate(
        cases, invented, lambda text, _: found.get(text, []), lambda text, _: given.get(text, answer(text))
    )


@pytest.fixture
def report(outcomes) -> Report:
    """The report of those three."""
    return Report(SUBJECT, ParseScore(5, 340, 339, 1), summarise(outcomes))


def test_splits_types_and_registers_are_counted_apart(report: Report) -> None:
    """Two tuned cases, one of each type; everyday is all but formal."""
    tuned, held = report.splits
    assert (tuned.split, tuned.whole.n_cases, held.split, held.whole.n_cases) == (
        Split.TUNED,
        2,
        Split.HELD,
        1,
    )
    assert [(group.key, group.n_cases) for group in tuned.by_type] == [("figure", 1), ("table_row", 1)]
    registers = [(group.key, group.n_cases) for group in tuned.by_register]
    assert registers == [("formal", 1), ("resident", 1), ("everyday", 1)]
    assert tuned.whole.scores[Measure.RECIPROCAL_RANK].value == 0.25
    assert tuned.whole.scores[Measure.FULLY_RIGHT].value == 0.5
    assert held.whole.scores[Measure.RECALL_AT_1].value is None


def test_every_type_and_register_has_a_chinese_name() -> None:
    """None is left out of the tables."""
    assert set(TYPE_NAMES) == set(CaseType)
    assert set(REGISTER_NAMES) == set(Register)


def test_json_carries_identity_and_scores(report: Report) -> None:
    """The same report gives the same bytes; what does not apply is null."""
    written = as_json(report)
    assert as_json(report) == written
    read = json.loads(written)
    assert (read["date"], read["code"], read["cases"]) == ("2026-11-22", "c" * 64, 3)
    assert read["parse"] == {"documents": 5, "expected": 340, "exact": 339, "extra": 1}
    assert read["TUNED"]["all"]["reciprocal_rank"] == 0.25
    assert read["TUNED"]["by_type"]["figure"]["false_refusals"] == 1.0
    assert read["HELD"]["all"]["recall_at_1"] is None


def documented(heading: str) -> list[str]:
    """The keys of the table below a heading of docs/evaluation.md."""
    section = re.split(rf"^##+ {heading}\n", DOCS.read_text("utf-8"), flags=re.MULTILINE)[1]
    return re.findall(r"^\| `(\w+)` \|", section.partition("\n#")[0], flags=re.MULTILINE)


def test_the_keys_are_those_documented(report: Report, outcomes) -> None:
    """docs/evaluation.md names every key of the JSON, every measure and every key of the gold, in order."""
    read = json.loads(as_json(report))
    assert [*read, "failures"] == documented("JSON")
    assert list(read["TUNED"]["all"])[1:] == list(Measure) == documented("What is measured")
    assert list(values_of(outcomes[1])) == documented("failures")
    assert [*json.loads(line(note="注"))] == documented("Gold questions")


def test_tables_line_up_on_a_terminal(report: Report) -> None:
    """Chinese counts two cells; every row of a table is as wide as its head."""
    blocks = as_markdown(report).split("\n\n")
    tables = [block.splitlines() for block in blocks if block.startswith("|")]
    assert len(tables) == 3  # the held-out case cannot be found, so search has no table there
    for rows in tables:
        assert len({cell_len(row) for row in rows}) == 1
    assert "条款切分：5 份文件应有 340 个条款，339 个完全一致，多出 1 个。" in as_markdown(report)


def test_the_precision_of_refusals_is_told_only_where_one_is_expected(report: Report) -> None:
    """For a type that is never refused it could only be 0."""
    rows = [row.split("|") for row in as_markdown(report).splitlines() if row.startswith("|")]
    (head,) = [row for row in rows if any("拒答准" in cell for cell in row)][:1]
    column = next(place for place, cell in enumerate(head) if "拒答准" in cell)
    told = {row[1].strip(): row[column].strip() for row in rows if len(row) == len(head)}
    assert told["数额"] == "—"
    assert told["无依据"] == "100.0"


def test_failing_cases_say_what_was_expected_and_what_came(outcomes, invented) -> None:
    """Question, status, clauses and strings lacking, and where the gold stands among the hits."""
    wrong = [one for one in outcomes if is_failing(one)]
    assert [one.case.type for one in wrong] == [CaseType.FIGURE]
    told = describe(wrong[0], invented)
    for part in (
        "苏州历史建筑修缮补助多少？（2026-01-01）",
        f"引 {SU}#第五条；含 百分之四十 ＋ 60万元",
        "应有依据，得拒答",
        f"没有引用 {SU}#第五条",
        f"{SU}#第五条 在前十之外；前五是 {NING}#第六条",
    ):
        assert part in told


def test_an_answer_that_is_right_still_fails_when_search_misses(invented, state) -> None:
    """Gold below the fifth hit is told with its rank."""
    given = answer("问", state("武汉市：30。", (f"{WU}#附件/2", "30")))
    found = [*(f"{SU}#第{one}条" for one in "一二三四五"), f"{WU}#附件/2"]
    (outcome,) = evaluate([parse_case(TABLE, "g:1")], invented, lambda *_: found, lambda *_: given)
    assert outcome.is_right
    assert is_failing(outcome)
    assert f"{WU}#附件/2 在第 6" in describe(outcome, invented)


def test_held_out_cases_are_shown_only_when_asked_for(invented) -> None:
    """Who reads them can no longer call their score blind."""
    cases = [in_split(LINES[0], Split.TUNED), in_split(TABLE, Split.HELD)]
    outcomes = evaluate(cases, invented, lambda *_: [], lambda text, _: answer(text))
    assert [one.case.split for one in failing(outcomes, held=False)] == [Split.TUNED]
    assert [one.case.split for one in failing(outcomes, held=True)] == [Split.TUNED, Split.HELD]


def write(root: Path, name: str, content: str = "x") -> None:
    """A file of a tree."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(content, encoding="utf-8")


def test_the_code_tree_hash_follows_what_can_change_a_score(tmp_path: Path) -> None:
    """Code, data, prompts and gold count, by path and content; results and caches do not."""
    for name in ("assistant/a.py", "corpus/documents/b.txt", "indexing/c.py", "prompts/d.toml", "ui/e.py"):
        write(tmp_path, name)
    write(tmp_path, "eval/cases/f.jsonl")
    write(tmp_path, "eval/metrics.py")
    first = code_tree_hash(tmp_path)
    write(tmp_path, "eval/results/scores.json")
    write(tmp_path, "ui/__pycache__/e.cpython-311.pyc")
    write(tmp_path, "indexing/.c.py.swp")
    write(tmp_path, "README.md")
    assert code_tree_hash(tmp_path) == first
    hashes = {first}
    for name in (
        "assistant/a.py",
        "corpus/documents/b.txt",
        "eval/cases/f.jsonl",
        "eval/metrics.py",
        "ui/new.py",
    ):
        write(tmp_path, name, "y")
        hashes.add(code_tree_hash(tmp_path))
    (tmp_path / "ui/e.py").rename(tmp_path / "ui/g.py")
    hashes.add(code_tree_hash(tmp_path))
    assert len(hashes) == 7


def test_the_code_tree_hash_needs_no_checkout() -> None:
    """Of our own tree: twice the same, and no file of git takes part."""
    assert re.fullmatch(r"[0-9a-f]{64}", code_tree_hash())
    assert code_tree_hash() == code_tree_hash(ROOT)


def test_the_library_hash_knows_documents_and_versions(invented) -> None:
    """Order does not count; another version does."""
    first, second, third = invented.documents
    assert library_hash([third, first, second]) == library_hash(invented.documents)
    assert library_hash([first, second]) != library_hash(invented.documents)
    assert library_hash([replace(first, version=2), second, third]) != library_hash(invented.documents)
