"""What a clause with its phrasings leaves unsaid: by kind of word and where it stands in the question."""

import pytest

from assistant.judging.heard import Heard, heard
from assistant.library import Library
from assistant.questions.question import understand
from assistant.questions.terms import content_terms
from assistant.service import PolicyAssistant

BEIJING, CHONGQING, SHANGHAI = "京发改规[2025]1号", "渝发改规范[2024]10号", "沪府办发[2024]25号"


@pytest.fixture(scope="module")
def phrased(assistant: PolicyAssistant) -> Library:
    """The five documents with the ways of asking that are shipped for them."""
    index = assistant.index
    return Library(index.documents(), index.clauses(), index.phrasings_of)


def _heard(text: str, doc_id: str, path: str, library: Library) -> Heard:
    question = understand(text, library)
    clause = library.clause(doc_id, path)
    assert clause is not None
    return heard(question.body, content_terms(question, library), clause, library)


@pytest.mark.parametrize(
    ("text", "doc_id", "path"),
    [
        ("重庆驾校考核分几个等级", CHONGQING, "附件2/第十五条"),
        ("重庆的KTV房产税有补贴吗", CHONGQING, "附件1-1/23"),
        ("北京建一座地铁站补助多少", BEIJING, "第二十三条"),
        ("北京电瓶车上牌去哪儿办", BEIJING, "第十六条"),
    ],
)
def test_a_thing_nothing_here_has_a_word_for_is_foreign(text, doc_id, path, library):
    """驾校, KTV, 地铁站 name another thing, 上牌 another deed."""
    assert _heard(text, doc_id, path, library).foreign > 2


@pytest.mark.parametrize(
    ("text", "doc_id", "path"),
    [
        ("重庆运营考核分几个等级", CHONGQING, "附件2/第十五条"),
        ("北京的街坊有难题谁来管", BEIJING, "第四条"),
        ("北京能请保姆吗", BEIJING, "第十六条"),
    ],
)
def test_words_of_the_documents_and_of_every_day_are_not_foreign(text, doc_id, path, library):
    """街坊 and 难题 name nothing that could be regulated; 保姆 stands in a document."""
    assert _heard(text, doc_id, path, library).foreign == 0


def test_the_word_beside_what_asks_counts(library):
    """礼品 is what is asked of 积分; 积分 itself is said."""
    asked = _heard("杭州社区积分能换什么礼品", "杭政办函[2024]11号", "三/（五）/2", library).asked
    assert asked > 3
    assert _heard("北京补助多少", BEIJING, "第二十三条", library).asked < 0.5


def test_a_noun_of_one_character_is_asked_for(library):
    """考什么证 is answered where a word ends in 证 only."""
    assert _heard("自然人当运营主体要考什么证", BEIJING, "第三十一条", library).short == 1
    assert _heard("运营主体应当依法登记吗", BEIJING, "第三十一条", library).short == 0
    assert _heard("运营主体能干什么事", BEIJING, "第三十一条", library).short == 0


def test_where_to_go_is_told_or_not(library):
    """A platform or a window is a place to go; a clause that only lists services tells none."""
    assert _heard("北京电动自行车去哪里登记", BEIJING, "第十六条", library).where == 1
    assert _heard("北京的建设进度在哪里报", BEIJING, "第二十七条", library).where == 0
    assert _heard("北京的设施建在哪里", BEIJING, "第八条", library).where == 0


def test_phrasings_say_what_the_clause_does_not(phrased, library):
    """The reviewed ways of asking are heard with the clause; without them the clause speaks alone."""
    text = "腿脚不便的老人能让人把饭送上门吗"
    with_them = _heard(text, BEIJING, "第十五条", phrased)
    without = _heard(text, BEIJING, "第十五条", library)
    assert with_them.coverage > without.coverage
    assert with_them.unsaid < without.unsaid


def test_nothing_asked_is_nothing_unsaid(library):
    """No terms: all zeros."""
    clause = library.clause(BEIJING, "第一条")
    assert heard("", (), clause, library) == Heard()


@pytest.mark.parametrize(
    ("text", "doc_id", "path", "lacks"),
    [
        ("上海宝宝屋怎么预约", SHANGHAI, "二/（七）", True),
        ("上海怎么预约社区服务", SHANGHAI, "三/（十）", False),
        ("重庆残联办补贴要带什么", CHONGQING, "附件2/第四条", True),
        ("上海合格供应商名录里有哪几家公司", SHANGHAI, "三/（八）", True),
        ("哪里能看到上海的典型案例", SHANGHAI, "结尾段", True),
        ("钱从哪里来", SHANGHAI, "一/（四）", False),
        ("内容变了找哪里办手续", BEIJING, "第二十八条", False),
    ],
)
def test_what_is_asked_for_by_name_must_be_told(text, doc_id, path, lacks, phrased):
    """A way to book, papers, companies by name and a place to look: another thing about it is no answer."""
    assert _heard(text, doc_id, path, phrased).lacks is lacks
