"""Tables that go with a draft: 规则自查表, 依据对照表, and the list of blanks still open.

What they say comes from the caller and from the document itself; nothing is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.export.flat import HEADINGS, Flat, Line, Piece
from assistant.export.flattening import flatten
from assistant.export.official import (
    Alignment,
    Attachment,
    Blank,
    Block,
    Column,
    OfficialDocument,
    Paragraph,
    Table,
    Text,
)
from assistant.export.references import place, quote, short_place, title_of
from assistant.types import Citation

CHECK_TITLE = "规则自查表"
BASIS_TITLE = "依据对照表"
BLANKS_TITLE = "待补事项"

CHECK_HEADS = ("序号", "要求", "判定", "所用事实", "计算过程", "依据", "原文", "说明")
BASIS_HEADS = ("序号", "所在章节", "文稿内容", "依据", "原文")
BLANK_HEADS = ("序号", "所在章节", "待补内容", "单位", "说明")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One rule checked: words for each column, already Chinese; an empty one stays empty."""

    requirement: str
    verdict: str  # 通过, 需说明理由, 不符合, 无法判定, 不可引用, 人工核对
    basis: Citation
    facts: str = ""  # the facts used, with their values and units
    working: str = ""  # the arithmetic, shown
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of the document, where it stands and what it supports."""

    section: str
    sentence: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class OpenBlank:
    """A blank of the document and the section it stands in."""

    section: str
    blank: Blank


def cited_in(document: OfficialDocument) -> tuple[Cited, ...]:
    """Every citation in reading order, with the last sentence before its mark."""
    out: list[Cited] = []
    for section, pieces in _pieces(flatten(document)):
        before = ""
        for piece in pieces:
            if piece.citation is not None:
                out.append(Cited(section, _last_sentence(before), piece.citation))
            before += piece.text
    return tuple(out)


def open_blanks(document: OfficialDocument) -> tuple[OpenBlank, ...]:
    """Every blank in reading order; the same one twice where it stands twice."""
    return tuple(
        OpenBlank(section, piece.blank)
        for section, pieces in _pieces(flatten(document))
        for piece in pieces
        if piece.blank is not None
    )


def check_rows(rows: tuple[CheckRow, ...]) -> tuple[tuple[str, ...], ...]:
    """The lines of 规则自查表 under `CHECK_HEADS`."""
    return tuple(
        (
            str(number),
            row.requirement,
            row.verdict,
            row.facts,
            row.working,
            place(row.basis),
            quote(row.basis),
            row.remark,
        )
        for number, row in enumerate(rows, start=1)
    )


def basis_rows(document: OfficialDocument) -> tuple[tuple[str, ...], ...]:
    """The lines of 依据对照表 under `BASIS_HEADS`."""
    return tuple(
        (str(number), one.section, one.sentence, place(one.citation), quote(one.citation))
        for number, one in enumerate(cited_in(document), start=1)
    )


def blank_rows(document: OfficialDocument) -> tuple[tuple[str, ...], ...]:
    """The lines of the list of blanks under `BLANK_HEADS`."""
    return tuple(
        (str(number), one.section, one.blank.name, one.blank.unit or "", one.blank.note or "")
        for number, one in enumerate(open_blanks(document), start=1)
    )


def check_annex(rows: tuple[CheckRow, ...]) -> Attachment:
    """规则自查表 as an annex: how many of each verdict, never a total score, then a wide table.

    The rows stand in the caller's order. What was checked is said once: the arithmetic names the facts
    it uses, so these stand by themselves only where there is none; the workbook has both.
    """
    counts = Counter(row.verdict for row in rows)
    said = "，".join(f"{verdict}{count}条" for verdict, count in counts.items())
    summary = f"共核对规则{len(rows)}条：{said}。" if rows else "没有可核对的规则。"
    columns = (
        Column("序号", 0.9),
        Column("判定", 1.4),
        Column("要求", 2.8, Alignment.LEFT),
        Column("核对情况", 5.0, Alignment.LEFT),
        Column("依据与原文", 5.4, Alignment.LEFT),
    )
    cells = tuple(
        (str(number), row.verdict, row.requirement, _checked(row), _basis(row.basis))
        for number, row in enumerate(rows, start=1)
    )
    return Attachment(CHECK_TITLE, _annex(summary, columns, cells, (row.basis for row in rows)))


def _checked(row: CheckRow) -> str:
    """The arithmetic, else the facts, each part cut where it is long; then the remark."""
    parts = (row.working or row.facts).split("；")
    kept = "；".join(one if len(one) <= _PART else f"{_whole_marks(one[:_PART])}…" for one in parts)
    if row.remark.startswith(_MISSING) and all(one.endswith(_UNKNOWN) for one in parts):
        kept = ""  # 缺：服务户数 says that it is not known
    return "\n".join(filter(None, (kept, row.remark)))


def _whole_marks(words: str) -> str:
    """Words cut off, without what begins with a mark that is not closed in them.

    >>> _whole_marks("应写到“导则”或“规")
    '应写到“导则”或'
    """
    for opened, closed in ("“”", "《》", "（）"):
        while words.count(opened) > words.count(closed):
            words = words[: words.rindex(opened)]
    return words


_PART = 60
_MISSING, _UNKNOWN = "缺：", "（未知）"


def basis_annex(document: OfficialDocument) -> Attachment:
    """依据对照表 as an annex: what the draft says beside the clause it rests on."""
    found = cited_in(document)
    summary = f"文稿共引用条款{len(found)}处。" if found else "文稿没有引用条款。"
    columns = (
        Column("序号", 1.0),
        Column("所在章节", 2.4, Alignment.LEFT),
        Column("文稿内容", 4.4, Alignment.LEFT),
        Column("依据与原文", 6.0, Alignment.LEFT),
    )
    cells = tuple(
        (str(number), one.section, one.sentence, _basis(one.citation))
        for number, one in enumerate(found, start=1)
    )
    return Attachment(BASIS_TITLE, _annex(summary, columns, cells, (one.citation for one in found)))


def _annex(
    summary: str,
    columns: tuple[Column, ...],
    rows: tuple[tuple[str, ...], ...],
    citations: Iterable[Citation],
) -> tuple[Block, ...]:
    """A sentence, the documents by number and title, and the table; without rows the sentence alone."""
    documents = dict.fromkeys(
        f"{one.document_number}，即{title_of(one)}" for one in citations if one.document_number
    )
    known = f"表中文件：{'；'.join(documents)}。" if documents else ""
    cells = tuple(tuple((Text(words or "—"),) for words in row) for row in rows)
    table = (Table(columns, cells, landscape=True),) if rows else ()
    return (Paragraph((Text(f"{summary}{known}"),)), *table)


def _basis(citation: Citation) -> str:
    return f"{short_place(citation)}：“{quote(citation)}”"


def _pieces(flats: tuple[Flat, ...]) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Each paragraph's pieces with the headings above it, outermost first."""
    above: list[str] = []
    for flat in flats:
        if isinstance(flat, Line):
            if flat.role in HEADINGS:
                level = HEADINGS.index(flat.role)
                above = [*above[:level], "".join(one.text for one in flat.pieces if one.heading).rstrip("。")]
            yield "/".join(above), flat.pieces
        else:
            for row in flat.rows:
                yield from (("/".join(above), line.pieces) for cell in row.cells for line in cell)


def _last_sentence(text: str) -> str:
    """What stands between the last full stop but one and the end.

    >>> _last_sentence("甲。乙方案明确了范围")
    '乙方案明确了范围'
    """
    stops = [place for place, sign in enumerate(text[:-1]) if sign in "。；！？"]
    return text[stops[-1] + 1 :].strip() if stops else text.strip()
