"""How sections are worded without a model: sentences with facts in braces, conditions, tables.

`drafting/phrases.toml` says what a fact is called inside a sentence, `drafting/wording.toml` how a
judged requirement is put, `drafting/sections/*.toml` what each section of a template says. Read and
checked here; conditions are checked by whoever evaluates them. Imports nothing of ours but the loader
of fixed sentences, whose error it shares.

In a sentence

    {key}      the value of a fact; a blank where it is not known
    {+key}     the fact as a phrase (phrases.toml)
    {~RULE}    what the rules found, as the tail of a sentence: ，符合《…》“…”的要求
    {"RULE}    《…》“quote”, with its footnote
    {^RULE}    the footnote alone
    {=key}     the arithmetic of a computed fact
    {%key|甲|乙}  the parts of a fact's text that name 甲 or 乙; a blank where none does
    {?名称}    a blank for what no fact of the dictionary says
    {&RULE}    《…》, the short name of the document
    [...]      left out unless every fact in it is known, and not an explicit 无
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from prompts.library import TemplateError

FIELD = re.compile(r"\{(?P<sign>[+=~\"^&?%]?)(?P<name>[^{}\s+=~\"^&?%][^{}\s]*)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fact inside a sentence; `{v}` stands for its value. `no` is for an explicit 否 or 无."""

    yes: str
    no: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the condition under which it is said, and what is said instead."""

    text: str
    when: str = ""
    otherwise: str = ""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Sign and name of every field, in order."""
        found = FIELD.finditer(self.text + self.otherwise)
        return tuple((one.group("sign"), one.group("name")) for one in found)


@dataclass(frozen=True, slots=True)
class TableFrame:
    """A table made of a fact that is one; `total` is the fact said to be its sum."""

    fact: str
    caption: str
    columns: tuple[str, ...] = ()
    total: str = ""
    when: str = ""
    keep: tuple[str, ...] = ()  # columns that stand though nothing is known in them
    heads: tuple[str, ...] = ()  # what `columns` are called here, where not by their own names


@dataclass(frozen=True, slots=True)
class FunctionsFrame:
    """A heading for each function: `groups` as the text calls them, with the functions they mean.

    `columns` are those of 分功能明细 that each must have. Without groups, one for each function set up.
    """

    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    absent: str = ""  # for a group none of whose functions is set up


@dataclass(frozen=True, slots=True)
class AnnexFrame:
    """Where an annex of its own begins, under this title."""

    title: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class RowsFrame:
    """A table whose rows are ours: each cell a sentence without its stop, filled in like any other."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]


Part = tuple[Sentence, ...] | TableFrame | RowsFrame | FunctionsFrame | AnnexFrame
"""A paragraph, a table, or headings with a paragraph each."""


@dataclass(frozen=True, slots=True)
class SectionFrame:
    """What a section says, in order. `silent` are rules it leaves to the tables beside the draft.

    A `bare` section has no heading in the document: 结语 is a section to its writer, a line to its reader.
    """

    parts: tuple[Part, ...]
    silent: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFrame:
    """The frames of one template: the opening and each section by key."""

    template_id: str
    opening: str
    sections: Mapping[str, SectionFrame]
    signed_by: tuple[str, ...] = ("applicant_org",)  # facts that may name who signs, the first known one does
    subject: str = "项目"  # of whom a paragraph speaks that begins with what was done: 已形成资源清单


@cache
def phrases() -> Mapping[str, Phrase]:
    """What facts are called inside sentences, by key.

    Raises:
        TemplateError: the file is not as it should be.
    """
    table = _read("phrases.toml")
    return {key: Phrase(**_only(value, ("yes", "no"), key)) for key, value in table.items()}


@cache
def wording() -> Mapping[str, Any]:
    """The tables of wording.toml: how findings are put, and the words that gates look for."""
    return _read("wording.toml")


@cache
def plain() -> Mapping[str, Any]:
    """Words and signs that say nothing of any project, and people who may do what anybody may."""
    table = _only(_read("plain.toml"), ("words", "telling", "people", "signs"), "plain.toml")
    lists = {name: frozenset(table[name]) for name in ("words", "telling", "signs")}
    return {**lists, "people": table["people"]}


@cache
def claims() -> tuple[tuple[str, str], ...]:
    """Classes of words that state a deed or a state: patterns of what claims it, and bears it out."""
    table = _only(_read("claims.toml"), ("claims",), "claims.toml")
    pairs = (each if isinstance(each, list) else [each, ""] for each in table["claims"])
    return tuple((said, f"{said}|{also}" if also else said) for said, also in pairs)


@cache
def document_frame(template_id: str) -> DocumentFrame:
    """The frames of a template.

    Raises:
        TemplateError: there are none, or they are not as they should be.
    """
    table = _read(f"sections/{template_id}.toml")
    opening = str(table.pop("opening", ""))
    signed_by = tuple(table.pop("signed_by", ("applicant_org",)))
    subject = str(table.pop("subject", "项目"))
    frames = {key: _section(value, f"{template_id}.{key}") for key, value in table.items()}
    return DocumentFrame(template_id, opening, frames, signed_by, subject)


def _section(table: Mapping[str, Any], name: str) -> SectionFrame:
    _only(table, ("parts", "silent", "bare"), name)
    parts = tuple(_part(each, name) for each in table.get("parts", ()))
    return SectionFrame(parts, tuple(table.get("silent", ())), table.get("bare", False))


def _part(entry: object, name: str) -> Part:
    if isinstance(entry, list):
        return tuple(_sentence(each, name) for each in entry)
    if isinstance(entry, str):
        return (_sentence(entry, name),)
    if not isinstance(entry, dict):
        raise TemplateError(f"{name}: neither words nor a table: {entry!r}")
    if "table" in entry:
        _only(entry, ("table", "caption", "columns", "total", "when", "keep", "heads"), name)
        columns, heads = tuple(entry.get("columns", ())), tuple(entry.get("heads", ()))
        if heads and len(heads) != len(columns):
            raise TemplateError(f"{name}: {entry['caption']} has not as many heads as columns")
        return TableFrame(
            entry["table"],
            entry["caption"],
            columns,
            entry.get("total", ""),
            entry.get("when", ""),
            tuple(entry.get("keep", ())),
            heads,
        )
    if "rows" in entry:
        _only(entry, ("rows", "caption", "columns"), name)
        rows = tuple(tuple(_sentence(cell, name) for cell in row) for row in entry["rows"])
        if any(len(row) != len(entry["columns"]) for row in rows):
            raise TemplateError(f"{name}: a row of {entry['caption']} has not as many cells as columns")
        return RowsFrame(entry["caption"], tuple(entry["columns"]), rows)
    if "annex" in entry:
        _only(entry, ("annex", "when"), name)
        return AnnexFrame(entry["annex"], entry.get("when", ""))
    if "functions" in entry:
        _only(entry, ("functions", "groups", "absent"), name)
        groups = tuple((str(label), tuple(means)) for label, means in entry.get("groups", ()))
        return FunctionsFrame(tuple(entry["functions"]), groups, entry.get("absent", ""))
    return (_sentence(entry, name),)


def _sentence(entry: object, name: str) -> Sentence:
    if isinstance(entry, str):
        return Sentence(_balanced(entry, name))
    if not isinstance(entry, dict):
        raise TemplateError(f"{name}: not a sentence: {entry!r}")
    _only(entry, ("text", "when", "otherwise"), name)
    for text in (entry["text"], entry.get("otherwise", "")):
        _balanced(text, name)
    return Sentence(entry["text"], entry.get("when", ""), entry.get("otherwise", ""))


def _balanced(text: str, name: str) -> str:
    bare = FIELD.sub("", text)
    if "{" in bare or "}" in bare or bare.count("[") != bare.count("]"):
        raise TemplateError(f"{name}: not a field, or brackets that do not match: {text!r}")
    return text


def _only(table: Mapping[str, Any], known: tuple[str, ...], name: str) -> Mapping[str, Any]:
    unknown = set(table) - set(known)
    if unknown:
        raise TemplateError(f"{name}: unknown {sorted(unknown)}")
    return table


def _read(file: str) -> dict[str, Any]:
    path = resources.files("prompts").joinpath("drafting", *file.split("/"))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as exc:
        raise TemplateError(f"{file}: {exc}") from exc
