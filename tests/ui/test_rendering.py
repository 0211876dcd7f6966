"""Nothing of a document or a question is live on the page; addresses read as officials write them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from markdown_it import MarkdownIt

from assistant.types import AnswerStatus, Statement
from indexing.types import Document, Level
from tests.ui.fakes import CLAUSES, RULES, FakeIndex, answer_to, citation_of, hit_of, make_document
from ui.addresses import Addresses, address, inner_title
from ui.clause_view import clause_view
from ui.rendering import (
    answer_text,
    clause_href,
    render_answer,
    render_clause,
    render_failure,
    render_pending,
    render_shelf,
)
from ui.sources import STATUS_NAMES, shown_hits
from ui.text import one_line, visible

SHELF = FakeIndex()
DAY = date(2026, 1, 1)
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='http://evil.example'>点我</a>",
    "<style>body{display:none}</style>",
    "<!-- 注释 -->",
    "<![CDATA[x]]>",
    "</blockquote><b>逃出</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x&#62;",
    "![图](http://evil.example/?q=问题)",
    "[链接](http://evil.example)",
    "[链接](javascript:alert(1))",
    "[引用][1]\n\n[1]: http://evil.example",
    "<http://evil.example>",
    "http://evil.example/自动链接",
    "https://evil.example",
    "www.evil.example",
    "someone@evil.example",
    "mailto:someone@evil.example",
    "ftp://evil.example",
    "```mermaid\ngraph TD\n```",
    "    四个空格的代码",
    "`代码`",
    "# 标题\n## 标题",
    "标题\n===",
    "- 列表\n* 列表\n+ 列表",
    "1. 列表\n2) 列表",
    "> 引文",
    "---\n***",
    "**粗** __粗__ *斜* _斜_ ~~删~~",
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
    "$$\\href{javascript:alert(1)}{x}$$ \\(x\\) $x$",
    "[^1] 脚注\n\n[^1]: 内容",
    "行尾两个空格  \n下一行\\\n再下一行",
    "\u202e反向\u2066隔离\u200f",
    "\x1b]8;;http://evil.example\x07终端链接\x1b]8;;\x07",
    "{{ config }} {% raw %} ${x}",
    "data:text/html,<script>alert(1)</script>",
)
# what a page made of our own structure may hold
STRUCTURE = {
    "a", "article", "blockquote", "button", "details", "div", "h2", "header", "li", "mark", "nav", "ol", "p",
    "pre", "section", "span", "strong", "summary", "sup", "table", "tbody", "td", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"class", "hidden", "href", "id", "open", "rel", "role", "tabindex", "target", "title", "type"}


class Reader(HTMLParser):
    """Reads HTML as a browser does: its tags with attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note it."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """We write none."""
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl: str) -> None:
        """A whole page begins with one."""
        assert decl == "doctype html"


def shown_text(html: str) -> str:
    """What a reader sees, on one line."""
    return one_line(Reader(html).text)


def hrefs(html: str) -> list[str]:
    """Where its links lead."""
    return [attributes["href"] or "" for tag, attributes in Reader(html).tags if tag == "a"]


def assert_dead(html: str) -> None:
    """No tag but our own structure, no link but to a clause, and one block for a Markdown reader."""
    for tag, attributes in Reader(html).tags:
        assert tag in STRUCTURE
        assert set(attributes) <= ATTRIBUTES
    for href in hrefs(html):
        assert re.fullmatch(r"clause\?[!-~]*", href)
    assert "\n" not in html
    assert "\u202e" not in html
    assert "\x1b" not in html
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False, "breaks": True})
    assert reader.render(html).rstrip("\n") == html  # nothing inside is read as Markdown


def path_of(text: str) -> str:
    """A path that holds `text` as one step; the parser makes no empty ones."""
    return text.replace("/", "∕")


def hostile_answers(text: str) -> Iterator[tuple[str, Document]]:
    """HTML of everything that can carry `text`, and a document that does."""
    clause = replace(CLAUSES[1], text=text, headings=(text,), responsible=(text,))
    citation = replace(citation_of(CLAUSES[1], "补助"), title=text, document_number=text)
    quote = replace(citation, quote=text, start=0, end=len(text), path=path_of(text))
    answer = replace(
        answer_to(text, AnswerStatus.PARTIAL, [Statement(text, (citation, quote))], (text,)),
        hits=(hit_of(clause, 1.0),),
    )
    said = replace(RULES.metadata, title=text, document_number=text, issuing_authorities=(text,))
    document = replace(RULES, doc_id=text, metadata=said)
    shelf = FakeIndex()
    shelf.held = {text: document, RULES.doc_id: document}
    yield render_answer(answer, shelf, [text]), document
    yield render_answer(replace(answer, status=AnswerStatus.NO_BASIS, statements=()), shelf), document
    yield render_shelf([document], DAY), document
    yield render_pending(text), document
    yield render_failure(text), document


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_dead_wherever_it_is_shown(text: str) -> None:
    """In a question, a statement, a title, a number, a quote, a place, a hit, an error."""
    for html, _ in hostile_answers(text):
        assert_dead(html)
        assert one_line(text) in shown_text(html) or "……" in shown_text(html)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_dead_inside_a_document(text: str) -> None:
    """As clause, heading, path, title, cell of a table, before and after the clause shown."""
    text = text.replace("\t", " ")
    row = f"{text}\t{text}"
    document = make_document("甲", text, text, f"{text}\n第一条 {text}\n{row}", "110000")
    middle = f"第一条 {text}"
    parts = [(0, len(text)), (len(text) + 1, len(text) + 1 + len(middle))]
    parts.append((parts[1][1] + 1, len(document.text)))
    clauses = [
        replace(
            CLAUSES[0],
            doc_id="甲",
            path=f"{path_of(text)}{number}",
            headings=(text,),
            responsible=(text,),
            text=document.text[start:end],
            start=start,
            end=end,
            own=((start, end),),
            cells=((text, text), (text, text)) if number == 2 else (),
        )
        for number, (start, end) in enumerate(parts)
    ]
    for clause in clauses:
        html = render_clause(clause_view(document, clauses, clause, [(0, len(document.text))], DAY), text)
        assert_dead(html)
        assert shown_text(html).count(one_line(text)) >= 4


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b>", "a*b_c[d](e)", "http://a.cn/b?c=1&d=2", "50%～60% #1 $2", "。，、（一）"]
)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    """A reader sees the very characters; only their meaning is gone."""
    assert shown_text(render_failure(text)) == text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\x1b[31m红\x1b[0m", "红"),
        ("\x1b]0;标题\x07文", "文"),
        ("\x9b31m红", "红"),
        ("甲\u200b乙\ufeff", "甲乙"),
        ("\ud800甲", "\ufffd甲"),
        ("一\r\n二\u2028三", "一\n二\n三"),
        ("列\t列", "列\t列"),
        ("\x00\x07\x7f", ""),
    ],
)
def test_visible_text_cannot_drive_a_terminal(raw: str, clean: str) -> None:
    """Sequences go whole, control characters go, tabs and lines stay."""
    assert visible(raw) == clean


def test_an_address_without_a_number_has_no_empty_brackets() -> None:
    """A document that bears no 文号 is cited by its title."""
    assert address("《某办法》", None, "第七条") == "《某办法》第七条"


def notice(title: str, text: str, doc_id: str = "甲") -> Document:
    """A document with this title and text."""
    return make_document(doc_id, title, "甲发〔2025〕1号", text, "110000")


PLAN_TEXT = "甲市人民政府关于转发乙方案的通知\n各区：\n甲市嵌入式服务方案（试行）\n一、目标"


@pytest.mark.parametrize(
    ("title", "inner"),
    [
        ("甲市人民政府关于印发《甲市嵌入式服务方案(试行)》的通知", "甲市嵌入式服务方案(试行)"),
        ("甲市人民政府关于印发甲市嵌入式 服务方案（试行）的通知", "甲市嵌入式 服务方案（试行）"),
        ("甲市转发市发改委制订的《甲市嵌入式服务方案（试行）》的通知", "甲市嵌入式服务方案（试行）"),
        ("甲市关于转发市发改委甲市嵌入式服务方案（试行）的通知", None),
        ("甲市关于印发《甲市嵌入式服务方案（试行）》和《乙办法》的通知", None),
        ("甲市关于印发《乙市方案》的通知", None),
        ("甲市嵌入式服务方案（试行）", None),
        ("甲市关于做好服务工作的通知", None),
    ],
)
def test_the_inner_title_must_stand_in_title_and_text(title: str, inner: str | None) -> None:
    """What a notice issues is named only where both say the same; two texts have no one name."""
    assert inner_title(notice(title, PLAN_TEXT)) == inner


def test_a_long_title_stands_in_full_once() -> None:
    """Then the inner title, then where there is none the number alone, then the title after all."""
    carrier = notice("甲市关于印发《甲市嵌入式服务方案（试行）》的通知", PLAN_TEXT, "甲")
    two = notice("甲市关于印发《丙》和《丁》的通知", "正文", "乙")
    bare = make_document("丙", "丙市关于停车的通知", None, "正文", "330100")
    addresses = Addresses({document.doc_id: document for document in (carrier, two, bare)}.get)
    places = "甲 一", "乙 第二条", "甲 二/（一）", "乙 附件1/3", "丙 一", "丙 二"
    clauses = [replace(CLAUSES[0], doc_id=one.split()[0], path=one.split()[1]) for one in places]
    said = [addresses.of_clause(clause) for clause in clauses]
    assert said == [
        address(carrier.title, "甲发〔2025〕1号", "一"),
        address(two.title, "甲发〔2025〕1号", "第二条"),
        "《甲市嵌入式服务方案（试行）》（甲发〔2025〕1号）二、（一）",
        "甲发〔2025〕1号附件1 第3项",
        "《丙市关于停车的通知》一",
        "《丙市关于停车的通知》二",
    ]


def test_quotes_of_one_clause_stand_under_one_number() -> None:
    """In text order, each verbatim, one inside another only once."""
    first, whole = citation_of(CLAUSES[1], "对社区设施"), citation_of(CLAUSES[1], "最高五十万元")
    inside, other = citation_of(CLAUSES[1], "五十万元"), citation_of(CLAUSES[0], "适用于甲市")
    statements = [Statement("甲", (whole, first)), Statement("乙", (other, inside))]
    html = render_answer(answer_to("问", statements=statements), SHELF)
    assert [shown_text(each) for each in re.findall(r'<p class="said">.*?</p>', html)] == [
        "甲依据1",
        "乙依据1依据2",
    ]
    assert re.findall(r"<blockquote>(.*?)</blockquote>", html) == ["对社区设施", "最高五十万元", "适用于甲市"]


def test_a_citation_leads_to_its_clause_and_quote() -> None:
    """The small number carries document, path, version and the spans of its own statement."""
    one, two = citation_of(CLAUSES[1], "百分之三十"), citation_of(CLAUSES[1], "最高五十万元")
    html = render_answer(answer_to("问", statements=[Statement("甲", (one, two))]), SHELF)
    link = urlsplit(hrefs(html)[0])
    assert (link.path, link.fragment) == ("clause", "focus")
    assert parse_qs(link.query) == {
        "doc": [RULES.doc_id],
        "path": ["第二条"],
        "version": ["2"],
        "quote": [f"{one.start}-{one.end}", f"{two.start}-{two.end}"],
    }


def test_an_odd_document_id_stays_in_its_place() -> None:
    """It can add no parameter and no other address."""
    link = urlsplit(clause_href("甲&path=乙#x\ud800", "第一条"))
    assert parse_qs(link.query) == {"doc": ["甲&path=乙#x?"], "path": ["第一条"]}


def test_statuses_differ_in_mark_and_word() -> None:
    """Whoever sees no colours, or reads only the first sign, still tells them apart."""
    assert len({name[0] for name in STATUS_NAMES.values()}) == len(AnswerStatus)
    for status, name in STATUS_NAMES.items():
        html = render_answer(answer_to("问", status), SHELF)
        assert f'<strong class="status">{name}</strong>' in html
        assert f'<section class="answer {status.value.lower()}">' in html


@pytest.mark.parametrize(
    "path",
    ["落款", "正文/落款", "主送", "版记", "附件说明", "标题", "附件1-1/标题", "发文字号", "附件1/表头"],
)
def test_formalities_are_never_the_nearest_clauses(path: str) -> None:
    """A signature rules nothing, however like the question it reads."""
    frame = replace(CLAUSES[0], path=path, level=Level.FRAME)
    answer = answer_to("问", AnswerStatus.NO_BASIS)
    answer = replace(answer, hits=(hit_of(frame, 2.0), *answer.hits))
    assert [hit.clause.path for hit in shown_hits(answer)] == ["第一条", "第二条", "附件1/3"]
    only = replace(answer, hits=answer.hits[:1])
    assert "最接近的条款" not in shown_text(render_answer(only, SHELF))
    assert shown_hits(replace(only, status=AnswerStatus.PARTIAL)) == only.hits


def test_the_answer_shows_numbers_what_is_missing_and_how_its_sources_stand() -> None:
    """Each clause under one number, with full address and validity; what has no basis is named."""
    one, two = citation_of(CLAUSES[1], "百分之三十"), citation_of(CLAUSES[0], "适用于甲市")
    statements = [Statement("甲", (one,)), Statement("乙", (two, one))]
    answer = answer_to("问", AnswerStatus.PARTIAL, statements, ("乙市没有规定。",))
    text = shown_text(render_answer(answer, SHELF, ["甲市"]))
    for said in (
        "◐ 部分有依据",
        "范围：甲市；按2026年1月1日有效的规定",
        "缺少依据 乙市没有规定。".replace(" ", ""),
        "《甲市社区设施管理办法》（甲发改〔2025〕1号）第二条",
        "现行有效",
        "试行",
        "2025年1月13日起施行，有效期至2028年1月13日",
        "检索到的条款（3）",
    ):
        assert said in text


def test_without_basis_the_nearest_clauses_are_shown_as_such() -> None:
    """They never look like an answer, and stand open."""
    html = render_answer(answer_to("问", AnswerStatus.NO_BASIS, missing=("没有规定。",)), SHELF)
    assert "最接近的条款" in html
    assert "不构成对问题的回答" in html
    assert "依据条款" not in html
    assert '<details class="hits"' not in html
    assert "不构成" not in render_answer(answer_to("问"), SHELF)


def test_a_document_that_left_the_library_is_named_by_its_id() -> None:
    """A hit is shown even when its document cannot be looked up."""
    gone = FakeIndex()
    gone.held = {}
    html = render_answer(answer_to("问"), gone)
    assert "《甲发改[2025]1号》" in html
    assert "现行有效" not in html


def test_the_text_to_copy_says_all_with_its_citations() -> None:
    """Question, status, sentences with numbers, what is missing, addresses with validity, verbatim quotes."""
    one = citation_of(CLAUSES[1], "百分之三十")
    answer = answer_to("补助\n多少？", AnswerStatus.PARTIAL, [Statement("甲", (one,))], ("乙市没有规定。",))
    assert answer_text(answer, SHELF).split("\n\n") == [
        "问：补助 多少？",
        "部分有依据（范围：全部文件；按2026年1月1日有效的规定）",
        "甲[1]",
        "缺少依据：乙市没有规定。",
        "[1] 《甲市社区设施管理办法》（甲发改〔2025〕1号）第二条"
        "（现行有效、试行，2025年1月13日起施行，有效期至2028年1月13日）\n“百分之三十”",
    ]
    assert (
        answer_text(answer, SHELF)
        == Reader(re.findall(r"<pre.*?</pre>", render_answer(answer, SHELF))[0]).text
    )


def test_the_shelf_lists_documents_with_how_they_stand() -> None:
    """Each leads to its text; an empty library says what to do."""
    html = render_shelf(SHELF.documents(), date(2028, 1, 14))
    assert shown_text(html).count("已过期") == 2
    assert len(hrefs(html)) == 2
    assert " open" in html
    assert "cewen add" in render_shelf([], DAY)
    assert " open" not in render_shelf([RULES] * 11, DAY)


def test_what_a_search_had_to_do_without_is_shown() -> None:
    """A notice of the search stands below the answer, escaped as everything else, and is copied too."""
    answer = replace(answer_to("问"), notices=("向量服务 <b>没有</b> 答复，本次只按词语检索。",))
    html = render_answer(answer, SHELF)
    assert "<b>" not in html
    assert "向量服务 <b>没有</b> 答复，本次只按词语检索。" in shown_text(html)
    assert "注意：向量服务" in answer_text(answer, SHELF)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "北京市：不超过5000万元。原文：给予补助，不超过5000万元。（提示：口径没有写明。）",
            ("北京市：不超过5000万元。", "原文：给予补助，不超过5000万元。", "提示：口径没有写明。"),
        ),
        ("北京市：给予补助。（提示：口径没有写明。）", ("北京市：给予补助。", None, "提示：口径没有写明。")),
        ("北京市：给予补助。", ("北京市：给予补助。", None, None)),
    ],
)
def test_what_answers_stands_apart_from_its_wording(text: str, shown: tuple[str | None, ...]) -> None:
    """The short sentence first; the document's own words and the hint each in a paragraph behind it."""
    cited = answer_to("补助多少？").statements[0].citations
    answer = answer_to("补助多少？", statements=(Statement(text, cited),))
    page = render_answer(answer, SHELF)

    def paragraph(name: str) -> str | None:
        found = re.search(rf'<p class="{name}">(.*?)</p>', page)
        return re.sub(r"<sup>.*?</sup>|<[^>]+>", "", found.group(1)) if found else None

    assert (paragraph("said"), paragraph("wording"), paragraph("hint")) == shown
    assert text in answer_text(answer, SHELF)
