"""Words of a question said by near words of a text: hand arithmetic over made-up vectors, and real ones."""

import numpy as np
import pytest

from assistant.judging import nearness as module
from assistant.judging.nearness import Nearness, WordSpace
from assistant.questions.weighing import Term

_VECTORS = {"托育": (1.0, 0.0), "带娃": (0.6, 0.8), "停车": (0.0, 1.0), "养老": (0.8, 0.6)}


class _Encoder:
    """Two dimensions; a word it does not know is zeros, as the shipped one has it."""

    def encode_passages(self, texts: list[str]) -> np.ndarray:
        return np.array([_VECTORS.get(text, (0.0, 0.0)) for text in texts], dtype=np.float32)


@pytest.fixture
def near(monkeypatch: pytest.MonkeyPatch) -> Nearness:
    """Over the made-up vectors, texts cut at spaces."""
    monkeypatch.setattr(module, "word_encoder", _Encoder)
    monkeypatch.setattr(module, "words", str.split)
    return Nearness()


def _term(*forms: str) -> Term:
    return Term(forms[0], forms, 1.0, is_own=True, is_known=True)


def test_a_word_is_said_by_its_nearest_word(near: Nearness) -> None:
    """带娃 and 养老: 0.6·0.8 + 0.8·0.6 = 0.96; 带娃 and 托育: 0.6."""
    said = near.said((_term("带娃"),), ("托育", "托育 养老", "停车"))
    assert said.tolist() == [pytest.approx([0.6, 0.96, 0.8], abs=1e-6)]


def test_the_best_form_counts_and_another_form_a_little_less(near: Nearness) -> None:
    """带娃 is called 托育: 0.9 of 1 beats its own 0.6."""
    assert near.said((_term("带娃", "托育"),), ("托育",))[0, 0] == pytest.approx(0.9)


def test_a_form_of_several_words_is_said_by_their_mean(near: Nearness) -> None:
    """托育 is there (1), 停车 is not (0.6 by 养老): 0.8."""
    assert near.said((_term("托育 停车"),), ("托育 养老",))[0, 0] == pytest.approx(0.8)


def test_a_word_the_vectors_do_not_know_is_said_by_itself_alone(near: Nearness) -> None:
    """渝快办 has no vector: 1 where it stands, 0 elsewhere; never negative."""
    assert near.said((_term("渝快办"),), ("渝快办 托育", "托育")).tolist() == [[1.0, 0.0]]


def test_nothing_asked_and_nothing_said(near: Nearness) -> None:
    """Shapes hold for no terms, no texts and an empty text."""
    assert near.said((), ("托育",)).shape == (0, 1)
    assert near.said((_term("托育"),), ()).shape == (1, 0)
    assert near.said((_term("托育"),), ("",)).tolist() == [[0.0]]


def test_words_keep_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later text with more words moves no vector."""
    monkeypatch.setattr(module, "word_encoder", _Encoder)
    monkeypatch.setattr(module, "words", str.split)
    space = WordSpace()
    first = space.rows("托育 停车")
    before = space.vectors(first).tolist()
    space.rows("养老 带娃 托育")
    assert space.rows("停车 托育").tolist() == first.tolist()
    assert space.vectors(first).tolist() == before


def test_with_the_shipped_vectors_everyday_words_are_near_official_ones() -> None:
    """理发 is nearer to 美发 and 便民服务 than to 资金申请报告."""
    said = module.nearness().said((_term("理发"),), ("提供美容美发等便民服务", "编制资金申请报告"))
    assert said[0, 0] > said[0, 1] + 0.2
