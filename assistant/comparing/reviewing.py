"""Reviews and cells: what was checked takes the place of what was extracted, as long as the words stand.

A review holds for one topic in one document. Where the wording of a clause it rests on has changed
(or, of silence, anything in the document) it is void, and that is said; then what code extracts counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.particulars import name
from assistant.comparing.cells import MOST_QUOTES, strongest
from assistant.comparing.correcting import corrected, trail
from assistant.comparing.reviews import Check, Review, ReviewedFigure, ReviewedQuote, Reviews
from assistant.comparing.types import SAID, Cell, CellStatus, Column, Comparison, Figure, Quote, Topic
from assistant.errors import ReviewError
from assistant.library import Library
from assistant.types import Citation
from assistant.writing.citing import cite, display_path
from indexing.types import text_hash

_RANKS = (CellStatus.REGULATED, CellStatus.IN_PRINCIPLE, CellStatus.ELSEWHERE, CellStatus.NOT_FOUND)


def reviewed_part(
    topic: Topic, column: Column, reviews: Reviews, library: Library
) -> tuple[tuple[Cell, ...], Column, tuple[str, ...]]:
    """What reviews say of a column: a cell a document, the column without these, notes on void reviews."""
    cells, left, notes = [], [], []
    for doc_id in column.doc_ids:
        review = reviews.of(topic.id, doc_id)
        why = void(review, library) if review else None
        if review is None or why:
            left.append(doc_id)
            if why:
                notes.append(
                    f"{name(library.document(doc_id))}“{topic.name}”的核对已失效（{why}），"
                    "现按程序抽取的结果显示，请重新核对。"
                )
        else:
            cells.append(cell_of(review, column, library))
    return tuple(cells), replace(column, doc_ids=tuple(left)), tuple(notes)


def void(review: Review, library: Library) -> str | None:
    """Why a review no longer holds, None while it does."""
    document = library.document(review.doc_id)
    if review.text_hash is not None:
        return None if text_hash(document.text) == review.text_hash else "文件有改动"
    for quote in review.quotes:
        clause = library.clause(review.doc_id, quote.path)
        if clause is None:
            return f"{display_path(quote.path)}已不在文件中"
        if text_hash(clause.text) != quote.text_hash or quote.quote not in clause.text:
            return f"{display_path(quote.path)}的文字有改动"
    return None


def cell_of(review: Review, column: Column, library: Library) -> Cell:
    """The cell a review describes; its quotes are cited from the document as it stands."""
    citations = [_citation(review.doc_id, quote, library) for quote in review.quotes]
    return Cell(
        column=column.label,
        status=review.status,
        figures=tuple(_figure(one, citations) for one in review.figures),
        strength=review.strength,
        bodies=review.bodies,
        dates=review.dates,
        quotes=tuple(Quote(c, q.strength) for c, q in zip(citations, review.quotes, strict=True)),
        cited=review.cited,
        reviewed_by=review.reviewer,
        reviewed_on=review.reviewed_on,
        review_note=review.note,
    )


def _citation(doc_id: str, quote: ReviewedQuote, library: Library) -> Citation:
    document, clause = library.document(doc_id), library.clause(doc_id, quote.path)
    if clause is None:
        raise ReviewError(f"{doc_id} 中没有 {quote.path}，核对记录不能采用。")
    start = clause.start + clause.text.index(quote.quote)
    return cite(document, clause, start, start + len(quote.quote))


def _figure(one: ReviewedFigure, citations: Sequence[Citation]) -> Figure:
    return Figure(
        operator=one.operator,
        value=one.value,
        high=one.high,
        unit=one.unit,
        is_approximate=one.is_approximate,
        strength=one.strength,
        printed=one.printed,
        words=one.words,
        subject=one.subject,
        basis=one.basis,
        citation=citations[one.quote],
    )


def merged(cells: Sequence[Cell]) -> Cell:
    """Cells of one column over several documents as one; reviewed only where all of it is.

    Silence needs all documents to be confirmed silent: one that nobody looked at leaves it 未检出规定.
    """
    if len(cells) == 1:
        return cells[0]
    statuses = {cell.status for cell in cells}
    status = next((each for each in _RANKS if each in statuses), CellStatus.SILENT)
    figures = tuple(dict.fromkeys(figure for cell in cells for figure in cell.figures))
    quotes = tuple(dict.fromkeys(quote for cell in cells for quote in cell.quotes))
    is_reviewed = all(cell.reviewed_by for cell in cells)
    days = [cell.reviewed_on for cell in cells if cell.reviewed_on]
    return Cell(
        column=cells[0].column,
        status=status,
        figures=figures,
        strength=strongest(cell.strength for cell in cells if cell.strength),
        bodies=tuple(dict.fromkeys(body for cell in cells for body in cell.bodies)),
        dates=tuple(dict.fromkeys(day for cell in cells for day in cell.dates)),
        quotes=quotes[: max(MOST_QUOTES, len({figure.citation for figure in figures}))],
        cited=tuple(dict.fromkeys(title for cell in cells for title in cell.cited)),
        is_certain=all(cell.is_certain for cell in cells),
        reviewed_by="、".join(dict.fromkeys(filter(None, (c.reviewed_by for c in cells))))
        if is_reviewed
        else None,
        reviewed_on=min(days) if is_reviewed else None,
        review_note=" ".join(dict.fromkeys(filter(None, (c.review_note for c in cells)))) or None
        if is_reviewed
        else None,
    )


def reviews_of(
    topic: Topic, column: Column, cell: Cell, library: Library, check: Check
) -> tuple[Review, ...]:
    """The reviews, one a document, that confirm a cell as it is shown, or with corrections.

    A document of the column that has no quote in the cell is confirmed to be silent.

    Raises:
        ReviewError: no reviewer is named, the cell is silent and the check says it is not, or a figure
            is corrected that is not there, or to a number its sentence does not say.
    """
    wanted = check.status or (CellStatus.SILENT if cell.status is CellStatus.NOT_FOUND else cell.status)
    if wanted in SAID and not cell.quotes:
        raise ReviewError(f"{column.label}“{topic.name}”没有检出原文，不能核对为“{wanted}”。")
    kept = replace(cell, status=wanted, is_certain=True) if wanted in SAID else Cell(cell.column, wanted)
    pairs = corrected(kept.figures, check.corrections)
    return tuple(_review(topic, doc_id, kept, library, check, pairs) for doc_id in column.doc_ids)


def _review(
    topic: Topic,
    doc_id: str,
    cell: Cell,
    library: Library,
    check: Check,
    pairs: Sequence[tuple[Figure, Figure]],
) -> Review:
    own = [
        (old, new) for old, new in pairs if old.citation.doc_id == doc_id and old.printed not in check.without
    ]
    figures = [new for _, new in own]
    is_changed = any(old != new for old, new in own)
    # a figure's sentence that stands beyond the quotes shown is a quote too
    shown = {one.citation: Quote(one.citation, one.strength) for one in figures}
    shown = {quote.citation: quote for quote in cell.quotes if quote.citation.doc_id == doc_id} | {
        citation: quote for citation, quote in shown.items() if citation not in _cited(cell)
    }
    places = {citation: place for place, citation in enumerate(shown)}
    is_silent = not shown
    return Review(
        topic=topic.id,
        doc_id=doc_id,
        status=CellStatus.SILENT if is_silent else cell.status,
        strength=None
        if is_silent
        else strongest(f.strength for f in figures)
        if is_changed
        else cell.strength,
        quotes=tuple(_reviewed_quote(one, library) for one in shown.values()),
        figures=tuple(_reviewed_figure(one, places[one.citation]) for one in figures),
        bodies=() if is_silent else cell.bodies,
        dates=() if is_silent else cell.dates,
        cited=() if is_silent else cell.cited,
        text_hash=text_hash(library.document(doc_id).text) if is_silent else None,
        reviewer=" ".join(check.reviewer.split()),
        reviewed_on=check.day,
        note=" ".join(filter(None, (trail(own), check.note))) or None,
    )


def _cited(cell: Cell) -> frozenset[Citation]:
    return frozenset(quote.citation for quote in cell.quotes)


def _reviewed_quote(quote: Quote, library: Library) -> ReviewedQuote:
    clause = library.clause(quote.citation.doc_id, quote.citation.path)
    hash_ = text_hash(clause.text) if clause else quote.citation.text_hash
    return ReviewedQuote(quote.citation.path, hash_, quote.citation.quote, quote.strength)


def _reviewed_figure(one: Figure, place: int) -> ReviewedFigure:
    return ReviewedFigure(
        operator=one.operator,
        value=one.value,
        high=one.high,
        unit=one.unit,
        is_approximate=one.is_approximate,
        strength=one.strength,
        printed=one.printed,
        words=one.words,
        subject=one.subject,
        basis=one.basis,
        quote=place,
    )


def _withdrawal(topic: Topic, doc_id: str, check: Check) -> Review:
    """The record that takes a review back."""
    return Review(
        topic.id, doc_id, CellStatus.SILENT, None, (), (), (), (), (), None, check.reviewer, check.day,
        check.note, is_withdrawn=True,
    )  # fmt: skip


def checked(
    compared: Comparison, topic_id: str, label: str, library: Library, check: Check
) -> tuple[Review, ...]:
    """The reviews of one cell of a comparison; see `reviews_of`.

    Raises:
        ReviewError: no such row or column, as `reviews_of`, or a document of the column was removed
            or has changed since the comparison was made.
    """
    row = next((one for one in compared.rows if one.topic.id == topic_id), None)
    place = next((n for n, one in enumerate(compared.columns) if one.label == label), None)
    if row is None or place is None:
        raise ReviewError("比对表中没有这一格，请重新比对后再核对。")
    column, cell = compared.columns[place], row.cells[place]
    held = {one.doc_id: one.version for one in library.documents}
    if any(doc_id not in held for doc_id in column.doc_ids) or any(
        quote.citation.version != held[quote.citation.doc_id] for quote in cell.quotes
    ):
        raise ReviewError(f"{label}的文件在比对之后有变动，请重新比对后再核对。")
    if check.is_withdrawn:
        return tuple(_withdrawal(row.topic, doc_id, check) for doc_id in column.doc_ids)
    return reviews_of(row.topic, column, cell, library, check)
