"""Facts in officers' own words: every wording of `wordings.txt`, alone and among other sentences."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.facts.dictionary import dictionary
from assistant.facts.entries import text_entries
from assistant.facts.reading import read_entries
from assistant.facts.showing import plain, show
from assistant.facts.types import FactKind, FactSpec, Table
from assistant.rules.rulebook import ruled_documents

WORDINGS = Path(__file__).with_name("wordings.txt")
_THERE = (FactKind.EVIDENCE,)
_NAMED = (FactKind.TEXT, FactKind.NAMES)


def wordings() -> Iterator[tuple[str, str, str]]:
    """(key, what is read, the wording), in the order of the file."""
    key = wanted = ""
    for line in WORDINGS.read_text(encoding="utf-8").splitlines():
        head, colon, value = line.removeprefix("# ").partition(": ")
        if line.startswith("# ") and colon and head in dictionary():
            key, wanted = head, value
        elif line.strip() and not line.startswith("#"):
            yield key, wanted, line


def said(key: str, text: str) -> str:
    """What a text says of a fact, as the file writes it."""
    spec = dictionary().spec(key)
    fact = read_entries(text_entries(text, dictionary()), "材料.txt").sheet.facts.get(key)
    value = fact.value if fact else None
    if isinstance(value, Table):
        return "、".join(plain(cell) + "万元" for cell in value.column("金额") if isinstance(cell, Decimal))
    if spec.kind in _THERE and value is not None:
        return "无" if value is False else "有"
    if spec.kind is FactKind.CHOICES and isinstance(value, tuple):
        return "、".join(sorted(value))
    return show(spec, value)


def matches(key: str, read: str, wanted: str) -> bool:
    """Whether what was read is what the file says; of free text, whether it has those words in it."""
    kind = dictionary().spec(key).kind
    if kind in _NAMED and wanted != "无":
        return all(word in read for word in wanted.split("、"))
    if kind is FactKind.CHOICES:
        return set(read.split("、")) == set(wanted.split("、"))
    return read == wanted


@pytest.mark.parametrize(("key", "wanted", "wording"), list(wordings()))
def test_a_wording_is_read(key: str, wanted: str, wording: str) -> None:
    """Alone on a line, and in a paragraph between sentences that state other facts."""
    among = f"本项目由社区提出，经街道研究后上报。{wording}。项目联系人为张工。"
    for text in (wording, among):
        assert matches(key, said(key, text), wanted), said(key, text)


def sample(spec: FactSpec) -> str:
    """Words that state some value of a fact of this kind."""
    examples = {
        FactKind.FLAG: "是",
        FactKind.AREA: "520㎡",
        FactKind.MONEY: "60万元",
        FactKind.PERCENT: "92%",
        FactKind.DATE: "2026年3月5日",
        FactKind.NUMBER: "5",
        FactKind.PLACE: "重庆市",
        FactKind.TABLE: "区财政500万元、企业自筹200万元" if "金额" in spec.columns else "养老服务200㎡",
    }
    return spec.choices[0].name if spec.choices else examples.get(spec.kind, "渝建函某某专项材料")


FRAMED = ("{}", "本项目{}", "（一）{}", "{}情况", "其中：{}")
NAMED = [
    (spec, name)
    for spec in dictionary().stated
    for name in (spec.label, *spec.aliases)
    if spec.kind is not FactKind.TABLE or {"金额", "建筑面积"} & set(spec.columns)  # others need a table
]


def test_each_name_of_a_fact_is_a_label() -> None:
    """Every label and every other name of the dictionary, at the start of a line of a sheet."""
    missed = [name for spec, name in NAMED if said(spec.key, f"{name}：{sample(spec)}") == "未知"]
    assert not missed


def test_every_fact_a_rule_uses_has_six_wordings() -> None:
    """Its names, alone or behind 本项目, a number or 其中, and the wordings of the file."""
    used = {
        name
        for document in ruled_documents()
        for rule in document.rules
        for part in (rule.when, rule.check)
        if part
        for name in part.names
    }
    ways = Counter(key for key, _, _ in wordings())
    for spec, name in NAMED:
        found = [dictionary().find(form.format(name)) for form in FRAMED]
        ways[spec.key] += sum(each is not None and each.spec is spec for each in found)
    stated = {spec.key for spec, _ in NAMED}
    assert not {key: ways[key] for key in used & stated if ways[key] < 6}
