"""Lexical search: BM25 by tantivy over title, headings and body of each unit.

Every field is indexed twice, as jieba search words and as character bigrams, because
each finds what the other misses: words know 养老服务, bigrams do not care where a
word was cut. Both are cut here (`indexing.segmentation`) and handed to tantivy
parted by spaces. Queries are built term by term and never parsed, so `NEAR(`, `*`
or a quotation mark in a question mean nothing.

tantivy is imported at the first use; its objects stay in this module.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from indexing.errors import StaleIndex
from indexing.segmentation import bigrams, search_words

Ranked = list[tuple[int, float]]
"""(unit, score), best first; equal scores in order of unit."""

# What a term weighs where it stands. A term counts once, where it weighs most (disjunction max): a term
# of the title then lifts every unit of its document alike, so a title picks the city, the rest the clause.
# Tuned roughly on 43 questions of our own about the five shipped documents.
TITLE_BOOST = 1.5
HEADINGS_BOOST = 1.0
BODY_BOOST = 1.0

MAX_QUERY_TERMS = 1024
"""Distinct terms of a query that count, first come; a question of any length stays quick."""

_SATURATED = 2.2
"""k1 + 1 with tantivy's k1 = 1.2: how many times its idf a term counts at most (Robertson et al. 1994)."""

UNHELD = 0.3
"""What a term no unit holds weighs in `most`, beside the rarest that is held.

In a small library most of the words people ask with are held by none, and most of them say little.
Chosen among 0, 0.3 and 1 on TUNED questions and the tune parts of public sets.
"""

_TOKENIZER = "spaces"
_HEAP_BYTES = 30_000_000  # tantivy wants at least 15 MB a thread


class LexicalTerms(StrEnum):
    """What text is cut into for a search."""

    WORDS = "words"
    BIGRAMS = "bigrams"


_CUTTERS: dict[LexicalTerms, Callable[[str], list[str]]] = {
    LexicalTerms.WORDS: search_words,
    LexicalTerms.BIGRAMS: bigrams,
}
_BOOSTS = {"title": TITLE_BOOST, "headings": HEADINGS_BOOST, "body": BODY_BOOST}


@dataclass(frozen=True, slots=True)
class LexicalUnit:
    """What is searched of one unit; `unit` (0 or more) is its number in the caller's table."""

    unit: int
    title: str
    headings: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a thing: words that must all stand in a unit, and what they weigh (0–1)."""

    words: tuple[str, ...]
    weight: float


class LexicalIndex:
    """A tantivy index in one folder, written once and then only read."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401  tantivy has no types of its own
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def build(cls, directory: Path, units: Iterable[LexicalUnit]) -> LexicalIndex:
        """A new index of `units` in `directory`, which is created or must be empty.

        One writer thread makes one segment, so the same units give the same scores.

        Raises:
            OSError: the folder cannot be written.
            ValueError: tantivy refuses the folder, or a unit number is negative.
        """
        import tantivy

        directory.mkdir(parents=True, exist_ok=True)
        index = _with_tokenizer(tantivy.Index(_schema(), path=str(directory), reuse=False))
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for unit in units:
            document = tantivy.Document()
            document.add_unsigned("unit", unit.unit)
            for field, text in (
                ("title", unit.title),
                ("headings", "\n".join(unit.headings)),
                ("body", unit.body),
            ):
                for terms, cutter in _CUTTERS.items():
                    document.add_text(f"{field}_{terms}", " ".join(cutter(text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def load(cls, directory: Path) -> LexicalIndex:
        """The index in `directory`.

        A flipped bit may load (the caller's checksums notice it); a missing or
        truncated file, or an index with other fields, does not.

        Raises:
            StaleIndex: there is no index, it is damaged, or it was made by another version.
        """
        import tantivy

        try:
            loaded = cls(_with_tokenizer(tantivy.Index.open(str(directory))))
            for field in _BOOSTS:
                for terms in LexicalTerms:
                    loaded._term_query(f"{field}_{terms}", "")
        except (ValueError, OSError) as exc:
            raise StaleIndex(f"关键词索引 {directory} 缺失或已损坏，请运行 cewen index 重建。") from exc
        return loaded

    def search(
        self,
        query: str,
        top_k: int,
        allowed: Collection[int] | None = None,
        terms: LexicalTerms = LexicalTerms.WORDS,
    ) -> Ranked:
        """The best `top_k` units that share a term with `query`.

        Args:
            query: any text; it is data, not a query language.
            top_k: at most this many; 0 or less gives none.
            allowed: units that may be returned, None for all. Term weights are
                taken from the whole index either way, so a filter changes no score.
            terms: match words or bigrams.

        Returns:
            BM25 scores above 0; empty when nothing matches.
        """
        wanted = list(dict.fromkeys(_CUTTERS[terms](query)))[:MAX_QUERY_TERMS]
        return self._ranked([self._term_anywhere(term, terms) for term in wanted], top_k, allowed)

    def search_groups(
        self, groups: Sequence[Sequence[Alternative]], top_k: int, allowed: Collection[int] | None = None
    ) -> Ranked:
        """The best `top_k` units by what they say of each group; of a group the best alternative counts.

        A unit scores the sum over the groups; an alternative scores the BM25 of its words
        times its weight. Otherwise as `search`.
        """
        queries = [self._group(group) for group in groups[:MAX_QUERY_TERMS]]
        return self._ranked([query for query in queries if query is not None], top_k, allowed)

    def search_headings(self, query: str, top_k: int, allowed: Collection[int] | None = None) -> Ranked:
        """As `search` by words, in headings alone."""
        wanted = list(dict.fromkeys(search_words(query)))[:MAX_QUERY_TERMS]
        queries = [self._term_query(f"headings_{LexicalTerms.WORDS}", term) for term in wanted]
        return self._ranked(queries, top_k, allowed)

    def _ranked(self, queries: Sequence[Any], top_k: int, allowed: Collection[int] | None) -> Ranked:
        """The best units that any of the tantivy queries matches, by the sum of their scores."""
        if not queries or top_k <= 0 or (allowed is not None and not allowed):
            return []
        import tantivy

        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        matching = tantivy.Query.boolean_query([(should, query) for query in queries])
        if allowed is not None:
            within = tantivy.Query.term_set_query(self._schema, "unit", sorted(allowed))
            matching = tantivy.Query.boolean_query(
                [(must, matching), (must, tantivy.Query.const_score_query(within, 0.0))]
            )
        hits = self._searcher.search(matching, top_k, count=False).hits
        units = self._searcher.fast_field_values("unit", [address for _, address in hits])
        ranked = [(int(unit), float(score)) for (score, _), unit in zip(hits, units, strict=True)]
        return sorted(ranked, key=lambda hit: (-hit[1], hit[0]))

    def _group(self, group: Sequence[Alternative]) -> Any:  # noqa: ANN401
        """One tantivy query for a group, None when no alternative has a word."""
        import tantivy

        query, must = tantivy.Query, tantivy.Occur.Must
        alternatives = []
        for alternative in group:
            words = [self._term_anywhere(word, LexicalTerms.WORDS) for word in alternative.words]
            if words:
                together = (
                    words[0] if len(words) == 1 else query.boolean_query([(must, word) for word in words])
                )
                alternatives.append(query.boost_query(together, alternative.weight))
        return query.disjunction_max_query(alternatives, tie_breaker=0.0) if alternatives else None

    def idf(self, wanted: Collection[str], terms: LexicalTerms | None = None) -> dict[str, float]:
        """How telling each term is in unit bodies: ln(1 + (N - df + 0.5) / (df + 0.5)), as BM25 has it.

        df is how many units hold the term as a word or as a bigram, whichever are more;
        with `terms`, as that alone. Every term of `wanted` is a key; a term no unit
        holds has the highest value.
        """
        kinds = [terms] if terms else list(LexicalTerms)
        n_units = self._searcher.num_docs
        weights: dict[str, float] = {}
        for term in wanted:
            df = max(self._searcher.doc_freq(f"body_{kind}", term) for kind in kinds)
            weights[term] = _idf(df, n_units)
        return weights

    def frequency(self, term: str, terms: LexicalTerms) -> int:
        """How many units have `term` in their title, headings or body, whichever are most."""
        return max(int(self._searcher.doc_freq(f"{field}_{terms}", term)) for field in _BOOSTS)

    def most(self, query: str, terms: LexicalTerms = LexicalTerms.WORDS) -> float:
        """What `search` could find at most: the score of a body that says nothing but the query's terms.

        A term no unit holds counts as `UNHELD` of the rarest: a question in words foreign to the library
        stays far from its most in every unit. 0 for a query without terms.
        """
        wanted = list(dict.fromkeys(_CUTTERS[terms](query)))[:MAX_QUERY_TERMS]
        return _SATURATED * sum(self._weights(wanted, terms).values())

    def most_of_groups(self, groups: Sequence[Sequence[Alternative]]) -> float:
        """What `search_groups` could find at most: of each group the alternative that weighs most here.

        An alternative with a word no unit holds cannot be found; a group of such alone counts as one
        term that no unit holds.
        """
        groups = groups[:MAX_QUERY_TERMS]
        weights = self._weights({word for group in groups for each in group for word in each.words})
        rarest = _idf(0, self._searcher.num_docs)
        total = 0.0
        for group in groups:
            held = [
                each.weight * sum(weights[word] for word in each.words)
                for each in group
                if not any(self._is_unheld(word) for word in each.words)
            ]
            total += max(held, default=UNHELD * rarest)
        return _SATURATED * total

    def _weights(self, wanted: Collection[str], terms: LexicalTerms = LexicalTerms.WORDS) -> dict[str, float]:
        """The idf of each term in bodies, `UNHELD` of the rarest for those in none."""
        idf = self.idf(wanted, terms)
        return {
            term: value * (UNHELD if self._is_unheld(term, terms) else 1.0) for term, value in idf.items()
        }

    def _is_unheld(self, term: str, terms: LexicalTerms = LexicalTerms.WORDS) -> bool:
        return not self._searcher.doc_freq(f"body_{terms}", term)

    def _term_anywhere(self, term: str, terms: LexicalTerms) -> Any:  # noqa: ANN401
        """`term` in any field, scored by the field where it weighs most."""
        import tantivy

        query = tantivy.Query
        fields = [
            query.boost_query(self._term_query(f"{field}_{terms}", term), boost)
            for field, boost in _BOOSTS.items()
        ]
        return query.disjunction_max_query(fields, tie_breaker=0.0)

    def _term_query(self, field: str, term: str) -> Any:  # noqa: ANN401
        import tantivy

        return tantivy.Query.term_query(self._schema, field, term, index_option="freq")


def _idf(df: int, n_units: int) -> float:
    return math.log(1 + (n_units - df + 0.5) / (df + 0.5))


def _schema() -> Any:  # noqa: ANN401
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("unit", indexed=True, fast=True)
    for field in _BOOSTS:
        for terms in LexicalTerms:
            builder.add_text_field(f"{field}_{terms}", tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


def _with_tokenizer(index: Any) -> Any:  # noqa: ANN401
    """Terms come cut and folded; splitting at spaces is all that is left to tantivy."""
    import tantivy

    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index
