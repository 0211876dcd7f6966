"""Fusion, relatives, focus: pure functions against hand arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.fusion import (
    CUT,
    DENSE_IN_FOCUS,
    DEPTH,
    Source,
    choose_focus,
    explain,
    floor_of,
    focus_terms,
    fuse,
)

WEIGHTS = {Source.WORDS: 0.5, Source.BIGRAMS: 0.25, Source.DENSE: 0.25}
TEXT = "本办法自印发之日起施行。项目竣工后开展验收。对养老服务设施给予补助；补助不超过20万元。"


@pytest.mark.parametrize("source", Source)
def test_values_of_a_full_list_count_from_its_last(source: Source) -> None:
    """A unit cut off may have as much as the last of the list; a list with room left out nobody."""
    full = [(unit, 1.0 - unit / 1000) for unit in range(DEPTH)]
    assert floor_of(source, full[:-1]) == floor_of(source, []) == 0.0
    assert floor_of(source, full) == (pytest.approx(1.0 - (DEPTH - 1) / 1000) if source in CUT else 0.0)


def test_being_cut_off_costs_no_more_than_was_seen() -> None:
    """Unit 900 lacks the full list of words: by hand 0.5·(0.9 - 0.2) against 0.5·0.8, so it comes first."""
    words = [(0, 0.9), *((unit, 0.2) for unit in range(1, DEPTH))]
    fused = fuse({Source.WORDS: words, Source.PLACE: [(900, 0.8)]}, {Source.WORDS: 1.0, Source.PLACE: 1.0})
    assert fused == [(900, pytest.approx(0.4)), (0, pytest.approx(0.35))]


def test_fuse_adds_weighted_shares() -> None:
    """0.5·1 + 0.3·0 + 0.2·0.6 for unit 1, and so on, by hand."""
    weights = {Source.WORDS: 5.0, Source.BIGRAMS: 3.0, Source.DENSE: 2.0}
    lists = {
        Source.WORDS: [(1, 1.0), (2, 0.5)],
        Source.BIGRAMS: [(2, 1.0), (3, 0.5)],
        Source.DENSE: [(1, 0.6), (3, 0.3)],
    }
    fused = fuse(lists, weights)
    assert [unit for unit, _ in fused] == [1, 2, 3]
    assert [score for _, score in fused] == pytest.approx([0.62, 0.55, 0.21])


def test_a_single_list_keeps_its_order_and_values() -> None:
    """Fewer lists are a fusion too; a weak best stays weak."""
    assert fuse({Source.WORDS: [(4, 0.8), (2, 0.4)]}, WEIGHTS) == [(4, 0.8), (2, 0.4)]
    assert fuse({}, WEIGHTS) == fuse({Source.WORDS: []}, WEIGHTS) == []


def test_ties_are_ordered_by_the_name_given() -> None:
    """Equal scores: by clause_id where the caller has one, else by number; never by chance."""
    lists = {Source.WORDS: [(3, 1.0), (1, 1.0), (2, 1.0)]}
    assert [unit for unit, _ in fuse(lists, WEIGHTS)] == [1, 2, 3]
    assert [unit for unit, _ in fuse(lists, WEIGHTS, tie={1: "c", 2: "a", 3: "b"}.__getitem__)] == [2, 3, 1]


def test_a_prior_lowers_a_unit() -> None:
    """A frame text that matches every word stays behind the clause that matches nearly all."""
    lists = {Source.WORDS: [(1, 1.0), (2, 0.8)]}
    assert fuse(lists, WEIGHTS, prior=lambda unit: 0.7 if unit == 1 else 1.0) == [
        (2, 0.8),
        (1, pytest.approx(0.7)),
    ]


def test_dense_alone_does_not_overrule_the_words() -> None:
    """A unit only the vectors like stays behind the first of both lexical lists."""
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    lists = {
        Source.WORDS: [(1, 0.9), (2, 0.3)],
        Source.BIGRAMS: [(1, 0.9), (2, 0.3)],
        Source.DENSE: [(3, 0.9), (1, 0.2)],
    }
    assert next(unit for unit, _ in fuse(lists, WEIGHTS)) == 1


def test_an_explanation_adds_up_to_the_score() -> None:
    """What a unit's signals add is its fused score; values of a full list count from its last."""
    far = [(unit, 0.05) for unit in range(3, DEPTH + 1)]
    lists = {Source.WORDS: [(1, 0.8), (2, 0.4), *far], Source.DENSE: [(2, 0.5)]}
    weights = {Source.WORDS: 3.0, Source.DENSE: 1.0}
    said = explain([1, 2], lists, weights)
    scores = dict(fuse(lists, weights))
    for unit in (1, 2):
        assert sum(signal.added for signal in said[unit]) == pytest.approx(scores[unit])
    assert [(signal.name, signal.rank) for signal in said[2]] == [("words", 2), ("dense", 1)]
    assert [(signal.value, signal.floor) for signal in said[2]] == [(0.4, 0.05), (0.5, 0.0)]


def test_equal_values_share_the_better_rank() -> None:
    """Of a place that many units are of, none is eleventh."""
    said = explain([1, 2, 3], {Source.PLACE: [(3, 1.0), (1, 1.0), (2, 0.5)]}, {Source.PLACE: 1.0})
    assert [said[unit][0].rank for unit in (1, 2, 3)] == [1, 3, 1]


@given(
    st.dictionaries(
        st.sampled_from(list(WEIGHTS)),
        st.dictionaries(st.integers(0, 9), st.floats(-1, 1), max_size=10),
    )
)
def test_fused_scores_are_shares(found: dict[Source, dict[int, float]]) -> None:
    """Every score is in (0, 1], the list is sorted, each unit stands once, order of input is nothing."""
    lists = {source: list(values.items()) for source, values in found.items()}
    fused = fuse(lists, WEIGHTS)
    scores = [score for _, score in fused]
    assert all(0 < score <= 1 + 1e-9 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len({unit for unit, _ in fused}) == len(fused)
    assert fuse({source: ranked[::-1] for source, ranked in reversed(lists.items())}, WEIGHTS) == fused


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("什么时候施行", "本办法自印发之日起施行。"),
        ("竣工验收", "项目竣工后开展验收。"),
        ("养老服务补助", "对养老服务设施给予补助；"),
        ("最多多少万元", "补助不超过20万元。"),
        ("毫不相干", "本办法自印发之日起施行。"),
        ("", "本办法自印发之日起施行。"),
    ],
)
def test_focus_is_the_sentence_that_shares_most(query: str, sentence: str) -> None:
    """Weights alike: the overlap decides, the first sentence where nothing does."""
    span = choose_focus(query, TEXT, dict.fromkeys(focus_terms(query), 1.0), {})
    assert span is not None
    assert TEXT[span[0] : span[1]] == sentence


def test_focus_moves_with_the_offset_and_listens_to_vectors() -> None:
    """Spans and dense keys are in document coordinates; a cosine decides where words are silent."""
    start = TEXT.index("对养老")
    end = TEXT.index("；") + 1
    dense = {(start + 100, end + 100): 0.9, (100, 112): 0.2}
    assert choose_focus("老人能拿多少钱", TEXT, {}, dense, offset=100) == (start + 100, end + 100)


def test_focus_weighs_rare_terms_and_the_cosine_as_documented() -> None:
    """Overlap is a share of the idf; the cosine adds DENSE_IN_FOCUS times itself."""
    text = "甲项补助。乙项验收。"
    idf = {"补助": 1.0, "验收": 3.0}
    assert choose_focus("补助验收", text, idf, {}) == (5, 10)
    needed = (3 / 4 - 1 / 4) / DENSE_IN_FOCUS
    assert choose_focus("补助验收", text, idf, {(0, 5): needed + 0.01}) == (0, 5)
    assert choose_focus("补助验收", text, idf, {(0, 5): needed - 0.01}) == (5, 10)


def test_the_number_of_a_table_row_is_no_focus() -> None:
    """第15项 is asked for by its number, and what stands beside it is shown; else the number."""
    row = "15\t加强用地保障：优先供应养老托育用地。\t市规划自然资源局"
    best = choose_focus("附件1第15项", row, {"15": 5.0}, {})
    assert best is not None
    assert row[best[0] : best[1]] == "加强用地保障：优先供应养老托育用地。"
    assert choose_focus("第15项", "15", {"15": 5.0}, {}) == (0, 2)


def test_blank_text_has_no_focus() -> None:
    """Nothing to show is None."""
    assert choose_focus("补助", " \n", {}, {}) is None


def test_a_hundred_thousand_characters_still_have_a_focus() -> None:
    """The head of an endless question decides, in no time worth naming."""
    query = "竣工验收" + "甲乙丙丁戊己庚辛" * 12_500
    assert len(focus_terms(query)) < 2_000
    span = choose_focus(query, TEXT, dict.fromkeys(focus_terms(query), 1.0), {})
    assert span is not None
    assert TEXT[span[0] : span[1]] == "项目竣工后开展验收。"
