"""A draft and its facts as one text, for the catalog; read back it is the same, object for object.

JSON with the name of the type beside its fields. Only the types listed can be read, so a text that
somebody changed makes no other object.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from assistant.drafting.types import (
    Breach,
    ClauseUse,
    Draft,
    DraftSection,
    FactUse,
    Gate,
    SectionStatus,
)
from assistant.export.official import Alignment, Blank, Column, Heading, Paragraph, Table, Text
from assistant.facts.types import Fact, FactSheet, Source
from assistant.facts.types import Table as FactTable
from assistant.types import Citation
from indexing.errors import DamagedRecord

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What a version holds: the draft and the facts it was written from."""

    draft: Draft
    sheet: FactSheet


_TYPES: dict[str, type[Any]] = {
    "Kept": Kept,
    "Draft": Draft,
    "DraftSection": DraftSection,
    "FactUse": FactUse,
    "ClauseUse": ClauseUse,
    "Breach": Breach,
    "Text": Text,
    "Blank": Blank,
    "Heading": Heading,
    "Paragraph": Paragraph,
    "Column": Column,
    "Table": Table,
    "Citation": Citation,
    "FactSheet": FactSheet,
    "Fact": Fact,
    "Source": Source,
    "FactTable": FactTable,
}
_ENUMS: dict[str, type[StrEnum]] = {
    "Gate": Gate,
    "SectionStatus": SectionStatus,
    "Alignment": Alignment,
}
_NAMES = {kind: name for name, kind in (*_TYPES.items(), *_ENUMS.items())}


def to_text(kept: Kept) -> str:
    """The JSON text of a version; the same object gives the same text."""
    return json.dumps({"format": FORMAT, "kept": _plain(kept)}, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Kept:
    """The version a text holds.

    Raises:
        DamagedRecord: the text is not one of ours, or of a newer program.
    """
    try:
        entry = json.loads(text)
        if entry["format"] > FORMAT:
            raise DamagedRecord("这份草稿由更新版本的策问保存，请升级程序后再打开。")
        kept = _object(entry["kept"])
    except (ValueError, TypeError, KeyError, ArithmeticError) as exc:
        raise DamagedRecord("这一版草稿的内容无法读取，请打开其他版本。") from exc
    if not isinstance(kept, Kept):
        raise DamagedRecord("这一版草稿的内容无法读取，请打开其他版本。")
    return kept


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {"is": _NAMES[type(value)], **parts}
    match value:
        case StrEnum():
            return {"is": _NAMES[type(value)], "value": value.value}
        case Decimal():
            return {"is": "Decimal", "value": str(value)}
        case date():
            return {"is": "date", "value": value.isoformat()}
        case tuple():
            return [_plain(each) for each in value]
        case Mapping():
            return {"is": "map", "pairs": [[key, _plain(each)] for key, each in value.items()]}
        case bool() | int() | float() | str() | None:
            return value
    raise TypeError(f"nothing of a draft: {type(value).__name__}")


def _object(value: object) -> Any:  # noqa: ANN401 - whatever was kept
    if isinstance(value, list):
        return tuple(_object(each) for each in value)
    if not isinstance(value, dict):
        return value
    parts = dict(value)
    name = parts.pop("is")
    match name:
        case "Decimal":
            return Decimal(parts["value"])
        case "date":
            return date.fromisoformat(parts["value"])
        case "map":
            return {key: _object(each) for key, each in parts["pairs"]}
    if name in _ENUMS:
        return _ENUMS[name](parts["value"])
    return _TYPES[name](**{key: _object(each) for key, each in parts.items()})
