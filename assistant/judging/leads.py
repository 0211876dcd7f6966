"""What a sentence leans on: the line that opens its list, or the sentence whose consequence it tells.

挤占、挪用用房 stands in an item and 处三万元以下罚款 in the line above it; 拒不改正的，处五百元罚款 stands
behind the deed it is for. Each half alone answers nothing. Between the library and the judge; pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.library import Library
from indexing.types import Clause, Level, Span

_ITEMS = frozenset({Level.ITEM, Level.SUBITEM, Level.HEADING4, Level.HEADING5})
_OPENS = re.compile(r"[:：]\s*$")
# "拒不改正的，处…", "逾期不改正的", "情节严重的", "造成损失的", "警告后不改正的"; not "情节的认定"
_FOLLOWS = re.compile(
    r"拒不|逾期(?!未交存)|情节(?:较?轻|较?重|特别|严重)|(?:造成|构成)[^，,。；;]{1,12}的[，,]|否则|经?警告后|仍(?:不|未)|有违法所得的"
)


def lead_of(clause: Clause, span: Span, library: Library) -> Span | None:
    """The line that opens the list which a sentence is an item of, as a span of the document; None elsewhere.

    Args:
        clause: the unit judged.
        span: a sentence of it, in the document.
        library: where it stands.
    """
    narrow = library.narrowest(clause, span)
    parent = library.parent(narrow)
    if narrow is clause or parent is None or narrow.level not in _ITEMS:
        return None
    first = min(child.start for child in library.children(parent) if child.level in _ITEMS)
    text = parent.text[: first - parent.start].rstrip()
    start = text.rfind("\n") + 1
    if not _OPENS.search(text) or parent.start + start < clause.start:
        return None
    if parent.mark and start == 0 and text.startswith(parent.mark):
        start = len(text) - len(text[len(parent.mark) :].lstrip(" \u3000"))
    return parent.start + start, parent.start + len(text)


def chains(text: str, found: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """For each sentence that tells a consequence, its place and that of the first one it leans on.

    Args:
        text: of a clause.
        found: its sentences, in order.

    >>> text = "无证上岗的，责令改正；拒不改正的，处三百元罚款。另有规定的除外。"
    >>> list(chains(text, [(0, 11), (11, 24), (24, 32)]))
    [(1, 0)]
    """
    first = 0
    for at, (start, _) in enumerate(found):
        leans = at > 0 and _FOLLOWS.match(text, start) and not text[found[at - 1][1] : start].strip(" \u3000")
        if leans:
            yield at, first
        else:
            first = at
