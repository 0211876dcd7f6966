"""Does a clause answer the question, and which of its sentences do?

Deterministic: weighted share of the question's content words that a clause says, in its
words, its headings or the title above it. The thresholds were tuned on the open part of
tests/assistant/cases; the held-out part is reported apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.judging.addressing import speaks_to_a_machine
from assistant.judging.classes import speaks_of_another
from assistant.judging.forms import asks_roles_only, clause_bonus, sentence_bonus
from assistant.judging.heard import heard
from assistant.judging.nearness import nearness
from assistant.judging.sufficiency import Near, Seen, Sufficiency
from assistant.library import Library, without_titles
from assistant.questions.question import Question
from assistant.questions.terms import Term, carried_terms, is_thing
from assistant.questions.wording import question_words
from indexing.asking import Kind, holds_body, holds_contact, holds_date, holds_figure, without_labels
from indexing.folding import fold_tight
from indexing.types import Clause, ClauseHit, Level

COVERAGE = 0.55
"""Least share of the question's weight that the clause with its headings and titles must say."""
COVERAGE_STRANGE = 0.6
"""The same where the question has a word that no document of the library knows in any form."""
COVERAGE_STRANGE_POINT = 0.7
"""The same in a yes-or-no question, where the strange word is likely the point: 要持证吗."""
SENTENCE = 0.36
"""Least share that the chosen sentences themselves must say."""

BY_VECTORS = 0.5
"""What nearness by vectors weighs beside the words themselves where sentences of a clause are chosen."""
_CARRIED = 0.95  # what a sentence says with the subject of the one before it, where it has none of its own
# "建筑面积因地制宜设置", "期限最长3年"; not "面积标准由各区制定的社区"
_SUBJECTLESS = re.compile(
    r"^(?:总|最[高低大小多少长短])?(?:建筑|使用|用地)?(?:面积|规模|数量|金额|期限|标准|比例|额度|限额|价格|费用|高度|容积率|床位数|人数)"
    r"(?:[^,，。;；的]{0,8}(?:设[置定]|确定|核定|计算)|一般|原则上|不|应|按|为|最|可|达到|控制)"
)
_HALF = 0.5  # a word said by less than this by vectors counts as unsaid
_EXACT = frozenset({Kind.FIGURE, Kind.DATE})
_LIKE, _IN_CONTEXT, _IN_TITLE = 0.85, 0.9, 0.7  # said by a synonym, by a heading, by the title
_CITED = 0.4  # only in the title of a document the clause cites
_IN_PARTS = 0.8  # 托育服务 where only 托育 stands

_PRINCIPAL = 0.5  # things that weigh this share of the rarest named can be what the question is about
_BARE_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
# 补助金额(万元), 面积(单位:平方米), 比例/%; not 名称(全称)
_COLUMN_UNIT = re.compile(
    r"[(/](?:单位:)?([十百千万亿]*元(?:/[^)]{1,6})?|平方米|㎡|公顷|亩|%|个|家|项|户|人|年|个?月|天|日|岁|张|床|台|套)\)?$"
)
_ROWS = frozenset({Level.ROW, Level.SUBROW})
# "图3 汽车号牌尺寸(单位:毫米)", "表1试点名单"; folded
_CAPTION = re.compile(r"(?:[图表](?:\d+|[一二三四五六七八九十]+)[-—.\d]*[^,，。;；]{0,40})+")
# A rule that excludes: "不予补助", "不再重复支持", "…除外"; "不超过", "不少于" exclude nothing
_NEGATES = re.compile(
    r"不予|不得|不再|除外|不包括|不含|不可|不能|不应当?(?!少|低|小|大|高|超)|不准|不允许|禁止|严禁|不适用|不属于|不纳入|不列入|不计入"
    r"|不给予|不享受|不补|不支持|无需|不需要?|免于|免除|取消"
)
_SAYS_NOT = re.compile(rf"{_NEGATES.pattern}|不(?![少超低高小大足满同仅断])")


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
    fits: bool  # holds what is asked for: a figure, a date, a body; anything where none is
    is_sufficient: bool
    seen: Seen
    confidence: float  # how likely it answers; at least the coverage where that alone suffices
    lacks_figure: bool  # on the topic, but no figure or date where one is asked for

    @property
    def clause(self) -> Clause:
        """The unit found."""
        return self.hit.clause


def column_unit(clause: Clause, cell: str) -> str | None:
    """The unit that the head of a column gives to its bare numbers; None for other cells.

    Of 补助金额（万元） the unit of "30" is 万元.
    """
    if clause.level not in _ROWS or not _BARE_NUMBER.fullmatch(cell.strip()):
        return None
    for column, value in clause.cells:
        unit = _COLUMN_UNIT.search(fold_tight(column))
        if unit and value.strip() == cell.strip():
            return unit.group(1)
    return None


def judge(
    hit: ClauseHit,
    rank: int,
    question: Question,
    terms: tuple[Term, ...],
    library: Library,
    model: Sufficiency | None,
    *,
    is_placed: bool = False,
) -> Evidence:
    """How far the clause of a hit answers the question.

    With no content terms nothing can be covered and the evidence is insufficient.

    Args:
        hit: found by the search.
        rank: its place among the hits of its scope, 0 is first.
        question: as understood.
        terms: its content words.
        library: what the clause stands in.
        model: says how likely a clause answers that does not say enough of the question's words;
            None where none fits the retrieval in use.
        is_placed: whether the caller chose the place and the question names none.
    """
    clause, asked = hit.clause, (*terms, *carried_terms(question, terms, library))
    terms = tuple(_as_words(term, clause, library) for term in asked)
    if not sum(term.weight for term in terms):
        return _nothing(hit, rank)
    names_bodies = Kind.BODY in question.kinds and not asks_roles_only(terms)  # who plays it in one matter
    bodies = clause.responsible if names_bodies else ()
    passages = _candidates(hit, question, terms, library)
    fitting = [p for p in passages if fits_kind(_text(clause, p), question, needs_body=not bodies)]
    chosen = _chosen(fitting or passages)
    seen = replace(
        _seen(clause, chosen, bodies, question, terms, library),
        rank=rank,
        near=_near(clause, chosen, question, asked, library),
        heard=heard(question.body, asked, clause, library),
        is_placed=is_placed,
        lacks_figure=bool(_EXACT & question.kinds) and not fitting,
    )
    likely, is_on_topic = model.verdict(hit, seen) if model else (seen.coverage, seen.says_enough)
    plays_role = _plays_role(clause, question)
    fits = plays_role and bool(fitting or (bodies and question.negated is None))
    return Evidence(
        hit,
        chosen,
        seen.coverage,
        fits=fits,
        is_sufficient=is_on_topic and fits,
        seen=seen,
        confidence=likely,
        lacks_figure=is_on_topic and plays_role and seen.lacks_figure,
    )


def _nothing(hit: ClauseHit, rank: int) -> Evidence:
    """The evidence of a clause for a question without content words: none."""
    seen = Seen(0.0, 0.0, 0.0, 0.0, says_enough=False, rank=rank)
    return Evidence(
        hit, (), 0.0, fits=False, is_sufficient=False, seen=seen, confidence=0.0, lacks_figure=False
    )


def _candidates(
    hit: ClauseHit, question: Question, terms: tuple[Term, ...], library: Library
) -> list[Passage]:
    """The sentences that may answer: as negated as the question, and of those asked about."""
    clause, passages = hit.clause, _passages(hit, question, terms, library)
    if question.negated is not None:
        passages = [p for p in passages if _says_negated(_text(clause, p), question.negated, terms)]
    return [p for p in passages if not _is_of_another_class(clause, p, question)]


def _seen(
    clause: Clause,
    chosen: tuple[Passage, ...],
    bodies: tuple[str, ...],
    question: Question,
    terms: tuple[Term, ...],
    library: Library,
) -> Seen:
    """What the words of a clause and of its chosen sentences say of the question; the rest is left open."""
    total = sum(term.weight for term in terms)
    coverage = sum(term.weight * _said(term, clause, library) for term in terms) / total
    shown = _shown(clause, chosen, bodies)
    said = _share(shown, terms, clause, library)
    form = max((sentence_bonus(question, fold_tight(_text(clause, p)), terms) for p in chosen), default=0.0)
    return Seen(
        coverage=(coverage + said) / 2,
        strange=sum(term.weight for term in terms if not term.is_known) / total,
        unheard=sum(term.weight * _unheard(term, library.phrasings(clause)) for term in terms) / total,
        bonus=form + clause_bonus(question, clause, shown, terms, library),
        in_heading=sum(t.weight for t in terms if t.surface in library.context(clause)) / total,
        says_enough=coverage >= _least(question, terms)
        and said >= SENTENCE
        and _says_object(terms, clause, library),
        rank=0,
        n_passages=len(chosen),
    )


def _shown(clause: Clause, chosen: tuple[Passage, ...], bodies: tuple[str, ...]) -> str:
    """The chosen sentences folded, with the bodies set beside them, and the row that a number stands in."""
    role = "责任单位 牵头单位" if bodies else ""
    numbers = any(_text(clause, p) not in clause.text for p in chosen)
    row = (clause.text,) if numbers else ()  # its other cells say whose number it is
    return fold_tight(" ".join((*(_text(clause, p) for p in chosen), *row, *bodies, role)))


def _unheard(term: Term, phrasings: str) -> float:
    """Share of a word that no document has and no phrasing of the clause either, by pairs of characters."""
    if term.is_known:
        return 0.0
    pairs = {term.surface[at : at + 2] for at in range(len(term.surface) - 1)} or {term.surface}
    return sum(pair not in phrasings for pair in pairs) / len(pairs)


def _near(
    clause: Clause, chosen: tuple[Passage, ...], question: Question, terms: tuple[Term, ...], library: Library
) -> Near:
    """How much of the question a clause and its chosen sentences say by vectors."""
    context = f"|{library.context(clause)}|{library.titles(clause)}"
    shown = "|".join(clause.text[p.start - clause.start : p.end - clause.start] for p in chosen)
    said = nearness().said(terms, (clause.text + context, shown))
    weights = np.array([term.weight for term in terms])
    unsaid = weights * (1.0 - said[:, 0])
    total = float(weights.sum())
    return Near(
        coverage=1.0 - float(unsaid.sum()) / total,
        passages=float(weights @ said[:, 1]) / total,
        least=float(said[:, 0].min()),
        heaviest=float(unsaid.max()),
        unsaid=float(unsaid.sum()),
        n_unsaid=int((said[:, 0] < _HALF).sum()),
        n_words=len(terms),
        weight=total,
        n_chars=len(question.text),
    )


def _is_of_another_class(clause: Clause, passage: Passage, question: Question) -> bool:
    """Whether a figure is for others than those asked about; of a row, any cell may say for whom."""
    if Kind.FIGURE not in question.kinds:
        return False
    said = clause.text if clause.level in _ROWS else f"{clause.heading or ''}|{_text(clause, passage)}"
    return speaks_of_another(question.folded, fold_tight(said))


def _plays_role(clause: Clause, question: Question) -> bool:
    """Whether a clause can name the bodies asked for: who leads is not who assists."""
    if Kind.BODY not in question.kinds or "配合" not in question.body:
        return True
    return "配合" in clause.text or any("配合" in column and value.strip() for column, value in clause.cells)


def _says_object(terms: tuple[Term, ...], clause: Clause, library: Library) -> bool:
    """Whether a clause says a thing asked about, of the rarer ones named; true where only deeds are named.

    登记 of an enterprise is not 登记 of a dog.
    """
    words = question_words()
    things = [term for term in terms if term.surface not in words.deeds | words.soft and is_thing(term)]
    if not things:
        return True
    least = _PRINCIPAL * max(term.weight for term in things)
    return any(_said(term, clause, library) > _CITED for term in things if term.weight >= least)


def _least(question: Question, terms: tuple[Term, ...]) -> float:
    if all(term.is_known for term in terms):
        return COVERAGE
    return COVERAGE_STRANGE_POINT if Kind.YES_NO in question.kinds else COVERAGE_STRANGE


def _as_words(term: Term, clause: Clause, library: Library) -> Term:
    """The term without forms that stand in the clause only across the border of two words."""
    text = library.folded(clause)
    kept = tuple(form for form in term.forms if form not in text or library.has_word(clause, form))
    return term if len(kept) == len(term.forms) else replace(term, forms=kept)


def _said(term: Term, clause: Clause, library: Library) -> float:
    if term.surface in term.forms and term.surface in library.own_words(clause):
        return 1.0
    if any(form in library.own_words(clause) for form in term.forms):
        return _LIKE if term.is_own else 1.0
    if any(form in library.context(clause) for form in term.forms):
        return _IN_CONTEXT
    if any(form in library.titles(clause) for form in term.forms):
        return _IN_TITLE
    if any(form in library.folded(clause) for form in term.forms):
        return _CITED
    return _IN_PARTS * term.said_in_parts(library.folded(clause))


def _share(folded: str, terms: tuple[Term, ...], clause: Clause, library: Library) -> float:
    """Share of the question said by folded sentences; headings and titles above count by half."""
    total = sum(term.weight for term in terms)
    said, own = 0.0, without_titles(folded)
    for term in terms:
        if any(form in own for form in term.forms):
            said += term.weight * (_LIKE if term.is_own and term.surface not in own else 1.0)
        elif any(form in folded for form in term.forms):
            said += term.weight * _CITED
        elif any(form in library.context(clause) or form in library.titles(clause) for form in term.forms):
            said += term.weight / 2
        else:
            said += term.weight * _IN_PARTS * term.said_in_parts(folded)
    return said / total


def _text(clause: Clause, passage: Passage) -> str:
    return _worded(clause, clause.text[passage.start - clause.start : passage.end - clause.start])


def _worded(clause: Clause, text: str) -> str:
    """A sentence as it is; a number in a cell with its column's head and unit: 补助金额（万元）：30万元."""
    unit = column_unit(clause, text)
    if unit is None:
        return text
    column = next(
        column
        for column, value in clause.cells
        if value.strip() == text.strip() and unit in fold_tight(column)
    )
    return f"{column}：{text.strip()}{unit}"


def _passages(hit: ClauseHit, question: Question, terms: tuple[Term, ...], library: Library) -> list[Passage]:
    clause = hit.clause
    out = []
    weights = np.array([term.weight for term in terms])
    found = library.sentences(clause)
    whole = [_with_subject(i, [plain for _, _, plain in found]) for i in range(len(found))]
    near = weights @ nearness().said(terms, whole) / weights.sum()
    for (start, end, plain), said, nearly in zip(found, whole, near.tolist(), strict=True):
        text = _worded(clause, clause.text[start:end])
        is_number = text != clause.text[start:end]  # the other cells say whose number it is
        folded = fold_tight(f"{clause.text}|{text}") if is_number else said
        if len(text) < 4 or _is_responsibility(text, clause) or _is_heading(plain, clause):
            continue
        if speaks_to_a_machine(text):
            continue
        share = (1 - BY_VECTORS) * _share(folded, terms, clause, library) + BY_VECTORS * nearly
        share = share * (_CARRIED if said != plain else 1.0) + sentence_bonus(question, folded, terms)
        if Kind.BODY in question.kinds and holds_body(text):
            share += 0.05  # it says itself who acts
        if hit.focus.start < clause.start + end and clause.start + start < hit.focus.end:
            share += 0.02  # between equals, the sentence the search pointed at
        out.append(Passage(clause.start + start, clause.start + end, share))
    return out


def _with_subject(at: int, sentences: Sequence[str]) -> str:
    """A folded sentence, with the one before it where it opens with a measure and does not say of what."""
    if at and _SUBJECTLESS.match(sentences[at]):
        return f"{sentences[at - 1]}|{sentences[at]}"
    return sentences[at]


def _is_heading(folded: str, clause: Clause) -> bool:
    """Whether a sentence is only the heading or a caption, which name a subject and say nothing of it."""
    return bool(_CAPTION.fullmatch(folded)) or folded.rstrip("。.:") == fold_tight(
        clause.heading or ""
    ).rstrip("。.:")


def _is_responsibility(text: str, clause: Clause) -> bool:
    """Whether a sentence only names 责任单位, in brackets or in a cell of its own."""
    if re.match(r"[（(\[]\s*(?:责任|牵头|配合)单位", text):
        return True
    return any("单位" in column and value == text for column, value in clause.cells)


def fits_kind(text: str, question: Question, *, needs_body: bool) -> bool:
    """Whether a sentence holds a figure, date or body of the kind asked for; true where none is.

    No body is needed in it where 责任单位 stand beside it.
    """
    if question.negated is not None and not _negates(without_labels(text), question.negated):
        return False
    if needs_body and Kind.BODY in question.kinds and not holds_body(text):
        return False
    if not holds_contact(text, question.body):
        return False
    if Kind.DATE in question.kinds:
        return holds_date(text, question.body)
    return Kind.FIGURE not in question.kinds or holds_figure(text, question.body)


def _negates(text: str, negated: str) -> bool:
    """Whether a sentence excludes; where the 不 stands in a premise (不变更用途的是哪类), any 不 will do."""
    return bool((_SAYS_NOT if "的" in negated else _NEGATES).search(text))


def _says_negated(text: str, negated: str, terms: tuple[Term, ...]) -> bool:
    """Whether a sentence says the word negated (不补助: 补助); true where it is no content word."""
    folded = fold_tight(text)
    if "的" in negated:
        return True
    words = [term for term in terms if term.surface in negated[: len(term.surface) + 2]]
    return not words or any(form in folded for term in words[:1] for form in term.forms)


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
