"""Who asks for all on a topic gets the chapter of that name, or each clause that speaks of it."""

import pytest


def cited(answer):
    """Paths of the units cited, without what stands below them."""
    return [one.path for said in answer.statements for one in said.citations]


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("总结一下重庆的运营管理要求", ["第十三条", "第十四条", "第十五条", "第十六条"]),
        (
            "重庆建设管理是怎么规定的",
            [f"第{number}条" for number in ("六", "七", "八", "九", "十", "十一", "十二")],
        ),
    ],
)
def test_a_chapter_asked_for_by_name_is_told_article_by_article(question, articles, ask):
    """Each with its own address, none of another chapter."""
    answer = ask(question)
    assert [one.text.partition("：")[0] for one in answer.statements] == [
        f"重庆市附件2 {each}" for each in articles
    ]


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        ("杭州对养老是怎么规定的", {"三/（三）/2", "三/（五）/2"}),
        ("北京对托育有哪些规定", {"第十三条", "第七条/第一款"}),
        ("杭州数字化方面的规定", {"三/（五）/1", "三/（五）/2"}),
    ],
)
def test_each_clause_on_the_topic_is_shown(question, paths, ask):
    """Not only the one that says most of it."""
    assert paths <= set(cited(ask(question)))


@pytest.mark.parametrize(
    ("question", "not_shown"),
    [
        ("重庆关于消防有什么规定", "附件2/第五条"),  # 消防 is one of many departments there
        ("说说北京的运营主体要求", "第二十二条"),  # says 实施主体
    ],
)
def test_what_only_names_the_topic_among_others_is_not_shown(question, not_shown, ask):
    """A member of an enumeration or a part of the word is not the topic."""
    assert not any(path.startswith(not_shown) for path in cited(ask(question)))


def test_one_thing_asked_is_no_summary(ask):
    """怎么规定 of a figure or a body asks for that alone."""
    assert len(ask("北京补助上限是怎么规定的").statements) == 1
    assert len(ask("重庆申报方案要达到什么要求").statements) == 1
