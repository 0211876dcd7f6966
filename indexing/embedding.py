"""Sentences to vectors for a build: what is kept is used again, what is new is encoded and kept at once.

The model may fail in the middle: what has been made stays, and the build goes on with it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexing.errors import EncoderError, EncoderMismatch
from indexing.fingerprints import encoder_code_fingerprint
from indexing.types import Encoder
from indexing.vector_file import VectorFile, keys_of, sentence_key
from indexing.vectors import FloatVector, same_vector

EncodingProgress = Callable[[int, int], None]
"""Told how many of how many new sentences have their vector."""

PROBE = "社区服务设施由谁建设、由谁运营？"
"""A question every encoder of a service is asked; when its vector has moved, the model is another."""

_CHUNK = 128  # sentences between two looks at the clock; what a kill loses at most besides _KEEP_S
_KEEP_S = 2.0  # seconds of work that are kept together: each keeping waits for the disk


@dataclass(frozen=True, slots=True)
class Embedded:
    """What came of a build's sentences."""

    vectors: Mapping[bytes, FloatVector]  # by `sentence_key`
    n_missing: int  # distinct sentences that have none yet
    failure: EncoderError | None  # why they have none
    probe: FloatVector | None  # the vector of `PROBE`; None for a model on this machine

    def of(self, sentence: str) -> FloatVector | None:
        """The vector of a sentence, shape `(dim,)`; None when it has none yet."""
        return self.vectors.get(sentence_key(sentence))


def encoder_key(encoder: Encoder) -> str:
    """SHA-256 (hex) of all that a vector depends on besides its text."""
    return hashlib.sha256(f"{encoder.fingerprint}\0{encoder_code_fingerprint()}".encode()).hexdigest()


def keys_in_use(sentences: Sequence[str]) -> frozenset[bytes]:
    """What an index of these sentences still needs of the vectors kept."""
    return frozenset((*keys_of(sentences), _PROBE_KEY))


def embed(
    sentences: Sequence[str],
    encoder: Encoder,
    kept: VectorFile,
    progress: EncodingProgress = lambda *_: None,
    clock: Callable[[], float] = time.monotonic,
) -> Embedded:
    """Vectors of all sentences, as far as the encoder gives them.

    Args:
        sentences: of the whole index, in any order, repeated ones included.
        encoder: is asked only for what is not kept, each wording once.
        kept: what earlier builds left; is added to while this one goes on.
        progress: called after each chunk; not at all when nothing is new.
        clock: seconds.

    Raises:
        HomeUnusable: the vectors cannot be kept.
    """
    found = kept.load()
    wanted = dict(zip(keys_of(sentences), sentences, strict=True))
    probe, failure = _probe(encoder, found, kept)
    new = {key: text for key, text in wanted.items() if key not in found}
    if failure is None or not encoder.is_remote:
        failure = _encode(new, encoder, found, kept, progress, clock)
    n_missing = sum(key not in found for key in wanted)
    # A service that is silent while nothing is asked of it is no failure of this build
    return Embedded(found, n_missing, failure if n_missing else None, probe)


def _probe(
    encoder: Encoder, found: dict[bytes, FloatVector], kept: VectorFile
) -> tuple[FloatVector | None, EncoderError | None]:
    """The probe's vector, and why there is none; forgets what another model behind the same name made."""
    if not encoder.is_remote:
        return None, None
    key = _PROBE_KEY
    before = found.get(key)
    try:
        now = encoder.encode_queries([PROBE])[0]
    except EncoderError as exc:
        return before, exc
    if before is None or not same_vector(before, now):
        found.clear()
        kept.clear()
        found[key] = now
        kept.append({key: now})
    return now, None


def _encode(
    new: Mapping[bytes, str],
    encoder: Encoder,
    found: dict[bytes, FloatVector],
    kept: VectorFile,
    progress: EncodingProgress,
    clock: Callable[[], float],
) -> EncoderError | None:
    """Encode what is new into `found`; why it stopped, None when all is done."""
    keys = list(new)
    unkept: dict[bytes, FloatVector] = {}
    failure: EncoderError | None = None
    since = clock()
    try:
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            try:
                rows = encoder.encode_passages([new[key] for key in chunk])
                _check_length(rows.shape[1], found, encoder.name)
            except EncoderError as exc:
                failure = exc
                break
            made = {key: np.array(row) for key, row in zip(chunk, rows, strict=True)}
            found |= made
            unkept |= made
            progress(min(start + _CHUNK, len(keys)), len(keys))
            if clock() - since >= _KEEP_S:
                kept.append(unkept)
                unkept, since = {}, clock()
    finally:  # also what was made before Ctrl+C
        kept.append(unkept)
    return failure


def _check_length(dim: int, found: Mapping[bytes, FloatVector], name: str) -> None:
    """Return when vectors of `dim` numbers fit those there are.

    Raises:
        EncoderMismatch: they do not: the model changed in the middle.
    """
    before = next((len(vector) for vector in found.values()), dim)
    if before != dim:
        raise EncoderMismatch(
            f"模型 {name} 的向量原来有 {before} 维，现在是 {dim} 维：服务中的模型已换，"
            "请重新运行 cewen index。"
        )


_PROBE_KEY = sentence_key("\0probe\0" + PROBE)
