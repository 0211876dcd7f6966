"""What is done to a fused ranking, against hand-made lists."""

from itertools import pairwise

import pytest

from indexing.fusion import Source
from indexing.ordering import FEW_DOCUMENTS, balance, drop_relatives, lift, mix_tail, vouch


def test_every_place_named_is_represented() -> None:
    """The only clause of one city comes beside the first of another's many; a third place keeps its score."""
    place = {1: "甲", 2: "甲", 3: "甲", 4: "乙", 5: "丙"}.get
    ranked = [(1, 0.8), (2, 0.7), (3, 0.6), (5, 0.5), (4, 0.2)]
    assert [unit for unit, _ in balance(ranked, place, ("甲", "乙"))] == [1, 4, 2, 3, 5]
    assert balance(ranked, place, ()) == ranked
    assert balance([], place, ("甲", "乙")) == []


def test_what_is_named_comes_first_and_the_rest_keeps_its_order() -> None:
    """One unit of each name, its best; a name nobody has changes nothing."""
    ranked = [(1, 0.9), (2, 0.9), (3, 0.5), (4, 0.4), (5, 0.1)]
    lifted = lift(ranked, {4: "第二十一条", 3: "文号", 5: "文号", 9: "标题"})
    assert [unit for unit, _ in lifted] == [3, 4, 1, 2, 5]
    assert [score for _, score in lifted] == sorted((score for _, score in lifted), reverse=True)
    assert lift(ranked, {9: "标题"}) == ranked
    assert lift([], {1: "文号"}) == []


def test_a_document_that_the_head_often_names_brings_its_units_forward() -> None:
    """The third unit of a law passes a stranger's that was a little better; the best keeps its score."""
    ranked = [(1, 0.9), (2, 0.8), (10, 0.41), (3, 0.4), *((unit, 0.3) for unit in range(11, 20))]
    vouched = vouch(ranked, lambda unit: "law" if unit < 10 else unit)
    assert [unit for unit, _ in vouched][:4] == [1, 2, 3, 10]
    assert vouched[0] == (1, pytest.approx(0.9))
    assert [score for _, score in vouched] == sorted((score for _, score in vouched), reverse=True)
    assert len(vouched) == len(ranked)


def test_among_few_documents_none_vouches() -> None:
    """The five shipped documents are told apart by places and titles; nothing found stays nothing."""
    ranked = [(unit, 1.0 - unit / 20) for unit in range(10)]
    assert vouch(ranked, lambda unit: unit % FEW_DOCUMENTS) == ranked
    assert vouch(ranked, lambda unit: unit % (FEW_DOCUMENTS + 1)) != ranked
    assert vouch([], lambda unit: unit) == []


def test_the_tail_takes_turns_with_the_best_single_lists() -> None:
    """Forty stand as fused, then fused, bigrams, vectors in turn; nobody twice, no stranger, no score up."""
    ranked = [(unit, 1.0 - unit / 100) for unit in range(60)]
    lists = {
        Source.BIGRAMS: [(3, 0.9), (55, 0.8), (999, 0.7), (52, 0.6)],
        Source.WHOLE: [(59, 0.9), (55, 0.8)],
        Source.WORDS: [(58, 1.0)],
    }
    mixed = mix_tail(ranked, lists)
    assert mixed[:40] == ranked[:40]
    assert [unit for unit, _ in mixed[40:47]] == [40, 55, 59, 41, 52, 42, 43]
    assert sorted(unit for unit, _ in mixed) == list(range(60))
    scores = [score for _, score in mixed]
    assert all(one > other for one, other in pairwise(scores))


def test_a_short_ranking_has_no_tail() -> None:
    """What is found in all is shown as fused, whatever single lists say."""
    ranked = [(2, 0.5), (1, 0.4)]
    assert mix_tail(ranked, {Source.BIGRAMS: [(1, 1.0), (2, 0.1)]}) == ranked
    assert mix_tail([], {Source.WHOLE: [(1, 1.0)]}) == []


ANCESTORS: dict[int, set[int]] = {0: set(), 1: {0}, 2: {0}, 3: {0, 1}, 4: set()}


@pytest.mark.parametrize(
    ("order", "top_k", "kept"),
    [
        ([0, 1, 2, 3, 4], 10, [0, 4]),
        ([3, 1, 0, 2, 4], 10, [3, 2, 4]),
        ([1, 2, 3, 0], 10, [1, 2]),
        ([1, 1, 4], 10, [1, 4]),
        ([4, 3, 2], 2, [4, 3]),
        ([4], 0, []),
        ([], 5, []),
    ],
)
def test_no_list_holds_a_unit_and_its_ancestor(order: list[int], top_k: int, kept: list[int]) -> None:
    """The better-placed relative stays, siblings both do, and the list is filled up."""
    ranked = [(unit, 1.0 - place / 10) for place, unit in enumerate(order)]
    assert [unit for unit, _ in drop_relatives(ranked, ANCESTORS.__getitem__, top_k)] == kept
