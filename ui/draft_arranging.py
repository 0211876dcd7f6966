"""What the drafting tab does with whole sections and drafts: add, take out, move, cite, delete. No Gradio.

Like `ui.draft_desk`: each step takes what is on the desk and gives it afterwards, with a sentence. Every
step but the deletion of a draft is another version, which `对照` and `恢复` reach.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.basket import Kept, read_basket
from assistant.drafting.arranging import added, fits, lacking, moved, removed, with_clause
from assistant.templates import Need, find_template
from ui.draft_desk import DraftDesk, opened_on, section_on
from ui.draft_work import Work
from ui.text import one_line
from ui.usage import CallerMistake

if TYPE_CHECKING:
    from assistant.drafting.book import Opened
    from assistant.drafting.types import Draft
    from assistant.templates import Section

_MAX_QUOTE = 46


class SectionSteps:
    """The steps over one desk."""

    def __init__(self, desk: DraftDesk) -> None:
        self._desk = desk

    def add(self, work: Work, title: str) -> tuple[Work, str]:
        """A section of one's own behind the one in the editor, which then shows it.

        Raises:
            CannotArrange: the title cannot be one.
        """
        made, section = added(opened_on(work).draft, title, work.section)
        return self._kept(work, made, f"新增“{section.title}”", section.key)

    def remove(self, work: Work, *, is_sure: bool) -> tuple[Work, str]:
        """The draft without the section in the editor; a 必 one only where that was confirmed.

        Raises:
            CallerMistake: it is 必 and nobody confirmed.
            CannotArrange: it cannot be taken out.
        """
        section = section_on(work)
        if section.need == Need.REQUIRED.value and not is_sure:
            raise CallerMistake(
                f"“{section.title}”是必备章节，删去后自查表会标“缺”；确要删去，请先勾选“确认删除”。"
            )
        made = removed(opened_on(work).draft, section.key)
        place = next(at for at, one in enumerate(opened_on(work).draft.sections) if one.key == section.key)
        near = made.sections[min(place, len(made.sections) - 1)].key
        return self._kept(work, made, f"删去“{section.title}”", near)

    def move(self, work: Work, steps: int) -> tuple[Work, str]:
        """The section in the editor further down or, for a negative number, up.

        Raises:
            CannotArrange: it is the opening.
        """
        section, before = section_on(work), opened_on(work).draft
        made = moved(before, section.key, steps)
        if made == before:
            return work, f"“{section.title}”已在{'最前' if steps < 0 else '最后'}。"
        return self._kept(work, made, f"{'上移' if steps < 0 else '下移'}“{section.title}”", section.key)

    def put_back(self, work: Work, key: str | None) -> tuple[Work, str]:
        """A section of the template that was taken out, written anew.

        Raises:
            CallerMistake: none was chosen.
        """
        if not key:
            raise CallerMistake("请先选择要加回的一节。")
        title = next((one.title for one in lacking_on(work) if one.key == key), "")
        after = self._desk.book.put_back(opened_on(work), key, f"加回“{title}”")
        return replace(work, opened=after, section=key), _said(f"加回“{title}”", after)

    def cite(self, work: Work, number: int | None) -> tuple[Work, str]:
        """A clause of the basket at the end of the section in the editor.

        Raises:
            CallerMistake: none was chosen.
            CannotArrange: it may not be cited in this draft.
        """
        kept = self._basket()
        if number is None or not 0 <= number < len(kept):
            raise CallerMistake("请先选择一条；在“对比”页把行送入起草后，会列在这里。")
        section = section_on(work)
        after = with_clause(section, kept[number], self._desk.book.case(opened_on(work)))
        return self._desk.keep_section(work, after, f"在“{section.title or '开头'}”加入条款")

    def delete_draft(self, work: Work, *, is_sure: bool) -> tuple[Work, str]:
        """No draft on the desk, and none in the catalog; the facts stay on the desk.

        Raises:
            CallerMistake: nobody confirmed.
        """
        opened = opened_on(work)
        if not is_sure:
            raise CallerMistake("删除草稿会删去它的全部版本，不能恢复；确要删除，请先勾选“确认删除”。")
        versions = self._desk.book.delete(opened.draft_id)
        return replace(work, opened=None, section=None), f"已删除“{opened.title}”和它的 {versions} 个版本。"

    def clauses(self, work: Work) -> list[tuple[str, int]]:
        """What of the basket may be cited in the open draft: topic, place and words, and its number."""
        if work.opened is None:
            return []
        case = self._desk.book.case(work.opened)
        return [(_label(one), at) for at, one in enumerate(self._basket()) if fits(one, case)]

    def _basket(self) -> tuple[Kept, ...]:
        return read_basket(self._desk.assistant.index.home)

    def _kept(self, work: Work, made: Draft, note: str, section: str) -> tuple[Work, str]:
        after = self._desk.book.arranged(opened_on(work), made, note)
        return replace(work, opened=after, section=section), _said(note, after)


def lacking_on(work: Work) -> list[Section]:
    """The template's sections that the open draft no longer has; none without a draft."""
    if work.opened is None:
        return []
    return list(lacking(work.opened.draft, find_template(work.opened.draft.template_id)))


def _said(note: str, after: Opened) -> str:
    return f"{note}，已保存为第 {after.version} 版。"


def _label(one: Kept) -> str:
    words = one_line(one.citation.quote)
    short = words if len(words) <= _MAX_QUOTE else f"{words[:_MAX_QUOTE]}……"
    return f"{one.topic}　{one.column}　{short}"
