"""Pairs of a question (or what stands for one) and a passage that answers it, cut from plain texts.

A passage is a tuple of sentences, since a clause is found by its best sentence. Every
source is cut from `indexing.training.texts`, which holds nothing of the questions kept
for reports.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexing.numerals import article_mark
from indexing.training.texts import Kind, Text

MAX_SENTENCES = 6
"""How many sentences of a passage are looked at; more are rare among clauses."""

CONTEXT_SHARE = 0.5  # of passages whose sentences carry title and heading, as an index may have them
HEADING_SHARE = 0.3  # of articles that are paired with their law's name and heading

_MIN_CHARS, _MAX_CHARS = 6, 120  # of what stands for a question

# "第一条 为了…" and "第十七条之一　…" at the start of a line
_ARTICLE = re.compile(r"^(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十])?)[\s　]*")
_HEADING = re.compile(r"^第[一二三四五六七八九十百]+[章节编]\s*(.+)$")
# 《中华人民共和国道路交通安全法》第九十一条; not 《道路交通安全法》 alone
_CITED = re.compile(
    r"《(?:中华人民共和国)?([^《》]{2,30})》(?:[（(][^）)]{0,14}[）)])?(第[零〇一二三四五六七八九十百千\d]+条)"
)
_LIST_MARK = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|原标题：)\s*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and the sentences of a passage, one of which answers it.

    `negatives` are passages that look like the answer and are not; none where nobody looked.
    """

    source: str
    query: str
    passage: tuple[str, ...]
    negatives: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a statute; `mark` is its 第…条."""

    law: str
    heading: str
    mark: str
    sentences: tuple[str, ...]


def articles(text: Text) -> Iterator[Article]:
    """The articles of a statute in order; what stands before the first belongs to none."""
    law = text.title.removeprefix("中华人民共和国")
    heading, mark, sentences = "", "", list[str]()
    for line in text.lines:
        start, chapter = _ARTICLE.match(line[0]), _HEADING.match(line[0])
        if (start or chapter) and sentences:
            if mark:
                yield Article(law, heading, mark, tuple(sentences))
            sentences = []
        if chapter:
            heading, mark = chapter.group(1), ""
        elif start:
            mark = article_mark(start.group(1)) or ""
            first = line[0][start.end() :].strip()
            sentences = [*([first] if first else []), *line[1:]]
        else:
            sentences.extend(line)
    if mark and sentences:
        yield Article(law, heading, mark, tuple(sentences))


def law_pairs(text: Text, chance: random.Random) -> Iterator[Pair]:
    """Of every article a sentence → the rest (inverse cloze); of some also law and heading → article."""
    for article in articles(text):
        sentences = article.sentences
        if chance.random() < CONTEXT_SHARE:
            sentences = in_context(f"{article.law} {article.heading}", sentences)
        if len(sentences) > 1:
            chosen = chance.randrange(len(sentences))
            rest = sentences[:chosen] + sentences[chosen + 1 :]
            yield from _pair("law_sentence", article.sentences[chosen], rest)
        if article.heading and chance.random() < HEADING_SHARE:
            yield from _pair("law_heading", f"{article.law} {article.heading}", sentences)


def in_context(context: str, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """`sentences`, each after `context`."""
    return tuple(f"{context}\n{sentence}" for sentence in sentences)


def titled_pairs(text: Text) -> Iterator[Pair]:
    """Title → body, cut into blocks of `MAX_SENTENCES`, the first two."""
    sentences = tuple(text.sentences)
    for start in (0, MAX_SENTENCES):
        yield from _pair("title", text.title, sentences[start : start + MAX_SENTENCES])


def lead_pairs(text: Text, chance: random.Random) -> Iterator[Pair]:
    """First sentence of a news text → what follows; and a sentence anywhere → its neighbours."""
    sentences = tuple(text.sentences)
    if len(sentences) > 2:
        yield from _pair("lead", sentences[0], sentences[1 : 1 + MAX_SENTENCES])
        chosen = chance.randrange(1, len(sentences))
        around = sentences[max(0, chosen - 3) : chosen] + sentences[chosen + 1 : chosen + 4]
        yield from _pair("neighbours", sentences[chosen], around)


def topic_pairs(text: Text) -> Iterator[Pair]:
    """First sentence of a paragraph of a report or notice → the rest of the paragraph."""
    for line in text.lines:
        if len(line) > 1:
            yield from _pair("topic", line[0], line[1:])


def asked_pairs(text: Text) -> Iterator[Pair]:
    """A question asked in a running text → the three sentences after it."""
    sentences = tuple(text.sentences)
    for place, sentence in enumerate(sentences[:-1]):
        answers = tuple(each for each in sentences[place + 1 : place + 4] if not each.endswith("？"))
        if sentence.endswith("？") and len(sentence) <= 50 and answers:
            yield from _pair("asked", sentence, answers)


def citing_pairs(text: Text, cited: Mapping[tuple[str, str], tuple[str, ...]]) -> Iterator[Pair]:
    """The sentence that cites an article, and the two before it, → the article.

    Args:
        text: any text.
        cited: (law, mark) → sentences of the article.
    """
    sentences = tuple(text.sentences)
    for place, sentence in enumerate(sentences):
        for law, mark in _CITED.findall(sentence):
            passage = cited.get((law, article_mark(mark) or ""), ())
            for near in sentences[max(0, place - 2) : place + 1]:
                yield from _pair("citing", _CITED.sub("", near), passage)


def text_pairs(texts: Iterable[Text], seed: int) -> Iterator[Pair]:
    """Every pair that can be cut from `texts`; the same seed gives the same pairs."""
    chance = random.Random(seed)
    held = list(texts)
    cited = {
        (article.law, article.mark): article.sentences
        for text in sorted((text for text in held if text.kind is Kind.LAW), key=lambda text: text.date)
        for article in articles(text)
    }
    for text in held:
        if text.kind is Kind.LAW:
            yield from law_pairs(text, chance)
        if text.kind in (Kind.POLICY, Kind.REPORT):
            yield from topic_pairs(text)
        if text.kind is Kind.BULLETIN:
            yield from titled_pairs(text)
        if text.kind is Kind.NEWS:
            yield from lead_pairs(text, chance)
        if text.kind in (Kind.NEWS, Kind.BULLETIN):
            yield from asked_pairs(text)
        yield from citing_pairs(text, cited)


def _pair(source: str, query: str, passage: tuple[str, ...]) -> Iterator[Pair]:
    """The pair, if both sides say something."""
    query = _LIST_MARK.sub("", query).strip()[:_MAX_CHARS]
    passage = tuple(each for each in passage if len(each) >= _MIN_CHARS)[:MAX_SENTENCES]
    if len(query) >= _MIN_CHARS // 2 and passage:
        yield Pair(source, query, passage)
