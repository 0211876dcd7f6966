"""Clauses of several places that say the same bear each other out where a question has too few words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log2

from assistant.answers.subject import share_said
from assistant.judging.evidence import Evidence, Passage
from assistant.library import Library
from assistant.questions.weighing import Term
from indexing import segmentation
from indexing.folding import fold_tight

_PART = re.compile(r"[^,，;；。]+")
_CANDIDATES = 6  # clauses of a place that another's may support
AGREEMENT = 0.5
"""Least agreement at which a clause needs nothing else to be heard beside another place's clause."""
_HEARD = 0.55  # share of the threshold at which a clause is heard in a comparison where none suffices
HEARD_BESIDE = 0.8
"""Least support (1 where likelihood or agreement suffices alone) at which a place is heard beside others."""
ALONE = 0.5
"""The same where no place has a clause that suffices by itself."""
_FEW = 4  # clauses that may bear another out before more support is asked for
_SENTENCE_CHARS = 16
_SEVERAL = 2  # places that must bear a sentence out before it is heard for that alone
_NEARLY = 0.5  # share of the first clause's likelihood at which another may come before it
_POINTED = 1.3  # what it counts that the search pointed at a sentence of its clause
_TOGETHER = 0.3  # what full agreement with another place's clause counts beside likelihood
_SAYS_SOME = 0.3  # share of the question that a clause says whose sentences were chosen for it
_LEAST_SAID = 10.0  # weight of words below which a passage is too short to be borne out whole


def in_agreement(
    found: Mapping[str, Sequence[Evidence]],
    judged: Mapping[str, Sequence[Evidence]],
    library: Library,
    threshold: float | None,
    subjects: Mapping[str, Sequence[Term]],
) -> dict[str, Evidence]:
    """For places without sufficient evidence, the clause that says what another place's clause says.

    Args:
        found: label of a place → sufficient evidence, best first; empty where there is none.
        judged: label → all that was judged, in the order of the search.
        library: what the clauses stand in.
        threshold: likelihood at which a clause alone suffices; None where nothing tells it.
        subjects: label → the words that make the subject there; what else a clause says bears nothing out.

    Returns:
        Label → the clause that agrees best, with the sentence that does, of those places alone where one
        agrees enough. Where no place has evidence, two clauses that agree with each other stand for both.
    """
    known = {label: evidence[0] for label, evidence in found.items() if evidence}
    silent = [label for label in found if label not in known]
    if not known:
        sentences = {label: _candidates(judged[label], library) for label in silent}
        known = _first_pair(sentences, library, supporters=_SEVERAL if threshold else 1)
    if not known and threshold:
        known = _likeliest(judged, _HEARD * threshold)
    out = {label: one for label, one in known.items() if label in silent}
    bearing_out = tuple(_on(one, subjects[label], library) for label, one in known.items())
    least = HEARD_BESIDE * _by_chance(len(bearing_out))
    for label in (label for label in silent if label not in out and known):
        ranked = [
            (_support(one, bearing_out, library, threshold), -rank, one)
            for rank, one in enumerate(_candidates(judged[label], library))
        ]
        best = max(ranked, key=lambda item: item[:2], default=None)
        if best is not None and best[0] >= least:
            out[label] = _with_own(best[2], judged[label])
    return out


def _on(evidence: Evidence, subject: Sequence[Term], library: Library) -> Evidence:
    """A clause with those parts of its sentences alone, between commas, that say some of a subject.

    With all of them where none does.
    """
    text = library.document(evidence.clause.doc_id).text
    parts = [
        Passage(one.start + part.start(), one.start + part.end(), one.share)
        for one in evidence.passages
        for part in _PART.finditer(text[one.start : one.end])
        if share_said(fold_tight(part.group()), subject)
    ]
    return replace(evidence, passages=tuple(parts)) if parts else evidence


def _by_chance(supporters: int) -> float:
    """How much more support is asked for where many clauses could give it: of forty some agree by chance."""
    return 1.0 + max(0.0, log2(supporters / _FEW) / 2) if supporters else 1.0


def best_together(
    found: Mapping[str, Sequence[Evidence]], judged: Mapping[str, Sequence[Evidence]], library: Library
) -> dict[str, Evidence]:
    """Of each place with evidence the clause that most likely answers and agrees with the others' clauses.

    A clause nearly as likely as the first comes before it where it says what another place's clause says.
    """
    choices = {
        label: [evidence[0], *(one for one in judged[label] if one.fits and one is not evidence[0])]
        for label, evidence in found.items()
        if evidence
    }
    choices = {
        label: [one for one in some if one.confidence >= _NEARLY * some[0].confidence][:_CANDIDATES]
        for label, some in choices.items()
    }
    out: dict[str, Evidence] = {}
    for label, some in choices.items():
        others = [one for other, its in choices.items() if other != label for one in its]
        scores = [
            one.confidence
            + one.bearing
            + _TOGETHER * max((agreement(one, other, library) for other in others), default=0.0)
            for one in some
        ]
        out[label] = some[scores.index(max(scores))]
    return out


def _with_own(sentence: Evidence, judged: Sequence[Evidence]) -> Evidence:
    """A clause heard for one of its sentences, with those that say some of the question themselves."""
    whole = next(one for one in judged if one.clause.clause_id == sentence.clause.clause_id)
    if whole.coverage < _SAYS_SOME:
        return sentence
    passages = {(one.start, one.end): one for one in (*whole.passages, *sentence.passages)}
    return replace(sentence, passages=tuple(passages[span] for span in sorted(passages)))


def _support(one: Evidence, others: Iterable[Evidence], library: Library, threshold: float | None) -> float:
    """What speaks for a clause: its own likelihood and its agreement with others, 1 where either suffices."""
    agreed = max(agreement(one, other, library) for other in others) / AGREEMENT
    return agreed + (one.confidence / threshold if threshold else 0.0)


def _likeliest(judged: Mapping[str, Sequence[Evidence]], least: float) -> dict[str, Evidence]:
    """The clause of all places that most likely answers, if it does so likely enough."""
    every = [(one.confidence, label, one) for label, items in judged.items() for one in items if one.fits]
    best = max(every, key=lambda each: each[:2], default=None)
    return {best[1]: best[2]} if best and best[0] >= least else {}


def _candidates(judged: Sequence[Evidence], library: Library) -> list[Evidence]:
    """The first clauses that may answer, once for each of their sentences; headings and bodies left out."""
    return [
        replace(one, passages=(Passage(one.clause.start + start, one.clause.start + end, 0.0),))
        for one in [each for each in judged if each.fits][:_CANDIDATES]
        for start, end, folded in library.sentences(one.clause)
        if len(folded) >= _SENTENCE_CHARS
        and folded.rstrip("。.:") != fold_tight(one.clause.heading or "").rstrip("。.:")
        and not folded.startswith("(责任单位")
    ]


def _first_pair(
    candidates: Mapping[str, Sequence[Evidence]], library: Library, *, supporters: int
) -> dict[str, Evidence]:
    """The sentence that most other places bear out, and the one that bears it out best.

    None where fewer than `supporters` do.

    Those the search puts first count for more: many documents share sentences on other things.
    """
    best: tuple[float, dict[str, Evidence]] = (0.0, {})
    top = {label: max((one.hit.score for one in its), default=0.0) for label, its in candidates.items()}
    for label, its in candidates.items():
        for mine in its:
            total, count, pair = 0.0, 0, (0.0, "", mine)
            for other in (name for name in candidates if name != label):
                share, rank = max(
                    ((agreement(mine, yours, library), -at) for at, yours in enumerate(candidates[other])),
                    default=(0.0, 0),
                )
                if share >= ALONE:
                    count += 1
                    yours = candidates[other][-rank]
                    weight = _POINTED if _is_pointed_at(yours) else 1.0
                    total += weight * share * yours.hit.score / top[other]
                    pair = max(pair, (share, other, yours), key=lambda each: each[0])
            total *= (mine.hit.score / top[label]) * (_POINTED if _is_pointed_at(mine) else 1.0)
            if total > best[0] and count >= supporters:
                best = (total, {label: mine, pair[1]: pair[2]})
    return best[1]


def _is_pointed_at(one: Evidence) -> bool:
    """Whether the search pointed at the sentence of its clause."""
    focus = one.hit.focus
    return any(focus.start < span.end and span.start < focus.end for span in one.passages)


def agreement(one: Evidence, other: Evidence, library: Library) -> float:
    """Share of the shorter passage, by rarity of its words, that the other says too; 0–1."""
    mine, its = _words(one, library), _words(other, library)
    shared = sum(weight for word, weight in mine.items() if word in its)
    least = min(sum(mine.values()), sum(its.values()))
    return shared / max(least, _LEAST_SAID) if least else 0.0


def _words(evidence: Evidence, library: Library) -> dict[str, float]:
    text = library.document(evidence.clause.doc_id).text
    said = fold_tight("。".join(text[one.start : one.end] for one in evidence.passages))
    words = {word for word in segmentation.search_words(said) if len(word) > 1}
    return {word: library.weight(library.frequency(word)) for word in words}
