"""The assistant's sentences of a clause."""

from assistant.library import sentences
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
