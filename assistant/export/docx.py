"""An official document as a .docx in the form of GB/T 9704—2012: for review, clean, or with changes shown.

The same document, day and copy give the same bytes. Nothing of the machine, its user or its clock
goes into the file; nothing in the file points outside it.
"""

from __future__ import annotations

import hashlib
import io
import json
from datetime import UTC, date, datetime, time
from enum import StrEnum

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.text.run import Run

from assistant.export.flat import Flat, Grid, Line
from assistant.export.flattening import flatten
from assistant.export.official import OfficialDocument, Origin
from assistant.export.packing import repack
from assistant.export.pages import (
    Stretch,
    add_section,
    imprint_table,
    number_pages,
    set_paper,
    spacer,
    stretches,
)
from assistant.export.paragraphs import AUTHOR, Paper, paragraph, table
from assistant.export.parts import base_package, custom_properties_xml, footnotes_xml
from assistant.export.text import in_one_line

_CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PRODUCER = "策问"


class Copy(StrEnum):
    """Which copy of a document is written."""

    REVIEW = "review"  # 送审稿: footnotes with the clauses, comments at blanks
    CLEAN = "clean"  # 清洁稿: neither; blanks stay yellow


def write_docx(document: OfficialDocument, made_on: date, copy: Copy = Copy.REVIEW) -> bytes:
    """The bytes of the .docx. `made_on` is the day its properties and comments name."""
    is_review = copy is Copy.REVIEW
    paper = Paper(made_on, footnotes=is_review, comments=is_review)
    return _write(document, flatten(document), paper)


def write_flat(document: OfficialDocument, flats: tuple[Flat, ...], made_on: date) -> bytes:
    """The .docx of lines that carry changes; title, origin and 版记 are those of `document`."""
    return _write(document, flats, Paper(made_on, footnotes=True, comments=False))


def content_number(flats: tuple[Flat, ...]) -> str:
    """What tells one text from another: 32 hexadecimal digits of a hash of all its words."""
    digest = hashlib.sha256()
    for flat in flats:
        digest.update(f"{_words(flat)}\n".encode())
    return digest.hexdigest()[:32]


def _words(flat: Flat) -> str:
    if isinstance(flat, Line):
        return f"{flat.role}\t{flat.text}"
    return "\n".join("\t".join(line.text for cell in row.cells for line in cell) for row in flat.rows)


def _write(document: OfficialDocument, flats: tuple[Flat, ...], paper: Paper) -> bytes:
    word = docx.Document(io.BytesIO(base_package()))
    for number, stretch in enumerate(stretches(flats)):
        section = add_section(word) if number else word.sections[0]
        set_paper(section, landscape=stretch.landscape)
        _fill(word, stretch, paper, first_page=number > 0)
    number_pages(word.sections[0], document.origin.notice if document.origin else None)
    if document.imprint:
        _append(word, imprint_table(document.imprint))
        _append(word, spacer(tiny=True))
    _remark(word, paper)
    _footnotes(word, paper)
    _properties(word, document, paper, content_number(flats))
    saved = io.BytesIO()
    word.save(saved)
    return repack(saved.getvalue())


def _fill(word: WordDocument, stretch: Stretch, paper: Paper, *, first_page: bool) -> None:
    """The lines of a stretch; a table is always followed by a paragraph, as Word requires at an end."""
    for place, flat in enumerate(stretch.items):
        following = stretch.items[place + 1] if place + 1 < len(stretch.items) else None
        if isinstance(flat, Grid):
            _append(word, table(flat, paper))
            if following is None or isinstance(following, Grid):
                _append(word, spacer(tiny=following is None))
        else:
            made = paragraph(flat, paper)
            if first_page and place == 0:  # the section has turned the page already
                for mark in made.xpath("./w:pPr/w:pageBreakBefore"):
                    mark.getparent().remove(mark)
            _append(word, made)


def _append(word: WordDocument, made: object) -> None:
    body = word.element.body
    body.insert(len(body) - 1, made)  # before the last section's properties


def _remark(word: WordDocument, paper: Paper) -> None:
    """A comment at each blank: what is missing, in which unit, who should know."""
    for made, blank in paper.remarks:
        unit = f"，单位：{blank.unit}" if blank.unit else ""
        asked = f"待补：{blank.name}{unit}。{blank.note or '请由申报单位据实填写。'}"
        comment = word.add_comment(Run(made, word), in_one_line(asked), AUTHOR, initials="策")
        comment._comment_elm.date = datetime.combine(paper.made_on, time(), UTC)
    if paper.remarks:
        _number_comments_after(len(paper.notes), word)


def _number_comments_after(notes: int, word: WordDocument) -> None:
    """Comments numbered behind the footnotes: LibreOffice 7.4 empties a note whose number one has."""
    numbered = word.part._comments_part.element.xpath("./w:comment")
    numbered += word.element.body.xpath(".//w:commentRangeStart|.//w:commentRangeEnd|.//w:commentReference")
    for one in numbered:
        one.set(qn("w:id"), str(int(one.get(qn("w:id"))) + notes + 1))


def _footnotes(word: WordDocument, paper: Paper) -> None:
    part = next(
        relation.target_part
        for relation in word.part.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES
    )
    part._blob = footnotes_xml(paper.notes)


def _properties(word: WordDocument, document: OfficialDocument, paper: Paper, number: str) -> None:
    day = datetime.combine(paper.made_on, time(), UTC)
    known = word.core_properties
    known.title = in_one_line("".join(document.title))[:255]
    known.author = known.last_modified_by = _PRODUCER
    known.created = known.modified = day
    known.revision = 1
    known.language = "zh-CN"
    if document.origin:
        package = word.part.package
        blob = custom_properties_xml(_origin(document.origin, number))
        part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, blob, package)
        package.relate_to(part, _CUSTOM_PROPERTIES)


def _origin(origin: Origin, number: str) -> tuple[tuple[str, str], ...]:
    """The implicit label: 标识办法 asks for attribute, producer and number of the content."""
    label = {"Label": "1", "ContentProducer": _PRODUCER, "ProduceID": number}
    model = (("生成模型", origin.model),) if origin.model else ()
    return (
        ("AIGC", json.dumps(label, ensure_ascii=False)),
        ("内容编号", number),
        ("生成系统", _PRODUCER),
        *model,
    )
