"""What makes the subject of a comparison, and how much of it a text says."""

from assistant.answers.subject import most_said, share_said, subject_of, wordings_of
from assistant.questions.question import understand
from assistant.questions.terms import content_terms


def test_what_is_wanted_of_a_subject_is_no_subject(library):
    """托育的服务形式 is about 托育; 形式 is said of many things."""
    question = understand("托育的服务形式", library)
    assert [term.surface for term in subject_of(content_terms(question, library))] == ["托育"]


def test_nothing_said_of_no_subject():
    """Without content words no share can be told."""
    assert subject_of(()) == ()
    assert share_said("养老服务", ()) == 0


def _subject(text, library):
    return subject_of(content_terms(understand(text, library), library))


def test_a_deed_that_tells_as_much_as_a_thing_is_the_subject_too(library):
    """退出机制 is not about 机制 alone."""
    assert "退出" in [term.surface for term in _subject("退出机制", library)]


def test_two_words_side_by_side_are_said_together_or_not(library):
    """Who has 建设项目 has not said 重大建设项目."""
    subject = _subject("重大建设项目", library)
    assert share_said("纳入重大建设项目库", subject) == 1
    assert 0 < share_said("设施建设项目", subject) < 1


def test_of_two_ways_to_put_a_subject_one_is_enough(library):
    """业委会或者业主委员会 is said by either."""
    topic = "业委会或者业主委员会"
    ways = wordings_of(topic, _subject(topic, library))
    assert len(ways) == 2
    assert most_said("完善社区、网格、业委会协同运转机制", ways) == 1
    assert len(wordings_of("养老服务", _subject("养老服务", library))) == 1
