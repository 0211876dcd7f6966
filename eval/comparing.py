"""Compares the five shipped documents and holds every cell against gold: `python -m eval.comparing`.

`eval/cases/comparison/*.jsonl` says of each topic and place what status its cell has, which figures,
and which clauses carry it. The scores are told twice: of what code extracts, and with what people have
reviewed (`corpus/norms/`) in its place. With `--free` the names and questions of the topics are asked
as a user's own words, through the search, and what is counted is whether silence stays silence.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.comparing.topics import shipped_topics
from assistant.comparing.types import SAID, Cell, Comparison, Figure
from assistant.service import PolicyAssistant
from eval.cases import CASES_DIR, CasesError
from indexing.settings import load_settings

GOLD_DIR = CASES_DIR / "comparison"
_AS_OF = date(2026, 11, 22)
_SIGNS = {">=": "≥", "<=": "≤"}
_SILENT = "未规定"
_STATUSES = frozenset({*(status.value for status in SAID), _SILENT})

Measured = tuple[str, str, str, str]
"""Sign, value in plain digits, unit, strength."""


@dataclass(frozen=True, slots=True)
class GoldCell:
    """What a cell should be."""

    topic: str
    jurisdiction: str
    status: str
    figures: frozenset[Measured]  # needed, all of them
    also: frozenset[Measured]  # right as well, not needed: they belong to a neighbouring topic
    clauses: tuple[str, ...]  # `doc_id#path`, one of which must be quoted; empty for silence


@dataclass(slots=True)
class Score:
    """Counts over all cells, and a line for each that is not wholly right."""

    cells: int = 0
    right: int = 0
    figures: int = 0
    matched: int = 0
    extra: int = 0
    spoken: int = 0
    cited: int = 0
    figures_in_silence: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def exactness(self) -> float:
        """Figures that are right, of all that are wanted or shown; 1.0 where there are none."""
        return _share(self.matched, self.figures + self.extra)


def read_gold(folder: Path = GOLD_DIR) -> tuple[GoldCell, ...]:
    """Every gold cell, in order of files and lines.

    Raises:
        CasesError: a line is not of the form above, or a cell comes twice; file and line are named.
    """
    out: dict[tuple[str, str], GoldCell] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            try:
                cell = _gold_cell(json.loads(line))
            except (ValueError, KeyError, TypeError) as exc:
                raise CasesError(
                    f"{file.name}:{number}：这一行不是比对金标的格式（{exc}），请改正。"
                ) from exc
            if (cell.topic, cell.jurisdiction) in out:
                raise CasesError(
                    f"{file.name}:{number}：{cell.topic} {cell.jurisdiction} 写了两次，请删去一行。"
                )
            out[cell.topic, cell.jurisdiction] = cell
    return tuple(out.values())


def _gold_cell(row: Mapping[str, Any]) -> GoldCell:
    if row["status"] not in _STATUSES or bool(row["clauses"]) != (row["status"] != _SILENT):
        raise ValueError(row["status"])
    return GoldCell(
        row["topic"],
        row["jurisdiction"],
        row["status"],
        frozenset(map(_measured, row["figures"])),
        frozenset(map(_measured, row["also"])),
        tuple(row["clauses"]),
    )


def _measured(figure: Sequence[str]) -> Measured:
    sign, value, unit, strength = figure
    return _SIGNS.get(sign, sign), value, unit, strength


def score(comparison: Comparison, gold: Iterable[GoldCell]) -> Score:
    """How the cells of a comparison of shipped topics compare with gold; cells without gold are left out."""
    codes = [column.code for column in comparison.columns]
    cells = {
        (row.topic.id, code): cell
        for row in comparison.rows
        for code, cell in zip(codes, row.cells, strict=True)
    }
    out = Score()
    for wanted in gold:
        found = cells.get((wanted.topic, wanted.jurisdiction))
        if found is not None:
            _count(out, wanted, found)
    return out


def _count(out: Score, wanted: GoldCell, found: Cell) -> None:
    status = found.status.value if found.status in SAID else _SILENT
    shown = frozenset(map(measured, found.figures))
    missed, extra = wanted.figures - shown, shown - wanted.figures - wanted.also
    is_cited = cites(found, wanted.clauses)
    out.cells += 1
    out.right += status == wanted.status
    out.figures += len(wanted.figures)
    out.matched += len(wanted.figures & shown)
    out.extra += len(extra)
    out.spoken += bool(wanted.clauses)
    out.cited += bool(wanted.clauses) and is_cited
    out.figures_in_silence += len(shown) if wanted.status == _SILENT else 0
    if status != wanted.status or missed or extra or (wanted.clauses and not is_cited):
        out.failures.append(
            f"{wanted.topic} {wanted.jurisdiction}：应为{wanted.status}，得{status}"
            + (f"；缺 {_listed(missed)}" if missed else "")
            + (f"；多 {_listed(extra)}" if extra else "")
            + ("" if is_cited or not wanted.clauses else f"；未引 {'、'.join(wanted.clauses)}")
        )


def measured(figure: Figure) -> Measured:
    """A figure as gold writes it."""
    from assistant.export.records import plain

    value = plain(figure.value)
    if figure.high is not None:
        value = f"{value}-{plain(figure.high)}"
    return figure.operator.value, value, figure.unit, figure.strength.value


def cites(cell: Cell, clauses: Sequence[str]) -> bool:
    """Whether a quote stands in one of the clauses, around it or inside it."""
    paths = [f"{quote.citation.doc_id}#{quote.citation.path}" for quote in cell.quotes]
    return any(
        path == clause or path.startswith(f"{clause}/") or clause.startswith(f"{path}/")
        for path in paths
        for clause in clauses
    )


def _listed(figures: Iterable[Measured]) -> str:
    return "、".join("".join(figure) for figure in sorted(figures))


def report(found: Score) -> Iterator[str]:
    """The figures a person reads."""
    yield f"单元格 {found.cells} 个，状态一致 {found.right} 个（{_share(found.right, found.cells):.1%}）"
    yield (
        f"应有数值 {found.figures} 个，完全一致 {found.matched} 个，多出 {found.extra} 个"
        f"（一致率 {found.exactness:.1%}）"
    )
    yield f"有内容的单元格 {found.spoken} 个，引到正确条款 {found.cited} 个"
    yield f"沉默的单元格中出现的数值 {found.figures_in_silence} 个"


@dataclass(slots=True)
class FreeScore:
    """Counts over the cells of topics asked in people's words."""

    silent: int = 0
    kept: int = 0  # silent cells that stay silent
    unsure: int = 0  # silent cells whose quotes are marked 待核
    spoken: int = 0
    found: int = 0  # cells that speak and have a quote
    certain: int = 0  # … that is not marked 待核
    cited: int = 0  # … from the right clause
    figures: list[str] = field(default_factory=list)  # in silent cells
    right: int = 0  # figures in cells that speak, as in gold
    shown: int = 0


def free_score(assistant: PolicyAssistant, gold: Sequence[GoldCell]) -> FreeScore:
    """The same topics in people's words, each way of asking a free topic of its own; patterns unused."""
    cells = {(cell.topic, cell.jurisdiction): cell for cell in gold}
    out = FreeScore()
    for topic in shipped_topics():
        for text in dict.fromkeys((topic.name, *topic.asks)):
            # a full stop keeps it from being taken for the shipped topic of that name
            compared = assistant.compare([f"{text}。"], as_of=_AS_OF, reviewed=False)
            for column, cell in zip(compared.columns, compared.rows[0].cells, strict=True):
                _count_free(out, cells[topic.id, column.code or ""], cell, f"{text} {column.label}")
    return out


def _count_free(out: FreeScore, wanted: GoldCell, cell: Cell, name: str) -> None:
    if wanted.status == _SILENT:
        out.silent += 1
        out.kept += not cell.quotes
        out.unsure += bool(cell.quotes) and not cell.is_certain
        out.figures += [f"{name}：{one.printed}" for one in cell.figures]
        return
    out.spoken += 1
    out.found += bool(cell.quotes)
    out.certain += bool(cell.quotes) and cell.is_certain
    out.cited += cites(cell, wanted.clauses)
    out.shown += len(cell.figures)
    out.right += sum(measured(one) in wanted.figures | wanted.also for one in cell.figures)


def free_report(found: FreeScore) -> Iterator[str]:
    """The figures a person reads."""
    yield (
        f"自拟主题：沉默的单元格 {found.silent} 个，仍为沉默 {found.kept} 个"
        f"（{_share(found.kept, found.silent):.1%}），标为待核 {found.unsure} 个"
    )
    yield f"其中出现的数值 {len(found.figures)} 个"
    yield (
        f"有内容的单元格 {found.spoken} 个，找到 {found.found} 个"
        f"（{_share(found.found, found.spoken):.1%}），其中未标待核的 {found.certain} 个"
    )
    yield f"引到正确条款 {found.cited} 个"
    yield f"显示的数值 {found.shown} 个，与金标一致 {found.right} 个"
    yield from found.figures


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores; 1 when a silent cell of a shipped topic shows a figure."""
    parser = argparse.ArgumentParser(prog="python -m eval.comparing", description="对照金标评测政策比对")
    parser.add_argument("--failures", action="store_true", help="逐格列出不一致的")
    parser.add_argument("--free", action="store_true", help="另把各主题当作自拟主题来问，看沉默是否仍为沉默")
    options = parser.parse_args(arguments)
    gold = read_gold()
    with tempfile.TemporaryDirectory(prefix="cewen-eval-") as folder:
        assistant = PolicyAssistant.open(load_settings({"home": Path(folder) / "home"}))
        try:
            found = score(assistant.compare(as_of=_AS_OF, reviewed=False), gold)
            checked = score(assistant.compare(as_of=_AS_OF), gold)
            lines = ["不用核对记录：", *report(found), *(found.failures if options.failures else [])]
            lines += ["采用核对记录：", *report(checked), *(checked.failures if options.failures else [])]
            lines += free_report(free_score(assistant, gold)) if options.free else []
        finally:
            assistant.index.close()
    sys.stdout.write("\n".join(lines) + "\n")
    return int(found.figures_in_silence + checked.figures_in_silence > 0)


if __name__ == "__main__":
    sys.exit(main())
