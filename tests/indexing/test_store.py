"""The store: whole generations only, whatever happens while one is made."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexing.errors import HomeBusy, HomeUnusable, StaleIndex
from indexing.home import Home, open_home
from indexing.store import private_copy, publish, read_pointer, verified_generation
from tests.indexing.state_helpers import make_home

FACTS = {"corpus": "c1", "encoder": "e1"}


def write(content: str):
    """A build that leaves two files with this content."""

    def build(directory: Path) -> None:
        (directory / "a.bin").write_text(content)
        (directory / "sub").mkdir()
        (directory / "sub" / "b.bin").write_text(content * 2)

    return build


def names(home: Home) -> list[str]:
    """What lies in the index directory."""
    return sorted(path.name for path in home.index_dir.iterdir())


def test_a_published_generation_is_current_and_verified(tmp_path: Path) -> None:
    """What was built is what is found, and nothing else is left."""
    home = make_home(tmp_path)
    first = publish(home, write("one"), FACTS)
    assert verified_generation(home, FACTS) == first
    pointer = read_pointer(home)
    second = publish(home, write("two"), FACTS)
    assert verified_generation(home, FACTS) == second
    assert (second / "sub" / "b.bin").read_text() == "twotwo"
    assert read_pointer(home) != pointer
    assert names(home) == [second.name, "current"]
    assert home.index_dir.stat().st_mode & 0o777 == 0o700


def test_no_index_yet_is_stale(tmp_path: Path) -> None:
    """A new home has no generation, which is no accident."""
    with pytest.raises(StaleIndex, match="尚未建立索引"):
        verified_generation(make_home(tmp_path), FACTS)


@pytest.mark.parametrize("fact", ["corpus", "encoder"])
def test_other_facts_are_stale(tmp_path: Path, fact: str) -> None:
    """Another corpus or encoder is noticed before anything is loaded; a new kind of fact too."""
    home = make_home(tmp_path)
    publish(home, write("one"), FACTS)
    with pytest.raises(StaleIndex, match=fact):
        verified_generation(home, FACTS | {fact: "other"})
    with pytest.raises(StaleIndex, match="dictionary"):
        verified_generation(home, FACTS | {"dictionary": "d1"})


def test_every_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """In the files, the manifest and the pointer: every single byte, one bit of it."""
    home = make_home(tmp_path)
    publish(home, write("some content"), FACTS)
    files = [path for path in home.index_dir.rglob("*") if path.is_file()]
    assert len(files) == 4
    n_flips = 0
    for path in files:
        intact = path.read_bytes()
        for place in range(len(intact)):
            damaged = bytearray(intact)
            damaged[place] ^= 1 << (place % 8)
            path.write_bytes(damaged)
            with pytest.raises(StaleIndex):
                verified_generation(home, FACTS)
            n_flips += 1
        path.write_bytes(intact)
    assert n_flips > 400
    verified_generation(home, FACTS)


@pytest.mark.parametrize("name", ["a.bin", "sub/b.bin", "manifest.json"])
def test_missing_and_cut_files_are_noticed(tmp_path: Path, name: str) -> None:
    """A file that is gone, empty or cut is as bad as a changed one."""
    home = make_home(tmp_path)
    path = publish(home, write("some content"), FACTS) / name
    intact = path.read_bytes()
    for content in (b"", intact[:-1], intact + b"x"):
        path.write_bytes(content)
        with pytest.raises(StaleIndex):
            verified_generation(home, FACTS)
    path.unlink()
    with pytest.raises(StaleIndex):
        verified_generation(home, FACTS)


def test_pointer_cannot_lead_out_of_the_index(tmp_path: Path) -> None:
    """The pointer names a generation, never a path."""
    home = make_home(tmp_path)
    generation = publish(home, write("one"), FACTS)
    _, _, sha256 = read_pointer(home).partition(" ")
    for name in (f"../index/{generation.name}", str(generation), "", "一"):
        (home.index_dir / "current").write_text(f"{name} {sha256}")
        with pytest.raises(StaleIndex):
            verified_generation(home, FACTS)


def test_a_failed_build_leaves_the_old_generation(tmp_path: Path) -> None:
    """An error inside a build reaches the caller; its leftovers go with the next build."""
    home = make_home(tmp_path)
    first = publish(home, write("one"), FACTS)

    def fail(directory: Path) -> None:
        (directory / "half").write_text("half")
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        publish(home, fail, FACTS)
    assert verified_generation(home, FACTS) == first
    assert names(home) == [first.name, "000002.building", "current"]
    second = publish(home, write("two"), FACTS)
    assert names(home) == [second.name, "current"]


def test_full_disk_is_said_and_the_old_generation_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ENOSPC at any flush: one sentence, and the index is as it was."""
    home = make_home(tmp_path)
    first = publish(home, write("one"), FACTS)
    real = os.fsync
    for limit in range(1, 8):
        flushes = iter(range(1, 100))

        def full(descriptor: int, flushes: Iterator[int] = flushes, limit: int = limit) -> None:
            if next(flushes) == limit:
                raise OSError(28, "No space left on device")
            real(descriptor)

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(HomeUnusable, match=r"磁盘已满.*原有索引未改动"):
            publish(home, write("two"), FACTS)
        assert verified_generation(home, FACTS) == first
    monkeypatch.undo()
    publish(home, write("two"), FACTS)


def test_files_are_flushed_before_the_pointer_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Order on disk: files, manifest, folders, rename, folder, pointer, folder."""
    home = make_home(tmp_path)
    steps: list[str] = []
    real_fsync, real_rename, real_replace = os.fsync, os.rename, os.replace

    def fsync(descriptor: int) -> None:
        steps.append(f"sync {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        real_fsync(descriptor)

    def note(real, word: str):
        def moved(source: os.PathLike[str], target: os.PathLike[str], **options: object) -> None:
            steps.append(f"{word} {Path(target).name}")
            real(source, target, **options)

        return moved

    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc to name descriptors")
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "rename", note(real_rename, "rename"))
    monkeypatch.setattr(os, "replace", note(real_replace, "replace"))
    publish(home, write("one"), FACTS)
    assert steps == [
        "sync a.bin",
        "sync b.bin",
        "sync manifest.json",
        "sync sub",
        "sync 000001.building",
        "rename 000001",
        "sync index",
        "sync current.new",
        "replace current",
        "sync index",
    ]


def test_read_only_home_publishes_nothing(tmp_path: Path) -> None:
    """The sentence says that asking still works."""
    home = make_home(tmp_path, writable=False)
    with pytest.raises(HomeUnusable, match="只读的，可以查询但不能修改"):
        publish(home, write("one"), FACTS)
    with pytest.raises(HomeUnusable, match="只读"), home.lock():
        pytest.fail("a read-only home was locked")


def test_a_private_copy_can_be_changed_whatever_the_original_allows(tmp_path: Path) -> None:
    """`chmod -R a-w` took the right to write from every file and folder; the copy has it back."""
    home = make_home(tmp_path)
    generation = publish(home, write("one"), FACTS)
    places = [generation, *sorted(generation.rglob("*"))]
    for place in reversed(places):
        place.chmod(0o555 if place.is_dir() else 0o444)
    (tmp_path / "aside").mkdir(mode=0o700)
    copy = private_copy(generation, tmp_path / "aside")
    for place in places:
        copied = copy / place.relative_to(generation)
        if place.is_dir():
            assert copied.stat().st_mode & 0o777 == 0o700
            place.chmod(0o700)  # so that the folder of this test can be removed
        else:
            assert copied.stat().st_mode & 0o200
            assert copied.read_bytes() == place.read_bytes()


def test_home_is_created_private_and_parents_too(tmp_path: Path) -> None:
    """Mode 0700 whatever the umask; an existing directory keeps its mode."""
    old = os.umask(0)
    try:
        home = open_home(tmp_path / "a" / "b" / "cewen")
    finally:
        os.umask(old)
    assert home.path.stat().st_mode & 0o777 == 0o700
    assert home.writable
    (tmp_path / "shared").mkdir(mode=0o750)
    open_home(tmp_path / "shared")
    assert (tmp_path / "shared").stat().st_mode & 0o777 == 0o750


def test_homes_that_cannot_be_are_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the way, above or at the place; a parent that cannot be written; no right to read."""
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(HomeUnusable, match=r"不是一个目录.*CEWEN_HOME"):
            open_home(place)
    with pytest.raises(HomeUnusable, match=r"无法在数据目录 /proc/.*CEWEN_HOME"):
        open_home(Path("/proc/nowhere/cewen"))  # nobody may create anything there, root included
    # Rights do not bind root, so what the system would answer others is put in its mouth
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.R_OK)
    with pytest.raises(HomeUnusable, match=r"无法读取.*CEWEN_HOME"):
        open_home(tmp_path)


def test_lock_is_waited_for_and_then_said_who_has_it(tmp_path: Path) -> None:
    """After the deadline the message names the other process."""
    home = open_home(tmp_path / "home", lock_timeout_s=0.2)
    with home.lock():
        with pytest.raises(HomeBusy, match=f"PID {os.getpid()}.*0.2 秒"), home.lock():
            pytest.fail("two at once")
        patient = Home(home.path, True, lock_timeout_s=10)
        entered = threading.Event()

        def wait() -> None:
            with patient.lock():
                entered.set()

        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not entered.wait(0.2)
    waiting.join(10)
    assert entered.is_set()
