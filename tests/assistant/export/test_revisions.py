"""Two versions in one file: accepting all gives the new words, rejecting all the old ones."""

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from assistant.export.docx import write_docx
from assistant.export.official import Attachment, Blank, Block, Heading, OfficialDocument, Paragraph, Text
from assistant.export.revisions import write_revision
from tests.assistant.export.samples import DAY, agreement, body, citation, letter, table


def texts_of(data: bytes, *, drop: str, keep: str) -> list[str]:
    """The words of all paragraphs when changes of kind `drop` go and those of kind `keep` stay.

    What Word does: dropped runs vanish, a paragraph whose mark is dropped joins the next one, a row
    that is dropped is gone.
    """
    body_ = docx.Document(io.BytesIO(data)).element.body
    for row in list(body_.iter(qn("w:tr"))):
        if row.find(f"{qn('w:trPr')}/{qn(f'w:{drop}')}") is not None:
            row.getparent().remove(row)
    out, held = [], ""
    for paragraph in body_.iter(qn("w:p")):
        for run in paragraph.iter(qn("w:r")):
            if run.getparent().tag != qn(f"w:{drop}"):
                held += "".join(node.text or "" for node in run.iter(qn("w:t"), qn("w:delText")))
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(f'w:{drop}')}")
        if mark is None:
            out.append(held)
            held = ""
    assert keep in {"ins", "del"}
    return [text for text in [*out, held] if text]


def plain(document: OfficialDocument) -> list[str]:
    """The words of all paragraphs of a version on its own."""
    return texts_of(write_docx(document, DAY), drop="none", keep="ins")


def with_blocks(*blocks: Block) -> OfficialDocument:
    """The letter with other blocks."""
    return letter(blocks=blocks)


OLD = with_blocks(
    Heading(1, "概况"),
    body("服务5200户，面积1200平方米。"),
    Heading(1, "资金"),
    body("总投资1500万元。"),
    table(4),
)
CHANGED_ROW = (Text("指标1"),), (Text("999"),), (Text("平方米"),)
CHANGED_ROWS = (*table(5).rows[:2], CHANGED_ROW, *table(6).rows[4:])


@pytest.mark.parametrize(
    "new",
    [
        with_blocks(
            Heading(1, "概况"), body("服务5300户，面积1260平方米，预计2027年建成。"), *OLD.blocks[2:]
        ),
        with_blocks(Heading(1, "新的一节"), body("全新的内容，与前文毫不相干。"), *OLD.blocks),
        with_blocks(*OLD.blocks[2:]),
        with_blocks(OLD.blocks[2], OLD.blocks[3], OLD.blocks[0], OLD.blocks[1], OLD.blocks[4]),
        with_blocks(*OLD.blocks[:4], replace(table(4), rows=CHANGED_ROWS)),
        with_blocks(*OLD.blocks[:4]),
        with_blocks(*OLD.blocks, table(2)),
        with_blocks(
            Heading(1, "概况"),
            Paragraph((Text("服务"), Blank("户数", "户"), Text("。", (citation(),)))),
            *OLD.blocks[2:],
        ),
        replace(OLD, title=("关于报送某街道项目实施方案的函",), attachments=(Attachment("另一份材料"),)),
        OLD,
    ],
    ids=[
        "words",
        "inserted",
        "deleted",
        "moved",
        "rows",
        "no-table",
        "second-table",
        "blank",
        "frame",
        "same",
    ],
)
def test_accepting_gives_the_new_version_and_rejecting_the_old(new: OfficialDocument) -> None:
    """In both directions; 版头 and 版记 of the new version stand in both."""
    for before, after in ((OLD, new), (new, OLD)):
        data = write_revision(before, after, DAY)
        assert texts_of(data, drop="del", keep="ins") == plain(after)
        assert texts_of(data, drop="ins", keep="del") == plain(replace(before, imprint=after.imprint))


def test_only_what_changed_is_marked() -> None:
    """A figure, not its sentence; and nothing at all between equal versions."""
    new = with_blocks(OLD.blocks[0], body("服务5300户，面积1200平方米。"), *OLD.blocks[2:])
    word = docx.Document(io.BytesIO(write_revision(OLD, new, DAY)))
    inserted = ["".join(t.text for t in node.iter(qn("w:t"))) for node in word.element.body.iter(qn("w:ins"))]
    deleted = [
        "".join(t.text for t in node.iter(qn("w:delText"))) for node in word.element.body.iter(qn("w:del"))
    ]
    assert (inserted, deleted) == (["5300"], ["5200"])
    assert "<w:ins " not in docx.Document(io.BytesIO(write_revision(OLD, OLD, DAY))).element.xml


def test_changes_carry_the_program_and_the_day_and_numbers_of_their_own() -> None:
    """Never the account of whoever runs it."""
    word = docx.Document(io.BytesIO(write_revision(OLD, agreement(), DAY)))
    changes = [*word.element.body.iter(qn("w:ins"), qn("w:del"))]
    assert {node.get(qn("w:author")) for node in changes} == {"政策助手"}
    assert {node.get(qn("w:date")) for node in changes} == {"2026-11-22T00:00:00Z"}
    numbers = [node.get(qn("w:id")) for node in changes]
    assert len(set(numbers)) == len(numbers) > 5


def test_the_same_two_versions_give_the_same_bytes() -> None:
    """As every copy does."""
    assert write_revision(OLD, letter(), DAY) == write_revision(OLD, letter(), DAY)
