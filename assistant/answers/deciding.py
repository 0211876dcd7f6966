"""Yes or no, decided by code: the polarity of the question against that of the clause that answers it.

Only where the part of the sentence that speaks of the thing asked says itself whether it may, must or
must not be is anything decided. Its modality is kept: 原则上不可以 is not 不可以. Else the clause speaks
for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum

from assistant.comparing.cells import focus_strengths
from assistant.comparing.passages import Part, Passage, parts_of
from assistant.judging.binding import ASKS_DUTY, OMITS, TELLING, amounts
from assistant.library import Library
from assistant.norms import Operator, Strength, read_norms
from assistant.norms.units import comparable
from assistant.premises.checking import corrected, premise_of, unsaid_of
from assistant.questions.question import Question
from assistant.questions.terms import Term
from assistant.types import Statement
from indexing.folding import fold_tight
from indexing.types import Document
from prompts.library import fill


class Asks(Enum):
    """What a yes-or-no question wants to know of a deed."""

    MAY = re.compile(
        r"能不能|可不可以|可以不可以|能否|可否|是否(?:可以|可|能|允许|准许)|是不是(?:可以|能)|允不允许|让不让|准不准|行不行|(?:能|可以|允许|让|准)[^,，?？]{0,30}[吗么不][?？]?$|(?:可以|行|允许)(?:吗|么|不)"
        r"|(?:可以|允许)[^,，?？]{0,30}[,，]?(?:是吧|对吧|对吗|是吗|没错吧|吧)[?？]?$"
    )
    MUST = ASKS_DUTY
    SUPPORTS = re.compile(
        r"(?:支持|鼓励|提倡|推广)(?:不|吗|么)[?？]?$|支不支持|鼓不鼓励|推不推|是否(?:支持|鼓励|推广|提倡)|(?:支持|鼓励|提倡|推广)[^,，?？]{1,30}[吗么不][?？]?$"
    )
    EXISTS = re.compile(r"有没有|是否有|(?<![没具享只才还须要得该应定])有[^,，?？]{1,20}[吗么][?？]?$")


# 不用…可以吗, 能不交吗, 不合格也能…吗: a negated deed is not decided
_NEGATED = re.compile(
    r"[少低小]于|超过|[高多大]于|不到|不足|以[上下内]|(?:能|可以|允许)(?:不|没)(?!能|可|允)|不[^能可要需应让准行用是必]{1,6}(?:行吗|可以吗|行不行)|(?:没有?|不)[^,，?？]{0,10}(?:也|都)?(?:能|可以|行)(?:吗|么)"
)
_FREES = re.compile(
    r"无需|无须|不需要?|不必|免于|免除|可(?:暂)?不(?!超|少|低)|暂不(?!具备)|不再(?:要求|需要)|不作要求"
)
_FORBIDS = re.compile(
    r"不得|禁止|严禁|不准|不予|不允许|不可(?!抗|分|避|或)|不能(?!满足|达到)|不应(?!少|低|小|超)|不宜|避免|不再(?!要求|需要)"
)
_ALLOWS = re.compile(
    r"允许|可以|有权|(?<![不许认])可(?!持续|靠|行|能|及|燃|回收|视|控|比|操作|追溯|再生|承受|拓展|转换|不|暂不)"
)
_GENERALLY = re.compile(r"一般(?=不|应|为|按|在|可|由)")
# of "养老服务或托育服务" one alone may be left out
_EITHER = re.compile("或|之一|其中|至少")
_OMITTED = {"must": "may_not", "no_need": "may"}
_ENCOURAGES = frozenset({Strength.ENCOURAGED, Strength.SUPPORTED})
_ORDER = (Asks.SUPPORTS, Asks.EXISTS, Asks.MUST, Asks.MAY)
_LACKS = re.compile(r"不设置?|未设|没有|不作|无(?!障碍|偿|论)")
_DENIES = re.compile(r"不(?![便少足同断仅超低小])")
_EXISTS = {
    Strength.MAY: "exists_may",
    Strength.ENCOURAGED: "exists_encouraged",
    Strength.SUPPORTED: "exists_supported",
}
_BINDS = frozenset({Strength.MUST, Strength.IN_PRINCIPLE, Strength.GENERALLY})
_LEAST_OR_EQUAL = frozenset({Operator.AT_LEAST, Operator.MORE_THAN, Operator.EQUAL})
# "可以吗", "行不行" end a question; "能住人吗" holds what is done
_MODAL = re.compile("可以|允许|必须|需要|应[该当]|[能可否行让准要得是不吗么的?？]")
_DEED = 0.5  # share of the words on the deed asked about that the deciding part must say
# "还有效吗", "是否失效", "还能当依据吗"
_VALID = re.compile(
    r"(?:还|仍|是否|有没有|是不是|能不能)[^,，?？]{0,6}(?:有效|过期|失效|作废|管用|作数|算数|适用|依据|能用)|(?:有效|过期|失效|作废|管用)[了]?[吗么]"
)


def with_verdict(
    question: Question, statements: Sequence[Statement], terms: Sequence[Term], library: Library
) -> tuple[Statement, ...]:
    """Statements with what they decide at the head of the first: a premise corrected, or yes or no.

    Empty for none; unchanged where code cannot decide.
    """
    if not statements:
        return ()
    for at, statement in enumerate(statements):
        finding = premise_of(question, statement, terms, library)
        if finding is not None:
            others = (*statements[:at], *statements[at + 1 :])
            return (corrected(statement, finding), *others)
    first, *rest = statements
    verdict = verdict_of(question, first, terms, library)
    if verdict is None:
        unsaid = unsaid_of(question, first)
        return (corrected(first, unsaid), *rest) if unsaid else tuple(statements)
    place, mark, said = first.text.partition("：")
    text = fill("verdict", head=f"{place}{mark}", verdict=verdict, text=said) if said else first.text
    elsewhere = [one for one in rest if one.text.partition("：")[0] != place]  # its own place has decided
    return (Statement(text, first.citations, denied=first.denied), *elsewhere)


def verdict_of(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> str | None:
    """可以, 原则上不可以, 需要, 鼓励 … with the modality of the clause; None where it decides nothing."""
    may_omit = OMITS.search(question.body) is not None
    asks = (
        Asks.MUST if may_omit else next((each for each in _ORDER if each.value.search(question.body)), None)
    )
    if asks is None or (_NEGATED.search(question.body) and not may_omit):
        return None
    deeds = list(terms) if may_omit else _deeds(asks, question, terms)
    found = _measuring(statement, question, library) if asks is Asks.MUST else None
    found = found or _deciding(statement, deeds, terms, library)
    if found is None:
        return None
    passage, index = found
    said = passage.parts[index].folded
    strength = focus_strengths(passage)[0]
    name = _name(asks, said, strength)
    if may_omit:
        name = None if _EITHER.search(said) else _OMITTED.get(name or "")
    return None if name is None else _softened(fill(name), said, strength)


def _softened(verdict: str, said: str, strength: Strength) -> str:
    """The verdict with the 原则上 or 一般 of the part that decides, its own or that of the parts before."""
    if strength is Strength.IN_PRINCIPLE or "原则上" in said:
        return fill("in_principle", verdict=verdict)
    if strength is Strength.GENERALLY or _GENERALLY.search(said):
        return fill("generally", verdict=verdict)
    return verdict


def deeds_of(question: Question, terms: Sequence[Term]) -> list[Term]:
    """What a question wants to know whether it may or must be done; empty where it asks nothing of the kind.

    Of 方案通过以后还能改吗 the words behind 能, not 方案 and 通过.
    """
    asks = next((each for each in _ORDER if each.value.search(question.body)), None)
    return [] if asks is None else _deeds(asks, question, terms)


def _deeds(asks: Asks, question: Question, terms: Sequence[Term]) -> list[Term]:
    """What may or must be done, not what it is done to: of 旧仓库能往上加一层吗 the words behind 能."""
    match = asks.value.search(question.body)
    assert match is not None
    deeds = [term for term in terms if term.surface in question.body[match.start() :]]
    is_bare = not _MODAL.sub("", match.group())  # 加一层可以吗: the words before
    return list(terms) if is_bare or asks in (Asks.SUPPORTS, Asks.MUST) else deeds


_ONLY_THEN = re.compile(r"方[可能]|才[可能]|始得")


def _name(asks: Asks, said: str, strength: Strength) -> str | None:
    """The frame of what a part decides; None of a condition, 满一个计时单位后方可收取."""
    if _ONLY_THEN.search(said):
        return None
    frees, forbids = _FREES.search(said), _FORBIDS.search(said)
    if asks is Asks.EXISTS:
        if _LACKS.search(said):
            return "exists_not"
        return None if frees or forbids or _DENIES.search(said) else _EXISTS.get(strength, "exists")
    if asks is Asks.SUPPORTS:
        if strength in _ENCOURAGES and not forbids:
            return "yes_encouraged" if strength is Strength.ENCOURAGED else "yes_supported"
        return None
    if frees:
        return "no_need" if asks is Asks.MUST else None
    if forbids:
        return "must_not" if asks is Asks.MUST else "may_not"
    allows = _ALLOWS.search(said)
    if allows and _DENIES.search(said, allows.end()):  # 允许5年内不变更: no word on who wants to change
        return None
    if asks is Asks.MUST:
        if strength in _BINDS:
            return "must"
        return {
            Strength.ENCOURAGED: "not_must_encouraged",
            Strength.SUPPORTED: "not_must_supported",
            Strength.MAY: "not_must_may",
            Strength.SHOULD: "should",
        }.get(strength)
    if allows or strength is Strength.MAY:
        return "may"
    return {Strength.ENCOURAGED: "may_encouraged", Strength.SUPPORTED: "may_supported"}.get(strength)


def _deciding(
    statement: Statement, deeds: Sequence[Term], terms: Sequence[Term], library: Library
) -> tuple[Passage, int] | None:
    """The part between commas that says the deed, and most else of the question; its passage's focus.

    None where no part says enough of the deed: a rule on 仓库 does not decide what may be done to one.
    """
    total = sum(term.weight for term in deeds)
    best: tuple[tuple[float, float], Passage, int] | None = None
    for citation in statement.citations:
        clause = library.clause(citation.doc_id, citation.path)
        if clause is None or total < TELLING:
            continue
        parts = parts_of(library.document(citation.doc_id).text, (citation.start, citation.end))
        for index, part in enumerate(parts):
            share = (_share(part, deeds) / total, _share(part, terms))
            if best is None or share > best[0]:
                passage = Passage(clause, clause, citation.start, citation.end, parts, (index,), share[0])
                best = (share, passage, index)
    return (best[1], best[2]) if best is not None and best[0][0] >= _DEED else None


def _measuring(statement: Statement, question: Question, library: Library) -> tuple[Passage, int] | None:
    """The part that lays down as a least figure what the question asks of it: 必须有三项吗; None for none."""
    asked = amounts(question.body)
    for citation in statement.citations if asked else ():
        clause = library.clause(citation.doc_id, citation.path)
        document = library.document(citation.doc_id)
        if clause is None:
            continue
        parts = parts_of(document.text, (citation.start, citation.end))
        for norm in read_norms(clause, document):
            if norm.operator not in _LEAST_OR_EQUAL or norm.value is None:
                continue
            if comparable(norm.value, norm.unit or "") not in asked:
                continue
            for index, part in enumerate(parts):
                if part.start <= norm.figure_start < part.end:
                    return Passage(clause, clause, citation.start, citation.end, parts, (index,), 1.0), index
    return None


def _share(part: Part, terms: Sequence[Term]) -> float:
    """Weight of the terms that a part says itself, in any of their forms."""
    said = fold_tight(part.folded)
    return sum(term.weight for term in terms if any(form in said for form in term.forms))


def with_validity(question: Question, statement: Statement, document: Document, as_of: date) -> Statement:
    """The statement on a document's validity with 仍有效 or 已失效 at its head where that is asked."""
    ends = document.metadata.expires_on
    if ends is None or not _VALID.search(question.body):
        return statement
    verdict = fill("no_longer_valid" if ends < as_of else "still_valid")
    place, _, said = statement.text.partition("：")
    text = fill("verdict", head=f"{place}：", verdict=verdict, text=said) if said else statement.text
    return Statement(text, statement.citations, denied=statement.denied)
