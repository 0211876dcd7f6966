"""What the code itself contributes to stored results: when it changes, they are made again.

Hashing source files instead of counting versions by hand: a forgotten increment would
leave old clauses under new code.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

# Modules whose change cannot change what `read_document` makes of a file. A new module
# counts as part of the parser until it is named here: re-reading once too often is harmless.
_NOT_THE_PARSER = {
    "alignment", "asking", "aspects", "building", "catalog", "catalog_rows", "catalog_types", "cross_encoder",
    "dense", "embedding", "encoder", "endpoint", "endpoint_client", "errors", "files", "fingerprints",
    "fusion", "generations", "home", "identity", "ingest", "lexical", "library", "model_files", "models",
    "naming", "phrasings", "query", "query_vectors", "reranking", "rows", "segmentation", "sentences",
    "settings", "shipped", "signals", "snapshot", "sqlite", "standing", "store", "thesaurus", "torch_models",
    "transformer", "units", "vector_file", "vectors", "weights",
}  # fmt: skip
_INDEX_BUILDERS = (
    "alignment", "asking", "aspects", "building", "dense", "folding", "holding", "lexical", "phrasings",
    "rows", "segmentation", "sentences", "units",
)  # fmt: skip
_ENCODERS = ("encoder", "endpoint", "folding", "segmentation", "transformer", "vectors")
_ENGINES = ("faiss-cpu", "numpy", "tantivy")


@functools.cache
def parser_fingerprint() -> str:
    """SHA-256 (hex) of the modules and the gazetteer between a file's bytes and its clauses."""
    modules = [path for path in _PACKAGE.glob("*.py") if path.stem not in _NOT_THE_PARSER]
    gazetteer = _PACKAGE.parent / "corpus" / "jurisdictions.tsv"
    return _of_files([*modules, *_PACKAGE.glob("readers/*.py"), gazetteer])


@functools.cache
def index_code_fingerprint() -> str:
    """SHA-256 (hex) of the modules that make an index from clauses."""
    return _of_files(_PACKAGE / f"{name}.py" for name in _INDEX_BUILDERS)


@functools.cache
def encoder_code_fingerprint() -> str:
    """SHA-256 (hex) of the modules between a text and its vector."""
    return _of_files(_PACKAGE / f"{name}.py" for name in _ENCODERS)


@functools.cache
def engine_versions() -> str:
    """The libraries whose files an index holds: "faiss-cpu 1.15.1, numpy 2.4.6, …"."""
    return ", ".join(f"{name} {version(name)}" for name in _ENGINES)


def _of_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
