"""The page as a person uses it, in a browser: ask, follow a citation, step, filter, copy, by keyboard.

Nothing on the way asks another site for anything or runs a script that came with a
question or a document; `tests.ui.browser` watches for both.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.service import PolicyAssistant
from indexing.settings import load_settings
from tests.ui.browser import HIT, Watched, chromium, new_context, opened, serving, watching
from ui.ask_tab import EXAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

BEIJING = EXAMPLES[0]

PAYLOADS = (
    f"<script>{HIT}</script>",
    f"<img src=x onerror={HIT}>",
    f"<svg onload={HIT}>",
    f"<svg><script>{HIT}</script></svg>",
    f'<iframe srcdoc="<script>parent.{HIT}</script>"></iframe>',
    f'<iframe src="javascript:parent.{HIT}"></iframe>',
    f"<body onload={HIT}>",
    f"<details open ontoggle={HIT}><summary>x</summary></details>",
    f"<input autofocus onfocus={HIT}>",
    f"<video><source onerror={HIT}></video>",
    f"<audio src=x onerror={HIT}>",
    f'<object data="javascript:{HIT}"></object>',
    f'<embed src="javascript:{HIT}">',
    f'<a href="javascript:{HIT}" class="cite">点我</a>',
    f'<form><button formaction="javascript:{HIT}">提交</button></form>',
    f"<math><mtext><style><img src=x onerror={HIT}></style></mtext></math>",
    f'<noscript><p title="</noscript><img src=x onerror={HIT}>"></noscript>',
    f"<template><script>{HIT}</script></template>",
    f"</pre></section><script>{HIT}</script>",
    f'"><script>{HIT}</script>',
    f"' onmouseover='{HIT}' x='",
    f"[点我](javascript:{HIT})",
    "![图](http://evil.example/leak.png)",
    "<img src=http://evil.example/leak.png>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<base href=http://evil.example/>",
    f"<style>@import 'http://evil.example/x.css';</style>{HIT}",
    f"${{{HIT}}} {{{{constructor.constructor('{HIT}')()}}}}",
    f"$$\\href{{javascript:{HIT}}}{{x}}$$ \\(\\unicode{{x}}\\)",
    f"&lt;script&gt;{HIT}&lt;/script&gt; &#60;img src=x onerror={HIT}&#62;",
    f'```mermaid\ngraph TD; A["<img src=x onerror={HIT}>"]\n```',
)

HOSTILE = f"""甲市人民政府关于印发甲市<img/src=x/onerror={HIT}>照明办法的通知

甲政发〔2026〕3号

各区人民政府：<script>{HIT}</script>

现印发给你们，请遵照执行。

甲市人民政府

2026年2月1日

甲市<svg onload={HIT}>照明办法

第一章 <img src=http://evil.example/a.png>总则

第一条 【<script>{HIT}</script>】为规范夜间照明，制定本办法。

第二条 路灯每晚十点以后减半照明<img src=x onerror={HIT}>，![图](http://evil.example/b.png)，[链接](javascript:{HIT})。

（责任单位：市<svg/onload=alert`1`>城管局）

第三条 </p></section></article><script>{HIT}</script>景观灯<a href="javascript:{HIT}">照常</a>照明。
"""


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """One for all tests here."""
    yield from chromium()


@pytest.fixture(scope="module")
def url(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shipped library and a document that attacks."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "办法.txt").write_text(HOSTILE, encoding="utf-8")
    assistant = PolicyAssistant.open(load_settings({"home": folder / "home"}, {}))
    assistant.index.add([folder / "办法.txt"])
    assistant.index.close()
    with serving(folder / "home") as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    """What the pages of `watched` share: Gradio's files in the cache, leave to read the clipboard."""
    made = new_context(browser, permissions=["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture
def watched(context: "BrowserContext", url: str) -> Iterator[Watched]:
    """A fresh page, 1366×768, light; it must have kept quiet when the test is over."""
    with watching(context, url) as each:
        yield each
        each.assert_quiet()


def test_a_citation_opens_its_clause_with_the_quote_highlighted(watched: Watched) -> None:
    """Inside its document, the quote in view, with number, headings, validity and neighbours."""
    page = watched.page
    watched.ask(BEIJING)
    assert page.locator("#answer .status").inner_text() == "✔ 有依据"
    watched.open_first_citation()
    assert "30%" in watched.quoted
    assert page.locator("#panel .place").inner_text() == "第二十三条"
    panel = page.locator("#panel").inner_text()
    for said in (
        "京发改规〔2025〕1号",
        "第四章",
        "现行有效",
        "有效期至2028年1月13日",
        "第二十二条",
        "第二十四条",
    ):
        assert said in panel
    box, frame = page.locator("#panel mark").first.bounding_box(), page.locator("#panel .text").bounding_box()
    assert box is not None
    assert frame is not None
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]
    answer = page.locator("#answer .answer").bounding_box()
    assert answer is not None
    assert answer["x"] + answer["width"] <= frame["x"]  # beside it, not over it


def test_a_citation_of_each_document_can_be_followed(watched: Watched) -> None:
    """Each example answers when clicked; five documents, each with its own quote highlighted."""
    titles = set()
    for example in EXAMPLES:
        watched.page.get_by_role("button", name=example).click()
        watched.await_answer(example)
        assert watched.page.locator("#question textarea").input_value() == example
        watched.open_first_citation()
        assert watched.quoted
        titles.add(watched.page.locator("#panel .title").inner_text())
    assert len(titles) == len(EXAMPLES) == 5


def test_the_panel_steps_to_the_clauses_before_and_after(watched: Watched) -> None:
    """By click and by arrow key; at the end it says so."""
    page = watched.page
    watched.ask(BEIJING)
    watched.open_first_citation()
    place = page.locator("#panel .place")
    page.locator("#panel a.following").click()
    page.get_by_role("heading", name="第二十四条").wait_for()
    assert page.locator("#panel .block.focus").inner_text().startswith("第二十四条")
    page.keyboard.press("ArrowLeft")
    page.get_by_role("heading", name="第二十三条").wait_for()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("heading", name="第二十二条").wait_for()
    assert place.inner_text() == "第二十二条"
    page.locator("#shelf a.clause-link").first.click()
    page.locator("#panel .step.none").wait_for()
    assert "已是第一条" in page.locator("#panel .steps").inner_text()


def test_the_search_can_be_restricted_to_a_city(watched: Watched) -> None:
    """The cities are those of the library; what is asked of another one is refused, saying why."""
    page = watched.page
    assert set(page.locator("#places label").all_inner_texts()) >= {
        "国家层面",
        "北京市",
        "上海市",
        "杭州市",
        "重庆市",
    }
    page.get_by_label("杭州市").check()
    watched.ask(BEIJING)
    assert page.locator("#answer .status").inner_text() == "✖ 未找到依据"
    assert "范围：杭州市" in page.locator("#answer .scope").inner_text()
    assert page.locator("#answer .missing li").count() == 1
    page.get_by_label("杭州市").uncheck()
    watched.ask(BEIJING + " ")
    page.locator("#answer .answer.answered").wait_for()


def test_a_day_can_be_asked_about(watched: Watched) -> None:
    """The answer is of the rules in force that day; what is no day is told where the answer stands."""
    page = watched.page
    day = page.get_by_label("查询日期")
    day.fill("2024-06-01")
    watched.ask(BEIJING)
    assert "按2024年6月1日有效的规定" in page.locator("#answer .scope").inner_text()
    assert page.locator("#answer .status").inner_text() != "✔ 有依据"  # issued in 2025
    day.fill("昨天")
    page.locator("#send").click()
    page.locator("#answer .status", has_text="不是有效的日期").wait_for()
    day.fill("")
    page.locator("#send").click()
    page.locator("#answer .answer.answered").wait_for()
    watched.assert_quiet()


def test_a_refusal_and_a_partial_answer_say_what_is_missing(watched: Watched) -> None:
    """With the nearest clauses, which open like any other and are not called an answer."""
    page = watched.page
    watched.ask("广州市对社区嵌入式服务设施补助多少？")
    assert page.locator("#answer .status").inner_text() == "✖ 未找到依据"
    assert "广州市" in page.locator("#answer .missing").inner_text()
    assert "不构成对问题的回答" in page.locator("#answer .hits").inner_text()
    assert page.locator("#answer a.cite").count() == 0
    page.locator("#answer .hits a.clause-link").first.click()
    page.locator("#panel mark").first.wait_for()
    watched.ask("北京和广州的社区嵌入式服务设施补助分别是多少？")
    assert page.locator("#answer .status").inner_text() == "◐ 部分有依据"
    assert page.locator("#panel").is_hidden()  # it belonged to the answer before


@pytest.mark.parametrize("hinder", ["", "navigator.clipboard.writeText = undefined;"], ids=["https", "http"])
def test_an_answer_is_copied_with_its_citations(watched: Watched, hinder: str) -> None:
    """As text; also where, as on http in an intranet, the browser hides its clipboard interface."""
    page = watched.page
    watched.ask(BEIJING)
    page.evaluate(hinder)
    page.get_by_role("button", name="复制回答和依据").click()
    page.get_by_text("已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    for said in (BEIJING, "有依据", "[1] 《", "（京发改规〔2025〕1号）第二十三条", "5000万元", "有效期至"):
        assert said in copied
    assert page.locator("#answer .plain").is_hidden()


def test_where_copying_is_forbidden_the_text_is_shown(watched: Watched) -> None:
    """So that it can be selected by hand."""
    page = watched.page
    watched.ask(BEIJING)
    page.evaluate("navigator.clipboard.writeText = undefined; document.execCommand = () => false;")
    page.get_by_role("button", name="复制回答和依据").click()
    page.get_by_text("请选取下面的文字复制").wait_for()
    assert "第二十三条" in page.locator("#answer .plain").inner_text()


def test_all_can_be_done_by_keyboard(watched: Watched) -> None:
    """Tab past the tabs to the box, Enter to ask, Tab to a citation, Enter to open, Esc to come back."""
    page = watched.page
    for _ in range(6):  # past the tabs
        page.keyboard.press("Tab")
        if watched.focused.evaluate("e => e.tagName") == "TEXTAREA":
            break
    assert watched.focused.evaluate("e => e.tagName") == "TEXTAREA"
    page.keyboard.type(BEIJING)
    page.keyboard.press("Enter")
    watched.await_answer(BEIJING)
    for _ in range(20):
        page.keyboard.press("Tab")
        if watched.focused.evaluate("e => e.matches('a.cite')"):
            break
    assert watched.focused.inner_text().endswith("1")
    assert watched.focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator("#panel .place").wait_for()
    assert watched.focused.inner_text() == "第二十三条"
    page.keyboard.press("Tab")
    assert "上一条" in watched.focused.inner_text()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="第二十二条").wait_for()
    page.wait_for_function("document.activeElement.matches('#panel a.previous')")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert watched.focused.evaluate("e => e.matches('a.cite')")


def test_parts_of_the_page_have_names(watched: Watched) -> None:
    """For whoever listens: box, places, panel, close, and the outcome is told."""
    page = watched.page
    page.get_by_label("问题").wait_for()
    watched.ask(BEIJING)
    assert page.locator("#news").inner_text() == "✔ 有依据"
    assert page.get_by_role("link", name=re.compile(r"^依据\s*1$")).count() == 1
    watched.open_first_citation()
    assert page.get_by_role("complementary", name="条款原文").is_visible()
    page.get_by_role("button", name="关闭条款").click()
    assert page.locator("#panel").is_hidden()


def test_no_payload_in_a_question_comes_alive(browser: "Browser", url: str) -> None:
    """Also with the Content-Security-Policy switched off: escaping and cleaning are enough alone."""
    assert len(PAYLOADS) >= 30
    with opened(browser, url, bypass_csp=True) as watched:
        for payload in PAYLOADS:
            watched.ask(f"北京补助多少 {payload}")
            live = watched.page.locator(
                "#answer :is(script,img,svg,iframe,object,embed,form,input,style,link,meta,base,video)"
            )
            assert live.count() == 0, payload
            links = watched.page.locator("#answer a").evaluate_all(
                "all => all.map(a => a.getAttribute('href'))"
            )
            assert all(link.startswith("clause?") for link in links), payload
        watched.page.wait_for_timeout(300)  # for whatever a payload might have put off
        watched.assert_quiet()


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "no-policy"])
def test_no_payload_in_a_document_comes_alive(browser: "Browser", url: str, bypass_csp: bool) -> None:
    """In titles, headings, text and responsible bodies: answer, list, panel, a page of its own."""
    with opened(browser, url, bypass_csp=bypass_csp) as watched:
        page = watched.page
        assert "<img/src=x/onerror=" in page.locator("#shelf").inner_text()
        watched.ask("路灯每晚几点以后减半照明？")
        assert "<img src=x onerror=" in page.locator("#answer").inner_text()
        link = page.locator("#shelf a.clause-link", has_text="照明办法")
        link.click()
        page.locator("#panel .place").wait_for()
        responsible = ""
        while page.locator("#panel a.following").count():
            label = page.locator("#panel .place").inner_text()
            page.locator("#panel a.following").click()
            page.wait_for_function(
                "label => document.querySelector('#panel .place')?.textContent !== label", arg=label
            )
            responsible += "".join(page.locator("#panel .responsible").all_inner_texts())
        assert "市<svg/onload=alert`1`>城管局" in responsible
        assert "</p></section></article><script>" in page.locator("#panel").inner_text()
        assert page.locator("#panel :is(script, img, svg, iframe)").count() == 0
        page.goto(url + (link.get_attribute("href") or ""))
        assert page.locator("main :is(script, img, svg, iframe)").count() == 0
        assert "第三条" in page.inner_text("main")
        watched.assert_quiet()


def test_a_narrow_screen_does_not_break(browser: "Browser", url: str) -> None:
    """No sideways scrolling; the panel covers the page, which cannot be reached behind it."""
    with opened(browser, url, viewport={"width": 390, "height": 844}) as watched:
        page = watched.page
        watched.ask("渝发改规范〔2024〕10号附件1-1第21项是什么？")
        watched.open_first_citation()
        assert "200万元" in watched.quoted
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        box = page.locator("#panel").bounding_box()
        assert box is not None
        assert (box["x"], box["width"]) == (0, 390)
        assert page.locator("gradio-app").evaluate("e => e.inert") is True
        page.keyboard.press("Escape")
        assert page.locator("gradio-app").evaluate("e => e.inert") is False
        assert watched.focused.evaluate("e => e.matches('a.cite')")
        watched.assert_quiet()


LUMINANCE = """element => {
  const channels = getComputedStyle(element).PROPERTY.match(/[\\d.]+/g).slice(0, 3).map(Number)
    .map(each => each / 255).map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
  return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible_in_light_and_dark(browser: "Browser", url: str, scheme: str) -> None:
    """4.5:1 at least (WCAG 2.2, 1.4.3) on the grounds it stands on, the highlighted quote too."""
    with opened(browser, url, color_scheme=scheme) as watched:
        page = watched.page
        watched.ask("北京和广州的社区嵌入式服务设施补助分别是多少？")
        watched.open_first_citation()
        grounds = {"#answer .answer": "#answer .answer", "#panel": "#panel", "#panel mark": "#panel mark"}
        pairs = [
            *((text, "#answer .answer") for text in ("#answer .said", "#answer .status", "#answer .scope")),
            *((text, "#panel") for text in ("#panel .title", "#panel .badge", "#panel .block:not(.focus)")),
            ("#panel mark", "#panel mark"),
        ]
        for text, ground in pairs:
            over = page.locator(text).first.evaluate(LUMINANCE.replace("PROPERTY", "color"))
            under = page.locator(grounds[ground]).first.evaluate(
                LUMINANCE.replace("PROPERTY", "backgroundColor")
            )
            high, low = max(over, under), min(over, under)
            assert (high + 0.05) / (low + 0.05) >= 4.5, text
        ground = page.locator("body").evaluate(LUMINANCE.replace("PROPERTY", "backgroundColor"))
        assert (ground < 0.2) is (scheme == "dark")


def test_the_answer_changes_at_most_five_times_a_second(watched: Watched) -> None:
    """Counted where it stands, whenever what is shown there differs, over one question."""
    watched.page.evaluate(
        """() => {
          const place = document.querySelector('#answer');
          let before = place.innerHTML;
          window.changes = 0;
          new MutationObserver(() => {
            const shown = place.querySelector('.md')?.innerHTML ?? '';
            if (shown !== before) window.changes++;
            before = shown;
          }).observe(place, {childList: true, subtree: true, characterData: true});
        }"""
    )
    watched.ask(BEIJING)
    watched.page.wait_for_timeout(500)
    assert 1 <= watched.page.evaluate("window.changes") <= 5


def test_without_a_reply_the_page_says_so_in_chinese(browser: "Browser", url: str) -> None:
    """One sentence; neither Gradio's pop-up nor a traceback. A clause that cannot be fetched likewise."""
    with opened(browser, url) as watched:
        page = watched.page
        watched.ask(BEIJING)
        page.route("**/clause?*", lambda route: route.abort())
        page.locator("#answer a.cite").first.click()
        page.get_by_text("无法取得条款").wait_for()
        page.route("**/gradio_api/queue/join*", lambda route: route.abort())
        page.locator("#question textarea").fill("上海")
        page.keyboard.press("Enter")
        page.get_by_role("alert").get_by_text("没有得到回应").wait_for()
        assert page.locator(".toast-body").evaluate_all("all => all.some(e => e.checkVisibility())") is False


def test_a_link_opens_in_a_tab_of_its_own_without_any_script(
    watched: Watched, browser: "Browser", url: str
) -> None:
    """For printing, or beside another: the quote is in view, the steps are links."""
    watched.ask(BEIJING)
    href = watched.page.locator("#answer a.cite").first.get_attribute("href")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}{href}")
    assert "30%" in page.locator("mark").inner_text()
    page.locator("a.following").click()
    page.get_by_role("heading", name="第二十四条").wait_for()
    context.close()


def test_a_home_path_is_never_shown(watched: Watched, url: str) -> None:
    """Neither the page nor a refusal names a folder of this machine."""
    for path in ("", "clause?doc=没有", "gradio_api/file=/etc/passwd", "page/..%2Fguard.py"):
        body = watched.page.request.get(url + path).text()
        assert str(Path.home()) not in body
        assert "Traceback" not in body


def test_a_conversation_is_continued_taken_along_and_cleared(watched: Watched) -> None:
    """那上海呢 is completed and shown as such; both files come; clearing leaves an empty page."""
    watched.ask(BEIJING)
    watched.ask("那上海呢？")
    page = watched.page
    assert "理解为：" in page.locator("#answer .resolved").inner_text()
    assert page.locator(".conversation .turn summary").all_inner_texts()[0].startswith(BEIJING)
    for number, ending in ((0, ".md"), (1, ".docx")):
        with page.expect_download() as saved:
            page.locator(".conversation .export").nth(number).click()
        assert saved.value.suggested_filename.endswith(ending)
    page.locator(".conversation .clear").click()
    page.locator(".conversation").wait_for(state="detached")
    assert page.locator("#answer .answer").count() == 0
    assert page.locator("#question textarea").input_value() == ""


def test_the_way_to_an_answer_can_be_looked_at(watched: Watched) -> None:
    """Clauses with scores and signals, and the time each stage took; folded until asked for."""
    watched.ask(BEIJING)
    process = watched.page.locator("#answer .process")
    assert not process.locator(".timings").is_visible()
    process.locator("summary").click()
    assert "合计" in process.locator(".timings").inner_text()
    assert process.locator("tr").count() > 2
