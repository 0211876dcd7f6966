"""Does a clause answer the question, and which of its sentences do?

Deterministic: weighted share of the question's content words that a clause says, in its
words, its headings or the title above it. The thresholds were tuned on the open part of
tests/assistant/cases; the held-out part is reported apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.library import Library
from assistant.question import Kind, Question
from assistant.terms import Term
from indexing.folding import fold_tight
from indexing.types import Clause, ClauseHit, Level

COVERAGE = 0.55
"""Least share of the question's weight that the clause with its headings and titles must say."""
COVERAGE_STRANGE = 0.6
"""The same where the question has a word that no document of the library knows in any form."""
SENTENCE = 0.36
"""Least share that the chosen sentences themselves must say."""

_EXACT = frozenset({Kind.FIGURE, Kind.DATE})
_LIKE, _IN_CONTEXT, _IN_TITLE = 0.85, 0.9, 0.7  # said by a synonym, by a heading, by the title

_MONEY = r"(?:\d|[一二三四五六七八九十百千万]+)\s*(?:%|％|万元|亿元|元|倍)|百分之"
_AREA = r"\d\s*(?:平方米|㎡|平米|公顷|亩)"
_TIME = r"(?:\d|[一二三四五六七八九十两半]+)\s*(?:个?(?:工作日|月|年)|年|日|天|小时|岁)"
_COUNT = r"(?:\d|[一二三四五六七八九十两]+)\s*(?:个|项|家|名|人|处|种|级|类|条|岁|次)"
# "多少个社区", "几项", "几元": the answer counts with the same word; 个 of 个月 only where 月 is asked
_COUNTED = re.compile(
    r"(?:多少|几)(个月|个工作日|[个项家名人处种级类条岁所件套次户成分元份张台座间床辆倍年天])"
)
_LARGE = r"[百千万亿]*"  # 5000万元, 100 万人
_COUNTED_AS = {"个": "个(?!月|工作日)", "元": f"{_LARGE}元", "人": f"{_LARGE}人"}
_ANY = r"\d(?!\s*号)|[一二三四五六七八九十]+(?:年|个月|项|个|级|类|大)"
_DATE = re.compile(r"\d{4}\s*年|\d+\s*月\s*\d+\s*日|之日起|\d{4}年|每年|年内|月底")
# What the question measures → what a fitting figure looks like
_UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"年龄|多大.{0,3}(?:孩|儿|娃|人(?!口)|年纪)|(?:孩子|儿童|幼儿|老人)多大"),
        re.compile(r"\d\s*岁"),
    ),
    (re.compile(r"人口"), re.compile(r"\d\s*[百千万亿]*人")),
    (re.compile(r"面积|平方|平米|多大|㎡"), re.compile(_AREA)),
    (re.compile(r"多久|多长时间|几年|几天|几个月|期限|年限|时限"), re.compile(_TIME)),
    (re.compile(r"比例|百分之|几成"), re.compile(r"\d\s*[%％]|百分之|分之|[\d一二三四五六七八九]\s*成")),
    (re.compile(r"补助|补贴|奖补|补多少|补几|多少钱|资金|金额|额度|万元|投资|封顶"), re.compile(_MONEY)),
    (re.compile(r"几岁|多大年龄|年龄"), re.compile(r"\d\s*岁|\d~\d")),
    (
        re.compile(r"数量|几个|几项|多少个|多少项|几种|几类|几级|几家|几条|多少家|多少社区|多少城市"),
        re.compile(_COUNT),
    ),
)
# Somebody who acts: "由区发展改革部门上报", "市发展改革委", "各区", "运营主体"
_BODY = re.compile(
    r"(?:市|区|县|省|国家|各|街道|乡镇|有关|相关|主管|职能|专业)[^，。；]{0,14}?(?:委|局|部门|政府|办事处|厅|机构|部|单位|中心)"
    r"|街镇|各区|街道|居民|主体|项目单位|由[^，。；]{2,20}(?:负责|组织|牵头|作为|上报|提出)"
)
# Numbers that measure nothing: 国办函〔2023〕121号, 第七条, （一）
_LABELS = re.compile(
    r"[〔\[(（]\d{4}[〕\])）]\s*\d+\s*号|第[\d零〇一二三四五六七八九十百]+[条章款项]|^\s*\d+[.、\t]|[“\"《][^”\"》]*[”\"》]"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that answers: its span in the document and the share of the question it says."""

    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause found to answer, with the sentences that do, in document order."""

    hit: ClauseHit
    passages: tuple[Passage, ...]
    coverage: float
    is_sufficient: bool
    in_heading: float  # share of the question that the clause's own headings say
    lacks_figure: bool  # on the topic, but no figure or date where one is asked for

    @property
    def clause(self) -> Clause:
        """The unit found."""
        return self.hit.clause


def judge(hit: ClauseHit, question: Question, terms: tuple[Term, ...], library: Library) -> Evidence:
    """How far the clause of a hit answers the question.

    With no content terms nothing can be covered and the evidence is insufficient.
    """
    clause = hit.clause
    total = sum(term.weight for term in terms)
    if not total:
        return Evidence(hit, (), 0.0, is_sufficient=False, in_heading=0.0, lacks_figure=False)
    coverage = sum(term.weight * _said(term, clause, library) for term in terms) / total
    passages = _passages(hit, terms, library)
    fitting = [p for p in passages if _fits(_text(clause, p), question)]
    is_exact = bool(_EXACT & question.kinds)
    chosen = _chosen(fitting or passages)
    bodies = clause.responsible if Kind.BODY in question.kinds and clause.responsible else ()
    role = "责任单位 牵头单位" if bodies else ""
    shown = fold_tight(" ".join((*(_text(clause, p) for p in chosen), *bodies, role)))
    said = _share(shown, terms, clause, library)
    enough = COVERAGE if all(term.is_known for term in terms) else COVERAGE_STRANGE
    on_topic = coverage >= enough and said >= SENTENCE
    return Evidence(
        hit,
        chosen,
        (coverage + said) / 2,
        is_sufficient=on_topic and bool(fitting or bodies),
        in_heading=sum(t.weight for t in terms if t.surface in library.context(clause)) / total,
        lacks_figure=on_topic and is_exact and not fitting,
    )


def _said(term: Term, clause: Clause, library: Library) -> float:
    if term.surface in library.folded(clause):
        return 1.0
    if any(form in library.folded(clause) for form in term.forms):
        return _LIKE if term.is_own else 1.0
    if any(form in library.context(clause) for form in term.forms):
        return _IN_CONTEXT
    return _IN_TITLE if any(form in library.titles(clause) for form in term.forms) else 0.0


def _share(folded: str, terms: tuple[Term, ...], clause: Clause, library: Library) -> float:
    """Share of the question said by folded sentences; headings and titles above count by half."""
    total = sum(term.weight for term in terms)
    said = 0.0
    for term in terms:
        if any(form in folded for form in term.forms):
            said += term.weight * (_LIKE if term.is_own and term.surface not in folded else 1.0)
        elif any(form in library.context(clause) or form in library.titles(clause) for form in term.forms):
            said += term.weight / 2
    return said / total


def _text(clause: Clause, passage: Passage) -> str:
    return clause.text[passage.start - clause.start : passage.end - clause.start]


def _passages(hit: ClauseHit, terms: tuple[Term, ...], library: Library) -> list[Passage]:
    clause = hit.clause
    out = []
    for start, end, folded in library.sentences(clause):
        text = clause.text[start:end]
        if len(text) < 4 or _is_responsibility(text, clause) or _is_heading(folded, clause):
            continue
        share = _share(folded, terms, clause, library)
        if hit.focus.start < clause.start + end and clause.start + start < hit.focus.end:
            share += 0.02  # between equals, the sentence the search pointed at
        out.append(Passage(clause.start + start, clause.start + end, share))
    return out


def _is_heading(folded: str, clause: Clause) -> bool:
    """Whether a sentence is only the clause's heading, which names a subject and says nothing of it."""
    return folded.rstrip("。.:") == fold_tight(clause.heading or "").rstrip("。.:")


def _is_responsibility(text: str, clause: Clause) -> bool:
    """Whether a sentence only names 责任单位, in brackets or in a cell of its own."""
    if re.match(r"[（(\[]\s*(?:责任|牵头|配合)单位", text):
        return True
    return any("单位" in column and value == text for column, value in clause.cells)


def _fits(text: str, question: Question) -> bool:
    """Whether the sentence holds a figure or date of the kind asked for."""
    bare = _LABELS.sub(" ", text)
    if Kind.BODY in question.kinds and not _BODY.search(text):
        return False
    if Kind.DATE in question.kinds:
        return bool(_DATE.search(bare))
    if Kind.FIGURE not in question.kinds:
        return True
    counted = _COUNTED.search(question.body)
    if counted:
        counter = _COUNTED_AS.get(counted.group(1), counted.group(1))
        return bool(re.search(rf"(?:\d|[一二三四五六七八九十两])\s*多?{counter}", bare))
    for asked, fitting in _UNITS:
        if asked.search(question.body):
            return bool(fitting.search(bare))
    return bool(re.search(_ANY, bare))


def _chosen(passages: list[Passage], near: float = 0.55, most: int = 3) -> tuple[Passage, ...]:
    """The best sentence and others with `near` of its share, in document order; at most `most`."""
    ranked = sorted(passages, key=lambda passage: (-passage.share, passage.start))
    if not ranked:
        return ()
    kept = [passage for passage in ranked[:most] if passage.share >= near * ranked[0].share]
    return tuple(sorted(kept, key=lambda passage: passage.start))


def is_answerable(clause: Clause) -> bool:
    """Whether a clause can carry an answer: titles, addressees and signatures cannot."""
    if clause.level is not Level.FRAME:
        return True
    return clause.path.rsplit("/", 1)[-1] in {"通知", "引言", "结尾段", "附注"} or "段" in clause.path
