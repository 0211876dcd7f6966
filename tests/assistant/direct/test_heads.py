"""The first sentence answers by itself, in the document's words; where that is uncertain it is not made."""

import re
from dataclasses import replace

import pytest

from assistant.service import PolicyAssistant
from assistant.verification.verifying import first_doubt
from indexing.settings import load_settings

MARK = "原文："

# Invented; two kinds of centre, one figure for each place and one in all, a fee with its bound and its owner
RULES = """# 宁川市邻里中心管理办法

第一条 为了规范邻里中心的建设和运营，方便居民就近享受公共服务，制定本办法。

第二条 邻里中心的建设应当因地制宜。新建居住区的邻里中心建筑面积原则上不少于900平方米，\
其中活动室面积不少于120平方米；老旧居住区的邻里中心建筑面积原则上不少于500平方米，\
其中活动室面积不少于70平方米。

第三条 邻里中心的场地服务收费由运营单位提出并公示，对辖区内单个家庭收取的年度服务费，\
原则上不高于家庭年收入的2%，对辖区外单个家庭收取的年度服务费，原则上不高于家庭年收入的4%。

第四条 运营单位的考核结果应当向居民公开并接受监督。考核不合格且拒不整改的，\
由市民政部门责令停止运营，处三万元以上六万元以下罚款。

第五条 各区应当做好统筹和保障工作，2027年6月底前完成辖区内邻里中心的布点规划，\
并定期向市政府报告进展情况和存在的主要问题。
"""


@pytest.fixture(scope="module")
def ask_rules(tmp_path_factory):
    """Ask of the shipped documents and of the invented rules."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "办法.txt").write_text(RULES, encoding="utf-8")
    assistant = PolicyAssistant.open(load_settings({"home": folder / "home"}))
    assistant.index.add([folder / "办法.txt"], lambda report: None)
    yield assistant.ask
    assistant.index.close()


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        (
            "北京市对普惠非基本公共服务类功能补助多少？",
            "对普惠非基本公共服务类功能给予不超过30%工程总投资补助。",
        ),
        ("重庆每个街道养老服务中心补助多少？", "探索以奖代补的方式，对每个街道养老服务中心补助200万元。"),
        (
            "重庆更新项目增加公共服务功能，给予多少建筑面积支持？",
            "对增加公共服务功能的城市更新项目，"
            "有条件的可按不超过原计容建筑面积 15%左右比例给予建筑面积支持。",
        ),
        (
            "杭州既有试点社区的民生幸福共同体面积不小于多少？",
            "既有试点社区，民生幸福共同体面积不小于600平方米。",
        ),
        (
            "北京申请的项目最多给几成补助",  # for whom is not said: both
            "市政府固定资产投资对项目中基本公共服务类功能给予30%工程总投资补助，"
            "对普惠非基本公共服务类功能给予不超过30%工程总投资补助。",
        ),
        ("重庆附件1-2第9项的牵头单位", "牵头单位是市大数据局。"),
        ("重庆到哪一年累计启动100个左右试点社区？", "到 2027 年，累计启动 100 个左右试点社区建设。"),
        ("重庆渝邻汇品牌由谁牵头打造？", "牵头单位是市委社会工作部。"),
        (
            "重庆现状评估、查找短板的牵头单位和配合单位分别是谁？",
            "牵头单位是市住房城乡建委；配合单位是有关区县政府。",
        ),
        (
            "北京由谁向市发展改革委上报资金申请报告？",
            "项目单位编制达到概算深度的资金申请报告，由区发展改革部门上报市发展改革委。",
        ),
        ("宁川邻里中心布点规划什么时候完成？", "2027年6月底前完成辖区内邻里中心的布点规划。"),
    ],
)
def test_the_first_sentence_answers(question, direct, ask_rules):
    """With operator, modality, condition and owner as the clause has them; its own sentences follow."""
    first = ask_rules(question).statements[0]
    said = first.text.partition("：")[2]
    assert MARK in said
    assert said.partition(MARK)[0] == direct
    shown = re.sub(r"\s", "", said.partition(MARK)[2])
    pieces = [piece for one in first.citations for piece in re.split(r"[\t\n]", one.quote)]
    assert all(re.sub(r"\s", "", piece) in shown for piece in pieces)


@pytest.mark.parametrize(
    "question",
    [
        "重庆社区综合体至少要建多大？",  # for each hundred households, or in all?
        "宁川邻里中心的年度服务费不高于多少？",  # whose?
        "宁川老旧居住区的邻里中心活动室面积不少于多少？",  # does 原则上 hold for it too?
        "杭州市工作推进组组长由谁担任？",  # the bodies of the whole paragraph are not it
        "北京这项工作市里谁牵头、区里谁牵头？",  # half of it would mislead
        "上海先在多少个社区先行先试？",  # a short sentence is its own answer
    ],
)
def test_where_it_is_uncertain_the_sentences_stand_alone(question, ask_rules):
    """A wrong first sentence is worse than none."""
    assert all(MARK not in one.text for one in ask_rules(question).statements)


def test_a_softening_word_is_never_left_out(ask_rules):
    """A direct sentence on a figure that is 原则上 says so, and holds against its quotes."""
    answer = ask_rules("宁川新建居住区的邻里中心建筑面积不少于多少？")
    direct = answer.statements[0].text.partition(MARK)[0]
    assert "900平方米" in direct
    assert "原则上" in direct
    assert not answer.rejected


def test_every_direct_sentence_is_held_against_its_quotes(ask_rules, assistant):
    """As a statement of its own, without the sentences behind it."""
    library = assistant.library()
    for question in ("重庆每个社区养老服务站补助多少？", "杭州既有试点社区的民生幸福共同体面积标准是多少？"):
        first = ask_rules(question).statements[0]
        alone = replace(first, text=first.text.partition(MARK)[0])
        assert first_doubt(alone, library) is None
        turned = replace(alone, text=alone.text.replace("不小于", "不大于").replace("补助20", "补助不超过20"))
        assert first_doubt(turned, library) is not None
