"""A label with the words beside it → facts of a sheet, or what is wrong with them.

Labels we know are read here; everything else is running text, for `running`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.facts.dates import dates_in
from assistant.facts.dictionary import FactDictionary, Label, dictionary
from assistant.facts.entries import Entry
from assistant.facts.labels import fuller_labels, split_label
from assistant.facts.merging import UNREAD, Found, Rank, Stated
from assistant.facts.numbers import BadWords
from assistant.facts.parts import bare_part
from assistant.facts.privacy import personal_warnings
from assistant.facts.running import (
    MAX_FIELD_CHARS,
    NUMBERS,
    SPOKEN,
    place_parts,
    place_running,
    reader,
    shown_words,
    table_words,
    take,
)
from assistant.facts.tables import read_table, shared_columns, words_to_table
from assistant.facts.types import FactKind, FactSpec, Issue, Severity, Source, Table
from assistant.facts.values import HEDGED, Read, read_value, said_flag

# 房屋所有权：不变 says 是 of 所有权是否不变, though it begins like a 否
_UNCHANGED = re.compile(r"(?:保持|维持|均)?(?:不变|未变|不改变|不变更|未变更|不变动)")
_COMMA = re.compile(r"[，；;]")
# 方案审查：2026年1月15日通过 says when, not by whom
_WHEN_DONE = re.compile(
    r"(?:已?于)?\s*(?P<day>\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?)\s*(?:已?(?:审查|审批|评估|验收)?(?:通过|完成|办结|批复|批准|同意|下达|印发|报送|报备)?)"
)
# 托管年龄：3岁至12岁 states the lower and the upper
_FROM_TO = re.compile(
    r"\s*(\d+\s*(?:周?岁半?|年|个月)?)\s*(?:-|—|－|~|～|至|到)+\s*(\d+\s*(?:周?岁半?|年|个月))\s*"
)
_LONGEST_OFFER = 60
_SHORT_LABEL = 4  # 模式 is 运营模式; 阶段 is not 运营主体介入阶段
# one statement can be true of several of these: 需求清单、资源清单、项目清单：均已形成
_SHARED = (FactKind.EVIDENCE, FactKind.FLAG, FactKind.TEXT)


def place(entry: Entry, name: str, found: Found) -> None:
    """Note in `found` what one entry of the file `name` states, or what is wrong with it."""
    known = dictionary()
    source = _noted_source(entry, name, found)
    label = _asked_label(entry, known)
    if label is None and (
        _placed_by_parts(entry, source, found)
        or _placed_by_ends(entry, source, found)
        or _placed_by_choice(entry, source, found)
    ):
        return
    if label and (dated := _dated_label(label.spec, entry, known)):
        label, entry = dated
    if label is None:
        _note_of_function(entry, source, found)
    spec = label.spec if label else _by_columns(entry.table, known)
    if spec is not None and spec.is_derived:
        spec = known.spec(f"{spec.key}_stated") if f"{spec.key}_stated" in known else None
    if spec is None:
        place_running(entry, source, found)
        return
    _place_labelled(spec, entry, entry.unit or (label.unit if label else None), source, found)


def _noted_source(entry: Entry, name: str, found: Found) -> Source:
    """Where an entry stands, noted together with warnings on personal data in it."""
    words = entry.words if entry.origin is None else f"{entry.words}（来源：{entry.origin}）"
    shown = f"{entry.label}：{words}" if entry.label else words
    source = Source(name, entry.place, shown if len(shown) <= 200 else shown[:200] + "…")
    found.sources.append(source)
    for warning in personal_warnings(shown):
        found.issues.append(
            Issue(Severity.WARNING, f"{entry.place}：{warning}", None, replace(source, words=""))
        )
    return source


def _place_labelled(spec: FactSpec, entry: Entry, unit: str | None, source: Source, found: Found) -> None:
    """The value of a label we know, the parts beside it and what its words state besides."""
    has_parts = entry.table is None and place_parts(spec, entry.words, source, found)
    try:
        read = _read(spec, entry, unit)
    except BadWords as exc:
        own = bare_part(spec, entry.words) if has_parts else _as_said(spec, entry)
        if own is not None and _is_readable(spec, own, unit):
            read = _read(spec, replace(entry, words=own), unit)
        elif has_parts and own is None:  # 建筑面积：综合体1020㎡，社区综合服务设施2180㎡
            return
        else:
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
        if _is_readable(label.spec, entry.words, entry.unit):
            return label
    return None


def _is_readable(spec: FactSpec, words: str, unit: str | None = None) -> bool:
    try:
        read_value(spec, words, unit)
    except BadWords:
        return False
    return True


def _placed_by_parts(entry: Entry, source: Source, found: Found) -> bool:
    """Whether an unknown label was several known ones, or asked for a known yes or no."""
    if not entry.label or entry.table is not None:
        return False
    known = dictionary()
    parts = [known.find(part) for part in split_label(entry.label)]
    if parts and all(part is not None and part.spec.kind in _SHARED for part in parts):
        for part in parts:
            if part is not None:
                place(replace(entry, label=part.spec.label), source.file, found)
        return True
    asked = reader().flag_of_label(entry.label)
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


def _placed_by_ends(entry: Entry, source: Source, found: Found) -> bool:
    """Whether an unknown label was a range of two known ones: 托管年龄 of 托管年龄下限 and 托管年龄上限."""
    ends = _FROM_TO.fullmatch(entry.words) if entry.label and entry.table is None else None
    limits = [dictionary().find(f"{entry.label}{end}") for end in ("下限", "上限")]
    if ends is None or any(limit is None or limit.spec.kind not in NUMBERS for limit in limits):
        return False
    for limit, words in zip(limits, ends.groups(), strict=True):
        if limit is not None:
            place(replace(entry, label=limit.spec.label, words=words), source.file, found)
    return True


def _placed_by_choice(entry: Entry, source: Source, found: Found) -> bool:
    """Whether a short label means the one fact that has these words as a choice: 模式：民建民营."""
    if not entry.label or entry.table is not None:
        return False
    meant = [
        spec
        for spec in dictionary().stated
        if spec.kind in (FactKind.CHOICE, FactKind.CHOICES)
        and any(entry.words.strip() == choice.name for choice in spec.choices)
        and spec.label.endswith(entry.label)
        and len(spec.label) <= len(entry.label) + _SHORT_LABEL // 2
    ]
    if len(meant) != 1 or len(entry.label) > _SHORT_LABEL:
        return False
    place(replace(entry, label=meant[0].label), source.file, found)
    return True


def _note_of_function(entry: Entry, source: Source, found: Found) -> None:
    """What a function offers, where its name is the label: 家政：保洁、家电清洗."""
    known = dictionary()
    words = entry.words.strip()
    if not entry.label or entry.table is not None or not 2 <= len(words) <= _LONGEST_OFFER:
        return
    named = any(entry.label in (each.name, *each.words) for each in known.spec("functions").choices)
    if named and not re.match(r"[是否有无未没不暂]|已|\d", words):
        spec = known.spec("scene_items")
        found.stated.append(Stated(spec, read_value(spec, words), source, Rank.INLINE))


def _dated_label(spec: FactSpec, entry: Entry, known: FactDictionary) -> tuple[Label, Entry] | None:
    """The fact of the day, where a label for a body or text has only a day beside it; None for others."""
    when = (
        _WHEN_DONE.fullmatch(entry.words.strip()) if spec.kind is FactKind.TEXT and not entry.table else None
    )
    if when is None:
        return None
    for noun in ("通过日期", "日期"):
        label = known.find(f"{entry.label}{noun}")
        if label and label.spec.kind is FactKind.DATE:
            return label, replace(entry, words=when["day"])
    return None


def _as_said(spec: FactSpec, entry: Entry) -> str | None:
    """The one value that a wording of the fact finds in words that are none as a whole: 6个月至3岁."""
    if entry.table is not None or HEDGED.match(entry.words):
        return None
    said = {
        match.value if match.value is not None else match.words
        for match in reader().sayings(shown_words(entry))
        if match.spec is spec
    }
    return said.pop() if len(said) == 1 and _is_readable(spec, *said) else None


def _not_as_labelled(spec: FactSpec, why: BadWords, entry: Entry, source: Source, found: Found) -> None:
    """Words that do not fit their label: other facts they state are kept, the rest is an error."""
    others = [match for match in reader().matches(shown_words(entry)) if match.spec is not spec]
    taken = [match for match in others if take(match, source, found)] if entry.table is None else []
    if taken and spec.kind in (FactKind.CHOICE, FactKind.CHOICES):
        labels = "、".join(dict.fromkeys(match.spec.label for match in taken))
        message = f"{entry.place}“{entry.label}”没有写明{spec.label}，按{labels}读入，请核对。"
        found.issues.append(Issue(Severity.WARNING, message, spec.key, source))
        return
    message = f"{entry.place}“{entry.label}”：{why}。"
    found.issues.append(Issue(Severity.ERROR, message, spec.key, source))
    found.stated.append(Stated(spec, Read(None, (UNREAD,)), source, Rank.LABELLED))


def _read(spec: FactSpec, entry: Entry, unit: str | None) -> Read:
    if spec.kind is FactKind.TABLE:
        return read_table(spec, entry.table, unit) if entry.table else words_to_table(spec, entry.words)
    if entry.table:
        return Read(table_words(entry.table))
    if spec.kind is FactKind.FLAG and entry.label and _UNCHANGED.match(entry.words):
        return said_flag(spec, f"{entry.label}{entry.words}") or read_value(spec, entry.words, unit)
    return read_value(spec, entry.words, unit)


def _also_stated(spec: FactSpec, entry: Entry, source: Source, found: Found) -> None:
    """What a value says besides: a date inside a paper, 由街道直接指定 beside 运营单位."""
    if spec.date_key:
        try:
            days = dates_in(entry.words)
        except BadWords:
            days = []
        if len(set(days)) == 1:
            found.stated.append(Stated(dictionary().spec(spec.date_key), Read(days[0]), source, Rank.INLINE))
    is_number = spec.kind in NUMBERS and len(entry.words) < SPOKEN and not _COMMA.search(entry.words)
    if entry.table is None and not is_number and 3 <= len(entry.words) <= MAX_FIELD_CHARS:
        for match in reader().sayings(shown_words(entry)):
            alike = spec.choices and match.spec.choices == spec.choices  # 社区具备功能 is not the project's
            if match.spec is not spec and not alike:
                take(match, source, found)
    elif len(entry.words) > MAX_FIELD_CHARS:
        size = f"{entry.place}“{entry.label}”有 {len(entry.words)} 字"
        message = f"{size}，已整段保留，未从中读取其他事实；请分项填写。"
        found.issues.append(Issue(Severity.WARNING, message, spec.key, source))


def _by_columns(table: Table | None, known: FactDictionary) -> FactSpec | None:
    """The fact whose table has most of these columns, at least two."""
    if table is None:
        return None
    best = max(known.specs, key=lambda spec: shared_columns(spec, table.columns))
    return best if shared_columns(best, table.columns) >= 2 else None
