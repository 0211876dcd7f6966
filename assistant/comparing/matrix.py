"""`compare`: topics × columns → a `Comparison`; every cell through the same steps, whatever the library.

passages (patterns or search) → figures → cell → relation to the nation → differences → summary
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers.particulars import name
from assistant.comparing.cells import cell
from assistant.comparing.columns import label
from assistant.comparing.passages import Passage, Readings, by_patterns
from assistant.comparing.relating import differences, relation
from assistant.comparing.reviewing import merged, reviewed_part
from assistant.comparing.reviews import NO_REVIEWS, Reviews
from assistant.comparing.searching import by_search
from assistant.comparing.summing import row_summary, table_summary
from assistant.comparing.types import Cell, Column, Comparison, FigureNeed, Row, Source, Topic
from assistant.library import Library
from assistant.questions.scopes import Searcher
from assistant.verification.verifying import verify
from indexing.jurisdictions import NATION
from indexing.types import Clause
from indexing.units import in_force


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything a comparison is made with."""

    readings: Readings
    searcher: Searcher
    as_of: date
    has_named_documents: bool = False  # then nothing else is read, no national text either
    reviews: Reviews = NO_REVIEWS  # what people have confirmed or corrected

    @property
    def library(self) -> Library:
        """What is held."""
        return self.readings.library


def compare(
    topics: Sequence[Topic], columns: Sequence[Column], notes: Sequence[str], bench: Bench
) -> Comparison:
    """The comparison of topics over columns, in the order given.

    Args:
        topics: at least one; a shipped topic or a free one.
        columns: at least two (`columns_of`).
        notes: sentences on what was left out so far; more are added.
        bench: what to look in.
    """
    nation = _nation(columns, bench)
    void: list[str] = []
    rows = tuple(_row(topic, columns, nation, bench, void) for topic in topics)
    return Comparison(
        columns=tuple(columns),
        rows=rows,
        summary=verify(table_summary(rows, columns), bench.library)[0],
        notes=(*notes, *bench.reviews.notes, *void, *_remarks(rows, columns, nation, bench)),
        sources=_sources(columns, nation, bench.library),
        as_of=bench.as_of,
    )


def _nation(columns: Sequence[Column], bench: Bench) -> Column | None:
    """The national text that local cells stand beside: its column, else what is in force and not shown."""
    shown = next((column for column in columns if column.code == NATION), None)
    if shown or bench.has_named_documents:
        return shown
    held = tuple(
        one.doc_id
        for one in bench.library.documents
        if one.metadata.jurisdiction == NATION and in_force(one.metadata, bench.as_of)
    )
    return Column(label(NATION), NATION, held) if held else None


def _row(
    topic: Topic, columns: Sequence[Column], nation: Column | None, bench: Bench, void: list[str]
) -> Row:
    asked = [*columns, nation] if nation and nation not in columns else [*columns]
    made = _cells(topic, asked, bench, void)
    cells = tuple(made[column.label] for column in columns)
    national = made[nation.label] if nation else None
    verdicts = [
        relation(made[column.label], national) if national and column.code != NATION else None
        for column in columns
    ]
    relations = tuple(verdict and verdict[0] for verdict in verdicts)
    reasons = tuple(verdict and verdict[1] for verdict in verdicts)
    statements, silent = row_summary(cells, relations, reasons, national)
    kept, _ = verify(statements, bench.library)
    return Row(topic, cells, relations, reasons, differences(cells), kept, silent)


def _cells(topic: Topic, columns: Sequence[Column], bench: Bench, void: list[str]) -> Mapping[str, Cell]:
    """Column label → cell: what was reviewed and still holds, and for the rest what code extracts."""
    reviewed = {one.label: reviewed_part(topic, one, bench.reviews, bench.library) for one in columns}
    void += [note for _, _, notes in reviewed.values() for note in notes]
    open_ = [left for _, left, _ in reviewed.values() if left.doc_ids]
    found = passages_of(topic, open_, bench) if open_ else {}
    extracted = {
        one.label: cell(topic, one, found[one.label], bench.readings.norms, bench.library) for one in open_
    }
    return {
        label: merged((*cells, extracted[label]) if label in extracted else cells)
        for label, (cells, _, _) in reviewed.items()
    }


def passages_of(topic: Topic, columns: Sequence[Column], bench: Bench) -> Mapping[str, Sequence[Passage]]:
    """Column label → passages on a topic: by its patterns, or through the search for a free one."""
    if topic.is_free:
        return by_search(topic, columns, bench.searcher, bench.library)
    return {column.label: by_patterns(topic, column.doc_ids, bench.readings) for column in columns}


def units_of(column: Column, library: Library) -> tuple[Clause, ...]:
    """The clauses of a column's documents, in order."""
    return tuple(clause for doc_id in column.doc_ids for clause in library.clauses(doc_id))


def _remarks(
    rows: Sequence[Row], columns: Sequence[Column], nation: Column | None, bench: Bench
) -> list[str]:
    """What a reader must know of the table as a whole."""
    out = []
    nowhere = [row.topic.name for row in rows if not any(one.quotes for one in row.cells)]
    if nowhere:
        out.append(f"所选文件中都没有检出的主题：{'、'.join(nowhere)}。可换一种说法，或确认文件是否已入库。")
    mute = [column.label for place, column in enumerate(columns) if not _speaks(rows, place)]
    for column in (one for one in columns if one.label in mute):
        if not any(bench.readings.norms(unit) for unit in units_of(column, bench.library) if unit.is_unit):
            out.append(f"{column.label}的文件没有读出可比对的规定，该列只说明未检出，请核对文件内容。")
    if nation is None:
        where = "所选文件中" if bench.has_named_documents else "库中"
        out.append(f"{where}没有国家层面的现行文件，“相对国家”一栏留空。")
    elif nation not in columns:
        out.append(
            f"“相对国家”以库中的{'、'.join(name(bench.library.document(d)) for d in nation.doc_ids)}为准。"
        )
    out += _checked(rows)
    if any(row.topic.figure is FigureNeed.REQUIRED for row in rows):
        out.append("以数值为内容的主题，文件只有文字而没有数值的记为“原则性”。")
    return out


def _checked(rows: Sequence[Row]) -> list[str]:
    """How many cells people have checked, and who; nothing where nobody has."""
    cells = [one for row in rows for one in row.cells]
    by = dict.fromkeys(one.reviewed_by for one in cells if one.reviewed_by)
    if not by:
        return []
    done = sum(one.reviewed_by is not None for one in cells)
    return [f"共 {len(cells)} 格，其中 {done} 格已由{'、'.join(filter(None, by))}核对，其余由程序抽取。"]


def _speaks(rows: Sequence[Row], place: int) -> bool:
    return any(row.cells[place].quotes for row in rows)


def _sources(columns: Sequence[Column], nation: Column | None, library: Library) -> tuple[Source, ...]:
    read = [*columns, nation] if nation else [*columns]
    doc_ids = dict.fromkeys(doc_id for column in read for doc_id in column.doc_ids)
    documents = [library.document(doc_id) for doc_id in doc_ids]
    return tuple(
        Source(
            one.doc_id,
            one.title,
            one.document_number,
            one.metadata.jurisdiction,
            one.metadata.issued_on,
            one.metadata.effective_from,
            one.metadata.expires_on,
            one.metadata.is_trial,
        )
        for one in documents
    )
