"""The page: Gradio Blocks, one tab a job, mounted in our own application."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from ui.ask_tab import build_ask_tab
from ui.clause_page import ASSETS
from ui.compare_tab import build_compare_tab
from ui.draft_tab import build_draft_tab
from ui.guard import MAX_UPLOAD_BYTES

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.service import PolicyAssistant
    from ui.conversations import Conversations

MAX_WAITING = 50  # questions in the queue; the next one is told to come back
MAX_AT_ONCE = 2

# fonts every desktop has; a named web font would be fetched from somewhere
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
_MONO = ["ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace"]
_TMP_MAX_AGE_S = 3600
_TITLE = "# 策问\n\n逐句有条款依据的政策助手"


def build_page(assistant: PolicyAssistant, home: Path, kept: Conversations) -> gr.Blocks:
    """The whole page over `assistant`; conversations are in `kept`, failures are logged below `home`."""
    page = gr.Blocks(title="策问", analytics_enabled=False, delete_cache=(_TMP_MAX_AGE_S, _TMP_MAX_AGE_S))
    with page:
        gr.Markdown(_TITLE, elem_id="title")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("提问", id="ask-tab"):
                build_ask_tab(page, assistant, home, kept)
            with gr.Tab("对比", id="compare-tab"):
                build_compare_tab(page, assistant, home)
            with gr.Tab("起草", id="draft-tab"):
                build_draft_tab(page, assistant, home)
    page.queue(api_open=False, max_size=MAX_WAITING, default_concurrency_limit=MAX_AT_ONCE)
    return page


def mount_page(app: FastAPI, assistant: PolicyAssistant, home: Path, kept: Conversations) -> None:
    """Put the page at `/` of `app`, with every door of Gradio that it does not need closed."""
    gr.mount_gradio_app(
        app,
        build_page(assistant, home, kept),
        path="/",
        server_name="127.0.0.1",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        blocked_paths=[str(home)],
        favicon_path=str(ASSETS / "favicon.png"),
        show_error=False,
        max_file_size=MAX_UPLOAD_BYTES,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=_FONTS, font_mono=_MONO),
    )
