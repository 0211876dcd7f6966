"""Definitions, requirements and roles win over clauses that merely share the words."""

import pytest

from assistant.judging.forms import asks_roles_only
from assistant.questions.question import understand
from assistant.questions.terms import content_terms


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("重庆的办法里，什么叫社区嵌入式服务设施？", "附件2/第二条"),
        ("北京说的“便民商业类”是指什么？", "第七条"),
        ("重庆实施方案应当包括哪些内容", "附件2/第九条"),
        ("重庆的牵头部门是谁", "附件1/三/（一）"),
        ("上海市推进社区嵌入式服务设施建设的牵头单位", "结尾段"),
        ("上海的社区托育“宝宝屋”由谁负责", "二/（七）"),
        ("重庆附件的管理办法从什么时候起施行？", "附件2/第二十八条"),
    ],
)
def test_the_clause_of_the_right_shape_comes_first(question, path, ask, library):
    """Cited first, or inside it."""
    citation = ask(question).statements[0].citations[0]
    assert citation.path == path or citation.path.startswith(f"{path}/")


@pytest.mark.parametrize(
    ("question", "alone"), [("由谁牵头", True), ("牵头部门是哪个", True), ("谁负责养老服务", False)]
)
def test_a_role_without_a_topic(question, alone, library):
    """谁牵头 asks of the whole document."""
    assert asks_roles_only(content_terms(understand(question, library), library)) is alone
