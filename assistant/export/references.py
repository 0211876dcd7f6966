"""What a footnote says: 《…》（文号）第十二条第二款：“原文”. Printed by code, from a citation."""

from __future__ import annotations

import re

from assistant.export.text import in_one_line
from assistant.types import Citation
from assistant.writing.citing import display_path
from indexing.titles import titled

# the line break between the authorities of a joint notice; not the space of "AI 应用"
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff》）]) (?=[\u4e00-\u9fff《（])")


def title_of(citation: Citation) -> str:
    """The title of the cited document between title marks; marks inside it become single ones.

    Source: GB/T 15834—2011, 4.15.3.3.
    """
    title = _BROKEN.sub("", in_one_line(citation.title))
    if title.startswith("《") and title.find("》") == len(title) - 1:
        title = title[1:-1]
    return titled(title)


def place(citation: Citation) -> str:
    """The cited place: 《title》（文号）path; without 文号 where there is none."""
    number = f"（{in_one_line(citation.document_number)}）" if citation.document_number else ""
    return f"{title_of(citation)}{number}{display_path(citation.path)}"


def short_place(citation: Citation) -> str:
    """The cited place by the document's number alone; by its title where it has none."""
    number = in_one_line(citation.document_number) if citation.document_number else ""
    return f"{number}{display_path(citation.path)}" if number else place(citation)


def quote(citation: Citation) -> str:
    """The quote on one line: its characters as issued, its line breaks as spaces."""
    return in_one_line(citation.quote)


def note(citation: Citation, *, is_known: bool = False) -> str:
    """The footnote of a citation: its place, then its quote; by 文号 alone once the document is known."""
    shown = short_place(citation) if is_known else place(citation)
    return f"{shown}：“{quote(citation)}”"
