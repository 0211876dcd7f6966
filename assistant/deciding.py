"""Yes or no, decided by code: the polarity of the question against that of the clause that answers it.

Only where the part of the sentence that speaks of the thing asked says itself whether it may, must or
must not be is anything decided. Its modality is kept: 原则上不可以 is not 不可以. Else the clause speaks
for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from assistant.comparing.cells import focus_strengths
from assistant.comparing.passages import Part, Passage, parts_of
from assistant.library import Library
from assistant.norms import Strength
from assistant.premises import corrected, premise_of
from assistant.question import Question
from assistant.terms import Term
from assistant.types import Statement
from indexing.folding import fold_tight
from prompts.library import fill


class Asks(Enum):
    """What a yes-or-no question wants to know of a deed."""

    MAY = re.compile(
        r"能不能|可不可以|可以不可以|能否|可否|是否(?:可以|可|能|允许|准许)|是不是(?:可以|能)|允不允许|让不让|准不准|行不行|(?:能|可以|允许|让|准)[^,，?？]{0,30}[吗么不][?？]?$|(?:可以|行|允许)(?:吗|么|不)"
        r"|(?:可以|允许)[^,，?？]{0,30}[,，]?(?:是吧|对吧|对吗|是吗|没错吧|吧)[?？]?$"
    )
    MUST = re.compile(
        r"要不要|需不需要|用不用|必不必须|应不应该?|是否(?:必须|应当|应该|需要|应|须|要)|是不是(?:必须|得|要|应该|应当)|(?:必须|需要|应该|应当|一定要|得|要|非得)[^,，?？]{0,30}[吗么不][?？]?$"
        r"|(?:必须|一定要|非得)[^,，?？]{0,30}[,，]?(?:是吧|对吧|对吗|是吗|没错吧|吧)[?？]?$"
    )
    SUPPORTS = re.compile(
        r"(?:支持|鼓励|提倡|推广)(?:不|吗|么)[?？]?$|支不支持|鼓不鼓励|推不推|是否(?:支持|鼓励|推广|提倡)|(?:支持|鼓励|提倡|推广)[^,，?？]{1,30}[吗么不][?？]?$"
    )


# 不用…可以吗, 能不交吗, 不合格也能…吗: a negated deed is not decided
_NEGATED = re.compile(
    r"(?:能|可以|允许)(?:不|没)(?!能|可|允)|不[^能可要需应让准行用是必]{1,6}(?:行吗|可以吗|行不行)|(?:没有?|不)[^,，?？]{0,10}(?:也|都)?(?:能|可以|行)(?:吗|么)"
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
_IN_PRINCIPLE = re.compile(r"原则上|一般(?=不|应|为|按|在|可|由)")
_ENCOURAGES = frozenset({Strength.ENCOURAGED, Strength.SUPPORTED})
_BINDS = frozenset({Strength.MUST, Strength.IN_PRINCIPLE, Strength.GENERALLY})
_DEED = 0.5  # share of the words on the deed asked about that the deciding part must say
_BARE = 4  # characters of a question word that ends the question
_LEAST = 0.45  # share of the question's words that the deciding part must say


def with_verdict(
    question: Question, statements: Sequence[Statement], terms: Sequence[Term], library: Library
) -> tuple[Statement, ...]:
    """Statements with what they decide at the head of the first: a premise corrected, or yes or no.

    Empty for none; unchanged where code cannot decide.
    """
    if not statements:
        return ()
    for place, statement in enumerate(statements):
        finding = premise_of(question, statement, terms, library)
        if finding is not None:
            others = (*statements[:place], *statements[place + 1 :])
            return (corrected(statement, finding), *others)
    first, *rest = statements
    verdict = verdict_of(question, first, terms, library)
    if verdict is None:
        return tuple(statements)
    place, mark, said = first.text.partition("：")
    text = fill("verdict", head=f"{place}{mark}", verdict=verdict, text=said) if said else first.text
    return (Statement(text, first.citations, denied=first.denied), *rest)


def verdict_of(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> str | None:
    """可以, 原则上不可以, 需要, 鼓励 … with the modality of the clause; None where it decides nothing."""
    asks = next(
        (kind for kind in (Asks.SUPPORTS, Asks.MUST, Asks.MAY) if kind.value.search(question.body)), None
    )
    if asks is None or _NEGATED.search(question.body):
        return None
    found = _deciding(statement, terms, library)
    if found is None:
        return None
    passage, index = found
    said = passage.parts[index].folded
    if not _says_deed(asks, question, said, terms):
        return None
    name = _name(asks, said, focus_strengths(passage)[0])
    if name is None:
        return None
    softened = _IN_PRINCIPLE.search(said) is not None and "原则上" in said
    return fill("in_principle", verdict=fill(name)) if softened else fill(name)


def _says_deed(asks: Asks, question: Question, said: str, terms: Sequence[Term]) -> bool:
    """Whether the part speaks of what may or must be done, not only of what it is done to.

    Of 旧仓库能往上加一层吗 a rule on 仓库 decides nothing.
    """
    match = asks.value.search(question.body)
    assert match is not None
    behind = question.body[match.start() :]
    deeds = [term for term in terms if term.surface in behind]
    if (
        asks is not Asks.SUPPORTS
        and match.end() == len(question.body.rstrip("?？"))
        and len(match.group()) <= _BARE
    ):
        deeds = list(terms)  # …可以吗, …行不行: the deed stands before
    total = sum(term.weight for term in deeds)
    held = sum(term.weight for term in deeds if any(form in said for form in term.forms))
    return total > 0 and held >= _DEED * total


def _name(asks: Asks, said: str, strength: Strength) -> str | None:
    """The frame of what a part decides."""
    frees, forbids = _FREES.search(said), _FORBIDS.search(said)
    if asks is Asks.SUPPORTS:
        if strength in _ENCOURAGES and not forbids:
            return "yes_encouraged" if strength is Strength.ENCOURAGED else "yes_supported"
        return None
    if frees:
        return "no_need" if asks is Asks.MUST else None
    if forbids:
        return "must_not" if asks is Asks.MUST else "may_not"
    if asks is Asks.MUST:
        if strength in _BINDS:
            return "must"
        return {
            Strength.ENCOURAGED: "not_must_encouraged",
            Strength.SUPPORTED: "not_must_supported",
            Strength.MAY: "not_must_may",
            Strength.SHOULD: "should",
        }.get(strength)
    if _ALLOWS.search(said) or strength is Strength.MAY:
        return "may"
    return {Strength.ENCOURAGED: "may_encouraged", Strength.SUPPORTED: "may_supported"}.get(strength)


def _deciding(statement: Statement, terms: Sequence[Term], library: Library) -> tuple[Passage, int] | None:
    """The part between commas that says most of the question, where it says enough; its passage's focus."""
    terms = [term for term in terms if term.is_known]
    total = sum(term.weight for term in terms)
    best: tuple[float, Passage, int] | None = None
    for citation in statement.citations:
        clause = library.clause(citation.doc_id, citation.path)
        if clause is None or not total:
            continue
        parts = parts_of(library.document(citation.doc_id).text, (citation.start, citation.end))
        for index, part in enumerate(parts):
            share = _share(part, terms) / total
            if best is None or share > best[0]:
                passage = Passage(clause, clause, citation.start, citation.end, parts, (index,), share)
                best = (share, passage, index)
    return (best[1], best[2]) if best is not None and best[0] >= _LEAST else None


def _share(part: Part, terms: Sequence[Term]) -> float:
    said = fold_tight(part.folded)
    return sum(
        term.weight * (1.0 if any(form in said for form in term.forms) else 0.8 * term.said_in_parts(said))
        for term in terms
    )
