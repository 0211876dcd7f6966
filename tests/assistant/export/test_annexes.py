"""规则自查表, 依据对照表 and the list of blanks, as annex and as workbook."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from assistant.export.annexes import CheckRow, basis_annex, check_annex, cited_in, open_blanks
from assistant.export.official import Blank, Heading, OfficialDocument, Paragraph, Table, Text
from assistant.export.workbook import CUT, MAX_CELL, Sheet, draft_workbook, write_workbook
from tests.assistant.export.samples import DAY, body, citation, letter

DOCUMENT = OfficialDocument(
    ("题",),
    (
        Heading(1, "概况"),
        body("第一句。第二句说明了范围", citation()),
        Heading(2, "户数"),
        Paragraph(
            (Text("服务"), Blank("户数", "户", "由街道提供"), Text("，面积达标", (citation("第九条"),)))
        ),
    ),
)
CHECKS = (
    CheckRow("面积不少于600平方米", "通过", citation(), "面积1200㎡", "1200 ≥ 600"),
    CheckRow("功能不少于3项", "无法判定", citation("第八条"), remark="缺服务功能"),
    CheckRow("不得新建", "通过", citation("第九条")),
)


def test_each_citation_is_listed_with_its_section_and_sentence() -> None:
    """The sentence that ends at the mark, under the headings above it."""
    found = [(one.section, one.sentence, one.citation.path) for one in cited_in(DOCUMENT)]
    assert found == [
        ("一、概况", "第二句说明了范围", "附件2/第七条/第二款"),
        ("一、概况/（一）户数", "服务【待补：户数（户）】，面积达标", "第九条"),
    ]


def test_each_blank_is_listed_where_it_stands() -> None:
    """What the confirmation before an export shows."""
    assert [(one.section, one.blank.shown) for one in open_blanks(DOCUMENT)] == [
        ("一、概况/（一）户数", "【待补：户数（户）】")
    ]
    assert open_blanks(letter()) == ()


def test_the_check_annex_counts_verdicts_and_gives_no_score() -> None:
    """How many of each, with rule, facts, arithmetic and quote in a wide table."""
    annex = check_annex(CHECKS)
    summary, table = annex.blocks
    assert isinstance(summary, Paragraph)
    assert isinstance(table, Table)
    said = "".join(inline.text for inline in summary.inlines if isinstance(inline, Text))
    assert said.startswith("共核对规则3条：通过2条，无法判定1条。")
    assert "%" not in said
    assert table.landscape
    row = ["".join(inline.text for inline in cell if isinstance(inline, Text)) for cell in table.rows[0]]
    assert row[1] == "通过"
    assert row[3] == "1200 ≥ 600"
    assert row[4] == "甲发改〔2025〕1号附件2 第七条第二款：“申报方案应明确实施范围、建设目标等内容”"


def test_the_check_annex_says_each_thing_once() -> None:
    """Facts where nothing is computed, long parts cut, what is not known only as what is missing."""
    rows = (
        CheckRow("写明运营模式", "通过", citation(), "采取公建民营的运营模式"),
        CheckRow("写明资金流向", "通过", citation(), "事实", f"资金流向 {'区' * 90}；造价深度 概算"),
        CheckRow("户数", "无法判定", citation(), "", "服务户数（未知）", "缺：服务户数"),
    )
    (_, table) = check_annex(rows).blocks
    assert isinstance(table, Table)
    said = ["".join(inline.text for inline in row[3] if isinstance(inline, Text)) for row in table.rows]
    assert said[0] == "采取公建民营的运营模式"
    assert said[1].startswith("资金流向 区区")
    assert said[1].endswith("…；造价深度 概算")
    assert len(said[1]) < 80
    assert said[2] == "缺：服务户数"


def test_empty_annexes_say_so() -> None:
    """A sentence, not a table without rows."""
    assert len(check_annex(()).blocks) == len(basis_annex(OfficialDocument(("题",), ())).blocks) == 1


def loaded(data: bytes) -> openpyxl.Workbook:
    """The workbook, opened again."""
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_draft_s_workbook_holds_three_tables() -> None:
    """Serial numbers as numbers, all else as text, heads frozen and repeated in print."""
    book = loaded(draft_workbook(DOCUMENT, CHECKS, DAY))
    assert book.sheetnames == ["规则自查表", "依据对照表", "待补事项"]
    page = book["规则自查表"]
    assert [cell.value for cell in page[1]] == [
        "序号",
        "要求",
        "判定",
        "所用事实",
        "计算过程",
        "依据",
        "原文",
        "说明",
    ]
    assert (page["A2"].value, page["C3"].value, page.freeze_panes) == (1, "无法判定", "A2")
    assert [cell.value for cell in book["待补事项"][2]] == [
        1,
        "一、概况/（一）户数",
        "户数",
        "户",
        "由街道提供",
    ]


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "=1+1", "#REF!"]
)
def test_no_text_becomes_a_formula(text: str) -> None:
    """It is stored as a string and stays one when somebody edits the cell."""
    data = write_workbook((Sheet("表", ("甲",), ((text,),)),), DAY)
    cell = loaded(data)["表"]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    """Negative ones too."""
    page = loaded(write_workbook((Sheet("表", ("甲", "乙", "丙"), ((-1.5, 3, None),)),), DAY))["表"]
    assert [page[f"{column}2"].value for column in "ABC"] == [-1.5, 3, None]


def test_a_printed_page_holds_every_column_and_every_row_its_words() -> None:
    """Eight columns of long words fit a page across; a row is as high as its fullest cell needs."""
    long = "按规定履行相关国有资产管理程序后，提供国有房产" * 4  # 92 signs, two characters wide each
    sheet = Sheet(
        "表", tuple("甲乙丙丁戊己庚辛"), ((1, *(long for _ in range(7))), (2, *("短" for _ in range(7))))
    )
    page = loaded(write_workbook((sheet,), DAY))["表"]
    widths = [page.column_dimensions[column].width for column in "ABCDEFGH"]
    assert sum(widths) <= 132
    high, low = page.row_dimensions[2].height, page.row_dimensions[3].height
    assert high >= 14 * (184 / widths[1])
    assert low == 16


def test_what_excel_refuses_is_made_fit() -> None:
    """Names of sheets, a cell too long, signs XML forbids."""
    sheets = (
        Sheet("[甲]:*?/\\表" * 9, ("甲",), (("字" * 40_000,),)),
        Sheet("表", ("甲\x00",), ()),
        Sheet("表", ("甲",), ()),
    )
    book = loaded(write_workbook(sheets, DAY))
    assert len(set(book.sheetnames)) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)
    cut = book.worksheets[0]["A2"].value
    assert len(cut) == MAX_CELL
    assert cut.endswith(CUT)


def test_the_same_tables_give_the_same_bytes_and_nothing_of_the_machine() -> None:
    """The clock of saving does not show."""
    data = draft_workbook(DOCUMENT, CHECKS, DAY)
    assert data == draft_workbook(DOCUMENT, CHECKS, DAY)
    properties = loaded(data).properties
    assert (properties.creator, properties.created.date(), properties.modified.date()) == ("策问", DAY, DAY)
    assert draft_workbook(DOCUMENT, CHECKS, date(2026, 11, 23)) != data


def test_a_workbook_without_sheets_is_our_mistake() -> None:
    """Excel has none."""
    with pytest.raises(ValueError, match="needs a sheet"):
        write_workbook((), DAY)
