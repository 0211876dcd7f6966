"""ClauseIndex: open, search, add, remove. All a doorway or the assistant needs of this package.

files ──ingest──► catalog (truth) ──building──► generation on disk (store) ──► snapshot ──► hits
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from indexing import store
from indexing.building import build, encoding_facts, facts
from indexing.catalog import Catalog
from indexing.encoder import load_encoder
from indexing.errors import CorpusError, StaleIndex
from indexing.fingerprints import parser_fingerprint
from indexing.fusion import Source
from indexing.home import Home, open_home
from indexing.ingest import FileReport, Outcome, Progress, ingest_paths, reread
from indexing.library import Library
from indexing.phrasings import read_phrasings
from indexing.settings import Settings
from indexing.shipped import ingest_shipped, pending_files
from indexing.snapshot import Snapshot
from indexing.types import Clause, ClauseHit, Document, Encoder, Metadata, OffsetMap, SearchFilter, SearchMode
from indexing.weights import fusion_weights

logger = logging.getLogger(__name__)

_NO_FILTER = SearchFilter()


class ClauseIndex:
    """The library of one home, searchable. Safe to search from several threads.

    Changes made by another process are noticed at the next call. `notices` holds what
    a user should know: what was left out, could not be read, or could not be saved.
    """

    def __init__(self, settings: Settings, home: Home, catalog: Catalog, encoder: Encoder) -> None:
        self._settings = settings
        self._home = home
        self._catalog = catalog
        self._encoder = encoder
        self._phrasings = read_phrasings((settings.corpus, settings.home))
        self._opening = threading.Lock()
        self._remarks: list[str] = []
        self._pointer = ""
        self._snapshot: Snapshot | None = None

    @classmethod
    def open(cls, settings: Settings, *, encoder: Encoder | None = None, ready: bool = True) -> Self:
        """The index of `settings.home`, made ready: filled when new, rebuilt when stale or damaged.

        Args:
            settings: where home and corpus are.
            encoder: instead of the one the settings name.
            ready: False for a caller whose next step is `refresh`, which does all of this
                and reports on each file.

        Raises:
            HomeUnusable: the home cannot be read, or holds nothing and cannot be written.
            HomeBusy: it must be changed and another process holds it.
            EncoderMismatch: the encoder's folder holds no usable model.
            IndexingError: the catalog is damaged or from a newer program.
        """
        home = open_home(settings.home, settings.lock_timeout_s)
        encoder = encoder or load_encoder(settings.encoder)
        index = cls(settings, home, Catalog.open(home), encoder)
        try:
            if ready:
                index._catch_up()
                index._current()
        except BaseException:
            index.close()
            raise
        return index

    def close(self) -> None:
        """Release the catalog; the index must not be used afterwards."""
        self._snapshot = None
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def encoder(self) -> Encoder:
        """What makes this library's vectors."""
        return self._encoder

    @property
    def notices(self) -> tuple[str, ...]:
        """Chinese sentences: damaged documents, shipped files not taken in, an index not saved."""
        return (*self._remarks, *self._current().library.problems.values())

    # Asking

    def search(
        self,
        query: str,
        *,
        top_k: int = 10,
        mode: SearchMode = SearchMode.HYBRID,
        filters: SearchFilter = _NO_FILTER,
        weights: Mapping[Source, float] | None = None,
    ) -> tuple[ClauseHit, ...]:
        """The units that answer `query` best, best first; equal scores in order of clause_id.

        No hit encloses another; the narrower place inside a hit is its `focus`.

        Args:
            query: any text; a blank one, or one without a known term, finds nothing.
            top_k: at most this many; 0 or less gives none.
            mode: which of the derived indexes is asked.
            filters: restricts documents and parts; with `as_of`, documents not in force
                that day are left out, those without dates stay.
            weights: of the signals, the learned ones when None; a signal left out is not asked
                (ablations).
        """
        if not query.strip() or top_k <= 0:
            return ()
        weighed = fusion_weights() if weights is None else weights
        try:
            return self._current().search(query, top_k, mode, filters, weighed)
        except StaleIndex:  # another process put a new generation in its place just now
            self._pointer = ""
            return self._current().search(query, top_k, mode, filters, weighed)

    def aligned(self, query: str, passages: Sequence[str]) -> list[float]:
        """The share of `query` that each of `passages` says word by word, 0–1, in their order.

        A word is said by itself, by what the thesaurus calls it, or by a near word as far as it is near.
        """
        return self._current().aligned(query, passages)

    def documents(self) -> tuple[Document, ...]:
        """Every current document that can be read, ordered by doc_id; the others are in `notices`."""
        return tuple(shelved.document for shelved in self._current().library.all())

    def document(self, doc_id: str) -> Document | None:
        """The current version of a document, None when there is none or it is damaged."""
        shelved = self._current().library.shelved(doc_id)
        return shelved.document if shelved else None

    def clauses(self, doc_id: str | None = None) -> tuple[Clause, ...]:
        """Clauses of one document or of all, parents before children; empty for an unknown one."""
        library = self._current().library
        wanted = library.all() if doc_id is None else [library.shelved(doc_id)]
        return tuple(clause for shelved in wanted if shelved for clause in shelved.clauses.values())

    def clause(self, doc_id: str, path: str) -> Clause | None:
        """The clause at an address, None when there is none."""
        shelved = self._current().library.shelved(doc_id)
        return shelved.clauses.get(path) if shelved else None

    def find(self, name: str) -> str:
        """The doc_id of the document a user calls `name`: id, 文号 or title.

        Raises:
            UnknownDocument: none or several go by that name; close ones are listed.
        """
        return self._catalog.find(name)

    # Changing

    def add(self, paths: Sequence[Path], progress: Progress = lambda _: None) -> tuple[FileReport, ...]:
        """Take in files and folders; see `ingest_paths`. The index follows once, at the end.

        Raises:
            HomeUnusable: the home cannot be written, or its disk is full.
            HomeBusy: another process is changing it.
        """
        with self._home.lock():
            try:
                return ingest_paths(self._catalog, paths, self._settings.max_file_bytes, progress)
            finally:
                self._replace_snapshot()  # also for what was stored before an interruption

    def remove(self, doc: str) -> Document:
        """Take a document out with all its versions; what it was.

        Args:
            doc: its doc_id, 文号 or title.

        Raises:
            UnknownDocument: none or several go by that name; close ones are listed.
            HomeUnusable: the home cannot be written.
            HomeBusy: another process is changing it.
        """
        with self._home.lock():
            doc_id = self._catalog.find(doc)
            shelved = Library(self._catalog, self._catalog.state()).shelved(doc_id)
            self._catalog.remove(doc_id)
            self._replace_snapshot()
        return shelved.document if shelved else _unreadable(doc_id)

    def refresh(
        self, progress: Progress = lambda _: None, *, everything: bool = False
    ) -> tuple[FileReport, ...]:
        """Bring home up to date: new and changed shipped files, damaged documents, then the index.

        Args:
            progress: called with each report as soon as its file is done.
            everything: take in shipped documents again that the user removed.

        Returns:
            A report for each file that was read; empty when only the index was rebuilt.

        Raises:
            CorpusError: the shipped corpus or its manifest is missing or damaged.
            HomeUnusable: the home cannot be written.
            HomeBusy: another process is changing it.
        """
        with self._home.lock():
            if everything:
                self._catalog.forget_shipped()
            shipped = ingest_shipped(
                self._catalog, self._settings.corpus, self._settings.max_file_bytes, progress
            )
            self._catalog.note_filled()
            library = Library(self._catalog, self._catalog.state())
            library.all()
            repaired = reread(self._catalog, damaged=tuple(library.problems))
            for report in repaired:
                progress(report)
            self._remarks = _failures(shipped) + _failures(
                each
                for each in repaired
                if each.doc_id not in library.problems  # those speak for themselves
            )
            self._replace_snapshot()
        return (*shipped, *repaired)

    def _catch_up(self) -> None:
        """Before the first use: the shipped corpus into a new home, old readings read again."""
        if not self._home.writable:
            return
        try:
            if not self._catalog.is_filled():
                with self._home.lock():
                    self._fill()
            elif pending_files(self._catalog, self._settings.corpus):
                self._remarks.append("随附文库有新增、变动或未能入库的文件，请运行 cewen index。")
        except CorpusError as exc:
            self._remarks.append(str(exc))
        if any(source.parser != parser_fingerprint() for source in self._catalog.sources()):
            with self._home.lock():
                reports = reread(self._catalog)
            self._remarks += _failures(reports)

    def _fill(self) -> None:
        """The first pass over the shipped corpus, or the rest of one that was cut off."""
        if self._catalog.is_filled():  # another process did it while this one waited
            return
        max_bytes = self._settings.max_file_bytes
        reports = ingest_shipped(self._catalog, self._settings.corpus, max_bytes, lambda _: None)
        self._catalog.note_filled()
        self._remarks += _failures(reports)

    # The derived index

    def _current(self) -> Snapshot:
        """The snapshot of the generation on disk, opened again when another process replaced it."""
        with self._opening:
            if self._snapshot is None or store.read_pointer(self._home) != self._pointer:
                self._snapshot = self._open_snapshot()
            return self._snapshot

    def _open_snapshot(self) -> Snapshot:
        try:
            return self._load()
        except StaleIndex as stale:
            logger.info("index not usable: %s", stale)
            if not self._home.writable:
                return self._build_aside()
        with self._home.lock():
            try:
                return self._load()  # another process may have rebuilt it meanwhile
            except StaleIndex:
                return self._rebuild()

    def _load(self) -> Snapshot:
        """The current generation, checked to the last byte.

        Raises:
            StaleIndex: it does not belong to catalog and encoder, or is damaged.
        """
        pointer = store.read_pointer(self._home)
        state = self._catalog.state()
        generation = store.verified_generation(self._home, self._facts(state.corpus_hash))
        if not self._home.writable:
            # tantivy takes a lock file in the folder it reads
            generation = store.private_copy(generation, self._private_directory())
        snapshot = Snapshot(generation, Library(self._catalog, state), self._encoder)
        self._pointer = pointer
        return snapshot

    def _replace_snapshot(self) -> None:
        # Without `_opening`: a thread that holds it may be waiting for the home lock held here
        self._snapshot = self._rebuild()

    def _rebuild(self) -> Snapshot:
        """A new generation from the catalog; the home is locked by the caller."""
        state = self._catalog.state()
        shelved = Library(self._catalog, state).all()
        previous = self._previous()
        store.publish(
            self._home,
            lambda directory: build(directory, shelved, self._encoder, self._phrasings, previous),
            self._facts(state.corpus_hash),
        )
        return self._load()

    def _facts(self, corpus_hash: str) -> dict[str, str]:
        return facts(corpus_hash, self._encoder, self._phrasings)

    def _previous(self) -> Path | None:
        """A generation whose sentence vectors may be used again."""
        try:
            return store.verified_generation(self._home, encoding_facts(self._encoder))
        except StaleIndex:
            return None

    def _build_aside(self) -> Snapshot:
        """An index for this process alone, where the home cannot be written."""
        remark = f"数据目录 {self._home.path} 只读且索引已过期或损坏，本次改用临时索引，结果不会保存。"
        if remark not in self._remarks:
            self._remarks.append(remark)
        pointer = store.read_pointer(self._home)
        library = Library(self._catalog, self._catalog.state())
        directory = self._private_directory()
        build(directory, library.all(), self._encoder, self._phrasings)
        self._pointer = pointer
        return Snapshot(directory, library, self._encoder)

    def _private_directory(self) -> Path:
        """A directory only this user may enter (0700), removed when this index is gone."""
        directory = tempfile.mkdtemp(prefix="cewen-")
        weakref.finalize(self, shutil.rmtree, directory, ignore_errors=True)
        return Path(directory)


def _failures(reports: Iterable[FileReport]) -> list[str]:
    return [report.message for report in reports if report.outcome is Outcome.FAILED]


def _unreadable(doc_id: str) -> Document:
    """What stands for a removed document whose record was damaged beyond reading."""
    return Document(doc_id, 0, Metadata(), "", OffsetMap("utf-8", ()), "", doc_id)
