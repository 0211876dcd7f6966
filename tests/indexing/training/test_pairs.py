"""Pairs are cut where the text itself says what belongs together."""

import random

from indexing.training.pairs import (
    Article,
    Pair,
    articles,
    asked_pairs,
    citing_pairs,
    law_pairs,
    text_pairs,
    titled_pairs,
    topic_pairs,
)
from indexing.training.texts import Kind, Text

LAW = Text(
    Kind.LAW,
    "中华人民共和国云岭法",
    "2025-01-01",
    (
        ("中华人民共和国云岭法",),
        ("第一章 总则",),
        ("第一条 为了方便居民，制定本法。",),
        ("第二条 社区食堂应当每日开放。", "费用由镇财政补贴。"),
        ("（一）早餐七点开始供应；",),
        ("第二章 处罚",),
        ("第三条之一 违反规定的，责令改正。",),
    ),
)


def test_articles_are_cut_with_their_headings() -> None:
    """An article runs to the next mark; its mark is no part of its sentences."""
    assert list(articles(LAW)) == [
        Article("云岭法", "总则", "第一条", ("为了方便居民，制定本法。",)),
        Article(
            "云岭法",
            "总则",
            "第二条",
            ("社区食堂应当每日开放。", "费用由镇财政补贴。", "（一）早餐七点开始供应；"),
        ),
        Article("云岭法", "处罚", "第三条之一", ("违反规定的，责令改正。",)),
    ]


def test_a_sentence_asks_for_the_rest_of_its_article() -> None:
    """The query is taken out of the passage, and its list mark off."""
    pairs = [pair for pair in law_pairs(LAW, random.Random(1)) if pair.source == "law_sentence"]
    assert len(pairs) == 1
    whole = {"社区食堂应当每日开放。", "费用由镇财政补贴。", "早餐七点开始供应；"}
    assert {pair.query for pair in pairs} < whole
    assert {pairs[0].query, *(each.removeprefix("（一）") for each in pairs[0].passage)} == whole


def test_titles_topics_and_questions_ask_for_what_follows() -> None:
    """Title → body, first sentence → paragraph, a question in the text → the next sentences."""
    news = Text(
        Kind.BULLETIN,
        "社区食堂开张",
        "",
        (("今天食堂开张了。", "一顿饭多少钱？", "一荤两素收十五元。", "老人打八折优惠。"),),
    )
    assert next(titled_pairs(news)).passage[-1] == "老人打八折优惠。"
    assert list(asked_pairs(news)) == [
        Pair("asked", "一顿饭多少钱？", ("一荤两素收十五元。", "老人打八折优惠。"))
    ]
    assert next(topic_pairs(news)).query == "今天食堂开张了。"


def test_a_citing_sentence_asks_for_the_article() -> None:
    """《…法》第二条 is looked up and taken out of the query; an unknown law gives no pair."""
    cited = {("云岭法", "第二条"): ("社区食堂应当每日开放。",)}
    text = Text(
        Kind.NEWS,
        "",
        "",
        (("王大爷中午没饭吃，按《中华人民共和国云岭法》第2条食堂该开门。", "《别的法》第二条不管。"),),
    )
    assert list(citing_pairs(text, cited)) == [
        Pair("citing", "王大爷中午没饭吃，按食堂该开门。", ("社区食堂应当每日开放。",))
    ]


def test_the_same_seed_gives_the_same_pairs() -> None:
    """Pairs are drawn, and drawn alike."""
    texts = [LAW] * 5
    assert list(text_pairs(texts, 7)) == list(text_pairs(texts, 7))
    assert list(text_pairs([], 7)) == []
