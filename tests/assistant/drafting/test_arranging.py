"""Sections added, taken out, moved and put back; clauses put aside taken in; drafts forgotten."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.basket import Kept
from assistant.drafting.arranging import (
    MAX_SECTIONS,
    added,
    fits,
    lacking,
    moved,
    put_back,
    removed,
    with_clause,
)
from assistant.drafting.book import DraftBook
from assistant.drafting.documents import official_document, section_rows
from assistant.drafting.editing import edited, locked
from assistant.drafting.exporting import confirmations
from assistant.drafting.types import OPENING, Draft, SectionStatus
from assistant.errors import CannotArrange
from assistant.export.official import Heading
from assistant.library import Library
from assistant.templates import find_template
from assistant.types import Citation
from indexing.catalog import Catalog
from indexing.errors import UnknownDraft
from indexing.home import open_home
from tests.assistant.drafting.making import AS_OF, case_of, citation_of, draft_of, sheet_of

TEMPLATE = find_template("CQ-D1")


def keys(made: Draft) -> list[str]:
    """The sections in order."""
    return [one.key for one in made.sections]


def kept(citation: Citation, topic: str = "面积") -> Kept:
    """A clause as the comparison puts it aside."""
    return Kept(topic, "某地", None, citation, date(2026, 11, 1))


def test_a_section_of_ones_own_stands_where_it_was_put() -> None:
    """Behind the one named, marked as no document's; its number in the title is not kept twice."""
    made, section = added(draft_of("CQ-D1", "CQ"), "三、风险防范", "site")
    assert keys(made)[keys(made).index("site") + 1] == section.key
    assert (section.title, section.mark) == ("风险防范", "格式参照，非文件规定")
    assert section.text == "【待补：风险防范的内容】。"
    again, other = added(made, "其他事项", None)
    assert keys(again)[-1] == other.key != section.key


@pytest.mark.parametrize("title", ["", "  # ", "一、", "甲" * 41, "场地落实"])
def test_a_title_that_is_none_is_refused(title: str) -> None:
    """Empty, too long, or taken: one sentence."""
    with pytest.raises(CannotArrange, match="标题"):
        added(draft_of("CQ-D1", "CQ"), title, None)


def test_there_is_a_most() -> None:
    """The draft does not grow without end."""
    made = draft_of("CQ-D1", "CQ")
    while len(made.sections) < MAX_SECTIONS:
        made, _ = added(made, f"增加的第{len(made.sections)}部分", None)
    with pytest.raises(CannotArrange, match="不能再加"):
        added(made, "再来", None)


def test_sections_move_within_their_bounds() -> None:
    """Up and down by steps; the opening stays first and cannot be moved or taken out."""
    made = draft_of("CQ-D1", "CQ")
    down = moved(made, "scope", 2)
    assert keys(down)[1:4] == ["needs", "goals", "scope"]
    assert keys(moved(down, "scope", -99)) == keys(made)
    assert keys(moved(made, "scope", 99))[-1] == "scope"
    for change in (lambda: moved(made, OPENING, 1), lambda: removed(made, OPENING)):
        with pytest.raises(CannotArrange, match="开头"):
            change()


def test_a_required_section_taken_out_is_missed_until_it_is_back(tmp_path: Path, shelf: Library) -> None:
    """章节依据表 says 缺, the confirmations name it; put back it stands in its place, written anew."""
    catalog = Catalog.open(open_home(tmp_path / "home"))
    book = DraftBook(catalog.drafts, shelf)
    first = book.begin(TEMPLATE, sheet_of("CQ"), AS_OF)
    out = book.arranged(first, removed(first.draft, "goals"), "删去")
    assert [one.key for one in lacking(out.draft, TEMPLATE)] == ["goals"]
    assert ("缺", "建设目标", "必", "必备章节，已由编制人删去") in section_rows(out.draft, TEMPLATE)
    assert any("缺 1 节必备章节：建设目标" in each for each in confirmations(book, out).sentences)
    back = book.put_back(out, "goals", "加回")
    assert keys(back.draft) == keys(first.draft)
    assert back.draft.section("goals") == first.draft.section("goals")
    assert not any("缺" in row for row in section_rows(back.draft, TEMPLATE))
    with pytest.raises(CannotArrange, match="没有被删去"):
        put_back(back.draft, TEMPLATE, "goals")
    assert [each.version for each in book.store.history(first.draft_id)] == [3, 2, 1]
    catalog.close()


def test_an_optional_section_taken_out_is_not_missed() -> None:
    """A 选 one may go; a locked one has to be unlocked first."""
    made = draft_of("CQ-D1", "CQ")
    assert not any(row[0] == "缺" for row in section_rows(removed(made, "site"), TEMPLATE))
    site = locked(next(one for one in made.sections if one.key == "site"), is_locked=True)
    held = replace(made, sections=tuple(site if one.key == "site" else one for one in made.sections))
    with pytest.raises(CannotArrange, match="已锁定"):
        removed(held, "site")


def test_a_section_of_ones_own_is_printed_and_listed() -> None:
    """With its heading at its place in the document and its row in 章节依据表."""
    made, section = added(draft_of("CQ-D1", "CQ"), "风险防范", "site")
    own = edited(section, "项目实施中加强风险防范。", case_of("CQ-D1", "CQ"))
    made = replace(made, sections=tuple(own if one.key == own.key else one for one in made.sections))
    document = official_document(made, case_of("CQ-D1", "CQ"))
    heads = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert heads[heads.index("场地落实") + 1] == "风险防范"
    assert any(
        row[1] == "风险防范" and row[3] == "格式参照，非文件规定" for row in section_rows(made, TEMPLATE)
    )


def test_a_clause_put_aside_is_quoted_cited_and_asks_for_the_project() -> None:
    """Verbatim with its footnote; what the project does about it is a blank, never claimed; gates agree."""
    case = case_of("CQ-D1", "CQ")
    section = draft_of("CQ-D1", "CQ").section("schedule")
    assert section is not None
    after = with_clause(section, kept(citation_of(case, "CQ-12")), case)
    assert after.status is SectionStatus.EDITED
    assert after.text.splitlines()[-1] == (
        "《试点建设方案》提出“开展现状评估，查找社区服务设施短板和居民急难愁盼问题”，"
        "本项目的落实情况为【待补：落实情况】。"
    )
    assert after.citations[-1].quote == "开展现状评估，查找社区服务设施短板和居民急难愁盼问题"
    assert after.breaches == ()
    with pytest.raises(CannotArrange, match="已经引用"):
        with_clause(after, kept(citation_of(case, "CQ-12")), case)


def test_a_clause_of_a_document_the_opening_does_not_name_has_its_full_name() -> None:
    """国办函 in a draft of Chongqing: title and 文号 at its first mention."""
    case = case_of("CQ-D1", "CQ")
    nation = citation_of(case_of("GJ-D1", "GJ"), "GJ-13")
    section = draft_of("CQ-D1", "CQ").section("needs")
    assert section is not None
    text = with_clause(section, kept(nation), case).text
    assert "《城市社区嵌入式服务设施建设工程实施方案》（国办函〔2023〕121号）提出“" in text


def test_a_clause_of_another_city_or_one_that_changed_is_refused() -> None:
    """In one sentence; it is not offered either."""
    case = case_of("CQ-D1", "CQ")
    section = draft_of("CQ-D1", "CQ").section("needs")
    assert section is not None
    other = kept(citation_of(case_of("BJ-D3", "BJ"), "BJ-06"))
    own = citation_of(case, "CQ-12")
    changed = kept(replace(own, quote=own.quote[::-1]))
    for one in (other, changed):
        assert not fits(one, case)
        with pytest.raises(CannotArrange, match="不能写进这份草稿"):
            with_clause(section, one, case)
    assert fits(kept(citation_of(case, "CQ-12")), case)
    with pytest.raises(CannotArrange, match="已锁定"):
        with_clause(locked(section, is_locked=True), kept(citation_of(case, "CQ-05")), case)


def test_a_deleted_draft_is_gone_from_the_catalog_to_the_last_byte(tmp_path: Path, shelf: Library) -> None:
    """Every version; another draft stays. Neither file nor log holds its words."""
    home = open_home(tmp_path / "home")
    catalog = Catalog.open(home)
    book = DraftBook(catalog.drafts, shelf)
    doomed = book.begin(TEMPLATE, sheet_of("CQ"), AS_OF)
    made, _ = added(doomed.draft, "独一无二的标题", None)
    book.arranged(doomed, made, "新增")
    stays = book.begin(TEMPLATE, sheet_of("CQ"), AS_OF)
    assert book.delete(doomed.draft_id) == 2
    with pytest.raises(UnknownDraft):
        book.open(doomed.draft_id)
    with pytest.raises(UnknownDraft):
        book.delete(doomed.draft_id)
    assert book.open(stays.draft_id).draft == stays.draft
    files = [file for file in home.path.iterdir() if file.name.startswith(home.catalog_file.name)]
    assert files
    for word in ("独一无二的标题", doomed.draft_id):
        assert all(word.encode() not in file.read_bytes() for file in files), word
    catalog.close()
