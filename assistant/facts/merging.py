"""Many statements → one fact sheet: the surest counts, contradictions leave a fact unknown. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum

from assistant.facts.dictionary import dictionary
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
from assistant.facts.values import Read, show
from indexing.jurisdictions import NATION, find_places, lineage, name_of


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
        surest = [each for each in stated if each.rank is rank]
        if surest[0].spec.kind is FactKind.TABLE and rank is not Rank.LABELLED:
            surest = _one_table(surest)
        if surest[0].spec.kind in (FactKind.CHOICES, FactKind.NAMES) and rank is not Rank.LABELLED:
            facts[key] = _united(key, surest)
            continue
        if rank is not Rank.LABELLED and surest[0].spec.kind in (FactKind.EVIDENCE, FactKind.TEXT):
            surest = _fullest(surest)
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
    return FactSheet(facts)


def _add_functions(facts: dict[str, Fact]) -> None:
    """The functions of a table stand for the list where nobody wrote one."""
    rows = facts.get("func_details")
    if "functions" not in facts and rows is not None and isinstance(rows.value, Table):
        names = tuple(dict.fromkeys(str(cell) for cell in rows.value.column("功能") if cell))
        if names:
            facts["functions"] = Fact("functions", names, rows.source, ("取自分功能明细表",))


def _one_table(stated: list[Stated]) -> list[Stated]:
    """Rows read in several places of running text as one table; those with other columns stay apart."""
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


def _nested(stated: list[Stated]) -> bool:
    """Whether each of the words is part of the longest, as 街道办事处 of 方庄街道办事处."""
    words = [str(each.read.value) for each in stated]
    return all(word in max(words, key=len) for word in words)


def _united(key: str, stated: list[Stated]) -> Fact:
    """Choices named in several places of running text, together."""
    names = [name for each in stated if isinstance(each.read.value, tuple) for name in each.read.value]
    words = "；".join(dict.fromkeys(each.source.words for each in stated))
    remarks = tuple(dict.fromkeys(remark for each in stated for remark in each.read.remarks))
    return Fact(key, tuple(dict.fromkeys(names)), replace(stated[0].source, words=words[:200]), remarks)


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
    message = (
        f"{chosen.spec.label}采用“{show(chosen.spec, chosen.read.value)}”（{chosen.source.place}），"
        f"但{other.source.place}“{other.source.words[:60]}”"
        f"似为“{show(other.spec, other.read.value)}”，请核对。"
    )
    return Issue(Severity.WARNING, message, chosen.spec.key, other.source)


def with_jurisdiction(sheet: FactSheet, found: Found) -> FactSheet:
    """The sheet with the place worked out from the names in it, where nobody states it."""
    if "jurisdiction" in sheet.facts:
        return _with_district(sheet, found)
    cities: dict[str, tuple[str, Source]] = {}
    for source in found.sources:
        for place in find_places(source.words):
            city = _city(place.codes[0]) if len(place.codes) == 1 else None
            if city:
                cities.setdefault(city, (place.text, source))
    if len(cities) == 1:
        city, (word, source) = next(iter(cities.items()))
        remark = f"由{source.place}的“{word}”推得，请确认"
        sheet = FactSheet({"jurisdiction": Fact("jurisdiction", city, source, (remark,)), **sheet.facts})
        return _with_district(sheet, found)
    named = "、".join(map(name_of, cities))
    said = f"材料里提到了{named}，看不出项目在哪里" if cities else "没有写所属辖区"
    message = f"{said}，只能核对国家文件；请写明，如 所属辖区：重庆市。"
    found.issues.append(Issue(Severity.WARNING, message, "jurisdiction"))
    return sheet


def _with_district(sheet: FactSheet, found: Found) -> FactSheet:
    """The sheet with the one district its words name, where nobody states it."""
    city = sheet.value("jurisdiction")
    if "district" in sheet.facts or not isinstance(city, str):
        return sheet
    districts: dict[str, Source] = {}
    for source in found.sources:
        for place in find_places(source.words):
            for code in place.codes:
                if code != city and _city(code) == city:
                    districts.setdefault(name_of(code), source)
    if len(districts) != 1:
        return sheet
    name, source = next(iter(districts.items()))
    fact = Fact("district", name, source, (f"由{source.place}的文字推得，请确认",))
    return FactSheet({**sheet.facts, "district": fact})


def _city(code: str) -> str | None:
    """The city a division lies in: 330110 → 330100, 500103 → 500000."""
    steps = lineage(code)
    return steps[-1] if code.startswith(("11", "12", "31", "50")) else (steps[-2] if len(steps) > 1 else None)


def codes_of(sheet: FactSheet) -> tuple[str, ...]:
    """GB/T 2260 codes of the sheet's place and those above it, the nation included."""
    code = sheet.value("jurisdiction")
    return (NATION, *lineage(code)) if isinstance(code, str) else (NATION,)


def foreign(sheet: FactSheet) -> list[Issue]:
    """Facts that only another place's documents know."""
    codes = set(codes_of(sheet))
    issues = []
    for key, fact in sheet.facts.items():
        spec = dictionary().spec(key)
        if spec.jurisdictions and not codes & set(spec.jurisdictions) and len(codes) > 1:
            places = "、".join(map(name_of, spec.jurisdictions))
            place = name_of(str(sheet.value("jurisdiction")))
            message = f"“{spec.label}”只有{places}的文件用到，所属辖区是{place}，不会用于判断。"
            issues.append(Issue(Severity.WARNING, message, key, fact.source))
    return issues
