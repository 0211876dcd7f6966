"""The comparison in sentences, each with the clauses it rests on. What is compared, code compared.

Words of documents stand in these sentences as issued; a number is never computed.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.comparing.passages import parts_of
from assistant.comparing.types import SAID, Cell, CellStatus, Column, Difference, Relation, Row
from assistant.types import Citation, Statement
from indexing.jurisdictions import NATION

MOST_IN_TABLE = 12
"""Sentences on the whole table at most; the rows have their own."""

_QUOTED_CHARS = 90
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"))  # a quote is not cut between them
_FIGURES = 4
_HOW = {CellStatus.IN_PRINCIPLE: "（原则性）", CellStatus.ELSEWHERE: "（指向库外文件）"}
_RANKED = frozenset({Relation.STRICTER, Relation.LOOSER, Relation.EQUAL})


def row_summary(
    cells: Sequence[Cell],
    relations: Sequence[Relation | None],
    reasons: Sequence[str | None],
    nation: Cell | None,
) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Statements on a row, and sentences on its silence, which no clause can be cited for."""
    statements = [
        Statement(f"{cell.column}{_how(cell)}：{said(cell)}", citations(cell))
        for cell in cells
        if cell.quotes
    ]
    for cell, found, reason in zip(cells, relations, reasons, strict=True):
        if nation is None or not nation.quotes or found is None or not cell.quotes:
            continue
        if found in _RANKED:
            text = f"{cell.column}{found}国家（{reason}）。"
        elif reason and reason.startswith("口径不同"):
            text = f"⚠{cell.column}与国家{reason}，不作高低比较。"
        else:
            continue
        statements.append(Statement(text, (*citations(cell), *citations(nation))))
    return tuple(statements), tuple(_silence(cells))


def _how(cell: Cell) -> str:
    return _HOW.get(cell.status, "") if cell.is_certain else "（待核）"


def said(cell: Cell) -> str:
    """What a cell says in one sentence: the parts with its figures, else its first quote, shortened.

    Words of the document stand between quotation marks, each part apart; nothing else does.
    """
    if cell.figures:
        parts = list(dict.fromkeys(" ".join(figure.words.split()) for figure in cell.figures))
        more = "等" if len(parts) > _FIGURES else ""
        return f"{'；'.join(f'“{part}”' for part in parts[:_FIGURES])}{more}。"
    return shortened(cell.quotes[0].citation.quote)


def shortened(quote: str, most: int = _QUOTED_CHARS) -> str:
    """A quote up to a comma within `most` characters, between quotation marks, …… for what is left out."""
    text = " ".join(quote.split())
    if len(text) <= most:
        return f"“{text}”"
    ends = [part.end for part in parts_of(text, (0, len(text))) if part.end <= most]
    ends = [end for end in ends if all(text[:end].count(a) == text[:end].count(b) for a, b in _PAIRS)]
    return f"“{text[: ends[-1] if ends else most]}”……"


def citations(cell: Cell) -> tuple[Citation, ...]:
    """What the sentence on a cell rests on: the sentences of its figures, else the first quote."""
    of_figures = tuple(dict.fromkeys(figure.citation for figure in cell.figures))
    return of_figures or tuple(quote.citation for quote in cell.quotes[:1])


def _silence(cells: Sequence[Cell]) -> list[str]:
    silent = [cell.column for cell in cells if cell.status is CellStatus.NOT_FOUND]
    confirmed = [cell.column for cell in cells if cell.status is CellStatus.SILENT]
    out = [f"{'、'.join(silent)}：未检出规定，待人工确认。"] if silent else []
    return out + ([f"{'、'.join(confirmed)}：未规定。"] if confirmed else [])


def table_summary(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Statement, ...]:
    """What stands out: who is stricter or looser than the nation, whose figures differ, who alone speaks."""
    out = [statement for row in rows for statement in _ranked(row, columns)]
    out += [_measured(row) for row in rows if Difference.VALUE in row.differences]
    if len(columns) > 2:
        out += [statement for row in rows for statement in _alone(row)]
    return tuple(out[:MOST_IN_TABLE])


def _measured(row: Row) -> Statement:
    """The figures of a row side by side; never ranked."""
    measured = [cell for cell in row.cells if cell.figures]
    caution = "（⚠口径不同，不能直接比高低）" if Difference.BASIS in row.differences else ""
    parts = "".join(f"{cell.column}——{said(cell)}" for cell in measured)
    return Statement(
        f"{row.topic.name}数值不同{caution}：{parts}",
        tuple(citation for cell in measured for citation in citations(cell)),
    )


def _ranked(row: Row, columns: Sequence[Column]) -> list[Statement]:
    nation = next((c for c, column in zip(row.cells, columns, strict=True) if column.code == NATION), None)
    return [
        Statement(
            f"{row.topic.name}：{cell.column}{found}国家（{reason}）。",
            (*citations(cell), *(citations(nation) if nation and nation.quotes else ())),
        )
        for cell, found, reason in zip(row.cells, row.relations, row.reasons, strict=True)
        if found in (Relation.STRICTER, Relation.LOOSER) and cell.quotes
    ]


_SPEAKS = {
    CellStatus.REGULATED: "有规定",
    CellStatus.IN_PRINCIPLE: "有原则性表述",
    CellStatus.ELSEWHERE: "写明按库外文件执行",
}


def _alone(row: Row) -> list[Statement]:
    spoken = [cell for cell in row.cells if cell.status in SAID]
    if len(spoken) != 1 or not spoken[0].is_certain:
        return []
    return [
        Statement(
            f"{row.topic.name}：只检出{spoken[0].column}{_SPEAKS[spoken[0].status]}：{said(spoken[0])}",
            citations(spoken[0]),
        )
    ]
