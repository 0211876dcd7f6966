"""What the drafting tab does when a button is pressed: facts read, checked, drafted. No Gradio here.

Each step takes what is on the desk and gives the desk afterwards with a sentence for the user. A
draft is kept in the catalog by the step that makes or changes it, so that nothing depends on the
browser staying open.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.drafting.arranging import is_own
from assistant.drafting.book import DraftBook, Opened
from assistant.drafting.editing import MAX_SECTION_CHARS, edited, locked
from assistant.drafting.polishing import MODEL_NOTE, Polisher
from assistant.drafting.types import DraftSection, SectionStatus
from assistant.facts.dictionary import dictionary
from assistant.facts.reading import read_facts
from assistant.facts.types import FactSheet
from assistant.rules.checking import check_facts, clause_hashes
from assistant.rules.types import Report
from assistant.templates import ApplicationTemplate, find_template, templates
from indexing.jurisdictions import NATION, lineage, name_of
from ui.draft_work import Work, moved, placed, read_words, taken
from ui.usage import CallerMistake

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

_PASTED = "粘贴的文字"
_SUPPLIED = "补充"


class DraftDesk:
    """The steps over one assistant."""

    def __init__(self, assistant: PolicyAssistant) -> None:
        self.assistant = assistant

    @property
    def book(self) -> DraftBook:
        """The drafts, over the library as it is now."""
        return DraftBook(self.assistant.index.drafts, self.assistant.library())

    def read_file(self, work: Work, path: Path) -> tuple[Work, str]:
        """The facts of an uploaded file beside those on the desk; the file is removed from this machine.

        Raises:
            UnreadableFacts: it cannot be read.
        """
        try:
            return taken(work, read_facts(path), path.name)
        finally:
            path.unlink(missing_ok=True)

    def read_text(self, work: Work, text: str) -> tuple[Work, str]:
        """The facts of pasted words, beside those on the desk.

        Raises:
            CallerMistake: there are none, or too many words.
        """
        return taken(work, read_words(text, _PASTED), _PASTED)

    def supply(self, work: Work, text: str) -> tuple[Work, str]:
        """Facts typed in to complete or correct; they replace what was read.

        Raises:
            CallerMistake: there are none, or too many words.
        """
        reading = read_words(text, _SUPPLIED)
        if not reading.sheet.facts:
            near = "；".join(
                f"“{each.source.words[:20]}”最接近{'、'.join(each.nearest)}"
                for each in reading.unplaced
                if each.nearest
            )
            raise CallerMistake(f"没有认出事实，请按“名称：内容”一行一项填写。{near}")
        facts = {**work.sheet.facts, **reading.sheet.facts}
        # a place worked out from a typed word is no correction of one stated before
        for key in ("jurisdiction", "district"):
            if key in work.sheet.facts and reading.sheet.facts.get(key) and reading.sheet.facts[key].remarks:
                facts[key] = work.sheet.facts[key]
        stays = tuple(issue for issue in work.issues if issue.key not in reading.sheet.facts)
        named = tuple(key for key in work.left_out if key not in reading.sheet.facts)
        labels = "、".join(dictionary().label(key) for key in reading.sheet.facts)
        after = replace(
            work,
            sheet=FactSheet(facts),
            issues=(*stays, *(each for each in reading.issues if each.key != "jurisdiction")),
            unplaced=(*work.unplaced, *reading.unplaced),
            left_out=named,
        )
        return placed(work, after), f"已采用：{labels}。{moved(work, after)}"

    def confirm(self, work: Work, kept: Collection[str]) -> tuple[Work, str]:
        """Only the facts ticked count from now on."""
        left = tuple(key for key in work.sheet.facts if key not in kept)
        said = f"采用 {len(work.sheet.facts) - len(left)} 项事实" + (
            f"，{len(left)} 项不用。" if left else "。"
        )
        return replace(work, left_out=left), said

    def report(self, work: Work) -> Report:
        """The facts held against the rules."""
        clauses = ((clause.clause_id, clause.text_hash) for clause in self.assistant.index.clauses())
        return check_facts(work.facts, date.today(), wording=clause_hashes(clauses))

    def begin(self, work: Work, template_id: str, owner: str) -> tuple[Work, str]:
        """A draft of every section, kept as version 1.

        Raises:
            CallerMistake: no template was chosen.
            WrongPlace: it belongs to another place than the facts.
        """
        if not template_id:
            raise CallerMistake("请先选择要起草的文书。")
        opened = self.book.begin(find_template(template_id), work.facts, date.today(), owner=owner)
        first = next((one.key for one in opened.draft.sections if one.title), None)
        return replace(work, opened=opened, section=first), f"已起草并保存为第 1 版，编号 {opened.draft_id}。"

    def open(self, name: str, version: int | None = None) -> tuple[Work, str]:
        """A kept draft with its facts.

        Raises:
            UnknownDraft: none goes by that number.
        """
        if not name.strip():
            raise CallerMistake("请选择一份草稿，或填写完整的草稿编号。")
        opened = self.book.open(name.strip().lower(), version)
        first = next((one.key for one in opened.draft.sections if one.title), None)
        return Work(sheet=opened.sheet, opened=opened, section=first), f"已打开第 {opened.version} 版。"

    def update_facts(self, work: Work) -> tuple[Work, str]:
        """The facts on the desk into the draft: sections that used a changed one are marked 已过时.

        Raises:
            WrongPlace: they belong to another place now.
        """
        opened = opened_on(work)
        after = self.book.with_facts(opened, work.facts, "更新事实")
        stale = [one for one in after.draft.sections if one.status is SectionStatus.STALE]
        said = f"已保存为第 {after.version} 版；{len(stale)} 节所用的事实有变，标为已过时。"
        return replace(work, opened=after), said + _overtaken(after)

    def save_section(self, work: Work, text: str) -> tuple[Work, str]:
        """The words of the editor as the section's, in a new version.

        Raises:
            CallerMistake: the text is too long.
        """
        opened, section = opened_on(work), section_on(work)
        if len(text) > MAX_SECTION_CHARS:
            raise CallerMistake(f"这一节有 {len(text)} 字，超过 {MAX_SECTION_CHARS} 字，请分成几节。")
        if section.status is SectionStatus.LOCKED:
            raise CallerMistake("这一节已锁定，请先解锁再编辑。")
        after = edited(section, text, self.book.case(opened))
        if after is section:
            return work, "文字没有变化，没有另存。"
        return self.keep_section(work, after, f"编辑“{section.title or '开头'}”")

    def toggle_lock(self, work: Work) -> tuple[Work, str]:
        """The section locked, or free again, in a new version."""
        section = section_on(work)
        is_locked = section.status is not SectionStatus.LOCKED
        note = f"{'锁定' if is_locked else '解锁'}“{section.title or '开头'}”"
        return self.keep_section(work, locked(section, is_locked=is_locked), note)

    def rewrite(self, work: Work, instruction: str) -> tuple[Work, str]:
        """The section written again from the facts, in a new version."""
        section = section_on(work)
        if section.status is SectionStatus.LOCKED:
            raise CallerMistake("这一节已锁定，请先解锁再重写。")
        if is_own(section):
            raise CallerMistake("这一节是自己加的，没有可据以重写的模板，请直接编辑。")
        chat = self.assistant.chat if instruction.strip() else None
        after = self.book.rewritten(
            opened_on(work),
            (section.key,),
            f"重写“{section.title or '开头'}”",
            polish=Polisher(chat) if chat else None,
            instructions={section.key: instruction},
        )
        no_model = instruction.strip() and chat is None
        unused = "没有配置语言模型，填写的要求没有用上，按事实和条款重写。" if no_model else ""
        failed = _of_model(after.draft.section(section.key)) if chat else ""
        return replace(
            work, opened=after
        ), f"{unused}{failed}已保存为第 {after.version} 版。{_overtaken(after)}"

    def rewrite_stale(self, work: Work) -> tuple[Work, str]:
        """Every section marked 已过时 written again; locked ones stay."""
        opened = opened_on(work)
        stale = tuple(one.key for one in opened.draft.sections if one.status is SectionStatus.STALE)
        if not stale:
            return work, "没有已过时的章节。"
        after = self.book.rewritten(opened, stale, f"重写 {len(stale)} 节已过时的章节")
        return replace(
            work, opened=after
        ), f"重写了 {len(stale)} 节，已保存为第 {after.version} 版。{_overtaken(after)}"

    def restore(self, work: Work, version: int | None) -> tuple[Work, str]:
        """An earlier version once more, as the newest."""
        if version is None:
            raise CallerMistake("请先选择要恢复的版本。")
        after = self.book.restore(opened_on(work).draft_id, version)
        return replace(
            work, opened=after, sheet=after.sheet, left_out=()
        ), f"第 {version} 版已恢复为第 {after.version} 版。"

    def keep_section(self, work: Work, section: DraftSection, note: str) -> tuple[Work, str]:
        """The section as it now stands, in a new version."""
        after = self.book.with_section(opened_on(work), section, note)
        warned = "；请看右侧须核对的地方" if section.breaches else ""
        return replace(
            work, opened=after
        ), f"{note}，已保存为第 {after.version} 版{warned}。{_overtaken(after)}"


def template_choices() -> list[tuple[str, str]]:
    """Place, title and id of every template, for a list."""
    return [(f"{_place(one)}　{one.title}（{one.template_id}）", one.template_id) for one in templates()]


def fitting_template(template_id: str | None, sheet: FactSheet) -> ApplicationTemplate | None:
    """The template chosen, None without one or where it belongs to another place than the facts."""
    if not template_id:
        return None
    template, stated = find_template(template_id), sheet.value("jurisdiction")
    fits = not isinstance(stated, str) or template.jurisdiction in (NATION, *lineage(stated))
    return template if fits else None


def _place(template: ApplicationTemplate) -> str:
    return "国家" if template.jurisdiction == NATION else name_of(template.jurisdiction)


def opened_on(work: Work) -> Opened:
    """The draft on the desk.

    Raises:
        CallerMistake: there is none.
    """
    if work.opened is None:
        raise CallerMistake("还没有草稿，请先起草，或打开一份保存的草稿。")
    return work.opened


def section_on(work: Work) -> DraftSection:
    """The section in the editor.

    Raises:
        CallerMistake: none is chosen.
    """
    found = opened_on(work).draft.section(work.section or "")
    if found is None:
        raise CallerMistake("请先选择一节。")
    return found


def _of_model(section: DraftSection | None) -> str:
    """What the section says of a model that did not answer or did not pass; "" where all went well."""
    notes = section.notes if section else ()
    return "".join(note for note in notes if note.startswith(MODEL_NOTE))


def _overtaken(opened: Opened) -> str:
    if not opened.overtaken:
        return ""
    named = "、".join(f"第 {each} 版" for each in opened.overtaken)
    return f"注意：{named}在此期间由别处保存，没有覆盖，请用“对照”查看。"
