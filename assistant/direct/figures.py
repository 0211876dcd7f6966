"""The figures and days of a quote that are asked for, with all they depend on, as spans of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.comparing.passages import Part
from assistant.direct.parts import Choice, sentence_parts, share_of_terms
from assistant.library import Library
from assistant.norms import Norm, Operator, read_norms
from assistant.norms.quantities import quantities
from assistant.norms.wording import governing
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Citation
from assistant.verification.figures import WEAK
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.holding import holds_date, holds_figure
from indexing.sentences import split_sentences
from indexing.types import Document, Span

_MOST_FIGURES = 3
_AS_MUCH = 0.9  # figures whose parts say this share of what the best one says are told together
_ENOUGH = 0.34  # share of the question that the part of a figure must say with whose figure it is
_SUBJECT_CHARS = 16  # a longer subject is a sentence of its own
# "原则上不高于0.5%", "有条件的不宜小于800平方米": what is measured stands in the part before it
_HEADLESS = re.compile(
    r"^(?:原则上|一般|应|不|可|按|有条件的|限期|最[高低多少]|至少|均|平均|分别|要|须|须在|达到|占|为|以|且|并)"
)
# "在总结试点经验基础上", "综合考虑…因素": says how, not of what
_CIRCUMSTANCE = re.compile(r"(?:基础上|因素|为单位)$|^(?:综合考虑|结合|按照|根据)")
# "按照每百户不少于20平方米的标准", "自选举之日起30日内": what is then to be done stands in the part behind it
_DANGLES = re.compile(r"^按照?.*标准$|[日月年天时]之?内$|[日月年]前$")
# "两项补助资金总额不超过…": of which two, the parts before say
_SUMS = re.compile(r"^(?:[两二三四五六]项|以上|上述|前述|前款|合计|总计|共计)")
_PER_ASKED = re.compile(r"每|人均|户均|百户|千人|万人")
_SUM_ASKED = re.compile(
    r"(?:多少|几)(?:钱|万|元|资金)|(?:金额|总额|资金|补助|补贴|奖补)[^,，比]{0,4}(?:上限|封顶|限额)|封顶"
    r"|(?<!比例)(?<!比例是)多少(?=[?？]?$)"
)
_MOST_ASKED = re.compile(r"上限|最[多高大长]|封顶|顶多|至多|不(?:能|得)?超过|限额")
_LEAST_ASKED = re.compile(r"下限|至少|最[少低小短]|起码|不(?:能|得)?[少低小]于|最低")
_AT_MOST = frozenset({Operator.AT_MOST, Operator.LESS_THAN})
_AT_LEAST = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})
_BOUND = 0.2  # what it counts that a figure is bounded as asked


def best_figures(
    question: Question, citations: Sequence[Citation], terms: Sequence[Term], library: Library
) -> Choice | None:
    """The figures of one sentence that say most of the question, with what they depend on."""
    found = list(_figures(question, citations, library))
    ceiling = _ceiling(question, found)
    if ceiling is not None:
        return ceiling
    told = [
        (_share_of(norm, parts, question, terms, _shared(parts, found)), norm, parts)
        for norm, parts in found
        if _share_of(norm, parts, question, terms) >= _ENOUGH
    ]
    if not told:
        return None
    best = max(share for share, _, _ in told)
    first = next(parts for share, _, parts in told if share == best)
    chosen = [norm for share, norm, parts in told if share >= _AS_MUCH * best and parts == first]
    if chosen[0].per and not _PER_ASKED.search(question.body) and not all(norm.per for norm, _ in found):
        return None  # so much for each, or so much in all?
    here = [norm for norm, parts in found if parts == first]
    if any(_SUMS.match(_own(norm, first)) for norm in chosen):
        chosen = here
    chosen = _with_equals(chosen, here, terms)
    elsewhere = any(share >= _AS_MUCH * best and parts != first for share, _, parts in told)
    if elsewhere or len(chosen) > _MOST_FIGURES:
        return None
    spans: list[Span] = []
    for norm in chosen:
        others = [other for other, _ in found if other.unit == norm.unit]
        is_shared = len({other.subject for other in others}) > 1
        spans += [span for span in _spans_of(norm, first, names=is_shared) if span not in spans]
    return Choice(tuple(sorted(spans)), best)


def _ceiling(question: Question, found: Sequence[tuple[Norm, tuple[Part, ...]]]) -> Choice | None:
    """The most money that is given, where that is asked and one sum alone bounds it; not a share of costs."""
    if not _MOST_ASKED.search(question.body) or not _SUM_ASKED.search(question.body):
        return None
    sums = [(norm, parts) for norm, parts in found if norm.unit == "元" and norm.operator in _AT_MOST]
    if len(sums) != 1 or sums[0][0].per:
        return None
    norm, parts = sums[0]
    return Choice(tuple(sorted(_spans_of(norm, parts, names=False))), 1.0)


def _figures(
    question: Question, citations: Sequence[Citation], library: Library
) -> Iterator[tuple[Norm, tuple[Part, ...]]]:
    """Figures and days of the kind asked that stand in the quotes, with the parts of their sentence."""
    for citation in citations:
        clause, document = library.clause(citation.doc_id, citation.path), library.document(citation.doc_id)
        if clause is None or citation.doc_id != citations[0].doc_id:
            continue
        sentences = [
            sentence_parts(document.text, (citation.start + start, citation.start + end))
            for start, end in split_sentences(citation.quote)
        ]
        for norm in read_norms(clause, document):
            parts = next((each for each in sentences if _part(each, norm.figure_start) is not None), None)
            if parts is not None and norm.printed and _is_asked(norm, document, question):
                yield norm, parts


def _is_asked(norm: Norm, document: Document, question: Question) -> bool:
    """Whether a norm's figure or day is of the kind asked for."""
    about = f"{norm.indicator or ''}{document.text[norm.figure_start : norm.figure_end]}"
    if Kind.DATE in question.kinds:
        day = norm.deadline.text if norm.deadline else norm.printed or ""
        return holds_date(fold_tight(day), question.body)
    return norm.is_figure and holds_figure(fold_tight(about), question.body)


def _shared(parts: Sequence[Part], found: Sequence[tuple[Norm, tuple[Part, ...]]]) -> str:
    """What the parts of a sentence say that hold no figure asked for: it is said of each of its figures."""
    holding = [_part(parts, norm.figure_start) for norm, _ in found]
    return "|".join(part.folded for part in parts if part not in holding)


def _share_of(
    norm: Norm, parts: Sequence[Part], question: Question, terms: Sequence[Term], shared: str = ""
) -> float:
    """Share of the question that the part of a figure says, with whose it is and on what it depends."""
    part = _part(parts, norm.figure_start)
    subject = norm.subject if len(norm.subject or "") <= _SUBJECT_CHARS else None
    words = (part.folded if part else "", shared, subject, norm.indicator, norm.per, *norm.conditions)
    said = fold_tight("|".join(word for word in words if word))
    share = share_of_terms(said, terms)
    asked = _MOST_ASKED.search(question.body), _LEAST_ASKED.search(question.body)
    bounded = (norm.operator in _AT_MOST and asked[0]) or (norm.operator in _AT_LEAST and asked[1])
    return share + (_BOUND if bounded else 0.0)


def _spans_of(norm: Norm, parts: Sequence[Part], *, names: bool) -> list[Span]:
    """The part of a figure, what it depends on, (with `names`) and whose it is."""
    at = next(index for index, part in enumerate(parts) if part.start <= norm.figure_start < part.end)
    shown = {at}
    for words in (*norm.conditions, norm.deadline.text if norm.deadline else None):
        holding = [i for i in range(at + 1) if words and fold_tight(words) in parts[i].folded]
        shown.update(holding[-1:])
    while _HEADLESS.match(parts[min(shown)].folded) and min(shown) > 0:
        before = min(shown) - 1
        if _CIRCUMSTANCE.search(parts[before].folded):
            break
        shown.add(before)
    shown |= _softening(norm, parts, at, shown)
    if _DANGLES.search(parts[max(shown)].folded) and max(shown) + 1 < len(parts):
        shown.add(max(shown) + 1)
    spans = [(parts[i].start, parts[i].end) for i in shown]
    subject = fold_tight(norm.subject or "")
    said = "".join(parts[i].folded for i in shown)
    if names and subject and subject not in said and len(subject) <= _SUBJECT_CHARS:
        holding = [i for i in range(at) if parts[i].folded.startswith(subject)]
        spans += [_words(parts[i], norm.subject or "") for i in holding[-1:]]
    return spans


def _softening(norm: Norm, parts: Sequence[Part], at: int, shown: set[int]) -> set[int]:
    """The nearest part before that makes a figure less than a rule (探索…); empty where one shown does."""
    if norm.strength not in WEAK or any(governing(parts[i].folded) is norm.strength for i in shown):
        return set()
    soft = [i for i in range(at) if governing(parts[i].folded) is norm.strength][-1:]
    return {i for i in soft if not quantities(parts[i].folded)}  # 原则上 of another figure may be its alone


def _words(part: Part, words: str) -> Span:
    """Where words stand that open a part; the part where it is written with blanks between."""
    is_plain = len(part.folded) == part.end - part.start
    return (part.start, part.start + len(words)) if is_plain else (part.start, part.end)


def _with_equals(chosen: list[Norm], here: Sequence[Norm], terms: Sequence[Term]) -> list[Norm]:
    """The figures with those of the same thing for others, where the question does not say for whom.

    给予基本类30%补助，给予普惠类不超过30%补助: who asks for the most that is given should hear of both.
    """
    said = {id(norm): share_of_terms(fold_tight(norm.subject or ""), terms) for norm in here}
    equals = [
        norm
        for norm in here
        if norm not in chosen
        and any(
            (norm.unit, norm.indicator) == (one.unit, one.indicator)
            and norm.indicator
            and said[id(norm)] >= said[id(one)]
            and norm.subject != one.subject
            for one in chosen
        )
    ]
    return sorted((*chosen, *equals), key=lambda norm: norm.figure_start)


def _own(norm: Norm, parts: Sequence[Part]) -> str:
    """The folded part that a figure stands in."""
    part = _part(parts, norm.figure_start)
    return part.folded if part else ""


def _part(parts: Sequence[Part], position: int) -> Part | None:
    return next((part for part in parts if part.start <= position < part.end), None)
