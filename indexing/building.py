"""From the library to the files of one generation: units, words, sentence vectors.

units.json    what the unit numbers mean        lexical/  tantivy        dense/  FAISS
probe.npy     the vector of a fixed question, where a service makes the vectors
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexing.dense import DenseIndex, SentenceKey
from indexing.embedding import Embedded, encoder_key
from indexing.fingerprints import engine_versions, index_code_fingerprint
from indexing.lexical import LexicalIndex, LexicalUnit
from indexing.library import Shelved
from indexing.segmentation import dictionary_fingerprint
from indexing.sentences import split_sentences
from indexing.types import Clause, Encoder, Span
from indexing.units import UnitTable, unit_spans
from indexing.vectors import FloatVector

LEXICAL_DIR, DENSE_DIR, _PROBE_FILE = "lexical", "dense", "probe.npy"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a generation is to hold: units, and the sentences of each."""

    shelved: Sequence[Shelved]
    table: UnitTable
    keys: Sequence[SentenceKey]
    sentences: Sequence[str]  # one for each key


def word_facts(corpus_hash: str) -> dict[str, str]:
    """What the lexical part is made from; when any of it changes, the whole index is stale."""
    return {
        "corpus": corpus_hash,
        "dictionary": dictionary_fingerprint(),
        "code": index_code_fingerprint(),
        "engines": engine_versions(),
    }


def vector_facts(encoder: Encoder) -> dict[str, str]:
    """What sentence vectors are made from, apart from the sentences."""
    return {"encoder": encoder.name, "encoder_key": encoder_key(encoder)}


def plan_of(shelved: Sequence[Shelved]) -> Plan:
    """Units and sentences of these documents; none give an empty plan."""
    table = UnitTable.of(shelved)
    keys: list[SentenceKey] = []
    sentences: list[str] = []
    for number, unit in enumerate(table.units):
        each = shelved[unit.document]
        for start, end in _sentence_spans(each.clauses[unit.path], each):
            keys.append(SentenceKey(number, start, end))
            sentences.append(each.document.text[start:end])
    return Plan(shelved, table, keys, sentences)


def build(directory: Path, plan: Plan, embedded: Embedded) -> None:
    """Write a generation into `directory`.

    Args:
        directory: exists and is empty.
        plan: the documents; none give an empty index.
        embedded: vectors of its sentences; a sentence without one is left to the words.

    Raises:
        OSError: a file cannot be written.
    """
    plan.table.save(directory)
    _build_lexical(directory, _lexical_units(plan))
    pairs = [(key, embedded.of(sentence)) for key, sentence in zip(plan.keys, plan.sentences, strict=True)]
    having = [(key, vector) for key, vector in pairs if vector is not None]
    if having:
        matrix = np.stack([vector for _, vector in having]).astype(np.float32, copy=False)
        DenseIndex.build(directory / DENSE_DIR, [key for key, _ in having], matrix)
    if embedded.probe is not None:
        np.save(directory / _PROBE_FILE, embedded.probe)


def probe_of(directory: Path) -> FloatVector | None:
    """The probe's vector as it was when the generation was made; None where no service made it."""
    path = directory / _PROBE_FILE
    return np.load(path, allow_pickle=False) if path.exists() else None


def has_vectors(directory: Path) -> bool:
    """Whether a verified generation has a dense part; one without sentences or encoder has none."""
    return (directory / DENSE_DIR).is_dir()


def _lexical_units(plan: Plan) -> Iterator[LexicalUnit]:
    for number, unit in enumerate(plan.table.units):
        each = plan.shelved[unit.document]
        yield _lexical_unit(each, each.clauses[unit.path], number)


def _build_lexical(directory: Path, units: Iterator[LexicalUnit]) -> None:
    try:
        LexicalIndex.build(directory / LEXICAL_DIR, units)
    except ValueError as exc:  # tantivy reports a full disk as one
        code = errno.ENOSPC if "No space left" in str(exc) else errno.EIO
        raise OSError(code, str(exc)) from exc


def _lexical_unit(shelved: Shelved, clause: Clause, number: int) -> LexicalUnit:
    pieces = [shelved.document.text[start:end] for start, end in unit_spans(clause, shelved)]
    # Merged cells filled down belong to a row but do not stand in its text
    pieces += [value for _, value in clause.cells if value not in clause.text]
    return LexicalUnit(number, shelved.document.title, clause.headings, "\n".join(pieces))


def _sentence_spans(clause: Clause, shelved: Shelved) -> Iterator[Span]:
    for start, end in unit_spans(clause, shelved):
        for first, last in split_sentences(shelved.document.text[start:end]):
            yield start + first, start + last
