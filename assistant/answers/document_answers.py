"""Answers to what a document says of itself: 施行日期, 有效期, 文号, 发文机关, 主送, 抄送, 公开."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.answers.deciding import with_verdict
from assistant.answers.overviews import in_order_of_days
from assistant.answers.particulars import is_about_document, particulars
from assistant.answers.validity import with_validity
from assistant.judging.choosing import search_in
from assistant.library import Library
from assistant.norms.quantities import quantities
from assistant.premises.bodies import of_authors
from assistant.premises.checking import DOUBTS, corrected
from assistant.premises.types import HOLDS, Premise
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, label
from assistant.questions.terms import content_terms
from assistant.types import Citation, Statement
from assistant.writing.findings import Finding, verified
from indexing.aspects import ASPECT_WORDS, Aspect
from indexing.folding import fold_tight
from indexing.types import Document

# What a question claims of a document beside the aspect it names: 是2023年12月, 是市民政局
_CLAIMS = re.compile(
    r"(?:截至|截止到?|到了?)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|还?[能可]|继续|仍然?|当作?依据"
    r"|(?:已经?|早就?|现在|目前|都)?(?:废止|终止)|已经?|早就?|现在|目前|(?:长期|永久|一直)(?:有效|管用)"
    r"|[\d一二两三四五六七八九十]+[个家](?:部门|单位|机关|机构)(?:一起|共同)?(?:联合)?(?:印发|发文|发布|出台|制定|下发)的?"
)

# "方案是市发展改革委制定的": who drafted it; "由…印发": who issued it
_MADE, _ISSUED = re.compile(r"制[定订]|起草|拟[定订]|编制"), re.compile(r"印发|发布|转发|下发|出台|公布")
# "谁最晚发文", "哪个城市先施行": the days are to be set in order
_EARLIER = re.compile(r"最[早晚先后新]|更[早晚]|先后|谁[先早晚]|哪[^,，?？]{0,6}[先早晚]")
_LATEST = re.compile(r"最[晚后新]|更晚|谁晚")
# "抄送给市高院了吗", "主送有两江新区吗": who is asked about
_RECIPIENT = re.compile(
    r"(?:抄送|主送|发)(?:机关|单位)?(?:里面?|中)?(?:给|到|至|有|包括|含)*(?P<who>[\u4e00-\u9fff]{2,14}?)了?(?:吗|没有?|么|吧|是不是|对吗)[?？]*$"
)
_BODIES = re.compile(r"(?P<number>[\d一二两三四五六七八九十]+)(?:个|家)(?:部门|单位|机关|机构)")


def from_documents(question: Question, scopes: Sequence[Scope], desk: Desk) -> Finding | None:
    """What documents say of themselves; None when the question is not about a document itself."""
    if not question.aspects:
        return None
    asked = _RECIPIENT.sub(lambda named: named.group().replace(named["who"], " "), question.body)
    rest = replace(question, body=_CLAIMS.sub(" ", ASPECT_WORDS.sub(" ", asked)))
    words = [term.surface for term in content_terms(rest, desk.library)]
    out = Finding()
    days: dict[str, tuple[date, Citation]] = {}
    documents = list(dict.fromkeys(d.doc_id for scope in scopes for d in documents_in(scope, desk)))
    fitting = [d for d in documents if is_about_document(words, desk.library.document(d), desk.library)]
    fitting = _of_kind_named(fitting, question, desk.library)
    if not fitting:
        return None
    for doc_id in fitting[:5]:
        document = desk.library.document(doc_id)
        aspects = _meant(question, document)
        statements, missing = particulars(aspects, document, desk.library, desk.as_of)
        day = _day_of(aspects[0], document)
        if day and statements:
            days.setdefault(label(document.metadata.jurisdiction or ""), (day, statements[0].citations[-1]))
        told = [_with_authors(question, one, aspects, document) for one in statements]
        is_decided, statements = told != statements, told
        if question.aspects == (Aspect.EXPIRY,):
            statements = [with_validity(question, one, document, desk.as_of) for one in statements]
        decided = statements if is_decided else with_verdict(question, statements, (), desk.library)
        out += verified(decided, desk) + Finding(missing=tuple(missing))
    if _EARLIER.search(question.body):
        latest = _LATEST.search(question.body) is not None
        order = in_order_of_days(question.aspects[0].value, days, latest_first=latest)
        out = verified([order] if order else [], desk) + out
    hits = tuple(hit for scope in scopes for hit in search_in(question, scope, desk))
    return out + Finding(hits=hits)


def _of_kind_named(doc_ids: Sequence[str], question: Question, library: Library) -> list[str]:
    """The documents, of each place only those of the kind named where it has such: 上海的方案, no 条例."""
    kinds = (*question.parts_named, *(["条例"] if "条例" in question.body else []))
    place = {doc_id: library.document(doc_id).metadata.jurisdiction for doc_id in doc_ids}
    named = [d for d in doc_ids if any(k in title for k in kinds for title in library.titles_of(d))]
    settled = {place[doc_id] for doc_id in named}
    return [doc_id for doc_id in doc_ids if doc_id in named or place[doc_id] not in settled]


def _day_of(aspect: Aspect, document: Document) -> date | None:
    """The day of a document that an aspect is about; None for another aspect or a day not known."""
    known = document.metadata
    return {
        Aspect.ISSUED: known.issued_on,
        Aspect.PRINTED: known.printed_on,
        Aspect.EFFECTIVE: known.effective_from,
        Aspect.EXPIRY: known.expires_on,
    }.get(aspect)


def _meant(question: Question, document: Document) -> tuple[Aspect, ...]:
    """The aspects asked for; who made a document is who drafted it, where it says so beside who issued it."""
    makes = _MADE.search(question.body) and not _ISSUED.search(question.body)
    if not (makes and document.metadata.drafted_by and Aspect.AUTHORITY in question.aspects):
        return question.aspects
    others = (one for one in question.aspects if one is not Aspect.AUTHORITY)
    return tuple(dict.fromkeys((Aspect.DRAFTED, *others)))


def _with_authors(
    question: Question, statement: Statement, aspects: Sequence[Aspect], document: Document
) -> Statement:
    """The statement with what it says to the bodies, or their number, that the question names."""
    named = _RECIPIENT.search(question.body)
    if named and aspects[:1] in ((Aspect.COPIED,), (Aspect.ADDRESSED,)):
        is_so = fold_tight(named["who"]) in fold_tight(statement.text)
        return corrected(statement, HOLDS if is_so else Premise(named["who"], is_unsaid=True))
    known = document.metadata
    bodies = known.drafted_by if aspects[:1] == (Aspect.DRAFTED,) else known.issuing_authorities
    if DOUBTS.search(question.body) is None or not {Aspect.DRAFTED, Aspect.AUTHORITY} & set(aspects):
        return statement
    count = _BODIES.search(question.body)
    if count:
        is_so = Decimal(len(bodies)) == quantities(f"{count['number']}个")[0].value
        return corrected(statement, HOLDS if is_so else Premise(count.group()))
    authors = "、".join(bodies)
    found = of_authors(question.body, authors)
    return corrected(statement, found[0]) if found and found[0] else statement
