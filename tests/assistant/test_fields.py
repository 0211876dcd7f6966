"""Documents on one matter, and what is rare among them."""

from assistant.fields import fields_of


def test_titles_that_name_the_same_matter_belong_together():
    """Whatever is issued about it, by whom and where."""
    titles = {
        "国": ["国务院办公厅关于转发国家发展改革委城市社区嵌入式服务设施建设工程实施方案的通知"],
        "京": ["北京市社区嵌入式服务设施项目建设运营管理办法"],
        "沪": ["上海市生活垃圾管理条例"],
        "无": ["国务院办公厅关于印发无废城市建设试点工作方案的通知"],
    }
    fields = fields_of(titles)
    assert fields["国"] == fields["京"] == {"国", "京"}
    assert fields["沪"] == {"沪"}
    assert fields["无"] == {"无"}


def test_a_place_is_no_matter():
    """台州市 and 德州市 have nothing in common but what both regulate."""
    assert fields_of({"台": ["台州市文明行为促进条例"], "德": ["德州市文明行为促进条例"]})["台"] == {"台"}


def test_what_two_share_with_a_third_joins_them():
    """Each title names the matter in its own words."""
    titles = {"1": ["甲乙丙丁戊己庚"], "2": ["乙丙丁戊己庚辛壬"], "3": ["丁戊己庚辛壬癸"]}
    assert fields_of(titles)["1"] == {"1", "2", "3"}


def test_no_documents_have_no_matter():
    """An empty library."""
    assert fields_of({}) == {}


def test_words_are_counted_in_the_field(library):
    """Where all documents are on one matter the library is its own field."""
    first = library.documents[0].doc_id
    assert library.on_matter_of(first) == {document.doc_id for document in library.documents}
    assert library.field_of(first) is library
    assert library.on_matter_of("无此文件") == frozenset()
