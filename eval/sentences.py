"""Which sentence of a passage answers: the product's own choice beside the best sentence by BM25.

    python -m eval.sentences DATA_FOLDER [--sets …] [--queries split.json] [--limit N] [--out FILE]

A set is a folder with `corpus.jsonl` {id, title?, text} and `qa.jsonl` {id, passage_id, question,
answers, unanswerable, yesno}, each plain or gzipped. The passage is given; `assistant.judging.judge` chooses
its sentence, as it does for a clause that was found. By words alone: the learned threshold belongs to the
search, and none takes place here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import log
from pathlib import Path

from assistant.judging.judge import judge
from assistant.library import Library
from assistant.questions.question import understand
from assistant.questions.terms import content_terms
from eval.code_tree import code_tree_hash
from eval.retrieval_sets import DataError, read_split, rows_of
from indexing import segmentation
from indexing.errors import PolicyAssistantError
from indexing.folding import fold_tight
from indexing.types import Clause, ClauseHit, Document, Focus, Level, Metadata, OffsetMap

SETS = ("cmrc2018_trial", "equals", "cjrc_test")
_USED = ("train", "tune")  # parts of a split whose questions trained or tuned something we ship
_K1, _B = 1.2, 0.75  # BM25 as in Robertson and Zaragoza 2009
_PATH = "正文"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on one passage; `answers` are verbatim there, empty where it has none."""

    passage_id: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentence chosen, folded, "" for none, and how sure the chooser was, higher is surer."""

    sentence: str
    score: float
    is_refused: bool


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """What one set came to; shares are 0–1, None where the set has no question of the kind."""

    name: str
    passages: int
    answerable: int  # whose answer stands verbatim in the passage
    unanswerable: int
    hit: float | None  # share of the answerable whose chosen sentence holds an answer
    hit_bm25: float | None
    refused: float | None  # share of the unanswerable that the product's rule of words refuses
    refused_wrongly: float | None  # the same share of the answerable
    refused_bm25: float | None  # of the unanswerable, at the threshold that refuses as many answerable ones


def read_questions(
    data: Path, name: str, limit: int | None = None, without: Collection[str] = ()
) -> tuple[dict[str, str], list[Asked]]:
    """Passage id → text, and the questions; those with a yes or no for an answer left out.

    Args:
        data: the folder that holds the sets.
        name: of the set's folder.
        limit: at most this many questions, the first in the file; None for all.
        without: ids of questions that do not count.

    Raises:
        DataError: a file is missing or is not what it should be, or no question is left.
    """
    texts = {row["id"]: row["text"] for row in rows_of(data / name, "corpus", ("id", "text"))}
    asked = []
    for row in rows_of(data / name, "qa", ("passage_id", "question")):
        text = fold_tight(texts.get(row["passage_id"], ""))
        answers = tuple(fold_tight(str(each)) for each in row.get("answers") or ())
        held = tuple(answer for answer in answers if answer and answer in text)
        if row.get("id") in without:
            continue
        if not row.get("yesno") and (held or row.get("unanswerable")):
            asked.append(Asked(row["passage_id"], row["question"], () if row.get("unanswerable") else held))
    if not asked:
        raise DataError(f"{data / name} 里没有可测的问题，请检查 corpus.jsonl 和 qa.jsonl。")
    return texts, asked[:limit]


def library_of(texts: Mapping[str, str]) -> Library:
    """Each passage as a document of one clause, so that words weigh by how rare they are among them."""
    documents, clauses = [], []
    for passage_id, text in texts.items():
        documents.append(
            Document(passage_id, 1, Metadata(title=None), text, OffsetMap("utf-8", ()), "", passage_id)
        )
        span = (0, len(text))
        clauses.append(
            Clause(
                doc_id=passage_id,
                version=1,
                path=_PATH,
                part=_PATH,
                level=Level.PARAGRAPH,
                mark=None,
                heading=None,
                headings=(),
                text=text,
                start=0,
                end=len(text),
                own=(span,),
                parent=None,
                order=0,
                is_unit=True,
            )
        )
    return Library(documents, clauses)


def chosen_by_product(asked: Asked, library: Library) -> Choice:
    """The sentence that `assistant.judging.judge` ranks first; refused where the rule of words is not met."""
    clause = library.clause(asked.passage_id, _PATH)
    if clause is None:
        return Choice("", 0.0, is_refused=True)
    question = understand(asked.question, library)
    focus = Focus(_PATH, clause.start, clause.end, clause.text)
    item = judge(ClauseHit(clause, focus, 1.0), 0, question, content_terms(question, library), library, None)
    best = max(item.passages, key=lambda one: one.share, default=None)
    said = "" if best is None else fold_tight(clause.text[best.start : best.end])
    return Choice(said, item.confidence, is_refused=not item.is_sufficient)


class Bm25:
    """The best sentence of a passage by BM25, sentences of all passages being the collection."""

    def __init__(self, library: Library) -> None:
        self._library = library
        bags = [bag for clause in _clauses(library) for _, bag in self._bags(clause)]
        self._mean = sum(sum(bag.values()) for bag in bags) / max(len(bags), 1)
        found = Counter(word for bag in bags for word in bag)
        self._weight = {word: log(1 + (len(bags) - n + 0.5) / (n + 0.5)) for word, n in found.items()}

    def chosen(self, asked: Asked) -> Choice:
        """The sentence with the highest score; the first of equals, none where no word is shared."""
        clause = self._library.clause(asked.passage_id, _PATH)
        words = set(segmentation.search_words(fold_tight(asked.question)))
        scored = [(self._score(words, bag), said) for said, bag in self._bags(clause)] if clause else []
        score, said = max(scored, key=lambda each: each[0], default=(0.0, ""))
        return Choice(said if score > 0 else "", score, is_refused=score <= 0)

    def _bags(self, clause: Clause) -> list[tuple[str, Counter[str]]]:
        return [
            (folded, Counter(segmentation.search_words(folded)))
            for _, _, folded in self._library.sentences(clause)
        ]

    def _score(self, words: Iterable[str], bag: Counter[str]) -> float:
        length = _K1 * (1 - _B + _B * sum(bag.values()) / self._mean)
        return sum(
            self._weight[word] * bag[word] * (_K1 + 1) / (bag[word] + length) for word in words if word in bag
        )


def _clauses(library: Library) -> list[Clause]:
    return [clause for document in library.documents for clause in library.clauses(document.doc_id)]


def score_set(name: str, texts: Mapping[str, str], asked: Sequence[Asked]) -> SentenceScore:
    """Both choosers on every question of a set."""
    library = library_of(texts)
    bm25 = Bm25(library)
    ours = [chosen_by_product(one, library) for one in asked]
    its = [bm25.chosen(one) for one in asked]
    with_answer = [at for at, one in enumerate(asked) if one.answers]
    without = [at for at, one in enumerate(asked) if not one.answers]
    wrongly = _share([ours[at].is_refused for at in with_answer])
    bar = _bar([its[at].score for at in with_answer], wrongly or 0.0)
    return SentenceScore(
        name,
        len(texts),
        len(with_answer),
        len(without),
        _share([_holds(ours[at], asked[at]) for at in with_answer]),
        _share([_holds(its[at], asked[at]) for at in with_answer]),
        _share([ours[at].is_refused for at in without]),
        wrongly,
        _share([its[at].score < bar for at in without]),
    )


def _holds(choice: Choice, asked: Asked) -> bool:
    return any(answer in choice.sentence for answer in asked.answers)


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def _bar(scores: Sequence[float], share: float) -> float:
    """The score below which that share of the scores lies."""
    ordered = sorted(scores)
    return ordered[min(round(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def as_markdown(scores: Iterable[SentenceScore]) -> str:
    """A table of the sets."""
    lines = [
        "| set | passages | questions | hit@1 | hit@1, BM25 | unanswerable | refused | refused, BM25"
        " | answerable refused |",
        f"|---|{'---:|' * 8}",
    ]
    for one in scores:
        cells = (one.hit, one.hit_bm25, one.unanswerable, one.refused, one.refused_bm25, one.refused_wrongly)
        shown = " | ".join(
            "–" if cell is None else f"{cell:,}" if isinstance(cell, int) else f"{cell:.3f}" for cell in cells
        )
        lines.append(f"| {one.name} | {one.passages:,} | {one.answerable:,} | {shown} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0, or 2 with one sentence where a set cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m eval.sentences")
    parser.add_argument("data", type=Path, help="folder that holds the sets")
    parser.add_argument("--sets", default=",".join(SETS), help="names, parted by commas")
    parser.add_argument(
        "--queries", type=Path, metavar="FILE", help="split.json; what it trained on is left out"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N questions of each set")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write JSON there too")
    options = parser.parse_args(arguments)
    try:
        parts = [read_split(options.queries, part) for part in _USED] if options.queries else []
        scores = []
        for name in filter(None, options.sets.split(",")):
            used = frozenset().union(*(part.get(name, frozenset()) for part in parts))
            scores.append(score_set(name, *read_questions(options.data, name, options.limit, used)))
    except PolicyAssistantError as exc:
        sys.stderr.write(f"{exc}\n")
        return 2
    if options.out is not None:
        kept = {"code": code_tree_hash(), "sets": [asdict(one) for one in scores]}
        options.out.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(as_markdown(scores) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
