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
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from indexing.errors import CorpusError
from indexing.files import reason

FOLDER = "phrasings"
HASH_CHARS = 12
"""How much of a text_hash a line holds: 48 bits, enough for any library."""


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


def _read_line(line: str, path: Path, number: int) -> tuple[str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != 3 or len(cells[1]) != HASH_CHARS or not cells[2]:
        raise CorpusError(
            f"问法文件 {path} 第{number}行应为“条款地址、文字校验、问法”，用制表符分开，请改正这一行。"
        )
    return cells[1], cells[2]
