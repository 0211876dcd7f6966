"""What is taken for granted is corrected in the answer, wherever the clause that says so is found."""

import pytest

from assistant.types import AnswerStatus


@pytest.mark.parametrize(
    ("question", "head"),
    [
        (
            "上海由市民政局牵头吧？",
            "上海市：不是市民政局，而是市发展改革委、市住房城乡建设管理委、市规划资源局。",
        ),
        ("重庆办法第十五条规定了供地方式吧？", "重庆市：不是第十五条，而是附件2第十七条。"),
        ("上海对社区嵌入式服务设施补助30%工程总投资，是吗？", "上海市：所引条款没有写明“30%”。"),
        ("重庆到2025年要启动100个左右试点社区，对不对？", "重庆市：不是100个左右，而是50个左右。"),
        ("重庆试点要求两年内启动建设，从哪天起算？", "重庆市：不是两年内，而是1年内。"),
        ("北京要求养老服务和托育两项功能必须都配，没错吧？", "北京市：原则上需要。"),
    ],
)
def test_it_is_corrected_first(question, head, ask):
    """Body, clause, a figure no quote has, the figure of another year, a claim that is built upon."""
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.statements[0].text.replace(" ", "").startswith(head)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("国家方案是住房城乡建设部制定的，对吗？", "不是住房城乡建设部，而是国家发展改革委"),
        ("重庆的试点方案由三个部门联合印发吧？", "不是三个部门"),
        ("上海的方案是上海市住建委印发的吧？", "而是上海市人民政府办公厅"),
    ],
)
def test_who_made_a_document(question, said, ask):
    """Held against who drafted or issued it, and how many."""
    assert said in ask(question).statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "重庆办法第十七条规定了供地方式吧？",
        "北京办法第二十三条规定了补助比例，对吗？",
        "重庆评估结果报市发展改革委存档，是吧？",
    ],
)
def test_what_is_so_is_not_denied(question, ask):
    """The clause that does rule it, the body that does keep it."""
    assert not any(one.denied for one in ask(question).statements)


def test_a_claim_no_document_speaks_to_stays_without_basis(ask):
    """Asking neutrally must not make an answer of what only comes near."""
    assert ask("上海由市气象局负责电梯年检吧？").status is AnswerStatus.NO_BASIS
