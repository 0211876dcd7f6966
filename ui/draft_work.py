"""What is on the desk of the drafting tab, and what happens to it when facts are read. No Gradio here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.facts.dictionary import dictionary
from assistant.facts.entries import text_entries
from assistant.facts.places import foreign
from assistant.facts.reading import read_entries
from assistant.facts.types import FactSheet, Issue, Unplaced
from indexing.jurisdictions import name_of
from ui.usage import CallerMistake

if TYPE_CHECKING:
    from assistant.drafting.book import Opened
    from assistant.facts.types import Reading

MAX_PASTED_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Work:
    """What is on the desk of one browser tab; a draft on it is in the catalog already."""

    sheet: FactSheet = field(default_factory=FactSheet)
    issues: tuple[Issue, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    left_out: tuple[str, ...] = ()  # keys the person did not confirm
    opened: Opened | None = None
    section: str | None = None  # key of the section in the editor

    @property
    def facts(self) -> FactSheet:
        """The facts that count: those read and not left out."""
        kept = {key: fact for key, fact in self.sheet.facts.items() if key not in self.left_out}
        return FactSheet(kept)


def read_words(text: str, name: str) -> Reading:
    """The facts of pasted or typed words.

    Raises:
        CallerMistake: there are no words, or too many.
    """
    if not text.strip():
        raise CallerMistake("请先写下或粘贴项目情况。")
    if len(text) > MAX_PASTED_CHARS:
        raise CallerMistake(
            f"文字有 {len(text)} 字，超过 {MAX_PASTED_CHARS} 字，请分几次粘贴，或另存为文件上传。"
        )
    return read_entries(text_entries(text, dictionary()), name)


def taken(work: Work, reading: Reading, name: str) -> tuple[Work, str]:
    """The desk with what was read; what two sources say otherwise is named, and the earlier one kept."""
    clash = [
        key
        for key, fact in reading.sheet.facts.items()
        if key in work.sheet.facts
        and work.sheet.facts[key].value not in (None, fact.value)
        and fact.value is not None
    ]
    facts = {
        **reading.sheet.facts,
        **{
            key: fact
            for key, fact in work.sheet.facts.items()
            if fact.value is not None or key not in reading.sheet.facts
        },
    }
    after = replace(
        work,
        sheet=FactSheet(facts),
        issues=(*work.issues, *reading.issues),
        unplaced=(*work.unplaced, *reading.unplaced),
    )
    after = placed(work, after)
    said = f"从{name}读出 {len(reading.sheet.facts)} 项事实，请逐项确认。"
    if clash:
        labels = "、".join(dictionary().label(key) for key in clash)
        said += f"{labels}与先前读入的不同，保留先前的；要改请在“补充或更正”里写明。"
    return after, said


def placed(before: Work, after: Work) -> Work:
    """The desk with those facts named that another place's documents use: of where the project is now.

    What was said of them when they were read holds for the place the sheet named then.
    """
    outdated = {each.message for work in (before, after) for each in foreign(work.sheet)}
    stays = (each for each in after.issues if each.message not in outdated)
    return replace(after, issues=(*dict.fromkeys(stays), *foreign(after.sheet)))


def moved(before: Work, after: Work) -> str:
    """What a change of place means for the facts on the desk; "" where it stays, or was not known."""
    was, now = (work.sheet.value("jurisdiction") for work in (before, after))
    if was == now or not isinstance(was, str) or not isinstance(now, str):
        return ""
    unused = len(foreign(after.sheet))
    kept = f"有 {unused} 项只用于其他地方的文件，仍保留在表里，不用于判断。" if unused else "事实都保留。"
    return f"所属辖区由{name_of(was)}改为{name_of(now)}，{kept}"
