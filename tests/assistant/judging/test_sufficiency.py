"""The model of what suffices: hand arithmetic, its file, and life without one that fits."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.judging.heard import Heard
from assistant.judging.sufficiency import (
    OF_PHRASINGS,
    Model,
    Seen,
    Sufficiency,
    features,
    shipped_sufficiency,
)
from assistant.service import PolicyAssistant
from indexing.types import Clause, ClauseHit, Focus, Level, Signal
from indexing.weights import retrieval_fingerprint

_TEXT = "第一条 补助。"
CLAUSE = Clause(
    "甲", 1, "第一条", "正文", Level.ARTICLE, "第一条", None, (), _TEXT, 0, 7, ((0, 7),), None, 0,
    is_unit=True,
)  # fmt: skip
HIT = ClauseHit(
    CLAUSE,
    Focus("第一条", 0, 7, "第一条 补助。"),
    0.8,
    (Signal("aligned", 2, 0.7, 0.3), Signal("phrased_dense", 5, 0.9, 0.2)),
)
SEEN = Seen(coverage=0.4, strange=0.1, bonus=0.0, in_heading=0.0, says_enough=False, rank=0)


def test_the_probability_is_the_logistic_of_the_weighted_sum() -> None:
    """0.5·2 + (0.4 − 0.1)·4 − (0.4 − 0.2)·1 − 1.6 = 0.4 for a rank and a coverage with a knot, by hand."""
    slopes = {"aligned_rank": ((0.0, 2.0),), "coverage": ((0.1, 4.0), (0.2, -1.0), (0.5, 9.0))}
    model = Model(slopes, bias=-1.6, threshold=0.5)
    assert model.probability(features(HIT, SEEN)) == pytest.approx(1 / (1 + math.exp(-0.4)))


def test_clauses_with_and_without_phrasings_have_models_of_their_own() -> None:
    """The one is heard where a phrasing spoke; without any, saying enough of the words is enough too."""
    sure, never = Model({}, bias=2.0, threshold=0.5), Model({}, bias=-2.0, threshold=0.5)
    bare = replace(HIT, signals=HIT.signals[:1])
    assert Sufficiency(sure, never, "x").verdict(HIT, SEEN)[1]
    assert not Sufficiency(sure, never, "x").verdict(bare, SEEN)[1]
    assert Sufficiency(sure, never, "x").verdict(bare, replace(SEEN, says_enough=True)) == (0.4, True)
    assert not Sufficiency(never, sure, "x").verdict(HIT, replace(SEEN, says_enough=True))[1]


def test_a_signal_that_did_not_find_the_clause_is_nothing() -> None:
    """Every feature has a value; ranks are turned over, so that first is 1."""
    values = features(HIT, SEEN)
    assert (values["aligned"], values["aligned_rank"], values["phrased_dense"]) == (0.7, 0.5, 0.9)
    assert (values["dense"], values["dense_rank"], values["place"]) == (0.0, 0.0, 0.0)
    assert (values["is_first"], values["says_enough"]) == (1.0, 0.0)
    assert features(HIT, replace(SEEN, rank=3))["is_first"] == 0.0


def test_a_place_the_caller_chose_counts_as_named() -> None:
    """Whoever sets the city on the page need not write it."""
    assert features(HIT, replace(SEEN, is_placed=True))["place"] == 1.0


def test_nearness_alone_is_not_trusted_with_words_no_document_has() -> None:
    """罚款 is near 补助 by vectors; where most of the question is such a word, only words decide."""
    sure = Model({}, bias=2.0, threshold=0.5)
    bare = replace(HIT, signals=HIT.signals[:1])
    assert not Sufficiency(sure, sure, "x").verdict(bare, replace(SEEN, strange=0.7))[1]
    assert Sufficiency(sure, sure, "x").verdict(HIT, replace(SEEN, strange=0.7))[1]


def test_words_that_no_phrasing_has_ask_for_a_surer_clause() -> None:
    """低保标准: where most of the question is unheard of, just above the threshold is not enough."""
    hardly, surely = Model({}, bias=-0.4, threshold=0.3), Model({}, bias=1.0, threshold=0.3)
    unheard = replace(SEEN, unheard=0.8)
    assert Sufficiency(hardly, hardly, "x").verdict(HIT, SEEN)[1]
    assert not Sufficiency(hardly, hardly, "x").verdict(HIT, unheard)[1]
    assert Sufficiency(surely, surely, "x").verdict(HIT, unheard)[1]
    assert Sufficiency(hardly, hardly, "x").verdict(HIT, replace(unheard, says_enough=True))[1]


def test_a_clause_without_the_thing_asked_for_is_never_enough() -> None:
    """什么证, 在哪里办: the surest clause that names no 证 and no place to go does not answer."""
    sure = Model({}, bias=9.0, threshold=0.3)
    said = replace(SEEN, says_enough=True)
    assert Sufficiency(sure, sure, "x").verdict(HIT, said)[1]
    for lacking in (Heard(short=1.0), Heard(where=1.0)):
        assert not Sufficiency(sure, sure, "x").verdict(HIT, replace(said, heard=lacking))[1]


def test_an_extreme_sum_is_still_a_probability() -> None:
    """No overflow, whatever a file says."""
    for weight in (1e9, -1e9):
        model = Model({"aligned": ((0.0, weight),)}, 0.0, 0.5)
        assert 0.0 <= model.probability(features(HIT, SEEN)) <= 1.0


def test_the_shipped_model_belongs_to_the_shipped_retrieval(assistant: PolicyAssistant) -> None:
    """A change of encoder, dictionary or weights needs `cewen eval calibrate`; this says so."""
    model = shipped_sufficiency()
    assert model.retrieval == retrieval_fingerprint(assistant.index.encoder), "run `cewen eval calibrate`"
    assert 0.2 < model.phrased.threshold < 0.9
    assert 0.2 < model.bare.threshold < 0.9
    assert set(model.phrased.slopes) == set(features(HIT, SEEN))
    assert set(model.bare.slopes) == set(features(HIT, SEEN)) - OF_PHRASINGS


@pytest.mark.parametrize(
    "content", ["", "[]", '{"phrased": {}}', '{"phrased": {"slopes": {"a": "b"}, "bias": 0}}']
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    """One sentence that says what to run."""
    path = tmp_path / "sufficiency.json"
    path.write_text(content, "utf-8")
    with pytest.raises(AssistantError, match="calibrate"):
        shipped_sufficiency(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(AssistantError, match="重新安装"):
        shipped_sufficiency(tmp_path / "none.json")


def test_with_another_retrieval_the_words_decide_alone(
    assistant: PolicyAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers of one retrieval say nothing of another: no clause passes that does not say enough."""
    eager = Model({"coverage": ((0.0, 100.0),)}, bias=100.0, threshold=0.0)
    model = Sufficiency(eager, eager, retrieval="another")
    monkeypatch.setattr("assistant.service.shipped_sufficiency", lambda: model)
    asked = "北京市公积金怎么提取？"
    day = date(2026, 11, 22)
    assert all(
        item.seen.says_enough
        for scope in assistant.judged(asked, day)
        for item in scope
        if item.is_sufficient
    )
    assert not assistant.ask(asked, as_of=day).statements
