"""What a question denies and a sentence affirms is found; what only looks like a denial is not."""

import pytest

from assistant.premises.contradicting import contradicted


@pytest.mark.parametrize(
    ("asked", "said", "found"),
    [
        ("不合格的能拿补助吗", "等级为合格及以上等级的,可获得补助", ("不合格", "合格")),
        ("便民商业类不包括就业服务吧", "便民商业类指…,包括就业服务", ("不包括", "包括")),
        ("没经过评估能放宽吗", "经科学评估论证,可放宽", ("没经过评估", "评估")),
        ("要不要征求意见", "应征求意见", None),
        ("暂时没条件的能分散建吗", "暂不具备条件的社区,可分散建设", None),
        ("不少于3项吗", "服务功能原则上不应少于3项", None),
        ("不合格的怎么办", "评估等级为不合格的,限期整改", None),
    ],
)
def test_words_of_opposite_polarity(asked, said, found):
    """要不要 asks, 不少于 bounds, and 不具备条件 denies the same."""
    assert contradicted(asked, said) == found
