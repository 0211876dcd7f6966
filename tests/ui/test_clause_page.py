"""The address of a clause: what a link of an answer opens, and what it says when it cannot."""

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.datastructures import QueryParams

from indexing.errors import HomeBusy
from tests.ui.fakes import RULES, SECOND, FakeIndex
from tests.ui.test_rendering import Reader, hrefs, shown_text
from ui.clause_page import clause_page, read_link
from ui.rendering import clause_href
from ui.usage import CallerMistake


def opened(index: FakeIndex, href: str, home: Path = Path("home")) -> tuple[str, int]:
    """What a link leads to."""
    query = href.partition("?")[2].partition("#")[0]
    return clause_page(index, QueryParams(query), home)  # type: ignore[arg-type]


def test_a_link_opens_its_clause_with_the_quote_marked() -> None:
    """Title, number, headings, responsible bodies, validity, neighbours."""
    start = RULES.text.index("百分之三十")
    html, status = opened(FakeIndex(), clause_href(RULES.doc_id, "第二条", [(start, start + 5)], 2))
    assert status == 200
    assert "<mark>百分之三十</mark>" in html
    text = shown_text(html)
    for said in (
        "第二条",
        "甲市社区设施管理办法",
        "甲发改〔2025〕1号",
        "第一章 总则",
        "有效期至2028年1月13日",
    ):
        assert said in text
    assert SECOND in text.replace("\n", "")
    assert [Reader(html).tags.count(("section", {"class": "block focus", "id": "focus"}))] == [1]
    assert len([href for href in hrefs(html) if "%E7%AC%AC%E4%B8%80%E6%9D%A1" in href]) == 1  # 第一条


def test_a_link_to_a_document_opens_its_first_clause() -> None:
    """From the list of the library."""
    html, status = opened(FakeIndex(), clause_href(RULES.doc_id))
    assert status == 200
    assert "<h2" in html
    assert "第一条" in shown_text(html)


def test_of_another_version_no_quote_is_marked() -> None:
    """Offsets of an older text point anywhere in the newer one; the page says so."""
    html, status = opened(FakeIndex(), clause_href(RULES.doc_id, "第二条", [(0, 5)], 1))
    assert status == 200
    assert "<mark>" not in html
    assert "更新过" in html


@pytest.mark.parametrize(
    ("href", "said"),
    [
        ("clause?", "链接不完整"),
        ("clause?path=1", "链接不完整"),
        ("clause?doc=甲&quote=1", "链接不完整"),
        ("clause?doc=甲&quote=9999999999-1", "链接不完整"),
        ("clause?doc=甲&version=²", "链接不完整"),
        ("clause?doc=<script>", "没有这份文件"),
        (clause_href(RULES.doc_id, "第九条"), "没有这一条款"),
    ],
)
def test_what_cannot_be_opened_is_one_sentence(href: str, said: str) -> None:
    """Nothing of the link is repeated."""
    html, status = opened(FakeIndex(), href)
    assert status == 404
    assert said in shown_text(html)
    assert "script>" not in html


def test_a_document_replaced_meanwhile_is_not_shown_half_and_half() -> None:
    """Its text and its clauses are of one version or not shown."""
    index = FakeIndex()
    index.held[RULES.doc_id] = replace(RULES, version=3)
    assert opened(index, clause_href(RULES.doc_id, "第二条"))[1] == 404


def test_a_failure_is_one_sentence(tmp_path: Path) -> None:
    """A known one as it is, an unexpected one logged."""
    for error, said, status in (
        (HomeBusy("另一个进程正在更新，请稍后重试。"), "另一个进程正在更新", 503),
        (ZeroDivisionError("除以零"), "程序遇到意外错误", 500),
    ):
        index = FakeIndex()

        def broken(doc_id: str, error: Exception = error) -> None:
            raise error

        index.document = broken  # type: ignore[assignment, method-assign]
        html, answered = opened(index, "clause?doc=甲", tmp_path)
        assert answered == status
        assert said in html
        assert "除以零" not in html
    assert "除以零" in (tmp_path / "logs" / "cewen.log").read_text(encoding="utf-8")


def test_a_link_is_read_strictly() -> None:
    """Numbers are ASCII and of a size that exists."""
    wanted = read_link("甲", None, "12", ["3-4"])
    assert (wanted.version, wanted.quotes) == (12, ((3, 4),))
    with pytest.raises(CallerMistake):
        read_link("甲", None, "一", [])
