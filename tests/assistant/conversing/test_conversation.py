"""Follow-ups become complete questions; complete ones are left as they are."""

from dataclasses import replace

import pytest

from assistant.conversing.conversation import Conversation, Turn, resolve, turn_of
from assistant.types import AnswerStatus
from tests.assistant.conftest import AS_OF

SUBSIDY = Turn("北京补助上限是多少？", "北京补助上限是多少？", (("京发改规[2025]1号", "第二十三条"),))
PILOTS = Turn(
    "上海先在多少个社区先行先试？", "上海先在多少个社区先行先试？", (("沪府办发[2024]25号", "结尾段"),)
)
AREA = Turn(
    "杭州新建试点社区每百户面积是多少？",
    "杭州新建试点社区每百户面积是多少？",
    (("杭政办函[2024]11号", "三/（一）"),),
)
CLAUSE = Turn(
    "重庆市管理办法第十五条第一款怎么规定？",
    "重庆市管理办法第十五条第一款怎么规定？",
    (("渝发改规范[2024]10号", "附件2/第十五条/第一款"),),
)
GRANTS = Turn(
    "重庆对街道养老服务中心补多少钱？",
    "重庆对街道养老服务中心补多少钱？",
    (("渝发改规范[2024]10号", "附件1-1/21"),),
)
OPERATORS = Turn(
    "谁可以在北京当运营主体？", "谁可以在北京当运营主体？", (("京发改规[2025]1号", "第三十一条"),)
)
CITIES = Turn(
    "国家要求每个城市选多少个社区试点？",
    "国家要求每个城市选多少个社区试点？",
    (("国办函[2023]121号", "一/第6段"),),
)
_ITEM = Turn(
    "国家方案第（九）项讲什么？", "国家方案第（九）项讲什么？", (("国办函[2023]121号", "三/（九）"),)
)
_CANTEENS = Turn("水电呢？", "重庆老年食堂，水电怎么规定？", (("渝发改规范[2024]10号", "附件1-1/17"),))
_CHANGES = Turn(
    "下一条呢？",
    "渝发改规范〔2024〕10号附件2第十一条怎么规定？",
    (("渝发改规范[2024]10号", "附件2/第十一条"),),
)
_START = Turn(
    "从什么时候开始考核？", "重庆启动，从什么时候开始考核？", (("渝发改规范[2024]10号", "附件2/第十二条"),)
)
WEATHER = Turn("今天天气怎么样？", "今天天气怎么样？")
UNHELD = Turn(
    "《城市社区嵌入式服务设施建设导则（试行）》规定了什么？",
    "《城市社区嵌入式服务设施建设导则（试行）》规定了什么？",
)


@pytest.mark.parametrize(
    ("before", "asked", "resolved"),
    [
        (SUBSIDY, "那上海呢？", "上海补助上限是多少？"),
        (Turn("北京补助多少？", "北京补助多少？"), "我说的是比例", "北京补助比例多少？"),
        (Turn("杭州托育有什么要求？", "杭州托育有什么要求？"), "面积呢？", "杭州托育，面积怎么规定？"),
        (SUBSIDY, "广州有吗？", "广州补助上限是多少？"),
        (SUBSIDY, "和上海比呢？", "北京和上海补助上限是多少？"),
        (SUBSIDY, "国家层面呢？", "国家层面补助上限是多少？"),
        (SUBSIDY, "有效期多久？", "京发改规〔2025〕1号有效期多久？"),
        (PILOTS, "谁牵头？", "上海社区先行先试谁牵头？"),
        (AREA, "既有的呢？", "杭州既有试点社区每百户面积是多少？"),
        (AREA, "责任单位是谁？", "杭政办函〔2024〕11号三、（一）的责任单位是谁？"),
        (CLAUSE, "第二款呢？", "重庆市管理办法第十五条第二款怎么规定？"),
        (CLAUSE, "第八条呢？", "重庆市管理办法第八条怎么规定？"),
        (CLAUSE, "上一条呢？", "重庆市管理办法第十四条怎么规定？"),
        (CLAUSE, "下一条第二款呢？", "重庆市管理办法第十六条第二款怎么规定？"),
        (SUBSIDY, "那重庆有这个上限吗？", "重庆补助上限是多少？"),
        (SUBSIDY, "刚才那条的原文发我看看", "京发改规〔2025〕1号第二十三条的原文是什么？"),
        (GRANTS, "社区养老服务站呢？", "重庆对社区养老服务站补多少钱？"),
        (UNHELD, "它的文号是多少？", "《城市社区嵌入式服务设施建设导则（试行）》的文号是多少？"),
        (SUBSIDY, "为什么？", "北京补助上限是多少，为什么？"),
        (SUBSIDY, "国家也是这样吗？", "国家层面补助上限是多少？"),
        (SUBSIDY, "国家层面谁来管这件事？", "国家层面谁来管上限？"),
        (OPERATORS, "他们能不能收费？", "北京运营主体能不能收费？"),
        (CITIES, "上海呢？", "上海要求选多少个社区试点？"),
    ],
)
def test_a_follow_up_is_completed(before, asked, resolved, library):
    """With the place, document, clause or subject that it leaves unsaid."""
    read = resolve(asked, (before,), library)
    assert (read.question, read.is_followup, read.cited) == (resolved, True, before.cited)


@pytest.mark.parametrize(
    "asked",
    [
        "杭州谁牵头？",
        "上海能用长护险吗？",
        "京发改规〔2025〕1号第七条怎么规定？",
        "社区嵌入式服务设施主要提供哪些服务？",
        "国家方案要求选多少个试点城市？",
        "量子计算机怎么买？",
    ],
)
def test_a_complete_question_is_not_bent(asked, library):
    """It names its place, its document or the field, or leaves the field."""
    read = resolve(asked, (SUBSIDY,), library)
    assert (read.question, read.is_followup, read.problem) == (asked, False, None)


@pytest.mark.parametrize("asked", ["那上海呢？", "第二款呢？", "为什么？", "它的文号是多少？"])
def test_a_reference_to_nothing_gets_a_sentence(asked, library):
    """What to do is said; nothing is guessed."""
    read = resolve(asked, (), library)
    assert read.problem is not None
    assert asked in read.problem
    assert "写完整" in read.problem


def test_what_is_off_topic_is_passed_over(library):
    """The weather between two questions does not change what the next one leans on."""
    assert resolve("那上海呢？", (SUBSIDY, WEATHER), library).question == "上海补助上限是多少？"


def test_an_aside_on_the_document_leaves_the_matter_where_it_was(library):
    """怎么申请 behind 有效期多久 asks of the subsidy; behind a document named there, of that."""
    aside = Turn("有效期多久？", "京发改规〔2025〕1号有效期多久？")
    assert resolve("怎么申请？", (SUBSIDY, aside), library).question == "北京上限怎么申请？"
    named = Turn("上海的方案哪年发的？", "上海的方案哪年发的？")
    assert "北京" not in resolve("谁牵头？", (SUBSIDY, named), library).question


def test_a_question_that_says_its_own_matter_is_also_read_without_the_last_one(library):
    """谁负责运营 behind 面积有什么要求 asks of that place, perhaps of nothing else said there."""
    asked = Turn("杭州对面积有什么要求？", "杭州对面积有什么要求？")
    assert "杭州谁负责运营？" in resolve("谁负责运营？", (asked,), library).readings


def test_what_is_put_to_be_confirmed_keeps_the_word_that_asks(library):
    """上限是1亿元吧 behind a subsidy asks to confirm; it is not turned into 怎么规定."""
    assert resolve("是1亿元吧？", (SUBSIDY,), library).question.endswith("是1亿元吧？")
    claim = "重庆市住房城乡建设委负责用地审批，是吧？"
    assert resolve(claim, (SUBSIDY,), library).question == claim


def test_long_texts_are_read_as_they_are(library):
    """A page of text says itself what it is about, and is not searched for references."""
    text = "那上海呢？" * 100
    assert resolve(text, (SUBSIDY,), library).question == text


def test_an_answer_carries_what_was_resolved(assistant, ask):
    """`ask` keeps the question as typed, says what it answered, and the next turn leans on that."""
    first = ask("杭州新建试点社区每百户居民面积标准是多少？")
    second = assistant.ask("既有的呢？", as_of=first.as_of, history=(turn_of(first),))
    assert (second.question, second.resolved) == ("既有的呢？", "杭州既有试点社区每百户居民面积标准是多少？")
    assert "60平方米" in second.text
    third = assistant.ask(
        "重庆呢？", as_of=first.as_of, history=Conversation().after(first).after(second).turns
    )
    assert third.resolved is not None
    assert third.resolved.startswith("重庆既有")
    assert first.resolved is None


def test_nothing_before_is_an_answer_without_basis(ask):
    """Also where the caller keeps no turns at all."""
    answer = ask("那上海呢？")
    assert answer.status is AnswerStatus.NO_BASIS
    assert answer.statements == ()
    assert len(answer.missing) == 1


def test_a_conversation_forgets_what_is_long_ago(ask):
    """It keeps the last twenty turns."""
    answer = replace(ask("北京补助上限是多少？"), question="问")
    talk = Conversation()
    for _ in range(25):
        talk = talk.after(answer)
    assert len(talk.turns) == 20


@pytest.mark.parametrize("text", ["国家层面谁来管这件事？", "北京的办法管几年？", "全国所有城市都要开展吗？"])
def test_a_whole_question_needs_nothing_before_it(text, library):
    """A place and a question of its own are no fragment."""
    read = resolve(text, (), library)
    assert (read.question, read.problem) == (text, None)


def test_another_subject_leaves_the_last_one_behind(library):
    """换个话题 says so itself, and is no word of the question."""
    read = resolve("换个话题，北京的办法管几年？", (SUBSIDY,), library)
    assert (read.question, read.is_followup) == ("北京的办法管几年？", False)


def test_where_the_question_finds_nothing_it_leans_on_an_older_one(library):
    """Only where it names no thing of its own: 停车费多少 is not asked of an older turn."""
    other = Turn(
        "重庆合格了有什么好处？",
        "重庆合格了有什么好处？",
        (("渝发改规范[2024]10号", "附件2/第十五条/第二款"),),
    )
    older = Turn("重庆的运营考核分几个等级？", "重庆的运营考核分几个等级？")
    assert "重庆的运营考核分谁来评？" in resolve("谁来评？", (older, other), library).readings
    assert resolve("停车费多少？", (older, other), library).further == ()


@pytest.mark.parametrize(
    ("asked", "before", "complete"),
    [
        ("不对，我问的是重庆。", "北京不合格的项目会怎样？", "重庆不合格的项目会怎样？"),
        ("不对，我问的是综合体的面积。", "重庆服务功能要几项？", "重庆综合体的面积怎么规定？"),
        ("分别是哪些？", "杭州试点社区要具备几类服务功能？", "杭州试点社区要具备哪些服务功能？"),
        ("上海的场地呢？", "北京场地要钱吗？", "上海场地要钱吗？"),
        ("杭州也有类似的规定吗？", "重庆容积率有什么奖励？", "杭州容积率有什么奖励？"),
        ("托育呢？", "北京市儿童托管面向多大的孩子？", "北京市托育面向多大的孩子？"),
    ],
)
def test_what_was_meant_is_put_into_the_question_before(asked, before, complete, library):
    """Corrected by the user, counted before it is listed, or named again of another place."""
    assert resolve(asked, (Turn(before, before),), library).question == complete


@pytest.mark.parametrize(
    ("asked", "before", "complete"),
    [
        ("下一条呢？", "北京办法第二十一条写了什么？", "北京办法第二十二条写了什么？"),
        ("上一条呢？", "北京办法第二十条写了什么？", "北京办法第十九条写了什么？"),
        ("再下一款呢？", "北京办法第七条第二款写了什么？", "北京办法第七条第三款写了什么？"),
        ("有效期呢？", "北京市的补助上限是多少？", "北京市有效期呢？"),
    ],
)
def test_the_next_clause_and_the_document_itself(asked, before, complete, library):
    """Counted on from the one named; 有效期 is of the document, whatever was asked of it."""
    assert resolve(asked, (Turn(before, before),), library).question == complete


def test_another_place_is_not_asked_by_the_address_of_a_clause(library):
    """上海的二、（七） is no clause of Hangzhou: what was asked before that is asked of it."""
    first = Turn("上海的长护险怎么规定？", "上海的长护险怎么规定？", (("沪府办发[2024]25号", "二/（七）"),))
    second = Turn("责任单位有哪些？", "沪府办发〔2024〕25号二、（七）的责任单位有哪些？", first.cited)
    assert resolve("杭州呢？", (first, second), library).question == "杭州的长护险怎么规定？"


def test_a_question_that_leans_is_answered_of_what_it_leans_on(assistant):
    """不合格的 of the assessment, though 重庆 alone says nothing; its own words must be answered."""
    first = assistant.ask("重庆运营考核评估分几个等级？", as_of=AS_OF)
    then = assistant.ask("不合格的怎么处理？", as_of=AS_OF, history=(turn_of(first),))
    assert "三个月" in then.text
    other = assistant.ask("停车费多少？", as_of=AS_OF, history=(turn_of(first),))
    assert other.status is AnswerStatus.NO_BASIS


@pytest.mark.parametrize(
    ("asked", "before", "resolved"),
    [
        ("重庆对此怎么规定？", OPERATORS, "重庆对运营主体怎么规定？"),
        ("上一条呢？", SUBSIDY, "京发改规〔2025〕1号第二十二条怎么规定？"),
        ("下一项呢？", _ITEM, "国家方案第十项讲什么？"),
        ("房租呢？", _CANTEENS, "重庆老年食堂，房租怎么规定？"),
        ("能改吗？", _CHANGES, "渝发改规范〔2024〕10号附件2第十一条，能改吗？"),
        ("不按期启动会怎样？", _START, "重庆不按期启动会怎样？"),
    ],
)
def test_what_it_is_of_is_kept(asked, before, resolved, library):
    """对此 is the thing before; clauses are counted from the one cited; 房租 stands beside 水电."""
    assert resolve(asked, (before,), library).question == resolved


def test_a_deed_is_no_subject_of_another_thing(library):
    """还能拿其他市级资金吗 behind 钱什么时候下达 is no question of 下达."""
    before = Turn("北京钱什么时候下达？", "北京钱什么时候下达？", (("京发改规[2025]1号", "第二十五条"),))
    read = resolve("还能再拿其他市级资金吗？", (before,), library)
    assert read.readings == ("北京还能再拿其他市级资金吗？",)


def test_what_it_costs_is_asked_of_something(library):
    """要收多少钱 is not asked of the place alone, where another sum may stand."""
    before = Turn("北京给残疾人送餐吗？", "北京给残疾人送餐吗？", (("京发改规[2025]1号", "第十五条"),))
    assert "北京要收多少钱？" not in resolve("要收多少钱？", (before,), library).readings
