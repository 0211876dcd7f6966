"""Checks a statement against what it quotes, deterministically, before anyone reads it.

Every number, percentage, date, 文号, 《title》 and quoted string of the text must occur in its
quotes, in the heads of the table columns they stand in, or in what the document says of itself;
figures must be bounded alike, duties bind alike, places, bodies and denials be the same
(`figures`, `agreement`). What a language model wrote must besides follow its quotes word for word
(`following`): it may shorten them and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.errors import AssistantError
from assistant.judging.addressing import speaks_to_a_machine
from assistant.library import Library
from assistant.types import Citation, Rejected, Statement
from assistant.verification.agreement import (
    alien_body,
    alien_modal,
    alien_negation,
    alien_place,
)
from assistant.verification.figures import (
    DayNamed,
    Disagreement,
    Figure,
    days_of,
    figures_of_quotes,
    figures_of_text,
    first_day_apart,
    first_figure_apart,
)
from assistant.verification.following import Source, first_astray, source
from assistant.writing.citing import display_path
from assistant.writing.writer import place_of
from indexing.folding import fold_tight
from indexing.numerals import article_mark
from indexing.sentences import split_sentences
from indexing.types import Clause, Document, Span
from prompts.library import fill

_HAN = "零〇一二两三四五六七八九十百千万亿"
# On the folded text. "30%", "5000万元", "2025年1月13日", "0.5" · "三年", "百分之三十", "第二十三条"
_TOKENS = re.compile(
    rf"《[^》]*》|“[^”]*”|\"[^\"]+\"|「[^」]+」|『[^』]+』|‘[^’]+’"
    rf"|[一-龥a-z]{{0,6}}[\[(](?:19|20)\d\d[\])]第?\d+号"
    rf"|\d+(?:\.\d+)*(?:%|万|亿)?|百分之[{_HAN}]+|第[{_HAN}\d]+[条章款项]|[{_HAN}]+(?:分之[{_HAN}]+)?"
    rf"(?=年|个|月|日|天|项|倍|级|类|种|万|元|平方|名|家|处|%)"
)
_NUMBER_OF_DOCUMENT = re.compile(r"[\[(](?:19|20)\d\d[\])]第?\d+号$")
_ISSUER_CHARS = 2  # of 京发改规〔2025〕1号 the two before the bracket must be the same
_LATIN = re.compile(r"[a-z][a-z0-9.:/_@-]*")
# Markup and what could become a link; a model's sentence needs none of it
_MARKUP = re.compile(r"[<>`{}\[\]|\\*#_~^]|://|www\.|\.(?:com|cn|net|org|gov)\b|&[a-z#]\w*;")
MAX_STATEMENT_CHARS = 400


def verify(
    statements: Iterable[Statement], library: Library
) -> tuple[tuple[Statement, ...], tuple[Rejected, ...]]:
    """Statements that hold, in order, and those that do not, each with the first thing not found."""
    kept, rejected = [], []
    for statement in statements:
        reason = first_doubt(statement, library)
        if reason is None:
            kept.append(statement)
        else:
            rejected.append(Rejected(statement.text, reason))
    return tuple(kept), tuple(rejected)


def first_doubt(statement: Statement, library: Library) -> str | None:
    """The first reason (a Chinese sentence) not to show a statement; None when it holds.

    A statement that holds its quotes whole, word for word, is only looked through for strangers: what
    stands around them is a frame of ours. Any other must agree with its quotes in figures, duties,
    places, bodies and denials too.
    """
    said = _Said(statement, library)
    stranger = said.stranger()
    if stranger is not None:
        return fill("rejected_token", token=stranger)
    if said.holds_quotes:
        return None
    doubt = said.disagreement(is_aligned=True, is_bare_allowed=True)
    # what only shortens a sentence of its quotes needs no 不 or 可 of the words it leaves out
    return doubt if doubt is not None or said.astray() is None else said.disagreement(is_bare_allowed=True)


def first_doubt_of_model(statement: Statement, library: Library) -> str | None:
    """As `first_doubt`, and what only a model would do: markup, foreign words, words of its own.

    What it says must follow a sentence of its quotes word for word (`following`).
    """
    if len(statement.text) > MAX_STATEMENT_CHARS:
        return fill("rejected_long", most=str(MAX_STATEMENT_CHARS))
    said = _Said(statement, library)
    markup = _MARKUP.search(said.own)
    if markup:
        return fill("rejected_form", token=markup.group())
    latin = said.alien_latin()
    if latin:
        return fill("rejected_token", token=latin)
    stranger = said.stranger()
    if stranger is not None:
        return fill("rejected_token", token=stranger)
    doubt = said.disagreement(is_aligned=True)
    if doubt is not None:
        return doubt
    astray = said.astray()
    return fill("rejected_words", token=astray) if astray else None


def first_stranger(statement: Statement, library: Library) -> str | None:
    """The first figure, date, number, title or quoted string that nothing cited says; None if all are."""
    return _Said(statement, library).stranger()


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a statement may draw on, folded."""

    quotes: str
    heads: tuple[str, ...]  # of the table columns the quotes stand in
    told: str  # addresses, heads, what the documents say of themselves
    context: str  # headings and titles above the quotes


class _Said:
    """A statement beside what it cites, folded once."""

    def __init__(self, statement: Statement, library: Library) -> None:
        self._citations = statement.citations
        self._library = library
        quotes = _folded_quotes(statement.citations)
        self.text = _claimed(statement, quotes)
        self.documents = [
            library.document(doc_id) for doc_id in dict.fromkeys(one.doc_id for one in statement.citations)
        ]
        self.own = _without_frame(self.text, self.documents, self._citations)
        self.sources = _sources(statement.citations, self.documents, library)

    @cached_property
    def support(self) -> str:
        """All that its words may come from."""
        return "|".join((self.sources.quotes, self.sources.told, self.sources.context))

    @cached_property
    def is_verbatim(self) -> bool:
        """Whether it is a place or title, a colon, and its quotes in order; cells behind their column."""
        said = self.own
        for head in self.sources.heads:
            said = said.replace(f"{head}:", "")
        return _bare(said) == _bare("".join(fold_tight(one.quote) for one in self._citations))

    @cached_property
    def holds_quotes(self) -> bool:
        """Whether every quote stands in it whole."""
        return self.is_verbatim or all(
            _bare(fold_tight(one.quote)) in _bare(self.own) for one in self._citations
        )

    def stranger(self) -> str | None:
        """See `first_stranger`."""
        known = self.known_figures()
        for match in _TOKENS.finditer(self.text):
            token = match.group()
            if _occurs(token, self.sources.quotes) or _occurs(token, self.sources.told):
                continue
            if not any(start < match.end() and match.start() < end for start, end in known):
                return token
        return None

    def known_figures(self) -> list[Span]:
        """Where figures and days stand that the quotes hold in other characters: 3年 for 三年."""
        if self.is_verbatim:
            return []
        said, spans = self._figures
        amounts = {figure.amount for figure in self._quoted}
        known = [span for figure, span in zip(said, spans, strict=True) if figure.amount in amounts]
        numbers = {day.numbers for day in (*self._quoted_days, *days_of(self.sources.told))}
        return known + [day.span for day in days_of(self.text) if day.numbers in numbers]

    def alien_latin(self) -> str | None:
        """The first word in Latin letters that its sources do not have and that is no unit of a figure."""
        spans = self._figures[1]
        for match in _LATIN.finditer(self.text):
            is_unit = any(start <= match.start() and match.end() <= end for start, end in spans)
            if not is_unit and match.group() not in self.support:
                return match.group()
        return None

    def astray(self) -> str | None:
        """The first words that follow no sentence of the quotes."""
        document, clause = self._first()
        figures, _ = figures_of_text(self.own, document, clause)
        sources: list[Source] = []
        for one in self._citations:
            text = self._library.document(one.doc_id).text
            sources += [
                source(text, (one.start + start, one.start + end), self._quoted)
                for start, end in split_sentences(one.quote)
                if not speaks_to_a_machine(one.quote[start:end])
            ]
        return first_astray(self.own, figures, sources)

    def disagreement(self, *, is_aligned: bool = False, is_bare_allowed: bool = False) -> str | None:
        """The first thing in which it differs from its quotes, as a Chinese sentence."""
        quotes = self.sources.quotes
        apart: Disagreement | None = first_figure_apart(
            self._figures[0], self._quoted, quotes, is_bare_allowed=is_bare_allowed
        )
        apart = apart or first_day_apart(days_of(self.own), self._quoted_days, days_of(self.sources.told))
        if apart is not None:
            return fill(apart.kind.value, token=apart.words)
        known = "|".join((quotes, self.sources.told))
        checks = (
            ("rejected_place", alien_place(self.text, self.documents, known)),
            ("rejected_strength", alien_modal(self.own, quotes, is_aligned=is_aligned)),
            ("rejected_negation", alien_negation(self.own, quotes, is_aligned=is_aligned)),
            ("rejected_token", alien_body(self.own, known)),
        )
        return next((fill(frame, token=found) for frame, found in checks if found), None)

    @cached_property
    def _figures(self) -> tuple[tuple[Figure, ...], list[Span]]:
        document, clause = self._first()
        return figures_of_text(self.text, document, clause)

    def _first(self) -> tuple[Document, Clause]:
        first = self._citations[0]
        clause = self._library.clause(first.doc_id, first.path)
        if clause is None:
            raise AssistantError(f"引文所指的条款 {first.doc_id}#{first.path} 不在库中，请运行 cewen index。")
        return self._library.document(first.doc_id), clause

    @cached_property
    def _quoted(self) -> tuple[Figure, ...]:
        found: list[Figure] = []
        for doc_id, path in dict.fromkeys((one.doc_id, one.path) for one in self._citations):
            clause = self._library.clause(doc_id, path)
            spans = [
                (one.start, one.end) for one in self._citations if (one.doc_id, one.path) == (doc_id, path)
            ]
            if clause is not None:
                found += figures_of_quotes(clause, self._library.document(doc_id), spans)
        return tuple(found)

    @cached_property
    def _quoted_days(self) -> list[DayNamed]:
        return [day for one in self._citations for day in days_of(fold_tight(one.quote))]


def _folded_quotes(citations: Sequence[Citation]) -> str:
    """The quotes, folded; cells that stand side by side stay apart, so that 50 and 45 are no 5045."""
    return fold_tight("|".join(citation.quote.replace("\t", "|") for citation in citations))


def _sources(citations: Sequence[Citation], documents: Sequence[Document], library: Library) -> _Sources:
    clauses = [library.clause(one.doc_id, one.path) for one in citations]
    held = [clause for clause in clauses if clause is not None]
    heads = tuple(dict.fromkeys(fold_tight(column) for clause in held for column, _ in clause.cells))
    addresses = [display_path(citation.path) for citation in citations]
    return _Sources(
        quotes=_folded_quotes(citations),
        heads=heads,
        told=fold_tight("|".join((*addresses, *heads, *map(_particulars, documents)))),
        context="|".join(
            text for clause in held for text in (library.context(clause), library.titles(clause))
        ),
    )


def _without_frame(text: str, documents: Sequence[Document], citations: Sequence[Citation]) -> str:
    """A folded statement without the place, title or address that its frame sets before the colon."""
    before, colon, said = text.partition(":")
    bare = re.sub(r"《[^》]*》|\(库内没有[^)]*\)|\(已于[^)]*\)|\([^()\d]{1,8}\)", "", before)
    for known in (*map(place_of, documents), *(display_path(each.path) for each in citations)):
        bare = bare.replace(fold_tight(known), "")
    return said if colon and not bare else text


def _claimed(statement: Statement, quotes: str) -> str:
    """The statement's text, folded, without the words of the question it denies (不是1亿元, 没有写明“1亿元”).

    What its quotes say is denied by nobody and stays in.
    """
    text, denied = fold_tight(statement.text), fold_tight(statement.denied or "")
    if not denied or denied in quotes:
        return text
    return text.replace(f"不是{denied}", "", 1).replace(f"没有写明“{denied}”", "", 1)


def _bare(text: str) -> str:
    """Without what a frame adds between cells."""
    return re.sub(r"[。;；|]", "", text)


def _occurs(token: str, text: str) -> bool:
    """Whether a token stands in the text; a number must not be part of a longer one."""
    number = _NUMBER_OF_DOCUMENT.search(token)
    if number:
        return token[max(0, number.start() - _ISSUER_CHARS) :] in text
    article = article_mark(token)
    if article is not None:
        return article in text or token in text
    if not token[0].isdigit():
        return token.strip('《》“”"「」『』‘’') in text
    return re.search(rf"(?<![\d.]){re.escape(token)}(?![\d%]|\.\d)", text) is not None


def _particulars(document: Document) -> str:
    """What a document says of itself, and dates resolved from it, as a reader would write them."""
    known = document.metadata
    days = (known.issued_on, known.printed_on, known.effective_from, known.expires_on, known.drafted_on)
    parts = (
        document.title,
        document.document_number or "",
        *known.issuing_authorities,
        *known.drafted_by,
        *(printed_date(day) for day in days if day),
    )
    return "|".join(parts)


def printed_date(day: date) -> str:
    """2025年1月13日."""
    return f"{day.year}年{day.month}月{day.day}日"
