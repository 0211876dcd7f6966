"""Topics as data, and what a user's words choose among them."""

import pytest

from assistant.comparing.topics import MOST_TOPICS, choose_topics, read_topics, shipped_topics
from assistant.comparing.types import FigureNeed
from assistant.errors import TopicError
from indexing.folding import fold_tight

GOOD = 'group = "甲"\n[[topic]]\nid = "a"\nname = "面积（下限）"\nsays = [["面积"]]\nunits = ["㎡"]\n'


def test_fifty_topics_are_shipped_under_different_names():
    """Ids, names and ways of asking tell them apart."""
    topics = shipped_topics()
    assert len(topics) == len({topic.id for topic in topics}) == len({topic.name for topic in topics}) == 50
    asked = [fold_tight(text) for topic in topics for text in topic.asks]
    assert len(asked) == len(set(asked))


def test_no_topic_names_a_document_or_a_clause():
    """They work for any library: no 文号, no article, no place held."""
    places = ("北京", "上海", "重庆", "杭州", "国办函")
    for topic in shipped_topics():
        patterns = [*sum(topic.says, ()), *topic.also, *topic.unless, *topic.figure_says]
        assert not [one for one in patterns for place in places if place in one or "第十" in one], topic.id


def test_a_topic_file_is_read():
    """Units make figures welcome; nothing else is needed."""
    (topic,) = read_topics(GOOD, "甲.toml")
    assert (topic.group, topic.figure, topic.says) == ("甲", FigureNeed.OPTIONAL, (("面积",),))


@pytest.mark.parametrize(
    "text",
    [
        "group = 1 2",
        'group = "甲"',
        GOOD + "unknown = 1\n",
        GOOD.replace('面积"]]', '("]]'),
        GOOD.replace("id", "no"),
    ],
)
def test_a_damaged_topic_file_is_named(text):
    """One sentence with the file's name."""
    with pytest.raises(TopicError, match=r"甲\.toml"):
        read_topics(text, "甲.toml")


@pytest.mark.parametrize(
    "typed", ["complex-area", "综合体建筑面积下限", "综合体 建筑面积下限", "综合体面积标准"]
)
def test_a_shipped_topic_goes_by_its_names(typed):
    """Id, name and ways of asking, in any width and spacing."""
    assert [topic.id for topic in choose_topics([typed])] == ["complex-area"]


def test_what_stands_in_brackets_may_be_left_out():
    """分散（插花式）建设 is also 分散建设."""
    assert [topic.id for topic in choose_topics(["分散建设"])] == ["scattered-building"]


def test_a_group_stands_for_its_topics():
    """资金支持 has several."""
    assert {topic.group for topic in choose_topics(["资金支持"])} == {"资金支持"}
    assert len(choose_topics(["资金支持"])) == 3


def test_other_words_become_a_free_topic():
    """Looked up through the search."""
    (topic,) = choose_topics(["电动自行车 充电"])
    assert topic.is_free
    assert topic.name == "电动自行车 充电"


def test_a_word_of_many_names_is_free():
    """面积 stands in several names and means none of them."""
    assert choose_topics(["面积"])[0].is_free


def test_nothing_named_is_everything_and_a_topic_twice_is_one():
    """In order."""
    assert choose_topics([]) == shipped_topics()
    assert len(choose_topics(["消防", "消防", "fire-safety"])) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([" ，"], "不能为空"),
        (["长" * 101], "请缩短到 100 字以内"),
        ([f"主题{number}" for number in range(MOST_TOPICS + 1)], "一次最多比对 100 个主题，现有 101 个"),
    ],
)
def test_what_cannot_be_compared_on_is_said(typed, sentence):
    """One clear sentence each."""
    with pytest.raises(TopicError, match=sentence):
        choose_topics(typed)
