"""Clauses, documents and versions side by side: what was added, removed, changed, moved."""

import io
from dataclasses import replace

import docx
import pytest

from assistant.differing.matching import pair_up, units_of
from assistant.differing.sides import Named, differing, latest, read_side
from assistant.differing.types import PairKind, PieceKind
from assistant.errors import DifferenceError
from assistant.export.differences import as_docx, as_markdown, counted, heading, plain
from indexing.documents import read_document
from indexing.errors import UnknownDocument
from tests.comparisons import DAY, NANJING, NATION, SUZHOU

OLD = SUZHOU
NEW = """苏州市口袋公园管理办法
（2025年3月1日苏州市人民政府令第160号公布）
第一条 口袋公园绿化面积平均不少于45平方米。
第二条 口袋公园不得收取门票。
第三条 口袋公园应当由专业单位养护。
第四条 本办法自2025年5月1日起施行。
"""


def parsed(text):
    """A text cut by the real parser."""
    made = read_document(text.encode(), "某办法.txt")
    return made.document, made.clauses


@pytest.fixture
def pairs():
    """The articles of two versions paired."""
    found = pair_up(units_of(*parsed(OLD)), units_of(*parsed(NEW)))
    return {heading(pair): pair for pair in found if pair.kind is not PairKind.SAME}


def test_added_removed_changed_and_moved_clauses_are_told(pairs):
    """Words go before numbers: 第二条 that became 第三条 was moved, not rewritten."""
    assert set(pairs) == {"第一条（修改）", "第二条（新增）", "第二条→第三条（移位）", "第三条（删除）"}
    changed = pairs["第一条（修改）"]
    assert [one.text for one in changed.pieces if one.kind is PieceKind.REMOVED] == ["0"]
    assert [one.text for one in changed.pieces if one.kind is PieceKind.ADDED] == ["5"]
    assert pairs["第二条（新增）"].before is None
    assert pairs["第三条（删除）"].after is None


def test_what_was_removed_stands_where_it_stood():
    """Between its neighbours, in the order of the new text."""
    found = [heading(pair) for pair in pair_up(units_of(*parsed(OLD)), units_of(*parsed(NEW)))]
    assert found.index("第三条（删除）") == found.index("第二条→第三条（移位）") + 1


def test_a_document_and_itself_differ_in_nothing():
    """Every clause 不变."""
    units = units_of(*parsed(OLD))
    assert {pair.kind for pair in pair_up(units, units)} == {PairKind.SAME}


def test_documents_without_a_common_clause_are_removed_and_added_whole():
    """And an empty one adds nothing."""
    units = units_of(*parsed(OLD))
    empty = units_of(units.document, ())
    assert {pair.kind for pair in pair_up(units, empty)} == {PairKind.REMOVED}
    assert {pair.kind for pair in pair_up(empty, units)} == {PairKind.ADDED}
    assert pair_up(empty, empty) == ()


def named(text):
    """A document by its name; there are two."""
    if text not in ("苏州", "南京"):
        raise UnknownDocument(text)
    return text


def loaded(name, version):
    """A library of two documents; the first has two versions."""
    texts = {("苏州", None): NEW, ("苏州", 1): OLD, ("苏州", 2): NEW, ("南京", None): NANJING}
    document, clauses = parsed(texts[name, version])
    number = version or 2
    return replace(document, version=number), tuple(replace(one, version=number) for one in clauses)


def compared(before, after):
    """What `differing` makes of two sides as typed."""
    return differing(read_side(before), read_side(after), named, loaded)


def test_two_clauses_of_two_documents():
    """By path or as printed; both sides are named with their clause."""
    found = compared("苏州#第一条", "南京#第 一 条")
    assert found.after.label.endswith("第一条")
    assert len(found.pairs) == 1
    assert found.pairs[0].kind is PairKind.CHANGED
    assert 0 < found.pairs[0].likeness < 1


def test_two_versions_of_one_document_are_named_by_version():
    """第1版, 第2版."""
    found = compared("苏州@1", "苏州@2")
    assert (found.before.label[-3:], found.after.label[-3:]) == ("第1版", "第2版")
    assert counted(found) == "新增1条，删除1条，修改1条，移位1条，不变1条"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("苏州", "南京#第一条", "一边是条款，一边是整份文件"),
        ("苏州#第九十九条", "南京#第一条", "没有“第九十九条”，可写的条款如：.*第一条"),
        ("苏州", "苏州", "同一份文件的同一版"),
        ("苏州#第一条", "苏州#第一条", "同一个条款"),
        ("#第一条", "南京", "没有写明文件"),
        (" ", "南京", "没有写明文件"),
    ],
)
def test_what_cannot_be_compared_is_told(before, after, sentence):
    """One Chinese sentence."""
    with pytest.raises(DifferenceError, match=sentence):
        compared(before, after)


def test_the_last_two_versions_are_taken():
    """One alone has nothing to be compared with."""
    assert latest("甲", (1, 2, 3)) == (Named("甲", 2, None), Named("甲", 3, None))
    with pytest.raises(DifferenceError, match="只有一版"):
        latest("甲", (1,))


def test_markdown_and_text_mark_what_was_taken_out_and_put_in():
    """Signs of the document are escaped, the marks are ours."""
    found = compared("苏州@1", "苏州@2")
    text = as_markdown(found)
    assert "## 第一条（修改）" in text
    assert "不少于4~~0~~**5**平方米" in text
    assert "**第二条 口袋公园不得收取门票。**" in text
    changed = next(pair for pair in found.pairs if pair.kind is PairKind.CHANGED)
    assert "4［删：0］［增：5］平方米" in plain(changed)


def test_word_holds_the_changes_as_changes():
    """What is inserted and deleted is so in Word; accepting all gives the new words."""
    word = docx.Document(io.BytesIO(as_docx(compared("苏州@1", "苏州@2"), DAY)))
    body = word.element.body
    deleted = "".join(one.text for one in body.xpath(".//w:delText"))
    assert "第三条 口袋公园设置不少于3处座椅。" in deleted
    inserted = "".join(one.text or "" for one in body.xpath(".//w:ins//w:t"))
    assert "第二条 口袋公园不得收取门票。" in inserted


def test_a_version_of_the_library_is_compared(tmp_path, assistant):
    """Added again with other words, a document has a second version, and the two are compared."""
    from assistant.service import PolicyAssistant
    from indexing.settings import load_settings

    held = PolicyAssistant.open(load_settings({"home": tmp_path / "home"}))
    try:
        for number, text in enumerate((NATION, NATION.replace("3处座椅", "5处座椅"))):
            file = tmp_path / f"{number}.txt"
            file.write_text(text, "utf-8")
            held.index.add([file])
        found = held.differences("国办发〔2025〕9号")
        assert [heading(pair) for pair in found.changes] == ["三（修改）"]
        assert held.differences("国办发〔2025〕9号@1", "国办发〔2025〕9号@2") == found
        with pytest.raises(DifferenceError, match="只有一版"):
            held.differences("国办函〔2023〕121号")
    finally:
        held.index.close()
