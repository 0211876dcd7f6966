"""What an answer was made with, so that it can be made again: index, writer, prompts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from assistant.types import Provenance
from indexing.types import Document

_CHARS = 16  # of a SHA-256 in hex: enough to tell versions apart, short enough to be read out


def provenance(documents: Iterable[Document], retrieval: str, writer: str) -> Provenance:
    """The versions of what an answer comes from.

    Args:
        documents: all that the index holds, in any order.
        retrieval: fingerprint of encoder, words and fusion (`indexing.weights.retrieval_fingerprint`).
        writer: who put the sentences together.
    """
    lines = sorted(f"{each.doc_id}\0{each.version}\0{each.source_sha256}" for each in documents)
    index = hashlib.sha256("\n".join((*lines, retrieval)).encode()).hexdigest()
    return Provenance(index[:_CHARS], writer, prompts_version())


@cache
def prompts_version() -> str:
    """A fingerprint of every fixed sentence and prompt, as shipped."""
    folder = resources.files("prompts")
    files = sorted((file.name, file.read_bytes()) for file in folder.iterdir() if file.name.endswith(".toml"))
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:_CHARS]
