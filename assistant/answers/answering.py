"""From a question to an Answer: find clauses, judge them, write, verify; never guess.

A question is answered part by part (补助多少？有效期多久？), each part scope by scope (each
place or document named). What no clause carries ends in `missing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.clause_answers import from_clauses, named_hits
from assistant.answers.deciding import with_verdict
from assistant.answers.document_answers import from_documents
from assistant.answers.duties import from_duties
from assistant.answers.makeup import from_makeup
from assistant.answers.outlines import from_outlines
from assistant.answers.particulars import numbers_as_cited
from assistant.answers.scope_answers import from_scope
from assistant.answers.several_places import from_scopes
from assistant.answers.summaries import from_summaries
from assistant.conversing.leaning import is_said
from assistant.direct.heads import with_direct
from assistant.direct.parts import asked_parts
from assistant.judging.choosing import search_in
from assistant.premises.places import stands_elsewhere
from assistant.questions.question import MAX_CHARS, Question, understand
from assistant.questions.scopes import Desk, everywhere, refusals, scopes_of
from assistant.questions.splitting import MOST, questions_in, stands_alone
from assistant.questions.terms import content_terms, topic_of
from assistant.types import Answer, AnswerStatus, Statement
from assistant.verification.verifying import first_stranger
from assistant.writing.findings import Clock, Finding, distinct, verified
from assistant.writing.remarks import shipped_remarks, with_past_targets, with_remarks
from indexing.types import ClauseHit
from prompts.library import fill

SHOWN_HITS = 10


def answer_question(text: str, desk: Desk) -> Answer:
    """The answer to a question as asked, from the documents in force on `desk.as_of`.

    Every statement is verified against its quotes; one that fails goes to `rejected`.
    Blank, meaningless or over-long questions get an honest NO_BASIS, never an error.
    """
    clock = Clock()
    question = understand(text, desk.library)
    parts, beyond = questions_in(question, desk.library)
    clock.lap("understand")
    finding = Finding(missing=(fill("cut", limit=str(MAX_CHARS)),) if question.is_cut else ())
    findings = _found_of(parts, desk, clock)
    for found in _leaning(question, parts, findings, desk, clock):
        finding += found
    finding += Finding(missing=tuple(fill("too_many_parts", most=str(MOST), topic=topic) for topic in beyond))
    statements = tuple(_annotated(one, question, desk) for one in distinct(finding.statements))
    silent = tuple(dict.fromkeys(finding.missing))
    if not statements and not (silent or finding.silent):  # all that was written was rejected
        silent = (fill("nothing_says", topic=topic_of(question)),)
    noted = silent[1:] if question.is_cut else silent
    status = AnswerStatus.ANSWERED if not noted else AnswerStatus.PARTIAL
    return Answer(
        question=question.text,
        status=status if statements else AnswerStatus.NO_BASIS,
        statements=statements,
        missing=tuple(dict.fromkeys((*silent, *finding.silent))),
        hits=_best(finding.hits),
        rejected=finding.rejected,
        as_of=question.as_of or desk.as_of,
        timings_ms=clock.laps(),
    )


def _found_of(parts: Sequence[Question], desk: Desk, clock: Clock) -> list[Finding]:
    """What each question of a text comes to, in order.

    One that carries words of those before it is asked without them when nothing says it of their subject
    (个人能不能当运营主体？补助上限多少？): if those were answered, and it tells itself what it asks. Where
    the question it leans on found nothing (流感疫苗去哪儿打，免费吗), neither does it.
    """
    out: list[Finding] = []
    for part in parts:
        if part.carried and not out[-1].statements:
            out.append(Finding(missing=(fill("nothing_says", topic=topic_of(part)),)))
            continue
        found = _find(part, desk, clock, is_part=len(parts) > 1)
        is_free = part.carried and any(one.statements for one in out) and stands_alone(part, desk.library)
        if is_free and not found.statements:
            alone = _find(replace(part, carried=()), desk, clock, is_part=True)
            found = alone if alone.statements else found
        out.append(found)
    return out


def _leaning(
    whole: Question, parts: Sequence[Question], findings: Sequence[Finding], desk: Desk, clock: Clock
) -> Sequence[Finding]:
    """The findings; where a part found nothing, what the text as one question finds, if that says it."""
    if len(parts) < 2 or all(found.statements for found in findings):
        return findings
    together = _find(whole, desk, clock, is_part=False)
    if not any(found.statements for found in findings):
        return [together] if together.statements else findings
    out = []
    for part, found in zip(parts, findings, strict=True):
        shown = [*together.statements, *(one for other in findings for one in other.statements)]
        terms = content_terms(part, desk.library)
        covered = not found.statements and is_said(part, terms, shown, desk.library)
        out.append(replace(together, missing=()) if covered else found)
    return out


def _find(question: Question, desk: Desk, clock: Clock, *, is_part: bool) -> Finding:
    """What one question comes to; `is_part` when others stand beside it in the text."""
    terms = content_terms(question, desk.library)
    if question.is_blank:
        return Finding(missing=(fill("blank"),))
    if question.as_of is not None:
        desk = replace(desk, as_of=question.as_of, filters=replace(desk.filters, as_of=question.as_of))
    refused = refusals(question)
    numbers = numbers_as_cited(question, desk.library)
    if numbers:
        return verified(numbers, desk)
    asked = [reference for reference in question.references if reference.steps and reference.is_held]
    if asked:
        statements, missing = from_clauses(asked, question, terms, desk.library, desk.as_of)
        moved = stands_elsewhere(question, asked, terms, desk, clock)
        decided = with_verdict(question, statements, terms, desk.library)
        told = [
            with_direct(question, one, terms, desk.library) if one in statements else one for one in decided
        ]
        statements = [moved, *statements] if moved else told
        hits = (*named_hits(asked, desk.library), *search_in(question, everywhere(desk), desk))
        return verified(statements, desk) + Finding(missing=(*refused, *missing), hits=hits)
    scopes, absent = scopes_of(question, desk)
    refused += absent
    if refused and not scopes:
        return Finding(missing=tuple(refused), hits=search_in(question, everywhere(desk), desk))
    finding = (
        from_documents(question, scopes, desk)
        or from_makeup(question, scopes, desk)
        or from_duties(question, scopes, desk)
        or from_outlines(question, scopes, desk)
        or from_summaries(question, scopes, desk)
    )
    if finding is not None and len(scopes) > 1 and finding.statements:
        finding = replace(finding, missing=(), silent=finding.missing)
    if finding is None and not terms:
        unread = fill("nothing_says", topic=topic_of(question)) if is_part else fill("no_content")
        return Finding(missing=(*refused, unread))
    if finding is None and len(scopes) > 1:
        finding = from_scopes(question, scopes, desk, clock)
    elif finding is None:
        finding = from_scope(question, terms, scopes[0], desk, clock)
    return finding + Finding(missing=tuple(refused))


def _annotated(statement: Statement, question: Question, desk: Desk) -> Statement:
    """With what a reader should know of the texts cited; as it was where that cannot be verified."""
    terms = content_terms(question, desk.library)
    asked = asked_parts(question, statement, terms, desk.library)
    dated = with_past_targets(statement, desk.as_of)
    known = with_remarks(dated, desk.library, shipped_remarks(), asked)
    return known if first_stranger(known, desk.library) is None else statement


def _best(hits: Sequence[ClauseHit]) -> tuple[ClauseHit, ...]:
    """The first ten different clauses, in the order given."""
    return tuple({hit.clause.clause_id: hit for hit in hits}.values())[:SHOWN_HITS]
