"""Pairs somebody wrote: lay legal questions, reading comprehension, synonyms, and questions of our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from indexing.sentences import split_sentences
from indexing.training.held_out import HeldOut
from indexing.training.pairs import Pair, in_context
from indexing.training.question_sets import Passage, QuestionSet, read_question_set, read_rows
from indexing.training.splits import Part, Split
from indexing.training.written import Written

READING_SETS = ("cmrc2018_trial", "drcd_dev", "xquad_zh")
_MARK = re.compile(r"第[零一二三四五六七八九十百千]+条.*$")  # 劳动法第十条 → 劳动法
_AROUND = 3  # sentences kept on either side of the one with the answer


def labelled_pairs(
    data: Path,
    split: Split,
    written: Iterable[Written],
    held_out: HeldOut,
    lookalikes: Mapping[str, tuple[str, ...]],
) -> Iterator[Pair]:
    """Every labelled pair of the train parts; held-out sentences are taken out of passages.

    Args:
        data: folder of the public sets.
        split: which of their questions train.
        written: questions of ours; those of the train part are used.
        held_out: what no pair may repeat.
        lookalikes: STARD query id → ids of articles that look like its answer and are not.
    """
    stard = read_question_set(data, "stard")
    pairs = [
        *stard_pairs(stard, split["stard"][Part.TRAIN], _lay_answers(data), lookalikes),
        *(pair for name in READING_SETS for pair in reading_pairs(data, name, split[name][Part.TRAIN])),
        *synonym_pairs(data),
        *written_pairs(written),
    ]
    for pair in pairs:
        passage = _allowed(pair.passage, held_out)
        negatives = (_allowed(each, held_out) for each in pair.negatives)
        if passage and not held_out.holds(pair.query):
            yield Pair(pair.source, pair.query, passage, tuple(each for each in negatives if each))


def stard_pairs(
    stard: QuestionSet,
    chosen: Iterable[str],
    lay_answers: Mapping[str, str],
    lookalikes: Mapping[str, tuple[str, ...]],
) -> Iterator[Pair]:
    """Question → article, question → lay answer (LeCoQA), and each sentence of that answer → article."""
    for query in chosen:
        question = stard.questions[query]
        answer = sentences(lay_answers.get(query, ""))
        others = [stard.passages[each] for each in lookalikes.get(query, ())]
        if answer:
            yield Pair("lay_answer", question, answer)
        for passage in (stard.passages[each] for each in stard.answers[query]):
            article = sentences(passage.text)
            yield Pair("stard", question, article, tuple(sentences(each.text) for each in others))
            yield Pair("stard", question, _titled(passage), tuple(_titled(each) for each in others))
            yield from (Pair("lay_article", each, article) for each in answer if len(each) > 8)


def reading_pairs(data: Path, name: str, chosen: Iterable[str]) -> Iterator[Pair]:
    """Question → the sentence that holds the answer, and its neighbours."""
    found = read_question_set(data, name)
    spans = {row["id"]: row["answers"] for row in read_rows(data / name, "qa")}
    for query in chosen:
        for passage in found.answers[query]:
            all_of_it = sentences(found.passages[passage].text)
            places = [
                place
                for place, sentence in enumerate(all_of_it)
                if any(answer in sentence for answer in spans.get(query, ()))
            ]
            middle = places[0] if places else 0
            around = all_of_it[max(0, middle - _AROUND) : middle + _AROUND + 1]
            yield Pair("reading", found.questions[query], around)


def synonym_pairs(data: Path) -> Iterator[Pair]:
    """Word → synonym, of Cilin."""
    for row in read_rows(data / "pairs", "cilin_synonym"):
        yield Pair("synonym", row["q"], (row["p"],))


def written_pairs(written: Iterable[Written]) -> Iterator[Pair]:
    """Question of ours → its clause; other clauses asked about in the same document look alike."""
    trained = [each for each in written if each.part is Part.TRAIN]
    clauses: dict[str, dict[str, Passage]] = {}
    for each in trained:
        clauses.setdefault(each.document, {})[each.passage] = Passage(each.document, each.passage)
    for each in trained:
        own = Passage(each.document, each.passage)
        others = [other for text, other in clauses[each.document].items() if text != each.passage]
        negatives = tuple(sentences(other.text) for other in others)
        yield Pair("written", each.question, sentences(own.text), negatives)
        yield Pair("written", each.question, _titled(own), tuple(_titled(other) for other in others))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text` in order."""
    return tuple(text[start:end] for start, end in split_sentences(text))


def _titled(passage: Passage) -> tuple[str, ...]:
    """The sentences of an article, each after the title of its law."""
    return in_context(_MARK.sub("", passage.title), sentences(passage.text))


def _allowed(passage: tuple[str, ...], held_out: HeldOut) -> tuple[str, ...]:
    return tuple(sentence for sentence in passage if not held_out.holds(sentence))


def _lay_answers(data: Path) -> dict[str, str]:
    return {row["id"]: row["answer"] for row in read_rows(data / "stard", "answers_lecoqa")}
