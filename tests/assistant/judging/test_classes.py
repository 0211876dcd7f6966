"""A figure for one class is never given for another."""

import re
from datetime import date

import pytest

from assistant.judging.classes import speaks_of_another
from assistant.service import PolicyAssistant
from indexing.settings import load_settings

JIAXING = """嘉兴市民政局关于高龄津贴的通知
嘉民发〔2025〕3号
各县（市、区）民政局：
一、津贴标准
（一）80—89周岁老年人每人每月100元；
（二）90—99周岁老年人每人每月200元。
二、施行日期
本通知自2025年3月1日起施行。
嘉兴市民政局
2025年2月10日
"""
JINHUA = """金华市民政局关于印发《金华市高龄津贴办法》的通知
金民发〔2025〕3号
各县（市、区）民政局：
现印发给你们，请执行。
金华市民政局
2025年2月10日

金华市高龄津贴办法
第一条 为了保障老年人，制定本办法。
第二条 高龄津贴按照下列标准发放：
（一）70周岁至79周岁的老年人每人每月50元；
（二）80周岁至89周岁的老年人每人每月100元；
（三）90周岁至99周岁的老年人每人每月200元；
（四）100周岁以上的老年人每人每月500元。
第三条 本办法自2025年3月1日起施行。
"""
TAIZHOU = """台州市民政局关于公布助餐补贴标准的通知
台民发〔2025〕4号
各县（市、区）民政局：
现公布助餐补贴标准。
附件：助餐补贴标准
台州市民政局
2025年2月10日

附件
助餐补贴标准
序号\t对象\t年龄\t每餐补贴（元）
1\t低保老人\t60—79周岁\t4
2\t低保老人\t80周岁以上\t6
3\t其他老人\t60—79周岁\t1
4\t其他老人\t80周岁以上\t2
"""


@pytest.mark.parametrize(
    ("question", "sentence", "another"),
    [
        ("90岁老人补多少", "80-89周岁老年人每月100元", True),
        ("九十岁老人补多少", "80-89周岁老年人每月100元", True),
        ("90岁老人补多少", "90-99周岁老年人每月200元", False),
        ("70岁老人补多少", "80周岁以上老年人每月100元", True),
        ("80岁老人补多少", "年满80周岁的老年人每月100元", False),
        ("5岁孩子补多少", "3岁以下婴幼儿每月100元", True),
        ("2岁孩子补多少", "未满3周岁的婴幼儿每月100元", False),
        ("80岁以上老人补多少", "90-99周岁老年人每月200元", False),
        ("400平方米补多少", "面积为100-300㎡的补助10万元", True),
        ("200平米补多少", "面积为100平方米至300平方米的补助10万元", False),
        ("投资6000万元补多少", "补助总额不超过5000万元", False),
        ("老人补多少", "80-89周岁老年人每月100元", False),
        ("90岁老人补多少", "老年人每月100元", False),
        ("不到60岁补多少", "60周岁以上老年人每月100元", True),
        ("人口2万人的站要多大", "甲类|1.5万人以上|不小于900平方米", False),
        ("人口不到1.5万人的站要多大", "甲类|1.5万人以上|不小于900平方米", True),
        ("人口0.9万人的站要多大", "乙类|0.8万人至1.5万人|不小于700平方米", False),
        ("人口0.9万人的站要多大", "丙类|0.8万人以下|不小于300平方米", True),
        ("10个人的机构补多少", "专职人员不少于5人的机构补助1万元", False),
    ],
)
def test_a_number_is_compared_with_the_classes_of_its_unit(question, sentence, another):
    """Closed ranges in any unit, ages also open or alone; money never, nor a range that is asked for."""
    assert speaks_of_another(question, sentence) is another


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """An assistant that holds the three notices beside the shipped documents."""
    folder = tmp_path_factory.mktemp("classes")
    files = [folder / "1.txt", folder / "2.txt", folder / "3.txt"]
    for file, notice in zip(files, (JIAXING, JINHUA, TAIZHOU), strict=True):
        file.write_text(notice, encoding="utf-8")
    opened = PolicyAssistant.open(load_settings({"home": folder / "home"}))
    opened.index.add(files, lambda report: None)
    yield opened
    opened.index.close()


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("嘉兴90岁老人每月津贴多少？", ["200元"]),
        ("嘉兴八十五岁的老人每月津贴多少钱？", ["100元"]),
        ("嘉兴70岁老人每月津贴多少？", []),
        ("嘉兴老年人每人每月津贴多少元？", ["100元", "200元"]),
        ("金华高龄津贴每月多少？", ["50元", "100元", "200元", "500元"]),
        ("金华95岁老人高龄津贴多少？", ["200元"]),
        ("金华60岁老人高龄津贴多少？", []),
    ],
)
def test_the_figure_is_the_one_for_those_asked_about(shelf, question, figures):
    """All of them where the question names no class, none where it names one that has none."""
    found = set(re.findall(r"\d+元", shelf.ask(question, as_of=date(2026, 1, 1)).text))
    assert found == set(figures)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        (
            "台州低保老人助餐每餐补贴多少？",
            {
                "对象：低保老人。年龄：60—79周岁。每餐补贴（元）：4。",
                "对象：低保老人。年龄：80周岁以上。每餐补贴（元）：6。",
            },
        ),
        ("台州85岁低保老人助餐补贴多少？", {"对象：低保老人。年龄：80周岁以上。每餐补贴（元）：6。"}),
    ],
)
def test_a_number_in_a_row_comes_with_whose_it_is(shelf, question, rows):
    """Every cell left of it; every row that the question does not tell apart."""
    statements = shelf.ask(question, as_of=date(2026, 1, 1)).statements
    assert {statement.text.removeprefix("台州市：") for statement in statements} == rows


def test_every_row_of_a_table_is_given_when_none_is_named(shelf):
    """None of four is dropped."""
    statements = shelf.ask("台州助餐每餐补贴多少元？", as_of=date(2026, 1, 1)).statements
    citations = [citation for statement in statements for citation in statement.citations]
    assert {citation.path for citation in citations} == {"附件/1", "附件/2", "附件/3", "附件/4"}
