"""Targets by year: of 到2025年…。…。到2027年…。 a question about one year gets what stands under that year.

A year once named holds for the sentences behind it, until another is named or the paragraph ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.judging.evidence import Evidence, Passage
from assistant.library import Library
from assistant.questions.question import Question
from indexing.asking import Kind

# "到2027年", "2025年底前", "2027年的目标"; not "2025年的时候", "自2025年起"
_TARGET = re.compile(
    r"(?:到|至)((?:19|20)\d\d)年"
    r"|((?:19|20)\d\d)年(?=的?(?:建设|工作|总体)?目标)"
    r"|(?<![自从\d])((?:19|20)\d\d)年(?:年?[底末])?(?:[之以]?前)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_DOUBTED = re.compile(r"吧|吗|是否|是不是|对不对|准确|属实|没错")  # the year itself may be the slip
_EXACT = frozenset({Kind.FIGURE, Kind.DATE, Kind.BODY, Kind.YES_NO})


def target_year(folded: str) -> str | None:
    """The year by which something is to be reached; None where a question names none or several.

    >>> target_year("到2027年要建多少个"), target_year("2025年的时候还有效吗")
    ('2027', None)
    """
    years = dict.fromkeys("".join(found) for found in _TARGET.findall(folded))
    return next(iter(years)) if len(years) == 1 else None


def under_year(item: Evidence, question: Question, library: Library) -> Evidence | None:
    """The evidence with the sentences that stand under the year asked about; None where none does.

    Unchanged where the question names no year or puts it to be confirmed, or the clause names none: a
    rule without a year holds for any.
    Where no figure, day, body or verdict is wanted, all that stands under the year is taken.
    """
    if _is_of_other_years(item, question, library):
        return None
    year = None if _DOUBTED.search(question.folded) else target_year(question.folded)
    marked = list(sentence_years(item, library)) if year is not None else []
    if not any(under for _, _, under in marked):
        return item
    own = [(start, end) for start, end, under in marked if under == year]
    other = {start for start, _, under in marked if under not in (year, None)}
    kept = [one for one in item.passages if one.start not in other]
    if not own:
        return None
    if not kept or not _EXACT & question.kinds:
        there = {one.start for one in kept}
        kept += [Passage(start, end, 0.0) for start, end in own if start not in there]
    return replace(item, passages=tuple(sorted(kept, key=lambda one: one.start)))


def _is_of_other_years(item: Evidence, question: Question, library: Library) -> bool:
    """Whether a clause is a row whose columns are years and the one year asked about is none of them."""
    asked, columns = set(_YEAR.findall(question.folded)), set(_YEAR.findall(library.columns(item.clause)))
    return len(asked) == 1 and bool(columns) and not asked & (columns | set(_YEAR.findall(item.clause.text)))


def sentence_years(item: Evidence, library: Library) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, year it stands under) of each sentence; forgotten at the end of a paragraph."""
    text, clause, year, last = library.document(item.clause.doc_id).text, item.clause, None, 0
    for start, end, folded in library.sentences(clause):
        span = (clause.start + start, clause.start + end)
        if "\n" in text[last : span[0]]:
            year = None
        named = _TARGET.search(folded)
        if named:
            year = next(group for group in named.groups() if group)
        last = span[1]
        yield *span, year
