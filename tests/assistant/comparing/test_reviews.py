"""What people have checked: kept as lines, put in the place of what code extracts, void when words change."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.comparing.columns import columns_of
from assistant.comparing.matrix import Bench, compare
from assistant.comparing.passages import Readings
from assistant.comparing.reviewing import checked, merged
from assistant.comparing.reviews import (
    NO_REVIEWS,
    Check,
    Review,
    Reviews,
    as_object,
    read_review,
    read_reviews,
    write_reviews,
)
from assistant.comparing.types import Cell, CellStatus, Relation
from assistant.errors import ReviewError
from indexing.home import open_home
from tests.comparisons import AREA, CARE, DAY, NANJING, NATION, SUZHOU, WUXI, NoSearch, invented, spoken

ME = Check("张三", date(2026, 1, 5))


def over(texts, topics=(AREA, CARE), reviews=NO_REVIEWS):
    """A comparison of invented documents, and their library."""
    library = invented(*texts)
    columns, notes = columns_of(library, (), (), DAY)
    bench = Bench(Readings(library), NoSearch(), DAY, reviews=reviews)
    return compare(topics, columns, notes, bench), library


def cell_of(compared, topic, label):
    """One cell."""
    place = [column.label for column in compared.columns].index(label)
    return next(row.cells[place] for row in compared.rows if row.topic == topic)


def held(*reviews):
    """Reviews as read from a file."""
    return Reviews({(one.topic, one.doc_id): one for one in reviews})


ALL = (NATION, SUZHOU, NANJING, WUXI)


def test_a_confirmed_cell_says_who_and_when_and_nothing_else_changes():
    """Figures, quotes, strength, relation are those that were extracted."""
    before, library = over(ALL)
    reviews = checked(before, AREA.id, "苏州市", library, ME)
    after, _ = over(ALL, reviews=held(*reviews))
    one = cell_of(after, AREA, "苏州市")
    assert (one.reviewed_by, one.reviewed_on) == ("张三", date(2026, 1, 5))
    assert replace(one, reviewed_by=None, reviewed_on=None) == cell_of(before, AREA, "苏州市")
    assert after.rows[0].relations == before.rows[0].relations
    assert "共 8 格，其中 1 格已由张三核对，其余由程序抽取。" in after.notes


def test_confirmed_silence_is_another_status():
    """未检出规定 becomes 未规定, for this topic only, and is not laxer than the nation."""
    before, library = over(ALL)
    reviews = checked(before, AREA.id, "无锡市", library, ME)
    after, _ = over(ALL, reviews=held(*reviews))
    assert cell_of(after, AREA, "无锡市").status is CellStatus.SILENT
    assert cell_of(after, CARE, "无锡市").status is CellStatus.NOT_FOUND
    place = [column.label for column in after.columns].index("无锡市")
    assert after.rows[0].relations[place] is None
    assert "无锡市：未规定。" in after.rows[0].silent


def test_a_cell_can_be_corrected():
    """A figure that does not belong is taken out; a cell that speaks of something else is silenced."""
    before, library = over(ALL)
    printed = cell_of(before, AREA, "国家").figures[1].printed
    fewer = checked(before, AREA.id, "国家", library, replace(ME, without=(printed,)))
    gone = checked(before, CARE.id, "苏州市", library, replace(ME, status=CellStatus.SILENT))
    after, _ = over(ALL, reviews=held(*fewer, *gone))
    assert [one.value for one in cell_of(after, AREA, "国家").figures] == [Decimal(30)]
    silenced = cell_of(after, CARE, "苏州市")
    assert (silenced.status, silenced.quotes, silenced.figures) == (CellStatus.SILENT, (), ())


@pytest.mark.parametrize(
    ("was", "now", "label", "topic", "why"),
    [
        ("平均不少于40平方米", "平均不少于45平方米", "苏州市", AREA, "第一条的文字有改动"),
        ("第二条 本办法", "第二条 停车场应当绿化。\n第三条 本办法", "无锡市", AREA, "文件有改动"),
        ("第一条 口袋", "第十条 口袋", "苏州市", AREA, "第一条已不在文件中"),
    ],
)
def test_a_review_is_void_when_the_words_have_changed(was, now, label, topic, why):
    """What is extracted counts again, and a note says so."""
    before, library = over(ALL)
    reviews = checked(before, topic.id, label, library, ME)
    changed = [text.replace(was, now) for text in ALL]
    after, _ = over(changed, reviews=held(*reviews))
    fresh, _ = over(changed)
    assert cell_of(after, topic, label) == cell_of(fresh, topic, label)
    assert any(why in note and "请重新核对" in note for note in after.notes)


def test_a_void_review_of_other_words_in_the_document_still_holds():
    """Only the clauses that are quoted count for a cell that speaks."""
    before, library = over(ALL)
    reviews = checked(before, AREA.id, "苏州市", library, ME)
    after, _ = over([text.replace("3处座椅", "4处座椅") for text in ALL], reviews=held(*reviews))
    assert cell_of(after, AREA, "苏州市").reviewed_by == "张三"


def test_a_column_of_two_documents_is_reviewed_when_both_are():
    """Silence too needs both; what one of them says stays beside what was confirmed of the other."""
    said = spoken("甲市")
    confirmed = replace(said, reviewed_by="张三", reviewed_on=DAY)
    silent = Cell("甲市", CellStatus.SILENT, reviewed_by="李四", reviewed_on=DAY)
    unseen = Cell("甲市", CellStatus.NOT_FOUND)
    assert merged((confirmed, silent)).reviewed_by == "张三、李四"
    assert merged((confirmed, unseen)).reviewed_by is None
    assert merged((confirmed, unseen)).status is CellStatus.REGULATED
    assert merged((silent, silent)).status is CellStatus.SILENT
    assert merged((silent, unseen)).status is CellStatus.NOT_FOUND


def test_reviews_are_written_and_read_back(tmp_path):
    """Every field, over a file whose last line is torn; later lines go before earlier ones."""
    before, library = over(ALL)
    home = open_home(tmp_path / "home")
    made = (
        *checked(before, AREA.id, "国家", library, replace(ME, note="照原文")),
        *checked(before, AREA.id, "无锡市", library, ME),
    )
    write_reviews(home, made)
    file = home.path / "norms" / "reviewed.jsonl"
    file.write_bytes(file.read_bytes() + '{"topic": "撕'.encode()[:-1])
    write_reviews(home, [replace(made[0], reviewer="李四")])
    found = read_reviews([tmp_path / "没有", home.path])
    assert found.of(AREA.id, made[0].doc_id) == replace(made[0], reviewer="李四")
    assert found.of(AREA.id, made[1].doc_id) == made[1]
    assert found.notes == ("核对记录 reviewed.jsonl 第 3 行不是规定的格式，没有采用，请改正或删去。",)
    assert file.stat().st_mode & 0o077 == 0


def test_a_withdrawn_review_no_longer_counts(tmp_path):
    """What is extracted counts again; the history stays."""
    before, library = over(ALL)
    home = open_home(tmp_path / "home")
    first = checked(before, AREA.id, "苏州市", library, ME)
    write_reviews(home, first)
    write_reviews(home, checked(before, AREA.id, "苏州市", library, replace(ME, is_withdrawn=True)))
    assert read_reviews([home.path]).of(AREA.id, first[0].doc_id) is None
    assert len((home.path / "norms" / "reviewed.jsonl").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("label", "check", "sentence"),
    [
        ("无锡市", replace(ME, status=CellStatus.REGULATED), "没有检出原文，不能核对为“有规定”"),
        ("苏州市", replace(ME, reviewer=" "), "请写明核对人"),
        ("苏州市", replace(ME, reviewer="长" * 41), "请写明核对人"),
        ("火星", ME, "没有这一格"),
    ],
)
def test_what_cannot_be_kept_is_told(label, check, sentence):
    """One Chinese sentence."""
    before, library = over(ALL)
    with pytest.raises(ReviewError, match=sentence):
        checked(before, AREA.id, label, library, check)


def test_a_document_removed_or_changed_meanwhile_is_not_reviewed():
    """The person looked at something else."""
    before, _ = over(ALL)
    with pytest.raises(ReviewError, match="有变动"):
        checked(before, AREA.id, "苏州市", invented(NATION, NANJING), ME)


def valid():
    """A review as an object."""
    before, library = over(ALL)
    return as_object(checked(before, AREA.id, "苏州市", library, ME)[0])


@pytest.mark.parametrize(
    "change",
    [
        {"status": "随便"},
        {"quotes": []},
        {"status": "未规定"},
        {"reviewer": ""},
        {"reviewed_on": "昨天"},
        {"figures": [{"operator": "≥"}]},
        {"topic": 3},
    ],
)
def test_a_line_of_another_form_is_left_out_and_named(tmp_path, change):
    """The others still count."""
    (tmp_path / "norms").mkdir()
    good = valid()
    lines = [json.dumps(good | change, ensure_ascii=False), json.dumps(good, ensure_ascii=False)]
    (tmp_path / "norms" / "a.jsonl").write_text("\n".join(lines), "utf-8")
    found = read_reviews([tmp_path])
    assert len(found.held) == 1
    assert len(found.notes) == 1
    assert "第 1 行" in found.notes[0]


def test_a_figure_not_in_a_quote_is_no_review():
    """Each figure stands in one of the quotes."""
    row = valid()
    row["figures"][0]["quote"] = 7
    with pytest.raises(ReviewError, match="没有对应的原文"):
        read_review(row)


# ---- the shipped layer ----


def test_the_shipped_layer_holds_for_every_cell_and_can_be_taken_away(assistant):
    """All 250 cells are reviewed and none is void; without it everything is extracted."""
    on = assistant.compare(as_of=date(2026, 11, 22))
    off = assistant.compare(as_of=date(2026, 11, 22), reviewed=False)
    assert all(cell.reviewed_by for row in on.rows for cell in row.cells)
    assert not any(cell.reviewed_by for row in off.rows for cell in row.cells)
    assert not [note for note in on.notes if "失效" in note or "没有采用" in note]
    assert {cell.status for row in on.rows for cell in row.cells} >= {CellStatus.SILENT}
    assert CellStatus.NOT_FOUND not in {cell.status for row in on.rows for cell in row.cells}
    place = [column.label for column in on.columns].index("重庆市")
    area = next(n for n, row in enumerate(on.rows) if row.topic.id == "area-per-100-households")
    assert on.rows[area].relations[place] is off.rows[area].relations[place] is Relation.EQUAL


def test_shipped_reviews_are_of_the_form_of_the_users(assistant):
    """Each line is read without a note; quotes are verbatim, figures part of their quote."""
    reviews = read_reviews([assistant.index.corpus])
    assert reviews.notes == ()
    assert len(reviews.held) == 250
    for one in reviews.held.values():
        assert isinstance(one, Review)
        for figure in one.figures:
            assert figure.printed in one.quotes[figure.quote].quote
            assert figure.words in one.quotes[figure.quote].quote
