"""A fact sheet written out again: YAML and JSON texts, and workbooks. What is written can be read back.

Each fact keeps its source beside it. A workbook's cells are text, so that nothing in them is ever
taken for a formula.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from decimal import Decimal

import yaml

from assistant.facts.dictionary import dictionary
from assistant.facts.showing import plain, show
from assistant.facts.types import Fact, FactSheet, FactSpec, Table

_HEAD = ("分组", "事实", "内容", "单位", "来源", "说明")
_WIDTHS = (10, 30, 48, 10, 48, 40)


def to_plain(sheet: FactSheet) -> dict[str, dict[str, object]]:
    """The sheet as labels with 内容, 来源 and 备注; empty for an empty sheet."""
    return {dictionary().label(key): _entry(fact) for key, fact in sheet.facts.items()}


def to_yaml(sheet: FactSheet) -> str:
    """The sheet as YAML text."""
    return yaml.safe_dump(to_plain(sheet), allow_unicode=True, sort_keys=False, width=1000)


def to_json(sheet: FactSheet) -> str:
    """The sheet as JSON text."""
    return json.dumps(to_plain(sheet), ensure_ascii=False, indent=2)


def to_workbook(sheet: FactSheet, specs: Iterable[FactSpec] | None = None) -> bytes:
    """The sheet as an .xlsx file: a row a fact, a sheet for each table.

    Args:
        sheet: the facts; those not known have an empty cell.
        specs: the rows; None lists the facts of the sheet.
    """
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    if page is None:
        raise RuntimeError("a new workbook has a sheet")
    page.title = "事实表"
    _row(page, 1, _HEAD)
    rows = tuple(specs) if specs is not None else tuple(dictionary().spec(key) for key in sheet.facts)
    tables = []
    for number, spec in enumerate((spec for spec in rows if not spec.columns), start=2):
        fact = sheet.facts.get(spec.key)
        said = show(spec, fact.value) if fact else ""
        _row(
            page,
            number,
            (spec.group, spec.label, said, _unit(spec), source_text(fact) if fact else "", _note(spec)),
        )
    for spec in rows:
        if spec.columns:
            tables.append(spec)
    for spec in tables:
        extra = book.create_sheet(spec.label)
        _row(extra, 1, spec.columns)
        value = sheet.value(spec.key)
        if isinstance(value, Table):
            for number, row in enumerate(value.rows, start=2):
                cells = dict(zip(value.columns, row, strict=True))
                _row(extra, number, tuple(_cell(name, cells.get(name)) for name in spec.columns))
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "C2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def form_specs(jurisdiction: str | None, used: Iterable[str]) -> tuple[FactSpec, ...]:
    """The facts an empty form asks for: those rules of the place use, and what names a project."""
    wanted = {
        *used,
        "project_name",
        "jurisdiction",
        "district",
        "subdistrict",
        "communities",
        "applicant_org",
    }
    places = {jurisdiction} if jurisdiction else set()
    return tuple(
        spec
        for spec in dictionary().stated
        if spec.key in wanted and (not spec.jurisdictions or places & set(spec.jurisdictions))
    )


def source_text(fact: Fact) -> str:
    """Where a fact was read, in one line: 申报表.docx 表1第3行“服务户数：3200户”."""
    source = fact.source
    return (
        f"{source.file} {source.place}“{source.words}”".strip()
        if source.words
        else f"{source.file} {source.place}".strip()
    )


def _entry(fact: Fact) -> dict[str, object]:
    spec = dictionary().spec(fact.key)
    entry: dict[str, object] = {"内容": _content(spec, fact), "来源": source_text(fact)}
    if fact.remarks:
        entry["备注"] = "；".join(fact.remarks)
    return entry


def _content(spec: FactSpec, fact: Fact) -> object:
    if isinstance(fact.value, Table):
        return [
            {
                name: _cell(name, cell)
                for name, cell in zip(fact.value.columns, row, strict=True)
                if cell is not None
            }
            for row in fact.value.rows
        ]
    return show(spec, fact.value)


def _cell(column: str, value: str | Decimal | None) -> str:
    if isinstance(value, Decimal):
        return plain(value) + {"金额": "万元", "建筑面积": "㎡"}.get(column, "")
    return value or ""


def _unit(spec: FactSpec) -> str:
    return {"area": "㎡", "money": "万元", "percent": "%", "flag": "是/否/未知", "date": "年-月-日"}.get(
        spec.kind.value, spec.unit
    )


def _note(spec: FactSpec) -> str:
    choices = "、".join(choice.name for choice in spec.choices)
    return "；".join(part for part in (f"可填：{choices}" if choices else "", spec.note) if part)


def _row(page: object, number: int, values: Iterable[str]) -> None:
    for column, value in enumerate(values, start=1):
        cell = page.cell(row=number, column=column)  # type: ignore[attr-defined]
        cell.value = value
        cell.data_type = "s"  # "=1+1" stays the words it is
