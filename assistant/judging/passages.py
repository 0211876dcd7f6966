"""The sentences of a clause that may answer a question, each with the share of it that it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.judging.addressing import speaks_to_a_machine
from assistant.judging.attributes import tells_attributes
from assistant.judging.bearing import is_of_figure
from assistant.judging.classes import speaks_of_another
from assistant.judging.evidence import Passage, column_at, is_short_cell, text_of, worded
from assistant.judging.forms import sentence_bonus
from assistant.judging.leads import chains, lead_of
from assistant.judging.nearness import nearness
from assistant.judging.opposites import rules_for_the_opposite
from assistant.judging.saying import share as share_said
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.holding import holds_body, holds_date, holds_figure, without_labels
from indexing.rows import ROWS
from indexing.types import Clause, ClauseHit, Span

_EXACT = frozenset({Kind.FIGURE, Kind.DATE})
_NEEDED = frozenset({Kind.FIGURE, Kind.DATE, Kind.BODY})
BY_VECTORS = 0.5
"""What nearness by vectors weighs beside the words themselves where sentences of a clause are chosen."""
_CARRIED = 0.95  # what a sentence says with the subject of the one before it, where it has none of its own
# "建筑面积因地制宜设置", "期限最长3年"; not "面积标准由各区制定的社区"
_SUBJECTLESS = re.compile(
    r"^(?:总|最[高低大小多少长短])?(?:建筑|使用|用地)?(?:面积|规模|数量|金额|期限|标准|比例|额度|限额|价格|费用|高度|容积率|床位数|人数)"
    r"(?:[^,，。;；的]{0,8}(?:设[置定]|确定|核定|计算)|一般|原则上|不|应|按|为|最|可|达到|控制)"
)
# "图3 汽车号牌尺寸(单位:毫米)", "表1试点名单"; folded
_CAPTION = re.compile(r"(?:[图表](?:\d+|[一二三四五六七八九十]+)[-—.\d]*[^,，。;；]{0,40})+")
# A rule that excludes: "不予补助", "不再重复支持", "…除外"; "不超过", "不少于" exclude nothing
_NEGATES = re.compile(
    r"不予|不得|不再|除外|不包括|不含|不可|不能|不应当?(?!少|低|小|大|高|超)|不准|不允许|禁止|严禁|不适用|不属于|不纳入|不列入|不计入"
    r"|避免|防止|杜绝|不给予|不享受|不补|不支持|无需|不需要?|免于|免除|取消|未(?![来成满])"
)
_SAYS_NOT = re.compile(rf"{_NEGATES.pattern}|不(?![少超低高小大足满同仅断])")


def candidates(
    hit: ClauseHit, question: Question, terms: tuple[Term, ...], library: Library
) -> list[Passage]:
    """The sentences that may answer: as negated as the question, and of those asked about."""
    clause, passages = hit.clause, _passages(hit, question, terms, library)
    if question.negated is not None:
        passages = [p for p in passages if _says_negated(text_of(clause, p), question.negated, terms)]
    return [
        p
        for p in passages
        if not _is_of_another_class(clause, p, question)
        and not rules_for_the_opposite(question.folded, fold_tight(text_of(clause, p)))
    ]


def _is_of_another_class(clause: Clause, passage: Passage, question: Question) -> bool:
    """Whether a figure is for others than those asked about; of a row, any cell may say for whom."""
    if Kind.FIGURE not in question.kinds:
        return False
    row = "|".join(value for _, value in clause.cells) if clause.level in ROWS else ""
    said = row or f"{clause.heading or ''}|{text_of(clause, passage)}"
    return speaks_of_another(question.folded, fold_tight(said))


def _passages(hit: ClauseHit, question: Question, terms: tuple[Term, ...], library: Library) -> list[Passage]:
    clause = hit.clause
    out = []
    weights = np.array([term.weight for term in terms])
    found = _with_deeds(clause, library.sentences(clause), question)
    whole = [_with_subject(i, [plain for _, _, plain in found]) for i in range(len(found))]
    whole = [_with_lead(clause, one, said, question, library) for one, said in zip(found, whole, strict=True)]
    exact = bool(_EXACT & question.kinds)  # a cell without its row is no figure; rows are judged themselves
    tables = [(row.start, row.end) for row in library.rows_below(clause)] if exact else []
    near = weights @ nearness().said(terms, whole) / weights.sum()
    for (start, end, plain), said, nearly in zip(found, whole, near.tolist(), strict=True):
        text = worded(clause, start, end)
        is_cell = bool(_EXACT & question.kinds) and is_short_cell(clause, start, end)
        whole_row = text != clause.text[start:end] or is_cell  # the other cells say whose figure or day it is
        folded = fold_tight(f"{clause.text}|{column_at(clause, start) or ''}|{text}") if whole_row else said
        if len(text) < 4 or _is_responsibility(text, clause) or is_heading(plain, clause):
            continue
        if speaks_to_a_machine(text) or (tables and _is_inside(clause.start + start, tables)):
            continue
        share = (1 - BY_VECTORS) * share_said(
            folded, terms, clause, library, is_exact=is_of_figure(question)
        ) + BY_VECTORS * nearly
        share = share * (_CARRIED if said != plain else 1.0) + sentence_bonus(question, folded, terms)
        if Kind.BODY in question.kinds and holds_body(text):
            share += 0.05  # it says itself who acts
        if hit.focus.start < clause.start + end and clause.start + start < hit.focus.end:
            share += 0.02  # between equals, the sentence the search pointed at
        out.append(Passage(clause.start + start, clause.start + end, share))
    return out


def _is_inside(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _with_deeds(
    clause: Clause, found: Sequence[tuple[int, int, str]], question: Question
) -> list[tuple[int, int, str]]:
    """Sentences of a clause; one that tells a consequence asked for begins with the deed it is for.

    Only where it has the figure asked for and the deed has none: 责令改正；拒不改正的，处五百元罚款.
    """
    out = list(found)
    if not _EXACT & question.kinds:
        return out
    for at, first in chains(clause.text, [(start, end) for start, end, _ in found]):
        before = [clause.text[start:end] for start, end, _ in found[first:at]]
        if any(fits_kind(text, question, needs_body=False) for text in before):
            continue
        start, end = found[first][0], found[at][1]
        if fits_kind(clause.text[found[at][0] : end], question, needs_body=False):
            out[at] = (start, end, fold_tight(clause.text[start:end]))
    return out


def _with_lead(
    clause: Clause, sentence: tuple[int, int, str], said: str, question: Question, library: Library
) -> str:
    """What an item says, with the line above it where that alone has the figure or body asked for."""
    span = clause.start + sentence[0], clause.start + sentence[1]
    lead = needed_lead(clause, span, question, library)
    return (
        said
        if lead is None
        else f"{fold_tight(clause.text[lead[0] - clause.start : lead[1] - clause.start])}|{said}"
    )


def needed_lead(clause: Clause, span: Span, question: Question, library: Library) -> Span | None:
    """The line that opens an item's list, where it has the figure, day or body asked for and the item none.

    None for other sentences, and where nothing of the kind is asked for.
    """
    if not _NEEDED & question.kinds:
        return None
    text = clause.text[span[0] - clause.start : span[1] - clause.start]
    if fits_kind(text, question, needs_body=True):
        return None
    lead = lead_of(clause, span, library)
    if lead is None:
        return None
    opening = clause.text[lead[0] - clause.start : lead[1] - clause.start]
    return lead if fits_kind(opening, question, needs_body=True) else None


def with_leads(
    clause: Clause, best: Sequence[Passage], question: Question, library: Library
) -> tuple[Passage, ...]:
    """The sentences chosen, with the lines that those of a list need above them, in document order."""
    out = {(one.start, one.end): one for one in best}
    for one in best:
        lead = needed_lead(clause, (one.start, one.end), question, library)
        if lead is not None:
            out.setdefault(lead, Passage(*lead, one.share))
    return tuple(out[span] for span in sorted(out))


def _with_subject(at: int, sentences: Sequence[str]) -> str:
    """A folded sentence, with the one before it where it opens with a measure and does not say of what."""
    if at and _SUBJECTLESS.match(sentences[at]):
        return f"{sentences[at - 1]}|{sentences[at]}"
    return sentences[at]


def is_heading(folded: str, clause: Clause) -> bool:
    """Whether a sentence is only the heading or a caption, which name a subject and say nothing of it."""
    if _CAPTION.fullmatch(folded):
        return True
    heading = fold_tight(clause.heading or "").rstrip("。.:")
    return folded.rstrip("。.:") == heading and not holds_date(heading)  # 摸底评估(2025年4月—6月)


def _is_responsibility(text: str, clause: Clause) -> bool:
    """Whether a sentence only names 责任单位, in brackets or in a cell of its own."""
    if re.match(r"[（(\[]\s*(?:责任|牵头|配合)单位", text):
        return True
    return any("单位" in column and value == text for column, value in clause.cells)


def fits_kind(text: str, question: Question, *, needs_body: bool) -> bool:
    """Whether a sentence holds a figure, date, body or attribute of the kind asked for; true where none is.

    No body is needed in it where 责任单位 stand beside it.
    """
    if question.negated is not None and not _negates(without_labels(text), question.negated):
        return False
    if needs_body and Kind.BODY in question.kinds and not holds_body(text):
        return False
    if not tells_attributes(text, question.body):
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


def chosen(passages: list[Passage], near: float = 0.55, most: int = 3) -> tuple[Passage, ...]:
    """The best sentence and others with `near` of its share, in document order; at most `most`."""
    ranked = sorted(passages, key=lambda passage: (-passage.share, passage.start))
    if not ranked:
        return ()
    kept = [passage for passage in ranked[:most] if passage.share >= near * ranked[0].share]
    return tuple(sorted(kept, key=lambda passage: passage.start))
