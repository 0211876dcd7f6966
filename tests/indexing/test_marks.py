"""Numbering marks: what begins a clause, and what only looks like it."""

import pytest

from indexing.marks import Family, read_mark


@pytest.mark.parametrize(
    ("text", "family", "name"),
    [
        ("第二十三条 【资金支持】支持新建", Family.ARTICLE, "第二十三条"),
        ("第 23 条 支持新建", Family.ARTICLE, "第二十三条"),
        ("第十二条之一　运营单位应当", Family.ARTICLE, "第十二条之一"),
        ("第四条 规定本市重大事项的地方性法规", Family.ARTICLE, "第四条"),
        ("第二十七条 中小学校校园周边", Family.ARTICLE, "第二十七条"),
        ("第一章 总 则", Family.CHAPTER, "第一章"),
        ("第三节 业主大会", Family.SECTION, "第三节"),
        ("一、总体要求", Family.HEADING1, "一"),
        ("(一)优化设施规划布局。", Family.HEADING2, "（一）"),
        ("（二）及时向社会发布信息；", Family.HEADING2, "（二）"),
        ("（一）项目申报；", Family.HEADING2, "（一）"),
        ("（二）目标任务。", Family.HEADING2, "（二）"),
        ("1. 加强规划布局。", Family.HEADING3, "1"),
        ("12、提升品质", Family.HEADING3, "12"),
        ("（1）运营补助", Family.HEADING4, "（1）"),
        ("①设施", Family.HEADING5, "①"),
        ("1.2.3 室内环境", Family.DECIMAL, "1.2.3"),
    ],
)
def test_marks_that_begin_a_clause(text: str, family: Family, name: str) -> None:
    """Every family is read in every way it is printed, and named one way."""
    mark = read_mark(text)
    assert mark is not None
    assert (mark.family, mark.name) == (family, name)


@pytest.mark.parametrize(
    "text",
    [
        "第五条规定的材料",
        "第十二条之一规定的情形",
        "第五条第二款所称",
        "第五条、第六条的规定",
        "第三方机构",
        "第三章规定的程序。",
        "（一）项规定",
        "（一）、（二）项所列",
        "（一）至（三）项",
        "1.5倍",
        "2024年12月底前",
        "一是坚持紧扣需求",
        "（一）（二）项由区承担",
        "——保障基本",
        "",
    ],
)
def test_words_that_only_look_like_a_mark(text: str) -> None:
    """Citations, decimals, dates and ordinary words begin no clause."""
    assert read_mark(text) is None


def test_the_mark_ends_before_the_words() -> None:
    """`end` skips the space after a mark, so that the words begin there."""
    text = "第二条 　本办法适用于本市。"
    mark = read_mark(text)
    assert mark is not None
    assert text[mark.end :] == "本办法适用于本市。"


def test_numerals_after_the_mark_make_it_doubtful() -> None:
    """What may count two grades (一、二级医院) is taken only where 一、 is expected."""
    doubtful, plain = read_mark("一、二级医院应当"), read_mark("一、总体要求")
    assert doubtful is not None
    assert plain is not None
    assert (doubtful.is_doubtful, plain.is_doubtful) == (True, False)
