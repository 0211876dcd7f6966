"""The sentences of a clause that are shown: fewer where one alone answers, all of them where all are asked.

The judge picks what speaks to a question; how much of it a reader should see depends on what is asked.
A definition is the sentence that defines. Yes or no is decided by one sentence. A list asked for of the
very subject of a clause is the whole clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.deciding import deeds_of
from assistant.direct.parts import share_of_terms
from assistant.judging.bearing import HEADED, heading_of, is_said_of, principal_of
from assistant.judging.evidence import Evidence, Passage, column_at, is_short_cell
from assistant.judging.forms import DEFINING, asks_roles_only, sentence_bonus
from assistant.judging.target_years import sentence_years
from assistant.library import Library, opening_length
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.types import Clause, Span

WHOLE_SUBJECT_CHARS = 600
"""A clause no longer than this is shown whole where what its heading names is what is asked about."""

_EXACT = frozenset({Kind.FIGURE, Kind.DATE, Kind.BODY, Kind.YES_NO, Kind.DEFINITION})
_DECIDES = 0.8  # share of what the best sentence says, from which another is shown to yes or no
_SURE = 0.7  # share from which a sentence is sure enough to stand alone
# "包括哪几样", "主要看什么"; not "怎么支持": how a thing is done may stand in any sentence
_MEMBERS = re.compile(r"哪些|哪几|几[样种类项个块招]|包[括含]|什么|都有")
# "能享受什么减免", "给什么照顾": as much a list as 哪些减免
_ASKS_MEMBERS = re.compile(
    r"(?:享受|有|给予?|提供|得到|获得|拿到|[能可]以?办|[要得]看|评)(?:到|些)?什么(?!时候|地方|关系|区别)"
)
_HALF = 0.5  # share of the question below which a sentence hardly tells that it answers
_READ_WHOLE_CHARS = 260  # of a paragraph that is shown whole then: a short article of a measure
_GENERAL = 0.5  # weight below which a word tells little: 社区, 服务, 设施
_SHORT_CHARS = 220  # of a paragraph read at a glance
_LISTS = re.compile(r"(?:[^、。；;]+、){2}")  # of three at least
_INCLUDES = re.compile(r"(?:包括|内容(?:为|是)|分为)[^。；;]*(?:、[^、。；;]+){2}")
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?(?:小时|分钟|个?工作日|天|个月|周?岁|平方米|公里|米|%|万元|亿元|元|人|户|张|个|项)"
)
_UNTIL_COMMA = re.compile("[^，,]*[，,]")


def focused(item: Evidence, question: Question, terms: Sequence[Term], library: Library) -> Evidence:
    """The evidence with the sentences to be shown, in document order; never without any.

    Args:
        item: a clause and the sentences of it that speak to the question.
        question: as understood.
        terms: what it is about.
        library: what the clause stands in.
    """
    kept = item.passages
    of_figure = _of_figure(item, question, library)
    if of_figure:
        kept = of_figure
    elif Kind.DEFINITION in question.kinds:
        kept = _defining(item, question, terms) or kept
    elif Kind.YES_NO in question.kinds and question.negated is None:
        kept = _with_deed(_best(kept, least=_SURE), item, deeds_of(question, terms), library)
    elif Kind.LIST in question.kinds and not _EXACT & question.kinds and question.negated is None:
        kept = _whole(item, terms, library) or kept
        if _MEMBERS.search(question.body) and kept == item.passages:
            kept = _listing(item, terms, library)
    elif not _EXACT & question.kinds and question.negated is None and _ASKS_MEMBERS.search(question.body):
        kept = _listing(item, terms, library)
    if not _EXACT & question.kinds and kept == item.passages:
        kept = _where_untold(item, library) or kept
    elif Kind.BODY in question.kinds and asks_roles_only(tuple(terms)):
        kept = _whole(item, terms, library) or kept  # 【牵头部门】: of the city and of its districts
    if {Kind.FIGURE, Kind.DATE} & question.kinds:
        kept = _of_columns(item.clause, kept, terms)
        kept = _with_years(replace(item, passages=kept), terms, library)
    return item if kept == item.passages else replace(item, passages=kept)


def _where_untold(item: Evidence, library: Library) -> tuple[Passage, ...]:
    """All of a short paragraph none of whose sentences says half of the question; empty for any other.

    There the words do not tell which of them answers: 没人用的功能怎么处理 and 动态调整服务需求少的功能设置.
    """
    best = max(item.passages, key=lambda one: one.share)
    if best.share >= _HALF:
        return ()
    every = _sentences(item, library)
    return every if sum(one.end - one.start for one in every) <= _READ_WHOLE_CHARS else ()


def _of_figure(item: Evidence, question: Question, library: Library) -> tuple[Passage, ...]:
    """The sentences with a figure that a question for a list names (24小时提供哪些服务); empty for others."""
    named = {match.group() for match in _FIGURE.finditer(fold_tight(question.body))}
    if not named or _EXACT & question.kinds or Kind.LIST not in question.kinds:
        return ()
    figures = [re.compile(rf"(?<![\d.]){re.escape(figure)}") for figure in named]
    every = _sentences(item, library)
    return tuple(one for one in every if any(f.search(_folded(item.clause, one)) for f in figures))


def _of_columns(clause: Clause, kept: tuple[Passage, ...], terms: Sequence[Term]) -> tuple[Passage, ...]:
    """Of the short cells of a row those whose column the question names; all where it names none or each.

    新建每个托位补多少: the cell under 新建（元/托位）, not the one under 改扩建（元/托位）.
    """
    heads = {
        one: fold_tight(column_at(clause, one.start - clause.start) or "")
        for one in kept
        if is_short_cell(clause, one.start - clause.start, one.end - clause.start)
    }
    telling = [
        form
        for term in terms
        for form in term.forms
        if 0 < sum(form in head for head in heads.values()) < len(heads)
    ]
    named = tuple(one for one in kept if any(form in heads.get(one, "") for form in telling))
    return named or kept


def _with_years(item: Evidence, terms: Sequence[Term], library: Library) -> tuple[Passage, ...]:
    """The sentences with the part that says by which year, and under a year what says more of the question.

    到2025年，建立政策体系。遴选80个社区。: who reads of the 80 should read by when, and the other way round.
    """
    kept = {one.start: one for one in item.passages}
    under = [(start, end, year) for start, end, year in sentence_years(item, library) if year is not None]
    text = library.document(item.clause.doc_id).text
    for year in dict.fromkeys(year for start, _, year in under if start in kept):
        mine = [
            Passage(start, end, share_of_terms(fold_tight(text[start:end]), terms))
            for start, end, its in under
            if its == year
        ]
        said = max(one.share for one in mine if one.start in kept)
        more = [one for one in mine if one.share > said]
        for one in (_year_of(mine[0], text), *more[:1]):
            kept.setdefault(one.start, one)
    return tuple(kept[start] for start in sorted(kept))


def _year_of(first: Passage, text: str) -> Passage:
    """The part of a year's first sentence that names it: 到2025年，."""
    part = _UNTIL_COMMA.match(text, first.start, first.end)
    return first if part is None else replace(first, end=part.end())


def _defining(item: Evidence, question: Question, terms: Sequence[Term]) -> tuple[Passage, ...]:
    """The sentences that define what is asked about, not a part of its name; empty where none does."""
    named = {
        one: max(len(term.surface) for term in defined)
        for one in item.passages
        if (defined := _defined(question, _folded(item.clause, one), terms))
    }
    best = _best(tuple(named))
    longest = max((named[one] for one in best), default=0)
    return tuple(one for one in best if named[one] == longest)


def _defined(question: Question, folded: str, terms: Sequence[Term]) -> list[Term]:
    """The terms that a folded sentence defines."""
    return [term for term in terms if sentence_bonus(question, folded, (term,)) >= DEFINING]


def _best(passages: tuple[Passage, ...], least: float = 0.0) -> tuple[Passage, ...]:
    """The sentences that say about as much as the best of them; all where that says less than `least`."""
    best = max((one.share for one in passages), default=0.0)
    return passages if best < least else tuple(one for one in passages if one.share >= _DECIDES * best)


def _with_deed(
    kept: tuple[Passage, ...], item: Evidence, deeds: Sequence[Term], library: Library
) -> tuple[Passage, ...]:
    """The sentences, and the one of the clause that says most of what may or must be done, if none does.

    方案通过以后还能改吗: 审查通过后报送报备 says more of the question, 原则上不得变更 answers it.
    """
    if any(share_of_terms(_folded(item.clause, one), deeds) for one in kept) or not deeds:
        return kept
    of = {one: share_of_terms(_folded(item.clause, one), deeds) for one in _sentences(item, library)}
    best = max(of, key=lambda one: of[one], default=None)
    return kept if best is None or not of[best] else tuple(sorted((*kept, best), key=lambda one: one.start))


def _whole(item: Evidence, terms: Sequence[Term], library: Library) -> tuple[Passage, ...]:
    """All sentences of a short clause whose heading names what is asked about; empty for any other."""
    clause = item.clause
    named = _without_widened(terms)
    if len(clause.text) > WHOLE_SUBJECT_CHARS or share_of_terms(heading_of(clause), named) < HEADED:
        return ()
    return _sentences(item, library)


def _without_widened(terms: Sequence[Term]) -> Sequence[Term]:
    """The terms without those that only put a general word before another: 社区老年食堂 beside 老年食堂."""
    return [
        term
        for term in terms
        if not any(
            term.surface != other.surface
            and term.surface.endswith(other.surface)
            and _is_general(term.surface.removesuffix(other.surface), terms)
            for other in terms
        )
    ]


def _is_general(word: str, terms: Sequence[Term]) -> bool:
    return any(term.surface == word and term.weight < _GENERAL for term in terms)


def _listing(item: Evidence, terms: Sequence[Term], library: Library) -> tuple[Passage, ...]:
    """The sentences that list what is asked: those on the very subject, else with those that say 包括."""
    principal = principal_of(terms)
    every = _sentences(item, library)
    listing = [one for one in every if _LISTS.search(_folded(item.clause, one))]
    of_it = [one for one in listing if is_said_of(_folded(item.clause, one), principal)]
    best = max((one.share for one in item.passages), default=0.0)
    if of_it and max(one.share for one in of_it) < _DECIDES * best:
        return _best(item.passages)  # 有条件的地方可以配置什么: another sentence says more of it
    if of_it:
        return tuple(of_it)
    under = _under_its_year(item, every, terms, library)
    if under:
        return under
    said = {one: _folded(item.clause, one) for one in listing}
    more = [o for o in listing if _INCLUDES.search(said[o]) and share_of_terms(said[o], principal)]
    kept = {one.start: one for one in (*more, *_beside(item, every, library), *item.passages)}
    return tuple(kept[start] for start in sorted(kept))


def _under_its_year(
    item: Evidence, every: Sequence[Passage], terms: Sequence[Term], library: Library
) -> tuple[Passage, ...]:
    """All sentences under the year asked about (2025年要实现哪些目标); empty where none is named."""
    named = {term.surface for term in terms if re.fullmatch(r"20\d\d", term.surface)}
    starts = {start for start, _, year in sentence_years(item, library) if str(year) in named}
    under = tuple(one for one in every if one.start in starts)
    return under if sum(one.end - one.start for one in under) <= WHOLE_SUBJECT_CHARS else ()


def _beside(item: Evidence, every: Sequence[Passage], library: Library) -> tuple[Passage, ...]:
    """The other sentences of a short paragraph whose best sentence answers: its rules go together."""
    best = max(item.passages, key=lambda one: one.share)
    narrow = library.narrowest(item.clause, (best.start, best.end))
    if narrow.cells or len(narrow.text) > _SHORT_CHARS:
        return ()
    return tuple(one for one in every if narrow.start <= one.start and one.end <= narrow.end)


def _sentences(item: Evidence, library: Library) -> tuple[Passage, ...]:
    """All sentences of a clause but its heading and who is responsible, with the shares that were judged."""
    clause = item.clause
    shares = {one.start: one.share for one in item.passages}
    first, last = _bounds(item)
    return tuple(
        Passage(clause.start + start, clause.start + end, shares.get(clause.start + start, 0.0))
        for start, end, folded in library.sentences(clause)
        if first <= clause.start + start
        and clause.start + end <= last
        and len(folded) > 1
        and folded.rstrip("。.:") != fold_tight(clause.heading or "").rstrip("。.:")
        and not _names_bodies(clause, start, end)
    )


def _bounds(item: Evidence) -> Span:
    """Where the sentences of a clause may stand: behind its mark, or in the cell of a row that answers."""
    clause = item.clause
    if not clause.cells or not item.passages:
        return clause.start + opening_length(clause), clause.end
    at = item.passages[0].start - clause.start
    behind = clause.text.find("\t", at)
    return clause.start + clause.text.rfind(
        "\t", 0, at
    ) + 1, clause.end if behind < 0 else clause.start + behind


def _names_bodies(clause: Clause, start: int, end: int) -> bool:
    """Whether a sentence only says who is responsible: those are read out by whoever asks for them."""
    text = clause.text[start:end].strip()
    return text.startswith(("（责任单位", "(责任单位", "[责任单位")) or any(
        "单位" in column and value.strip() == text for column, value in clause.cells
    )


def _folded(clause: Clause, passage: Passage) -> str:
    return fold_tight(clause.text[passage.start - clause.start : passage.end - clause.start])
