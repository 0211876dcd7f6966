"""Which texts hold what a question wants."""

import pytest

from indexing.asking import Kind, kinds_of
from indexing.holding import holds_date, holds_figure, wanted_traits


@pytest.mark.parametrize(
    ("text", "question", "holds"),
    [
        ("每年定期组织征集", "多长时间组织一次", True),
        ("标准包括养老助老、扶残助残、儿童关爱", "标准一共有多少项", False),
        ("包括全日托、半日托、计时托", "托育有几种", True),
        ("定于三年内完成", "多久组织一次", False),
        ("每年定期组织征集", "多久组织一回征集", True),
        ("每年定期组织征集", "一年征集几次", True),
        ("完成两次以上改造", "一年征集几次", False),
        ("选择50个左右城市", "多大的城市优先", False),
        ("常住人口超过100万人的大城市", "多大的城市优先", True),
        ("补助不超过30%", "最高补几成", True),
        ("可按不超过原计容建筑面积15%左右比例给予支持", "能多给多少建筑面积", True),
        ("提供全日托、半日托、计时托、临时托服务", "有几种形式", True),
        ("提供托育服务", "有几种形式", False),
        ("优先供应大众化家常菜", "打几折", False),
        ("按八折收取", "打几折", True),
        ("具备七大类服务", "要有几大类服务", True),
        ("打造“15分钟社区生活圈”", "按多少分钟算", True),
        ("打造“一刻钟”服务圈", "走多少分钟", True),
        ("面向3岁以下婴幼儿", "托管的孩子多大以下才收", True),
        ("建筑面积600平方米", "托管的孩子多大以下才收", False),
        ("按照每百户不少于二十平方米的标准", "每百户配多少", True),
        ("按照每百户不少于二十平方米的标准", "面积多大", True),
        ("福彩公益金百分之五十以上", "公益金多少用于养老", True),
        ("处十万元以上五十万元以下罚款", "改变用途罚多少", True),
        ("责令限期改正", "改变用途罚多少", False),
        ("自变更之日起三十日内", "多少天内办变更", True),
        ("在三个月内移交", "几天内移交", True),
        ("及时移交", "几天内移交", False),
        ("原则上按照0.5倍间距控制", "楼之间间距留多大", True),
        ("满足消防间距即可", "隔多远才行", True),
        ("建筑面积600平方米", "隔多远才行", False),
        ("服务功能不少于3项", "至少要几个功能", True),
        ("场地不少于3处，提供服务功能", "至少要几个功能", False),
        ("按照“同步规划、同步建设、同步验收”原则", "要几个同步", True),
        ("配置七大类服务", "要配几大样服务", True),
        ("年满六十周岁的老年人", "几岁以上的老人", True),
        ("市辖区人口超过一百万人", "人口要多少", True),
        ("处一百元罚款", "停车一小时多少钱", False),
        ("处一百元罚款", "不交罚多少钱", True),
        ("每小时收费十元，逾期处一百元罚款", "停车一小时多少钱", True),
        ("新建功能集成、布局合理、规范有序的综合体", "要几项功能", False),
        ("提供助餐、助浴、助洁等服务功能", "要几项功能", True),
    ],
)
def test_a_figure_must_fit_the_measure(text: str, question: str, holds: bool) -> None:
    """How often, a share, a count of kinds, minutes, an age: each by its own form."""
    assert holds_figure(text, question) is holds


@pytest.mark.parametrize(
    ("text", "question", "holds"),
    [
        ("每年定期组织", "什么时候组织", True),
        ("每年定期组织", "每年几月份组织", False),
        ("2024年12月底前出台", "哪个月出台", True),
        ("提供24小时药事服务", "几点开放", True),
        ("到2027年全覆盖", "几点开放", False),
        ("2025年1月13日印发", "是几号印发的", True),
        ("取得审批手续后编制报告", "什么时候可以编报告", True),
        ("取得审批手续后编制报告", "什么时候编了报告", False),
        ("到2027年全覆盖", "周几开放", False),
        ("按照批复和工程进度适时下达资金", "资金什么时候下达", True),
        ("按照批复和工程进度适时下达资金", "资金什么时候申请", False),
        ("按照批复和工程进度适时下达资金", "批下来的钱什么时候到手", True),
        ("及时报送建设进度", "什么时候开工", False),
    ],
)
def test_a_time_must_be_as_exact_as_asked(text: str, question: str, holds: bool) -> None:
    """A year answers 什么时候, not 几点 or 周几."""
    assert Kind.DATE in kinds_of(question)
    assert holds_date(text, question) is holds


def test_the_share_of_an_area_is_looked_for_as_a_share() -> None:
    """百分之几的建筑面积 wants a ratio, 建筑面积多大 an area."""
    assert (wanted_traits("多给百分之几的建筑面积"), wanted_traits("建筑面积多大")) == ("r", "a")
