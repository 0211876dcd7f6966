"""The reader has enough: the button that stops a language model while it writes, in a browser."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.assistant.chat_service import DONE, begin, chunk, running
from tests.ui.browser import WAIT_MS, chromium, opened, serving
from ui.ask_tab import EXAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LINE = "两项补助资金总额不超过5000万元。"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """One for all tests here."""
    yield from chromium()


def test_stopping_keeps_what_was_verified_and_closes_the_connection(
    browser: "Browser", tmp_path: Path
) -> None:
    """The statement shown stays, marked 已停止; the model's service is hung up on."""
    hung_up = threading.Event()

    def reply(service, handler, asked):
        begin(handler)
        if asked.is_check:
            handler.wfile.write(chunk("是", "stop") + DONE)
            return
        handler.wfile.write(chunk(f"{asked.keys[0]}｜{LINE}\n"))
        try:
            for _ in range(600):
                handler.wfile.write(chunk("思"))
                if hung_up.wait(0.1):
                    return
        except (BrokenPipeError, ConnectionResetError):
            hung_up.set()

    with (
        running(reply) as service,
        serving(tmp_path / "home", CEWEN_LLM_URL=service.url, CEWEN_LLM_MODEL="m") as url,
        opened(browser, url) as watched,
    ):
        page = watched.page
        page.locator("#question textarea").fill(EXAMPLES[0])
        page.keyboard.press("Enter")
        page.locator(".answer.writing .said").wait_for(timeout=WAIT_MS)
        page.locator(".answer .stop").click()
        page.locator(".answer.stopped").wait_for(timeout=WAIT_MS)
        assert "已停止" in page.locator(".answer.stopped .status").inner_text()
        assert LINE.rstrip("。") in page.locator(".answer.stopped .said").inner_text()
        assert page.locator(".answer.stopped a.cite").count() == 1
        assert hung_up.wait(10)
        watched.open_first_citation()
        assert "5000万元" in watched.quoted
        watched.assert_quiet()
