"""Drafts with their versions: kept whole, marked stale where facts changed, edited, put back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.drafting.book import DraftBook, Opened
from assistant.drafting.changes import Kind, changes
from assistant.drafting.editing import editable, edited, locked
from assistant.drafting.exporting import confirmations
from assistant.drafting.stored import Kept, from_text, to_text
from assistant.drafting.types import DraftSection, SectionStatus
from assistant.errors import WrongPlace
from assistant.export.official import Heading, Paragraph, Table
from assistant.facts.reading import read_facts
from assistant.facts.types import FactSheet
from assistant.templates import find_template
from indexing.catalog import Catalog
from indexing.errors import DamagedRecord
from indexing.home import open_home

SHEETS = Path(__file__).with_name("sheets")
AS_OF = date(2026, 11, 22)
COMPLETE = (("BJ", "BJ-D3"), ("CQ", "CQ-D1"), ("GJ", "GJ-D1"), ("HZ", "HZ-D1"), ("SH", "SH-D2"))


def sheet(place: str) -> FactSheet:
    """The complete facts of a place."""
    return read_facts(SHEETS / f"{place}.yaml").sheet


@pytest.fixture
def book(tmp_path: Path, library):
    """Drafts in a home of their own, over the shipped library."""
    catalog = Catalog.open(open_home(tmp_path / "home"))
    yield DraftBook(catalog.drafts, library)
    catalog.close()


@pytest.fixture
def opened(book: DraftBook) -> Opened:
    """A draft of Chongqing, just begun."""
    return book.begin(find_template("CQ-D1"), sheet("CQ"), AS_OF)


def changed(facts: FactSheet, key: str, value: object) -> FactSheet:
    """The facts with one of them otherwise."""
    return FactSheet({**facts.facts, key: replace(facts.facts[key], value=value)})


def section(opened: Opened, key: str) -> DraftSection:
    """A section that is there."""
    found = opened.draft.section(key)
    assert found is not None
    return found


@pytest.mark.parametrize(("place", "template"), COMPLETE)
def test_a_draft_comes_back_as_it_was_kept(book: DraftBook, place: str, template: str) -> None:
    """Object for object, facts included; and an untouched section edits to itself."""
    made = book.begin(find_template(template), sheet(place), AS_OF)
    again = book.open(made.draft_id)
    assert (again.draft, again.sheet, again.version) == (made.draft, made.sheet, 1)
    case = book.case(made)
    assert all(edited(one, editable(one), case) is one for one in made.draft.sections)


def test_a_text_that_is_no_draft_is_refused(opened: Opened) -> None:
    """A changed text makes no other object."""
    text = to_text(Kept(opened.draft, opened.sheet))
    bad = (
        "",
        "[]",
        "{}",
        text[:-5],
        text.replace('"is":"Kept"', '"is":"Text"'),
        text.replace("Kept", "eval"),
    )
    for each in (*bad, text.replace('"format":1', '"format":2')):
        with pytest.raises(DamagedRecord):
            from_text(each)


def test_a_changed_fact_marks_only_the_sections_that_use_it(book: DraftBook, opened: Opened) -> None:
    """The others are the same objects as before; the words of none are touched."""
    area = opened.sheet.value("complex_area_m2")
    assert isinstance(area, Decimal)
    after = book.with_facts(opened, changed(opened.sheet, "complex_area_m2", area + 10), "面积改为870㎡")
    used = {one.key for one in opened.draft.sections if "complex_area_m2" in {use.key for use in one.facts}}
    stale = {one.key for one in after.draft.sections if one.status is SectionStatus.STALE}
    assert used <= stale < {one.key for one in after.draft.sections}
    assert [one.blocks for one in after.draft.sections] == [one.blocks for one in opened.draft.sections]
    assert {one.key for one in opened.draft.sections} - stale == {
        one.key for one in after.draft.sections if one in opened.draft.sections
    }
    back = book.with_facts(after, opened.sheet, "改回")
    assert all(one.status is SectionStatus.COMPOSED for one in back.draft.sections)


def test_a_stale_section_written_again_has_the_new_figure(book: DraftBook, opened: Opened) -> None:
    """Only the sections named are written; their mark goes."""
    area = opened.sheet.value("complex_area_m2")
    assert isinstance(area, Decimal)
    after = book.with_facts(opened, changed(opened.sheet, "complex_area_m2", Decimal("913")), "改面积")
    stale = tuple(one.key for one in after.draft.sections if one.status is SectionStatus.STALE)
    done = book.rewritten(after, stale, "重写过时章节")
    assert not [one.key for one in done.draft.sections if one.status is SectionStatus.STALE]
    assert any("913" in section(done, key).text for key in stale)
    assert [each.note for each in book.store.history(opened.draft_id)] == ["重写过时章节", "改面积", "新建"]


def test_a_locked_section_stays_and_says_that_its_facts_changed(book: DraftBook, opened: Opened) -> None:
    """Neither marking nor rewriting touches it."""
    key = next(
        one.key for one in opened.draft.sections if "complex_area_m2" in {use.key for use in one.facts}
    )
    kept = book.with_section(opened, locked(section(opened, key), is_locked=True), "锁定")
    after = book.with_facts(kept, changed(kept.sheet, "complex_area_m2", Decimal("913")), "改面积")
    again = book.rewritten(after, tuple(one.key for one in after.draft.sections), "全文重写")
    assert section(again, key).status is SectionStatus.LOCKED
    assert section(again, key).blocks == section(opened, key).blocks
    assert any("已经改变" in note for note in section(again, key).notes)
    free = locked(section(again, key), is_locked=False)
    assert free.status is SectionStatus.COMPOSED


def test_an_edited_paragraph_keeps_the_citations_of_what_still_stands(
    book: DraftBook, opened: Opened
) -> None:
    """One figure of a person's own is kept and warned of; the quotes keep their clauses."""
    one = next(each for each in opened.draft.sections if each.citations and each.title)
    lines = editable(one).splitlines()
    lines[0] = lines[0] + "另有现状用房98765平方米。"
    after = edited(one, "\n".join(lines), book.case(opened))
    assert after.status is SectionStatus.EDITED
    assert after.citations == one.citations
    assert "98765" in after.text
    assert any("98765" in breach.message or "98765" in breach.words for breach in after.breaches)


def test_headings_and_tables_are_edited_as_lines(book: DraftBook, opened: Opened) -> None:
    """# begins a heading, ｜ a row; a cell changed changes that cell only."""
    one = next(
        each for each in opened.draft.sections if any(isinstance(block, Table) for block in each.blocks)
    )
    table = next(block for block in one.blocks if isinstance(block, Table))
    old = "".join(getattr(part, "text", "") for part in table.rows[0][0])
    text = editable(one).replace(f"｜{old}｜", "｜改过的｜", 1) + "\n## 新的小标题\n正文一句。"
    after = edited(one, text, book.case(opened))
    new = next(block for block in after.blocks if isinstance(block, Table))
    assert "".join(getattr(part, "text", "") for part in new.rows[0][0]) == "改过的"
    assert new.rows[1:] == table.rows[1:]
    assert after.blocks[-2:] == (Heading(2, "新的小标题"), Paragraph(after.blocks[-1].inlines))  # type: ignore[union-attr]


def test_versions_differ_by_line_and_character(book: DraftBook, opened: Opened) -> None:
    """Equal versions have no changes; a changed figure is shown as these characters."""
    assert changes(opened.draft, opened.draft) == ()
    one = next(each for each in opened.draft.sections if each.title)
    text = editable(one)
    after = book.with_section(opened, edited(one, text + "\n补充一句话。", book.case(opened)), "编辑")
    (found,) = changes(opened.draft, after.draft)
    assert (found.key, found.status) == (one.key, "草稿 → 已编辑")
    assert [(line.is_added, line.pieces[0].text) for line in found.lines] == [(True, "补充一句话。")]
    third = book.with_section(
        after, edited(section(after, one.key), text + "\n补充两句话。", book.case(after)), "编辑"
    )
    (found,) = changes(after.draft, third.draft)
    assert [(piece.kind, piece.text) for piece in found.lines[0].pieces] == [
        (Kind.SAME, "补充"),
        (Kind.REMOVED, "一"),
        (Kind.ADDED, "两"),
        (Kind.SAME, "句话。"),
    ]


def test_restoring_is_a_new_version(book: DraftBook, opened: Opened) -> None:
    """What came between stays in the history."""
    one = next(each for each in opened.draft.sections if each.title)
    book.with_section(opened, edited(one, "全部改写。", book.case(opened)), "编辑")
    back = book.restore(opened.draft_id, 1)
    assert (back.version, back.draft, back.overtaken) == (3, opened.draft, ())
    assert section(book.open(opened.draft_id, 2), one.key).text == "全部改写。"


def test_a_place_switched_midway_is_refused_and_nothing_lost(book: DraftBook, opened: Opened) -> None:
    """Another city's facts do not fit this document; the draft stays as it was."""
    with pytest.raises(WrongPlace, match="杭州"):
        book.with_facts(opened, changed(opened.sheet, "jurisdiction", "330100"), "换辖区")
    assert book.open(opened.draft_id) == opened


def test_titles_with_a_blank_can_be_kept(book: DraftBook) -> None:
    """An empty fact sheet makes a draft too."""
    made = book.begin(find_template("CQ-D1"), FactSheet(), AS_OF)
    assert "【待补" in made.title
    assert book.store.entries()[0].title == made.title


def rewritten_by_hand(book: DraftBook, opened: Opened, key: str, old: str, new: str) -> Opened:
    """A version in which a person put other words for some of a section's."""
    section = opened.draft.section(key)
    assert section is not None
    assert old in editable(section)
    after = edited(section, editable(section).replace(old, new), book.case(opened))
    return book.with_section(opened, after, "编辑")


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("site", "产权人为江北区国有资产经营管理有限公司", "产权人为重庆邻里社区服务有限公司"),
        ("funding", "投资估算1800万元", "投资估算1000万元"),
        ("schedule", "2026年9月1日开工", "2027年6月1日开工"),
        ("indicators", "用地面积900平方米", "用地面积1260平方米"),
        ("schedule", "实施主体为小苑社区居民委员会", "实施主体为观音桥街道办事处"),
    ],
)
def test_a_value_of_another_fact_is_named(
    book: DraftBook, opened: Opened, key: str, old: str, new: str
) -> None:
    """An owner, amount, day, area or body that is another fact's is named where it was put, and at export."""
    after = rewritten_by_hand(book, opened, key, old, new)
    section = after.draft.section(key)
    assert section is not None
    assert any(breach.gate.value == "一致" for breach in section.breaches), section.breaches
    assert any("没有通过一致检查" in each for each in confirmations(book, after).sentences)


def test_personal_numbers_are_named_before_export(book: DraftBook, opened: Opened) -> None:
    """A telephone number or a mark of secrecy somebody typed into a section, the number masked."""
    after = rewritten_by_hand(book, opened, "goals", "项目计划于", "联系电话13800138000。秘密★项目计划于")
    said = [each for each in confirmations(book, after).sentences if each.startswith("稿件里")]
    assert [each.split("：")[0] for each in said] == [
        "稿件里疑似手机号 138******00",
        "稿件里出现密级标志“秘密★”",
    ]


def test_what_went_stands_before_what_came(book: DraftBook, opened: Opened) -> None:
    """Lines that have nothing in common: the old one removed, then the new one added."""
    after = book.with_facts(opened, changed(opened.sheet, "project_name", "甲乙丙丁综合楼"), "更名")
    title = next(one for one in changes(opened.draft, after.draft) if one.title == "标题")
    kinds = [piece.kind for line in title.lines for piece in line.pieces if piece.kind is not Kind.SAME]
    assert kinds[0] is Kind.REMOVED
    assert Kind.ADDED in kinds
