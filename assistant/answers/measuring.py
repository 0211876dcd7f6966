"""Whether an amount the question gives keeps to what its clause lays down: 800平方米行吗, 不小于1000平方米.

Decided only where one binding figure is meant, and told with the figure's own words, 原则上 and 一般 kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.library import Library
from assistant.norms import Norm, Operator, Strength
from assistant.norms.bounds import bound
from assistant.norms.quantities import Quantity, quantities
from assistant.norms.units import comparable
from assistant.premises.figures import amounts_in, figures_of, meant_by
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Statement
from indexing.folding import fold_tight
from prompts.library import fill

# "行吗", "够不够", "能给6000万吗": whether the amount will do; "能申请吗" may ask something else
_SUFFICES = re.compile(
    r"(?:行|够|成|达标|符合|合规|合格|达到|满足)(?:要求|标准|规定|条件)?了?(?:吗|么|吧|不(?=[?？]|$))|行不行|够不够|达不达标"
    r"|是否(?:符合|达标|满足|够|达到)|符不符合|合不合"
    r"|(?:能|可以)(?![^,，?？]*[不没])[^,，?？\d]{0,4}[\d一二两三四五六七八九十百千]+[^,，?？]{0,6}[吗么][?？]?$"
)
_MAY = re.compile(
    r"可以(?:吗|么|不)|可不可以|能不能|能否|是否(?:可以|能)|(?:能|可以)[^,，?？]{1,20}[吗么][?？]?$"
)
_BINDING = frozenset(
    {Strength.MUST, Strength.MUST_NOT, Strength.IN_PRINCIPLE, Strength.GENERALLY, Strength.MAY}
)
_FLOORS = {Operator.AT_LEAST: True, Operator.MORE_THAN: False}  # whether the figure itself will do
_CEILINGS = {Operator.AT_MOST: True, Operator.LESS_THAN: False}
_SOFTENED = re.compile(r"(?:原则上|一般|应当?|要求|为|须|宜)+$")
_NEAR = 8  # characters behind an amount in which what it counts is named: 四项服务功能
_AGE = "岁"


def asks_whether_enough(question: Question) -> bool:
    """Whether a question gives an amount of its own and asks if it will do: 800平方米够吗."""
    return _SUFFICES.search(question.body) is not None


def measured(question: Question, statement: Statement, terms: Sequence[Term], library: Library) -> str | None:
    """What the clauses of a statement say to the amount a question gives; None where that is not decided.

    Args:
        question: as understood.
        statement: the one that answers, with its citations.
        terms: what the question is about.
        library: what the citations stand in.
    """
    text = question.body
    if not (_SUFFICES.search(text) or _MAY.search(text)):
        return None
    norms = figures_of(statement, library)
    for case in reversed(amounts_in(text, norms)):
        if case.high is not None or bound(text, case, 0).is_worded:
            continue
        if case.unit == _AGE:
            told = _of_age(case, statement)
        else:
            told = _of_figure(text, case, norms, terms, library)
        if told is not None:
            return told
    return None


def _of_figure(
    text: str, case: Quantity, norms: Sequence[Norm], terms: Sequence[Term], library: Library
) -> str | None:
    binding = [norm for norm in norms if norm.strength in _BINDING and norm.operator in _FLOORS | _CEILINGS]
    start = max(text.rfind(mark, 0, case.start) for mark in ",，、;；") + 1
    near = [
        term for term in terms if term.surface in text[start:] and text.find(term.surface) < case.end + _NEAR
    ]
    meant = meant_by(text, case, binding, near or terms, library)
    verdicts = {_against(case, norm, library) for norm in meant}
    return verdicts.pop() if len(verdicts) == 1 else None


def _against(case: Quantity, norm: Norm, library: Library) -> str:
    """符合“不小于600平方米”的要求, 超过“不超过5000万元”的上限: with the words of the clause."""
    value, _ = comparable(case.value, case.unit)
    limit, _ = comparable(norm.value or Decimal(0), norm.unit or "")
    words = _printed(norm, library)
    if norm.operator in _FLOORS:
        will_do = value > limit or (_FLOORS[norm.operator] and value == limit)
        return fill("meets_least" if will_do else "below_least", rule=words)
    assert norm.operator is not None
    will_do = value < limit or (_CEILINGS[norm.operator] and value == limit)
    return fill("within_most" if will_do else "above_most", rule=words)


def _printed(norm: Norm, library: Library) -> str:
    """The figure as printed, with 一般 or 原则上 where it stands before it."""
    text = library.document(norm.clause_id.partition("#")[0]).text
    printed = norm.printed or ""
    at = text.rfind(printed, norm.start, norm.figure_end) if printed else -1
    softened = _SOFTENED.search(text, norm.start, at) if at >= 0 else None
    head = softened.group() if softened else ""
    return "".join(f"{head}{printed}".split())


def _of_age(case: Quantity, statement: Statement) -> str | None:
    """Whether an age is in one of the ranges that the first quotes name: 3岁以下, 3~6岁."""
    inside, ranges = False, dict[str, None]()
    for citation in statement.citations:
        quote = fold_tight(citation.quote)
        for one in quantities(quote):
            if one.unit != _AGE:
                continue
            bounded = bound(quote, one, 0)
            ranges[quote[min(bounded.start, one.start) : max(bounded.end, one.end)]] = None
            inside |= _is_within(case.value, one, bounded.operator)
    if not ranges:
        return None
    return fill("within_range" if inside else "outside_range", rule="”“".join(ranges))


def _is_within(age: Decimal, limit: Quantity, operator: Operator) -> bool:
    if limit.high is not None:
        return limit.value <= age <= limit.high
    if operator in (Operator.AT_MOST, Operator.LESS_THAN):
        return age <= limit.value if operator is Operator.AT_MOST else age < limit.value
    return age >= limit.value if operator is Operator.AT_LEAST else age == limit.value
