"""`/draft`: the files of a draft, made when they are fetched. The number of a draft is the key to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from indexing.errors import PolicyAssistantError
from ui.logs import record_failure

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.responses import Response

    from assistant.drafting.book import DraftBook, Opened
    from assistant.service import PolicyAssistant

COPIES = {
    "review": "送审稿（带脚注和批注）",
    "annexed": "送审稿（附自查表）",
    "clean": "清洁稿",
    "tracked": "修订稿",
    "tables": "附表（.xlsx）",
    "facts": "事实表（.xlsx）",
}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAMES = {"annexed": "附自查表", "clean": "清洁稿", "tracked": "修订稿", "tables": "附表", "facts": "事实表"}


def file_address(draft_id: str, version: int, copy: str, since: int | None = None) -> str:
    """The address of a file, relative to the page."""
    since_part: dict[str, object] = {"since": since} if since else {}
    query: dict[str, object] = {"id": draft_id, "version": version, "copy": copy}
    return f"draft?{urlencode(query | since_part)}"


def add_draft_files(app: FastAPI, assistant: PolicyAssistant, home: Path) -> None:
    """Add the route to `app`."""

    def draft(id: str = "", version: str = "", copy: str = "review", since: str = "") -> Any:  # noqa: A002, ANN401
        return _answer(assistant, home, id, version, copy, since)

    app.add_api_route("/draft", draft, methods=["GET"], response_model=None)


def _answer(
    assistant: PolicyAssistant, home: Path, draft_id: str, version: str, copy: str, since: str
) -> Response:
    from starlette.responses import PlainTextResponse, Response

    from assistant.drafting.book import DraftBook

    if copy not in COPIES:
        return PlainTextResponse("没有这种文件，请从“起草”页的链接下载。", 404)
    try:
        book = DraftBook(assistant.index.drafts, assistant.library())
        opened = book.open(draft_id, _number(version))
        data, kind, suffix = _file(book, opened, copy, _number(since))
    except PolicyAssistantError as error:
        return PlainTextResponse(str(error), 404)
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return PlainTextResponse(record_failure(error, home), 500)
    name = f"{opened.title[:60]}（第{opened.version}版{_NAMES.get(copy, '')}）.{suffix}"
    header = f"attachment; filename=\"draft.{suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=kind, headers={"content-disposition": header})


def _file(book: DraftBook, opened: Opened, copy: str, since: int | None) -> tuple[bytes, str, str]:
    from assistant.drafting.exporting import document_file, tables_file, tracked_file
    from assistant.facts.export import to_workbook

    day = date.today()
    if copy == "tables":
        return tables_file(book, opened, day), _SHEET, "xlsx"
    if copy == "facts":
        return to_workbook(opened.sheet), _SHEET, "xlsx"
    if copy == "tracked":
        before = book.open(opened.draft_id, since if since else max(1, opened.version - 1))
        return tracked_file(book, before, opened, day), _WORD, "docx"
    return (
        document_file(book, opened, day, clean=copy == "clean", annexes=copy == "annexed"),
        _WORD,
        "docx",
    )


def _number(text: str) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else None
