"""Loads the fixed sentences of the assistant and the prompts for a model, and checks their placeholders.

Every Chinese sentence a user reads that is not a quote stands in `frames.toml`, what a language model
is told in `writing.toml`, each with the fields it needs beside it. Imports nothing of ours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_FIELD = re.compile(r"\{([^{}]*)\}")


class TemplateError(ValueError):
    """A template or its filling is wrong: our mistake, met by the test that loads them all."""


@dataclass(frozen=True, slots=True)
class Template:
    """One sentence with named gaps."""

    name: str
    text: str
    fields: frozenset[str]

    def fill(self, values: Mapping[str, str]) -> str:
        """The sentence with its gaps filled; values are put in as they are, braces included.

        Raises:
            TemplateError: a field is missing or unknown.
        """
        if self.fields != values.keys():
            missing, unknown = self.fields - values.keys(), values.keys() - self.fields
            raise TemplateError(f"{self.name}: missing {sorted(missing)}, unknown {sorted(unknown)}")
        return _FIELD.sub(lambda field: values[field.group(1)], self.text)


def read_templates(source: str) -> dict[str, Template]:
    """Templates of a TOML text: one table a template, with `text` and `fields`.

    Raises:
        TemplateError: not TOML, a key is missing, or fields and placeholders differ.
    """
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as exc:
        raise TemplateError(f"templates are not TOML: {exc}") from exc
    return {name: _template(name, table) for name, table in tables.items()}


@dataclass(frozen=True, slots=True)
class Prompts:
    """Prompts that belong together, and the version of their wording."""

    version: str
    templates: Mapping[str, Template]

    def fill(self, name: str, **values: str) -> str:
        """The prompt `name` with its fields filled, without blank lines around it.

        Raises:
            TemplateError: no such prompt, or the fields do not fit.
        """
        template = self.templates.get(name)
        if template is None:
            raise TemplateError(f"no prompt named {name!r}")
        return template.fill(values).strip("\n")


def read_prompts(source: str) -> Prompts:
    """Prompts of a TOML text: `version`, and templates as in `read_templates`.

    Raises:
        TemplateError: not TOML, no version, a key is missing, or fields and placeholders differ.
    """
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as exc:
        raise TemplateError(f"prompts are not TOML: {exc}") from exc
    version = tables.pop("version", None)
    if not isinstance(version, str) or not version:
        raise TemplateError("prompts need a version")
    return Prompts(version, {name: _template(name, table) for name, table in tables.items()})


def _template(name: str, table: object) -> Template:
    if not isinstance(table, dict) or set(table) != {"text", "fields"}:
        raise TemplateError(f"{name}: needs exactly text and fields")
    text, fields = str(table["text"]), frozenset(map(str, table["fields"]))
    placeholders = frozenset(_FIELD.findall(text))
    if placeholders != fields:
        raise TemplateError(f"{name}: text has {sorted(placeholders)}, fields say {sorted(fields)}")
    return Template(name, text, fields)


@cache
def frames() -> dict[str, Template]:
    """The fixed frames of answers and refusals, by name."""
    return read_templates(resources.files("prompts").joinpath("frames.toml").read_text(encoding="utf-8"))


@cache
def writing() -> Prompts:
    """What a language model is told when it writes or checks an answer."""
    return read_prompts(resources.files("prompts").joinpath("writing.toml").read_text(encoding="utf-8"))


def fill(name: str, **values: str) -> str:
    """The frame `name` with its fields filled.

    >>> fill("no_city", place="广州市")
    '库内没有广州市的政策文件，无法回答；加入当地文件后可再问。'

    Raises:
        TemplateError: no such frame, or the fields do not fit.
    """
    template = frames().get(name)
    if template is None:
        raise TemplateError(f"no frame named {name!r}")
    return template.fill(values)


@cache
def phrasing_prompt() -> Template:
    """What a language model is told when it writes how people might ask for a clause."""
    source = resources.files("prompts").joinpath("phrasing.toml").read_text(encoding="utf-8")
    return read_templates(source)["ask"]
