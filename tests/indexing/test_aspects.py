"""What is asked of a document itself: read from the question, found in the frame, first among the hits."""

from pathlib import Path

import pytest

from indexing.aspects import asked_letters, subject_words
from indexing.index import ClauseIndex
from indexing.settings import load_settings
from tests.hashing_encoder import HashingEncoder
from tests.indexing.state_helpers import doc_id, make_settings, policy

BEIJING, SHANGHAI = "京发改规[2025]1号", "沪府办发[2024]25号"
HANGZHOU, NATION = "杭政办函[2024]11号", "国办函[2023]121号"


@pytest.mark.parametrize(
    ("question", "letters"),
    [
        ("文号和成文日期", "NI"),
        ("什么时候印发", "P"),
        ("有效期到哪天", "XE"),
        ("能用到哪年", "XE"),
        ("全称是什么", "T"),
        ("抄送哪些单位", "R"),
        ("这个方案是哪天印的", "I"),
        ("上海方案什么时候开始的", "E"),
        ("这个办法从哪天起管用", "E"),
        ("方案里的试点什么时候开始", ""),
        ("这个文是哪几家联合发的", "A"),
        ("补助多少万元", ""),
        ("建设标准是什么", ""),
    ],
)
def test_what_is_asked_of_a_document_is_read(question, letters):
    """A letter for each; none where the rules are asked about."""
    assert asked_letters(question) == letters


def test_a_subject_is_what_a_title_would_have_to_say():
    """Words that only ask, or that every document has, are none."""
    assert subject_words("那份社区食堂补助办法是哪年发的") == {"社区", "食堂", "补助"}
    assert subject_words("现在的文号是多少") == frozenset()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The five documents."""
    home = tmp_path_factory.mktemp("home") / "cewen"
    with ClauseIndex.open(load_settings({"home": home})) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("北京的管理办法文号是什么", {f"{BEIJING}#发文字号"}),
        ("沪府办发〔2024〕25号哪天成文", {f"{SHANGHAI}#落款", f"{SHANGHAI}#正文/落款"}),
        ("杭州的方案什么时候印发的", {f"{HANGZHOU}#版记"}),
        ("杭州方案主送谁", {f"{HANGZHOU}#主送"}),
        ("国办函〔2023〕121号的全称", {f"{NATION}#标题"}),
        ("杭州的实施方案什么时候开始施行", {f"{HANGZHOU}#结尾段"}),
        ("北京那个办法有效期到什么时候", {f"{BEIJING}#第三十六条"}),
        ("北京办法第十五条讲的什么", {f"{BEIJING}#第十五条"}),
        ("《北京市社区嵌入式服务设施项目建设运营管理办法》第三十一条", {f"{BEIJING}#第三十一条"}),
    ],
)
def test_the_clause_that_says_it_comes_first(index, question, expected):
    """Also 发文字号 and 标题, which no other question finds; within the first five, the first among them."""
    found = [hit.clause.clause_id for hit in index.search(question, top_k=5)]
    assert expected <= set(found)
    assert found[0].partition("#")[0] == next(iter(expected)).partition("#")[0]


@pytest.mark.parametrize(
    "question",
    [
        "北京的补助什么时候开始执行",
        "杭州社区食堂由谁印发菜单",
        "社区嵌入式服务设施建设补助的标准",
        "广州的方案文号",
    ],
)
def test_a_question_about_rules_is_left_alone(index, question):
    """No frame text is lifted over the clauses that rule, nor is one of another place's document."""
    for hit in index.search(question, top_k=10):
        assert not hit.clause.path.endswith(("发文字号", "标题"))


def test_the_article_of_a_law_that_is_not_held_is_no_article_of_ours(index):
    """《民法典》第十五条 names no clause of Beijing's, though Beijing is named."""
    hits = index.search("按照《民法典》第十五条，北京的项目补助多少")
    assert hits[0].clause.clause_id == f"{BEIJING}#第二十三条"


def test_it_holds_for_any_document(tmp_path: Path):
    """Nothing about the shipped ones is known to the code."""
    settings = make_settings(tmp_path, [policy(), policy("上海市", 2, "托育服务", 80)])
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as opened:
        for question, path in (("托育服务补助办法的文号", "发文字号"), ("上海的办法何时发布", "落款")):
            assert opened.search(question, top_k=1)[0].clause.clause_id == f"{doc_id('上海市', 2)}#{path}"
        (first, *_) = opened.search("上海办法第三条")
        assert first.clause.clause_id.startswith(f"{doc_id('上海市', 2)}#第三条")
        assert opened.search("上海托育服务补助多少万元")[0].clause.path.startswith("第三条")
