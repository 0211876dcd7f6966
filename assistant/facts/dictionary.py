"""The dictionary of facts, read from `corpus/facts/dictionary.jsonl`: labels, units, wordings.

A label is found as it is written in the dictionary, by any of its other names, or with what
officers put around it (本项目…, 拟…, a number in front, a unit in brackets).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, cached_property
from importlib import resources
from typing import Any

from assistant.facts.labels import canonical
from assistant.facts.types import Choice, FactKind, FactSpec, NamedPart, Saying
from assistant.rules.expressions import parse
from indexing.folding import fold_tight

# "（一）综合体面积", "1.户数", "2、户数", "- 户数", "【户数】" yes; "3岁以下人口", "60岁以上人口" no
_NUMBERING = re.compile(
    r"^(?:[-*·•◆●○■□]+|\(?[一二三四五六七八九十]+[)、.]|\(\d+\)|\d+[)、]|\d+\.(?!\d)|[①-⑳])+"
)
# "拟配功能三项", "服务功能共4项"
_HOW_MANY = re.compile(r"(?:共|等|合计)?[一二三四五六七八九十\d]+(?:大)?[项类个种](?:服务)?$")
_UNIT = re.compile(r"\(([^()]*)\)$")
_DECORATION = re.compile(r"[*\"“”'‘’\[\]《》_#]")
# "本项目服务户数", "拟申请市级补助", "其中托位数"
_PREFIXES = (
    "本项目",
    "该项目",
    "项目的",
    "项目",
    "本社区",
    "该社区",
    "社区的",
    "是否",
    "拟建",
    "拟",
    "计划",
    "其中",
    "本",
    "该",
    "总",
    "现有",
    "预计",
    "建成后",
    "规划",
)
_SUFFIXES = (
    "情况",
    "说明",
    "为",
    "是",
    "约",
    "共",
    "如下",
    "名称",
    "数量",
    "数",
    "方面",
    "安排",
    "结论",
    "意见",
)
# What patterns of the data may name in braces: a body, a day, an area, an amount, as group `v`
_NAMED = {
    "body": r"(?P<v>[\u4e00-\u9fff（）]{2,24}?(?:委员会|委(?![托员派会])|局|部门|办公室|办事处|街道办"
    r"|办(?![公理事])|人民政府|政府|管委会|中心|公司|集团|居委会|会(?![同议])|院|所(?!在)|站|社(?![区会])|街道(?!办)))",
    "date": r"(?P<v>\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]?(?:\s*\d{1,2}\s*日?)?)",
    "area": r"(?P<v>(?:[\d.,，]+|[一二两三四五六七八九十百千零]+)\s*"
    r"(?:万?(?:平方米|㎡|m2|m²|平米|平方|平)|公顷|亩))",
    "money": r"(?P<v>[\d.,，]+\s*(?:亿元|亿|千?百?万元|万|元))",
}
_NEAR = 0.34  # below it a label only shares a character or two
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What a label stands for; `unit` is what it has in brackets, None without."""

    spec: FactSpec
    unit: str | None = None


class FactDictionary:
    """All facts that rules, templates and forms know, in the order of the file."""

    def __init__(self, specs: tuple[FactSpec, ...]) -> None:
        self.specs = specs
        self._by_key = {spec.key: spec for spec in specs}
        self._by_name: dict[str, FactSpec] = {}
        for spec in specs:
            for name in (spec.key, spec.label, *spec.aliases):
                self._by_name.setdefault(fold_tight(_DECORATION.sub("", name)), spec)
        for spec in specs:
            for name in spec.labels:
                self._by_name.setdefault(fold_tight(_DECORATION.sub("", name)), spec)
        self._by_canonical = _by_canonical(self._by_name)

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def spec(self, key: str) -> FactSpec:
        """The entry of a key.

        Raises:
            KeyError: there is none.
        """
        return self._by_key[key]

    def label(self, key: str) -> str:
        """What a user reads for a key; the key itself where the dictionary has none."""
        return self._by_key[key].label if key in self._by_key else key

    @cached_property
    def derived(self) -> tuple[FactSpec, ...]:
        """Those that code computes; each after those it is computed from."""
        return tuple(spec for spec in self.specs if spec.is_derived)

    @cached_property
    def stated(self) -> tuple[FactSpec, ...]:
        """Those that people state."""
        return tuple(spec for spec in self.specs if not spec.is_derived)

    def find(self, written: str) -> Label | None:
        """What a label as written stands for; None when it is no label of ours.

        >>> dictionary().find("2. 综合体建筑面积（㎡）").spec.key
        'complex_area_m2'
        """
        name = _NUMBERING.sub("", fold_tight(_DECORATION.sub("", written))).strip(":,.;、。*")
        unit = _UNIT.search(name)
        bare = name[: unit.start()] if unit else name
        for candidate in (name, bare, _HOW_MANY.sub("", bare)):
            spec = self._named(candidate)
            if spec:
                return Label(spec, unit.group(1) if unit and candidate == bare else None)
        return None

    def _named(self, name: str) -> FactSpec | None:
        if name in self._by_name:
            return self._by_name[name]
        for prefix in ("", *_PREFIXES):
            for suffix in ("", *_SUFFIXES):
                if not (prefix or suffix) or not (name.startswith(prefix) and name.endswith(suffix)):
                    continue
                core = name[len(prefix) : len(name) - len(suffix)]
                if len(core) >= 2 and core in self._by_name:
                    return self._by_name[core]
        return self._by_canonical.get(canonical(name))

    def nearest(self, written: str) -> tuple[str, ...]:
        """Labels most like `written`, best first, at most three; empty when none is like it."""
        folded = fold_tight(written)[:40]
        scored: dict[str, float] = {}
        alike = SequenceMatcher(None, "", folded, autojunk=False)  # counts its second text once
        for name, spec in self._by_name.items():
            alike.set_seq1(name)
            least = max(_NEAR, scored.get(spec.label, 0))
            if alike.real_quick_ratio() > least and alike.quick_ratio() > least and alike.ratio() > least:
                scored[spec.label] = alike.ratio()
        return tuple(sorted(scored, key=lambda label: (-scored[label], label))[:_NEAREST])


def _by_canonical(names: Mapping[str, FactSpec]) -> dict[str, FactSpec]:
    """Names in their shared wording; one that two facts would share is nobody's."""
    found: dict[str, FactSpec] = {}
    shared = {""}
    for name, spec in names.items():
        wording = canonical(name)
        if found.setdefault(wording, spec) is not spec:
            shared.add(wording)
    return {wording: spec for wording, spec in found.items() if wording not in shared}


def read_dictionary(source: str) -> FactDictionary:
    """The dictionary a text of JSON lines holds.

    Raises:
        ValueError: a line is not an entry, or a formula cannot be read: our mistake, met by a test.
    """
    return FactDictionary(tuple(_spec(json.loads(line)) for line in source.splitlines() if line.strip()))


@cache
def dictionary() -> FactDictionary:
    """The dictionary shipped."""
    folder = resources.files("corpus").joinpath("facts")
    return read_dictionary(folder.joinpath("dictionary.jsonl").read_text(encoding="utf-8"))


def _spec(entry: Mapping[str, object]) -> FactSpec:
    known: dict[str, Any] = {
        "choices": tuple(_choice(each) for each in _items(entry, "choices")),
        "sayings": tuple(_saying(each) for each in _items(entry, "sayings")),
        "whole": tuple(tuple(kind) for kind in _items(entry, "whole")),
        "parts": tuple(
            NamedPart(re.compile(each["name"]), each["key"], each.get("unit", ""))
            for each in _items(entry, "parts")
        ),
    }
    for name in ("aliases", "labels", "columns", "jurisdictions"):
        known[name] = tuple(_items(entry, name))
    for name in ("minimum", "above", "maximum"):
        if name in entry:
            known[name] = Decimal(str(entry[name]))
    rest = {name: value for name, value in entry.items() if name not in known and name != "kind"}
    spec = FactSpec(kind=FactKind(str(entry["kind"])), **rest, **known)  # type: ignore[arg-type]
    if spec.formula:
        parse(spec.formula)
    for saying in spec.sayings:
        if saying.value is None and "v" not in re.compile(saying.pattern).groupindex:
            raise ValueError(f"{spec.key}: {saying.pattern} names no value")
    return spec


def _saying(entry: Mapping[str, str]) -> Saying:
    pattern = re.sub(r"\{([a-z]+)\}", lambda name: _NAMED[name.group(1)], entry["pattern"])
    return Saying(pattern, entry.get("value"))


def _choice(entry: Mapping[str, list[str] | str]) -> Choice:
    return Choice(str(entry["name"]), tuple(entry.get("words", ())))


def _items(entry: Mapping[str, object], name: str) -> list[Any]:
    value = entry.get(name, [])
    if not isinstance(value, list):
        raise TypeError(f"{entry.get('key')}: {name} is not a list")
    return value
