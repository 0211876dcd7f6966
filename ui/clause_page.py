"""The address `/clause`: one clause inside its document, and the page's own files.

The panel fetches it and takes the article out; opened in a new tab it is a page of its own,
which needs no script. It only looks up what a link of an answer names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.writing.citing import display_path
from indexing.errors import PolicyAssistantError
from indexing.types import Clause, Document, Span
from ui.clause_view import clause_view
from ui.logs import record_failure
from ui.pages import whole_page
from ui.rendering import render_clause, render_failure
from ui.text import one_line
from ui.usage import CallerMistake

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import HTMLResponse

    from indexing.index import ClauseIndex

ASSETS = Path(__file__).resolve().parent / "assets"
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")  # "12-30"; characters of the document's text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a link to a clause names."""

    doc_id: str
    path: str | None  # None for the beginning of the document
    version: int | None  # the one the answer was read from
    quotes: tuple[Span, ...]


def add_clause_page(app: FastAPI, index: ClauseIndex, home: Path) -> None:
    """Serve `/clause` and `/page/…`, the page's style sheet and script."""
    from starlette.responses import HTMLResponse
    from starlette.staticfiles import StaticFiles

    def clause(request: Request) -> HTMLResponse:
        """In a thread of its own: the index reads from disk."""
        return HTMLResponse(*clause_page(index, request.query_params, home))

    app.add_route("/clause", clause, methods=["GET"])
    app.mount("/page", StaticFiles(directory=ASSETS), name="page")


def clause_page(index: ClauseIndex, query: QueryParams, home: Path) -> tuple[str, int]:
    """The page for a link, and its HTTP status; what cannot be shown is told in one sentence."""
    try:
        quotes = query.getlist("quote")
        return _page(index, read_link(query.get("doc"), query.get("path"), query.get("version"), quotes)), 200
    except CallerMistake as error:
        return _sorry(str(error)), 404
    except PolicyAssistantError as error:
        return _sorry(str(error)), 503
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return _sorry(record_failure(error, home)), 500


def _page(index: ClauseIndex, wanted: Wanted) -> str:
    document, clauses, clause = look_up(index, wanted)
    is_same = wanted.version in (None, document.version)
    quotes = wanted.quotes if is_same else ()  # offsets of another version point anywhere
    view = clause_view(document, clauses, clause, quotes, date.today())
    remark = "" if is_same else _updated(document)
    return whole_page(f"{display_path(clause.path)} {one_line(document.title)}", render_clause(view, remark))


def read_link(doc_id: str | None, path: str | None, version: str | None, quotes: Sequence[str]) -> Wanted:
    """What the parts of a query name.

    Raises:
        CallerMistake: the link names no document, or a number in it is none.
    """
    spans = [_SPAN.fullmatch(quote) for quote in quotes]
    if not doc_id or not all(spans) or not (version is None or (version.isascii() and version.isdecimal())):
        raise CallerMistake("这个链接不完整，请回到回答中重新打开。")
    found = tuple((int(span.group(1)), int(span.group(2))) for span in spans if span)
    return Wanted(doc_id, path or None, int(version[:9]) if version else None, found)


def look_up(index: ClauseIndex, wanted: Wanted) -> tuple[Document, tuple[Clause, ...], Clause]:
    """The document a link names, its clauses, and the one named; without a path its first citable one.

    Raises:
        CallerMistake: the library does not hold them (any more).
    """
    document, clauses = index.document(wanted.doc_id), index.clauses(wanted.doc_id)
    if document is None or not clauses:
        raise CallerMistake("文库里没有这份文件，可能已被移出，请重新提问。")
    first = next((clause for clause in clauses if clause.is_unit), clauses[0])
    found = next((clause for clause in clauses if clause.path == wanted.path), None) if wanted.path else first
    if found is None or found.version != document.version:  # replaced between the two look-ups
        raise CallerMistake("这份文件里没有这一条款，文件可能已更新，请重新提问。")
    return document, clauses, found


def _updated(document: Document) -> str:
    return f"这份文件在回答之后更新过，以下是现行文本（第{document.version}版），未标出引文，请重新提问。"


def _sorry(sentence: str) -> str:
    return whole_page("无法显示条款", render_failure(sentence))
