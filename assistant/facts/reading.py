"""A project's facts, read from what an officer wrote: `read_facts` takes YAML, JSON, text, .xlsx or .docx.

Every fact keeps the file, the place and the words it came from. What cannot be used is said in
`Reading.issues`, what could not be placed in `Reading.unplaced`; nothing is dropped in silence,
and two statements that contradict each other leave the fact unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from assistant.errors import UnreadableFacts
from assistant.facts.checks import check_facts_together, derive, stated_values
from assistant.facts.dates import UnwrittenYear
from assistant.facts.dictionary import dictionary
from assistant.facts.entries import Entry, json_entries, line_entries, text_entries, yaml_entries
from assistant.facts.merging import Found, merged
from assistant.facts.office import document_entries, workbook_entries
from assistant.facts.places import codes_of, foreign, with_jurisdiction
from assistant.facts.placing import place
from assistant.facts.schema import schema_issues
from assistant.facts.types import FactKind, FactSheet, Issue, Reading, Severity, Source, Unplaced
from indexing.errors import UnreadableDocument
from indexing.files import reason
from indexing.readers.decoding import decode

SUFFIXES = (".yaml", ".yml", ".json", ".txt", ".md", ".xlsx", ".docx")
MAX_BYTES = 20 * 1024 * 1024
_TITLE_CHARS = 60
# "申请放宽|；论证报告：|市建研院出具": a label of its own inside the words of another
_GOES_ON = re.compile(r"[；;。，,\n]\s*(?P<label>[^：:，,。；;“”\n]{2,16})[：:]")


def read_facts(path: Path) -> Reading:
    """The facts a file states, with all that should be confirmed.

    Raises:
        UnreadableFacts: the file is missing, too large, damaged, or of another format.
    """
    data, name = _bytes_of(path), path.name
    suffix = path.suffix.lower()
    known = dictionary()
    if suffix == ".xlsx":
        entries = workbook_entries(data, name, known)
    elif suffix == ".docx":
        entries = document_entries(data, name, known)
    else:
        text = _text_of(data, name)
        read = {".json": json_entries, ".yaml": yaml_entries, ".yml": yaml_entries}.get(suffix, text_entries)
        entries = read(text, known)
    return read_entries(entries, name)


def _text_of(data: bytes, name: str) -> str:
    if not data.strip():
        raise UnreadableFacts(f"“{name}”是空文件，请填写后再读。")
    try:
        return decode(data, name)[0]
    except UnreadableDocument as exc:
        raise UnreadableFacts(f"“{name}”不是可识别的文本文件，请另存为 UTF-8 文本后再读。") from exc


def read_entries(entries: Iterable[Entry], name: str) -> Reading:
    """The facts that labels and words state; `name` is the file, for the sources."""
    found, year = Found(), UnwrittenYear()
    for entry in (piece for each in entries for piece in _pieces(each)):
        dated, filled = year.filled(entry.words, entry.place)
        before = len(found.stated)
        place(replace(entry, words=dated), name, found)
        if filled and any(each.spec.kind is FactKind.DATE for each in found.stated[before:]):
            source = Source(name, entry.place, entry.words[:200])
            message = f"{entry.place}“{filled}”没有写年份，按同一处上文的 {year.year} 年读入，请核对。"
            found.issues.append(Issue(Severity.WARNING, message, None, source))
    sheet = merged(found)
    sheet = _of_the_place(with_jurisdiction(sheet, found))
    found.issues += foreign(sheet)
    found.issues += schema_issues(sheet)
    values = stated_values(sheet)
    derive(values, codes_of(sheet))
    found.issues += check_facts_together(values)
    return Reading(sheet, tuple(dict.fromkeys(found.issues)), tuple(_unread(sheet, found)))


def _of_the_place(sheet: FactSheet) -> FactSheet:
    """Of two facts read from the same words the one the place's documents know.

    分散型 is a kind of 民生幸福共同体 in Hangzhou; elsewhere it is how a project is laid out.
    """
    known, codes = dictionary(), set(codes_of(sheet))
    facts = dict(sheet.facts)
    for key, fact in sheet.facts.items():
        own = known.spec(key)
        if own.kind is not FactKind.CHOICE or not own.jurisdictions:
            continue
        for other, beside in sheet.facts.items():
            general = known.spec(other)
            alike = general.kind is FactKind.CHOICE and not general.jurisdictions
            if alike and beside.source.place == fact.source.place and str(fact.value) in beside.source.words:
                facts.pop(other if codes & set(own.jurisdictions) else key, None)
    return FactSheet(facts)


def _unread(sheet: FactSheet, found: Found) -> Iterable[Unplaced]:
    """What could not be placed, without a title that named the project's place: 重庆市渝中区某项目."""
    named = {
        (fact.source.place, fact.source.words)
        for key, fact in sheet.facts.items()
        if key in ("jurisdiction", "district") and len(fact.source.words) <= _TITLE_CHARS
    }
    for each in found.unplaced:
        is_title = (each.source.place, each.source.words) in named
        if not is_title or re.search(r"[\d：:。；]", each.source.words):
            yield each


def _pieces(entry: Entry) -> Iterable[Entry]:
    """An entry, or the labelled pieces its words go on with: 放宽面积 | 申请放宽；论证报告：市建研院出具."""
    known = dictionary()
    label = known.find(entry.label) if entry.label else None
    if entry.table or label is None or label.spec.kind is FactKind.TABLE or entry.origin or entry.unit:
        return (entry,)
    further = [found["label"] for found in _GOES_ON.finditer(entry.words)]
    if not any((other := known.find(each)) and other.spec is not label.spec for each in further):
        return (entry,)
    return line_entries(f"{entry.label}：{entry.words}", entry.place, known)


def _bytes_of(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableFacts(f"{path.name} 的格式暂不支持，事实表可以是 {'、'.join(SUFFIXES)} 文件。")
    try:
        if not path.is_file():
            raise UnreadableFacts(f"找不到文件 {path}，请检查路径。")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFacts(f"{path.name} 超过 {MAX_BYTES // 1024 // 1024} MB，请拆分后再读。")
        return path.read_bytes()
    except OSError as exc:
        raise UnreadableFacts(f"读不了文件 {path}（{reason(exc)}），请检查权限。") from exc
