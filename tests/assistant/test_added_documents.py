"""Documents a user adds are answered from as the shipped ones are, without any reviewed data."""

from datetime import date
from pathlib import Path

import pytest

from assistant.service import PolicyAssistant
from assistant.types import AnswerStatus
from indexing.settings import load_settings

REGULATION = """# 青岛市邻里停车条例
2024年3月29日 青岛市第十七届人民代表大会常务委员会第九次会议通过
第一条 为了规范停车秩序，制定本条例。
第二条 市交通主管部门负责停车管理工作。
第三条 新建居住区按照每百户不少于二十平方米的标准配建邻里驿站。
第四条 停车设施经营单位应当在经营前十五日内到区停车管理部门备案。
第五条 停车设施经营单位实行计时收费的，满一个计时单位后方可收取停车费，不足一个计时单位的不收取费用。
第六条 擅自将停车设施改变用途的，由城市管理综合执法部门处五千元以上三万元以下罚款。
第七条 福利彩票公益金百分之五十以上用于邻里驿站建设。
第八条 本条例自2024年5月1日起施行。
"""
OPINION = """国务院关于促进“邻里驿站”建设的若干意见
国发〔2018〕39号
各省、自治区、直辖市人民政府：
为促进“邻里驿站”建设，提出以下意见：
一、支持驿站稳定经营
（一）加大稳岗返还力度。对不裁员的驿站，可返还其上年度实际缴纳失业保险费的50%。（人力资源社会保障部、财政部负责。列第一位者为牵头单位，下同）
（二）支持创业培训。组织失业青年参加创业培训。（教育部、民政部负责）
图1 汽车号牌尺寸（单位：毫米）
国务院
2018年11月16日
"""


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """The shipped library with two more documents."""
    folder: Path = tmp_path_factory.mktemp("added")
    for name, text in (("a.txt", REGULATION), ("b.txt", OPINION)):
        (folder / name).write_text(text, "utf-8")
    opened = PolicyAssistant.open(load_settings({"home": folder / "cewen"}))
    opened.index.add([folder / "a.txt", folder / "b.txt"])
    yield opened
    opened.index.close()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青岛新建居住区邻里驿站每百户配多少", "不少于二十平方米"),
        ("青岛停车设施经营前多少天要备案", "十五日"),
        ("青岛停车设施擅自改变用途罚多少", "五千元以上三万元以下"),
        ("青岛福利彩票公益金多少用于驿站", "百分之五十以上"),
        ("青岛停车条例哪天开始实行", "2024年5月1日"),
        ("我是青岛一个街道的工作人员，领导让我写个材料，请问停车管理由哪个部门负责", "市交通主管部门"),
        ("加大稳岗返还力度由哪个部门牵头", "人力资源社会保障部"),
    ],
)
def test_added_documents_are_answered_from(added, question, said):
    """Figures in Chinese numerals, fines, shares, days, bodies in brackets: each is shown."""
    answer = added.ask(question, as_of=date(2026, 1, 1))
    assert answer.status is AnswerStatus.ANSWERED
    assert said in answer.statements[0].text


@pytest.mark.parametrize(
    "question", ["青岛停车一小时多少钱", "邻里驿站每个补助多少钱", "汽车号牌的尺寸是多少毫米"]
)
def test_what_they_do_not_say_is_not_said(added, question):
    """A fine is no price, another place's money is not theirs, and a caption is no figure."""
    assert added.ask(question, as_of=date(2026, 1, 1)).status is AnswerStatus.NO_BASIS


def test_a_condition_is_no_permission(added):
    """满一个计时单位后方可收取 does not say that it may be charged before."""
    answer = added.ask("青岛停车不满一个计时单位要不要收费", as_of=date(2026, 1, 1))
    assert "不收取费用" in answer.statements[0].text
    assert "可以。" not in answer.statements[0].text
