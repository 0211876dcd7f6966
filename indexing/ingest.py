"""From files to the catalog, one report a file; a bad file never stops the others.

Every document is stored in its own transaction, so what was reported is kept even when
the process dies at the next file. The index follows once, at the end (`indexing.index`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from indexing.catalog import Catalog
from indexing.catalog_types import Change, Origin, Source, Stored
from indexing.errors import ClauseParseError, CorpusError
from indexing.files import find_files, read_file
from indexing.fingerprints import parser_fingerprint
from indexing.sqlite import sha256
from indexing.titles import titled

if TYPE_CHECKING:
    from indexing.documents import ParsedDocument

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UPDATED = "updated"
    EXISTS = "exists"
    SKIPPED = "skipped"  # met in a folder and left alone, with a reason
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What happened to one file; `message` is a Chinese sentence for the user."""

    path: Path
    outcome: Outcome
    message: str
    doc_id: str | None = None
    title: str | None = None
    version: int | None = None
    n_clauses: int = 0
    n_units: int = 0
    warnings: tuple[str, ...] = ()  # gaps, duplicates … the parser noticed


Progress = Callable[[FileReport], None]


def ingest_paths(
    catalog: Catalog, paths: Sequence[Path], max_bytes: int, progress: Progress
) -> tuple[FileReport, ...]:
    """Store the files and folders a user names.

    Args:
        catalog: its home is locked by the caller.
        paths: files, or folders that are searched for .txt and .md.
        max_bytes: larger files are refused.
        progress: called with each report as soon as its file is done.

    Returns:
        One report for each file, in the order met.
    """
    reports: list[FileReport] = []
    for found in find_files(paths):
        if found.skipped:
            report = FileReport(found.path, Outcome.SKIPPED, found.skipped)
        else:
            report = ingest_file(catalog, found.path, max_bytes)
        reports.append(report)
        progress(report)
    return tuple(reports)


def ingest_file(
    catalog: Catalog,
    path: Path,
    max_bytes: int,
    *,
    origin: Origin = Origin.ADDED,
    expected_sha256: str | None = None,
    source_url: str | None = None,
) -> FileReport:
    """Store one file; whatever is wrong with it is in the report.

    Args:
        catalog: its home is locked by the caller.
        path: the file.
        max_bytes: a larger one is refused.
        origin: who brings it.
        expected_sha256: refuse the file when its bytes have another hash.
        source_url: where it was published, if known.
    """
    try:
        data = read_file(path, max_bytes)
        if expected_sha256 not in {None, sha256(data)}:
            message = f"随附文件 {path.name} 与清单中的校验和不符，可能已被改动，请重新安装策问。"
            return FileReport(path, Outcome.FAILED, message)
        known = catalog.holding(sha256(data))
        if known:
            return _exists(path, known)
        parsed = _parse(data, path.name, source_url)
    except CorpusError as exc:
        return FileReport(path, Outcome.FAILED, _naming(path, str(exc)))
    return _store(catalog, path, parsed, data, origin)


def reread(catalog: Catalog, *, damaged: Sequence[str] = ()) -> tuple[FileReport, ...]:
    """Read again, from the stored originals, what an older parser read or what is damaged.

    A document keeps its version number; its clauses are replaced.

    Args:
        catalog: its home is locked by the caller.
        damaged: ids of documents whose rows are known to be damaged.

    Returns:
        A report for each document read again or not readable again, ordered by doc_id.
    """
    parser = parser_fingerprint()
    reports: list[FileReport] = []
    for source in catalog.sources():
        if source.parser != parser or source.doc_id in damaged:
            reports.append(_reread(catalog, source, parser))
    return tuple(reports)


def _reread(catalog: Catalog, source: Source, parser: str) -> FileReport:
    path = Path(source.name or source.doc_id)
    original = catalog.original(source.sha256) if source.sha256 else None
    if original is None:
        message = f"文件 {source.doc_id} 保存的原件已损坏，请用 cewen remove 移除后重新添加。"
        return FileReport(path, Outcome.FAILED, message, doc_id=source.doc_id)
    try:
        parsed = _parse(original, path.name, source.url)
    except CorpusError as exc:
        return FileReport(path, Outcome.FAILED, _naming(path, str(exc)), doc_id=source.doc_id)
    doc_id = catalog.replace(source.doc_id, parsed, original, parser)
    message = f"已从原件重新读取{titled(parsed.document.title)}。"
    return _report(path, Outcome.UPDATED, message, parsed, doc_id=doc_id, version=source.version)


def _parse(data: bytes, name: str, source_url: str | None) -> ParsedDocument:
    """`read_document`, with a fault of our own in it turned into a report on this one file.

    A parser bug must not cost the user the other files, and it is not hidden: the report
    names it and the log has the trace.

    Raises:
        CorpusError: no clauses could be made of the bytes.
    """
    from indexing.documents import read_document  # a question needs no parser, and its patterns take 60 ms

    try:
        return read_document(data, name, source_url=source_url)
    except CorpusError:
        raise
    except Exception as exc:
        logger.exception("parser failed on %s", name)
        raise ClauseParseError(
            f"{name} 未能入库：解析程序出错（{type(exc).__name__}），请把该文件反馈给维护者。"
        ) from exc


def _store(catalog: Catalog, path: Path, parsed: ParsedDocument, data: bytes, origin: Origin) -> FileReport:
    stored = catalog.add(parsed, data, origin=origin, parser=parser_fingerprint())
    if stored.change is Change.EXISTS:
        return _exists(path, stored)
    title, number = parsed.document.title, parsed.document.document_number
    named = titled(title) + (f"（{number}）" if number else "")
    if stored.change is Change.REFUSED:
        message = (
            f"随附文件{named}此前已被移除，不再自动入库；要恢复全部随附文件，请运行 cewen index --restore。"
        )
        return FileReport(path, Outcome.SKIPPED, message, doc_id=stored.doc_id, title=title)
    message = f"已入库：{named}，{len(parsed.clauses)} 个条款。"
    if stored.change is Change.UPDATED:
        message = (
            f"已更新为版本 {stored.version}：{named}，{len(parsed.clauses)} 个条款；旧版本保留，不再检索。"
        )
    outcome = Outcome(stored.change.value)
    report = _report(path, outcome, message, parsed, doc_id=stored.doc_id, version=stored.version)
    namesake = parsed.document.doc_id
    if stored.change is not Change.ADDED or stored.doc_id == namesake:
        return report
    warning = f"全文：与文库中的 {namesake} 同名而内容不同，作为另一份文件入库；若是其新版本，请移除旧的。"
    return replace(report, warnings=(warning, *report.warnings))


def _report(
    path: Path, outcome: Outcome, message: str, parsed: ParsedDocument, *, doc_id: str, version: int
) -> FileReport:
    return FileReport(
        path,
        outcome,
        message,
        doc_id=doc_id,
        title=parsed.document.title,
        version=version,
        n_clauses=len(parsed.clauses),
        n_units=sum(clause.is_unit for clause in parsed.clauses),
        warnings=tuple(f"{issue.path or '全文'}：{issue.detail}" for issue in parsed.issues),
    )


def _exists(path: Path, stored: Stored) -> FileReport:
    doc_id, version, current = stored.doc_id, stored.version, stored.current_version
    message = f"{path.name} 已存在：与文库中的 {doc_id} 相同，未作改动。"
    if version != current:
        message = (
            f"{path.name} 已存在：与文库中 {doc_id} 的旧版本 {version} 相同（当前为版本 {current}），"
            f"未作改动；要改用它，请先用 cewen remove 移除 {doc_id} 再添加。"
        )
    return FileReport(path, Outcome.EXISTS, message, doc_id=doc_id, version=version)


def _naming(path: Path, message: str) -> str:
    """`message` with the file's name in front unless it is already in it."""
    return message if path.name in message else f"{path.name}：{message}"
