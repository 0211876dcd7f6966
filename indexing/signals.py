"""What each signal says of the units, for one query: ranked lists from the engines, values from the table.

query ──► engines, unit table ──► {Source: [(unit, value)]} ──► `fusion.fuse`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from indexing.alignment import Alignment
from indexing.aspects import is_named_by
from indexing.building import (
    DENSE_DIR,
    LEXICAL_DIR,
    PHRASED_DENSE_DIR,
    PHRASED_LEXICAL_DIR,
    WHOLE_DIR,
    has_phrased_vectors,
    has_vectors,
    has_whole_vectors,
)
from indexing.dense import DenseIndex
from indexing.encoder import word_encoder
from indexing.fusion import DEPTH, Source
from indexing.lexical import LexicalIndex, LexicalTerms
from indexing.lexicon import Lexicon
from indexing.numerals import NUMERAL, parse_numeral
from indexing.query import Query
from indexing.types import SearchMode
from indexing.units import IndexedDocument, UnitTable
from indexing.vectors import FloatVector

Values = Sequence[tuple[int, float]]
"""(unit, value): each unit once, values above 0 and at most 1."""

Lists = dict[Source, Values]

LEXICAL_SOURCES = frozenset(
    {
        Source.WORDS,
        Source.BIGRAMS,
        Source.CONCEPTS,
        Source.HEADINGS,
        Source.PHRASED,
        Source.PHRASED_BIGRAMS,
    }
)
DENSE_SOURCES = frozenset({Source.DENSE, Source.WHOLE, Source.PHRASED_DENSE})

# What a reference is worth: the clause of the document named, the clause where no document is named,
# any clause of the document named
_EXACT, _CLAUSE_ALONE, _DOCUMENT_ALONE = 1.0, 0.6, 0.3
_DOCUMENTS_NAMED = 5  # a question that fits more documents names none of them
_PHRASINGS_A_UNIT = 8  # how many are asked for a wanted unit; several of one unit may come first

_REMARKS = frozenset({Source.PLACE, Source.SHAPE})  # said of units that other signals found
_PATH_ARTICLE = re.compile(rf"(?:^|/)第({NUMERAL})条")
_PATH_ANNEX = re.compile(r"^附件(\d+(?:-\d+)?)")


@dataclass(frozen=True, slots=True)
class Direction:
    """A question's vector and what its inner products mean: 0 at `floor`, 1 at `floor + width`."""

    vector: FloatVector
    floor: float = 0.0
    width: float = 1.0

    def strength(self, product: float) -> float:
        """An inner product on that scale, at most 1."""
        return min((product - self.floor) / self.width, 1.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its direction (None where vectors are not asked) and the units it may find (None: all)."""

    query: Query
    direction: Direction | None
    allowed: Sequence[int] | None


class Engines:
    """The derived indexes of one generation; each is loaded when first asked."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @cached_property
    def lexical(self) -> LexicalIndex:
        """Words and bigrams of the units."""
        return LexicalIndex.load(self._directory / LEXICAL_DIR)

    @cached_property
    def dense(self) -> DenseIndex | None:
        """Sentence vectors of the units; None where there are none."""
        return DenseIndex.load(self._directory / DENSE_DIR) if has_vectors(self._directory) else None

    @cached_property
    def whole(self) -> DenseIndex | None:
        """Vectors of the units as wholes; None where there are none."""
        return DenseIndex.load(self._directory / WHOLE_DIR) if has_whole_vectors(self._directory) else None

    @cached_property
    def phrased_lexical(self) -> LexicalIndex:
        """Words of the phrasings, several entries a unit."""
        return LexicalIndex.load(self._directory / PHRASED_LEXICAL_DIR)

    @cached_property
    def phrased_dense(self) -> DenseIndex | None:
        """Vectors of the phrasings; None where there are none."""
        if not has_phrased_vectors(self._directory):
            return None
        return DenseIndex.load(self._directory / PHRASED_DENSE_DIR)

    @cached_property
    def alignment(self) -> Alignment:
        """Words of the units and of their phrasings."""
        return Alignment.load(self._directory)

    @cached_property
    def lexicon(self) -> Lexicon:
        """What words the library knows."""
        said = partial(self.lexical.frequency, terms=LexicalTerms.WORDS)
        return Lexicon(self.alignment.counts(), said, self._stands)

    def _stands(self, pair: str) -> bool:
        return any(
            each.frequency(pair, LexicalTerms.BIGRAMS) for each in (self.lexical, self.phrased_lexical)
        )


def sources_of(mode: SearchMode) -> frozenset[Source]:
    """The signals a mode listens to; the absolute ones belong to every mode."""
    engines = {
        SearchMode.LEXICAL: LEXICAL_SOURCES,
        SearchMode.DENSE: DENSE_SOURCES,
        SearchMode.HYBRID: LEXICAL_SOURCES | DENSE_SOURCES,
    }[mode]
    return engines | {Source.ALIGNED, Source.REFERENCE, Source.PLACE, Source.SHAPE}


def signal_lists(asked: Asked, engines: Engines, table: UnitTable, wanted: Collection[Source]) -> Lists:
    """The lists of the signals wanted; a signal that says nothing of this query is left out.

    PLACE and SHAPE speak of the units that other signals found, they find none themselves.
    """
    lists: Lists = {}
    for source, found in _FINDERS.items():
        if source in wanted:
            lists[source] = found(asked, engines)
    if Source.REFERENCE in wanted:
        lists[Source.REFERENCE] = _referred(asked, table)
    candidates = sorted({unit for found in lists.values() for unit, _ in found})
    if Source.PLACE in wanted:
        lists[Source.PLACE] = _placed(asked.query, table, candidates)
    if Source.SHAPE in wanted:
        lists[Source.SHAPE] = _shaped(asked.query, table, candidates)
    return {source: found for source, found in lists.items() if found}


def only_found(lists: Lists) -> Lists:
    """`lists` as `signal_lists` gives them when only their signals are wanted.

    What PLACE and SHAPE say of units that none of the others found is left out.
    """
    found = {unit for source, ranked in lists.items() if source not in _REMARKS for unit, _ in ranked}
    return {
        source: [pair for pair in ranked if pair[0] in found] if source in _REMARKS else ranked
        for source, ranked in lists.items()
    }


def aligned(asked: Asked, engines: Engines, units: Sequence[int]) -> list[tuple[int, float]]:
    """How much of the query each of `units` says; for the best of a first ranking."""
    values = engines.alignment.scores(asked.query.groups, units, word_encoder())
    return [(unit, value) for unit, value in zip(units, values, strict=True) if value > 0]


def _words(asked: Asked, engines: Engines) -> Values:
    index, text = engines.lexical, asked.query.text
    found = index.search(text, DEPTH, asked.allowed, LexicalTerms.WORDS)
    return _shares(found, index.most(text, LexicalTerms.WORDS))


def _bigrams(asked: Asked, engines: Engines) -> Values:
    index, text = engines.lexical, asked.query.text
    found = index.search(text, DEPTH, asked.allowed, LexicalTerms.BIGRAMS)
    return _shares(found, index.most(text, LexicalTerms.BIGRAMS))


def _concepts(asked: Asked, engines: Engines) -> Values:
    index, groups = engines.lexical, asked.query.groups
    return _shares(index.search_groups(groups, DEPTH, asked.allowed), index.most_of_groups(groups))


def _headings(asked: Asked, engines: Engines) -> Values:
    index, text = engines.lexical, asked.query.text
    return _shares(index.search_headings(text, DEPTH, asked.allowed), index.most(text))


def _phrased(asked: Asked, engines: Engines) -> Values:
    index, groups, most = engines.phrased_lexical, asked.query.groups, _PHRASINGS_A_UNIT * DEPTH
    found = index.search_groups(groups, most, asked.allowed)
    return _shares(_best(found), index.most_of_groups(groups))


def _phrased_bigrams(asked: Asked, engines: Engines) -> Values:
    index, text, most = engines.phrased_lexical, asked.query.text, _PHRASINGS_A_UNIT * DEPTH
    found = index.search(text, most, asked.allowed, LexicalTerms.BIGRAMS)
    return _shares(_best(found), index.most(text, LexicalTerms.BIGRAMS))


def _dense(asked: Asked, engines: Engines) -> Values:
    return _nearest(asked, engines.dense)


def _whole(asked: Asked, engines: Engines) -> Values:
    return _nearest(asked, engines.whole)


def _phrased_dense(asked: Asked, engines: Engines) -> Values:
    return _nearest(asked, engines.phrased_dense)


def _nearest(asked: Asked, index: DenseIndex | None) -> Values:
    direction = asked.direction
    if direction is None or index is None:
        return ()
    hits = index.search(direction.vector, DEPTH, asked.allowed, direction.floor)
    return [(hit.unit, direction.strength(hit.score)) for hit in hits]


def _shares(found: Sequence[tuple[int, float]], most: float) -> Values:
    """BM25 scores as shares of what a unit could score at most: 0–1, the same meaning in every query."""
    return [(unit, min(score / most, 1.0)) for unit, score in found] if most > 0 else []


_FINDERS: Mapping[Source, Callable[[Asked, Engines], Values]] = {
    Source.WORDS: _words,
    Source.BIGRAMS: _bigrams,
    Source.CONCEPTS: _concepts,
    Source.HEADINGS: _headings,
    Source.DENSE: _dense,
    Source.WHOLE: _whole,
    Source.PHRASED: _phrased,
    Source.PHRASED_BIGRAMS: _phrased_bigrams,
    Source.PHRASED_DENSE: _phrased_dense,
}


def _best(found: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Each unit once, with its best score; in the order given, which is best first."""
    best: dict[int, float] = {}
    for unit, score in found:
        best.setdefault(unit, score)
    return list(best.items())[:DEPTH]


def exactly_named(asked: Asked, table: UnitTable) -> dict[int, str]:
    """Units that a query names beyond doubt, each with what is named; several may be named alike.

    An article (第二十一条) with its document by 文号 or place; a particular of a document (文号, 成文日期)
    where the question is about the document itself: its titles say every other word asked.
    """
    query = asked.query
    if not (query.articles or query.particulars):
        return {}
    documents = {place for place in range(len(table.documents)) if _fits(query, table.documents[place])}
    is_named = bool(query.documents or query.jurisdictions)
    entitled = {place for place in documents if is_named_by(query.subject, table.documents[place].titles)}
    about = entitled if len(entitled) <= _DOCUMENTS_NAMED else set()
    named: dict[int, str] = {}
    for unit in range(len(table.units)) if asked.allowed is None else asked.allowed:
        row = table.units[unit]
        said = next((letter for letter in query.particulars if letter in row.said), "")
        if said and row.document in about:
            named[unit] = row.path if len(about) == 1 else f"{row.document}{said}"
        elif is_named and row.document in documents and query.articles and _names_article(query, row.path):
            named[unit] = f"{row.document}{row.path}"
    return named


def _fits(query: Query, document: IndexedDocument) -> bool:
    """Whether what a query says of a document (文号, 《title》, place) is true of one."""
    if query.documents:
        return document.doc_id in query.documents
    if not all(title in document.titles for title in query.titles):
        return False
    return not query.jurisdictions or document.jurisdiction in query.jurisdictions


def _names_article(query: Query, path: str) -> bool:
    article, annex = _PATH_ARTICLE.search(path), _PATH_ANNEX.match(path)
    if query.annexes and (annex is None or annex.group(1) not in query.annexes):
        return False
    return article is not None and parse_numeral(article.group(1)) in query.articles


def _referred(asked: Asked, table: UnitTable) -> list[tuple[int, float]]:
    """Units whose 文号, article or annex the query names, or the particular of a document."""
    query = asked.query
    if not (query.documents or query.articles or query.annexes or query.particulars):
        return []
    named = exactly_named(asked, table)
    out = []
    for unit in range(len(table.units)) if asked.allowed is None else asked.allowed:
        row = table.units[unit]
        value = 0.0 if row.is_silent else _reference_value(query, table.doc_id(unit), row.path)
        if unit in named:
            value = _EXACT
        if value:
            out.append((unit, value))
    return out


def _reference_value(query: Query, doc_id: str, path: str) -> float:
    if query.documents and doc_id not in query.documents:
        return 0.0
    annex, article = _PATH_ANNEX.match(path), _PATH_ARTICLE.search(path)
    names_clause = bool(query.articles or query.annexes)
    fits_annex = not query.annexes or (annex is not None and annex.group(1) in query.annexes)
    fits_article = not query.articles or (
        article is not None and parse_numeral(article.group(1)) in query.articles
    )
    if names_clause and fits_annex and fits_article:
        return _EXACT if query.documents else _CLAUSE_ALONE
    return _DOCUMENT_ALONE if query.documents else 0.0


def _placed(query: Query, table: UnitTable, candidates: Sequence[int]) -> list[tuple[int, float]]:
    named = set(query.jurisdictions)
    return [(unit, 1.0) for unit in candidates if table.jurisdiction(unit) in named]


def _shaped(query: Query, table: UnitTable, candidates: Sequence[int]) -> list[tuple[int, float]]:
    """Units that hold what is asked for; the share of it where several kinds are asked for."""
    if not query.wanted:
        return []
    shares = ((unit, set(query.wanted) & set(table.units[unit].traits)) for unit in candidates)
    return [(unit, len(held) / len(query.wanted)) for unit, held in shares if held]
