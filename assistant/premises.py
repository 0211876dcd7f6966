"""What a question takes for granted, held against the clause found: confirmed, or corrected first.

北京补助上限是1亿元吧 is answered 不是1亿元，而是不超过5000万元. Figures, days and bodies are compared by
code; a claim that no figure, day or body of the clause speaks to is neither confirmed nor denied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.library import Library
from assistant.norms import Norm, Operator, read_norms
from assistant.norms.bounds import bound
from assistant.norms.dates import days
from assistant.norms.quantities import Quantity, quantities
from assistant.norms.units import comparable
from assistant.question import Question
from assistant.terms import Term
from assistant.types import Statement
from indexing import segmentation
from indexing.asking import holds_body
from indexing.folding import fold_tight
from prompts.library import fill

# "是1亿元吧", "没错吧", "是否准确", "听说…", "不是…吗": the question asks to confirm what it says
DOUBTS = re.compile(
    r"吧[?？。!]?$|[对是][吗吧][?？]?$|对不对|没错|没说错|是不是|是否(?:正确|准确|属实|如此)|是这[样么]|真的[吗假]|听说|据说|有人说|我记得|记得是"
    r"|不是(?:要求|规定|说|只|才|得|应该)?[^,，?？]{2,30}吗|(?:正确|准确|属实)吗|[\d一二三四五六七八九十百千万亿%年月日个项倍元米岁]+的?吗[?？]?$"
)
# Figures that a question gives as its own case: 90岁老人, 我家有3个孩子, 如果面积500平方米
_CASE = re.compile(
    r"如果|假如|要是|假设|比如|我[们家]?有?|一家|一位|一个|\d岁(?:的|以上|以下)?(?:老|儿|孩|幼)"
)
_OWN = re.compile(r"如果|假如|要是|假设|我[们家]")
_SAYS = re.compile(
    r"要求|规定|补助|补贴|选|限期|分成?|为|是|给|有效期|不超过|不少于|不低于|不得|原则上|开展|建设"
)
_BODY = re.compile(
    r"(?:市|区|县|省|国家)?[\u4e00-\u9fff]{0,8}?(?:发展改革委|发改委|改革委|委员会|[\u4e00-\u9fff]{2}局|[住卫建国]?[建健资工管]委"
    r"|街道(?:办事处|办)?|乡镇政府|居委会|办公厅|(?:常务)?副?[市区县]长|副?书记|[县区市省]政府|国务院)"
)
_ACTS = re.compile(
    r"牵头|负责|主管|印发|制定|组长|验收|审批|批准|审核|评估|出面|管(?!理)|发布|出台|拟订|解释|组织"
)
_CONFUSED = {"发改委": "发展改革委", "住建委": "住房城乡建设委", "卫健委": "卫生健康委"}
_LINKS = re.compile(r"[是由的让归在对把叫,，]|要求|方案|办法|听说|据说|应当|应该|工作")
_ACT_CHARS = 8  # between a body and what it does
_UNASKED = 4.0  # about the weight of a rare word
# what a claim says besides its figure: 只是三个月, 不会解约
_MORE_CLAIMED = re.compile(r"不会|不用|不能|不需|不必|只是|只要|就行|可以|必须|才能")
_LIMIT = re.compile(r"[上下]限|限额|最[高低]|封顶")  # names what is measured, more than how
_EXACT = frozenset({Operator.EQUAL, Operator.ABOUT, Operator.RANGE})
_COUNTED = re.compile(r"^(?:左右|以上|以下|以内|的)?(?P<noun>[\u4e00-\u9fff]{0,8})")


@dataclass(frozen=True, slots=True)
class Finding:
    """What code found of a premise: the words it denies, as asked, and the words of the clause instead.

    Both None where the premise holds.
    """

    denied: str | None
    instead: str | None


def premise_of(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> Finding | None:
    """What the clauses of a statement say to what the question takes for granted; None where nothing.

    Args:
        question: as understood.
        statement: the one that answers, with its citations.
        terms: what the question is about.
        library: what the citations stand in.
    """
    doubts = DOUBTS.search(question.body) is not None
    return (
        _of_days(question, statement, doubts=doubts)
        or _of_figures(question, statement, terms, library, doubts=doubts)
        or (_of_bodies(question, statement) if doubts else None)
    )


# ---- figures ----


def _of_figures(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library, *, doubts: bool
) -> Finding | None:
    text = question.body
    asserted = [one for one in quantities(text) if _is_asserted(text, one, doubts=doubts)]
    norms = _figures(statement, library)
    confirmed: Finding | None = None
    for quantity in asserted:
        value, unit = comparable(quantity.value, quantity.unit)
        alike = [norm for norm in norms if _unit(norm) == unit and _may_be(text, quantity, norm, library)]
        if not alike:
            told = _told(statement, unit)
            if doubts and told is not None:
                return (
                    Finding(None, None)
                    if told[0] == value
                    else Finding(_asserted_words(text, quantity), told[1])
                )
            continue
        best = max(_context(norm, terms, library) for norm in alike)
        meant = [norm for norm in alike if _context(norm, terms, library) >= best]
        if any(_agrees(text, quantity, value, norm) for norm in meant):
            holds = doubts and not _MORE_CLAIMED.search(text)
            confirmed = confirmed or (Finding(None, None) if holds else None)
            continue
        return Finding(_asserted_words(text, quantity), _printed(meant[0]))
    return confirmed


def _is_asserted(text: str, quantity: Quantity, *, doubts: bool) -> bool:
    """Whether a figure is what the question claims of the rule, not the case it asks about."""
    if quantity.unit in {"日", "岁"} and not doubts:
        return False
    before = text[max(0, quantity.start - 12) : quantity.start]
    if re.search(r"(?:19|20)\d\d年$", text[quantity.start : quantity.end]) or before.endswith("每"):
        return False
    if doubts:
        return not _OWN.search(text)
    return _SAYS.search(before) is not None and not _CASE.search(text)


def _figures(statement: Statement, library: Library) -> list[Norm]:
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
            if its == unit and one.high is None:
                bounded = bound(quote, one, 0)
                found.setdefault(value, quote[min(bounded.start, one.start) : max(bounded.end, one.end)])
    return next(iter(found.items())) if len(found) == 1 else None


def _unit(norm: Norm) -> str:
    return comparable(norm.value or Decimal(0), norm.unit or "")[1]


def _may_be(text: str, quantity: Quantity, norm: Norm, library: Library) -> bool:
    """Whether a figure of the clause counts what the question's figure counts: 100个城市 is no 100个社区."""
    if norm.value is None or norm.operator is None:
        return False
    mine = _noun(text[quantity.end :])
    document = library.document(norm.clause_id.partition("#")[0])
    its = _noun(fold_tight(document.text[norm.figure_end : norm.figure_end + 16]))
    return not mine or not its or mine == its or mine in its or its in mine


def _noun(behind: str) -> str:
    """The last of the nouns right behind a figure; "" for none."""
    match = _COUNTED.match(behind)
    nouns: list[str] = []
    for word in segmentation.cut(match["noun"] if match else ""):
        if len(word) < 2 or not any(tag.startswith("n") or not tag for tag in segmentation.tags(word)):
            break
        nouns.append(word)
    return nouns[-1] if nouns else ""


def _context(norm: Norm, terms: Sequence[Term], library: Library) -> float:
    """How much of the question stands in the figure's own part of the sentence and what qualifies it.

    A figure due on a day (到2025年) is less what is asked than one that holds by itself.
    """
    document = library.document(norm.clause_id.partition("#")[0])
    start = max(document.text.rfind(mark, norm.start, norm.figure_start) for mark in "，,；;。：:") + 1
    own = document.text[max(start, norm.start) : norm.figure_end + 8]
    said = fold_tight(
        "|".join((own, norm.subject or "", norm.indicator or "", norm.per or "", *norm.conditions))
    )
    share = sum(term.weight for term in terms if any(form in said for form in term.forms))
    return share - _UNASKED * (norm.deadline is not None)


def _agrees(text: str, quantity: Quantity, value: Decimal, norm: Norm) -> bool:
    """Whether a figure and its direction are what the clause says; a bare figure has any direction."""
    its, _ = comparable(norm.value or Decimal(0), norm.unit or "")
    if value != its:
        return False
    bounded = bound(text, quantity, 0)
    mine, other = bounded.operator, norm.operator
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


# ---- days and bodies ----


def _of_days(question: Question, statement: Statement, *, doubts: bool) -> Finding | None:
    """A full day or month claimed, against the days the statement tells."""
    text, shown = question.body, fold_tight(statement.text)
    claimed = [one for one in days(text) if one.day]
    told = [(one.day, shown[one.start : one.end]) for one in days(shown) if one.day]
    if question.as_of or not claimed or not told or not (doubts or question.aspects):
        return None
    mine = text[claimed[0].start : claimed[0].end]
    grain = 3 if "日" in mine else 2 if "月" in mine else 1
    asked = claimed[0].day.timetuple()[:grain] if claimed[0].day else ()
    if any(day.timetuple()[:grain] == asked for day, _ in told):
        return Finding(None, None) if doubts and not _MORE_CLAIMED.search(text) else None
    return Finding(mine, told[-1][1])


def _of_bodies(question: Question, statement: Statement) -> Finding | None:
    """A body claimed to act, against those the quotes name."""
    named = _claimed_bodies(question.body)
    quotes = fold_tight("|".join(citation.quote for citation in statement.citations))
    acts = {match.group() for match in _ACTS.finditer(question.body)}
    if not named or not holds_body(quotes) or not any(act in quotes for act in acts):
        return None
    if all(_is_named(one, quotes) for one in named):
        return Finding(None, None)
    stranger = next(one for one in named if not _is_named(one, quotes))
    return Finding(stranger, None)


def _claimed_bodies(text: str) -> list[str]:
    """Bodies said to act: right before what they do, or right behind 是, 由, 为."""
    out = []
    for match in _BODY.finditer(text):
        body = _LINKS.split(match.group())[-1]
        start = match.end() - len(body)
        is_linked = text[max(0, start - 1) : start] in {"是", "由", "为"}
        if len(body) > 1 and (is_linked or _ACTS.search(text[match.end() : match.end() + _ACT_CHARS])):
            out.append(body)
    return out


def _is_named(body: str, quotes: str) -> bool:
    for short, full in _CONFUSED.items():
        quotes, body = quotes.replace(short, full), body.replace(short, full)
    bare = re.sub(r"^(?:市|区|县|省|国家)", "", body)
    if body.endswith("市长") and not body.startswith(("常务", "副")):
        return re.search(r"(?<![副])市长", quotes) is not None
    return body in quotes or (len(bare) > 2 and bare in quotes)


def corrected(statement: Statement, finding: Finding) -> Statement:
    """The statement with the correction, or the confirmation, at its head."""
    place, mark, rest = statement.text.partition("：")
    head = f"{place}{mark}" if rest else ""
    body = rest or statement.text
    if finding.denied is None:
        return Statement(fill("premise_holds", head=head, text=body), statement.citations)
    if finding.instead:
        text = fill("premise_corrected", head=head, denied=finding.denied, instead=finding.instead, text=body)
    else:
        text = fill("premise_denied", head=head, denied=finding.denied, text=body)
    return Statement(text, statement.citations, denied=finding.denied)
