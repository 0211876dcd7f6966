"""Where a project lies: worked out from the names in its sheet where nobody states it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.facts.dictionary import dictionary
from assistant.facts.merging import UNREAD, Found
from assistant.facts.types import Fact, FactSheet, Issue, Severity, Source
from indexing.jurisdictions import NATION, find_places, lineage, name_of

# "玉林|里社区", "临汾|社区", "南京|新村": a community called after a city; "重庆|南岸街道" is in one
_CALLED_AFTER = re.compile(
    r"[东西南北中新一二三四五]?(?:社区|小区|里(?![程面])|新村|村|苑|花园|家园|坊|巷|弄|街道|公寓|大厦|广场)"
)

_MAX_SOURCES = 1000


@dataclass(frozen=True, slots=True)
class Named:
    """A city as a sheet names it: the word, where, and how surely it means the project's place."""

    word: str
    source: Source
    is_full: bool  # 上海市 rather than 上海
    has_district: bool  # a district of it is named


def with_jurisdiction(sheet: FactSheet, found: Found) -> FactSheet:
    """The sheet with the place worked out from the names in it, where nobody states it."""
    stated = sheet.facts.get("jurisdiction")
    if stated and (
        stated.value is not None or UNREAD not in stated.remarks
    ):  # 位置：紧邻地铁站 names no place
        return _with_district(sheet, found)
    cities = _cities(found.sources)
    city = _meant(cities)
    if city:
        named = cities[city]
        remark = f"由{named.source.place}的“{named.word}”推得，请确认"
        fact = Fact("jurisdiction", city, named.source, (remark,))
        return _with_district(FactSheet({**sheet.facts, "jurisdiction": fact}), found)
    names = "、".join(map(name_of, cities))
    said = f"材料里提到了{names}，看不出项目在哪里" if cities else "没有写所属辖区"
    message = f"{said}，只能核对国家文件；请写明，如 所属辖区：重庆市。"
    found.issues.append(Issue(Severity.WARNING, message, "jurisdiction"))
    return sheet


def _cities(sources: Iterable[Source]) -> dict[str, Named]:
    """Cities named, by code, in the order met; communities called after one are none."""
    cities: dict[str, Named] = {}
    for source in _searched(sources):
        for place in find_places(source.words):
            city = _city(place.codes[0]) if len(place.codes) == 1 else None
            is_full = bool(city) and place.text == name_of(place.codes[0])
            if not city or (not is_full and _CALLED_AFTER.match(source.words, place.end)):
                continue
            is_district = place.codes[0] != city
            known = cities.get(city, Named(place.text, source, is_full=False, has_district=False))
            cities[city] = Named(
                known.word,
                known.source,
                is_full=known.is_full or (is_full and not is_district),
                has_district=known.has_district or (is_district and is_full),
            )
    return cities


def _searched(sources: Iterable[Source]) -> Iterable[Source]:
    """The first thousand different statements: a sheet names its place at its head, if at all."""
    different: dict[str, Source] = {}
    for source in sources:
        different.setdefault(source.words, source)
        if len(different) >= _MAX_SOURCES:
            break
    return different.values()


def _meant(cities: dict[str, Named]) -> str | None:
    """The one city, or the only one named in full or with a district; None while two are possible."""
    for candidates in (
        list(cities),
        [city for city, named in cities.items() if named.is_full and named.has_district],
        [city for city, named in cities.items() if named.has_district],
        [city for city, named in cities.items() if named.is_full],
    ):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _with_district(sheet: FactSheet, found: Found) -> FactSheet:
    """The sheet with the one district its words name, where nobody states it."""
    city = sheet.value("jurisdiction")
    if "district" in sheet.facts or not isinstance(city, str):
        return sheet
    districts: dict[str, Source] = {}
    for source in _searched(found.sources):
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
