"""A comparison names several places: each is represented among the first hits."""

from collections.abc import Sequence

import pytest

from indexing.fusion import Source
from indexing.index import ClauseIndex
from indexing.reranking import RerankPlan
from indexing.settings import load_settings
from indexing.types import SearchFilter

QUESTIONS = [
    ("北京和上海的社区食堂各怎么补", {"110000", "310000"}),
    ("杭州跟重庆比，托育点谁管", {"330100", "500000"}),
    ("国家和北京对面积标准怎么规定", {"000000", "110000"}),
    ("国家、北京、上海、重庆分别准许怎么建", {"000000", "110000", "310000", "500000"}),
    ("四个城市的停车怎么说", {"110000", "310000", "500000", "330100"}),
    ("北京、上海、重庆、杭州和国家层面谁提到了无人机", {"000000", "110000", "310000", "500000", "330100"}),
]


class OneSided:
    """A reranker that likes one city only, whatever it is asked."""

    name = "one-sided"

    def prepare(self) -> None:
        """Nothing to load."""

    def scores(self, query: str, passages: Sequence[str]) -> tuple[float, ...]:
        """Long passages of Chongqing first."""
        return tuple(float("重庆" in passage) * len(passage) for passage in passages)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One home for all."""
    return tmp_path_factory.mktemp("home") / "cewen"


@pytest.fixture(scope="module", params=["fused", "reranked"])
def index(request, home):
    """The five documents, once with a reranker that would push all but one city out."""
    plan = RerankPlan(OneSided(), depth=30, budget_s=60.0) if request.param == "reranked" else None
    with ClauseIndex.open(load_settings({"home": home}), reranking=plan) as opened:
        yield opened


@pytest.mark.parametrize(("question", "places"), QUESTIONS)
def test_each_place_named_is_among_the_first_hits(index, question, places):
    """In the first five, however one-sided the rest of the ranking is."""
    hits = index.search(question, top_k=5)
    assert places <= {index.document(hit.clause.doc_id).metadata.jurisdiction for hit in hits}


def test_a_filter_still_holds(index):
    """Places left out by a filter are not brought back."""
    only = SearchFilter(jurisdictions=("110000",))
    hits = index.search("北京和上海的社区食堂各怎么补", filters=only)
    assert {hit.clause.doc_id for hit in hits} == {"京发改规[2025]1号"}


def test_rankings_are_those_of_the_search(index):
    """Several weightings at once find what each finds alone."""
    weightings = [{Source.CONCEPTS: 1.0}, {Source.WORDS: 0.5, Source.ALIGNED: 0.3, Source.PLACE: 0.2}]
    for question, _ in QUESTIONS:
        together = index.rankings(question, weightings, top_k=8)
        if index._generations.current()._reranking is None:
            alone = [index.search(question, top_k=8, weights=weights) for weights in weightings]
            assert together == tuple(tuple(hit.clause.clause_id for hit in hits) for hits in alone)
        assert all(len(found) <= 8 for found in together)
