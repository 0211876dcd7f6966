"""A typed schema of the fact sheet (pydantic), built from the dictionary; its JSON schema for forms.

The last gate before facts are used: whatever way a value came in, it has the type and the bounds
the dictionary says.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind, FactSheet, FactSpec, Issue, Severity, Table, Value

_NUMERIC = (FactKind.NUMBER, FactKind.AREA, FactKind.MONEY, FactKind.PERCENT)


class _Facts(BaseModel):
    """What all fact sheets share: no key but those of the dictionary, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, title="事实表")


@cache
def fact_model() -> type[BaseModel]:
    """The model: a field for each fact people state, all optional, None for 未知."""
    fields: dict[str, Any] = {
        spec.key: (
            _type_of(spec) | None,
            Field(default=None, title=spec.label, description=_description(spec)),
        )
        for spec in dictionary().stated
    }
    return create_model("FactSheetModel", __base__=_Facts, **fields)


def json_schema() -> dict[str, Any]:
    """The JSON schema of a fact sheet with typed values, keys as in the dictionary."""
    return fact_model().model_json_schema()


def schema_issues(sheet: FactSheet) -> tuple[Issue, ...]:
    """What in a sheet is of the wrong type or out of bounds; empty for a sound one."""
    values = {key: _plain(fact.value) for key, fact in sheet.facts.items()}
    try:
        fact_model().model_validate(values)
    except ValidationError as exc:
        return tuple(_issue(str(error["loc"][0]), error["type"]) for error in exc.errors())
    return ()


def _issue(key: str, kind: str) -> Issue:
    if kind == "extra_forbidden":
        near = "、".join(dictionary().nearest(key)) or "无"
        return Issue(Severity.ERROR, f"没有“{key}”这个事实，最接近的是：{near}。", key)
    label = dictionary().label(key)
    return Issue(Severity.ERROR, f"{label}的值类型或范围不对，请按字典改正。", key)


def _type_of(spec: FactSpec) -> Any:  # noqa: ANN401 - a type made at run time
    if spec.kind is FactKind.FLAG:
        return bool
    if spec.kind in _NUMERIC:
        return Annotated[Decimal, Field(ge=spec.minimum, gt=spec.above, le=spec.maximum)]
    if spec.kind is FactKind.DATE:
        return date
    if spec.kind is FactKind.CHOICE and not spec.is_open:
        return Literal[(*(choice.name for choice in spec.choices), False)]
    if spec.kind in (FactKind.CHOICES, FactKind.NAMES):
        return tuple[str, ...]
    if spec.kind is FactKind.TABLE:
        return tuple[dict[str, str | Decimal | None], ...]
    return str | Literal[False]  # False: there is none


def _description(spec: FactSpec) -> str:
    units = {FactKind.AREA: "㎡", FactKind.MONEY: "万元", FactKind.PERCENT: "%"}
    unit = units.get(spec.kind, spec.unit)
    return "；".join(part for part in (spec.group, f"单位：{unit}" if unit else "", spec.note) if part)


def _plain(value: Value | None) -> object:
    if isinstance(value, Table):
        return tuple(dict(zip(value.columns, row, strict=True)) for row in value.rows)
    return value
