"""ClauseIndex: open, search, add, remove. All a doorway or the assistant needs of this package.

files ──ingest──► catalog (truth) ──generations──► index on disk (store) ──► snapshot ──► hits
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from indexing.catalog import Catalog
from indexing.drafts import DraftStore
from indexing.embedding import EncodingProgress
from indexing.errors import CorpusError, RerankerUnavailable, StaleIndex
from indexing.fingerprints import parser_fingerprint
from indexing.fusion import Source
from indexing.generations import Generations, Models
from indexing.home import Home, open_home
from indexing.ingest import FileReport, Outcome, Progress, ingest_paths, reread
from indexing.library import Library
from indexing.models import configured_encoder, configured_reranking
from indexing.phrasings import read_phrasings, save_phrasings
from indexing.reranking import RerankPlan
from indexing.respelling import Respelled
from indexing.settings import Settings
from indexing.shipped import ingest_shipped, pending_files
from indexing.snapshot import SearchRequest
from indexing.types import (
    Clause,
    ClauseHit,
    Document,
    Encoder,
    Found,
    Metadata,
    OffsetMap,
    SearchFilter,
    SearchMode,
)

_NO_FILTER = SearchFilter()


class ClauseIndex:
    """The library of one home, searchable. Safe to search from several threads.

    Changes made by another process are noticed at the next call. `notices` holds what
    a user should know: what was left out, could not be read, or could not be saved.
    """

    def __init__(
        self, settings: Settings, home: Home, catalog: Catalog, models: Models, progress: EncodingProgress
    ) -> None:
        self._settings = settings
        self._home = home
        self._catalog = catalog
        self._phrasings = read_phrasings((settings.corpus, settings.home))
        self._generations = Generations(home, catalog, models, self._phrasings, progress)
        self._encoder = models.encoder
        self._remarks: list[str] = []  # of the documents; made anew by each refresh
        self._standing: tuple[str, ...] = ()
        self._lacked: tuple[str, ...] = ()

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        encoder: Encoder | None = None,
        reranking: RerankPlan | None = None,
        ready: bool = True,
        on_encoding: EncodingProgress = lambda *_: None,
    ) -> Self:
        """The index of `settings.home`, made ready: filled when new, rebuilt when stale or damaged.

        An encoder that fails while it is needed does not keep the index from opening: what it
        lacks is searched by words, and `notices` says so. So does a reranker that is not there.

        Args:
            settings: where home and corpus are.
            encoder: instead of the one the settings name.
            reranking: instead of what the settings name.
            ready: False for a caller whose next step is `refresh`, which does all of this
                and reports on each file.
            on_encoding: told how many of how many new sentences have their vector.

        Raises:
            HomeUnusable: the home cannot be read, or holds nothing and cannot be written.
            HomeBusy: it must be changed and another process holds it.
            EncoderMismatch: what the settings name is no model that can be run here.
            SettingsError: settings of the encoder contradict each other.
            IndexingError: the catalog is damaged or from a newer program.
        """
        home = open_home(settings.home, settings.lock_timeout_s)
        encoder = encoder or configured_encoder(settings)
        standing: tuple[str, ...] = ()
        try:
            reranking = reranking or configured_reranking(settings)
        except RerankerUnavailable as exc:
            standing = (f"{str(exc).rstrip('。')}；现在不重排。",)
        index = cls(settings, home, Catalog.open(home), Models(encoder, reranking), on_encoding)
        index._standing = standing
        try:
            if ready:
                index._catch_up()
                index._generations.current()
        except BaseException:
            index.close()
            raise
        return index

    def close(self) -> None:
        """Release the catalog; the index must not be used afterwards."""
        self._generations.close()
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """Chinese sentences: damaged documents, shipped files not taken in, an index not saved or not whole.

        What the latest search had to do without stands last.
        """
        said = (
            *self._standing,
            *self._remarks,
            *self._generations.notices,
            *self._generations.current().library.problems.values(),
            *self._lacked,
        )
        return tuple(dict.fromkeys(said))

    @property
    def home(self) -> Home:
        """Where this library is kept."""
        return self._home

    @property
    def corpus(self) -> Path:
        """What ships with the program."""
        return self._settings.corpus

    @property
    def encoder(self) -> Encoder:
        """What makes the sentence vectors."""
        return self._encoder

    @property
    def is_complete(self) -> bool:
        """Whether every sentence has its vector, made by the encoder in use."""
        return not self._generations.current().notices

    def warm_up(self) -> None:
        """Load the models before the first question waits for them; what fails is said when it is asked."""
        self._generations.current().warm_up()

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
        """The hits of `find_clauses`; what they had to do without is in `notices` until the next search."""
        return self.find_clauses(query, top_k=top_k, mode=mode, filters=filters, weights=weights).hits

    def find_clauses(
        self,
        query: str,
        *,
        top_k: int = 10,
        mode: SearchMode = SearchMode.HYBRID,
        filters: SearchFilter = _NO_FILTER,
        weights: Mapping[Source, float] | None = None,
    ) -> Found:
        """The units that answer `query` best, best first; equal scores in order of clause_id.

        No hit encloses another; the narrower place inside a hit is its `focus`.

        Args:
            query: the question as asked; a blank one, or one without a known term, finds nothing.
            top_k: at most this many; 0 or less gives none.
            mode: which of the derived indexes is asked.
            filters: restricts documents and parts; with `as_of`, documents not in force
                that day are left out, those without dates stay.
            weights: of the signals, the learned ones when None; a signal left out is not asked
                (ablations).

        Returns:
            The hits, and what a user should know: words read otherwise than typed (`respelled`), an
            encoder or reranker the search had to do without.
        """
        if not query.strip() or top_k <= 0:
            return Found(())
        request = SearchRequest(query, top_k, mode, filters, weights)
        try:
            found = self._generations.current().search(request)
        except StaleIndex:  # another process put a new generation in its place just now
            self._generations.forget()
            found = self._generations.current().search(request)
        self._lacked = found.notices
        return found

    def rankings(
        self,
        query: str,
        weightings: Sequence[Mapping[Source, float]],
        *,
        top_k: int = 10,
        filters: SearchFilter = _NO_FILTER,
    ) -> tuple[tuple[str, ...], ...]:
        """The clause_ids `search` would find under each of several weightings, best first; no reranker.

        Each signal is asked once, so that ablations of a whole question set take little longer than one run.
        """
        request = SearchRequest(query, top_k, SearchMode.HYBRID, filters)
        return self._generations.current().rankings(request, weightings)

    def respelled(self, text: str) -> Respelled:
        """A question as the search reads it: simplified, pinyin and slips as words the library has.

        `find_clauses` does this by itself and says so in `Found.notices`; who reads the question
        otherwise too must read the same. Reading twice changes nothing more.
        """
        return self._generations.current().respelled(text)

    def says(self, word: str) -> bool:
        """Whether a document has a word that names something, so that a slip may be read as it."""
        return self._generations.current().says(word)

    def aligned(self, query: str, passages: Sequence[str]) -> list[float]:
        """The share of `query` that each of `passages` says word by word, 0–1, in their order.

        A word is said by itself, by what the thesaurus calls it, or by a near word as far as it is near.
        """
        return self._generations.current().aligned(query, passages)

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
        self._lacked = ()
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
