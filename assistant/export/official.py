"""The intermediate form of an official document: what a writer fills and an exporter lays out.

Nothing here knows of fonts, pages or XML. Marks of headings (一、（一）1.（1）), the numbers of
annexes, the note that lists them and the brackets of a blank are written by the exporter, so that
none can be forgotten or disagree. All types are frozen, with tuples inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.types import Citation

MAX_LEVEL = 4  # GB/T 9704—2012, 7.3.3: 一、（一）1.（1）


class Numbering(StrEnum):
    """How headings of the first level are counted."""

    OFFICIAL = "official"  # 一、（一）1.（1）
    ARTICLES = "articles"  # 第一条（一）1.（1）: agreements


class Alignment(StrEnum):
    """Where the text of a table column stands."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """Words, and the clauses they rest on: each citation becomes one footnote behind the words."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """A fact only the applicant knows; printed as 【待补：名称（单位）】 on yellow, with a comment."""

    name: str
    unit: str | None = None
    note: str | None = None  # what the comment says beyond the name: who knows it, why it is needed

    @property
    def shown(self) -> str:
        """The blank as it stands in the text.

        >>> Blank("服务户数", "户").shown
        '【待补：服务户数（户）】'
        """
        return f"【待补：{self.name}（{self.unit}）】" if self.unit else f"【待补：{self.name}】"


Inline = Text | Blank
"""A blank that stands in a text as words, 【待补：服务户数（户）】, is found there and treated as one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its mark; with `rest` the sentence goes on in the same paragraph."""

    level: int  # 1–4
    text: str
    rest: tuple[Inline, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.level <= MAX_LEVEL or not self.text.strip():
            raise ValueError(f"a heading needs a level from 1 to {MAX_LEVEL} and words: {self!r}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, indented by two characters."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, where its text stands."""

    head: str
    share: float = 1.0
    alignment: Alignment = Alignment.CENTRE


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head row that repeats on every page; `landscape` gives it pages of its own."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]  # row, cell, inlines
    caption: str | None = None  # without 表1: the exporter counts
    note: str | None = None  # below the table: 注：……
    landscape: bool = False

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"each row needs {len(self.columns)} cells: {self.caption!r}")


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: a page of its own; without blocks it is listed and said to be enclosed apart."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: the signing units and the day; None shows a blank.

    `sealed` leaves room for a seal (7.3.5.1) instead of setting the lines out for a bare
    signature (7.3.5.2, the default: no seal is ever drawn).
    """

    units: tuple[str | Blank, ...]
    signed_on: date | None = None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """A party of an agreement, with the lines it signs under."""

    role: str  # 甲方
    name: str | Blank
    lines: tuple[str, ...] = ("（盖章）", "法定代表人或授权代表（签字）：", "签订日期：")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """版头: the authority in red, the document number, who signed off (上行文)."""

    authority: str | None = None  # None: no red head, only what follows
    document_number: str | None = None  # None shows no number line at all
    signer: str | None = None


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: who gets copies, who printed it and when; at the foot of the last page."""

    copied_to: tuple[str, ...] = ()
    printed_by: str | None = None
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """How a text came about; printed on the first page and kept in the file's properties.

    Source: 人工智能生成合成内容标识办法, in force 2025-09-01.
    """

    notice: str = "本稿由人工智能辅助生成，须经人工审核"
    model: str | None = None  # None: composed without a model


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A whole document. A title of one string is broken between words; several keep their breaks."""

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str | Blank, ...] = ()  # 主送机关; the colon is the exporter's
    attachments: tuple[Attachment, ...] = ()
    signature: Signature | None = None
    parties: tuple[Party, ...] = ()  # of an agreement, instead of a signature
    remark: str | None = None  # 附注, without its brackets: 联系人：……，电话：……
    letterhead: Letterhead | None = None
    imprint: Imprint | None = None
    numbering: Numbering = Numbering.OFFICIAL
    origin: Origin | None = None

    def __post_init__(self) -> None:
        if not any(line.strip() for line in self.title):
            raise ValueError("a document needs a title")
