"""Gold questions: what a line may hold, and what is said of one that may not."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from eval.case_checks import check_against, problems_of
from eval.cases import (
    CasesError,
    CaseType,
    Expect,
    Register,
    Split,
    case_files,
    parse_case,
    read_cases,
    split_of,
)
from eval.relations import right_ids
from tests.eval.conftest import NING, SU, WU
from tests.eval.gold_lines import LINES, TABLE, line


def write(folder: Path, *lines: str, name: str = "gold.jsonl") -> Path:
    """A file of cases."""
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_line_becomes_a_case() -> None:
    """Every key keeps its value; the place is file and line."""
    case = parse_case(line(note="第五条"), "gold.jsonl:7")
    assert (case.id, case.question, case.as_of) == ("q1", "苏州历史建筑修缮补助多少？", date(2026, 1, 1))
    assert (case.type, case.register, case.expect) == (CaseType.FIGURE, Register.FORMAL, Expect.ANSWERED)
    assert case.gold == ((f"{SU}#第五条",),)
    assert case.must == (("百分之四十",), ("60万元",))
    assert (case.must_not, case.note, case.place) == ((), "第五条", "gold.jsonl:7")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{", "不是有效的 JSON"),
        ("[1]", "JSON 对象"),
        (line(id=None), "缺少 id"),
        (line(question="  "), "question 应是非空字符串"),
        (line(id=5), "id 应是非空字符串"),
        (line(as_of="去年"), "as_of 应是形如"),
        (line(type="amount"), "type 不能是 amount"),
        (line(register="child"), "register 不能是 child"),
        (line(expect="maybe"), "expect 不能是 maybe"),
        (line(gold=f"{SU}#第五条"), "gold 应是若干组"),
        (line(gold=[[]]), "gold 应是若干组非空"),
        (line(must=["60万元"]), "must 应由非空字符串的列表"),
        (line(must=[["60万元", " "]]), "must 应由非空字符串的列表"),
        (line(must_not="60"), "must_not 应由非空字符串的列表"),
        (line(answer="五成"), "不认识的键 answer"),
        (line(gold=[]), "至少要有一组 gold"),
        (line(expect="refused"), "不应有 gold 或 must"),
        (line(type="unanswerable"), "unanswerable 的题目不应是 answered"),
        (line(type="false_premise", must=[]), "false_premise 的题目要有 must"),
        (line(must_not=["60万"]), "must_not 的“60万”就在 must 里"),
    ],
)
def test_a_bad_line_is_refused_with_file_and_line(written: str, said: str, tmp_path: Path) -> None:
    """The second line of the file is named, and what is wrong with it."""
    file = write(tmp_path, TABLE, written)
    with pytest.raises(CasesError) as refused:
        read_cases([file])
    assert str(refused.value).startswith("gold.jsonl:2：")
    assert said in str(refused.value)


def test_ids_and_questions_are_unique_over_all_files(tmp_path: Path) -> None:
    """The split hashes both, so a twin could be tuned on and held out; another day is another question."""
    first = write(tmp_path, line(), "", line(id="q2", as_of="2020-01-01"), name="a.jsonl")
    assert len(read_cases([first])) == 2
    same_id = write(tmp_path, line(question="另一个问题？"), name="b.jsonl")
    with pytest.raises(CasesError, match=r"^b.jsonl:1：id q1 与 a.jsonl:1 重复"):
        read_cases([first, same_id])
    same_question = write(tmp_path, line(id="q9"), name="c.jsonl")
    with pytest.raises(CasesError, match=r"^c.jsonl:1：问题与 a.jsonl:1 重复"):
        read_cases([first, same_question])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Missing, or in another encoding."""
    with pytest.raises(CasesError, match=r"无\.jsonl"):
        read_cases([tmp_path / "无.jsonl"])
    (tmp_path / "gbk.jsonl").write_bytes(line().encode("gb18030"))
    with pytest.raises(CasesError, match="不是 UTF-8"):
        read_cases([tmp_path / "gbk.jsonl"])


def test_about_a_third_is_held_out() -> None:
    """By the rule of docs/evaluation.md, computed here a second time."""
    ids = [f"q{number:04}" for number in range(3000)]
    held = [one for one in ids if split_of(one, "问？") is Split.HELD]
    assert held == [
        one for one in ids if int.from_bytes(hashlib.sha256(f"{one}|问？".encode()).digest()[:4]) % 3 == 0
    ]
    assert 900 < len(held) < 1100


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (line(gold=[[f"{SU}#第九十九条"]]), f"gold 中的 {SU}#第九十九条 不在资料库里"),
        (line(gold=[[f"{SU}#第五条", "别的办法#第一条"]]), "别的办法#第一条 不在资料库里"),
        (line(must=[["百分之四十"], ["70万元"]]), "must 中的“70万元”不在 gold 的任何条款里"),
        (line(must=[["0万元"]]), "must 中的“0万元”"),  # only part of a number
    ],
)
def test_gold_that_the_library_does_not_bear_out_is_refused(written: str, said: str, invented) -> None:
    """A clause that does not exist, a string no right answer could show."""
    with pytest.raises(CasesError) as refused:
        check_against([parse_case(written, "gold.jsonl:3")], invented)
    assert str(refused.value).startswith("gold.jsonl:3：")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "written",
    [
        *LINES,
        line(must=[["四成", "百分之四十"]]),
        line(gold=[[f"{WU}#附件/1"]], must=[["补助金额（万元）"], ["武科规〔2025〕6号"], ["2025年6月5日"]]),
        line(gold=[[f"{NING}#第六条"]], must=[["25万元"], ["未规定", "没有载明"]]),
    ],
)
def test_gold_that_the_library_bears_out_is_taken(written: str, invented) -> None:
    """Alternatives, what a page prints around a clause, and words that tell of silence."""
    assert list(problems_of(parse_case(written, "gold.jsonl:1"), invented)) == []


def test_every_mistake_is_counted(invented) -> None:
    """The first is named in full, so that one sentence is enough."""
    wrong = parse_case(line(must=[["甲"], ["乙"]]), "gold.jsonl:1")
    with pytest.raises(CasesError, match=r"“甲”.*共 2 处"):
        check_against([wrong], invented)


@pytest.mark.parametrize(
    ("gold", "right", "wrong"),
    [
        ("第六条/（一）", ("第六条", "第二章"), ("第六条/（二）", "第五条", "第一章")),
        ("第六条", ("第六条/（一）", "第六条/（二）", "第二章"), ("第十二条",)),
        ("第十二条", ("第二章",), ("第十二条之一",)),
    ],
)
def test_what_counts_as_right_for_a_gold_clause(gold: str, right, wrong, invented) -> None:
    """Itself, what encloses it, what lies inside it; never a neighbour or a clause named alike."""
    found = right_ids(f"{SU}#{gold}", invented)
    assert {f"{SU}#{path}" for path in (gold, *right)} <= found
    assert not {f"{SU}#{path}" for path in wrong} & found


def test_a_rows_table_is_around_it_though_its_path_does_not_say_so(invented) -> None:
    """Paths of rows leave the table out."""
    assert f"{WU}#附件/表" in right_ids(f"{WU}#附件/2", invented)
    assert f"{WU}#附件/1" not in right_ids(f"{WU}#附件/2", invented)
    assert right_ids(f"{WU}#没有", invented) == frozenset()


def test_the_shipped_gold_is_sound(shipped_library) -> None:
    """Every line of every file keeps the format and is borne out by the five documents."""
    files = case_files()
    cases = read_cases(files)
    check_against(cases, shipped_library)
    assert len(cases) == sum(
        bool(json.loads(one)) for file in files for one in file.read_text("utf-8").splitlines() if one
    )
    assert {case.split for case in cases} == set(Split)
