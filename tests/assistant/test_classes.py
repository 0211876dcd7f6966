"""A figure for one class is never given for another."""

import pytest

from assistant.classes import speaks_of_another
from assistant.service import PolicyAssistant
from indexing.settings import load_settings

NOTICE = """嘉兴市民政局关于高龄津贴的通知
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
    ],
)
def test_a_number_is_compared_with_the_classes_of_its_unit(question, sentence, another):
    """Closed ranges in any unit, ages also open or alone; money never, nor a range that is asked for."""
    assert speaks_of_another(question, sentence) is another


@pytest.fixture(scope="module")
def jiaxing(tmp_path_factory):
    """An assistant that holds the notice."""
    folder = tmp_path_factory.mktemp("jiaxing")
    (folder / "津贴.txt").write_text(NOTICE, encoding="utf-8")
    opened = PolicyAssistant.open(load_settings({"home": folder / "home"}))
    opened.index.add([folder / "津贴.txt"], lambda report: None)
    yield opened
    opened.index.close()


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("嘉兴90岁老人每月津贴多少？", ["200元"]),
        ("嘉兴八十五岁的老人每月津贴多少钱？", ["100元"]),
        ("嘉兴70岁老人每月津贴多少？", []),
        ("嘉兴老年人每人每月津贴多少元？", ["100元", "200元"]),
    ],
)
def test_the_figure_is_the_one_for_those_asked_about(jiaxing, question, figures):
    """All of them where the question names no class, none where it names one that has none."""
    text = jiaxing.ask(question).text
    assert [figure for figure in ("100元", "200元") if figure in text] == figures
