"""The documents that come with the program: `corpus/manifest.toml`, or every text in `corpus/documents`.

Read-only. A file is taken in once; a changed one becomes a new version; one the user
removed stays removed until `cewen index --restore`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from indexing.catalog import Catalog
from indexing.catalog_types import Origin
from indexing.errors import CorpusError
from indexing.files import find_files, is_folder
from indexing.ingest import FileReport, Outcome, Progress, ingest_file
from indexing.sqlite import sha256

DOCUMENTS_DIR, MANIFEST_NAME = "documents", "manifest.toml"


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """One document of the corpus; `sha256` is None without a manifest."""

    path: Path
    sha256: str | None = None
    url: str | None = None

    @property
    def file(self) -> str:
        """What the catalog remembers it by."""
        return self.path.name


def shipped_files(corpus: Path) -> tuple[ShippedFile, ...]:
    """What `corpus` ships, in the manifest's order, else by name; empty for an empty folder.

    Raises:
        CorpusError: there is no such folder, or its manifest is not what it should be.
    """
    documents = corpus / DOCUMENTS_DIR
    if not is_folder(documents):
        raise CorpusError(f"随附文库 {corpus} 中没有 documents 文件夹，请重新安装策问，或检查 CEWEN_CORPUS。")
    manifest = corpus / MANIFEST_NAME
    if _is_missing(manifest):
        return tuple(ShippedFile(found.path) for found in find_files([documents]) if not found.skipped)
    try:
        entries = tomllib.loads(manifest.read_text("utf-8"))["document"]
        return tuple(
            ShippedFile(documents / Path(entry["file"]).name, entry["sha256"], entry.get("url"))
            for entry in entries
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as exc:
        raise CorpusError(f"随附文库的清单 {manifest} 无法使用，请重新安装策问。") from exc


def pending_files(catalog: Catalog, corpus: Path) -> tuple[ShippedFile, ...]:
    """Shipped files the catalog has not dealt with: new, changed, or failed last time.

    Raises:
        CorpusError: as `shipped_files`.
    """
    known = catalog.shipped()
    return tuple(
        each
        for each in shipped_files(corpus)
        if each.file not in known or (each.sha256 or _sha256_of(each.path)) != known[each.file]
    )


def ingest_shipped(
    catalog: Catalog, corpus: Path, max_bytes: int, progress: Progress
) -> tuple[FileReport, ...]:
    """Take in the pending files of the shipped corpus; one report each, in order.

    Args:
        catalog: its home is locked by the caller.
        corpus: the shipped folder.
        max_bytes: larger files are refused.
        progress: called with each report as soon as its file is done.

    Raises:
        CorpusError: as `shipped_files`.
    """
    reports: list[FileReport] = []
    for each in pending_files(catalog, corpus):
        report = _ingest(catalog, each, max_bytes)
        reports.append(report)
        progress(report)
    return tuple(reports)


def _ingest(catalog: Catalog, shipped: ShippedFile, max_bytes: int) -> FileReport:
    if shipped.sha256 and _is_missing(shipped.path):
        message = f"随附文库的清单列有 {shipped.file}，但文件不在，请重新安装策问。"
        return FileReport(shipped.path, Outcome.FAILED, message)
    report = ingest_file(
        catalog,
        shipped.path,
        max_bytes,
        origin=Origin.SHIPPED,
        expected_sha256=shipped.sha256,
        source_url=shipped.url,
    )
    if report.outcome is not Outcome.FAILED and report.doc_id:  # a failed one is tried again next time
        catalog.note_shipped(shipped.file, shipped.sha256 or _sha256_of(shipped.path), report.doc_id)
    return report


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:  # there, but not for us; reading it will say why
        return False
    return False


def _sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a shipped file; "" for one that cannot be read, which its report will say."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""
