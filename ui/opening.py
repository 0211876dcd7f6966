"""The library as a command sees it: opened with the options given."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from indexing.types import SearchFilter
from ui.logs import log_to
from ui.usage import CallerMistake, Session, say

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import typer

    from assistant.service import PolicyAssistant
    from indexing.index import ClauseIndex
    from indexing.settings import Settings
    from ui.rendering import DocumentLookup


def settings_of(ctx: typer.Context, *, home: Path | None, corpus: Path | None, **flags: object) -> Settings:
    """The settings of this invocation; what stands after the command wins over what stands before it.

    They are also left in the session, where an error report looks for the home.

    Raises:
        SettingsError: a flag, the environment or config.toml has a wrong value.
    """
    from indexing.settings import load_settings

    session = ctx.find_root().ensure_object(Session)
    session.home = home or session.home
    flags |= {"home": session.home, "corpus": corpus or session.corpus}
    session.settings = load_settings(flags)
    log_to(session.settings.home)
    return session.settings


def open_index(ctx: typer.Context, settings: Settings) -> ClauseIndex:
    """The index, built first where it is missing or stale; closed when the command ends.

    What a user should know about it (damaged documents, an index that could not be
    saved) is said on standard error.
    """
    from indexing.index import ClauseIndex

    index = ClauseIndex.open(settings)
    ctx.call_on_close(index.close)
    say_notices(index)
    return index


def open_assistant(ctx: typer.Context, settings: Settings) -> PolicyAssistant:
    """The assistant over the same index; see `open_index`."""
    from assistant.service import PolicyAssistant

    assistant = PolicyAssistant.open(settings)
    ctx.call_on_close(assistant.index.close)
    say_notices(assistant.index)
    return assistant


def say_notices(index: ClauseIndex) -> None:
    """Tell the user what was left out of the library, and why."""
    for notice in index.notices:
        say(f"注意：{notice}")


def lookup_in(index: ClauseIndex) -> DocumentLookup:
    """doc_id → document, each fetched from the index once."""
    return cache(index.document)


def filters_for(index: ClauseIndex, city: str | None, as_of: date | None) -> SearchFilter:
    """What `--city` and `--as-of` let through.

    A district stands for the city whose documents the library holds; a place without
    documents stays itself, so that nothing of another place is returned.

    Raises:
        CallerMistake: `city` names no place, or one name shared by several.
    """
    if city is None:
        return SearchFilter(as_of=as_of)
    from indexing.jurisdictions import library_jurisdiction

    held = {one for document in index.documents() if (one := document.metadata.jurisdiction)}
    codes = (library_jurisdiction(code, held) or code for code in _place_codes(city))
    return SearchFilter(jurisdictions=tuple(dict.fromkeys(codes)), as_of=as_of)


def _place_codes(city: str) -> list[str]:
    from indexing.jurisdictions import NATION, find_places, lineage

    name = city.strip()
    if name in {"国家", "全国", "中央", NATION}:
        return [NATION]
    if len(name) == len(NATION) and name.isascii() and name.isdecimal():
        return [name]
    mentions = find_places(name)
    if any(len(mention.codes) > 1 for mention in mentions):
        raise CallerMistake(f"“{city}”有多处同名，请连同上级地区一起写，例如：杭州市西湖区。")
    if not mentions:
        raise CallerMistake(f"不认识“{city}”这个地区，请写地名，例如：北京、杭州市、余杭区，或写“国家”。")
    codes = [mention.codes[0] for mention in mentions]
    above = {step for code in codes for step in lineage(code)[1:]}
    return [code for code in codes if code not in above]
