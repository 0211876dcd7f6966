"""Drafts with their versions: begun, saved, opened, put back. Over the catalog; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.drafting.arranging import put_back
from assistant.drafting.case import Case
from assistant.drafting.consistency import inconsistencies
from assistant.drafting.drafting import Polish, case_for, draft, redraft
from assistant.drafting.stored import Kept, from_text, to_text
from assistant.drafting.types import Draft, DraftSection, shown
from assistant.facts.types import FactSheet
from assistant.library import Library
from assistant.templates import ApplicationTemplate, find_template
from indexing.drafts import EVERYONE, DraftStore, Saved


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft on the desk: which version it is, its words, its facts."""

    draft_id: str
    version: int
    draft: Draft
    sheet: FactSheet
    overtaken: tuple[int, ...] = ()  # versions others saved between the one this was based on and this

    @property
    def title(self) -> str:
        """The document's title as it reads, blanks as they are shown."""
        return title_of(self.draft)


def title_of(made: Draft) -> str:
    """The title of a draft in one line."""
    return "".join(shown(each) for each in made.title)


class DraftBook:
    """The drafts of one home, over the library as it is now."""

    def __init__(self, store: DraftStore, library: Library) -> None:
        self.store = store
        self.library = library

    def begin(
        self,
        template: ApplicationTemplate,
        sheet: FactSheet,
        as_of: date,
        *,
        owner: str = EVERYONE,
        polish: Polish | None = None,
    ) -> Opened:
        """A new draft of every section, kept as version 1.

        Raises:
            WrongPlace: the template belongs to another place than the facts.
            HomeUnusable: the home cannot be written.
        """
        made = draft(template, sheet, self.library, as_of, polish=polish)
        saved = self.store.create(
            title=title_of(made),
            template_id=made.template_id,
            jurisdiction=made.jurisdiction,
            content=to_text(Kept(made, sheet)),
            owner=owner,
        )
        return Opened(saved.draft_id, saved.version, made, sheet)

    def open(self, draft_id: str, version: int | None = None) -> Opened:
        """A version, the newest for None, with its stale sections marked against the library as it is now.

        Raises:
            UnknownDraft: there is no such draft or version.
            DamagedRecord: it can no longer be read.
        """
        held = self.store.load(draft_id, version)
        kept = from_text(held.content or "")
        return Opened(draft_id, held.version, self._marked(kept.draft, kept.sheet), kept.sheet)

    def case(self, opened: Opened) -> Case:
        """The facts of a draft held against the rules as they are now."""
        return case_for(
            find_template(opened.draft.template_id), opened.sheet, self.library, opened.draft.as_of
        )

    def save(self, opened: Opened, note: str) -> Opened:
        """What is on the desk as another version.

        Raises:
            UnknownDraft, HomeUnusable: as for the store.
        """
        saved = self._keep(opened, note)
        return replace(opened, version=saved.version, overtaken=saved.overtaken)

    def with_section(self, opened: Opened, section: DraftSection, note: str) -> Opened:
        """A version in which one section stands as given."""
        sections = tuple(section if one.key == section.key else one for one in opened.draft.sections)
        return self.arranged(opened, replace(opened.draft, sections=sections), note)

    def arranged(self, opened: Opened, made: Draft, note: str) -> Opened:
        """A version with these sections in this order, looked at as a whole again."""
        whole = replace(made, breaches=inconsistencies(made, self.case(opened)))
        return self.save(replace(opened, draft=whole), note)

    def put_back(self, opened: Opened, key: str, note: str) -> Opened:
        """A version in which a section of the template that was taken out stands again, written anew.

        Raises:
            CannotArrange: it was not taken out.
        """
        template = find_template(opened.draft.template_id)
        there = replace(opened, draft=put_back(opened.draft, template, key))
        return self.rewritten(there, (key,), note)

    def delete(self, draft_id: str) -> int:
        """Forget a draft with every version; how many there were.

        Raises:
            UnknownDraft, HomeUnusable: as for the store.
        """
        return self.store.delete(draft_id)

    def with_facts(self, opened: Opened, sheet: FactSheet, note: str) -> Opened:
        """A version with other facts: sections that used a changed one are 已过时, none is rewritten."""
        return self.save(replace(opened, draft=self._marked(opened.draft, sheet), sheet=sheet), note)

    def rewritten(
        self,
        opened: Opened,
        keys: tuple[str, ...],
        note: str,
        *,
        polish: Polish | None = None,
        instructions: Mapping[str, str] | None = None,
    ) -> Opened:
        """A version in which the named sections are written again from the facts; locked ones stay."""
        template = find_template(opened.draft.template_id)
        made = redraft(
            opened.draft,
            template,
            opened.sheet,
            self.library,
            keys=keys,
            polish=polish,
            instructions=instructions,
        )
        return self.save(replace(opened, draft=made), note)

    def restore(self, draft_id: str, version: int) -> Opened:
        """An earlier version once more, as the newest; what came between stays in the history."""
        earlier = self.open(draft_id, version)
        newest = self.store.load(draft_id).version
        return self.save(replace(earlier, version=newest), f"恢复第{version}版")

    def _marked(self, made: Draft, sheet: FactSheet) -> Draft:
        return redraft(made, find_template(made.template_id), sheet, self.library, keys=())

    def _keep(self, opened: Opened, note: str) -> Saved:
        return self.store.save(
            opened.draft_id,
            to_text(Kept(opened.draft, opened.sheet)),
            title=opened.title,
            based_on=opened.version,
            note=note,
        )
