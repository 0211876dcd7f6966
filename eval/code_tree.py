"""The identity of what was measured: one hash over everything that can change a score.

Read from the files themselves, so that it is the same in a checkout, an archive and an
installed copy, with and without git.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# eval/ without results/, which carry the hash
_PARTS = ("assistant", "corpus", "indexing", "prompts", "ui", "eval/cases", "eval/*.py")


def code_tree_hash(root: Path = ROOT) -> str:
    """SHA-256 (hex) over path and content of every file of the product, its measures and gold.

    Hidden files and compiled Python do not count.
    """
    digest = hashlib.sha256()
    for path in sorted(_files(root), key=lambda file: file.relative_to(root).as_posix()):
        name = path.relative_to(root).as_posix()
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for part in _PARTS:
        for top in root.glob(part):
            for path in top.rglob("*") if top.is_dir() else [top]:
                steps = path.relative_to(root).parts
                is_left_out = any(step == "__pycache__" or step.startswith(".") for step in steps)
                if path.is_file() and not is_left_out and path.suffix != ".pyc":
                    yield path
