"""Figures that somebody else listed, held against what is read: `python -m eval.given_figures FILE`.

FILE is a JSON array of objects `rule` (its letters name the document: GJ, BJ, CQ, HZ, SH), `op`, `value`,
`unit`. Of the shipped documents every figure is read without the reviewed layer; one is right when sign,
value (both ends of a range) and unit are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from assistant.export.records import plain
from assistant.norms import Norm, NormKind, read_norms
from eval.cases import CasesError
from indexing.documents import read_document

_PLACES = {"GJ": "000000", "BJ": "110000", "CQ": "500000", "HZ": "330100", "SH": "310000"}
_SIGNS = {">=": "≥", "<=": "≤"}
_UNITS = {"㎡/百户": "平方米", "㎡": "平方米", "元/个": "元", "次/年": "次"}

Read = tuple[str, str, str, str]
"""Place, sign, value, unit."""


@dataclass(frozen=True, slots=True)
class Score:
    """Which listed figures were read, and which read ones nobody listed."""

    listed: int
    missed: tuple[Read, ...]
    read: int
    unlisted: tuple[Read, ...]


def given(text: str) -> tuple[Read, ...]:
    """The listed figures, days left out: these are no figures.

    Raises:
        CasesError: it is not such a list.
    """
    try:
        rows = json.loads(text)
        return tuple(_given(row) for row in rows if not _is_day(row))
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise CasesError(f"数值清单不是规定的格式（{exc}），应为对象数组，请改正。") from exc


def _is_day(row: Mapping[str, Any]) -> bool:
    return row["unit"] == "日期" or (row["unit"] == "年" and str(row["value"]).startswith("20"))


def _given(row: Mapping[str, Any]) -> Read:
    value = row["value"].replace("–", "-")
    return (
        _PLACES[row["rule"][:2]],
        _SIGNS.get(row["op"], row["op"]),
        value,
        _UNITS.get(row["unit"], row["unit"]),
    )


def read_shipped() -> Iterator[Read]:
    """Every figure of the shipped documents, in order."""
    folder = resources.files("corpus").joinpath("documents")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        parsed = read_document(file.read_bytes(), file.name)
        place = parsed.document.metadata.jurisdiction or ""
        for clause in parsed.clauses:
            if clause.is_unit:
                norms = read_norms(clause, parsed.document)
                yield from (_read(place, norm) for norm in norms if norm.kind is NormKind.FIGURE)


def _read(place: str, norm: Norm) -> Read:
    value = plain(norm.value or Decimal(0))
    sign = norm.operator.value if norm.operator else ""
    return place, sign, f"{value}-{plain(norm.high)}" if norm.high is not None else value, norm.unit or ""


def score(listed: Sequence[Read], read: Iterable[Read]) -> Score:
    """Each listed figure is looked for among those read of its place; a figure printed twice counts once."""
    found = dict.fromkeys(read)
    missed = tuple(one for one in listed if one not in found)
    unlisted = tuple(one for one in found if one not in set(listed))
    return Score(len(listed), missed, len(found), unlisted)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print recall, precision and what differs."""
    parser = argparse.ArgumentParser(prog="python -m eval.given_figures", description="对照一份数值清单")
    parser.add_argument("file", type=Path, help="JSON 数组：rule、op、value、unit")
    options = parser.parse_args(arguments)
    found = score(given(options.file.read_text("utf-8")), read_shipped())
    right, known = found.listed - len(found.missed), found.read - len(found.unlisted)
    lines = [
        f"清单 {found.listed} 个，读出 {right} 个（召回率 {right / max(found.listed, 1):.1%}）",
        f"读出不同的 {found.read} 个，清单中有 {known} 个（精确率 {known / max(found.read, 1):.1%}）",
        *(f"未读出 {''.join(one)}" for one in found.missed),
        *(f"清单没有 {''.join(one)}" for one in found.unlisted),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
