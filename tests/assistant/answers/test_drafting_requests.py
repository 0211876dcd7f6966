"""A request to draft a document is told where it can be drafted; a question on one is not."""

import pytest

from assistant.answers.drafting_requests import drafting_notice
from assistant.questions.question import understand


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("起草一份北京的资金申请报告", "BJ-D3"),
        ("帮我写一个重庆的实施方案", "CQ-D2"),
        ("请帮我们拟一份杭州的社区专项体检报告", "HZ-D2"),
        ("草拟重庆运营监管协议", "CQ-D4"),
    ],
)
def test_the_template_asked_for_is_named(text, template, library):
    """Of the place named, and with the command that drafts it."""
    (notice,) = drafting_notice(text, understand(text, library))
    assert f"（{template}）" in notice
    assert notice.count("（") == 1
    assert f"cewen draft {template} " in notice


def test_a_document_without_a_template_is_told_as_such(library):
    """No other document is offered for it."""
    text = "帮我起草一份请示"
    (notice,) = drafting_notice(text, understand(text, library))
    assert "cewen templates" in notice


@pytest.mark.parametrize(
    "text", ["方案由谁起草", "资金申请报告怎么编写", "上海方案是谁起草的", "北京资金申请报告要达到什么深度"]
)
def test_a_question_on_a_document_is_no_request(text, library):
    """谁起草 and 怎么编写 are answered from the clauses alone."""
    assert drafting_notice(text, understand(text, library)) == ()


def test_the_answer_still_says_what_the_documents_lay_down(ask):
    """The notice stands beside it."""
    answer = ask("起草一份北京的资金申请报告")
    assert "概算深度" in answer.text
    assert any("BJ-D3" in notice for notice in answer.notices)
