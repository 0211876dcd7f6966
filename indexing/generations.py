"""The derived index of one home: opened when it fits, made anew when it does not, words alone when it must.

on disk                                        what is done
made from this catalog by this encoder         opened
the same, some sentences without vector        completed; while the encoder fails, opened with a notice
made from this catalog by another encoder      made anew beside it; until that succeeds its words are searched
made from another catalog, or damaged          made anew, as far as the encoder goes
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexing import store
from indexing.building import Plan, build, plan_of, vector_facts, word_facts
from indexing.catalog import Catalog
from indexing.embedding import Embedded, EncodingProgress, embed, encoder_key, keys_in_use
from indexing.errors import StaleIndex
from indexing.home import Home
from indexing.library import Library
from indexing.phrasings import Phrasings
from indexing.reranking import RerankPlan
from indexing.snapshot import Snapshot
from indexing.types import Encoder
from indexing.vector_file import VectorFile

logger = logging.getLogger(__name__)

_MISSING = "missing"  # the fact that says how many sentences have no vector yet


@dataclass(frozen=True, slots=True)
class Models:
    """What vectors and the order of hits are made with."""

    encoder: Encoder
    reranking: RerankPlan | None = None


class Generations:
    """Gives out the snapshot to be searched. Changes by another process are noticed at the next call."""

    def __init__(
        self,
        home: Home,
        catalog: Catalog,
        models: Models,
        phrasings: Phrasings,
        progress: EncodingProgress = lambda *_: None,
    ) -> None:
        self._home = home
        self._catalog = catalog
        self._models = models
        self._phrasings = phrasings
        self._encoder = models.encoder
        self._progress = progress
        self._opening = threading.Lock()
        self._pointer = ""
        self._snapshot: Snapshot | None = None
        self._failure = ""  # of the encoder, in the last build
        self._remarks: list[str] = []

    @property
    def notices(self) -> tuple[str, ...]:
        """Chinese sentences: what the index in use lacks and why, what its encoder had to cut."""
        snapshot = self.current()
        return (*self._remarks, *snapshot.notices, *self._encoder.notices)

    def current(self) -> Snapshot:
        """The snapshot of the generation on disk, opened again when another process replaced it."""
        with self._opening:
            if self._snapshot is None or store.read_pointer(self._home) != self._pointer:
                self._snapshot = self._open()
            return self._snapshot

    def replace(self) -> None:
        """Make the index anew from the catalog; the home is locked by the caller."""
        # Without `_opening`: a thread that holds it may be waiting for the home lock held here
        self._snapshot = self._rebuild()

    def rephrase(self, phrasings: Phrasings) -> None:
        """Other phrasings for the next `replace`."""
        self._phrasings = phrasings

    def forget(self) -> None:
        """Look at the disk again at the next call."""
        self._pointer = ""

    def close(self) -> None:
        """Let go of the snapshot."""
        self._snapshot = None

    def _open(self) -> Snapshot:
        try:
            return self._load()
        except StaleIndex as stale:
            logger.info("index not usable: %s", stale)
        if not self._home.writable:
            return self._build_aside()
        if self._snapshot is not None:  # another process works with another encoder: no race of rebuilding
            try:
                return self._load_lesser()
            except StaleIndex as stale:
                logger.info("words not usable either: %s", stale)
        with self._home.lock():
            try:
                return self._load()  # another process may have rebuilt it meanwhile
            except StaleIndex:
                return self._rebuild()

    def _load(self) -> Snapshot:
        """The current generation, complete and checked to the last byte.

        Raises:
            StaleIndex: it does not belong to catalog and encoder, is damaged, or lacks vectors.
        """
        return self._opened(lambda words: words | vector_facts(self._encoder) | {_MISSING: "0"})

    def _load_lesser(self) -> Snapshot:
        """The current generation for what it has: some of our vectors, or only its words.

        Raises:
            StaleIndex: it does not belong to the catalog, or is damaged.
        """
        found = store.current_facts(self._home)
        if all(found.get(name) == wanted for name, wanted in vector_facts(self._encoder).items()):
            notice = _UNFINISHED.format(count=found.get(_MISSING, "0"))
            return self._opened(lambda words: words | vector_facts(self._encoder), self._said(notice))
        notice = _OTHERS.format(theirs=found.get("encoder", ""), ours=self._encoder.name)
        return self._opened(lambda words: words, self._said(notice), words_only=True)

    def _said(self, notice: str) -> str:
        return f"{self._failure.rstrip('。')}。{notice}" if self._failure else notice

    def _opened(
        self,
        wanted: Callable[[dict[str, str]], Mapping[str, str]],
        notice: str = "",
        *,
        words_only: bool = False,
    ) -> Snapshot:
        pointer = store.read_pointer(self._home)
        state = self._catalog.state()
        generation = store.verified_generation(
            self._home, wanted(word_facts(state.corpus_hash, self._phrasings))
        )
        if not self._home.writable:
            # tantivy takes a lock file in the folder it reads
            generation = store.private_copy(generation, self._private_directory())
        snapshot = Snapshot(
            generation,
            Library(self._catalog, state),
            None if words_only else self._encoder,
            self._models.reranking,
            (notice,) if notice else (),
        )
        self._pointer = pointer
        return snapshot

    def _rebuild(self) -> Snapshot:
        """A new generation from the catalog; the home is locked by the caller.

        Vectors come first and outlast an interruption; the generation is only swapped in when
        it is no worse than the one there is.
        """
        state = self._catalog.state()
        plan = plan_of(Library(self._catalog, state).all(), self._phrasings)
        kept, embedded = self._embedded(plan)
        words = word_facts(state.corpus_hash, self._phrasings)
        if embedded.n_missing and self._has_as_good(words, embedded.n_missing):
            return self._load_lesser()
        store.publish(
            self._home,
            lambda directory: build(directory, plan, embedded),
            words | vector_facts(self._encoder) | {_MISSING: str(embedded.n_missing)},
        )
        if embedded.n_missing:
            return self._load_lesser()
        kept.keep_only(keys_in_use(plan.texts))
        return self._load()

    def _embedded(self, plan: Plan) -> tuple[VectorFile, Embedded]:
        kept = VectorFile(self._home, encoder_key(self._encoder))
        embedded = embed(plan.texts, self._encoder, kept, self._progress)
        self._failure = str(embedded.failure or "")
        if self._failure:
            logger.warning("%d sentences without vector: %s", embedded.n_missing, self._failure)
        return kept, embedded

    def _has_as_good(self, words: Mapping[str, str], n_missing: int) -> bool:
        """Whether the generation on disk has the same words, and vectors of ours no fewer or of another's."""
        try:
            store.verified_generation(self._home, words)
        except StaleIndex:
            return False
        found = store.current_facts(self._home)
        is_ours = all(found.get(name) == value for name, value in vector_facts(self._encoder).items())
        return not is_ours or int(found.get(_MISSING, "0")) <= n_missing

    def _build_aside(self) -> Snapshot:
        """An index for this process alone, where the home cannot be written."""
        remark = f"数据目录 {self._home.path} 只读且索引已过期或损坏，本次改用临时索引，结果不会保存。"
        if remark not in self._remarks:
            self._remarks.append(remark)
        pointer = store.read_pointer(self._home)
        library = Library(self._catalog, self._catalog.state())
        directory = self._private_directory()
        plan = plan_of(library.all(), self._phrasings)
        _, embedded = self._embedded(plan)
        build(directory, plan, embedded)
        self._pointer = pointer
        notice = self._said(_UNFINISHED.format(count=embedded.n_missing))
        notices = (notice,) if embedded.n_missing else ()
        return Snapshot(directory, library, self._encoder, self._models.reranking, notices)

    def _private_directory(self) -> Path:
        """A directory only this user may enter (0700), removed when this index is gone."""
        directory = tempfile.mkdtemp(prefix="cewen-")
        weakref.finalize(self, shutil.rmtree, directory, ignore_errors=True)
        return Path(directory)


_UNFINISHED = "有 {count} 句还没有向量，暂时只能按词语查到，请在模型或服务恢复后运行 cewen index 补齐。"
_OTHERS = (
    "索引中的向量由模型 {theirs} 生成，与现在所设的 {ours} 不同，暂时只按词语检索；"
    "请运行 cewen index，已在运行的网页服务请重新启动。"
)
