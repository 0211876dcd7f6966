"""What words a library knows."""

import pytest

from indexing.lexicon import Lexicon


@pytest.fixture
def lexicon() -> Lexicon:
    """A library with a few words, one of them guessed by jieba and one only in phrasings."""
    counts = {"托育": 5, "app": 1, "以及": 3, "厢有": 1, "服务驿": 2, "托儿所": 1, "食堂": 1}
    documents = {word: count for word, count in counts.items() if word not in {"托儿所", "食堂"}}
    return Lexicon(counts, lambda word: documents.get(word, 0), lambda _: False)


@pytest.mark.parametrize(
    ("word", "is_known"), [("托育", True), ("厢有", True), ("伢儿", True), ("苹果", True)]
)
def test_a_word_of_library_thesaurus_or_dictionary_is_known(lexicon, word, is_known):
    """Each of the three is enough."""
    assert lexicon.knows(word) is is_known
    assert not lexicon.knows(word + "服物")


@pytest.mark.parametrize(
    ("word", "weight"),
    [
        ("托育", 5),
        ("服务驿", 2),  # guessed, but several units have it
        ("厢有", 0),  # guessed, and one unit has it
        ("以及", 0),  # of no subject
        ("食堂", 0),  # no document says it
        ("托儿所", 1),  # nor this, but a longer word is hardly made by chance
        ("苹果", 0),
    ],
)
def test_what_a_slip_may_be_read_as(lexicon, word, weight):
    """Words of subjects that documents say weigh as many units as say them."""
    assert lexicon.weight(word) == weight


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("qwerty补助", " 补助"),
        ("APP怎么用", "APP怎么用"),
        ("ＸＹＺ和3D打印", " 和3D打印"),
        ("附件A", "附件A"),
        ("", ""),
    ],
)
def test_latin_words_nobody_knows_are_taken_out(lexicon, asked, left):
    """Of letters alone, more than one; what the library or the thesaurus has stays."""
    assert lexicon.without_strangers(asked) == left
