"""Generations of the derived index on disk: built beside the old one, sealed, swapped in whole.

    index/current            "<generation> <SHA-256 of its manifest.json>"
    index/000007/            one generation: the engines' files and manifest.json
    index/000008.building/   what a build in progress, or a killed one, leaves

Readers follow `current` and trust nothing they have not checked: FAISS loads a file
with a flipped bit in 270 of 300 cases. The caller of `publish` holds `Home.lock`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexing.errors import HomeUnusable, StaleIndex
from indexing.files import reason
from indexing.home import Home, make_private_dir

MANIFEST_NAME = "manifest.json"
_POINTER = "current"
_BUILDING = ".building"


@dataclass(frozen=True, slots=True)
class Seal:
    """Size in bytes and SHA-256 (hex) of one file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from, and a seal for every file in it."""

    facts: Mapping[str, str]  # corpus hash, encoder, dictionary, library versions …
    files: Mapping[str, Seal]  # path below the generation, "/" between folders


def read_pointer(home: Home) -> str:
    """The raw content of `current`; "" where there is none. Changes exactly when the index does."""
    try:
        return (home.index_dir / _POINTER).read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""
    except OSError as exc:
        raise StaleIndex(f"读不了索引指针 {home.index_dir / _POINTER}（{reason(exc)}）。") from exc


def current_facts(home: Home) -> Mapping[str, str]:
    """What the current generation says it was made from; nothing where there is none or it is damaged."""
    name, _, sha256 = read_pointer(home).partition(" ")
    if not name.isascii() or not name.isdecimal():
        return {}
    try:
        return _manifest(home.index_dir / name, sha256).facts
    except StaleIndex:
        return {}


def verified_generation(home: Home, facts: Mapping[str, str]) -> Path:
    """The current generation, every byte of it checked against its seals.

    Args:
        home: where to look.
        facts: what it must have been made from.

    Raises:
        StaleIndex: there is none, it was made from something else, or a file is damaged.
    """
    name, _, sha256 = read_pointer(home).partition(" ")
    if not name:
        raise StaleIndex("尚未建立索引，请运行 cewen index。")
    if not name.isascii() or not name.isdecimal():
        raise StaleIndex("索引指针已损坏，请运行 cewen index 重建。")
    generation = home.index_dir / name
    manifest = _manifest(generation, sha256)
    for fact, wanted in facts.items():
        found = manifest.facts.get(fact, "")
        if found != wanted:
            raise StaleIndex(
                f"索引是按 {fact}={found[:12]} 建立的，现在是 {wanted[:12]}，请运行 cewen index 重建。"
            )
    _check_files(generation, manifest.files)
    return generation


def publish(home: Home, build: Callable[[Path], None], facts: Mapping[str, str]) -> Path:
    """Build a new generation and make it the current one; the old ones are removed afterwards.

    Killed at any point, `current` still names a whole generation.

    Args:
        home: locked by the caller.
        build: writes the files of a generation into the empty directory given.
        facts: what it is made from; kept in its manifest.

    Returns:
        The directory of the new generation.

    Raises:
        HomeUnusable: the disk is full or cannot be written.
    """
    home.require_writable()
    make_private_dir(home.index_dir)
    number = 1 + max((int(path.name[:6]) for path in _generations(home)), default=0)
    building = home.index_dir / f"{number:06d}{_BUILDING}"
    try:
        _drop_leftovers(home)
        building.mkdir(mode=0o700)
        build(building)
        sha256 = _seal(building, facts)
        generation = building.rename(home.index_dir / f"{number:06d}")
        _sync(home.index_dir)
        _replace_pointer(home, f"{generation.name} {sha256}")
        _drop_leftovers(home, keep=generation.name)
    except OSError as exc:
        raise HomeUnusable(
            f"无法写入索引目录 {home.index_dir}（{reason(exc)}），原有索引未改动，请检查磁盘空间和权限。"
        ) from exc
    return generation


def private_copy(generation: Path, folder: Path) -> Path:
    """A copy of `generation` inside `folder` that its owner can change, whatever the modes of the original.

    Args:
        generation: a verified one.
        folder: exists; only this user may enter it.

    Raises:
        OSError: it cannot be copied.
    """
    copy = folder / generation.name
    copy.mkdir(mode=0o700)
    for source in sorted(generation.rglob("*")):  # a folder comes before what is in it
        place = copy / source.relative_to(generation)
        if source.is_dir():
            place.mkdir(mode=0o700)
        else:
            shutil.copyfile(source, place)  # content alone: `copy` and `copytree` would copy the modes
    return copy


def _generations(home: Home) -> list[Path]:
    return [path for path in home.index_dir.iterdir() if path.name[:6].isdecimal() and len(path.name) >= 6]


def _drop_leftovers(home: Home, keep: str | None = None) -> None:
    """Remove what killed builds left, and with `keep` every generation but that one."""
    for path in _generations(home):
        if path.name.endswith(_BUILDING) or (keep is not None and path.name != keep):
            shutil.rmtree(path)


def _seal(directory: Path, facts: Mapping[str, str]) -> str:
    """Write the manifest, flush everything to disk; SHA-256 of the manifest."""
    files = {}
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            files[path.relative_to(directory).as_posix()] = {
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            _sync(path)
    content = json.dumps({"facts": dict(facts), "files": files}, ensure_ascii=False, indent=1).encode()
    manifest = directory / MANIFEST_NAME
    manifest.write_bytes(content)
    for path in (manifest, *(path for path in directory.rglob("*") if path.is_dir()), directory):
        _sync(path)
    return hashlib.sha256(content).hexdigest()


def _replace_pointer(home: Home, content: str) -> None:
    temporary = home.index_dir / f"{_POINTER}.new"
    temporary.write_text(content, "utf-8")
    _sync(temporary)
    temporary.replace(home.index_dir / _POINTER)
    _sync(home.index_dir)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _manifest(generation: Path, sha256: str) -> Manifest:
    try:
        content = (generation / MANIFEST_NAME).read_bytes()
    except OSError as exc:
        raise StaleIndex(f"索引 {generation.name} 缺少清单，请运行 cewen index 重建。") from exc
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StaleIndex(f"索引 {generation.name} 的清单已损坏，请运行 cewen index 重建。")
    values = json.loads(content)  # ours, byte for byte: the hash matched
    return Manifest(values["facts"], {name: Seal(**seal) for name, seal in values["files"].items()})


def _check_files(generation: Path, files: Mapping[str, Seal]) -> None:
    for name, seal in files.items():
        try:
            with (generation / name).open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                intact = size == seal.size and hashlib.file_digest(file, "sha256").hexdigest() == seal.sha256
        except OSError as exc:
            raise StaleIndex(f"索引文件 {name} 读不出来，请运行 cewen index 重建。") from exc
        if not intact:
            raise StaleIndex(f"索引文件 {name} 已损坏，请运行 cewen index 重建。")
