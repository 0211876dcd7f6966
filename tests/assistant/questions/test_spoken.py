"""Words of spoken Chinese that name no subject, told by their form."""

import pytest

from assistant.questions.question import understand
from assistant.questions.spoken import activity_of, is_manner, joined, plain
from assistant.questions.terms import content_terms


@pytest.mark.parametrize(
    "word", ["两栋", "好几片", "那条", "搬到", "包下来", "听不懂", "租得起", "管不管", "看一看"]
)
def test_how_and_how_much_is_no_subject(word):
    """Counted things, complements and verbs said twice tell nothing of what is asked about."""
    assert is_manner(word)


@pytest.mark.parametrize("word", ["退出", "入住", "居住", "开放", "食堂", "驾校", "2031", "不得"])
def test_what_is_done_or_meant_stays_a_subject(word):
    """Deeds that only look like a verb with an ending, things, and years are what is asked about."""
    assert not is_manner(word)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("方案定了要备个案吗", "方案定了要备案吗"),
        ("完了工谁来验", "完工谁来验"),
        ("租金能便宜点吗", "租金能便宜吗"),
        ("要找个人问", "要找个人问"),  # 找人 is no word
        ("有几个月", "有几个月"),
        ("每个服务点", "每个服务点"),
        ("一点多用是什么", "一点多用是什么"),
    ],
)
def test_what_speech_puts_into_words_is_taken_out(spoken, written):
    """A verb and its object become one word where the dictionary has one, and 一点 behind a quality goes."""
    assert joined(spoken) == written


def test_a_word_is_read_without_what_speech_adds():
    """Doing a thing a little, and what a deed ends in, are not part of its name."""
    assert [plain(word) for word in ("打打牌", "搬迁到", "包下来", "宝宝屋")] == [
        "打牌",
        "搬迁",
        "包下来",
        "宝宝屋",
    ]


def test_a_place_is_known_by_what_is_done_there():
    """理发店 is where 理发 is done; a certificate is not what it certifies."""
    assert [activity_of(word) for word in ("理发店", "护理员", "居住证", "服务费")] == [
        "理发",
        "护理",
        None,
        None,
    ]


def test_a_place_no_document_names_is_said_by_its_activity(library):
    """No document has 理发店, and a clause on 便民理发 speaks of it; 理发 itself is no place."""
    terms = {term.surface: term for term in content_terms(understand("哪里有理发店", library), library)}
    assert not library.frequency("理发店")
    assert "理发" in terms["理发店"].forms


def test_slips_of_the_segmenter_weigh_next_to_nothing(library):
    """What jieba guesses across the border of two words is no thing that documents could lack."""
    weights = {
        term.surface: term.weight for term in content_terms(understand("能把饭端家里来吗", library), library)
    }
    strange = {
        term.surface: term.weight for term in content_terms(understand("小区养狗要登记吗", library), library)
    }
    assert weights.get("饭端", 0.0) < 1.0 < strange["养狗"]
