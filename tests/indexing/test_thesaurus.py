"""The thesaurus: its reader, the wordings found in a question, and the table as shipped."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import indexing.thesaurus as module
from indexing import segmentation
from indexing.errors import IndexingError
from indexing.folding import fold_tight
from indexing.query import concept_groups
from indexing.thesaurus import DEFAULT_WEIGHT, RELATED_WEIGHT, Run, Wording, runs, thesaurus

TABLE = Path(module.__file__).resolve().parent.parent / "corpus" / "thesaurus.tsv"
LONGEST = 8
"""Forms and related words of one wording: more would say nothing of it."""


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], dict[str, Wording]]]:
    """Read a table given as text in the place of the shipped one, for the rest of the test."""

    def read_text(text: str) -> dict[str, Wording]:
        (tmp_path / "thesaurus.tsv").write_text(text, encoding="utf-8")
        monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
        thesaurus.cache_clear()
        return thesaurus()

    yield read_text
    thesaurus.cache_clear()


@pytest.fixture
def shipped() -> list[tuple[str, list[str]]]:
    """Lines of the shipped table that hold a wording, each with its cells."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(line, [*line.split("\t"), "", "", ""][:4]) for line in lines]


def test_a_line_gives_a_wording(read):
    """Forms in order, folded, without the wording itself; the weight may be left out; comments pass."""
    table = read("# 说法\t用语\n\n食堂\t助餐　食堂 助餐\t0.8\t餐饮 助餐\nＡＰＰ\t线上\n健身房\t\t\t健身\n")
    assert table == {
        "食堂": Wording("食堂", ("助餐",), 0.8, ("餐饮",)),
        "app": Wording("app", ("线上",), DEFAULT_WEIGHT),
        "健身房": Wording("健身房", (), DEFAULT_WEIGHT, ("健身",)),
    }


def test_two_lines_for_one_wording_are_joined(read):
    """Forms of both, each once, the higher weight; what one line is sure of is not merely related."""
    table = read("娃\t儿童\t0.5\t托育 学生\n娃\t婴幼儿 儿童\t0.9\n娃\t学生\n")
    assert table == {"娃": Wording("娃", ("儿童", "婴幼儿", "学生"), 0.9, ("托育",))}


@pytest.mark.parametrize(
    "line",
    ["食堂", "食堂\t", "\t助餐", "食堂\t助餐\t高", "食堂\t助餐\t1.5", "食堂\t助餐\tnan", "a\tb\t1\tc\td"],
)
def test_a_bad_line_is_named(read, line):
    """The reader of the message learns which line to correct."""
    with pytest.raises(IndexingError, match="第3行"):
        read(f"# 说法\n饭堂\t食堂\n{line}\n")


def test_without_a_table_there_is_no_wording(tmp_path, monkeypatch):
    """The reviewed data may be left out: nothing is found and nothing fails."""
    thesaurus.cache_clear()
    monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
    assert thesaurus() == {}
    assert runs(["钱", "从", "哪来"]) == []
    thesaurus.cache_clear()


def test_the_longest_wording_between_cuts_is_found(read):
    """Longest first, left to right, no overlap; a wording that begins inside a piece is none."""
    table = read("老年\t老年人\n老年食堂\t助餐\n食堂\t就餐\n补\t补助\n")
    assert runs(["老年", "食堂", "补", "多少"]) == [Run(0, 2, table["老年食堂"]), Run(2, 3, table["补"])]
    assert runs(["食堂", "老年"]) == [Run(0, 1, table["食堂"]), Run(1, 2, table["老年"])]
    assert runs(["老年食", "堂吃", "补贴"]) == []
    assert runs([]) == []


def test_a_wording_of_more_pieces_than_looked_at_is_not_found(read):
    """Five pieces are one wording at most."""
    read("一二三四五\t甲\n一二三四五六\t乙\n")
    assert [(run.start, run.end) for run in runs(list("一二三四五六"))] == [(0, 5)]


def test_the_search_weighs_forms_by_their_line_and_related_words_less(read):
    """The wording weighs 1, a form what its line says, a related word at most its own weight."""
    read("食堂\t助餐\t0.9\t餐饮\n娃\t儿童\t0.3\t学生\n")
    assert [[(a.words, a.weight) for a in group] for group in concept_groups("食堂娃")] == [
        [(("食堂",), 1.0), (("助餐",), 0.9), (("餐饮",), RELATED_WEIGHT)],
        [(("娃",), 1.0), (("儿童",), 0.3), (("学生",), 0.3)],
    ]


def test_the_shipped_table_is_sound(shipped):
    """No wording twice, none that says itself, weights between 0.3 and 1, no long lists."""
    assert len(shipped) >= 900
    twice = [key for key, count in Counter(fold_tight(cells[0]) for _, cells in shipped).items() if count > 1]
    assert twice == []
    for line, (asked, forms, weight, related) in shipped:
        said = [fold_tight(word) for word in f"{forms} {related}".split()]
        assert 1 <= len(said) == len(set(said)) <= LONGEST, line
        assert fold_tight(asked) not in said, line
        assert bool(forms) == bool(weight), line
        assert not weight or 0.3 <= float(weight) <= 1.0, line


def test_every_shipped_wording_is_reachable(shipped):
    """As a question cuts it, each wording is found whole, and so is it after other words."""

    def found(question: str) -> set[str]:
        return {run.wording.asked for run in runs(segmentation.cut(question))}

    keys = [fold_tight(cells[0]) for _, cells in shipped]
    assert [key for key in keys if key not in found(key) or key not in found(f"请问，{key}？")] == []


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("老头老太去哪吃饭", ["老头老太", "吃饭"]),
        ("修鞋配钥匙的能不能进小区", ["修鞋", "配钥匙"]),
        ("钱从哪来", ["钱从哪来"]),
        ("卫健委和市监局谁说了算", ["卫健委", "市监局", "谁说了算"]),
        ("运营公司干不下去咋办", ["运营公司", "干不下去"]),
        ("水电煤按民用价收吗", ["水电", "按民用"]),
        ("娃三岁能送托吗", ["娃", "送托"]),
    ],
)
def test_everyday_questions_are_read(question, asked):
    """Wordings stand in running speech as they do alone."""
    assert [run.wording.asked for run in runs(segmentation.cut(question))] == asked


@pytest.mark.parametrize(
    ("narrow", "wide"), [("健身房", "健身"), ("家长", "家庭"), ("营业执照", "登记"), ("车位", "停车")]
)
def test_a_wider_word_does_not_say_the_narrow_one(narrow, wide):
    """It helps to find a clause, and is not taken for an answer."""
    wording = thesaurus()[narrow]
    assert wide not in wording.forms
    assert wide in wording.related
