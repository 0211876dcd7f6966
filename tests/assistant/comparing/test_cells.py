"""Status, strength and quotes of a cell, decided from passages alone."""

from dataclasses import replace

import pytest

from assistant.comparing.cells import cell, focus_strengths, strongest
from assistant.comparing.passages import by_patterns
from assistant.comparing.types import Cell, CellStatus, Column, FigureNeed
from assistant.norms import Strength
from tests.comparisons import AREA, CARE, LIGHT, Readings, invented, readings, spoken

HEAD = "甲市办法\n（2025年3月1日甲市人民政府令第1号公布）\n"
REQUIRED = replace(AREA, figure=FigureNeed.REQUIRED)


def made_of(sentence, topic=CARE):
    """The cell of an invented document with one article."""
    library = invented(f"{HEAD}第一条 {sentence}\n第二条 本办法自公布之日起施行。\n")
    read, doc_id = Readings(library), library.documents[0].doc_id
    return cell(
        topic, Column("甲市", None, (doc_id,)), by_patterns(topic, [doc_id], read), read.norms, library
    )


@pytest.mark.parametrize(
    ("sentence", "status", "strength"),
    [
        ("公园应当由专业单位养护。", "有规定", "应"),
        ("公园养护不得影响居民。", "有规定", "不得"),
        ("养护公园，由街道负责。", "有规定", "陈述"),
        ("鼓励专业单位参与养护。", "原则性", "鼓励"),
        ("支持各区购置设备，开展养护。", "原则性", "支持"),
        ("坚持养护和建设并重。", "原则性", "支持"),
        ("鼓励购置设备。养护应当记录。", "有规定", "应"),
        ("在鼓励社会参与的前提下，养护由街道负责。", "有规定", "陈述"),
        ("养护按照《丙市养护导则》执行。", "指向库外", "陈述"),
        ("养护按照国家有关标准执行。", "指向库外", "陈述"),
        ("停车收费按小时计算。", "未检出规定", None),
        ("养护方案原则上不得变更。", "有规定", "原则上"),
        ("在确保安全前提下，允许街道调整养护时间，开展养护。", "有规定", "可"),
        ("养护方案作较大变更的，应当报批。", "有规定", "应"),
        ("按需配置设备，养护由街道负责。", "有规定", "陈述"),
        ("建设老少皆宜的公园，开展养护。", "有规定", "陈述"),
        ("鼓励企业出资，将闲置设备优先用于养护。", "原则性", "鼓励"),
        ("各区可优先安排养护。", "有规定", "可"),
        ("养护记录不得缺漏，由街道养护。", "有规定", "不得"),
    ],
)
def test_status_follows_the_wording(sentence, status, strength):
    """鼓励 reaches over the parts behind it; a condition governs nothing."""
    found = made_of(sentence)
    assert (found.status.value, found.strength and found.strength.value) == (status, strength)


def test_who_acts_stands_beside_the_cell():
    """The bodies a sentence names are its own, in its order; 压实 and 文化和旅游 are read as they are."""
    found = made_of("文化和旅游部、市园林局要做好养护，压实地方政府责任。")
    assert found.bodies == ("文化和旅游部", "市园林局")


def test_words_where_the_topic_is_a_figure_are_only_principle():
    """With a figure it is regulated, however weakly worded."""
    assert made_of("绿化面积由各区确定。", REQUIRED).status is CellStatus.IN_PRINCIPLE
    found = made_of("鼓励绿化面积达到不少于30平方米。", REQUIRED)
    assert (found.status, len(found.figures)) == (CellStatus.REGULATED, 1)


def test_a_document_beyond_the_library_is_named():
    """What it is called is in the cell, for the reader to fetch."""
    found = made_of("照明应当符合《丙市照明导则》要求。", LIGHT)
    assert (found.status, found.cited) == (CellStatus.ELSEWHERE, ("丙市照明导则",))


def test_silence_has_neither_quote_nor_figure():
    """And no cell can be built otherwise."""
    found = made_of("停车收费按小时计算。")
    assert (found.quotes, found.figures, found.strength) == ((), (), None)
    with pytest.raises(ValueError, match="0 quotes"):
        Cell("甲市", CellStatus.REGULATED)
    with pytest.raises(ValueError, match="1 quotes"):
        Cell("甲市", CellStatus.NOT_FOUND, quotes=spoken("甲市").quotes)


def test_quotes_are_verbatim():
    """Each stands in its document where it says it does."""
    read = readings()
    for doc_id in ("国办发[2025]9号", "苏州市口袋公园管理办法@2025-03-01"):
        column = Column("某", None, (doc_id,))
        found = cell(AREA, column, by_patterns(AREA, [doc_id], read), read.norms, read.library)
        for quote in found.quotes:
            one = quote.citation
            assert read.library.document(doc_id).text[one.start : one.end] == one.quote


def test_the_most_binding_counts():
    """不得 and 应 above 原则上, 鼓励 last; None of nothing."""
    assert strongest([Strength.ENCOURAGED, Strength.IN_PRINCIPLE, Strength.MUST]) is Strength.MUST
    assert strongest([]) is None


def test_each_part_has_its_own_strength():
    """Of one sentence one part may bind and the next only encourage."""
    read = Readings(
        invented("甲市办法\n（2025年3月1日甲市人民政府令第1号公布）\n第一条 养护应当记录，鼓励志愿养护。\n")
    )
    doc_id = read.library.documents[0].doc_id
    (passage,) = by_patterns(CARE, [doc_id], read)
    assert focus_strengths(passage) == [Strength.MUST, Strength.ENCOURAGED]


def test_bodies_are_those_printed():
    """责任单位 of the clause."""
    found = made_of("公园应当养护。（责任单位：市园林局、各区政府）")
    assert found.bodies == ("市园林局", "各区政府")
