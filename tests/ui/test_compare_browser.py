"""The comparison tab in a browser: choose, compare, open a clause, check a cell, fetch a file."""

import pytest

from tests.ui.browser import HIT, WAIT_MS, chromium, opened, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the module."""
    yield from chromium()


@pytest.fixture(scope="module")
def url(browser, tmp_path_factory):
    """The page over a home of this module alone."""
    with serving(tmp_path_factory.mktemp("home") / "cewen") as address:
        yield address


def compared(watched, group="面积标准", typed=""):
    """Open the tab, choose a group, compare, wait for the table."""
    page = watched.page
    page.get_by_role("tab", name="对比").click()
    page.locator("#groups label").filter(has_text=group).locator("input").check()
    if typed:
        page.locator("#typed-topics textarea").fill(typed)
    page.locator("#compare").click()
    page.locator(".comparison .matrix").wait_for(timeout=WAIT_MS)
    return page


def test_a_cell_opens_its_clause_with_the_quote_marked(browser, url):
    """In the panel that answers use, and nothing foreign is asked for."""
    with opened(browser, url) as watched:
        page = compared(watched)
        quote = page.locator(".matrix a.clause-link").first
        wanted = quote.get_attribute("title").split("：", 1)[1]
        quote.click()
        page.locator("#panel .place").wait_for(timeout=WAIT_MS)
        assert "".join(watched.quoted.split()) == "".join(wanted.split())
        page.keyboard.press("Escape")
        page.locator("#panel").wait_for(state="hidden", timeout=WAIT_MS)
        watched.assert_quiet()


def test_a_cell_is_checked_on_the_page(browser, url):
    """The reviewer stands in the table afterwards."""
    with opened(browser, url) as watched:
        page = compared(watched)
        page.locator("#with-cell button").first.click()
        page.locator("#reviewer textarea, #reviewer input").first.fill("王五")
        page.locator("#keep-review").click()
        page.locator(".told.done").wait_for(timeout=WAIT_MS)
        page.locator(".reviewed", has_text="王五").first.wait_for(timeout=WAIT_MS)
        watched.assert_quiet()


def test_a_file_is_fetched(browser, url):
    """Under a name of its own."""
    with opened(browser, url) as watched:
        page = compared(watched)
        with page.expect_download(timeout=WAIT_MS) as fetched:
            page.locator(".exports a", has_text="CSV").click()
        assert fetched.value.suggested_filename.endswith(".csv")


def test_a_topic_that_looks_like_markup_stays_text(browser, url):
    """Whatever it holds."""
    with opened(browser, url) as watched:
        page = compared(watched, typed=f"<img src=x onerror={HIT}>\n[点我](javascript:{HIT})")
        assert page.locator(".matrix .name", has_text="<img src=x").count() == 1
        watched.assert_quiet()


@pytest.mark.parametrize("width", [360, 768, 1366])
def test_the_table_scrolls_inside_its_frame(browser, url, width):
    """The page itself is never wider than the window."""
    with opened(browser, url, viewport={"width": width, "height": 800}) as watched:
        page = compared(watched)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
