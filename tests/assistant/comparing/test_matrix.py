"""Whole comparisons: of invented documents, and of the five shipped ones."""

from datetime import date

import pytest

from assistant.comparing.columns import columns_of
from assistant.comparing.matrix import Bench, compare
from assistant.comparing.passages import Readings
from assistant.comparing.reviews import Check
from assistant.comparing.topics import shipped_topics
from assistant.comparing.types import SAID, CellStatus, Relation
from assistant.errors import ReviewError, TopicError
from assistant.service import PolicyAssistant
from assistant.verification.verifying import first_stranger
from indexing.errors import UnknownDocument
from indexing.settings import load_settings
from tests.comparisons import AREA, CARE, DAY, LIGHT, NATION, SEATS, SUZHOU, NoSearch, invented, readings


@pytest.fixture(scope="module")
def compared():
    """Four topics over a nation and three cities."""
    read = readings()
    columns, notes = columns_of(read.library, (), (), DAY)
    return compare([AREA, CARE, SEATS, LIGHT], columns, notes, Bench(read, NoSearch(), DAY))


def row(compared, topic):
    """Column → (status, relation) of a row."""
    found = next(one for one in compared.rows if one.topic == topic)
    told = zip(found.cells, found.relations, strict=True)
    return {cell.column: (cell.status.value, relation and relation.value) for cell, relation in told}


def test_each_city_stands_beside_the_nation(compared):
    """Higher is stricter, another basis incomparable, silence nothing."""
    assert row(compared, AREA) == {
        "国家": ("有规定", None),
        "南京市": ("有规定", "不可比"),
        "无锡市": ("未检出规定", None),
        "苏州市": ("有规定", "严于"),
    }
    assert row(compared, SEATS)["苏州市"] == ("有规定", "严于")  # 设置 beside 原则上设置
    assert row(compared, CARE)["苏州市"] == ("有规定", "等于")
    assert row(compared, CARE)["南京市"] == ("原则性", "不可比")
    assert row(compared, LIGHT) == {
        "国家": ("未检出规定", None),
        "南京市": ("指向库外", "国家未规定"),
        "无锡市": ("未检出规定", None),
        "苏州市": ("未检出规定", None),
    }


def test_what_is_said_of_a_row_is_cited_and_silence_is_apart(compared):
    """A statement a column that speaks, one sentence on those that do not."""
    first = compared.rows[0]
    said = "国家：“口袋公园绿化面积平均不少于30平方米”；“支持有条件的城市达到不少于80平方米”。"
    assert first.summary[0].text == said
    assert any("苏州市严于国家" in one.text for one in first.summary)
    assert any(one.text.startswith("⚠南京市与国家口径不同") for one in first.summary)
    assert first.silent == ("无锡市：未检出规定，待人工确认。",)


def test_the_table_is_summed_up_with_citations(compared):
    """Who is stricter, whose figures differ, who alone speaks."""
    texts = [one.text for one in compared.summary]
    assert any(text.startswith("绿化面积：苏州市严于国家") for text in texts)
    assert any(text.startswith("照明：只检出南京市写明按库外文件执行") for text in texts)
    assert all(one.citations for one in compared.summary)


def test_without_national_text_nothing_is_related():
    """And a note says why."""
    read = readings()
    columns, notes = columns_of(read.library, ("320500", "320100"), (), DAY)
    bench = Bench(read, NoSearch(), DAY, has_named_documents=True)
    found = compare([AREA], columns, notes, bench)
    assert found.rows[0].relations == (None, None)
    assert "所选文件中没有国家层面的现行文件，“相对国家”一栏留空。" in found.notes


def test_the_nation_counts_though_it_is_not_shown():
    """The note names the document."""
    read = readings()
    columns, notes = columns_of(read.library, ("320500", "320100"), (), DAY)
    found = compare([AREA], columns, notes, Bench(read, NoSearch(), DAY))
    assert found.rows[0].relations == (Relation.STRICTER, Relation.INCOMPARABLE)
    assert any("《国务院办公厅关于加强口袋公园建设的通知》" in note for note in found.notes)
    assert [source.doc_id for source in found.sources][-1] == "国办发[2025]9号"


# ---- the shipped documents, through the service ----


@pytest.fixture(scope="module")
def shipped(assistant):
    """All fifty topics over all five."""
    return assistant.compare(as_of=date(2026, 11, 22))


def test_every_quote_is_verbatim_and_every_statement_holds(shipped, library):
    """Nothing edited, joined or made up, in all 250 cells and all summaries."""
    assert [len(row.cells) for row in shipped.rows] == [5] * 50
    for row in shipped.rows:
        for cell in row.cells:
            for quote in cell.quotes:
                one = quote.citation
                assert library.document(one.doc_id).text[one.start : one.end] == one.quote
        for statement in row.summary:
            assert first_stranger(statement, library) is None
    for statement in shipped.summary:
        assert first_stranger(statement, library) is None


def test_every_cell_that_speaks_has_a_sentence_of_its_own(shipped):
    """No statement on a row was rejected."""
    for row in shipped.rows:
        spoken = [cell.column for cell in row.cells if cell.status in SAID]
        assert [one.text.partition("：")[0].partition("（")[0] for one in row.summary][
            : len(spoken)
        ] == spoken


def test_silence_has_no_figure(shipped):
    """未检出规定 is empty but for its name."""
    for row in shipped.rows:
        for cell in row.cells:
            assert cell.status is not CellStatus.NOT_FOUND or not (cell.figures or cell.quotes or cell.bodies)


def test_the_row_of_area_is_as_an_official_would_fill_it(shipped):
    """Figures, strengths and the way beyond the library."""
    row = next(one for one in shipped.rows if one.topic.id == "complex-area")
    told = {
        cell.column: (
            cell.status.value,
            [(f.operator.value, str(f.value), f.strength.value) for f in cell.figures],
        )
        for cell in row.cells
    }
    assert told == {
        "国家": ("原则性", []),
        "北京市": ("指向库外", []),
        "上海市": ("指向库外", []),
        "杭州市": ("有规定", [("≥", "1000", "应"), ("≥", "600", "应")]),
        "重庆市": ("有规定", [("≥", "600", "一般"), ("≥", "800", "宜")]),
    }


def test_a_free_topic_fills_a_row_the_same_way(assistant):
    """Found where it is said, silent where it is not."""
    found = assistant.compare(
        ["能不能申请第二次补贴资金", "火箭发射许可"], cities=["北京", "杭州"], as_of=DAY
    )
    assert all(row.topic.is_free for row in found.rows)
    assert [cell.status for cell in found.rows[1].cells] == [CellStatus.NOT_FOUND] * 2
    assert any("火箭发射许可" in note for note in found.notes)


def test_the_service_refuses_in_sentences(assistant):
    """Unknown document, blank topic."""
    with pytest.raises(UnknownDocument, match="没有的办法"):
        assistant.compare(["消防"], documents=["没有的办法"])
    with pytest.raises(TopicError):
        assistant.compare([" "])


def test_every_shipped_topic_is_said_somewhere(shipped):
    """None of them is dead."""
    said = {row.topic.id for row in shipped.rows if any(cell.quotes for cell in row.cells)}
    assert said == {topic.id for topic in shipped_topics()}


# ---- bad input ----

EMPTY = """扬州市人民政府公报目录
（2025年3月1日）
口袋公园专栏
"""


def test_a_document_without_a_norm_is_told():
    """Its column is silent, the others are as without it."""
    library = invented(NATION, SUZHOU, EMPTY)
    columns, notes = columns_of(library, (), [one.doc_id for one in library.documents], DAY)
    bench = Bench(Readings(library), NoSearch(), DAY, has_named_documents=True)
    found = compare([AREA, CARE], columns, notes, bench)
    mute = next(place for place, column in enumerate(found.columns) if column.label.startswith("扬州"))
    assert {row.cells[mute].status for row in found.rows} == {CellStatus.NOT_FOUND}
    assert any("没有读出可比对的规定" in note for note in found.notes)
    assert all(row.cells[0].quotes for row in found.rows)


def test_a_document_removed_meanwhile_is_no_column_any_more(tmp_path):
    """What was compared stays whole; the next comparison goes without it, and naming it is refused."""
    held = PolicyAssistant.open(load_settings({"home": tmp_path / "home"}))
    try:
        before = held.compare(["消防", "停车位"], as_of=DAY)
        held.index.remove("杭政办函〔2024〕11号")
        after = held.compare(["消防", "停车位"], as_of=DAY)
        assert [column.label for column in before.columns if column not in after.columns] == ["杭州市"]
        assert all(cell.column != "杭州市" for row in after.rows for cell in row.cells)
        with pytest.raises(UnknownDocument, match="杭政办函"):
            held.compare(["消防"], documents=["杭政办函〔2024〕11号", "国办函〔2023〕121号"])
        with pytest.raises(ReviewError, match="有变动"):
            held.review(before, before.rows[0].topic.id, "杭州市", Check("张三", DAY))
    finally:
        held.index.close()
