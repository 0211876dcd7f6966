"""A comparison as Markdown: the table, the sentences on each row with footnotes, the clauses quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.comparing.types import Comparison, Relation, Row
from assistant.export.records import STATUS_NOTES, address, quoted, source_line, summary_line
from assistant.types import Citation, Statement

# signs that mean something to Markdown, HTML or a table; line ends would end the cell
_SIGNS = re.compile(r"[\\`*_{}\[\]<>|#~$]")


def as_markdown(comparison: Comparison) -> str:
    """The whole comparison as one Markdown text that ends in a line feed."""
    numbers = {one.citation: one.number for one in quoted(comparison)}
    blocks = ["# 政策比对", f"基准日期：{comparison.as_of.isoformat()}"]
    if comparison.summary:
        blocks += ["## 综述", _listed(comparison.summary, numbers)]
    blocks += ["## 比对表", _table(comparison)]
    for row in comparison.rows:
        blocks += [f"### {escape(row.topic.name)}", *_row(row, numbers)]
    blocks += ["## 条款原文", "\n\n".join(_clauses(comparison))]
    blocks += ["## 说明", "\n".join(f"- {escape(line)}" for line in _notes(comparison))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    r"""`text` on one line, with no sign that Markdown, HTML or a table would read.

    >>> escape("a|b\n<i>")
    'a\\|b \\<i\\>'
    """
    return _SIGNS.sub(lambda sign: f"\\{sign.group()}", " ".join(text.split()))


def _table(comparison: Comparison) -> str:
    head = ["主题", *(column.label for column in comparison.columns), "相对国家", "差异"]
    lines = [_line(map(escape, head)), _line(["---"] * len(head))]
    for row in comparison.rows:
        cells = [escape(summary_line(cell)) for cell in row.cells]
        differences = "、".join(row.differences)
        lines.append(_line([escape(row.topic.name), *cells, escape(relations(row)), differences]))
    return "\n".join(lines)


def _line(cells: object) -> str:
    return "| " + " | ".join(cells) + " |"  # type: ignore[arg-type]


def relations(row: Row, *, joint: str = "；") -> str:
    """The relations of a row in words: 杭州市严于（…）；上海市、重庆市不可比（…）. "" where there is none."""
    alike: dict[tuple[Relation, str | None], list[str]] = {}
    for cell, found, reason in zip(row.cells, row.relations, row.reasons, strict=True):
        if found:
            alike.setdefault((found, reason), []).append(cell.column)
    return joint.join(
        f"{'、'.join(labels)}{'：' if found is Relation.NATION_SILENT else ''}{found}（{reason}）"
        for (found, reason), labels in alike.items()
    )


def _row(row: Row, numbers: Mapping[Citation, int]) -> Iterator[str]:
    if row.summary:
        yield _listed(row.summary, numbers)
    if row.silent:
        yield "\n".join(f"- {escape(sentence)}" for sentence in row.silent)


def _listed(statements: tuple[Statement, ...], numbers: Mapping[Citation, int]) -> str:
    lines = []
    for statement in statements:
        marks = "".join(f"[{numbers[one]}]" for one in dict.fromkeys(statement.citations) if one in numbers)
        lines.append(f"- {escape(statement.text)} {escape(marks)}")
    return "\n".join(lines)


def _clauses(comparison: Comparison) -> Iterator[str]:
    for one in quoted(comparison):
        quote = "\n".join(f"> {escape(line)}" for line in one.citation.quote.splitlines() if line.strip())
        yield f"\\[{one.number}\\] {escape(address(one.citation))}\n\n{quote}"


def _notes(comparison: Comparison) -> list[str]:
    return [*comparison.notes, *STATUS_NOTES, *(source_line(source) for source in comparison.sources)]
