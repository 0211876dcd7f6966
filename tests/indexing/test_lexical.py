"""Lexical search: tantivy behind our own terms."""

import math
from pathlib import Path

import pytest

from indexing.errors import StaleIndex
from indexing.lexical import BODY_BOOST, Alternative, LexicalIndex, LexicalTerms, LexicalUnit
from indexing.segmentation import bigrams, search_words

UNITS = [
    LexicalUnit(3, "甲市办法", ("第一章 总则",), "对养老服务设施给予补助。"),
    LexicalUnit(4, "甲市办法", ("第二章 验收",), "项目竣工后开展验收。"),
    LexicalUnit(9, "乙市方案", ("一、要求",), "对托育服务设施给予奖励，奖励不超过20万元。"),
    LexicalUnit(12, "乙市方案", ("二、保障",), "社区食堂由镇政府管理。"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    """Four units of two documents."""
    return LexicalIndex.build(tmp_path_factory.mktemp("lexical"), UNITS)


def units(ranked: list[tuple[int, float]]) -> list[int]:
    """The unit numbers of a list."""
    return [unit for unit, _ in ranked]


@pytest.mark.parametrize("terms", LexicalTerms)
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("养老补助", 3),
        ("竣工验收", 4),
        ("托育奖励多少", 9),
        ("食堂归谁管理", 12),
        ("乙市托育", 9),
        ("２０万元", 9),
    ],
)
def test_the_unit_that_says_it_comes_first(
    index: LexicalIndex, query: str, first: int, terms: LexicalTerms
) -> None:
    """Words and bigrams both lead to the unit; half and full width are one."""
    assert units(index.search(query, 10, terms=terms))[0] == first


def test_scores_are_bm25(tmp_path: Path) -> None:
    """One term in one field: idf × tf (k1 + 1) / (tf + k1 (1 - b + b length / mean length)), by hand."""
    bodies = ["验收", "验收 验收 项目", "补助"]
    built = LexicalIndex.build(tmp_path, [LexicalUnit(i, "", (), body) for i, body in enumerate(bodies)])
    lengths = [1, 3, 1]
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = {
        unit: BODY_BOOST * idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * lengths[unit] / (5 / 3)))
        for unit, tf in ((0, 1), (1, 2))
    }
    assert dict(built.search("验收", 10)) == pytest.approx(expected, rel=1e-5)
    unseen = math.log(1 + 3.5 / 0.5)
    assert built.idf(["验收", "无此词"]) == pytest.approx({"验收": idf, "无此词": unseen})
    assert built.idf(["收项"]) == pytest.approx({"收项": math.log(1 + 2.5 / 1.5)})  # a bigram, no word
    assert built.idf(["收项"], LexicalTerms.WORDS) == pytest.approx({"收项": unseen})


def test_a_term_counts_where_it_weighs_most(tmp_path: Path) -> None:
    """A term in title, heading and body scores as the best of the three, not as their sum."""
    full = [
        LexicalUnit(0, "服务办法", ("服务标准",), "服务由社区提供。"),
        LexicalUnit(1, "验收办法", ("程序",), "验收由区提供服务。"),
    ]
    alone = {
        "title": [LexicalUnit(unit.unit, unit.title, (), "") for unit in full],
        "headings": [LexicalUnit(unit.unit, "", unit.headings, "") for unit in full],
        "body": [LexicalUnit(unit.unit, "", (), unit.body) for unit in full],
    }
    scores = {
        name: dict(LexicalIndex.build(tmp_path / name, units).search("服务", 10))
        for name, units in {**alone, "full": full}.items()
    }
    assert scores["full"][0] == pytest.approx(max(scores[name][0] for name in alone))
    assert scores["full"][1] == pytest.approx(scores["body"][1])


def test_a_filter_leaves_scores_alone(index: LexicalIndex) -> None:
    """Allowed units keep the scores they have without a filter; no others come."""
    everything = dict(index.search("服务设施", 10))
    assert set(everything) == {3, 9}
    assert dict(index.search("服务设施", 10, {9, 12, 77})) == pytest.approx({9: everything[9]})
    assert index.search("服务设施", 10, []) == []


def test_top_k_keeps_the_best(index: LexicalIndex) -> None:
    """A shorter list is the head of the longer one."""
    longer = index.search("甲市乙市服务设施验收", 10)
    assert len(longer) == 4
    assert index.search("甲市乙市服务设施验收", 2) == longer[:2]
    assert index.search("服务", 0) == []


@pytest.mark.parametrize("terms", LexicalTerms)
@pytest.mark.parametrize("query", ["", "。。？", "😀", "\ud800", " \t\n", "\x00", "()", "*", '"'])
def test_a_query_without_terms_finds_nothing(index: LexicalIndex, query: str, terms: LexicalTerms) -> None:
    """Nothing asked is nothing found."""
    assert index.search(query, 10, terms=terms) == []


@pytest.mark.parametrize(
    "query",
    [
        "NEAR(补助", "补助*", '"补助', "body_words:补助", "补助 AND NOT (", "-补助", "+补助 ^2",
        "[补助 TO *]", "补助~9", "' OR 1=1 --补助", "<b>补助</b>", "\\补助/", "补助\ud800\x00",
        "title_words:甲市 补助",
    ],
)  # fmt: skip
def test_query_syntax_is_only_text(index: LexicalIndex, query: str) -> None:
    """No sign in a question is an operator: what the question says is found all the same."""
    assert units(index.search(query, 10))[0] == 3


def test_a_hundred_thousand_characters_are_a_query(index: LexicalIndex) -> None:
    """Length is no error and the first terms count."""
    assert units(index.search("养老补助" + "甲乙丙丁戊己庚辛" * 12_500, 10))[0] == 3


def test_equal_scores_are_in_order_of_unit(tmp_path: Path) -> None:
    """The order of equals does not depend on how they were added."""
    built = LexicalIndex.build(tmp_path, [LexicalUnit(unit, "", (), "补助") for unit in (5, 2, 9, 0)])
    assert units(built.search("补助", 10)) == [0, 2, 5, 9]


def test_a_loaded_index_is_the_one_that_was_built(tmp_path: Path) -> None:
    """Same hits, same scores, same idf from disk."""
    built = LexicalIndex.build(tmp_path / "lexical", UNITS)
    loaded = LexicalIndex.load(tmp_path / "lexical")
    query = "托育服务设施奖励"
    for terms in LexicalTerms:
        assert loaded.search(query, 10, terms=terms) == built.search(query, 10, terms=terms) != []
    wanted = [*search_words(query), *bigrams(query)]
    assert loaded.idf(wanted) == built.idf(wanted)


def test_no_units_make_an_empty_index(tmp_path: Path) -> None:
    """An empty library can be searched."""
    LexicalIndex.build(tmp_path, [])
    assert LexicalIndex.load(tmp_path).search("补助", 10) == []


def test_a_missing_index_is_stale(tmp_path: Path) -> None:
    """No folder and an empty folder are told apart from an index."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(StaleIndex, match="cewen index"):
            LexicalIndex.load(folder)


def test_a_truncated_file_is_stale(tmp_path: Path) -> None:
    """Cutting any of the index's data files in half is noticed when it is loaded."""
    LexicalIndex.build(tmp_path, UNITS)
    files = [path for path in tmp_path.iterdir() if path.suffix in {".term", ".idx", ".fast", ".json"}]
    checked = [path for path in files if not path.name.startswith(".")]
    assert len(checked) >= 4
    for path in checked:
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(StaleIndex):
            LexicalIndex.load(tmp_path)
        path.write_bytes(whole)
    assert LexicalIndex.load(tmp_path).search("补助", 10)


def test_an_index_with_other_fields_is_stale(tmp_path: Path) -> None:
    """An index made by a version with another schema is rebuilt, not searched."""
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("body").build()
    tantivy.Index(schema, path=str(tmp_path)).writer(heap_size=20_000_000, num_threads=1).commit()
    with pytest.raises(StaleIndex):
        LexicalIndex.load(tmp_path)


def test_the_most_that_can_be_found_by_hand(tmp_path: Path) -> None:
    """2.2 × the idf of each word; one no unit holds as 0.3 of the rarest; nothing asked, nothing found."""
    bodies = ["验收", "验收 项目", "补助"]
    built = LexicalIndex.build(tmp_path, [LexicalUnit(i, "", (), body) for i, body in enumerate(bodies)])
    held, unheld = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5)), math.log(1 + (3 + 0.5) / 0.5)
    assert built.most("验收") == pytest.approx(2.2 * held)
    assert built.most("验收验收鱻") == pytest.approx(2.2 * (held + 0.3 * unheld))
    assert built.most("验收", LexicalTerms.BIGRAMS) == pytest.approx(2.2 * held)
    assert built.most("。") == 0.0


def test_the_most_of_groups_is_what_the_best_alternative_gives(tmp_path: Path) -> None:
    """An alternative counts when all its words are held; a group without one counts as one unheld word."""
    bodies = ["验收", "验收 项目", "补助"]
    built = LexicalIndex.build(tmp_path, [LexicalUnit(i, "", (), body) for i, body in enumerate(bodies)])
    twice, once = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5)
    rarest = math.log(1 + 3.5 / 0.5)
    lay = (Alternative(("鱻",), 1.0), Alternative(("补助",), 0.6), Alternative(("验收", "鱻"), 0.9))
    assert built.most_of_groups([lay]) == pytest.approx(2.2 * 0.6 * once)
    assert built.most_of_groups([lay, (Alternative(("验收",), 1.0),)]) == pytest.approx(
        2.2 * (0.6 * once + twice)
    )
    assert built.most_of_groups([(Alternative(("鱻",), 1.0),)]) == pytest.approx(2.2 * 0.3 * rarest)
    assert built.most_of_groups([]) == 0.0


@pytest.mark.parametrize("terms", LexicalTerms)
def test_no_unit_scores_more_than_the_most(index: LexicalIndex, terms: LexicalTerms) -> None:
    """Titles and lengths included, for every pair of questions and units here."""
    for query in ("养老补助", "食堂由镇政府管理。", "对托育服务设施给予奖励"):
        scores = [score for _, score in index.search(query, 10, terms=terms)]
        assert scores
        assert max(scores) <= index.most(query, terms)
