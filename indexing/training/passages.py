"""The product's search over any passages: its engines, signals and fusion, without documents or phrasings.

What the public question sets are tuned and reported with, so that their figures are those of
the search that ships.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from indexing.alignment import Alignment
from indexing.building import DENSE_DIR, LEXICAL_DIR, WHOLE_DIR, build_whole
from indexing.dense import DenseIndex, SentenceKey
from indexing.encoder import word_encoder
from indexing.fusion import ALIGNED_DEPTH, Source, fuse
from indexing.holding import traits
from indexing.lexical import LexicalIndex, LexicalUnit
from indexing.numerals import NUMERAL
from indexing.ordering import mix_tail, vouch
from indexing.query import read_query
from indexing.sentences import split_sentences
from indexing.signals import Asked, Direction, Engines, Lists, aligned, signal_lists
from indexing.types import Encoder
from indexing.units import IndexedDocument, IndexedUnit, UnitTable
from indexing.vectors import FloatVector

SIGNALS = frozenset(
    {Source.WORDS, Source.BIGRAMS, Source.CONCEPTS, Source.DENSE, Source.WHOLE, Source.ALIGNED, Source.SHAPE}
)
"""Those that need no corpus of ours: no phrasings, no headings, no places, no references."""

# "统计法第二十条", "刑法第一百三十三条之一" yes; "变更抚养关系纠纷" no: many judgments go by one cause
_ARTICLE = re.compile(rf"(.+?)第(?:{NUMERAL})条")


class PassageIndex:
    """Passages indexed as units are."""

    def __init__(
        self,
        directory: Path,
        passages: Sequence[tuple[str, str, str]],
        encoder: Encoder,
        *,
        is_built: bool = False,
    ) -> None:
        """Build in `directory`, which exists and is empty.

        Args:
            directory: folder of the indexes.
            passages: id, title ("" where it has none) and text of each.
            encoder: makes the vectors; for one that reads sentences cosines count as they are.
            is_built: the indexes of these passages are there already.
        """
        self.ids = [name for name, _, _ in passages]
        self._encoder = encoder
        if not is_built:
            self._build(directory, passages)
        self._table = _table_of(passages)
        self._engines = Engines(directory)

    def _build(self, directory: Path, passages: Sequence[tuple[str, str, str]]) -> None:
        units = [LexicalUnit(number, title, (), text) for number, (_, title, text) in enumerate(passages)]
        LexicalIndex.build(directory / LEXICAL_DIR, units)
        keys = [SentenceKey(unit.unit, *span) for unit in units for span in split_sentences(unit.body)]
        sentences = [units[key.unit].body[key.start : key.end] for key in keys]
        DenseIndex.build(directory / DENSE_DIR, keys, self._encoder.encode_passages(sentences))
        build_whole(directory / WHOLE_DIR, units, self._vector)
        Alignment.of([f"{unit.title}\n{unit.body}" for unit in units], word_encoder()).save(directory)

    def lists(self, query: str) -> tuple[Asked, Lists]:
        """The question as read, and what each signal but `ALIGNED` says of the passages."""
        direction = Direction(self._encoder.encode_queries([query])[0])
        asked = Asked(read_query(query, (), ()), direction, None)
        return asked, signal_lists(asked, self._engines, self._table, SIGNALS)

    def fused(self, asked: Asked, lists: Lists, weights: Mapping[Source, float]) -> list[tuple[int, float]]:
        """All passages found, best first; the first of them looked at word by word, which joins `lists`."""
        weighed = {source: found for source, found in lists.items() if source in weights}
        ranked = fuse(weighed, weights)
        if Source.ALIGNED not in weights:
            return mix_tail(vouch(ranked, self._table.document), weighed)
        first = [unit for unit, _ in ranked[:ALIGNED_DEPTH]]
        lists[Source.ALIGNED] = weighed[Source.ALIGNED] = aligned(asked, self._engines, first)
        return mix_tail(vouch(fuse(weighed, weights), self._table.document), weighed)

    def _vector(self, text: str) -> FloatVector:
        vector: FloatVector = self._encoder.encode_passages([text])[0]
        return vector


def _table_of(passages: Sequence[tuple[str, str, str]]) -> UnitTable:
    """A unit for each passage; articles of one law (统计法第二十条) belong to one document."""
    places: dict[str, int] = {}
    rows = []
    for number, (_, title, text) in enumerate(passages):
        law = _ARTICLE.match(title)
        place = places.setdefault(law.group(1) if law else f"#{number}", len(places))
        rows.append(IndexedUnit(place, "", "", False, (), traits(text)))
    documents = tuple(IndexedDocument(name, None, None, None) for name in places)
    return UnitTable(documents, tuple(rows))
