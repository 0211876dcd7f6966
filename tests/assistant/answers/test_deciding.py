"""Yes or no with its modality, premises confirmed or corrected; what no clause decides is left open."""

import pytest

from assistant.questions.asked_day import asked_day
from assistant.types import AnswerStatus


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("上海旧厂房改造能扩建吗？", "上海市：不可以。"),
        ("上海存量房能扩建吗", "上海市：不可以。"),
        ("重庆实施方案可以变更吗？", "重庆市：原则上不可以。"),
        ("上海利用存量资源改造，规划性质和土地权属需要变更吗？", "上海市：不需要。"),
        ("北京能不能分散建设？", "北京市：可以。"),
        ("北京必须分散建设吗", "北京市：不是必须，可以。"),
        ("重庆市是否支持带方案招拍挂出让？", "重庆市：支持。"),
        ("北京的项目能重复申请市级资金吗？", "北京市：不可以。"),
        ("重庆综合体面积有上限吗？", "重庆市：没有。"),
        ("北京小区里有没有送餐上门的？", "北京市：有，属于鼓励。"),
        ("重庆老年食堂有补贴吗？", "重庆市：可以有。"),
        ("北京必须有三项功能吗", "北京市：原则上需要。"),
        ("重庆综合体必须达到600平方米吗", "重庆市：一般需要。"),
        ("杭州民生幸福共同体必须有3项功能吗", "杭州市：需要。"),
        ("重庆开发商配建后无偿交出来的设施计入容积率吗？", "重庆市：可不计入。"),
        ("重庆增设的地上停车库算不算容积率？", "重庆市：不计算。"),
        ("上海错时复合利用的面积算不算各行业的指标？", "上海市：可以。"),
        ("北京个人可不可以当运营主体？", "北京市：可以。"),
        ("重庆实施方案要不要征求公众意见？", "重庆市：需要。"),
        ("国家允许放宽场地面积要求吗？", "国家层面：允许试点城市这样做。"),
        ("重庆支持建筑师负责制吗", "重庆市：提出探索。"),
        ("重庆能不能用空置公租房", "重庆市：可以（探索）。"),
        ("上海综合体里可以开公益便利店吗", "上海市：可以（支持）。"),
    ],
)
def test_the_first_words_decide(question, head, ask):
    """With the clause that decides behind them."""
    first = ask(question).statements[0]
    assert first.text.startswith(head)
    assert first.citations


@pytest.mark.parametrize(
    "question",
    [
        "北京的锅炉房能住人吗？",
        "国家允许社区建设放宽面积要求吗？",
        "杭州可以不验收吗？",
        "重庆配建需要超过一栋楼吗？",
        "北京可以不配养老服务吗",  # 原则上应配置养老服务或婴幼儿托育: with the other it may
        "北京必须有五项功能吗",
        "重庆不合格的能拿运营补助吗？",  # what holds for 合格 does not for 不合格
        "重庆街道能不能制定土地配套政策？",  # 市级相关部门 may
        "重庆经营性的地能不能划拨？",  # has a rule of its own
    ],
)
def test_what_no_clause_decides_is_left_open(question, ask):
    """No 可以 and no 不可以 before a clause that does not say so."""
    for statement in ask(question).statements:
        said = statement.text.partition("：")[2]
        assert not said.startswith(("可以", "不可以", "需要", "不需要", "不得"))


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("北京补助总额的上限是1亿元吧？", "北京市：不是1亿元，而是不超过5000万元。"),
        ("杭州既有试点社区不是要求每百户50平方米吗？", "杭州市：不是50平方米，而是不小于60平方米。"),
        ("上海的先行先试社区是100个对吧？", "上海市：不是100个，而是120个左右。"),
        ("国家是要求每百户不超过30平方米吗？", "国家层面：不是不超过30平方米，而是不少于30平方米。"),
        ("重庆的试点社区总共是50个左右吧？", "重庆市：不是50个左右，而是100个左右。"),
        ("杭州这项工作是市长亲自当组长，对不对？", "杭州市：不是市长，而是常务副市长。"),
        ("国家方案要求到2030年向其他城市推开，是否准确？", "国家层面：不是到2030年，而是到2027年。"),
        ("国家选了100个左右城市开展试点，每个城市多少社区？", "国家层面：不是100个左右，而是50个左右。"),
        ("北京的文号是京发改规〔2024〕1号吧？", "不是京发改规〔2024〕1号，而是京发改规〔2025〕1号。"),
        ("北京两项补助合计最多8000万元，是吗？", "北京市：不是最多8000万元，而是不超过5000万元。"),
        ("重庆到2025年要先启动80个试点社区，对吗？", "重庆市：不是80个，而是50个左右。"),
        ("北京的儿童托管是给3~12岁孩子的吧？", "北京市：不是3~12岁，而是3~6岁和6~18岁。"),
        ("北京市发展改革委每季度组织一次项目征集，对吗？", "北京市：不是每季度，而是每年。"),
        (
            "重庆综合体建筑面积一般不应小于800平方米，是吧？",
            "重庆市：不是不应小于800平方米，而是不应小于600平方米。",
        ),
    ],
)
def test_a_wrong_premise_is_corrected_first(question, head, ask):
    """Figure, direction, day and body; what is denied is the question's, what stands instead the clause's."""
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.statements[0].text.startswith(head)
    assert not [one for one in answer.rejected if one.text.startswith(head)]


@pytest.mark.parametrize(
    "question",
    [
        "北京两项补助资金总额不超过5000万元，对吧？",
        "重庆不合格的限期三个月整改，是吗？",
        "杭州的推进组组长是常务副市长，对吧？",
        "杭州既有试点社区是每百户60平方米吧？",
        "重庆综合体一般不小于600平方米，对吧？",
    ],
)
def test_a_true_premise_is_confirmed(question, ask):
    """And not corrected."""
    text = ask(question).statements[0].text
    assert text.partition("：")[2].startswith("是的。")
    assert "而是" not in text


@pytest.mark.parametrize(
    "question",
    ["杭州既有试点社区的民生幸福共同体不小于1000平方米，对吗？", "北京两项补助合计8000万元，没错吧？"],
)
def test_one_claim_that_holds_does_not_confirm_another(question, ask):
    """两项 and 不小于 are right; the figure is not, and 是的 would confirm it."""
    assert "是的" not in ask(question).text


def test_more_than_the_figure_claimed_is_not_confirmed(ask):
    """三个月 is right, 不会解约 is not: 是的 would confirm both."""
    assert "是的" not in ask("在重庆，整改不合格的话只是再给三个月，不会解约吧？").text


@pytest.mark.parametrize(
    ("question", "told", "day"),
    [
        ("截至2026年底北京的办法还有效吗？", "到所问日期仍有效", "2026-12-31"),
        ("北京办法2029年还管用吗？", "到所问日期已失效", "2029-12-31"),
    ],
)
def test_validity_is_told_for_the_day_asked_about(question, told, day, ask):
    """The question's day counts, not the caller's."""
    answer = ask(question)
    assert told in answer.statements[0].text
    assert answer.as_of.isoformat() == day


@pytest.mark.parametrize("text", ["到2027年建多少个", "2025年要遴选80个社区", "截至2026年13月还有效吗"])
def test_a_target_is_not_the_day_asked_about(text):
    """到2027年 names what is to be reached, and a thirteenth month no day."""
    assert asked_day(text) is None


def test_the_number_of_a_cited_document_is_told_from_the_clause_that_cites_it(ask):
    """What the document lays down is not; that it is not held is said."""
    answer = ask("《城市社区嵌入式服务设施建设导则（试行）》的文号是多少？")
    assert answer.status is AnswerStatus.ANSWERED
    assert "尚待加入文库" in answer.text
    assert "发改社会〔2024〕5号" in answer.text
    assert ask("《城市社区嵌入式服务设施建设导则（试行）》规定了什么？").status is AnswerStatus.NO_BASIS


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("重庆非独立场所改养老点要变更土地性质吗？", "重庆市：不需要。"),
        ("杭州物业公司能不能提供普惠服务？", "杭州市：可以（支持）。"),
        ("北京的改扩建项目能不能申请补助？", "北京市：可以。"),
        ("杭州项目要不要纳入国家重大建设项目库？", "杭州市：需要。"),
    ],
)
def test_what_stands_behind_a_case_decides(question, head, ask):
    """通过验收的，不需变更 frees; 给予补助 grants; 将…纳入 is an order; 物业 is meant by 物业公司."""
    assert ask(question).statements[0].text.startswith(head)


@pytest.mark.parametrize("question", ["杭州需要开展社区专项体检吗？", "北京国有房产给社区用，所有权要变吗？"])
def test_what_is_upheld_or_kept_decides_nothing(question, ask):
    """坚持开展 is no support, 在保持所有权不变条件下 no duty to change it."""
    text = ask(question).statements[0].text
    assert not text.partition("：")[2].startswith(("需要", "不是必须"))


def test_what_the_builder_must_do_is_not_said_of_the_operator(ask):
    """项目单位编制资金申请报告 does not decide whether a 运营单位 has to report."""
    answer = ask("北京的运营单位每年要交运营情况报告吗")
    assert not any(one.text.startswith("北京市：需要。") for one in answer.statements)
    assert any(
        one.text.startswith("重庆市：需要。")
        for one in ask("重庆的运营单位每年要交运营情况报告吗").statements
    )
