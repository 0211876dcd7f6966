"""How people might ask for a clause: reviewed data, searched in indexes of their own, never quoted.

`corpus/phrasings/*.tsv`, and the folder `phrasings` of a home for documents added later; one
phrasing a line, parted by tabs:

    doc_id#path    first characters of the clause's text_hash    phrasing

The hash binds a phrasing to a wording: a clause that was changed loses its phrasings until they
are reviewed again, and a clause that another document repeats has them too. Everything works
without any.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexing.errors import CorpusError, HomeUnusable
from indexing.files import reason
from indexing.home import make_private_dir
from indexing.types import Clause

FOLDER = "phrasings"
HASH_CHARS = 12
"""How much of a text_hash a line holds: 48 bits, enough for any library."""

_NAME_CHARS = 16  # of the hash of a doc_id that names its file
_MACHINE_WRITTEN = "# 由语言模型 {author} 编写，未经审阅，只用于检索，不作依据。\n"


@dataclass(frozen=True, slots=True)
class Phrasings:
    """Phrasings by wording; `fingerprint` changes whenever any of them does."""

    by_hash: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fingerprint: str = ""

    def of(self, text_hash: str) -> tuple[str, ...]:
        """The phrasings of a wording, in the order of the files; empty when it has none."""
        return self.by_hash.get(text_hash[:HASH_CHARS], ())


def read_phrasings(folders: Iterable[Path]) -> Phrasings:
    """All phrasings below the folders' `phrasings`; a folder without one adds nothing.

    Raises:
        CorpusError: a file cannot be read, or a line is not of the form above; it is named.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*.tsv")):
            try:
                content = path.read_text("utf-8")
            except (OSError, UnicodeDecodeError) as exc:
                why = reason(exc) if isinstance(exc, OSError) else "不是 UTF-8 文本"
                raise CorpusError(f"读不了问法文件 {path}（{why}），请改正或移走它。") from exc
            digest.update(content.encode())
            for number, line in enumerate(content.splitlines(), start=1):
                if line.strip() and not line.startswith("#"):
                    text_hash, phrasing = _read_line(line, path, number)
                    found[text_hash][phrasing] = None
    return Phrasings({key: tuple(values) for key, values in found.items()}, digest.hexdigest())


def save_phrasings(
    home: Path, doc_id: str, clauses: Iterable[tuple[Clause, Sequence[str]]], author: str
) -> None:
    """Write what `author` wrote for the clauses of a document into the home, marked as not reviewed.

    The document's file is replaced, whole or not at all; no clauses leave an empty one.

    Raises:
        HomeUnusable: it cannot be written.
    """
    lines = [_MACHINE_WRITTEN.format(author=_line(author))]
    for clause, phrasings in clauses:
        start = f"{_line(clause.clause_id)}\t{clause.text_hash[:HASH_CHARS]}"
        lines += [f"{start}\t{said}\n" for each in phrasings if (said := _line(each))]
    folder = home / FOLDER
    make_private_dir(folder)
    path = folder / f"{hashlib.sha256(doc_id.encode()).hexdigest()[:_NAME_CHARS]}.tsv"
    try:
        descriptor = os.open(path.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(lines)
        path.with_suffix(".new").replace(path)
    except OSError as exc:
        raise HomeUnusable(f"无法写入问法目录 {folder}（{reason(exc)}），请检查磁盘空间和权限。") from exc


def _line(text: str) -> str:
    """A text as one cell of one line."""
    return " ".join(text.split())


def _read_line(line: str, path: Path, number: int) -> tuple[str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != 3 or len(cells[1]) != HASH_CHARS or not cells[2]:
        raise CorpusError(
            f"问法文件 {path} 第{number}行应为“条款地址、文字校验、问法”，用制表符分开，请改正这一行。"
        )
    return cells[1], cells[2]
