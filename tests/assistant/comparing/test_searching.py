"""Free topics: what the search proposes is judged, and nearness is not enough."""

from datetime import date

import pytest

from assistant.comparing.cells import cell
from assistant.comparing.searching import by_search
from assistant.comparing.topics import free_topic
from assistant.comparing.types import CellStatus, Column, Relation
from assistant.norms import Strength
from indexing.types import ClauseHit, Focus, Signal
from tests.comparisons import Readings, invented

CITY = """甲市犬只管理办法
（2025年3月1日甲市人民政府令第1号公布）
第一条 养犬登记费每只每年500元，登记证有效期为1年。
第二条 犬只伤人的，养犬人应当立即送医。
第三条 公园开放时间不少于10小时。
"""


class Search:
    """Finds every unit with one likeness, and remembers what it was asked."""

    def __init__(self, library, likeness):
        self.library, self.likeness, self.asked = library, likeness, []

    def search(self, query, *, top_k, filters):
        """All units of the documents asked for."""
        self.asked.append((query, filters.doc_ids))
        signal = Signal("dense", 1, self.likeness, 1.0)
        units = [c for d in filters.doc_ids for c in self.library.clauses(d) if c.is_unit]
        return tuple(
            ClauseHit(unit, Focus(unit.path, unit.start, unit.end, unit.text), 0.9, (signal,))
            for unit in units
        )[:top_k]


def found(topic, likeness=0.6, pieces=False):
    """Status and figures of the invented city on a free topic."""
    library = invented(CITY)
    column = Column("甲市", None, (library.documents[0].doc_id,))
    search, read = Search(library, likeness), Readings(library)
    passages = by_search(free_topic(topic), [column], search, library)["甲市"]
    made = cell(free_topic(topic), column, passages, read.norms, library)
    if pieces:
        return [query for query, _ in search.asked]
    return made.status, [figure.printed for figure in made.figures]


def test_what_is_said_is_found_with_its_figures():
    """A topic without a measure shows what its words' part measures."""
    status, figures = found("养犬登记费")
    assert status is CellStatus.REGULATED
    assert "500元" in figures


def test_a_topic_that_nobody_says_is_silent():
    """However high the search puts a clause on something else."""
    assert found("火箭发射许可", likeness=0.75) == (CellStatus.NOT_FOUND, [])


def test_a_measure_keeps_out_figures_of_another():
    """期限 is no money."""
    assert found("养犬登记的期限")[1] == ["1年"]


@pytest.mark.parametrize("topic", ["能不能养犬登记", "谁管养犬登记"])
def test_a_question_for_something_else_shows_no_figure(topic):
    """能不能 and 谁 ask for none."""
    assert found(topic)[1] == []


def test_joined_subjects_are_asked_one_by_one():
    """The whole first; a sentence is not cut."""
    assert len(found("犬只伤人、养犬登记", pieces=True)) == 3
    assert len(found("犬只伤人以后多长时间之内送到医院和养犬登记", pieces=True)) == 1


def test_a_blank_of_content_asks_nothing():
    """有哪些规定 names no subject."""
    assert found("有什么规定", pieces=True) == []
    assert found("有什么规定")[0] is CellStatus.NOT_FOUND


def test_ten_columns_share_a_search():
    """Twenty-one documents take three."""
    texts = [
        CITY.replace("犬只管理办法", f"犬只管理办法之{number}").replace("第1号", f"第{number + 1}号")
        for number in range(21)
    ]
    library = invented(*texts)
    columns = [Column(str(n), None, (one.doc_id,)) for n, one in enumerate(library.documents)]
    search = Search(library, 0.6)
    passages = by_search(free_topic("养犬登记费"), columns, search, library)
    assert [len(doc_ids) for _, doc_ids in search.asked] == [10, 10, 1]
    assert list(passages) == [column.label for column in columns]


def test_hits_of_a_document_that_has_left_are_dropped():
    """The library as it stood when the comparison began is what counts."""
    library, more = invented(CITY), invented(CITY, CITY.replace("甲市", "乙市"))
    columns = [Column(one.doc_id, None, (one.doc_id,)) for one in more.documents]
    passages = by_search(free_topic("养犬登记费"), columns, Search(more, 0.6), library)
    assert [bool(passages[column.label]) for column in columns] == [True, False]


@pytest.mark.parametrize(
    "text",
    ["火箭发射许可", "海洋渔业捕捞配额", "小麦最低收购价", "博物馆门票价格", "核电站选址", "飞行员年龄上限"],
)
def test_a_matter_no_document_speaks_of_leaves_every_column_silent(assistant, text):
    """许可, 价格, 选址 and 年龄 stand in the documents; the matter does not."""
    found = assistant.compare([text], as_of=date(2026, 11, 22))
    assert {cell.status for cell in found.rows[0].cells} == {CellStatus.NOT_FOUND}


def test_what_is_only_possible_is_marked_and_shows_no_figure(assistant):
    """A cell marked 待核 has quotes, no figures and no relation but 不可比."""
    topics = ["应急疏散通道", "物业管理用房", "建设资金的来源渠道", "居民怎么监督", "夜间开放时间"]
    found = assistant.compare(topics, as_of=date(2026, 11, 22))
    unsure = [
        (cell, relation)
        for row in found.rows
        for cell, relation in zip(row.cells, row.relations, strict=True)
        if not cell.is_certain
    ]
    assert unsure
    for one, relation in unsure:
        assert one.quotes
        assert not one.figures
        assert relation in (None, Relation.INCOMPARABLE, Relation.NATION_SILENT)


def test_what_is_left_out_of_a_question_is_left_out_of_the_answer(assistant):
    """除补助外: no clause that speaks of 补助."""
    found = assistant.compare(["除补助外还有什么资金来源。"], as_of=date(2026, 11, 22), reviewed=False)
    quotes = [quote.citation.quote for cell in found.rows[0].cells for quote in cell.quotes]
    assert quotes
    assert not [quote for quote in quotes if "补助" in quote]


OWNERS = """甲市物业条例
（2025年3月1日甲市人民政府令第1号公布）
第一条 业主委员会任期不超过五年。业主委员会应当自选举产生之日起三十日内备案。任期届满六十日前应当换届。
第二条 业主委员会成员人数不足二分之一的，应当重新选举业主委员会成员。
第三条 物业服务用房应当符合下列要求：
（一）建筑面积按照不少于总建筑面积的百分之三配置；
（二）具备采光条件。
第四条 禁止下列行为：
（一）高空抛物；
（二）饲养家禽。
第五条 车位由业主大会决定收费。
"""


def owned(topic):
    """The cell of an invented regulation on a free topic."""
    library = invented(OWNERS)
    column = Column("甲市", None, (library.documents[0].doc_id,))
    passages = by_search(free_topic(topic), [column], Search(library, 0.6), library)["甲市"]
    return cell(free_topic(topic), column, passages, Readings(library).norms, library)


def printed(topic):
    """The figures of that cell."""
    return [figure.printed for figure in owned(topic).figures]


def test_how_long_a_thing_lasts_is_not_by_when_something_is_done():
    """Days of filing and of renewal are no term of office."""
    assert printed("业主委员会任期") == ["不超过五年"]


def test_when_a_rule_applies_is_no_measure_of_it():
    """人数不足二分之一的 is a condition."""
    assert printed("业主委员会成员人数") == []


def test_an_item_measures_what_its_lead_in_names():
    """物业服务用房 stands above the list, its share in an item."""
    assert "不少于总建筑面积的百分之三" in printed("物业服务用房配置比例")


def test_an_item_is_as_binding_as_the_line_above_it():
    """高空抛物 under 禁止下列行为 is forbidden."""
    assert owned("高空抛物").strength is Strength.MUST_NOT


@pytest.mark.parametrize(
    ("topic", "pieces"),
    [("停车位管理和收费", 1), ("车位、家禽", 3), ("业主委员会人数和任期", 1)],
)
def test_an_aspect_of_a_subject_is_not_asked_by_itself(topic, pieces):
    """收费 alone would bring every charge."""
    library = invented(OWNERS)
    search = Search(library, 0.6)
    column = Column("甲市", None, (library.documents[0].doc_id,))
    by_search(free_topic(topic), [column], search, library)
    assert len(search.asked) == pieces


def test_where_nobody_names_what_is_asked_nothing_is_certain():
    """Near clauses are shown as 待核, without figures."""
    made = owned("业主委员会退出机制")
    assert not made.quotes or not made.is_certain
