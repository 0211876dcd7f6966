"""Questions for all that a place says on a topic (总结一下运营管理要求, 对养老是怎么规定的).

A chapter or section of that name is told article by article; elsewhere every clause that speaks of the
topic is shown, not only the one that speaks of it most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.judging.bearing import heading_of, principal_of
from assistant.judging.choosing import says_the_same
from assistant.judging.evidence import Evidence, Passage
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force
from assistant.questions.weighing import Term
from assistant.types import Statement
from assistant.writing.citing import display_path
from assistant.writing.findings import Finding, verified
from assistant.writing.writer import place_of, quoted_statement, with_lists
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.types import Clause, Document, Level

_ASKED = re.compile(
    r"总结|概括|归纳|梳理|汇总|概述|综述|介绍|说说|讲讲|谈谈"
    r"|(?:怎么|如何|怎样)(?:规定|要求|讲|说|写)的?[?？]*$"
    r"|[有的](?:哪些|什么)(?:具体|主要|相关)?(?:规定|要求|说法|政策)[?？]*$"
    r"|方面的?(?:规定|要求|政策|内容|说法)[?？]*$|关于[^,，]{2,12}的?(?:规定|要求|政策)"
)
_AROUND = re.compile(
    r"总结|概括|归纳|梳理|汇总|概述|综述|介绍|说说|讲讲|谈谈|一?下|出来?|请|帮我|给我|(?:怎么|如何|怎样)(?:规定|要求|讲|说|写)"
    r"|具体|主要|相关|方面|关于|对于?|在|的|有|哪些|什么|是|规定|要求|政策|内容|说法|情况|呢|都|里面?|中|办法|方案|文件|[?？,，。]"
)
_SHORTEST = 3  # characters of a heading that is asked for by name
_NAMED = 0.6  # share of the longer of heading and topic that both must have
_MOST_ARTICLES, _MOST_CLAUSES = 8, 4
_OPENING_CHARS = 160  # of an article told, no less than its first sentence
_HEADED = frozenset({Level.CHAPTER, Level.SECTION, Level.HEADING1, Level.HEADING2, Level.HEADING3})
_MOST_TERMS = 2  # of a topic: more of them ask something in particular
_EXACT = frozenset({Kind.FIGURE, Kind.DATE, Kind.BODY, Kind.YES_NO, Kind.DEFINITION})


def asks_summary(question: Question) -> bool:
    """Whether all that is said on a topic is asked for, not one thing of it."""
    narrow = bool(_EXACT & question.kinds) or question.negated is not None
    return not narrow and _ASKED.search(question.body) is not None


def from_summaries(question: Question, scopes: Sequence[Scope], desk: Desk) -> Finding | None:
    """The articles of the chapter or section that is asked for by its name, place by place.

    None where no summary is asked for, clauses are named, or a place has no chapter of that name.
    """
    topic = _AROUND.sub("", question.body)
    if question.references or not asks_summary(question) or len(topic) < _SHORTEST:
        return None
    told: list[Statement] = []
    for scope in scopes:
        expired = {document.doc_id for document in out_of_force(scope, desk)}
        held = [one for one in documents_in(scope, desk) if one.doc_id not in expired]
        its = [one for document in held for one in _articles(topic, question, document, desk.library)]
        if not its:
            return None
        told += its
    return verified(told, desk)


def _articles(topic: str, question: Question, document: Document, library: Library) -> Iterator[Statement]:
    """One statement for each article of the chapter, or paragraph of the section, that is named so."""
    clauses = library.clauses(document.doc_id)
    headed = [one for one in clauses if one.level in _HEADED and one.heading]
    named = [one for one in headed if _is_named(topic, fold_tight(one.heading or ""))]
    for above in named[:1]:
        below = [one for one in clauses if one.is_unit and _is_in(one, above)]
        for unit in below[:_MOST_ARTICLES]:
            yield _opening_of(unit, question, document, library)


def _is_in(clause: Clause, above: Clause) -> bool:
    return clause.part == above.part and above.start <= clause.start < above.end


def _is_named(topic: str, heading: str) -> bool:
    """Whether a heading is the topic, or ends in it: 健全社区服务设施运营模式."""
    shorter, longer = sorted((topic, heading), key=len)
    is_most = shorter in longer and len(shorter) >= max(_SHORTEST, _NAMED * len(longer))
    return is_most or (len(topic) > _SHORTEST and heading.endswith(topic))


def _opening_of(article: Clause, question: Question, document: Document, library: Library) -> Statement:
    """The first sentences of an article with the list they open, under the article's number."""
    heading = fold_tight(article.heading or "").rstrip("。")
    found = [one for one in library.sentences(article) if one[2].rstrip("。") != heading]
    first = [
        (article.start + start, article.start + end)
        for start, end, _ in found
        if start == found[0][0] or end - found[0][0] <= _OPENING_CHARS
    ]
    whole = replace(question, kinds=question.kinds | {Kind.LIST})
    spans = with_lists(whole, article, document, first, library)
    where = display_path(article.path)
    return quoted_statement(
        document, article, spans, library, "statement_clause", place=place_of(document), where=where
    )


def summarised(
    question: Question,
    evidence: Sequence[Evidence],
    judged: Sequence[Evidence],
    terms: Sequence[Term],
    library: Library,
) -> list[Evidence]:
    """The evidence, and behind it each further clause that says the topic, where all on it is asked for.

    Args:
        question: as understood.
        evidence: what suffices, best first; unchanged where it is empty.
        judged: all that was found, in the order of the search.
        terms: what the question is about.
        library: what the clauses stand in.
    """
    topic = principal_of(terms)
    if not evidence or not asks_summary(question) or not topic or len(topic) > _MOST_TERMS:
        return list(evidence)
    out = list(evidence)
    for item in judged:
        if not item.fits or item.bearing < 0 or len(out) >= _MOST_CLAUSES:
            continue  # below 0 the topic is only one member of an enumeration
        if any(says_the_same(item, one, library) for one in out):
            continue
        on_topic = _on_topic(item, topic, library)
        if on_topic and all(item.clause.clause_id != one.clause.clause_id for one in out):
            out.append(replace(item, passages=on_topic))
    return out


def _on_topic(item: Evidence, topic: Sequence[Term], library: Library) -> tuple[Passage, ...]:
    """The sentences chosen of a clause that say the whole topic, all of them where its heading does."""
    forms = [[form for form in term.forms if _names_whole(form, term.surface)] for term in topic]
    if all(any(form in heading_of(item.clause) for form in its) for its in forms):
        return item.passages
    text = library.document(item.clause.doc_id).text
    said = {one: fold_tight(text[one.start : one.end]) for one in item.passages}
    return tuple(one for one in said if all(any(form in said[one] for form in its) for its in forms))


def _names_whole(form: str, surface: str) -> bool:
    """Whether a form is no mere part of the word asked: 数字 names 数字化, 主体 not 运营主体."""
    is_stem = surface.startswith(form) and len(surface) - len(form) < 2
    return is_stem or form not in surface
