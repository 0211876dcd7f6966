"""ClauseIndex: open and search. With what `KeptLibrary` does, all a doorway or the assistant needs of us.

files ──ingest──► catalog (truth) ──generations──► index on disk (store) ──► snapshot ──► hits
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from indexing.catalog import Catalog
from indexing.embedding import EncodingProgress
from indexing.errors import RerankerUnavailable, StaleIndex
from indexing.fusion import Source
from indexing.generations import Models
from indexing.home import Home, open_home
from indexing.kept_library import KeptLibrary
from indexing.models import configured_encoder, configured_reranking
from indexing.reranking import RerankPlan
from indexing.respelling import Respelled
from indexing.settings import Settings
from indexing.snapshot import SearchRequest
from indexing.types import ClauseHit, Encoder, Found, SearchFilter, SearchMode

_NO_FILTER = SearchFilter()


class ClauseIndex(KeptLibrary):
    """The library of one home, searchable. Safe to search from several threads.

    Changes made by another process are noticed at the next call. `notices` holds what
    a user should know: what was left out, could not be read, or could not be saved.
    """

    def __init__(
        self, settings: Settings, home: Home, catalog: Catalog, models: Models, progress: EncodingProgress
    ) -> None:
        super().__init__(settings, home, catalog, models, progress)
        self._encoder = models.encoder
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

    def _follow(self) -> None:
        self._lacked = ()
        super()._follow()
