"""Passages on a free topic: the search proposes clauses, and how likely each speaks to it is reckoned.

Four things count: how the search ranks a clause beside the best one of all columns, its likeness in
meaning, the share of the topic's words it says, and whether a sentence of it says nearly what the best
clauses of other columns say, for documents on one matter borrow their words from each other. What is
likely is shown; what is only possible is shown as 待核, without figures; what is neither leaves silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp

from assistant.comparing.figures import asks_for_figures
from assistant.comparing.passages import Part, Passage, distinct, parts_of
from assistant.comparing.types import Column, Topic
from assistant.judging.evidence import Evidence, is_answerable
from assistant.judging.judge import judge
from assistant.library import Library
from assistant.norms.blocks import lead_in_at
from assistant.questions.question import Question, understand
from assistant.questions.scopes import Searcher
from assistant.questions.terms import content_terms
from assistant.questions.weighing import Term
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.types import Clause, ClauseHit, SearchFilter

_COLUMNS_AT_ONCE = 10  # a search lists 200 clauses; so many columns share them
_HITS_A_COLUMN = 12
_CLAUSES = 3
_NEAR = 0.7  # a further clause is shown when it is this likely beside the likeliest
_MOST_PIECES = 4
_PIECE_CHARS = 8  # a longer one is a sentence, which joins things otherwise

_BIAS, _RANKED, _LIKE, _SAYS, _ECHOED = -6.45, 5.23, 2.52, 0.77, 2.66
"""Logistic regression over the candidates of `python -m eval.comparing --free`; cross-validated by topic."""
_MEASURES = 0.7  # what a clause with a figure gains where the topic asks for one
LIKELY = 0.41
"""Probability from which a clause speaks to the topic: nine of ten silent cells stay below it."""
POSSIBLE = 0.1
"""From here on it may: nearly nine of ten cells that speak reach it, and four of ten silent ones."""
KNOWN = 0.42
"""Share of the topic's words that the best clause of all columns must say; 火箭发射许可 has 0.26."""
_LEAST_SAID = 0.15  # share of the topic's words below which nothing is shown, however it ranks
_MOST_SENTENCES = 12
_ECHOES = 2  # best clauses of other columns that a sentence is held against

_PRINCIPAL = 0.5  # a word is principal when it weighs this share of the heaviest
_SAID = 0.7  # share of the principal words, by weight, that a clause must say for its figures to count
_NAMED = 0.6  # … that some clause of some column must say for any clause to be certain
_MEASURED = 0.5  # share of the topic's words that the very sentence must say for its figures to count
_MOSTLY = 0.6
_IN_PARTS = 0.6  # 托育服务 is said where 托育 is

# what is wanted of a subject, not the subject: 运营主体资格 where a document says 运营主体应当为…
_ASPECTS = frozenset(
    re.findall(
        r"\S+",
        "要求 规定 限制 标准 条件 资格 资质 程序 流程 办法 措施 内容 情况 方面 事项 范围 方式 模式 组合 构成 "
        "口径 专门 专项 具体 有关 近期 中期 长期 中长期 年底 以前 以后 之前 之后 一次 多少",
    )
)
_ASPECT_SHARE = 0.25
_LIKENESS = "dense"  # the signal of the search whose value is a cosine
# "除补助外还有什么", "除了政府投资以外": what is not asked for
_BESIDES = re.compile(r"除了?(?P<what>[^,，、。]{2,12}?)(?:之外|以外|外)")
_JOINED = re.compile(r"[、，,；;]|以及|[和与及或](?!谐|平|睦|时|格|用)")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A topic or a piece of one, read."""

    question: Question
    terms: tuple[Term, ...]

    @property
    def heaviest(self) -> float:
        return max((term.weight for term in self.terms), default=0.0)

    @property
    def principal(self) -> tuple[Term, ...]:
        """The words that make the topic."""
        return tuple(term for term in self.terms if term.weight >= _PRINCIPAL * self.heaviest)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A clause that the search proposes for a column."""

    column: str
    evidence: Evidence
    rank: float  # score of the search as a share of the best one's

    @property
    def clause(self) -> Clause:
        """The unit found."""
        return self.evidence.clause


def by_search(
    topic: Topic, columns: Sequence[Column], searcher: Searcher, library: Library
) -> Mapping[str, tuple[Passage, ...]]:
    """Column label → passages on a free topic, likeliest first; a silent column has none.

    Args:
        topic: its name is what is asked. 补改、转型和划转 is asked piece by piece; 除补助外 leaves out
            what is said of 补助.
        columns: all of one comparison; ten are searched at once.
        searcher: the index.
        library: what the columns' documents say; hits it does not hold are dropped.
    """
    besides = _BESIDES.search(topic.name)
    name = _BESIDES.sub("", topic.name)
    found: dict[str, list[Passage]] = {column.label: [] for column in columns}
    for asked in _pieces(name, library):
        candidates = [
            candidate
            for start in range(0, len(columns), _COLUMNS_AT_ONCE)
            for candidate in _candidates(asked, columns[start : start + _COLUMNS_AT_ONCE], searcher, library)
        ]
        if max((one.evidence.coverage for one in candidates), default=0.0) < KNOWN:
            continue  # no document says what is asked; the best of all clauses is as far off as the others
        if besides:
            what = fold_tight(besides["what"])
            candidates = [one for one in candidates if what not in library.folded(one.clause)]
        is_named = any(says_principal(one.clause, asked, library) >= _NAMED for one in candidates)
        for column in columns:
            found[column.label] += _passages(asked, column.label, candidates, library, is_named=is_named)
    return {label: distinct(passages) for label, passages in found.items()}


def likeliest(
    name: str, columns: Sequence[Column], searcher: Searcher, library: Library
) -> Mapping[str, Evidence]:
    """Column label → the clause that most likely speaks to a topic, of those columns alone where one does.

    Args:
        name: the topic.
        columns: all of one comparison; ten at most are searched.
        searcher: the index.
        library: what the columns' documents say.
    """
    asked = _read(name, library)
    candidates = _candidates(asked, columns[:_COLUMNS_AT_ONCE], searcher, library) if asked.terms else []
    if max((one.evidence.coverage for one in candidates), default=0.0) < KNOWN:
        return {}
    out = {}
    for label in {one.column for one in candidates}:
        for value, one in _likelihoods(asked, label, candidates, library)[:1]:
            if value >= LIKELY:
                out[label] = one.evidence
    return out


def _pieces(text: str, library: Library) -> list[_Asked]:
    """The topic as a whole and, where several subjects are joined, each that could stand alone."""
    whole = _read(text, library)
    if not whole.terms:
        return []
    named = [piece for piece in _JOINED.split(text) if piece.strip()]
    lengths = [len(piece) for piece in named]
    if not 1 < len(named) <= _MOST_PIECES or max(lengths) > _PIECE_CHARS or max(lengths) > 2 * min(lengths):
        return [whole]  # 停车位管理和收费: 收费 is an aspect of the first, no subject beside it
    pieces = [_read(piece, library) for piece in named]
    is_each_a_subject = all(piece.heaviest >= _PRINCIPAL * whole.heaviest for piece in pieces)
    return [whole, *pieces] if is_each_a_subject else [whole]


def _read(text: str, library: Library) -> _Asked:
    question = understand(text, library)
    terms = content_terms(question, library)
    if asks_for_figures(text):  # so that of a clause the sentence with the figure is taken
        question = replace(question, kinds=question.kinds | {Kind.FIGURE})
    return _Asked(question, tuple(_weighed(term) for term in terms))


def _weighed(term: Term) -> Term:
    """A word for an aspect that no document uses weighs little: what is not said is not another subject."""
    is_aspect = not term.is_known and term.surface in _ASPECTS
    return replace(term, weight=_ASPECT_SHARE * term.weight) if is_aspect else term


def _candidates(
    asked: _Asked, columns: Sequence[Column], searcher: Searcher, library: Library
) -> list[_Candidate]:
    """What one search over these columns proposes, best first, so many a column."""
    labels = {doc_id: column.label for column in columns for doc_id in column.doc_ids}
    filters = SearchFilter(doc_ids=tuple(labels))
    hits = searcher.search(asked.question.text, top_k=_HITS_A_COLUMN * len(columns), filters=filters)
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    out: list[_Candidate] = []
    taken: Counter[str] = Counter()
    for hit in hits:
        label, clause = labels.get(hit.clause.doc_id, ""), hit.clause
        is_held = label and library.clause(clause.doc_id, clause.path) is not None
        if is_held and taken[label] < _HITS_A_COLUMN and is_answerable(clause):
            evidence = judge(hit, len(out), asked.question, asked.terms, library, None)
            out.append(_Candidate(label, evidence, hit.score / best))
            taken[label] += 1
    return out


def _passages(
    asked: _Asked, label: str, candidates: Sequence[_Candidate], library: Library, *, is_named: bool
) -> Iterator[Passage]:
    """The likely clauses of a column, else the possible ones.

    Where no clause of any column names what is asked (试点社区退出机制: none says 退出), the likeliest may
    all speak of something beside it, and none is certain.
    """
    scored = _likelihoods(asked, label, candidates, library)
    best = scored[0][0] if scored else 0.0
    is_certain = best >= LIKELY and is_named
    least = max(LIKELY if best >= LIKELY else POSSIBLE, _NEAR * best)
    for value, one in scored[:_CLAUSES]:
        if value >= least:
            yield from _of_evidence(one.evidence, asked, library, is_certain=is_certain)


def _likelihoods(
    asked: _Asked, label: str, candidates: Sequence[_Candidate], library: Library
) -> list[tuple[float, _Candidate]]:
    """The candidates of a column that say something of the topic, likeliest first; may be empty."""
    others = [one for one in candidates if one.column != label][:_ECHOES]
    scored = [
        (likelihood(one, others, asked.question.kinds, library), one)
        for one in candidates
        if one.column == label and one.evidence.coverage >= _LEAST_SAID
    ]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].clause.clause_id))


def likelihood(
    one: _Candidate, others: Sequence[_Candidate], kinds: frozenset[Kind], library: Library
) -> float:
    """How likely a clause speaks to the topic, 0–1, given the best clauses of other columns.

    Args:
        one: the clause.
        others: best clauses of other columns, best first; may be empty.
        kinds: what the topic asks for; where that is a figure, a clause that has one is likelier.
        library: what they stand in.
    """
    likeness = next((s.value for s in one.evidence.hit.signals if s.name == _LIKENESS), 0.0)
    echo = max((_echo(one.clause, other.clause, library) * other.rank for other in others), default=0.0)
    value = _BIAS + _RANKED * one.rank + _LIKE * likeness + _SAYS * one.evidence.coverage + _ECHOED * echo
    if Kind.FIGURE in kinds and one.evidence.fits:
        value += _MEASURES
    return 1 / (1 + exp(-value))


def _echo(one: Clause, other: Clause, library: Library) -> float:
    """Dice's coefficient of the sets of character pairs of the two likest sentences, 0–1."""
    return max(
        (
            2 * len(mine & its) / (len(mine) + len(its))
            for mine in _bags(one, library)
            for its in _bags(other, library)
        ),
        default=0.0,
    )


def _bags(clause: Clause, library: Library) -> list[frozenset[str]]:
    """The character pairs of each sentence of a clause; of a long clause, of the first ones."""
    return [_pairs(folded) for _, _, folded in library.sentences(clause)[:_MOST_SENTENCES]]


@lru_cache(maxsize=16_384)
def _pairs(folded: str) -> frozenset[str]:
    return frozenset(map(str.__add__, folded, folded[1:])) or frozenset([folded])


def says_principal(clause: Clause, asked: _Asked, library: Library) -> float:
    """Share of the principal words, by weight, that a clause, its headings or the titles above say."""
    said = "|".join((library.folded(clause), library.context(clause), library.titles(clause)))
    return _said_of_principal(said, asked)


def _said_of_principal(folded: str, asked: _Asked) -> float:
    total = sum(term.weight for term in asked.principal)
    return sum(term.weight for term in asked.principal if _says(term, folded)) / total


def _says(term: Term, folded: str) -> bool:
    return any(form in folded for form in term.forms) or term.said_in_parts(folded) >= _IN_PARTS


def _of_evidence(
    evidence: Evidence, asked: _Asked, library: Library, *, is_certain: bool
) -> Iterator[Passage]:
    """The sentences that answer. Their focus are the parts that say a principal word, else all.

    No part of a clause that does not say the principal words is in focus: its figures measure
    something else.
    """
    unit = evidence.clause
    is_said = says_principal(unit, asked, library) >= _SAID
    text = library.document(unit.doc_id).text
    chosen = [(one.start, one.end, one.share) for one in evidence.passages]
    for start, end, share in chosen or [_sentence_found(evidence.hit, library)]:
        parts = parts_of(text, (start, end))
        own = tuple(i for i, part in enumerate(parts) if any(_says(t, part.folded) for t in asked.principal))
        focus = own or tuple(range(len(parts)))
        narrowest = library.narrowest(unit, (start, end))
        lead_in = lead_in_at(text, start)
        is_led = bool(lead_in) and _said_of_principal(fold_tight(lead_in), asked) >= _SAID
        may_measure = is_certain and is_said and (share >= _MEASURED or is_led)
        yield Passage(
            narrowest,
            unit,
            start,
            end,
            parts,
            focus,
            share,
            may_measure=may_measure,
            is_certain=is_certain,
            measured=_measured(asked, parts, focus),
            lead_in=lead_in,
        )


def _measured(asked: _Asked, parts: Sequence[Part], focus: Sequence[int]) -> tuple[int, ...]:
    """The parts in focus whose figures belong to the topic.

    Any of them where it asks for a figure; else those that say most of its principal words, for
    优先保障 alone is also said of 人口超过100万人的城市.
    """
    if asks_for_figures(asked.question.text):
        return tuple(focus)
    total = sum(term.weight for term in asked.principal) or 1.0
    said = {i: sum(t.weight for t in asked.principal if _says(t, parts[i].folded)) for i in focus}
    return tuple(place for place, weight in said.items() if weight >= _MOSTLY * total)


def _sentence_found(hit: ClauseHit, library: Library) -> tuple[int, int, float]:
    """The sentence that the search pointed at, where none says a word of the topic itself."""
    unit = hit.clause
    spans = [(unit.start + start, unit.start + end) for start, end, _ in library.sentences(unit)]
    holding = [span for span in spans if span[0] <= hit.focus.start < span[1]]
    start, end = (holding or spans or [(unit.start, unit.end)])[0]
    return start, end, 0.0
