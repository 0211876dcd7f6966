"""PolicyAssistant: all a doorway needs.

The only place that knows today's date; everything below takes `as_of`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering import answer_question
from assistant.filtering import filters_for
from assistant.judging import Evidence
from assistant.library import Library
from assistant.scopes import Desk
from assistant.sufficiency import shipped_sufficiency
from assistant.types import Answer
from assistant.writer import ExtractiveWriter, Writer
from indexing.embedding import EncodingProgress
from indexing.index import ClauseIndex
from indexing.settings import Settings
from indexing.types import ClauseHit, SearchFilter, SearchMode
from indexing.weights import retrieval_fingerprint


class _NotingSearcher:
    """The index for one question; remembers what its searches had to do without."""

    def __init__(self, index: ClauseIndex) -> None:
        self._index = index
        self.notices: dict[str, None] = {}  # in order, each once

    def search(
        self,
        query: str,
        *,
        top_k: int = 10,
        mode: SearchMode = SearchMode.HYBRID,
        filters: SearchFilter = SearchFilter(),  # noqa: B008 - frozen
    ) -> tuple[ClauseHit, ...]:
        """See `ClauseIndex.find_clauses`."""
        found = self._index.find_clauses(query, top_k=top_k, mode=mode, filters=filters)
        self.notices |= dict.fromkeys(found.notices)
        return found.hits


if TYPE_CHECKING:
    from assistant.comparing.passages import Readings
    from assistant.comparing.types import Comparison


class PolicyAssistant:
    """Answers questions and compares places from one library; safe to share between threads."""

    def __init__(self, index: ClauseIndex, writer: Writer | None = None) -> None:
        self.index = index
        self._writer = writer or ExtractiveWriter()
        self._lock = threading.Lock()
        self._library: tuple[tuple[tuple[str, int], ...], Library] | None = None
        self._readings: Readings | None = None

    @classmethod
    def open(cls, settings: Settings, *, on_encoding: EncodingProgress = lambda *_: None) -> PolicyAssistant:
        """An assistant over the library in `settings.home`, building what is missing.

        Args:
            settings: where home, corpus and models are.
            on_encoding: told how many of how many new sentences have their vector.

        Raises:
            IndexingError: the home cannot be used or another process is indexing.
            CorpusError: a shipped document cannot be read.
        """
        return cls(ClauseIndex.open(settings, on_encoding=on_encoding))

    def ask(self, question: str, *, as_of: date | None = None, filters: SearchFilter | None = None) -> Answer:
        """The answer from documents in force on `as_of` (today when None), within `filters`.

        Finding nothing is an answer (NO_BASIS), and so is a blank question.
        """
        chosen = filters or SearchFilter()
        day = as_of or chosen.as_of or date.today()
        searcher = _NotingSearcher(self.index)
        answer = answer_question(question, self._desk(searcher, replace(chosen, as_of=day), day))
        return replace(answer, notices=tuple(searcher.notices))

    def judged(self, question: str, as_of: date) -> tuple[tuple[Evidence, ...], ...]:
        """What `ask` judges on its way, by words alone: the clauses of each scope in the order of its hits.

        No learned model is heard, so that one can be learned from it.
        """
        seen: list[tuple[Evidence, ...]] = []
        desk = Desk(
            self._current(),
            _NotingSearcher(self.index),
            self._writer,
            SearchFilter(as_of=as_of),
            as_of,
            watch=lambda judged: seen.append(tuple(judged)),
        )
        answer_question(question, desk)
        return tuple(seen)

    def _desk(self, searcher: _NotingSearcher, filters: SearchFilter, day: date) -> Desk:
        model = shipped_sufficiency()
        fits = model.retrieval == retrieval_fingerprint(self.index.encoder)
        return Desk(self._current(), searcher, self._writer, filters, day, model if fits else None)

    def compare(
        self,
        topics: Sequence[str] = (),
        *,
        cities: Sequence[str] = (),
        documents: Sequence[str] = (),
        as_of: date | None = None,
    ) -> Comparison:
        """What the places or documents say to each topic, side by side, and each beside the nation.

        Args:
            topics: names of shipped topics or groups, or any text; all shipped topics when empty.
            cities: places by name, 国家 among them; all that the library holds when empty.
            documents: ids, 文号 or titles; without `cities` each is a column of its own, with them
                only these documents are read.
            as_of: the day the documents must be in force on, today when None; named ones always count.

        Raises:
            TopicError: a topic is blank or too long, or there are too many.
            ColumnError: fewer than two columns, too many, or one without documents.
            UnknownFilter: a city is no place, or one name shared by several.
            UnknownDocument: no document or several go by a name given.
        """
        # loaded here, so that `ask` starts without what only a comparison needs
        from assistant.comparing.columns import columns_of
        from assistant.comparing.matrix import Bench, compare
        from assistant.comparing.topics import choose_topics

        day, library = as_of or date.today(), self._current()
        chosen = choose_topics(topics)
        places = [code for city in cities for code in filters_for(self.index, city).jurisdictions]
        named = [library.find(document) for document in documents]
        columns, notes = columns_of(library, places, named, day)
        bench = Bench(self._read(library), self.index, day, has_named_documents=bool(named))
        return compare(chosen, columns, notes, bench)

    def _read(self, library: Library) -> Readings:
        """What was read of this state of the library so far, so that the next comparison is quick."""
        from assistant.comparing.passages import Readings

        with self._lock:
            if self._readings is None or self._readings.library is not library:
                self._readings = Readings(library)
            return self._readings

    def _current(self) -> Library:
        """The library as the index holds it now; read again only when a document changed."""
        documents = self.index.documents()
        state = tuple((document.doc_id, document.version) for document in documents)
        with self._lock:
            if self._library is None or self._library[0] != state:
                self._library = (state, Library(documents, self.index.clauses()))
            return self._library[1]
