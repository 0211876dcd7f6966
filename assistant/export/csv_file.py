"""A comparison as CSV: a line a cell, UTF-8 with a byte order mark, so that Excel reads it as Chinese."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields

from assistant.comparing.types import Comparison
from assistant.export.records import CELL_HEADS, CellRecord, cell_records

# what a spreadsheet takes for a formula at the start of a cell (OWASP, CSV injection), full width too
_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")


def as_csv(comparison: Comparison) -> str:
    """Every cell on a line of its own under a line of heads; quoting as in RFC 4180.

    A field that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [field.name for field in fields(CellRecord)]
    writer.writerow([CELL_HEADS[name] for name in names])
    for record in cell_records(comparison):
        writer.writerow([harmless(getattr(record, name)) for name in names])
    return "\ufeff" + out.getvalue()


def harmless(text: str) -> str:
    """`text`, with an apostrophe in front where a spreadsheet would compute it.

    >>> harmless("=1+1"), harmless("≥30㎡")
    ("'=1+1", '≥30㎡')
    """
    return f"'{text}" if _FORMULA.match(text) else text
