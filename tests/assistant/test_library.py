"""The assistant's sentences of a clause."""

from assistant.library import Library, sentences
from indexing.documents import read_document

NOTICE = (
    "湖州市民政局关于停发高龄补贴的通知\n湖民发〔2025〕8号\n各区县民政局：\n"
    "一、停发情形\n有下列情形之一的，停发补贴：（一）死亡的；（二）户籍迁出的；（三）弄虚作假的。各区县每月核对。\n"
    "二、做法\n先公示；再停发。\n湖州市民政局\n2025年3月1日\n"
)


def test_an_enumeration_that_runs_on_is_one_sentence():
    """Its first item alone would pass for the whole list; other semicolons divide as ever."""
    clauses = read_document(NOTICE.encode(), "a.txt").clauses
    found = [clause.text[start:end] for clause in clauses for start, end in sentences(clause)]
    assert "有下列情形之一的，停发补贴：（一）死亡的；（二）户籍迁出的；（三）弄虚作假的。" in found
    assert "各区县每月核对。" in found
    assert {"先公示；", "再停发。"} <= set(found)


def test_a_single_character_inside_a_name_is_no_word():
    """钱塘区 does not speak of 钱, 一批 of 批; 床位 does speak of 床."""
    text = "一、范围\n建设范围包括临平区、钱塘区、富阳区，设床位十张，打造一批典型示范。\n"
    document = read_document(NOTICE.replace("二、做法\n", text).encode(), "a.txt")
    library = Library([document.document], document.clauses)
    clause = next(one for one in document.clauses if "钱塘区" in one.text)
    assert not library.has_word(clause, "钱")
    assert not library.has_word(clause, "批")
    assert library.has_word(clause, "床")
