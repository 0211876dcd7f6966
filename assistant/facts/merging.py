"""Many statements → one fact sheet: the surest counts, contradictions leave a fact unknown. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import IntEnum

from assistant.facts.choices import named_choices
from assistant.facts.showing import show
from assistant.facts.types import (
    Fact,
    FactKind,
    FactSheet,
    FactSpec,
    Issue,
    Severity,
    Source,
    Table,
    Unplaced,
)
from assistant.facts.values import Read
from indexing.folding import fold, fold_tight

# "玉桥街道梨园北里社区便民服务综合体", "临汾社区嵌入式服务综合体改造说明"; "建设综合体的条件" no
_CALLED_COMPLEX = re.compile(r"[\u4e00-\u9fff]{2,30}综合体(?!面积|建筑面积|的条件)")
UNREAD = "未能采用"  # the remark of a fact whose words could not be read
_TITLE_CHARS = 60
_TITLE_LINES = 3


class Rank(IntEnum):
    """How surely words state a fact; a surer statement outweighs a less sure one."""

    SAYING = 0  # a wording in running text
    INLINE = 1  # a label inside a sentence
    LABELLED = 2  # a label of its own


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement of a fact."""

    spec: FactSpec
    read: Read
    source: Source
    rank: Rank


@dataclass(slots=True)
class Found:
    """What reading has gathered so far."""

    stated: list[Stated] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)  # of everything read, for names of places
    running: int = 0  # characters of running text read


def merged(found: Found) -> FactSheet:
    """One fact a key: the surest statement; contradictions of the same rank leave it unknown."""
    facts: dict[str, Fact] = {}
    by_key: dict[str, list[Stated]] = {}
    for each in found.stated:
        by_key.setdefault(each.spec.key, []).append(each)
    for key, stated in by_key.items():
        rank = max(each.rank for each in stated)
        surest = [each for each in stated if each.rank is rank or each.spec.is_joined]
        if surest[0].spec.kind is FactKind.PLACE:  # 位置：紧邻地铁站 beside a place that is one
            surest = [each for each in surest if UNREAD not in each.read.remarks] or surest
        if surest[0].spec.kind is FactKind.TABLE and rank is not Rank.LABELLED:
            surest = _one_table(surest)
        is_list = surest[0].spec.kind in (FactKind.CHOICES, FactKind.NAMES)
        if is_list and (rank is not Rank.LABELLED or (surest[0].spec.is_joined and len(surest) > 1)):
            facts[key] = _united(key, surest)
            continue
        is_loose = rank is not Rank.LABELLED or surest[0].spec.is_joined
        if is_loose and surest[0].spec.kind in (FactKind.EVIDENCE, FactKind.TEXT):
            surest = _joined(surest) if surest[0].spec.is_joined else _fullest(surest)
        values = {each.read.value for each in surest}
        if len(values) == 1:
            chosen = surest[0]
            facts[key] = Fact(key, chosen.read.value, chosen.source, chosen.read.remarks, chosen.read.latest)
        else:
            facts[key] = Fact(key, None, surest[0].source, ("前后不一致，未采用",))
            found.issues.append(_contradiction(surest))
        for other in stated:
            if other.rank < rank and _contradicts(other, surest[0]):
                found.issues.append(_doubt(surest[0], other))
    _add_functions(facts)
    _add_form(facts, found.sources)
    _add_consultation(facts)
    return FactSheet(facts)


def _add_functions(facts: dict[str, Fact]) -> None:
    """The functions of a table stand for the list where nobody wrote one."""
    rows = facts.get("func_details")
    if "functions" not in facts and rows is not None and isinstance(rows.value, Table):
        names = tuple(dict.fromkeys(str(cell) for cell in rows.value.column("功能") if cell))
        if names:
            facts["functions"] = Fact("functions", names, rows.source, ("取自分功能明细表",))


def _add_form(facts: dict[str, Fact], sources: list[Source]) -> None:
    """A project called 综合体 is one, unless its form is stated; the first line may be its name."""
    if "build_form" in facts:
        return
    named = facts.get("project_name")
    for title in [named.source] if named else sources[:_TITLE_LINES]:
        called = _CALLED_COMPLEX.search(title.words[:_TITLE_CHARS])
        if called and "分散" not in title.words:
            words = replace(title, words=called.group())
            facts["build_form"] = Fact("build_form", "综合体", words, ("取自项目名称，请确认",))
            return


def _add_consultation(facts: dict[str, Fact]) -> None:
    """Residents among those consulted are a consultation of residents, where nothing else is said of one."""
    asked = facts.get("consulted")
    if "resident_consultation" in facts or asked is None or not isinstance(asked.value, tuple):
        return
    if "周边居民" in asked.value:
        words = f"已征求意见的对象：{'、'.join(asked.value)}"
        remark = "取自已征求意见的对象"
        facts["resident_consultation"] = Fact("resident_consultation", words, asked.source, (remark,))


def _one_table(stated: list[Stated]) -> list[Stated]:
    """Rows read in several places of running text as one table; those with other columns stay apart."""
    priced = [
        each for each in stated if isinstance(each.read.value, Table) and "金额" in each.read.value.columns
    ]
    stated = priced or stated  # 由市区财政分担 adds nothing to a table of amounts
    first = stated[0].read.value
    alike = [
        each.read.value
        for each in stated
        if isinstance(each.read.value, Table)
        and isinstance(first, Table)
        and each.read.value.columns == first.columns
    ]
    if not isinstance(first, Table) or len(alike) < len(stated):
        return stated
    rows = tuple(dict.fromkeys(row for table in alike for row in table.rows))
    words = "；".join(dict.fromkeys(each.source.words for each in stated))[:200]
    read = replace(stated[0].read, value=Table(first.columns, rows))
    return [replace(stated[0], read=read, source=replace(stated[0].source, words=words))]


def _fullest(stated: list[Stated]) -> list[Stated]:
    """Of words for one and the same paper the fullest; a denial beside them stays a contradiction."""
    worded = [each for each in stated if isinstance(each.read.value, str)]
    denied = [each for each in stated if each.read.value is False]
    if not worded or (stated[0].spec.kind is FactKind.TEXT and not _nested(worded)):
        return stated
    return [max(worded, key=lambda each: len(str(each.read.value))), *denied]


def _joined(stated: list[Stated]) -> list[Stated]:
    """Words that add to each other as one text; a denial among them stays a contradiction."""
    words = tuple(dict.fromkeys(each.read.value for each in stated if isinstance(each.read.value, str)))
    if len(words) < len({each.read.value for each in stated}):
        return stated
    text = "；".join(word for word in words if not any(word != other and word in other for other in words))
    return [replace(stated[0], read=replace(stated[0].read, value=text))]


def _nested(stated: list[Stated]) -> bool:
    """Whether each of the words is part of the longest, as 街道办事处 of 方庄街道办事处."""
    words = [str(each.read.value) for each in stated]
    return all(word in max(words, key=len) for word in words)


def _united(key: str, stated: list[Stated]) -> Fact:
    """Choices named in several places of running text, together; what one of them denies is none of them.

    Words inside longer words say nothing of their own: 六类都具备 of 除家政外，其余六类都具备.
    """
    whole = [each for each in stated if not any(_is_piece(each, other) for other in stated)]
    denied = {name for each in whole for name in named_choices(each.spec, fold(each.source.words))[1]}
    stated = whole
    names = [name for each in stated if isinstance(each.read.value, tuple) for name in each.read.value]
    words = "；".join(dict.fromkeys(each.source.words for each in stated))
    remarks = tuple(dict.fromkeys(remark for each in stated for remark in each.read.remarks))
    kept = tuple(name for name in dict.fromkeys(names) if name not in denied)
    return Fact(key, kept, replace(stated[0].source, words=words[:200]), remarks)


def _is_piece(stated: Stated, other: Stated) -> bool:
    words, around = stated.source.words, other.source.words
    return stated.source.place == other.source.place and words != around and words in around


def _contradicts(other: Stated, chosen: Stated) -> bool:
    kinds = [FactKind.FLAG, FactKind.CHOICE]
    if other.rank is not Rank.SAYING:  # 征询512户 is a number of households, but not the project's
        kinds += [FactKind.NUMBER, FactKind.AREA, FactKind.MONEY]
    value = other.read.value
    if chosen.spec.kind is FactKind.EVIDENCE:  # there is a paper, and elsewhere there is none
        return value is not None and (value is False) is not (chosen.read.value is False)
    return chosen.spec.kind in kinds and value is not None and value != chosen.read.value


def _contradiction(stated: list[Stated]) -> Issue:
    label = stated[0].spec.label
    different = {each.read.value: each for each in reversed(stated)}
    told = "与".join(
        f"“{show(each.spec, each.read.value)}”（{each.source.place}）"
        for each in reversed(different.values())
    )
    return Issue(
        Severity.ERROR,
        f"{label}前后写法不一致：{told}，均未采用，请只留一个。",
        stated[0].spec.key,
        stated[0].source,
    )


def _doubt(chosen: Stated, other: Stated) -> Issue:
    words, meant = other.source.words[:60], show(other.spec, other.read.value)
    reading = "" if fold_tight(meant) in fold_tight(words) else f"似为“{meant}”"
    message = (
        f"{chosen.spec.label}采用“{show(chosen.spec, chosen.read.value)}”（{chosen.source.place}），"
        f"但{other.source.place}写有“{words}”{'，' + reading if reading else ''}，请核对。"
    )
    return Issue(Severity.WARNING, message, chosen.spec.key, other.source)
