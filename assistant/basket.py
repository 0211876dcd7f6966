"""Clauses put aside for a draft: one JSON object a line, in `$CEWEN_HOME/basket.jsonl`.

The comparison puts rows in; whoever drafts reads them with `read_basket` and uses only what is of its
own place or of the nation. A citation that no longer stands in the library is the reader's to refuse:
`doc_id`, `version`, `path` and `text_hash` are all there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assistant.comparing.reviews import append_lines
from assistant.comparing.types import Row
from assistant.types import Citation
from indexing.home import Home

FILE = "basket.jsonl"


@dataclass(frozen=True, slots=True)
class Kept:
    """A clause put aside: on which topic, of which place, when."""

    topic: str
    column: str  # 北京市
    jurisdiction: str | None  # GB/T 2260; None where the document does not say
    citation: Citation
    kept_on: date


def kept_of(row: Row, codes: Iterable[str | None], day: date) -> tuple[Kept, ...]:
    """The clauses of a row that is to be put aside, column by column; empty for a row of silence.

    Args:
        row: of a comparison.
        codes: the jurisdictions of its columns, in order.
        day: today.
    """
    return tuple(
        Kept(row.topic.name, cell.column, code, quote.citation, day)
        for cell, code in zip(row.cells, codes, strict=True)
        for quote in cell.quotes
        if cell.is_certain or cell.reviewed_by
    )


def put_aside(home: Home, kept: Iterable[Kept]) -> int:
    """Add clauses to the basket, each once; how many were new.

    Raises:
        HomeUnusable: the home cannot be written.
        HomeBusy: another process holds it.
        ReviewError: the file cannot be written.
    """
    with home.lock():
        known = {(one.topic, one.citation) for one in read_basket(home)}
        new = [one for one in kept if (one.topic, one.citation) not in known]
        if new:
            append_lines(home.path / FILE, "".join(f"{_line(one)}\n" for one in new))
    return len(new)


def _line(one: Kept) -> str:
    return json.dumps(asdict(one) | {"kept_on": one.kept_on.isoformat()}, ensure_ascii=False)


def read_basket(home: Home) -> tuple[Kept, ...]:
    """What was put aside, oldest first; a line that cannot be read is left out. Empty without a file."""
    try:
        text = (home.path / FILE).read_text("utf-8", "replace")
    except OSError:
        return ()
    return tuple(_kept(text))


def _kept(text: str) -> Iterator[Kept]:
    for line in text.split("\n"):
        try:
            row: dict[str, Any] = json.loads(line)
            citation = Citation(**row.pop("citation"))
            yield Kept(**(row | {"citation": citation, "kept_on": date.fromisoformat(row["kept_on"])}))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue


def empty_basket(home: Home) -> None:
    """Take everything out; nothing happens where there is nothing.

    Raises:
        HomeUnusable: the home cannot be written.
        HomeBusy: another process holds it.
    """
    with home.lock():
        (home.path / FILE).unlink(missing_ok=True)
