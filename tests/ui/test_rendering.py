"""Nothing of a document or a question is live on the page; addresses read as officials write them."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from assistant.types import AnswerStatus, Statement
from indexing.types import Document, Level
from tests.ui.fakes import CLAUSES, RULES, answer_to, citation_of, hit_of, make_document
from ui.addresses import Addresses, address, inner_title
from ui.rendering import (
    STATUS_NAMES,
    escape,
    quoted,
    render_answer,
    render_failure,
    render_hits,
    render_sources,
    shown_hits,
)
from ui.text import visible

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
STRUCTURE = {"p", "blockquote", "h4", "strong"}
TAG = re.compile(r"<(/?)([a-zA-Z!?][a-zA-Z0-9]*)")


def html_of(markdown: str) -> str:
    """HTML as the most permissive reader of Markdown makes it: raw HTML and bare addresses live."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False, "breaks": True})
    return str(reader.render(markdown))


def assert_dead(markdown: str) -> None:
    """No tag but our own structure, and nothing a reader could turn into an address."""
    assert {name for _, name in TAG.findall(html_of(markdown))} <= STRUCTURE
    assert re.findall(r"[a-z]+://|www\.|[a-z]@[a-z]|javascript:|mailto:|\]\(|!\[", markdown) == []
    assert "\u202e" not in markdown
    assert "\x1b" not in markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_dead_wherever_it_is_shown(text: str) -> None:
    """In a statement, a title, a number, a quote, a missing sentence, a hit, an error."""
    clause = replace(CLAUSES[1], text=text)
    citation = replace(citation_of(CLAUSES[1], "补助"), title=text, document_number=text)
    quote = replace(citation, quote=text, start=0, end=len(text))
    answer = replace(
        answer_to(text, AnswerStatus.PARTIAL, [Statement(text, (citation, quote))], (text,)),
        hits=(hit_of(clause, 1.0),),
    )
    document = replace(RULES, metadata=replace(RULES.metadata, title=text, document_number=text))
    assert_dead(render_answer(answer))
    assert_dead(render_sources(answer, lambda _: document))
    assert_dead(render_hits(answer, lambda _: document))
    assert_dead(render_failure(text))


@pytest.mark.parametrize(
    "text", ["<b>&amp;</b>", "a*b_c[d](e)", "http://a.cn/b?c=1&d=2", "50%～60% #1 $2", "。，、（一）"]
)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    """A reader sees the very characters; only their meaning is gone."""
    shown = re.sub(r"</?p>|\n", "", html_of(escape(text)))
    assert shown == text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_a_quote_keeps_its_lines() -> None:
    """Lines of a clause stay lines of one quote, empty ones go."""
    assert quoted("第一条\n\n第二款") == "> 第一条\n>\n> 第二款"


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
    answer = answer_to("问", statements=statements)
    shown = html_of(render_answer(answer))
    assert "甲 [1]</p>" in shown
    assert "乙 [2][1]</p>" in shown
    sources = html_of(render_sources(answer, lambda _: RULES))
    assert sources.count("第二条</p>") == sources.count("第一条</p>") == 1
    quotes = re.findall(r"<blockquote>\s*<p>(.*?)</p>\s*</blockquote>", sources)
    assert quotes == ["对社区设施", "最高五十万元", "适用于甲市"]


def test_statuses_differ_in_mark_and_word() -> None:
    """Whoever sees no colours, or reads only the first sign, still tells them apart."""
    assert len({name[0] for name in STATUS_NAMES.values()}) == len(AnswerStatus)
    for status, name in STATUS_NAMES.items():
        assert f"<strong>{name}</strong>" in html_of(render_answer(answer_to("问", status)))


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
    assert render_hits(only, lambda _: RULES) == ""
    assert shown_hits(replace(only, status=AnswerStatus.PARTIAL)) == only.hits


def test_the_answer_shows_status_numbers_and_what_is_missing() -> None:
    """Each statement ends in the numbers under which its quotes stand; equal citations share one."""
    one, two = citation_of(CLAUSES[1], "百分之三十"), citation_of(CLAUSES[0], "适用于甲市")
    statements = [Statement("甲", (one,)), Statement("乙", (two, one))]
    answer = answer_to("问", AnswerStatus.PARTIAL, statements, ("乙市没有规定。",))
    lines = html_of(render_answer(answer))
    assert "◐ 部分有依据" in lines
    assert "甲 [1]" in lines
    assert "乙 [2][1]" in lines
    assert "<strong>缺少依据：</strong> 乙市没有规定。" in lines
    sources = html_of(render_sources(answer, lambda _: RULES))
    assert "[1] 《甲市社区设施管理办法》（甲发改〔2025〕1号）第二条" in sources
    assert sources.count("<blockquote>") == 2


def test_without_basis_the_nearest_clauses_are_shown_as_such() -> None:
    """They never look like an answer."""
    answer = answer_to("问", AnswerStatus.NO_BASIS)
    assert render_sources(answer, lambda _: None) == ""
    assert "不构成对问题的回答" in render_hits(answer, lambda _: None)
    assert "不构成" not in render_hits(answer_to("问"), lambda _: None)


def test_a_document_that_left_the_library_is_named_by_its_id() -> None:
    """A hit is shown even when its document cannot be looked up."""
    assert "甲发改" in html_of(render_hits(answer_to("问"), lambda _: None))


def test_what_a_search_had_to_do_without_is_shown() -> None:
    """A notice of the search stands below the answer, escaped as everything else."""
    answer = replace(answer_to("问"), notices=("向量服务 <b>没有</b> 答复，本次只按词语检索。",))
    shown = render_answer(answer)
    assert_dead(shown)
    assert "注意：" in html_of(shown)
    assert "本次只按词语检索。" in html_of(shown)
