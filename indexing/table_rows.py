"""Rows of a table → numbered rows and sub-rows with merged cells filled down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexing.folding import fold_tight
from indexing.reading import Paragraph

_SERIAL_NAMES = {"序号", "编号", "项次", "序", "号", "no.", "no", "项目编号", "任务编号"}
_SERIAL = re.compile(r"[（(]?\s*(\d{1,4}(?:[.-]\d{1,3})*|[一二三四五六七八九十]{1,4})\s*[）)]?\s*[.、．]?")
# "责任单位", "牵头单位", "配合部门" name who acts; "单位：万元" does not
_RESPONSIBLE = re.compile(
    r"(?:责任|牵头|配合|主管|实施|负责|承办|协办|主办|参与|参加|完成).{0,4}(?:单位|部门|处室|人|主体)?$|^(?:单位|部门)$"
)
_SUPPORTING = re.compile(r"配合|协办|协助|参与|参加|支持")
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计)[:：]?")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff、，。；：）（]) +(?=[\u3400-\u9fff、，。；：）（])")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row or sub-row: its number in the table and its cells."""

    paragraph: Paragraph
    group: str  # serial of its row: 21, 3; or 行4 where the table has no serials
    sub: int | None  # 1, 2, … within a row that has sub-rows, else None
    cells: tuple[tuple[str, str], ...]  # (column, value), merged cells filled down
    responsible: tuple[str, ...]


def is_responsible_column(name: str) -> bool:
    """Whether a column names who acts.

    >>> is_responsible_column("牵头单位"), is_responsible_column("单位：万元")
    (True, False)
    """
    return bool(_RESPONSIBLE.search(fold_tight(name)))


def cell_text(text: str) -> str:
    """A cell as one line: spaces between Chinese characters come from wrapping in a narrow column.

    >>> cell_text("多渠道 拓展设 施建设 场地空 间")
    '多渠道拓展设施建设场地空间'
    """
    return _CJK_GAP.sub("", re.sub(r"[ \t\n]+", " ", text).strip())


def split_bodies(text: str) -> tuple[str, ...]:
    """Names of bodies in a list such as a 责任单位 cell, each once, in order.

    >>> split_bodies("市建委、市规划和自然资源局，相关区政府")
    ('市建委', '市规划和自然资源局', '相关区政府')
    """
    names = [each.strip(" 。；;:：") for each in re.split(r"[、，,；;\n\u3000]", cell_text(text))]
    return tuple(dict.fromkeys(each for each in names if each))


def read_table(rows: Sequence[Paragraph]) -> tuple[list[str], list[TableRow]]:
    """The column names (空 → 列1, 列2 …) and the rows of a table, header excluded."""
    header = rows[0] if rows and rows[0].is_header else None
    body = [row for row in rows if row is not header]
    width = max((len(row.cells) for row in rows), default=0)
    columns = [cell_text(text) for text in _texts(header)] if header else []
    columns += [f"列{index + 1}" for index in range(len(columns), width)]
    serial = _serial_column(columns, body)
    content = _content_column(body, width, serial)
    groups = _groups(body, serial)
    grouped = len({group for group, _ in groups}) < len(groups)
    out: list[TableRow] = []
    above: dict[int, str] = {}
    previous = ""
    for row, (group, sub) in zip(body, groups, strict=True):
        values = _filled(row, columns, serial, content, above, same_group=group == previous)
        if serial is not None and not values[serial] and group == previous:
            values[serial] = group
        above = dict(enumerate(values))
        previous = group
        cells = tuple(zip(columns, values, strict=True))
        names = [value for name, value in _leading(cells)]
        out.append(
            TableRow(
                row, group, sub if grouped else None, cells, split_bodies("、".join(filter(None, names)))
            )
        )
    return columns, out


def _leading(cells: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """The cells of those in charge; where a table names only supporters, theirs."""
    bodies = [cell for cell in cells if is_responsible_column(cell[0]) and cell[1]]
    return [cell for cell in bodies if not _SUPPORTING.search(cell[0])] or bodies


def _texts(row: Paragraph | None) -> list[str]:
    if row is None:
        return []
    return [row.text[start - row.start : end - row.start].strip() for start, end in row.cells]


def _serial_column(columns: Sequence[str], body: Sequence[Paragraph]) -> int | None:
    for index, name in enumerate(columns):
        if fold_tight(name) in _SERIAL_NAMES:
            return index
    first = [texts[0] for row in body if (texts := _texts(row)) and texts[0]]
    if first and sum(1 for each in first if _SERIAL.fullmatch(each)) >= 0.7 * len(first):
        return 0
    return None


def _content_column(body: Sequence[Paragraph], width: int, serial: int | None) -> int:
    lengths = [0] * max(width, 1)
    for row in body:
        for index, text in enumerate(_texts(row)):
            lengths[index] += len(text) if index != serial else 0
    return max(range(len(lengths)), key=lambda index: lengths[index])


def _groups(body: Sequence[Paragraph], serial: int | None) -> list[tuple[str, int]]:
    """The row a line belongs to and its place in it."""
    out: list[tuple[str, int]] = []
    group, sub, seen = "", 0, set[str]()
    for index, row in enumerate(body):
        texts = _texts(row)
        value = texts[serial] if serial is not None and serial < len(texts) else ""
        found = _SERIAL.fullmatch(value)
        if serial is None or (value and not found) or (not value and not group):
            group, sub = f"行{index + 1}", 1
        elif found and found.group(1) != group:
            group, sub = found.group(1), 1
            if group in seen:  # numbering starts again under a sub-title
                group = f"行{index + 1}"
            seen.add(group)
        else:
            sub += 1
        out.append((group, sub))
    return out


def _filled(
    row: Paragraph,
    columns: Sequence[str],
    serial: int | None,
    content: int,
    above: dict[int, str],
    *,
    same_group: bool,
) -> list[str]:
    """The row's values; cells merged with the ones above take their value.

    Columns left of the content are labels and are filled; columns of bodies are filled only
    where all of them are empty, since a task may well have no supporting body.
    """
    texts = [cell_text(text) for text in _texts(row)]
    values = texts + [""] * (len(columns) - len(texts))
    if any(_TOTAL.fullmatch(text) for text in texts):
        return values
    for index in range(len(values)):
        if not values[index] and index < content and index != serial and index in above:
            values[index] = above[index]
    bodies = [index for index, name in enumerate(columns) if is_responsible_column(name) and index > content]
    if same_group and bodies and not any(values[index] for index in bodies):
        for index in bodies:
            values[index] = above.get(index, "")
    return values
