"""Runs every gold question through search and through `ask`, and marks what came back.

The searcher and the asker are callables, so that one signal, one index or another writer can
be put in the place of the whole: `evaluate(cases, library, searcher, asker)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.library import Library
from assistant.service import PolicyAssistant
from assistant.types import Answer, AnswerStatus, Citation, Statement
from eval.cases import Case, CaseType, Expect, Groups, is_silence
from eval.metrics import (
    Ratio,
    corrects,
    missing_groups,
    recall_at_k,
    reciprocal_rank,
    refusal,
    share_held,
    share_right,
    shown_against,
)
from eval.passages import passage_of
from eval.relations import right_groups
from eval.support import citation_precision, citation_recall
from indexing.index import ClauseIndex
from indexing.types import SearchFilter, SearchMode

RECALL_AT = (1, 3, 5, 10)
DEPTH = 10  # hits asked of a search

Searcher = Callable[[str, date], Sequence[str]]
"""Question and day → ids of the clauses found, best first."""

Asker = Callable[[str, date], Answer]
"""Question and day → answer."""

_STATUS_OF = {
    Expect.ANSWERED: AnswerStatus.ANSWERED,
    Expect.PARTIAL: AnswerStatus.PARTIAL,
    Expect.REFUSED: AnswerStatus.NO_BASIS,
}


class Measure(StrEnum):
    """What is measured; defined one by one in docs/evaluation.md."""

    RECALL_AT_1 = "recall_at_1"
    RECALL_AT_3 = "recall_at_3"
    RECALL_AT_5 = "recall_at_5"
    RECALL_AT_10 = "recall_at_10"
    RECIPROCAL_RANK = "reciprocal_rank"
    FULLY_RIGHT = "fully_right"
    ANSWER_RECALL = "answer_recall"
    GOLD_RECALL = "gold_recall"
    GOLD_PRECISION = "gold_precision"
    CITATION_RECALL = "citation_recall"
    CITATION_PRECISION = "citation_precision"
    STATEMENTS_SUPPORTED = "statements_supported"
    QUOTES_VERBATIM = "quotes_verbatim"
    REFUSAL_PRECISION = "refusal_precision"
    REFUSAL_RECALL = "refusal_recall"
    PREMISES_CORRECTED = "premises_corrected"
    FALSE_REFUSALS = "false_refusals"
    MUST_NOT_SHOWN = "must_not_shown"

    @property
    def higher_is_better(self) -> bool:
        """False for the two that count mistakes."""
        return self not in {Measure.FALSE_REFUSALS, Measure.MUST_NOT_SHOWN}


_RECALLS = (Measure.RECALL_AT_1, Measure.RECALL_AT_3, Measure.RECALL_AT_5, Measure.RECALL_AT_10)

Marks = Mapping[Measure, Ratio]
"""What one case, or many together, scored; a measure that does not apply is absent or has a whole of 0."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case, what came back, and its marks."""

    case: Case
    found: tuple[str, ...]  # clause ids, best first, at most `DEPTH`
    answer: Answer
    marks: Marks
    lacking: tuple[tuple[str, ...], ...]  # `must` groups not shown
    against: tuple[str, ...]  # `must_not` strings shown
    uncited: tuple[tuple[str, ...], ...]  # gold groups not cited

    @property
    def is_right(self) -> bool:
        """Status as expected, every gold group cited, every `must` shown, no `must_not`."""
        return self.marks[Measure.FULLY_RIGHT].value == 1.0


def index_searcher(index: ClauseIndex, mode: SearchMode = SearchMode.HYBRID) -> Searcher:
    """Searches the whole library as it is in force on the day asked about."""

    def search(question: str, as_of: date) -> Sequence[str]:
        hits = index.search(question, top_k=DEPTH, mode=mode, filters=SearchFilter(as_of=as_of))
        return [hit.clause.clause_id for hit in hits]

    return search


def assistant_asker(assistant: PolicyAssistant) -> Asker:
    """Asks an assistant, without filters."""
    return lambda question, as_of: assistant.ask(question, as_of=as_of)


def library_of(index: ClauseIndex) -> Library:
    """The documents and clauses an index holds, for judging what came back."""
    return Library(index.documents(), index.clauses(), index.phrasings_of)


def evaluate(
    cases: Iterable[Case], library: Library, searcher: Searcher, asker: Asker
) -> tuple[Outcome, ...]:
    """Every case, in order, searched and asked on its own day."""
    return tuple(
        _outcome(case, library, tuple(searcher(case.question, case.as_of)), asker(case.question, case.as_of))
        for case in cases
    )


def _outcome(case: Case, library: Library, found: tuple[str, ...], answer: Answer) -> Outcome:
    gold = right_groups(case.gold, library)
    cited = _cited(answer.statements)
    lacking = _lacking(case.must, answer)
    against = shown_against(case.must_not, [statement.text for statement in answer.statements])
    uncited = tuple(
        group for group, right in zip(case.gold, gold, strict=True) if not share_held([right], cited)
    )
    is_right = answer.status is _STATUS_OF[case.expect] and not (lacking or against or uncited)
    marks = {
        **_search_marks(gold, found),
        **_gold_marks(case, gold, cited, lacking),
        **_citation_marks(answer.statements, library),
        **_refusal_marks(case, answer),
        **_premise_marks(case, answer),
        Measure.MUST_NOT_SHOWN: _yes_no(bool(against)) if case.must_not else Ratio(),
        Measure.FULLY_RIGHT: _yes_no(is_right),
    }
    return Outcome(case, found, answer, marks, lacking, against, uncited)


def _lacking(must: Groups, answer: Answer) -> Groups:
    """`must` groups that neither statements nor quotes show; silence may also be told by `missing`."""
    shown = [text for one in answer.statements for text in (one.text, *(c.quote for c in one.citations))]
    return tuple(
        group
        for group in must
        if missing_groups([group], [*shown, *answer.missing] if is_silence(group) else shown)
    )


def _search_marks(gold: Sequence[frozenset[str]], found: Sequence[str]) -> Marks:
    if not gold:
        return {}
    recalls = {
        measure: Ratio(recall_at_k(gold, found, k), 1) for measure, k in zip(_RECALLS, RECALL_AT, strict=True)
    }
    return {**recalls, Measure.RECIPROCAL_RANK: Ratio(reciprocal_rank(gold, found), 1)}


def _gold_marks(
    case: Case, gold: Sequence[frozenset[str]], cited: Sequence[str], lacking: Sequence[object]
) -> Marks:
    """Against the gold clauses and strings; a refusal of an answerable question has recall 0."""
    marks: dict[Measure, Ratio] = {}
    if case.must:
        marks[Measure.ANSWER_RECALL] = _yes_no(not lacking)
    if gold:
        marks[Measure.GOLD_RECALL] = Ratio(share_held(gold, cited), 1)
        marks[Measure.GOLD_PRECISION] = Ratio(share_right(gold, cited), 1) if cited else Ratio()
    return marks


def _without_denied(statement: Statement) -> str:
    """What a statement says, without the words of the question that it denies: no clause holds 不是1亿元."""
    return statement.text.replace(statement.denied, "", 1) if statement.denied else statement.text


def _citation_marks(statements: Sequence[Statement], library: Library) -> Marks:
    """Of what is shown, right or wrong; nothing shown, nothing marked."""
    if not statements:
        return {}
    passages = [_passages(statement, library) for statement in statements]
    told = [_without_denied(statement) for statement in statements]
    recalls = [citation_recall(one, each) for one, each in zip(told, passages, strict=True)]
    precisions = [
        citation_precision(one, each) if each else 0.0 for one, each in zip(told, passages, strict=True)
    ]
    citations = [citation for statement in statements for citation in statement.citations]
    return {
        Measure.CITATION_RECALL: Ratio(sum(recalls) / len(recalls), 1),
        Measure.CITATION_PRECISION: Ratio(sum(precisions) / len(precisions), 1),
        Measure.STATEMENTS_SUPPORTED: Ratio(sum(recalls), len(recalls)),
        Measure.QUOTES_VERBATIM: Ratio(sum(_is_verbatim(one, library) for one in citations), len(citations)),
    }


def _refusal_marks(case: Case, answer: Answer) -> Marks:
    marks = refusal(should=case.expect is Expect.REFUSED, refused=answer.status is AnswerStatus.NO_BASIS)
    return {
        Measure.REFUSAL_PRECISION: marks.precision,
        Measure.REFUSAL_RECALL: marks.recall,
        Measure.FALSE_REFUSALS: marks.false,
    }


def _premise_marks(case: Case, answer: Answer) -> Marks:
    """Of a question with a wrong premise only; where a refusal is expected, refusing is correcting."""
    if case.type is not CaseType.FALSE_PREMISE:
        return {}
    if case.expect is Expect.REFUSED:
        return {Measure.PREMISES_CORRECTED: _yes_no(answer.status is AnswerStatus.NO_BASIS)}
    statements = [(one.text, *(citation.quote for citation in one.citations)) for one in answer.statements]
    return {Measure.PREMISES_CORRECTED: _yes_no(corrects(case.must, case.must_not, statements))}


def _cited(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Ids of the clauses cited, each once, in order."""
    return tuple(dict.fromkeys(_clause_id(one) for statement in statements for one in statement.citations))


def _clause_id(citation: Citation) -> str:
    return f"{citation.doc_id}#{citation.path}"


def _passages(statement: Statement, library: Library) -> list[str]:
    """What each clause a statement cites says; a clause the library lacks says nothing."""
    cited = dict.fromkeys((one.doc_id, one.path) for one in statement.citations)
    clauses = [library.clause(*address) for address in cited]
    return [passage_of(clause, library) for clause in clauses if clause]


def _is_verbatim(citation: Citation, library: Library) -> bool:
    """Whether the quote is its document's text at its place, and that place lies in the clause cited."""
    clause = library.clause(citation.doc_id, citation.path)
    if clause is None or not clause.start <= citation.start < citation.end <= clause.end:
        return False
    return library.document(citation.doc_id).text[citation.start : citation.end] == citation.quote


def _yes_no(is_so: bool) -> Ratio:
    return Ratio(float(is_so), 1)


def together(outcomes: Iterable[Outcome]) -> dict[Measure, Ratio]:
    """The marks of many cases added up: every measure is a key, in the order of `Measure`."""
    total = dict.fromkeys(Measure, Ratio())
    for outcome in outcomes:
        for measure, ratio in outcome.marks.items():
            total[measure] += ratio
    return total
