"""The one schema of every export: a record a cell, a figure, a quoted clause. Pure.

Text of documents stays verbatim; whoever writes a file escapes it for that file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.comparing.figures import basis_names
from assistant.comparing.summing import said
from assistant.comparing.types import Cell, Comparison, Figure, Row, Source
from assistant.norms import Operator
from assistant.types import Citation
from assistant.writing.citing import display_path

_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.AT_MOST: "≤",
    Operator.EQUAL: "=",
    Operator.ABOUT: "≈",
    Operator.RANGE: "—",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
}


@dataclass(frozen=True, slots=True)
class CellRecord:
    """A cell in words; the field names are the columns of CSV, in this order."""

    group: str
    topic: str
    column: str
    status: str
    figures: str  # ≥30㎡/百户（平均）；…
    strength: str
    relation: str  # 严于 …, "" for the nation and for silence
    reason: str
    bodies: str
    dates: str
    address: str  # of the first quote
    quote: str  # first quote, verbatim
    reviewed_by: str  # "" where code extracted it and nobody has confirmed it
    reviewed_on: str
    review_note: str  # what the person wrote, corrected figures as old → new
    is_certain: str  # "待核" where what is quoted may speak of something else


CELL_HEADS = {
    "group": "主题组",
    "topic": "主题",
    "column": "辖区",
    "status": "状态",
    "figures": "数值",
    "strength": "力度",
    "relation": "相对国家",
    "reason": "比对说明",
    "bodies": "责任单位",
    "dates": "时间",
    "address": "依据条款",
    "quote": "原文",
    "reviewed_by": "核对人",
    "reviewed_on": "核对日期",
    "review_note": "核对说明",
    "is_certain": "把握",
}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted sentence under its number in the list of clauses, which begins at 1."""

    number: int
    column: str
    citation: Citation


def cell_record(row: Row, place: int) -> CellRecord:
    """The cell at `place` of a row."""
    cell = row.cells[place]
    first = cell.quotes[0].citation if cell.quotes else None
    relation, reason = row.relations[place], row.reasons[place]
    return CellRecord(
        group=row.topic.group,
        topic=row.topic.name,
        column=cell.column,
        status=cell.status.value,
        figures="；".join(figure_text(figure) for figure in cell.figures),
        strength=cell.strength.value if cell.strength else "",
        relation=relation.value if relation else "",
        reason=reason or "",
        bodies="、".join(cell.bodies),
        dates="、".join(" ".join(day.split()) for day in cell.dates),
        address=address(first) if first else "",
        quote=first.quote if first else "",
        reviewed_by=cell.reviewed_by or "",
        reviewed_on=cell.reviewed_on.isoformat() if cell.reviewed_on else "",
        review_note=cell.review_note or "",
        is_certain="" if cell.is_certain else "待核",
    )


def cell_records(comparison: Comparison) -> Iterator[CellRecord]:
    """Every cell, row by row."""
    for row in comparison.rows:
        for place in range(len(row.cells)):
            yield cell_record(row, place)


def figure_text(figure: Figure) -> str:
    """A figure in signs, with what it is counted on.

    ≥30㎡/百户（平均，应）
    """
    value = plain(figure.value)
    number = f"{value}—{plain(figure.high)}" if figure.high is not None else f"{sign(figure)}{value}"
    basis = f"{basis_names(figure.basis)}，" if figure.basis else ""
    about = "左右" if figure.is_approximate and figure.operator is not Operator.ABOUT else ""
    return f"{number}{figure.unit}{about}（{basis}{figure.strength}）"


def sign(figure: Figure) -> str:
    """The sign of how a figure bounds, as in ≥30."""
    return _SIGNS[figure.operator]


def plain(value: Decimal) -> str:
    """A number in digits, without an exponent and without trailing zeros.

    >>> plain(Decimal("5E+7")), plain(Decimal("0.50"))
    ('50000000', '0.5')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def summary_line(cell: Cell) -> str:
    """What stands in a cell of a table: status, and the words with figures or the first sentence."""
    return f"{status_text(cell)}｜{said(cell)}" if cell.quotes else status_text(cell)


def status_text(cell: Cell) -> str:
    """The status, and whether a person has checked the cell or has to: 有规定·已核, 有规定·待核."""
    mark = "·已核" if cell.reviewed_by else "" if cell.is_certain else "·待核"
    return f"{cell.status}{mark}"


def quoted(comparison: Comparison) -> tuple[Quoted, ...]:
    """Every sentence quoted anywhere, each once, numbered in reading order."""
    found: dict[Citation, str] = {}
    for row in comparison.rows:
        for cell in row.cells:
            for quote in cell.quotes:
                found.setdefault(quote.citation, cell.column)
        for statement in row.summary:
            for citation in statement.citations:
                found.setdefault(citation, "国家")
    numbered = enumerate(found.items(), start=1)
    return tuple(Quoted(number, column, citation) for number, (citation, column) in numbered)


def address(citation: Citation) -> str:
    """文号 and place of a quoted sentence; the title where there is no 文号."""
    return f"{citation.document_number or f'《{citation.title}》'}{display_path(citation.path)}"


def source_line(source: Source) -> str:
    """A document that was read, with its dates, in one line."""
    facts = [
        f"成文 {source.issued_on}" if source.issued_on else None,
        f"施行 {source.effective_from}" if source.effective_from else "未写施行日期",
        f"失效 {source.expires_on}" if source.expires_on else "未写有效期",
        "试行" if source.is_trial else None,
    ]
    number = f"（{source.document_number}）" if source.document_number else ""
    title = " ".join(source.title.split())
    return f"《{title}》{number}：{'，'.join(fact for fact in facts if fact)}"


STATUS_NOTES = (
    "有规定：检出数值、义务、禁止或许可。",
    "原则性：只有鼓励、支持、坚持一类表述，或主题以数值为内容而文件没有数值。",
    "指向库外：只写明按库中没有的文件执行，请把该文件入库后再比。",
    "未检出规定：规则和检索都没有找到，尚未经人工确认，不等于没有规定，也不等于宽于国家。",
    "未规定：核对人对照全文确认文件没有规定，同样不等于宽于国家。",
    "·已核：核对人对照原文确认或更正过；没有这一标记的由程序抽取，尚未经人工确认。",
    "·待核：自拟主题检索到的相近条款，可能说的是别的事项，不列数值，请对照原文核对。",
    "相对国家：由程序按数值方向和力度判断；口径（平均、新建、既有、有条件、对象）不同的一律为不可比。",
)
"""What the words of a table mean, for the notes of every export."""
