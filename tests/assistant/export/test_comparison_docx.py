"""The comparison as a Word file: opened again, across, cited, and in the form that `cewen lint` knows."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.enum.section import WD_ORIENT

from assistant.export.comparison_docx import COLUMNS_A_TABLE, as_docx, cell_text
from assistant.export.lint import lint_docx
from assistant.export.records import figure_text
from tests.comparisons import made

DAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def whole(assistant):
    """Two groups of topics over the shipped documents, and the Word file of it opened again."""
    compared = assistant.compare(["面积标准", "资金支持"], as_of=date(2026, 11, 22))
    content = as_docx(compared, DAY)
    return compared, content, docx.Document(io.BytesIO(content))


def words(word):
    """Every paragraph outside tables."""
    return [paragraph.text for paragraph in word.paragraphs]


def test_the_table_holds_every_cell_on_pages_across(whole):
    """A line a topic under the places; each cell as it is said elsewhere."""
    compared, _, word = whole
    assert [section.orientation for section in word.sections].count(WD_ORIENT.LANDSCAPE) == 1
    (table,) = word.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "主题",
        *(column.label for column in compared.columns),
    ]
    assert len(table.rows) == 1 + len(compared.rows)
    for line, row in zip(table.rows[1:], compared.rows, strict=True):
        assert line.cells[0].text == row.topic.name
        for shown, cell, relation in zip(line.cells[1:], row.cells, row.relations, strict=True):
            assert shown.text == cell_text(cell, relation)
            assert all(figure_text(figure) in shown.text for figure in cell.figures)


def test_each_sentence_of_the_summary_has_its_clauses_as_footnotes(whole):
    """As many notes as citations, verbatim quotes in them."""
    compared, _, word = whole
    statements = [*compared.summary, *(one for row in compared.rows for one in row.summary)]
    wanted = sum(len(dict.fromkeys(one.citations)) for one in statements)
    part = next(rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/footnotes"))
    notes = part.blob.decode("utf-8")
    assert len(word.element.body.xpath(".//w:footnoteReference")) == wanted
    for one in statements:
        assert all(
            "".join(citation.quote.split()) in "".join(notes.split())
            for citation in one.citations
            if not set("<>&") & set(citation.quote)
        )
    shown = words(word)
    assert all(any(one.text in line for line in shown) for one in statements)


def test_it_passes_the_lint_of_official_documents(whole, tmp_path):
    """Nothing is found, quotes with half-width signs of their own included."""
    file = tmp_path / "比对.docx"
    file.write_bytes(whole[1])
    assert lint_docx(file) == ()


def test_the_same_comparison_gives_the_same_bytes(whole):
    """On the same day."""
    assert as_docx(whole[0], DAY) == whole[1]


def test_silence_notes_and_odd_quotes_are_words(tmp_path):
    """A quote that looks like markup or a formula is text; a silent cell says so."""
    word = docx.Document(io.BytesIO(as_docx(made(), DAY)))
    assert "=提示" in words(word)
    assert "乙市：未检出规定，待人工确认。" in words(word)
    text = word.tables[0].rows[2].cells[2].text
    assert "=1+1 <b>|不得|</b> 第二行" in text
    assert word.tables[0].rows[1].cells[3].text == "未检出规定"


def test_many_places_take_further_tables():
    """Each with the topics again."""
    compared = made()
    number = 2 * COLUMNS_A_TABLE + 1
    columns = tuple(replace(compared.columns[1], label=f"{place}市") for place in range(number))
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(row.cells[1], column=column.label) for column in columns),
            relations=(None,) * number,
            reasons=(None,) * number,
        )
        for row in compared.rows
    )
    word = docx.Document(io.BytesIO(as_docx(replace(compared, columns=columns, rows=rows), DAY)))
    heads = [[cell.text for cell in table.rows[0].cells] for table in word.tables]
    assert [len(head) - 1 for head in heads] == [COLUMNS_A_TABLE, COLUMNS_A_TABLE, 1]
    assert heads[2] == ["主题", f"{number - 1}市"]
