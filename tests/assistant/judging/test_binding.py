"""A duty is answered by the sentence that lays it down."""

import pytest

from assistant.judging.binding import asks_duty, binds
from assistant.questions.question import understand
from assistant.questions.terms import content_terms


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("必须配置养老服务吗", True),
        ("可以不配养老服务吗", True),
        ("能不能不提供临时托", True),
        ("可以扩建吗", False),
        ("省里需要做什么", False),
        ("可以不少于三项吗", False),
    ],
)
def test_what_asks_for_a_duty(question, asked, library):
    """Whether it must be done, or may be left out."""
    assert asks_duty(understand(question, library)) is asked


@pytest.mark.parametrize(
    ("question", "sentence", "lays_down"),
    [
        ("可以不配养老服务吗", "原则上应配置养老服务", True),
        ("可以不配养老服务吗", "养老服务宜提供短期托养", False),
        ("可以不配养老服务吗", "养老服务优先,设施应当安全", False),
        ("必须有三项功能吗", "服务功能原则上不应少于3项", True),
        ("必须有五项功能吗", "服务功能原则上不应少于3项", False),
    ],
)
def test_a_sentence_lays_down_the_duty_asked_about(question, sentence, lays_down, library):
    """The word that binds and the thing, or the figure, stand in one part of it."""
    read = understand(question, library)
    assert binds(read, sentence, content_terms(read, library)) is lays_down


def test_the_clause_of_the_duty_is_cited(ask):
    """Not the one that is all about the thing and only says what it should offer."""
    answer = ask("北京可以不配养老服务吗")
    assert answer.statements[0].citations[0].path.startswith("第七条")
    assert "原则上应配置养老服务或婴幼儿托育服务功能" in answer.text
