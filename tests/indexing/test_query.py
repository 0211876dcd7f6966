"""What a query says to the search: places, clause numbers, concepts, the kind of thing wanted."""

import pytest

from indexing import thesaurus as thesaurus_module
from indexing.lexical import Alternative
from indexing.query import MAX_CHARS, concept_groups, names_each_city, read_query
from indexing.thesaurus import Wording

DOC_IDS = ("京发改规[2025]1号", "国办函[2023]121号")
PLACES = frozenset({"000000", "110000", "310000", "330100"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北京补助多少", ("110000",)),
        ("杭州余杭区补助多少", ("330100",)),
        ("上海和北京各是多少", ("310000", "110000")),
        ("国家对面积有什么要求", ("000000",)),
        ("国家级试点怎么申报", ()),
        ("国家消防验收可以简化吗", ("000000",)),
        ("国家消防救援局怎么查", ()),
        ("国家二（四）写了什么", ("000000",)),
        ("房子是国家的，拿来用前提是什么", ()),
        ("国家讲的金角银边指什么", ("000000",)),
        ("哪些城市国家优先推", ("000000",)),
        ("国家提法定要求", ()),
        ("各市补助多少", ("110000", "310000", "330100")),
        ("国家和各市分别怎么规定", ("000000", "110000", "310000", "330100")),
        ("三个直辖市补助多少", ("110000", "310000")),
        ("省、自治区、直辖市人民政府怎么做", ()),
        ("广州补助多少", ()),
        ("补助多少", ()),
    ],
)
def test_places_of_the_library_are_read(text: str, expected: tuple[str, ...]) -> None:
    """In order of naming; a district stands for its city, 各市 for every city held."""
    assert read_query(text, DOC_IDS, PLACES).jurisdictions == expected


@pytest.mark.parametrize(
    ("text", "documents", "articles", "annexes"),
    [
        ("京发改规〔2025〕1号第二十三条", {"京发改规[2025]1号"}, {23}, set()),
        ("第 7 条和第八条", set(), {7, 8}, set()),
        ("附件1-1第21项", set(), set(), {"1-1"}),
        ("第一批试点", set(), set(), set()),
    ],
)
def test_references_are_read(text: str, documents: set[str], articles: set[int], annexes: set[str]) -> None:
    """Whatever brackets, spaces and numerals they are written with."""
    query = read_query(text, DOC_IDS, PLACES)
    assert (set(query.documents), query.articles, query.annexes) == (documents, articles, annexes)


def test_the_kind_wanted_is_read_without_the_places() -> None:
    """What measure, a date, a body; nothing where any clause will do."""
    wanted = [
        read_query(text, (), ()).wanted for text in ("北京面积多大", "由谁负责", "何时施行", "建设导则")
    ]
    assert wanted == ["a", "b", "d", ""]


def test_a_wording_of_the_thesaurus_is_one_group(monkeypatch: pytest.MonkeyPatch) -> None:
    """老人 and its official form are alternatives of one group; other words stand alone."""
    table = {"老人": Wording("老人", ("老年人", "养老"), 0.5)}
    monkeypatch.setattr(thesaurus_module, "thesaurus", lambda: table)
    groups = concept_groups("老人洗澡")
    assert groups[0] == (
        Alternative(("老人",), 1.0), Alternative(("老年人",), 0.5), Alternative(("养老",), 0.5)
    )  # fmt: skip
    assert groups[1:] == ((Alternative(("洗澡",), 1.0),),)


@pytest.mark.parametrize("text", ["", "？！", "\ud800", "  \t\n"])
def test_a_query_without_words_has_no_groups(text: str) -> None:
    """Punctuation, blanks and lone surrogates ask for nothing and break nothing."""
    assert read_query(text, DOC_IDS, PLACES).groups == ()


def test_a_very_long_query_is_read_by_its_beginning() -> None:
    """Five thousand characters are cut, not refused."""
    assert len(read_query("养老" * 2500, DOC_IDS, PLACES).text) == MAX_CHARS


@pytest.mark.parametrize(
    ("body", "each"),
    [("哪里补得最多", True), ("哪儿可以五年不换", True), ("流感疫苗去哪儿打", False), ("钱从哪里来", False)],
)
def test_where_asks_for_a_city_unless_one_goes_there(body: str, each: bool) -> None:
    """哪里 is any of the cities; 去哪里, 从哪里 and 哪里能办 want a place in one."""
    assert names_each_city(body, ()) is each
