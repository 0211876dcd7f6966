"""What is laid down for those inside is no answer for those outside."""

import pytest

from assistant.judging.opposites import rules_for_the_opposite


@pytest.mark.parametrize(
    ("question", "sentence", "opposed"),
    [
        ("非本地户籍老人能享受吗", "年满60周岁的本市户籍老年人可以享受;", True),
        ("非本地户籍老人能享受吗", "持有居住证的非本市户籍老年人参照执行。", False),
        ("外地老人能吃吗", "本市户籍老年人享受优惠;", True),
        ("外地老人能吃吗", "老年人享受优惠;", False),
        ("没有户口的孩子收吗", "招收本市户籍婴幼儿。", True),
        ("对非试点社区有什么要求", "试点社区具备七类功能;", True),
        ("对非试点社区有什么要求", "非试点社区参照执行。", False),
        (
            "非营利性设施怎么供地",
            "营利性设施有偿使用。",
            False,
        ),  # one word, which the words of the clause judge
        ("非常需要吗", "需要备案。", False),
        ("本地户籍老人能享受吗", "本市户籍老年人可以享受;", False),
    ],
)
def test_a_sentence_for_those_excluded_is_told_apart(question, sentence, opposed):
    """Where the question says 非, 外地 or 没有户口 of what the sentence speaks of without it."""
    assert rules_for_the_opposite(question, sentence) is opposed
