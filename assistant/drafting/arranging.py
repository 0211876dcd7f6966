"""Which sections a draft has and in what order; and a clause put aside, taken into one of them. Pure.

The opening stays first. A section of one's own is marked like any that no document prescribes; one of
the template that was taken out can be put back, and is missed in 章节依据表 while it is out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.basket import Kept
from assistant.drafting.case import Case
from assistant.drafting.composing import clause_uses
from assistant.drafting.drafting import sections_of
from assistant.drafting.gates import bench_for, check_section
from assistant.drafting.shelf import Refused
from assistant.drafting.types import OPENING, Draft, DraftSection, SectionStatus
from assistant.errors import CannotArrange
from assistant.export.official import Blank, Paragraph, Text
from assistant.export.text import in_one_line
from assistant.templates import ApplicationTemplate, Need, Section
from prompts.applications import REFERENCE_ONLY
from prompts.draft_frames import wording

MAX_SECTIONS = 60
MAX_TITLE_CHARS = 40
_OWN = "own-"
_MARKS = re.compile(r"^[#｜\s]+|^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、])")


def is_own(section: DraftSection) -> bool:
    """Whether a person added the section; such a one is never written from facts."""
    return section.key.startswith(_OWN)


def added(made: Draft, title: str, after: str | None) -> tuple[Draft, DraftSection]:
    """The draft with an empty section of this title behind the one named, at the end for None.

    Raises:
        CannotArrange: the title is empty, too long, or taken; there are too many sections already.
    """
    name = _MARKS.sub("", in_one_line(title)).strip()
    if not name or len(name) > MAX_TITLE_CHARS:
        raise CannotArrange(f"请给新的一节写一个标题，不超过 {MAX_TITLE_CHARS} 字，不带序号。")
    if any(one.title == name for one in made.sections):
        raise CannotArrange(f"已有“{name}”这一节，请换一个标题。")
    if len(made.sections) >= MAX_SECTIONS:
        raise CannotArrange(f"草稿已有 {MAX_SECTIONS} 节，不能再加。")
    number = max((_number(one.key) for one in made.sections), default=0) + 1
    section = DraftSection(
        key=f"{_OWN}{number}",
        title=name,
        need=Need.OPTIONAL.value,
        blocks=(Paragraph((Blank(f"{name}的内容"), Text("。"))),),
        status=SectionStatus.EDITED,
        before=SectionStatus.EDITED,
        mark=REFERENCE_ONLY,
    )
    place = _place(made, after) + 1 if after else len(made.sections)
    return replace(made, sections=(*made.sections[:place], section, *made.sections[place:])), section


def removed(made: Draft, key: str) -> Draft:
    """The draft without a section.

    Raises:
        CannotArrange: it is the opening, or locked, or not there.
    """
    place = _movable(made, key)
    if made.sections[place].status is SectionStatus.LOCKED:
        raise CannotArrange(f"“{made.sections[place].title}”已锁定，请先解锁再删除。")
    return replace(made, sections=(*made.sections[:place], *made.sections[place + 1 :]))


def moved(made: Draft, key: str, steps: int) -> Draft:
    """The draft with a section so many places further down, up for a negative number; as far as it goes.

    Raises:
        CannotArrange: it is the opening, or not there.
    """
    place = _movable(made, key)
    rest = [*made.sections[:place], *made.sections[place + 1 :]]
    first = 1 if rest and rest[0].key == OPENING else 0
    rest.insert(min(max(place + steps, first), len(rest)), made.sections[place])
    return replace(made, sections=tuple(rest))


def lacking(made: Draft, template: ApplicationTemplate) -> tuple[Section, ...]:
    """The template's sections that were taken out of the draft, in its order."""
    there = {one.key for one in made.sections}
    return tuple(one for one in template.sections if one.key not in there)


def put_back(made: Draft, template: ApplicationTemplate, key: str) -> Draft:
    """The draft with a place for a section of the template, to be written anew by `redraft`.

    Raises:
        CannotArrange: it is there, or the template has none such.
    """
    wanted = next((one for one in lacking(made, template) if one.key == key), None)
    if wanted is None:
        raise CannotArrange("这一节没有被删去，不用加回。")
    order = [one.key for one in sections_of(template)]
    before = order[: order.index(key)]
    place = max((at for at, one in enumerate(made.sections) if one.key in before), default=-1) + 1
    section = DraftSection(wanted.key, wanted.title, wanted.need.value, (), annex=wanted.annex)
    return replace(made, sections=(*made.sections[:place], section, *made.sections[place:]))


def fits(kept: Kept, case: Case) -> bool:
    """Whether a clause put aside may be cited here: of the place or the nation, in force, unchanged."""
    citation = kept.citation
    found = case.shelf.find(f"{citation.doc_id}#{citation.path}", citation.quote)
    return not isinstance(found, Refused)


def with_clause(section: DraftSection, kept: Kept, case: Case) -> DraftSection:
    """The section with a sentence that quotes a clause put aside, and a blank for what the project does.

    The clause is cited as the library holds it now; the gates look at the section like at any other.

    Raises:
        CannotArrange: the clause may not be cited here, or is already; the section is locked.
    """
    if section.status is SectionStatus.LOCKED:
        raise CannotArrange("这一节已锁定，请先解锁再加入条款。")
    old = kept.citation
    citation = case.shelf.find(f"{old.doc_id}#{old.path}", old.quote)
    if isinstance(citation, Refused):
        raise CannotArrange(f"这一条不能写进这份草稿：{citation.message}")
    if any(
        (one.doc_id, one.path, one.quote) == (old.doc_id, old.path, old.quote) for one in section.citations
    ):
        raise CannotArrange("这一节已经引用了这一条，没有重复加入。")
    words = wording()["basket"]
    short = case.shelf.short_name(citation)
    is_named = short in bench_for(case).ground.short_names
    name = short if is_named else f"{case.shelf.full_name(citation)}（{case.shelf.number(citation)}）"
    before, _, after = words["sentence"].format(name=name, quote="\0").partition("\0")
    sentence = Paragraph(
        (
            Text(f"{before}“{in_one_line(citation.quote)}”", (citation,)),
            Text(after),
            Blank(words["blank"], None, f"{kept.topic}：写明本项目怎样落实，或删去这一句。"),
            Text("。"),
        )
    )
    status = SectionStatus.EDITED
    after_it = replace(section, blocks=(*section.blocks, sentence), status=status, before=status)
    after_it = replace(after_it, clauses=clause_uses(list(after_it.citations)))
    return replace(after_it, breaches=check_section(after_it, case))


def _place(made: Draft, key: str) -> int:
    place = next((at for at, one in enumerate(made.sections) if one.key == key), None)
    if place is None:
        raise CannotArrange("草稿里没有这一节，请重新选择。")
    return place


def _movable(made: Draft, key: str) -> int:
    if key == OPENING:
        raise CannotArrange("开头不能删除或移动，可以改它的文字。")
    return _place(made, key)


def _number(key: str) -> int:
    return int(key.removeprefix(_OWN)) if key.startswith(_OWN) and key[len(_OWN) :].isdigit() else 0
