"""From the library to the files of one generation: units, words, sentence vectors.

units.json    what the unit numbers mean        lexical/  tantivy        dense/  FAISS
phrased-lexical/, phrased-dense/  the same over reviewed phrasings
alignment.npz words of each unit
vectors.npz   sentence vectors by wording, so that the next build encodes only what is new
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from indexing.alignment import Alignment
from indexing.catalog_rows import checksum
from indexing.dense import DenseIndex, SentenceKey
from indexing.encoder import word_encoder
from indexing.fingerprints import engine_versions, index_code_fingerprint
from indexing.lexical import LexicalIndex, LexicalUnit
from indexing.library import Shelved
from indexing.phrasings import Phrasings
from indexing.segmentation import dictionary_fingerprint
from indexing.sentences import split_sentences
from indexing.types import Clause, Encoder, FloatMatrix, Span
from indexing.units import UnitTable, unit_spans

LEXICAL_DIR, DENSE_DIR, PHRASED_LEXICAL_DIR, PHRASED_DENSE_DIR = (
    "lexical",
    "dense",
    "phrased-lexical",
    "phrased-dense",
)
_VECTORS_FILE = "vectors.npz"


def facts(corpus_hash: str, encoder: Encoder, phrasings: Phrasings) -> dict[str, str]:
    """What an index is made from; when any of it changes, the index is stale."""
    return {
        "corpus": corpus_hash,
        **encoding_facts(encoder),
        "engines": engine_versions(),
        "phrasings": phrasings.fingerprint,
    }


def encoding_facts(encoder: Encoder) -> dict[str, str]:
    """What sentence vectors are made from, apart from the sentences."""
    return {
        "encoder": encoder.name,
        "encoder_fingerprint": encoder.fingerprint,
        "dictionary": dictionary_fingerprint(),
        "code": index_code_fingerprint(),
    }


def build(
    directory: Path,
    shelved: Sequence[Shelved],
    encoder: Encoder,
    phrasings: Phrasings,
    previous: Path | None = None,
) -> None:
    """Write a generation into `directory`.

    Args:
        directory: exists and is empty.
        shelved: the documents; none give an empty index.
        encoder: makes the sentence vectors.
        phrasings: how people ask for some of the clauses; may be none.
        previous: a verified generation with the same `encoding_facts`; vectors of
            unchanged wording are taken from it.

    Raises:
        OSError: a file cannot be written.
    """
    table = UnitTable.of(shelved)
    table.save(directory)
    clauses = [
        (shelved[unit.document], shelved[unit.document].clauses[unit.path], number)
        for number, unit in enumerate(table.units)
    ]
    _build_lexical(directory / LEXICAL_DIR, (_lexical_unit(*each) for each in clauses))
    keys: list[SentenceKey] = []
    sentences: list[list[str]] = []
    for each, clause, number in clauses:
        spans = list(_sentence_spans(clause, each))
        keys.extend(SentenceKey(number, start, end) for start, end in spans)
        sentences.append([each.document.text[start:end] for start, end in spans])
    vectors = _encode(sentences, encoder, _kept_vectors(previous))
    DenseIndex.build(directory / DENSE_DIR, keys, vectors)
    _keep_vectors(directory, sentences, vectors)
    _build_phrased(directory, [(clause, number) for _, clause, number in clauses], phrasings, encoder)
    Alignment.of([_all_words(*each, phrasings) for each in clauses], word_encoder()).save(directory)


def _build_phrased(
    directory: Path, clauses: Sequence[tuple[Clause, int]], phrasings: Phrasings, encoder: Encoder
) -> None:
    """The phrasings in indexes of their own, each by itself under the number of its unit."""
    asked = [(number, text) for clause, number in clauses for text in phrasings.of(clause.text_hash)]
    _build_lexical(
        directory / PHRASED_LEXICAL_DIR, (LexicalUnit(number, "", (), text) for number, text in asked)
    )
    keys = [SentenceKey(number, place, place) for place, (number, _) in enumerate(asked)]
    DenseIndex.build(directory / PHRASED_DENSE_DIR, keys, encoder.encode([text for _, text in asked]))


def _build_lexical(directory: Path, units: Iterator[LexicalUnit]) -> None:
    try:
        LexicalIndex.build(directory, units)
    except ValueError as exc:  # tantivy reports a full disk as one
        code = errno.ENOSPC if "No space left" in str(exc) else errno.EIO
        raise OSError(code, str(exc)) from exc


def _lexical_unit(shelved: Shelved, clause: Clause, number: int) -> LexicalUnit:
    pieces = [shelved.document.text[start:end] for start, end in unit_spans(clause, shelved)]
    # Merged cells filled down belong to a row but do not stand in its text
    pieces += [value for _, value in clause.cells if value not in clause.text]
    return LexicalUnit(number, shelved.document.title, clause.headings, "\n".join(pieces))


def _all_words(shelved: Shelved, clause: Clause, number: int, phrasings: Phrasings) -> str:
    """Everything that words of a question may meet in a unit."""
    unit = _lexical_unit(shelved, clause, number)
    return "\n".join((unit.title, *unit.headings, unit.body, *phrasings.of(clause.text_hash)))


def _sentence_spans(clause: Clause, shelved: Shelved) -> Iterator[Span]:
    for start, end in unit_spans(clause, shelved):
        for first, last in split_sentences(shelved.document.text[start:end]):
            yield start + first, start + last


def _encode(sentences: Sequence[list[str]], encoder: Encoder, kept: Mapping[str, FloatMatrix]) -> FloatMatrix:
    """The vectors of all sentences in order; units whose wording is in `kept` are not encoded again."""
    wordings = [checksum(*unit) for unit in sentences]
    new = [
        sentence
        for unit, key in zip(sentences, wordings, strict=True)
        if key not in kept
        for sentence in unit
    ]
    encoded = iter(encoder.encode(new))
    blocks = [np.empty((0, encoder.dim), dtype=np.float32)]
    for unit, key in zip(sentences, wordings, strict=True):
        if key in kept:
            blocks.append(kept[key])
        elif unit:
            blocks.append(np.stack([next(encoded) for _ in unit]))
    return np.concatenate(blocks)


def _keep_vectors(directory: Path, sentences: Sequence[list[str]], vectors: FloatMatrix) -> None:
    wordings = np.array([checksum(*unit) for unit in sentences], dtype="S64")
    counts = np.array([len(unit) for unit in sentences], dtype=np.int64)
    np.savez(directory / _VECTORS_FILE, wordings=wordings, counts=counts, vectors=vectors)


def _kept_vectors(previous: Path | None) -> dict[str, FloatMatrix]:
    """Wording of a unit to its sentence vectors, shape `(n_sentences, dim)`; empty without `previous`."""
    if previous is None:
        return {}
    with np.load(previous / _VECTORS_FILE, allow_pickle=False) as arrays:
        wordings, counts, vectors = arrays["wordings"], arrays["counts"], arrays["vectors"]
    ends = np.cumsum(counts)
    return {
        wording.decode("ascii"): vectors[end - count : end]
        for wording, count, end in zip(wordings, counts, ends, strict=True)
    }
