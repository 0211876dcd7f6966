"""Which columns stand side by side, and what is said when they cannot."""

from datetime import date

import pytest

from assistant.comparing.columns import columns_of
from assistant.errors import ColumnError
from assistant.library import Library
from tests.comparisons import DAY, NANJING, NATION, SUZHOU, invented

SU, NAN, GUO = "苏州市口袋公园管理办法@2025-03-01", "南京市口袋公园管理办法@2025-03-01", "国办发[2025]9号"
OTHER = SUZHOU.replace("口袋公园管理办法", "口袋公园养护办法").replace("160", "161")


@pytest.fixture(scope="module")
def library() -> Library:
    """A nation, two documents of one city, one of another."""
    return invented(NATION, SUZHOU, OTHER, NANJING)


def labels(columns):
    """What they are called."""
    return [column.label for column in columns]


def test_all_places_the_nation_first(library):
    """A place has all its documents in one column."""
    columns, notes = columns_of(library, (), (), DAY)
    assert labels(columns) == ["国家", "南京市", "苏州市"]
    assert len(columns[2].doc_ids) == 2
    assert notes == ()


def test_places_in_the_order_asked(library):
    """Only the nation goes first."""
    columns, _ = columns_of(library, ("320500", "320100", "000000"), (), DAY)
    assert labels(columns) == ["国家", "苏州市", "南京市"]


def test_documents_are_columns_of_their_own(library):
    """By place, or by title where a place has several."""
    columns, _ = columns_of(library, (), (SU, NAN), DAY)
    assert labels(columns) == ["苏州市", "南京市"]
    columns, _ = columns_of(library, (), (SU, "苏州市口袋公园养护办法@2025-03-01"), DAY)
    assert labels(columns) == ["苏州市《苏州市口袋公园管理办法》", "苏州市《苏州市口袋公园养护办法》"]


def test_documents_narrow_a_place(library):
    """With places, only these documents are read."""
    columns, _ = columns_of(library, ("000000", "320500"), (GUO, SU), DAY)
    assert [column.doc_ids for column in columns] == [(GUO,), (SU,)]


def test_what_is_not_in_force_is_left_out_and_said(library):
    """Unless it is named."""
    _, notes = columns_of(library, ("000000", "320500"), (), date(2025, 2, 1))
    assert len(notes) == 2
    assert all("不在有效期内" in note for note in notes)
    columns, notes = columns_of(library, (), (SU, NAN), date(2025, 2, 1))
    assert (labels(columns), notes) == (["苏州市", "南京市"], ())


def test_a_place_twice_is_one_column_and_said(library):
    """Nothing is lost."""
    columns, notes = columns_of(library, ("320500", "320500", "320100"), (), DAY)
    assert (labels(columns), notes) == (["苏州市", "南京市"], ("苏州市写了多次，只列一次。",))


@pytest.mark.parametrize(
    ("places", "doc_ids", "sentence"),
    [
        (("320500",), (), "至少要有两个地区或两份文件，现在只有苏州市"),
        (("320500", "320500"), (), "苏州市写了多次，只列一次。比对至少要有两个"),
        (("510100", "320500"), (), "库中没有成都市的文件（库中有：国家、南京市、苏州市）"),
        ((), (SU,), "现在只有苏州市"),
        (("320500", "320100"), (SU,), "所选文件中没有南京市的文件"),
        (("320500", "320100"), (SU, NAN, GUO), "不属于所选地区"),
    ],
)
def test_what_cannot_be_compared_is_said(library, places, doc_ids, sentence):
    """One clear sentence."""
    with pytest.raises(ColumnError, match=sentence):
        columns_of(library, places, doc_ids, DAY)


def test_an_empty_library_says_what_to_do():
    """Cewen add."""
    with pytest.raises(ColumnError, match="库中还没有文件"):
        columns_of(Library((), ()), (), (), DAY)
