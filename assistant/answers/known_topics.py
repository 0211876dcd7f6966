"""Comparisons of a topic that ships: its patterns find what the search misses in one place or another.

新建是支持还是限制 asks for 新建、改扩建的限制与支持; what each document says of that is known by the shape of
its sentences. Only places that have nothing on the subject are filled; without the topics nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answers.subject import ASPECTS, share_said
from assistant.comparing.passages import Passage as Found
from assistant.comparing.passages import Readings, by_patterns
from assistant.comparing.topics import shipped_topics, wordings
from assistant.comparing.types import Topic
from assistant.judging.evidence import Evidence, Passage, evidence_of
from assistant.library import Library
from assistant.questions.question import Question, understand
from assistant.questions.terms import content_terms
from assistant.questions.weighing import Term
from assistant.questions.wording import question_words
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.holding import holds_figure

_QUOTED = re.compile(r"[“\"「][^”\"」]{2,20}[”\"」]")
_ALL = 0.95  # share of what is asked, by weight, that one wording of a topic must say
_MOSTLY = 0.5  # share of the wording that the question must say: 试运营 alone is not 启动、试运营与验收
_CLAUSES = 2  # of a place shown at most


def topic_asked(
    asked: Question, terms: Sequence[Term], library: Library, topics: Sequence[Topic] | None = None
) -> Topic | None:
    """The one shipped topic a wording of which says what is asked, and little else; None for none or several.

    Args:
        asked: the question as put to one place.
        terms: its content words.
        library: what words weigh in.
        topics: those to choose from; the shipped ones where None.
    """
    own = [term for term in terms if term.surface not in ASPECTS | question_words().everyday]
    known = shipped_topics() if topics is None else topics
    meant = [
        topic
        for topic in known
        if any(
            share_said(one, own) >= _ALL and share_said(asked.body, _terms(one, library)) >= _MOSTLY
            for one in wordings(topic)
        )
    ]
    return meant[0] if len(meant) == 1 else None


def _terms(wording: str, library: Library) -> tuple[Term, ...]:
    return content_terms(understand(wording, library), library)


def on_topic(topic: Topic, judged: Sequence[Evidence], library: Library) -> list[Evidence]:
    """The clauses of a place that speak to a topic, those that say most of it; empty where none does.

    Args:
        topic: a shipped one.
        judged: what was found in the place; its documents are read.
        library: what they stand in.
    """
    doc_ids = tuple(dict.fromkeys(item.clause.doc_id for item in judged))
    by_unit: dict[str, list[Found]] = {}
    for found in by_patterns(topic, doc_ids, Readings(library)):
        by_unit.setdefault(found.unit.clause_id, []).append(found)
    units = sorted(by_unit.values(), key=lambda some: -max(one.share for one in some))[:_CLAUSES]
    return [_evidence(some, judged) for some in units]


def filled(
    found: Mapping[str, Sequence[Evidence]],
    judged: Mapping[str, Sequence[Evidence]],
    asked: Mapping[str, Question],
    terms: Mapping[str, Sequence[Term]],
    library: Library,
    whole: str,
) -> dict[str, list[Evidence]]:
    """The evidence of each place; of one without any, what it says to the shipped topic asked for.

    No topic stands for a name that `whole`, the question, has in quotation marks: it is said or not.
    """
    out = {label: list(its) for label, its in found.items()}
    for label in (label for label, its in out.items() if not its):
        topic = None if _QUOTED.search(whole) else topic_asked(asked[label], terms[label], library)
        if topic is not None:
            known = on_topic(topic, judged[label], library)
            exact = bool({Kind.FIGURE, Kind.DATE} & asked[label].kinds)
            out[label] = [one for one in known if not exact or _holds_figure(one, asked[label], library)]
    return out


def _holds_figure(evidence: Evidence, asked: Question, library: Library) -> bool:
    text = library.document(evidence.clause.doc_id).text
    return any(holds_figure(fold_tight(text[o.start : o.end]), asked.body) for o in evidence.passages)


def _evidence(found: Sequence[Found], judged: Sequence[Evidence]) -> Evidence:
    passages = tuple(Passage(one.start, one.end, 1.0) for one in sorted(found, key=lambda one: one.start))
    return evidence_of(found[0].unit, passages, judged)
