"""Norms → figures that can be set side by side: one unit each, and what they are counted on.

Two figures may be ranked only where unit and basis are the same; 平均 beside a single community,
新建 beside 既有, 有条件 beside everybody are ⚠口径不同.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from assistant.comparing.passages import NormReader, Passage, holds
from assistant.comparing.types import Figure, FigureNeed, Topic
from assistant.library import Library
from assistant.norms import Norm, Operator, Strength
from assistant.writing.citing import cite
from indexing.asking import Kind, kinds_of
from indexing.folding import fold_tight

_SYMBOLS = {"平方米": "㎡"}
# "每百户居民", "每个社区养老服务站", "每人每月" → 百户, 个, 人·月
_PER = re.compile(
    r"每(?P<base>(?:百|千|万|\d+)?(?:户|人|平方米|㎡|个|家|处|所|张|床|年|月|日|次|餐|亩|套|名|位|班|辆|台))"
)
_NAME_CHARS = 12
_BESIDE = re.compile(r"[和与及、或]")
# "合同期限", "业委会任期": how long a thing lasts; "交接期限", "整改期限" are by when a thing is done
_TERM = re.compile(r"(?:合同|协议|使用|有效|保修|质保|租赁|服务|任)期限?|年限")
_BY_WHEN = re.compile(r"之日起")
_BEFORE_ITS_END = re.compile(r"届满[^,]{0,8}[前后]")
# "余额不足30%的": when a rule applies, no measure of what it rules
_TRIGGERS = frozenset({Operator.LESS_THAN, Operator.MORE_THAN})
_WITHOUT_FIGURE = frozenset({Kind.YES_NO, Kind.BODY, Kind.DEFINITION})
_GOALS = re.compile(r"目标(?!责任|考核|任务)")
_PLAIN = frozenset({Strength.STATED})
# What a figure may be counted on: dimension, what it is called there, the words that say so
_BASES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("统计", "平均", re.compile(r"平均|人均|户均")),
    ("新旧", "新建", re.compile(r"新建|新增")),
    ("新旧", "既有", re.compile(r"既有|现有|老旧|存量|改造|改建|已建")),
    ("条件", "有条件", re.compile(r"有条件")),
    ("条件", "暂不具备条件", re.compile(r"不具备[^,]{0,6}条件")),
    ("对象", "城市", re.compile(r"有条件的城市|(?<!试点)城市[^社区更]{0,2}(?:达到|平均)")),
    ("对象", "综合体", re.compile(r"综合体|共同体|综合服务中心|社区服务中心")),
    ("用房", "住宅", re.compile(r"(?<!非)住宅")),
    ("用房", "非住宅", re.compile(r"非住宅")),
    ("区域", "乡镇农村", re.compile(r"乡镇(?!\(|（)|农村|村庄")),
)
_EITHER = frozenset({"新旧", "用房"})
_SITES = frozenset({"个", "家", "处", "所"})
_EACH_SITE = "元/个"
# What a free topic that names a measure asks for
_MEASURES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"面积|平方|平米|㎡|多大(?!的?(?:孩|年))"), re.compile(r"㎡|平方|亩|公顷|%")),
    (re.compile(r"年龄|岁|多大的?(?:孩|年)"), re.compile(r"岁|月")),
    (
        re.compile(r"期限|年限|时限|多久|多长|时间|几年|几天|几个月|有效期|任期"),
        re.compile(r"年|月|日|天|周|小时|分钟|工作日"),
    ),
    (re.compile(r"比例|占比|百分|几成|表决"), re.compile(r"%|倍")),
    (re.compile(r"补助|补贴|奖补|资金|金额|罚款|多少钱|费(?:用|率)?(?:标准)?$"), re.compile(r"元|%|倍")),
    (re.compile(r"人数|人口"), re.compile(r"人|%")),
)


def figures_in(
    topic: Topic, passages: Iterable[Passage], norms: NormReader, library: Library
) -> tuple[Figure, ...]:
    """The figures of a topic in its passages, in order, each once.

    A free topic takes figures of the parts that speak to it; a shipped one those in its units
    whose part of the sentence says what the topic asks and nothing it excludes.
    """
    if topic.figure is FigureNeed.NONE:
        return ()
    found: dict[object, Figure] = {}
    for passage in (one for one in passages if one.may_measure):
        for norm in norms(passage.unit):
            if norm.is_figure and passage.start <= norm.figure_start < passage.end:
                figure = _figure(topic, norm, passage, library)
                if figure is not None:
                    found.setdefault((figure.measure, figure.strength, figure.basis), figure)
    return tuple(found.values())


def _figure(topic: Topic, norm: Norm, passage: Passage, library: Library) -> Figure | None:
    """The figure a norm states, None where it belongs to another topic."""
    if norm.value is None or norm.operator is None or norm.unit is None:
        return None
    place = next((i for i, part in enumerate(passage.parts) if part.end >= norm.figure_end), None)
    if place is None:
        return None
    said = _said(norm, passage, place)
    unit = unit_of(norm, said)
    is_measured = place in (passage.focus if passage.measured is None else passage.measured)
    if topic.is_free and (
        _is_trigger(norm, passage.parts[place].folded) or _is_by_when(topic, passage, place)
    ):
        return None
    if not _belongs(topic, unit, said, is_measured=is_measured):
        return None
    document = library.document(passage.unit.doc_id)
    return Figure(
        operator=norm.operator,
        value=norm.value,
        high=norm.high,
        unit=unit,
        is_approximate=norm.is_approximate,
        strength=_strength(norm, passage, library),
        printed=norm.printed or document.text[norm.figure_start : norm.figure_end],
        words=document.text[passage.parts[place].start : passage.parts[place].end].strip(),
        subject=norm.subject,
        basis=basis_of(said),
        citation=cite(document, passage.clause, passage.start, passage.end),
    )


def _is_trigger(norm: Norm, part: str) -> bool:
    """Whether a figure only says when a rule applies: 余额不足百分之三十的."""
    return norm.operator in _TRIGGERS and part.endswith(("的", "时"))


def _is_by_when(topic: Topic, passage: Passage, place: int) -> bool:
    """Whether a part says by when something is done, where the topic asks how long a thing lasts."""
    part = passage.parts[place].folded
    if not _TERM.search(topic.name):
        return False
    return bool(_BEFORE_ITS_END.search(part) or (_BY_WHEN.search(part) and not _TERM.search(part)))


def _strength(norm: Norm, passage: Passage, library: Library) -> Strength:
    """As worded; what is only stated under a heading of goals is a goal."""
    is_goal = _GOALS.search(library.context(passage.clause)) is not None
    return Strength.TARGET if is_goal and norm.strength in _PLAIN else norm.strength


def _is_asked_for(name: str, unit: str) -> bool:
    """Whether a free topic asks for figures of this unit; a topic that names no measure asks for any.

    Of several measures the last is meant: 绿化面积的补助金额 asks for money; of 人数和任期, both. 能不能 and
    谁 ask for none.
    """
    kinds = kinds_of(name)
    if Kind.FIGURE not in kinds and _WITHOUT_FIGURE & kinds:
        return False
    named = sorted(
        (found.start(), found.end(), place)
        for place, (words, _) in enumerate(_MEASURES)
        for found in words.finditer(name)
    )
    meant = [named[-1]] if named else []
    for one in reversed(named[:-1]):
        if not _BESIDE.fullmatch(name[one[1] : meant[-1][0]]):
            break
        meant.append(one)
    return not meant or any(_MEASURES[place][1].match(unit) for _, _, place in meant)


def asks_for_figures(name: str) -> bool:
    """Whether a free topic names a measure (面积, 比例, 补助 …) or asks how much or how many."""
    return Kind.FIGURE in kinds_of(name) or any(words.search(name) for words, _ in _MEASURES)


def _said(norm: Norm, passage: Passage, place: int) -> str:
    """What is said of the figure: its own part, its conditions, and whose it is where that is a name.

    A long subject is a sentence of its own (推广和优先建设一批综合体), which says nothing of the figure.
    """
    subject = norm.subject if norm.subject and len(norm.subject) <= _NAME_CHARS else ""
    words = (subject, norm.indicator or "", *norm.conditions, norm.per or "")
    return fold_tight("|".join((*words, passage.parts[place].folded)))


def _belongs(topic: Topic, unit: str, said: str, *, is_measured: bool) -> bool:
    if topic.is_free:
        return (
            is_measured
            and _is_asked_for(topic.name, unit)
            and set(basis_of(topic.name)) <= set(basis_of(said))
        )
    is_wanted = unit in topic.units or (unit == _EACH_SITE and "元" in topic.units)
    if not is_wanted or (topic.unless and holds(topic.unless, said)):
        return False
    return holds(topic.figure_says, said) and not (topic.figure_unless and holds(topic.figure_unless, said))


def unit_of(norm: Norm, said: str = "") -> str:
    """The unit a figure is shown and compared in: 平方米 a hundred households is ㎡/百户."""
    unit = _SYMBOLS.get(norm.unit or "", norm.unit or "")
    per = _PER.search(fold_tight(norm.per or "")) or (_PER.search(said) if unit == "㎡" else None)
    if per is None:
        return unit
    base = per.group("base")
    if base in _SITES:  # 面积 of each is an area; 补助 for each is no total
        return _EACH_SITE if unit == "元" else unit
    return f"{unit}/{_SYMBOLS.get(base, base)}"


def basis_of(said: str) -> tuple[str, ...]:
    """What a figure is counted on, as `dimension:name`, sorted; empty where the words do not say.

    >>> basis_of("有条件的社区每百户居民平均不少于30平方米")
    ('条件:有条件', '统计:平均')
    """
    found = {(dimension, name) for dimension, name, words in _BASES if words.search(said)}
    names = Counter(dimension for dimension, _ in found if dimension in _EITHER)  # 新建或改建 is both
    return tuple(sorted(f"{dimension}:{name}" for dimension, name in found if names[dimension] < 2))


def basis_names(basis: Iterable[str]) -> str:
    """A basis as a reader reads it; 一般口径 where nothing is said."""
    return "、".join(each.partition(":")[2] for each in basis) or "一般口径"
