"""What several places list, member by member: what all of them list, and what one of them alone.

和国家方案相比，上海列的功能场景多了哪几项 is answered by two enumerations, wherever they stand in their
documents: those that share most members. Members are compared as printed; 养老托育 is listed where 养老服务
and 托育服务 both are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answers.subject import share_said, subject_of
from assistant.judging.evidence import Evidence, Passage, is_answerable
from assistant.library import Library
from assistant.questions.weighing import Term
from assistant.types import Citation, Statement
from assistant.writing.citing import cite
from indexing.folding import fold_tight
from indexing.types import Focus
from prompts.library import fill

# "多了哪几项", "差在哪两类", "都列的功能", "上海有而北京没有的", "列举的功能是否一致", "共同的领域"
_ASKED = re.compile(
    r"[多少缺](?:了|出|列)*(?:哪|什么|几[项类个种])|差在?(?:哪|什么)|(?:哪|什么)[^,，?？]{0,24}(?:都(?:有|列|要求|提|规定|包括)|共同|共有)"
    r"|都(?:有|列|要求|提|规定|包括)[^,，?？]{0,8}(?:哪|什么)|[有列提](?:到|了)?(?:而|但|,|，)[^,，?？]{0,8}(?:没有?|未|不)[有列提]?"
    r"|(?:列举|列出|列的|列明|清单|种类|类别|领域|功能|场景|模式)[^,，?？]{0,10}(?:一致|一样|相同|不同|区别|差别|异同|差异|重合|交集)"
)
_LEAST = 3  # members of an enumeration that is compared
_SHARED = 2  # members that two enumerations must share to be of one kind
_MEMBER = r"[\u4e00-\u9fff“”]{2,12}"
_RUN = re.compile(rf"{_MEMBER}(?:、{_MEMBER}){{{_LEAST - 1},}}")
# Before the first member: "按需合理配置党群服务", "面向社区居民提供养老托育"
_LEAD = re.compile(
    r"^.*(?:提供|包括|配置|设置|聚焦|涵盖|覆盖|利用|支持|开展|统筹|推进|鼓励|以及|对|构建|选择|采[用取]|通过|探索)(?=..)"
)
# Behind the last: "儿童游憩等一种或多种", "儿童游憩七大领域", "社区助餐服务不少于"
_TAIL = re.compile(r"(?:等|[一二三四五六七八九十]+(?:大|种|类|项)|(?:服务)?功能|之类|和|与|及).*$")
_CORE = re.compile(r"(?:服务|功能|设施|类)+$")
# Words for any list; whatever else is asked about must be said where the list stands
_ANY_LIST = re.compile(
    r"服务|功能|场景|领域|种类|类别|项目|内容|设施|社区|嵌入式|模式|方式|形式|清单|提供|要求|列[举出明]?"
)
_ABOUT = 0.5  # share of that to be said


@dataclass(frozen=True, slots=True)
class Listing:
    """An enumeration of a clause: its members as printed, in order, and the sentence it stands in."""

    evidence: Evidence
    members: tuple[str, ...]


def asks_members(folded: str) -> bool:
    """Whether a folded question wants lists held against each other: 多了哪几项, 哪些功能是三地都要求的."""
    return _ASKED.search(folded) is not None


def members_of(sentence: str) -> list[tuple[str, ...]]:
    """The members of each enumeration of a folded sentence with three or more, in order.

    >>> members_of("按需配置党群服务、养老托育、儿童游憩等一种或多种功能场景")
    [('党群服务', '养老托育', '儿童游憩')]
    """
    out = []
    for run in _RUN.finditer(sentence):
        first, *between, last = run.group().split("、")
        members = [_LEAD.sub("", first), *between, _TAIL.sub("", last)]
        out.append(tuple(dict.fromkeys(one for one in members if len(one) > 1)))
    return [members for members in out if len(members) >= _LEAST]


def same_listings(
    judged: Mapping[str, Sequence[Evidence]], terms: Sequence[Term], library: Library
) -> dict[str, Listing]:
    """Of each place the enumeration that shares most with the others'; empty where any has none.

    Args:
        judged: label of a place → clauses found, best first; their documents' other clauses are read too.
        terms: what is asked about; of enumerations that share as much, the one that says more of it.
        library: what the clauses stand in.
    """
    subject = subject_of(terms)
    about = [term for term in subject if _ANY_LIST.sub("", term.surface)]
    choices = {
        label: [one for one in _listings(some, library) if not about or _is_of(one, about, library)]
        for label, some in judged.items()
    }
    if len(choices) < 2 or not all(choices.values()):
        return {}
    pivot = min(choices, key=lambda label: len(choices[label]))
    best: tuple[float, dict[str, Listing]] = (0.0, {})
    for mine in choices[pivot]:
        chosen, score = {pivot: mine}, _on(mine, subject, library)
        for label, some in ((label, some) for label, some in choices.items() if label != pivot):
            worth = {id(its): len(_shared(mine, its)) + _on(its, subject, library) for its in some}
            near = max(some, key=lambda its: worth[id(its)])
            if len(_shared(mine, near)) < _SHARED:
                break
            chosen[label] = near
            score += worth[id(near)]
        if len(chosen) == len(choices) and score > best[0]:
            best = (score, chosen)
    return {label: best[1][label] for label in judged if label in best[1]}


def of_members(listings: Mapping[str, Listing], library: Library) -> Statement:
    """One statement on what all places list, and what one or some of them alone; in the order given."""
    places, lists = list(listings), [one.members for one in listings.values()]
    common = "、".join(member for member in lists[0] if all(_has(its, member) for its in lists))
    alone = {place: _alone(listings, place) for place in places}
    named = "、".join(places)
    if not any(alone.values()):
        return Statement(fill("listed_alike", places=named, members=common), _cited(listings, library))
    told = [fill("listed_by_all", places=named, members=common)] if common else []
    told += [
        fill("listed_by_one", place=place, members="、".join(its)) for place, its in alone.items() if its
    ]
    return Statement("".join(told), _cited(listings, library))


def _alone(listings: Mapping[str, Listing], place: str) -> list[str]:
    """The members that one place alone lists."""
    others = [one.members for label, one in listings.items() if label != place]
    return [member for member in listings[place].members if not any(_has(its, member) for its in others)]


def _cited(listings: Mapping[str, Listing], library: Library) -> tuple[Citation, ...]:
    citations = [
        cite(
            library.document(one.evidence.clause.doc_id),
            library.narrowest(one.evidence.clause, (span.start, span.end)),
            span.start,
            span.end,
        )
        for one in listings.values()
        for span in one.evidence.passages
    ]
    return tuple(dict.fromkeys(citations))


def _listings(judged: Sequence[Evidence], library: Library) -> list[Listing]:
    return [
        Listing(replace(item, passages=(_span(item, start, end),)), members)
        for item in _with_others(judged, library)
        for start, end, folded in library.sentences(item.clause)
        for members in members_of(folded)
    ]


def _with_others(judged: Sequence[Evidence], library: Library) -> list[Evidence]:
    """The clauses judged, then the other units of their documents: a list need not say what it lists."""
    met = {item.clause.clause_id for item in judged}
    last = judged[-1:]
    units = [
        unit
        for doc_id in dict.fromkeys(item.clause.doc_id for item in judged)
        for unit in library.clauses(doc_id)
        if unit.is_unit and unit.clause_id not in met and is_answerable(unit)
    ]
    hits = [
        (item, replace(item.hit, clause=unit, focus=Focus(unit.path, unit.start, unit.end, unit.text)))
        for item in last
        for unit in units
    ]
    return [*judged, *(replace(item, hit=hit, is_sufficient=False) for item, hit in hits)]


def _span(item: Evidence, start: int, end: int) -> Passage:
    return Passage(item.clause.start + start, item.clause.start + end, 1.0)


def _on(listing: Listing, subject: Sequence[Term], library: Library) -> float:
    """The share of the subject that the sentence of an enumeration says; below the worth of one member."""
    return 0.9 * share_said(_sentence(listing, library), subject)


def _is_of(listing: Listing, about: Sequence[Term], library: Library) -> bool:
    """Whether an enumeration is one of what is asked about, and does not merely have it as a member."""
    around = _sentence(listing, library)
    for member in listing.members:
        around = around.replace(member, "", 1)
    return share_said(around, about) >= _ABOUT


def _sentence(listing: Listing, library: Library) -> str:
    span = listing.evidence.passages[0]
    return fold_tight(library.document(listing.evidence.clause.doc_id).text[span.start : span.end])


def _shared(one: Listing, other: Listing) -> list[str]:
    return [member for member in one.members if _has(other.members, member)]


def _has(members: Sequence[str], member: str) -> bool:
    """Whether a list has a member: the same, inside a wider one, or in the halves it is made of."""
    core, cores = _core(member), [_core(each) for each in members]
    if any(core in each or (len(each) > 1 and each in core and len(core) - len(each) < 2) for each in cores):
        return True
    halves = [(core[:at], core[at:]) for at in range(2, len(core) - 1)]
    return any(
        any(head == each for each in cores) and any(tail == each for each in cores) for head, tail in halves
    )


def _core(member: str) -> str:
    return _CORE.sub("", member) or member
