"""Values as a user reads them: 520㎡, 是, 2025年3月1日. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.facts.types import UNITS, FactKind, FactSpec, Table, Value


def plain(number: Decimal) -> str:
    """A number without exponent and idle zeros, at most four decimals.

    >>> plain(Decimal("600.00")), plain(Decimal("29.9")), plain(Decimal(1) / 3)
    ('600', '29.9', '0.3333')
    """
    rounded = number.quantize(Decimal("0.0001")) if number.as_tuple().exponent < -4 else number  # type: ignore[operator]
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def show(spec: FactSpec, value: Value | None) -> str:
    """A value as a user reads it, with its unit; 未知 for None."""
    match value:
        case None:
            return "未知"
        case bool():
            return ("是" if value else "否") if spec.kind is FactKind.FLAG else ("有" if value else "无")
        case Decimal():
            return f"{plain(value)}{UNITS.get(spec.kind, spec.unit)}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case tuple():
            return "、".join(value) or "无"
        case Table():
            return "；".join(_row(value, row) for row in value.rows) or "无"
        case str() if spec.kind is FactKind.PLACE:
            from indexing.jurisdictions import name_of

            return name_of(value)
    return str(value)


def _row(table: Table, row: tuple[str | Decimal | None, ...]) -> str:
    units = {"金额": "万元", "建筑面积": "㎡"}
    cells = [
        f"{plain(cell)}{units.get(name, '')}" if isinstance(cell, Decimal) else cell
        for name, cell in zip(table.columns, row, strict=True)
    ]
    return "，".join(
        f"{name}：{cell}" for name, cell in zip(table.columns, cells, strict=True) if cell is not None
    )
