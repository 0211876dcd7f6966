"""From the library to the files of one generation: units, words, sentence vectors.

units.json    what the unit numbers mean        lexical/  tantivy        dense/  FAISS: sentences
whole/        FAISS: units as wholes, each with its title and headings
phrased-lexical/, phrased-dense/  the same over reviewed phrasings       alignment.npz  words of each unit
probe.npy     the vector of a fixed question, where a service makes the vectors
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexing.alignment import Alignment
from indexing.dense import DenseIndex, SentenceKey
from indexing.embedding import Embedded, encoder_key
from indexing.encoder import word_encoder
from indexing.fingerprints import engine_versions, index_code_fingerprint
from indexing.lexical import LexicalIndex, LexicalUnit
from indexing.library import Shelved
from indexing.phrasings import Phrasings
from indexing.rows import cell_told, row_lead, row_told
from indexing.segmentation import dictionary_fingerprint
from indexing.sentences import split_sentences
from indexing.types import Clause, Encoder, Span
from indexing.units import UnitTable, unit_spans
from indexing.vectors import FloatVector, in_context

LEXICAL_DIR, DENSE_DIR, WHOLE_DIR, _PROBE_FILE = "lexical", "dense", "whole", "probe.npy"
PHRASED_LEXICAL_DIR, PHRASED_DENSE_DIR = "phrased-lexical", "phrased-dense"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a generation is to hold: units, the sentences of each, and how people ask for some."""

    shelved: Sequence[Shelved]
    table: UnitTable
    keys: Sequence[SentenceKey]
    sentences: Sequence[str]  # one for each key
    wholes: Sequence[LexicalUnit]  # one for each unit
    phrasings: Sequence[tuple[int, str]]  # unit and phrasing

    @property
    def texts(self) -> list[str]:
        """All that is to have a vector."""
        heard = (unit for unit in self.wholes if not self.table.units[unit.unit].is_silent)
        wholes = (text for unit in heard for text in (unit.body, context_of(unit)))
        return [*self.sentences, *wholes, *(text for _, text in self.phrasings)]


def word_facts(corpus_hash: str, phrasings: Phrasings) -> dict[str, str]:
    """What the lexical part is made from; when any of it changes, the whole index is stale."""
    return {
        "corpus": corpus_hash,
        "dictionary": dictionary_fingerprint(),
        "code": index_code_fingerprint(),
        "engines": engine_versions(),
        "phrasings": phrasings.fingerprint,
        "words": word_encoder().fingerprint,
    }


def vector_facts(encoder: Encoder) -> dict[str, str]:
    """What sentence vectors are made from, apart from the sentences."""
    return {"encoder": encoder.name, "encoder_key": encoder_key(encoder)}


def plan_of(shelved: Sequence[Shelved], phrasings: Phrasings) -> Plan:
    """Units and sentences of these documents with their phrasings; none give an empty plan."""
    table = UnitTable.of(shelved)
    keys: list[SentenceKey] = []
    sentences: list[str] = []
    for number, unit in enumerate(table.units):
        each = shelved[unit.document]
        if unit.is_silent:
            continue
        clause = each.clauses[unit.path]
        for start, end in _sentence_spans(clause, each):
            keys.append(SentenceKey(number, start, end))
            sentences.append(cell_told(clause, start - clause.start) or each.document.text[start:end])
    asked = [
        (number, text)
        for number, unit in enumerate(table.units)
        for text in phrasings.of(shelved[unit.document].clauses[unit.path].text_hash)
    ]
    wholes = [
        _lexical_unit(shelved[unit.document], shelved[unit.document].clauses[unit.path], number)
        for number, unit in enumerate(table.units)
    ]
    return Plan(shelved, table, keys, sentences, wholes, asked)


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
    heard = [whole for whole in plan.wholes if not plan.table.units[whole.unit].is_silent]
    _build_lexical(directory / LEXICAL_DIR, heard)
    _build_lexical(
        directory / PHRASED_LEXICAL_DIR, [LexicalUnit(unit, "", (), text) for unit, text in plan.phrasings]
    )
    _build_dense(directory / DENSE_DIR, list(zip(plan.keys, plan.sentences, strict=True)), embedded)
    phrased = [(SentenceKey(unit, n, n), text) for n, (unit, text) in enumerate(plan.phrasings)]
    _build_dense(directory / PHRASED_DENSE_DIR, phrased, embedded)
    build_whole(directory / WHOLE_DIR, heard, embedded.of)
    Alignment.of(_all_words(plan), word_encoder()).save(directory)
    if embedded.probe is not None:
        np.save(directory / _PROBE_FILE, embedded.probe)


def probe_of(directory: Path) -> FloatVector | None:
    """The probe's vector as it was when the generation was made; None where no service made it."""
    path = directory / _PROBE_FILE
    return np.load(path, allow_pickle=False) if path.exists() else None


def has_vectors(directory: Path) -> bool:
    """Whether a verified generation has a dense part; one without sentences or encoder has none."""
    return (directory / DENSE_DIR).is_dir()


def has_whole_vectors(directory: Path) -> bool:
    """The same for units as wholes."""
    return (directory / WHOLE_DIR).is_dir()


def has_phrased_vectors(directory: Path) -> bool:
    """The same for reviewed phrasings."""
    return (directory / PHRASED_DENSE_DIR).is_dir()


def context_of(unit: LexicalUnit) -> str:
    """What a unit stands under: the title of its document and its headings."""
    return "\n".join((unit.title, *unit.headings))


def build_whole(
    directory: Path, units: Sequence[LexicalUnit], vector_of: Callable[[str], FloatVector | None]
) -> None:
    """Vectors of the units as wholes; nothing is written where none has a vector.

    Args:
        directory: is created.
        units: what each unit says.
        vector_of: the vector of a text, None where there is none.
    """
    keys, rows = list[SentenceKey](), list[FloatVector]()
    for unit in units:
        body = vector_of(unit.body)
        if body is not None:
            keys.append(SentenceKey(unit.unit, 0, len(unit.body)))
            rows.append(in_context(body, vector_of(context_of(unit))))
    if rows:
        DenseIndex.build(directory, keys, np.stack(rows).astype(np.float32, copy=False))


def _all_words(plan: Plan) -> list[str]:
    """Of each unit everything that a word of a question may meet, its phrasings included."""
    pieces = [[unit.title, *unit.headings, unit.body] for unit in plan.wholes]
    for unit, text in plan.phrasings:
        pieces[unit].append(text)
    return ["\n".join(each) for each in pieces]


def _build_dense(directory: Path, texts: Sequence[tuple[SentenceKey, str]], embedded: Embedded) -> None:
    """Vectors of the texts that have one; nothing is written where none has."""
    pairs = [(key, embedded.of(text)) for key, text in texts]
    having = [(key, vector) for key, vector in pairs if vector is not None]
    if having:
        matrix = np.stack([vector for _, vector in having]).astype(np.float32, copy=False)
        DenseIndex.build(directory, [key for key, _ in having], matrix)


def _build_lexical(directory: Path, units: Sequence[LexicalUnit]) -> None:
    try:
        LexicalIndex.build(directory, units)
    except ValueError as exc:  # tantivy reports a full disk as one
        code = errno.ENOSPC if "No space left" in str(exc) else errno.EIO
        raise OSError(code, str(exc)) from exc


def _lexical_unit(shelved: Shelved, clause: Clause, number: int) -> LexicalUnit:
    pieces = [shelved.document.text[start:end] for start, end in unit_spans(clause, shelved)]
    # Merged cells filled down belong to a row but do not stand in its text
    pieces += [value for _, value in clause.cells if value not in clause.text]
    if told := row_told(clause):
        pieces = [told]
    lead = row_lead(clause, shelved.clauses)
    headings = (*clause.headings, lead) if lead else clause.headings
    return LexicalUnit(number, shelved.document.title, headings, "\n".join(pieces))


def _sentence_spans(clause: Clause, shelved: Shelved) -> Iterator[Span]:
    for start, end in unit_spans(clause, shelved):
        for first, last in split_sentences(shelved.document.text[start:end]):
            yield start + first, start + last
