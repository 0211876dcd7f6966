"""Sentences to vectors: each wording once, kept as it is made, and no further than the model goes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexing.embedding import PROBE, embed, encoder_key, keys_in_use
from indexing.errors import EncoderMismatch, EncoderUnavailable
from indexing.types import FloatMatrix
from indexing.vector_file import VectorFile
from tests.hashing_encoder import HashingEncoder
from tests.indexing.state_helpers import make_home

MANY = [f"第{number}项补助" for number in range(300)]


class Fragile(HashingEncoder):
    """Encodes so many sentences, then fails; a service when told to be."""

    def __init__(self, lasts: int = 10**9, *, remote: bool = False, model: str = "hashing") -> None:
        super().__init__(dim=32, name=model)
        self.lasts = lasts
        self.remote = remote
        self.encoded: list[str] = []
        self.asked: list[str] = []
        self.error: BaseException = EncoderUnavailable("向量服务没有答复。")

    @property
    def fingerprint(self) -> str:
        """A service's does not say which model it runs."""
        return "ab" * 32 if self.remote else super().fingerprint

    @property
    def is_remote(self) -> bool:
        """As told."""
        return self.remote

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """The probe."""
        self.asked.extend(texts)
        if self.lasts <= 0:
            raise self.error
        return super().encode_queries([f"{self.name}{text}" for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Fails when it has had enough."""
        if len(self.encoded) + len(texts) > self.lasts:
            raise self.error
        self.encoded.extend(texts)
        return super().encode_passages(texts)


def kept(base: Path, encoder: HashingEncoder) -> VectorFile:
    """What a home keeps for an encoder."""
    return VectorFile(make_home(base), encoder_key(encoder))


def test_each_wording_is_encoded_once(tmp_path: Path) -> None:
    """Repeated sentences, and those of an earlier build, are not asked for again."""
    encoder = Fragile()
    first = embed(["甲补助", "乙补助", "甲补助"], encoder, kept(tmp_path, encoder))
    assert (encoder.encoded, first.n_missing, first.failure) == (["甲补助", "乙补助"], 0, None)
    again = embed(["乙补助", "丙补助"], encoder, kept(tmp_path, encoder))
    assert encoder.encoded == ["甲补助", "乙补助", "丙补助"]
    expected = HashingEncoder(32).encode_passages(["乙补助", "丙补助"])
    for text, row in zip(["乙补助", "丙补助"], expected, strict=True):
        np.testing.assert_array_equal(again.of(text), row)
    assert again.of("丁补助") is None


def test_a_failure_in_the_middle_keeps_what_was_made(tmp_path: Path) -> None:
    """The next build goes on from there."""
    encoder = Fragile(lasts=200)
    cut_off = embed(MANY, encoder, kept(tmp_path, encoder))
    n_made = len(encoder.encoded)
    assert 0 < n_made < 300
    assert (cut_off.n_missing, cut_off.failure) == (300 - n_made, encoder.error)
    encoder.lasts = 10**9
    whole = embed(MANY, encoder, kept(tmp_path, encoder))
    assert (whole.n_missing, whole.failure) == (0, None)
    assert encoder.encoded == MANY


@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError()])
def test_an_interruption_keeps_what_was_made(tmp_path: Path, error: BaseException) -> None:
    """Ctrl+C passes through, and nothing is encoded twice for it."""
    encoder = Fragile(lasts=200)
    encoder.error = error
    with pytest.raises(type(error)):
        embed(MANY, encoder, kept(tmp_path, encoder))
    encoder.lasts = 10**9
    embed(MANY, encoder, kept(tmp_path, encoder))
    assert encoder.encoded == MANY


def test_work_is_kept_every_few_seconds(tmp_path: Path) -> None:
    """A process that is killed outright loses seconds, not hours; the clock is ours."""
    encoder, now = Fragile(), [0.0]
    on_disk: list[int] = []

    def tick() -> float:
        now[0] += 1.5
        return now[0]

    def progress(done: int, total: int) -> None:
        on_disk.append(len(kept(tmp_path, encoder).load()))
        assert (0 < done <= total, total) == (True, 300)

    embed(MANY, encoder, kept(tmp_path, encoder), progress, tick)
    assert on_disk[0] == 0
    assert on_disk[-1] > 0
    assert len(kept(tmp_path, encoder).load()) == 300


def test_progress_is_silent_when_nothing_is_new(tmp_path: Path) -> None:
    """And counts only new sentences."""
    encoder = Fragile()
    told: list[tuple[int, int]] = []
    embed(["甲", "乙"], encoder, kept(tmp_path, encoder), lambda *each: told.append(each))
    embed(["甲", "乙"], encoder, kept(tmp_path, encoder), lambda *each: told.append(each))
    embed(["甲", "丙"], encoder, kept(tmp_path, encoder), lambda *each: told.append(each))
    assert told == [(2, 2), (1, 1)]


def test_a_service_is_asked_the_probe_and_a_local_model_is_not(tmp_path: Path) -> None:
    """Weights on this machine are known by their hash."""
    local, service = Fragile(), Fragile(remote=True)
    assert embed(["甲"], local, kept(tmp_path, local)).probe is None
    assert embed(["甲"], service, kept(tmp_path, service)).probe is not None
    assert (local.asked, service.asked) == ([], [PROBE])


def test_a_model_changed_behind_its_name_is_noticed(tmp_path: Path) -> None:
    """The same address and name, other vectors: everything is encoded again."""
    before = Fragile(remote=True)
    embed(["甲", "乙"], before, kept(tmp_path, before))
    same = Fragile(remote=True)
    embed(["甲", "乙"], same, kept(tmp_path, same))
    assert same.encoded == []
    other = Fragile(remote=True, model="other")
    embed(["甲", "乙"], other, kept(tmp_path, other))
    assert other.encoded == ["甲", "乙"]


def test_a_silent_service_fails_at_once_and_only_when_it_is_needed(tmp_path: Path) -> None:
    """The probe finds out in the time of a question, before any long wait for a batch."""
    service = Fragile(remote=True)
    embed(["甲"], service, kept(tmp_path, service))
    service.lasts = 0
    nothing_new = embed(["甲"], service, kept(tmp_path, service))
    assert (nothing_new.n_missing, nothing_new.failure) == (0, None)
    assert nothing_new.probe is not None
    lacking = embed(["甲", "乙"], service, kept(tmp_path, service))
    assert (lacking.n_missing, lacking.failure) == (1, service.error)
    assert lacking.of("甲") is not None
    assert service.encoded == ["甲"]


def test_vectors_of_two_lengths_never_mix(tmp_path: Path) -> None:
    """A model swapped between two batches."""

    class Swapped(Fragile):
        def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
            self._dim = 16 if self.encoded else 32
            return super().encode_passages(texts)

    encoder = Swapped(remote=True)
    embedded = embed(MANY, encoder, kept(tmp_path, encoder))
    assert isinstance(embedded.failure, EncoderMismatch)
    assert {len(vector) for vector in embedded.vectors.values()} == {32}


def test_the_key_follows_the_fingerprint() -> None:
    """What is kept for one encoder is never given to another."""
    assert encoder_key(HashingEncoder()) == encoder_key(HashingEncoder())
    assert len({encoder_key(HashingEncoder(dim)) for dim in (16, 32, 64)}) == 3


def test_what_is_in_use_includes_the_probe() -> None:
    """Else the next build could not compare."""
    assert len(keys_in_use(["甲", "乙", "甲"])) == 3
