"""The settings table as options before the command: `cewen --encoder /models/bge-m3 ask …`.

Made from `indexing.setting_table.OPTIONS`, so that no setting can be added without its flag.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from indexing.setting_table import OPTIONS, Option, typed

_OWN = frozenset({"home", "corpus", "host", "port"})
"""Settings whose flag a command declares itself."""

_PANEL = "设置（写在命令之前；也可用环境变量或 config.toml）"
_TABLE = {option.name: option for option in OPTIONS}


def with_setting_flags(start: Callable[..., None]) -> Callable[..., None]:
    """`start` with one option for each setting that has none yet; given as keywords, None where not typed."""
    declared = [
        parameter
        for parameter in inspect.signature(start, eval_str=True).parameters.values()
        if parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    added = [
        inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_flag(option))
        for option in OPTIONS
        if option.name not in _OWN
    ]
    start.__signature__ = inspect.Signature([*declared, *added])  # type: ignore[attr-defined]
    return start


def given_settings(values: Mapping[str, str | None]) -> dict[str, object]:
    """What was typed, by setting, numbers as numbers; the settings themselves check it."""
    return {name: typed(_TABLE[name], text) for name, text in values.items() if text is not None}


def _flag(option: Option) -> object:
    kinds = {int: "整数", Path: "路径"}
    ending = "" if option.default in {"无", "不使用"} else f"，默认{_spaced(option.default)}"
    return Annotated[
        str | None,
        typer.Option(
            option.flag,
            metavar=kinds.get(option.kind, "文字"),
            show_default=False,
            rich_help_panel=_PANEL,
            help=_breakable(f"{option.help}{ending}。"),
        ),
    ]


def _spaced(default: str) -> str:
    """A Latin default stands apart from the Chinese before it."""
    return f" {default}" if default[0].isascii() else default


def _breakable(sentence: str) -> str:
    """With a space after each mark: rich breaks lines at spaces only and cuts off what is longer.

    >>> _breakable("文件夹，或已在本机缓存的模型名。")
    '文件夹， 或已在本机缓存的模型名。'
    """
    return re.sub(r"(?<=[，；、：）])(?=[^，；、：])|(?=（)", " ", sentence)
