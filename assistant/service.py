"""PolicyAssistant: all a doorway needs.

The only place that knows today's date; everything below takes `as_of`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answers.answering import answer_question
from assistant.answers.drafting_requests import drafting_notice
from assistant.conversing.conversation import Resolution, Turn, resolve, says_most
from assistant.filtering import filters_for
from assistant.judging.evidence import Evidence
from assistant.judging.sufficiency import shipped_sufficiency
from assistant.library import Library
from assistant.models.writer import ModelWriter, Show, WritingLog
from assistant.provenance import provenance
from assistant.questions.question import as_shown, understand
from assistant.questions.scopes import Desk
from assistant.questions.short_forms import spell_out
from assistant.types import Answer, AnswerStatus, Provenance
from assistant.writing.writer import ExtractiveWriter, Writer
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
    from assistant.comparing.reviews import Check
    from assistant.comparing.types import Comparison
    from assistant.differing.types import Differing
    from assistant.models.chat import ChatModel


def _without_answer(question: str, reason: str, day: date) -> Answer:
    """The answer to a text that asks nothing by itself."""
    return Answer(question, AnswerStatus.NO_BASIS, (), (reason,), (), (), day, (("total", 0.0),))


class PolicyAssistant:
    """Answers questions and compares places from one library; safe to share between threads."""

    def __init__(
        self,
        index: ClauseIndex,
        writer: Writer | None = None,
        *,
        chat: ChatModel | None = None,
        checks: bool = True,
    ) -> None:
        """`checks` has the model asked of each of its statements whether the clause supports it."""
        self.index = index
        self.chat = chat  # the language model configured; None where none is
        self._writer = writer or ExtractiveWriter()
        self._checks = checks
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
            SettingsError: the language model is named by half.
        """
        chat = None
        if settings.llm_url is not None or settings.llm_model is not None:
            from assistant.models.client import configured_chat

            chat = configured_chat(settings)
        return cls(
            ClauseIndex.open(settings, on_encoding=on_encoding), chat=chat, checks=settings.llm_check == "on"
        )

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        filters: SearchFilter | None = None,
        history: Sequence[Turn] = (),
        on_statement: Show = lambda _: None,
        cancel: threading.Event | None = None,
    ) -> Answer:
        """The answer from documents in force on `as_of` (today when None), within `filters`.

        Finding nothing is an answer (NO_BASIS), and so is a blank question. A question is read as
        `ClauseIndex.respelled` reads it, and `notices` says where that is not as typed. Behind `history`
        (the oldest turn first, `turn_of` makes one of an answer) 那上海呢 is completed; `Answer.resolved`
        then says what was answered.

        Where a language model is configured it writes, and `on_statement` is told of each of its statements
        as soon as it is verified; the answer that comes back may say more or less. `cancel`, set by
        another thread, makes the model stop.

        Raises:
            WriterCancelled: `cancel` was set while the model wrote.
        """
        chosen = filters or SearchFilter()
        day = as_of or chosen.as_of or date.today()
        searcher = _NotingSearcher(self.index)
        log = WritingLog(on_statement)
        desk = self._desk(searcher, replace(chosen, as_of=day), day)
        desk = replace(desk, writer=self._writer_of(log, cancel))
        meant = spell_out(self.index.respelled(question), desk.library)
        read = resolve(meant.text, history, desk.library)
        if read.problem is not None:
            return _without_answer(question, read.problem, day)
        near = replace(desk, near=frozenset(read.cited))
        chosen_reading = self._reading(read, near)
        answer = answer_question(chosen_reading, near)
        return replace(
            answer,
            question=as_shown(question),
            resolved=chosen_reading if read.is_followup or chosen_reading != read.question else None,
            notices=(
                *drafting_notice(chosen_reading, understand(chosen_reading, desk.library)),
                *meant.notices,
                *searcher.notices,
                *log.notices,
            ),
            rejected=(*log.rejected, *answer.rejected),
            provenance=self._provenance(desk.library, log),
        )

    def _reading(self, read: Resolution, desk: Desk) -> str:
        """The reading of a question whose answer speaks of most of it; the first where none finds anything.

        Tried without a language model, which is asked once alone.
        """
        readings = read.readings
        if len(readings) == 1:
            return read.question
        quiet = replace(desk, writer=self._writer)
        return readings[says_most(read, (answer_question(one, quiet) for one in readings))]

    def warm_up(self) -> None:
        """Load what a language model is asked with, so that the first question does not wait for it."""
        if self.chat is not None:
            self.chat.warm_up()

    def _writer_of(self, log: WritingLog, cancel: threading.Event | None) -> Writer:
        """The model's writer for one question where a model is configured, else the extractive one."""
        if self.chat is None:
            return self._writer
        return ModelWriter(self.chat, self._writer, log, check=self._checks, cancel=cancel)

    def _provenance(self, library: Library, log: WritingLog) -> Provenance:
        """What an answer was made with: the library as it stands, and who wrote."""
        retrieval = retrieval_fingerprint(self.index.encoder)
        writers = (type(self._writer).__name__, *log.writers)
        return provenance(library.documents, retrieval, "+".join(writers))

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
        answer_question(self.index.respelled(question).text, desk)
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
        codes: Sequence[str] = (),
        as_of: date | None = None,
        reviewed: bool = True,
    ) -> Comparison:
        """What the places or documents say to each topic, side by side, and each beside the nation.

        Args:
            topics: names of shipped topics or groups, or any text; all shipped topics when empty.
            cities: places by name, 国家 among them; all that the library holds when empty.
            documents: ids, 文号 or titles; without `cities` each is a column of its own, with them
                only these documents are read.
            codes: more places, by GB/T 2260 code.
            as_of: the day the documents must be in force on, today when None; named ones always count.
            reviewed: False shows what code extracts even where people have confirmed or corrected it.

        Raises:
            TopicError: a topic is blank or too long, or there are too many.
            ColumnError: fewer than two columns, too many, or one without documents.
            UnknownFilter: a city is no place, or one name shared by several.
            UnknownDocument: no document or several go by a name given.
        """
        from assistant.comparing.columns import columns_of
        from assistant.comparing.matrix import Bench, compare
        from assistant.comparing.reviews import NO_REVIEWS, read_reviews
        from assistant.comparing.topics import choose_topics

        day, library = as_of or date.today(), self._current()
        chosen = choose_topics(topics)
        places = [code for city in cities for code in filters_for(self.index, city).jurisdictions]
        named = [library.find(document) for document in documents]
        columns, notes = columns_of(library, (*places, *codes), named, day)
        reviews = read_reviews((self.index.corpus, self.index.home.path)) if reviewed else NO_REVIEWS
        bench = Bench(self._read(library), self.index, day, bool(named), reviews)
        return compare(chosen, columns, notes, bench)

    def review(self, compared: Comparison, topic: str, column: str, check: Check) -> None:
        """Keep in the home that a person has checked a cell, as shown or with corrections.

        Args:
            compared: what the person looked at.
            topic: id of a row of it.
            column: label of a column of it.
            check: what the person says.

        Raises:
            ReviewError: no such cell, no reviewer, a silent cell said to speak, or a document was
                removed or changed meanwhile.
            HomeUnusable: the home cannot be written.
            HomeBusy: another process holds it.
        """
        from assistant.comparing.reviewing import checked
        from assistant.comparing.reviews import write_reviews

        write_reviews(self.index.home, checked(compared, topic, column, self._current(), check))

    def differences(self, before: str, after: str | None = None) -> Differing:
        """What differs, character by character, between two clauses, documents or versions of one.

        Args:
            before: 文件, 文件@版本 or 文件#条款.
            after: likewise; None compares the last two versions of the document `before` names.

        Raises:
            DifferenceError: a clause is compared with a document, a clause is not there, both sides
                are the same, or there is only one version.
            UnknownDocument: no document or version goes by the name.
            DamagedRecord: what is stored of a document is damaged.
        """
        from assistant.differing.sides import differing, latest, read_side

        first = read_side(before)
        if after is not None:
            return differing(first, read_side(after), self.index.find, self.index.version)
        doc_id = self.index.find(first.document)
        return differing(*latest(doc_id, self.index.versions(doc_id)), self.index.find, self.index.version)

    def _read(self, library: Library) -> Readings:
        """What was read of this state of the library so far, so that the next comparison is quick."""
        from assistant.comparing.passages import Readings

        with self._lock:
            if self._readings is None or self._readings.library is not library:
                self._readings = Readings(library)
            return self._readings

    def library(self) -> Library:
        """The documents and clauses as the index holds them now, for drafting."""
        return self._current()

    def _current(self) -> Library:
        """The library as the index holds it now; read again only when a document changed."""
        documents = self.index.documents()
        state = tuple((document.doc_id, document.version) for document in documents)
        with self._lock:
            if self._library is None or self._library[0] != state:
                self._library = (state, Library(documents, self.index.clauses(), self.index.phrasings_of))
            return self._library[1]
