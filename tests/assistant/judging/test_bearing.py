"""Among clauses that suffice the one on the subject comes before one that names it among much else."""

import pytest

from assistant.questions.question import understand
from assistant.questions.terms import content_terms


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("北京养老服务包括哪几样？", "第十二条"),
        ("北京基本公共服务类包含哪几项？", "第七条/第二款"),
        ("上海在养老上有什么说法？", "二/（七）"),
        ("国家哪些部门要加强指导监督？", "四/（十一）"),
        ("重庆试点名单怎么确定？", "附件2/第八条"),  # 第六条 only names it as a step
    ],
)
def test_the_clause_on_the_subject_comes_first(question, path, ask):
    """By its heading, or because a sentence of it opens with what is asked about."""
    citation = ask(question).statements[0].citations[0]
    assert citation.path == path or citation.path.startswith(f"{path}/")


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("北京的健康服务都有啥？", ("家庭医生诊疗", "24小时药事")),
        ("重庆每年来评估主要看些什么？", ("设施设备条件", "社会信誉")),
        (
            "杭州“1+N”政策体系涉及哪几个方面？",
            ("规划支持方面", "空间保障方面", "项目实施方面", "运营管理方面"),
        ),
        ("国家方案的四项基本原则是什么？", ("保障基本", "分类施策", "鼓励创新", "健全机制")),
        ("国家方案的总体要求里有哪四条原则？", ("保障基本", "分类施策", "鼓励创新", "健全机制")),
        ("杭州2025年要实现哪些目标？", ("80 个社区", "全覆盖")),
        ("重庆备案的设施能享受哪些优惠？", ("城市基础设施配套费", "居民生活类价格")),
        ("重庆搞试点分几步走？", ("发布申报通知", "试运营", "考核评估")),
        ("上海把哪些优质公共服务往社区下沉？", ("专业照护", "宝宝屋", "微型消防站")),
    ],
)
def test_a_list_asked_for_is_whole(question, holds, ask):
    """Every member of the clause on the subject, and no verdict before it."""
    text = ask(question).statements[0].text
    assert all(one in text for one in holds)
    assert "需要。" not in text.partition("：")[2][:4]


def test_what_every_clause_is_about_tells_none(library):
    """社区嵌入式服务设施 is in all of them."""
    terms = content_terms(understand("社区嵌入式服务设施都有啥服务？", library), library)
    assert max(term.weight for term in terms) < 1.3
