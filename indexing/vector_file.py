"""Sentence vectors kept between builds, so that nothing is encoded twice, also after an interruption.

    vectors/<key>    "CEWENVEC", version, dim; then records of 16 + 4·dim + 8 bytes:
                     digest of the sentence, float32 vector, checksum of both

One file for each encoder, appended to while a build goes on. Derived like the index:
a record that is torn or damaged is not read, and its sentence is encoded again.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Collection, Iterable, Mapping

import numpy as np
import numpy.typing as npt

from indexing.errors import HomeUnusable
from indexing.files import reason
from indexing.home import Home, make_private_dir
from indexing.vectors import FloatVector

_MAGIC, _VERSION = b"CEWENVEC", 1
_HEADER = struct.Struct("<8sII")  # magic, version, dim
_KEY_BYTES, _SUM_BYTES = 16, 8
_KEY_NAME_CHARS = 32
_MOST_DIMS = 65536  # no model has more; a damaged header must not ask for gigabytes


def sentence_key(sentence: str) -> bytes:
    """Identity of a sentence's wording, 16 bytes."""
    return hashlib.sha256(sentence.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES]


class VectorFile:
    """The vectors one encoder has made in one home; the home is locked by whoever writes."""

    def __init__(self, home: Home, encoder_key: str) -> None:
        """`encoder_key` is hex and says all that vectors depend on besides the sentence."""
        self._home = home
        self._path = home.path / "vectors" / encoder_key[:_KEY_NAME_CHARS]
        self._dim = 0
        self._end = 0  # where the whole records end; what lies behind is torn
        self._stored: set[bytes] = set()

    def load(self) -> dict[bytes, FloatVector]:
        """Vector by `sentence_key`; empty where there is no file, or none that can be read."""
        self._dim = self._end = 0
        self._stored = set()
        try:
            data = self._path.read_bytes()
        except OSError:  # also one that may not be read: it is encoded again, and written again
            return {}
        if len(data) < _HEADER.size:
            return {}
        magic, version, dim = _HEADER.unpack_from(data)
        if magic != _MAGIC or version != _VERSION or not 0 < dim <= _MOST_DIMS:
            return {}
        kind = _record(dim)
        n_whole = (len(data) - _HEADER.size) // kind.itemsize
        self._dim, self._end = dim, _HEADER.size + n_whole * kind.itemsize
        records = np.frombuffer(data, dtype=kind, count=n_whole, offset=_HEADER.size)
        found: dict[bytes, FloatVector] = {}
        for record in records:
            key = record["key"].tobytes()
            if record["sum"].tobytes() == _checksum(key, record["vector"]):
                found[key] = record["vector"]
        self._stored = set(found)
        return found

    def append(self, vectors: Mapping[bytes, FloatVector]) -> None:
        """Add vectors behind those `load` found; on disk when this returns.

        Vectors of another length than those in the file start it anew. A home that cannot
        be written keeps nothing.

        Raises:
            HomeUnusable: the disk is full or cannot be written.
        """
        if not vectors or not self._home.writable:
            return
        dim = len(next(iter(vectors.values())))
        content = b"".join(_packed(key, vector) for key, vector in vectors.items())
        if dim != self._dim:
            self._rewrite(_HEADER.pack(_MAGIC, _VERSION, dim) + content)
            self._dim, self._end, self._stored = dim, _HEADER.size + len(content), set(vectors)
            return
        try:
            with self._path.open("r+b") as file:
                file.seek(self._end)
                file.truncate()
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as exc:
            raise self._unusable(exc) from exc
        self._end += len(content)
        self._stored |= set(vectors)

    def keep_only(self, keys: Collection[bytes]) -> None:
        """Drop what is of no use any more: vectors of other sentences, and files of other encoders.

        Call after `load`.

        Raises:
            HomeUnusable: the folder cannot be written.
        """
        if not self._home.writable:
            return
        if self._stored - set(keys):
            left = {key: vector for key, vector in self.load().items() if key in keys}
            packed = b"".join(_packed(key, vector) for key, vector in left.items())
            self._rewrite(_HEADER.pack(_MAGIC, _VERSION, self._dim) + packed)
            self.load()
        self._drop_others(keep=self._path.name)

    def clear(self) -> None:
        """Forget everything this encoder has made: its model has changed unseen."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as exc:
            raise self._unusable(exc) from exc
        self._dim = self._end = 0
        self._stored = set()

    def _drop_others(self, keep: str) -> None:
        try:
            for path in self._path.parent.glob("*"):
                if path.name != keep:
                    path.unlink()
        except OSError as exc:
            raise self._unusable(exc) from exc

    def _rewrite(self, content: bytes) -> None:
        """Put `content` in the place of the file, whole or not at all."""
        make_private_dir(self._path.parent)
        temporary = self._path.with_name(self._path.name + ".new")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        except OSError as exc:
            raise self._unusable(exc) from exc

    def _unusable(self, exc: OSError) -> HomeUnusable:
        return HomeUnusable(
            f"无法写入向量目录 {self._path.parent}（{reason(exc)}），原有索引未改动，请检查磁盘空间和权限。"
        )


def keys_of(sentences: Iterable[str]) -> list[bytes]:
    """`sentence_key` of each, in order."""
    return [sentence_key(sentence) for sentence in sentences]


def _record(dim: int) -> np.dtype[np.void]:
    return np.dtype(
        [("key", np.uint8, (_KEY_BYTES,)), ("vector", "<f4", (dim,)), ("sum", np.uint8, (_SUM_BYTES,))]
    )


def _packed(key: bytes, vector: FloatVector) -> bytes:
    return key + vector.astype("<f4").tobytes() + _checksum(key, vector)


def _checksum(key: bytes, vector: npt.NDArray[np.float32]) -> bytes:
    content = key + np.ascontiguousarray(vector, dtype="<f4").tobytes()
    return hashlib.blake2b(content, digest_size=_SUM_BYTES).digest()
