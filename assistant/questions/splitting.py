"""The questions one text asks: 补助多少，谁来审批，个税怎么交？ is three.

Each is answered apart, or named as unanswered; none is dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.judging.forms import asks_roles_only
from assistant.library import Library
from assistant.questions.cutting import asking_pieces
from assistant.questions.question import MAX_CHARS, Question, understand
from assistant.questions.references import resolved
from assistant.questions.terms import content_terms
from assistant.questions.weighing import Term
from assistant.questions.wording import question_words
from assistant.questions.words import ROLES, has_noun
from indexing import segmentation
from indexing.asking import Kind
from indexing.jurisdictions import NATION, name_of

_CLOSED = frozenset({Kind.YES_NO, Kind.DATE})

_COUNTS = re.compile(r"(?:几|多少)[项个类种家名处]的?[\u4e00-\u9fff]{2}")
_PAPER = re.compile(r"[\u4e00-\u9fff]{0,4}(?:表|清单)[里中上]")  # 分工表里, 任务清单中

MOST = 6
"""Questions answered out of one text; what is beyond is named."""


def questions_in(question: Question, library: Library) -> tuple[list[Question], list[str]]:
    """The questions a text asks, in order, and the wording of those beyond `MOST`.

    Places and documents named in one hold for those after it that name none. The text itself
    when it asks one question only.
    """
    asking = asking_pieces(question.text[:MAX_CHARS])
    asking = list(dict.fromkeys(piece.strip(" ，,、？?。；;\n") or piece for piece in asking))
    pieces = _with_topics(asking, library) if len(asking) > 1 else asking
    if len(pieces) < 2:
        return [question], []
    out: list[Question] = []
    for piece in pieces[:MOST]:
        part = understand(piece, library)
        out.append(_inheriting(part, out[-1], question, library) if out else _placed(part, question))
    return out, pieces[MOST:]


def _with_topics(pieces: list[str], library: Library) -> list[str]:
    """Pieces that say what they ask about; "由谁负责" does not and belongs to what stands before it.

    Behind one on the document itself (什么时候开始的) or behind what may be done it stands alone:
    nobody is responsible for a day.
    """
    out: list[str] = []
    pending = ""
    is_closed = False
    for piece in pieces:
        part = understand(piece, library)
        about = _subject(part, library)
        if about or part.aspects or any(reference.steps for reference in part.references):
            out.append(f"{pending}{piece}")
            pending = ""
            is_closed = bool(part.aspects and not about) or bool(part.kinds & _CLOSED)
        elif out and is_closed and Kind.BODY in part.kinds:
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
        placed=f"{'、'.join(map(_place, whole.jurisdictions))}{part.text}" if whole.jurisdictions else None,
    )


def _place(code: str) -> str:
    """What a jurisdiction is called in a question."""
    return "国家" if code == NATION else name_of(code)


def _inheriting(part: Question, before: Question, whole: Question, library: Library) -> Question:
    """A later question with places, document and topic of the one before, where it names none."""
    if part.references and all(reference.document is None for reference in part.references):
        return _within(part, before, whole, library)
    if part.jurisdictions or part.absent or part.all_cities or part.references:
        return part
    terms = tuple(one for one in content_terms(part, library) if not _is_where(one, part.body))
    carried: tuple[str, ...] = ()
    if not any(map(_is_subject, terms)):  # "怎么申请", "面积多大": of what?
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


def stands_alone(part: Question, library: Library) -> bool:
    """Whether a question tells by its own words what it asks: 补助上限多少, not 免费吗 or 面积多大."""
    terms = content_terms(part, library)
    words = question_words()
    empty = words.measures | words.soft | words.deeds | ROLES
    counts = _COUNTS.search(part.body) is not None  # 要几项功能
    return counts or len(terms) > 1 or any(t.surface not in empty and t.is_known for t in terms)


def _is_subject(term: Term) -> bool:
    """Whether a word names what is asked about: a noun or with one in it, no measure and no mere 要求.

    资金申请报告, a term of ours, has no class of its own.
    """
    words = question_words()
    if term.surface in words.measures | words.soft or any(role in term.surface for role in ROLES):
        return False
    if words.asking.search(term.surface):  # 多少钱
        return False
    return has_noun(term.surface) or any(has_noun(form) for part in term.parts for form in part.forms)


def _is_where(term: Term, body: str) -> bool:
    """Whether a word only says in which table or list to look: 分工 and 表里 of 分工表里由谁牵头."""
    return any(term.surface in named.group() for named in _PAPER.finditer(body))


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
