"""How far a clause is about what is asked, where many only name it among much else.

养老服务有哪些 is answered by 第十二条【养老服务】, not by 支持养老、托育、文化、物业等专业运营机构.
None of this makes a clause sufficient; it decides between clauses that are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from assistant.direct.parts import share_of_terms
from assistant.judging.evidence import Evidence, text_of
from assistant.norms.quantities import quantities
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.types import Clause

HEADED = 0.9
"""Share of the question that a heading must say to be what the question is about."""
_ON_HEADING, _ON_SUBJECT, _AMONG = 0.2, 0.15, 0.25
_NAMED_HEADING, _LEAST_HEADING, _OF_HEADING = 0.7, 3, 0.7  # bonus; characters; share of its characters
_STEPS_ONLY = 0.6  # a way is asked, and the clause only names the deed as a step: (四) 确定名单
_STEPS, _STEP_CHARS = 4, 12  # so many items, of so many characters each at most, on the average
_ASKS_HOW = re.compile(r"怎么|如何|怎样")
_ASKS_STEPS = re.compile(r"程序|流程|步骤|[几哪]步|先后|环节|走")
_PRINCIPAL = 0.5  # a word is principal when it weighs this share of the heaviest
_TELLING = 1.3  # weight below which a word is in too many clauses to be what one of them is about
_MANY = 4  # members of an enumeration from which one of them is only named
_TAIL = 2  # characters between a thing named and the 、 beside it: 养老服务、
_EXACT = frozenset({Kind.FIGURE, Kind.DATE, Kind.YES_NO, Kind.DEFINITION})
# "加强老年食堂运营扶持：各区县可…", "健全可持续运营模式。注重…": what a row or an item begins with names it
_OPENING = re.compile(r"^[^，,；;。：:\n]{2,30}(?=[。：:])")
_ITEM = re.compile(r"\([一二三四五六七八九十]+\)")
_PARTS = re.compile(r"[,，;；。:：()（）]")
# "养老服务宜为…", "试点城市要落实…", "基本公共服务类指…": what is said of the subject of the sentence
_SAID_OF_IT = (
    r"(?:服务|功能|设施|工作)?[类型]?(?:\([^)]*\))?(?:作为[^,，。]{2,24}[,，])?"
    r"(?:宜|应|要|可|须|负责|提供|包括|指|为|由|按|主要|会同|牵头)"
)


def is_of_figure(question: Question) -> bool:
    """Whether a figure or a day is asked for, or a figure put forward: 400平方米行吗."""
    if question.kinds & {Kind.FIGURE, Kind.DATE}:
        return True
    return Kind.YES_NO in question.kinds and bool(quantities(question.body))


def heading_of(clause: Clause) -> str:
    """What names the subject of a clause, folded: its heading, or the words that a row opens with."""
    named = [clause.heading or ""]
    named += [match.group() for _, value in clause.cells if (match := _OPENING.match(value))]
    return fold_tight("|".join(named))


def bearing(item: Evidence, question: Question, terms: Sequence[Term]) -> float:
    """What speaks for a clause beside its words: more than 0 where it is on the subject, less for naming it.

    Where a figure, a day, a definition or yes or no is asked for, which stand in any clause, only a heading
    that a question of a figure names counts; 0 where what is asked about is what every clause is about.

    Args:
        item: a clause and the sentences of it that speak to the question.
        question: as understood.
        terms: what it is about.
    """
    if _EXACT & question.kinds or question.negated is not None:
        heading = fold_tight(item.clause.heading or "") if is_of_figure(question) else ""
        return _NAMED_HEADING * _names_heading(question.body, heading)
    if max((term.weight for term in terms), default=0.0) < _TELLING:
        return 0.0
    principal = principal_of(terms)
    sentences = [fold_tight(text_of(item.clause, one)) for one in item.passages]
    asks_way = _ASKS_HOW.search(question.body) and not _ASKS_STEPS.search(question.body)
    if asks_way and _only_steps(sentences, fold_tight(item.clause.text)):
        return -_STEPS_ONLY
    out = _ON_HEADING * (share_of_terms(heading_of(item.clause), terms) >= HEADED)
    if any(is_said_of(said, principal) for said in sentences):
        return out + _ON_SUBJECT
    return out - _AMONG * _is_only_named("。".join(sentences), principal)


def _names_heading(body: str, heading: str) -> bool:
    """Whether a question names what a heading does, or most of its end: 综合服务站 of 社区综合服务站."""
    least = max(_LEAST_HEADING, math.ceil(_OF_HEADING * len(heading)))
    return any(heading[at:] in body for at in range(len(heading) - least + 1))


def _only_steps(sentences: Sequence[str], clause: str) -> bool:
    """Whether folded sentences are items of a list of steps that has no word on how any is done."""
    items = _ITEM.split(clause)[1:]
    is_bare = len(items) >= _STEPS and sum(map(len, items)) <= _STEP_CHARS * len(items)
    return is_bare and all(_ITEM.match(said) for said in sentences)


def principal_of(terms: Sequence[Term]) -> list[Term]:
    """The terms that weigh nearly as much as the heaviest; empty for none."""
    heaviest = max((term.weight for term in terms), default=0.0)
    return [term for term in terms if term.weight >= _PRINCIPAL * heaviest]


def is_said_of(folded: str, terms: Sequence[Term]) -> bool:
    """Whether a folded sentence opens with a thing asked about and says something of it."""
    return any(
        re.match(rf"(?:[\u4e00-\u9fff]{{0,4}}){re.escape(form)}{_SAID_OF_IT}", folded)
        for term in terms
        for form in term.forms
        if len(form) > 1
    )


def _is_only_named(folded: str, terms: Sequence[Term]) -> bool:
    """Whether all things asked about that a folded text says stand there as one member of an enumeration."""
    places = set[tuple[int, int]]()
    for at, part in enumerate(_PARTS.split(folded)):
        members = part.split("、")
        for n, member in enumerate(members):
            forms = [form for term in terms for form in term.forms if form in member]
            named = len(members) >= _MANY and any(_is_named(member, form, n, members) for form in forms)
            if forms and not named:
                return False
            places |= {(at, n)} if forms else set()
    return len(places) == 1


def _is_named(member: str, form: str, at: int, members: Sequence[str]) -> bool:
    """Whether a form stands in a member of an enumeration as what is named, not in what leads there."""
    if at == 0:
        return len(member) - member.rindex(form) - len(form) <= _TAIL
    return member.index(form) <= _TAIL if at == len(members) - 1 else True
