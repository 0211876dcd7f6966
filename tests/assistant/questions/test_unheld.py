"""Documents cited but not held, named without 《》."""

import pytest

from assistant.questions.unheld import unheld_names
from assistant.types import AnswerStatus
from indexing.folding import fold_tight

GUIDE = "《城市社区嵌入式服务设施建设导则(试行)》被库内文件引用，但不在库中"


@pytest.mark.parametrize(
    "question",
    [
        "社区嵌入式服务设施建设导则对面积怎么规定",
        "建设导则",
        "建设导则里对层高有什么要求？",
        "导则怎么规定层高？",
        "北京的建设导则对托育面积怎么规定？",
    ],
)
def test_a_cited_document_cannot_speak(question, ask):
    """Its tail is its name; clauses that only cite it do not answer for it."""
    answer = ask(question)
    assert (answer.status, answer.statements) == (AnswerStatus.NO_BASIS, ())
    assert any(GUIDE in sentence for sentence in answer.missing)


def test_a_place_in_the_name_is_part_of_it(ask):
    """杭州市 opens the title of the 指引; Hangzhou's plan is not asked."""
    answer = ask("杭州市党建统领未来社区工作规范指引讲了哪些内容？")
    assert answer.status is AnswerStatus.NO_BASIS
    assert answer.missing[0].startswith("《杭州市党建统领未来社区工作规范指引（试行）》被库内文件引用")


@pytest.mark.parametrize(
    "question",
    [
        "符合导则的项目有什么支持",
        "北京按照建设导则要求的项目补助多少",
        "哪个部门制定建设导则",
        "建设导则由谁组织制定",
        "全国的建设导则是哪家单位牵头编的",
        "重庆的实施方案怎么审查",
        "北京的面积标准是多少",
        "重庆运营管理办法怎么规定收费",
        "各地的实施意见",
    ],
)
def test_a_mention_or_a_general_word_names_nothing(question, library):
    """符合导则的项目; 实施方案 and 管理办法 are held, 标准 is a word."""
    assert [name for name in unheld_names(fold_tight(question), library) if not name.is_mention] == []


def test_it_may_stand_beside_one_that_can(ask):
    """Two asked, one held: its answer, and the other's lack."""
    answer = ask("北京和《城市社区嵌入式服务设施建设导则》分别怎么规定功能？")
    assert answer.status is AnswerStatus.PARTIAL
    assert any("不在库中" in sentence for sentence in answer.missing)
