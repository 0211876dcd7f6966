"""The questions one text asks: 补助多少，谁来审批，个税怎么交？ is three.

Each is answered apart, or named as unanswered; none is dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.judging.forms import asks_roles_only
from assistant.library import Library
from assistant.questions.question import MAX_CHARS, Question, understand
from assistant.questions.references import resolved
from assistant.questions.terms import content_terms
from assistant.questions.weighing import Term
from assistant.questions.wording import question_words
from assistant.questions.words import ROLES, has_noun
from indexing import segmentation
from indexing.asking import Kind, without_a_few
from indexing.folding import fold_tight

MOST = 6
"""Questions answered out of one text; what is beyond is named."""

_ENDS = re.compile(r"(?<=[?？!！。;；\n])")
_ASKS = re.compile(
    r"多少|(?<![好这那十])几|什么|哪|谁|吗|是否|怎么|如何|多久|多大|何时|能否|可否|有没有|文号|有效期|日期|施行"
)
# Joins two questions only where each has a word that asks: "面积多大以及由谁养护", not "养老和托育有哪些"
_JOINS = re.compile(r"[,，、]|以及|并且|还有|同时|和|与|及")
_INTERROGATIVE = re.compile(
    r"多少|(?<![好这那十])几[个项家成年天名种级类条处岁次份元分张台座间床倍]|什么|哪|谁|怎么|怎样|如何|多久|多大|多长|多高|何时|咋|啥"
    r"|能不能|能否|可否|可不可以|要不要|需不需要|有没有|(?<![对是真样])吗"
)
_QUOTED = re.compile(r"《[^》]*》+|“[^”]*”")


def questions_in(question: Question, library: Library) -> tuple[list[Question], list[str]]:
    """The questions a text asks, in order, and the wording of those beyond `MOST`.

    Places and documents named in one hold for those after it that name none. The text itself
    when it asks one question only.
    """
    asking = [
        piece
        for end in _ENDS.split(question.text[:MAX_CHARS])
        if end.strip()
        for piece in _joined_questions(end)
        if _ASKS.search(without_a_few(fold_tight(piece))) or _INTERROGATIVE.search(without_a_few(piece))
    ]
    asking = list(dict.fromkeys(piece.strip(" ，,、？?。；;\n") or piece for piece in asking))
    pieces = _with_topics(asking, library) if len(asking) > 1 else asking
    if len(pieces) < 2:
        return [question], []
    out: list[Question] = []
    for piece in pieces[:MOST]:
        part = understand(piece, library)
        out.append(_inheriting(part, out[-1], question, library) if out else _placed(part, question))
    return out, pieces[MOST:]


def _joined_questions(piece: str) -> list[str]:
    """A sentence cut where a comma or 和 stands between two wordings that each ask."""
    hidden = _QUOTED.sub(lambda match: "□" * len(match.group()), piece)
    out, start, at = [], 0, 0
    for match in _JOINS.finditer(hidden):
        following = _JOINS.search(hidden, match.end())
        ahead = hidden[match.end() : following.start() if following else len(hidden)]
        asks = _INTERROGATIVE.search(ahead) or (
            match.group() in "，," and _INTERROGATIVE.search(hidden, match.end())
        )
        if asks and _INTERROGATIVE.search(hidden, start, match.start()):
            out.append(piece[start : match.start()])
            start = match.end()
        at = match.end()
    return [*out, piece[start:]] if at else [piece]


def _with_topics(pieces: list[str], library: Library) -> list[str]:
    """Pieces that say what they ask about; "由谁负责" does not and belongs to what stands before it.

    Behind one on the document itself (什么时候开始的) it stands alone: nobody is responsible for a day.
    """
    out: list[str] = []
    pending = ""
    is_of_document = False
    for piece in pieces:
        part = understand(piece, library)
        about = _subject(part, library)
        if about or part.aspects or any(reference.steps for reference in part.references):
            out.append(f"{pending}{piece}")
            pending = ""
            is_of_document = bool(part.aspects) and not about
        elif out and is_of_document and Kind.BODY in part.kinds:
            out.append(piece)
        elif out:
            out[-1] = f"{out[-1]}，{piece}"
        else:
            pending = f"{pending}{piece}，"
    return out or ([pending] if pending else [])


def _subject(part: Question, library: Library) -> str:
    """What a piece says besides words that ask and roles; words no dictionary knows (个税) count."""
    known = "".join(t.surface for t in content_terms(part, library) if t.surface not in ROLES)
    words = segmentation.cut(question_words().asking.sub(" ", part.body))
    others = [word for word in words if word[0].isalnum() and word not in question_words().general]
    rest = "".join(word for word in others if word not in ROLES)
    return known or (rest if len(rest) > 1 else "")  # "哪些部门管"


def _placed(part: Question, whole: Question) -> Question:
    """The first question, with the places of the whole text where it names none."""
    if part.jurisdictions or part.absent or part.all_cities or part.references:
        return part
    return replace(
        part,
        jurisdictions=whole.jurisdictions,
        districts=whole.districts,
        absent=whole.absent,
        all_cities=whole.all_cities,
    )


def _inheriting(part: Question, before: Question, whole: Question, library: Library) -> Question:
    """A later question with places, document and topic of the one before, where it names none."""
    if part.references and all(reference.document is None for reference in part.references):
        return _within(part, before, whole, library)
    if part.jurisdictions or part.absent or part.all_cities or part.references:
        return part
    terms = content_terms(part, library)
    carried: tuple[str, ...] = ()
    if len(terms) == 1 or not any(map(_names_thing, terms)):  # "怎么申请": of what?
        about = content_terms(before, library)
        things = [term for term in about if has_noun(term.surface)] or about
        if things and asks_roles_only(terms):  # "责任单位是谁": for what?
            subject = max((term.surface for term in things), key=len)
            part = understand(f"{subject}{part.text}", library)
        carried = before.carried or tuple(form for term in things for form in term.forms)
    documents = tuple(replace(reference, steps=(), clauses=()) for reference in before.references)
    return replace(
        _placed(part, before if before.jurisdictions or before.absent or before.all_cities else whole),
        references=tuple({reference.document: reference for reference in documents}.values()),
        carried=carried,
    )


def _names_thing(term: Term) -> bool:
    """Whether a word or a part of it is a noun: 资金申请报告, a term of ours, has no class of its own."""
    return has_noun(term.surface) or any(has_noun(form) for part in term.parts for form in part.forms)


def _within(part: Question, before: Question, whole: Question, library: Library) -> Question:
    """A question about 第八条 alone, of the document or place named before it."""
    named = tuple(doc_id for reference in before.references for doc_id in reference.doc_ids)
    places = part.jurisdictions or before.jurisdictions or whole.jurisdictions
    held = tuple(d.doc_id for d in library.documents if d.metadata.jurisdiction in places)
    doc_ids = () if part.jurisdictions else tuple(dict.fromkeys(named))
    doc_ids = doc_ids or held
    if not doc_ids:
        return part
    references = tuple(
        resolved(reference, reference.steps, doc_ids, library) for reference in part.references
    )
    return replace(part, references=references)
