"""The binding gate: a figure, day or choice stands behind the name of its own fact.

The other gates let a value pass that some fact has. Here 预备费200万元 is held against what the sheet
calls 预备费, 开工 against its day: values that changed places are named. Names come from
the dictionary, from the rows of tables and from what the applicant wrote before a figure. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from assistant.drafting.case import Case
from assistant.drafting.gate_classes import bearers_of, class_before
from assistant.drafting.gate_numbers import Figure, Known, days, figures, in_one_width
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import Said, without_quotes
from assistant.drafting.values import prose
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind, FactSpec, Table
from prompts.draft_frames import phrases

_NUMERIC = (FactKind.AREA, FactKind.MONEY, FactKind.NUMBER, FactKind.PERCENT)
_LONGEST, _SHORTEST = 20, 4
"""Characters before a figure that name it; shorter ones only where they are all that stands there."""
_LOOKED_AT = 3 * _LONGEST  # a name and what joins it; a field of a million characters holds 100,000 figures
_LEAST_LABEL = 2
_THREE = 3
# with its digits: 60岁以上人口, 0-3岁人口
_RUN = re.compile(r"[\u4e00-\u9fff\d\-—]+$")
# what may stand between a name and its figure: 预备费为100万元, 托位共30个
_JOINS = re.compile(
    r"(?:(?:总额|总计|合计|共计)?(?:分别|均|各)?(?:为|是|共|约|达|达到|计|有|仅|即|设|安排|控制在|调整为))$"
)
_IN_UNIT = re.compile(r"（([^（）\d]{1,4})）$")
_ADDS_UP = re.compile(r"(?:共|计|累计|总共|合计)[\u4e00-\u9fff]{2}")
_DATE = r"20\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
Key = tuple[str, str]
"""Words before a figure, and its unit."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What the facts of a case have behind which words."""

    whole: dict[Key, frozenset[Decimal]]  # by the name as a whole
    ends: dict[Key, frozenset[Decimal]]  # by the end of a name, for names that are said in part
    names: dict[tuple[Decimal, str], frozenset[str]]  # what a figure is called, in threes of signs


@lru_cache(maxsize=8)
def bound_of(case: Case) -> Bound:
    """The bindings of a case; made once, a case is told from others by identity."""
    whole: dict[Key, set[Decimal]] = defaultdict(set)
    ends: dict[Key, set[Decimal]] = defaultdict(set)
    names: dict[tuple[Decimal, str], set[str]] = defaultdict(set)
    for name, figure in _named_figures(case):
        names[figure.value, figure.unit].update(_threes(name))
        whole[name, figure.unit].add(figure.value)
        for size in range(_SHORTEST, min(len(name), _LONGEST) + 1):
            ends[name[-size:], figure.unit].add(figure.value)
    return Bound(
        {key: frozenset(found) for key, found in whole.items()},
        {key: frozenset(found) for key, found in ends.items()},
        {key: frozenset(found) for key, found in names.items()},
    )


def _threes(name: str) -> Iterator[str]:
    """Neighbouring signs of a name by threes; of 共征询, which only adds up, 征询 too."""
    yield from (name[at : at + _THREE] for at in range(len(name) - _THREE + 1))
    if _ADDS_UP.fullmatch(name):
        yield name[-_LEAST_LABEL:]


def misplaced_figures(said: Said, ground: Ground) -> list[str]:
    """A figure behind the name of a fact or row that has another one: 预备费200万元."""
    text = in_one_width(without_quotes(said.text))
    bound, cited = bound_of(ground.case), Known(tuple(cited_texts(said.citations)))
    out = []
    for figure in figures(text):
        run = _run_before(text, figure.start)
        right, before = _right(run, figure.unit, bound)
        called = bound.names.get((figure.value, figure.unit), frozenset())
        # 共征询居民512户: what stands before 居民 says that this is not the number of all 居民
        is_own = not called.isdisjoint(_threes(before)) or before[-_LEAST_LABEL:] in called
        # 基本公共服务类…1000万元，申请补助300万元: whose it is was said before
        bearers = bearers_of(ground.case).get((figure.value, figure.unit), frozenset())
        is_own = is_own or (class_before(text, figure.start - len(run), ground.case) or None) in bearers
        if right and figure.value not in right and not cited.has(figure) and not is_own:
            out.append(f"{run[-_LONGEST:]}{figure.words}")
    return out


def _right(run: str, unit: str, bound: Bound) -> tuple[frozenset[Decimal], str]:
    """The values that may stand behind a run of words, and what of the run stands before the name.

    They are those of the longest name in it, else of an end of one; none where nothing names a figure.
    """
    for size in range(min(len(run), _LONGEST), _LEAST_LABEL - 1, -1):
        if (run[-size:], unit) in bound.whole:
            return bound.whole[run[-size:], unit], run[:-size]
    for size in range(min(len(run), _LONGEST), _SHORTEST - 1, -1):
        if (run[-size:], unit) in bound.ends:
            return bound.ends[run[-size:], unit], run
    return frozenset(), run


def _run_before(text: str, at: int) -> str:
    """The words right before an offset, those that join a name to its figure left out; of the last few."""
    found = _RUN.search(text[max(0, at - _LOOKED_AT) : at].rstrip("：: "))
    return _JOINS.sub("", found.group()) if found else ""


def _named_figures(case: Case) -> Iterator[tuple[str, Figure]]:
    """Each figure of the facts with what it is called."""
    known = dictionary()
    for key, value in case.values.items():
        spec = known.spec(key) if key in known else None
        if spec is not None and spec.kind in _NUMERIC:
            for figure in figures(prose(key, value)):
                yield from ((name, figure) for name in _names(spec))
        elif isinstance(value, Table):
            yield from _rows(value)
        elif isinstance(value, str):
            text = in_one_width(value)
            for one in figures(text):
                run = _run_before(text, one.start)
                if len(run) >= _LEAST_LABEL:
                    yield run, one
                    yield from ((f"{head}{run}", one) for head in _head_of(text, one.start))


def _head_of(text: str, at: int) -> Iterator[str]:
    """第一年 of 第一年收入260万元、成本250万元: which of several years a figure further on is of."""
    part = re.split(r"[,;。]", text[max(0, at - _LOOKED_AT) : at])[-1]  # in one width
    found = _YEARLY.match(part)
    if found and "、" in part:
        yield found.group()


_YEARLY = re.compile(r"第[一二三四五六七八九十]年|20\d\d年")


def _rows(table: Table) -> Iterator[tuple[str, Figure]]:
    for row in table.rows:
        name = row[0]
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            unit = {"金额": "万元", "建筑面积": "平方米"}.get(column) or _unit_of(name)
            if isinstance(name, str) and cell is not None and unit:
                for figure in figures(f"{cell:f}{unit}" if isinstance(cell, Decimal) else f"{cell}{unit}"):
                    bare = _IN_UNIT.sub("", name)
                    yield bare, figure
                    yield f"{bare}{column}", figure


def _unit_of(name: object) -> str | None:
    """The unit a row says it is counted in: 绿地率（%）."""
    found = _IN_UNIT.search(name) if isinstance(name, str) else None
    return found[1] if found else None


def _names(spec: FactSpec) -> tuple[str, ...]:
    """What a fact is called, without what heads a column of some table too."""
    names = (in_one_width(re.split(r"[（(]", one)[0]) for one in (spec.label, *spec.aliases))
    return tuple(one for one in dict.fromkeys(names) if len(one) >= _LEAST_LABEL and one not in _columns())


@cache
def _columns() -> frozenset[str]:
    return frozenset(column for each in dictionary().specs for column in each.columns)


def misplaced_days(said: Said, ground: Ground) -> list[str]:
    """A day behind or before the words of another one: 2027年5月31日开工."""
    text = in_one_width(without_quotes(said.text))
    if not re.search(_DATE, text):
        return []
    out = []
    for key, value in ground.case.values.items():
        if not isinstance(value, date):
            continue
        for pattern in _day_patterns(key):
            for one in pattern.finditer(text):
                day = next((each for each, _ in days(one.group("day"))), None)
                if day and day not in (
                    f"{value.year}-{value.month}-{value.day}",
                    f"{value.year}-{value.month}",
                ):
                    out.append(one.group())
    return list(dict.fromkeys(out))


@lru_cache(maxsize=64)
def _day_patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """How a text may say a day: 计划开工日期为…, …开工, 资金申请报告于…."""
    known = dictionary()
    if key not in known:
        return ()
    before, _, after = (phrases()[key].yes if key in phrases() else "").partition("{v}")
    label = known.label(key)
    stems = {label, label.removesuffix("日期")}
    out = [rf"{re.escape(one)}[^，,。；;\d]{{0,3}}(?P<day>{_DATE})" for one in stems if len(one) >= _SHORTEST]
    if label.endswith("开始日期"):
        root = re.escape(label.removesuffix("开始日期"))
        out.append(rf"{root}(?:于|自|从)?(?P<day>{_DATE})(?:起|开始)")
    if len(after) >= _LEAST_LABEL and before:
        out.append(rf"(?P<day>{_DATE})(?:正式|全面)?{re.escape(after)}")
    return tuple(re.compile(one) for one in out)


def misplaced_choices(said: Said, ground: Ground) -> list[str]:
    """Another of the list than was chosen: 政府购买服务的运营模式; and the 类别 of another row."""
    text = without_quotes(said.text)
    known, out = dictionary(), list[str]()
    for key, value in ground.case.values.items():
        spec = known.spec(key) if key in known else None
        if isinstance(value, Table):
            out += _misfiled(value, text)
        elif spec is not None and spec.kind in (FactKind.CHOICE, FactKind.CHOICES):
            own = value if isinstance(value, tuple) else (str(value),)
            out += [one for one in _other_choice(spec, own, text) if not any(name in one for name in own)]
    return out


def _other_choice(spec: FactSpec, own: tuple[str, ...], text: str) -> Iterator[str]:
    """政府购买服务的运营模式, 政府购买服务模式, 运营模式为政府购买服务."""
    names = [one.name for one in spec.choices if one.name not in own and len(one.name) > 1]
    ending = spec.label[-_LEAST_LABEL:]
    if not names or ending not in text:
        return
    others, label = "|".join(map(re.escape, names)), re.escape(spec.label)
    short = rf"|(?:{others}){ending}" if ending in _KINDS_OF else ""
    after = rf"{label}(?:为|是|：|采用|采取)(?:{others})(?![\u4e00-\u9fff])"
    found = re.search(rf"(?:{others})的{label}|{after}{short}", text)
    if found:
        yield found.group()


def _misfiled(table: Table, text: str) -> Iterator[str]:
    """社区助餐属普惠非基本公共服务类, where its row says 便民商业类."""
    if _CLASS not in table.columns:
        return
    filed = dict(zip(table.column(table.columns[0]), table.column(_CLASS), strict=True))
    for name, own in filed.items():
        for other in {each for each in filed.values() if isinstance(each, str) and each != own}:
            words = f"{name}属{other}", f"{name}属于{other}", f"{name}为{other}", f"{name}列入{other}"
            yield from (each for each in words if each in text)


_CLASS = "类别"
_KINDS_OF = ("模式", "方式", "形式")
