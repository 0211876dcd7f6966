"""Reranking: a prefix is reordered within a budget, the fused order stands for the rest."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from indexing.cross_encoder import CrossEncoderReranker
from indexing.errors import RerankerUnavailable
from indexing.reranking import RerankPlan, rerank
from tests.indexing.test_endpoint import assert_one_chinese_sentence
from tests.indexing.tiny_models import quiet, save_cross_encoder

RANKED = [(unit, 1.0 - unit / 100) for unit in range(30)]


class Judge:
    """Prefers the later passages; each batch takes its time on a clock of ours."""

    name = "judge"

    def __init__(self, *seconds: float) -> None:
        self.seconds = list(seconds)
        self.now = 0.0
        self.judged: list[list[str]] = []
        self.prepared = 0

    def clock(self) -> float:
        """Seconds."""
        return self.now

    def prepare(self) -> None:
        """Takes longer than any budget."""
        self.prepared += 1
        self.now += 1000

    def scores(self, query: str, passages: Sequence[str]) -> tuple[float, ...]:
        """The unit's number."""
        assert query == "问"
        self.judged.append(list(passages))
        self.now += self.seconds[min(len(self.judged), len(self.seconds)) - 1]
        return tuple(float(passage) for passage in passages)


def units_of(
    judge: Judge, depth: int = 20, budget_s: float = 1.0, ranked: Sequence[tuple[int, float]] = RANKED
):
    """Units in the new order, and their scores."""
    done = rerank("问", ranked, str, RerankPlan(judge, depth, budget_s), judge.clock)
    return [unit for unit, _ in done], [score for _, score in done]


def test_the_first_hits_are_reordered_and_the_rest_stands() -> None:
    """`depth` of them, loading the model not counted; every unit comes back once."""
    judge = Judge(0.0)
    units, scores = units_of(judge, depth=10)
    assert units == [*range(9, -1, -1), *range(10, 30)]
    assert (judge.prepared, [len(batch) for batch in judge.judged]) == (1, [4, 4, 2])
    assert all(before > after for before, after in pairwise(scores))
    assert scores == [score for _, score in RANKED]  # a place keeps its score


@pytest.mark.parametrize(
    ("seconds", "n_judged"),
    [
        ((0.4,), 8),  # 0.8 spent, a third batch would end at 1.2
        ((0.5,), 8),  # the second ends at 1.0, which is within
        ((0.6,), 4),
        ((5.0,), 4),  # the first is always judged
        ((0.1, 0.9), 8),
        ((0.1, 0.4), 12),  # the longest so far is what the next is taken to last
        ((0.0,), 20),
    ],
)
def test_the_budget_ends_it(seconds: tuple[float, ...], n_judged: int) -> None:
    """What was judged in time is reordered, what was not keeps its place behind."""
    judge = Judge(*seconds)
    units, _ = units_of(judge)
    assert units == [*range(n_judged - 1, -1, -1), *range(n_judged, 30)]


def test_equal_judgements_keep_the_fused_order() -> None:
    """And equal fused scores become different ones, so that the order can be told from the scores."""

    class Indifferent(Judge):
        def scores(self, query: str, passages: Sequence[str]) -> tuple[float, ...]:
            return tuple(0.0 for _ in passages)

    assert units_of(Indifferent(0.0))[0] == list(range(30))
    tied = [(unit, 0.5) for unit in range(30)]
    units, scores = units_of(Judge(0.0), 8, ranked=tied)
    assert units[:8] == [*range(7, -1, -1)]
    assert all(before > after for before, after in pairwise(scores[:9]))
    assert scores == pytest.approx([0.5] * 30)


def test_nothing_to_reorder_loads_nothing() -> None:
    """No hit, or one."""
    for ranked in ([], [(3, 0.5)]):
        judge = Judge(0.0)
        assert rerank("问", ranked, str, RerankPlan(judge), judge.clock) == ranked
        assert judge.prepared == 0


# The CrossEncoder behind the protocol


def test_scores_equal_those_of_sentence_transformers(models: Path) -> None:
    """In the order of the passages, whatever their lengths; a lone surrogate stops nobody."""
    passages = ["社区食堂补助三十万元", "托育" * 60, "", "养老"]
    with quiet():
        from sentence_transformers import CrossEncoder

        reference = CrossEncoder(str(models / "judge"), device="cpu", local_files_only=True)
        theirs = reference.predict([("食堂补助", passage) for passage in passages])
    reranker = CrossEncoderReranker("judge", models / "judge", "cpu")
    np.testing.assert_allclose(reranker.scores("食堂补助", passages), theirs, atol=1e-6)
    assert reranker.scores("问", []) == ()
    assert len(reranker.scores("\ud800", ["\udfff"])) == 1


def test_a_reranker_that_cannot_be_loaded_is_tried_once(tmp_path: Path, models: Path) -> None:
    """One sentence, at once the second time."""
    folder = save_cross_encoder(tmp_path / "judge")
    (folder / "model.safetensors").write_bytes(b"not weights")
    reranker = CrossEncoderReranker("judge", folder, "cpu")
    with pytest.raises(RerankerUnavailable) as caught:
        reranker.prepare()
    assert_one_chinese_sentence(caught.value)
    (folder / "model.safetensors").write_bytes((models / "judge" / "model.safetensors").read_bytes())
    with pytest.raises(RerankerUnavailable, match="载入不了"):
        reranker.scores("问", ["答"])


def test_a_classifier_is_no_reranker(tmp_path: Path) -> None:
    """Three classes are not one score."""
    folder = save_cross_encoder(tmp_path / "classes", labels=3)
    with pytest.raises(RerankerUnavailable, match="3 个类别") as caught:
        CrossEncoderReranker("classes", folder, "cpu").prepare()
    assert_one_chinese_sentence(caught.value)


def test_scores_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    """Broken weights reorder nothing."""
    from safetensors.numpy import load_file, save_file

    folder = save_cross_encoder(tmp_path / "broken")
    tensors = load_file(folder / "model.safetensors")
    tensors["classifier.bias"] = np.full_like(tensors["classifier.bias"], np.nan)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(RerankerUnavailable, match="无效的分数"):
        CrossEncoderReranker("broken", folder, "cpu").scores("问", ["答"])
