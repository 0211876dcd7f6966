"""A clause inside its document: its text whole and in order, quotes where they stand, steps both ways."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexing.documents import read_document
from indexing.settings import default_corpus
from indexing.types import Clause, Document
from ui import clause_view as module
from ui.clause_view import ClauseView, clause_view

DAY = date(2026, 11, 22)
FILES = sorted((default_corpus() / "documents").iterdir())

POLICY = """甲市人民政府关于印发《甲市照明管理办法（试行）》的通知

甲政发〔2026〕3号

各区人民政府：

现印发给你们，请遵照执行。

甲市人民政府

2026年2月1日

甲市照明管理办法（试行）

第一章 总则

第一条 为规范照明，制定本办法。

第二条 路灯每晚十点以后减半照明。

景观灯除外。

第二章 附则

第三条 本办法自2026年3月1日起施行，有效期两年。
"""


def parsed(text: str = POLICY) -> tuple[Document, tuple[Clause, ...]]:
    """A document and its clauses."""
    read = read_document(text.encode(), "甲.txt")
    return read.document, read.clauses


def shipped(words: str) -> tuple[Document, tuple[Clause, ...]]:
    """The one shipped document that has these words, and its clauses."""
    (file,) = [file for file in FILES if words in file.read_text(encoding="utf-8")]
    read = read_document(file.read_bytes(), file.name)
    return read.document, read.clauses


def view_of(path: str, quote: str = "", text: str = POLICY) -> ClauseView:
    """The view of a clause, with `quote` marked."""
    document, clauses = parsed(text)
    clause = next(clause for clause in clauses if clause.path == path)
    start = document.text.index(quote)
    quotes = [(start, start + len(quote))] if quote else []
    return clause_view(document, clauses, clause, quotes, DAY)


def text_of(view: ClauseView) -> str:
    """The lines shown, cells parted by tabs."""
    lines = [line for table in view.tables for block in table for line in block.lines]
    return "\n".join(
        "\t".join("".join(run.text for run in cell.runs) for cell in line.cells) for line in lines
    )


def marked(view: ClauseView) -> str:
    """What is highlighted."""
    return "".join(
        run.text
        for table in view.tables
        for block in table
        for line in block.lines
        for cell in line.cells
        for run in cell.runs
        if run.is_quoted
    )


def test_a_clause_stands_among_its_neighbours() -> None:
    """The whole document, the clause in focus with its quote marked, headings above, steps both ways."""
    view = view_of("第二条", "十点以后")
    assert text_of(view).split("\n") == [line for line in parsed()[0].text.split("\n") if line.strip()]
    focus = [block.path for table in view.tables for block in table if block.is_focus]
    assert focus == ["第二条"]
    assert marked(view) == "十点以后"
    assert view.chain == ("第一章 总则",)
    assert view.previous is not None
    assert view.following is not None
    assert (view.previous.path, view.following.path) == ("第一条", "第三条")
    assert (view.following.label, view.place) == ("第三条", "第二条")


def test_a_paragraph_brings_its_article_into_focus() -> None:
    """Nobody reads 第二款 without what it belongs to."""
    view = view_of("第二条/第二款", "景观灯")
    assert [block.path for table in view.tables for block in table if block.is_focus] == ["第二条"]
    assert view.place == "第二条第二款"
    assert marked(view) == "景观灯"


def test_the_standing_is_that_of_the_part() -> None:
    """试行 and dates of the text issued, on the day asked about."""
    standing = view_of("第一条").standing
    assert (standing.is_trial, standing.expires_on) == (True, date(2028, 3, 1))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name[:3])
def test_every_clause_of_the_shipped_documents_can_be_opened(file: Path) -> None:
    """Its text is marked to the last character, and stepping forth and back meets every citable clause."""
    read = read_document(file.read_bytes(), file.name)
    document, clauses = read.document, read.clauses
    steps: dict[str, tuple[str | None, str | None]] = {}
    for clause in clauses:
        view = clause_view(document, clauses, clause, [(clause.start, clause.end)], DAY)
        assert "".join(marked(view).split()) == "".join(clause.text.split()), clause.path
        assert any(block.is_focus for table in view.tables for block in table)
        if clause.is_unit:
            before, after = view.previous, view.following
            steps[clause.path] = before.path if before else None, after.path if after else None
    assert "".join(text_of(view).split()) == "".join(document.text.split())
    path: str | None = next(path for path, (before, _) in steps.items() if before is None)
    met: list[str | None] = [None]
    while path is not None:
        assert steps[path][0] == met[-1]
        met.append(path)
        path = steps[path][1]
    assert set(met[1:]) == {clause.path for clause in clauses if clause.is_unit}
    assert len(met) == len(set(met))


def test_rows_of_one_table_stand_together_and_merged_cells_are_filled() -> None:
    """The column names above; an empty cell says what its merged cell says further up."""
    document, clauses = shipped("附件 1—1")
    clause = next(clause for clause in clauses if clause.path == "附件1-1/21")
    view = clause_view(document, clauses, clause, [], DAY)
    (table,) = [table for table in view.tables if any(block.is_focus for block in table)]
    assert len(table) == 34
    assert table[0].is_heading
    (row,) = [block.lines[0] for block in table if block.is_focus]
    assert [cell.merged for cell in row.cells] == [None, "健全可持续的建设运营模式", None, None]
    assert view.responsible == ("市民政局",)


def test_of_a_very_long_document_only_the_surroundings_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """At least the neighbours, and it is said that more stands before and after."""
    monkeypatch.setattr(module, "MAX_AROUND_CHARS", 1)
    text = POLICY.replace("第三条", "\n\n".join(f"第{n}条 照明。" for n in "三四五六") + "\n\n第七条")
    view = view_of("第四条", text=text)
    assert [block.path for table in view.tables for block in table] == ["第三条", "第四条", "第五条"]
    assert view.is_cut_before
    assert view.is_cut_after


def test_an_ordinary_document_is_shown_whole() -> None:
    """Nothing is said to be left out."""
    view = view_of("第二条")
    assert not view.is_cut_before
    assert not view.is_cut_after


def test_a_clause_that_holds_others_is_its_own_words_and_what_is_quoted() -> None:
    """一、 with a lead-in: （一） is stepped to next, and comes into focus only where it is quoted."""
    document, clauses = shipped("附件 1—1")
    clause = next(clause for clause in clauses if clause.path == "附件1/一")
    assert clause.is_unit
    view = clause_view(document, clauses, clause, [], DAY)
    assert [block.path for table in view.tables for block in table if block.is_focus] == ["附件1/一"]
    assert view.following is not None
    assert view.following.path == "附件1/一/（一）"
    start = next(each for each in clauses if each.path == "附件1/一/（二）").start
    view = clause_view(document, clauses, clause, [(start, start + 4)], DAY)
    assert [block.path for table in view.tables for block in table if block.is_focus] == [
        "附件1/一",
        "附件1/一/（二）",
    ]


def test_quotes_may_overlap_and_lie_elsewhere() -> None:
    """Each character is marked when any quote holds it."""
    document, clauses = parsed()
    start = document.text.index("路灯每晚")
    quotes = [(start, start + 2), (start + 1, start + 4), (0, 2), (10**6, 10**6 + 1)]
    view = clause_view(document, clauses, clauses[-1], quotes, DAY)
    assert marked(view) == "甲市路灯每晚"


def test_a_clause_without_text_of_its_own_is_not_lost() -> None:
    """A row of sub-rows has none; its sub-rows are in focus."""
    document, clauses = parsed()
    chapter = next(clause for clause in clauses if clause.path == "第一章")
    view = clause_view(document, clauses, replace(chapter, own=()), [], DAY)
    assert [block.path for table in view.tables for block in table if block.is_focus] == [
        "第一章",
        "第一条",
        "第二条",
    ]
