"""A question's vector or an honest sentence; a model that failed is left alone for a while."""

from collections.abc import Sequence

import numpy as np
import pytest

from indexing.embedding import PROBE
from indexing.errors import EncoderUnavailable
from indexing.query_vectors import REST_S, QueryVectors
from indexing.types import FloatMatrix
from tests.hashing_encoder import HashingEncoder


class Asked(HashingEncoder):
    """Remembers its questions; fails while told to."""

    def __init__(self, dim: int = 32, name: str = "hashing") -> None:
        super().__init__(dim, name)
        self.questions: list[list[str]] = []
        self.fails = False

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """As the hashing encoder, under its name."""
        self.questions.append(list(texts))
        if self.fails:
            raise EncoderUnavailable("向量服务没有答复，请检查。")
        return super().encode_queries([f"{self.name}{text}" for text in texts])


def test_one_question_is_encoded_once() -> None:
    """An answer searches several places with the same words."""
    encoder = Asked()
    vectors = QueryVectors(encoder, 32, None)
    first, second = vectors.of("食堂补助"), vectors.of("食堂补助")
    assert first.vector is second.vector
    assert first.trouble is None
    assert encoder.questions == [["食堂补助"]]
    for number in range(200):
        vectors.of(f"问题{number}")
    vectors.of("食堂补助")
    assert encoder.questions[-1] == ["食堂补助"]  # not everything is remembered for ever


def test_after_a_failure_the_model_rests() -> None:
    """It is asked again when the time is over, by a clock of ours, and then all is well."""
    now = [100.0]
    encoder = Asked()
    vectors = QueryVectors(encoder, 32, None, clock=lambda: now[0])
    encoder.fails = True
    failed = vectors.of("食堂补助")
    assert failed.vector is None
    assert "没有答复" in str(failed.trouble)
    assert "只按词语检索" in str(failed.trouble)
    encoder.fails = False
    now[0] += REST_S - 1
    assert vectors.of("另一问题") == failed
    assert len(encoder.questions) == 1
    now[0] += 1
    assert vectors.of("食堂补助").vector is not None
    assert vectors.of("另一问题").trouble is None


def test_what_is_known_needs_no_model() -> None:
    """A question asked before keeps its vector while the service is down."""
    encoder = Asked()
    vectors = QueryVectors(encoder, 32, None)
    vectors.of("食堂补助")
    encoder.fails = True
    assert vectors.of("另一问题").vector is None
    assert vectors.of("食堂补助").vector is not None


def test_vectors_of_another_length_are_never_compared() -> None:
    """The index has 32 numbers, the model now gives 16."""
    found = QueryVectors(Asked(16), 32, None).of("食堂补助")
    assert found.vector is None
    assert "16" in str(found.trouble)
    assert "cewen index" in str(found.trouble)


def test_another_model_behind_the_name_is_noticed() -> None:
    """With the probe, in the one request that asks the question; a model that rounds differently passes."""
    probe = Asked().encode_queries([PROBE])[0]
    same, other = Asked(), Asked(name="other")
    vectors = QueryVectors(same, 32, probe + np.float32(0.001))
    np.testing.assert_array_equal(vectors.of("食堂补助").vector, Asked().encode_queries(["食堂补助"])[0])
    assert same.questions == [["食堂补助", PROBE]]
    changed = QueryVectors(other, 32, probe).of("食堂补助")
    assert changed.vector is None
    assert "cewen index" in str(changed.trouble)


def test_our_own_mistakes_pass_through() -> None:
    """Only what an encoder may raise is turned into a sentence."""

    class Broken(Asked):
        def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        QueryVectors(Broken(), 32, None).of("食堂")
