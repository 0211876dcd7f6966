"""Vectors kept between builds: whole records only, one file an encoder, nothing kept for ever."""

import os
from pathlib import Path

import numpy as np
import pytest

from indexing.errors import HomeUnusable
from indexing.vector_file import VectorFile, sentence_key
from indexing.vectors import FloatVector
from tests.indexing.state_helpers import make_home

DIM = 5
HEADER, RECORD = 16, 16 + 4 * DIM + 8


def some(*names: str, dim: int = DIM) -> dict[bytes, FloatVector]:
    """A vector for each name, told apart by it."""
    return {
        sentence_key(name): np.arange(dim, dtype=np.float32) + np.float32(len(name) + ord(name[0]))
        for name in names
    }


def opened(base: Path, key: str = "k1") -> VectorFile:
    """The file of one encoder, looked at."""
    file = VectorFile(make_home(base), key)
    file.load()
    return file


def path_of(base: Path, key: str = "k1") -> Path:
    """Where it lies."""
    return base / "home" / "vectors" / key


def same(found: dict[bytes, FloatVector], wanted: dict[bytes, FloatVector]) -> bool:
    """The same keys, and bit for bit the same vectors."""
    return found.keys() == wanted.keys() and all((found[key] == wanted[key]).all() for key in wanted)


def test_what_is_appended_is_found_again(tmp_path: Path) -> None:
    """In several goes, by this object and the next; private to the user."""
    file = opened(tmp_path)
    assert file.load() == {}
    file.append(some("甲", "乙"))
    file.append(some("丙"))
    file.append({})
    assert same(file.load(), some("甲", "乙", "丙"))
    assert same(VectorFile(make_home(tmp_path), "k1").load(), some("甲", "乙", "丙"))
    assert path_of(tmp_path).stat().st_mode & 0o777 == 0o600
    assert path_of(tmp_path).parent.stat().st_mode & 0o777 == 0o700


def test_encoders_do_not_see_each_other(tmp_path: Path) -> None:
    """Another key is another file."""
    opened(tmp_path).append(some("甲"))
    assert opened(tmp_path, "k2").load() == {}


def test_a_torn_end_is_cut_off_and_written_over(tmp_path: Path) -> None:
    """Killed in the middle of a record, at any byte: what was whole stays, and what follows is readable."""
    opened(tmp_path).append(some("甲", "乙"))
    whole = path_of(tmp_path).read_bytes()
    for length in range(HEADER + RECORD, len(whole)):
        path_of(tmp_path).write_bytes(whole[:length])
        file = opened(tmp_path)
        assert same(file.load(), some("甲"))
        file.append(some("丙"))
        assert same(opened(tmp_path).load(), some("甲", "丙"))


@pytest.mark.parametrize("length", range(HEADER))
def test_a_torn_header_is_no_file(tmp_path: Path, length: int) -> None:
    """And is written anew."""
    opened(tmp_path).append(some("甲"))
    path_of(tmp_path).write_bytes(path_of(tmp_path).read_bytes()[:length])
    file = opened(tmp_path)
    assert file.load() == {}
    file.append(some("乙"))
    assert same(opened(tmp_path).load(), some("乙"))


def test_no_flipped_bit_is_ever_a_vector(tmp_path: Path) -> None:
    """In the header nothing is read; in a record that one is left out."""
    opened(tmp_path).append(some("甲", "乙"))
    whole = path_of(tmp_path).read_bytes()
    wanted = some("甲", "乙")
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        path_of(tmp_path).write_bytes(damaged)
        found = opened(tmp_path).load()
        assert all(key in wanted and (found[key] == wanted[key]).all() for key in found), place
        assert len(found) == (0 if place < HEADER else 1), place


def test_vectors_of_another_length_start_anew(tmp_path: Path) -> None:
    """The model behind the name has changed."""
    file = opened(tmp_path)
    file.append(some("甲"))
    file.append(some("乙", dim=3))
    assert same(file.load(), some("乙", dim=3))


def test_only_what_is_in_use_is_kept(tmp_path: Path) -> None:
    """Removed sentences go, and so do the files of encoders no longer used."""
    opened(tmp_path, "old").append(some("甲"))
    file = opened(tmp_path)
    file.append(some("甲", "乙", "丙"))
    file.keep_only(some("乙", "丁").keys())
    assert same(file.load(), some("乙"))
    assert [path.name for path in path_of(tmp_path).parent.iterdir()] == ["k1"]
    file.append(some("丁"))
    assert same(opened(tmp_path).load(), some("乙", "丁"))


def test_nothing_is_rewritten_when_all_is_in_use(tmp_path: Path) -> None:
    """A gigabyte is not copied for nothing."""
    file = opened(tmp_path)
    file.append(some("甲"))
    before = path_of(tmp_path).stat().st_ino
    file.keep_only(some("甲", "乙").keys())
    assert path_of(tmp_path).stat().st_ino == before


def test_clear_forgets(tmp_path: Path) -> None:
    """Also when there is nothing."""
    file = opened(tmp_path)
    file.clear()
    file.append(some("甲"))
    file.clear()
    assert file.load() == {}
    file.append(some("乙"))
    assert same(file.load(), some("乙"))


def test_a_home_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """It can still be read from."""
    opened(tmp_path).append(some("甲"))
    file = VectorFile(make_home(tmp_path, writable=False), "k1")
    assert same(file.load(), some("甲"))
    file.append(some("乙"))
    file.keep_only(())
    assert same(file.load(), some("甲"))


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence; what was there stays."""
    file = opened(tmp_path)
    file.append(some("甲"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(HomeUnusable, match="磁盘已满"):
        file.append(some("乙"))
    with pytest.raises(HomeUnusable, match="磁盘已满"):
        opened(tmp_path, "k2").append(some("乙"))
    monkeypatch.undo()
    assert sentence_key("甲") in opened(tmp_path).load()
