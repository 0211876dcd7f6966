"""A project's facts, read from what an officer wrote: `read_facts` takes YAML, JSON, text, .xlsx or .docx.

Every fact keeps the file, the place and the words it came from. What cannot be used is said in
`Reading.issues`, what could not be placed in `Reading.unplaced`; nothing is dropped in silence,
and two statements that contradict each other leave the fact unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from assistant.errors import UnreadableFacts
from assistant.facts.checks import check_facts_together, derive, stated_values
from assistant.facts.dictionary import FactDictionary, Label, dictionary
from assistant.facts.entries import Entry, json_entries, text_entries, yaml_entries
from assistant.facts.labels import fuller_labels, split_label
from assistant.facts.merging import Found, Rank, Stated, merged
from assistant.facts.numbers import BadWords, UnwrittenYear, dates_in
from assistant.facts.office import document_entries, workbook_entries
from assistant.facts.places import codes_of, foreign, with_jurisdiction
from assistant.facts.privacy import personal_warnings
from assistant.facts.schema import schema_issues
from assistant.facts.tables import read_table, shared_columns, words_to_table
from assistant.facts.text import MAX_SCANNED, TextReader
from assistant.facts.types import (
    FactKind,
    FactSpec,
    Issue,
    Match,
    Reading,
    Severity,
    Source,
    Table,
    Unplaced,
)
from assistant.facts.values import Read, read_value, said_flag
from indexing.errors import UnreadableDocument
from indexing.files import reason
from indexing.readers.decoding import decode

SUFFIXES = (".yaml", ".yml", ".json", ".txt", ".md", ".xlsx", ".docx")
MAX_BYTES = 20 * 1024 * 1024
MAX_FIELD_CHARS = 20_000  # a field of a fact sheet; what is longer is kept whole but not searched for facts
MAX_RUNNING = 60_000  # of unlabelled text in a file: some seconds of reading; what is longer is no fact sheet
_NUMBERS = (FactKind.NUMBER, FactKind.AREA, FactKind.MONEY, FactKind.PERCENT, FactKind.DATE)
# 房屋所有权：不变 says 是 of 所有权是否不变, though it begins like a 否
_UNCHANGED = re.compile(r"(?:保持|维持|均)?(?:不变|未变|不改变|不变更|未变更|不变动)")
_COMMA = re.compile(r"[，；;]")
_SPOKEN = 16  # a number with more words around it may state other numbers too
# one statement can be true of several of these: 需求清单、资源清单、项目清单：均已形成
_SHARED = (FactKind.EVIDENCE, FactKind.FLAG, FactKind.TEXT)
# "一、项目基本情况", "（二）功能设置": headings state nothing
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、]|#+)\s*[\u4e00-\u9fff]{2,12}\s*[:：]?$"
)


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
    for entry in entries:
        dated, filled = year.filled(entry.words, entry.place)
        before = len(found.stated)
        _place(replace(entry, words=dated), name, found)
        if filled and any(each.spec.kind is FactKind.DATE for each in found.stated[before:]):
            source = Source(name, entry.place, entry.words[:200])
            message = f"{entry.place}“{filled}”没有写年份，按同一处上文的 {year.year} 年读入，请核对。"
            found.issues.append(Issue(Severity.WARNING, message, None, source))
    sheet = merged(found)
    sheet = with_jurisdiction(sheet, found)
    found.issues += foreign(sheet)
    found.issues += schema_issues(sheet)
    values = stated_values(sheet)
    derive(values, codes_of(sheet))
    found.issues += check_facts_together(values)
    return Reading(sheet, tuple(dict.fromkeys(found.issues)), tuple(found.unplaced))


@cache
def _reader() -> TextReader:
    return TextReader(dictionary())


def _place(entry: Entry, name: str, found: Found) -> None:
    known = dictionary()
    words = entry.words if entry.origin is None else f"{entry.words}（来源：{entry.origin}）"
    shown = f"{entry.label}：{words}" if entry.label else words
    source = Source(name, entry.place, shown if len(shown) <= 200 else shown[:200] + "…")
    found.sources.append(source)
    for warning in personal_warnings(shown):
        found.issues.append(
            Issue(Severity.WARNING, f"{entry.place}：{warning}", None, replace(source, words=""))
        )
    label = _asked_label(entry, known)
    if label is None and _placed_by_parts(entry, source, found):
        return
    spec = label.spec if label else _by_columns(entry.table, known)
    if spec is None or spec.is_derived:
        if spec is not None:
            spec = None if f"{spec.key}_stated" not in known else known.spec(f"{spec.key}_stated")
        if spec is None:
            _place_text(entry, source, found)
            return
    unit = entry.unit or (label.unit if label else None)
    try:
        read = _read(spec, entry, unit)
    except BadWords as exc:
        _not_as_labelled(spec, exc, entry, source, found)
        return
    found.stated.append(Stated(spec, read, source, Rank.LABELLED))
    _also_stated(spec, entry, source, found)


def _asked_label(entry: Entry, known: FactDictionary) -> Label | None:
    """What the label stands for; 试点社区：是 answers 是否试点社区 and names no community."""
    if not entry.label:
        return None
    label = known.find(entry.label)
    if label and label.spec.kind in (FactKind.NAMES, FactKind.TEXT) and entry.words.strip() in ("是", "否"):
        asked = known.find(f"是否{entry.label}")
        return asked if asked and asked.spec.kind is FactKind.FLAG else label
    return label or _fuller_label(entry, known)


def _fuller_label(entry: Entry, known: FactDictionary) -> Label | None:
    """The fact of a label cut short (计划完工), where its words can be read as that fact's value."""
    if not entry.label or entry.table is not None or not 3 <= len(entry.label) <= 12:
        return None
    for fuller in fuller_labels(entry.label):
        label = known.find(fuller)
        if label is None or label.spec.is_derived or label.spec.kind is FactKind.TABLE:
            continue
        try:
            read_value(label.spec, entry.words, entry.unit)
        except BadWords:
            continue
        return label
    return None


def _placed_by_parts(entry: Entry, source: Source, found: Found) -> bool:
    """Whether an unknown label was several known ones, or asked for a known yes or no."""
    if not entry.label or entry.table is not None:
        return False
    known = dictionary()
    parts = [known.find(part) for part in split_label(entry.label)]
    if parts and all(part is not None and part.spec.kind in _SHARED for part in parts):
        for part in parts:
            if part is not None:
                _place(replace(entry, label=part.spec.label), source.file, found)
        return True
    asked = _reader().flag_of_label(entry.label)
    if asked is None:
        return False
    spec, affirms = asked
    try:
        read = read_value(FactSpec("", spec.label, FactKind.FLAG, ""), entry.words)
    except BadWords:
        return False
    value = read.value if affirms or not isinstance(read.value, bool) else not read.value
    found.stated.append(Stated(spec, replace(read, value=value), source, Rank.LABELLED))
    return True


def _not_as_labelled(spec: FactSpec, why: BadWords, entry: Entry, source: Source, found: Found) -> None:
    """Words that do not fit their label: other facts they state are kept, the rest is an error."""
    others = [match for match in _reader().matches(shown_words(entry)) if match.spec is not spec]
    taken = [match for match in others if _take(match, source, found)] if entry.table is None else []
    if taken and spec.kind is FactKind.CHOICE:
        labels = "、".join(dict.fromkeys(match.spec.label for match in taken))
        message = f"{entry.place}“{entry.label}”没有写明{spec.label}，按{labels}读入，请核对。"
        found.issues.append(Issue(Severity.WARNING, message, spec.key, source))
        return
    message = f"{entry.place}“{entry.label}”：{why}。"
    found.issues.append(Issue(Severity.ERROR, message, spec.key, source))
    found.stated.append(Stated(spec, Read(None, ("未能采用",)), source, Rank.LABELLED))


def _read(spec: FactSpec, entry: Entry, unit: str | None) -> Read:
    if spec.kind is FactKind.TABLE:
        return read_table(spec, entry.table, unit) if entry.table else words_to_table(spec, entry.words)
    if entry.table:
        return Read(_table_words(entry.table))
    if spec.kind is FactKind.FLAG and entry.label and _UNCHANGED.match(entry.words):
        return said_flag(spec, f"{entry.label}{entry.words}") or read_value(spec, entry.words, unit)
    return read_value(spec, entry.words, unit)


def _table_words(table: Table) -> str:
    return "；".join(
        "，".join(f"{name}：{cell}" for name, cell in zip(table.columns, row, strict=True) if cell)
        for row in table.rows
    )


def _also_stated(spec: FactSpec, entry: Entry, source: Source, found: Found) -> None:
    """What a value says besides: a date inside a paper, 由街道直接指定 beside 运营单位."""
    if spec.date_key:
        try:
            days = dates_in(entry.words)
        except BadWords:
            days = []
        if len(set(days)) == 1:
            found.stated.append(Stated(dictionary().spec(spec.date_key), Read(days[0]), source, Rank.INLINE))
    is_number = spec.kind in _NUMBERS and len(entry.words) < _SPOKEN and not _COMMA.search(entry.words)
    if entry.table is None and not is_number and 4 <= len(entry.words) <= MAX_FIELD_CHARS:
        for match in _reader().sayings(shown_words(entry)):
            alike = spec.choices and match.spec.choices == spec.choices  # 社区具备功能 is not the project's
            if match.spec is not spec and not alike:
                _take(match, source, found)
    elif len(entry.words) > MAX_FIELD_CHARS:
        size = f"{entry.place}“{entry.label}”有 {len(entry.words)} 字"
        message = f"{size}，已整段保留，未从中读取其他事实；请分项填写。"
        found.issues.append(Issue(Severity.WARNING, message, spec.key, source))


def shown_words(entry: Entry) -> str:
    """Label and words as one text, the way they stand on paper."""
    return f"{entry.label}：{entry.words}" if entry.label else entry.words


def _place_text(entry: Entry, source: Source, found: Found) -> None:
    """Running text, or a label we do not know: whatever facts its words state."""
    text = shown_words(entry) if entry.table is None else _table_words(entry.table)
    if found.running > MAX_RUNNING:
        message = f"没有标签的正文超过 {MAX_RUNNING} 字，其后的正文没有读；请逐项列出事实，或分几份文件读。"
        beyond = Issue(Severity.WARNING, message, None, Source(source.file, "全文", ""))
        found.issues += [] if beyond in found.issues else [beyond]
        return
    found.running += len(text)
    if len(text) > MAX_SCANNED:
        message = f"{entry.place}有 {len(text)} 字，只读了前 {MAX_SCANNED} 字；请拆分后再读其余部分。"
        found.issues.append(Issue(Severity.WARNING, message, None, source))
    matches = _reader().matches(text)
    taken = [match for match in matches if _take(match, source, found)]
    if not taken and _take_turned(entry, source, found):
        return
    if taken:
        found.unplaced += [Unplaced(replace(source, words=piece), ()) for piece in _left_over(text, taken)]
    elif not (entry.label is None and _HEADING.match(text)):
        nearest = dictionary().nearest(entry.label or text[:20])
        found.unplaced.append(Unplaced(source, nearest))


def _take_turned(entry: Entry, source: Source, found: Found) -> bool:
    """Whether label and words state something the other way round: 集中建设条件：暂不具备."""
    if not entry.label or not 2 <= len(entry.words) <= _SPOKEN or re.search(r"\d", entry.words):
        return False
    turned = _reader().sayings(f"{entry.words.rstrip('。')}{entry.label}")
    return bool([match for match in turned if _take(match, source, found)])


def _left_over(text: str, taken: list[Match]) -> list[str]:
    """Pieces with a figure in them that no fact was read from."""
    pieces = []
    for piece in re.finditer(r"[^，,；;。\n]*\d[^，,；;。\n]*", text):
        if not any(match.start < piece.end() and piece.start() < match.end for match in taken):
            pieces.append(piece.group().strip())
    return pieces


def _take(match: Match, source: Source, found: Found) -> bool:
    """Note what a match states; False when its words cannot be read as that fact."""
    spec, place = match.spec, replace(source, words=match.context[:200])
    rank = Rank.SAYING if match.is_saying else Rank.INLINE
    try:
        if spec.kind is FactKind.TABLE:
            read = words_to_table(spec, match.words)
        else:
            read = read_value(spec, match.value if match.value is not None else match.words)
    except BadWords as exc:
        if rank is Rank.SAYING and spec.kind not in _NUMBERS:  # a wording that only looks like the fact
            return False
        found.issues.append(
            Issue(Severity.ERROR, f"{source.place}“{match.context[:60]}”：{exc}。", spec.key, place)
        )
        return True
    if not _names_something(spec, read):
        return False
    if read.value in ((), None) and rank is Rank.SAYING and match.value is None:
        return False
    found.stated.append(Stated(spec, read, place, rank))
    if spec.date_key and isinstance(read.value, str):
        _date_inside(spec.date_key, match.words, place, found)
    return True


def _names_something(spec: FactSpec, read: Read) -> bool:
    """Whether words of running text name a choice or a function we know; any list of nouns would do else."""
    if spec.kind is FactKind.CHOICES and isinstance(read.value, tuple) and read.value:
        return bool({choice.name for choice in spec.choices} & set(read.value))
    if isinstance(read.value, Table) and spec.columns[:1] == ("功能",):
        known = {choice.name for choice in dictionary().spec("functions").choices}
        return bool(known & {str(cell) for cell in read.value.column("功能")})
    return True


def _date_inside(key: str, words: str, source: Source, found: Found) -> None:
    """The one full date a paper's description has in it, as the date of the paper."""
    try:
        days = dates_in(words)
    except BadWords:
        return
    if len(set(days)) == 1:
        found.stated.append(Stated(dictionary().spec(key), Read(days[0]), source, Rank.SAYING))


def _by_columns(table: Table | None, known: FactDictionary) -> FactSpec | None:
    """The fact whose table has most of these columns, at least two."""
    if table is None:
        return None
    best = max(known.specs, key=lambda spec: shared_columns(spec, table.columns))
    return best if shared_columns(best, table.columns) >= 2 else None


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
