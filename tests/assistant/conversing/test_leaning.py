"""Questions cut out of one text: what leans on the clause before it is answered by it."""

import pytest

from assistant.types import AnswerStatus


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("重庆运营单位每年要提交什么报告，由谁来评估？", AnswerStatus.ANSWERED),
        ("北京资金申请报告要达到什么深度，由谁上报？", AnswerStatus.ANSWERED),
        ("北京项目补助多少，停车位怎么买？", AnswerStatus.PARTIAL),
        ("重庆老年食堂怎么补助，一张床位多少钱？", AnswerStatus.PARTIAL),
    ],
)
def test_what_leans_is_answered_and_what_does_not_is_missing(question, status, ask):
    """A second question without a subject of its own is not reported as lacking a basis."""
    answer = ask(question)
    assert answer.statements
    assert answer.status is status, answer.missing
