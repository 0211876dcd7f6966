"""The library as a command sees it: opened with the options given."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from ui.logs import log_to
from ui.usage import CallerMistake, Session, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date
    from pathlib import Path

    import typer

    from assistant.service import PolicyAssistant
    from indexing.index import ClauseIndex
    from indexing.settings import Settings
    from indexing.types import SearchFilter
    from ui.addresses import DocumentLookup


_SPEAK_EVERY_S = 3.0


def settings_of(ctx: typer.Context, *, home: Path | None, corpus: Path | None, **flags: object) -> Settings:
    """The settings of this invocation; what stands after the command wins over what stands before it.

    They are also left in the session, where an error report looks for the home.

    Raises:
        SettingsError: a flag, the environment or config.toml has a wrong value.
        CallerMistake: `--corpus` names a folder that holds no corpus.
    """
    from indexing.settings import load_settings

    session = ctx.find_root().ensure_object(Session)
    session.home, session.corpus = home or session.home, corpus or session.corpus
    flags |= {"home": session.home, "corpus": session.corpus}
    session.settings = load_settings(session.flags | {k: v for k, v in flags.items() if v is not None})
    if session.corpus is not None:
        _require_corpus(session.settings.corpus)
    log_to(session.settings.home)
    return session.settings


def _require_corpus(corpus: Path) -> None:
    """Return when the folder typed after `--corpus` is one; a wrong one in a file is only a notice."""
    from indexing.files import is_folder
    from indexing.shipped import DOCUMENTS_DIR

    if not is_folder(corpus / DOCUMENTS_DIR):
        raise CallerMistake(
            f"--corpus 所指的 {corpus} 中没有 {DOCUMENTS_DIR} 文件夹，请改为含有它的文库目录。"
        )


def open_index(ctx: typer.Context, settings: Settings, *, ready: bool = True) -> ClauseIndex:
    """The index, built first where it is missing or stale; closed when the command ends.

    What a user should know about it (damaged documents, an index that could not be
    saved) is said on standard error. With `ready=False` nothing is built and nothing
    said: the command itself refreshes the index and reports.
    """
    from indexing.index import ClauseIndex

    index = ClauseIndex.open(settings, ready=ready, on_encoding=EncodingReport())
    ctx.call_on_close(index.close)
    if ready:
        say_notices(index)
    return index


def open_assistant(ctx: typer.Context, settings: Settings) -> PolicyAssistant:
    """The assistant over the same index; see `open_index`."""
    from assistant.service import PolicyAssistant

    assistant = PolicyAssistant.open(settings, on_encoding=EncodingReport())
    ctx.call_on_close(assistant.index.close)
    say_notices(assistant.index)
    return assistant


class EncodingReport:
    """Says how far the vectors are while a slow model makes them; a quick one is done before it speaks."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._spoke = clock()

    def __call__(self, done: int, total: int) -> None:
        """Told after each chunk; speaks every few seconds."""
        if done < total and self._clock() - self._spoke >= _SPEAK_EVERY_S:
            self._spoke = self._clock()
            say(f"正在计算句向量：{done}/{total}（可随时中断，已算好的会保留）……")


class Told:
    """Notices a user has read already; a batch would repeat them with every line."""

    def __init__(self, told: Collection[str]) -> None:
        self._told = set(told)

    def say_new(self, notices: Collection[str]) -> None:
        """Say those that are new, on standard error."""
        for notice in notices:
            if notice not in self._told:
                self._told.add(notice)
                say(f"注意：{notice}")


def say_notices(index: ClauseIndex, *, told: Collection[str] = ()) -> None:
    """Tell the user what was left out of the library, and why; not again what was `told` already."""
    for notice in index.notices:
        if notice not in told:
            say(f"注意：{notice}")


def lookup_in(index: ClauseIndex) -> DocumentLookup:
    """doc_id → document, each fetched from the index once."""
    return cache(index.document)


def filters_for(index: ClauseIndex, city: str | None, part: str | None, as_of: date | None) -> SearchFilter:
    """What `--city`, `--part` and `--as-of` let through; see `assistant.filtering`.

    Raises:
        UnknownFilter: there is no such place or part, or several places of that name.
    """
    from assistant import filtering

    return filtering.filters_for(index, city, part, as_of)
