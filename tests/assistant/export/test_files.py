"""Markdown, CSV and Excel of one comparison: verbatim, harmless, with working links."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from assistant.export.csv_file import as_csv, harmless
from assistant.export.markdown import as_markdown, escape
from assistant.export.records import CELL_HEADS, cell_records, quoted
from assistant.export.xlsx import CLAUSES, FIGURES, MATRIX, NOTES, as_xlsx
from tests.comparisons import made

DAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def book():
    """The workbook of a made comparison, opened again."""
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(made(), DAY)))


@pytest.fixture(scope="module")
def whole(assistant):
    """The workbook of all topics over the shipped documents, and what it was made of."""
    compared = assistant.compare(as_of=date(2026, 11, 22))
    return compared, openpyxl.load_workbook(io.BytesIO(as_xlsx(compared, DAY)))


def test_a_record_a_cell_with_all_fields():
    """The schema of every export; silence has no figure and no quote."""
    records = list(cell_records(made()))
    assert [(one.topic, one.column) for one in records] == [
        ("绿化面积", "国家"),
        ("绿化面积", "甲市"),
        ("绿化面积", "乙市"),
        ("养护", "国家"),
        ("养护", "甲市"),
        ("养护", "乙市"),
    ]
    assert records[1].figures == "≥40㎡（平均，应）"
    assert (records[1].relation, records[1].address) == ("不可比", "甲政〔2025〕1号第一条")
    assert (records[2].status, records[2].figures, records[2].quote) == ("未检出规定", "", "")


def test_csv_is_read_back_with_every_quote_verbatim():
    """Heads, a line a cell, a byte order mark; what begins like a formula gets an apostrophe."""
    text = as_csv(made())
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert list(rows[0]) == list(CELL_HEADS.values())
    assert len(rows) == 6
    assert rows[4]["原文"] == "'=1+1 <b>|不得|</b>\n第二行"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_field_of_csv_is_a_formula(start):
    """Whatever it begins with."""
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_markdown_shows_signs_as_they_are():
    """A quote opens no tag and no cell of the table; each statement has its footnote."""
    text = as_markdown(made())
    assert "<b>" not in text
    assert escape("=1+1 <b>|不得|</b>") in text
    table = next(block for block in text.split("\n\n") if block.startswith("| 主题"))
    assert {line.replace("\\|", "").count("|") for line in table.split("\n")} == {7}
    assert "- 国家：面积不少于30平方米。 \\[1\\]" in text
    assert "\\[1\\] 甲政〔2025〕1号第一条\n\n> 面积不少于30平方米。" in text
    assert "未检出规定，待人工确认" in text


def test_the_workbook_has_four_sheets_set_for_a3(book):
    """Across, one page wide, heads and topics repeated and frozen."""
    assert book.sheetnames == [MATRIX, FIGURES, CLAUSES, NOTES]
    sheet = book[MATRIX]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("C2", "$1:$1", "$A:$B")
    for each in book:
        assert (each.page_setup.paperSize, each.page_setup.orientation) == (8, "landscape")
        assert (each.page_setup.fitToWidth, each.page_setup.fitToHeight) == (1, 0)
        assert each.sheet_properties.pageSetUpPr.fitToPage
    assert all(cell.alignment.wrap_text for cell in sheet[2])


def test_numbers_are_numbers(book):
    """They can be filtered and computed with."""
    sheet = book[FIGURES]
    heads = [cell.value for cell in sheet[1]]
    values = [row[heads.index("数值")] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in values] == [30, 40]
    assert {cell.data_type for cell in values} == {"n"}
    assert sheet.auto_filter.ref is not None


def test_nothing_is_a_formula(book):
    """A quote and a note that begin with = are text, in full."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    odd = [cell for cell in cells if cell.value == "=1+1 <b>|不得|</b>\n第二行"]
    assert [(cell.data_type, cell.quotePrefix) for cell in odd] == [("s", True)]
    assert "=提示" in [cell.value for cell in book[NOTES]["B"]]


def test_links_lead_to_the_clause(whole):
    """Every cell that speaks leads to the line of its first quote, every figure to its sentence."""
    compared, book = whole
    clauses = book[CLAUSES]
    for line, row in enumerate(compared.rows, start=2):
        for place, cell in enumerate(row.cells):
            link = book[MATRIX].cell(line, 2 * place + 4).hyperlink
            assert (link is None) is not bool(cell.quotes)
            if link is not None:
                sheet, _, target = link.location.rpartition("!")
                assert sheet == f"'{CLAUSES}'"
                quote = clauses.cell(clauses[target].row, 6).value
                assert quote == cell.quotes[0].citation.quote
    figures = [figure for row in compared.rows for cell in row.cells for figure in cell.figures]
    lines = list(book[FIGURES].iter_rows(min_row=2))
    assert len(lines) == len(figures)
    for line, figure in zip(lines, figures, strict=True):
        target = line[-2].hyperlink.location.rpartition("!")[2]
        assert clauses.cell(clauses[target].row, 6).value == figure.citation.quote


def test_every_quote_stands_in_its_document(whole, library):
    """The sheet of clauses is verbatim, and numbered without gaps."""
    compared, book = whole
    assert [one.number for one in quoted(compared)] == list(range(1, len(quoted(compared)) + 1))
    shown = [row[5].value for row in book[CLAUSES].iter_rows(min_row=2)]
    texts = [library.document(one.citation.doc_id).text for one in quoted(compared)]
    assert all(quote in text for quote, text in zip(shown, texts, strict=True))


def test_control_characters_do_not_break_the_workbook():
    """A document may hold some; the workbook leaves them out."""
    from dataclasses import replace

    compared = replace(made(), notes=("前\x0b后\x1b",))
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(compared, DAY)))
    assert "前后" in [cell.value for cell in book[NOTES]["B"]]
