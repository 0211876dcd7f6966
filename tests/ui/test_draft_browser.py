"""The drafting tab as a person uses it: upload, check, draft, edit, change a fact, compare, export.

Run over a server of its own; `tests.ui.browser` watches for foreign requests, scripts of payloads
and complaints of the policy.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.browser import HIT, chromium, new_context, opened, serving, watching

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SHEET = Path(__file__).parent.parent / "assistant" / "drafting" / "sheets" / "CQ.yaml"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """One Chromium for the module."""
    yield from chromium()


@pytest.fixture(scope="module")
def url(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the shipped library."""
    with serving(tmp_path_factory.mktemp("home") / "cewen") as address:
        yield address


def turn_to_drafting(page: "Page") -> None:
    """Open the tab."""
    page.get_by_role("tab", name="起草").click()
    page.locator("#draft-upload").wait_for()


def message(page: "Page", words: str) -> None:
    """Wait until the tab says this."""
    page.locator("#draft-message p.message", has_text=words).wait_for()


def refused(page: "Page", button: str, words: str) -> None:
    """Press until the tab says why not: Gradio drops a press while what the last one changed is drawn.

    Pressing what is refused again changes nothing.
    """
    from playwright.sync_api import TimeoutError as TooLong

    said = page.locator("#draft-message p.message", has_text=words)
    for _ in range(3):
        page.locator(button).click()
        try:
            said.wait_for(timeout=5_000)
        except TooLong:
            continue
        return
    said.wait_for()


def confirmed(page: "Page", button: str, words: str) -> None:
    """Tick 确认删除 and press again, as a person does who sees nothing happen.

    On a busy machine Gradio shows the refusal a moment before it counts the step as done; a second press
    of the same button within that moment is dropped, and the tick with it.
    """
    from playwright.sync_api import TimeoutError as TooLong

    for _ in range(4):
        page.locator("#draft-sure input").check()
        page.locator(button).click()
        try:
            page.locator("#draft-message p.message", has_text=words).wait_for(timeout=4000)
        except TooLong:
            continue
        return
    message(page, words)


def upload(page: "Page") -> None:
    """Take in the complete facts."""
    with page.expect_file_chooser() as chooser:
        page.locator("#draft-upload").click()
    chooser.value.set_files(SHEET)
    message(page, "读出")


def begin(page: "Page") -> str:
    """Choose the document and draft it; its number."""
    page.locator("#draft-template input").click()
    page.get_by_role("option", name="CQ-D1").click()
    page.locator("#draft-outline .outline").wait_for()
    page.locator("#draft-begin").click()
    message(page, "已起草并保存为第 1 版")
    return page.locator("#draft-outline .number").inner_text()


def test_a_document_from_upload_to_word_file(browser: "Browser", url: str) -> None:
    """The whole way; the clause of a finding opens in the panel; nothing complains."""
    with opened(browser, url) as watched:
        page = watched.page
        turn_to_drafting(page)
        upload(page)
        assert "小苑社区" in page.locator("#draft-facts").inner_text()
        page.locator("#draft-check details.pass summary").click()
        page.locator("#draft-check details.pass a.clause-link").first.click()
        page.locator("#panel .place").wait_for()
        page.keyboard.press("Escape")
        begin(page)
        editor = page.locator("#draft-editor textarea")
        editor.fill(editor.input_value() + "\n补充一句说明。")
        page.locator("#draft-save").click()
        message(page, "第 2 版")
        page.locator("#draft-supplied textarea").fill("综合体建筑面积：1300㎡")
        page.locator("#draft-supply").click()
        message(page, "已采用：综合体建筑面积")
        page.locator("#draft-update").click()
        message(page, "标为已过时")
        assert page.locator("#draft-outline .badge.stale").count() >= 1
        page.locator("#draft-version input").click()
        page.get_by_role("option", name="第 1 版").click()
        page.locator("#draft-compare").click()
        page.locator("#draft-changes .added", has_text="补充一句说明。").wait_for()
        assert page.locator("#draft-export a.file").count() == 0
        page.locator("#draft-agree input").click()
        with page.expect_download() as download:
            page.locator("#draft-export a.file").first.click()
        assert download.value.suggested_filename.endswith("（第3版）.docx")
        assert Path(download.value.path()).read_bytes()[:2] == b"PK"
        watched.assert_quiet()


def test_drafts_are_ones_own_until_their_number_is_handed_on(browser: "Browser", url: str) -> None:
    """Another browser does not list it; with the number it opens; the own one finds it after a reload."""
    context = new_context(browser)
    with watching(context, url) as first:
        turn_to_drafting(first.page)
        upload(first.page)
        number = begin(first.page)
        first.page.reload()
        turn_to_drafting(first.page)
        first.page.locator("#draft-mine input").click()
        first.page.get_by_role("option", name="申报方案").first.click()
        message(first.page, "已打开第 1 版")
        # what is to be drafted is known again, so that the list of what is missing asks for it
        assert "CQ-D1" in first.page.locator("#draft-template input").input_value()
        first.assert_quiet()
    context.close()
    with opened(browser, url) as other:
        turn_to_drafting(other.page)
        other.page.locator("#draft-mine input").click()
        other.page.wait_for_timeout(300)
        assert other.page.get_by_role("option", name="申报方案").count() == 0
        other.page.keyboard.press("Escape")
        other.page.locator("#draft-number input, #draft-number textarea").first.fill(number)
        other.page.locator("#draft-open").click()
        message(other.page, "已打开第 1 版")
        other.assert_quiet()


def test_what_stands_in_a_material_never_comes_alive(browser: "Browser", url: str) -> None:
    """Scripts in facts, labels and edited sections are words."""
    payloads = (f"<img src=x onerror={HIT}>", f"<script>{HIT}</script>", f"[x](javascript:{HIT})")
    with opened(browser, url) as watched:
        page = watched.page
        turn_to_drafting(page)
        lines = [
            f"项目名称：{payloads[0]}",
            f"{payloads[1]}：甲",
            f"实施主体：{payloads[2]}",
            "所属辖区：重庆市",
        ]
        page.locator("#draft-pasted textarea").fill("\n".join(lines))
        page.locator("#draft-read").click()
        message(page, "读出")
        begin(page)
        page.locator("#draft-editor textarea").fill("\n".join(payloads))
        page.locator("#draft-save").click()
        message(page, "第 2 版")
        watched.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_shows_everything(browser: "Browser", url: str, scheme: str) -> None:
    """Nothing stands outside the window."""
    options = {"viewport": {"width": 400, "height": 800}, "color_scheme": scheme}
    with opened(browser, url, **options) as watched:
        page = watched.page
        turn_to_drafting(page)
        upload(page)
        begin(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 400
        watched.assert_quiet()


def test_a_mistake_is_one_sentence_and_loses_nothing(browser: "Browser", url: str) -> None:
    """Drafting before anything is chosen, an unknown number."""
    with opened(browser, url) as watched:
        page = watched.page
        turn_to_drafting(page)
        page.locator("#draft-begin").click()
        message(page, "请先选择要起草的文书")
        page.locator("#draft-number input, #draft-number textarea").first.fill("没有这个号")
        page.locator("#draft-open").click()
        message(page, "没有编号为")
        watched.assert_quiet()


def test_sections_come_and_go_and_the_draft_too(browser: "Browser", url: str) -> None:
    """Added, moved, taken out and put back by buttons; a draft is deleted only when that is confirmed."""
    with opened(browser, url) as watched:
        page = watched.page
        turn_to_drafting(page)
        upload(page)
        begin(page)
        page.get_by_role("button", name="增删章节，删除草稿").click()
        page.locator("#draft-title input, #draft-title textarea").first.fill("风险防范")
        page.locator("#draft-add").click()
        message(page, "新增“风险防范”")
        page.locator("#draft-outline li.current .name", has_text="风险防范").wait_for()
        page.locator("#draft-down").click()
        message(page, "下移“风险防范”")
        page.locator("#draft-remove").click()
        message(page, "删去“风险防范”")
        # what else a click changes may be drawn after the message
        page.locator("#draft-outline li .name", has_text="风险防范").wait_for(state="detached")
        page.locator("#draft-section input").click()
        page.get_by_role("option", name="建设目标").click()
        page.locator("#draft-outline li.current .name", has_text="建设目标").wait_for()
        refused(page, "#draft-remove", "必备章节")
        confirmed(page, "#draft-remove", "删去“建设目标”")
        page.locator("#draft-export", has_text="缺 1 节必备章节：建设目标").wait_for()
        page.locator("#draft-gone input").click()
        page.get_by_role("option", name="建设目标").click()
        page.locator("#draft-back").click()
        message(page, "加回“建设目标”")
        page.locator("#draft-delete").click()
        message(page, "确认删除")
        confirmed(page, "#draft-delete", "已删除")
        page.locator("#draft-outline .number").first.wait_for(state="detached")
        watched.assert_quiet()


def test_a_row_of_the_comparison_reaches_a_section(browser: "Browser", url: str) -> None:
    """Sent from the comparison tab, chosen in the drafting tab, quoted with its clause in the section."""
    with opened(browser, url) as watched:
        page = watched.page
        page.get_by_role("tab", name="对比").click()
        page.locator("#groups label").filter(has_text="面积标准").locator("input").check()
        page.locator("#compare").click()
        page.locator(".comparison .matrix").wait_for()
        page.locator("#with-cell button").first.click()
        page.locator("#send-row").click()
        page.locator(".told.done", has_text="送入起草依据").wait_for()
        turn_to_drafting(page)
        upload(page)
        begin(page)
        page.get_by_role("button", name="引用对比页送来的条款").click()
        page.locator("#draft-clause input").click()
        offered = page.get_by_role("option")
        offered.first.wait_for()
        assert all("北京" not in words for words in offered.all_inner_texts())
        offered.first.click()
        page.locator("#draft-cite").click()
        message(page, "加入条款，已保存为第 2 版")
        assert "本项目的落实情况为【待补：落实情况】" in page.locator("#draft-editor textarea").input_value()
        page.locator("#draft-basis a.cite").last.click()
        page.locator("#panel .place").wait_for()
        watched.assert_quiet()


def test_a_place_switched_midway_loses_nothing(browser: "Browser", url: str) -> None:
    """Facts of the first place stay and are named, its document is refused, the draft stands."""
    with opened(browser, url) as watched:
        page = watched.page
        turn_to_drafting(page)
        upload(page)
        begin(page)
        written = page.locator("#draft-editor textarea").input_value()
        facts = page.locator("#draft-facts input[type=checkbox]").count()
        page.locator("#draft-supplied textarea").fill("所属辖区：上海市")
        page.locator("#draft-supply").click()
        message(page, "所属辖区由重庆市改为上海市")
        assert page.locator("#draft-facts input[type=checkbox]").count() == facts
        assert "小苑社区" in page.locator("#draft-facts").inner_text()
        page.locator("#draft-facts", has_text="只有重庆市的文件用到，所属辖区是上海市").wait_for()
        refused(page, "#draft-update", "重庆市")
        refused(page, "#draft-begin", "请")
        assert page.locator("#draft-editor textarea").input_value() == written
        page.locator("#draft-supplied textarea").fill("所属辖区：重庆市")
        page.locator("#draft-supply").click()
        message(page, "所属辖区由上海市改为重庆市")
        assert "只有重庆市的文件用到" not in page.locator("#draft-facts").inner_text()
        page.locator("#draft-update").click()
        message(page, "第 2 版")
        assert page.locator("#draft-editor textarea").input_value() == written
        watched.assert_quiet()
