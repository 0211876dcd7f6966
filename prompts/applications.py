"""Templates of application documents: sections, what each must say, which facts and clauses it needs.

One TOML file a document in `templates/`. The data is reviewed against the documents: each clause by
its address with a verbatim quote, which a test looks up. Imports nothing of ours but the loader of
fixed sentences, whose error it shares.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from prompts.library import TemplateError

REFERENCE_ONLY = "格式参照，非文件规定"
"""The mark of a section whose place in the document no text prescribes."""

_FIELD = re.compile(r"\{(\w+)\}")
_Choice = TypeVar("_Choice", bound=StrEnum)


class Need(StrEnum):
    """Whether a section may be left out."""

    REQUIRED = "必"  # a clause says so, or it follows from one
    OPTIONAL = "选"  # custom; may be left out


class ClauseKind(StrEnum):
    """What a clause is to a section."""

    CONTENT = "内容"  # it prescribes that this document has this content
    DEMAND = "要求"  # what the project must, should or must not do
    SUPPORT = "支持"  # what may be granted or permitted, with its preconditions
    TARGET = "目标"  # planned figures; 左右 and years stay as they are
    DEFINITION = "定义"  # what a word means


class Layout(StrEnum):
    """How the document is laid out."""

    OFFICIAL = "official"  # 公文
    AGREEMENT = "agreement"  # 合同: 第一条, no 版头
    TABLE = "table"  # a form


@dataclass(frozen=True, slots=True)
class ClauseNeed:
    """A clause a section rests on: its address, a verbatim quote, the rule that checks it."""

    kind: ClauseKind
    clause_id: str  # doc_id#path
    quote: str
    rule_id: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its title, what it must say, and what that takes."""

    key: str
    title: str
    need: Need
    content: str  # one sentence: what must be clear after reading it
    facts: tuple[str, ...]  # keys of the fact dictionary; one that is missing becomes a blank
    optional_facts: tuple[str, ...]  # used where they are known
    clauses: tuple[ClauseNeed, ...]
    annex: bool = False

    @property
    def prescribed_by(self) -> tuple[ClauseNeed, ...]:
        """The clauses that prescribe this content for this document; empty for most."""
        return tuple(clause for clause in self.clauses if clause.kind is ClauseKind.CONTENT)

    @property
    def mark(self) -> str:
        """格式参照，非文件规定 where no text prescribes the section; else empty."""
        return "" if self.prescribed_by else REFERENCE_ONLY

    @property
    def kinds(self) -> tuple[ClauseKind, ...]:
        """The kinds of clauses the section needs, each once, in the order of `ClauseKind`."""
        return tuple(kind for kind in ClauseKind if any(clause.kind is kind for clause in self.clauses))


@dataclass(frozen=True, slots=True)
class ApplicationTemplate:
    """One kind of document: who writes it to whom, in which form, with which sections."""

    template_id: str
    title: str
    heading: str  # the title of a document, with facts in braces
    jurisdiction: str  # GB/T 2260
    document_type: str  # 文种
    layout: Layout
    prepared_by: str
    submitted_to: str
    carrier: str  # what carries it: 方案 and 办法 are sent with a 函 or 报告
    sections: tuple[Section, ...]
    clauses: tuple[ClauseNeed, ...]  # of the document as a whole
    recipient: str | None = None  # 主送机关, where it is plain
    depth: str | None = None
    closing: str | None = None  # 结语
    requires: tuple[str, ...] = ()  # facts that must be true or present first
    notes: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact a section asks for, each once, in reading order; then those used if known."""
        asked = (fact for section in self.sections for fact in section.facts)
        known = (fact for section in self.sections for fact in section.optional_facts)
        return tuple(dict.fromkeys((*_FIELD.findall(self.heading), *self.requires, *asked, *known)))


@cache
def application_templates() -> tuple[ApplicationTemplate, ...]:
    """All templates, by jurisdiction (the nation first) and id.

    Raises:
        TemplateError: a file is not as it should be, or two share an id.
    """
    folder = resources.files("prompts").joinpath("templates")
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    read = tuple(read_application(file.read_text(encoding="utf-8"), file.name) for file in files)
    twice = {
        one.template_id for one in read if sum(other.template_id == one.template_id for other in read) > 1
    }
    if twice:
        raise TemplateError(f"template ids used twice: {sorted(twice)}")
    return tuple(sorted(read, key=lambda one: (one.jurisdiction, one.template_id)))


def application_template(name: str) -> ApplicationTemplate | None:
    """The template that goes by an id (any case) or by its title; None where none or several do."""
    wanted = name.strip().casefold()
    known = application_templates()
    exact = [one for one in known if one.template_id.casefold() == wanted]
    found = exact or [one for one in known if one.title == name.strip()]
    return found[0] if len(found) == 1 else None


_REQUIRED = frozenset(
    {
        *("id", "title", "heading", "jurisdiction", "document_type", "layout"),
        *("prepared_by", "submitted_to", "carrier", "clauses", "sections"),
    }
)
_ALLOWED = _REQUIRED | {"recipient", "depth", "closing", "requires", "notes"}
_SECTION_REQUIRED = frozenset(("key", "title", "need", "content", "facts", "clauses"))
_SECTION_ALLOWED = _SECTION_REQUIRED | {"optional_facts", "annex"}


def read_application(source: str, name: str) -> ApplicationTemplate:
    """The template a TOML text holds; `name` is for messages.

    Raises:
        TemplateError: not TOML, keys missing or unknown, a wrong value, a section named twice.
    """
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as exc:
        raise TemplateError(f"{name}: not TOML: {exc}") from exc
    _check_keys(table, _REQUIRED, _ALLOWED, name)
    sections = tuple(_section(one, name) for one in table["sections"])
    keys = [section.key for section in sections]
    if not sections or len(set(keys)) != len(keys):
        raise TemplateError(f"{name}: needs sections, each with a key of its own")
    return ApplicationTemplate(
        template_id=table["id"],
        title=table["title"],
        heading=table["heading"],
        jurisdiction=table["jurisdiction"],
        document_type=table["document_type"],
        layout=_member(Layout, table["layout"], name),
        prepared_by=table["prepared_by"],
        submitted_to=table["submitted_to"],
        carrier=table["carrier"],
        sections=sections,
        clauses=_clauses(table["clauses"], name),
        recipient=table.get("recipient"),
        depth=table.get("depth"),
        closing=table.get("closing"),
        requires=tuple(table.get("requires", ())),
        notes=tuple(table.get("notes", ())),
    )


def _section(table: Mapping[str, Any], name: str) -> Section:
    _check_keys(table, _SECTION_REQUIRED, _SECTION_ALLOWED, f"{name}: section {table.get('key')}")
    return Section(
        key=table["key"],
        title=table["title"],
        need=_member(Need, table["need"], name),
        content=table["content"],
        facts=tuple(table["facts"]),
        optional_facts=tuple(table.get("optional_facts", ())),
        clauses=_clauses(table["clauses"], name),
        annex=bool(table.get("annex", False)),
    )


def _clauses(tables: list[Mapping[str, str]], name: str) -> tuple[ClauseNeed, ...]:
    out = []
    for table in tables:
        _check_keys(
            table, frozenset(("kind", "at", "quote")), frozenset(("kind", "at", "quote", "rule")), name
        )
        out.append(
            ClauseNeed(
                _member(ClauseKind, table["kind"], name), table["at"], table["quote"], table.get("rule")
            )
        )
    return tuple(out)


def _check_keys(
    table: Mapping[str, Any], required: frozenset[str], allowed: frozenset[str], name: str
) -> None:
    missing, unknown = required - table.keys(), table.keys() - allowed
    if missing or unknown:
        raise TemplateError(f"{name}: missing {sorted(missing)}, unknown {sorted(unknown)}")


def _member(kind: type[_Choice], value: str, name: str) -> _Choice:
    try:
        return kind(value)
    except ValueError as exc:
        raise TemplateError(f"{name}: {value!r} is none of {', '.join(kind)}") from exc
