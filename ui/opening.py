"""The library as a command sees it: opened with the options given."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from indexing.types import SearchFilter
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
    """What `--city`, `--part` and `--as-of` let through.

    Raises:
        CallerMistake: `city` names no place, or one name shared by several; no document
            has a part called `part`.
    """
    return SearchFilter(
        jurisdictions=() if city is None else _jurisdictions(index, city),
        parts=() if part is None else (_known_part(index, part),),
        as_of=as_of,
    )


def _known_part(index: ClauseIndex, part: str) -> str:
    known = dict.fromkeys(clause.part for clause in index.clauses())
    if part.strip() not in known:
        offered = f"现有的是：{'、'.join(known)}" if known else "请先用 cewen add 添加文件"
        raise CallerMistake(f"文库里没有哪份文件有“{part}”这一部分，{offered}。")
    return part.strip()


def _jurisdictions(index: ClauseIndex, city: str) -> tuple[str, ...]:
    """The codes of the places named in `city`.

    A district stands for the city whose documents the library holds; a place without
    documents stays itself, so that nothing of another place is returned.
    """
    from indexing.jurisdictions import library_jurisdiction

    held = {one for document in index.documents() if (one := document.metadata.jurisdiction)}
    codes = (library_jurisdiction(code, held) or code for code in _place_codes(city))
    return tuple(dict.fromkeys(codes))


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
