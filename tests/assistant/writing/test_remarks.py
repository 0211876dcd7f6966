"""Remarks on the texts: the shipped ones hold, they show where they touch an answer and nowhere else."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.library import Library
from assistant.types import Citation, Statement
from assistant.verification.verifying import first_stranger
from assistant.writing.remarks import read_remarks, shipped_remarks, with_past_targets, with_remarks
from indexing.folding import fold_tight

_FILE = """
[[remark]]
text = "“不少于2项”是否也属“原则上”的要求，文件没有写明。"
when = ["不少于2项"]
about = [{ clause = "京发改规[2025]1号#第七条/第一款", words = "%s" }]
"""
_WORDS = "服务功能原则上不应少于3项,其中养老服务、婴幼儿托育、儿童托管、社区助餐服务不少于2项"


@pytest.fixture
def library(assistant) -> Library:
    """The five documents."""
    return Library(assistant.index.documents(), assistant.index.clauses())


def _statement(library: Library, path: str, text: str) -> Statement:
    clause = library.clause("京发改规[2025]1号", path)
    assert clause is not None
    citation = Citation(
        clause.doc_id, None, "办法", 1, path, clause.text_hash, clause.text, clause.start, clause.end
    )
    return Statement(text, (citation,))


def _quoting(quote: str) -> Statement:
    return Statement(f"某市：{quote}", (Citation("d", None, "t", 1, "一", "h", quote, 0, len(quote)),))


def test_every_shipped_remark_stands_on_words_that_are_there(library: Library) -> None:
    """Each place has its words verbatim, each figure and quoted word of the remark stands in them."""
    assert shipped_remarks()
    for remark in shipped_remarks():
        for place in remark.about:
            clause = library.clause(place.doc_id, place.path)
            assert clause is not None, place
            assert place.words in clause.text, place
        first = remark.about[0]
        touching = _touching(library, first.doc_id, first.path, "；".join(remark.when))
        shown = with_remarks(touching, library, [remark], [fold_tight(touching.text)])
        assert shown.text == f"{touching.text}（提示：{remark.text}）"
        told = Statement(remark.text, shown.citations)
        assert first_stranger(told, library) is None
        quotes = [citation.quote for citation in shown.citations]
        assert all(any(place.words in quote for quote in quotes) for place in remark.about)


def test_a_remark_leaves_the_correction_a_correction(library: Library) -> None:
    """What a statement denies it still denies with a remark behind it."""
    denying = replace(_touching(library, "京发改规[2025]1号", "第七条/第一款", _WORDS), denied="3项")
    shown = with_remarks(denying, library, read_remarks(_FILE % _WORDS), [fold_tight(denying.text)])
    assert shown.text != denying.text
    assert shown.denied == "3项"


def _touching(library: Library, doc_id: str, path: str, text: str) -> Statement:
    clause = library.clause(doc_id, path)
    assert clause is not None
    return Statement(
        text,
        (Citation(doc_id, None, "t", 1, path, clause.text_hash, clause.text, clause.start, clause.end),),
    )


@pytest.mark.parametrize(
    ("path", "text", "is_shown"),
    [
        ("第七条/第一款", "服务功能不少于2项", True),
        ("第七条", "服务功能不少于2项", True),
        ("第七条/第二款", "服务功能不少于2项", False),
        ("第七条/第一款", "可提供便民商业类服务", False),
        ("第八条", "服务功能不少于2项", False),
    ],
)
def test_a_remark_shows_where_its_place_is_cited_and_its_words_are_shown(
    path: str, text: str, is_shown: bool, library: Library
) -> None:
    """The clause, or one that encloses it; not a sister, not another word."""
    stated = _statement(library, path, text)
    shown = with_remarks(stated, library, read_remarks(_FILE % _WORDS), [fold_tight(text)])
    assert ("提示：" in shown.text) is is_shown
    assert shown.text.startswith(text)
    assert shown.citations[0] == stated.citations[0]


@pytest.mark.parametrize(
    ("question", "is_remarked"),
    [
        ("北京对基本公共服务类功能补助多少？", True),
        ("北京的项目能重复申请市级资金吗？", False),
        ("北京支持哪些类型的项目建设？", False),  # the sentence goes on to 30%, which nobody asked about
        ("重庆每百户居民的社区综合服务设施面积不少于多少？", True),
        ("京发改规〔2025〕1号第七条第一款怎么规定？", True),
    ],
)
def test_only_what_was_asked_is_remarked_on(question: str, is_remarked: bool, ask) -> None:
    """A sentence shown may say more than was asked; remarks on the rest would distract."""
    assert any("提示：" in one.text for one in ask(question).statements) is is_remarked


def test_a_remark_on_words_that_are_gone_is_silent(library: Library) -> None:
    """A text that was changed loses its remarks until they are reviewed."""
    touching = _statement(library, "第七条/第一款", "服务功能不少于2项")
    asked = [fold_tight(touching.text)]
    assert with_remarks(touching, library, read_remarks(_FILE % "服务功能不应少于4项"), asked) == touching
    assert with_remarks(touching, library, [], asked) == touching


@pytest.mark.parametrize(
    ("quote", "day", "mark"),
    [
        ("到 2025 年，建立政策保障体系。", date(2026, 11, 22), "（“到2025年”的期限已过。）"),
        ("到 2025 年，建立政策保障体系。", date(2025, 12, 31), ""),
        ("2024年12月底前出台配套政策。", date(2025, 1, 1), "（“2024年12月底前”的期限已过。）"),
        ("2024年12月底前出台配套政策。", date(2024, 12, 31), ""),
        ("纳入2024年市政府民生实事考核。", date(2025, 1, 1), "（“2024年市政府民生实事考核”的期限已过。）"),
        ("纳入2024年市政府民生实事考核。", date(2024, 12, 31), ""),
        ("到2027年，全面推开。", date(2026, 11, 22), ""),
        ("本办法自2024年4月8日起施行。", date(2026, 11, 22), ""),
        ("根据国办函〔2023〕121号制定。", date(2026, 11, 22), ""),
    ],
)
def test_a_target_whose_day_has_passed_is_marked(quote: str, day: date, mark: str) -> None:
    """From the day after; dates of issue and of effect are no targets."""
    assert with_past_targets(_quoting(quote), day).text == f"某市：{quote}{mark}"


def test_a_target_that_is_quoted_but_not_told_is_left_alone() -> None:
    """Only what the sentence shows is marked."""
    quote = "到 2025 年，建立体系。"
    statement = Statement("某市：建立体系。", _quoting(quote).citations)
    assert with_past_targets(statement, date(2026, 1, 1)) == statement
