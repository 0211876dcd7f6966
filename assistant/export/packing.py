"""Office files with the same bytes for the same content: fixed times and order, nothing of this machine."""

from __future__ import annotations

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say
_FIRST = ("[Content_Types].xml", "_rels/.rels")  # where readers that do not seek look for them


def repack(data: bytes, replaced: dict[str, bytes] | None = None) -> bytes:
    """`data`, a ZIP we made ourselves, with members in a fixed order and without times.

    Args:
        data: the archive as a library wrote it.
        replaced: member name → its content instead; a name the archive lacks is not added.
    """
    replaced = replaced or {}
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist(), key=_rank):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # as Word writes it, whatever system this is
            entry.external_attr = 0
            target.writestr(entry, replaced.get(name, source.read(name)))
    return packed.getvalue()


def _rank(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
