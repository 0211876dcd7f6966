"""The index with configured models: built beside the old one, resumed, and words alone when a model fails."""

import logging
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.service import PolicyAssistant
from indexing.errors import EncoderUnavailable, RerankerUnavailable
from indexing.fusion import Source
from indexing.home import open_home
from indexing.index import ClauseIndex
from indexing.reranking import RerankPlan
from indexing.settings import Settings
from indexing.store import current_facts, read_pointer
from indexing.types import ClauseHit, FloatMatrix, Level, SearchFilter, SearchMode, Similarity
from tests.hashing_encoder import HashingEncoder
from tests.indexing.embedding_service import Reply, Service, honest, running, silent, status
from tests.indexing.state_helpers import RecordingEncoder, doc_id, make_settings, policy

BEIJING = policy()
SHANGHAI = policy("上海市", 2, "托育服务", 50)
CHONGQING = policy("重庆市", 3, "健身场地", 70)
QUESTION = "北京市社区食堂一次性建设补助多少"


def pointer(base: Path) -> str:
    """Changes when the index does."""
    return read_pointer(open_home(base / "home"))


def ids(hits: Sequence[ClauseHit]) -> list[str]:
    """Clause ids in order."""
    return [hit.clause.clause_id for hit in hits]


def served(base: Path, service: Service, texts: Sequence[str] = (), **changes: object) -> Settings:
    """Settings that have `service` make the vectors."""
    values = {"encoder_url": service.url, "encoder_model": "m", "encoder_query_timeout_ms": 30_000}
    return make_settings(base, texts, **(values | changes))


def write(base: Path, name: str, text: str) -> Path:
    """A file to add."""
    (base / name).write_text(text, "utf-8")
    return base / name


# Models on this machine


def test_a_transformer_makes_the_vectors(tmp_path: Path, models: Path) -> None:
    """From settings to hits; what it knows of sentences is in the order of dense hits."""
    settings = make_settings(
        tmp_path, [BEIJING, SHANGHAI], encoder=str(models / "prompted"), encoder_device="cpu"
    )
    with ClauseIndex.open(settings) as index:
        dense = index.search("第三条 对新建的社区食堂项目给予补助", mode=SearchMode.DENSE)
        assert dense
        assert f"{doc_id()}#第三条" in ids(index.search(QUESTION, top_k=20))
        assert index.is_complete
    assert current_facts(open_home(tmp_path / "home"))["encoder"] == str(models / "prompted")
    before = pointer(tmp_path)
    with ClauseIndex.open(settings) as again:
        assert ids(again.search("第三条 对新建的社区食堂项目给予补助", mode=SearchMode.DENSE)) == ids(dense)
    assert pointer(tmp_path) == before


class Sentences(HashingEncoder):
    """Knows sentences, compares by the dot product: every vector is long, longer texts longer."""

    def __init__(self, similarity: Similarity = Similarity.DOT, shift: float = 0.0) -> None:
        super().__init__(dim=64, name=f"sentences {similarity} {shift}")
        self.asked: list[str] = []
        self._similarity, self._shift = similarity, shift

    @property
    def similarity(self) -> Similarity:
        """As told."""
        return self._similarity

    @property
    def reads_sentences(self) -> bool:
        """Yes."""
        return True

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Remembered."""
        self.asked.extend(texts)
        return super().encode_queries(texts) + np.float32(self._shift)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Scaled by length for the dot product."""
        rows = super().encode_passages(texts)
        if self._similarity is Similarity.COSINE:
            return rows
        return rows * np.array([[len(text)] for text in texts], dtype=np.float32)


@pytest.mark.parametrize("shift", [0.0, -5.0])
def test_dot_products_order_the_hits(tmp_path: Path, shift: float) -> None:
    """As a slow obvious search has it, also where every product is negative; above the mean only."""
    encoder = Sentences(shift=shift)
    with ClauseIndex.open(make_settings(tmp_path, [BEIJING, SHANGHAI]), encoder=encoder) as index:
        hits = index.search(QUESTION, top_k=50, weights={Source.DENSE: 1.0})
        dense = index._generations.current()._engines.dense
        assert dense is not None
        vector = encoder.encode_queries([QUESTION])[0]
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        products = [best_product(index, hit, vector) for hit in hits if hit.clause.level is not Level.FRAME]
        assert len(products) > 1
        assert all(before >= after - 1e-3 for before, after in pairwise(products))
        assert (max(products) < 0) == (shift < 0)
        assert min(products) > dense.mean_score(vector)


def best_product(index: ClauseIndex, hit: ClauseHit, vector: FloatMatrix) -> float:
    """The best inner product of a unit's sentences."""
    snapshot = index._generations.current()
    numbers = range(len(snapshot._table.units))
    number = next(n for n in numbers if snapshot._table.clause_id(n) == hit.clause.clause_id)
    assert snapshot._engines.dense is not None
    return max(snapshot._engines.dense.sentence_scores(vector, number).values())


def test_a_model_is_given_the_question_as_asked(tmp_path: Path) -> None:
    """Whole, with its mark; one that reads sentences needs it, a bag of words does not mind."""
    for encoder in (Sentences(Similarity.COSINE), Asked()):
        settings = make_settings(tmp_path / encoder.name, [BEIJING])
        with ClauseIndex.open(settings, encoder=encoder) as index:
            encoder.asked.clear()
            index.search("钱从哪来？")
            assert encoder.asked == ["钱从哪来？"]


class Meaning(Sentences):
    """Takes every question for one sentence of a document."""

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """The vector of that sentence, whatever is asked."""
        return super().encode_queries(["（一）一次性建设补助30万元；" for _ in texts])


def test_a_sentence_model_can_overrule_the_words(tmp_path: Path) -> None:
    """Where words lead astray, the clause that means the same comes first; without vectors it does not."""
    wording = "适用于行政区域吗"
    settings = make_settings(tmp_path, [BEIJING])
    with ClauseIndex.open(settings, encoder=Meaning(Similarity.COSINE)) as index:
        first = index.search(wording)[0].clause.clause_id
        assert first == f"{doc_id()}#第三条"
        assert index.search(wording, mode=SearchMode.LEXICAL)[0].clause.clause_id != first


class Asked(HashingEncoder):
    """A bag of words that remembers its questions."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Remembered."""
        self.asked.extend(texts)
        return super().encode_queries(texts)


# Changing the encoder


class Interrupted(RecordingEncoder):
    """Another encoder than the recording one; stops in the middle while told to."""

    def __init__(self) -> None:
        super().__init__()
        self._name = "interrupted"
        self.left = 1

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """So many chunks, then Ctrl+C."""
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().encode_passages(texts)


def test_an_interrupted_change_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old index stays as it was, and the next attempt goes on where the first stopped."""
    monkeypatch.setattr("indexing.embedding._CHUNK", 4)
    settings = make_settings(tmp_path, [BEIJING, SHANGHAI])
    old = RecordingEncoder()
    with ClauseIndex.open(settings, encoder=old) as index:
        before = ids(index.search(QUESTION, top_k=50))
    was, n_sentences = pointer(tmp_path), len(old.encoded)
    new = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        ClauseIndex.open(settings, encoder=new)
    assert (pointer(tmp_path), len(new.encoded)) == (was, 4)
    old.encoded.clear()
    with ClauseIndex.open(settings, encoder=old) as index:
        assert ids(index.search(QUESTION, top_k=50)) == before
    assert (old.encoded, pointer(tmp_path)) == ([], was)
    new.left = 1000
    with ClauseIndex.open(settings, encoder=new) as index:
        assert index.is_complete
    assert len(new.encoded) == len(set(new.encoded)) == n_sentences
    assert pointer(tmp_path) != was


def test_two_processes_with_two_encoders_do_not_race(tmp_path: Path) -> None:
    """The one that was there first goes by words, says so, and leaves the new index alone."""
    settings = make_settings(tmp_path, [BEIJING, SHANGHAI])
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as first:
        first.search(QUESTION)
        with ClauseIndex.open(settings, encoder=HashingEncoder(name="other")) as second:
            now = pointer(tmp_path)
            found = first.find_clauses(QUESTION)
            assert ids(found.hits) == ids(first.search(QUESTION, mode=SearchMode.LEXICAL))
            assert any("other" in notice and "cewen index" in notice for notice in found.notices)
            assert not first.is_complete
            assert first.find_clauses(QUESTION, mode=SearchMode.DENSE).hits == ()
            assert second.find_clauses(QUESTION).notices == ()
        assert pointer(tmp_path) == now


# A service


def test_a_service_makes_the_vectors(tmp_path: Path) -> None:
    """Each sentence is sent once; opening again sends none."""
    with running() as service:
        with ClauseIndex.open(served(tmp_path, service, [BEIJING, SHANGHAI])) as index:
            found = index.find_clauses(QUESTION)
            assert ids(found.hits)[0] == f"{doc_id()}#第三条"
            assert (found.notices, index.notices, index.is_complete) == ((), (), True)
            assert index.search(QUESTION, mode=SearchMode.DENSE)
        service.seen.clear()
        with ClauseIndex.open(served(tmp_path, service)) as again:
            assert service.seen == []
            again.search(QUESTION)
            assert service.texts[0] == QUESTION
            assert len(service.texts) == 2  # and the probe


@pytest.mark.parametrize("reply", [status(500), silent])
def test_a_silent_service_leaves_the_words(tmp_path: Path, reply: Reply) -> None:
    """The answer comes from the lexical lists, with a notice; never an error, never other vectors."""
    with running() as service:
        ClauseIndex.open(served(tmp_path, service, [BEIJING, SHANGHAI])).close()
        service.reply = reply
        index = ClauseIndex.open(served(tmp_path, service, encoder_query_timeout_ms=300))
        found = index.find_clauses(QUESTION)
        assert found.hits == index.search(QUESTION, mode=SearchMode.LEXICAL)
        assert len(found.notices) == 1
        assert "只按词语检索" in found.notices[0]
        dense = index.find_clauses(QUESTION, mode=SearchMode.DENSE)
        assert (dense.hits, dense.notices) == ((), found.notices)
        assert found.notices[0] in index.notices
        index.search(QUESTION, mode=SearchMode.LEXICAL)
        assert found.notices[0] not in index.notices
        answer = PolicyAssistant(index).ask("北京市社区食堂一次性建设补助多少？")
        assert "30万元" in answer.text
        assert len(answer.notices) == 1
        index.close()


def test_a_service_that_was_never_there(tmp_path: Path) -> None:
    """A new home opens and answers by words; when the service comes, `refresh` makes the vectors."""
    with running(status(503)) as service:
        settings = served(tmp_path, service, [BEIJING, SHANGHAI])
        with ClauseIndex.open(settings) as index:
            assert ids(index.search(QUESTION))[0] == f"{doc_id()}#第三条"
            assert not index.is_complete
            assert any("503" in notice and "cewen index" in notice for notice in index.notices)
        service.reply = honest
        with ClauseIndex.open(settings) as index:  # opening tries again by itself
            assert (index.is_complete, index.notices) == (True, ())
            assert index.search(QUESTION, mode=SearchMode.DENSE)


def test_adding_while_the_service_is_down(tmp_path: Path) -> None:
    """The new document is found by its words, the old ones keep their vectors, nothing is sent twice."""
    with running() as service, ClauseIndex.open(served(tmp_path, service, [BEIJING, SHANGHAI])) as index:
        n_first = len(set(service.texts))
        service.reply = status(500)
        index.add([write(tmp_path, "c.txt", CHONGQING)])
        assert not index.is_complete
        found = index.search("重庆市健身场地补助", mode=SearchMode.LEXICAL)
        assert ids(found)[0].startswith(doc_id("重庆市", 3))
        assert len(index.documents()) == 3
        service.reply = honest
        service.seen.clear()
        dense = index.search(QUESTION, top_k=50, weights={Source.DENSE: 1.0})
        assert dense
        assert not any(clause.startswith(doc_id("重庆市", 3)) for clause in ids(dense))
        service.seen.clear()
        index.refresh()
        assert (index.is_complete, index.notices) == (True, ())
        assert 0 < len(service.texts) < n_first
        assert not any("北京" in text or "上海" in text for text in service.texts)
        filters = SearchFilter(doc_ids=(doc_id("重庆市", 3),))
        assert index.search("健身场地补助", mode=SearchMode.DENSE, filters=filters)


def test_removing_needs_no_service(tmp_path: Path) -> None:
    """Nothing new is to be encoded; what was kept of the document goes."""
    with running() as service, ClauseIndex.open(served(tmp_path, service, [BEIJING, SHANGHAI])) as index:
        size = sum(path.stat().st_size for path in (tmp_path / "home/vectors").iterdir())
        service.reply = status(500)
        index.remove(doc_id("上海市", 2))
        assert index.is_complete
        assert sum(path.stat().st_size for path in (tmp_path / "home/vectors").iterdir()) < size


def test_a_change_to_a_service_that_is_down_leaves_the_old_index(tmp_path: Path) -> None:
    """Its words are searched meanwhile; going back to the old encoder finds it as it was."""
    texts = [BEIJING, SHANGHAI]
    with ClauseIndex.open(make_settings(tmp_path, texts), encoder=HashingEncoder()) as index:
        before = [(hit.clause.clause_id, hit.score) for hit in index.search(QUESTION)]
    was = pointer(tmp_path)
    with running(status(500)) as service, ClauseIndex.open(served(tmp_path, service)) as index:
        assert ids(index.search(QUESTION))[0] == f"{doc_id()}#第三条"
        assert any("hashing" in notice for notice in index.notices)
        index.refresh()
    assert pointer(tmp_path) == was
    old = RecordingEncoder()
    with ClauseIndex.open(make_settings(tmp_path), encoder=old) as index:
        assert [(hit.clause.clause_id, hit.score) for hit in index.search(QUESTION)] == before
    assert (old.encoded, pointer(tmp_path)) == ([], was)


@pytest.mark.parametrize("change", [{"dim": 16}, {"model": "another"}])
def test_a_model_changed_behind_its_name(tmp_path: Path, change: dict[str, object]) -> None:
    """Never a search with vectors of another model; `refresh` makes all anew."""
    with running() as service:
        settings = served(tmp_path, service, [BEIJING, SHANGHAI])
        with ClauseIndex.open(settings):
            n_sentences = len(service.texts)
        for name, value in change.items():
            setattr(service, name, value)
        with ClauseIndex.open(settings) as index:
            found = index.find_clauses(QUESTION)
            assert found.hits == index.search(QUESTION, mode=SearchMode.LEXICAL)
            assert any("cewen index" in notice for notice in found.notices)
            service.seen.clear()
            index.refresh()
            assert len(service.texts) >= n_sentences
            assert index.find_clauses(QUESTION).notices == ()
            assert index.search(QUESTION, mode=SearchMode.DENSE)


def test_the_key_is_nowhere_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the index, its manifest, the vectors, a notice or a log, whether the service works or not."""
    monkeypatch.setenv("CEWEN_ENCODER_API_KEY", "sk-hunter2")
    caplog.set_level(logging.DEBUG)
    with running() as service, ClauseIndex.open(served(tmp_path, service, [BEIJING])) as index:
        assert service.keys[0] == "Bearer sk-hunter2"
        service.reply = status(401)
        found = index.find_clauses(QUESTION)
        assert any("密钥" in notice for notice in found.notices)
        said = str((found.notices, index.notices, index._settings))
    everything = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    assert b"hunter2" not in everything
    assert "hunter2" not in said + caplog.text


def test_a_read_only_home_uses_the_vectors_it_has(tmp_path: Path) -> None:
    """Where nothing can be written an index is built aside, and what is kept is not sent again."""
    with running() as service:
        settings = served(tmp_path, service, [BEIJING])
        with ClauseIndex.open(settings):
            pass
        (tmp_path / "home/index/current").unlink()
        service.seen.clear()
        home = open_home(tmp_path / "home")
        with ClauseIndex.open(settings, ready=False) as index:
            index._generations._home = type(home)(home.path, False)
            assert ids(index.search(QUESTION))[0] == f"{doc_id()}#第三条"
            assert any("临时索引" in notice for notice in index.notices)
        assert not any("补助" in text for text in service.texts if text != QUESTION)


# Reranking


class Backwards:
    """Judges the later of two passages better, or fails."""

    name = "backwards"

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.read: list[str] = []
        self.queries: list[str] = []

    def prepare(self) -> None:
        """Nothing to load."""

    def scores(self, query: str, passages: Sequence[str]) -> tuple[float, ...]:
        """Rising."""
        if self.error:
            raise self.error
        self.queries.append(query)
        self.read.extend(passages)
        return tuple(float(len(self.read) + place) for place, _ in enumerate(passages))


def test_a_reranker_orders_the_first_hits(tmp_path: Path) -> None:
    """It reads title, headings and text, judges the question as asked, and only hybrid searches."""
    settings = make_settings(tmp_path, [BEIJING, SHANGHAI])
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as plain:
        fused = ids(plain.search(QUESTION))
        lexical = plain.search(QUESTION, mode=SearchMode.LEXICAL)
    judge = Backwards()
    plan = RerankPlan(judge, depth=4, budget_s=60)
    with ClauseIndex.open(settings, encoder=HashingEncoder(), reranking=plan) as index:
        found = index.find_clauses(QUESTION)
        assert ids(found.hits) == [*fused[:4][::-1], *fused[4:]]
        assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
        assert (set(judge.queries), found.notices) == ({QUESTION}, ())
        assert "北京市社区食堂补助办法" in judge.read[0]
        assert ids(index.search(QUESTION, top_k=1)) == [fused[3]]  # looks further than it shows
        assert index.search(QUESTION, mode=SearchMode.LEXICAL) == lexical


def test_a_reranker_that_fails_changes_nothing(tmp_path: Path) -> None:
    """The fused order stands, and the user reads why."""
    settings = make_settings(tmp_path, [BEIJING, SHANGHAI])
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as plain:
        fused = plain.search(QUESTION)
    plan = RerankPlan(Backwards(RerankerUnavailable("重排模型 x 坏了，请换一个。")))
    with ClauseIndex.open(settings, encoder=HashingEncoder(), reranking=plan) as index:
        found = index.find_clauses(QUESTION)
        assert found.hits == fused
        assert found.notices == ("重排模型 x 坏了，请换一个；本次没有重排。",)
        assert PolicyAssistant(index).ask(QUESTION).notices == found.notices


def test_a_reranker_that_is_not_there_is_a_notice(tmp_path: Path) -> None:
    """The index opens all the same, and says so after every refresh too."""
    settings = make_settings(tmp_path, [BEIJING], reranker="BAAI/no-such-reranker")
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as index:
        assert ids(index.search(QUESTION))[0] == f"{doc_id()}#第三条"
        index.refresh()
        assert any("BAAI/no-such-reranker" in notice and "不重排" in notice for notice in index.notices)


def test_a_cross_encoder_from_the_settings(tmp_path: Path, models: Path) -> None:
    """Any CrossEncoder by folder; the same clauses come back in its order."""
    settings = make_settings(
        tmp_path, [BEIJING, SHANGHAI], reranker=str(models / "judge"), reranker_device="cpu"
    )
    with ClauseIndex.open(settings, encoder=HashingEncoder()) as index:
        found = index.find_clauses(QUESTION, top_k=50)
        assert found.notices == ()
    with ClauseIndex.open(make_settings(tmp_path), encoder=HashingEncoder()) as plain:
        assert sorted(ids(plain.search(QUESTION, top_k=50))) == sorted(ids(found.hits))


def test_warming_up_never_fails(tmp_path: Path) -> None:
    """What is wrong is said when it is asked for."""

    class Down(HashingEncoder):
        def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
            raise EncoderUnavailable("服务没有答复。")

    plan = RerankPlan(Backwards())
    with ClauseIndex.open(make_settings(tmp_path, [BEIJING]), encoder=Down(), reranking=plan) as index:
        index.warm_up()
        assert any("没有答复" in notice for notice in index.find_clauses(QUESTION).notices)
