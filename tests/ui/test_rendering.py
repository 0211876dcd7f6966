"""Nothing of a document or a question is live on the page; addresses read as officials write them."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from assistant.types import AnswerStatus, Statement
from tests.ui.fakes import CLAUSES, RULES, answer_to, citation_of, hit_of
from ui.rendering import (
    address,
    escape,
    place,
    quoted,
    render_answer,
    render_failure,
    render_hits,
    render_sources,
    visible,
)

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
    assert_dead(render_sources(answer))
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


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("第二十三条", "第二十三条"),
        ("第十二条之一/第二款", "第十二条之一第二款"),
        ("二/（一）", "二、（一）"),
        ("附件1/二/（一）/1", "附件1 二、（一）1"),
        ("附件1-1/21", "附件1-1第21项"),
        ("一/第2段", "一、第2段"),
        ("附件2/第九条/（二）", "附件2第九条（二）"),
        ("正文/标题", "正文 标题"),
        ("落款", "落款"),
    ],
)
def test_a_path_is_said_as_officials_say_it(path: str, said: str) -> None:
    """Marks as issued, joined the way they are cited."""
    assert place(path) == said


def test_an_address_without_a_number_has_no_empty_brackets() -> None:
    """A document that bears no 文号 is cited by its title."""
    assert address("《某办法》", None, "第七条") == "《某办法》第七条"


def test_the_answer_shows_status_numbers_and_what_is_missing() -> None:
    """Each statement ends in the numbers under which its quotes stand; equal citations share one."""
    one, two = citation_of(CLAUSES[1], "百分之三十"), citation_of(CLAUSES[0], "适用于甲市")
    statements = [Statement("甲", (one,)), Statement("乙", (two, one))]
    answer = answer_to("问", AnswerStatus.PARTIAL, statements, ("乙市没有规定。",))
    lines = html_of(render_answer(answer))
    assert "依据状态：部分有依据" in lines
    assert "甲 [1]" in lines
    assert "乙 [2][1]" in lines
    assert "缺少依据：乙市没有规定。" in lines
    sources = html_of(render_sources(answer))
    assert "[1] 《甲市社区设施管理办法》（甲发改〔2025〕1号）第二条" in sources
    assert sources.count("<blockquote>") == 2


def test_without_basis_the_nearest_clauses_are_shown_as_such() -> None:
    """They never look like an answer."""
    answer = answer_to("问", AnswerStatus.NO_BASIS)
    assert render_sources(answer) == ""
    assert "不构成对问题的回答" in render_hits(answer, lambda _: None)
    assert "不构成" not in render_hits(answer_to("问"), lambda _: None)


def test_a_document_that_left_the_library_is_named_by_its_id() -> None:
    """A hit is shown even when its document cannot be looked up."""
    assert "甲发改" in html_of(render_hits(answer_to("问"), lambda _: None))
