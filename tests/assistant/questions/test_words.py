"""Classes of words, and the words inside a long one."""

import pytest

from assistant.questions.words import forms_of, has_forms, has_noun, is_function, is_general, is_guess
from assistant.questions.words import words_inside as inside


@pytest.mark.parametrize(("word", "names_thing"), [("食堂", True), ("申请", False), ("epc", True)])
def test_a_verbal_noun_names_a_deed(word, names_thing):
    """Classes are those of the dictionary; Latin letters name a thing."""
    assert has_noun(word) is names_thing
    assert not is_guess(word)


def test_what_the_dictionary_lacks_is_a_guess():
    """The segmenter makes 价交 of 按居民价交水电费."""
    assert is_guess("价交")


def test_the_words_inside_a_long_word():
    """Left to right and apart; general ones only where they are asked for."""
    assert inside("工作人员") == ["人员"]
    assert inside("工作人员", with_general=True) == ["工作", "人员"]
    assert inside("食堂") == []


def test_function_words_and_general_words_name_nothing():
    """的 is never a noun; 方案 tells no clause from another."""
    assert is_function("的")
    assert not is_function("房")
    assert is_general("办法")
    assert not is_general("食堂")


def test_only_forms_say_a_word():
    """Related words of the thesaurus help the search alone."""
    assert has_forms("老人")
    assert "养老" in forms_of("老人")
    assert not has_forms("老年")
    assert forms_of("老年") == ("老年",)


def test_a_grant_goes_by_three_names():
    """Alone by the thesaurus, at the end of a word by what it ends in."""
    assert "建设补贴" in forms_of("建设补助")
    assert "送餐补助" in forms_of("送餐奖补")
    assert forms_of("补助")[1:3] == ("补贴", "奖补")
