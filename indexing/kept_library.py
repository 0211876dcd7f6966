"""KeptLibrary: the documents of one home, looked up and changed; `ClauseIndex` adds the search.

files ──ingest──► catalog (truth) ──generations──► index on disk
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from indexing.catalog import Catalog
from indexing.drafts import DraftStore
from indexing.embedding import EncodingProgress
from indexing.errors import CorpusError
from indexing.fingerprints import parser_fingerprint
from indexing.generations import Generations, Models
from indexing.home import Home
from indexing.ingest import FileReport, Outcome, Progress, ingest_paths, reread
from indexing.library import Library
from indexing.phrasings import read_phrasings, save_phrasings
from indexing.settings import Settings
from indexing.shipped import ingest_shipped, pending_files
from indexing.types import Clause, Document, Metadata, OffsetMap


class KeptLibrary:
    """Documents of one home and how people may ask for their clauses; the index follows every change."""

    def __init__(
        self, settings: Settings, home: Home, catalog: Catalog, models: Models, progress: EncodingProgress
    ) -> None:
        self._settings = settings
        self._home = home
        self._catalog = catalog
        self._phrasings = read_phrasings((settings.corpus, settings.home))
        self._generations = Generations(home, catalog, models, self._phrasings, progress)
        self._remarks: list[str] = []  # of the documents; made anew by each refresh

    @property
    def home(self) -> Home:
        """Where this library is kept."""
        return self._home

    @property
    def corpus(self) -> Path:
        """What ships with the program."""
        return self._settings.corpus

    # Looking up

    def documents(self) -> tuple[Document, ...]:
        """Every current document that can be read, ordered by doc_id; the others are in `notices`."""
        return tuple(shelved.document for shelved in self._generations.current().library.all())

    def document(self, doc_id: str) -> Document | None:
        """The current version of a document, None when there is none or it is damaged."""
        shelved = self._generations.current().library.shelved(doc_id)
        return shelved.document if shelved else None

    def clauses(self, doc_id: str | None = None) -> tuple[Clause, ...]:
        """Clauses of one document or of all, parents before children; empty for an unknown one."""
        library = self._generations.current().library
        wanted = library.all() if doc_id is None else [library.shelved(doc_id)]
        return tuple(clause for shelved in wanted if shelved for clause in shelved.clauses.values())

    def clause(self, doc_id: str, path: str) -> Clause | None:
        """The clause at an address, None when there is none."""
        shelved = self._generations.current().library.shelved(doc_id)
        return shelved.clauses.get(path) if shelved else None

    def versions(self, doc_id: str) -> tuple[int, ...]:
        """The versions kept of a document, oldest first; empty for an unknown one."""
        return self._catalog.versions(doc_id)

    def version(self, doc_id: str, version: int | None = None) -> tuple[Document, tuple[Clause, ...]]:
        """A document as it was in one version, and its clauses.

        Args:
            doc_id: its id.
            version: None for the current one.

        Raises:
            UnknownDocument: there is no such document or version.
            DamagedRecord: what is stored of it is damaged.
        """
        record = self._catalog.load(doc_id, version)
        return record.document, record.clauses

    def find(self, name: str) -> str:
        """The doc_id of the document a user calls `name`: id, 文号 or title.

        Raises:
            UnknownDocument: none or several go by that name; close ones are listed.
        """
        return self._catalog.find(name)

    @property
    def drafts(self) -> DraftStore:
        """The drafts kept in the same home; they are no part of what is searched."""
        return self._catalog.drafts

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
                self._follow()  # also for what was stored before an interruption

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
            self._follow()
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
            self._follow()
        return (*shipped, *repaired)

    def phrasings_of(self, clause: Clause) -> tuple[str, ...]:
        """How people might ask for a clause, as far as anybody wrote it down; empty for most."""
        return self._phrasings.of(clause.text_hash)

    def add_phrasings(self, doc_id: str, written: Mapping[str, Sequence[str]], author: str) -> None:
        """Keep what `author` wrote for clauses of a document (path → phrasings), searched from now on.

        What was kept before stays for clauses not written anew. Paths the document lacks are left out.

        Raises:
            HomeUnusable: the home cannot be written.
            HomeBusy: another process is changing it.
        """
        with self._home.lock():
            kept = read_phrasings((self._settings.home,))
            said = [(each, written.get(each.path, kept.of(each.text_hash))) for each in self.clauses(doc_id)]
            save_phrasings(self._home.path, doc_id, [pair for pair in said if pair[1]], author)
            self._phrasings = read_phrasings((self._settings.corpus, self._settings.home))
            self._generations.rephrase(self._phrasings)
            self._follow()

    def _follow(self) -> None:
        """The index after the catalog; the home is locked by the caller."""
        self._generations.replace()

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


def _failures(reports: Iterable[FileReport]) -> list[str]:
    return [report.message for report in reports if report.outcome is Outcome.FAILED]


def _unreadable(doc_id: str) -> Document:
    """What stands for a removed document whose record was damaged beyond reading."""
    return Document(doc_id, 0, Metadata(), "", OffsetMap("utf-8", ()), "", doc_id)
