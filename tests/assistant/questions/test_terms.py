"""Content words: what a question is about, and what of it a clause may say in parts."""

import time
from dataclasses import replace

import pytest

from assistant.questions.question import understand
from assistant.questions.terms import carried_terms, content_terms
from assistant.questions.weighing import Part, Term


def surfaces(question, library) -> list[str]:
    """Words found, in order."""
    return [term.surface for term in content_terms(understand(question, library), library)]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("北京补助上限是不是1亿元", ["补助", "上限"]),
        ("重庆的牵头部门是谁", ["牵头部门"]),
        ("重庆多长时间内要开工", ["开工"]),
        ("这项工作由谁牵头", ["牵头"]),
        ("北京的普惠类功能", ["普惠", "功能"]),
        ("每百户居民面积", ["居民", "面积"]),
        ("重庆的区县能不能自己再出个细则", ["细则"]),  # general, but nothing else is asked about
        ("北京养老服务的细则有哪些", ["养老服务"]),
        ("杭州1+N政策什么时候出", ["1+n"]),
        ("杭州宣传这块谁负责", ["宣传", "负责"]),
    ],
)
def test_what_is_asked_about(question, words, library):
    """Places, figures, interrogatives and words cut wrongly are left out."""
    assert [word for word in surfaces(question, library) if word in words] == words
    assert not {"1", "亿元", "内要", "这项", "普惠类"} & set(surfaces(question, library))


def test_wording_of_the_synonym_table_is_kept_whole(library):
    """老小区 is one thing, whatever the dictionary makes of it."""
    assert "老小区" in surfaces("老小区怎么建", library)
    assert "进度慢" in surfaces("项目进度慢怎么办", library)


def test_wording_that_asks_is_kept_where_it_says_more_than_that(library):
    """钱从哪儿来 stands in the table as 资金渠道; 补多少 only asks for a figure."""
    assert surfaces("杭州的钱从哪儿来", library) == ["钱从哪儿来"]
    assert "补多少" not in surfaces("北京补多少", library)


def test_a_deed_no_dictionary_has_is_one_word(library):
    """上牌 is what is asked for, not 上 and 牌."""
    assert "上牌" in surfaces("电瓶车上牌去哪儿办", library)


def test_a_later_question_carries_what_it_is_about(library):
    """Of "流感疫苗去哪儿打，免费吗" the second is about 疫苗 too, unless it says so itself."""
    question = replace(understand("免费吗", library), carried=("流感疫苗", "疫苗"))
    terms = content_terms(question, library)
    assert {term.surface for term in carried_terms(question, terms, library)} & {"流感疫苗", "疫苗", "流感"}
    assert carried_terms(replace(question, carried=("免费",)), terms, library) == ()


@pytest.mark.parametrize("question", ["补助" * 1000, "老人食堂" * 500, "1亿元" * 600, "导则" * 900])
def test_repetition_is_only_slow_to_read(question, ask):
    """A known word a thousand times over is read in time linear enough, without recursion."""
    started = time.process_time()
    ask(question)
    assert time.process_time() - started < 30  # wide: what it guards against takes minutes


def test_a_long_word_is_said_by_its_core():
    """托育 stands for 托育服务 nearly; 服务 alone does not."""
    term = Term("托育服务", ("托育服务",), 1.0, True, True, (Part(("托育",), 3.0), Part(("服务",), 1.0)))
    assert term.said_in_parts("开展托育") == 0.75
    assert term.said_in_parts("托育和家政服务") == 1.0
    assert term.said_in_parts("提供服务") == 0.0


def test_the_core_of_a_word_is_its_rarest_part(library):
    """What the dictionary does not know is left over and counts too."""
    (term,) = content_terms(understand("托育服务", library), library)
    assert [part.forms[0] for part in term.parts] == ["托育", "服务"]


def test_a_noun_that_ends_like_a_question_is_kept(library):
    """吧 of 网吧 asks nothing; left out, the 监督管理 of anything would answer."""
    assert "网吧" in surfaces("网吧归谁管理", library)
    assert surfaces("补助是三成吧", library) == ["补助"]


def test_after_what_it_is_to_be_weighs_less(library):
    """审查以后 only says after what 变更 is asked; where nothing else is asked it counts whole."""

    def weights(question: str) -> dict[str, float]:
        return {term.surface: term.weight for term in content_terms(understand(question, library), library)}

    alone, behind = weights("重庆实施方案能变更吗"), weights("重庆实施方案审查以后能变更吗")
    assert behind["实施方案"] < alone["实施方案"]
    assert behind["变更"] == alone["变更"]
    assert weights("重庆验收以后怎么办")["验收"] == weights("重庆怎么验收")["验收"]


def test_what_no_document_has_weighs_whole_in_a_circumstance(library):
    """跨江大桥立项后多久启动建设 is about the bridge."""
    terms = {t.surface: t for t in content_terms(understand("跨江大桥立项后多久启动建设", library), library)}
    bridge = [term for term in terms.values() if "桥" in term.surface]
    assert bridge
    assert all(term.weight > 3 for term in bridge)


def test_what_asks_for_a_summary_is_not_what_it_is_about(library):
    """总结一下 is a request; 总结 in 总结试点经验 is what documents say."""
    question = understand("总结一下国家的资金渠道", library)
    assert "总结" not in {term.surface for term in content_terms(question, library)}
