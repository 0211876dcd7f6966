"""The gates: what a sentence of a draft must not say, whoever wrote it.

`check_section` names every breach; `hold_to_gates` takes the sentences that breach out and reports
them. Each gate reads one sentence with its citations, over the facts of the case; none calls a model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.drafting.case import Case
from assistant.drafting.gate_acts import strange_acts
from assistant.drafting.gate_bindings import misplaced_choices, misplaced_days, misplaced_figures
from assistant.drafting.gate_bodies import misplaced_bodies, unfounded, unsettled_funds
from assistant.drafting.gate_claims import (
    approvals_unstated,
    claims_unproved,
    hidden_breach,
    unproved_benefits,
)
from assistant.drafting.gate_classes import misfiled_figures
from assistant.drafting.gate_clauses import false_citations
from assistant.drafting.gate_floors import misplaced_floors
from assistant.drafting.gate_matter import (
    false_denials,
    misplaced_cells,
    new_matter,
    unsourced_permissions,
)
from assistant.drafting.gate_names import strange_names
from assistant.drafting.gate_numbers import Known, days, figures
from assistant.drafting.gate_places import foreign_words
from assistant.drafting.gate_rows import false_extremes, misplaced_rows, turned_back
from assistant.drafting.gate_support import (
    not_completed,
    unbound_counts,
    unbound_days,
    unsupported,
)
from assistant.drafting.gate_words import (
    approximated,
    conclusions_unstated,
    contrary,
    marked_up,
    over_promised,
    past_as_future,
    unsourced_duty,
)
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import BLANK, QUOTED, TITLE, Said, all_said, sentences
from assistant.drafting.types import Breach, DraftSection, Gate
from assistant.export.official import Block, Inline, Paragraph
from indexing.folding import fold_tight
from indexing.segmentation import cut


@dataclass(frozen=True)
class Bench:
    """What every gate needs: the case, its facts as words, and the words of our own frames."""

    case: Case
    ground: Ground
    own_words: str  # titles and frames of the template, folded: ours, and reviewed


@lru_cache(maxsize=8)
def bench_for(case: Case) -> Bench:
    """The bench of a case; made once a case, which is told from others by identity."""
    return Bench(case, Ground(case), fold_tight(frame_words(case.template.template_id)))


@cache
def frame_words(template_id: str) -> str:
    """Every word of ours that may stand in a draft of this template."""
    from assistant.facts.dictionary import dictionary
    from assistant.templates import find_template
    from prompts.draft_frames import document_frame, phrases, wording

    template = find_template(template_id)
    frame = document_frame(template_id)
    words = [
        template.title,
        template.heading,
        template.closing or "",
        template.recipient or "",
        frame.opening,
    ]
    words += [section.title for section in template.sections]
    for section in frame.sections.values():
        for part in section.parts:
            if isinstance(part, tuple):
                words += [sentence.text + sentence.otherwise for sentence in part]
            else:
                words.append(repr(part))
    own = [key for section in template.sections for key in (*section.facts, *section.optional_facts)]
    words += [phrases()[key].yes + phrases()[key].no for key in own if key in phrases()]
    words += [dictionary().label(key) for key in own]
    for table in ("passed", "together", "also", "again", "other", "tails", "blanks", "openings"):
        words += [str(each) for each in wording()[table].values()]  # lists of ways to say it too
    return "｜".join(words)


def hold_to_gates(section: DraftSection, case: Case) -> DraftSection:
    """The section without the sentences that breach a gate, each reported in `breaches`."""
    bench = bench_for(case)
    breaches: list[Breach] = []
    blocks: list[Block] = []
    for block in section.blocks:
        kept, found = _held(block, bench)
        breaches += found
        if kept is not None:
            blocks.append(kept)
    return (
        replace(section, blocks=tuple(blocks), breaches=(*section.breaches, *breaches))
        if breaches
        else section
    )


def check_section(section: DraftSection, case: Case) -> tuple[Breach, ...]:
    """Every breach of the section's sentences, headings and cells; empty for one that may stand."""
    bench = bench_for(case)
    return tuple(
        dict.fromkeys(each for said in all_said(section.blocks) for each in check_sentence(said, bench))
    )


def check_blocks(blocks: tuple[Block, ...], case: Case) -> tuple[Breach, ...]:
    """`check_section` of bare blocks."""
    bench = bench_for(case)
    return tuple(dict.fromkeys(each for said in all_said(blocks) for each in check_sentence(said, bench)))


def check_sentence(said: Said, bench: Bench) -> Iterator[Breach]:
    """The breaches of one sentence, gate by gate."""
    for gate, find, message in _GATES:
        for words in find(said, bench):
            yield Breach(gate, said.text, message.format(words=words))


def _held(block: Block, bench: Bench) -> tuple[Block | None, list[Breach]]:
    if not isinstance(block, Paragraph):
        found = [each for said in all_said((block,)) for each in check_sentence(said, bench)]
        return (None if found else block), found
    kept: list[Inline] = []
    breaches: list[Breach] = []
    for said in sentences(block.inlines):
        found = list(check_sentence(said, bench))
        breaches += found
        if not found:
            kept += said.inlines
    return (Paragraph(tuple(kept)) if kept else None), breaches


def _numbers(said: Said, bench: Bench) -> list[str]:
    """Figures that stand neither in a fact nor in a clause cited in this sentence."""
    text = BLANK.sub(" ", said.text)
    lacking = bench.ground.known.lacks(text)
    if not lacking:
        return []
    known = Known((*bench.ground.fact_texts, *bench.ground.changes, *cited_texts(said.citations)))
    rows = [figures_of for name, figures_of in bench.ground.in_rows if _names_row(name, text)]
    lists = bench.ground.lists
    return [
        one
        for one in known.lacks(text)
        if all(row.lacks(one) for row in rows) and not _counts_list(one, text, lists)
    ]


def _names_row(name: str, text: str) -> bool:
    """Whether a text says the end of what a row is called, or two of its words: 每百户用地."""
    return name[-_NAMED:] in text or sum(word in text for word in cut(name) if len(word) > 1) >= _TWO


def _counts_list(figure: str, text: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    """Whether a figure only counts a list of the facts: 短期托养等六类, 两个社区 of 社区名称."""
    one = next(iter(figures(figure)), None)
    if one is None or one.unit not in _LISTED:
        return False
    after = text.partition(figure)[2][:_TWO]
    return any(
        len(items) == one.value and (after in label or any(item in text for item in items))
        for label, items in lists
    )


_NAMED, _TWO = 4, 2  # of 综合体建筑面积 a sentence may say the end
_LISTED = ("种", "项", "类", "个")


def _foreign(said: Said, bench: Bench) -> list[str]:
    cited = fold_tight("｜".join(cited_texts(said.citations)))
    # 托育服务 where the documents of the place have 托育 and 服务; not 宝宝屋
    named = [word for word in bench.ground.chosen_words if _is_made_of(word, bench.ground.documents)]
    allowed = "｜".join((bench.ground.folded, *map(fold_tight, named), bench.own_words, cited))
    # without the facts, so that no term is read across the border of one; quotes apart
    text = "｜".join((bench.ground.residue(said.text), *QUOTED.findall(said.text), *TITLE.findall(said.text)))
    return foreign_words(text, allowed, bench.case.shelf)


def _is_made_of(word: str, text: str) -> bool:
    """Whether a text has each word of two signs that a longer one is made of."""
    return len(word) % _TWO == 0 and all(word[at : at + _TWO] in text for at in range(0, len(word), _TWO))


def _ground(find: Callable[[Said, Ground], list[str]]) -> Callable[[Said, Bench], list[str]]:
    return lambda said, bench: find(said, bench.ground)


def _clauses(said: Said, bench: Bench) -> list[str]:
    return false_citations(said, bench.ground, bench.own_words)


def _names(said: Said, bench: Bench) -> list[str]:
    return strange_names(said, bench.ground, bench.own_words)


def _matter(said: Said, bench: Bench) -> list[str]:
    return new_matter(said, bench.ground, bench.own_words)


def _permissions(said: Said, bench: Bench) -> list[str]:
    return unsourced_permissions(said, bench.ground, bench.own_words)


def _framed(find: Callable[[Said, Ground, str], list[str]]) -> Callable[[Said, Bench], list[str]]:
    return lambda said, bench: find(said, bench.ground, bench.own_words)


_GATES: tuple[tuple[Gate, Callable[[Said, Bench], list[str]], str], ...] = (
    (Gate.MARKUP, _ground(marked_up), "含有不应出现在公文里的标记或痕迹“{words}”。"),
    (Gate.NUMBER, _numbers, "“{words}”不在事实和所引条款里。"),
    (Gate.NUMBER, _ground(approximated), "“{words}”把确定的数写成约数，或没有依据。"),
    (Gate.CLAUSE, _clauses, "“{words}”不是所引条款的原文或地址。"),
    (Gate.NAME, _names, "名称“{words}”不在事实和所引条款里。"),
    (Gate.PLACE, _foreign, "“{words}”只见于其他地区的文件，或是其他地区的名称。"),
    (Gate.STRENGTH, _ground(over_promised), "“{words}”强于所引条款的力度，或略去了限定。"),
    (Gate.VERDICT, _ground(claims_unproved), "“{words}”与规则核对的结果不一致。"),
    (Gate.VERDICT, _ground(hidden_breach), "没有写明不符合或没有达到：{words}。"),
    (Gate.VERDICT, _ground(unproved_benefits), "“{words}”把可申请的政策写成既得，或前提没有写明。"),
    (Gate.VERDICT, _ground(approvals_unstated), "“{words}”没有事实依据，批准以文件为准。"),
    (Gate.SAFETY, _ground(conclusions_unstated), "结论“{words}”没有事实依据。"),
    (Gate.TIME, _ground(past_as_future), "“{words}”把已过的时间写成将来，或引用了失效的文件。"),
    (Gate.BASIS, _ground(unsourced_duty), "要求“{words}”没有引用条款。"),
    (Gate.BASIS, _permissions, "准许“{words}”没有引用条款。"),
    (Gate.BASIS, _matter, "“{words}”不在事实和所引条款里，是新添的内容。"),
    (Gate.BASIS, _framed(unsupported), "“{words}”没有依据：事实和所引条款没有说到这件事。"),
    (Gate.CONSISTENCY, _ground(false_denials), "“{words}”与事实相反。"),
    (Gate.CONSISTENCY, _ground(misplaced_cells), "“{words}”用了另一行的内容，与事实表不一致。"),
    (Gate.CONSISTENCY, _ground(contrary), "“{words}”没有事实依据，或与事实相反。"),
    (Gate.CONSISTENCY, _ground(misplaced_figures), "“{words}”用了另一项的数，与事实表不一致。"),
    (Gate.CONSISTENCY, _ground(misplaced_floors), "“{words}”与事实表写明的楼层不一致。"),
    (Gate.CONSISTENCY, _ground(misfiled_figures), "“{words}”是另一类的数，与事实表不一致。"),
    (Gate.CONSISTENCY, _framed(unbound_counts), "“{words}”是另一件事的数，与事实表不一致。"),
    (Gate.CONSISTENCY, _framed(unbound_days), "“{words}”是另一件事的日期，与事实表不一致。"),
    (Gate.CONSISTENCY, _framed(not_completed), "“{words}”没有事实依据，没有说过已经这样。"),
    (Gate.CONSISTENCY, _framed(misplaced_rows), "“{words}”与事实表不一致，把一项的内容写到了另一项上。"),
    (Gate.CONSISTENCY, _ground(false_extremes), "“{words}”没有事实依据，或与事实表不一致。"),
    (Gate.CONSISTENCY, _ground(turned_back), "“{words}”把改变后的数写成了原来的。"),
    (Gate.CONSISTENCY, _ground(misplaced_bodies), "“{words}”用了另一个单位，与事实表不一致。"),
    (Gate.CONSISTENCY, _framed(strange_acts), "“{words}”没有事实依据，没有说过由它来做。"),
    (Gate.CONSISTENCY, _ground(misplaced_days), "“{words}”用了另一个日期，与事实表不一致。"),
    (Gate.CONSISTENCY, _ground(misplaced_choices), "“{words}”与事实表选定的不一致。"),
    (Gate.CONSISTENCY, _ground(unsettled_funds), "“{words}”不在资金来源里，或把尚未落实的写成落实。"),
    (Gate.CONSISTENCY, _ground(unfounded), "“{words}”没有事实依据。"),
)

__all__ = [
    "Bench",
    "bench_for",
    "check_blocks",
    "check_section",
    "check_sentence",
    "days",
    "figures",
    "hold_to_gates",
]
