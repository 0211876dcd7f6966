"""Places, kinds and bad input in a question."""

import time

import pytest

from assistant.questions.question import MAX_CHARS, understand
from indexing.asking import Kind
from indexing.aspects import Aspect


@pytest.mark.parametrize(
    ("question", "jurisdictions"),
    [
        ("北京市补助多少", ("110000",)),
        ("杭州怎么建", ("330100",)),
        ("余杭区怎么建", ("330100",)),
        ("余杭能补吗", ("330100",)),
        ("渝中区的养老站", ("500000",)),
        ("浦东新区和海淀区", ("310000", "110000")),
        ("国家层面怎么规定", ("000000",)),
        ("国家对资金有什么规定", ("000000",)),
        ("上海和杭州分别怎么规定", ("310000", "330100")),
        ("沪杭两地有什么不同", ("310000", "330100")),
        ("浙江省杭州市余杭区", ("330100",)),
        ("本市补助多少", ()),
        ("北京东路上的设施", ()),
        ("渝邻汇是什么", ()),
        ("中央预算内投资怎么申请", ()),
        ("国家试点怎么争取", ()),
    ],
)
def test_places_named_are_jurisdictions_of_the_library(question, jurisdictions, library):
    """Short names, districts and abbreviations; roads, brands and 本市 are none."""
    understood = understand(question, library)
    assert understood.jurisdictions == jurisdictions
    assert understood.absent == ()


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("广州补助多少", ("440100",)),
        ("成都市和苏州", ("510100", "320500")),
        ("浙江省怎么规定", ("330000",)),
        ("昆山市的食堂", ("320583",)),
        ("宁波呢", ("330200",)),
    ],
)
def test_places_outside_the_library_are_named_as_absent(question, absent, library):
    """A province above a city of ours is absent too; we hold the city only."""
    understood = understand(question, library)
    assert (understood.jurisdictions, understood.absent) == ((), absent)


@pytest.mark.parametrize(
    "question", ["各市怎么规定", "四个城市的面积标准", "哪个城市补助最高", "几个城市的不同"]
)
def test_all_cities_are_asked(question, library):
    """A question about every city names none."""
    assert understand(question, library).all_cities


@pytest.mark.parametrize("question", ["城市社区怎么建", "各区怎么做", "试点社区有哪些", "北京和各区"])
def test_not_every_city_word_asks_for_all(question, library):
    """城市社区 and 各区 do not."""
    assert not understand(question, library).all_cities


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("补助多少", Kind.FIGURE),
        ("不少于几项", Kind.FIGURE),
        ("什么时候启动", Kind.DATE),
        ("哪个部门负责", Kind.BODY),
        ("可以是自然人吗", Kind.YES_NO),
        ("有哪些程序", Kind.LIST),
        ("养老服务", Kind.OTHER),
    ],
)
def test_the_kind_of_answer_wanted(question, kind, library):
    """What would count as an answer."""
    assert kind in understand(question, library).kinds


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("北京的办法什么时候施行", Aspect.EFFECTIVE),
        ("有效期几年", Aspect.EXPIRY),
        ("文号是什么", Aspect.NUMBER),
        ("哪些部门联合印发的", Aspect.AUTHORITY),
        ("印发日期", Aspect.PRINTED),
        ("成文日期", Aspect.ISSUED),
    ],
)
def test_questions_about_the_document_itself(question, aspect, library):
    """施行日期, 有效期, 文号 and the like."""
    assert aspect in understand(question, library).aspects


def test_traditional_and_full_width_forms_are_read(library):
    """臺 and ３０ are the same words."""
    understood = understand("北京市對社區嵌入式服務設施項目補助多少？３０％", library)
    assert understood.folded == "北京市对社区嵌入式服务设施项目补助多少?30%"
    assert understood.jurisdictions == ("110000",)


@pytest.mark.parametrize("question", ["", "  \n", "？？！", "😀🎉", "\ud800", "……——"])
def test_nothing_to_read_is_blank(question, library):
    """Punctuation, emoji and a lone surrogate are no question."""
    understood = understand(question, library)
    assert understood.is_blank
    understood.text.encode("utf-8")


def test_a_long_text_is_cut_at_once(library):
    """100,000 characters are read up to the limit; what lies beyond costs nothing to speak of."""
    started = time.process_time()
    understood = understand("北京市补助多少，" * 12_500, library)
    assert time.process_time() - started < 30  # wide: what it guards against takes minutes
    assert understood.is_cut
    assert len(understood.folded) <= MAX_CHARS


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("北京不补助哪些项目？", "补助"),
        ("哪些情形不予支持？", "支持"),
        ("口袋公园里不能建什么？", "建"),
        ("哪些项目没有补助？", "补助"),
        ("什么人拿不到补助？", "补助"),
        ("运营主体能不能是自然人？", None),
        ("服务功能不少于几项？", None),
        ("面积不低于多少？", None),
        ("评估不合格的怎么办？", None),
        ("有没有哪些补助？", None),
        ("不动产登记由谁办理？", None),
        ("哪些项目有补助？", None),
    ],
)
def test_what_is_not_is_told_from_measures(question, negated, library):
    """不补助哪些 negates what is asked; 不少于几项 and 能不能 do not."""
    assert understand(question, library).negated == negated


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("国家允许放宽场地面积要求吗？", False),
        ("国家允许放宽多少面积？", True),
        ("北京补助上限是1亿元吗？", True),
    ],
)
def test_a_verdict_on_a_measure_wants_no_figure(text, wants, library):
    """Unless the question says how much, or doubts an amount."""
    assert (Kind.FIGURE in understand(text, library).kinds) is wants
