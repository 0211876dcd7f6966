"""Figures and days a question takes for granted, against those of the clauses quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.library import Library
from assistant.norms import Norm, Operator, Strength, read_norms
from assistant.norms.bounds import bound
from assistant.norms.dates import days
from assistant.norms.quantities import Quantity, quantities
from assistant.norms.units import comparable
from assistant.premises.types import HOLDS, Premise
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Statement
from indexing import segmentation
from indexing.folding import fold_tight
from indexing.numerals import parse_amount

# Figures that a question gives as its own case: 90岁老人, 我家有3个孩子, 如果面积500平方米
_CASE = re.compile(
    r"如果|假如|要是|假设|比如|我[们家]?有?|一家|一位|一个|\d岁(?:的|以上|以下)?(?:老|儿|孩|幼)"
)
_OWN = re.compile(r"如果|假如|要是|假设|我[们家]")
_SAYS = re.compile(
    r"要求|规定|补助|补贴|选|限期|分成?|为|是|给|有效期|不超过|不少于|不低于|不得|原则上|开展|建设"
)
_NAMED = 0.6  # share of the question that stands around a figure which is meant in spite of its base
_UNASKED = 4.0  # about the weight of a rare word
# 两项补助, 一次征集 name things; 分两项, 只有一次 count them
_FEW, _COUNTERS = 2, frozenset({"项", "个", "次", "种", "类", "家", "名", "条", "份", "处", "所"})
_COUNTS = re.compile(r"(?:[是为分共有只达选]|至少|最[多少高低]|[少多低高超][于过])$")
_LIMIT = re.compile(r"[上下]限|限额|最[高低]|封顶")  # names what is measured, more than how
_ASIDE = 2.0  # for a figure in brackets, where the question does not ask for a part: (至少包括其中2项)
_OF_WHICH = re.compile("其中|里面?|中的?有|包括|、")
_AS_MUST = re.compile(r"没有?例外|必须|强制|硬性|一律|都要|才行|一定要")
_WEAK = frozenset({Strength.SHOULD, Strength.ENCOURAGED, Strength.SUPPORTED})
# "必须达到600平方米,对吧" is no question whether: beside 一般 and 原则上 it claims too much
_ASSERTS = re.compile(r"吧[?？]?$|[对是]吗[?？]?$|没错|例外")
_SOFTENED = frozenset({Strength.IN_PRINCIPLE, Strength.GENERALLY})
_PARTS = frozenset(
    {"项", "种", "类", "条"}
)  # what these count is always named: 两项补助 is not 3项 of another thing
_BASED = re.compile(r"每|户均|人均|平均")
# "每万人不少于30平方米": what a figure is counted on, right before it or its bound
_BASE = re.compile(
    r"每(?![个家项类种处年月周天])(?P<base>[\u4e00-\u9fff]{1,4}?)(?:拥有|平均|的|要求)*(?:不[少低小]于|不超过|至少|最[多少])?$"
)
_HAS_MEANS = re.compile("有条件|具备")  # whom a higher figure is for: 有条件的社区
_DUE = re.compile(r"\d{4}年|年底")
_YEAR = re.compile(r"(?:19|20)\d\d")
# "封顶3000万", "能给6000万吗"; not "3000万元", "100万人"
_BARE = re.compile(
    r"(?<![\d.])(?:\d{1,9}(?:\.\d{1,4})?|[一二两三四五六七八九十百千]{1,8})[万亿](?=[,，?？。吗吧对是没的以左]|$)"
)
_IN_SCALE = re.compile("[万亿]")
_EXACT = frozenset({Operator.EQUAL, Operator.ABOUT, Operator.RANGE})
_COUNTED = re.compile(r"^(?:左右|以上|以下|以内|的)?(?P<noun>[\u4e00-\u9fff]{0,8})")


def of_figures(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library, *, doubts: bool
) -> list[Premise | None]:
    """What becomes of each figure claimed; None for one that no figure of the statement speaks to."""
    text = question.body
    norms = figures_of(statement, library)
    return [
        _of_figure(text, one, norms, statement, terms, library, doubts=doubts)
        for one in amounts_in(text, norms)
        if _is_asserted(text, one, doubts=doubts)
    ]


def amounts_in(text: str, norms: Sequence[Norm]) -> list[Quantity]:
    """The amounts a folded text names; one without a unit (封顶3000万) in that of the norms so printed."""
    units = {norm.unit for norm in norms if norm.unit and _IN_SCALE.search(norm.printed or "")}
    found = quantities(text)
    if len(units) != 1:
        return found
    unit, taken = units.pop(), [(one.start, one.end) for one in found]
    for match in _BARE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            value = parse_amount(match.group())
            found.append(Quantity(*match.span(), value, None, unit, unit_start=match.end()))
    return found


def _of_figure(
    text: str,
    quantity: Quantity,
    norms: Sequence[Norm],
    statement: Statement,
    terms: Sequence[Term],
    library: Library,
    *,
    doubts: bool,
) -> Premise | None:
    value, unit = comparable(quantity.value, quantity.unit)
    alike = _alike(text, quantity, norms, library)
    if not alike:
        told = _told(statement, unit) if doubts else None
        if told is None:
            return None
        return HOLDS if told[0] == value else Premise(_asserted_words(text, quantity), told[1])
    meant = _likeliest(text, quantity, alike, terms, library)
    if not meant:
        return None
    agreeing = [norm for norm in meant if _agrees(text, quantity, norm)]
    base = _BASE.search(text, 0, quantity.start)
    if (
        agreeing
        and base is not None
        and not any(_pairs(base["base"]) & _pairs(norm.per or "") for norm in agreeing)
    ):
        per = next((norm.per for norm in agreeing if norm.per), None)
        return Premise(f"每{base['base']}", per, is_unsaid=per is None)
    if agreeing:
        return _unless_weaker(text, quantity, agreeing, library)
    if quantity.high is not None:
        if any(_agrees(text, quantity, norm) for norm in alike):
            return HOLDS
        ranges = [_printed(norm) for norm in norms if norm.high is not None and _unit(norm) == unit]
        return Premise(_asserted_words(text, quantity), "和".join(dict.fromkeys(ranges))) if ranges else None
    return Premise(_asserted_words(text, quantity), _printed(meant[0]))


def _unless_weaker(text: str, quantity: Quantity, agreeing: Sequence[Norm], library: Library) -> Premise:
    """HOLDS; but a figure claimed as a must is denied where it is only encouraged, 宜, 一般 or 原则上."""
    first = agreeing[0]
    weak = _WEAK | _SOFTENED if _ASSERTS.search(text) else _WEAK
    if not _AS_MUST.search(text) or any(norm.strength not in weak for norm in agreeing):
        return HOLDS
    whole = library.document(first.clause_id.partition("#")[0]).text
    start = max(whole.rfind(mark, 0, first.figure_start) for mark in "，,；;。：:（(\n") + 1
    return Premise(_asserted_words(text, quantity), "".join(whole[start : first.figure_end].split()))


def meant_by(
    text: str, quantity: Quantity, norms: Sequence[Norm], terms: Sequence[Term], library: Library
) -> list[Norm]:
    """The figures of clauses that an amount of the folded text is to be held against; empty for none."""
    alike = _alike(text, quantity, norms, library)
    return _likeliest(text, quantity, alike, terms, library) if alike else []


def _alike(text: str, quantity: Quantity, norms: Sequence[Norm], library: Library) -> list[Norm]:
    """Figures of the same unit that may count the same thing."""
    unit = comparable(quantity.value, quantity.unit)[1]
    alike = [norm for norm in norms if _unit(norm) == unit and _may_be(text, quantity, norm, library)]
    return _of_year(text, alike)


def _likeliest(
    text: str, quantity: Quantity, alike: Sequence[Norm], terms: Sequence[Term], library: Library
) -> list[Norm]:
    """Those most likely meant; empty where all are due by a day or on a base the question does not name."""
    likeness = [_likeness(text, quantity, norm, terms, library) for norm in alike]
    best = max(likeness)
    named = max(_context(norm, terms, library) for norm in alike)
    if best[0] < 0 and named < _NAMED * sum(term.weight for term in terms):
        return []
    return [norm for norm, likely in zip(alike, likeness, strict=True) if likely >= best]


def _of_year(text: str, norms: Sequence[Norm]) -> list[Norm]:
    """Those due by the year the question names, where some are; else all."""
    years = set(_YEAR.findall(text))
    due = [norm for norm in norms if norm.deadline and years & set(_YEAR.findall(norm.deadline.text))]
    return due or list(norms)


def unsaid_figure(question: Question, statement: Statement) -> Premise | None:
    """The figure asserted, where the quotes have no figure of its unit at all; None for none such."""
    quotes = fold_tight("|".join(citation.quote for citation in statement.citations))
    told = {comparable(one.value, one.unit)[1] for one in quantities(quotes)}
    for one in quantities(question.body):
        if one.is_han and (one.unit in _COUNTERS or one.value == 1):  # 三个部门 are listed, 一年一次 is 每年
            continue
        base = _BASE.search(question.body, 0, one.start)
        words = question.body[base.start() if base else one.start : one.end]
        unsaid = comparable(one.value, one.unit)[1] not in told and words not in quotes
        if unsaid and _is_asserted(question.body, one, doubts=True):
            return Premise(words, is_unsaid=True)
    return None


def _is_asserted(text: str, quantity: Quantity, *, doubts: bool) -> bool:
    """Whether a figure is what the question claims of the rule, not the case it asks about."""
    if quantity.unit in {"日", "岁"} and not doubts:
        return False
    if quantity.is_han and quantity.value <= _FEW and quantity.unit in _COUNTERS:
        return _COUNTS.search(text, 0, quantity.start) is not None
    before = text[max(0, quantity.start - 12) : quantity.start]
    if re.search(r"(?:19|20)\d\d年$", text[quantity.start : quantity.end]) or before.endswith("每"):
        return False
    if doubts:
        return not _OWN.search(text)
    return _SAYS.search(before) is not None and not _CASE.search(text)


def figures_of(statement: Statement, library: Library) -> list[Norm]:
    """The figures in the quotes of a statement."""
    out: list[Norm] = []
    for citation in statement.citations:
        clause = library.clause(citation.doc_id, citation.path)
        if clause is None:
            continue
        read = read_norms(clause, library.document(citation.doc_id))
        out += [
            norm
            for norm in read
            if norm.is_figure and citation.start <= norm.figure_start and norm.figure_end <= citation.end
        ]
    return out


def _told(statement: Statement, unit: str) -> tuple[Decimal, str] | None:
    """The one figure of a unit that the quotes tell, with its words; None for none or several.

    For figures that are no norms: 3岁以下婴幼儿 says whom a service is for.
    """
    found: dict[Decimal, str] = {}
    for citation in statement.citations[:1]:
        quote = fold_tight(citation.quote)
        for one in quantities(quote):
            value, its = comparable(one.value, one.unit)
            is_few = one.is_han and one.value <= _FEW and one.unit in _COUNTERS  # 两项补助 names a thing
            if its == unit and one.high is None and not is_few:
                bounded = bound(quote, one, 0)
                found.setdefault(value, quote[min(bounded.start, one.start) : max(bounded.end, one.end)])
    return next(iter(found.items())) if len(found) == 1 else None


def _unit(norm: Norm) -> str:
    return comparable(norm.value or Decimal(0), norm.unit or "")[1]


def _may_be(text: str, quantity: Quantity, norm: Norm, library: Library) -> bool:
    """Whether a figure of the clause counts what the question's figure counts: 100个城市 is no 100个社区."""
    if norm.value is None or norm.operator is None:
        return False
    base = _BASE.search(text, 0, quantity.start)
    if base is not None and norm.per is None:
        return False
    mine = _nouns(text[quantity.end :])
    document = library.document(norm.clause_id.partition("#")[0])
    its = _nouns(fold_tight(document.text[norm.figure_end : norm.figure_end + 16]))
    if not mine and its and quantity.unit in _PARTS:
        return any(noun in text for noun in its)
    return not mine or not its or any(one in other or other in one for one in mine for other in its)


def _nouns(behind: str) -> list[str]:
    """The nouns right behind a figure, in order; empty for none."""
    match = _COUNTED.match(behind)
    nouns: list[str] = []
    for word in segmentation.cut(match["noun"] if match else ""):
        if len(word) < 2 or not any(tag.startswith("n") or not tag for tag in segmentation.tags(word)):
            break
        nouns.append(word)
    return nouns


def _context(norm: Norm, terms: Sequence[Term], library: Library) -> float:
    """How much of the question stands in the figure's own part of the sentence and what qualifies it."""
    document = library.document(norm.clause_id.partition("#")[0])
    start = max(document.text.rfind(mark, norm.start, norm.figure_start) for mark in "，,；;。：:（(") + 1
    own = document.text[max(start, norm.start) : norm.figure_end + 8]
    said = fold_tight(
        "|".join((own, norm.subject or "", norm.indicator or "", norm.per or "", *norm.conditions))
    )
    return sum(term.weight for term in terms if any(form in said for form in term.forms))


def _likeness(
    text: str, quantity: Quantity, norm: Norm, terms: Sequence[Term], library: Library
) -> tuple[float, bool, int]:
    """How likely a figure is the one meant: words weighed, whether it is for all, then pairs of characters.

    A figure on a base (每百户) or due by a year (到2025年) is less what is claimed where the question
    names none; one in brackets less than the one they explain.
    """
    share = _context(norm, terms, library)
    share -= _UNASKED * (norm.per is not None and not _BASED.search(text))
    share -= _UNASKED * (norm.deadline is not None and not _DUE.search(text))
    for_all = _HAS_MEANS.search(text) is not None or not any(
        _HAS_MEANS.search(one) for one in norm.conditions
    )
    document = library.document(norm.clause_id.partition("#")[0])
    start = max(document.text.rfind(mark, 0, norm.figure_start) for mark in "，,；;。：:（(\n") + 1
    share -= _ASIDE * (document.text[start - 1 : start] in ("（", "(") and not _OF_WHICH.search(text))
    own = f"{document.text[start : norm.figure_start]}|{norm.subject or ''}|{norm.indicator or ''}"
    return share, for_all, len(_pairs(text[: quantity.start]) & _pairs(fold_tight(own)))


def _pairs(text: str) -> set[str]:
    return {left + right for left, right in pairwise(text) if left.isalpha() and right.isalpha()}


def _agrees(text: str, quantity: Quantity, norm: Norm) -> bool:
    """Whether a figure and its direction are what the clause says; a bare figure has any direction."""
    its, unit = comparable(norm.value or Decimal(0), norm.unit or "")
    if comparable(quantity.value, quantity.unit) != (its, unit):
        return False
    if quantity.high is not None and norm.high is not None:
        return comparable(quantity.high, quantity.unit) == comparable(norm.high, norm.unit or "")
    bounded = bound(text, quantity, 0)
    mine, other = bounded.operator, norm.operator
    if norm.high is not None and bounded.is_worded:  # 3岁以下 is not 3~6岁
        return mine in _FLOORS
    if not bounded.is_worded or mine in _EXACT or other in _EXACT:
        return True
    return (mine in _FLOORS) is (other in _FLOORS)


_FLOORS = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})


def _asserted_words(text: str, quantity: Quantity) -> str:
    """The figure as asked, with the word that bounds it."""
    bounded = bound(text, quantity, 0)
    is_near = text[bounded.start : quantity.start] == bounded.word and not _LIMIT.match(bounded.word)
    near = bounded.start if is_near else quantity.start
    return text[near : max(quantity.end, bounded.end)]


def _printed(norm: Norm) -> str:
    return "".join((norm.printed or "").split())


def of_days(question: Question, statement: Statement, *, doubts: bool) -> list[Premise | None]:
    """A full day or month claimed, against the days the statement tells."""
    text, shown = question.body, fold_tight(statement.text)
    claimed = [one for one in days(text) if one.day]
    told = [(one.day, shown[one.start : one.end]) for one in days(shown) if one.day]
    if question.as_of or not claimed or not told or not (doubts or question.aspects):
        return []
    mine = text[claimed[0].start : claimed[0].end]
    grain = 3 if "日" in mine else 2 if "月" in mine else 1
    asked = claimed[0].day.timetuple()[:grain] if claimed[0].day else ()
    if any(day.timetuple()[:grain] == asked for day, _ in told):
        return [HOLDS]
    return [Premise(mine, told[-1][1])]
