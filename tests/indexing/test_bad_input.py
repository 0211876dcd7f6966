"""Questions as people really type them: the best possible hits of the shipped corpus, or an honest none."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.cases import Split, case_files, read_cases
from indexing.index import ClauseIndex
from indexing.settings import load_settings
from indexing.types import Found, SearchFilter, SearchMode

WRITTEN = Path(__file__).resolve().parents[2] / "indexing" / "training" / "questions"


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Iterator[ClauseIndex]:
    """The five documents with everything that ships."""
    with ClauseIndex.open(load_settings({"home": tmp_path_factory.mktemp("home") / "cewen"})) as opened:
        yield opened


def ids(found: Found, depth: int = 5) -> list[str]:
    """clause_ids of the first hits."""
    return [hit.clause.clause_id for hit in found.hits[:depth]]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("托有补助多少", "托育补助多少"),
        ("养老服物包括什么", "养老服务包括什么"),
        ("建设补住标准", "建设补助标准"),
        ("嵌如式服务设施面积", "嵌入式服务设施面积"),
        ("育托服务的对象", "托育服务的对象"),
        ("申抱流程", "申报流程"),
        ("日间照科", "日间照料"),
        ("tuoyu buzhu duoshao", "托育补助多少"),
        ("yanglao补助", "养老补助"),
        ("shequ zhucan怎么建", "社区助餐怎么建"),
        ("北京市社區嵌入式服務設施補助標準", "北京市社区嵌入式服务设施补助标准"),
    ],
)
def test_a_mistyped_question_finds_what_the_right_one_does(index, typed, meant):
    """Hit by hit; what was read otherwise is told, except simplified characters."""
    found, expected = index.find_clauses(typed), index.find_clauses(meant)
    assert ids(found, 10) == ids(expected, 10) != []
    assert bool(found.notices) is (index.respelled(typed).readings != ())
    assert not expected.notices


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("囡囡放学没人看", "京发改规[2025]1号#第十四条"),
        ("伢儿没人带", "京发改规[2025]1号#第十三条"),
        ("细伢子放哪里托", "京发改规[2025]1号#第十三条"),
        ("阿公阿婆吃饭", "京发改规[2025]1号#第十五条"),
        ("老汉儿吃饭咋个整", "渝发改规范[2024]10号#附件1-1/17"),
        ("屋头老人没得人管", "京发改规[2025]1号#第十二条"),
        ("搞么子补助", "京发改规[2025]1号#第二十三条"),
        ("崽崽放学去哪", "京发改规[2025]1号#第十四条"),
    ],
)
def test_dialect_words_find_the_clause(index, asked, wanted):
    """Reviewed data: what people of several regions call the old, children, home."""
    assert wanted in ids(index.find_clauses(asked))


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("北京 补助３０％", "京发改规[2025]1号#第二十三条"),  # full-width digits
        ("北京市补助多少😀😀🏠", "京发改规[2025]1号#第二十三条"),
        ("北京市补助多少？" * 40, "京发改规[2025]1号#第二十三条"),
        ("北京市项目补助多少上限多少要什么条件谁来批多久到账", "京发改规[2025]1号#第二十三条"),  # no spaces
        ("北 京 市 补 助 多 少", "京发改规[2025]1号#第二十三条"),
        ("托", "京发改规[2025]1号#第十三条"),  # one character
        ("北京发改委补助", "京发改规[2025]1号#第二十三条"),  # an abbreviation
        ("北京补助qwertyuiop", "京发改规[2025]1号#第二十三条"),  # beside garbage
        ("您好，" * 1600 + "北京市补助多少", None),  # what is asked lies beyond what is read
        ("北京市补助多少" + "，谢谢您了" * 1000, "京发改规[2025]1号#第二十三条"),
    ],
)
def test_odd_forms_of_a_question_do_no_harm(index, asked, wanted):
    """Widths, signs, repetition, length: the right clause is among the first five, where it can be."""
    found = index.find_clauses(asked)
    assert wanted is None or wanted in ids(found)
    assert not found.notices


@pytest.mark.parametrize(
    "asked", ["㐀㐁㐂㐃", "qwertyuiop", "asdf ghjk", "？？？", "😀", "   ", "\ud800", "の"]
)
@pytest.mark.parametrize("mode", SearchMode)
def test_words_that_nobody_has_find_nothing(index, asked, mode):
    """An honest none, in every mode, rather than clauses near to nothing."""
    assert index.find_clauses(asked, mode=mode) == Found(())


def test_a_question_in_known_words_is_left_alone(index):
    """Of the gold questions and of thousands written for training, next to none is read otherwise."""
    gold = [case.question for case in read_cases(case_files()) if case.split is Split.TUNED]
    files = sorted(WRITTEN.glob("*.jsonl"))
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    other = [json.loads(line)["q"] for line in lines]
    assert len(gold) > 400
    assert len(other) > 3000
    changed = [
        question for question in gold if index.respelled(question).readings and not _has_pinyin(question)
    ]
    assert len(changed) <= len(gold) // 200
    assert sum(bool(index.respelled(question).readings) for question in other) <= len(other) // 100


def _has_pinyin(question: str) -> bool:
    return any(character.isascii() and character.islower() for character in question)


def test_reading_otherwise_respects_filters(index):
    """A mistyped question is restricted as any other."""
    found = index.find_clauses("托有", filters=SearchFilter(jurisdictions=("310000",)))
    assert {hit.clause.doc_id for hit in found.hits} == {"沪府办发[2024]25号"}
