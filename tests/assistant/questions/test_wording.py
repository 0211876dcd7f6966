"""The language of questions: spoken forms, premises, and life without the reviewed thesaurus."""

import re

import pytest

import indexing.thesaurus as thesaurus_module
from assistant.questions.wording import doubts_figure, question_words, without_premises, written
from assistant.types import AnswerStatus
from indexing.thesaurus import thesaurus


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("补助上限是不是1亿元", "补助上限是不是"),
        ("不足600平方米怎么办", "不足怎么办"),
        ("补助30%对吗", "补助对吗"),
        ("整改六个月", "整改"),
        ("两项补助资金", "补助资金"),
        ("百分之五十的补助", "的补助"),
        ("到2027年的目标", "到2027年的目标"),
        ("每百户面积", "每百户面积"),
        ("一照多址", "一照多址"),
        ("一老一小", "一老一小"),
        ("第三类情形", "第三类情形"),
    ],
)
def test_figures_are_premises_and_years_are_topics(asked, left):
    """What a question supposes is not what it is about."""
    assert re.sub(r"\s+", "", without_premises(asked)) == left


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("补助比例是50%吧", True),
        ("上限是不是1亿元", True),
        ("先行先试的社区是200个吗", True),
        ("限期六个月,是这样吗", True),
        ("3岁以下的孩子能入托吗", False),
        ("60岁的老人能来吃饭吗", False),
    ],
)
def test_a_figure_put_to_be_confirmed(question, doubted):
    """Then the answer must hold a figure; an age in passing asks for none."""
    assert doubts_figure(question) is doubted


def test_spoken_forms():
    """啥 and 咋 are read as written ones."""
    assert written("啥时候办,咋办,多少平") == "什么时候办,怎么办,多少平方米"


def test_the_table_of_question_words_loads():
    """Patterns compile, no list is empty."""
    words = question_words()
    assert words.asking.search("请问")
    assert words.general
    assert words.soft


@pytest.fixture
def no_thesaurus(tmp_path, monkeypatch):
    """As in an installation whose reviewed data was left out."""
    thesaurus.cache_clear()
    monkeypatch.setattr(thesaurus_module.resources, "files", lambda _: tmp_path)
    assert thesaurus() == {}  # read while the folder is empty, kept for the test
    monkeypatch.undo()
    yield
    thesaurus.cache_clear()


def test_questions_are_answered_without_the_thesaurus(no_thesaurus, ask):
    """Official wording needs none; a refusal stays one."""
    answer = ask("北京市对社区嵌入式服务设施项目补助多少？")
    assert answer.status is AnswerStatus.ANSWERED
    assert [c.path for s in answer.statements for c in s.citations] == ["第二十三条"]
    assert ask("北京市公积金怎么提取？").status is AnswerStatus.NO_BASIS
    assert ask("渝发改规范〔2024〕10号附件1-1第21项").status is AnswerStatus.ANSWERED


def test_how_binding_it_is_is_not_what_a_question_is_about(ask):
    """是要求还是鼓励 asks how the clause puts it; neither word need stand in the clause."""
    answer = ask("国家说的一照多址是要求还是鼓励")
    assert [c.path for c in answer.statements[0].citations] == ["三/（九）"]
    assert "国家层面：不是必须，鼓励。" in answer.text
