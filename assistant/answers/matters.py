"""The matters a document sets a body beside: 责任单位 in brackets, 牵头单位 and 配合单位 in columns.

Read from the cells and brackets themselves, so that the list is whole; a search would stop at the best rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.library import Library
from assistant.types import Citation, Statement
from assistant.writing.citing import cite
from assistant.writing.writer import cell_spans, place_of, readable
from indexing.folding import fold_tight
from indexing.sentences import split_sentences
from indexing.thesaurus import thesaurus
from indexing.types import Clause, Document, Level, Span
from prompts.library import fill

ROLES = ("牵头单位", "责任单位", "配合单位")
"""The columns in which bodies stand."""

_NAME_CHARS = 3  # a cell no longer than this is a number or a mark
_SHORT_NAME = 4  # characters from which a name may be another one shortened: 住房城乡建委, 规划资源局
_SUBJECT = re.compile(r"^[^，,；;。：:\n]{2,30}(?=[：:])")
_NAMES = re.compile(r"[^、，,；;\s]+")
_AMONG_OTHERS = re.compile(r"等[^、，,；;]{0,10}$")
_LEVEL = re.compile(
    r"^(?:(?P<nation>国家|国务院|中央)|(?P<province>省级?)|(?P<city>市级?)|(?P<district>各?区县?|县))"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body asked about: how documents may call it, and its level where the question says one."""

    name: str
    forms: tuple[str, ...]
    level: str | None  # nation, province, city or district; None where not said


def body_named(name: str) -> Body:
    """The body that a folded name is of: 市卫健委 is the 卫生健康委 of a city."""
    level = _LEVEL.match(name)
    bare = name[level.end() :] if level and len(name) - level.end() > 1 else name
    known = thesaurus().get(bare)
    forms = dict.fromkeys((bare, *known.forms, *known.related) if known else (bare,))  # 卫健委: 卫生健康部门
    return Body(name, tuple(forms), level.lastgroup if level and bare != name else None)


def set_beside(
    body: Body,
    document: Document,
    library: Library,
    *,
    roles: Collection[str] = ROLES,
    parts: Collection[str] = (),
) -> list[Statement]:
    """One statement a role: the matters at which a document sets the body in brackets or a column.

    Args:
        body: asked about.
        document: of the library.
        library: what it stands in.
        roles: those to be told, of `ROLES`.
        parts: of the document to be read; all where empty.
    """
    by_role: dict[str, list[tuple[str, str, Citation, Citation]]] = {}
    for clause in library.clauses(document.doc_id):
        for role, name, span in _roles(body, clause):
            subject = subject_of(clause, library)
            if subject is None or role not in roles or (parts and clause.part not in parts):
                continue
            cited = (_cite(document, subject, clause, library), _cite(document, span, clause, library))
            matter = readable(document.text[slice(*subject)])
            by_role.setdefault(role, []).append((matter, name, *cited))
    return [_statement(role, found, document) for role, found in by_role.items()]


def _statement(
    role: str, found: Sequence[tuple[str, str, Citation, Citation]], document: Document
) -> Statement:
    matters = list(dict.fromkeys(matter for matter, _, _, _ in found))
    names = list(dict.fromkeys(name for _, name, _, _ in found))
    citations = tuple(dict.fromkeys(one for _, _, *both in found for one in both))
    listed = "；".join(matter.rstrip("。；") for matter in matters)
    text = fill("duty_matters", place=place_of(document), body="、".join(names), role=role, matters=listed)
    return Statement(text, citations)


def _roles(body: Body, clause: Clause) -> Iterator[tuple[str, str, Span]]:
    """(role, the body's name there, its span) for each time a clause of its own is set beside the body."""
    if not clause.is_unit:
        return
    for role, name in _names_beside(clause):
        at = clause.text.rfind(name)
        if at >= 0 and _is_same(body, fold_tight(name)):
            yield role, name, (clause.start + at, clause.start + at + len(name))


def _names_beside(clause: Clause) -> list[tuple[str, str]]:
    """(role, name) of the bodies set beside a clause: those of its columns, or of its brackets."""
    columns = [(column, value) for column, value in clause.cells if column in ROLES]
    if not columns:
        return [("责任单位", name) for name in clause.responsible]
    return [
        (column, _AMONG_OTHERS.sub("", name.group()))
        for column, value in columns
        for name in _NAMES.finditer(value)
    ]


def _is_same(body: Body, name: str) -> bool:
    """Whether a name in a list of bodies is the one asked about: 市住房城乡建委 is 住建委."""
    named = _LEVEL.match(name)
    if body.level and named and named.lastgroup != body.level:
        return False
    bare = name[named.end() :] if named else name
    return any(
        bare == form or (len(form) > 3 and bare.startswith(form)) or _is_shortened(bare, form)
        for form in body.forms
    )


def _is_shortened(one: str, other: str) -> bool:
    """Whether one of two names is the other with characters left out: 住房城乡建委 of 住房城乡建设委."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORT_NAME or short[:2] != long[:2]:
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def subject_of(clause: Clause, library: Library) -> Span | None:
    """What a clause is about in its own words: its heading, or what a cell opens with; None for neither.

    The lines of a row that has several, each with bodies of its own, go by what each of them says.
    """
    if clause.heading and clause.heading in clause.text:
        start = clause.start + clause.text.index(clause.heading)
        return start, start + len(clause.heading)
    cells = [
        (start, words)
        for start, end in (cell_spans(clause) if clause.cells else [])
        if len(words := clause.text[start - clause.start : end - clause.start]) > _NAME_CHARS
    ]
    row = library.parent(clause) if clause.level is Level.SUBROW else None
    if row is not None and len(library.children(row)) > 1:
        cells = sorted(cells, key=lambda cell: -len(cell[1]))[:1]
    for start, words in cells:  # "容积率奖励：对增加公共服务功能的…" names itself; its group stands before it
        if opening := _SUBJECT.match(words):
            return start, start + opening.end()
    return next(((start, start + split_sentences(words)[0][1]) for start, words in cells), None)


def _cite(document: Document, span: Span, clause: Clause, library: Library) -> Citation:
    return cite(document, library.narrowest(clause, span), *span)
