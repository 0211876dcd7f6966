"""Shipped topics fill in what the search misses of one place, and nothing else."""

import pytest

from assistant.answers.known_topics import topic_asked
from assistant.questions.question import understand
from assistant.questions.terms import content_terms


def _topic(text, library, topics=None):
    question = understand(text, library)
    topic = topic_asked(question, content_terms(question, library), library, topics)
    return topic and topic.id


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("新建、扩建是支持还是限制", "new-building-limits"),
        ("牵头部门", "lead-departments"),
        ("容积率", "planning-relief"),
        ("试点社区退出机制", None),
        ("养犬", None),
    ],
)
def test_a_topic_is_known_by_a_wording_that_says_what_is_asked(text, topic, library):
    """And little else: a narrower question is none of the topic's."""
    assert _topic(text, library) == topic


def test_without_topics_none_is_known(library):
    """The data may be removed."""
    assert _topic("容积率", library, ()) is None
