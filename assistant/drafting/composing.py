"""A section in words, without a model: its frames filled in, then what its clauses require.

The order is that of the frames; requirements a frame has not put in words follow in a paragraph of
their own. What no frame asks for but the template does becomes a blank at the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting.case import Case, Desk
from assistant.drafting.demands import requirements
from assistant.drafting.filling import holds, joined, say
from assistant.drafting.smoothing import smoothed
from assistant.drafting.tables import functions, rows_of_ours, table
from assistant.drafting.types import ClauseUse, DraftSection, FactUse, inlines_of
from assistant.drafting.values import blank, fingerprint, phrase
from assistant.export.official import Block, Heading, Inline, Paragraph, Text
from assistant.templates import ApplicationTemplate, ClauseKind, ClauseNeed, Section
from assistant.types import Citation
from prompts.draft_frames import (
    AnnexFrame,
    FunctionsFrame,
    RowsFrame,
    SectionFrame,
    TableFrame,
    document_frame,
)


def compose(section: Section, case: Case) -> DraftSection:
    """The section written from facts, clauses and findings; deterministic."""
    desk = Desk(case, section)
    frame = document_frame(case.template.template_id).sections.get(section.key, SectionFrame(()))
    desk.worded.update(rule for rule in frame.silent if not desk.is_broken(rule))
    desk.worded.update(_said_before(case.template, section))
    blocks = [*_framed(frame, desk), *_required(section, desk)]
    blocks += _left_over(section, desk)
    blocks = _with_basis(blocks, section, frame, desk)
    return finished(section, tuple(blocks), desk)


def finished(section: Section, blocks: tuple[Block, ...], desk: Desk) -> DraftSection:
    """The section with what it used, as its desk noted it."""
    citations = [one for each in inlines_of(blocks) if isinstance(each, Text) for one in each.citations]
    return DraftSection(
        key=section.key,
        title=section.title,
        need=section.need.value,
        blocks=blocks,
        facts=tuple(FactUse(key, fingerprint(desk.case.values.get(key))) for key in sorted(desk.used)),
        clauses=clause_uses(citations),
        notes=tuple(desk.notes),
        mark=section.mark,
        annex=section.annex,
    )


def clause_uses(citations: list[Citation]) -> tuple[ClauseUse, ...]:
    """Each cited clause once, in reading order."""
    uses = (ClauseUse(f"{one.doc_id}#{one.path}", one.version, one.text_hash) for one in citations)
    return tuple(dict.fromkeys(uses))


def _framed(frame: SectionFrame, desk: Desk) -> Iterator[Block]:
    for part in frame.parts:
        if isinstance(part, TableFrame):
            yield from table(part, desk)
        elif isinstance(part, RowsFrame):
            yield rows_of_ours(part, desk)
        elif isinstance(part, AnnexFrame):
            if holds(part.when, desk):
                yield Heading(1, part.title)
        elif isinstance(part, FunctionsFrame):
            yield from functions(part, desk)
        else:
            inlines = joined(tuple(each for sentence in part for each in say(sentence, desk)))
            if inlines:
                yield Paragraph(smoothed(inlines, document_frame(desk.case.template.template_id).subject))


def _required(section: Section, desk: Desk) -> Iterator[Block]:
    before = _prescribed_before(desk.case.template, section)
    needs = [
        each
        for each in section.clauses
        if each.kind is not ClauseKind.CONTENT
        or (desk.is_broken(each.rule_id) and each.rule_id not in before)
    ]
    sentences = requirements(needs, desk)
    if sentences:
        inlines = joined(tuple(each for sentence in sentences for each in sentence))
        yield Paragraph(smoothed(inlines, document_frame(desk.case.template.template_id).subject))


def _left_over(section: Section, desk: Desk) -> Iterator[Block]:
    """Facts the template asks for that no sentence took up: stated where known, else blanks."""
    pieces: list[Inline] = []
    for key in section.facts:
        if key in desk.spoken or key in desk.asked or key in desk.used:
            continue
        value = desk.value(key)
        pieces += [Text("，")] if pieces else []
        if value is None:
            desk.asked.add(key)
            pieces.append(blank(key))
        else:
            desk.spoken.add(key)
            pieces.append(Text(phrase(key, value, desk.case.sheet.facts.get(key))))
    if pieces:
        yield Paragraph(joined((*pieces, Text("。"))))


def _prescribed_before(template: ApplicationTemplate, section: Section) -> set[str | None]:
    """Rules that prescribe the content of an earlier section too; one that is broken is said there."""
    earlier = template.sections[: [one.key for one in template.sections].index(section.key)]
    return {each.rule_id for one in earlier for each in one.prescribed_by}


def _said_before(template: ApplicationTemplate, section: Section) -> set[str]:
    """Rules an earlier section puts in words: by the template alone, so that sections stay independent."""
    said: set[str] = set()
    for one in template.sections:
        if one.key == section.key:
            break
        said.update(
            each.rule_id for each in one.clauses if each.rule_id and each.kind is not ClauseKind.CONTENT
        )
    frames = document_frame(template.template_id).sections
    named = {
        name
        for part in frames.get(section.key, SectionFrame(())).parts
        if isinstance(part, tuple)
        for sentence in part
        for _, name in sentence.fields
    }
    return said - named


def _with_basis(blocks: list[Block], section: Section, frame: SectionFrame, desk: Desk) -> list[Block]:
    """The clauses that prescribe the section as footnotes behind its first sentence, once each."""
    cited = {
        (one.doc_id, one.path, one.quote)
        for each in inlines_of(tuple(blocks))
        if isinstance(each, Text)
        for one in each.citations
    }
    quiet = [need for need in basis(section) if need.rule_id in frame.silent or desk.is_broken(need.rule_id)]
    found = [desk.citation(need) for need in basis(section) if need not in quiet]
    new = tuple(one for one in found if one and (one.doc_id, one.path, one.quote) not in cited)
    if not new:
        return blocks
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            first = block.inlines[0]
            text = first if isinstance(first, Text) else Text("")
            rest = block.inlines[1:] if isinstance(first, Text) else block.inlines
            return [*blocks[:at], Paragraph(_noted(text, rest, new)), *blocks[at + 1 :]]
    return blocks


def _noted(text: Text, rest: tuple[Inline, ...], citations: tuple[Citation, ...]) -> tuple[Inline, ...]:
    """Footnotes at the end of the first sentence, so that no word is parted from its mark."""
    inlines = (text, *rest)
    for at, each in enumerate(inlines):
        if isinstance(each, Text) and "。" in each.text:
            head, _, tail_ = each.text.partition("。")
            after = (Text(tail_, each.citations),) if tail_ else ()
            own = () if tail_ else each.citations
            return joined((*inlines[:at], Text(f"{head}。", (*own, *citations)), *after, *inlines[at + 1 :]))
    return joined((*inlines, Text("", citations)))


def basis(section: Section) -> tuple[ClauseNeed, ...]:
    """The clauses that prescribe a section's content, each once."""
    return tuple({need.clause_id + need.quote: need for need in section.prescribed_by}.values())
