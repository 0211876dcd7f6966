"""What a question takes for granted, held against the clause found: confirmed, or corrected first.

北京补助上限是1亿元吧 is answered 不是1亿元，而是不超过5000万元. What is compared is decided by code; a claim
that the clause does not speak to is neither confirmed nor denied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.library import Library
from assistant.premises.bodies import actors_in, names_body, of_bodies
from assistant.premises.claim import claim_of, words_of
from assistant.premises.claims import (
    of_choosing,
    of_denials,
    of_exclusions,
    of_members,
    of_negations,
    of_numbers,
    of_receivers,
    of_recurrences,
)
from assistant.premises.classes import of_classes
from assistant.premises.confirming import says_whole
from assistant.premises.counts import of_counts, of_grades
from assistant.premises.figures import of_days, of_figures, unsaid_figure
from assistant.premises.ordering import of_sequences
from assistant.premises.overreach import claims_all, of_licences, of_universals
from assistant.premises.polarity import of_forbidden, of_refused
from assistant.premises.restating import BOUNDED, denials_said, numbers_said, of_restated, of_reversed
from assistant.premises.stances import of_manners, of_opposites, of_priorities, of_stances
from assistant.premises.things import of_clefts, unsaid_claim, unsaid_thing
from assistant.premises.types import Premise
from assistant.premises.years import of_years
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Statement
from indexing.folding import fold_tight
from indexing.holding import holds_body
from prompts.library import fill

# "是1亿元吧", "没错吧", "是否准确", "听说…", "不是…吗": the question asks to confirm what it says
DOUBTS = re.compile(
    r"吧[?？。!]?$|[对是][吗吧][?？]?$|对不对|没错|没说错|是不是|是否(?:正确|准确|属实|如此)|是这[样么]|真的[吗假]|听说|据说|有人说|我记得|记得是"
    r"|不是(?:要求|规定|说|只|才|得|应该)?[^,，?？]{2,30}吗|(?:正确|准确|属实)吗|[\d一二三四五六七八九十百千万亿%年月日个项倍元米岁]+的?吗[?？]?$"
)
# what a claim says besides its figure: 只是三个月, 不会解约
_MORE_CLAIMED = re.compile(r"不会|不用|不能|不需|不必|只是|只要|就行|可以|必须|才能")


def premise_of(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> Premise | None:
    """What the clauses of a statement say to what the question takes for granted; None where nothing.

    Args:
        question: as understood.
        statement: the one that answers, with its citations.
        terms: what the question is about.
        library: what the citations stand in.
    """
    doubts = DOUBTS.search(question.body) is not None
    figures = of_figures(question, statement, terms, library, doubts=doubts)
    claims = [*of_days(question, statement, doubts=doubts), *figures]
    years = of_years(question.body, statement, terms, library) if doubts else []
    if doubts:
        claims += [*_in_words(question, statement, terms, library), *years]
    denials = [claim for claim in claims if claim is not None and claim.denied is not None]
    if denials:
        return denials[0]
    dated = next((year.source for year in years if year and year.source), None)
    told = replace(statement, citations=(*statement.citations, dated)) if dated else statement
    if not doubts or not _is_whole(question, told, claims, figures, terms, library):
        return None
    quotes = _quotes(told)
    actor = next((one for one in actors_in(question.body) if not names_body(one, quotes)), None)
    if actor is not None and holds_body(quotes):
        return Premise(actor, is_unsaid=True)
    unsaid = unsaid_thing(statement, terms, library)
    if unsaid is not None:
        return unsaid
    return Premise(None, source=dated) if is_said_whole(question, told, terms, library) else None


def _is_whole(
    question: Question,
    statement: Statement,
    claims: Sequence[Premise | None],
    figures: Sequence[Premise | None],
    terms: Sequence[Term],
    library: Library,
) -> bool:
    """Whether each claim holds, or one sentence quoted makes the claim as it stands."""
    asked, quotes = question.body, _quotes(statement)
    if claims_all(asked) or not (numbers_said(asked, quotes) and denials_said(asked, quotes)):
        return False
    if of_restated(asked, quotes, _headings(statement, library), terms):
        open_ones = len(claims) - sum(claim is not None for claim in claims)
        return open_ones == 0 or (open_ones == figures.count(None) and not BOUNDED.search(asked))
    return bool(claims) and None not in claims and not _MORE_CLAIMED.search(BOUNDED.sub("", asked))


def is_said_whole(question: Question, statement: Statement, terms: Sequence[Term], library: Library) -> bool:
    """Whether what a question puts to be confirmed is said to the last word; true where it puts nothing."""
    if not DOUBTS.search(question.body):
        return True
    quotes = _quotes(statement)
    whole = says_whole(question.body, quotes, _around(statement, library), terms)
    return whole and not _unsaid_places(question, quotes)


def _unsaid_places(question: Question, quotes: str) -> list[str]:
    """Districts a claim names as part of what it says (范围包括桐庐县), not as whose rule, that go unsaid."""
    first = next(iter(words_of(claim_of(question.body))), "")
    at = question.folded.find(first)
    names = [name for _, name in question.districts if name not in quotes]
    return [name for name in names if first and 0 <= at < question.folded.find(name)]


def _headings(statement: Statement, library: Library) -> str:
    """Headings and titles over the first clause cited and the names of its columns, folded."""
    first = statement.citations[0]
    clause = library.clause(first.doc_id, first.path)
    if clause is None:
        return ""
    return "|".join((library.context(clause), library.titles(clause), library.columns(clause)))


def _around(statement: Statement, library: Library) -> str:
    """What stands over the first clause cited; its row, column by column, where it stands in a table."""
    first = statement.citations[0]
    clause = library.clause(first.doc_id, first.path)
    cells = clause.cells if clause is not None else ()
    row = fold_tight("。".join(f"{column}:{value}" for column, value in cells))
    return f"{_headings(statement, library)}|{row}"


def _quotes(statement: Statement) -> str:
    return fold_tight("|".join(citation.quote for citation in statement.citations))


def _in_words(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> list[Premise | None]:
    """What becomes of each claim that is no figure and no day."""
    quotes, around = _quotes(statement), _headings(statement, library)
    asked = question.body
    return [
        *of_recurrences(asked, quotes),
        *of_bodies(asked, quotes, fold_tight(statement.text)),
        *of_numbers(question.folded, quotes),
        *of_receivers(asked, quotes),
        *of_sequences(asked, quotes),
        *of_universals(asked, quotes, terms),
        *of_clefts(asked, quotes, terms),
        *of_licences(asked, quotes, terms),
        *of_exclusions(asked, quotes),
        *of_members(question.folded, quotes),
        *of_negations(asked, quotes),
        *of_manners(asked, quotes),
        *of_stances(asked, quotes),
        *of_priorities(asked, quotes),
        *of_opposites(asked, quotes),
        *of_forbidden(asked, quotes, around, terms),
        *of_refused(asked, quotes, around, terms),
        *of_reversed(asked, quotes, around, terms),
        *of_classes(asked, f"{quotes}|{_clause(statement, library)}"),
        *of_counts(asked, quotes),
        *of_grades(asked, quotes),
        *of_choosing(asked, quotes),
        *of_denials(asked, quotes, terms),
    ]


def unsaid_of(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> Premise | None:
    """What is to be confirmed that the quotes do not say: a figure of a unit they lack, a thing, a duty."""
    if not DOUBTS.search(question.body):
        return None
    finding = unsaid_figure(question, statement) or unsaid_claim(question.folded, statement, terms, library)
    if finding is not None and finding.denied and finding.denied in _clause(statement, library):
        return None  # another sentence of the clause cited says it
    return finding


def _clause(statement: Statement, library: Library) -> str:
    """The first clause cited, whole and folded; empty where the library has none."""
    first = statement.citations[0]
    clause = library.clause(first.doc_id, first.path)
    return library.folded(library.unit(clause)) if clause else ""


_LATIN = re.compile(r"[A-Za-z]+")


def _cased(words: str | None, quotes: Sequence[str]) -> str | None:
    """Folded words with their Latin letters as the quotes print them: EPC, not epc."""
    if words is None:
        return None
    printed = {run.lower(): run for quote in quotes for run in _LATIN.findall(quote)}
    return _LATIN.sub(lambda match: printed.get(match.group(), match.group()), words)


def corrected(statement: Statement, finding: Premise) -> Statement:
    """The statement with the correction, or the confirmation, at its head."""
    place, mark, rest = statement.text.partition("：")
    head = f"{place}{mark}" if rest else ""
    body = rest or statement.text
    quotes = [one.quote for one in (*statement.citations, *([finding.source] if finding.source else []))]
    finding = replace(finding, denied=_cased(finding.denied, quotes), instead=_cased(finding.instead, quotes))
    further = (finding.source,) if finding.source else ()
    if finding.denied is None:
        return Statement(fill("premise_holds", head=head, text=body), (*statement.citations, *further))
    if finding.is_unsaid and finding.instead:
        text = fill("premise_wording", head=head, denied=finding.denied, instead=finding.instead, text=body)
    elif finding.is_unsaid:
        text = fill("premise_unsaid", head=head, denied=finding.denied, text=body)
    elif finding.instead:
        text = fill("premise_corrected", head=head, denied=finding.denied, instead=finding.instead, text=body)
    else:
        text = fill("premise_denied", head=head, denied=finding.denied, text=body)
    return Statement(text, (*statement.citations, *further), denied=finding.denied)
