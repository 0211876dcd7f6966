"""The nouns of drafting: a draft, its sections, what each rests on, what was kept out of it.

Standard library, the blocks of an official document and the nouns of templates only. Frozen, with
tuples inside; change by `dataclasses.replace`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.export.official import Blank, Block, Heading, Inline, Paragraph, Text
from assistant.types import Citation

OPENING = "opening"
"""Key of the section before the first heading: what the document is made by. Its title is empty."""


class SectionStatus(StrEnum):
    """How a section stands, as its reader sees it."""

    COMPOSED = "草稿"  # as the writer left it
    EDITED = "已编辑"  # changed by a person
    LOCKED = "已锁定"  # not to be written again
    STALE = "已过时"  # a fact or clause it used has changed since


class Gate(StrEnum):
    """What a sentence must not do. The words are shown to users."""

    NUMBER = "数字"  # a figure, date or amount that no fact or cited clause has
    NAME = "名称"  # a name, 文号 or address that no fact or cited clause has
    CLAUSE = "条款"  # a clause that is not there, a quote that is not verbatim
    STRENGTH = "力度"  # 鼓励 as a promise, 原则上 or 左右 left out, a negation dropped
    PLACE = "辖区"  # words or figures that only another place's documents have
    TIME = "时效"  # a document not in force, a target whose year is over as something to come
    BASIS = "依据"  # a requirement without a clause behind it
    VERDICT = "判定"  # said to be met, or a benefit claimed, where the rules say otherwise
    SAFETY = "结论"  # a safety, risk or grade conclusion nobody stated
    MARKUP = "格式"  # HTML, Markdown, control characters, traces of a model
    CONSISTENCY = "一致"  # two figures or names for one thing


@dataclass(frozen=True, slots=True)
class Breach:
    """A gate that words did not pass: the words, and one Chinese sentence that says why."""

    gate: Gate
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class FactUse:
    """A fact a section was written from; another fingerprint later means that the fact changed."""

    key: str
    fingerprint: str  # of the value; "" where it was not known


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A clause a section cites, by address, version and wording."""

    clause_id: str
    version: int
    text_hash: str


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One section: its blocks without the heading, what it rests on, and what a person should know.

    `mark` is 格式参照，非文件规定 where no text prescribes the section, else empty; it is shown beside
    the section and listed in the tables that go with the document, never printed in the body.
    """

    key: str
    title: str
    need: str  # 必 or 选
    blocks: tuple[Block, ...]
    facts: tuple[FactUse, ...] = ()
    clauses: tuple[ClauseUse, ...] = ()
    status: SectionStatus = SectionStatus.COMPOSED
    before: SectionStatus = SectionStatus.COMPOSED  # what a stale section was before it went stale
    notes: tuple[str, ...] = ()  # Chinese sentences: what was left out and why, what to look at
    breaches: tuple[Breach, ...] = ()  # of a model's text that was not taken, or of an edited one
    mark: str = ""
    annex: bool = False
    model: str | None = None  # who worded it; None: composed without a model
    instruction: str = ""  # what the person asked for when it was last written

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """Texts and blanks in reading order, of tables row by row."""
        return tuple(inlines_of(self.blocks))

    @property
    def text(self) -> str:
        """The words in reading order, a paragraph or table row a line, blanks as they are shown."""
        return "\n".join(lines_of(self.blocks))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation in reading order."""
        return tuple(one for each in self.inlines if isinstance(each, Text) for one in each.citations)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Every blank in reading order."""
        return tuple(each for each in self.inlines if isinstance(each, Blank))


@dataclass(frozen=True, slots=True)
class Draft:
    """A document of a template, section by section in the order of the template; the opening first."""

    template_id: str
    title: tuple[Inline, ...]  # the heading with the facts filled in
    jurisdiction: str  # GB/T 2260
    as_of: date
    sections: tuple[DraftSection, ...]
    notes: tuple[str, ...] = ()  # on the document as a whole
    breaches: tuple[Breach, ...] = ()  # between sections

    def section(self, key: str) -> DraftSection | None:
        """The section with this key, None where there is none."""
        return next((one for one in self.sections if one.key == key), None)


def shown(inline: Inline) -> str:
    """A text or blank as it is read."""
    return inline.shown if isinstance(inline, Blank) else inline.text


def inlines_of(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Texts and blanks of blocks in reading order; headings, captions and column heads as texts."""
    for block in blocks:
        match block:
            case Heading():
                yield Text(block.text)
                yield from block.rest
            case Paragraph():
                yield from block.inlines
            case _:
                if block.caption:
                    yield Text(block.caption)
                for row in block.rows:
                    for cell in row:
                        yield from cell


def lines_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Blocks as lines of plain words; the cells of a row are parted by ｜."""
    for block in blocks:
        match block:
            case Heading():
                yield block.text + "".join(shown(each) for each in block.rest)
            case Paragraph():
                yield "".join(shown(each) for each in block.inlines)
            case _:
                if block.caption:
                    yield block.caption
                yield "｜".join(column.head for column in block.columns)
                for row in block.rows:
                    yield "｜".join("".join(shown(each) for each in cell) for cell in row)
