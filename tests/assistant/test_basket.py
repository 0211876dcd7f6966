"""Clauses put aside for a draft: kept, each once, read back, taken out."""

from datetime import date

import pytest

from assistant.basket import FILE, empty_basket, kept_of, put_aside, read_basket
from indexing.errors import HomeUnusable
from indexing.home import Home, open_home
from tests.comparisons import made

DAY = date(2026, 1, 5)


@pytest.fixture
def home(tmp_path):
    """An empty home."""
    return open_home(tmp_path / "home")


def kept(row=0):
    """The clauses of a row of a made comparison."""
    compared = made()
    return kept_of(compared.rows[row], [column.code for column in compared.columns], DAY)


def test_a_row_gives_its_quotes_and_whose_they_are():
    """A silent column gives nothing."""
    assert [(one.topic, one.column, one.jurisdiction) for one in kept()] == [
        ("绿化面积", "国家", "000000"),
        ("绿化面积", "甲市", "110000"),
    ]


def test_what_is_put_aside_is_read_back_and_each_once(home):
    """Citation and day as they were; a second time nothing is new."""
    assert read_basket(home) == ()
    assert put_aside(home, kept()) == 2
    assert put_aside(home, kept()) == 0
    assert put_aside(home, kept(1)) == 2
    assert read_basket(home) == (*kept(), *kept(1))
    assert (home.path / FILE).stat().st_mode & 0o077 == 0


def test_a_torn_line_costs_only_itself(home):
    """What was whole is kept, and what comes after too."""
    put_aside(home, kept())
    with (home.path / FILE).open("ab") as stream:
        stream.write(b'{"topic": "x"')
    put_aside(home, kept(1))
    assert read_basket(home) == (*kept(), *kept(1))


def test_the_basket_can_be_emptied(home):
    """Twice as well."""
    put_aside(home, kept())
    empty_basket(home)
    empty_basket(home)
    assert read_basket(home) == ()


def test_a_home_that_cannot_be_written_is_told(home):
    """Nothing is lost."""
    with pytest.raises(HomeUnusable, match="只读"):
        put_aside(Home(home.path, writable=False), kept())
