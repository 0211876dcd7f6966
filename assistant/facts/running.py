"""Facts stated in running text, and beside amounts: what a sentence says is noted with its words.

Called by `placing` for what stands under no label we know.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from assistant.facts.dates import dates_in
from assistant.facts.dictionary import dictionary
from assistant.facts.entries import Entry
from assistant.facts.merging import Found, Rank, Stated
from assistant.facts.numbers import BadWords
from assistant.facts.parts import named_parts
from assistant.facts.tables import words_to_table
from assistant.facts.text import MAX_SCANNED, TextReader
from assistant.facts.types import FactKind, FactSpec, Issue, Match, Severity, Source, Table, Unplaced
from assistant.facts.values import Read, read_value

MAX_FIELD_CHARS = 20_000  # a field of a fact sheet; what is longer is kept whole but not searched for facts
MAX_RUNNING = 60_000  # of unlabelled text in a file: some seconds of reading; what is longer is no fact sheet
NUMBERS = (FactKind.NUMBER, FactKind.AREA, FactKind.MONEY, FactKind.PERCENT, FactKind.DATE)
SPOKEN = 16  # a number with more words around it may state other numbers too
# "申请补助504万元|（基本270万元，普惠234万元）", "建筑面积1260㎡|，其中加建90㎡"
_BESIDE = re.compile(
    r"\s*(?:（[^（）\n]{2,80}）|\([^()\n]{2,80}\)|[，,；;]?\s*(?:其中|内含|含|包括)[^。；;\n]{2,80})"
)
_ANSWER = re.compile(r"\s*(?:不涉及|不适用|未|没|无|否|不|待|暂|尚)")
# "一、项目基本情况", "（二）功能设置": headings state nothing
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、]|#+)\s*[\u4e00-\u9fff]{2,12}\s*[:：]?$"
)


@cache
def reader() -> TextReader:
    """The reader of running text, built once."""
    return TextReader(dictionary())


def shown_words(entry: Entry) -> str:
    """Label and words as one text, the way they stand on paper."""
    return f"{entry.label}：{entry.words}" if entry.label else entry.words


def table_words(table: Table) -> str:
    """A table as one text, row by row; "" for one without rows."""
    return "；".join(
        "，".join(f"{name}：{cell}" for name, cell in zip(table.columns, row, strict=True) if cell)
        for row in table.rows
    )


def place_running(entry: Entry, source: Source, found: Found) -> None:
    """Running text, or a label we do not know: whatever facts its words state."""
    text = shown_words(entry) if entry.table is None else table_words(entry.table)
    if found.running > MAX_RUNNING:
        message = f"没有标签的正文超过 {MAX_RUNNING} 字，其后的正文没有读；请逐项列出事实，或分几份文件读。"
        beyond = Issue(Severity.WARNING, message, None, Source(source.file, "全文", ""))
        found.issues += [] if beyond in found.issues else [beyond]
        return
    found.running += len(text)
    if len(text) > MAX_SCANNED:
        message = f"{entry.place}有 {len(text)} 字，只读了前 {MAX_SCANNED} 字；请拆分后再读其余部分。"
        found.issues.append(Issue(Severity.WARNING, message, None, source))
    matches = reader().matches(text)
    taken = [match for match in matches if take(match, source, found)]
    if not taken and (_take_joined(entry, source, found) or _take_turned(entry, source, found)):
        return
    for match in taken:
        if not match.is_saying and (beside := _BESIDE.match(text, match.end)):
            place_parts(match.spec, beside.group(), source, found)
    if taken:
        found.unplaced += [Unplaced(replace(source, words=piece), ()) for piece in _left_over(text, taken)]
    elif not (entry.label is None and _HEADING.match(text)):
        nearest = dictionary().nearest(entry.label or text[:20])
        found.unplaced.append(Unplaced(source, nearest))


def place_parts(spec: FactSpec, words: str, source: Source, found: Found) -> bool:
    """Whether parts beside an amount state facts of their own: 其中共同体980㎡."""
    stated = []
    for key, amount in named_parts(spec, words):
        part = dictionary().spec(key)
        try:
            stated.append(Stated(part, read_value(part, amount), source, Rank.INLINE))
        except BadWords as exc:
            found.issues.append(Issue(Severity.ERROR, f"{source.place}“{amount}”：{exc}。", key, source))
    found.stated += stated
    return bool(stated)


def _take_joined(entry: Entry, source: Source, found: Found) -> bool:
    """Whether label and words state something as one sentence: 供应商：筛选要求和名录已列出."""
    if not entry.label or entry.table is not None or not 4 <= len(entry.words) <= MAX_FIELD_CHARS:
        return False
    if _ANSWER.match(entry.words):  # 同一街区地块：不涉及 is no sentence
        return False
    joined = reader().sayings(f"{entry.label}{entry.words}")
    worded = [match for match in joined if match.spec.kind not in NUMBERS]  # 综合体使用面积：520㎡ is another
    return bool([match for match in worded if take(match, source, found)])


def _take_turned(entry: Entry, source: Source, found: Found) -> bool:
    """Whether label and words state something the other way round: 集中建设条件：暂不具备."""
    if not entry.label or not 2 <= len(entry.words) <= SPOKEN or re.search(r"\d", entry.words):
        return False
    turned = reader().sayings(f"{entry.words.rstrip('。')}{entry.label}")
    return bool([match for match in turned if take(match, source, found)])


def _left_over(text: str, taken: list[Match]) -> list[str]:
    """Pieces with a figure in them that no fact was read from."""
    pieces = []
    for piece in re.finditer(r"[^，,；;。\n]*\d[^，,；;。\n]*", text):
        if not any(match.start < piece.end() and piece.start() < match.end for match in taken):
            pieces.append(piece.group().strip())
    return pieces


def take(match: Match, source: Source, found: Found) -> bool:
    """Note what a match states; False when its words cannot be read as that fact."""
    spec, place = match.spec, replace(source, words=match.context[:200])
    rank = Rank.SAYING if match.is_saying else Rank.INLINE
    try:
        if spec.kind is FactKind.TABLE:
            read = words_to_table(spec, match.words)
        else:
            read = read_value(spec, match.value if match.value is not None else match.words)
    except BadWords as exc:
        if rank is Rank.SAYING and spec.kind not in NUMBERS:  # a wording that only looks like the fact
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
