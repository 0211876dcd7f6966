"""`/comparison`: a comparison as a file, made when it is fetched. The link says what is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from assistant.comparing.choosing import Only, narrowed
from indexing.errors import PolicyAssistantError
from ui.comparing import RENDERS
from ui.logs import record_failure
from ui.pages import COMPARISON_ADDRESS

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from assistant.comparing.types import Comparison
    from assistant.service import PolicyAssistant

NAMES = {"xlsx": "Excel", "docx": "Word", "md": "Markdown", "csv": "CSV", "json": "JSON"}
_MAX_QUERY_CHARS = 8_000  # a browser's address line and ours


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared: enough to do it again."""

    topics: tuple[str, ...] = ()  # names of topics or groups, or any text; empty for all shipped ones
    cities: tuple[str, ...] = ()  # GB/T 2260 codes; empty for all
    only: tuple[Only, ...] = ()

    def compared(self, assistant: PolicyAssistant, day: date) -> Comparison:
        """The comparison on that day.

        Raises:
            PolicyAssistantError: it cannot be made; the sentence says why.
        """
        made = assistant.compare(self.topics, codes=self.cities, as_of=day)
        return narrowed(made, self.only)


ALL = Choice()
"""Every shipped topic over every place."""


def file_address(choice: Choice, kind: str) -> str | None:
    """The address of a file, relative to the page; None where it would be too long for a link."""
    query = [("format", kind), *(("topic", one) for one in choice.topics)]
    query += [("city", one) for one in choice.cities] + [("only", one.value) for one in choice.only]
    address = f"{COMPARISON_ADDRESS}{urlencode(query, errors='replace')}"
    return address if len(address) <= _MAX_QUERY_CHARS else None


def read_choice(query: QueryParams) -> Choice:
    """What a link names; an unknown condition counts for nothing."""
    only = tuple(Only(one) for one in query.getlist("only") if one in list(Only))
    return Choice(tuple(query.getlist("topic")), tuple(query.getlist("city")), only)


def add_comparison_files(app: FastAPI, assistant: PolicyAssistant, home: Path) -> None:
    """Serve `/comparison`."""

    def comparison(request: Request) -> Response:
        """In a thread of its own: the library is read."""
        return _answer(assistant, home, request.query_params)

    app.add_route("/comparison", comparison, methods=["GET"])


def _answer(assistant: PolicyAssistant, home: Path, query: QueryParams) -> Response:
    from starlette.responses import PlainTextResponse, Response

    kind = query.get("format", "")
    if kind not in RENDERS:
        return PlainTextResponse("没有这种文件，请从“对比”页的链接下载。", 404)
    media, render = RENDERS[kind]
    try:
        content = render(read_choice(query).compared(assistant, date.today()))
    except PolicyAssistantError as error:
        return PlainTextResponse(str(error), 404)
    except Exception as error:  # noqa: BLE001 - recorded in the log, whose path the sentence names
        return PlainTextResponse(record_failure(error, home), 500)
    return Response(content, media_type=media, headers={"content-disposition": _named(kind)})


def _named(kind: str) -> str:
    name = quote(f"政策比对_{date.today().isoformat()}.{kind}", safe="")
    return f"attachment; filename=\"comparison.{kind}\"; filename*=UTF-8''{name}"


def links(choice: Choice) -> Sequence[tuple[str, str]]:
    """Name and address of each kind of file; empty where the choice is too long for a link."""
    found = [(name, file_address(choice, kind)) for kind, name in NAMES.items()]
    return [(name, address) for name, address in found if address is not None]
