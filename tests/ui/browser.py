"""The page in a real browser: one server over the real library, one Chromium, both per module.

Uses the system's Chromium and downloads none; where there is none the tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WAIT_MS = 15_000

HIT = "document.documentElement.setAttribute('data-hit','1')"
"""What every payload tries to do; `Watched.assert_quiet` looks for it."""


@dataclass(slots=True)
class Watched:
    """A page and all it did that it should not have done."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """No foreign request, no console error, no dialog, no script of a payload."""
        assert self.complaints == []
        assert self.page.evaluate("document.documentElement.getAttribute('data-hit')") is None

    def ask(self, question: str) -> None:
        """Type a question, press Enter, wait for its answer."""
        self.page.locator("#question textarea").fill(question)
        self.page.keyboard.press("Enter")
        self.await_answer(question)

    def await_answer(self, question: str) -> None:
        """Wait until the answer shown is the one to this question."""
        asked = " ".join(question.split())
        self.page.wait_for_function(
            "asked => document.querySelector('.answer:not(.pending) .asked')?.textContent === asked",
            arg=asked,
            timeout=WAIT_MS,
        )

    def open_first_citation(self) -> None:
        """Click the first small number and wait for its clause."""
        self.page.locator("#answer a.cite").first.click()
        self.page.locator("#panel .place").wait_for(timeout=WAIT_MS)

    @property
    def quoted(self) -> str:
        """What is highlighted in the panel."""
        return "".join(self.page.locator("#panel mark").all_inner_texts())

    @property
    def focused(self) -> Locator:
        """The element with the keyboard focus."""
        return self.page.locator("*:focus")


def chromium() -> Iterator[Browser]:
    """The browser of a module; skips where playwright or Chromium is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="未安装 playwright，跳过浏览器测试")
    if CHROMIUM is None:
        pytest.skip("未找到 Chromium（apt-get install chromium），跳过浏览器测试")
    # a container has no user namespaces for Chromium's sandbox when it runs as root
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[str]:
    """The address of `cewen serve` over `home`, a process of its own; `settings` join its environment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve", "--port", "0", "--json"],
        cwd=ROOT,
        env={**os.environ, "CEWEN_HOME": str(home), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["url"] + "/"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def new_context(browser: Browser, **options: object) -> BrowserContext:
    """1366×768, Chinese, unless `options` (those of playwright) say otherwise."""
    chosen = {"viewport": {"width": 1366, "height": 768}, "locale": "zh-CN", **options}
    return browser.new_context(**chosen)  # type: ignore[arg-type]


@contextmanager
def opened(browser: Browser, url: str, **options: object) -> Iterator[Watched]:
    """A watched page in a context of its own."""
    context = new_context(browser, **options)
    try:
        with watching(context, url) as watched:
            yield watched
    finally:
        context.close()


@contextmanager
def watching(context: BrowserContext, url: str) -> Iterator[Watched]:
    """A page at `url`, watched from the first request on; loaded when it is handed over."""
    page = context.new_page()
    watched = Watched(page)
    page.on("request", lambda request: _note_foreign(watched, request.url, url))
    page.on("console", lambda message: _note_console(watched, message.type, message.text))
    page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (watched.complaints.append("dialog"), dialog.dismiss()))
    page.set_default_timeout(WAIT_MS)
    page.goto(url)
    page.locator("#shelf .shelf").wait_for()
    try:
        yield watched
    finally:
        page.close()


def _note_foreign(watched: Watched, address: str, url: str) -> None:
    if not address.startswith((url, "data:", "blob:")):
        watched.complaints.append(f"request: {address}")


def _note_console(watched: Watched, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        watched.complaints.append(f"{kind}: {text}")
